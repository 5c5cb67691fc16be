/* What a cell means, judged once for each spelling. */
#ifndef MTMI_TABULATE_CELL_CACHE_FILL_H
#define MTMI_TABULATE_CELL_CACHE_FILL_H

#include "tabulate/counter.h"

/* A cell the cache does not know: its value, after remembering it. */
uint32_t mtmi_meaning_of(mtmi_counter *counter, unsigned used, const unsigned char *cell, uint32_t length);
/* A number to add up, at MTMI_COUNTER_SUMS decimals. 0 when the cell needs the slow way. */
int mtmi_meaning_number(mtmi_counter *counter, unsigned used, const unsigned char *cell, uint32_t length,
                        mtmi_wide *out);

#endif
