# Reading a file in the style of the Displacement Tracking Matrix: HXL tags, levels and rounds as dimensions.
library(mtm)

file <- tempfile(fileext = ".csv")
writeLines(c(
  "Reporting date,Admin 1,Admin 1 pcode,Round,Displaced individuals",
  "#date+reported,#adm1+name,#adm1+code,#meta+round,#affected+idps+ind",
  "2024-03-31,North,XX01,7,\"1 250\"",
  "2024-03-31,South,XX02,7,980",
  "2024-06-30,North,XX01,8,\"1 100\"",
  "2024-06-30,South,XX02,8,not available"), file)
found <- mtm_check(file)
cat(found$outcome, found$rows, "\n")
print(as.data.frame(mtm_dataset(file, concept = "displacement"))[, c("period", "value", "status")])
