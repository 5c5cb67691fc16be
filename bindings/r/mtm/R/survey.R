statistic_words <- c("default", "proportion", "mean", "total", "ratio", "quantile", "chi-square")
interval_words <- c("default", "t", "logit", "beta")

#' Estimates from a sample survey
#'
#' Shares, means, totals, ratios, quantiles, differences and tests, with standard errors and intervals under the design of
#' the sample: what `survey` and `srvyr` give, from files as they came.
#'
#' @param x A data package's folder, a file, a data frame, or a design of the package `survey` or `srvyr`.
#' @param question A question of the design, or a column; `NULL` gives the survey itself, to ask more than once.
#' @param by Columns whose combinations are the groups; the design stays whole.
#' @param where Only rows such as `list(sex = "F", age = c("18-24", "25-34"))`.
#' @param answer Only this answer.
#' @param statistic `"proportion"`, `"mean"`, `"total"`, `"ratio"`, `"quantile"`, `"median"` or `"chi-square"`; `NULL`:
#'   proportions, and the mean where all answers are numbers.
#' @param over The question below the line of a ratio.
#' @param quantile Which quantile.
#' @param between Two groups of `by` to subtract, or `"*"` for each less the first; without `by` two conditions such as
#'   those of `where`, which may overlap: `c("sex=F", "*")` is women less all.
#' @param interval `"t"`, `"logit"` or `"beta"`; `NULL`: logit for proportions, else t.
#' @param level Of confidence.
#' @param threshold Withholds what fewer persons stand behind.
#' @param ledger File of the ledger of publications: withholds what would tell of fewer persons together with all that was
#'   published by it (the threshold is 5 unless told), and enters the estimates in it.
#' @param design What `docs/survey.md` calls `survey`: a list of weight, strata, clusters, questions, ...; `NULL` takes the
#'   package's.
#' @param resource Of a package: the resource's name; `NULL` takes the first that is a survey, of a store the latest.
#' @param form Path of an XLSForm: questions, labels, answers and conditions.
#' @param columns The columns to keep beside the design's; `NULL` keeps all.
#' @param compact Keeps interviews of a cluster that say the same as one row: any number of them in little memory.
#' @param add_to A compact survey whose interviews these are added to; it stays as it is.
#' @param key 32 hexadecimal digits under which ids are hashed, to be known again in what is saved; it holds none else.
#' @param save Where to save a compact survey, to be read again; it holds answers of persons, by cluster.
#' @param before The round before, drawn apart or (`revisits` in the design) at the same
#'   clusters: the estimates are the differences with it.
#' @param as_of Of a store of releases only what had been released by this day; `NULL` takes all.
#' @param names `"mtm"`, or `"srvyr"`: columns `coef`, `_se`, `_low`, `_upp` beside the groups and `n`.
#' @return A data frame with a row for each group and answer: the groups, `answer`, `estimate`, `se`, `low`, `high`, `df`, `n`,
#'   `deff`, `cv`, the rows that did not answer and why, `unreliable` and `withheld`. Without `question`, an `mtm_survey`.
#' @examples
#' answers <- data.frame(weight = c(2, 1, 1, 3), sex = c("F", "M", "F", "M"),
#'                       food = c("yes", "no", "no", "yes"))
#' found <- mtm_survey(answers, "food", by = "sex", answer = "yes", design = list(weight = "weight"))
#' found[, c("sex", "estimate", "n")]
#'
#' # Files one after the other, in the memory of what differs
#' towns <- list(weight = "weight", clusters = "sex")
#' north <- mtm_survey(answers, design = towns, compact = TRUE)
#' both <- mtm_survey(answers, design = towns, add_to = north)
#' mtm_survey(both, "food", answer = "yes")$n
#' @export
mtm_survey <- function(x, question = NULL, by = NULL, where = NULL, answer = NULL, statistic = NULL, over = NULL,
                       quantile = NULL, between = NULL, interval = NULL, level = 0.95, threshold = 0, ledger = NULL, design = NULL,
                       resource = NULL, form = NULL, names = c("mtm", "srvyr"), columns = NULL, compact = FALSE, add_to = NULL,
                       key = NULL, save = NULL, before = NULL, as_of = NULL) {
  names <- match.arg(names)
  if (!inherits(x, "mtm_survey")) x <- read_survey(x, design, resource, form, columns, compact, handle_of_survey(add_to, "add_to"), key, as_of)
  if (!is.null(save)) raw_mtm_buffer_save(raw_mtm_survey_save(x$handle), one_path(save))
  if (is.null(question)) return(x)
  if (identical(statistic, "median")) {
    if (!is.null(quantile) && quantile != 0.5) stop("quantile: a median is the quantile of 0.5", call. = FALSE)
    statistic <- "quantile"
  }
  if (is.null(statistic)) statistic <- if (!is.null(over)) "ratio" else if (!is.null(quantile)) "quantile" else "default"
  estimates <- raw_mtm_survey_compute(x$handle, list(
    question = question, statistic = word_number(statistic_words, statistic, "statistic"),
    by = if (!is.null(by)) paste(by, collapse = ","), where = where_text(where), answer = answer, denominator = over,
    probability = quantile, between = if (!is.null(between)) paste(between, collapse = ","),
    interval = word_number(interval_words, if (is.null(interval)) "default" else interval, "interval"), level = level,
    threshold = if (is.null(ledger)) threshold else -1, before = handle_of_survey(before, "before")))
  if (!is.null(ledger)) raw_mtm_estimates_protect(estimates, list(threshold = threshold, ledger = path.expand(ledger)))
  frame <- estimates_frame(utf8(raw_mtm_estimates_render(estimates, format_number("csv"))), by, between)
  if (names == "srvyr") srvyr_frame(frame, if (is.null(between)) by) else frame
}

