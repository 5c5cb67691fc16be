/* Text from files inside documents: it shows as it is and never acts. Knows the forms' marks, not what is written. */
#ifndef MTMI_RENDER_ESCAPE_H
#define MTMI_RENDER_ESCAPE_H

#include "base/buffer.h"

/* Each takes any bytes: what is not valid UTF-8 shows as U+FFFD; NULL writes nothing. */

/* Element content and quoted attributes of HTML and SVG. Control and direction characters show as U+FFFD. */
void mtmi_escape_html(mtmi_buffer *out, const char *text);
/* CommonMark with tables, in a paragraph, list item or cell: on one line, and nothing in it is markup. */
void mtmi_escape_markdown(mtmi_buffer *out, const char *text);
/* The target of a link in angle brackets. */
void mtmi_escape_markdown_url(mtmi_buffer *out, const char *url);
/* A cell of CSV. One that a spreadsheet would take for a formula, and one that begins with an apostrophe, gets an
 * apostrophe in front: taking one away from each cell that begins with one gives the text back. */
void mtmi_escape_csv(mtmi_buffer *out, const char *text);
/* Plain text for a terminal: control characters as \u001B, so that none acts. */
void mtmi_escape_terminal(mtmi_buffer *out, const char *text);

/* Whether text is a link a page may carry: http or https, and no space or control character. */
int mtmi_escape_is_link(const char *text);

#endif
