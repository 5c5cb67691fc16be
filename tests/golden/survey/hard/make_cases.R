# Rscript make_cases.R DIR: writes invented answers and cases.tsv: hard cases, with what R 4.2.2 and survey 4.1-1 say of them.
suppressPackageStartupMessages(library(survey))
dir <- commandArgs(TRUE)[1]
set.seed(20240517)
rows <- list()
f <- function(x) if (length(x) == 0 || is.na(x[1])) "NA" else formatC(as.numeric(x[1]), digits = 15, format = "g")
put <- function(case, data, design, request, est, se = NA, df = NA, low = NA, high = NA)
  rows[[length(rows) + 1]] <<- paste(c(case, data, design, request, f(est), f(se), f(df), f(low), f(high)), collapse = "\t")
# q: named list of arguments of the request as JSON
req <- function(...) { a <- list(...); paste0("{", paste0("\"", names(a), "\": ", sapply(a, function(v) if (is.numeric(v)) format(v, digits = 15) else paste0("\"", v, "\"")), collapse = ", "), "}") }
save_data <- function(d, name) write.csv(d, file.path(dir, name), row.names = FALSE, quote = FALSE, na = "")

korn_graubard <- function(p, se, n, df) {
  ne <- (if (se > 0) p * (1 - p) / se^2 else n) * (qt(.975, n - 1) / qt(.975, df))^2
  c(if (p == 0) 0 else qbeta(.025, ne * p, ne * (1 - p) + 1), if (p == 1) 1 else qbeta(.975, ne * p + 1, ne * (1 - p)))
}

# ---- three stages, populations of each
k <- expand.grid(h = 1:4, a = 1:5, b = 1:3, c = 1:3)
k <- k[order(k$h, k$a, k$b, k$c), ]
d3 <- data.frame(h = paste0("h", k$h), a = paste0("a", k$h, k$a), b = paste0("b", k$b), c = paste0("c", k$c), Na = c(12, 20, 9, 40)[k$h], Nb = 3 + (k$a %% 4) * 2 + k$h, Nc = 4 + k$b,
                 g = sample(c("x", "y", "z"), nrow(k), TRUE, c(.5, .35, .15)))
d3$w <- round(d3$Na / 5 * d3$Nb / 3 * d3$Nc / 3, 6)
d3$v <- round(rgamma(nrow(d3), 3, .02) * (1 + .3 * k$h))
d3$u <- round(d3$v * runif(nrow(d3), .2, .9), 1)
d3$yes <- as.numeric(runif(nrow(d3)) < .25 + .1 * k$h)
d3$v[sample(nrow(d3), 9)] <- NA
save_data(transform(d3, yes = ifelse(yes == 1, "yes", "no")), "stages.csv")
designs3 <- list(
  list("{\"weight\": \"w\", \"strata\": \"h\", \"clusters\": [\"a\", \"b\", \"c\"], \"fpc\": [\"Na\", \"Nb\", \"Nc\"]}", svydesign(~a + b + c, strata = ~h, weights = ~w, fpc = ~Na + Nb + Nc, data = d3, nest = TRUE)),
  list("{\"weight\": \"w\", \"strata\": \"h\", \"clusters\": [\"a\", \"b\"], \"fpc\": [\"Na\", \"Nb\"]}", svydesign(~a + b, strata = ~h, weights = ~w, fpc = ~Na + Nb, data = d3, nest = TRUE)),
  list("{\"weight\": \"w\", \"strata\": \"h\", \"clusters\": \"a\", \"fpc\": \"Na\"}", svydesign(~a, strata = ~h, weights = ~w, fpc = ~Na, data = d3, nest = TRUE)),
  list("{\"weight\": \"w\", \"clusters\": \"a\"}", svydesign(~a, weights = ~w, data = d3)),
  list("{\"weight\": \"w\", \"strata\": \"h\"}", svydesign(~1, strata = ~h, weights = ~w, data = d3)))
