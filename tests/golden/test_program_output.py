"""Where mtm writes: whole or not at all, never over an input; full disks, closed pipes, and being interrupted."""
import json
import os
import signal
import stat
import subprocess
import threading
import time
import unittest

from program import PROGRAM, ProgramTest, environment, open_terminal, read_terminal, run

BY = ("--by", "direction")
HEADER = "id,time,direction,citizenship\n"
ROW = "{},2024-0{}-11 08:00,{},UZB\n"


class Output(ProgramTest):
    def test_file_is_whole(self):
        path = self.folder / "table.csv"
        self.assertEqual(self.fine("tabulate", self.crossings, *BY, "-o", path), "")
        self.assertEqual(path.read_text(), self.fine("tabulate", self.crossings, *BY, "--format", "csv"))
        self.assertEqual(self.names(), ["crossings.csv", "table.csv"])
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o666 & ~self.mask())

    def mask(self):
        mask = os.umask(0)
        os.umask(mask)
        return mask

    def test_ending_tells_the_format(self):
        path = self.folder / "table.json"
        self.fine("tabulate", self.crossings, *BY, "-o", path)
        self.assertEqual(json.loads(path.read_text())["rows"]["in"], 7)
        self.fine("tabulate", self.crossings, *BY, "-o", path, "--format", "text")
        self.assertIn("\nquarter-direction: ", path.read_text())

    def test_old_file_stays_when_it_fails(self):
        path = self.folder / "table.csv"
        path.write_text("before")
        path.chmod(0o640)
        self.refused(1, "tabulate", self.folder / "missing.csv", *BY, "-o", path)
        self.assertEqual(path.read_text(), "before")
        self.fine("tabulate", self.crossings, *BY, "-o", path)
        self.assertNotEqual(path.read_text(), "before")
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o640)
        self.assertEqual(self.names(), ["crossings.csv", "table.csv"])

    def test_inputs_are_spared(self):
        before = self.crossings.read_bytes()
        link, other = self.folder / "link.csv", self.folder / "hard.csv"
        link.symlink_to(self.crossings)
        other.hardlink_to(self.crossings)
        state = self.folder / "state.mtm"
        self.fine("tabulate", self.crossings, *BY, "--save", state)
        saved = state.read_bytes()
        for path in (self.crossings, link, other, self.folder / "." / "crossings.csv"):
            for option in ("-o", "--save"):
                self.assertIn("is an input and is not overwritten",
                              self.refused(2, "tabulate", self.crossings, *BY, option, path)[0])
        self.refused(2, "tabulate", "--load", state, "--save", state)
        self.refused(2, "merge", state, "-o", state)
        self.refused(2, "tabulate", self.crossings, *BY, "-o", "new", "--save", "new", cwd=self.folder)
        self.assertEqual((self.crossings.read_bytes(), state.read_bytes()), (before, saved))

    def test_only_regular_files(self):
        for path in (self.folder, "/dev/null", "/dev/full"):
            self.assertIn("not a regular file (directory, pipe or device)",
                          self.refused(2, "tabulate", self.crossings, *BY, "-o", path)[0])
        self.assertIn("cannot be written: No such file",
                      self.refused(1, "tabulate", self.crossings, *BY, "-o", self.folder / "no/such/folder")[0])

    def test_dash_is_standard_output(self):
        self.assertEqual(self.fine("tabulate", self.crossings, *BY, "-o", "-"),
                         self.fine("tabulate", self.crossings, *BY))

    def test_full_disk(self):
        for arguments in (["tabulate", self.crossings, *BY], ["--help"], ["--version"], ["codes", "DEU"]):
            with open("/dev/full", "w") as full:
                result = run(*arguments, capture_output=False, stdout=full, stderr=subprocess.PIPE)
            self.assertEqual(result.returncode, 1, arguments)
            self.assertIn("mtm: standard output: cannot be written: No space left on device\n", result.stderr)

    def test_full_disk_under_a_file(self):
        path = self.folder / "table.json"
        script = f'ulimit -f 1; trap "" XFSZ; exec "$@"'
        big = self.folder / "big.csv"
        big.write_text(HEADER + "".join(ROW.format(i, i % 9 + 1, f"place {i}") for i in range(2000)))
        result = subprocess.run(["bash", "-c", script, "bash", PROGRAM, "tabulate", big, *BY, "-o", path],
                                capture_output=True, text=True, timeout=60)
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertIn("cannot be written: File too large", result.stderr)
        self.assertEqual(self.names(), ["big.csv", "crossings.csv"])

    def test_closed_pipe(self):
        reader, writer = os.pipe()
        os.close(reader)
        result = run("tabulate", self.crossings, *BY, "-q", capture_output=False, stdout=writer, stderr=subprocess.PIPE)
        os.close(writer)
        self.assertEqual(result.returncode, 1)
        self.assertEqual(result.stderr, "mtm: standard output was closed before all was written\n")

    def test_closed_streams(self):
        result = subprocess.run(["sh", "-c", '"$0" tabulate "$1" --by direction --save "$2" -q >&-', PROGRAM,
                                 self.crossings, self.folder / "state.mtm"], capture_output=True, text=True)
        self.assertEqual(result.returncode, 1)
        self.assertIn("standard output: cannot be written", result.stderr)
        self.assertEqual(self.crossings.read_text()[:4], "time")

    def test_colour(self):
        self.assertNotIn("\033", self.fine("codes", "DEU"))
        self.assertIn("\033[1m", self.fine("codes", "DEU", "--colour", "always"))
        self.assertIn("\033[1m", self.on_terminal("codes", "DEU"))
        self.assertNotIn("\033", self.on_terminal("codes", "DEU", "--colour=never"))
        self.assertNotIn("\033", self.on_terminal("codes", "DEU", NO_COLOR="1"))
        self.assertNotIn("\033", self.on_terminal("codes", "DEU", TERM="dumb"))

    def feed_slowly(self, path, seconds):
        """A writer of a pipe that sends a row now and then."""
        end = time.monotonic() + seconds
        with open(path, "w") as pipe:
            pipe.write(HEADER)
            while time.monotonic() < end:
                pipe.write("".join(ROW.format(1, 4, "in") for _ in range(20000)))
                pipe.flush()
                time.sleep(0.05)

    def test_progress_on_a_terminal_only(self):
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        shell = ["sh", "-c", f'exec "{PROGRAM}" tabulate - --by direction < "{pipe}"']
        for expected, options in ((True, {}), (False, {"stderr": subprocess.PIPE})):
            main, other = open_terminal(80)
            process = subprocess.Popen(shell, stdout=subprocess.PIPE, env=environment(TERM="xterm"),
                                       **{"stderr": other, **options})
            feeder = threading.Thread(target=self.feed_slowly, args=(pipe, 1.0))
            feeder.start()
            out, err = process.communicate(timeout=60)
            feeder.join()
            os.close(other)
            seen = read_terminal(main)
            self.assertEqual(process.returncode, 0)
            self.assertIn(b"2024-Q2", out)
            self.assertEqual(("counting standard input" in seen, "B/s" in seen), (expected, expected), seen)
            self.assertFalse(err)
            if expected:
                self.assertTrue(seen.endswith("\r\033[K"), seen)


