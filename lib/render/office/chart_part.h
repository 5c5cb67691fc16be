/* A chart of Office Open XML (DrawingML) with the workbook behind it, so that whoever opens the document can edit it.
 * Knows labels and numbers, not what they are. */
#ifndef MTMI_RENDER_OFFICE_CHART_PART_H
#define MTMI_RENDER_OFFICE_CHART_PART_H

#include "render/office/zip_writer.h"

#include <mtm/decimal.h>

typedef struct mtmi_office_point {
    const char *label;
    mtm_decimal value;
} mtmi_office_point;

typedef struct mtmi_office_chart {
    const char *label_heading, *measure; /* headings of the two columns of the workbook */
    const char *language;                /* "en-GB" */
    const mtmi_office_point *points;
    size_t n;
    int columns; /* upright, over time; else bars, the first on top */
} mtmi_office_chart;

/* Adds FOLDER/charts/chartN.xml, its relations, and FOLDER/embeddings/chartN.xlsx. */
void mtmi_office_chart_add(mtmi_zip_writer *archive, const char *folder, size_t number, const mtmi_office_chart *chart);
/* The entries of [Content_Types].xml for charts 1 to n. */
void mtmi_office_chart_types(mtmi_buffer *out, const char *folder, size_t n);

#endif
