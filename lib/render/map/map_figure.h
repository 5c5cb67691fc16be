/* The map of an indicator for the page. */
#ifndef MTMI_RENDER_MAP_MAP_FIGURE_H
#define MTMI_RENDER_MAP_MAP_FIGURE_H

#include "render/html_figure.h"

/* Whether the report has boundaries for at least two rows of the indicator, and for half of them. */
int mtmi_html_has_map(const mtm_report *report, const mtmi_report_indicator *indicator);
/* The map with its key, what stands for it, source and data; the table of the rows stands beside it in the report. */
void mtmi_html_map(const mtmi_html_figure *figure);

#endif