class Interrupted(ProgramTest):
    def start(self, *arguments):
        return subprocess.Popen([PROGRAM, *map(str, arguments)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True)

    def check(self, process, number):
        began = time.monotonic()
        process.send_signal(number)
        process.wait()  # without a timeout, which would poll
        took = time.monotonic() - began
        _, err = process.communicate()
        self.assertEqual(process.returncode, 128 + number)
        self.assertEqual(err, "mtm: interrupted\n")
        return took

    def test_while_waiting_for_a_pipe(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            took = []
            for _ in range(3):
                process = self.start("tabulate", "-", *BY, "-o", self.folder / "table.csv", "--save",
                                     self.folder / "state.mtm")
                time.sleep(0.2)
                took.append(self.check(process, number))
            self.assertLess(min(took), 0.1)
            self.assertEqual(self.names(), ["crossings.csv"])

    def make_big(self):
        """A file that, counted again and again, leaves time to look and to interrupt."""
        big = self.folder / "big.csv"
        block = "".join(ROW.format(i, i % 9 + 1, "in" if i % 3 else "out") for i in range(100000))
        with open(big, "w") as file:
            file.write(HEADER)
            for _ in range(10):
                file.write(block)
        return [big] * 240

    def test_progress_of_files(self):
        main, other = open_terminal(90)
        process = subprocess.Popen([PROGRAM, "tabulate", *self.make_big(), *BY, "--force", "--threads", "1"],
                                   stdout=subprocess.DEVNULL, stderr=other, env=environment(TERM="xterm"))
        os.close(other)
        time.sleep(1.2)
        process.send_signal(signal.SIGINT)
        seen = read_terminal(main)
        self.assertEqual(process.wait(), 130)
        self.assertRegex(seen, r"\r\033\[Kcounting big\.csv \[#*\.+\] +\d+ %  [\d.]+ .?B/s  \d+:\d\d left")
        self.assertTrue(seen.endswith("\r\033[Kmtm: interrupted\r\n"), seen)

    def test_while_counting(self):
        process = self.start("tabulate", *self.make_big(), *BY, "--force", "--threads", "1", "-o",
                             self.folder / "table.csv")
        time.sleep(0.3)
        self.assertIsNone(process.poll(), "the work is too short to interrupt")
        took = self.check(process, signal.SIGINT)
        self.assertLess(took, 0.5)  # 0.1 on an idle machine; tests run beside each other
        self.assertEqual(self.names(), ["big.csv", "crossings.csv"])

    def test_ignored_signals_stay_ignored(self):
        process = subprocess.Popen(["sh", "-c", 'trap "" INT; exec "$0" tabulate - --by direction', PROGRAM],
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(HEADER + ROW.format(1, 4, "in"), timeout=30)
        self.assertEqual((process.returncode, err), (0, ""))
        self.assertIn("2024-Q2", out)


if __name__ == "__main__":
    unittest.main()
