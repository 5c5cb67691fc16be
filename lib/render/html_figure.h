/* Pictures of an indicator for the page, each a figure element with its caption, its text and its data. */
#ifndef MTMI_RENDER_HTML_FIGURE_H
#define MTMI_RENDER_HTML_FIGURE_H

#include "render/chart/chart.h"
#include "report/report.h"

#define MTMI_SERIES_LEAST 3 /* a chart over time has at least three periods */

typedef struct mtmi_html_figure {
    mtmi_buffer *out;
    const mtm_report *report;
    const mtmi_report_indicator *indicator;
    size_t *number;     /* of the figures written so far; NULL where figures have no numbers */
    const char *suffix; /* of ids, where an indicator is drawn twice on a page */
} mtmi_html_figure;

void mtmi_html_bars(const mtmi_html_figure *figure);
void mtmi_html_series(const mtmi_html_figure *figure);
/* The points that have a number, at most n_points; returns how many. */
size_t mtmi_html_points(const mtmi_report_indicator *indicator, mtmi_chart_point *points);

#endif
