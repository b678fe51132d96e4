#!/usr/bin/env python3
"""Opens a report in a browser as a reader would, on a desk, on a phone and on paper.

    page.py REPORT.html FOLDER

Pictures of the page and of its printed sheets are left in FOLDER to be looked at.
"""
import collections
import html.parser
import pathlib
import re
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
from browser import Browser, Failed  # noqa: E402

REPORT = FOLDER = None
MILLIMETRE = 72 / 25.4
PAGE = (210, 297)
Margins = collections.namedtuple("Margins", "left top right bottom")
UPRIGHT, TURNED = Margins(28, 37, 26, 35), Margins(35, 28, 37, 26)  # of GB/T 9704-2012, in millimetres
DESK, PHONE = (1440, 900), (390, 844)


def squeezed(text):
    return re.sub(r"\s", "", text)


class Elements(html.parser.HTMLParser):
    """Every element is closed in order; a paragraph holds no blocks, which a browser would silently move out of it."""
    VOID = {"meta", "link", "br", "hr", "img"}
    BLOCKS = {"p", "div", "details", "table", "figure", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "section"}

    def __init__(self):
        super().__init__()
        self.open, self.problems = [], []

    def handle_starttag(self, tag, attributes):
        if tag in self.BLOCKS and "p" in self.open:
            self.problems.append(f"line {self.getpos()[0]}: <{tag}> in a paragraph")
        for name, _ in attributes:
            if name == "style" or name.startswith("on"):
                self.problems.append(f"line {self.getpos()[0]}: <{tag}> has an attribute {name}")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"line {self.getpos()[0]}: </{tag}> closes nothing")


class Markup(unittest.TestCase):
    def test_is_sound(self):
        elements = Elements()
        elements.feed(REPORT.read_text(encoding="utf-8"))
        elements.close()
        self.assertEqual([], elements.problems)
        self.assertEqual([], elements.open)


