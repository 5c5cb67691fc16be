# Periods, decimals and the words that all files share.

languages <- c("en", "ru", "kk")
kinds <- c("flow", "stock", "share")
member_kinds <- c("code", "total", "group", "other", "unknown", "unclassified")
reasons <- c("none", "no-data", "period-unavailable", "periods-not-aligned", "cumulative-base", "editions-differ",
             "breakdown-unavailable", "too-old", "base-zero", "base-negative", "base-missing", "windows-differ",
             "units-differ", "vintages-differ", "coverage-differs", "definition-differs", "missing-value",
             "not-applicable", "suppressed", "ambiguous-source", "coverage-incomplete", "coverage-unknown",
             "extent-differs", "too-large", "total-uncertain")
flags <- c("derived", "across-releases", "not-aligned", "revised", "negative-difference", "unclassified",
           "total-mismatch", "estimated", "microdata", "coverage-assumed-zero", "as-covered",
           "superseded-base")
operations <- c("take", "add", "subtract", "last", "latest", "divide", "none")
explained <- c("value", "previous-period", "same-period-last-year", "breakdown", "superseded")
row_kinds <- c("in", "accepted", "rejected", "not_data")

language_number <- function(language) raw_mtm_language_read(language)

format_number <- function(format) raw_mtm_format_read(format)

# A period as the library keeps it: first and last day since 1970-01-01.
period_days <- function(period) {
  if (is.null(period)) return(NULL)
  if (inherits(period, "Date")) {
    if (length(period) != 1 || is.na(period)) stop("a period is one date, or text such as \"2024-Q2\"", call. = FALSE)
    return(rep(as.integer(period), 2))
  }
  raw_mtm_period_read(period)
}

# Periods from text with ".." between the first and the last, or from several: pairs of days, one after the other.
period_list <- function(periods) {
  if (is.null(periods)) return(NULL)
  if (is.character(periods) && length(periods) == 1 && grepl("..", periods, fixed = TRUE)) {
    ends <- lapply(strsplit(periods, "..", fixed = TRUE)[[1]], period_days)
    found <- list(ends[[1]])
    while (found[[length(found)]][[2]] < ends[[2]][[2]]) {
      found[[length(found) + 1]] <- raw_mtm_period_shift(found[[length(found)]], 1)
    }
    if (!identical(found[[length(found)]], ends[[2]])) {
      stop("periods: the last is not reached from the first by whole periods of its length", call. = FALSE)
    }
    return(unlist(found))
  }
  unlist(lapply(seq_along(periods), function(i) period_days(periods[[i]])))
}

period_text <- function(days) if (is.null(days)) NA_character_ else raw_mtm_period_describe(days)

period_start <- function(days) as.Date(if (is.null(days)) NA_integer_ else days[[1]], origin = "1970-01-01")

period_end <- function(days) as.Date(if (is.null(days)) NA_integer_ else days[[2]], origin = "1970-01-01")

# Decimal text as a number; the text itself is kept where numbers are printed.
number <- function(text) if (is.null(text)) NA_real_ else as.numeric(text)

text_or_na <- function(text) if (is.null(text)) NA_character_ else text

reason_name <- function(reason) if (reason == 0) NA_character_ else reasons[[reason + 1]]

utf8 <- function(text) {
  string <- rawToChar(raw_mtm_buffer_data(text))
  Encoding(string) <- "UTF-8"
  string
}

handle_of <- function(object, class) {
  if (!inherits(object, class)) stop(sprintf("expected an object of class %s", class), call. = FALSE)
  object$handle
}

object <- function(handle, class, owner = NULL) structure(list(handle = handle, owner = owner), class = class)

one_path <- function(path) {
  if (!is.character(path) || length(path) != 1 || is.na(path)) stop("expected one path", call. = FALSE)
  path.expand(enc2utf8(path))
}

# What progress = may be: NULL, a function of (done, total), or TRUE for a bar. Gives the function and what closes the bar.
progress_of <- function(progress, what) {
  none <- list(update = NULL, close = function() NULL)
  if (is.null(progress) || isFALSE(progress)) return(none)
  if (is.function(progress)) return(list(update = progress, close = function() NULL))
  if (!isTRUE(progress)) stop("progress: expected NULL, TRUE or a function of (done, total)", call. = FALSE)
  if (requireNamespace("cli", quietly = TRUE)) {
    bar <- cli::cli_progress_bar(what, total = 1, .auto_close = FALSE)
    return(list(update = function(done, total) {
      if (total > 0) cli::cli_progress_update(set = min(1, done / total), id = bar)
    }, close = function() cli::cli_progress_done(id = bar)))
  }
  bar <- utils::txtProgressBar(style = 3, file = stderr())
  list(update = function(done, total) if (total > 0) utils::setTxtProgressBar(bar, done / total),
       close = function() close(bar))
}
