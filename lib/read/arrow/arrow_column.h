/* A column of an Arrow batch from any producer, each element as the text of a cell. */
#ifndef MTMI_READ_ARROW_ARROW_COLUMN_H
#define MTMI_READ_ARROW_ARROW_COLUMN_H

#include "base/buffer.h"
#include "base/error.h"

#include <mtm/arrow.h>

typedef enum mtmi_arrow_type {
    MTMI_ARROW_OTHER = 0, /* lists, structures, durations, ...: a cell of words that no role takes */
    MTMI_ARROW_NULL,
    MTMI_ARROW_BOOL,
    MTMI_ARROW_INT,
    MTMI_ARROW_UNSIGNED,
    MTMI_ARROW_FLOAT,
    MTMI_ARROW_DECIMAL,
    MTMI_ARROW_TEXT,
    MTMI_ARROW_TEXT_VIEW,
    MTMI_ARROW_DATE_DAYS,
    MTMI_ARROW_DATE_MILLISECONDS,
    MTMI_ARROW_TIMESTAMP
} mtmi_arrow_type;

typedef struct mtmi_arrow_column {
    const char *name;   /* lent by the schema; "" for none */
    const char *format; /* lent; of the dictionary's values where there is a dictionary */
    mtmi_arrow_type type;
    int width;          /* bytes of an element, or of an offset */
    int scale;          /* DECIMAL */
    int64_t per_second; /* TIMESTAMP: 1 to 10^9 */
    int zone;           /* TIMESTAMP: 0 local time as written, 1 moments, shifted by zone_minutes */
    int zone_minutes;
    int index_width; /* of a dictionary's indices; 0: no dictionary */
    int index_signed;
    const struct ArrowArray *array; /* of the batch at hand */
    size_t first;                   /* element of the array that is row 0 */
} mtmi_arrow_column;

/* What the column's type is. place.subject names the stream. */
mtm_status mtmi_arrow_column_type(const struct ArrowSchema *schema, size_t number, const char *stream,
                                  mtmi_arrow_column *out, mtm_error *err);
/* Points it at a batch of n rows that begin at element first; refuses an array that cannot be of its type. */
mtm_status mtmi_arrow_column_batch(mtmi_arrow_column *column, const struct ArrowArray *array, size_t first, size_t n,
                                   const char *stream, mtm_error *err);

typedef enum mtmi_arrow_cell {
    MTMI_ARROW_CELL_PLAIN = 0, /* a number, date, boolean, or nothing */
    MTMI_ARROW_CELL_TEXT,
    MTMI_ARROW_CELL_BAD_TEXT, /* bytes that are no UTF-8 */
    MTMI_ARROW_CELL_BROKEN    /* an index, offset or length points outside of its buffer */
} mtmi_arrow_cell;

/* Appends the text of a row's cell. */
mtmi_arrow_cell mtmi_arrow_column_cell(const mtmi_arrow_column *column, size_t row, mtmi_buffer *out);

#endif
