/* Carries figures of areas over to later collections: a pool gets a row more for each area and collection without a
 * figure, dated by the collection. Invariant: a figure that an area had goes on until the area has another, or is no
 * more. */
#include "coverage/last_known.h"

#include "base/error.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/try.h"
#include "coverage/collections.h"
#include "coverage/territory.h"
#include "period/period.h"

typedef struct carrying {
    mtmi_joined *pool;
    const mtm_dataset *dataset;
    mtmi_map cells;
    uint32_t *latest;      /* by cell: its latest row with a figure */
    mtm_period *collected; /* by cell: the collection of that row */
} carrying;

static int by_date(const void *context, const void *a, const void *b) {
    const mtm_dataset *dataset = context;
    const int32_t left = dataset->periods[*(const uint32_t *)a].last;
    const int32_t right = dataset->periods[*(const uint32_t *)b].last;
    return (left > right) - (left < right);
}

/* The rows of an area: a member, no total and no group, wherever the table tells places. */
static int is_of_area(const mtm_dataset *dataset, uint32_t row) {
    int any = 0;
    for (size_t k = 0; k < dataset->n_dimensions; k++) {
        const mtmi_dimension *d = &dataset->dimensions[k];
        const mtm_member_kind kind = d->members[d->codes[row]].kind;
        if (mtmi_collections_is_place(dataset, k)) {
            if (kind != MTM_MEMBER_CODE && kind != MTM_MEMBER_UNCLASSIFIED) {
                return 0;
            }
            any = 1;
        }
    }
    return any;
}

static int exists(const mtm_dataset *dataset, uint32_t row, mtm_period at) {
    for (size_t k = 0; k < dataset->n_dimensions; k++) {
        const mtmi_dimension *d = &dataset->dimensions[k];
        if (!mtmi_territory_exists(d, d->members[d->codes[row]].code, at)) {
            return 0;
        }
    }
    return 1;
}

static mtm_status note_row(carrying *job, uint32_t row, mtm_period collection, mtm_error *err) {
    int32_t key[MTMI_DIMENSIONS_MAX];
    if (!mtmi_dataset_has_value(job->dataset, row) || !is_of_area(job->dataset, row)) {
        return MTM_OK;
    }
    for (size_t k = 0; k < job->dataset->n_dimensions; k++) {
        key[k] = job->dataset->dimensions[k].codes[row];
    }
    const uint32_t cell = mtmi_map_add(&job->cells, key, job->dataset->n_dimensions * sizeof *key);
    if (cell == MTMI_MAP_NONE) {
        return mtmi_error_memory(err);
    }
    job->latest[cell] = row;
    job->collected[cell] = collection;
    return MTM_OK;
}

static mtm_status carry(carrying *job, mtm_period collection, mtm_error *err) {
    for (uint32_t cell = 0; cell < job->cells.n; cell++) {
        if (!mtmi_period_same(job->collected[cell], collection) &&
            exists(job->dataset, job->latest[cell], collection)) {
            MTMI_CHECK_STATUS(mtmi_joined_repeat(job->pool, job->latest[cell], collection, err));
        }
    }
    return MTM_OK;
}

/* Rows of one collection are neighbours. */
static mtm_status walk(carrying *job, const uint32_t *rows, size_t n, const mtm_period *collected, mtm_error *err) {
    for (size_t i = 0; i < n; i++) {
        const mtm_period at = collected != NULL ? collected[rows[i]] : job->dataset->periods[rows[i]];
        const mtm_period next = i + 1 == n          ? MTMI_PERIOD_NONE
                                : collected != NULL ? collected[rows[i + 1]]
                                                    : job->dataset->periods[rows[i + 1]];
        MTMI_CHECK_STATUS(note_row(job, rows[i], at, err));
        if (!mtmi_period_same(at, next)) {
            MTMI_CHECK_STATUS(carry(job, at, err));
        }
    }
    return MTM_OK;
}

mtm_status mtmi_last_known_add(mtmi_joined *pool, mtm_error *err) {
    const mtm_dataset *dataset = mtmi_builder_dataset(pool->builder);
    const size_t n = dataset->n;
    carrying job = {pool, dataset, MTMI_MAP_INIT, mtmi_memory_new(n + 1, sizeof *job.latest),
                    mtmi_memory_new(n + 1, sizeof *job.collected)};
    uint32_t *rows = mtmi_memory_new(n + 1, sizeof *rows);
    mtm_period *collected = NULL;
    int whole = job.latest != NULL && job.collected != NULL && rows != NULL;
    for (size_t i = 0; i < n && whole; i++) {
        rows[i] = (uint32_t)i;
    }
    whole = whole && mtmi_sort(rows, n, sizeof *rows, by_date, dataset);
    mtm_status status = MTM_OK;
    MTMI_TRY(whole ? mtmi_collections_find(dataset, rows, n, &collected, err) : mtmi_error_memory(err));
    MTMI_TRY(walk(&job, rows, n, collected, err));
out:
    mtmi_memory_free(job.latest);
    mtmi_memory_free(job.collected);
    mtmi_memory_free(rows);
    mtmi_memory_free(collected);
    mtmi_map_free(&job.cells);
    return status;
}
