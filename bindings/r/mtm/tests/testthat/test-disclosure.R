counts <- c(UZB = 40, RUS = 60, CHN = 3, DEU = 25)

people <- function() data.frame(date = "2024-05-02", citizenship = rep(names(counts), counts))

money <- function() {
  frame <- people()
  frame$usd <- 10
  frame$usd[match("DEU", frame$citizenship)] <- 90000
  frame
}

values <- function(tables) {
  out <- as.data.frame(tables[[1]])
  setNames(out$value, as.character(out$citizenship))
}

test_that("small counts are withheld", {
  found <- values(mtm_tabulate(people(), by = list("citizenship"), threshold = 5))
  expect_true(is.na(found[["CHN"]]))
  expect_false(any(found < 5, na.rm = TRUE))
  expect_equal(values(mtm_tabulate(people(), by = list("citizenship")))[["CHN"]], 3)
})

test_that("rounding keeps all", {
  found <- values(mtm_tabulate(people(), by = list("citizenship"), threshold = 5, method = "rounding"))
  expect_true(all(found %% 5 == 0))
  expect_true(all(abs(found - counts[names(found)]) <= 6))
})

test_that("amounts are judged by who contributed", {
  found <- values(mtm_tabulate(money(), by = list("citizenship"), sum = "usd", threshold = 5))
  expect_true(is.na(found[["DEU"]]))
  expect_true(is.na(found[["CHN"]]))
  all_of_it <- mtm_tabulate(money(), by = list("citizenship"), sum = "usd", threshold = 5, p_percent = 100, dominance = 1)
  expect_true(all(is.na(values(all_of_it))))
})

test_that("a ledger has one method", {
  ledger <- tempfile()
  mtm_tabulate(people(), by = list("citizenship"), threshold = 5, ledger = ledger)
  expect_error(mtm_tabulate(people(), by = list("citizenship"), threshold = 5, ledger = ledger, method = "rounding"),
               "same method", class = "mtm_disclosure_error")
  expect_error(mtm_tabulate(people(), by = list("citizenship"), threshold = 5, method = "noise"))
})
