answers <- data.frame(weight = c(2, 1, 1, 3), sex = c("F", "M", "F", "M"), food = c("yes", "no", "no", "yes"),
                      income = c(10, 20, NA, 40))

test_that("a frame gives a tidy frame", {
  shares <- mtm_survey(answers, "food", by = "sex", answer = "yes", design = list(weight = "weight"))
  expect_equal(shares$sex, c("F", "M"))
  expect_equal(shares$estimate, c(2 / 3, 3 / 4))
  expect_equal(shares$n, c(2, 2))
})

test_that("missing numbers leave the base", {
  mean <- mtm_survey(answers, "income", design = list(weight = "weight"))
  expect_equal(mean$estimate, (2 * 10 + 20 + 3 * 40) / 6)
  expect_equal(mean$missing, 1)
})

test_that("a survey can be asked more than once", {
  survey <- mtm_survey(answers, design = list(weight = "weight"))
  expect_s3_class(survey, "mtm_survey")
  expect_output(print(survey), "4 rows")
  expect_equal(mtm_survey(survey, "income", over = "weight")$statistic, "ratio")
  expect_error(mtm_survey(survey, "nothing"), class = "mtm_error")
  expect_error(mtm_survey(survey, "food", statistic = "mode"), "proportion")
  expect_equal(mtm_survey(survey, "income", statistic = "median"), mtm_survey(survey, "income", quantile = 0.5))
  expect_error(mtm_survey(survey, "income", statistic = "median", quantile = 0.2), "quantile")
})

test_that("a design of the package survey gives its own answers", {
  skip_if_not_installed("survey")
  d <- data.frame(h = rep(c("a", "b"), each = 6), c = rep(1:6, each = 2), w = 1:12, N = rep(c(9, 20), each = 6),
                  y = c(3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8))
  design <- survey::svydesign(ids = ~c, strata = ~h, weights = ~w, fpc = ~N, data = d)
  expected <- survey::svymean(~y, design)
  found <- mtm_survey(design, "y", statistic = "mean")
  expect_equal(found$estimate, as.numeric(coef(expected)), tolerance = 1e-12)
  expect_equal(found$se, as.numeric(survey::SE(expected)), tolerance = 1e-12)
})

test_that("designs of several stages, and replicates, are those of the package survey", {
  skip_if_not_installed("survey")
  set.seed(3)
  d <- data.frame(h = rep(c("a", "b"), each = 24), c = rep(1:12, each = 4), b = rep(1:2, 24), w = runif(48, 1, 9), Nc = 30, Nb = 4,
                  s = rep(c("F", "M", "M"), 16), y = rnorm(48, 20, 5), x = runif(48, 1, 3))
  two <- survey::svydesign(ids = ~c + b, strata = ~h, weights = ~w, fpc = ~Nc + Nb, data = d)
  designs <- list(two, subset(two, s == "M"), survey::as.svrepdesign(survey::svydesign(~c, strata = ~h, weights = ~w, data = d)),
                  survey::as.svrepdesign(survey::svydesign(~c, weights = ~w, data = d), type = "JK1", mse = TRUE))
  for (design in designs) {
    expected <- survey::svymean(~y, design)
    found <- mtm_survey(design, "y", statistic = "mean")
    expect_equal(found$estimate, as.numeric(coef(expected)), tolerance = 1e-10)
    expect_equal(found$se, as.numeric(survey::SE(expected)), tolerance = 1e-10)
  }
  by <- survey::svyby(~y, ~s, two, survey::svymean)
  found <- mtm_survey(two, "y", by = "s", statistic = "mean", names = "srvyr")
  expect_equal(names(found), c("s", "coef", "_se", "_low", "_upp", "n"))
  expect_equal(found$coef, by$y, tolerance = 1e-10)
  expect_equal(found[["_se"]], by$se, tolerance = 1e-10)
  calibrated <- survey::calibrate(two, ~s, c(`(Intercept)` = 200, sM = 120))
  expect_error(mtm_survey(calibrated, "y"), "calibrated")
})

