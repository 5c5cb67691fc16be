/* Parts values into quantile classes; equal values share one. */
#include "render/map/map_picture.h"

#include "base/decimal.h"
#include "base/heap_sort.h"
#include "base/memory.h"

static int compare(const void *context, uint32_t a, uint32_t b) {
    const mtm_decimal *values = context;
    int order = mtmi_decimal_compare(values[a], values[b]);
    return order != 0 ? order : (a > b) - (a < b);
}

static size_t count_distinct(const mtm_decimal *values, const uint32_t *order, size_t n) {
    size_t distinct = n > 0;
    for (size_t i = 1; i < n; i++) {
        distinct += mtmi_decimal_compare(values[order[i]], values[order[i - 1]]) != 0;
    }
    return distinct;
}

/* A value's class is the quantile of the values below it: classes that ties leave empty are closed up. */
static size_t assign(const mtm_decimal *values, const uint32_t *order, size_t n, size_t wanted, int *classes) {
    size_t below = 0, last = 0, used = 0;
    for (size_t i = 0; i < n; i++) {
        int same = i > 0 && mtmi_decimal_compare(values[order[i]], values[order[i - 1]]) == 0;
        below = same ? below : i;
        size_t quantile = below * wanted / n;
        used += i == 0 || quantile != last;
        last = quantile;
        classes[order[i]] = (int)used - 1;
    }
    return used;
}

size_t mtmi_map_classify(const mtm_decimal *values, size_t n, size_t most, int *classes) {
    uint32_t *order = n > 0 && n < UINT32_MAX ? mtmi_order_new(n, compare, values) : NULL;
    if (order == NULL) {
        return 0;
    }
    size_t distinct = count_distinct(values, order, n);
    size_t used = assign(values, order, n, distinct < most ? distinct : most, classes);
    mtmi_memory_free(order);
    return used;
}
