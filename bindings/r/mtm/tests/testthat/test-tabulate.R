events <- function() {
  data.frame(date = c("2024-04-01", "2024-05-02", "2024-06-30"), citizenship = c("UZB", "UZB", "CHN"))
}

test_that("events are counted", {
  tables <- mtm_tabulate(events(), by = list("citizenship"))
  out <- as.data.frame(tables[[1]])
  expect_equal(out$value[out$citizenship == "UZB"], 2)
  expect_equal(attr(tables, "rows")[["accepted"]], 3)
})

test_that("periods that files cover in part are named", {
  days <- rep(as.character(seq(as.Date("2024-01-01"), as.Date("2024-05-14"), by = 1)), 20)
  frame <- data.frame(date = days, citizenship = "UZB")
  out <- as.data.frame(mtm_tabulate(frame, by = list("citizenship"))[[1]])
  expect_equal(out$uncovered, c(NA, "2024-05-15/2024-06-30"))
  whole <- as.data.frame(mtm_tabulate(frame, by = list("citizenship"), period = "day")[[1]])
  expect_false("uncovered" %in% names(whole))
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

counts_of <- function(frame, ...) {
  tables <- mtm_tabulate(frame, ...)
  list(lapply(tables, as.data.frame), unname(attr(tables, "rows"))[2:3])
}

test_that("shares of a file are the file", {
  path <- tempfile(fileext = ".csv")
  i <- 0:19999
  writeLines(c("date,direction,note", sprintf("2024-%02d-01,in,\"a\nb %d\"", i %% 12 + 1, i)), path, useBytes = TRUE)
  states <- vapply(1:3, function(k) {
    state <- tempfile()
    mtm_tabulate(path, by = list("direction"), share = c(k, 3), save = state)
    state
  }, "")
  whole <- mtm_merge(states)
  expect_equal(as.data.frame(whole[[1]])$value, as.data.frame(mtm_tabulate(path, by = list("direction"))[[1]])$value)
  expect_equal(attr(whole, "rows")[["accepted"]], 20000)
  expect_error(mtm_tabulate(path, by = list("direction"), share = c(4, 3)), "k from 1 to n")
  expect_error(mtm_tabulate(c(path, path), by = list("direction"), share = c(1, 3)), "overlap")
  expect_error(mtm_tabulate(data.frame(date = "2024-01-01"), by = list("direction"), share = c(1, 3)), "path")
})

test_that("data frames count as the text of their rows does", {
  set.seed(1)
  n <- 2000
  day <- as.Date("2024-01-01") + sample(400, n, TRUE)
  latin <- "\xc5land"
  Encoding(latin) <- "latin1"
  frame <- data.frame(date = day, direction = factor(sample(c("in", "out", NA), n, TRUE), levels = c("out", "in")),
                      citizenship = sample(c("UZB", "\u0423\u0437\u0431\u0435\u043a\u0438\u0441\u0442\u0430\u043d", latin, NA, "", "Atlantis"), n, TRUE),
                      amount = sample(c(0.1, 3.5, 1e9, 123456.789, NA), n, TRUE), birth_year = sample(c(1950:2010, NA), n, TRUE))
  by <- list("direction", c("citizenship", "direction"), "age")
  text <- frame
  text[] <- lapply(frame, function(column) {
    ifelse(is.na(column), "", if (is.double(column) && !is.object(column)) sprintf("%.12g", column) else enc2utf8(as.character(column)))
  })
  path <- tempfile(fileext = ".csv")
  con <- file(path, "w", encoding = "native.enc")
  writeLines(enc2utf8(c(paste(names(text), collapse = ","), do.call(paste, c(unname(text), sep = ",")))), con, useBytes = TRUE)
  close(con)
  expect_equal(counts_of(frame, by = by), counts_of(path, by = by))
  expect_equal(counts_of(frame, by = list("direction"), sum = "amount"),
               counts_of(path, by = list("direction"), sum = "amount"))
  before <- options(OutDec = ",")
  expect_equal(counts_of(frame, by = list("direction"), sum = "amount"),
               counts_of(path, by = list("direction"), sum = "amount"))
  options(before)
})

test_that("times fall on the day that a clock in their zone shows", {
  late <- as.POSIXct("2024-03-31 21:30:00", tz = "UTC")
  quarter <- function(times) as.data.frame(mtm_tabulate(data.frame(date = times, citizenship = "UZB"), by = list("citizenship"))[[1]])$period
  expect_equal(quarter(late), "2024-Q1")
  attr(late, "tzone") <- "Asia/Almaty"
  expect_equal(quarter(late), "2024-Q2")
  expect_equal(quarter(as.POSIXlt(late)), "2024-Q2")
  expect_error(quarter(as.Date(Inf)), "finite")
})

test_that("awkward frames are counted or refused with words", {
  expect_error(mtm_tabulate(data.frame(), by = list("citizenship")), class = "mtm_error")
  none <- mtm_tabulate(events()[0, ], by = list("citizenship"))
  expect_equal(attr(none, "rows")[["in"]], 0)
  listed <- data.frame(date = "2024-04-01", citizenship = I(list("UZB")))
  expect_equal(attr(mtm_tabulate(listed, by = list("citizenship")), "rows")[["accepted"]], 1)
  expect_error(mtm_tabulate(events(), by = list("nowhere")), "nowhere")
  bad <- rbind(events(), data.frame(date = "2024-13-01", citizenship = "UZB"))
  expect_equal(attr(mtm_tabulate(bad, by = list("citizenship")), "rows")[["rejected"]], 1)
  many <- data.frame(date = as.Date("2024-04-01"), citizenship = sprintf("label %d", 1:30000))
  expect_equal(attr(mtm_tabulate(many, by = list("citizenship")), "rows")[["accepted"]], 30000)
})
