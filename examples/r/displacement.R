# Rounds of mobility tracking and a registry of flow monitoring from data packages: stocks by area, what changed, what was seen.
library(mtm)

examples <- c(commandArgs(trailingOnly = TRUE), "examples")[[1]]
package <- mtm_package(file.path(examples, "examplia-round-7"))
cat(format(mtm_compute(package, "idps")), "\n")
areas <- mtm_compute(package, "idps-by-admin1")
print(areas$breakdown[, c("rank", "code", "value", "share")], row.names = FALSE)
change <- mtm_compute(package, "idps-change")
print(change$breakdown[, c("code", "value")], row.names = FALSE)

flows <- mtm_package(file.path(examples, "flow-monitoring"))
for (indicator in c("movements-observed-by-point", "point-days-open")) {
  result <- mtm_compute(flows, indicator)
  cat(indicator, result$value, "\n")
  print(result$breakdown[, c("code", "value")], row.names = FALSE)
}
