"""All cases of checking files, one module a subject."""

from . import agencies_made, agencies_more, agencies_third, agency, conventions, dtm, encoding, headers, labels, layouts, layouts_more, numbers, packages, periods, strangers, strangers_more, structure, workbooks
from .case import CASES, Case

__all__ = ["CASES", "Case", "agencies_made", "agencies_more", "agencies_third", "agency", "conventions", "dtm", "encoding", "headers", "labels", "layouts", "layouts_more", "numbers", "packages", "periods", "strangers", "strangers_more", "structure", "workbooks"]
