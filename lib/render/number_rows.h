/* Every number of an indicator, one after the other: what a row of CSV or of a sheet holds. Knows no form. */
#ifndef MTMI_RENDER_NUMBER_ROWS_H
#define MTMI_RENDER_NUMBER_ROWS_H

#include "report/report.h"

typedef struct mtmi_number_row {
    const char *measure;        /* value, base, absolute, percent, row, share, point, ... (docs/report-forms.md) */
    const char *with;           /* what it is compared with; "" where it is no comparison */
    mtm_period period;          /* what the number is of */
    const mtmi_report_row *row; /* of the breakdown; NULL elsewhere */
    const mtmi_figure_text *number;
    const char *unit;              /* NULL: the indicator's, with its multiplier */
    char status;                   /* '\0' where there is none */
    int reason;                    /* an mtm_reason where there is no number */
    const char *covers;            /* the text of its extent; NULL where it has none */
    const mtmi_covering *covering; /* of the value: how much of what is expected; else NULL */
    int breaks;                    /* a point that does not cover the same as the one before */
} mtmi_number_row;

typedef void (*mtmi_number_rows_take)(void *out, const mtmi_report_indicator *indicator, const mtmi_number_row *figure);

/* The value (with or without a number) and what it is per 1,000 population, comparisons, rows with their shares and what
 * they contributed, points of the series with what is computed of them. */
void mtmi_number_rows_each(const mtmi_report_indicator *indicator, mtmi_number_rows_take take, void *out);

#endif
