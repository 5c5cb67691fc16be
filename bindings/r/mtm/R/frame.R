# A data frame as columns, by value and without text: what mtm_r_frame.h makes an Arrow stream of. Each column is
# list(kind, data): integer, double, integer64 (its bits), day, second (of local time), factor (with its levels), text.
frame_columns <- function(frame) {
  columns <- lapply(seq_along(frame), function(i) frame_column(frame[[i]], names(frame)[[i]]))
  names(columns) <- enc2utf8(names(frame))
  columns
}

frame_column <- function(column, name) {
  if (is.factor(column)) return(list("factor", as.integer(column), levels(column)))
  if (inherits(column, "integer64")) return(list("integer64", unclass(column)))
  if (inherits(column, "Date")) return(list("day", within_days(as.double(unclass(column)), 1, name)))
  if (inherits(column, "POSIXt")) return(list("second", within_days(local_seconds(column), 86400, name)))
  if (is.object(column) || is.list(column)) return(list("text", as.character(column)))
  if (is.integer(column)) return(list("integer", column))
  if (is.double(column)) return(list("double", column))
  list("text", as.character(column))
}

# The time that a clock in the column's zone shows, as seconds since 1970-01-01 00:00 on that clock.
local_seconds <- function(times) {
  at <- as.POSIXlt(times)
  offset <- if (attr(at, "tzone")[[1]] %in% c("UTC", "GMT")) 0 else at$gmtoff
  if (is.null(offset) || anyNA(offset[!is.na(at)])) {
    return(as.double(as.POSIXct(format(at, "%Y-%m-%d %H:%M:%OS6"), tz = "UTC")))
  }
  as.double(as.POSIXct(times)) + offset
}

within_days <- function(numbers, day, name) {
  beyond <- which(!is.na(numbers) & (abs(numbers / day) > 1e8))
  if (length(beyond)) {
    stop(sprintf("row %d of the column \"%s\": a time beyond any calendar, expected a finite one", beyond[[1]], name),
         call. = FALSE)
  }
  numbers
}
