#' Checks a file or a whole package
#'
#' Reads everything, keeps everything it finds, and builds nothing. Refused data is no error here: see `outcome`.
#'
#' @param path A file, a folder with `datapackage.json`, that file, or a raw vector with the bytes of a file.
#' @param name What diagnostics call raw bytes.
#' @param resource JSON of a data package's resource; `NULL` infers.
#' @param as_of Of a store of releases, only what had been released by this day.
#' @inheritParams mtm_dataset
#' @param ... Limits: `max_field`, `max_record`, `max_columns`, `max_expansion`; `show_rows`, how many rows
#'   `format(check, "html")` shows.
#' @return An object of class `mtm_check`: a list with `outcome` (`"ok"`, `"ok-with-notes"`, `"rejected-rows"` or
#'   `"error"`), `rows` (in = accepted + rejected + not_data) and `diagnostics` (a data frame). `format(check, "json")`
#'   gives everything; `format(check, "csv")` the refused rows.
#' @examples
#' found <- mtm_check(charToRaw("period,citizenship,value\n2024-Q2,UZB,10\n2024-Q2,CHN,5 apples\n"))
#' found$outcome
#' found$diagnostics[, c("line", "column", "found")]
#' @export
mtm_check <- function(path, name = "data", resource = NULL, allow_guess = FALSE, as_of = NULL, ..., progress = NULL) {
  shown <- progress_of(progress, "check")
  on.exit(shown$close())
  options <- c(list(resource = resource, allow_guess = allow_guess, as_of = period_days(as_of), progress = shown$update), list(...))
  handle <- raw_mtm_check_read(source_of(path, name), options)
  outcomes <- c("ok", "ok-with-notes", "rejected-rows", "error")
  structure(list(outcome = outcomes[[raw_mtm_check_outcome(handle) + 1]],
                 rows = setNames(vapply(0:3, function(i) as.numeric(raw_mtm_check_rows(handle, i)), 1), row_kinds),
                 diagnostics = check_diagnostics(handle), handle = handle), class = "mtm_check")
}

check_diagnostics <- function(handle) {
  found <- lapply(seq_len(raw_mtm_check_count(handle)) - 1, function(i) raw_mtm_check_at(handle, i))
  text <- function(what) vapply(found, function(d) d[[what]], "")
  whole <- function(what) vapply(found, function(d) as.numeric(d[[what]]), 1)
  error <- whole("error") == 1
  line <- whole("line")
  column <- whole("column")
  data.frame(severity = ifelse(error, "error", "note"),
             code = sprintf("MTM-%s%03d", ifelse(error, "E", "N"), as.integer(whole("code"))), file = text("file"),
             line = ifelse(line == 0, NA, line), column = ifelse(column == 0, NA, column), found = text("found"),
             expected = text("expected"), hint = text("hint"), record = text("record"))
}

#' @param x A check.
#' @param format `"text"`, `"json"` (docs/check-json.md) or `"csv"` (refused rows).
#' @rdname mtm_check
#' @export
format.mtm_check <- function(x, format = "text", ...) {
  utf8(raw_mtm_check_render(x$handle, format_number(format), list(width = getOption("width"))))
}

#' @export
print.mtm_check <- function(x, ...) {
  cat(format(x))
  invisible(x)
}

#' @export
summary.mtm_check <- function(object, ...) {
  data.frame(outcome = object$outcome, as.list(object$rows), errors = sum(object$diagnostics$severity == "error"),
             notes = sum(object$diagnostics$severity == "note"))
}

#' @export
as.data.frame.mtm_check <- function(x, row.names = NULL, optional = FALSE, ...) x$diagnostics

#' Proposes a description of files
#'
#' @param paths The files.
#' @inheritParams mtm_dataset
#' @param file Where to write the proposal, such as `"datapackage.json"`; `NULL` writes nothing.
#' @return The proposed `datapackage.json` as text of class `mtm_description`, to be edited by a person.
#' @examples
#' path <- tempfile(fileext = ".csv")
#' writeLines(c("period,citizenship,value", "2024-Q2,UZB,10"), path)
#' mtm_describe(path)
#' @export
mtm_describe <- function(paths, allow_guess = FALSE, file = NULL) {
  if (!is.character(paths)) stop("expected the paths of files", call. = FALSE)
  text <- raw_mtm_package_describe(path.expand(enc2utf8(paths)), list(allow_guess = allow_guess))
  if (!is.null(file)) raw_mtm_buffer_save(text, one_path(file))
  structure(utf8(text), class = "mtm_description")
}

#' Proposes lines for a description
#'
#' Lines for `datapackage.json` that restore figures which are refused for what they cover: each was tried. Which one is true is
#' a person's to say.
#'
#' @param path A data package, or a data file, which is then described first.
#' @inheritParams mtm_compute
#' @inheritParams mtm_dataset
#' @return The proposal as text of class `mtm_description`.
#' @examples
#' folder <- tempfile()
#' dir.create(folder)
#' path <- file.path(folder, "crossings.csv")
#' rows <- c("2024-05,UZB,10", "2024-05,RUS,40", "2024-06,UZB,12")
#' writeLines(c("period,citizenship,persons", rows), path)
#' mtm_propose(path)
#' @export
mtm_propose <- function(path, period = NULL, as_of = NULL, catalogue = NULL, allow_guess = FALSE) {
  options <- list(period = period_days(period), as_of = period_days(as_of))
  text <- raw_mtm_package_propose(source_of(one_path(path)), list(allow_guess = allow_guess),
                                  catalogue_handle(catalogue), options, format_number("text"))
  structure(utf8(text), class = "mtm_description")
}

#' @export
print.mtm_description <- function(x, ...) {
  cat(x)
  invisible(x)
}
