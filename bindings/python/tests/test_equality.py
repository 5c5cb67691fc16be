"""One engine: the command line, Python and R give the same bytes."""

import hashlib
import os
import pathlib
import shutil
import subprocess

import pytest

import mtm
from conftest import SOURCE

BUILD = pathlib.Path(os.environ.get("MTM_BUILD", SOURCE / "build"))
PROGRAM = BUILD / "examples/mtm/mtm"
RLIB = BUILD / "Rlib"
PACKAGE = SOURCE / "examples/kazakhstan-2024-q2"
FORMATS = ("text", "markdown", "html", "json", "csv", "sdmx-csv")
PERIODS = ("2024-Q2", "2023-Q2", "2024", "2023-07")
R_SCRIPT = """
library(mtm)
arguments <- commandArgs(trailingOnly = TRUE)
package <- mtm_package(arguments[[1]])
for (period in strsplit(arguments[[2]], ",")[[1]]) for (language in c("en", "ru", "kk")) {
  report <- mtm_report(package, period = period, language = language)
  for (form in strsplit(arguments[[3]], ",")[[1]]) {
    text <- format(report, form)
    path <- tempfile()
    writeBin(charToRaw(text), path)
    cat(period, language, form, tools::md5sum(path), "\\n")
  }
}
"""


def by_python():
    package = mtm.Package.read(PACKAGE)
    return {(period, language, form): hashlib.md5(
        package.report(period=period, language=language).render(form).encode("utf-8")).hexdigest()
        for period in PERIODS for language in ("en", "ru", "kk") for form in FORMATS}


def test_the_command_line_says_the_same(tmp_path):
    if not PROGRAM.exists():
        pytest.skip("the program is not built")
    for (period, language, form), expected in by_python().items():
        out = tmp_path / "report"
        subprocess.run([PROGRAM, "report", PACKAGE, "--period", period, "--language", language, "--format", form, "-o",
                        out], check=True)
        assert hashlib.md5(out.read_bytes()).hexdigest() == expected, (period, language, form)


def test_r_says_the_same(tmp_path):
    if not RLIB.exists() or shutil.which("Rscript") is None:
        pytest.skip("the R package is not built")
    script = tmp_path / "equality.R"
    script.write_text(R_SCRIPT)
    out = subprocess.run(["Rscript", "--vanilla", str(script), str(PACKAGE), ",".join(PERIODS), ",".join(FORMATS)],
                         check=True, capture_output=True, text=True, env=dict(os.environ, R_LIBS=str(RLIB))).stdout
    found = {tuple(line.split()[:3]): line.split()[3] for line in out.splitlines() if line.strip()}
    assert found == by_python()


def test_errors_are_the_same(tmp_path):
    if not PROGRAM.exists():
        pytest.skip("the program is not built")
    (tmp_path / "datapackage.json").write_text('{"resources": [{"name": "a", "path": "a.csv", "mtm": {"cumulativ": true}}]}')
    told = subprocess.run([PROGRAM, "report", tmp_path], capture_output=True, text=True)
    with pytest.raises(mtm.MtmError) as refused:
        mtm.Package.read(tmp_path)
    assert told.returncode == 1 and refused.value.message in told.stderr
