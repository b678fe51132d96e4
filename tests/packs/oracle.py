"""Random rules over random people, decided by plain loops that know what a declaration means and nothing of the program.

Each world is a pack of its own, written with the numbers that were drawn, and cases that expect what the loops here come to:
`hongzhu pack test` says where the two differ. The first kind of world draws steps of selections (caps, surpluses, the first
ones, once, minimums, roundings, windows, unions) over recognised records with dated rates; the second what runs from period to
period (carry-over, debts, periods that begin with a fact), blocks, shares by days, parts of a period. The seed is fixed:
what fails once fails again; oracle.py PROGRAM SEED WORLDS tries another.
"""
import calendar
import datetime
import fractions
import pathlib
import random
import subprocess
import sys
import tempfile

Day, Part, ONE_DAY = datetime.date, fractions.Fraction, datetime.timedelta(days=1)
KINDS, MODES, LEVELS, THEMES = ["alpha", "beta", "gamma"], ["near", "far"], ["low", "mid", "top"], ["x", "y", "z"]
TITLE, ASSUMED = 'title = { zh = "试", en = "try" }', 'assumed = { zh = "试", en = "try" }'
dice = random.Random()


def lua(value):
    if isinstance(value, Part):
        return f'"{value.numerator}/{value.denominator}"'
    return f'"{value}"' if isinstance(value, (Day, str)) else str(value)


def day_between(first, last):
    return first + dice.randint(0, (last - first).days) * ONE_DAY


