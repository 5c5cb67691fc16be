/* The members of docs/report-json.md that belong to one indicator. */
#ifndef MTMI_RENDER_JSON_INDICATOR_H
#define MTMI_RENDER_JSON_INDICATOR_H

#include "base/json.h"
#include "report/report.h"

/* One element of indicators[]. */
void mtmi_json_indicator(mtmi_json *json, const mtm_report *report, const mtmi_report_indicator *indicator,
                         int is_single);
/* What the lineage view is. */
void mtmi_json_lineage(mtmi_json *json, const mtm_report *report, const mtmi_report_indicator *indicator);
/* One element of bibliography[] and sources[]. */
void mtmi_json_source(mtmi_json *json, const mtm_report *report, size_t index);

/* A period in SDMX notation; null when it is not stated. */
void mtmi_json_period(mtmi_json *json, const char *key, mtm_period period);
/* null for "". */
void mtmi_json_optional(mtmi_json *json, const char *key, const char *text);

#endif
