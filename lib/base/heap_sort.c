/* Heap sort with a context, in place (Williams 1964): the same order whatever the order of the input. Items that compare
 * equal must be interchangeable, because heap sort is not stable. */
#include "base/heap_sort.h"

#include "base/memory.h"

static void swap_items(uint32_t *a, uint32_t *b) {
    uint32_t kept = *a;
    *a = *b;
    *b = kept;
}

static void sift_down(uint32_t *items, size_t top, size_t n, mtmi_order_compare compare, const void *context) {
    size_t child;

    while ((child = top * 2 + 1) < n) {
        if (child + 1 < n && compare(context, items[child], items[child + 1]) < 0) {
            child++;
        }
        if (compare(context, items[top], items[child]) >= 0) {
            return;
        }
        swap_items(&items[top], &items[child]);
        top = child;
    }
}

void mtmi_order(uint32_t *items, size_t n, mtmi_order_compare compare, const void *context) {
    for (size_t i = n / 2; i-- > 0;) {
        sift_down(items, i, n, compare, context);
    }
    for (size_t i = n; i-- > 1;) {
        swap_items(&items[0], &items[i]);
        sift_down(items, 0, i, compare, context);
    }
}

uint32_t *mtmi_order_new(size_t n, mtmi_order_compare compare, const void *context) {
    uint32_t *items = mtmi_memory_new(n + 1, sizeof *items);

    if (items == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < n; i++) {
        items[i] = (uint32_t)i;
    }
    mtmi_order(items, n, compare, context);
    return items;
}
