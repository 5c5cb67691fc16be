/* Sorts rows by cell. Where release, members and period fit into 64 bits together, as in nearly all tables, they become one
 * number a row, and the numbers are sorted digit by digit: in time that grows with the rows alone. */
#include "data/cell_order.h"

#include "base/memory.h"
#include "base/sort.h"
#include "base/try.h"
#include "data/builder.h"

#include <string.h>

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS, FEW = 1024 /* rows for which digits do not pay */ };

static int compare_numbers(int64_t a, int64_t b) {
    return (a > b) - (a < b);
}

static int compare_cells(const mtm_dataset *d, size_t but, uint32_t a, uint32_t b) {
    int order = compare_numbers(d->release_of[a], d->release_of[b]);
    for (size_t k = 0; order == 0 && k < d->n_dimensions; k++) {
        order = k == but ? 0 : compare_numbers(d->dimensions[k].codes[a], d->dimensions[k].codes[b]);
    }
    order = order != 0 ? order : compare_numbers(d->periods[a].first, d->periods[b].first);
    return order != 0 ? order : compare_numbers(d->periods[a].last, d->periods[b].last);
}

/* ---- by comparing ---- */

typedef struct comparing {
    const mtm_dataset *dataset;
    size_t but;
} comparing;

static int compare_rows(const void *context, const void *left, const void *right) {
    const comparing *by = context;
    const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    const int order = compare_cells(by->dataset, by->but, a, b);
    return order != 0 ? order : compare_numbers(a, b);
}

static mtm_status sort_by_comparing(const mtm_dataset *dataset, size_t but, uint32_t *rows, size_t n,
                                    unsigned char *begins, mtm_error *err) {
    const comparing by = {dataset, but};
    if (!mtmi_sort(rows, n, sizeof *rows, compare_rows, &by)) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < n; i++) {
        begins[i] = i == 0 || compare_cells(dataset, but, rows[i - 1], rows[i]) != 0;
    }
    return MTM_OK;
}

/* ---- by numbers ---- */

/* What a number is made of, from its highest bits on: release, members, first day, length. */
typedef struct layout {
    int release_bits, member_bits[MTMI_DIMENSIONS_MAX], first_bits, length_bits, bits;
    int64_t first, length; /* the least of all rows */
} layout;

static int bits_of(uint64_t most) {
    return most == 0 ? 0 : 64 - __builtin_clzll(most);
}

static int64_t length_of(mtm_period period) {
    return (int64_t)period.last - period.first;
}

static void plan(const mtm_dataset *d, size_t but, const uint32_t *rows, size_t n, layout *out) {
    int64_t last_first = INT32_MIN, longest = INT64_MIN;
    memset(out, 0, sizeof *out);
    out->first = INT32_MAX;
    out->length = INT64_MAX;
    for (size_t i = 0; i < n; i++) {
        const int64_t first = d->periods[rows[i]].first, length = length_of(d->periods[rows[i]]);
        out->first = first < out->first ? first : out->first;
        last_first = first > last_first ? first : last_first;
        out->length = length < out->length ? length : out->length;
        longest = length > longest ? length : longest;
    }
    out->release_bits = bits_of(d->n_releases > 0 ? d->n_releases - 1 : 0);
    out->first_bits = bits_of((uint64_t)(last_first - out->first));
    out->length_bits = bits_of((uint64_t)(longest - out->length));
    out->bits = out->release_bits + out->first_bits + out->length_bits;
    for (size_t k = 0; k < d->n_dimensions; k++) {
        out->member_bits[k] = k == but ? 0 : bits_of(d->dimensions[k].n_members - 1);
        out->bits += out->member_bits[k];
    }
}

