/* A dataset as computing sees it: rows by period, the releases that count, and which of two is the better one. */
#ifndef MTMI_COVERAGE_DATASET_INDEX_H
#define MTMI_COVERAGE_DATASET_INDEX_H

#include "coverage/joined_datasets.h"
#include "coverage/row_order.h"
#include "coverage/vintage.h"

struct mtmi_history;

/* What was found out about a table on the way: made when it is asked for, so that one thread has it. */
typedef struct mtmi_memo {
    struct mtmi_history **history;
    size_t n, capacity;
} mtmi_memo;

/* All but the memo is never changed, and may be lent to many views at a time. */
typedef struct mtmi_dataset_index {
    const mtm_dataset *dataset;
    const mtmi_joined *pool; /* where its rows come from when it was put together; NULL else */
    uint32_t *rows;          /* those that count, by period */
    mtm_period *periods;     /* distinct, by first and last day */
    size_t *starts;          /* n_periods + 1 of them, into rows */
    size_t n_periods;
    mtmi_row_order order;
    uint32_t selection; /* dimensions, one a bit, whose members do not make up their total */
    int prints_zero;    /* a figure of the table is nought */
    int holds_small;    /* and one is below 4 */
    int is_lent;        /* all but the memo belongs to another one */
    mtmi_memo *memo;
} mtmi_dataset_index;

/* as_of NULL lets every release count. A release whose date is not stated counts when its period ended by then. */
mtm_status mtmi_dataset_index_open(mtmi_dataset_index *view, const mtm_dataset *dataset, const mtm_period *as_of,
                                   mtm_error *err);
/* A view of the same with a memo of its own; from must outlive it. */
mtm_status mtmi_dataset_index_lend(mtmi_dataset_index *view, const mtmi_dataset_index *from, mtm_error *err);
void mtmi_dataset_index_close(mtmi_dataset_index *view);

/* The dataset and row behind a row of the view: what a reader can look up. */
const mtm_dataset *mtmi_dataset_index_origin(const mtmi_dataset_index *view, uint32_t row, uint32_t *out);

/* The index of a period, or n_periods. */
size_t mtmi_dataset_index_find(const mtmi_dataset_index *view, mtm_period period);

#endif
