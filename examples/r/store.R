# A store of releases: what was known on a day, and what a later release changed.
library(mtm)

folder <- tempfile("releases")
dir.create(folder)
description <- '{"mtm": {"country": "KAZ", "period": "2024-Q2"}, "resources": [{"name": "entries", "path": "entries.csv",
  "mtm": {"concept": "border-crossings", "unit": "movements"}}]}'

# A data package as an agency sends it.
release <- function(name, period, value) {
  package <- file.path(folder, name)
  dir.create(package)
  write.csv(data.frame(period = period, direction = "IN", value = value), file.path(package, "entries.csv"), row.names = FALSE)
  writeLines(description, file.path(package, "datapackage.json"))
  package
}

store <- mtm_store(file.path(folder, "store"), create = TRUE)
mtm_store_add(store, release("first", c("2024-Q1", "2024-Q2"), c(2975788, 4001714)), source = "border-service", released = "2024-07-15")
mtm_store_add(store, release("revised", "2024-Q2", 4010002), source = "border-service", released = "2024-10-15", note = "late posts")
print(as.data.frame(store)[, c("source", "released", "files", "note")])
for (day in c("2024-09-30", "2024-12-31")) {
  known <- mtm_package(file.path(folder, "store"), as_of = day)
  cat(day, format(mtm_compute(known, "arrivals", period = "2024-Q2")$value), "\n")
}
print(mtm_revisions(mtm_package(file.path(folder, "store")), "arrivals", periods = "2024-Q2"))
print(mtm_store_verify(file.path(folder, "store")))
