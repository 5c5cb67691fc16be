#' A store of releases
#'
#' A folder that keeps every release of agencies as it came, and gives the data package of any day: `mtm_package(store$path,
#' as_of = day)`, and the folder's path wherever a package is taken.
#'
#' @param path The folder of the store.
#' @param create Whether to make a store where there is no folder, or an empty one.
#' @return `mtm_store()` an object of class `mtm_store`, of which `as.data.frame()` gives the releases. `mtm_store_add()` the store,
#'   invisibly. `mtm_store_verify()` a character vector: a line for each thing that is not as it was added.
#' @examples
#' store <- mtm_store(tempfile("store"), create = TRUE)
#' frame <- data.frame(period = "2024-Q2", direction = "IN", value = 10)
#' folder <- tempfile("release")
#' dir.create(folder)
#' write.csv(frame, file.path(folder, "entries.csv"), row.names = FALSE)
#' writeLines('{"resources": [{"name": "entries", "path": "entries.csv",
#'   "mtm": {"concept": "border-crossings", "unit": "movements"}}]}',
#'   file.path(folder, "datapackage.json"))
#' mtm_store_add(store, folder, source = "border", released = "2024-07-15")
#' as.data.frame(store)[, c("source", "release", "files")]
#' known <- mtm_package(store$path, as_of = "2024-12-31")
#' mtm_compute(known, "arrivals", period = "2024-Q2")
#' mtm_store_verify(store$path)
#' @export
mtm_store <- function(path, create = FALSE) {
  structure(list(handle = raw_mtm_store_open(one_path(path), as.integer(create)), path = path), class = "mtm_store")
}

#' @param store A store of `mtm_store()`.
#' @param package A folder with `datapackage.json`, or that file.
#' @param source Who publishes: small letters, digits, points, hyphens, underscores.
#' @param released The day it was published; `NULL` takes the last `releaseDate` of its resources.
#' @param release Its name within the source; `NULL` takes the day.
#' @param supersedes Names of earlier releases that it replaces as a whole; `"all"`; or `"none"`, which says that its events come on
#'   top of theirs.
#' @param by,note Who puts it in; anything worth remembering.
#' @rdname mtm_store
#' @export
mtm_store_add <- function(store, package, source, released = NULL, release = NULL, supersedes = NULL, by = NULL, note = NULL) {
  received <- format(Sys.time(), "%Y-%m-%dT%H:%M:%SZ", tz = "UTC")
  day <- if (is.null(released)) NULL else period_text(period_days(released))
  raw_mtm_store_add(store_handle(store), one_path(package),
                    list(source = source, release = release, released = day, received = received, supersedes = supersedes,
                         by = by, note = note))
  invisible(store)
}

#' @param folder A new folder, to write the package of a day to.
#' @param as_of Only what had been released by this day; `NULL` takes all.
#' @rdname mtm_store
#' @export
mtm_store_export <- function(store, folder, as_of = NULL) {
  raw_mtm_store_export(store_handle(store), period_days(as_of), one_path(folder))
  invisible(folder)
}

#' @param before,after Releases as `"SOURCE/RELEASE"`, or days.
#' @return `mtm_store_diff()` a data frame: the figures of tables that were added, removed or revised between two releases, or between
#'   what was known on two days, with file and line on both sides.
#' @rdname mtm_store
#' @export
mtm_store_diff <- function(store, before, after) {
  side <- function(x) if (is.character(x)) x else period_text(period_days(x))
  text <- utf8(raw_mtm_revisions_diff(unclass(store)$path, side(before), side(after), 4L))
  texts <- rep("character", 7)
  utils::read.csv(text = text, colClasses = c(texts, "numeric", "character", "numeric"), na.strings = "", encoding = "UTF-8")
}

#' @rdname mtm_store
#' @export
mtm_store_verify <- function(path) {
  lines <- utf8(raw_mtm_store_verify(one_path(path)))
  if (nzchar(lines)) strsplit(lines, "\n", fixed = TRUE)[[1]] else character()
}

store_handle <- function(store) {
  if (!inherits(store, "mtm_store")) stop("expected a store of mtm_store()", call. = FALSE)
  unclass(store)$handle
}

#' @export
length.mtm_store <- function(x) raw_mtm_store_count(store_handle(x))

#' @export
as.data.frame.mtm_store <- function(x, ...) {
  found <- lapply(seq_len(length(x)) - 1, function(i) raw_mtm_store_at(store_handle(x), i))
  text <- function(what) vapply(found, function(one) paste(one[[what]], collapse = " "), "")
  count <- function(what) vapply(found, function(one) as.numeric(one[[what]]), 1)
  data.frame(source = text("source"), release = text("release"), released = as.Date(text("released")),
             received = text("received"), files = count("n_files"), bytes = count("n_bytes"), by = text("by"),
             supersedes = text("supersedes"), superseded_by = text("superseded_by"), note = text("note"))
}

#' @export
format.mtm_store <- function(x, ...) sprintf("<mtm_store %s: %d releases>", unclass(x)$path, as.integer(length(x)))

#' @export
print.mtm_store <- function(x, ...) {
  cat(format(x), "\n", sep = "")
  invisible(x)
}
