"""Runs the C tests of a build folder on other processors, emulated by qemu-x86_64: as those without AVX2 and without AVX-512
are. Usage: emulated.py BUILD [PROCESSOR ...]

Without a name it takes Nehalem (SSE 4.2) and Haswell (AVX2). Tests that inject failures, and tests of rules that depend on no
processor, are left out; others take fewer steps (MTM_SLOW). The program's report on Kazakhstan must be the one that it prints
unemulated.
"""
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

SOURCE = pathlib.Path(__file__).resolve().parents[1]
EMULATOR = "qemu-x86_64"
LABELS = {"unit", "api"}
LEFT_OUT = re.compile("failures|failing|memory|hostile|large|disclosure|describe|unit_indicator|emulated")
SECONDS = 600


def tests(build):
    """(name, command, environment) of the C tests that CTest knows there."""
    listed = json.loads(subprocess.run(["ctest", "--show-only=json-v1"], cwd=build, check=True, capture_output=True).stdout)
    for test in listed["tests"]:
        properties = {one["name"]: one["value"] for one in test.get("properties", [])}
        name, command = test["name"], test.get("command", [])
        if (LABELS & set(properties.get("LABELS", [])) or name == "fuzz_differential") and command and not LEFT_OUT.search(name):
            environment = dict(pair.split("=", 1) for pair in properties.get("ENVIRONMENT", []))
            yield name, command, environment, properties.get("WORKING_DIRECTORY", str(build))


def run(processor, name, command, environment, folder):
    environment = dict(os.environ, **environment, MTM_SLOW="1")
    try:
        done = subprocess.run([EMULATOR, "-cpu", processor, *command], cwd=folder, env=environment, capture_output=True, text=True,
                              errors="replace", stdin=subprocess.DEVNULL, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return name, f"not done after {SECONDS} s"
    lines = done.stdout.splitlines()
    sets = [line for line in lines if line.startswith("vector sets tried:")]
    return name, None if done.returncode == 0 else f"status {done.returncode}\n{done.stdout[-3000:]}{done.stderr[-3000:]}", *sets[:1]


def report(processor, build):
    """The report emulated and not."""
    command = [str(build / "examples/mtm/mtm"), "report", str(SOURCE / "examples/kazakhstan-2024-q2")]
    plain, emulated = (subprocess.run([*before, *command], capture_output=True) for before in ([], [EMULATOR, "-cpu", processor]))
    same = plain.returncode == emulated.returncode == 0 and plain.stdout == emulated.stdout
    return "program_report", None if same else f"differs; status {emulated.returncode}\n{emulated.stderr.decode()[-2000:]}"


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    build = pathlib.Path(sys.argv[1]).resolve()
    if shutil.which(EMULATOR) is None:
        print(f"skipped: {EMULATOR} is not installed; on Debian: apt install qemu-user")
        return 77
    listed = list(tests(build))
    passed = failed = 0
    for processor in sys.argv[2:] or ("Nehalem", "Haswell"):
        sets = {}
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            jobs = [pool.submit(run, processor, *test) for test in listed] + [pool.submit(report, processor, build)]
            for job in concurrent.futures.as_completed(jobs):
                name, fault, *line = job.result()
                passed, failed = passed + (fault is None), failed + (fault is not None)
                if fault is not None:
                    print(f"{processor}: {name}: {fault}")
                for one in line:
                    sets.setdefault(one, name)
        for line in sets:
            print(f"{processor}: {line}")
    print(f"{passed} passed, {failed} failed")
    return int(failed > 0 or passed == 0)


if __name__ == "__main__":
    sys.exit(main())
