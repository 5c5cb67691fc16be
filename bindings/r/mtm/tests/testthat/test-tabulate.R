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
