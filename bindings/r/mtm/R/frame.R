# A data frame as columns, by value and without text: what mtm_r_frame.h makes an Arrow stream of. Each column is
# list(kind, data): integer, double, integer64 (its bits), day, second (of local time), factor (with its levels), text.
frame_columns <- function(frame) {
  columns <- lapply(seq_along(frame), function(i) frame_column(frame[[i]], names(frame)[[i]]))
  names(columns) <- enc2utf8(names(frame))
  columns
}

frame_column <- function(column, name) {
  if (is.factor(column)) return(list("factor", within_levels(column, name), levels(column)))
  if (inherits(column, "integer64")) return(list("integer64", unclass(column)))
  if (inherits(column, "Date")) return(list("day", within_days(as.double(unclass(column)), 1, name)))
  if (inherits(column, "POSIXt")) return(list("second", within_days(local_seconds(column), 86400, name)))
  if (inherits(column, period_classes)) return(list("text", period_texts(column, name)))
  if (inherits(column, c("haven_labelled", "labelled"))) return(labelled_column(column, name))
  if (inherits(column, by_value) && is.numeric(unclass(column))) return(frame_column(as.vector(unclass(column)), name))
  if (inherits(column, "difftime")) return(list("text", paste(as.vector(column), units(column))))
  if (is.object(column) || is.list(column)) return(list("text", as.character(column)))
  if (is.integer(column)) return(list("integer", column))
  if (is.double(column)) return(list("double", column))
  list("text", as.character(column))
}

# Classes whose text is another number, or one that is rounded.
by_value <- c("octmode", "hexmode", "units", "ts", "table")

period_classes <- c("yearmon", "yearqtr", "yearmonth", "yearquarter", "yearweek")

# Periods as other packages have them: of zoo, years with a fraction; of tsibble, their first days.
period_texts <- function(column, name) {
  numbers <- as.double(unclass(column))
  per_year <- c(yearmon = 12, yearqtr = 4)[class(column)[class(column) %in% c("yearmon", "yearqtr")]][1]
  if (!is.na(per_year)) {
    parts <- round(numbers * per_year)
    form <- if (per_year == 12) "%04d-%02d" else "%04d-Q%d"
    out <- sprintf(form, as.integer(parts %/% per_year), as.integer(parts %% per_year) + 1L)
  } else {
    start <- c(attr(column, "fiscal_start"), attr(column, "week_start"), 1)[[1]]
    if (start != 1) {
      stop(sprintf("the column \"%s\": quarters or weeks that begin elsewhere, expected calendar quarters and weeks from Monday",
                   name), call. = FALSE)
    }
    days <- as.POSIXlt(structure(within_days(numbers, 1, name), class = "Date"))
    year <- days$year + 1900L
    out <- if (inherits(column, "yearmonth")) sprintf("%04d-%02d", year, days$mon + 1L)
      else if (inherits(column, "yearquarter")) sprintf("%04d-Q%d", year, days$mon %/% 3L + 1L)
      else paste(structure(numbers, class = "Date"), structure(numbers + 6, class = "Date"), sep = "/")
  }
  out[is.na(numbers)] <- NA
  out
}

# Codes with labels, as surveys have them: the labels where each code has one, else the codes.
labelled_column <- function(column, name) {
  labels <- attr(column, "labels")
  codes <- match(unclass(column), unclass(labels))
  plain <- as.vector(unclass(column))
  if (length(labels) == 0 || anyNA(codes[!is.na(plain)])) return(frame_column(plain, name))
  list("factor", codes, names(labels))
}

# The time that a clock in the column's zone shows, as seconds since 1970-01-01 00:00 on that clock.
local_seconds <- function(times) {
  at <- as.POSIXlt(times)
  moments <- as.double(as.POSIXct(times))
  if (attr(at, "tzone")[[1]] %in% c("UTC", "GMT") || !any(is.finite(moments))) return(moments)
  known <- is.finite(moments)
  offset <- at$gmtoff
  if (is.null(offset) || anyNA(offset[known])) {
    moments[known] <- as.double(as.POSIXct(format(at[known], "%Y-%m-%d %H:%M:%OS6"), tz = "UTC"))
    return(moments)
  }
  moments + ifelse(known, offset, 0)
}

within_levels <- function(column, name) {
  codes <- as.integer(column)
  beyond <- which(codes < 1L | codes > nlevels(column))
  if (length(beyond)) {
    stop(sprintf("row %d of the column \"%s\": a factor's code without a level, expected one of its %d levels", beyond[[1]], name,
                 nlevels(column)), call. = FALSE)
  }
  codes
}

within_days <- function(numbers, day, name) {
  beyond <- which(!is.na(numbers) & (abs(numbers / day) > 1e8))
  if (length(beyond)) {
    stop(sprintf("row %d of the column \"%s\": a time beyond any calendar, expected a finite one", beyond[[1]], name),
         call. = FALSE)
  }
  numbers
}
