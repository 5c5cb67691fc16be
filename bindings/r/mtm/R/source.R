# Where data comes from, as the library takes it: kind, what, name, identity (empty for none).
source_of <- function(x, name = "data", identity = "", share = NULL) {
  if (!is.null(share)) return(share_of(x, identity, share))
  if (is.raw(x)) return(list("bytes", x, name, identity))
  if (is.data.frame(x)) return(list("frame", frame_columns(x), name, identity, as.double(nrow(x))))
  if (inherits(x, "nanoarrow_array_stream")) return(list("arrow", x, name, identity))
  list("path", one_path(x), "", identity)
}

# The k-th of n shares of a file's bytes: its first byte, and how many; 0 of the last: all there are.
share_of <- function(x, identity, share) {
  path <- one_path(x)
  if (!is.numeric(share) || length(share) != 2 || anyNA(share) || any(share != round(share)) || share[[1]] < 1 ||
      share[[2]] < share[[1]]) {
    stop("share: expected c(k, n) with k from 1 to n", call. = FALSE)
  }
  ends <- floor(file.size(path) * (share[[1]] - 1:0) / share[[2]])
  if (anyNA(ends)) stop(sprintf("%s: no such file", path), call. = FALSE)
  last <- share[[1]] == share[[2]]
  if (!last && diff(ends) == 0) stop("share: expected no more shares than the file has bytes", call. = FALSE)
  list("share", path, "", identity, as.double(ends[[1]]), if (last) 0 else as.double(diff(ends)))
}
