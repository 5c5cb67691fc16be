test_that("data frames of every column type become datasets", {
  frame <- data.frame(when = as.Date(c("2024-04-01", "2024-07-01")), from = factor(c("Узбекистан", "CHN")),
                      n = c(1e15 + 1, NA), memo = c("a,b", "say \"so\""))
  dataset <- mtm_dataset(frame, concept = "foreign-workers",
                         roles = list(when = "period", from = c("dimension", "citizenship"), n = "value", memo = "ignore"))
  out <- as.data.frame(dataset)
  expect_equal(out$value, c(1e15 + 1, NA))
  expect_equal(as.character(out$citizenship), c("UZB", "CHN"))
  expect_s3_class(out$start, "Date")
  expect_equal(out$status, c("A", "O"))
  expect_equal(as.character(as.data.frame(dataset, language = "ru")$citizenship[[1]]), "Узбекистан")
  expect_output(print(dataset), "mtm_dataset")
})

test_that("64-bit counts stay exact or are refused", {
  bytes <- charToRaw("period,value\n2024,9007199254740993\n")
  dataset <- mtm_dataset(bytes, concept = "population")
  expect_error(as.data.frame(dataset), "2\\^53")
  skip_if_not_installed("bit64")
  expect_equal(as.character(as.data.frame(dataset, integer64 = TRUE)$value), "9007199254740993")
  frame <- data.frame(period = "2024", value = bit64::as.integer64("9007199254740993"))
  again <- mtm_dataset(frame, concept = "population")
  expect_equal(as.character(as.data.frame(again, integer64 = TRUE)$value), "9007199254740993")
})

test_that("numbers keep every digit", {
  numbers <- c(0.1, 1 / 8, 1234567.125, 3.3)
  dataset <- mtm_dataset(data.frame(period = as.character(2020:2023), value = numbers), concept = "population")
  expect_identical(as.data.frame(dataset)$value, numbers)
})

test_that("round whole numbers are written out", {
  dataset <- mtm_dataset(data.frame(period = 2020:2021, value = c(100000L, NA)), concept = "population")
  expect_equal(as.data.frame(dataset)$value, c(100000, NA))
  dataset <- mtm_dataset(data.frame(period = 2020:2021, value = c(1e5, 1e15)), concept = "population")
  expect_equal(as.data.frame(dataset)$value, c(1e5, 1e15))
})

test_that("errors say where", {
  bytes <- charToRaw("period,citizenship,value\n2024-Q2,UZB,10\n2024-Q2,CHN,ten\n")
  refused <- tryCatch(mtm_dataset(bytes, concept = "border-crossings", name = "crossings.csv"), error = identity)
  expect_s3_class(refused, "mtm_error")
  expect_equal(refused$file, "crossings.csv")
  expect_equal(c(refused$line, refused$column), c(3, 13))
  expect_match(conditionMessage(refused), "crossings.csv:3:13")
})

test_that("callbacks may stop and may fail", {
  path <- tempfile(fileext = ".csv")
  writeLines(c("period,region,value", sprintf("2024,place %d,%d", 1:200000, 1:200000)), path)
  expect_error(mtm_dataset(path, concept = "population", progress = function(done, total) FALSE),
               class = "mtm_cancelled_error")
  expect_error(mtm_dataset(path, concept = "population", progress = function(done, total) stop("boom")))
})
