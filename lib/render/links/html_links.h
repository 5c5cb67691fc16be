/* Flows from one name to another, drawn as bands. */
#ifndef MTMI_RENDER_LINKS_HTML_LINKS_H
#define MTMI_RENDER_LINKS_HTML_LINKS_H

#include "render/html_figure.h"

/* Whether the rows of an indicator are pairs of an origin and a destination that can be drawn. */
int mtmi_html_has_links(const mtmi_report_indicator *indicator);
void mtmi_html_links(const mtmi_html_figure *figure);

#endif