/* A column at a time. */
static void find_keys(const mtm_dataset *d, size_t but, const layout *as, const uint32_t *rows, size_t n,
                      uint64_t *keys) {
    for (size_t i = 0; i < n; i++) {
        keys[i] = (uint64_t)d->release_of[rows[i]];
    }
    for (size_t k = 0; k < d->n_dimensions; k++) {
        const int32_t *codes = d->dimensions[k].codes;
        const int bits = as->member_bits[k];
        for (size_t i = 0; i < n && k != but; i++) {
            keys[i] = keys[i] << bits | (uint64_t)codes[rows[i]];
        }
    }
    for (size_t i = 0; i < n; i++) {
        const mtm_period period = d->periods[rows[i]];
        keys[i] = keys[i] << as->first_bits | (uint64_t)(period.first - as->first);
        keys[i] = keys[i] << as->length_bits | (uint64_t)(length_of(period) - as->length);
    }
}

/* One digit: rows of equal digits keep their order. */
static void sort_digit(const uint64_t *keys, const uint32_t *rows, size_t n, int shift, uint64_t *keys_out,
                       uint32_t *rows_out) {
    size_t starts[DIGITS] = {0}, at = 0;
    for (size_t i = 0; i < n; i++) {
        starts[keys[i] >> shift & (DIGITS - 1)]++;
    }
    for (size_t digit = 0; digit < DIGITS; digit++) {
        const size_t count = starts[digit];
        starts[digit] = at;
        at += count;
    }
    for (size_t i = 0; i < n; i++) {
        const size_t place = starts[keys[i] >> shift & (DIGITS - 1)]++;
        keys_out[place] = keys[i];
        rows_out[place] = rows[i];
    }
}

static mtm_status sort_keys(uint64_t *keys, uint32_t *rows, size_t n, int bits, mtm_error *err) {
    uint64_t *spare_keys = mtmi_memory_new(n, sizeof *spare_keys);
    uint32_t *spare = mtmi_memory_new(n, sizeof *spare);
    mtm_status status = MTM_OK;
    MTMI_TRY(spare_keys == NULL || spare == NULL ? mtmi_error_memory(err) : MTM_OK);
    for (int shift = 0; shift < bits; shift += 2 * DIGIT_BITS) { /* two at a time: the rows end where they began */
        const int second = shift + DIGIT_BITS;
        sort_digit(keys, rows, n, shift, spare_keys, spare);
        if (second < bits) {
            sort_digit(spare_keys, spare, n, second, keys, rows);
        } else {
            memcpy(keys, spare_keys, n * sizeof *keys);
            memcpy(rows, spare, n * sizeof *rows);
        }
    }
out:
    mtmi_memory_free(spare_keys);
    mtmi_memory_free(spare);
    return status;
}

static mtm_status sort_by_numbers(const mtm_dataset *d, size_t but, const layout *as, uint32_t *rows, size_t n,
                                  unsigned char *begins, mtm_error *err) {
    uint64_t *keys = mtmi_memory_new(n, sizeof *keys);
    int sorted = 1;
    mtm_status status = MTM_OK;
    MTMI_TRY(keys == NULL ? mtmi_error_memory(err) : MTM_OK);
    find_keys(d, but, as, rows, n, keys);
    for (size_t i = 1; i < n; i++) {
        sorted &= keys[i - 1] <= keys[i];
    }
    if (!sorted) {
        MTMI_TRY(sort_keys(keys, rows, n, as->bits, err));
    }
    for (size_t i = 0; i < n; i++) {
        begins[i] = i == 0 || keys[i - 1] != keys[i];
    }
out:
    mtmi_memory_free(keys);
    return status;
}

mtm_status mtmi_cell_order_sort(const mtm_dataset *dataset, size_t but, uint32_t *rows, size_t n, unsigned char *begins,
                                mtm_error *err) {
    layout as = {0};
    if (n >= FEW) {
        plan(dataset, but, rows, n, &as);
    }
    return n >= FEW && as.bits <= 64 ? sort_by_numbers(dataset, but, &as, rows, n, begins, err)
                                     : sort_by_comparing(dataset, but, rows, n, begins, err);
}
