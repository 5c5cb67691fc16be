"""Migration statistics of the Mobility Tracking Matrix, from many agencies' files to one report.

>>> import mtm
>>> package = mtm.Package.read(example("kazakhstan-2024-q2"))
>>> arrivals = package.compute("arrivals", period="2024-Q2")
>>> arrivals.value
Decimal('4001714')
>>> arrivals.previous.percent
Decimal('34.5')

The engine is libmtm, the same that the C library, the R package and the command line use: the same input gives the same
numbers, sentences and errors. Values are :class:`decimal.Decimal`, periods :class:`mtm.Period`.
"""

from ._catalogue import Catalogue, Indicator, catalogue
from ._check import Check, Diagnostic, check, describe
from ._codes import CodeList, Match, codelists, codes
from ._dataset import Dataset
from ._errors import (
    CancelledError,
    DisclosureError,
    FileError,
    InputError,
    LimitError,
    MtmError,
    NotFoundError,
    OutOfMemoryError,
    UnsupportedError,
)
from ._package import Package, propose
from ._report import Report
from ._result import Comparison, Point, Result, Results, Row, Step
from ._rows import Rows, TableRow, rows
from ._store import Release, Store
from ._survey import Estimates, Survey, TaylorEstimator, survey
from ._tabulate import Tabulator, tabulate
from ._values import Period, features, version

__all__ = [
    "CancelledError", "Catalogue", "Check", "CodeList", "Comparison", "Dataset", "Diagnostic", "DisclosureError",
    "Estimates",
    "FileError", "Indicator", "InputError", "LimitError", "Match", "MtmError", "NotFoundError", "OutOfMemoryError",
    "Package", "Period", "Point", "Release", "Report", "Result", "Results", "Row", "Rows", "Step", "Store", "Survey", "TableRow",
    "TaylorEstimator",
    "Tabulator",
    "UnsupportedError",
    "catalogue", "check", "codelists", "codes", "describe", "features", "propose", "rows", "survey", "tabulate", "version",
]
__version__ = version()
