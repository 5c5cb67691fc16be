/* What figures say over time: indices, sums, contributions, rates. */
#ifndef MTMI_REPORT_OVER_TIME_H
#define MTMI_REPORT_OVER_TIME_H

#include "indicator/result.h"
#include "report/text_builder.h"

/* Indices, sums of the year so far and of twelve months, of the points that are shown; and the contributions of rows. */
void mtmi_over_time_build(mtmi_text_builder *scribe, const mtm_result *result, mtmi_report_indicator *entry);
/* Rates per 1,000 population, where the report has the population: a note of each indicator that counts persons. */
void mtmi_rates_build(mtmi_text_builder *scribe);

/* per_day.c: movements for each day on which the points were open, of shown numbers alone; "" where nothing says the days. */
const char *mtmi_per_day_note(mtmi_text_builder *scribe, const mtm_result *result, const mtmi_report_indicator *entry);

#endif
