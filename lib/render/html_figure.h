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

/* What stands around every picture: <figure> with number, title and subtitle; at its end the source, and data as a file. */
void mtmi_html_caption(const mtmi_html_figure *figure, const char *title, const char *subtitle);
void mtmi_html_foot(const mtmi_html_figure *figure, const mtmi_buffer *data, const char *suffix);
/* The rows of the indicator as CSV. */
void mtmi_html_rows(const mtmi_html_figure *figure, mtmi_buffer *data);

/* html_pyramid.c: rows of two sexes and several ages. */
int mtmi_html_has_pyramid(const mtmi_report_indicator *indicator);
void mtmi_html_pyramid(const mtmi_html_figure *figure);

void mtmi_html_bars(const mtmi_html_figure *figure);
void mtmi_html_series(const mtmi_html_figure *figure);
#endif
