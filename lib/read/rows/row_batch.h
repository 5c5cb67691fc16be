/* The columns of one Arrow batch of rows: text, whole numbers, places of cells. Private to lib/read/rows. */
#ifndef MTMI_READ_ROWS_ROW_BATCH_H
#define MTMI_READ_ROWS_ROW_BATCH_H

#include "base/buffer.h"

#include <mtm/arrow.h>

#define MTMI_BATCH_ROWS ((size_t)1 << 16)

typedef enum mtmi_batch_kind { MTMI_BATCH_TEXT = 0, MTMI_BATCH_NUMBER, MTMI_BATCH_PLACES } mtmi_batch_kind;

/* One column while it is filled. Places are a list of structs of a line and a column. */
typedef struct mtmi_batch_column {
    mtmi_batch_kind kind;
    mtmi_buffer bytes, more; /* text or numbers; of places the lines, and the columns */
    int32_t *offsets;        /* of text and places: MTMI_BATCH_ROWS + 1 */
    unsigned char *validity; /* of text */
    int64_t nulls;
} mtmi_batch_column;

/* NULL without memory. */
mtmi_batch_column *mtmi_batch_new(const mtmi_batch_kind *kinds, size_t n);
void mtmi_batch_free(mtmi_batch_column *columns, size_t n);

/* The at-th row's cell. Failure shows in bytes.failed. text NULL is null. */
void mtmi_batch_text(mtmi_batch_column *column, size_t at, const char *text, size_t length);
void mtmi_batch_number(mtmi_batch_column *column, int64_t number);
/* Any number of places, then the end of the row. */
void mtmi_batch_place(mtmi_batch_column *column, int64_t line, int64_t number);
void mtmi_batch_end_places(mtmi_batch_column *column, size_t at);

/* The columns' buffers become the array's. ENOMEM on failure, out then being empty. */
int mtmi_batch_finish(mtmi_batch_column *columns, size_t n_columns, int64_t n_rows, struct ArrowArray *out);
/* The same columns as a schema. ENOMEM on failure. */
int mtmi_batch_schema(const mtmi_batch_kind *kinds, char *const *names, size_t n, struct ArrowSchema *out);

#endif