ask <- function(case, data, json, des, d, num = "v", over = "u") {
  for (dom in c("", "x", "y", "z")) {
    keep <- if (dom == "") rep(TRUE, nrow(d)) else d$g == dom
    where <- if (dom == "") list() else list(where = paste0("g=", dom))
    one <- function(kind, q, m, used) { df <- degf(used); ci <- confint(m, df = df); put(paste(case, kind, dom), data, json, do.call(req, c(q, where)), coef(m), SE(m), df, ci[1], ci[2]) }
    s <- subset(des, keep & !is.na(d[[num]]))
    one("mean", list(question = num, statistic = "mean"), svymean(as.formula(paste0("~", num)), s), s)
    one("total", list(question = num, statistic = "total"), svytotal(as.formula(paste0("~", num)), s), s)
    one("ratio", list(question = num, denominator = over, statistic = "ratio"), svyratio(as.formula(paste0("~", num)), as.formula(paste0("~", over)), s), s)
    s <- subset(des, keep)
    one("share", list(question = "yes", answer = "yes", statistic = "proportion", interval = "t"), svymean(~yes, s), s)
    p <- svyciprop(~yes, s, method = "beta", df = degf(s))
    # A subset of a calibrated design keeps all rows, with weight 0: R takes their number for n. Here n are the rows of the group.
    if (startsWith(case, "calibrated")) attr(p, "ci") <- korn_graubard(coef(p), SE(p), sum(keep), degf(s))
    put(paste(case, "beta", dom), data, json, do.call(req, c(list(question = "yes", answer = "yes", statistic = "proportion", interval = "beta"), where)), coef(p), SE(p), degf(s), attr(p, "ci")[1], attr(p, "ci")[2])
  }
}
for (i in seq_along(designs3)) ask(paste0("stages-", i), "stages.csv", designs3[[i]][[1]], designs3[[i]][[2]], d3)

# ---- lonely strata, in the sample and in the group
d2 <- data.frame(h = rep(c("p", "q", "r", "s"), c(12, 10, 4, 9)), c = c(rep(1:4, 3), rep(1:2, 5), rep(1, 4), rep(1:3, 3)), w = round(runif(35, 2, 30), 3), v = round(runif(35, 10, 90)), u = round(runif(35, 5, 20), 2), yes = as.numeric(runif(35) < .4))
d2$g <- ifelse(d2$h == "q", ifelse(d2$c == 1, "x", "y"), sample(c("x", "y", "z"), 35, TRUE))
save_data(transform(d2, yes = ifelse(yes == 1, "yes", "no")), "lonely.csv")
for (rule in c("remove", "certainty", "adjust", "average")) for (within in c(FALSE, TRUE)) {
  options(survey.lonely.psu = rule, survey.adjust.domain.lonely = within)
  json <- paste0("{\"weight\": \"w\", \"strata\": \"h\", \"clusters\": \"c\", \"nest\": true, \"lonely\": \"", rule, "\", \"lonelyDomain\": ", tolower(within), "}")
  des <- svydesign(~c, strata = ~h, weights = ~w, data = d2, nest = TRUE)
  for (dom in c("", "x", "y")) {
    s <- if (dom == "") des else subset(des, d2$g == dom)
    q <- list(question = "v", statistic = "mean"); if (dom != "") q$where <- paste0("g=", dom)
    m <- svymean(~v, s); ci <- confint(m, df = degf(s))
    put(paste("lonely", rule, within, dom), "lonely.csv", json, do.call(req, q), coef(m), SE(m), degf(s), ci[1], ci[2])
    q$statistic <- "total"; m <- svytotal(~v, s); ci <- confint(m, df = degf(s))
    put(paste("lonely total", rule, within, dom), "lonely.csv", json, do.call(req, q), coef(m), SE(m), degf(s), ci[1], ci[2])
  }
}
options(survey.lonely.psu = "fail", survey.adjust.domain.lonely = FALSE)