def months_later(day, months):
    """The same day of another month, or its last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return Day(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class Period:
    def __init__(self, name, starts, unit, count, year_starts, spanning):
        self.name, self.starts, self.unit, self.count = name, starts, unit, count
        self.year_starts, self.spanning = year_starts, spanning

    def number(self, k):
        def edge(i):
            if self.unit == "days":
                return self.starts + i * self.count * ONE_DAY
            return months_later(self.starts, i * self.count * (12 if self.unit == "years" else 1))
        return edge(k), edge(k + 1) - ONE_DAY

    def on(self, day):
        k = 0
        while self.number(k)[1] < day:
            k += 1
        return self.number(k) if self.number(k)[0] <= day else None

    def year(self, day):
        return day.year if (day.month, day.day) >= self.year_starts else day.year - 1

    def years(self, window):
        return range(self.year(window[0]), self.year(window[1]) + 1)

    def counts_on(self, item):
        return item.since if self.spanning == "starts" else item.till

    def declared(self):
        return (f'period {{ id = "{self.name}", starts = {lua(self.starts)}, lasts = {{ {self.unit} = {self.count} }}, '
                f'year_starts = "{self.year_starts[0]:02}-{self.year_starts[1]:02}", spanning = "{self.spanning}" }}')


class Record:
    def __init__(self, position, last):
        self.position, self.kind, self.mode = position, dice.choice(KINDS), dice.choice(MODES + [None])
        self.level, self.theme = dice.choice(LEVELS * 2 + [None]), dice.choice(THEMES)
        self.work, self.since = dice.choice(["A", "B", "C", None]), day_between(min(Day(2019, 6, 1), last), last)
        self.till = min(self.since + dice.choice([0, 0, 0, 1, 2, 5, 40]) * ONE_DAY, last)
        self.amount = dice.choice([Part(0)] + [Part(dice.randint(1, 4000), 100)] * 8 + [Part(dice.randint(1, 80), 2)] * 7)

    def given(self):
        words = "".join(f', {name} = "{word}"' for name, word in (("mode", self.mode), ("level", self.level)) if word)
        work = f', work = "{self.work}"' if self.work else ""
        return (f'{{ kind = "{self.kind}", since = {lua(self.since)}, till = {lua(self.till)}, amount = "{float(self.amount):.2f}"'
                f'{words}, attributes = {{ theme = "{self.theme}"{work} }} }}')


class Item:
    def __init__(self, record, part):
        self.record, self.part, self.since, self.till = record, part, record.since, record.till

    def with_part(self, part):
        return Item(self.record, part)


def in_order(items):
    return sorted(items, key=lambda i: (i.since, i.record.kind, i.record.position))


def total(items):
    return sum((i.part for i in items), Part(0))


# ---- conditions and steps: each is its text and what it does ----

def condition(forms=5):
    form = dice.randrange(forms)
    if form == 0:
        mode = dice.choice(MODES)
        return f'mode = "{mode}"', lambda r: r.mode == mode
    if form == 1:
        theme = dice.choice(THEMES)
        return f'theme = "{theme}"', lambda r: r.theme == theme
    if form == 2:
        days = dice.randint(1, 4)
        return f"days = at_least({days})", lambda r: (r.till - r.since).days + 1 >= days
    if form == 3:
        level = dice.choice(LEVELS)
        return f'level = at_least "{level}"', lambda r: r.level is not None and LEVELS.index(r.level) >= LEVELS.index(level)
    kinds = dice.sample(KINDS, 2)
    return f'kind = {{ "{kinds[0]}", "{kinds[1]}" }}', lambda r: r.kind in kinds


def span_of(item, span, period):
    if span == "item":
        return id(item)
    if span == "day":
        return period.counts_on(item)
    return period.year(period.counts_on(item)) if span == "year" else 0


def kept_of_days(item, limit, used):
    """A record over several days fills each of them, the first ones first."""
    kept, day = Part(0), item.since
    while day <= item.till:
        taken = min(item.part - kept, limit - used.get(day, 0))
        used[day], kept, day = used.get(day, 0) + taken, kept + taken, day + ONE_DAY
    return kept


def capped(items, period, limit, span, only=None, over=False):
    used, out = {}, []
    for item in items:
        if only and not only(item.record):
            out += [] if over else [item]
            continue
        if span == "day" and item.since != item.till:
            kept = kept_of_days(item, limit, used)
        else:
            key = span_of(item, span, period)
            kept = min(item.part, limit - used.get(key, 0))
            used[key] = used.get(key, 0) + kept
        part = item.part - kept if over else kept
        if part > 0 or (not over and item.part == 0):
            out.append(item.with_part(part))
    return out


def step_cap():
    limit, span = Part(dice.randint(1, 60), dice.choice([1, 2, 3])), dice.choice(["item", "day", "year", "cycle", "ever"])
    only, over = condition() if dice.random() < 0.35 else None, dice.random() < 0.3
    text = f':{"over" if over else "cap"}({lua(limit)}, "{span}"{f", {{ {only[0]} }}" if only else ""})'
    return text, lambda items, period, window: capped(items, period, limit, span, only and only[1], over)


def step_first():
    most, span = dice.randint(1, 3), dice.choice(["year", "cycle", "day"])

    def first(items, period, _window):
        used, out = {}, []
        for item in items:
            key = span_of(item, span, period)
            used[key] = used.get(key, 0) + 1
            out += [item] if used[key] <= most else []
        return out
    return f':first({most}, "{span}")', first


def step_where():
    text, holds = condition()
    return f":where {{ {text} }}", lambda items, period, window: [i for i in items if holds(i.record)]


def step_minimum():
    least = dice.randint(5, 40)

    def minimum(items, _period, _window):
        return [i for i in items if total(k for k in items if k.record.theme == i.record.theme) >= least]
    return f':from_minimum({least}, "theme")', minimum


def step_round():
    way, step = dice.choice(["down", "up", "half"]), Part(dice.randint(1, 4), dice.choice([1, 2, 3]))
    span = dice.choice(["item", "year", "cycle"])

    def rounded(items, period, _window):
        """What rounding adds goes to the last one of a span, what it takes away is taken from the last ones."""
        groups, out = {}, list(items)
        for at, item in enumerate(items):
            groups.setdefault(span_of(item, span, period), []).append(at)
        for group in groups.values():
            whole = total(items[at] for at in group)
            steps = whole / step
            meant = {"down": steps.__floor__(), "up": steps.__ceil__(), "half": (steps + Part(1, 2)).__floor__()}[way] * step
            more = meant - whole
            for at in reversed(group):
                change = max(more, -out[at].part)
                out[at], more = out[at].with_part(out[at].part + change), more - change
        return out
    return f':round("{way}", {lua(step)}, "{span}")', rounded


def step_last():
    unit, count = dice.choice([("year", 1), ("month", 3), ("day", 50)])
    count *= dice.randint(1, 3)

    def last(items, period, window):
        behind = window[1] + ONE_DAY
        first = behind - count * ONE_DAY if unit == "day" else months_later(behind, -count * (12 if unit == "year" else 1))
        return [i for i in items if first <= period.counts_on(i) <= window[1]]
    return f':during(last({count}, "{unit}"))', last


def step_once():
    def once(items, _period, _window):
        """Of each work the highest level, of equal levels the most, of equal amounts the earliest."""
        best = {}
        for at, item in enumerate(items):
            rank = (LEVELS.index(item.record.level), item.part)
            if item.record.work and (item.record.work not in best or rank > best[item.record.work][0]):
                best[item.record.work] = (rank, at)
        stays = {at for _, at in best.values()}
        return [i for at, i in enumerate(items) if not i.record.work or at in stays]
    return ':once { by = "work", keep = highest "level" }', once


def chain(text, start, most):
    steps = [dice.choice([step_cap, step_cap, step_cap, step_first, step_where, step_minimum, step_round, step_last, step_once])()
             for _ in range(dice.randint(0, most))]

    def follow(items, period, window):
        out = start(items, period, window)
        for _, step in steps:
            out = step(out, period, window)
        return out
    return text + "".join(step[0] for step in steps), follow


def of_class(name):
    return f'(credits "{name}")', lambda items, period, window: [i for i in items if i.record.kind == name]


def selection():
    if dice.random() < 0.5:
        return chain(*(("(credits)", lambda items, period, window: items) if dice.random() < 0.3 else of_class(dice.choice(KINDS))), 3)
    parts = [chain(*of_class(name), 3) for name in dice.sample(KINDS, dice.randint(2, 3))]
    joined = lambda items, period, window: in_order(i for part in parts for i in part[1](items, period, window))
    return chain("(" + " + ".join(part[0] for part in parts) + ")", joined, 2)


COMPARISONS = {"at_least": lambda a, b: a >= b, "at_most": lambda a, b: a <= b, "more_than": lambda a, b: a > b, "less_than": lambda a, b: a < b}
NUMBERS = [(":count()", lambda items: Part(len(items)), 6), (':distinct "theme"', lambda items: Part(len({i.record.theme for i in items})), 3),
           (":days()", lambda items: Part(len({i.since + d * ONE_DAY for i in items for d in range((i.till - i.since).days + 1)})), 30),
           (":greatest()", lambda items: max((i.part for i in items), default=Part(0)), 60)] + [("", total, 60)] * 3


def world_of_steps():
    """Rules of one need each, and what comes of them for a few people."""
    starts = dice.choice([Day(2020, 1, 1), Day(2019, 9, 1), Day(2020, 2, 28), Day(2019, 7, 15), Day(2019, 10, 31)])
    unit = dice.choice(["years", "months", "days"])
    period = Period("cycle", starts, unit, {"years": dice.randint(1, 3), "months": dice.choice([5, 18, 30]), "days": dice.choice([200, 800])}[unit],
                    dice.choice([(starts.month, starts.day), (1, 1), (2, 1), (9, 1)]), dice.choice(["ends", "ends", "starts"]))
    turn = day_between(Day(2020, 3, 1), Day(2022, 1, 1))
    rates = [{(kind, level): Part(dice.randint(1, 9), dice.choice([1, 1, 2, 2, 3, 7])) for kind in KINDS for level in LEVELS} for _ in range(2)]
    asked = {kind: condition(3) if dice.random() < 0.4 else None for kind in KINDS}
    needs = []
    for _ in range(12):
        (text, what), (number, counted, most), compare = selection(), dice.choice(NUMBERS), dice.choice(list(COMPARISONS))
        each = not number and dice.random() < 0.4
        needs.append((text + number + (':each "year"' if each else ""), what, counted, compare, dice.randint(0, most), each))

    def values(at, kind):
        return ", ".join(f"{level} = {lua(rates[at][kind, level])}" for level in LEVELS)
    kinds = ", ".join(f'{kind} = {{ of = {{ "person" }}, unit = "学时", decimals = 2, level = true, attributes = {{ theme = {{ type = "text", '
                      f'words = {{ "x", "y", "z" }} }}, work = "text" }} }}' for kind in KINDS)
    parameters = ", ".join(f'r_{kind} = {{ unit = "学分/学时", by = "level", {{ from = "2000-01-01", {ASSUMED}, value = {{ {values(0, kind)} }} }}, '
                           f'{{ from = {lua(turn)}, {ASSUMED}, value = {{ {values(1, kind)} }} }} }}' for kind in KINDS)
    lines = ", ".join(f'{{ as = "{kind}", when = {{ kind = "{kind}", level = any{", " + asked[kind][0] if asked[kind] else ""} }}, '
                      f'rate = P.r_{kind}:by "level" }}' for kind in KINDS)
    rules = ",\n".join(f'rule {{ id = "r{at}", of = "person", per = "cycle", needs = {{ {{ "n", {text}:{compare}({limit}) }} }} }}'
                       for at, (text, _, _, compare, limit, _) in enumerate(needs))
    files = {"recognition.lua": f'return {{ scales {{ level = {{ "low", "mid", "top" }}, mode = {{ "near", "far" }} }}, kinds {{ {kinds} }}, '
                                f'parameters {{ {parameters} }}, recognition {{ id = "credits", unit = "学分", from = "学时", {{ {lines} }}, '
                                f'otherwise = ignore {{ zh = "不", en = "no" }} }} }}',
             "rules.lua": f"return {{ {period.declared()},\n{rules} }}"}
    cases = []
    for _ in range(6):
        on = day_between(starts, Day(2023, 12, 31))
        window = period.on(on)
        on = window[1] if dice.random() < 0.4 else on
        records = [Record(position, on) for position in range(dice.randint(0, 12))]
        items = in_order(Item(r, r.amount * rates[r.till >= turn][r.kind, r.level]) for r in records
                         if r.level and (not asked[r.kind] or asked[r.kind][1](r)))
        items = [i for i in items if window[0] <= period.counts_on(i) <= window[1]]
        given = f'given = {{ records = {{ {", ".join(r.given() for r in records)} }} }}, on = {lua(on)}'
        for at, (_, what, counted, compare, limit, each) in enumerate(needs):
            chosen = what(items, period, window)
            if each:
                had = {f"n {year}": counted([i for i in chosen if period.year(period.counts_on(i)) == year]) for year in period.years(window)}
            else:
                had = {"n": counted(chosen)}
            good = all(COMPARISONS[compare](number, limit) for number in had.values())
            cases.append(expected(given, f"r{at}", good, had))
    return files, cases


def expected(given, rule, good, had, needed=None, gives=None):
    def table(numbers):
        return "{ " + ", ".join(f'["{name}"] = {lua(Part(number))}' for name, number in numbers.items()) + " }"
    more = "".join(f", {name} = {table(numbers)}" for name, numbers in (("had", had), ("needed", needed), ("gives", gives)) if numbers)
    return f'case "{rule}" {{ {given}, expect = {{ rule = "{rule}", outcome = "{"met" if good else "unmet"}"{more} }} }}'


# ---- from period to period, and by days ----

class Carrying:
    """What a rule gives one period later: the surplus of the last months, at most so much, and what was owed."""

    def __init__(self, period, total_asked, most=None, year_most=None, window=None, owed=0):
        self.period, self.asked, self.most, self.year_most, self.window, self.owed = period, total_asked, most, year_most, window, owed

    def until(self, items, on):
        k, carried, owed = 0, [], Part(self.owed)
        while True:
            window = self.period.number(k)
            new = in_order(i for i in items if window[0] <= self.period.counts_on(i) <= window[1])
            earned = carried + (capped(new, self.period, self.year_most, "year") if self.year_most else new)
            spare = capped(earned, self.period, self.asked, "ever", over=True)
            if self.window:
                first = months_later(window[1] + ONE_DAY, -self.window)
                spare = [i for i in spare if first <= self.period.counts_on(i) <= window[1]]
            spare = capped(spare, self.period, self.most, "ever") if self.most else spare
            owed = max(Part(0), self.asked + owed - total(new))
            if window[0] <= on <= window[1]:
                return total(earned), total(spare), owed, window
            k, carried = k + 1, spare


def by_days(records, period, window):
    """Each record shared by its days: how much of it lies in each year of the window."""
    shares = []
    for record in sorted(records, key=lambda r: (r.since, r.position)):
        days, in_year = (record.till - record.since).days + 1, {}
        for day in (record.since + d * ONE_DAY for d in range(days)):
            if window[0] <= day <= window[1]:
                in_year[period.year(day)] = in_year.get(period.year(day), 0) + 1
        shares += [(year, record.amount * count / days) for year, count in sorted(in_year.items())]
    return shares


def blocks(items, gap):
    out, reach = [], None
    for item in items:
        if reach is not None and item.since <= reach + (1 + gap) * ONE_DAY:
            out[-1] += item.part
            reach = max(reach, item.till)
        else:
            out.append(item.part)
            reach = item.till
    return out


def full_years(first, last):
    turn = (2, 28) if (first.month, first.day) == (2, 29) and not calendar.isleap(last.year) else (first.month, first.day)
    return last.year - first.year - ((last.month, last.day) < turn)


def covered(spans, window):
    days = (window[1] - window[0]).days + 1
    return Part(sum(any(s <= window[0] + d * ONE_DAY and (t is None or window[0] + d * ONE_DAY <= t) for s, t in spans) for d in range(days)), days)


def world_of_periods():
    starts = dice.choice([Day(2016, 1, 1), Day(2016, 2, 29), Day(2015, 8, 31), Day(2015, 7, 1), Day(2016, 1, 31)])
    unit = dice.choice(["years", "months", "days"])
    period = Period("cycle", starts, unit, {"years": dice.randint(1, 2), "months": dice.choice([1, 5, 13]), "days": dice.choice([30, 365, 500])}[unit],
                    dice.choice([(1, 1), (9, 1)]), dice.choice(["ends", "starts"]))
    split = Period("split", dice.choice([Day(2016, 1, 1), Day(2015, 9, 1)]), "years", 1, dice.choice([(1, 1), (9, 1), (3, 15)]), "split")
    asked, most, months, year_most, gap, owed = (dice.randint(5, 60), dice.randint(1, 50), dice.randint(1, 30), dice.randint(5, 40),
                                                 dice.randint(0, 6), dice.randint(0, 5))
    own = f'period {{ id = "own", starts = fact "hired", lasts = {{ {unit} = {period.count} }}, spanning = "{period.spanning}" }}'
    files = {"recognition.lua": 'return { kinds { alpha = { of = { "person" }, unit = "学时", decimals = 2 }, leave = { of = { "person" } }, '
                                'hired = { of = { "person" } }, school = { type = "organization" }, teaching = { type = "post" } }, '
                                'recognition { id = "hours", unit = "学时", { { as = "x", when = { kind = "alpha" } } }, otherwise = ignore { zh = "不", en = "no" } } }',
             "rules.lua": f'''local earned = previous "carry" + hours:cap({year_most}, "year")
return {{ {period.declared()}, {split.declared()}, {own},
rule {{ id = "carry", of = "person", per = "cycle", needs = {{ {{ "n", earned:at_least({asked}) }} }}, first = {{ carry = 0, owed = {owed} }},
  gives = {{ carry = earned:over({asked}):during(last({months}, "month")):cap({most}), owed = highest_of {{ 0, {asked} + previous "owed" - hours:sum() }} }} }},
rule {{ id = "own", of = "person", per = "own", needs = {{ {{ "n", (previous "c" + hours):at_least({asked}) }} }},
  gives = {{ c = (previous "c" + hours):over({asked}) }}, first = {{ c = 0 }} }},
rule {{ id = "block", of = "person", per = "cycle", needs = {{ {{ "n", hours:blocks {{ gap_days = {gap} }}:greatest():at_least(10) }},
  {{ "m", hours:blocks {{ gap_days = {gap} }}:count():at_least(2) }} }} }},
rule {{ id = "splits", of = "person", per = "split", needs = {{ {{ "n", hours:at_least(10) }}, {{ "c", hours:cap({year_most}, "year"):at_least(10) }},
  {{ "y", hours:each "year":at_least(3) }} }} }},
rule {{ id = "parts", of = "person", per = "cycle", needs = {{ {{ "n", hours:at_least(20 * portion "post") }},
  {{ "l", hours:at_least(20 - 20 * portion "leave") }}, {{ "s", (portion "post" * years_since(fact "hired")):at_least(1) }} }} }} }}'''}
    cases = []
    for _ in range(6):
        on = day_between(starts, Day(2019, 12, 31)) if dice.random() < 0.8 else Day(dice.choice([2017, 2019]), 2, 28)
        records = [Record(position, on) for position in range(dice.randint(0, 12))]
        for record in records:
            record.kind, record.since = "alpha", day_between(Day(2015, 6, 1), on)
            if record.position and dice.random() < 0.4:  # just before, at or behind where a block may end
                record.since = min(on, records[record.position - 1].till + (gap + dice.choice([0, 1, 2])) * ONE_DAY)
            record.till = min(on, record.since + dice.choice([0, 0, 3, 9, 59, 499]) * ONE_DAY)
        hired = day_between(Day(2014, 1, 1), on) if dice.random() < 0.8 else Day(2012, 2, 29)
        leaves = [(day, day + dice.randint(0, 200) * ONE_DAY) for day in (day_between(Day(2015, 6, 1), Day(2019, 12, 1)) for _ in range(dice.randint(0, 3)))]
        posts = [(day, dice.choice([None, day + dice.randint(0, 900) * ONE_DAY])) for day in (day_between(Day(2012, 6, 1), Day(2019, 12, 1)) for _ in range(dice.randint(0, 3)))]
        items = [Item(record, record.amount) for record in records]
        written = [f'{{ kind = "alpha", since = {lua(r.since)}, till = {lua(r.till)}, amount = "{float(r.amount):.2f}" }}' for r in records]
        written += [f'{{ kind = "leave", since = {lua(s)}, till = {lua(t)} }}' for s, t in leaves]
        in_post = [f'{{ organization = "S", since = {lua(s)}{f", till = {lua(t)}" if t else ""} }}' for s, t in posts]
        given = f'given = {{ facts = {{ hired = {lua(hired)} }}, posts = {{ {", ".join(in_post)} }}, records = {{ {", ".join(written)} }} }}, on = {lua(on)}'

        had, carry, left_owed, window = Carrying(period, asked, most, year_most, months, owed).until(items, on)
        cases.append(expected(given, "carry", had >= asked, {"n": had}, gives={"carry": carry, "owed": left_owed}))
        had, carry, _, _ = Carrying(Period("own", hired, unit, period.count, (1, 1), period.spanning), asked).until(items, on)
        cases.append(expected(given, "own", had >= asked, {"n": had}, gives={"c": carry}))
        here = in_order(i for i in items if window[0] <= period.counts_on(i) <= window[1])
        found = blocks(here, gap)
        largest = max(found, default=Part(0))
        cases.append(expected(given, "block", largest >= 10 and len(found) >= 2, {"n": largest, "m": len(found)}))
        if split.on(on):
            shares = by_days(records, split, split.on(on))
            years = {year: sum((part for of, part in shares if of == year), Part(0)) for year in split.years(split.on(on))}
            whole, kept = sum(years.values(), Part(0)), sum((min(part, Part(year_most)) for part in years.values()), Part(0))
            cases.append(expected(given, "splits", whole >= 10 and kept >= 10 and min(years.values()) >= 3,
                                  {"n": whole, "c": kept, **{f"y {year}": part for year, part in years.items()}}))
        post, leave, hours = covered(posts, window), covered(leaves, window), total(here)
        served = post * full_years(hired, on)
        cases.append(expected(given, "parts", hours >= 20 * post and hours >= 20 - 20 * leave and served >= 1,
                              {"n": hours, "s": served}, needed={"n": 20 * post, "l": 20 - 20 * leave}))
    return files, cases


def tried(program, files, cases):
    """What `pack test` says of a world; empty if it comes to the same."""
    with tempfile.TemporaryDirectory(prefix="oracle-") as folder:
        pack = pathlib.Path(folder, "world")
        (pack / "tests").mkdir(parents=True)
        (pack / "pack.lua").write_text(f'return pack {{ id = "world", version = "1", api = 1, {TITLE} }}\n', encoding="utf-8")
        for name, text in {**files, "tests/all.lua": "\n".join(cases)}.items():
            (pack / name).write_text(text, encoding="utf-8")
        done = subprocess.run([program, "pack", "test", str(pack), "--lang", "en"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, check=False)
        return "" if done.returncode == 0 else done.stdout.decode() + files["rules.lua"]


def main(program, seed="5", worlds="16"):
    dice.seed(int(seed))
    count = 0
    for number in range(int(worlds)):
        for world in (world_of_steps, world_of_periods):
            files, cases = world()
            count += len(cases)
            differs = tried(program, files, cases)
            if differs:
                sys.exit(f"seed {seed}, {world.__name__} {number}:\n{differs}")
    print(f"{count} decisions as plain loops make them")


if __name__ == "__main__":
    main(*sys.argv[1:])
