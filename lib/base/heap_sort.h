/* Sorting with a context, in place and without memory: the same order whatever came before. */
#ifndef MTMI_BASE_HEAP_SORT_H
#define MTMI_BASE_HEAP_SORT_H

#include <stddef.h>
#include <stdint.h>

/* Negative, 0, positive: item a before, beside, after item b. */
typedef int (*mtmi_order_compare)(const void *context, uint32_t a, uint32_t b);

void mtmi_order(uint32_t *items, size_t n, mtmi_order_compare compare, const void *context);
/* The numbers 0 to n - 1 in order; the caller frees them. NULL when out of memory. */
uint32_t *mtmi_order_new(size_t n, mtmi_order_compare compare, const void *context);

#endif
