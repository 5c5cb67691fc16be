/* The rows of one table of a file, and what else the file holds. Private to lib/read/rows. */
#ifndef MTMI_READ_ROWS_ROW_READER_H
#define MTMI_READ_ROWS_ROW_READER_H

#include "base/buffer.h"
#include "read/rows/mend.h"
#include "read/rows/queue.h"
#include "read/rows/shape.h"

#include <mtm/rows.h>

#include <stdatomic.h>

typedef struct mtmi_met_table {
    char *title, **names;
    size_t n_columns, header_rows;
    int64_t line, rows;
} mtmi_met_table;

struct mtm_row_reader {
    atomic_int holders;      /* beyond the first: an Arrow stream */
    mtm_source from;         /* as the caller gave it; its path, name and bytes are owned */
    char *path, *own_path;   /* path: what diagnostics call it */
    char *bytes;             /* NULL where the reader that was copied owns them */
    mtm_row_options options; /* its texts are the resource's */
    mtmi_source *source;
    mtmi_resource *resource;
    mtm_check *check;
    mtmi_row_queue queue;
    mtmi_shape shape; /* of the table that is read */
    mtmi_mend mend;   /* what its rows look like */
    mtmi_met_table *tables;
    size_t n_tables, tables_capacity, wanted; /* wanted: from 0; SIZE_MAX once its last row is read */
    size_t at;                                /* the table whose rows come now; n_tables - 1 once it has begun */
    mtmi_row row;                             /* the one last given */
    mtm_row_cell *cells;
    size_t cells_capacity;
    int64_t blanks;      /* blank rows since the last row of data */
    int64_t passed_line; /* a row that was looked at and begins no table */
    int ended;
};

/* A reader of the same file from its beginning, which borrows the bytes of the first. */
mtm_status mtmi_row_reader_again(const mtm_row_reader *reader, mtm_row_reader **out, mtm_error *err);
/* The next table: its rows above and its header are read, and noted. *got 0: there is none. */
mtm_status mtmi_row_reader_begin(mtm_row_reader *reader, int *got, mtm_error *err);
/* The next row of the table at hand, as the container has it; *got 0: the table ends. */
mtm_status mtmi_row_reader_raw(mtm_row_reader *reader, mtmi_row *row, int *got, mtm_error *err);
mtm_status mtmi_row_reader_note(mtm_row_reader *reader, const mtmi_row *row, int code, const char *expected,
                                const char *hint, mtm_error *err);

#endif
