/* Heap sort of numbers by what they stand for. What comes in: numbers and a comparison. What goes out: the numbers in
 * order. Equal items must be the same thing: heap sort does not keep their order. */
#include "tabulate/heap_sort.h"

static void swap(uint32_t *a, uint32_t *b) {
    uint32_t kept = *a;
    *a = *b;
    *b = kept;
}

static void sift(uint32_t *items, size_t top, size_t n, mtmi_order_compare compare, const void *context) {
    size_t child;
    while ((child = top * 2 + 1) < n) {
        if (child + 1 < n && compare(context, items[child], items[child + 1]) < 0) child++;
        if (compare(context, items[top], items[child]) >= 0) return;
        swap(&items[top], &items[child]);
        top = child;
    }
}

void mtmi_order(uint32_t *items, size_t n, mtmi_order_compare compare, const void *context) {
    size_t i;
    for (i = n / 2; i-- > 0;) sift(items, i, n, compare, context);
    for (i = n; i-- > 1;) {
        swap(&items[0], &items[i]);
        sift(items, 0, i, compare, context);
    }
}
