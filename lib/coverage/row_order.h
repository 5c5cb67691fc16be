/* The rows of a table in the order in which sums need them: by period, dimensions that are no total, members, vintage. */
#ifndef MTMI_COVERAGE_ROW_ORDER_H
#define MTMI_COVERAGE_ROW_ORDER_H

#include "data/dataset.h"

/* Rows that have the same members have one cell. */
typedef struct mtmi_row_order {
    uint32_t *rows;  /* by period as given, groups last, dimensions, members, blanks last, the better vintage first */
    uint32_t *cells; /* by row of the table: the cell's number, in the order of their coming */
    uint32_t *first; /* by cell: a row of it */
    uint32_t *masks; /* by cell: one bit a dimension in which it is no total */
    unsigned char *grouped; /* by cell: a group of members stands in a dimension */
    size_t n_cells;
} mtmi_row_order;

/* rows are n of the table's, those of period i from starts[i] on; they come as they should be numbered. */
mtm_status mtmi_row_order_make(mtmi_row_order *order, const mtm_dataset *dataset, const uint32_t *rows,
                               const size_t *starts, size_t n_periods, mtm_error *err);
void mtmi_row_order_free(mtmi_row_order *order);

#endif
