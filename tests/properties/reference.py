"""The rules of absent cells and of comparisons, written down a second time: for one table of months by citizenship, perhaps by sex.

A table is {(month, combination): figure or None}; month counts from 0, a combination is a tuple of members, the printed
total is the combination (). A figure of None is an empty cell, which is as good as no row. Exact: fractions everywhere."""
from fractions import Fraction

SEXES = ("M", "F")


def half_away(fraction, digits=1):
    """Rounded half away from zero, as an integer of the last digit."""
    scaled = abs(fraction) * 10 ** digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return -whole if fraction < 0 else whole


# 4 (1 + 2 cos of the distance in the year), by months
WEIGHTS = (12, 11, 8, 4, 0, -3, -4, -3, 0, 4, 8, 11)


def is_small(figures):
    """Whether a cell with these figures, by months back, is ordinary: what is to be expected is at most six and a half."""
    weight = sum(WEIGHTS[back % 12] for back in figures)
    if weight <= 0 or 2 * weight < sum(abs(WEIGHTS[back % 12]) for back in figures):
        return max(figures.values(), default=0) <= 10
    near = [value for back, value in figures.items() if back <= 2 or back % 12 in (11, 0, 1)]
    return (Fraction(sum(WEIGHTS[back % 12] * value for back, value in figures.items()), weight) <= Fraction(13, 2)
            and figures.get(12, 0) <= 10 and Fraction(sum(near), max(len(near), 1)) <= 8)


class Sum:
    """A figure: its value, or the reason why there is none; and what it covers."""

    def __init__(self):
        self.value, self.reason = None, None
        self.covered = {}       # month -> combinations counted, or None: all
        self.mean = Fraction(0)
        self.assumed = self.open = False
        self.open_months = set()
        self.parts = []         # per month: combination -> figure
        self.printed = []       # per month: whether a total is printed
        self.fresh = set()
        self.as_far = None      # the sum of what there is


class Table:
    def __init__(self, figures, absent=None, as_covered=False, selection=False, with_sex=False):
        self.rows = {key: value for key, value in figures.items() if value is not None}
        self.absent, self.as_covered, self.selection, self.with_sex = absent, as_covered, selection, with_sex
        self.months = {}
        for (month, combination), value in self.rows.items():
            self.months.setdefault(month, {})[combination] = value
        self.prints_zero = any(value == 0 for value in self.rows.values())
        self.holds_small = any(0 < abs(value) < 4 for value in self.rows.values())

        self.most, self.short = self.weigh_totals()

    def weigh_totals(self):
        """The most parts beside a total, and whether most of such totals are above them: then parts are not all there is."""
        beside = [(len(self.parts(month)), rows[()] > sum(self.parts(month).values()))
                  for month, rows in self.months.items() if () in rows and not self.with_sex and len(self.parts(month)) > 1]
        most = max((n for n, _ in beside), default=0)
        short = [above for n, above in beside if n == most]
        return most, 2 * sum(short) > len(short)

    def parts(self, month):
        return {c: v for c, v in self.months.get(month, {}).items() if c}

    def window(self, month):
        """Months with parts in the 24 up to this one, without it."""
        return [m for m in range(month - 23, month) if self.parts(m)]

    def beside_total(self, month, total):
        """The parts beside a printed total, with those that are zero: said so, or left nothing by the total."""
        parts = self.parts(month)
        if not parts:
            return {}
        expected = {c for m in self.window(month) for c in self.parts(m)}
        if self.with_sex:
            expected |= {(c[0], s) for c in expected | set(parts) for s in SEXES}
        nothing = not self.with_sex and sum(parts.values()) == total
        absent = {c for c in expected if c not in parts}
        return {**parts, **(dict.fromkeys(absent, 0) if nothing or self.absent == "zero" else {})}

    def month(self, month, force=False):
        """The figure of one month."""
        out = Sum()
        rows = self.months.get(month, {})
        if () in rows:
            out.value = out.as_far = rows[()]
            out.covered[month] = None
            out.parts = [self.beside_total(month, rows[()])]
            out.printed = [True]
            return out
        parts = self.parts(month)
        if not parts:
            out.reason = "period-unavailable"
            return out
        if self.selection or len({c[0] for c in (k for (_, k) in self.rows if k)}) == 1:
            out.reason = "coverage-unknown"
            return out
        if self.short and len(parts) <= self.most:
            out.reason = "total-uncertain"
            return out
        window = self.window(month)
        known = {c for m in window for c in self.parts(m)}
        expected = set(known)
        if self.with_sex:
            expected |= {(c[0], s) for c in expected | set(parts) for s in SEXES}
        absent = {c for c in expected if c not in parts}
        fresh = {c for c in parts if c not in known} if window else set()
        zero, ordinary, unknown = set(), set(), set()
        for cell in absent:
            small = is_small({month - m: abs(self.parts(m).get(cell, 0)) for m in window})
            if self.absent == "zero":
                zero.add(cell)
            elif (self.absent is None and not self.prints_zero and self.holds_small and month - 12 in window
                  and small):
                ordinary.add(cell)
            else:
                unknown.add(cell)
        out.open, out.assumed = bool(unknown), bool(ordinary)
        out.open_months = {month} if unknown else set()
        out.fresh = fresh if unknown else {c[:1] for c in fresh}  # told as in the month in which they are new
        out.as_far = sum(parts.values())
        out.parts = [{**parts, **dict.fromkeys(zero, 0)}]
        out.printed = [False]
        out.covered[month] = set(parts) | zero | (set() if unknown else ordinary)
        if not unknown or self.as_covered or force:
            out.value = out.as_far
            out.mean = sum((Fraction(sum(self.parts(m).get(c, 0) for m in window), len(window)) for c in ordinary), Fraction(0))
        else:
            out.reason = "coverage-incomplete"
        return out

    def period(self, months, force=False):
        """The figure of some months: a month, or the three of a quarter."""
        tiles = [self.month(m, force) for m in months]
        if len(tiles) == 1:
            return tiles[0]
        out = Sum()
        for tile in tiles:
            if tile.value is None:
                out.reason = tile.reason
                return out
        out.value = out.as_far = sum(t.value for t in tiles)
        out.mean = sum((t.mean for t in tiles), Fraction(0))
        out.assumed, out.open = any(t.assumed for t in tiles), any(t.open for t in tiles)
        out.fresh = set().union(*(t.fresh for t in tiles))
        for tile in tiles:
            out.covered.update(tile.covered)
            out.open_months |= tile.open_months
            out.parts += tile.parts
            out.printed += tile.printed
        return out


