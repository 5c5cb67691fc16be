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
  if (inherits(column, "difftime")) return(list("text", paste(as.vector(column), units(column))))
  if (is.object(column) || is.list(column)) return(list("text", as.character(column)))
  if (is.integer(column)) return(list("integer", column))
  if (is.double(column)) return(list("double", column))
  list("text", as.character(column))
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
