/* The frame of the HTML page: its head, policy and style, and small elements. Knows HTML, not the report. */
#ifndef MTMI_RENDER_PAGE_H
#define MTMI_RENDER_PAGE_H

#include "render/table.h"

/* <!DOCTYPE> to <body>. The policy allows this page's own style sheet, by its digest, and nothing else. */
void mtmi_page_begin(mtmi_buffer *out, const char *language, const char *title, const char *description);
void mtmi_page_end(mtmi_buffer *out);

/* <tag class="name">text</tag>; name may be NULL. */
void mtmi_page_element(mtmi_buffer *out, const char *tag, const char *name, const char *text);
/* Opens a section that its heading names: <section id="id"><h2 id="id-title">. */
void mtmi_page_section(mtmi_buffer *out, const char *id, const char *title);
/* A change in per cent, with an arrow for its sign, and what it is against. */
void mtmi_page_change(mtmi_buffer *out, int sign, const char *percent, const char *against);
/* A link where url is a web address, else the text alone. */
void mtmi_page_link(mtmi_buffer *out, const char *url, const char *text);
/* A table with its caption and, in lighter letters, detail (may be NULL); the first column heads the rows. id is used
 * for the caption. It scrolls within itself where it is too wide. */
void mtmi_page_table(mtmi_buffer *out, const mtmi_table *table, const char *id, const char *caption,
                     const char *detail);

#endif
