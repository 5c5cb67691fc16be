/* The pictures of a report as editable charts. Knows no document. */
#ifndef MTMI_RENDER_DOCUMENTS_DOCUMENT_FIGURES_H
#define MTMI_RENDER_DOCUMENTS_DOCUMENT_FIGURES_H

#include "render/office/chart_part.h"
#include "report/report.h"

typedef struct mtmi_office_figure {
    mtmi_office_chart chart;
    const char *title;                 /* says the message */
    mtmi_buffer subtitle, description; /* measure, place, period; what stands for the picture */
    mtmi_office_point *points;
} mtmi_office_figure;

/* Bars of the breakdown: its rows that have a number. 0 where there is nothing to draw; else free it. */
int mtmi_figure_of_rows(const mtm_report *report, const mtmi_report_indicator *indicator, mtmi_office_figure *out);
/* Columns over time. The same. */
int mtmi_figure_of_series(const mtm_report *report, const mtmi_report_indicator *indicator, mtmi_office_figure *out);
int mtmi_figure_failed(const mtmi_office_figure *figure);
void mtmi_figure_free(mtmi_office_figure *figure);
/* "en-GB" */
const char *mtmi_figure_language(const mtm_report *report);

#endif
