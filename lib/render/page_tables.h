/* The tables of one indicator, in words of the report's language. Every form shows the same ones. */
#ifndef MTMI_RENDER_PAGE_TABLES_H
#define MTMI_RENDER_PAGE_TABLES_H

#include "render/table.h"
#include "report/report.h"

/* Each fills a table that the caller frees; n_rows stays 0 where there is nothing to show. */
typedef void (*mtmi_tables_fill)(const mtmi_report_indicator *indicator, mtm_language language, mtmi_table *out);

/* ", revised" behind the period of a number that replaced an earlier one; of is an mtm_lineage_of. */
void mtmi_tables_mark(mtmi_buffer *out, const mtmi_report_indicator *indicator, int part, mtm_language language);

/* The value and what it is compared with: period, value, change, change in per cent. */
void mtmi_tables_comparison(const mtmi_report_indicator *indicator, mtm_language language, mtmi_table *out);
/* The breakdown: name, value, and share and rank where any row has one. */
void mtmi_tables_breakdown(const mtmi_report_indicator *indicator, mtm_language language, mtmi_table *out);
/* What each row contributed to the change, against one base or two; the last row is the whole. */
void mtmi_tables_growth(const mtmi_report_indicator *indicator, mtm_language language, mtmi_table *out);
/* The series: period, value; index, sum of the year so far and of twelve months where there are any. */
void mtmi_tables_series(const mtmi_report_indicator *indicator, mtm_language language, mtmi_table *out);
/* Of a whole report: the points of indicators that it does not show, one per row: indicator with its unit, period, value. */
void mtmi_tables_other_periods(const mtm_report *report, mtmi_table *out);
/* The lineage: what was done with each observation, and where it stands. */
void mtmi_tables_lineage(const mtmi_report_indicator *indicator, mtm_language language, mtmi_table *out);
/* The text of an extent in the language: "all" and "rest" are words, members are codes. */
const char *mtmi_tables_covers(const char *covers, mtm_language language);
/* The row of a code, or NULL. */
const mtmi_report_row *mtmi_tables_row(const mtmi_report_indicator *indicator, const char *code);

#endif
