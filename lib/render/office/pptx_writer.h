/* Slides (ECMA-376, PresentationML): a title, lines of text, a table or an editable chart each. Knows no report. */
#ifndef MTMI_RENDER_OFFICE_PPTX_WRITER_H
#define MTMI_RENDER_OFFICE_PPTX_WRITER_H

#include "render/office/chart_part.h"
#include "render/table.h"

typedef struct mtmi_pptx {
    mtmi_zip_writer archive;
    mtmi_buffer slide; /* shapes of the slide being written */
    size_t n_slides, n_charts, n_shapes;
    size_t chart_of_slide;                  /* 0: none */
    const char *title, *creator, *language; /* "en-GB" */
} mtmi_pptx;

#define MTMI_PPTX_SLIDES 255

void mtmi_pptx_start(mtmi_pptx *deck, mtmi_buffer *out, const char *title, const char *creator, const char *language);
/* Begins a slide, ending the one before; 0 where there are too many. */
int mtmi_pptx_slide(mtmi_pptx *deck, const char *title);
/* Lines below the title, each an item where marked; small ones are for details and sources at the foot. */
void mtmi_pptx_lines(mtmi_pptx *deck, const char *const *lines, size_t n, int items);
void mtmi_pptx_foot(mtmi_pptx *deck, const char *text);
void mtmi_pptx_chart(mtmi_pptx *deck, const mtmi_office_chart *chart, const char *name, const char *description);
void mtmi_pptx_table(mtmi_pptx *deck, const mtmi_table *table, const char *name);
void mtmi_pptx_finish(mtmi_pptx *deck); /* and frees what it held, in every case */

#endif
