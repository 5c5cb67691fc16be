/* The order in which rows of one cell, or of cells that differ in one dimension alone, are neighbours. */
#ifndef MTMI_DATA_CELL_ORDER_H
#define MTMI_DATA_CELL_ORDER_H

#include "base/error.h"
#include "data/dataset.h"

/* Row numbers by release, the members of all dimensions but `but` (n_dimensions: of all) and period. Rows that are equal in all of
 * it stay as they came, in rising order; begins[i] is 0 where the row at i is equal to the one before. */
mtm_status mtmi_cell_order_sort(const mtm_dataset *dataset, size_t but, uint32_t *rows, size_t n, unsigned char *begins,
                                mtm_error *err);

#endif
