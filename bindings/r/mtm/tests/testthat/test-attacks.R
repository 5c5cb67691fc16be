# Values

answers("whole numbers", c(1, 2, 3), values_of(1:3))
answers("missing whole numbers", c(1, NA, 3), values_of(c(1L, NA, 3L)))
answers("numbers that are none", c(1, NA, 3), values_of(c(1, NaN, 3)))
answers("missing numbers", c(1, NA, 3), values_of(c(1, NA, 3)))
refuses("infinite", "inf|Inf|finite", values_of(c(1, Inf, 3)))
refuses("minus infinite", "inf|Inf|finite", values_of(c(1, -Inf, 3)))
refuses("beyond any count", "", values_of(c(1e300, 1, 2)))
refuses("more decimals than are meant", "0.30000000000000004", values_of(c(0.1 + 0.2, 1, 2)))
answers("minus zero", c(0, 1, 2), values_of(c(-0, 1, 2)))
answers("the largest whole numbers of doubles", c(2^53, 1, 2), values_of(c(2^53, 1, 2)))
answers("the largest integers", c(2147483647, 1, 2), values_of(c(.Machine$integer.max, 1L, 2L)))
answers("decimals with another mark", c(3.5, 0.25, 1), {
  options(OutDec = ",")
  values_of(c(3.5, 0.25, 1))
})
answers("numbers without penalty for digits", c(1e5, 1e15, 123456), {
  options(scipen = -10, digits = 3)
  values_of(c(1e5, 1e15, 123456))
})
answers("integer64", c("9007199254740993", "1", "2"), {
  frame <- table_of(bit64::as.integer64(c("9007199254740993", "1", "2")))
  as.character(as.data.frame(mtm_dataset(frame, concept = "population"), integer64 = TRUE)$value)
})
answers("integer64 that is missing", c(1, NA, 2), values_of(bit64::as.integer64(c(1, NA, 2))))
answers("the least integer64 but one", "-9223372036854775807", as.character(as.data.frame(mtm_dataset(table_of(bit64::as.integer64(c("-9223372036854775807", "1", "2"))), concept = "population"), integer64 = TRUE)$value[[1]]))
refuses("truth", "TRUE|true", values_of(c(TRUE, FALSE, TRUE)))
refuses("complex numbers", "", values_of(c(1 + 2i, 2, 3)))
refuses("raw bytes", "", values_of(as.raw(c(10, 11, 12))))
refuses("lists", "", values_of(I(list(1:2, 3, integer()))))
refuses("functions", "", { frame <- table_of(1:3); frame$value <- list(sum, mean, c); read_values(frame) })
refuses("durations", "", values_of(as.difftime(1:3, units = "days")))
answers("octal numbers", c(8, 9, 10), read_values(with_column(table_of(1:3), "value", structure(8:10, class = "octmode"))))
answers("hexadecimal numbers", c(16, 26, 10), read_values(with_column(table_of(1:3), "value", structure(c(16L, 26L, 10L), class = "hexmode"))))
answers("numbers of a unit", c(1.5, 2, 3), read_values(with_column(table_of(1:3), "value", structure(c(1.5, 2, 3), class = "units"))))
answers("numbers of a time series", c(1, 2, 3), values_of(ts(c(1, 2, 3), start = 2022)))
answers("numbers with some labels", c(1, 2, -9), read_values(with_column(table_of(1:3), "value", structure(c(1, 2, -9), labels = c(none = -9),
  class = c("haven_labelled", "vctrs_vctr", "double")))))
