/* Sorting with a context, in place and without memory: the same order whatever came before. */
#ifndef MTMI_TABULATE_HEAP_SORT_H
#define MTMI_TABULATE_HEAP_SORT_H

#include <stddef.h>
#include <stdint.h>

/* Negative, 0, positive: item a before, beside, after item b. */
typedef int (*mtmi_order_compare)(const void *context, uint32_t a, uint32_t b);

void mtmi_order(uint32_t *items, size_t n, mtmi_order_compare compare, const void *context);

#endif
