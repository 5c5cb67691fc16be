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
  all <- lapply(seq_len(raw_mtm_codelist_count()) - 1, raw_mtm_codelist_at)
  if (is.null(text) && is.null(list)) {
    return(data.frame(list = vapply(all, raw_mtm_codelist_id, ""), title = vapply(all, raw_mtm_codelist_title, "", number)))
  }
  lists <- if (is.null(list)) all else base::list(raw_mtm_codelist_find(list))
  if (is.null(text)) {
    indices <- seq_len(raw_mtm_codelist_size(lists[[1]])) - 1
    return(data.frame(code = vapply(indices, function(i) raw_mtm_codelist_code(lists[[1]], i), ""),
                      label = vapply(indices, function(i) raw_mtm_codelist_label(lists[[1]], i, number), "")))
  }
  rows <- do.call(rbind, lapply(text, function(one) do.call(rbind, lapply(lists, match_row, text = one))))
  if (is.null(list)) rows <- rows[rows$found != "none", , drop = FALSE]
  rownames(rows) <- NULL
  rows
}

match_row <- function(list, text) {
  found <- c("none", "code", "total", "group", "other", "unknown", "ambiguous")
  match <- raw_mtm_codelist_match(list, text)
  codes <- vapply(seq_len(raw_mtm_match_count(match)) - 1, function(i) raw_mtm_match_code(match, i), "")
  data.frame(text = text, list = raw_mtm_codelist_id(list), found = found[[raw_mtm_match_found(match) + 1]],
             code = if (length(codes)) paste(codes, collapse = " ") else NA_character_,
             note = text_or_na(raw_mtm_match_note(match)))
}
