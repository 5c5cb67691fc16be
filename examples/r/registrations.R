# A register of persons from a data package: who is one person, who is present, who came and who left.
library(mtm)

folder <- c(commandArgs(trailingOnly = TRUE), "examples/registrations")[[1]]
package <- mtm_package(folder)
count <- function(indicator, period) mtm_compute(package, indicator, period = period)$value

before <- count("registered-persons", "2024-Q1")
now <- count("registered-persons", "2024-Q2")
came <- count("registration-arrivals", "2024-Q2")
left <- count("registration-exits", "2024-Q2")
cat(before, "on 31 March,", came, "came,", left, "left,", now, "on 30 June\n")
cat("adds up:", before + came - left == now, "\n")

sites <- mtm_compute(package, "registered-by-site", period = "2024-Q2")
print(sites$breakdown[, c("code", "value")], row.names = FALSE)
cat(count("registered-households", "2024-Q2"), "households\n")
