/* A word-processing document (ECMA-376, WordprocessingML): paragraphs, lists, tables with a header row, editable charts, links.
 * Knows no report. */
#ifndef MTMI_RENDER_OFFICE_DOCX_WRITER_H
#define MTMI_RENDER_OFFICE_DOCX_WRITER_H

#include "render/office/chart_part.h"
#include "render/table.h"

typedef enum mtmi_docx_style {
    MTMI_DOCX_BODY = 0,
    MTMI_DOCX_TITLE,
    MTMI_DOCX_SUBTITLE,
    MTMI_DOCX_HEADING_1,
    MTMI_DOCX_HEADING_2,
    MTMI_DOCX_HEADING_3,
    MTMI_DOCX_LIST,
    MTMI_DOCX_CAPTION,
    MTMI_DOCX_SMALL,
    MTMI_DOCX_DETAIL, /* small, and with what follows */
    MTMI_DOCX_STAMP
} mtmi_docx_style;

typedef struct mtmi_docx {
    mtmi_zip_writer archive;
    mtmi_buffer body, relations;
    size_t n_relations, n_charts, n_bookmarks;
    const char *title, *creator, *language; /* "en-GB" */
} mtmi_docx;

void mtmi_docx_start(mtmi_docx *word, mtmi_buffer *out, const char *title, const char *creator, const char *language);
/* bookmark: a name that links within the document lead to; NULL for none. */
void mtmi_docx_paragraph(mtmi_docx *word, mtmi_docx_style style, const char *text, const char *bookmark);
/* The text, then a link: to an address of the web, or to a bookmark where the address begins with '#'. */
void mtmi_docx_link(mtmi_docx *word, mtmi_docx_style style, const char *text, const char *address, const char *label);
/* Row 0 heads the columns, and again on each page; caption names the table for screen readers. */
void mtmi_docx_table(mtmi_docx *word, const mtmi_table *table, const char *caption);
/* description stands for the picture. */
void mtmi_docx_chart(mtmi_docx *word, const mtmi_office_chart *chart, const char *title, const char *description);
void mtmi_docx_finish(mtmi_docx *word); /* and frees what it held, in every case */

#endif
