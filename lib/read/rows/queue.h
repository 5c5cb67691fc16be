/* Rows that can be given back: what was looked at ahead is read once more. A row that is given back is a copy, as
 * table/preview.h makes it; all other rows pass through untouched. */
#ifndef MTMI_READ_ROWS_QUEUE_H
#define MTMI_READ_ROWS_QUEUE_H

#include "read/table/preview.h"

typedef struct mtmi_row_queue {
    mtmi_rows rows;   /* hands out what was given back, then the inner rows */
    mtmi_rows *inner; /* owned */
    mtmi_row *kept;   /* given back, in order; from `at` on */
    size_t n, at, capacity;
    mtm_status failed; /* how the inner rows ended, where they did; said once the kept rows are read */
    mtm_error why;
} mtmi_row_queue;

/* Takes the inner rows over. */
void mtmi_row_queue_start(mtmi_row_queue *queue, mtmi_rows *inner);
void mtmi_row_queue_free(mtmi_row_queue *queue);
/* Gives back the rows of a preview from the first-th on, in front of all others; the preview is empty afterwards. 0
 * without memory. */
int mtmi_row_queue_return(mtmi_row_queue *queue, mtmi_preview *preview, size_t first);

#endif
