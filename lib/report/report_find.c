/* Finds an indicator of a report by its id. */
#include "report/report.h"

#include <string.h>

const mtmi_report_indicator *mtmi_report_find(const mtm_report *report, const char *id) {
    for (size_t s = 0; s < report->n_sections; s++) {
        for (size_t i = 0; i < report->sections[s].n_indicators; i++) {
            if (strcmp(report->sections[s].indicators[i].id, id) == 0) {
                return &report->sections[s].indicators[i];
            }
        }
    }
    return NULL;
}
