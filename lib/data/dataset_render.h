/* A dataset as rows of texts, one an observation: what its CSV and its terminal table have in common. Private to this
 * room. */
#ifndef MTMI_DATA_DATASET_RENDER_H
#define MTMI_DATA_DATASET_RENDER_H

#include "base/buffer.h"
#include "data/dataset.h"

#define MTMI_TABLE_CELL 96 /* bytes of a cell that is no member */

/* Which columns a dataset's table has beside period, dimensions and value. */
typedef struct mtmi_table_shape {
    int has_status;  /* some figure is not plain 'A' */
    int has_release; /* some release has a date */
    int has_edition;
    int has_line;   /* observations come from lines of their own */
    int has_partly; /* the files behind it cover some period in part */
} mtmi_table_shape;

mtmi_table_shape mtmi_table_shape_of(const mtm_dataset *dataset);

/* The cell's text into out, which holds MTMI_TABLE_CELL. */
void mtmi_table_value(const mtm_dataset *dataset, size_t i, char *out);
void mtmi_table_period(const mtm_dataset *dataset, size_t i, char *out);
void mtmi_table_release(const mtm_dataset *dataset, size_t i, char *out);
/* Of a dataset with that column: the first days of the period that the files do not cover; "" where they cover it. */
void mtmi_table_uncovered(const mtm_dataset *dataset, size_t i, char *out);

/* A table for a terminal of so many columns. */
void mtmi_table_text(const mtm_dataset *dataset, int width, mtmi_buffer *out);

#endif
