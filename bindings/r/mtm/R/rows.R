#' Reads the rows of any table
#'
#' Of CSV, a workbook, or another container that `docs/reading.md` lists, without knowing a word in it. The dialect, the header
#' and where the table ends are found out; where two readings fit, the file is refused and both are shown. What is told
#' here is taken as it is. Nothing is turned into numbers, and nothing is dropped silently.
#'
#' @param x A path, or a raw vector with the bytes of a file.
#' @param sheet Of a workbook, by name or number; `NULL` takes the first that is not hidden.
#' @param table Which table of the file or sheet; `attr(, "tables")` lists them.
#' @param encoding Such as `"windows-1251"`.
#' @param delimiter,quote,escape One sign, or `"none"`.
#' @param header Rows of the header; 0 where the table has none.
#' @param skip Rows above the header.
#' @param places Whether to give file, line and the place of each cell.
#' @param tibble Whether to give a tibble.
#' @param name What notes call raw bytes.
#' @inheritParams mtm_dataset
#' @param ... Limits: `max_field`, `max_record`, `max_columns`, `max_expansion`.
#' @return A data frame of text: `NA` where a row is shorter than the table, `""` where a cell is empty; columns without a name
#'   are `col_0` and so on. Attributes: `notes` (a data frame of what was found, with line and column), `rows` (in = accepted +
#'   rejected + not_data), `tables` (a data frame of all tables), `title`, and `dialect`. With `places`, the columns `file` and
#'   `line` stand in front, and `places` at the end: of each row a matrix with line and column of each cell.
#' @examples
#' path <- tempfile(fileext = ".csv")
#' writeLines(c("Arrivals", "", "year;men;women", "2023;1;2", "2024;3"), path)
#' arrivals <- mtm_rows(path)
#' arrivals
#' attr(arrivals, "notes")[, c("code", "line", "expected")]
#' @export
mtm_rows <- function(x, sheet = NULL, table = 1, encoding = NULL, delimiter = NULL, quote = NULL, escape = NULL,
                     header = NULL, skip = NULL, allow_guess = FALSE, places = FALSE, tibble = FALSE, name = "data", ...) {
  if (!is.character(x) && !is.raw(x)) stop("expected a path, or the bytes of a file as a raw vector", call. = FALSE)
  count <- function(rows) if (identical(as.numeric(rows), 0)) -1 else rows
  reader <- raw_mtm_row_reader_open(source_of(x, name), c(list(
    sheet = if (!is.null(sheet)) as.character(sheet), table = table, encoding = encoding,
    delimiter = sign_number(delimiter, "delimiter"), quote = sign_number(quote, "quote"),
    escape = sign_number(escape, "escape"), header_rows = count(header), skip_rows = count(skip),
    allow_guess = allow_guess), list(...)))
  about <- raw_mtm_row_reader_table(reader, 0)
  read <- raw_mtm_row_columns(reader, as.integer(places))
  cells <- read[[1]]
  names(cells) <- column_names(about$names, length(cells), if (places) c("file", "line"))
  if (places) {
    file <- rep(if (is.raw(x)) name else one_path(x), length(read[[2]]))
    cells <- c(list(file = file, line = read[[2]]), cells)
    cells[[if ("places" %in% names(cells)) "places_2" else "places"]] <- I(read[[3]])
  }
  check <- raw_mtm_row_reader_check(reader)
  tables <- list()
  while (!is.null(one <- raw_mtm_row_reader_table(reader, length(tables) + 1))) tables[[length(tables) + 1]] <- one
  frame <- structure(cells, class = "data.frame", row.names = .set_row_names(length(read[[2]])))
  if (tibble) {
    if (!requireNamespace("tibble", quietly = TRUE)) stop("the package tibble is not installed", call. = FALSE)
    frame <- tibble::as_tibble(frame, .name_repair = "minimal")
  }
  structure(frame, notes = check_diagnostics(check), title = about$title,
            rows = setNames(vapply(0:3, function(i) as.numeric(raw_mtm_check_rows(check, i)), 1), row_kinds),
            tables = tables_frame(tables), dialect = about[c("encoding", "delimiter", "quote", "sheet", "header_rows", "line")])
}

sign_number <- function(sign, what) {
  if (is.null(sign)) return(NULL)
  if (identical(sign, "none")) return(1L)
  number <- if (is.character(sign) && length(sign) == 1) utf8ToInt(sign)
  if (length(number) != 1 || is.na(number) || number > 127) stop(what, ": expected one ASCII character", call. = FALSE)
  number
}

# Names each only once, as the library names the columns of Arrow data.
column_names <- function(names, width, front) {
  out <- front
  for (i in seq_len(width)) {
    name <- if (i <= length(names)) names[[i]] else ""
    nth <- if (nzchar(name)) sum(names[seq_len(i)] == name) else 1
    text <- paste0(if (nzchar(name)) name else paste0("col_", i - 1), if (nth > 1) paste0("_", nth))
    while (text %in% out) text <- paste0(text, "_", i + 1)
    out <- c(out, text)
  }
  out[seq_along(out) > length(front)]
}

tables_frame <- function(tables) {
  text <- function(what) vapply(tables, function(one) one[[what]], "")
  whole <- function(what) vapply(tables, function(one) as.numeric(one[[what]]), 1)
  data.frame(table = seq_along(tables), sheet = text("sheet"), title = text("title"), line = whole("line"),
             rows = whole("rows"), header_rows = whole("header_rows"),
             columns = vapply(tables, function(one) length(one$names), 1L))
}