answers("labels of codes", c("IN", "OUT", "IN"), {
  frame <- with_column(three_events(), "direction", structure(c(1, 2, 1), labels = c(IN = 1, OUT = 2), class = c("haven_labelled", "vctrs_vctr", "double")))
  out <- as.data.frame(mtm_tabulate(frame, by = list("direction"), period = "year")[[1]])
  rep(as.character(out$direction), out$value)[c(1, 3, 2)]
})
answers("labels of texts", c(CHN = 1, UZB = 2), {
  frame <- with_column(three_events(), "citizenship", structure(c("a", "b", "a"), labels = c(UZB = "a", CHN = "b"), class = c("haven_labelled", "vctrs_vctr", "character")))
  out <- as.data.frame(mtm_tabulate(frame, by = list("citizenship"), period = "year")[[1]])
  setNames(out$value, out$citizenship)
})
answers("texts of numbers", c(1, 2.5, 3), values_of(c("1", "2.5", "3")))
answers("factors of numbers", c(7, 9, 7), values_of(factor(c(7, 9, 7))))
answers("numbers with names", c(1, 2, 3), values_of(c(a = 1, b = 2, c = 3)))
answers("numbers in a column of a matrix", c(1, 2, 3), values_of(matrix(1:6, 3)[, 1]))
refuses("a matrix in a column", "", { frame <- table_of(1:3); frame$value <- matrix(1:6, 3); read_values(frame) })
refuses("a frame in a column", "", { frame <- table_of(1:3); frame$value <- data.frame(a = 1:3); read_values(frame) })
answers("numbers that are computed when needed", c(1, 2, 3), values_of(1:3 + 0L))
answers("numbers of a range", c(1e6 + 1, 1e6 + 2, 1e6 + 3), values_of((1e6 + 1):(1e6 + 3)))
refuses("no columns", "", read_values(data.frame(row.names = 1:3)))
refuses("no rows", "", read_values(table_of(1:3)[0, ]))
answers("no events", c(0, 0), balance(three_events()[0, ]))
refuses("two columns of one name", "value", read_values(setNames(data.frame(months, 1:3, 4:6), c("period", "value", "value"))))
answers("columns without a name", c(1, 2, 3), read_values(setNames(table_of(1:3), c("period", NA))))
refuses("columns of unequal length", "", { frame <- table_of(1:3); frame[["value"]] <- NULL; attr(frame, "row.names") <- 1:9
  frame$value <- 1:9; read_values(unclass(frame)) })
answers("row names that are labels", c(1, 2, 3), { frame <- table_of(1:3); rownames(frame) <- c("x", "y", "z"); read_values(frame) })

# Labels

answers("factors", c(3, 0), balance(three_events(direction = factor(c("IN", "OUT", "IN")))))
answers("factors with levels that are not used", c(3, 0),
        balance(three_events(direction = factor(c("IN", "OUT", "IN"), levels = c("OUT", "x", "IN")))))
answers("factors that are missing", c(3, 0), balance(three_events(citizenship = factor(c("UZB", NA, "KGZ"))), by = list("citizenship")))
answers("factors with a level that is missing", c(3, 0),
        balance(three_events(citizenship = addNA(factor(c("UZB", NA, "KGZ")))), by = list("citizenship")))
answers("ordered factors", c(3, 0), balance(three_events(direction = ordered(c("IN", "OUT", "IN")))))
refuses("a factor whose codes point nowhere", "row 2 .* its 1 levels", balance(three_events(direction = structure(c(1L, 9L, 1L), levels = "IN", class = "factor"))))
refuses("a factor without levels", "its 0 levels", balance(three_events(direction = structure(c(1L, 1L, 1L), class = "factor"))))
answers("latin1", c(3, 0), { label <- "\xc5land"; Encoding(label) <- "latin1"
  balance(three_events(citizenship = c("UZB", label, "KGZ")), by = list("citizenship")) })
answers("UTF-8 and latin1 of one label are one", 1L, {
  label <- "C\xf4te d'Ivoire"; Encoding(label) <- "latin1"
  frame <- three_events(citizenship = c(label, enc2utf8(label), label))
  nrow(as.data.frame(mtm_tabulate(frame, by = list("citizenship"), period = "year")[[1]]))
})
refuses("bytes that are no text", "", { label <- "U\xff"; Encoding(label) <- "bytes"
  balance(three_events(citizenship = c("UZB", label, "KGZ")), by = list("citizenship")) })
refuses("UTF-8 that is broken", "UTF-8|invalid|multibyte", { label <- "U\xff\xfe"; Encoding(label) <- "UTF-8"
  balance(three_events(citizenship = c("UZB", label, "KGZ")), by = list("citizenship")) })
answers("texts that look like CSV", c(3, 0), balance(three_events(note = c("a,\"b", "c\nd", "=1+1"))))
answers("a text of a megabyte of spaces", c(3, 0),
        balance(three_events(citizenship = c("UZB", strrep(" ", 1e6), "KGZ")), by = list("citizenship")))
refuses("a text longer than the limit", "max_field",
        balance(three_events(citizenship = c("UZB", strrep("x", 1000), "KGZ")), by = list("citizenship"), max_field = 100))
answers("a hundred thousand levels of which two are used", c(3, 0), balance(three_events(
  direction = structure(c(1L, 100000L, 1L), levels = c("IN", paste0("x", 1:99998), "OUT"), class = "factor"))))

# Times

