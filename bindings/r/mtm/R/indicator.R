# The catalogue as an external pointer.
catalogue_handle <- function(catalogue) {
  if (is.null(catalogue)) raw_mtm_catalogue_new() else raw_mtm_catalogue_read(one_path(catalogue))
}

#' Indicators: definitions of the statistics a report states
#'
#' @param catalogue A JSON file with definitions of your own, added to the built-in ones; `NULL` for none.
#' @param language `"en"`, `"ru"` or `"kk"`.
#' @return A data frame, in the order of the report: `id`, `section`, `title`, `definition`, `concept`, `unit`,
#'   `dimension` (of the breakdown, NA for none).
#' @examples
#' head(mtm_indicators()[, c("id", "title")])
#' @export
mtm_indicators <- function(catalogue = NULL, language = "en") {
  handle <- catalogue_handle(catalogue)
  number <- language_number(language)
  each <- lapply(seq_len(raw_mtm_catalogue_count(handle)) - 1, function(i) raw_mtm_catalogue_at(handle, i))
  text <- function(getter, ...) vapply(each, function(one) getter(one, ...), "")
  dimension <- text(raw_mtm_indicator_dimension)
  dimension[!nzchar(dimension)] <- NA
  data.frame(id = text(raw_mtm_indicator_id), section = text(raw_mtm_indicator_section),
             title = text(raw_mtm_indicator_title, number), definition = text(raw_mtm_indicator_definition, number),
             concept = text(raw_mtm_indicator_concept), unit = text(raw_mtm_indicator_unit), dimension = dimension)
}
