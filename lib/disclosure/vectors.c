/* Sums over atoms: appended, then sorted and added up. */
#include "disclosure/vectors.h"

#include "base/memory.h"
#include "base/sort.h"

#include <string.h>

void mtmi_vectors_clear(mtmi_vectors *pool) {
    mtmi_memory_free(pool->terms);
    memset(pool, 0, sizeof *pool);
}

mtmi_vector mtmi_vectors_start(const mtmi_vectors *pool) {
    return (mtmi_vector){pool->n, 0};
}

static int reserve(mtmi_vectors *pool, size_t n) {
    void *table = pool->terms;
    if (pool->failed || !mtmi_memory_reserve(&table, &pool->capacity, pool->n + n + 1, sizeof *pool->terms)) {
        pool->failed = 1;
        return 0;
    }
    pool->terms = table;
    return 1;
}

void mtmi_vectors_add(mtmi_vectors *pool, uint32_t atom, int32_t sign) {
    if (reserve(pool, 1)) {
        pool->terms[pool->n++] = (mtmi_system_term){atom, sign};
    }
}

void mtmi_vectors_add_all(mtmi_vectors *pool, mtmi_vector vector, int32_t sign) {
    if (!reserve(pool, vector.n)) {
        return;
    }
    for (size_t i = 0; i < vector.n; i++) {
        const mtmi_system_term *term = &pool->terms[vector.first + i];
        pool->terms[pool->n++] = (mtmi_system_term){term->at, term->sign * sign};
    }
}

static int by_atom(const void *context, const void *a, const void *b) {
    const mtmi_system_term *left = a, *right = b;
    (void)context;
    return (left->at > right->at) - (left->at < right->at);
}

mtmi_vector mtmi_vectors_end(mtmi_vectors *pool, mtmi_vector vector) {
    size_t kept = vector.first;
    if (pool->failed ||
        !mtmi_sort(pool->terms + vector.first, pool->n - vector.first, sizeof *pool->terms, by_atom, NULL)) {
        pool->failed = 1;
        return (mtmi_vector){vector.first, 0};
    }
    for (size_t i = vector.first; i < pool->n;) {
        mtmi_system_term sum = pool->terms[i++];
        while (i < pool->n && pool->terms[i].at == sum.at) {
            sum.sign += pool->terms[i++].sign;
        }
        if (sum.sign != 0) {
            pool->terms[kept++] = sum;
        }
    }
    pool->n = kept;
    return (mtmi_vector){vector.first, kept - vector.first};
}

void mtmi_vectors_drop(mtmi_vectors *pool, mtmi_vector vector) {
    pool->n = pool->failed ? pool->n : vector.first;
}
