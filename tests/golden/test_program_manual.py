"""The man page and the completion say what the program's own tables say, and work."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("MTM_BUILD", SOURCE / "build"))
PROGRAM = BUILD / "examples/mtm/mtm"
MANUAL = SOURCE / "examples/mtm/mtm.1"
COMPLETION = SOURCE / "examples/mtm/mtm.bash"


def made(what):
    return subprocess.run([PROGRAM, "--generate", what], check=True, capture_output=True, text=True).stdout


def manual_with(lists):
    before, _, after = re.split(r'(\.\\" BEGIN\n.*?\.\\" END\n)', MANUAL.read_text(), flags=re.S)
    return f'{before}.\\" BEGIN\n{lists}.\\" END\n{after}'


def commands():
    text = subprocess.run([PROGRAM, "--help"], check=True, capture_output=True, text=True).stdout
    return re.findall(r"^  ([a-z]+)  +\S", text.split("Commands\n")[1].split("\n\n")[0], re.M)


def complete(line, folder):
    """What bash offers at the end of a line."""
    script = f"""
        COMP_WORDBREAKS=$' \\t\\n"=>\\'<;|&(:'
        source {COMPLETION}
        words() {{ COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); }}
        words {line}
        _mtm
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    environment = dict(os.environ, PATH=f"{PROGRAM.parent}:{os.environ['PATH']}")
    result = subprocess.run(["bash", "--norc", "-c", script], capture_output=True, text=True, cwd=folder,
                            env=environment)
    if result.returncode != 0 or result.stderr:
        raise AssertionError(result.stderr)
    return sorted(result.stdout.split())


class Manual(unittest.TestCase):
    def test_lists_are_the_programs(self):
        self.assertEqual(MANUAL.read_text(), manual_with(made("man")), f"run {sys.argv[0]} --write")

    def test_clean(self):
        if shutil.which("man") is None:
            self.skipTest("man is not installed")
        result = subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", MANUAL], capture_output=True,
                                text=True, env=dict(os.environ, LC_ALL="C.UTF-8", MANWIDTH="80"))
        self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_version(self):
        version = subprocess.run([PROGRAM, "--version"], check=True, capture_output=True, text=True).stdout.split()[1]
        self.assertIn(f'"libmtm {version}"', MANUAL.read_text())

    def test_every_option_of_every_help(self):
        text = MANUAL.read_text().replace("\\-", "-")
        for command in commands():
            page = subprocess.run([PROGRAM, command, "--help"], check=True, capture_output=True, text=True).stdout
            self.assertIn(f".SS mtm {command} ", text)
            options = re.findall(r"^ +(?:-\w, )?(--[a-z-]+)", page, re.M)
            self.assertGreaterEqual(len(options), 4, command)
            for option in options:
                self.assertIn(f"\\fB{option}\\fR", text)


class Completion(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        (cls.folder / "figures.csv").write_text("a\n")
        (cls.folder / "with space.csv").write_text("a\n")

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def offers(self, line):
        return complete(line, self.folder)

    def test_is_the_programs(self):
        self.assertEqual(COMPLETION.read_text(), made("bash"), f"run {sys.argv[0]} --write")

    def test_commands(self):
        self.assertEqual(self.offers("mtm ''"), sorted(commands()))
        self.assertEqual(self.offers("mtm tab"), ["tabulate"])
        self.assertEqual(self.offers("mtm --quiet tab"), ["tabulate"])

    def test_options(self):
        self.assertEqual(self.offers("mtm tabulate --fo"), ["--force", "--format"])
        self.assertEqual(self.offers("mtm codes --li"), ["--list"])
        self.assertEqual(self.offers("mtm --ver"), ["--version"])
        for command in commands():
            page = subprocess.run([PROGRAM, command, "--help"], check=True, capture_output=True, text=True).stdout
            known = re.findall(r"^ +(?:-\w, )?(--[a-z-]+)", page, re.M)
            self.assertEqual(self.offers(f"mtm {command} --"), sorted(known))

    def test_values(self):
        self.assertEqual(self.offers("mtm codes x --language ''"), ["en", "kk", "ru"])
        self.assertEqual(self.offers("mtm codes x --language = ''"), ["en", "kk", "ru"])
        self.assertEqual(self.offers("mtm codes x --language = r"), ["ru"])
        self.assertEqual(self.offers("mtm codes x --list countr"), ["country", "country-group"])
        self.assertEqual(self.offers("mtm tabulate --format ''"), ["csv", "json", "text"])
        self.assertEqual(self.offers("mtm tabulate --period ha"), ["half-year"])
        self.assertEqual(self.offers("mtm tabulate --colour a"), ["always", "auto"])
        self.assertEqual(self.offers("mtm tabulate --by ''"), [])

    def test_indicators(self):
        self.assertEqual(self.offers("mtm indicators net-c"), ["net-crossings"])
        self.assertEqual(self.offers("mtm compute --period 2024 folder net-c"), ["net-crossings"])
        self.assertEqual(self.offers("mtm explain fig"), ["figures.csv"])

    def test_files(self):
        self.assertEqual(self.offers("mtm tabulate fig"), ["figures.csv"])
        self.assertEqual(self.offers("mtm tabulate -o fig"), ["figures.csv"])


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        MANUAL.write_text(manual_with(made("man")))
        COMPLETION.write_text(made("bash"))
    else:
        unittest.main()
