# Where a number comes from: file, line, release, operation.
library(mtm)

folder <- c(commandArgs(trailingOnly = TRUE), "examples/kazakhstan-2024-q2")[[1]]
lineage <- mtm_explain(mtm_package(folder), "immigration", period = "2023-Q2")
print(lineage)
steps <- as.data.frame(unclass(lineage)[c("of", "operation", "value", "file", "line", "edition")])
print(steps[steps$of == "value", ])
