/* The member "disclosure" of the JSON report. */
#ifndef MTMI_RENDER_JSON_DISCLOSURE_H
#define MTMI_RENDER_JSON_DISCLOSURE_H

#include "base/json.h"
#include "report/report.h"

/* Key and value: null in a report without confidential figures. */
void mtmi_json_disclosure(mtmi_json *json, const mtm_report *report);

#endif