class Screen(unittest.TestCase):
    width = height = None
    phone = False

    @classmethod
    def setUpClass(cls):
        if cls.width is None:
            raise unittest.SkipTest("not a screen by itself")
        cls.browser = Browser().__enter__()
        cls.browser.size(cls.width, cls.height, cls.phone)
        cls.browser.open(REPORT.as_uri())

    @classmethod
    def tearDownClass(cls):
        if cls.width is not None:
            cls.browser.__exit__()

    def picture(self, name, whole=True):
        self.browser.picture(FOLDER / f"{REPORT.stem}-{type(self).__name__.lower()}-{name}.png", whole)

    def test_1_looks(self):
        self.picture("page")
        self.assertNotEqual("", self.browser.run("return document.title.trim()"))
        self.assertIn(self.browser.run("return document.documentElement.lang"), ("zh-CN", "en"))

    def test_2_needs_nothing_else(self):
        loaded = self.browser.run("return performance.getEntriesByType('resource').map(entry => entry.name)")
        self.assertEqual([], loaded, "the page loads something from elsewhere")
        self.assertEqual(0, self.browser.run("return document.scripts.length"))
        policy = self.browser.run(
            "return document.querySelector('meta[http-equiv=Content-Security-Policy]').content")
        self.assertIn("default-src 'none'", policy)
        self.assertNotIn("unsafe", policy)

    def test_3_fits(self):
        wide = self.browser.run("return [document.documentElement.scrollWidth, innerWidth]")
        self.assertLessEqual(wide[0], wide[1], "the page can be scrolled sideways")

    def test_3_policy_lets_the_style_in(self):
        self.assertNotEqual("rgba(0, 0, 0, 0)",
                            self.browser.run("return getComputedStyle(document.body).backgroundColor"))

    def test_4_charts_are_visible(self):
        charts = self.browser.elements(".chart svg")
        self.assertTrue(charts, "the report has no chart")
        for chart in charts:
            name = self.browser.of(chart, "return it.querySelector('title').textContent")
            box = self.browser.of(chart, "const b = it.getBoundingClientRect(); return [b.left, b.right, b.height]")
            self.assertGreater(box[1] - box[0], 250, name)
            self.assertGreater(box[2], 40, name)
            self.assertGreaterEqual(box[0], 0, name)
            self.assertLessEqual(box[1], self.width, name)
            shapes = self.browser.of(chart, """return [...it.querySelectorAll('rect, path, circle')].filter(shape => {
                const b = shape.getBoundingClientRect(); return b.width + b.height > 2; }).length""")
            self.assertGreater(shapes, 1, name)
            outside = self.browser.of(chart, """const b = it.getBoundingClientRect();
                return [...it.querySelectorAll('text')].filter(text => { const t = text.getBoundingClientRect();
                return t.left < b.left - 1 || t.right > b.right + 1 || t.top < b.top - 1 || t.bottom > b.bottom + 1;
                }).map(text => text.textContent)""")
            self.assertEqual([], outside, f"texts reach beyond the chart {name}")
            crossing = self.browser.of(chart, """const found = [], all = [...it.querySelectorAll('text')];
                all.forEach((one, i) => all.slice(i + 1).forEach(other => {
                const a = one.getBoundingClientRect(), b = other.getBoundingClientRect();
                const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
                const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
                if (across > 1 && down > 0.35 * Math.min(a.height, b.height))
                  found.push(one.textContent + ' | ' + other.textContent); })); return found""")
            self.assertEqual([], crossing, f"texts lie upon each other in the chart {name}")

    def opens(self, selector, name):
        """The first figure of a kind opens to its rows by a click and closes by another."""
        figures = [each for each in self.browser.elements(selector)
                   if self.browser.of(each, "return it.querySelector('.origins tbody tr') !== null")]
        self.assertTrue(figures, f"no figure {selector} has rows")
        figure = figures[0]
        self.browser.of(figure, "it.scrollIntoView({block: 'center', behavior: 'instant'})")
        visible = """const panel = it.querySelector('.panel'), b = panel.getBoundingClientRect();
            return panel.checkVisibility() && b.width > 200 && b.height > 20"""
        self.assertFalse(self.browser.of(figure, visible), "it is open from the start")
        summary = self.browser.of(figure, "return it.querySelector('summary')")
        self.browser.click(list(summary.values())[0])
        self.assertTrue(self.browser.of(figure, visible), "a click does not open it")
        self.picture(name, whole=False)
        box = self.browser.of(figure, """const b = it.querySelector('.panel').getBoundingClientRect();
            return [b.left, b.right]""")
        self.assertGreaterEqual(box[0], 0)
        self.assertLessEqual(box[1], self.width)
        # The first row is there to be read: nothing covers or clips it.
        self.assertTrue(self.browser.of(figure, """const row = it.querySelector('.origins tbody tr td:last-child');
            row.scrollIntoView({block: 'center', behavior: 'instant'}); const b = row.getBoundingClientRect();
            return it.contains(document.elementFromPoint((b.left + b.right) / 2, (b.top + b.bottom) / 2))"""))
        self.browser.of(figure, "it.scrollIntoView({block: 'center', behavior: 'instant'})")
        self.browser.click(list(summary.values())[0])
        self.assertFalse(self.browser.of(figure, visible), "a click does not close it")

    def test_5_card_opens(self):
        self.opens("details.card", "card")

    def test_5_figure_in_a_sentence_opens(self):
        if not self.browser.elements(".text details.figure"):
            self.skipTest("this report has no figure in a sentence")
        self.opens(".text details.figure", "sentence")

    def test_5_figure_in_a_table_opens(self):
        if not self.browser.elements(".table details.figure"):
            self.skipTest("this report has no figure in a table")
        self.opens(".table details.figure", "table")

    def test_6_can_be_heard(self):
        """What a screen reader and a keyboard need."""
        ids = self.browser.run("return [...document.querySelectorAll('[id]')].map(it => it.id)")
        self.assertEqual(len(ids), len(set(ids)), "an anchor is given twice")
        levels = self.browser.run(
            "return [...document.querySelectorAll('h1, h2, h3, h4, h5')].map(it => Number(it.tagName[1]))")
        self.assertEqual(1, levels.count(1))
        for above, below in zip(levels, levels[1:]):
            self.assertLessEqual(below, above + 1, "a level of headings is left out")
        self.assertEqual(0, self.browser.run("""return [...document.querySelectorAll('figure')].filter(
            it => it.querySelector('figcaption') === null).length"""))
        self.assertEqual(0, self.browser.run("""return [...document.querySelectorAll('table')].filter(
            it => it.querySelector('th[scope=col]') === null).length"""))
        self.assertEqual(0, self.browser.run("""return [...document.querySelectorAll('summary')].filter(
            it => it.textContent.trim() === '').length"""))
        links = self.browser.run("""return [...document.querySelectorAll('a')].map(it => it.getAttribute('href'))""")
        for link in links:
            self.assertIn(link[1:], ids, "a link leads nowhere")

    def test_9_console_is_silent(self):
        self.assertEqual([], self.browser.messages())


class Desk(Screen):
    width, height = DESK


class Phone(Screen):
    width, height = PHONE
    phone = True


