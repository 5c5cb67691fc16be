/* Free text of a data package in a subset of Markdown: paragraphs parted by empty lines, items that begin with "- ",
 * headings that begin with "#"; **strong**, *emphasis*, [text](https://...), bare addresses, and a backslash before a
 * mark that is none. Everything else, HTML too, is text. Knows no report. */
#ifndef MTMI_RENDER_PROSE_H
#define MTMI_RENDER_PROSE_H

#include "base/buffer.h"

typedef enum mtmi_prose_kind { MTMI_PROSE_PARAGRAPH = 0, MTMI_PROSE_ITEM, MTMI_PROSE_HEADING } mtmi_prose_kind;

typedef struct mtmi_prose_block {
    mtmi_prose_kind kind;
    mtmi_buffer text; /* on one line, its marks in it; the caller frees it, also after the last block */
} mtmi_prose_block;

/* Reads the next block and moves *at behind it; 0 after the last. */
int mtmi_prose_next(const char **at, mtmi_prose_block *block);

/* The text of a block as HTML, escaped; and without marks, addresses in brackets. NULL writes nothing. */
void mtmi_prose_html(mtmi_buffer *out, const char *text);
void mtmi_prose_plain(mtmi_buffer *out, const char *text);
/* Whole prose as HTML: paragraphs, lists, headings of a level such as "h3". */
void mtmi_prose_page(mtmi_buffer *out, const char *prose, const char *heading);

#endif