# ---- calibration
d4 <- data.frame(c = rep(1:20, each = 6), h = rep(c("k", "l"), each = 60), w = round(runif(120, 5, 15), 4), sex = sample(c("F", "M"), 120, TRUE), age = sample(c("a", "b", "c"), 120, TRUE), v = round(rnorm(120, 50, 12), 1), size = sample(1:8, 120, TRUE), yes = as.numeric(runif(120) < .3), g = sample(c("x", "y", "z"), 120, TRUE), u = round(runif(120, 1, 9), 1))
save_data(transform(d4, yes = ifelse(yes == 1, "yes", "no")), "calibrated.csv")
base <- svydesign(~c, strata = ~h, weights = ~w, data = d4, nest = TRUE)
tot <- sum(d4$w)
sexes <- c(F = round(tot * .55), M = round(tot * .5)); ages <- c(a = round(tot * .3), b = round(tot * .4), c = sum(sexes) - round(tot * .3) - round(tot * .4))
pop <- c(`(Intercept)` = sum(sexes), sexM = sexes[["M"]], ageb = ages[["b"]], agec = ages[["c"]])
js <- function(method, more = "") paste0("{\"weight\": \"w\", \"strata\": \"h\", \"clusters\": \"c\", \"nest\": true, \"calibrate\": {\"method\": \"", method, "\", \"tolerance\": 1e-11", more, ", \"totals\": {\"sex\": {\"F\": ", sexes["F"], ", \"M\": ", sexes["M"], "}, \"age\": {\"a\": ", ages["a"], ", \"b\": ", ages["b"], ", \"c\": ", ages["c"], "}}}}")
cal <- list(list(js("linear"), calibrate(base, ~sex + age, pop, calfun = "linear", epsilon = 1e-11)),
            list(js("raking"), calibrate(base, ~sex + age, pop, calfun = "raking", epsilon = 1e-11)),
            list(js("linear", ", \"bounds\": [0.6, 1.6]"), calibrate(base, ~sex + age, pop, calfun = "linear", bounds = c(.6, 1.6), epsilon = 1e-11)))
for (i in seq_along(cal)) ask(paste0("calibrated-", i), "calibrated.csv", cal[[i]][[1]], cal[[i]][[2]], d4)

# ---- quantiles with ties
d5 <- data.frame(c = rep(1:15, each = 8), w = round(runif(120, 1, 9), 2), v = sample(c(1, 2, 2, 3, 3, 3, 5, 8), 120, TRUE), g = sample(c("x", "y"), 120, TRUE))
save_data(d5, "ties.csv")
des <- svydesign(~c, weights = ~w, data = d5)
for (p in c(.1, .25, .5, .75, .9)) for (dom in c("", "x", "y")) {
  s <- if (dom == "") des else subset(des, d5$g == dom)
  q <- list(question = "v", statistic = "quantile", probability = p); if (dom != "") q$where <- paste0("g=", dom)
  put(paste("quantile", p, dom), "ties.csv", "{\"weight\": \"w\", \"clusters\": \"c\"}", do.call(req, q), svyquantile(~v, s, p, qrule = "math", ci = FALSE)$v[1])
}

