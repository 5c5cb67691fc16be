run <- function(script) {
  folder <- normalizePath(file.path(kazakhstan_folder(), "..", ".."))
  old <- setwd(folder)
  on.exit(setwd(old))
  out <- suppressWarnings(system2(file.path(R.home("bin"), "Rscript"), c("--vanilla", shQuote(script)),
                                  stdout = TRUE, stderr = TRUE, env = paste0("R_LIBS=", shQuote(Sys.getenv("R_LIBS")))))
  list(status = attr(out, "status"), lines = as.vector(out))
}

test_that("examples print what is stored beside them", {
  folder <- file.path(kazakhstan_folder(), "..", "r")
  for (script in list.files(folder, "\\.R$", full.names = TRUE)) {
    ran <- run(normalizePath(script))
    expect_null(ran$status, info = paste(c(script, ran$lines), collapse = "\n"))
    stored <- sub("\\.R$", ".out", script)
    if (nzchar(Sys.getenv("MTM_UPDATE"))) writeLines(enc2utf8(ran$lines), stored, useBytes = TRUE)
    expect_equal(ran$lines, readLines(stored, encoding = "UTF-8"), info = script)
  }
})

test_that("the R Markdown file knits", {
  skip_if_not_installed("rmarkdown")
  skip_if_not(rmarkdown::pandoc_available(), "pandoc is not installed")
  file <- file.path(kazakhstan_folder(), "..", "r", "kazakhstan.Rmd")
  out <- rmarkdown::render(file, output_dir = tempdir(), intermediates_dir = tempdir(), quiet = TRUE,
                           params = list(folder = kazakhstan_folder()), envir = new.env())
  expect_gt(file.size(out), 10000)
})