def boxes(figure):
    """What a figure covers, month after month, with what is new in one month in all. Both sexes are a closed list: where
    nothing is unknown, a country is whole."""
    spans = []
    for month in sorted(figure.covered):
        cells = figure.covered[month]
        told = (lambda cell: cell) if month in figure.open_months else (lambda cell: cell[:1])
        spans.append(None if cells is None else shortest(set(map(told, cells)) | figure.fresh))
    return spans


def shortest(cells):
    """Without those that a whole country has already."""
    return frozenset(cell for cell in cells if len(cell) == 1 or cell[:1] not in cells)


def text_of(figure):
    """The extent as mtm writes it: parts of a period that follow each other and are the same are one."""
    spans = []
    for span in boxes(figure):
        if not spans or spans[-1] != span:
            spans.append(span)
    return " / ".join(map(write_span, spans))


def write_span(span):
    if span is None:
        return "all"
    out, before = "", False
    for cell in sorted(span, key=lambda cell: [part.encode() + b"\x1f" for part in cell]):
        text = f"citizenship={cell[0]}" + (f",sex={cell[1]}" if len(cell) > 1 else "")
        out += "|" + cell[0] if len(cell) == 1 and before else ("; " if out else "") + text
        before = len(cell) == 1
    return out


def same_cells(table, a, b):
    return (table.absent == "zero" and not a.open and not b.open) or boxes(a) == boxes(b)


def compare(table, months, back):
    """(base, percent in tenths, reason, like for like) of a comparison with the months so many before."""
    value = table.period(months)
    earlier = [m - back for m in months]
    nothing = (None, None)
    like = None
    if value.value is None and value.reason != "coverage-incomplete":
        return nothing + (value.reason, None)
    reason = value.reason
    base = table.period(earlier)
    if value.value is not None:
        if base.value is None:
            reason = "extent-differs" if base.reason == "coverage-incomplete" else "base-missing"
        elif not same_cells(table, value, base):
            reason = "extent-differs"
        elif base.value <= 0 or value.value < 0:
            return base.value, None, "base-zero" if base.value == 0 else "base-negative", None
        else:
            percent = half_away(Fraction(100 * (value.value - base.value), base.value))
            if value.mean or base.mean:
                a, b = value.value + value.mean, base.value + base.mean
                change = half_away(100 * (a - b) / b)
                if change != percent or (a > b) != (value.value > base.value) or (a < b) != (value.value < base.value):
                    return base.value, None, "coverage-incomplete", None
            return base.value, percent, None, None
    if reason in ("extent-differs", "coverage-incomplete"):
        like = like_for_like(table.period(months, True), table.period(earlier, True))
    return nothing + (reason, like)


def like_for_like(value, base):
    """(sum, base, percent in tenths) of the combinations that both have in every month."""
    if value.value is None or base.value is None or not value.parts or not base.parts:
        return None
    if any(len(set(side.printed)) > 1 for side in (value, base)) or (value.printed[0] and base.printed[0]):
        return None
    common = set.intersection(*(set(part) for part in value.parts + base.parts))
    sums = [sum(part[c] for part in side.parts for c in common) for side in (value, base)]
    if not common or any(s <= 0 or t <= 0 or 2 * s < t for s, t in zip(sums, (value.value, base.value))):
        return None
    return sums[0], sums[1], half_away(Fraction(100 * (sums[0] - sums[1]), sums[1]))
