/* Rows that lack a delimiter, or have another one than the rest of the table. A row is put right only where one reading alone
 * has cells like those of the other rows. */
#ifndef MTMI_READ_ROWS_MEND_H
#define MTMI_READ_ROWS_MEND_H

#include "base/buffer.h"
#include "read/table/preview.h"

#define MTMI_MEND_FORMS 8u   /* of a column whose cells are alike */
#define MTMI_MEND_LENGTH 64u /* bytes of such a cell, with an end */

/* What the cells of a column look like: digits as 0, letters as a, all else as it stands. */
typedef struct mtmi_mend_column {
    char forms[MTMI_MEND_FORMS][MTMI_MEND_LENGTH];
    size_t n;
    int free;                 /* its cells are not alike: anything that begins as one of them does */
    unsigned char begins[32]; /* a bit for each first sign; that of 0 for an empty cell */
} mtmi_mend_column;

/* Filled with zeros it mends nothing. */
typedef struct mtmi_mend {
    mtmi_mend_column *columns;
    size_t n_columns;
    mtmi_buffer text; /* of the row last mended */
    mtmi_cell *cells;
    int64_t *places; /* line and character of each */
    size_t capacity;
    size_t cell, at; /* the cell that was two, and where the second begins; SIZE_MAX where the whole row was cut anew */
} mtmi_mend;

/* Learns from the rows of a table from `first` on. 0 without memory. */
int mtmi_mend_learn(mtmi_mend *mend, const mtmi_preview *rows, size_t first, size_t n_columns);
/* Puts a row right that has fewer cells than the table: *mended says whether. Its cells are lent until the next call. 0
 * without memory. */
int mtmi_mend_row(mtmi_mend *mend, mtmi_row *row, int *mended);
/* Cuts a line of names by a delimiter under which it has as many as the table has columns, all of them with letters. */
int mtmi_mend_names(mtmi_mend *mend, mtmi_row *row, size_t n_columns, int *mended);
void mtmi_mend_free(mtmi_mend *mend);

#endif
