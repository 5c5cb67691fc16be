#' Computes indicators
#'
#' Value, comparisons with the previous period and with the same period of last year, breakdown, series and lineage, or the
#' reason why not. Microdata that a package describes are counted first, in one pass.
#'
#' @param package A package of [mtm_package()], or a folder.
#' @param indicator The indicator's id; `NULL` computes the whole catalogue.
#' @param period The reference period: text such as `"2024-Q2"`, or a Date; `NULL` takes the package's.
#' @param periods Instead of `period` several: `"2022-Q1..2024-Q4"`, or a vector; then the result is always an
#'   object of class `mtm_results`, whose data frame has a row for each period and indicator.
#' @param as_of Only releases not after this date count; `NULL` takes all.
#' @param top Rows of a breakdown before the remainder; `NULL` takes the definition's, -1 all.
#' @param catalogue A JSON file with definitions of your own; `NULL` for none.
#' @inheritParams mtm_dataset
#' @return For one indicator an object of class `mtm_result`: a list with `id`, `title`, `period`, `observed`, `value`
#'   (number), `value_text` (exact), `unit`, `multiplier`, `status`, `reason`, `flags`, `previous` and `last_year` (each
#'   `period`, `base`, `absolute`, `percent`, `reason`), `breakdown`, `series` and `steps` (data frames). `extent` says what the
#'   value covers: `frame`, the dimensions `told`, the members `expected`, `covered`, `absent`, `assumed_zero` and `new`, and the
#'   `cells` themselves; bases have one too, rows and points their `cells`. For all of them an
#'   object of class `mtm_results`; `[[` takes an id or a number.
#' @examples
#' frame <- data.frame(period = c("2024-Q1", "2024-Q2"), direction = "IN", value = c(2975788, 4001714))
#' dataset <- mtm_dataset(frame, concept = "border-crossings")
#' crossings <- mtm_package(country = "KAZ", datasets = dataset)
#' arrivals <- mtm_compute(crossings, "arrivals", period = "2024-Q2")
#' arrivals$previous$percent
#' @export
mtm_compute <- function(package, indicator = NULL, period = NULL, as_of = NULL, top = NULL, catalogue = NULL,
                        progress = NULL, periods = NULL) {
  results <- compute_results(package, indicator, period, as_of, top, catalogue, progress, periods)
  if (is.null(indicator) || !is.null(periods)) results else results[[indicator]]
}

#' Revisions of an indicator
#'
#' Computes an indicator as of each release of its tables. Releases are dated by `releaseDate` of the data package, or by a column
#' with the role release-date.
#'
#' @inheritParams mtm_compute
#' @param indicator The id of an indicator.
#' @param periods Periods, as in [mtm_compute()]; `NULL` takes every period of the series.
#' @return A data frame with a row for each period and release: `period`, `release`, `value`, `revision` against the
#'   release before and `percent`, both `NA` at the first release.
#' @examples
#' frame <- data.frame(
#'   period = "2024-Q1", direction = "IN", value = c(100, 104),
#'   released = c("2024-05-01", "2024-08-01")
#' )
#' roles <- list(released = "release-date")
#' dataset <- mtm_dataset(frame, concept = "border-crossings", roles = roles)
#' crossings <- mtm_package(country = "KAZ", datasets = dataset)
#' mtm_revisions(crossings, "arrivals", periods = "2024-Q1")
#' @export
mtm_revisions <- function(package, indicator, periods = NULL, as_of = NULL, catalogue = NULL) {
  if (is.character(package)) package <- mtm_package(package, as_of = as_of)
  options <- list(indicator = indicator, as_of = period_days(as_of), periods = period_list(periods))
  text <- raw_mtm_catalogue_revisions(catalogue_handle(catalogue), handle_of(package, "mtm_package"), options,
                                      format_number("csv"))
  utils::read.csv(text = utf8(text), colClasses = c("character", "character", "numeric", "numeric", "numeric"))
}

compute_results <- function(package, indicator, period, as_of, top, catalogue, progress, periods = NULL) {
  if (is.character(package)) package <- mtm_package(package, as_of = as_of)
  shown <- progress_of(progress, "compute")
  on.exit(shown$close())
  definitions <- catalogue_handle(catalogue)
  handle <- handle_of(package, "mtm_package")
  options <- list(indicator = indicator, period = period_days(period), as_of = period_days(as_of), top = top,
                  periods = period_list(periods),
                  progress = shown$update)
  object(raw_mtm_catalogue_compute(definitions, handle, options), "mtm_results")
}

