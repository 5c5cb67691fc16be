# Rscript make_many.R DIR [FIRST LAST SHARE]: writes invented samples of many designs and many.tsv, with what R 4.2.2 and survey
# 4.1-1 say of them: designs of one to three stages, lonely strata in five ways, calibration, replicates of five kinds.
suppressPackageStartupMessages(library(survey))
a <- commandArgs(TRUE); dir <- a[1]; from <- if (length(a) > 2) as.integer(a[2]) else 200; to <- if (length(a) > 2) as.integer(a[3]) else 210
share <- if (length(a) > 3) as.numeric(a[4]) else 0.35
rows <- list()
f <- function(x) if (length(x) == 0 || !is.finite(x[1])) "NA" else formatC(as.numeric(x[1]), digits = 17, format = "g", width = 1)
put <- function(case, data, design, request, est, se = NA, df = NA, low = NA, high = NA, deff = NA, deffr = NA, p = NA)
  rows[[length(rows) + 1]] <<- paste(c(case, data, design, request, f(est), f(se), f(df), f(low), f(high), f(deff), f(deffr), f(p)), collapse = "\t")
js1 <- function(v) if (is.logical(v)) tolower(v) else if (is.numeric(v)) formatC(v, digits = 17, format = "g", width=1) else paste0("\"", v, "\"")
req <- function(a) paste0("{", paste0("\"", names(a), "\": ", sapply(a, js1), collapse = ", "), "}")
arr <- function(v) paste0("[", paste0(sapply(v, js1), collapse = ", "), "]")
save_data <- function(d, name) write.csv(d, file.path(dir, name), row.names = FALSE, quote = FALSE, na = "")
kg <- function(p, se, n, df, al) { ne <- (if (se > 0) p * (1 - p) / se^2 else n) * (qt(1-al/2, n - 1) / qt(1-al/2, df))^2
  c(if (p <= 0) 0 else qbeta(al/2, ne * p, ne * (1 - p) + 1), if (p >= 1) 1 else qbeta(1-al/2, ne * p + 1, ne * (1 - p))) }
lg <- function(p, se, df, al) { t <- qt(1-al/2, df); c <- qlogis(p); h <- t*se/(p*(1-p)); plogis(c(c-h, c+h)) }
# svyciprop() fits each replicate: the interval is that of the logits of the replicates, unless all or none say yes in one of them.
lgr <- function(s, df, al) { y <- s$variables$yes; share <- function(w) colSums(as.matrix(w) * y) / colSums(as.matrix(w)); p <- share(weights(s, "analysis")); p0 <- share(weights(s, "sampling"))
  if (any(!is.finite(p) | p < 1e-9 | p > 1 - 1e-9)) return(NULL); se <- sqrt(as.numeric(svrVar(qlogis(p), s$scale, s$rscales, mse = s$mse, coef = qlogis(p0)))); plogis(qlogis(p0) + c(-1, 1) * qt(1-al/2, df) * se) }
