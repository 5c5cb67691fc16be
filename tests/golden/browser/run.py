"""Opens the HTML reports in Chromium: the stored ones, the Kazakhstan report of three periods, reports with maps, and those of
the examples, whole and on one page, in three languages.

What check.mjs needs comes from npm once, into the build folder, as package-lock.json says.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import made_areas  # noqa: E402
import statements  # noqa: E402

ROOT = HERE.parents[2]
BUILD = pathlib.Path(os.environ["MTM_BUILD"])
WORK = BUILD / "tests/golden/browser"
STORED = ["report.en", "report.ru", "report.kk", "indicator.ru", "lineage.kk"]
CHROMIUM = os.environ.get("MTM_CHROMIUM", "/usr/bin/chromium")
SKIPPED = 77
LANGUAGES = ("en", "ru", "kk")
EXAMPLE = [("en", "2024-Q2"), ("ru", "2023-Q2"), ("kk", "2024-01-01/2024-05-10")]


def missing():
    """What this machine lacks to show a page, or None."""
    for program in (CHROMIUM, "node", "npm"):
        if shutil.which(program) is None:
            return f"{program} is not installed; on Debian: apt install chromium nodejs npm"
    return None


def install():
    """Installs once for each lock file; the reason where npm cannot."""
    lock = (HERE / "package-lock.json").read_text()
    stamp = WORK / "installed"
    if stamp.exists() and stamp.read_text() == lock:
        return None
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, WORK / name)
    run = subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=WORK, capture_output=True, text=True)
    if run.returncode != 0:
        return f"npm could not install what package-lock.json names: {' '.join(run.stderr.strip().splitlines()[-1:])}"
    stamp.write_text(lock)
    return None


def pages():
    for name in STORED:
        yield ROOT / f"tests/golden/report/{name}.html"
    program = BUILD / "examples/mtm/mtm"
    for language, period in EXAMPLE:
        page = WORK / f"kazakhstan-{period.replace('/', '-')}.{language}.html"
        subprocess.run([program, "report", ROOT / "examples/kazakhstan-2024-q2", "--period", period, "--language",
                        language, "--format", "html", "-o", page], check=True)
        yield page
    yield from mapped_pages(program)
    for example, pages, languages in (("kazakhstan-2024-q2", "one", LANGUAGES), ("examplia-round-7", "all", ["kk"]),
                                      ("examplia-round-7", "one", LANGUAGES), ("households", "all", ["ru"]),
                                      ("households", "one", LANGUAGES)):
        for language in languages:
            page = WORK / f"{example}-{pages}.{language}.html"
            subprocess.run([program, "report", ROOT / "examples" / example, "--page", pages, "--language", language,
                            "--format", "html", "-o", page], check=True)
            yield page


def mapped_pages(program):
    """Whole reports and single pages with maps."""
    package = WORK / "mapped"
    package.mkdir(exist_ok=True)
    statements.write(package, statements.tables())
    (WORK / "world.json").write_text(json.dumps(made_areas.topojson(made_areas.COUNTRIES)))
    for language in LANGUAGES:
        for pages in ("all", "one"):
            page = WORK / f"mapped-{pages}.{language}.html"
            subprocess.run([program, "report", package, "--boundaries", WORK / "world.json", "--page", pages, "--language",
                            language, "--format", "html", "-o", page], check=True)
            yield page


def main():
    WORK.mkdir(parents=True, exist_ok=True)
    reason = missing() or install()
    if reason:
        print(f"skipped: {reason}")
        return SKIPPED
    command = ["node", HERE / "check.mjs", *pages(), "--out", WORK / "pictures"]
    return subprocess.run(command, cwd=WORK).returncode


if __name__ == "__main__":
    sys.exit(main())