# As srvyr names what summarise(survey_mean(vartype = c("se", "ci"))) gives.
srvyr_frame <- function(frame, by) {
  made <- frame[, by, drop = FALSE]
  if (is.null(by) && any(nzchar(frame$domain))) made$domain <- frame$domain
  if (any(nzchar(frame$answer))) made$answer <- frame$answer
  made$coef <- frame$estimate
  made[["_se"]] <- frame$se
  made[["_low"]] <- frame$low
  made[["_upp"]] <- frame$high
  made$n <- frame$n
  made
}

handle_of_survey <- function(survey, what) {
  if (is.null(survey)) return(NULL)
  if (!inherits(survey, "mtm_survey")) stop(sprintf("%s: expected a survey, as mtm_survey() gives it without a question", what), call. = FALSE)
  survey$handle
}

read_survey <- function(x, design, resource, form, columns, compact, add_to, key, as_of) {
  if (inherits(x, c("survey.design2", "svyrep.design"))) {
    described <- design_of(x)
    x <- described$frame
    design <- c(described$design, design)
  }
  source <- if (is.data.frame(x)) frame_csv(x) else x
  object(raw_mtm_survey_read(source_of(source), list(survey = if (!is.null(design)) survey_json(design), resource = resource,
                                                   form = form, columns = if (!is.null(columns)) json(I(columns)),
                                                   compact = as.integer(compact), add_to = add_to, key = key, as_of = period_days(as_of))),
         "mtm_survey")
}

survey_json <- function(design) {
  if (is.character(design) && is.null(names(design))) return(paste(design, collapse = "\n"))
  for (name in intersect(names(design), c("missing", "unknown", "refused"))) design[[name]] <- I(design[[name]])
  json(lapply(design, function(value) if (is.atomic(value) && !is.null(names(value))) as.list(value) else value))
}

# The columns and the declaration of a design of the package survey: strata, clusters, weights, populations.
design_of <- function(x) {
  if (inherits(x, "svyrep.design")) return(replicates_of(x))
  if (!inherits(x, "survey.design2") || !is.null(x$postStrata)) {
    stop("a design that was calibrated or post-stratified, or of two phases: give the design before it, and ",
         "\"calibrate\" in `design`", call. = FALSE)
  }
  frame <- x$variables
  stages <- ncol(x$cluster)
  frame$mtm_weight <- 1 / x$prob
  design <- list(weight = "mtm_weight", nest = TRUE, lonely = getOption("survey.lonely.psu", "fail"),
                 lonelyDomain = isTRUE(getOption("survey.adjust.domain.lonely")))
  rows_are_units <- stages == 1 && !anyDuplicated(x$cluster[[1]])
  if (!rows_are_units) {
    names <- paste0("mtm_cluster_", seq_len(stages))
    frame[names] <- x$cluster
    design$clusters <- I(names)
  }
  if (isTRUE(x$has.strata)) {
    names <- paste0("mtm_stratum_", seq_len(if (rows_are_units) 1 else ncol(x$strata)))
    frame[names] <- x$strata[seq_along(names)]
    design$strata <- I(names)
  }
  if (!is.null(x$fpc$popsize)) {
    names <- paste0("mtm_population_", seq_len(ncol(x$fpc$popsize)))
    frame[names] <- x$fpc$popsize
    design$fpc <- I(names)
  }
  list(frame = rbind(frame, absent_units(x, frame)), design = design)
}

