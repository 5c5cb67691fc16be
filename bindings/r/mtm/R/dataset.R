#' Datasets: observations, their structure, and where each came from
#'
#' Makes a dataset from a file (CSV, gzipped CSV, SDMX-CSV, HXL-tagged CSV, a workbook), from a data frame, from raw bytes
#' of a CSV file, or from a nanoarrow stream. The first thing wrong ends the call with a condition that has `file`,
#' `line` and `column`; [mtm_check()] collects everything.
#'
#' @param x A path, a data frame (columns by value, without text; lines are row numbers from 1), a raw vector, or a
#'   `nanoarrow_array_stream` (which is consumed).
#' @param concept What is counted, such as `"border-crossings"`; recognised where possible.
#' @param roles A named list: the role of each column. `"period"`, `"value"`, `c("dimension", "citizenship")`, or a list of
#'   the field's properties. Columns that are not named are recognised from their names.
#' @param ... Further properties of the resource in snake_case: `unit`, `kind`, `cumulative`, `release_date`, ...
#' @param resource Instead of `roles` and properties: the JSON of a data package's resource, or a list of its properties.
#' @param name What errors and the lineage call the data.
#' @param allow_guess Whether a guessed encoding may be used, with a note.
#' @param progress `NULL`, a function of (done, total) that may return `FALSE` to stop, or `TRUE` for a bar.
#' @return An object of class `mtm_dataset`.
#' @examples
#' frame <- data.frame(period = "2024-Q2", citizenship = c("UZB", "China"), value = c(10, 5))
#' crossings <- mtm_dataset(frame, concept = "border-crossings")
#' as.data.frame(crossings)
#' @export
mtm_dataset <- function(x, concept = NULL, roles = NULL, ..., resource = NULL, name = "data", allow_guess = FALSE,
                        progress = NULL) {
  shown <- progress_of(progress, "read")
  on.exit(shown$close())
  if (missing(name) && is.character(x) && length(x) == 1) name <- sub("[.].*$", "", basename(x))
  options <- list(resource = resource_json(resource, roles, c(list(concept = concept), list(...)), list(), name),
                  allow_guess = allow_guess, progress = shown$update)
  object(raw_mtm_dataset_read(source_of(x, name), options), "mtm_dataset")
}

dataset_column <- function(handle, name, dimension = 0) {
  numbers <- c(period = 0, value = 1, status = 2, line = 3, release = 4, code = 5, uncovered = 6)
  raw_mtm_dataset_column(handle, numbers[[name]], dimension)
}

dataset_dimensions <- function(handle) {
  n <- raw_mtm_dataset_get(handle, 0)$n_dimensions
  vapply(seq_len(n) - 1, function(i) raw_mtm_dataset_dimension(handle, i)$name, "")
}

dataset_labels <- function(handle, dimension, language) {
  n <- raw_mtm_dataset_dimension(handle, dimension)$n_members
  what <- if (is.null(language)) "code" else "label"
  if (is.null(language)) language <- 0
  vapply(seq_len(n) - 1, function(i) raw_mtm_dataset_member(handle, dimension, i, language)[[what]], "")
}

# Whole numbers of 64 bits as doubles, or as bit64 keeps them. A double holds each up to 2^53 and no further.
whole <- function(numbers, integer64, what) {
  if (integer64 || !length(numbers)) return(if (integer64) numbers else numeric())
  halves <- readBin(writeBin(as.vector(unclass(numbers)), raw()), "integer", 2 * length(numbers), size = 4)
  pairs <- matrix(halves, nrow = 2)
  little <- .Platform$endian == "little"
  low <- pairs[if (little) 1 else 2, ]
  high <- pairs[if (little) 2 else 1, ]
  low <- ifelse(is.na(low), 2^31, ifelse(low < 0, low + 2^32, low))
  high <- ifelse(is.na(high), -2^31, high)
  if (any(high > 2^21 | (high == 2^21 & low > 0) | high < -2^21)) {
    stop(what, ": a whole number beyond 2^53 does not fit a double; ask for integer64 = TRUE", call. = FALSE)
  }
  high * 2^32 + low
}

