/* The slow path of one row, from its first byte on. */
#ifndef MTMI_TABULATE_SLOW_PATH_H
#define MTMI_TABULATE_SLOW_PATH_H

#include "tabulate/counter.h"

typedef struct mtmi_slow mtmi_slow;

mtm_status mtmi_slow_new(const mtmi_count_table *table, mtmi_slow **out, mtm_error *err);
void mtmi_slow_free(mtmi_slow *slow);

/* One row. Gives its bytes with its line end; 0 when n bytes do not hold the whole row and at_end says that more may
 * come, or when counting stopped (counter->status). */
size_t mtmi_slow_row(mtmi_slow *slow, mtmi_counter *counter, const unsigned char *bytes, size_t n, int at_end);

#endif
