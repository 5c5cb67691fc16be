# The catalogue as an external pointer.
catalogue_handle <- function(catalogue) {
  if (is.null(catalogue)) return(raw_mtm_catalogue_new())
  if (is.list(catalogue)) catalogue <- charToRaw(json(catalogue))
  raw_mtm_catalogue_read(source_of(catalogue, "catalogue"))
}

#' Indicators: definitions of the statistics a report states
#'
#' @param catalogue Definitions of your own, added to the built-in ones: a JSON file, or the same as a list; `NULL` for none.
#' @param language `"en"`, `"ru"` or `"kk"`.
#' @return A data frame, in the order of the report: `id`, `section`, `title`, `definition`, `concept`, `unit`,
#'   `dimension` (of the breakdown, NA for none).
#' @examples
#' head(mtm_indicators()[, c("id", "title")])
#' @export
mtm_indicators <- function(catalogue = NULL, language = "en") {
  handle <- catalogue_handle(catalogue)
  number <- language_number(language)
  each <- lapply(seq_len(raw_mtm_catalogue_count(handle)) - 1,
                 function(i) raw_mtm_indicator_get(raw_mtm_catalogue_at(handle, i), number))
  text <- function(name) vapply(each, function(one) one[[name]], "")
  dimension <- text("dimension")
  dimension[!nzchar(dimension)] <- NA
  data.frame(id = text("id"), section = text("section"), title = text("title"), definition = text("definition"),
             concept = text("concept"), unit = text("unit"), dimension = dimension)
}
