"""What the tests of the command line share: running mtm, and its data."""
import errno
import fcntl
import os
import pathlib
import pty
import shutil
import struct
import subprocess
import tempfile
import termios
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("MTM_BUILD", SOURCE / "build"))
PROGRAM = BUILD / "examples/mtm/mtm"
CROSSINGS = """time,direction,citizenship,sex,birth_year,amount
2024-04-01 08:00,in,UZB,F,1990,10.50
2024-05-01 09:30,in,KGZ,M,2010,0.25
2024-05-02 10:00,out,Узбекистан,M,1950,7
2024-08-03 10:00,out,Atlantis,M,1980,1
2024-08-04 10:00,sideways,UZB,M,1980,1
2024-08-99 10:00,in,UZB,M,1980,1
"""


def run(*arguments, **options):
    """Runs mtm and gives its exit code, standard output and standard error."""
    settings = dict(capture_output=True, text=True, timeout=60, env=environment())
    settings.update(options)
    return subprocess.run([PROGRAM, *map(str, arguments)], **settings)


def environment(**changes):
    return {**{k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "MTM_SIMD")}, **changes}


def open_terminal(columns):
    """Both ends of a terminal of a width: ours, and that of the program."""
    main, other = pty.openpty()
    fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    return main, other


def read_terminal(main):
    """Everything up to the end, which Linux tells as an error."""
    text = b""
    while True:
        try:
            text += os.read(main, 4096)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            os.close(main)
            return text.decode()


class ProgramTest(unittest.TestCase):
    """A test with a folder of its own, in which there are crossings.csv and nothing else."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.crossings = self.folder / "crossings.csv"
        self.crossings.write_text(CROSSINGS, encoding="utf-8")

    def fine(self, *arguments, **options):
        result = run(*arguments, **options)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout

    def refused(self, code, *arguments, **options):
        """The lines of standard error of a run that must fail."""
        result = run(*arguments, **options)
        self.assertEqual(result.returncode, code, result.stderr)
        self.assertTrue(result.stderr.endswith("\n"))
        return result.stderr.splitlines()

    def names(self):
        return sorted(p.name for p in self.folder.iterdir())

    def on_terminal(self, *arguments, columns=80, code=0, **changes):
        """What appears on a terminal to which standard output and standard error go."""
        main, other = open_terminal(columns)
        process = subprocess.Popen([PROGRAM, *map(str, arguments)], stdin=other, stdout=other, stderr=other,
                                   env=environment(**{"TERM": "xterm", **changes}))
        os.close(other)
        text = read_terminal(main)
        self.assertEqual(process.wait(), code, text)
        return text
