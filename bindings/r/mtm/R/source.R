# Where data comes from, as the library takes it: kind, what, name, identity (empty for none).
source_of <- function(x, name = "data", identity = "") {
  if (is.raw(x)) return(list("bytes", x, name, identity))
  if (is.data.frame(x)) return(list("frame", frame_columns(x), name, identity, as.double(nrow(x))))
  if (inherits(x, "nanoarrow_array_stream")) return(list("arrow", x, name, identity))
  list("path", one_path(x), "", identity)
}
