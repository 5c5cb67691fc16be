# Shares and means of a sample survey, with their intervals.
library(mtm)

survey <- mtm_survey("examples/households")
print(survey)

shares <- mtm_survey(survey, "food_insecure", by = "population_group")
print(format(shares[, c("population_group", "answer", "estimate", "low", "high", "n")], digits = 4))
