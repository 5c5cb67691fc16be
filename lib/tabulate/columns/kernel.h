/* Turns a column of a chunk into numbers: members, moments, births or sums, the same as the column's text gives, or a
 * mark that the text must decide. */
#ifndef MTMI_TABULATE_COLUMNS_KERNEL_H
#define MTMI_TABULATE_COLUMNS_KERNEL_H

#include "base/buffer.h"
#include "read/arrow/arrow_column.h"
#include "tabulate/columns/chunk.h"

typedef struct mtmi_kernel {
    const mtmi_used_column *used;
    unsigned at; /* which of the table's used columns */
    const mtmi_arrow_column *column;
    uint32_t *values; /* by dictionary code, or by small whole number; MTMI_CELLS_MISS: not asked yet */
    size_t n_values, values_capacity;
    mtmi_moment *moments; /* by dictionary code, or by day since MTMI_DATES_FIRST_YEAR */
    size_t n_moments, moments_capacity;
    int32_t first_day, n_days;        /* that are remembered */
    uint32_t places[MTMI_CHUNK_ROWS]; /* of the cells of the chunk at hand, in one of the two */
    int64_t last;                     /* offset of TEXT: where the last text ends */
    mtmi_buffer text;
} mtmi_kernel;

/* Points it at a batch. */
mtm_status mtmi_kernel_batch(mtmi_kernel *kernel, const mtmi_arrow_column *column, mtm_error *err);
void mtmi_kernel_free(mtmi_kernel *kernel);

/* Rows first to first + n of the batch are rows 0 to n of the chunk. Rows that are marked unclean already are passed. When
 * counting stops, counter->status says why. */
void mtmi_kernel_run(mtmi_kernel *kernel, mtmi_chunk *chunk, size_t first, size_t n);

#endif
