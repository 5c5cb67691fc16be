protection <- function(threshold, ledger, method = "suppression", p_percent = NULL, dominance = NULL) {
  if (!is.null(ledger)) ledger <- one_path(ledger)
  methods <- c("suppression", "rounding")
  list(threshold = threshold, ledger = ledger, method = match(match.arg(method, methods), methods) - 1L,
       p_percent = p_percent, dominance = dominance)
}

report_handle <- function(results, language, threshold, ledger = NULL, ...) {
  raw_mtm_report_new(results, c(list(language = language_number(language)), protection(threshold, ledger, ...)))
}

render <- function(report, format, view = 0, indicator = NULL, width = NULL) {
  raw_mtm_report_render(report, format_number(format), list(view = view, indicator = indicator, width = width))
}

#' The quarterly report
#'
#' Findings, tables, charts, limitations and bibliography, in English, Russian or Kazakh, with disclosure control.
#'
#' @inheritParams mtm_compute
#' @param language `"en"`, `"ru"` or `"kk"`.
#' @param threshold Smallest count of confidential data that may be shown: `NULL` means 5; 3 or more; -1 switches
#'   disclosure control off and stamps the report as not for publication.
#' @param file Where to write the report, whole or not at all; its ending says in which form (`.html`, `.md`, `.txt`,
#'   `.json`, `.csv`, `.xlsx`). `NULL` writes nothing.
#' @param ledger A file of what was published before, made where there is none: the report is protected together with it
#'   and entered in it. It holds withheld figures: keep it as you keep the data. `NULL` protects the report within itself
#'   only.
#' @param method `"suppression"` withholds some confidential counts, `"rounding"` rounds all to multiples of the threshold so
#'   that they still add up.
#' @param p_percent Amounts: how close, in per cent, one contributor may come to the largest other one; `NULL` means 15.
#' @param dominance Amounts: the per cent that the two largest contributors may have at most, such as 85; `NULL`: not asked.
#' @return An object of class `mtm_report`. `format(report, "html")` gives the text of a form; `format(report, "json")`
#'   that of the contract.
#' @examples
#' frame <- data.frame(period = c("2024-Q1", "2024-Q2"), direction = "IN", value = c(2975788, 4001714))
#' dataset <- mtm_dataset(frame, concept = "border-crossings")
#' crossings <- mtm_package(country = "KAZ", datasets = dataset)
#' report <- mtm_report(crossings, period = "2024-Q2", language = "kk")
#' cat(substr(format(report, "markdown"), 1, 300))
#' @export
mtm_report <- function(package, period = NULL, as_of = NULL, language = "en", threshold = NULL, top = NULL,
                       catalogue = NULL, file = NULL, progress = NULL, ledger = NULL, method = "suppression",
                       p_percent = NULL, dominance = NULL) {
  results <- compute_results(package, NULL, period, as_of, top, catalogue, progress)
  report <- object(report_handle(results$handle, language, threshold, ledger, method, p_percent, dominance), "mtm_report",
                   results$handle)
  report$language <- language
  if (!is.null(file)) {
    file <- one_path(file)
    raw_mtm_buffer_save(render(report$handle, tolower(sub(".*\\.", "", basename(file)))), file)
  }
  report
}

#' @param x A report.
#' @param format `"text"`, `"markdown"`, `"html"`, `"json"`, `"csv"`, `"sdmx-csv"`, `"sdmx-ml"`,
#'   `"sdmx-structure"`, `"sdmx-json"`, `"sdmx-json-structure"`, `"json-stat"`, `"json-ld"`, `"csvw"`, or `"xlsx"`, `"ods"`,
#'   `"docx"`, `"pptx"` (which give raw bytes).
#' @param width Columns of the text format.
#' @param page `"all"`, or `"one"` for the report on one page, as HTML.
#' @param ... Not used.
#' @rdname mtm_report
#' @export
format.mtm_report <- function(x, format = "text", width = NULL, page = c("all", "one"), ...) {
  text <- render(x$handle, format, view = if (match.arg(page) == "one") 3 else 0, width = width)
  is_binary <- bitwAnd(raw_mtm_format_properties(format_number(format)), 256L) > 0 # MTM_FORMAT_BINARY
  if (is_binary) raw_mtm_buffer_data(text) else utf8(text)
}

#' @export
print.mtm_report <- function(x, ...) {
  cat(format(x, "text", width = getOption("width")))
  invisible(x)
}

#' @export
summary.mtm_report <- function(object, ...) {
  utils::read.csv(text = format(object, "csv"), encoding = "UTF-8", colClasses = "character", check.names = FALSE)
}

#' @export
as.data.frame.mtm_report <- function(x, row.names = NULL, optional = FALSE, ...) summary(x)

#' Explains a number down to file and line
#'
#' @inheritParams mtm_compute
#' @param indicator The indicator's id.
#' @param language `"en"`, `"ru"` or `"kk"`.
#' @param ... Passed on to [mtm_compute()].
#' @param ledger As for [mtm_report()].
#' @return An object of class `mtm_lineage`: a data frame with one row per observation - what it explains, the operation,
#'   dataset, file, line, column, period, value, release, edition - that prints as the explanation a person reads.
#' @examples
#' frame <- data.frame(period = c("2024-Q1", "2024-Q2"), direction = "IN", value = c(2975788, 4001714))
#' dataset <- mtm_dataset(frame, concept = "border-crossings")
#' crossings <- mtm_package(country = "KAZ", datasets = dataset)
#' mtm_explain(crossings, "arrivals", period = "2024-Q2")
#' @export
mtm_explain <- function(package, indicator, ..., language = "en", ledger = NULL) {
  result <- mtm_compute(package, indicator, ...)
  text <- utf8(render(report_handle(result$results, language, NULL, ledger), "text", view = 2, indicator = indicator))
  structure(result$steps, class = c("mtm_lineage", "data.frame"), text = text)
}

#' @export
print.mtm_lineage <- function(x, ...) {
  cat(attr(x, "text"))
  invisible(x)
}

#' @export
format.mtm_lineage <- function(x, ...) attr(x, "text")
