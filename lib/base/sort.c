/* A stable bottom-up merge sort between two blocks of memory, without recursion. */
#include "base/sort.h"

#include "base/memory.h"

#include <string.h>

static void merge(const char *from, char *to, size_t start, size_t middle, size_t end, size_t size,
                  mtmi_compare compare, const void *context) {
    size_t i = start, j = middle;
    for (size_t k = start; k < end; k++) {
        int left = i < middle && (j >= end || compare(context, from + i * size, from + j * size) <= 0);
        size_t next = left ? i++ : j++;
        memcpy(to + k * size, from + next * size, size);
    }
}

int mtmi_sort(void *items, size_t n, size_t size, mtmi_compare compare, const void *context) {
    char *spare = n > 1 ? mtmi_memory_new(n, size) : NULL;
    char *from = items, *to = spare;
    if (n > 1 && spare == NULL) {
        return 0;
    }
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t start = 0; start < n; start += 2 * width) {
            size_t middle = start + width < n ? start + width : n;
            size_t end = middle + width < n ? middle + width : n;
            merge(from, to, start, middle, end, size, compare, context);
        }
        char *swap = from;
        from = to;
        to = swap;
    }
    if (n > 1 && from != items) {
        memcpy(items, from, n * size);
    }
    mtmi_memory_free(spare);
    return 1;
}
