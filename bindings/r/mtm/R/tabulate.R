#' Counts microdata
#'
#' One row an event, any number of rows, never held in memory: counts by combinations of dimensions.
#'
#' @param x Paths of CSV files (or gzipped), a data frame (columns by value, without text; rows are counted from 1),
#'   a raw vector, or a `nanoarrow_array_stream`.
#' @param by What to count by: a list of character vectors, each the dimensions of one table.
#' @param period `"day"`, `"month"`, `"quarter"`, `"half-year"` or `"year"`.
#' @param sum A column to add up instead of counting rows.
#' @param filter Codes to keep: a named list, by dimension.
#' @param ages First ages of the bands of `"age"`.
#' @param resource How the files are read: a list of a resource's properties; `NULL` recognises the columns.
#' @param threads Threads to count with; -1 for as many as there are processors.
#' @inheritParams mtm_dataset
#' @param save Where to save the counts for merging later; `NULL` saves nothing.
#' @param threshold Withholds counts below it, 3 or more, and what would tell of them; `NULL` gives every count, which is not
#'   for publication.
#' @param ledger,method,p_percent,dominance As for [mtm_report()]; they need a threshold.
#' @param identity What each source is for good, such as `"job/part-00003@etag"`: the same one is refused twice, and sources of
#'   equal rows are different ones. One for each source; `NULL`: sources are known by their content.
#' @param share `c(k, n)` counts only those rows that begin in the `k`-th of `n` shares of each file's bytes: states of all shares,
#'   merged by [mtm_merge()], are the file, line for line.
#' @param ... Limits: `max_cells`, `max_labels`, `max_field`, `max_record`, `max_columns`, `max_expansion`.
#' @return A list of datasets, one for each element of `by`, with the attribute `rows`: in = accepted + rejected + not_data.
#' @examples
#' events <- data.frame(date = c("2024-04-01", "2024-05-02", "2024-06-30"),
#'                      citizenship = c("UZB", "UZB", "CHN"))
#' as.data.frame(mtm_tabulate(events, by = list("citizenship"))[[1]])
#' @export
mtm_tabulate <- function(x, by, period = "quarter", sum = NULL, filter = NULL, ages = NULL, resource = NULL,
                         threads = 1, progress = NULL, save = NULL, threshold = NULL, ledger = NULL,
                         identity = NULL, method = "suppression", p_percent = NULL, dominance = NULL, share = NULL, ...) {
  shown <- progress_of(progress, "tabulate")
  on.exit(shown$close())
  if (is.character(by)) by <- as.list(by)
  groupings <- lapply(by, function(dimensions) list(by = I(dimensions), period = period, sum = sum))
  specification <- list(groupings = groupings, filter = if (!is.null(filter)) lapply(filter, I),
                        ages = if (!is.null(ages)) I(ages), resource = resource, coverage = if (is.null(save)) TRUE)
  handle <- raw_mtm_tabulator_new(json(specification), c(list(threads = threads, progress = shown$update), list(...)))
  sources <- if (is.character(x)) as.list(x) else list(x)
  if (!is.null(identity) && length(identity) != length(sources)) {
    stop(sprintf("expected %d identities, one for each source, not %d", length(sources), length(identity)), call. = FALSE)
  }
  for (i in seq_along(sources)) {
    own <- if (is.null(identity)) "" else identity[[i]]
    raw_mtm_tabulator_add(handle, source_of(sources[[i]], identity = own, share = share))
  }
  if (!is.null(save)) raw_mtm_buffer_save(raw_mtm_tabulator_save(handle), one_path(save))
  tabulated(handle, threshold, ledger, method, p_percent, dominance)
}

tabulated <- function(handle, threshold = NULL, ledger = NULL, ...) {
  counted <- raw_mtm_tabulator_finish(handle)
  if (!is.null(threshold)) counted <- raw_mtm_package_protect(counted, protection(threshold, ledger, ...))
  package <- object(counted, "mtm_package")
  rows <- setNames(vapply(0:3, function(i) as.numeric(raw_mtm_tabulator_rows(handle, i)), 1), row_kinds)
  structure(lapply(seq_len(length(package)), function(i) package[[i]]), rows = rows)
}

#' Merges saved counts
#'
#' @param states States that [mtm_tabulate()] saved: their paths, or a list of paths and raw vectors of their bytes.
#' @param save Where to save the merged state; `NULL` saves nothing.
#' @param force Whether a file that two states counted may count twice.
#' @return As [mtm_tabulate()].
#' @examples
#' events <- data.frame(date = "2024-04-01", citizenship = "UZB")
#' path <- tempfile()
#' tables <- mtm_tabulate(events, by = list("citizenship"), save = path)
#' attr(mtm_merge(path), "rows")
#' @export
mtm_merge <- function(states, save = NULL, force = FALSE) {
  if (is.raw(states)) states <- list(states)
  known <- vapply(states, function(one) is.raw(one) || (is.character(one) && length(one) == 1), NA)
  if (!length(states) || !all(known)) stop("expected paths of saved states, or a list with their bytes", call. = FALSE)
  load <- function(state) raw_mtm_tabulator_load(source_of(state, "state"), NULL)
  handle <- load(states[[1]])
  for (state in states[-1]) raw_mtm_tabulator_merge(handle, load(state), force)
  if (!is.null(save)) raw_mtm_buffer_save(raw_mtm_tabulator_save(handle), one_path(save))
  tabulated(handle)
}
