/* Pictures of an indicator for the page, each a figure element with its caption, its text and its data. */
#ifndef MTMI_RENDER_HTML_FIGURE_H
#define MTMI_RENDER_HTML_FIGURE_H

#include "render/figure_text.h"

typedef struct mtmi_html_figure {
    mtmi_buffer *out;
    const mtm_report *report;
    const mtmi_report_indicator *indicator;
    size_t *number;     /* of the figures written so far; NULL where figures have no numbers */
    const char *suffix; /* of ids, where an indicator is drawn twice on a page */
} mtmi_html_figure;

void mtmi_html_bars(const mtmi_html_figure *figure);
void mtmi_html_series(const mtmi_html_figure *figure);
#endif
