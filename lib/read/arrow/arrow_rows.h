/* An Arrow C stream as rows of cells. What comes in: a stream of record batches. What goes out: its column names as a
 * first row, line 0, then row after row, lines from 1. */
#ifndef MTMI_READ_ARROW_ARROW_ROWS_H
#define MTMI_READ_ARROW_ARROW_ROWS_H

#include "read/arrow/arrow_column.h"
#include "read/table/rows.h"

/* Takes the stream over in every case; mtmi_rows_free() releases it. name is copied. */
mtm_status mtmi_arrow_rows_new(struct ArrowArrayStream *stream, const char *name, const mtmi_limits *limits,
                               mtmi_rows **out, mtm_error *err);
/* The schema of the stream behind the rows, lent: for what it says of the data as a whole. */
const struct ArrowSchema *mtmi_arrow_rows_schema(const mtmi_rows *rows);

#endif