test_that("a group of a design keeps the units that have no row in it", {
  skip_if_not_installed("survey")
  set.seed(5)
  d <- data.frame(h = rep(c("a", "b"), each = 30), c = factor(rep(1:12, each = 5)), b = rep(1:5, 12), w = runif(60, 1, 9), Nc = 30, Nb = 9,
                  y = rnorm(60, 20, 5))
  d$rare <- d$c %in% c(2, 5, 8, 12) & d$b < 3
  for (design in list(survey::svydesign(~c + b, strata = ~h, weights = ~w, fpc = ~Nc + Nb, data = d),
                      survey::svydesign(~c, strata = ~h, weights = ~w, data = d), survey::svydesign(~1, weights = ~w, data = d),
                      survey::svydesign(~1, strata = ~h, weights = ~w, data = d), survey::svydesign(~b, weights = ~w, data = d))) {
    group <- subset(design, rare)
    found <- mtm_survey(group, "y", statistic = "mean")
    expect_equal(found$se, as.numeric(survey::SE(survey::svymean(~y, group))), tolerance = 1e-10)
    expect_equal(found$se, mtm_survey(design, "y", statistic = "mean", where = list(rare = TRUE))$se, tolerance = 1e-10)
    expect_equal(found$df, survey::degf(group))
  }
})

test_that("compact surveys are added up and saved", {
  design <- list(weight = "weight", clusters = "sex")
  whole <- mtm_survey(rbind(answers, answers), "food", by = "sex", design = design)
  north <- mtm_survey(answers, design = design, compact = TRUE)
  path <- tempfile()
  both <- mtm_survey(answers, design = design, add_to = north, save = path)
  expect_equal(mtm_survey(both, "food", by = "sex"), whole)
  expect_equal(mtm_survey(path, "food", by = "sex"), whole)
  expect_equal(mtm_survey(north, "food", answer = "yes")$n, 4)
  expect_error(mtm_survey(answers, design = design, add_to = answers), "add_to")
  expect_error(mtm_survey(answers, design = design, save = path), class = "mtm_error")
  asked <- mtm_survey(answers, design = design, compact = TRUE, columns = "food")
  expect_error(mtm_survey(asked, "income"), class = "mtm_error")
})

test_that("interviews of saved parts are known again", {
  design <- list(weight = "weight", clusters = "sex", id = "uuid")
  path <- tempfile()
  mtm_survey(cbind(answers, uuid = c("a", "b", "c", "d")), design = design, compact = TRUE, key = strrep("0f", 16), save = path)
  expect_false(any(grepl("uuid=a", readLines(path))))
  kept <- mtm_survey(path, key = strrep("0f", 16))
  both <- mtm_survey(cbind(answers, uuid = c("e", "f", "a", "g")), add_to = kept)
  expect_equal(sum(mtm_survey(both, "food")$contributors), 7)
  expect_output(print(both), "on line 2")
})

test_that("rounds are compared", {
  now <- mtm_survey(answers, design = list(weight = "weight"))
  earlier <- mtm_survey(transform(answers, food = c("no", "no", "no", "yes")), design = list(weight = "weight"))
  change <- mtm_survey(now, "food", answer = "yes", before = earlier)
  expect_equal(change$statistic, "difference")
  expect_equal(change$estimate, 5 / 7 - 3 / 7)
  expect_error(mtm_survey(now, "food", before = answers), "before")
})

test_that("the options of the package survey for lonely clusters of a group hold", {
  skip_if_not_installed("survey")
  d <- data.frame(h = rep(c("a", "b", "c"), each = 4), c = rep(1:6, each = 2), w = 1:12, s = rep(c("F", "M", "F", "F"), 3),
                  y = c(3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8))
  d$s[3:4] <- "M"
  design <- survey::svydesign(ids = ~c, strata = ~h, weights = ~w, data = d)
  before <- options(survey.lonely.psu = "adjust", survey.adjust.domain.lonely = TRUE)
  on.exit(options(before))
  found <- mtm_survey(design, "y", statistic = "mean", where = list(s = "F"))
  expected <- suppressWarnings(survey::svymean(~y, subset(design, s == "F")))
  peer <- as.numeric(survey::SE(expected))
  skip_if_not(is.finite(peer), paste("a finite error of survey", utils::packageVersion("survey")))
  expect_equal(found$se, peer, tolerance = 1e-10)
})
