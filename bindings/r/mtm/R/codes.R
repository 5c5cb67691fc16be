#' What a label stands for
#'
#' Looks a label up by code or by name in any language, exactly after normalisation; nothing is guessed.
#'
#' @param text Labels; `NULL` gives the codes of `list`.
#' @param list The id of a code list, such as `"country"`; `NULL` looks in all of them.
#' @param language For the codes of a list: in which language the names are.
#' @return For labels a data frame: `text`, `list`, `found` (`"none"`, `"code"`, `"total"`, `"group"`, `"other"`,
#'   `"unknown"`, `"ambiguous"`), `code` (candidates separated by spaces), `note`. Without labels a data frame of `code` and
#'   `label`; without a list the ids and titles of the lists.
#' @examples
#' mtm_codes("Uzbekistan", "country")
#' head(mtm_codes(list = "sector"))
#' @export
mtm_codes <- function(text = NULL, list = NULL, language = "en") {
  number <- language_number(language)
  all <- codelists()
  if (is.null(text) && is.null(list)) {
    about <- lapply(all, raw_mtm_codelist_get, number)
    return(data.frame(list = vapply(about, function(one) one$id, ""), title = vapply(about, function(one) one$title, "")))
  }
  lists <- if (is.null(list)) all else base::list(raw_mtm_codelist_find(list))
  if (is.null(text)) {
    indices <- seq_len(raw_mtm_codelist_count(lists[[1]])) - 1
    return(data.frame(code = vapply(indices, function(i) raw_mtm_codelist_code(lists[[1]], i), ""),
                      label = vapply(indices, function(i) raw_mtm_codelist_label(lists[[1]], i, number), "")))
  }
  rows <- do.call(rbind, lapply(text, function(one) do.call(rbind, lapply(lists, match_row, text = one))))
  if (is.null(list)) rows <- rows[rows$found != "none", , drop = FALSE]
  rownames(rows) <- NULL
  rows
}

codelists <- function() {
  all <- list()
  while (!is.null(one <- raw_mtm_codelist_at(length(all)))) all[[length(all) + 1]] <- one
  all
}

match_row <- function(list, text) {
  found <- c("none", "code", "total", "group", "other", "unknown", "ambiguous")
  match <- raw_mtm_codelist_match(list, text)
  data.frame(text = text, list = raw_mtm_codelist_get(list, 0)$id, found = found[[match$kind + 1]],
             code = if (length(match$codes)) paste(match$codes, collapse = " ") else NA_character_,
             note = text_or_na(match$note))
}
