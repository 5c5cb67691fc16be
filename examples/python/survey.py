"""Shares and means of a sample survey, with their intervals."""

import mtm

survey = mtm.Survey.read("examples/households")
print(survey.describe()["methods"])

print(survey.estimate("food_insecure", by="population_group"))

difference = survey.estimate("income_usd", by="population_group", between=("idp", "host"))[0]
print(f"income: {difference['estimate']:.1f} USD, {difference['low']:.1f} to {difference['high']:.1f}")