# A design that was made a group by subset() or filter() counts units that have no row in it. Each comes back as a row of weight 0
# without answers: the design stays whole.
absent_units <- function(x, frame) {
  rows <- integer()
  units <- lapply(seq_len(ncol(x$cluster)), function(stage) character())
  for (stage in seq_len(ncol(x$cluster))) {
    for (of in split(seq_len(nrow(x$cluster)), as.character(x$strata[[stage]]), drop = TRUE)) {
      n <- x$fpc$sampsize[of[[1]], stage] - length(unique(x$cluster[[stage]][of]))
      rows <- c(rows, rep(of[[1]], n))
      for (below in seq_along(units)) units[[below]] <- c(units[[below]], rep(below >= stage, n))
    }
  }
  added <- frame[rows, , drop = FALSE]
  if (!length(rows)) return(added)
  added[names(x$variables)] <- NA
  added$mtm_weight <- 0
  for (stage in seq_along(units)) {
    new <- as.logical(units[[stage]])
    cluster <- paste0("mtm_cluster_", stage)
    population <- paste0("mtm_population_", stage)
    if (cluster %in% names(added)) {
      added[[cluster]] <- as.character(added[[cluster]])
      added[[cluster]][new] <- paste0("mtm_absent_", stage, "_", seq_along(rows))[new]
    }
    # what stands below a unit without rows is drawn whole: it adds nothing
    alone <- if (stage > 1) new & as.logical(units[[stage - 1]]) else rep(FALSE, length(rows))
    if (population %in% names(added)) added[[population]][alone] <- 1
  }
  added
}

# Replicate weights become columns; scale and rscales are those of the design.
replicates_of <- function(x) {
  whole <- as.matrix(x$repweights)
  if (!isTRUE(x$combined.weights)) whole <- whole * x$pweights
  names <- sprintf("mtm_replicate_%04d", seq_len(ncol(whole)))
  frame <- x$variables
  frame$mtm_weight <- x$pweights
  frame[names] <- as.data.frame(whole)
  rscales <- if (length(x$rscales) == 1) rep(x$rscales, ncol(whole)) else as.numeric(x$rscales)
  type <- if (x$type %in% c("JK1", "JKn", "BRR", "Fay", "bootstrap")) x$type else "bootstrap"
  list(frame = frame, design = list(weight = "mtm_weight", replicates = list(
    type = type, columns = "mtm_replicate_*", combined = TRUE, mse = isTRUE(x$mse), scale = x$scale, rscales = I(rscales))))
}

word_number <- function(words, word, what) {
  number <- match(word, words)
  if (is.na(number)) stop(sprintf("%s: expected %s", what, paste(words[-1], collapse = ", ")), call. = FALSE)
  number - 1L
}

where_text <- function(where) {
  if (is.null(where) || is.character(where)) return(where)
  paste(sprintf("%s=%s", names(where), vapply(where, paste, "", collapse = "|")), collapse = ";")
}

estimates_frame <- function(csv, by, between) {
  texts <- c("statistic", "question", "answer", "domain", "method", "weight", "reason")
  frame <- utils::read.csv(text = csv, colClasses = stats::setNames(rep("character", length(texts)), texts),
                           encoding = "UTF-8", na.strings = "", stringsAsFactors = FALSE)
  for (name in texts) {
    frame[[name]][is.na(frame[[name]])] <- ""
    frame[[name]] <- sub("^'", "", frame[[name]])
  }
  frame$withheld <- frame$withheld != 0
  if (is.null(by) || !is.null(between)) return(frame)
  parts <- strsplit(frame$domain, ";", fixed = TRUE)
  groups <- lapply(by, function(column) vapply(parts, function(part) {
    found <- part[startsWith(part, paste0(column, "="))]
    if (length(found)) substring(found[[1]], nchar(column) + 2) else NA_character_
  }, ""))
  cbind(as.data.frame(stats::setNames(groups, by), stringsAsFactors = FALSE, optional = TRUE), frame)
}

#' @export
print.mtm_survey <- function(x, ...) {
  cat(utf8(raw_mtm_survey_describe(x$handle, format_number("text"))))
  invisible(x)
}

# A data frame as the bytes of a CSV file, numbers with every digit they have.
frame_csv <- function(frame) {
  cells <- lapply(frame, function(column) {
    text <- if (inherits(column, "integer64") && !requireNamespace("bit64", quietly = TRUE)) {
      stop("columns of class integer64 need the package bit64", call. = FALSE)
    } else if (is.double(column) && !is.object(column)) {
      short <- vapply(column, function(x) if (is.na(x)) "" else number_text(x), "")
      exact <- suppressWarnings(as.numeric(short)) == column
      ifelse(is.na(column) | exact, short, sprintf("%.17g", column))
    } else if (is.integer(column) && !is.object(column)) {
      sprintf("%d", column) # as.character() writes 100000 as 1e+05
    } else {
      as.character(column)
    }
    text[is.na(column)] <- ""
    quoted <- grepl("[\",\r\n]", text)
    text[quoted] <- paste0("\"", gsub("\"", "\"\"", text[quoted], fixed = TRUE), "\"")
    enc2utf8(text)
  })
  header <- paste0("\"", gsub("\"", "\"\"", enc2utf8(names(frame)), fixed = TRUE), "\"")
  rows <- if (nrow(frame)) do.call(paste, c(unname(cells), sep = ",")) else character()
  charToRaw(paste0(paste(c(paste(header, collapse = ","), rows), collapse = "\n"), "\n"))
}