comparison <- function(handle, which) {
  found <- raw_mtm_result_comparison(handle, which)
  if (is.null(found)) return(NULL)
  list(period = period_text(found$period), base = number(found$base), absolute = number(found$absolute),
       percent = number(found$percent), base_text = text_or_na(found$base), absolute_text = text_or_na(found$absolute),
       percent_text = text_or_na(found$percent), reason = reason_name(found$reason), base_status = found$base_status,
       like_for_like = like_for_like(found), extent = extent(handle, which + 1))
}

# What a number covers; of: 0 the value, 1 and 2 its bases, 3 a row, 5 a point.
extent <- function(handle, of, index = 0) {
  found <- raw_mtm_result_extent(handle, of, index)
  if (is.null(found)) return(NULL)
  list(frame = frames[found$frame + 1], told = if (nzchar(found$told)) strsplit(found$told, ", ")[[1]] else character(0),
       expected = found$expected, covered = found$covered, absent = found$absent, assumed_zero = found$assumed,
       new = found$fresh, cells = found$text)
}

frames <- c("seen", "declared", "closed", "all")

# The cells of rows or points, NA where they are not known.
cells <- function(handle, of, n) {
  vapply(seq_len(n) - 1, function(i) {
    found <- raw_mtm_result_extent(handle, of, i)
    if (is.null(found)) NA_character_ else found$text
  }, "")
}

like_for_like <- function(found) {
  if (is.null(found$like_value)) return(NULL)
  list(common = found$like_common, value = number(found$like_value), base = number(found$like_base),
       absolute = number(found$like_absolute), percent = number(found$like_percent),
       value_share = number(found$like_value_share), base_share = number(found$like_base_share))
}

breakdown <- function(handle, language) {
  n <- raw_mtm_result_get(handle, language)$n_rows
  rows <- lapply(seq_len(n) - 1, function(i) raw_mtm_result_row(handle, i, language))
  rank <- vapply(rows, function(row) as.integer(row$rank), 1L)
  data.frame(code = vapply(rows, function(row) row$code, ""), label = vapply(rows, function(row) row$label, ""),
             value = vapply(rows, function(row) number(row$value), 1),
             share = vapply(rows, function(row) number(row$share), 1), rank = ifelse(rank == 0, NA_integer_, rank),
             kind = member_kinds[vapply(rows, function(row) row$kind + 1, 1)],
             status = vapply(rows, function(row) row$status, ""), cells = cells(handle, 3, n))
}

series <- function(handle) {
  points <- lapply(seq_len(raw_mtm_result_get(handle, 0)$n_points) - 1, function(i) raw_mtm_result_point(handle, i))
  data.frame(period = vapply(points, function(point) period_text(point$period), ""),
             value = vapply(points, function(point) number(point$value), 1), cells = cells(handle, 5, length(points)))
}

lineage <- function(handle) {
  steps <- lapply(seq_len(raw_mtm_result_get(handle, 0)$n_steps) - 1, function(i) raw_mtm_result_step(handle, i))
  text <- function(name) vapply(steps, function(step) step[[name]], "")
  whole <- function(name) vapply(steps, function(step) as.numeric(step[[name]]), 1)
  data.frame(of = explained[whole("of") + 1], row = text("row"), operation = operations[whole("operation") + 1],
             dataset = text("dataset"), file = text("file"), line = whole("line"), column = whole("column"),
             period = vapply(steps, function(step) period_text(step$period), ""),
             value = vapply(steps, function(step) number(step$value), 1), value_text = text("value"),
             status = text("status"), release = vapply(steps, function(step) period_text(step$release), ""),
             edition = text("edition"))
}

result_of <- function(handle, owner, language = "en") {
  language <- language_number(language)
  about <- raw_mtm_result_get(handle, language)
  structure(list(
    id = about$id, title = about$title, section = about$section, period = period_text(about$period),
    observed = period_text(about$observed), value = number(about$value), value_text = text_or_na(about$value),
    unit = about$unit, multiplier = about$multiplier, status = about$status, reason = reason_name(about$reason),
    flags = flags[bitwAnd(as.integer(about$flags), as.integer(2^(seq_along(flags) - 1))) != 0],
    extent = extent(handle, 0), previous = comparison(handle, 0), last_year = comparison(handle, 1),
    dimension = about$dimension, breakdown_reason = reason_name(about$breakdown_reason),
    breakdown = breakdown(handle, language), series = series(handle), steps = lineage(handle), results = owner),
    class = "mtm_result")
}

