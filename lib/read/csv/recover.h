/* Reads a row whose quotes are broken, where one reading alone gives as many cells as the other rows have: one quote is
 * a character of its cell, and quotes inside cells that are not quoted are too. */
#ifndef MTMI_READ_CSV_RECOVER_H
#define MTMI_READ_CSV_RECOVER_H

#include "base/buffer.h"

/* Cells go to bytes, one after the other, and where each ends to ends, which holds columns. any_width: a row whose quotes
 * stand inside cells alone may have fewer cells. 1 when exactly one reading fits; 0 else, then both are in no order.
 * bytes->failed tells of memory. */
int mtmi_csv_recover(const char *line, size_t n, char delimiter, char quote, size_t columns, int any_width,
                     mtmi_buffer *bytes, size_t *ends, size_t *n_cells);

#endif
