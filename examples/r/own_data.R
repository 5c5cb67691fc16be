# An analyst's own data frame becomes an indicator.
library(mtm)

frame <- data.frame(
  quarter = c("2024-Q1", "2024-Q1", "2024-Q2", "2024-Q2"),
  country = factor(c("Uzbekistan", "China", "Uzbekistan", "China")),
  entries = c(1200, 310, 1500, 290)
)
entries <- mtm_dataset(frame, name = "own-entries", concept = "border-crossings", dimensions = list(direction = "IN"),
                       roles = list(quarter = "period", country = c("dimension", "citizenship"), entries = "value"))
package <- mtm_package(country = "KAZ", datasets = entries)

arrivals <- mtm_compute(package, "arrivals-by-origin", period = "2024-Q2")
cat(format(arrivals), "change:", arrivals$previous$percent_text, "%\n")
print(arrivals$breakdown[, c("rank", "code", "value", "share")], row.names = FALSE)