answers("days", c("2024-01" = 3), by_period(three_events(date = as.Date("2024-01-01") + 0:2)))
answers("days as whole numbers", c("2024-01" = 3), by_period(three_events(date = structure(19723:19725, class = "Date"))))
answers("days with a fraction", c("2024-01" = 3), by_period(three_events(date = as.Date("2024-01-31") - c(0, 0.5, 0.99) + 0.4)))
answers("days that are missing", c(2, 1), balance(three_events(date = as.Date(c("2024-01-01", NA, "2024-01-03")))))
refuses("days that are infinite", "beyond any calendar", balance(three_events(date = structure(c(19723, Inf, 19724), class = "Date"))))
refuses("days beyond any calendar", "beyond any calendar", balance(three_events(date = structure(c(19723, 1e300, 19724), class = "Date"))))
answers("days of the year 1600", c(2, 1), balance(three_events(date = as.Date(c("2024-01-01", "1600-01-01", "2024-01-03")))))
answers("days before 1970", c("1969-12" = 2, "1970-01" = 1), by_period(three_events(date = as.Date("1969-12-30") + 0:2)))
answers("moments in their own zone", c("2024-12" = 1, "2025-01" = 2), by_period(three_events(
  date = as.POSIXct(c("2024-12-31 23:59:59", "2025-01-01 00:00:00", "2025-01-01 00:30:00"), tz = "Asia/Almaty"))))
answers("moments in UTC", c("2024-12" = 1, "2025-01" = 2), by_period(three_events(
  date = as.POSIXct(c("2024-12-31 23:59:59", "2025-01-01 00:00:00", "2025-01-01 00:30:00"), tz = "UTC"))))
answers("moments as lists", c("2024-01" = 3), {
  frame <- three_events(); frame$date <- as.POSIXlt(c("2024-01-01 10:00", "2024-01-02 23:59", "2024-01-31 23:59"), tz = "Europe/Berlin")
  by_period(frame)
})
answers("an hour that is there twice", c("2024-10" = 2, "2024-11" = 1), by_period(three_events(
  date = as.POSIXct(c(1729989000, 1729992600, 1730413800 + 3600), origin = "1970-01-01", tz = "Europe/Berlin"))))
answers("moments with a fraction before 1970", c("1969-12" = 3), by_period(three_events(
  date = as.POSIXct(c(-0.5, -1.5, -86400), origin = "1970-01-01", tz = "UTC"))))
answers("moments that are missing", c(2, 1), balance(three_events(date = as.POSIXct(c("2024-01-01", NA, "2024-01-03"), tz = "UTC"))))
refuses("moments that are infinite", "beyond any calendar", balance(three_events(date = as.POSIXct(c(0, Inf, 1), origin = "1970-01-01", tz = "UTC"))))
answers("quarters as text", c("2024-Q1", "2024-Q2", "2024-Q3"), periods_of(c("2024-Q1", "2024-Q2", "2024-Q3")))
answers("years as numbers", c("2022", "2023", "2024"), periods_of(c(2022, 2023, 2024)))
answers("years as whole numbers", c("2022", "2023", "2024"), periods_of(2022:2024))
answers("years as factors", c("2022", "2023", "2024"), periods_of(factor(2022:2024)))
answers("days as periods", c("2024-01-02", "2024-01-03", "2024-01-04"), periods_of(as.Date("2024-01-02") + 0:2))
answers("months of zoo", c("2024-01", "2024-02", "2024-12"), periods_in(structure(2024 + c(0, 1, 11) / 12, class = "yearmon")))
answers("Januaries of zoo are no years", c("2022-01", "2023-01", "2024-01"), periods_in(structure(c(2022, 2023, 2024), class = "yearmon")))
answers("quarters of zoo", c("2023-Q4", "2024-Q1", "2024-Q2"), periods_in(structure(c(2023.75, 2024, 2024.25), class = "yearqtr")))
answers("first quarters of zoo are no years", c("2022-Q1", "2023-Q1", "2024-Q1"), periods_in(structure(c(2022, 2023, 2024), class = "yearqtr")))
answers("months of tsibble", c("1969-12", "1970-01", "2024-02"), periods_in(structure(c(-31, 0, 19754), class = c("yearmonth", "vctrs_vctr"))))
answers("quarters of tsibble", c("1969-Q4", "1970-Q1", "2024-Q1"), periods_in(structure(c(-92, 0, 19723), fiscal_start = 1, class = c("yearquarter", "vctrs_vctr"))))
refuses("quarters of another year", "calendar quarters", periods_in(structure(c(19723, 19814, 19905), fiscal_start = 4, class = c("yearquarter", "vctrs_vctr"))))
answers("weeks of tsibble", "2024-01-01/2024-01-07", periods_in(structure(c(19723, 19730, 19737), week_start = 1, class = c("yearweek", "vctrs_vctr")))[[1]])
refuses("months of zoo of which one is missing", "period", periods_in(structure(c(2024, NA, 2025), class = "yearmon")))
answers("events by months of zoo", c("2024-01" = 2, "2024-02" = 1), by_period(with_column(three_events(), "date", structure(2024 + c(0, 0, 1) / 12, class = "yearmon"))))
refuses("years with a fraction", "", periods_of(c(2022.5, 2023, 2024)))
refuses("a period of two", "", mtm_compute(crossings(), "arrivals", period = c("2024", "2023")))
refuses("a period that is missing", "", mtm_compute(crossings(), "arrivals", period = NA))
refuses("a period of a missing day", "one date", mtm_compute(crossings(), "arrivals", period = as.Date(NA)))
refuses("periods that run backwards", "", mtm_compute(crossings(), periods = "2024-Q4..2022-Q1"))

