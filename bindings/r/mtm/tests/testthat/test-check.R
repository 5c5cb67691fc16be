test_that("checks keep everything", {
  found <- mtm_check(charToRaw("period,citizenship,value\n2024-Q2,UZB,10\n2024-Q2,CHN,ten\n"), name = "crossings.csv")
  expect_equal(found$outcome, "rejected-rows")
  expect_equal(found$rows[["in"]], sum(found$rows[c("accepted", "rejected", "not_data")]))
  errors <- found$diagnostics[found$diagnostics$severity == "error", ]
  expect_equal(c(errors$line, errors$column), c(3, 13))
  expect_match(format(found, "json"), "rejected-rows")
  expect_output(print(found), "ten")
  expect_equal(summary(found)$errors, 1)
})

test_that("descriptions are proposed", {
  path <- tempfile(fileext = ".csv")
  writeLines(c("period,citizenship,value", "2024-Q2,UZB,10"), path)
  expect_match(unclass(mtm_describe(path)), "\"resources\"")
})

test_that("labels are looked up", {
  expect_equal(mtm_codes("Түркия", "country")$code, "TUR")
  expect_equal(mtm_codes("Uzbekistn", "country")$found, "none")
  expect_true("country" %in% mtm_codes()$list)
  expect_equal(mtm_codes(list = "sex")$code, c("M", "F"))
  expect_error(mtm_codes("x", "planets"), class = "mtm_not_found_error")
})

test_that("lines that restore figures are proposed", {
  path <- file.path(tempfile("proposed"), "crossings.csv")
  dir.create(dirname(path))
  writeLines(c("period,citizenship,persons", "2024-05,UZB,10", "2024-05,RUS,40", "2024-06,UZB,12"), path)
  writeLines('{"name": "made", "mtm": {"country": "KAZ", "period": "2024-06"}, "resources": [{"name": "crossings",
             "path": "crossings.csv", "mtm": {"concept": "border-crossings", "kind": "flow", "unit": "movements",
             "dimensions": {"direction": "IN"}}}]}', file.path(dirname(path), "datapackage.json"))
  found <- unclass(mtm_propose(dirname(path)))
  expect_match(found, "\"incomplete\": \"as-covered\"", fixed = TRUE)
  expect_match(found, "Russia")
})
