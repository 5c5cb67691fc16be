# The rows of any table, as they stand, with what was found beside.
library(mtm)

text <- "Arrivals by sex, thousand persons

;men;;women;
region;2023;2024;2023;2024
Almaty;1,5;1,7;1,2;1,3
Astana;2,1;2,4;1,9
"
arrivals <- mtm_rows(charToRaw(text), name = "arrivals.csv")
print(attr(arrivals, "title"))
print(arrivals)
print(attr(arrivals, "notes")[, c("code", "line", "column")])
