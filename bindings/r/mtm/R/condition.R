# Failures of the library become conditions: mtm_value_error > mtm_error > error.

condition_classes <- c(
  MTM_ERROR_ARGUMENT = "mtm_argument_error", MTM_ERROR_MEMORY = "mtm_memory_error", MTM_ERROR_IO = "mtm_io_error",
  MTM_ERROR_NOT_FOUND = "mtm_not_found_error", MTM_ERROR_ENCODING = "mtm_encoding_error",
  MTM_ERROR_STRUCTURE = "mtm_structure_error", MTM_ERROR_VALUE = "mtm_value_error",
  MTM_ERROR_SCHEMA = "mtm_schema_error", MTM_ERROR_RANGE = "mtm_range_error", MTM_ERROR_LIMIT = "mtm_limit_error",
  MTM_ERROR_PATH = "mtm_path_error", MTM_ERROR_CANCELLED = "mtm_cancelled_error",
  MTM_ERROR_UNSUPPORTED = "mtm_unsupported_error", MTM_ERROR_DISCLOSURE = "mtm_disclosure_error",
  MTM_ERROR_STATE = "mtm_state_error")

or_na <- function(number) if (number == 0) NA_real_ else as.numeric(number)

# Gives what a call gave, or raises what it failed with: a condition with status, code, file, line and column.
raise <- function(answer) {
  if (!is.list(answer) || !inherits(answer, "mtm_failure")) return(answer)
  place <- c(if (nzchar(answer$subject)) answer$subject, if (answer$line > 0) answer$line,
             if (answer$column > 0) answer$column)
  tag <- if (answer$code > 0) sprintf("error[MTM-E%03d]: ", answer$code) else ""
  text <- paste0(if (length(place)) paste0(paste(place, collapse = ":"), ": "), tag, answer$message)
  stop(structure(
    class = c(unname(condition_classes[answer$status]), "mtm_error", "error", "condition"),
    list(message = text, call = NULL, status = answer$status, code = or_na(answer$code), file = answer$subject,
         line = or_na(answer$line), column = or_na(answer$column), reason = answer$message)))
}
