"""Archives byte by byte, so that each field of them can lie."""
import struct
import zlib

STORED, DEFLATED = 0, 8


def packed(data):
    press = zlib.compressobj(9, zlib.DEFLATED, -15)
    return press.compress(data) + press.flush()


class Entry:
    """One file of an archive; what is given in `lies` stands in both heads instead of the truth, what is given as
    local_NAME or central_NAME in one of them."""

    def __init__(self, name, data=b"", method=DEFLATED, raw=None, **lies):
        self.name = name if isinstance(name, bytes) else name.encode()
        self.raw = raw if raw is not None else packed(data) if method == DEFLATED else data
        self.truth = {"version": 20, "flags": 0x800, "method": method, "crc": zlib.crc32(data), "stored": len(self.raw),
                      "size": len(data), "extra": b"", "outer": 0, "offset": None}
        self.lies = lies

    def field(self, name, where):
        return self.lies.get(f"{where}_{name}", self.lies.get(name, self.truth[name]))

    def head(self, where):
        f = {name: self.field(name, where) for name in self.truth}
        shared = struct.pack("<HHHHHIII", f["version"], f["flags"], f["method"], 0, 33, f["crc"] & 0xFFFFFFFF, f["stored"], f["size"])
        return f, shared

    def local(self):
        f, shared = self.head("local")
        return b"PK\3\4" + shared + struct.pack("<HH", len(self.name), len(f["extra"])) + self.name + f["extra"] + self.raw

    def central(self, offset):
        f, shared = self.head("central")
        where = offset if f["offset"] is None else f["offset"]
        return (b"PK\1\2" + struct.pack("<H", 0x0314) + shared + struct.pack(
            "<HHHHHII", len(self.name), len(f["extra"]), 0, 0, 0, f["outer"], where) + self.name + f["extra"])


def archive(entries, before=b"", after=b"", **lies):
    """entries: Entry, or (name, data); lies: count, size, offset, comment of the end."""
    out, places = before, []
    entries = [e if isinstance(e, Entry) else Entry(e[0], e[1] if isinstance(e[1], bytes) else e[1].encode()) for e in entries]
    for entry in entries:
        places.append(len(out))
        out += entry.local()
    at = len(out)
    directory = b"".join(entry.central(place) for entry, place in zip(entries, places))
    count = lies.get("count", len(entries))
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, count & 0xFFFF, count & 0xFFFF, lies.get("size", len(directory)),
                                    lies.get("offset", at), lies.get("comment", 0))
    return out + directory + lies.get("between", b"") + end + after


def overlapping(count, kernel):
    """A bomb as David Fifield makes them: entries that share one kernel, each quoting the local heads of all after it."""
    pressed = packed(kernel)
    pieces, names = [], [f"xl/worksheets/sheet{i}.xml".encode() for i in range(1, count + 1)]
    size, crc, stored = len(kernel), zlib.crc32(kernel), len(pressed)
    last = (b"PK\3\4" + struct.pack("<HHHHHIIIHH", 20, 0x800, DEFLATED, 0, 33, crc, stored, size, len(names[-1]), 0) + names[-1])
    pieces.append((last, size, crc, stored))
    tail = last + pressed
    plain = kernel
    for name in reversed(names[:-1]):
        quote = struct.pack("<BHH", 0, len(pieces[-1][0]), len(pieces[-1][0]) ^ 0xFFFF)
        plain = pieces[-1][0] + plain
        stored += len(quote) + len(pieces[-1][0])
        crc = zlib.crc32(plain)
        head = b"PK\3\4" + struct.pack("<HHHHHIIIHH", 20, 0x800, DEFLATED, 0, 33, crc, stored, len(plain), len(name), 5)
        # The quote that makes the next head part of the data stands behind this head, as its extra field does.
        tail = head + name + quote + tail
        pieces.append((head + name + quote, len(plain), crc, stored))
    heads, at = b"", 0
    for name, (head, plain_size, sum_of, packed_size) in zip(names, reversed(pieces)):
        heads += (b"PK\1\2" + struct.pack("<HHHHHHIIIHHHHHII", 0x0314, 20, 0x800, DEFLATED, 0, 33, sum_of, packed_size, plain_size,
                                            len(name), 0, 0, 0, 0, 0, at) + name)
        at += len(head)
    return tail, heads
