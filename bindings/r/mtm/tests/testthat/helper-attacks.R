# Attacks on the package, each with what must come of it, to be run in a process of its own. `answers()` says what the call must
# give, `refuses()` the words that the error's message must have.
attacks <- list()

answers <- function(name, expected, call) {
  stopifnot(is.null(attacks[[name]]))
  attacks[[name]] <<- list(expected = expected, call = substitute(call))
}

refuses <- function(name, words, call) {
  stopifnot(is.null(attacks[[name]]))
  attacks[[name]] <<- list(words = words, call = substitute(call))
}

# What was wrong; "" for nothing.
judge <- function(attack) {
  outcome <- tryCatch(suppressWarnings(list(eval(attack$call, new.env(parent = environment(judge))))), error = identity,
                      interrupt = function(condition) structure(class = c("error", "condition"), list(message = "interrupted")))
  said <- if (inherits(outcome, "error")) conditionMessage(outcome) else paste(deparse(outcome[[1]]), collapse = " ")
  if (!is.null(attack$words)) {
    if (inherits(outcome, "error") && grepl(attack$words, said)) return("")
    return(paste0(if (inherits(outcome, "error")) "refused with: " else "was not refused: ", said))
  }
  if (!inherits(outcome, "error") && isTRUE(all.equal(outcome[[1]], attack$expected, check.attributes = FALSE))) return("")
  paste("found", said, "- expected", paste(deparse(attack$expected), collapse = " "))
}

# Runs one in a fork, and ends it after a minute.
attacked <- function(attack) {
  job <- parallel::mcparallel(judge(attack), mc.set.seed = FALSE, silent = TRUE)
  for (second in 1:60) {
    outcome <- parallel::mccollect(job, wait = FALSE, timeout = 1)
    if (!is.null(outcome)) break
  }
  if (is.null(outcome)) {
    tools::pskill(job$pid, tools::SIGKILL)
    return("no answer in a minute, or no end")
  }
  if (is.character(outcome[[1]])) outcome[[1]] else "ended without an answer"
}

months <- c("2024-01", "2024-02", "2024-03")
table_of <- function(value, period = months) data.frame(period = period, value = value)
read_values <- function(frame, ...) as.data.frame(mtm_dataset(frame, concept = "border-crossings", unit = "persons", ...))$value
values_of <- function(value, ...) read_values(table_of(value), ...)
periods_of <- function(period) as.character(as.data.frame(mtm_dataset(
  table_of(1:3, period), concept = "border-crossings", unit = "persons"))$period)
with_column <- function(frame, name, column) { # as data.frame() would not take it without the package of its class
  frame[[name]] <- column
  frame
}
periods_in <- function(period) as.character(as.data.frame(mtm_dataset(
  with_column(table_of(1:3), "period", period), concept = "border-crossings", unit = "persons"))$period)
three_events <- function(...) {
  frame <- data.frame(date = c("2024-01-01", "2024-01-02", "2024-01-03"), direction = c("IN", "OUT", "IN"))
  more <- list(...)
  for (name in names(more)) frame[[name]] <- more[[name]]
  frame
}
balance <- function(frame, by = list("direction"), period = "month", ...) {
  unname(attr(mtm_tabulate(frame, by = by, period = period, ...), "rows"))[2:3]
}
by_period <- function(frame, period = "month", by = list("direction"), ...) {
  out <- as.data.frame(mtm_tabulate(frame, by = by, period = period, ...)[[1]])
  c(tapply(out$value, as.character(out$period), sum))
}
event_bytes <- charToRaw("date,direction,citizenship\n2024-04-01,IN,UZB\n2024-05-02,IN,UZB\n2024-06-30,OUT,CHN\n")
many_bytes <- function(n) c(charToRaw("date,direction\n"), rep(charToRaw("2024-01-01,IN\n2024-01-02,OUT\n"), n))
# A script in an R of its own: what it printed, and how it ended.
in_new_r <- function(text) {
  path <- tempfile(fileext = ".R")
  writeLines(c("suppressMessages(library(mtm))", text), path)
  out <- suppressWarnings(system2(file.path(R.home("bin"), "Rscript"), c("--vanilla", path), stdout = TRUE, stderr = TRUE))
  c(paste(out, collapse = "\n"), if (is.null(attr(out, "status"))) 0 else attr(out, "status"))
}
