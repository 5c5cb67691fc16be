/* The words around the picture of an indicator, the same in every form. Knows no form. */
#ifndef MTMI_RENDER_FIGURE_TEXT_H
#define MTMI_RENDER_FIGURE_TEXT_H

#include "base/buffer.h"
#include "render/chart/chart.h"
#include "report/report.h"

#define MTMI_SERIES_LEAST 3 /* a chart over time has at least three periods */

/* "Figure 3. " */
void mtmi_figure_number(mtmi_buffer *out, const mtm_report *report, size_t number);
/* Measure, place, period: of bars, and of a series from its first to its last point. */
void mtmi_figure_bars_subtitle(mtmi_buffer *out, const mtm_report *report, const mtmi_report_indicator *indicator);
void mtmi_figure_series_subtitle(mtmi_buffer *out, const mtm_report *report, const mtmi_report_indicator *indicator,
                                 const mtmi_chart_point *points, size_t n);
/* "1,598,656 · 40.0 %" */
void mtmi_figure_row(mtmi_buffer *out, const mtm_report *report, const mtmi_report_row *row);
/* What stands for the picture: every bar; of a series the reported value, the first, the last and the extremes. */
void mtmi_figure_bars_text(mtmi_buffer *out, const mtm_report *report, const mtmi_report_indicator *indicator);
void mtmi_figure_series_text(mtmi_buffer *out, const mtm_report *report, const mtmi_chart_point *points, size_t n);
/* The points that have a number, at most n_points; returns how many. */
size_t mtmi_figure_points(const mtmi_report_indicator *indicator, mtmi_chart_point *points);

#endif
