#' mtm: migration statistics of the Mobility Tracking Matrix
#'
#' Reads data packages of many agencies' files, computes indicators, and makes the quarterly report. The engine is the C
#' library libmtm: the same input gives the same numbers, sentences and errors as in C and Python.
#'
#' Objects stand for objects of the library. They are frozen, and they do not survive in a saved workspace: make them again
#' from their data.
#'
#' @keywords internal
#' @useDynLib mtm, .registration = TRUE
#' @importFrom graphics axis barplot lines par plot points
#' @importFrom stats setNames
#' @importFrom utils head
"_PACKAGE"