# Sources and arguments

refuses("no source", "", mtm_tabulate(NULL, by = list("direction")))
refuses("a number for a source", "path", mtm_tabulate(5, by = list("direction")))
refuses("a function for a source", "path", mtm_tabulate(sum, by = list("direction")))
refuses("a missing path", "path", mtm_tabulate(NA_character_, by = list("direction")))
refuses("a folder for a file", "", mtm_tabulate(tempdir(), by = list("direction")))
refuses("no bytes", "", mtm_tabulate(raw(), by = list("direction")))
refuses("by nothing that is there", "citizenship", mtm_tabulate(three_events(), by = list("citizenship")))
refuses("by a number", "", mtm_tabulate(three_events(), by = 5))
refuses("a state of no bytes", "", mtm_merge(list(raw())))
refuses("a state with a flipped bit", "", {
  path <- tempfile(); mtm_tabulate(event_bytes, by = list("direction"), save = path)
  state <- readBin(path, "raw", file.size(path)); state[[length(state) %/% 2]] <- xor(state[[length(state) %/% 2]], as.raw(1))
  mtm_merge(list(state))
})
refuses("two identities for one source", "one for each", mtm_tabulate(event_bytes, by = list("direction"), identity = c("a", "b")))
refuses("more threads than numbers", "", mtm_tabulate(event_bytes, by = list("direction"), threads = 1e300))
refuses("threads that are missing", "", mtm_tabulate(event_bytes, by = list("direction"), threads = NA))
answers("threads of any number", c(3, 0), balance(event_bytes, threads = 64))

# Callbacks, interrupts, collections

refuses("progress that fails", "no more of this", mtm_tabulate(event_bytes, by = list("direction"), progress = function(done, total) stop("no more of this")))
refuses("progress that says no", "", mtm_tabulate(event_bytes, by = list("direction"), progress = function(done, total) FALSE))
refuses("progress without parameters", "unused", mtm_tabulate(event_bytes, by = list("direction"), progress = function() 1))
refuses("progress that is no function", "progress", mtm_tabulate(event_bytes, by = list("direction"), progress = 5))
refuses("progress without end", "", mtm_tabulate(event_bytes, by = list("direction"), progress = function(done, total) {
  again <- function() again(); again() }))
answers("progress that warns", c(3, 0), balance(event_bytes, progress = function(done, total) warning("slow")))
refuses("progress that jumps out", "restart", withRestarts(
  { mtm_tabulate(event_bytes, by = list("direction"), progress = function(done, total) invokeRestart("out")); "came back" },
  out = function() "jumped"))
answers("progress that counts by itself", c(3, 0), balance(event_bytes, progress = function(done, total) balance(event_bytes)))
answers("progress that collects", c(3, 0), balance(three_events(), progress = function(done, total) gc()))
answers("progress that removes the frame", c(3, 0), {
  frame <- three_events()
  balance(frame, progress = function(done, total) { rm(list = "frame", envir = parent.env(environment())); gc(); TRUE })
})
answers("a collection at every allocation", c(3, 0), { frame <- three_events(); gctorture2(step = 7); on.exit(gctorture(FALSE)); found <- balance(frame)
  gctorture(FALSE); found })
answers("a table at every allocation", c(1, NA, 3), { frame <- table_of(c(1, NA, 3)); gctorture2(step = 7); found <- read_values(frame); gctorture(FALSE)
  found })
