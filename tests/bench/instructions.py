"""What the guards of instructions share: callgrind's count of a run, a number that repeats, and when there is none."""
import os
import pathlib
import re
import shutil
import subprocess

BUILD = pathlib.Path(os.environ["MTM_BUILD"])
BENCH = BUILD / "tests" / "bench"
SKIPPED = 77


def reason_to_skip():
    """Why this build cannot be counted, or None."""
    cache = (BUILD / "CMakeCache.txt").read_text()
    if shutil.which("valgrind") is None:
        return "valgrind is not installed"
    if re.search(r"CMAKE_BUILD_TYPE:\w+=(Debug)?$", cache, re.MULTILINE) or re.search(r"MTM_SANITIZE:\w+=.", cache):
        return "only optimised builds are counted"
    return None


def skipping(measure):
    """The exit status of a guard: of measure(), or SKIPPED with the reason printed."""
    reason = reason_to_skip()
    if reason is not None:
        print(f"skipped: {reason}")
        return SKIPPED
    return int(measure())


def run_counted(*command, function=None):
    """(instructions, standard output) of a command, or of the calls of one function in it. Raises CalledProcessError."""
    chosen = [f"--toggle-collect={function}"] if function else []
    run = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={os.devnull}", *chosen, *map(str, command)],
                         capture_output=True, text=True, check=True)
    return int(re.search(r"Collected : (\d+)", run.stderr).group(1)), run.stdout
