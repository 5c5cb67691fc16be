test_that("reports come in three languages and every form", {
  package <- crossings()
  for (language in c("en", "ru", "kk")) {
    report <- mtm_report(package, period = "2024-Q2", language = language)
    expect_match(format(report, "html"), "^<!DOCTYPE html>")
    expect_match(format(report, "html", page = "one"), "class=\"page one\"")
    expect_match(format(report, "json"), "\"sections\"")
    expect_gt(nchar(format(report, "text")), 100)
    expect_gt(nchar(format(report, "markdown")), 100)
  }
  expect_s3_class(summary(report), "data.frame")
})

test_that("files appear whole", {
  path <- tempfile(fileext = ".html")
  report <- mtm_report(crossings(), period = "2024-Q2", file = path)
  expect_identical(readBin(path, "raw", file.size(path)), charToRaw(format(report, "html")))
  expect_error(mtm_report(crossings(), period = "2024-Q2", file = file.path(tempdir(), "absent", "x.html")),
               class = "mtm_error")
})

test_that("numbers are explained", {
  lineage <- mtm_explain(crossings(), "arrivals", period = "2024-Q2")
  expect_s3_class(lineage, "data.frame")
  expect_output(print(lineage), "4,001,714")
})

test_that("wrong words are refused", {
  expect_error(mtm_report(crossings(), period = "2024-Q2", language = "xx"), class = "mtm_value_error")
  expect_error(mtm_compute(crossings(), "absent", period = "2024-Q2"), class = "mtm_not_found_error")
  expect_error(mtm_compute(crossings(), "arrivals", period = "2024-Q9"), class = "mtm_value_error")
})
