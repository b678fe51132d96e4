"""A headless Chromium driven through chromedriver: the W3C WebDriver protocol over HTTP, with the standard library alone."""
import base64
import http.client
import json
import re
import shutil
import subprocess
import tempfile
import time

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
EMPTY_SHEET = 4000  # bytes; a sheet with text on it and its fonts is many times that


class Failed(Exception):
    pass


class Browser:
    """One browser with an empty profile; leaves nothing behind."""

    def __enter__(self):
        for program, package in (("chromedriver", "chromium-driver"), ("chromium", "chromium")):
            if shutil.which(program) is None:
                raise Failed(f'there is no program "{program}"; install the package {package}')
        self.profile = tempfile.mkdtemp(prefix="page-")
        self.driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE,
                                       stderr=subprocess.STDOUT, text=True)
        self.session = None
        try:
            self.port = self._port()
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.session:
            try:
                self._call("DELETE", "")
            except (OSError, Failed):
                pass
        self.driver.terminate()
        try:
            self.driver.wait(10)
        except subprocess.TimeoutExpired:
            self.driver.kill()
        self.driver.stdout.close()
        shutil.rmtree(self.profile, ignore_errors=True)

    def _port(self):
        for line in self.driver.stdout:
            found = re.search(r"started successfully on port (\d+)", line)
            if found:
                return int(found.group(1))
        raise Failed("chromedriver ended before it listened")

    def _request(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        data = json.dumps(body if body is not None else {}).encode() if method == "POST" else None
        connection.request(method, path, data, {"Content-Type": "application/json"})
        answer = json.loads(connection.getresponse().read())["value"]
        connection.close()
        if isinstance(answer, dict) and "error" in answer:
            raise Failed(f'{method} {path}: {answer["error"]}: {answer["message"]}')
        return answer

    def _call(self, method, path, body=None):
        return self._request(method, f"/session/{self.session}{path}", body)

    def _start(self):
        arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                     "--disable-background-networking", "--disable-component-update", "--disable-sync",
                     "--disable-dev-shm-usage", "--hide-scrollbars", f"--user-data-dir={self.profile}"]
        wanted = {"browserName": "chrome", "goog:loggingPrefs": {"browser": "ALL"},
                  "goog:chromeOptions": {"binary": shutil.which("chromium"), "args": arguments}}
        self.session = self._request("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})["sessionId"]

    def command(self, name, **parameters):
        """A command of the Chrome DevTools protocol."""
        return self._call("POST", "/goog/cdp/execute", {"cmd": name, "params": parameters})

    def open(self, address):
        """Until the page is laid out and its fonts are there, not only loaded."""
        self._call("POST", "/url", {"url": address})
        self._call("POST", "/execute/async", {"args": [], "script": """const done = arguments[0];
            document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => done(true))));"""})

    def size(self, width, height, phone=False):
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=height,
                     deviceScaleFactor=2 if phone else 1, mobile=phone)

    def run(self, script, *arguments):
        return self._call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def elements(self, selector):
        found = self._call("POST", "/elements", {"using": "css selector", "value": selector})
        return [element[ELEMENT] for element in found]

    def click(self, element):
        self._call("POST", f"/element/{element}/click")

    def of(self, element, script):
        """Runs a script with the element as `it`."""
        return self.run(f"const it = arguments[0]; {script}", {ELEMENT: element})

    def messages(self):
        return [f'{entry["level"]}: {entry["message"]}' for entry in self._call("POST", "/se/log", {"type": "browser"})]

    def picture(self, file, whole=True):
        data = self.command("Page.captureScreenshot", format="png", captureBeyondViewport=whole, **self._clip(whole))
        with open(file, "wb") as out:
            out.write(base64.b64decode(data["data"]))

    def _clip(self, whole):
        if not whole:
            return {}
        size = self.command("Page.getLayoutMetrics")["cssContentSize"]
        return {"clip": {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}}

    def pdf(self, file):
        """On a busy machine Chromium may print an empty sheet before the page is there: then it is asked again."""
        for _ in range(5):
            data = base64.b64decode(self.command("Page.printToPDF", preferCSSPageSize=True, printBackground=False)["data"])
            if len(data) > EMPTY_SHEET:
                break
            time.sleep(1)
        with open(file, "wb") as out:
            out.write(data)
