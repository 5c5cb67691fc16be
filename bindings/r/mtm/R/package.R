#' Data packages: many agencies' datasets about one country
#'
#' Reads a folder with a `datapackage.json`, or makes an empty package to add datasets to.
#'
#' @param path The folder, its `datapackage.json`, or a store; `NULL` makes an empty package.
#' @param country For an empty package: ISO 3166-1 alpha-3 of the country reported on.
#' @param as_of Of a store of releases, only what had been released by this day; see [mtm_store()].
#' @param datasets For an empty package: datasets of [mtm_dataset()] to add.
#' @inheritParams mtm_dataset
#' @param ... Limits: `max_field`, `max_record`, `max_columns`, `max_expansion`.
#' @return An object of class `mtm_package`; `names()` gives the datasets, `[[` one of them.
#' @examples
#' frame <- data.frame(period = "2024-Q2", direction = "IN", value = 10)
#' package <- mtm_package(country = "KAZ", datasets = mtm_dataset(frame, "border-crossings"))
#' package
#' @export
mtm_package <- function(path = NULL, country = NULL, datasets = list(), ..., as_of = NULL, allow_guess = FALSE,
                        progress = NULL) {
  if (is.null(path)) {
    handle <- raw_mtm_package_new(country)
    if (inherits(datasets, "mtm_dataset")) datasets <- list(datasets)
    for (dataset in datasets) raw_mtm_package_add(handle, handle_of(dataset, "mtm_dataset"))
    return(object(handle, "mtm_package"))
  }
  shown <- progress_of(progress, "read")
  on.exit(shown$close())
  options <- c(list(allow_guess = allow_guess, as_of = period_days(as_of), progress = shown$update), list(...))
  object(raw_mtm_package_read(source_of(one_path(path)), options), "mtm_package")
}

#' @export
names.mtm_package <- function(x) {
  handle <- unclass(x)$handle
  vapply(seq_len(raw_mtm_package_count(handle)) - 1,
         function(i) raw_mtm_dataset_get(raw_mtm_package_at(handle, i), 0)$name, "")
}

#' @export
length.mtm_package <- function(x) raw_mtm_package_count(unclass(x)$handle)

#' @export
`[[.mtm_package` <- function(x, i, ...) {
  handle <- unclass(x)$handle
  if (is.character(i)) return(object(raw_mtm_package_find(handle, i), "mtm_dataset", handle))
  count <- raw_mtm_package_count(handle)
  if (length(i) != 1 || is.na(i) || i < 1 || i > count) {
    stop(sprintf("there are %d datasets, numbered from 1", count), call. = FALSE)
  }
  object(raw_mtm_package_at(handle, i - 1), "mtm_dataset", handle)
}

#' @export
`$.mtm_package` <- function(x, name) {
  if (name %in% c("handle", "owner")) return(unclass(x)[[name]])
  x[[name]]
}

#' @export
format.mtm_package <- function(x, ...) {
  handle <- x$handle
  about <- raw_mtm_package_get(handle, 0)
  country <- about$country
  days <- about$period
  sprintf("<mtm_package %s%s: %d datasets>", if (nzchar(country)) country else "without country",
          if (is.null(days)) "" else paste0(", ", period_text(days)), length(x))
}

#' @export
print.mtm_package <- function(x, ...) {
  cat(format(x), "\n", sep = "")
  for (i in seq_len(length(x))) cat("  ", format(x[[i]]), "\n", sep = "")
  invisible(x)
}

#' @export
summary.mtm_package <- function(object, ...) {
  sets <- lapply(seq_len(length(object)), function(i) raw_mtm_dataset_get(object[[i]]$handle, 0))
  data.frame(dataset = names(object), concept = vapply(sets, function(set) set$concept, ""),
             kind = kinds[vapply(sets, function(set) set$kind, 1L)], unit = vapply(sets, function(set) set$unit, ""),
             observations = vapply(sets, function(set) as.numeric(set$n_observations), 1))
}
