test_that("wrong arguments are errors, never crashes", {
  floor <- grep("^raw_mtm_", ls(asNamespace("mtm")), value = TRUE)
  expect_gt(length(floor), 70)
  wrong <- list(NULL, 5, -1, 2.5, NA, NA_character_, "text", raw(3), list(), list(1), c(1, 2), c("a", "b"), sum,
                as.environment(list()))
  for (name in floor) {
    f <- get(name, asNamespace("mtm"))
    for (thing in wrong) {
      answer <- try(do.call(f, rep(list(thing), length(formals(f)))), silent = TRUE)
      expect_true(!inherits(answer, "try-error") || inherits(attr(answer, "condition"), "error"))
    }
  }
})

test_that("stale handles are refused", {
  dataset <- mtm_dataset(data.frame(period = "2024", value = 1), concept = "population")
  restored <- unserialize(serialize(dataset, NULL))
  expect_error(as.data.frame(restored), "saved workspace")
  expect_error(mtm_compute(restored, "population"), "class mtm_package")
})

test_that("what is lent outlives its owner", {
  result <- mtm_compute(crossings(), "arrivals", period = "2024-Q2")
  set <- crossings()[[1]]
  gc()
  expect_equal(nrow(as.data.frame(set)), 2)
  expect_output(print(result), "4,001,714")
})

test_that("nothing depends on when garbage is collected", {
  gctorture2(step = 50)
  on.exit(gctorture2(step = 0))
  dataset <- mtm_dataset(data.frame(period = c("2023", "2024"), value = c(1, 2)), concept = "population")
  out <- as.data.frame(dataset)
  found <- mtm_codes("T\u00fcrkiye", "country")
  refused <- tryCatch(mtm_codes("x", "planets"), error = identity)
  gctorture2(step = 0)
  expect_equal(out$value, c(1, 2))
  expect_equal(found$code, "TUR")
  expect_s3_class(refused, "mtm_not_found_error")
})
