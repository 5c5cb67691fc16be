"""All cases of checking files, one module a subject."""

from . import agency, conventions, dtm, encoding, labels, numbers, packages, periods, structure, workbooks
from .case import CASES, Case

__all__ = ["CASES", "Case", "agency", "conventions", "dtm", "encoding", "labels", "numbers", "packages", "periods", "structure", "workbooks"]
