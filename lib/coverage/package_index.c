/* Keeps the indexes of a package's datasets, each made once. Of two threads that come first at the same time both make
 * one, and the second is thrown away. */
#include "coverage/package_index.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "coverage/last_known.h"

#include <string.h>

/* Puts the datasets that continue one together; taken marks them. The pool stays empty when there are none. */
static mtm_status gather_pool(mtm_dataset *const *datasets, size_t n, size_t first, unsigned char *taken,
                              mtmi_joined *pool, mtm_error *err) {
    const mtm_dataset *like = datasets[first];
    for (size_t i = first + 1; i < n; i++) {
        const mtm_dataset *dataset = datasets[i];
        if (taken[i] ||
            !mtmi_joined_fits(pool->builder != NULL ? mtmi_builder_dataset(pool->builder) : like, dataset)) {
            continue;
        }
        if (pool->builder == NULL) {
            MTMI_CHECK_STATUS(mtmi_joined_open(pool, like, err));
            MTMI_CHECK_STATUS(mtmi_joined_add(pool, like, err));
        }
        MTMI_CHECK_STATUS(mtmi_joined_add(pool, dataset, err));
        taken[i] = 1;
    }
    if (like->kind == MTM_KIND_STOCK && like->last_known && !like->microdata) {
        if (pool->builder == NULL) {
            MTMI_CHECK_STATUS(mtmi_joined_open(pool, like, err));
            MTMI_CHECK_STATUS(mtmi_joined_add(pool, like, err));
        }
        MTMI_CHECK_STATUS(mtmi_last_known_add(pool, err));
    }
    return MTM_OK;
}

static mtm_status add_table(mtmi_package_index *index, mtm_dataset *const *datasets, size_t n, size_t first,
                            unsigned char *taken, const mtm_period *as_of, mtm_error *err) {
    mtmi_dataset_index *table = &index->table[index->n];
    mtmi_joined *pool = &index->pools[index->n];
    mtm_status status = MTM_OK;
    MTMI_TRY(gather_pool(datasets, n, first, taken, pool, err));
    const mtm_dataset *dataset = pool->builder != NULL ? mtmi_builder_dataset(pool->builder) : datasets[first];
    MTMI_TRY(mtmi_dataset_index_open(table, dataset, as_of, err));
out:
    table->pool = pool->builder != NULL ? pool : NULL;
    index->n++; /* also when it is not whole: it is closed with the others */
    return status;
}

mtm_status mtmi_package_index_open(mtmi_package_index *index, mtm_dataset *const *datasets, size_t n,
                                   const mtm_period *as_of, mtm_error *err) {
    unsigned char *taken = mtmi_memory_new(n + 1, 1);
    memset(index, 0, sizeof *index);
    index->table = mtmi_memory_new(n + 1, sizeof *index->table);
    index->pools = mtmi_memory_new(n + 1, sizeof *index->pools);
    mtm_status status = MTM_OK;
    MTMI_TRY(taken != NULL && index->table != NULL && index->pools != NULL ? MTM_OK : mtmi_error_memory(err));
    for (size_t i = 0; i < n; i++) {
        MTMI_TRY(taken[i] ? MTM_OK : add_table(index, datasets, n, i, taken, as_of, err));
    }
out:
    mtmi_memory_free(taken);
    if (status != MTM_OK) {
        mtmi_package_index_close(index);
    }
    return status;
}

void mtmi_package_index_close(mtmi_package_index *index) {
    for (size_t i = 0; i < index->n; i++) {
        mtmi_dataset_index_close(&index->table[i]);
        mtmi_joined_close(&index->pools[i]);
    }
    mtmi_memory_free(index->table);
    mtmi_memory_free(index->pools);
    memset(index, 0, sizeof *index);
}

/* ---- one a package ---- */

static void free_frozen(mtmi_frozen *frozen) {
    mtmi_package_index *index = (mtmi_package_index *)frozen;
    mtmi_package_index_close(index);
    mtmi_memory_free(index);
}

mtm_status mtmi_package_index_of(const mtm_package *package, const mtmi_package_index **out, mtm_error *err) {
    mtmi_frozen *known = atomic_load(&package->shared->frozen);
    if (known == NULL) {
        mtmi_package_index *made = mtmi_memory_new(1, sizeof *made);
        mtm_status status = made != NULL
                                ? mtmi_package_index_open(made, package->datasets, package->n_datasets, NULL, err)
                                : mtmi_error_memory(err);
        if (status != MTM_OK) {
            mtmi_memory_free(made);
            return status;
        }
        made->frozen.free = free_frozen;
        if (atomic_compare_exchange_strong(&package->shared->frozen, &known, &made->frozen)) {
            known = &made->frozen;
        } else {
            free_frozen(&made->frozen);
        }
    }
    *out = (const mtmi_package_index *)known;
    return MTM_OK;
}
