# Where data comes from, as the library takes it: kind, what, name.
source_of <- function(x, name = "data") {
  if (is.raw(x)) return(list("bytes", x, name))
  if (inherits(x, "nanoarrow_array_stream")) return(list("arrow", x, name))
  list("path", one_path(x), "")
}