#' A dataset's observations as a data frame
#'
#' @param x A dataset.
#' @param row.names,optional As in [as.data.frame()]; not used.
#' @param language `NULL` gives codes; `"en"`, `"ru"` or `"kk"` gives names.
#' @param integer64 Whether whole values are `integer64` (needs bit64); the default is doubles, and an error beyond 2^53.
#' @param ... Not used.
#' @return A data frame: `period` (SDMX), `start` and `end` (Dates), a factor a dimension, `value` (NA where there is none),
#'   `status` (SDMX OBS_STATUS), `line`; where files of microdata cover some period in part `uncovered`, the first days of
#'   the period that they do not cover.
#' @export
as.data.frame.mtm_dataset <- function(x, row.names = NULL, optional = FALSE, ..., language = NULL, integer64 = FALSE) {
  handle <- x$handle
  days <- matrix(dataset_column(handle, "period"), nrow = 2)
  pair <- days[1, ] * 2^20 + (days[2, ] - days[1, ])
  first <- !duplicated(pair)
  texts <- vapply(which(first), function(i) raw_mtm_period_describe(days[, i]), "")
  statuses <- rawToChar(charToRaw(dataset_column(handle, "status")), multiple = TRUE)
  missing <- statuses %in% c("L", "M", "O", "Q")
  decimals <- raw_mtm_dataset_get(handle, 0)$decimals
  out <- list(period = texts[match(pair, pair[first])], start = as.Date(days[1, ], origin = "1970-01-01"),
              end = as.Date(days[2, ], origin = "1970-01-01"))
  number <- if (is.null(language)) NULL else language_number(language)
  dimensions <- dataset_dimensions(handle)
  for (i in seq_along(dimensions)) {
    names <- dataset_labels(handle, i - 1, number)
    codes <- dataset_labels(handle, i - 1, NULL)
    if (anyDuplicated(names)) names <- codes
    out[[dimensions[[i]]]] <- factor(names[dataset_column(handle, "code", i - 1) + 1], levels = names)
  }
  if (integer64 && (decimals > 0 || !requireNamespace("bit64", quietly = TRUE))) {
    stop("integer64 needs the package bit64 and a dataset without decimals", call. = FALSE)
  }
  value <- whole(dataset_column(handle, "value"), integer64, x$name)
  if (decimals > 0) value <- value / 10^decimals
  value[missing] <- NA
  out$value <- value
  out$status <- statuses
  out$line <- whole(dataset_column(handle, "line"), FALSE, "line")
  uncovered <- dataset_column(handle, "uncovered")
  if (!is.null(uncovered)) {
    sides <- matrix(uncovered, nrow = 2)[, first, drop = FALSE]
    texts <- apply(sides, 2, function(days) if (anyNA(days)) NA_character_ else raw_mtm_period_describe(days))
    out$uncovered <- texts[match(pair, pair[first])]
  }
  as.data.frame(out, stringsAsFactors = FALSE, optional = TRUE)
}

#' @export
format.mtm_dataset <- function(x, ...) {
  handle <- x$handle
  dimensions <- dataset_dimensions(handle)
  about <- raw_mtm_dataset_get(handle, 0)
  sprintf("<mtm_dataset %s: %s (%s, %s), %s observations; %s>", about$name, about$concept, kinds[[about$kind]], about$unit,
          format(about$n_observations, big.mark = " "),
          if (length(dimensions)) paste(dimensions, collapse = ", ") else "no dimensions")
}

#' @export
print.mtm_dataset <- function(x, ...) {
  cat(format(x), "\n", sep = "")
  print(head(as.data.frame(x, language = "en"), 10))
  invisible(x)
}

#' @export
summary.mtm_dataset <- function(object, ...) summary(as.data.frame(object), ...)

#' @export
dim.mtm_dataset <- function(x) {
  about <- raw_mtm_dataset_get(x$handle, 0)
  c(about$n_observations, about$n_dimensions + 5)
}

# What nanoarrow::as_nanoarrow_array_stream() calls: nanoarrow is there then, and this package does not need it otherwise.
as_nanoarrow_array_stream.mtm_dataset <- function(x, ..., schema = NULL) {
  stream <- getExportedValue("nanoarrow", "nanoarrow_allocate_array_stream")()
  raw_mtm_dataset_arrow(x$handle, stream)
  stream
}
