text <- "Title\n\nname,men,women\n\"a\nb\",1,2\nc,3\nd,4,5,6\n"

test_that("rows come as a frame of text with notes", {
  frame <- mtm_rows(charToRaw(text), name = "t.csv")
  expect_s3_class(frame, "data.frame")
  expect_equal(names(frame), c("name", "men", "women", "col_3"))
  expect_equal(frame$name, c("a\nb", "c", "d"))
  expect_equal(frame$women, c("2", NA, "5"))
  expect_equal(frame$col_3, c(NA, NA, "6"))
  expect_equal(attr(frame, "title"), "Title")
  notes <- attr(frame, "notes")
  expect_equal(notes$code, c("MTM-N037", "MTM-N151", "MTM-N152"))
  expect_equal(notes$line, c(1, 6, 7))
  expect_equal(unname(attr(frame, "rows")), c(6, 3, 0, 3))
})

test_that("places stand beside", {
  frame <- mtm_rows(charToRaw(text), name = "t.csv", places = TRUE)
  expect_equal(names(frame), c("file", "line", "name", "men", "women", "col_3", "places"))
  expect_equal(frame$line, c(4, 6, 7))
  expect_equal(unclass(frame$places)[[1]], matrix(c(4, 5, 5, 1, 4, 6), ncol = 2))
  expect_equal(frame$file, rep("t.csv", 3))
})

test_that("names come once, and what is told is taken", {
  frame <- mtm_rows(charToRaw("line,x,x\na,1,2\nb,3,4\n"), places = TRUE)
  expect_equal(names(frame), c("file", "line", "line_2", "x", "x_2", "places"))
  frame <- mtm_rows(charToRaw("a,b;c\nd,e;f\n"), delimiter = ";", header = 0)
  expect_equal(frame$col_0, c("a,b", "d,e"))
  expect_error(mtm_rows(charToRaw(text), delimiter = "long"), "one ASCII character")
  expect_error(mtm_rows(charToRaw(text), table = 2), class = "mtm_structure_error")
  expect_error(mtm_rows(1), "expected a path")
  expect_error(mtm_rows("nothing.csv"), class = "mtm_not_found_error")
})

test_that("other tables are listed and can be read", {
  two <- charToRaw("foo,bar\nx,1\ny,2\n\nSecond\nother,names,here\nq,5,6\nr,7,8\n")
  tables <- attr(mtm_rows(two), "tables")
  expect_equal(tables$title, c("", "Second"))
  expect_equal(tables$rows, c(2, 2))
  expect_equal(mtm_rows(two, table = 2)$names, c("5", "7"))
})

test_that("a long and widening table keeps every cell", {
  lines <- c("a,b", sprintf("%d,%d", 1:1000, 1:1000), "1,2,3")
  frame <- mtm_rows(charToRaw(paste(lines, collapse = "\n")))
  expect_equal(dim(frame), c(1001L, 3L))
  expect_equal(frame$col_2[1001], "3")
  expect_true(all(is.na(frame$col_2[1:1000])))
  empty <- mtm_rows(charToRaw("a,b\n"), header = 1)
  expect_equal(dim(empty), c(0L, 2L))
})

test_that("tibbles keep the notes", {
  skip_if_not_installed("tibble")
  frame <- mtm_rows(charToRaw(text), tibble = TRUE)
  expect_s3_class(frame, "tbl_df")
  expect_equal(nrow(attr(frame, "notes")), 3L)
})