class Paper(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.file = FOLDER / f"{REPORT.stem}.pdf"
        with Browser() as browser:
            browser.open(REPORT.as_uri())
            browser.pdf(cls.file)
            cls.headings = browser.run("return [...document.querySelectorAll('h1, h2, h3')].map(it => it.textContent)")
            cls.values = browser.run("""return [...document.querySelectorAll('.card .summary, .card > summary')].map(
                it => [it.querySelector('.title').textContent, it.querySelector('.number').textContent])""")
            cls.cells = browser.run("""return [...document.querySelectorAll('.table > .scroll > table > tbody > tr > *')]
                .map(it => it.querySelector('summary')?.textContent ?? it.textContent)""")
        information = subprocess.run(["pdfinfo", "-l", "-1", cls.file], check=True, capture_output=True, text=True).stdout
        cls.pages = int(re.search(r"Pages:\s+(\d+)", information).group(1))
        cls.sizes = re.findall(r"Page +\d+ size:\s+([\d.]+) x ([\d.]+)", information)
        cls.text = squeezed(subprocess.run(["pdftotext", cls.file, "-"], check=True, capture_output=True, text=True).stdout)

    def test_is_a4(self):
        self.assertGreater(self.pages, 0)
        self.assertEqual(self.pages, len(self.sizes))
        for sides in self.sizes:
            for expected, side in zip(PAGE, sorted(float(side) for side in sides)):
                self.assertAlmostEqual(expected, side / MILLIMETRE, delta=1)

    def test_says_everything(self):
        for heading in self.headings:
            self.assertIn(squeezed(heading), self.text)
        for word in re.split(r"[\s-]+", " ".join(f"{title} {value}" for title, value in self.values)):
            self.assertIn(word, self.text)
        # A long cell is broken into lines that pdftotext may give apart; each of its characters has to be there.
        for cell in self.cells:
            for character in squeezed(cell):
                self.assertIn(character, self.text, f"{cell!r} is not printed in full")

    def test_stays_in_the_text_block(self):
        words = subprocess.run(["pdftotext", "-bbox", self.file, "-"], check=True, capture_output=True, text=True).stdout
        found = 0
        for number, page in enumerate(words.split("<page ")[1:], 1):
            wide, high = (float(edge) / MILLIMETRE for edge in re.match(r'width="([\d.]+)" height="([\d.]+)"', page).groups())
            block = TURNED if wide > high else UPRIGHT
            numbered = False
            for x1, y1, x2, y2, word in re.findall(
                    r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', page):
                left, top, right, bottom = (float(edge) / MILLIMETRE for edge in (x1, y1, x2, y2))
                where = f"page {number}: {word!r}"
                self.assertGreaterEqual(left, block.left - 1, where)
                self.assertLessEqual(right, wide - block.right + 1, where)
                self.assertGreaterEqual(top, block.top - 9, where)  # the box of a font is taller than its ink
                if top > high - block.bottom:
                    numbered = numbered or word == str(number)
                else:
                    self.assertLessEqual(bottom, high - block.bottom + 1, where)
                found += 1
            self.assertTrue(numbered, f"page {number} has no number")
        self.assertGreater(found, 20)

    def test_no_ink_in_the_margins(self):
        subprocess.run(["pdftoppm", "-r", "80", "-png", self.file, FOLDER / f"{REPORT.stem}-paper"], check=True)
        sheets = subprocess.run(["pdftoppm", "-r", "25.4", "-gray", self.file], check=True, capture_output=True).stdout
        at, number = 0, 0
        while at < len(sheets):
            number += 1
            width, height, header = self.sheet(sheets, at)
            block = TURNED if width > height else UPRIGHT
            pixels = sheets[at + header:at + header + width * height]
            at += header + width * height
            for row in range(height):
                line = pixels[row * width:(row + 1) * width]  # a pixel is a millimetre
                if row < block.top - 2:
                    self.assertGreater(min(line), 250, f"page {number} has ink {row} mm from the top")
                self.assertGreater(min(line[:block.left - 2]), 250, f"page {number} has ink in its left margin")
                self.assertGreater(min(line[width - block.right + 2:]), 250, f"page {number} has ink on the right")
            ink = sum(1 for pixel in pixels if pixel < 200)
            self.assertGreater(ink, 50, f"page {number} is empty")
        self.assertEqual(self.pages, number)

    def sheet(self, data, at):
        header = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data[at:at + 40])
        self.assertIsNotNone(header)
        return int(header.group(1)), int(header.group(2)), header.end()


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    REPORT, FOLDER = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        unittest.main(argv=sys.argv[:1] + sys.argv[3:])
    except Failed as problem:
        sys.exit(str(problem))
