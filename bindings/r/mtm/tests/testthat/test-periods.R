table <- data.frame(period = c("2024-Q1", "2024-Q2"), direction = "IN", value = c(3.5, 7))

test_that("several periods come at once", {
  package <- mtm_package(country = "KAZ", datasets = mtm_dataset(table, "border-crossings"))
  found <- as.data.frame(mtm_compute(package, "arrivals", periods = "2024-Q1..2024-Q2"))
  expect_equal(found$period, c("2024-Q1", "2024-Q2"))
  expect_equal(found$value, c(3.5, 7))
  expect_equal(found$change_previous, c(NA, 100))
  expect_equal(length(mtm_compute(package, "arrivals", periods = c("2024-Q1", "2024-Q2"))), 2)
  expect_error(mtm_compute(package, "arrivals", periods = "2024-Q1..2024-05"))
})

test_that("numbers do not depend on options", {
  old <- options(OutDec = ",", scipen = -9, digits = 3)
  on.exit(options(old))
  dataset <- mtm_dataset(data.frame(period = "2024-Q1", value = c(1234567.25)), "remittances",
                         unit = "USD")
  expect_equal(as.data.frame(dataset)$value, 1234567.25)
  expect_equal(as.data.frame(mtm_dataset(table, "border-crossings"))$value, c(3.5, 7))
})

test_that("a name is kept, and what a callback says too", {
  expect_match(format(mtm_dataset(table, "border-crossings", name = "crossings")), "mtm_dataset crossings:", fixed = TRUE)
  package <- mtm_package(country = "KAZ", datasets = mtm_dataset(table, "border-crossings"))
  expect_error(mtm_compute(package, "arrivals", period = "2024-Q2", progress = function(done, total) stop("enough of this")),
               "enough of this", class = "mtm_cancelled_error")
})