# ---- replicate weights
by_group <- function(case, json, des) {
  for (dom in c("", "x", "y", "z")) {
    s <- if (dom == "") des else subset(des, d4$g == dom)
    one <- function(kind, q, m) { if (dom != "") q$where <- paste0("g=", dom); put(paste(case, kind, dom), paste0(case, ".csv"), json, do.call(req, q), coef(m), SE(m)) }
    one("mean", list(question = "v", statistic = "mean"), svymean(~v, s))
    one("total", list(question = "v", statistic = "total"), svytotal(~v, s))
    one("ratio", list(question = "v", denominator = "u", statistic = "ratio"), svyratio(~v, ~u, s))
    one("share", list(question = "yes", answer = "yes", statistic = "proportion", interval = "t"), svymean(~yes, s))
  }
}
keep_rep <- function(case, r) { W <- weights(r, "analysis"); colnames(W) <- paste0("rw", seq_len(ncol(W))); save_data(cbind(transform(d4, yes = ifelse(yes == 1, "yes", "no")), round(W, 9)), paste0(case, ".csv")); round(W, 9) }
made <- function(case, r, type, mse = FALSE, rho = NULL) {
  W <- keep_rep(case, r)
  again <- svrepdesign(data = d4, weights = d4$w, repweights = W, type = "other", scale = r$scale, rscales = r$rscales, combined.weights = TRUE, mse = mse)
  json <- paste0("{\"weight\": \"w\", \"replicates\": {\"type\": \"", type, "\", \"columns\": \"rw*\", \"combined\": true, \"mse\": ", tolower(mse), ", \"scale\": ", format(r$scale, digits = 16), ", \"rscales\": [", paste(format(r$rscales, digits = 16, trim = TRUE), collapse = ", "), "]}}")
  by_group(case, json, again)
}
made("jk1", as.svrepdesign(svydesign(~c, weights = ~w, data = d4), type = "JK1"), "JK1")
made("jkn", as.svrepdesign(base, type = "JKn"), "JKn")
made("jkn-mse", as.svrepdesign(base, type = "JKn"), "JKn", TRUE)
made("bootstrap", as.svrepdesign(base, type = "bootstrap", replicates = 25), "bootstrap")

# ---- rounds in one file: the difference of independent samples
d6 <- rbind(transform(d4, round = "r1"), transform(d4, round = "r2", v = v + round(rnorm(120, 3, 5), 1), yes = as.numeric(runif(120) < .4), w = round(w * 1.7, 3)))
save_data(transform(d6, yes = ifelse(yes == 1, "yes", "no")), "rounds.csv")
d6$s <- paste(d6$round, d6$h)
des <- svydesign(~c, strata = ~s, weights = ~w, data = d6, nest = TRUE)
save_data(transform(d6, yes = ifelse(yes == 1, "yes", "no")), "rounds.csv")
for (v in c("v", "yes")) for (dom in c("", "x", "y", "z")) {
  s <- if (dom == "") des else subset(des, d6$g == dom)
  b <- svyby(as.formula(paste0("~", v)), ~round, s, svymean, covmat = TRUE); k <- svycontrast(b, list(d = c(r2 = 1, r1 = -1)))
  q <- list(question = v, by = "round", between = "r2,r1", statistic = if (v == "v") "mean" else "proportion"); if (v == "yes") q$answer <- "yes"; if (dom != "") q$where <- paste0("g=", dom)
  t <- qt(.975, degf(s)) * SE(k)
  put(paste("rounds", v, dom), "rounds.csv", "{\"weight\": \"w\", \"strata\": \"s\", \"clusters\": \"c\", \"nest\": true}", do.call(req, q), coef(k), SE(k), degf(s), coef(k) - t, coef(k) + t)
}

# ---- nobody and everybody
d7 <- data.frame(c = rep(1:12, each = 5), w = round(runif(60, 1, 4), 2), g = rep(c("x", "y", "z"), 20), yes = 0)
d7$yes[d7$g == "y"] <- 1; d7$yes[d7$g == "z"] <- c(1, rep(0, 19))
save_data(transform(d7, yes = ifelse(yes == 1, "yes", "no")), "ends.csv")
des <- svydesign(~c, weights = ~w, data = d7)
for (group in c("x", "y", "z")) {
  s <- subset(des, d7$g == group); p <- as.numeric(coef(svymean(~yes, s))); se <- as.numeric(SE(svymean(~yes, s))); ci <- korn_graubard(p, se, 20, degf(s))
  put(paste("ends", group), "ends.csv", "{\"weight\": \"w\", \"clusters\": \"c\"}", req(question = "yes", answer = "yes", statistic = "proportion", interval = "beta", where = paste0("g=", group)), p, se, degf(s), ci[1], ci[2])
}

