# Makes R/raw.R of the R file that SWIG writes: one thin function a C function, without S4 classes and coercions.
# Usage: Rscript filter.R mtm_raw.R raw.R
arguments <- commandArgs(trailingOnly = TRUE)
lines <- readLines(arguments[[1]], encoding = "UTF-8")
text <- paste(lines, collapse = "\n")
calls <- regmatches(text, gregexpr("\\.Call\\('R_swig_mtm_[a-z0-9_]+'[^;]*PACKAGE='[a-z_]+'\\)", text))[[1]]
build <- function(call) {
  name <- sub("^\\.Call\\('R_swig_(mtm_[a-z0-9_]+)'.*", "\\1", call)
  inside <- sub("^\\.Call\\('[^']+'", "", sub(", PACKAGE='[a-z_]+'\\)$", "", call))
  parts <- trimws(strsplit(inside, ",")[[1]])
  parts <- parts[nzchar(parts)]
  copy <- grepl("as.logical", parts, fixed = TRUE)
  given <- parts[!copy]
  passed <- paste(c(sprintf("R_swig_%s", name), given, if (any(copy)) "FALSE"), collapse = ", ")
  sprintf("raw_%s <- function(%s) raise(.Call(%s))", name, paste(given, collapse = ", "), passed)
}
out <- unique(vapply(calls, build, ""))
writeLines(c("# Generated from the public headers. One function a C function; nothing here is exported.", sort(out)),
           arguments[[2]], useBytes = TRUE)