#' @export
length.mtm_results <- function(x) raw_mtm_results_count(unclass(x)$handle)

#' @export
names.mtm_results <- function(x) {
  handle <- unclass(x)$handle
  vapply(seq_len(raw_mtm_results_count(handle)) - 1, function(i) raw_mtm_result_get(raw_mtm_results_at(handle, i), 0)$id, "")
}

#' @export
`[[.mtm_results` <- function(x, i, ...) {
  handle <- unclass(x)$handle
  found <- if (is.character(i)) tryCatch(raw_mtm_results_find(handle, i, NULL), mtm_not_found_error = function(e) NULL)
    else if (length(i) == 1 && !is.na(i) && i >= 1) raw_mtm_results_at(handle, i - 1)
  if (is.null(found)) stop(sprintf("there is no result %s", format(i)), call. = FALSE)
  result_of(found, handle)
}

#' @export
`$.mtm_results` <- function(x, name) {
  if (name %in% c("handle", "owner")) return(unclass(x)[[name]])
  x[[name]]
}

# The per cent of a comparison, or of common members; NA where there is none.
percent_of <- function(compared) if (is.null(compared)) NA_real_ else compared$percent

#' Results as data frames
#'
#' @param x A result (its breakdown, or its series where there is none) or results (one row per indicator).
#' @param row.names,optional As in [as.data.frame()]; not used.
#' @param ... Not used.
#' @return A data frame. Changes are in per cent; `like_previous` and `like_last_year` are those of common members, where the
#'   totals do not cover the same.
#' @export
as.data.frame.mtm_results <- function(x, row.names = NULL, optional = FALSE, ...) {
  each <- lapply(seq_len(length(x)), function(i) x[[i]])
  of <- function(result, which) percent_of(result[[which]])
  like <- function(result, which) percent_of(result[[which]]$like_for_like)
  data.frame(indicator = vapply(each, function(r) r$id, ""), period = vapply(each, function(r) r$period, ""),
             value = vapply(each, function(r) r$value, 1), unit = vapply(each, function(r) r$unit, ""),
             multiplier = vapply(each, function(r) as.numeric(r$multiplier), 1),
             status = vapply(each, function(r) r$status, ""),
             change_previous = vapply(each, of, 1, which = "previous"),
             change_last_year = vapply(each, of, 1, which = "last_year"),
             like_previous = vapply(each, like, 1, which = "previous"),
             like_last_year = vapply(each, like, 1, which = "last_year"),
             reason = vapply(each, function(r) r$reason, ""))
}

#' @rdname as.data.frame.mtm_results
#' @export
as.data.frame.mtm_result <- function(x, row.names = NULL, optional = FALSE, ...) {
  x <- unclass(x)
  if (nrow(x$breakdown)) x$breakdown else x$series
}

#' @export
format.mtm_result <- function(x, ...) {
  x <- unclass(x)
  if (is.na(x$value_text)) return(sprintf("<mtm_result %s %s: unavailable (%s)>", x$id, x$period, x$reason))
  sprintf("<mtm_result %s %s: %s %s%s>", x$id, x$period, x$value_text, x$unit,
          if (x$multiplier != 0) paste0(" x10^", x$multiplier) else "")
}

#' @export
print.mtm_result <- function(x, ...) {
  cat(format(x), "\n", sep = "")
  finding <- raw_mtm_report_finding(report_handle(x$results, "en", NULL), x$id)
  if (!is.null(finding)) cat(finding, "\n", sep = "")
  if (nrow(x$breakdown)) print(x$breakdown[, c("rank", "label", "value", "share")], row.names = FALSE)
  invisible(x)
}

#' @export
summary.mtm_result <- function(object, ...) {
  x <- unclass(object)
  data.frame(indicator = x$id, period = x$period, value = x$value, unit = x$unit,
             change_previous = percent_of(x$previous), change_last_year = percent_of(x$last_year),
             like_previous = percent_of(x$previous$like_for_like),
             like_last_year = percent_of(x$last_year$like_for_like), reason = x$reason)
}

#' @export
format.mtm_results <- function(x, ...) sprintf("<mtm_results: %d indicators>", length(x))

#' @export
print.mtm_results <- function(x, ...) {
  cat(format(x), "\n", sep = "")
  print(as.data.frame(x))
  invisible(x)
}

#' @export
summary.mtm_results <- function(object, ...) as.data.frame(object)
