/* Where a table begins, and which rows name its columns, by what the cells look like: no word is known. */
#ifndef MTMI_READ_ROWS_SHAPE_H
#define MTMI_READ_ROWS_SHAPE_H

#include "read/table/preview.h"

typedef struct mtmi_shape {
    size_t first, n_header; /* rows of the preview: where the table begins, how many of them are its header */
    size_t n_columns;       /* that most rows have, or the header where it has more */
    unsigned char *figures; /* of each column: most cells are figures */
    char **names;           /* one per column; "" for none; n_header 0: NULL */
} mtmi_shape;

/* header_rows and skip_rows as mtm_row_options has them. *found 0: the preview has no row that is not blank. Fails only
 * without memory. */
mtm_status mtmi_shape_find(const mtmi_preview *preview, int32_t header_rows, int32_t skip_rows, int *found,
                           mtmi_shape *out, mtm_error *err);
/* The names of a header of one row. */
mtm_status mtmi_shape_names(mtmi_shape *shape, const mtmi_row *row, mtm_error *err);
void mtmi_shape_free(mtmi_shape *shape);

/* Whether a row below is the header of another table: it repeats the names, less or more of them. */
int mtmi_shape_repeats(const mtmi_shape *shape, const mtmi_row *row);
/* Whether a row has words where the columns have figures, and is no row of data. */
int mtmi_shape_words(const mtmi_shape *shape, const mtmi_row *row);
/* Whether a row has figures where the columns have them. */
int mtmi_shape_fits(const mtmi_shape *shape, const mtmi_row *row);
/* How many figures a row has that are no years. */
size_t mtmi_row_figures(const mtmi_row *row);

#endif
