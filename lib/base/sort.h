/* Stable sorting with a context: the standard's qsort has neither. Knows nothing of what is sorted. */
#ifndef MTMI_BASE_SORT_H
#define MTMI_BASE_SORT_H

#include <stddef.h>

/* Below, at or above 0, as a stands before, with or after b. */
typedef int (*mtmi_compare)(const void *context, const void *a, const void *b);

/* Merge sort of n items of size bytes: the same on every machine. 0 when there is no memory; items are then as before. */
int mtmi_sort(void *items, size_t n, size_t size, mtmi_compare compare, const void *context);

#endif
