/* Figures of a table on two sides, and what is said of those that differ. */
#ifndef MTMI_REVISIONS_FIGURE_CHANGES_H
#define MTMI_REVISIONS_FIGURE_CHANGES_H

#include "base/buffer.h"
#include "base/decimal.h"

#include <mtm.h>

typedef struct mtmi_compared_figure {
    int is_there, has_value;
    mtmi_wide units; /* at decimals, the power of ten of its table included */
    int decimals;
    int32_t day;      /* of its release */
    const char *file; /* lent; NULL for none */
    int64_t line;
} mtmi_compared_figure;

typedef enum mtmi_change_kind {
    MTMI_CHANGE_NONE = 0,
    MTMI_CHANGE_ADDED,
    MTMI_CHANGE_REMOVED,
    MTMI_CHANGE_REVISED
} mtmi_change_kind;

typedef struct mtmi_compared_cell {
    const char *table, *period, *cell; /* lent */
    mtmi_compared_figure sides[2];
    mtmi_change_kind kind;
} mtmi_compared_cell;

void mtmi_changes_write(const mtmi_compared_cell *changes, size_t n, mtm_format format, mtmi_buffer *out);

#endif
