library(testthat)
library(mtm)

test_check("mtm")
