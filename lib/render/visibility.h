/* What of an indicator a document for people shows, and what it would only say twice. Knows no form. */
#ifndef MTMI_RENDER_VISIBILITY_H
#define MTMI_RENDER_VISIBILITY_H

#include "render/table.h"
#include "report/report.h"

/* The section of an indicator of the report. */
const mtmi_report_section *mtmi_parts_section(const mtm_report *report, const mtmi_report_indicator *indicator);
/* Whether an indicator before it in the section shows the same value of the same period: breakdowns repeat a total. */
int mtmi_parts_repeats(const mtm_report *report, const mtmi_report_indicator *indicator);
/* Whether rows say who or where: a remainder alone says no more than the value. */
int mtmi_parts_has_breakdown(const mtmi_report_indicator *indicator);
/* Whether the table of the series says more than that of the comparisons. */
int mtmi_parts_has_series(const mtmi_report_indicator *indicator);
/* How many comparisons to show: for a year the previous period and the year before are one. */
size_t mtmi_parts_comparisons(const mtmi_report_indicator *indicator);
/* Whether any comparison has a base to show. */
int mtmi_parts_compares(const mtmi_report_indicator *indicator);
/* Whether the report's title states its period. */
int mtmi_parts_title_has_period(const mtm_report *report);
/* Notes in one column, without headings: the indicator's, and why a comparison is not made. In a whole report those that
 * stand elsewhere in it are left out. */
void mtmi_parts_notes(const mtmi_report_indicator *indicator, int whole, mtmi_table *out);
/* Whether a whole report shows the indicator: others stand among the limitations, with the reason. A breakdown without rows
 * that would only repeat its total is one of them. */
int mtmi_parts_is_shown(const mtm_report *report, const mtmi_report_indicator *indicator);
int mtmi_parts_section_is_shown(const mtm_report *report, const mtmi_report_section *section);
/* Whether points have an index, or sums: the table of the series then says more than its picture. */
int mtmi_parts_is_indexed(const mtmi_report_indicator *indicator);
int mtmi_parts_is_added_up(const mtmi_report_indicator *indicator);

#endif
