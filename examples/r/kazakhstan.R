# The Kazakhstan quarter from a data package: one indicator, its breakdown, and the report.
library(mtm)

folder <- c(commandArgs(trailingOnly = TRUE), "examples/kazakhstan-2024-q2")[[1]]
package <- mtm_package(folder)
for (indicator in c("arrivals", "departures", "net-crossings", "remittances-out", "immigration")) {
  result <- mtm_compute(package, indicator)
  cat(format(result), "\n")
}

workers <- mtm_compute(package, "foreign-workers-by-sector", period = "2023-07")
print(workers$breakdown[, c("rank", "code", "value", "share")], row.names = FALSE)

report <- mtm_report(package, language = "kk")
cat(nrow(summary(report)), "numbers in the report\n")
