/* Between the files that read a table. Private to them. */
#ifndef MTMI_READ_TABLE_READER_INTERNAL_H
#define MTMI_READ_TABLE_READER_INTERNAL_H

#include "read/table/preview.h"
#include "read/observe/observer.h"

typedef struct mtmi_reading {
    const mtmi_resource *resource;
    const mtm_read_options *options;
    mtmi_check_log *log;
    mtmi_observer *observer;
    mtmi_rows *rows;
    mtmi_row_cells cells; /* of the row at hand */
    mtmi_preview head;
    mtmi_header header;
    mtmi_columns columns;
    int64_t counted[4];
    int64_t rows_of_data;   /* accepted or rejected, of the file at hand */
    int headers_looked_for; /* among refused rows */
    int other_title;        /* a remark since the last row of data, which is no title of the table at hand */
} mtmi_reading;

/* What a row is; all but DATA are no data. Rows that the container refuses are DATA too: they are counted as such. */
typedef enum mtmi_row_kind {
    MTMI_ROW_DATA = 0,
    MTMI_ROW_NOTHING,   /* blank, or a comment */
    MTMI_ROW_END_MARK,  /* of old systems */
    MTMI_ROW_HEADER,    /* the header again */
    MTMI_ROW_NUMBERING, /* numbers of the columns */
    MTMI_ROW_LEGEND,    /* a mark, and what it means */
    MTMI_ROW_REMARK     /* under the table */
} mtmi_row_kind;

/* skip_rows.c: rows that are recognised as no data, and characters that nobody sees. */
mtmi_row_kind mtmi_reading_kind(const mtmi_reading *reading, const mtmi_row *row);
int mtmi_reading_comment(const mtmi_reading *reading, const mtmi_row *row);
/* Whether a remark may be the title of another table: it says something else than the rows above the header, and not that the
 * table goes on. */
int mtmi_reading_other_title(const mtmi_reading *reading, const mtmi_row *row);
size_t mtmi_reading_invisible(const char *text, size_t size); /* where; size for nowhere */

/* date_order.c: after the columns are bound, the order of dates that the first rows leave in doubt, or that later rows
 * contradict. */
mtm_status mtmi_reading_date_orders(mtmi_reading *reading, mtm_error *err);

/* show_rows.c: rows kept to be seen; nothing where nobody asked. `wrong`: the cell that a refused row was refused for,
 * SIZE_MAX for none. */
mtm_status mtmi_reading_show(mtmi_reading *reading, const mtmi_row *row, mtmi_shown_kind kind, size_t wrong,
                             mtm_error *err);
/* A row of the head, above the data. */
mtm_status mtmi_reading_show_head(mtmi_reading *reading, size_t number, mtm_error *err);
/* The first rows of a file that was refused before any row was read. */
mtm_status mtmi_reading_show_unread(mtmi_reading *reading, mtm_error *err);

/* table_reader_log.c: what a check keeps of columns and marks. The log is not NULL. */
mtm_status mtmi_reading_log_columns(const mtmi_reading *reading, mtm_error *err);
mtm_status mtmi_reading_log_units(const mtmi_reading *reading, mtm_error *err);
void mtmi_reading_log_marks(const mtmi_reading *reading);

#endif
