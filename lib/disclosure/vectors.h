/* Sparse whole vectors: sums over atoms, kept in one pool. */
#ifndef MTMI_DISCLOSURE_VECTORS_H
#define MTMI_DISCLOSURE_VECTORS_H

#include "disclosure/system.h"

typedef struct mtmi_vector {
    size_t first, n;
} mtmi_vector;

typedef struct mtmi_vectors {
    mtmi_system_term *terms;
    size_t n, capacity;
    int failed; /* memory ran out */
} mtmi_vectors;

/* Starts a vector at the end of the pool; more is added to it until it is ended, which sorts it, adds up terms of the
 * same atom and drops those that cancel. */
mtmi_vector mtmi_vectors_start(const mtmi_vectors *pool);
void mtmi_vectors_add(mtmi_vectors *pool, uint32_t atom, int32_t sign);
void mtmi_vectors_add_all(mtmi_vectors *pool, mtmi_vector vector, int32_t sign);
mtmi_vector mtmi_vectors_end(mtmi_vectors *pool, mtmi_vector vector);
/* Forgets a vector that was added last. */
void mtmi_vectors_drop(mtmi_vectors *pool, mtmi_vector vector);
void mtmi_vectors_clear(mtmi_vectors *pool);

#endif
