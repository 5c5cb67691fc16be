release <- function(value) {
  folder <- tempfile("release")
  dir.create(folder)
  writeLines(c("period,direction,value", sprintf("2024-Q2,IN,%d", value)), file.path(folder, "entries.csv"))
  writeLines('{"mtm": {"country": "KAZ"}, "resources": [{"name": "entries", "path": "entries.csv",
              "mtm": {"concept": "border-crossings", "unit": "movements"}}]}', file.path(folder, "datapackage.json"))
  folder
}

test_that("a store is a package as of a day", {
  store <- mtm_store(tempfile("store"), create = TRUE)
  expect_equal(nrow(as.data.frame(store)), 0)
  mtm_store_add(store, release(100), source = "border", released = as.Date("2024-07-15"), by = "A")
  mtm_store_add(store, release(104), source = "border", released = "2024-10-15", supersedes = "all", note = "N")
  found <- as.data.frame(store)
  expect_equal(found$release, c("2024-07-15", "2024-10-15"))
  expect_equal(found$superseded_by, c("2024-10-15", ""))
  expect_equal(found$supersedes, c("", "2024-07-15"))
  expect_equal(found$files, c(1, 1))
  value <- function(...) mtm_compute(mtm_package(store$path, ...), "arrivals", period = "2024-Q2")$value
  expect_equal(value(), 104)
  expect_equal(value(as_of = "2024-10-14"), 100)
  expect_equal(mtm_compute(store$path, "arrivals", period = "2024-Q2", as_of = "2024-08-01")$value, 100)
  expect_equal(mtm_revisions(store$path, "arrivals", periods = "2024-Q2")$value, c(100, 104))
  expect_equal(unname(mtm_check(store$path, as_of = "2024-08-01")$rows[["accepted"]]), 1)
  out <- tempfile("out")
  mtm_store_export(store, out, as_of = "2024-08-01")
  expect_equal(mtm_compute(out, "arrivals", period = "2024-Q2")$value, 100)
  expect_equal(mtm_store_verify(store$path), character())
})

test_that("what would be wrong later is refused, and damage is named", {
  store <- mtm_store(tempfile("store"), create = TRUE)
  folder <- release(100)
  mtm_store_add(store, folder, source = "border", released = "2024-07-15")
  mtm_store_add(store, folder, source = "border", released = "2024-07-15")
  expect_equal(length(store), 1)
  expect_error(mtm_store_add(store, release(101), source = "border", released = "2024-07-15"), "another release")
  expect_error(mtm_store_add(store, folder, source = "Border", released = "2024-07-15"), "small letters")
  expect_error(mtm_store_add(store, folder, source = 1), "")
  expect_error(mtm_store_add(store, folder, source = "b", supersedes = 1), "supersedes")
  expect_error(mtm_store_add(folder, folder, source = "b"), "store")
  expect_error(mtm_store(tempfile("none")), class = "mtm_error")
  file <- list.files(file.path(store$path, "objects"), recursive = TRUE, full.names = TRUE)
  Sys.chmod(file, "0644")
  writeLines("period,direction,value", file)
  expect_match(mtm_store_verify(store$path), "entries.csv")
  expect_error(mtm_package(store$path), "entries.csv")
})
