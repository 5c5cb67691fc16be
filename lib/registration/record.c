/* Orders records by their hashes, which are as good as random: three passes over 33 bits leave next to nothing to compare. */
#include "registration/record.h"

#include "base/heap_sort.h"
#include "base/memory.h"

#include <string.h>

#define BITS 11u
#define BUCKETS (1u << BITS)
#define PASSES 3u
#define FEW 24u /* are put in order by insertion */

typedef struct entry {
    uint32_t key[2]; /* the first 64 bits, most significant half first */
    uint32_t at;
} entry;

static unsigned bucket_of(const entry *record, unsigned pass) {
    const uint64_t key = (uint64_t)record->key[0] << 32 | record->key[1];
    return (unsigned)(key >> (64 - BITS * (PASSES - pass))) & (BUCKETS - 1);
}

static void sort_pass(const entry *from, entry *to, size_t n, unsigned pass) {
    uint32_t starts[BUCKETS] = {0};
    uint32_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        starts[bucket_of(&from[i], pass)]++;
    }
    for (unsigned b = 0; b < BUCKETS; b++) {
        const uint32_t count = starts[b];
        starts[b] = sum;
        sum += count;
    }
    for (size_t i = 0; i < n; i++) {
        to[starts[bucket_of(&from[i], pass)]++] = from[i];
    }
}

static int compare_records(const void *context, uint32_t a, uint32_t b) {
    const mtmi_record *records = context;
    const int order = mtmi_record_compare(&records[a], &records[b]);
    return order != 0 ? order : a < b ? -1 : a > b;
}

static void insert(const mtmi_record *records, uint32_t *order, size_t n) {
    for (size_t i = 1; i < n; i++) {
        const uint32_t at = order[i];
        size_t k = i;
        for (; k > 0 && compare_records(records, at, order[k - 1]) < 0; k--) {
            order[k] = order[k - 1];
        }
        order[k] = at;
    }
}

/* What the passes left equal. */
static void finish(const mtmi_record *records, uint32_t *order, size_t n) {
    const unsigned rest = 64 - BITS * PASSES;
    for (size_t first = 0, end; first < n; first = end) {
        const uint64_t prefix = records[order[first]].id[0] >> rest;
        for (end = first + 1; end < n && records[order[end]].id[0] >> rest == prefix; end++) {}
        if (end - first > FEW) {
            mtmi_order(order + first, end - first, compare_records, records);
        } else {
            insert(records, order + first, end - first);
        }
    }
}

uint32_t *mtmi_records_order(const mtmi_record *records, size_t n) {
    uint32_t *order = mtmi_memory_new(n + 1, sizeof *order);
    entry *entries = mtmi_memory_new(n + 1, sizeof *entries), *spare = mtmi_memory_new(n + 1, sizeof *spare);
    if (order != NULL && entries != NULL && spare != NULL) {
        for (size_t i = 0; i < n; i++) {
            entries[i] = (entry){{(uint32_t)(records[i].id[0] >> 32), (uint32_t)records[i].id[0]}, (uint32_t)i};
        }
        sort_pass(entries, spare, n, 0);
        sort_pass(spare, entries, n, 1);
        sort_pass(entries, spare, n, 2);
        for (size_t i = 0; i < n; i++) {
            order[i] = spare[i].at;
        }
        finish(records, order, n);
    } else {
        mtmi_memory_free(order);
        order = NULL;
    }
    mtmi_memory_free(entries);
    mtmi_memory_free(spare);
    return order;
}