# The smallest value at which the cumulated weight reaches the share. R's own "math" takes the second value where the first alone reaches it.
reach <- function(x, w, p) { x <- x[w > 0]; w <- w[w > 0]; i <- order(x); s <- cumsum(w[i]); x[i][which(s >= p * sum(w) * (1 - 1e-13))[1]] }
try2 <- function(e) tryCatch(e, error = function(x) NULL)
make <- function(nh, maxc, three, lonely, pair, wkind, drop) {
  out <- NULL
  for (h in seq_len(nh)) {
    nc <- if (pair) 2 else if (lonely && h == 1) 1 else sample(2:maxc, 1)
    Na <- nc + sample(0:30, 1)
    for (c in seq_len(nc)) {
      nb <- if (three) sample(2:4, 1) else sample(1:7, 1); Nb <- nb + sample(0:9, 1)
      for (b in seq_len(nb)) { k <- if (three) sample(2:4, 1) else 1; Nc <- k + sample(0:6, 1)
        for (i in seq_len(k)) out <- rbind(out, data.frame(h = paste0("h", h), a = paste0("a", h, "_", c), b = paste0("b", b), c = paste0("c", i), Na = Na, Nb = Nb, Nc = if (three) Nc else 1, ch = c, hh = h)) }
    }
  }
  n <- nrow(out)
  out$w <- switch(wkind, round(out$Na / out$Nb * 3 + runif(n), 6), round(rlnorm(n, 3, 1.5), 3), sample(c(0.5, 1, 2, 1e5), n, TRUE), round(runif(n, .001, .01), 9), rep(1, n))
  if (wkind == 2 && n > 10) out$w[sample(n, 2)] <- 0
  out$g <- sample(c("x", "y", "z"), n, TRUE, c(.5, .35, .15))
  out$k <- ifelse(out$ch %% 3 == 0, "p", "q")
  out$v <- round(rgamma(n, 2, .02) * (1 + .3 * out$hh) - 40, sample(0:3, 1))
  out$u <- round(abs(out$v) * runif(n, .2, .9) + 1, 1)
  out$t <- sample(c(1, 2, 2, 3, 3, 3, 5, 8), n, TRUE)
  out$yes <- as.numeric(runif(n) < .15 + .1 * out$hh %% 4)
  out$s <- sample(c("s1", "s2", "s3", "s4"), n, TRUE, c(.5, .3, .15, .05))
  out$v[runif(n) < drop] <- NA; out$yes[runif(n) < drop] <- NA; out$s[runif(n) < drop] <- NA; out$u[runif(n) < drop/2] <- NA
  out
}
dump <- function(d, name, W = NULL) { e <- transform(d, yes = ifelse(yes == 1, "yes", "no")); e$ch <- e$hh <- NULL; if (!is.null(W)) e <- cbind(e, W); save_data(e, name) }
ask <- function(case, data, json, des, d, lonelyish = FALSE, quick = FALSE, rep = FALSE) {
  for (dom in c("", "g=x", "g=z", "k=p", "g=y;k=q", "s=s1|s3")) {
    keep <- switch(dom, `g=x` = d$g == "x", `g=z` = d$g == "z", `k=p` = d$k == "p", `g=y;k=q` = d$g == "y" & d$k == "q", `s=s1|s3` = d$s %in% c("s1", "s3"), rep(TRUE, nrow(d)))
    where <- if (dom == "") list() else list(where = dom)
    al <- sample(c(.05, .1, .01, .32), 1); lev <- list(level = 1 - al)
    sub <- function(ok) if (all(ok)) des else subset(des, ok)
    one <- function(kind, q, ok, fun, ci = NULL, dd = TRUE) { s <- try2(sub(ok & keep)); if (is.null(s) || sum(ok & keep & d$w > 0) < 2) return()
      m <- try2(fun(s)); if (is.null(m)) return()
      df <- degf(s); e <- coef(m)[1]; se <- SE(m)[1]
      b <- if (df > 0) e + c(-1, 1) * qt(1 - al/2, df) * se else c(NA, NA)
      if (!is.null(ci)) b <- if (df > 0 && !is.na(se)) ci(e, se, sum(ok & keep & d$w > 0), df) else c(NA, NA)
      if (rep && kind == "share logit" && df > 0) { r <- lgr(s, df, al); if (!is.null(r)) b <- r }
      dr <- if (dd) try2(deff(fun(s, "replace"))) else NULL; d0 <- if (dd) try2(deff(fun(s, TRUE))) else NULL
      put(paste(case, kind, dom), data, json, req(c(q, where, lev)), e, se, df, b[1], b[2], if (length(d0)) d0[1] else NA, if (length(dr)) dr[1] else NA) }
    yv <- !is.na(d$v); yy <- !is.na(d$yes); ys <- !is.na(d$s); yu <- !is.na(d$u) & yv
    one("mean", list(question = "v", statistic = "mean"), yv, function(s, k = FALSE) svymean(~v, s, deff = k))
    one("total", list(question = "v", statistic = "total"), yv, function(s, k = FALSE) svytotal(~v, s, deff = k))
    one("ratio", list(question = "v", denominator = "u", statistic = "ratio"), yu, function(s, k = FALSE) svyratio(~v, ~u, s), dd = FALSE)
    one("share t", list(question = "yes", answer = "yes", statistic = "proportion", interval = "t"), yy, function(s, k = FALSE) svymean(~yes, s, deff = k))
    one("share total", list(question = "yes", answer = "yes", statistic = "total"), yy, function(s, k = FALSE) svytotal(~yes, s, deff = k))
    pp <- mean(d$yes[keep & yy & d$w > 0])
    if (!is.nan(pp)) {
      if (pp > 0 && pp < 1) one("share logit", list(question = "yes", answer = "yes", statistic = "proportion", interval = "logit"), yy, function(s, k = FALSE) svymean(~yes, s), function(e, se, n, df) if (se > 0) lg(e, se, df, al) else c(NA, NA), FALSE)
      one("share beta", list(question = "yes", answer = "yes", statistic = "proportion", interval = "beta"), yy, function(s, k = FALSE) svymean(~yes, s), function(e, se, n, df) if (se > 1e-12 || ((e < 1e-9 || e > 1-1e-9) && !startsWith(data, "spread"))) kg(e, if (se < 1e-12) 0 else se, n, df, al) else c(NA, NA), FALSE)
    }
    for (an in intersect(c("s2", "s4"), d$s)) one(paste("cat", an), list(question = "s", answer = an, statistic = "proportion", interval = "t"), ys, eval(bquote(function(s, k = FALSE) svymean(~I(as.numeric(s == .(an))), s, deff = k))))
    # quantiles
    if (!rep) for (q in c(.1, .25, .5, .77)) for (vv in c("v", "t")) { ok <- keep & !is.na(d[[vv]]) & d$w > 0; if (sum(ok) < 3) next
      s <- try2(sub(ok)); if (is.null(s)) next; df <- degf(s); if (df < 1) next
      r <- try2(svyquantile(as.formula(paste0("~", vv)), s, q, qrule = reach, alpha = al, df = df)[[1]]); if (is.null(r)) next
      put(paste(case, "quantile", vv, q, dom), data, json, req(c(list(question = vv, statistic = "quantile", probability = q), where, lev)), r[1], r[4], df, r[2], r[3]) }
    # differences
    if (!grepl("g", dom)) for (pr in c("mean", "total", "yes", "ratio")) {
      ok <- keep & (if (pr == "yes") yy else if (pr == "ratio") yu else yv) & d$g %in% c("x", "y"); if (any(table(factor(d$g[ok & d$w > 0], c("x", "y"))) < 2)) next
      s <- try2(sub(ok)); if (is.null(s)) next
      b <- try2(switch(pr, mean = svyby(~v, ~g, s, svymean, covmat = TRUE), total = svyby(~v, ~g, s, svytotal, covmat = TRUE), yes = svyby(~yes, ~g, s, svymean, covmat = TRUE), ratio = svyby(~v, ~g, denominator = ~u, s, svyratio, covmat = TRUE))); if (is.null(b)) next
      k <- try2(svycontrast(b, list(d = c(1, -1)))); if (is.null(k)) next; df <- degf(s); e <- coef(k); se <- SE(k); ci <- if (df > 0) e + c(-1, 1) * qt(1 - al/2, df) * se else c(NA, NA)
      q <- switch(pr, mean = list(question = "v", statistic = "mean"), total = list(question = "v", statistic = "total"), yes = list(question = "yes", answer = "yes", statistic = "proportion"), ratio = list(question = "v", denominator = "u", statistic = "ratio"))
      put(paste(case, "difference", pr, dom), data, json, req(c(q, list(by = "g", between = "x,y"), where, lev)), e, se, df, ci[1], ci[2]) }
    if (from >= 1000) {
      # quantiles with the other intervals
      if (!rep) for (it in c("xlogit", "beta")) for (q in c(.3, .5)) { ok <- keep & yv & d$w > 0; if (sum(ok) < 8) next
        s <- try2(sub(ok)); if (is.null(s)) next; df <- degf(s); if (df < 1) next
        r <- try2(suppressWarnings(svyquantile(~v, s, q, qrule = reach, interval.type = it, alpha = al, df = df)[[1]])); if (is.null(r)) next
        # rows of a calibrated design keep their place with weight 0: n of the beta interval is of the group (see the README)
        if (it == "beta" && nrow(s) != sum(ok)) next
        put(paste(case, "quantile", it, q, dom), data, json, req(c(list(question = "v", statistic = "quantile", probability = q, interval = if (it == "beta") "beta" else "logit"), where, lev)), r[1], NA, df, r[2], r[3]) }
      # groups of two questions, and a test of them
      if (dom %in% c("", "g=x") && !startsWith(data, "spread")) for (cc in c("yes", "s")) { ok <- keep & !is.na(d[[cc]]); if (startsWith(case, "cal") && !all(ok)) next
        s <- try2(sub(ok)); if (is.null(s) || any(d$w[ok] == 0) || length(unique(d[[cc]][ok])) < 2 || length(unique(paste(d$k, d$g)[ok])) < 2) next
        s <- update(s, aa = factor(get(cc)), bb = factor(paste(k, g))); t <- try2(svychisq(~aa + bb, s, statistic = "F")); if (is.null(t) || is.nan(t$statistic)) next
        put(paste(case, "chi-square two", cc, dom), data, json, req(c(list(question = cc, by = "k,g", statistic = "chi-square"), where)), t$statistic, NA, t$parameter[2], p = t$p.value) }
      # one of two groups that share rows against the other
      if (dom == "" && !rep && !startsWith(case, "rare")) for (pr in c("mean", "yes")) { yname <- if (pr == "yes") "yes" else "v"; ok <- !is.na(d[[yname]]); in1 <- d$g == "x" & ok; in2 <- d$k == "p" & ok
        if (sum(in1 & d$w > 0) < 2 || sum(in2 & d$w > 0) < 2 || is.null(try2(sub(in1 | in2)))) next
        y0 <- ifelse(ok, d[[yname]], 0); e <- update(des, na_ = in1 + 0, nb_ = in2 + 0, ya_ = in1 * y0, yb_ = in2 * y0)
        z <- try2(svytotal(~ya_ + na_ + yb_ + nb_, e)); if (is.null(z)) next
        k <- svycontrast(z, quote(ya_ / na_ - yb_ / nb_)); df <- degf(sub(in1 | in2)); al2 <- .05; ci <- if (df > 0) coef(k) + c(-1, 1) * qt(1 - al2/2, df) * SE(k) else c(NA, NA)
        q <- if (pr == "yes") list(question = "yes", answer = "yes", statistic = "proportion") else list(question = "v", statistic = "mean")
        put(paste(case, "overlap", pr), data, json, req(c(q, list(between = "g=x,k=p"))), coef(k), SE(k), if (startsWith(case, "cal")) NA else df, if (startsWith(case, "cal")) NA else ci[1], if (startsWith(case, "cal")) NA else ci[2]) }
    }
    # chi-square
    # weights 10^15 apart leave R's tests few digits, and its totals cancel in shares near 0 (see the README)
    if (dom %in% c("", "k=p", "g=x") && !startsWith(data, "spread")) for (cc in c("yes", "s")) for (by in c("g", "k")) { ok <- keep & !is.na(d[[cc]]); if (startsWith(case, "cal") && !all(ok)) next  # R counts the clusters of all rows there
      if (sum(ok & d$w > 0) < 10 || any(d$w[ok] == 0)) next
      s <- try2(sub(ok)); if (is.null(s)) next; if (length(unique(d[[cc]][ok])) < 2 || length(unique(d[[by]][ok])) < 2) next
      s <- update(s, aa = factor(get(cc)), bb = factor(get(by))); t <- try2(svychisq(~aa + bb, s, statistic = "F")); if (is.null(t) || is.nan(t$statistic)) next
      put(paste(case, "chi-square", cc, by, dom), data, json, req(c(list(question = cc, by = by, statistic = "chi-square"), where)), t$statistic, NA, t$parameter[2], p = t$p.value) }
  }
}
for (seed in from:to) {
  set.seed(7000 + seed); options(survey.lonely.psu = "fail", survey.adjust.domain.lonely = FALSE)
  kind <- c("taylor", "taylor3", "lonely", "cal", "jk1", "jkn", "brr", "fay", "boot", "cal2", "rao")[1 + seed %% 11]
  if (seed >= 1000) kind <- c("certain", "within", "calstages", "post", "rare", "spread", "jk1", "jkn", "taylor3")[1 + seed %% 9]
  data <- sprintf("%s-%03d.csv", kind, seed); drop <- sample(c(0, .08), 1)
  opt <- function(rule) options(survey.lonely.psu = rule)
  T <- function(x) paste0("{", paste0("\"", names(x), "\": ", sapply(x, js1), collapse = ", "), "}")
  if (kind == "certain") { # strata, and units of the first stage, that are drawn whole
    d <- make(sample(2:5, 1), 6, TRUE, FALSE, FALSE, sample(5, 1), drop); nc <- ave(as.numeric(factor(d$a)), d$h, FUN = function(x) length(unique(x)))
    d$Na <- ifelse(d$hh %% 2 == 1, nc, d$Na); nb <- ave(as.numeric(factor(paste(d$a, d$b))), d$a, FUN = function(x) length(unique(x))); d$Nb <- ifelse(d$ch %% 2 == 1, nb, d$Nb); dump(d, data)
    ask(paste0("certain1-", seed), data, "{\"weight\": \"w\", \"strata\": \"h\", \"clusters\": \"a\", \"fpc\": \"Na\"}", svydesign(~a, strata = ~h, weights = ~w, fpc = ~Na, data = d), d)
    ask(paste0("certain3-", seed), data, "{\"weight\": \"w\", \"strata\": \"h\", \"clusters\": [\"a\", \"b\", \"c\"], \"fpc\": [\"Na\", \"Nb\", \"Nc\"]}", svydesign(~a + b + c, strata = ~h, weights = ~w, fpc = ~Na + Nb + Nc, data = d, nest = TRUE), d)
  } else if (kind == "within") { # units alone within a unit of the first stage, or in their stratum there
    d <- make(sample(2:4, 1), 4, TRUE, FALSE, FALSE, sample(5, 1), drop); d <- d[d$ch != 2 | d$b == "b1", ]; d$b2 <- ifelse(d$b == "b1", "u", "v"); d$Nb <- 40; dump(d, data)
    for (rule in c("remove", "certainty", "adjust", "average")) { opt(rule)
      ask(paste0("within-", rule, seed), data, paste0("{\"weight\": \"w\", \"strata\": \"h\", \"clusters\": [\"a\", \"b\"], \"fpc\": [\"Na\", \"Nb\"], \"lonely\": \"", rule, "\"}"), svydesign(~a + b, strata = ~h, weights = ~w, fpc = ~Na + Nb, data = d, nest = TRUE), d)
      ask(paste0("within-strata-", rule, seed), data, paste0("{\"weight\": \"w\", \"strata\": [\"h\", \"b2\"], \"clusters\": [\"a\", \"b\"], \"fpc\": [\"Na\", \"Nb\"], \"lonely\": \"", rule, "\"}"), svydesign(~a + b, strata = ~h + b2, weights = ~w, fpc = ~Na + Nb, data = d, nest = TRUE), d) }
  } else if (kind %in% c("calstages", "post")) { # calibrated samples of two stages with populations; a single margin is post-stratification
    d <- make(sample(2:4, 1), 7, kind == "calstages", FALSE, FALSE, sample(c(1, 3, 4, 5), 1), drop); d$z <- round(runif(nrow(d), 1, 9), 2); dump(d, data)
    des <- svydesign(~a + b, strata = ~h, weights = ~w, fpc = ~Na + Nb, data = d, nest = TRUE); js <- "\"weight\": \"w\", \"strata\": \"h\", \"clusters\": [\"a\", \"b\"], \"fpc\": [\"Na\", \"Nb\"]"
    tg <- tapply(d$w, d$g, sum) * runif(length(unique(d$g)), .8, 1.25); tz <- sum(d$w * d$z) * sum(tg) / sum(d$w) * runif(1, .97, 1.03)
    if (kind == "post") ask(paste0("cal-post", seed), data, paste0("{", js, ", \"calibrate\": {\"method\": \"linear\", \"tolerance\": 1e-12, \"totals\": {\"g\": ", T(tg), "}}}"), postStratify(des, ~g, data.frame(g = names(tg), Freq = as.numeric(tg))), d)
    else for (m in c("linear", "raking", "bounded")) {
      cal <- try2(suppressWarnings(calibrate(des, ~g + z - 1, c(setNames(as.numeric(tg), paste0("g", names(tg))), z = tz), calfun = if (m == "raking") "raking" else "linear", bounds = if (m == "bounded") c(.6, 1.6) else c(-Inf, Inf), epsilon = 1e-12))); if (is.null(cal)) next
      ask(paste0("cal-stages-", m, seed), data, paste0("{", js, ", \"calibrate\": {\"method\": \"", if (m == "raking") "raking" else "linear", "\", \"tolerance\": 1e-12", if (m == "bounded") ", \"bounds\": [0.6, 1.6]" else "", ", \"totals\": {\"g\": ", T(tg), ", \"z\": ", js1(tz), "}}}"), cal, d) }
  } else if (kind %in% c("rare", "spread")) { # one or two say yes, or all but those; weights from 10^-6 to 10^9
    d <- make(sample(2:5, 1), 8, FALSE, FALSE, FALSE, if (kind == "rare") sample(c(1, 3, 5), 1) else 1, drop); n <- nrow(d)
    d$yes[!is.na(d$yes)] <- seed %% 2; d$yes[sample(which(!is.na(d$yes)), 1 + seed %% 3 %/% 2)] <- 1 - seed %% 2
    if (kind == "spread") d$w <- signif(10 ^ runif(n, -6, 9), 5)
    dump(d, data)
    ask(paste0("rare-", seed), data, "{\"weight\": \"w\", \"strata\": \"h\", \"clusters\": \"a\"}", svydesign(~a, strata = ~h, weights = ~w, data = d), d)
    ask(paste0("rare-fpc-", seed), data, "{\"weight\": \"w\", \"strata\": \"h\", \"clusters\": \"a\", \"fpc\": \"Na\"}", svydesign(~a, strata = ~h, weights = ~w, fpc = ~Na, data = d), d)
    ask(paste0("rare-rows-", seed), data, "{\"weight\": \"w\"}", svydesign(~1, weights = ~w, data = d), d)
  } else if (kind == "taylor") {
    d <- make(sample(1:6, 1), 8, FALSE, FALSE, FALSE, sample(5, 1), drop); dump(d, data)
    ask(paste0("srs-", seed), data, "{\"weight\": \"w\"}", svydesign(~1, weights = ~w, data = d), d)
    ask(paste0("str-", seed), data, "{\"weight\": \"w\", \"strata\": \"h\", \"clusters\": \"a\", \"fpc\": \"Na\"}", svydesign(~a, strata = ~h, weights = ~w, fpc = ~Na, data = d), d)
    ask(paste0("two-", seed), data, "{\"weight\": \"w\", \"strata\": \"h\", \"clusters\": [\"a\", \"b\"], \"fpc\": [\"Na\", \"Nb\"]}", try2(svydesign(~a + b, strata = ~h, weights = ~w, fpc = ~Na + Nb, data = d, nest = TRUE)), d)
    ask(paste0("wr-", seed), data, "{\"weight\": \"w\", \"strata\": \"h\", \"clusters\": [\"a\", \"b\"]}", svydesign(~a + b, strata = ~h, weights = ~w, data = d, nest = TRUE), d)
  } else if (kind == "taylor3") {
    d <- make(sample(1:4, 1), 5, TRUE, FALSE, FALSE, sample(5, 1), drop); dump(d, data)
    ask(paste0("three-", seed), data, "{\"weight\": \"w\", \"strata\": \"h\", \"clusters\": [\"a\", \"b\", \"c\"], \"fpc\": [\"Na\", \"Nb\", \"Nc\"]}", svydesign(~a + b + c, strata = ~h, weights = ~w, fpc = ~Na + Nb + Nc, data = d, nest = TRUE), d)
    d2 <- d; nc <- aggregate(c ~ a + b, unique(d[c("a", "b", "c")]), length); names(nc)[3] <- "m"; d2 <- merge(d2, nc, sort = FALSE); d2$Nc <- d2$m + 2; d2$fa <- round(ave(as.numeric(factor(d2$a)), d2$h, FUN = function(x) length(unique(x))) / d2$Na, 15); d2$fc <- d2$m / d2$Nc; d2$m <- NULL
    dump(d2, sub("taylor3", "strata2", data))
    ask(paste0("strb-", seed), sub("taylor3", "strata2", data), "{\"weight\": \"w\", \"strata\": [\"h\", \"b\"], \"clusters\": [\"a\", \"c\"], \"fpc\": [\"Na\", \"Nc\"]}", try2(svydesign(~a + c, strata = ~h + b, weights = ~w, fpc = ~Na + Nc, data = d2, nest = TRUE)), d2)
    ask(paste0("frac-", seed), sub("taylor3", "strata2", data), "{\"weight\": \"w\", \"strata\": \"h\", \"clusters\": \"a\", \"fpc\": \"fa\"}", try2(svydesign(~a, strata = ~h, weights = ~w, fpc = ~fa, data = d2, nest = TRUE)), d2)
    ask(paste0("none-", seed), sub("taylor3", "strata2", data), "{\"strata\": \"h\", \"clusters\": \"a\"}", try2(svydesign(~a, strata = ~h, weights = ~1, data = transform(d2, w = 1), nest = TRUE)), transform(d2, w = 1))
  } else if (kind == "lonely" || kind == "rao") {
    d <- make(sample(2:5, 1), 4, FALSE, TRUE, FALSE, sample(5, 1), drop); dump(d, data)
    for (rule in c("remove", "certainty", "adjust", "average", "fail")) for (within in c(FALSE, TRUE)) { options(survey.lonely.psu = rule, survey.adjust.domain.lonely = within)
      fp <- kind == "rao"
      des <- if (fp) svydesign(~a, strata = ~h, weights = ~w, fpc = ~Na, data = d) else svydesign(~a, strata = ~h, weights = ~w, data = d)
      ask(paste0("lonely-", rule, "-", within, "-", fp, seed), data, paste0("{\"weight\": \"w\", \"strata\": \"h\", \"clusters\": \"a\", ", if (fp) "\"fpc\": \"Na\", ", "\"lonely\": \"", rule, "\", \"lonelyDomain\": ", tolower(within), "}"), des, d) }
  } else if (kind %in% c("cal", "cal2")) {
    d <- make(sample(2:4, 1), 8, FALSE, FALSE, FALSE, sample(c(1, 3, 4, 5), 1), drop); d$z <- round(runif(nrow(d), 1, 9), 2); dump(d, data)
    des <- svydesign(~a, strata = ~h, weights = ~w, data = d); tot <- sum(d$w)
    tg <- tapply(d$w, d$g, sum) * runif(3, .8, 1.25); tk <- tapply(d$w, d$k, sum) ; tk <- tk / sum(tk) * sum(tg) * runif(length(tk), .97, 1.03); tk <- tk / sum(tk) * sum(tg)
    tz <- sum(d$w * d$z) * sum(tg) / tot * runif(1, .95, 1.05)
    T <- function(x) paste0("{", paste0("\"", names(x), "\": ", sapply(x, js1), collapse = ", "), "}")
    if (length(tk) == 2) { pop <- c(`(Intercept)` = sum(tg), gy = tg[["y"]], gz = tg[["z"]], kq = tk[["q"]]); fo <- ~g + k; te <- paste0("{\"g\": ", T(tg), ", \"k\": ", T(tk)) } else { pop <- c(`(Intercept)` = sum(tg), gy = tg[["y"]], gz = tg[["z"]]); fo <- ~g; te <- paste0("{\"g\": ", T(tg)) }
    if (kind == "cal2") { pop <- c(pop, z = tz); fo <- update(fo, ~ . + z); te <- paste0(te, ", \"z\": ", js1(tz)) }
    te <- paste0(te, "}")
    for (m in c("linear", "raking", "bounded", "boundedrake")) { b <- if (grepl("bounded", m)) c(.5, 1.8) else c(-Inf, Inf)
      cal <- try2(suppressWarnings(calibrate(des, fo, pop, calfun = if (grepl("rak", m)) "raking" else "linear", bounds = b, epsilon = 1e-12))); if (is.null(cal)) next
      ask(paste0("cal-", m, seed), data, paste0("{\"weight\": \"w\", \"strata\": \"h\", \"clusters\": \"a\", \"calibrate\": {\"method\": \"", if (grepl("rak", m)) "raking" else "linear", "\", \"tolerance\": 1e-12", if (b[1] > 0) ", \"bounds\": [0.5, 1.8]" else "", ", \"totals\": ", te, "}}"), cal, d) }
  } else {
    d <- make(if (kind == "brr" || kind == "fay") sample(2:6, 1) else sample(2:4, 1), 6, FALSE, FALSE, kind %in% c("brr", "fay"), sample(c(1, 3, 5), 1), drop)
    base <- if (kind == "jk1") svydesign(~a, weights = ~w, data = d) else if (kind == "jkn") svydesign(~a, strata = ~h, weights = ~w, fpc = ~Na, data = d) else svydesign(~a, strata = ~h, weights = ~w, data = d)
    rho <- .3
    r <- switch(kind, jk1 = as.svrepdesign(base, type = "JK1"), jkn = as.svrepdesign(base, type = "JKn", fpc = NULL), brr = as.svrepdesign(base, type = "BRR"), fay = as.svrepdesign(base, type = "Fay", fay.rho = rho), boot = as.svrepdesign(base, type = sample(c("bootstrap", "subbootstrap"), 1), replicates = 40))
    comb <- seed %% 2 == 0; W <- round(weights(r, if (comb) "analysis" else "replication"), 9); colnames(W) <- paste0("rw", seq_len(ncol(W))); mse <- sample(c(TRUE, FALSE), 1)
    dump(d, data, W)
    ty <- switch(kind, jk1 = "JK1", jkn = "JKn", brr = "BRR", fay = "Fay", boot = "bootstrap")
    again <- if (kind == "fay") svrepdesign(data = d, weights = d$w, repweights = W, type = "Fay", rho = rho, combined.weights = comb, mse = mse) else if (kind == "brr") svrepdesign(data = d, weights = d$w, repweights = W, type = "BRR", combined.weights = comb, mse = mse) else if (kind == "jk1") svrepdesign(data = d, weights = d$w, repweights = W, type = "JK1", scale = (ncol(W) - 1) / ncol(W), rscales = rep(1, ncol(W)), combined.weights = comb, mse = mse) else svrepdesign(data = d, weights = d$w, repweights = W, type = "other", scale = r$scale, rscales = r$rscales, combined.weights = comb, mse = mse)
    json <- paste0("{\"weight\": \"w\", \"replicates\": {\"type\": \"", ty, "\", \"columns\": \"rw*\", \"combined\": ", tolower(comb), ", \"mse\": ", tolower(mse), if (kind == "fay") ", \"rho\": 0.3" else "", if (kind %in% c("jkn", "boot")) paste0(", \"scale\": ", js1(r$scale), ", \"rscales\": ", arr(r$rscales)) else "", "}}")
    ask(paste0(kind, "-", seed, if (mse) "-mse" else ""), data, json, again, d, rep = TRUE)
  }
}
set.seed(1); rows <- unlist(rows)[sort(sample(length(rows), ceiling(share * length(rows))))]
writeLines(c(paste("case", "data", "design", "request", "estimate", "se", "df", "low", "high", "deff", "deff_replace", "p_value", sep = "\t"), rows), file.path(dir, if (from >= 1000) "more.tsv" else "many.tsv"))
cat(length(rows), "cases\n")
