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
    mtmi_preview head;
    mtmi_header header;
    mtmi_columns columns;
    int64_t counted[4];
    int64_t rows_of_data;   /* accepted or rejected, of the file at hand */
    int headers_looked_for; /* among refused rows */
} mtmi_reading;

/* not_data.c: rows that are recognised as no data, and characters that nobody sees. */
int mtmi_reading_comment(const mtmi_reading *reading, const mtmi_row *row);
int mtmi_reading_footnote(const mtmi_reading *reading, const mtmi_row *row);
int mtmi_reading_numbering(const mtmi_reading *reading, const mtmi_row *row);
int mtmi_reading_end_mark(const mtmi_row *row);               /* Ctrl-Z, which old programs put at the end of a file */
size_t mtmi_reading_invisible(const char *text, size_t size); /* where; size for nowhere */

/* reading_log.c: what a check keeps of columns and marks. The log is not NULL. */
mtm_status mtmi_reading_log_columns(const mtmi_reading *reading, mtm_error *err);
mtm_status mtmi_reading_log_units(const mtmi_reading *reading, mtm_error *err);
void mtmi_reading_log_marks(const mtmi_reading *reading);

#endif
