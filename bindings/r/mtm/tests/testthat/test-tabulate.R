events <- function() {
  data.frame(date = c("2024-04-01", "2024-05-02", "2024-06-30"), citizenship = c("UZB", "UZB", "CHN"))
}

test_that("events are counted", {
  tables <- mtm_tabulate(events(), by = list("citizenship"))
  out <- as.data.frame(tables[[1]])
  expect_equal(out$value[out$citizenship == "UZB"], 2)
  expect_equal(attr(tables, "rows")[["accepted"]], 3)
})

test_that("states merge, but not twice", {
  path <- tempfile()
  mtm_tabulate(events(), by = list("citizenship"), save = path)
  expect_error(mtm_merge(c(path, path)), class = "mtm_state_error")
  expect_equal(attr(mtm_merge(c(path, path), force = TRUE), "rows")[["accepted"]], 6)
})

test_that("states merge from their bytes, and identities say what was counted", {
  paths <- replicate(3, tempfile())
  writeLines(c("date,citizenship", "2024-04-01,UZB"), paths[[1]])
  one <- mtm_tabulate(paths[[1]], by = list("citizenship"), identity = "job/0", save = paths[[2]])
  mtm_tabulate(paths[[1]], by = list("citizenship"), identity = "job/1", save = paths[[3]])
  states <- lapply(paths[2:3], function(path) readBin(path, "raw", file.size(path)))
  expect_equal(attr(mtm_merge(states), "rows")[["accepted"]], 2)
  expect_error(mtm_merge(states[c(1, 1)]), "the identity .*job/0.* is the same", class = "mtm_state_error")
  expect_error(mtm_merge(list(1)), "expected paths")
  expect_error(mtm_tabulate(paths[[1]], by = list("citizenship"), identity = c("a", "b")), "one for each source")
})
