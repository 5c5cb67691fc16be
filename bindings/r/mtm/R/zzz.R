# Makes nanoarrow know datasets, when and if it is loaded.
.onLoad <- function(libname, pkgname) {
  register <- function(...) {
    registerS3method("as_nanoarrow_array_stream", "mtm_dataset", as_nanoarrow_array_stream.mtm_dataset,
                     envir = asNamespace("nanoarrow"))
  }
  if (isNamespaceLoaded("nanoarrow")) register() else setHook(packageEvent("nanoarrow", "onLoad"), register)
}
