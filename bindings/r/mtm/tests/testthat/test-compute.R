test_that("published figures come out", {
  package <- kazakhstan()
  arrivals <- mtm_compute(package, "arrivals", period = "2024-Q2")
  expect_equal(arrivals$value, 4001714)
  expect_equal(arrivals$value_text, "4001714")
  expect_equal(arrivals$previous$percent_text, "34.5")
  expect_equal(arrivals$previous$absolute, 1025926)
  expect_true(is.na(arrivals$last_year$percent))
  expect_equal(arrivals$steps$file[[1]], "border-crossings.csv")
  expect_equal(arrivals$steps$line[[1]], 3)
})

test_that("cumulative figures become quarters, or say why not", {
  package <- kazakhstan()
  immigration <- mtm_compute(package, "immigration", period = "2023-Q2")
  expect_equal(immigration$value, 5972)
  expect_true("derived" %in% immigration$flags)
  expect_equal(immigration$last_year$percent, 87.9)
  absent <- mtm_compute(package, "immigration", period = "2024-Q2")
  expect_true(is.na(absent$value))
  expect_equal(absent$reason, "cumulative-base")
})

test_that("the release that was known on a date is used", {
  package <- kazakhstan()
  expect_equal(mtm_compute(package, "immigration", period = "2024")$value, 29282)
  expect_equal(mtm_compute(package, "immigration", period = "2024", as_of = "2025-03-01")$value, 29948)
})

test_that("breakdowns add up", {
  sectors <- mtm_compute(kazakhstan(), "foreign-workers-by-sector", period = "2023-07")
  expect_equal(sum(sectors$breakdown$value), sectors$value)
  expect_equal(sectors$breakdown$share[sectors$breakdown$code == "F"], 35.2)
  expect_equal(nrow(as.data.frame(sectors)), nrow(sectors$breakdown))
})

test_that("results are a list by id", {
  results <- mtm_compute(crossings(), period = "2024-Q2")
  expect_equal(length(results), nrow(mtm_indicators()))
  expect_equal(results$arrivals$value, 4001714)
  expect_error(results[["absent"]], "no result")
  expect_true("arrivals" %in% as.data.frame(results)$indicator)
})

test_that("results print, summarise and draw", {
  arrivals <- mtm_compute(crossings(), "arrivals", period = "2024-Q2")
  expect_output(print(arrivals), "4,001,714")
  expect_equal(summary(arrivals)$change_previous, 34.5)
  grDevices::pdf(NULL)
  on.exit(grDevices::dev.off())
  expect_s3_class(plot(arrivals), "mtm_result")
  skip_if_not_installed("ggplot2")
  expect_s3_class(ggplot2::autoplot(arrivals), "ggplot")
})

test_that("every number says what it covers", {
  frame <- data.frame(period = rep(c("2024-Q1", "2024-Q2"), each = 2), direction = "IN", citizenship = c("UZB", "CHN"),
                      value = c(10, 5, 20, 7))
  package <- mtm_package(country = "KAZ", datasets = mtm_dataset(frame, concept = "border-crossings"))
  result <- mtm_compute(package, "arrivals-by-origin", period = "2024-Q2")
  expect_equal(result$extent$cells, "citizenship=CHN|UZB")
  expect_equal(result$extent$frame, "seen")
  expect_equal(c(result$extent$expected, result$extent$covered), c(2, 2))
  expect_equal(result$previous$extent$cells, "citizenship=CHN|UZB")
  expect_equal(result$breakdown$cells, c("citizenship=UZB", "citizenship=CHN"))
  expect_equal(result$series$cells, rep("citizenship=CHN|UZB", 2))
})

test_that("revisions are told release by release", {
  frame <- data.frame(period = "2024-Q1", direction = "IN", value = c(100, 104), released = c("2024-05-01", "2024-08-01"))
  dataset <- mtm_dataset(frame, concept = "border-crossings", roles = list(released = "release-date"))
  found <- mtm_revisions(mtm_package(country = "KAZ", datasets = dataset), "arrivals", periods = "2024-Q1")
  expect_equal(found$value, c(100, 104))
  expect_equal(found$revision, c(NA, 4))
  expect_equal(found$release, c("2024-05-01", "2024-08-01"))
})

test_that("changes of common members stand in data frames", {
  frame <- expand.grid(period = sprintf("2024-%02d", 1:6), citizenship = c("RUS", "UZB", "KGZ"), stringsAsFactors = FALSE)
  frame$direction <- "IN"
  frame$value <- ifelse(frame$period < "2024-04", 100, 110)
  frame <- frame[!(frame$citizenship == "RUS" & frame$period == "2024-06"), ]
  crossings <- mtm_package(country = "KAZ", datasets = mtm_dataset(frame, concept = "border-crossings"))
  found <- mtm_compute(crossings, "arrivals-by-origin", period = "2024-Q2")
  expect_equal(found$reason, "coverage-incomplete")
  expect_equal(summary(found)$like_previous, 10)
  expect_true(is.na(summary(found)$change_previous))
  expect_equal(as.data.frame(mtm_compute(crossings, "arrivals-by-origin", periods = "2024-Q2"))$like_previous, 10)
})
