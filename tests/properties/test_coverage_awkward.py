"""Awkward packages, expectations first: numbers that do not fit into 64 bits, and net figures of which one side alone changes."""
import tempfile
import unittest

from packages import compute, package

BIG = 9_000_000_000_000_000_000


def fields(*dimensions):
    return [{"name": "period", "mtm": {"role": "period"}},
            *({"name": name, "mtm": {"role": "dimension", "dimension": name}} for name in dimensions),
            {"name": "value", "mtm": {"role": "value"}}]


def computed(lines, indicator, period, *dimensions, **properties):
    with tempfile.TemporaryDirectory() as folder:
        package(folder, {"figures": (lines, properties, fields(*dimensions))})
        return compute(folder, period, indicator)


class Overflow(unittest.TestCase):
    """What does not fit is a reason, not the end of the report."""

    def reasons(self, result):
        return result["value"], result["reason"], [c["reason"] for c in result["comparisons"]]

    def test_a_sum_of_parts(self):
        lines = ["period,citizenship,value"] + [f"2024-0{m},{c},{BIG}" for m in (5, 6) for c in ("UZB", "KGZ")]
        result = computed(lines, "arrivals-by-origin", "2024-06", "citizenship")
        self.assertEqual(self.reasons(result), (None, "too-large", ["too-large", "too-large"]))
        self.assertEqual((result["breakdown"]["reason"], result["breakdown"]["rows"]), ("too-large", []))

    def test_a_sum_of_months(self):
        lines = ["period,value"] + [f"2024-0{m},{BIG}" for m in (4, 5, 6)]
        self.assertEqual(self.reasons(computed(lines, "arrivals", "2024-Q2"))[:2], (None, "too-large"))

    def test_a_per_cent(self):
        result = computed(["period,value", "2024-05,1", f"2024-06,{BIG}"], "arrivals", "2024-06")
        self.assertEqual(self.reasons(result), (str(BIG), None, ["too-large", "base-missing"]))

    def test_a_net_figure(self):
        lines = ["period,direction,value", f"2024-06,IN,{BIG}", f"2024-06,OUT,{-BIG}"]
        result = computed(lines, "net-crossings", "2024-06", "direction", dimensions={})
        self.assertEqual(self.reasons(result)[:2], (None, "too-large"))


class Net(unittest.TestCase):
    """Both sides of a net figure must count the same, in the value and in its base."""

    def rows(self, *more):
        return ["period,direction,citizenship,value"] + [f"2024-0{m},{d},{c},{100 * m}" for m in range(1, 7)
                                                         for d in ("IN", "OUT") for c in ("UZB", "KGZ")] + list(more)

    def net(self, lines):
        return computed(lines, "net-crossings", "2024-06", "direction", "citizenship", dimensions={})

    def test_the_same_on_both_sides(self):
        self.assertEqual(self.net(self.rows())["comparisons"][0]["base"], "0")

    def test_who_is_new_among_those_who_leave(self):
        result = self.net(self.rows("2024-06,OUT,RUS,50"))
        self.assertEqual((result["value"], result["comparisons"][0]["reason"]), ("-50", "extent-differs"))

    def test_who_is_absent_among_those_who_leave(self):
        result = self.net(self.rows(*(f"2024-0{m},OUT,RUS,50" for m in range(1, 6))))
        self.assertEqual((result["value"], result["reason"]), (None, "coverage-incomplete"))


if __name__ == "__main__":
    unittest.main()
