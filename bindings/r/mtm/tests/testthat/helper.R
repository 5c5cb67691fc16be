# The example package lies beside the sources; where only the package is installed, its tests are skipped.
kazakhstan_folder <- function() {
  source <- Sys.getenv("MTM_SOURCE")
  folder <- file.path(source, "examples", "kazakhstan-2024-q2")
  testthat::skip_if(!nzchar(source) || !dir.exists(folder), "the example package is not at hand")
  folder
}

kazakhstan <- function() mtm_package(kazakhstan_folder())

crossings <- function() {
  frame <- data.frame(period = c("2024-Q1", "2024-Q2"), direction = "IN", value = c(2975788, 4001714))
  mtm_package(country = "KAZ", datasets = mtm_dataset(frame, concept = "border-crossings"))
}
