"""The options that Python and R take are those of the public structs, by the same names and kinds. tests/abi/layout.txt, which
is made from the headers, is the one list; what a language does not take stands with its reason in docs/bindings.md."""
import pathlib
import re
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
TABLES = {"Python": ("py", SOURCE / "bindings/python/mtm_python.h"), "R": ("r", SOURCE / "bindings/r/mtm/src/mtm_r.h")}
# Members that are no option of a caller: the struct's own size, room to grow, and callbacks, which bindings give by themselves.
INSIDE = {"size", "reserved", "progress", "progress_data", "n_periods", "n_supersedes"}
# Fields whose name is a word of C++ have another one in the struct.
FIELDS = {"concept": "concept_id"}
# Bytes that a kind takes: a value of another size would be written over its neighbour.
SIZES = {"INT": 4, "SIGN": 1, "UNSIGNED": 8, "TEXT": 8, "PERIOD": 8, "PERIODS": 8, "REAL": 8, "SURVEY": 8,
         "SUPERSEDES": 8}
OPTION = re.compile(r"MTM_[A-Z]+_OPTION\((\w+),\s*MTM_[A-Z]+?_([A-Z]+),\s*(\w+)\)")
RENAMED = re.compile(r'\{"(\w+)",\s*MTM_[A-Z]+?_([A-Z]+),\s*offsetof\((\w+), (\w+)\)\}')
NOT_TAKEN = re.compile(r"^\| `(mtm_\w+)\.(\w+)` \| ([^|]+) \|", re.MULTILINE)


def structs():
    """{struct: {member: bytes}} of the structs of options, as the layout records them; what is said of a release is one of them."""
    found, name = {}, None
    for line in (SOURCE / "tests/abi/layout.txt").read_text().split("\n"):
        member = re.fullmatch(r"\s+\d+ \+(\d+) (\w+)", line)
        if not member:
            head = re.fullmatch(r"(mtm_\w+_(?:options|request|release)) \d+", line)
            name = head.group(1) if head else None
        elif name and member.group(2) not in INSIDE:
            found.setdefault(name, {})[member.group(2)] = int(member.group(1))
    return found


def taken(language):
    """{(struct, member): (name, kind)} of what a binding takes."""
    short, path = TABLES[language]
    text = path.read_text(encoding="utf-8")
    found = {}
    for table in re.findall(r"static const mtm_%s_option \w+\[\] = \{(.*?)\};" % short, text, re.DOTALL):
        for struct, kind, member in OPTION.findall(table):
            found[struct, member] = (member, kind)
        for name, kind, struct, member in RENAMED.findall(table):
            found[struct, member] = (name, kind)
    return found


def not_taken(language):
    text = (SOURCE / "docs/bindings.md").read_text(encoding="utf-8")
    return {(struct, member) for struct, member, languages in NOT_TAKEN.findall(text) if language in languages.split(", ")}


class Options(unittest.TestCase):
    def test_are_those_of_the_structs(self):
        every = {(struct, member) for struct, members in structs().items() for member in members}
        self.assertGreater(len(every), 50)
        for language in TABLES:
            with self.subTest(language):
                left_out = not_taken(language)
                self.assertEqual(left_out - every, set(), "docs/bindings.md names an option that is not there")
                self.assertEqual(set(taken(language)) - every, set(), "no such member")
                self.assertEqual(set(taken(language)) & left_out, set(), "taken, though docs/bindings.md says it is not")
                self.assertEqual(every - left_out - set(taken(language)), set(), "bind it, or say in docs/bindings.md why not")

    def test_have_one_name_and_kind(self):
        python, r = taken("Python"), taken("R")
        self.assertEqual({key: r[key] for key in r if key in python and r[key] != python[key]}, {})
        for options in (python, r):
            for (struct, member), (name, kind) in options.items():
                self.assertEqual(SIZES[kind], structs()[struct][member], f"{struct}.{member} is no {kind}")
                self.assertEqual(FIELDS.get(name, name), member)


if __name__ == "__main__":
    unittest.main()