answers("a refusal at every allocation", TRUE, { gctorture2(step = 7); found <- tryCatch(mtm_codes("x", "planets"), error = identity); gctorture(FALSE)
  inherits(found, "mtm_not_found_error") })
answers("factors at every allocation", c(3, 0), { frame <- three_events(direction = factor(c("IN", "OUT", "IN")), date = as.Date("2024-01-01") + 0:2)
  gctorture2(step = 7); found <- balance(frame); gctorture(FALSE); found })
answers("an interrupt while counting", c("interrupted", 0), trimws(in_new_r(c( # it comes to the call, or to R between two
  "bytes <- c(charToRaw('date,direction\\n'), rep(charToRaw('2024-01-01,IN\\n'), 2e6))",
  "system(sprintf('(sleep 0.4; kill -INT %d) &', Sys.getpid()))",
  "said <- tryCatch({ for (i in 1:500) mtm_tabulate(bytes, by = list('direction'), progress = function(done, total) TRUE); 'never' },",
  "  interrupt = function(c) 'interrupted', error = function(e) if (grepl('stopped on request', conditionMessage(e))) 'interrupted' else conditionMessage(e))",
  "cat(said)"))))

# Owners that go, and workspaces

refuses("a dataset from a file", "saved workspace", {
  path <- tempfile(); saveRDS(mtm_dataset(table_of(1:3), concept = "population"), path); as.data.frame(readRDS(path)) })
refuses("a package from a file", "saved workspace", {
  path <- tempfile(); saveRDS(crossings(), path); mtm_compute(readRDS(path), "arrivals") })
answers("a workspace that is restored", c("refused", 0), {
  path <- gsub("\\\\", "/", tempfile())
  in_new_r(sprintf("d <- mtm_dataset(data.frame(period = '2024', value = 1), concept = 'population'); save.image('%s')", path))
  in_new_r(c(sprintf("load('%s')", path), "said <- tryCatch({ as.data.frame(d); print(d) }, error = function(e) cat('refused'))"))
})
answers("a dataset after its package", 2L, { set <- crossings()[[1]]; gc(); nrow(as.data.frame(set)) })
answers("a result after its package", 4001714, { result <- mtm_compute(crossings(), "arrivals", period = "2024-Q2"); gc(); result$value })
refuses("a handle of another class", "class", mtm_compute(mtm_dataset(table_of(1:3), concept = "population"), "arrivals"))
refuses("a handle made by hand", "", as.data.frame(structure(list(handle = 5, owner = NULL), class = "mtm_dataset")))
refuses("a handle of nothing", "", as.data.frame(structure(list(handle = NULL, owner = NULL), class = "mtm_dataset")))
refuses("a store that is none", "mtm_store", mtm_store_add(list(), tempdir(), "a"))
answers("a fork counts by itself", c(3, 0), parallel::mccollect(parallel::mcparallel(balance(event_bytes, threads = 2)))[[1]])
answers("an exit in the middle", 3, as.numeric(in_new_r(
  "mtm_tabulate(charToRaw('date,direction\\n2024-01-01,IN\\n'), by = list('direction'), progress = function(done, total) quit(status = 3))")[[2]]))
answers("a package that is unloaded", c("1", 0), in_new_r(c(
  "d <- mtm_dataset(data.frame(period = '2024', value = 1), concept = 'population')", "detach('package:mtm', unload = TRUE)",
  "invisible(gc()); library(mtm); cat(nrow(as.data.frame(d)))")))
answers("frames of other packages", c(3, 0), balance(tibble::as_tibble(three_events())))
answers("data.table", c(3, 0), balance(data.table::as.data.table(three_events(date = data.table::as.IDate("2024-01-01") + 0:2))))

needs <- c("frames of other packages" = "tibble", "data.table" = "data.table", "integer64" = "bit64", "integer64 that is missing" = "bit64",
           "the least integer64 but one" = "bit64")

test_that("a hundred attacks, each in its own process, neither crash nor hang nor give wrong values", {
  skip_on_os("windows")
  skip_if(nzchar(Sys.getenv("_R_CHECK_PACKAGE_NAME_")), "R CMD check runs the other tests")
  expect_gte(length(attacks), 100)
  for (name in names(attacks)) {
    if (name %in% names(needs) && !requireNamespace(needs[[name]], quietly = TRUE)) next
    expect_identical(attacked(attacks[[name]]), "", info = name)
  }
})
