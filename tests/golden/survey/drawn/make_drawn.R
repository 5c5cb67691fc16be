# Rscript make_drawn.R DIR [FROM TO SHARE]: writes invented samples drawn at random, and drawn.tsv with what R 4.2.2 and survey 4.1-1 say of
# a share of the questions asked of them: each group by itself (subset), intervals by svyciprop and svyquantile.
suppressPackageStartupMessages(library(survey)); library(jsonlite)
a <- commandArgs(TRUE); dir <- a[1]; FROM <- if (length(a) > 1) as.integer(a[2]) else 7; TO <- if (length(a) > 2) as.integer(a[3]) else 13
SHARE <- if (length(a) > 3) as.numeric(a[4]) else 0.25
FIELDS <- c("n", "estimate", "se", "df", "low", "high", "deff", "deff_replace", "p_value"); rows <- character()
num <- function(x) if (length(x) == 0 || is.na(x[1]) || !is.finite(x[1])) NULL else as.numeric(x[1])
put <- function(kind, data, design, req, domain = "", answer = "", ...) {
  v <- list(...); js <- function(x) toJSON(x, auto_unbox = TRUE, digits = I(17), null = "null"); design$questions <- NULL
  rows <<- c(rows, paste(c(kind, data, js(design), js(req), domain, answer, sapply(FIELDS, function(f) { x <- num(v[[f]]); if (is.null(x)) "NA" else formatC(x, digits = 17, format = "g", width = 1) })), collapse = "\t"))
}
try2 <- function(e) suppressWarnings(tryCatch(e, error = function(x) NULL))
gen <- function(lone, wk, drop, big) {
  H <- sample(3:7, 1); out <- list()
  for (h in 1:H) { k <- if (lone && h <= sample(1:2, 1)) 1 else sample(2:big, 1); N <- k + sample(c(0, 0, 3, 20), 1)
    for (cl in 1:k) { m <- sample(1:7, 1); M <- m + sample(c(0, 0, 2, 15), 1)
      out[[length(out) + 1]] <- data.frame(dist = sprintf("D%d", h), vill = sprintf("V%d-%d", h, cl), hh = sprintf("%d", seq_len(m)), Nv = N, Mh = M, h = h, cl = cl) } }
  d <- do.call(rbind, out); n <- nrow(d)
  d$w <- switch(wk, rep(1, n), round(runif(n, 1, 60), 3), signif(10^runif(n, -4, 6), 4), (d$Nv / ave(d$cl, d$dist, FUN = max)) * d$Mh, sample(c(0, 1, 3.5), n, TRUE, c(.1, .5, .4)))
  d$sex <- sample(c("F", "M"), n, TRUE, c(.6, .4))
  d$ethn <- ifelse(d$h == 1, "only1", sample(c("A", "B", "C"), n, TRUE, c(.6, .35, .05)))     # empty in a stratum
  d$village1 <- ifelse(d$cl == 1, "one", "more")                                          # a single cluster of each stratum
  d$size <- sample(1:6, n, TRUE)
  d$inc <- round(rlnorm(n, 5, 1) * (1 + d$h / 5), sample(c(0, 2), 1)); d$kids <- sample(c(0, 0, 0, 1, 2), n, TRUE); d$kids[d$ethn == "C"] <- 0
  d$debt <- ifelse(runif(n) < .1 + .1 * (d$h %% 3), "yes", "no"); d$all <- "yes"; d$none <- "no"; d$rare <- ifelse(seq_len(n) == sample(n, 1), "yes", "no")
  d$src <- sample(c("tap", "well", "river", "truck"), n, TRUE, c(.5, .3, .15, .05))
  for (v in c("inc", "debt", "src", "kids", "size", "rare", "all")) d[[v]][runif(n) < drop] <- NA
  for (o in c("food", "water", "cash")) d[[paste0("n_", o)]] <- rbinom(n, 1, c(food = .6, water = .3, cash = .05)[[o]])
  miss <- runif(n) < drop; d[miss, c("n_food", "n_water", "n_cash")] <- NA
  d
}
dump <- function(d, name, W = NULL) {
  e <- d; e$needs <- ifelse(is.na(e$n_food), "", trimws(paste0(ifelse(e$n_food == 1, "food ", ""), ifelse(e$n_water == 1, "water ", ""), ifelse(e$n_cash == 1, "cash", ""))))
  # nobody named anything: is a set without members; here such rows are written as 0/1 columns too
  for (o in c("food", "water", "cash")) e[[paste0("multi/", o)]] <- e[[paste0("n_", o)]]
  e$n_food <- e$n_water <- e$n_cash <- e$h <- e$cl <- NULL; if (!is.null(W)) e <- cbind(e, W)
  write.csv(e, file.path(dir, name), row.names = FALSE, quote = TRUE, na = "")
}
yn <- list(answers = list(yes = "Yes", no = "No")); questions <- list(debt = yn, all = yn, none = yn, rare = yn, src = list(answers = list(tap = "Tap", well = "Well", river = "River", truck = "Truck")), inc = list(type = "number"), kids = list(type = "number"), size = list(type = "number"))
# A replicate in which all or none say yes has no logit: R stops where its iteration does.
no_logit <- function(s, v, an) { if (!inherits(s, "svyrep.design")) return(FALSE); W <- weights(s, "analysis"); p <- colSums(W * (s$variables[[v]] == an)) / colSums(W); any(is.nan(p) | p < 1e-9 | p > 1 - 1e-9) }
reach <- function(x, w, p) { x <- x[w > 0]; w <- w[w > 0]; i <- order(x); s <- cumsum(w[i]); x[i][which(s >= p * sum(w) * (1 - 1e-13))[1]] }
ask <- function(kind, data, dj, des, d, rep = FALSE, cal = FALSE, wide = FALSE) {
  if (is.null(des)) return()
  dj$questions <- questions
  wpos <- d$w > 0
  wheres <- list(list(NULL, rep(TRUE, nrow(d))), list("village1=one", d$village1 == "one"), list("ethn=B|C", d$ethn %in% c("B", "C")), list("sex=F;village1=more", d$sex == "F" & d$village1 == "more"), list("ethn=only1", d$ethn == "only1"))
  for (wi in sample(seq_along(wheres), 2)) { wq <- wheres[[wi]][[1]]; wk <- wheres[[wi]][[2]]
    byn <- sample(c("", "sex", "ethn", "dist"), 1); level <- sample(c(.95, .9, .99), 1)
    groups <- if (byn == "") list(list("", rep(TRUE, nrow(d)))) else lapply(sort(unique(d[[byn]][wk])), function(g) list(paste0(byn, "=", g), d[[byn]] == g))
    base <- list(level = level); if (!is.null(wq)) base$where <- wq; if (byn != "") base$by <- byn
    for (g in groups) { keep <- wk & g[[2]]
      sub <- function(v) { ok <- keep & !is.na(d[[v]]); if (sum(ok & wpos) < 1) return(NULL); try2(if (all(ok)) des else subset(des, ok)) }
      run <- function(k, v, req, f, ci = "t", ans = "") {
        s <- sub(v); if (is.null(s)) return(); m <- try2(f(s)); if (is.null(m)) return()
        df <- degf(s); e <- coef(m)[1]; se <- SE(m)[1]; al <- 1 - level; n <- sum(keep & !is.na(d[[v]]) & wpos)
        lo <- hi <- NULL; fm <- NULL
        if (is.function(ci)) { b <- if (df > 0) try2(ci(s, al, df)) else NULL; if (!is.null(b)) { lo <- b[1]; hi <- b[2] } }
        else if (df > 0) { lo <- e - qt(1 - al / 2, df) * se; hi <- e + qt(1 - al / 2, df) * se }
        dr <- try2(deff(f(s, "replace"))); d0 <- try2(deff(f(s, TRUE))); if (is.na(se) || se < 1e-10 * abs(e) || se == 0) dr <- d0 <- NULL; if (length(d0) && is.finite(d0) && d0 < 0) d0 <- NULL
        put(paste(kind, k), data, dj, c(req, base), g[[1]], ans, n = n, estimate = e, se = se, df = df, low = lo, high = hi, deff_replace = dr, deff = d0) }
      for (v in c("inc", "size")) { fo <- as.formula(paste0("~", v))
        run("mean", v, list(question = v, statistic = "mean"), function(s, k = FALSE) svymean(fo, s, deff = k))
        run("total", v, list(question = v, statistic = "total"), function(s, k = FALSE) svytotal(fo, s, deff = k)) }
      # ratio with zeros below the line
      { ok <- keep & !is.na(d$inc) & !is.na(d$kids); if (sum(ok & wpos) > 0 && sum(d$kids[ok] * d$w[ok]) > 0) { s <- try2(if (all(ok)) des else subset(des, ok)); m <- if (!is.null(s)) try2(svyratio(~inc, ~kids, s)); if (!is.null(m)) { df <- degf(s); e <- coef(m); se <- SE(m); q <- if (df > 0) qt(1 - (1 - level) / 2, df) else NA
        put(paste(kind, "ratio"), data, dj, c(list(question = "inc", statistic = "ratio", denominator = "kids"), base), g[[1]], "", n = sum(ok & wpos), estimate = e, se = se, df = df, low = e - q * se, high = e + q * se) } } }
      for (v in c("debt", "src", "all", "none", "rare")) for (an in if (v == "src") c("tap", "truck", "well") else "yes") {
        it <- sample(c("logit", "beta", "t"), 1, prob = c(2, 2, 1)); d$ind_ <- ifelse(is.na(d[[v]]), NA, as.numeric(d[[v]] == an)); 
        f1 <- eval(bquote(function(s, k = FALSE) svymean(~I(as.numeric(.(as.name(v)) == .(an))), s, deff = k)))
        p <- { o <- keep & !is.na(d[[v]]) & wpos; if (any(o)) weighted.mean(d$ind_[o], d$w[o]) else NA }
        edge <- is.na(p) || p < 1e-12 || p > 1 - 1e-12
        ci <- if (it == "t") "t" else if (it == "beta" || edge) function(s, al, df) { m <- f1(s); e <- coef(m)[1]; se <- SE(m)[1]; if (is.na(se) || (!edge && se < 1e-12)) return(c(NA, NA)); ns <- sum(o); ne <- if (edge) ns else e * (1 - e) / se^2; ne <- ne * (qt(al / 2, ns - 1) / qt(al / 2, df))^2
              c(if (e <= 1e-12) 0 else qbeta(al / 2, ne * e, ne * (1 - e) + 1), if (e >= 1 - 1e-12) 1 else qbeta(1 - al / 2, ne * e + 1, ne * (1 - e))) }
            else eval(bquote(function(s, al, df) { if (SE(f1(s))[1] < 1e-12 || df == 1 || wide || no_logit(s, .(v), .(an))) return(c(NA, NA)); confint(svyciprop(~I(as.numeric(.(as.name(v)) == .(an))), s, method = "logit", level = 1 - al, df = df)) }))
        run(paste("prop", v, it), v, list(question = v, statistic = "proportion", answer = an, interval = it), f1, ci, an)
        if (v %in% c("debt", "src")) run(paste("count", v), v, list(question = v, statistic = "total", answer = an), eval(bquote(function(s, k = FALSE) svytotal(~I(as.numeric(.(as.name(v)) == .(an))), s, deff = k))), "t", an) }
      for (o in c("food", "cash")) { v <- paste0("n_", o); run(paste("multi", o), v, list(question = "multi", statistic = "proportion", answer = o, interval = "t"), eval(bquote(function(s, k = FALSE) svymean(~.(as.name(v)), s, deff = k))), "t", o) }
      # quantiles of ties
      if (!rep) for (v in c("size", "inc")) { it <- sample(c("mean", "beta", "xlogit"), 1); p <- sample(c(.1, .25, .5, .75, .9), 1); s <- sub(v); if (!is.null(s) && degf(s) > 0 && sum(keep & !is.na(d[[v]]) & wpos) > 2) { df <- degf(s)
        if (it == "beta" && nrow(s) != sum(keep & !is.na(d[[v]]) & wpos)) next
        share <- try2(svymean(as.formula(paste0("~I(as.numeric(", v, " <= ", format(reach(s$variables[[v]], weights(s, "sampling"), p), digits = 15), "))")), s))
        if (is.null(share) || coef(share)[1] > 1 - 1e-9 || !isTRUE(SE(share)[1] > 1e-12)) next # at the largest value, or of all that there are
        r <- try2(svyquantile(as.formula(paste0("~", v)), s, p, qrule = reach, interval.type = it, alpha = 1 - level, df = df)[[1]])
        if (!is.null(r)) put(paste(kind, "quantile", it), data, dj, c(list(question = v, statistic = "quantile", probability = p, interval = c(mean = "t", beta = "beta", xlogit = "logit")[[it]]), base), g[[1]], "", estimate = r[1], low = r[2], high = r[3], se = if (it == "mean") r[4]) } }
    }
    # differences: every pair with the first group
    if (byn != "" && length(groups) > 1) for (v in c("inc", "debt", "src")) {
      an <- c(debt = "yes", src = "well")[v]; ok <- wk & !is.na(d[[v]]); lv <- sort(unique(d[[byn]][ok & wpos])); if (length(lv) < 2) next; if (!identical(lv, sort(unique(d[[byn]][wk])))) next
      fo <- if (v == "inc") ~inc else eval(bquote(~I(as.numeric(.(as.name(v)) == .(unname(an))))))
      for (j in 2:length(lv)) {
        two <- ok & d[[byn]] %in% lv[c(1, j)]; s2 <- try2(if (all(two)) des else subset(des, two)); if (is.null(s2)) next
        b <- try2(svyby(fo, as.formula(paste0("~", byn)), s2, svymean, covmat = TRUE)); if (is.null(b) || nrow(b) != 2) next; k <- try2(svycontrast(b, list(d = c(-1, 1)))); if (is.null(k)) next; df <- degf(s2); e <- coef(k); se <- SE(k); q <- if (df > 0) qt(1 - (1 - level) / 2, df) else NA
        put(paste(kind, "difference", v), data, dj, c(list(question = v, statistic = if (v == "inc") "mean" else "proportion", between = "*"), if (v != "inc") list(answer = unname(an)), base), paste0(byn, "=", lv[j], " - ", byn, "=", lv[1]), if (v == "inc") "" else unname(an), estimate = e, se = se, df = df, low = e - q * se, high = e + q * se) } }
    # test
    if (byn != "" && !wide) for (v in c("debt", "src")) { ok <- wk & !is.na(d[[v]]); if (cal && !all(ok)) next; s <- try2(if (all(ok)) des else subset(des, ok)); if (is.null(s) || any(d$w[ok] == 0)) next; if (length(unique(d[[byn]][ok])) < 2 || length(unique(d[[v]][ok])) < 2) next
      s <- update(s, aa = factor(get(v)), bb = factor(get(byn))); t <- try2(svychisq(~aa + bb, s, statistic = "F")); if (is.null(t) || is.nan(t$statistic)) next
      b2 <- base; b2$level <- NULL
      put(paste(kind, "chisq", v), data, dj, c(list(question = v, statistic = "chi-square"), b2), "", "", estimate = t$statistic, df = t$parameter[2], p_value = t$p.value) }
  }
}
for (seed in FROM:TO) { set.seed(910000 + seed); options(survey.lonely.psu = "fail", survey.adjust.domain.lonely = FALSE)
  kind <- c("lonely", "stages", "whole", "repl", "calib", "wide", "edge")[1 + seed %% 7]; data <- sprintf("%s%d.csv", kind, seed); drop <- sample(c(0, .1, .3), 1)
  if (kind == "lonely") { d <- gen(TRUE, sample(5, 1), drop, 3); dump(d, data)
    for (r in c("remove", "certainty", "adjust", "average")) for (dl in c(FALSE, TRUE)) { options(survey.lonely.psu = r, survey.adjust.domain.lonely = dl)
      ask(paste("lonely", r, dl), data, list(weight = "w", strata = "dist", clusters = I("vill"), lonely = r, lonelyDomain = dl), svydesign(~vill, strata = ~dist, weights = ~w, data = d), d)
      ask(paste("lonely-fpc", r, dl), data, list(weight = "w", strata = "dist", clusters = I(c("vill", "hh")), fpc = I(c("Nv", "Mh")), lonely = r, lonelyDomain = dl), svydesign(~vill + hh, strata = ~dist, weights = ~w, fpc = ~Nv + Mh, data = d, nest = TRUE), d) } }
  if (kind == "stages") { d <- gen(FALSE, sample(5, 1), drop, 6); dump(d, data); options(survey.lonely.psu = "remove")
    ask("two", data, list(weight = "w", strata = "dist", clusters = I(c("vill", "hh")), fpc = I(c("Nv", "Mh")), lonely = "remove"), svydesign(~vill + hh, strata = ~dist, weights = ~w, fpc = ~Nv + Mh, data = d, nest = TRUE), d)
    ask("two-nostrata", data, list(weight = "w", clusters = I(c("vill", "hh")), fpc = I(c("P", "Mh")), lonely = "remove"), { d$P <- 400; dump(d, data); svydesign(~vill + hh, weights = ~w, fpc = ~P + Mh, data = d, nest = TRUE) }, d) }
  if (kind == "whole") { d <- gen(FALSE, sample(5, 1), drop, 6); d$F <- nrow(d); d$F2 <- ave(d$cl, d$dist, FUN = length); d$F3 <- ifelse(d$h == 1, d$F2, d$F2 + 5); dump(d, data)
    ask("census", data, list(weight = "w", fpc = "F"), svydesign(~1, weights = ~w, fpc = ~F, data = d), d)
    ask("census-strata", data, list(weight = "w", strata = "dist", fpc = "F3"), svydesign(~1, strata = ~dist, weights = ~w, fpc = ~F3, data = d), d) }
  if (kind == "repl") { d <- gen(FALSE, sample(c(1, 2, 4), 1), drop, 4); ty <- sample(c("JK1", "JKn", "bootstrap", "subbootstrap", "mrbbootstrap", "sdr", "BRR", "Fay"), 1)
    if (ty %in% c("BRR", "Fay")) d <- d[d$cl <= 2, ]
    base <- if (ty == "JK1") svydesign(~vill, weights = ~w, data = d) else if (ty == "mrbbootstrap") svydesign(~vill + hh, strata = ~dist, weights = ~w, fpc = ~Nv + Mh, data = d, nest = TRUE) else svydesign(~vill, strata = ~dist, weights = ~w, data = d)
    r <- try2(if (ty == "sdr") NULL else if (ty == "Fay") as.svrepdesign(base, type = "Fay", fay.rho = .5) else if (ty %in% c("JK1", "JKn", "BRR")) as.svrepdesign(base, type = ty) else as.svrepdesign(base, type = ty, replicates = 24))
    W <- if (is.null(r)) matrix(round(d$w * matrix(sample(c(.3, 1, 1.7), nrow(d) * 20, TRUE), nrow(d)), 6), nrow(d)) else round(as.matrix(weights(r, "analysis")), 8)
    comb <- sample(c(TRUE, FALSE), 1); if (!comb && !is.null(r)) W <- round(as.matrix(weights(r, "replication")), 8); if (is.null(r)) comb <- TRUE
    colnames(W) <- paste0("rep", seq_len(ncol(W))); dump(d, data, W); R <- ncol(W)
    scs <- list(list(if (is.null(r)) 4 / R else r$scale, if (is.null(r)) rep(1, R) else rep_len(r$rscales, R)), list(signif(runif(1, .01, 1), 4), signif(runif(R, 0, 2), 4)))
    for (mse in c(TRUE, FALSE)) for (sc in scs) { again <- svrepdesign(data = d, weights = d$w, repweights = W, type = "other", scale = sc[[1]], rscales = sc[[2]], combined.weights = comb, mse = mse)
      nm <- if (ty %in% c("JK1", "JKn", "bootstrap")) ty else if (ty %in% c("BRR", "Fay")) "bootstrap" else "bootstrap"
      ask(paste("repl", ty, mse), data, list(weight = "w", replicates = list(type = nm, columns = "rep*", combined = comb, mse = mse, scale = sc[[1]], rscales = I(sc[[2]]))), again, d, rep = TRUE) }
    if (ty %in% c("JK1", "BRR", "Fay")) for (mse in c(TRUE, FALSE)) { again <- if (ty == "JK1") svrepdesign(data = d, weights = d$w, repweights = W, type = "JK1", scale = (R - 1) / R, rscales = rep(1, R), combined.weights = comb, mse = mse) else if (ty == "BRR") svrepdesign(data = d, weights = d$w, repweights = W, type = "BRR", combined.weights = comb, mse = mse) else svrepdesign(data = d, weights = d$w, repweights = W, type = "Fay", rho = .5, combined.weights = comb, mse = mse)
      ask(paste("repl-default", ty, mse), data, list(weight = "w", replicates = c(list(type = ty, columns = "rep*", combined = comb, mse = mse), if (ty == "Fay") list(rho = .5))), again, d, rep = TRUE) } }
  if (kind == "calib") { d <- gen(FALSE, sample(c(1, 2, 4), 1), drop, 7); d$aux <- round(runif(nrow(d), 1, 30), 1); dump(d, data)
    for (st in 1:2) { des <- if (st == 1) svydesign(~vill, strata = ~dist, weights = ~w, data = d) else svydesign(~vill + hh, strata = ~dist, weights = ~w, fpc = ~Nv + Mh, data = d, nest = TRUE); options(survey.lonely.psu = "remove")
    dj <- if (st == 1) list(weight = "w", strata = "dist", clusters = I("vill"), lonely = "remove") else list(weight = "w", strata = "dist", clusters = I(c("vill", "hh")), fpc = I(c("Nv", "Mh")), lonely = "remove")
    ts <- tapply(d$w, d$sex, sum) * runif(2, .8, 1.3); tv <- tapply(d$w, d$village1, sum); tv <- tv / sum(tv) * c(1.1, .9); tv <- tv / sum(tv) * sum(ts); ta <- sum(d$w * d$aux) / sum(d$w) * sum(ts) * 1.02
    for (m in c("linear", "raking", "blinear", "braking")) { b <- if (startsWith(m, "b")) c(.4, 2.2) else c(-Inf, Inf)
      if (sample(2, 1) == 1) { fo <- ~sex + village1; pop <- c(`(Intercept)` = sum(ts), sexM = ts[["M"]], village1one = tv[["one"]]); tot <- list(sex = as.list(ts), village1 = as.list(tv)) } else { fo <- ~sex + aux - 1; pop <- c(sexF = ts[["F"]], sexM = ts[["M"]], aux = ta); tot <- list(sex = as.list(ts), aux = ta) }
      cal <- try2(calibrate(des, fo, pop, calfun = if (grepl("rak", m)) "raking" else "linear", bounds = b, epsilon = 1e-13, maxit = 200)); if (is.null(cal)) next
      cj <- list(method = if (grepl("rak", m)) "raking" else "linear", tolerance = 1e-13, totals = tot); if (startsWith(m, "b")) cj$bounds <- b
      ask(paste("calib", m, st), data, c(dj, list(calibrate = cj)), cal, d, cal = TRUE) } } }
  if (kind == "wide") { d <- gen(FALSE, 3, drop, 5); d$w <- signif(10^runif(nrow(d), -8, 8), 6); dump(d, data)
    ask("wide", data, list(weight = "w", strata = "dist", clusters = I("vill")), svydesign(~vill, strata = ~dist, weights = ~w, data = d), d, wide = TRUE)
    ask("wide-rows", data, list(weight = "w"), svydesign(~1, weights = ~w, data = d), d, wide = TRUE) }
  if (kind == "edge") { d <- gen(FALSE, sample(c(1, 2, 5), 1), drop, 3); d <- d[seq_len(min(nrow(d), sample(c(6, 15, 40), 1))), ]; d <- d[ave(d$cl, d$dist, FUN = function(x) length(unique(x))) > 1, ]; if (nrow(d) < 4) next; dump(d, data)
    ask("edge", data, list(weight = "w", strata = "dist", clusters = I("vill")), try2(svydesign(~vill, strata = ~dist, weights = ~w, data = d)), d)
    ask("edge-unweighted", data, list(strata = "dist", clusters = I("vill")), try2(svydesign(~vill, strata = ~dist, weights = ~1, data = transform(d, w = 1))), transform(d, w = 1)) }
}
set.seed(2); rows <- rows[sort(sample(length(rows), ceiling(SHARE * length(rows))))]
writeLines(c(paste(c("case", "data", "design", "request", "domain", "answer", FIELDS), collapse = "\t"), rows), file.path(dir, "drawn.tsv"))
cat(length(rows), "rows\n")
