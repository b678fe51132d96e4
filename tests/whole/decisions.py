"""Decisions as the ledger keeps them: blocks of those that were stored together (core/ledger/decision_block.h)."""
from collections import namedtuple

Decision = namedtuple("Decision", "number rule of subject outcome valid_until needs")


class Bytes:
    def __init__(self, whole):
        self.whole, self.at = whole, 0

    def number(self):
        value = shift = 0
        while True:
            byte = self.whole[self.at]
            self.at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def signed(self):
        value = self.number()
        return -(value >> 1) - 1 if value & 1 else value >> 1

    def take(self, size):
        self.at += size
        return self.whole[self.at - size:self.at]


def stored(base):
    """Every decision of a ledger that sqlite3 has open, in the order of storing."""
    for first, count, rule, of, whole in base.execute("select d.id, d.count, w.text, d.of_type, d.decisions from decision d"
                                                      " join word w on w.id = d.rule order by d.id"):
        source, subject, until = Bytes(whole), 0, 0
        beginnings = [source.take(source.number()) for _ in range(source.number())]
        for number in range(first, first + count):
            beginning, outcome = source.number(), source.signed()
            subject += source.signed()
            until += source.signed()
            needs = beginnings[beginning - 1] + source.take(source.number()) if beginning else None
            yield Decision(number, rule, of, subject, outcome, until, needs)
        if source.at != len(whole):
            raise ValueError(f"the block of decision {first} has {len(whole) - source.at} bytes too many")


def newest(base):
    """The decision that stands of each rule and subject."""
    return list({(one.rule, one.of, one.subject): one for one in stored(base)}.values())
