/* An Arrow stream as rows of cells: the column names are the first row, line 0; the others follow, lines from 1. */
#ifndef MTMI_READ_ARROW_ARROW_ROWS_H
#define MTMI_READ_ARROW_ARROW_ROWS_H

#include "read/arrow/arrow_column.h"
#include "read/table/rows.h"

/* Takes the stream over in every case; mtmi_rows_free() releases it. name is copied. */
mtm_status mtmi_arrow_rows_new(struct ArrowArrayStream *stream, const char *name, const mtmi_limits *limits,
                               mtmi_rows **out, mtm_error *err);
/* The schema of the stream behind the rows, lent: for what it says of the data as a whole. */
const struct ArrowSchema *mtmi_arrow_rows_schema(const mtmi_rows *rows);

/* For readers that take columns. Rows that were lent while the reader looks at the head stay at hand, until the rows are
 * rewound: then the first row is the next one again. */
void mtmi_arrow_rows_keep(mtmi_rows *rows);
mtm_status mtmi_arrow_rows_rewind(mtmi_rows *rows, mtm_error *err);
void mtmi_arrow_rows_forget(mtmi_rows *rows); /* no rewinding after all */

/* The next batch after the one at hand. */
typedef struct mtmi_arrow_batch {
    const mtmi_arrow_column *columns;
    size_t n_columns;
    size_t n_rows; /* 0: the stream has ended */
} mtmi_arrow_batch;
mtm_status mtmi_arrow_rows_batch(mtmi_rows *rows, mtmi_arrow_batch *out, mtm_error *err);
/* Rows whose cells next() has not lent yet, of the batch at hand. */
typedef struct mtmi_arrow_ahead {
    const mtmi_arrow_column *columns;
    size_t n_columns;
    size_t row, n;      /* the next row of the batch, and how many there are from it on */
    int64_t line;       /* its number */
    uint64_t batch;     /* which one, from 1 */
    uint64_t max_field; /* the limit in force */
} mtmi_arrow_ahead;
int mtmi_arrow_rows_ahead(const mtmi_rows *rows, mtmi_arrow_ahead *out); /* 0: no Arrow stream's rows */
void mtmi_arrow_rows_pass(mtmi_rows *rows, size_t n);                    /* so many of them were taken by columns */
/* A row of the batch at hand, as next() would lend it; line is its number. */
mtm_status mtmi_arrow_rows_at(mtmi_rows *rows, size_t row, int64_t line, mtmi_row *out, mtm_error *err);

#endif
