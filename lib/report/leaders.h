/* Which rows of a breakdown a highlight names, and what may be said of them. */
#ifndef MTMI_REPORT_LEADERS_H
#define MTMI_REPORT_LEADERS_H

#include "highlight/highlight.h"
#include "report/report.h"

#define MTMI_LEADERS_MOST 20

typedef struct mtmi_leaders {
    size_t rows[MTMI_LEADERS_MOST]; /* of the entry, largest first; ties in the order of their codes */
    size_t n;
    int has_share;
    mtm_decimal share; /* per cent of the total that they make together, one decimal */
    int at_least;      /* the share is a lower bound: some may stand in the remainder */
    int majority;      /* more than half of the total */
    int all;           /* they make the whole total */
    int given;         /* larger ones may be missing from the data: "among those given" */
} mtmi_leaders;

/* n is 0 where nothing may be named: rows are withheld, or the rule does not hold. */
mtm_status mtmi_leaders_choose(const mtm_result *result, const mtmi_report_indicator *entry,
                               const mtmi_highlight_rows *rule, mtmi_leaders *out);

#endif