# ---- test of independence
for (i in c(1, 4)) {
  des <- update(designs3[[i]][[2]], yesf = factor(yes)); t <- svychisq(~yesf + g, des, statistic = "F")
  put(paste("chi-square", i), "stages.csv", designs3[[i]][[1]], req(question = "yes", by = "g", statistic = "chi-square"), t$statistic, NA, t$parameter[2], NA, NA)
}
# ---- intervals of quantiles; R's own rule takes the second value where the first alone reaches the share
reach <- function(x, w, p) { i <- order(x); s <- cumsum(w[i]); x[i][which(s >= p * sum(w) * (1 - 1e-13))[1]] }
des <- svydesign(~c, weights = ~w, data = d5)
for (kind in c("t", "logit", "beta")) for (p in c(.02, .1, .25, .5, .75, .9)) for (dom in c("", "x", "y")) {
  s <- if (dom == "") des else subset(des, d5$g == dom)
  r <- svyquantile(~v, s, p, qrule = reach, interval.type = c(t = "mean", logit = "xlogit", beta = "beta")[[kind]])$v
  q <- list(question = "v", statistic = "quantile", probability = p, interval = kind); if (dom != "") q$where <- paste0("g=", dom)
  if (!anyNA(r)) put(paste("quantile interval", kind, p, dom), "ties.csv", "{\"weight\": \"w\", \"clusters\": \"c\"}", do.call(req, q), r[1], r[4], degf(s), r[2], r[3])
}

# ---- differences of groups that share rows: by the delta method on totals of the one and of the other
overlap <- function(case, data, json, des, d, num, over) {
  sides <- list(list("g=x,*", d$g == "x", rep(TRUE, nrow(d))), list("*,g=x|y", rep(TRUE, nrow(d)), d$g %in% c("x", "y")), list("g=x|y,g=y|z", d$g %in% c("x", "y"), d$g %in% c("y", "z")), list("g=x,g=x|z", d$g == "x", d$g %in% c("x", "z")), list("g=z,g=x", d$g == "z", d$g == "x"))
  for (side in sides) for (kind in c("mean", "total", "ratio", "yes")) {
    y <- if (kind == "yes") d$yes else d[[num]]; x <- if (kind == "ratio") d[[over]] else rep(1, nrow(d)); ok <- !is.na(y) & !is.na(x)
    y[!ok] <- 0; x[!ok] <- 0
    full <- update(des, ya = y * side[[2]], xa = x * side[[2]] * ok, yb = y * side[[3]], xb = x * side[[3]] * ok)
    m <- svytotal(~ya + xa + yb + xb, full)
    k <- if (kind == "total") svycontrast(m, quote(ya - yb)) else svycontrast(m, quote(ya / xa - yb / xb))
    df <- degf(subset(des, ok & (side[[2]] | side[[3]]))); b <- coef(k) + c(-1, 1) * qt(.975, df) * SE(k)
    q <- switch(kind, mean = list(question = num, statistic = "mean"), total = list(question = num, statistic = "total"), ratio = list(question = num, denominator = over, statistic = "ratio"), yes = list(question = "yes", answer = "yes", statistic = "proportion"))
    put(paste(case, "overlap", kind, side[[1]]), data, json, do.call(req, c(q, list(between = side[[1]]))), coef(k), SE(k), df, b[1], b[2])
  }
}
for (i in seq_along(designs3)) overlap(paste0("stages-", i), "stages.csv", designs3[[i]][[1]], designs3[[i]][[2]], d3, "v", "u")
overlap("calibrated", "calibrated.csv", cal[[2]][[1]], cal[[2]][[2]], d4, "v", "u")
overlap("rounds", "rounds.csv", "{\"weight\": \"w\", \"strata\": \"s\", \"clusters\": \"c\", \"nest\": true}", svydesign(~c, strata = ~s, weights = ~w, data = d6, nest = TRUE), d6, "v", "u")

writeLines(c(paste("case", "data", "design", "request", "estimate", "se", "df", "low", "high", sep = "\t"), unlist(rows)), file.path(dir, "cases.tsv"))
cat(length(rows), "cases\n")
