/* Rows with a way back, for finding where a table begins and where the next one does. The invariant: every row of the
 * inner rows is handed out exactly once more often than it was given back. */
#include "read/rows/queue.h"

#include "base/memory.h"

#include <string.h>

static void free_row(mtmi_row *row) {
    mtmi_memory_free((void *)(uintptr_t)row->cells);
    row->cells = NULL;
}

static mtm_status queue_next(mtmi_rows *rows, mtmi_row *out, int *got, mtm_error *err) {
    mtmi_row_queue *queue = (mtmi_row_queue *)(void *)rows;

    if (queue->at > 0 && queue->at <= queue->n) {
        free_row(&queue->kept[queue->at - 1]); /* the row that was lent last */
    }
    if (queue->at < queue->n) {
        *out = queue->kept[queue->at++];
        *got = 1;
        return MTM_OK;
    }
    queue->n = queue->at = 0;
    if (queue->failed != MTM_OK) {
        if (err != NULL) {
            *err = queue->why;
        }
        return queue->failed;
    }
    return queue->inner->next(queue->inner, out, got, err);
}

static void queue_place(const mtmi_rows *rows, const mtmi_row *row, size_t cell, int64_t *line, int64_t *column) {
    const mtmi_row_queue *queue = (const mtmi_row_queue *)(const void *)rows;
    mtmi_rows_place(queue->inner, row, cell, line, column);
}

static uint64_t queue_position(const mtmi_rows *rows) {
    const mtmi_row_queue *queue = (const mtmi_row_queue *)(const void *)rows;
    return queue->inner->position != NULL ? queue->inner->position(queue->inner) : 0;
}

void mtmi_row_queue_start(mtmi_row_queue *queue, mtmi_rows *inner) {
    memset(queue, 0, sizeof *queue);
    queue->inner = inner;
    queue->rows.name = inner->name;
    queue->rows.next = queue_next;
    queue->rows.place = queue_place;
    queue->rows.position = queue_position;
    queue->rows.total = inner->total;
    queue->rows.dialect = inner->dialect;
}

void mtmi_row_queue_free(mtmi_row_queue *queue) {
    for (size_t i = queue->at > 0 ? queue->at - 1 : 0; i < queue->n; i++) {
        free_row(&queue->kept[i]);
    }
    mtmi_memory_free(queue->kept);
    if (queue->inner != NULL) {
        queue->inner->free(queue->inner);
    }
    memset(queue, 0, sizeof *queue);
}

int mtmi_row_queue_return(mtmi_row_queue *queue, mtmi_preview *preview, size_t first) {
    size_t rest = queue->n - queue->at, n = preview->n - first;
    void *kept = queue->kept;

    if (preview->failed != MTM_OK) {
        queue->failed = preview->failed;
        queue->why = preview->why;
    }
    if (!mtmi_memory_reserve(&kept, &queue->capacity, queue->n + n + 1, sizeof *queue->kept)) {
        return 0;
    }
    queue->kept = kept;
    if (queue->at > 0) { /* the row that is lent stays in front */
        free_row(&queue->kept[queue->at - 1]);
    }
    memmove(queue->kept + n, queue->kept + queue->at, rest * sizeof *queue->kept);
    if (n > 0) {
        memcpy(queue->kept, preview->rows + first, n * sizeof *queue->kept);
    }
    queue->n = n + rest;
    queue->at = 0;
    preview->n = first;
    mtmi_preview_free(preview);
    return 1;
}
