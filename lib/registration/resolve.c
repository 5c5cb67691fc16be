/* Settles all ids, in threads: each takes a range of hashes. Households come after persons, from their stays. */
#include "registration/settle.h"

#include "base/diagnostic.h"
#include "base/error.h"
#include "base/heap_sort.h"
#include "base/memory.h"
#include "base/try.h"

#include <pthread.h>
#include <string.h>

#define MOST_OF_ONE ((size_t)1 << 16) /* registrations of one id */

static mtm_status too_many(mtmi_settler *at) {
    const mtmi_record *record = &at->group[0];
    return mtmi_error_set(&at->error, MTM_ERROR_LIMIT, MTMI_CODE_REGISTRATION_ID,
                          (mtmi_place){at->state->files[mtmi_record_file(record)].name, mtmi_record_line(record), 0},
                          "found more than %zu registrations of one id, expected those of one person; is the column an "
                          "id?",
                          MOST_OF_ONE);
}

/* The records of one id after the other. */
static mtm_status settle_all(mtmi_settler *at, mtm_status (*settle)(mtmi_settler *at)) {
    const uint64_t part = UINT64_MAX / at->of;
    const uint64_t first = part * at->at, last = at->at + 1 == at->of ? UINT64_MAX : part * (at->at + 1) - 1;
    mtmi_run_reader *reader = NULL;
    const mtmi_record *record;
    mtm_status status = MTM_OK;
    at->n = 0;
    MTMI_TRY(mtmi_run_reader_new(at->from, first, last, &reader, &at->error));
    while ((record = mtmi_run_reader_next(reader, &status, &at->error)) != NULL) {
        if (at->n > 0 && mtmi_record_compare(record, &at->group[0]) != 0) {
            MTMI_TRY(settle(at));
            at->n = 0;
        }
        MTMI_TRY(at->n == MOST_OF_ONE ? too_many(at) : MTM_OK);
        MTMI_TRY(mtmi_memory_reserve((void **)&at->group, &at->capacity, at->n + 1, sizeof *at->group)
                     ? MTM_OK
                     : mtmi_error_memory(&at->error));
        at->group[at->n++] = *record;
    }
    MTMI_TRY(status);
    MTMI_TRY(at->n > 0 ? settle(at) : MTM_OK);
out:
    mtmi_run_reader_free(reader);
    return status;
}

static void *settle_persons(void *data) {
    mtmi_settler *at = data;
    at->status = settle_all(at, mtmi_settle_person);
    return NULL;
}

static void *settle_households(void *data) {
    mtmi_settler *at = data;
    at->status = settle_all(at, mtmi_settle_household);
    return NULL;
}

/* Every mtmi_settler in a thread of its own, the first in this one. */
static mtm_status work(mtmi_settler *workers, unsigned n, void *(*what)(void *), mtm_error *err) {
    pthread_t ids[MTMI_RUN_THREADS];
    int made[MTMI_RUN_THREADS] = {0};
    for (unsigned i = 1; i < n; i++) {
        made[i] = pthread_create(&ids[i], NULL, what, &workers[i]) == 0;
    }
    for (unsigned i = 0; i < n; i++) {
        if (!made[i]) {
            what(&workers[i]);
        }
    }
    for (unsigned i = 1; i < n; i++) {
        if (made[i]) {
            pthread_join(ids[i], NULL);
        }
    }
    for (unsigned i = 0; i < n; i++) {
        if (workers[i].status != MTM_OK) {
            if (err != NULL) {
                *err = workers[i].error;
            }
            return workers[i].status;
        }
    }
    return MTM_OK;
}

/* Files in the order of their content: that does not depend on the order in which they came. */
static uint32_t *rank_files(const mtmi_state *state) {
    uint32_t *order = mtmi_order_new(state->n_files, mtmi_state_compare_files, state);
    uint32_t *ranks = mtmi_memory_new(state->n_files + 1, sizeof *ranks);
    for (uint32_t i = 0; order != NULL && ranks != NULL && i < state->n_files; i++) {
        ranks[order[i]] = i;
    }
    mtmi_memory_free(order);
    return ranks;
}

static mtm_status unite(mtmi_resolved *out, const mtmi_resolved *one, mtm_error *err) {
    out->balance.rows += one->balance.rows;
    out->balance.persons += one->balance.persons;
    out->balance.households += one->balance.households;
    out->balance.repeats += one->balance.repeats;
    out->balance.superseded += one->balance.superseded;
    out->balance.conflicts += one->balance.conflicts;
    for (size_t i = 0; i < one->n_conflicts; i++) {
        if (!mtmi_add_conflict(out, one->conflicts[i])) {
            return mtmi_error_memory(err);
        }
        out->conflicts_of[one->conflicts[i].place >> MTMI_PLACE_LINE]--; /* counted below */
    }
    for (size_t i = 0; i < one->n_files; i++) {
        out->conflicts_of[i] += one->conflicts_of[i];
    }
    MTMI_CHECK_STATUS(mtmi_cut_conflicts(out) ? MTM_OK : mtmi_error_memory(err));
    mtmi_bearers_add(&out->bearers, &one->bearers);
    return mtmi_tally_add(&out->tally, &one->tally, err);
}

static mtm_status start_result(mtmi_resolved *out, const mtmi_registry *registry, const mtmi_state *state,
                               uint64_t max_cells, mtm_error *err) {
    memset(out, 0, sizeof *out);
    out->n_files = state->n_files;
    out->conflicts_of = mtmi_memory_new(state->n_files + 1, sizeof *out->conflicts_of);
    if (out->conflicts_of == NULL) {
        return mtmi_error_memory(err);
    }
    out->has_tally = 1;
    MTMI_CHECK_STATUS(mtmi_bearers_start(&out->bearers, registry, state, err));
    return mtmi_tally_start(&out->tally, registry, state->spec, max_cells, err);
}

static mtm_status start_worker(mtmi_settler *at, const mtmi_settler *like, uint64_t max_cells, mtm_error *err) {
    *at = *like;
    at->households.spill = like->registry->spill;
    for (unsigned i = 0; i < 2; i++) {
        at->members[i] = mtmi_memory_new(like->registry->n_labels + 1, sizeof *at->members[i]);
        if (at->members[i] == NULL) {
            return mtmi_error_memory(err);
        }
    }
    return start_result(&at->result, like->registry, like->state, max_cells, err);
}

static void free_worker(mtmi_settler *at) {
    mtmi_resolved_free(&at->result);
    mtmi_runs_free(&at->households);
    mtmi_memory_free(at->group);
    mtmi_memory_free(at->stays);
    mtmi_memory_free(at->members[0]);
    mtmi_memory_free(at->members[1]);
}

/* Stays of all workers under their households. */
static mtm_status collect_households(mtmi_settler *workers, unsigned n, mtmi_runs *out, mtm_error *err) {
    size_t records = 0, runs = 0;
    for (unsigned i = 0; i < n; i++) {
        records += workers[i].households.n;
        runs += workers[i].households.n_runs;
    }
    MTMI_CHECK_STATUS(mtmi_runs_prepare(out, records, runs, workers[0].registry->most, err));
    for (unsigned i = 0; i < n; i++) {
        mtmi_runs_take(out, &workers[i].households);
        workers[i].from = out;
    }
    return mtmi_runs_settle(out, err);
}

mtm_status mtmi_resolve(mtmi_registry *registry, const mtmi_state *state, unsigned n_threads, mtmi_resolved *out,
                        mtm_error *err) {
    mtmi_settler like = {.registry = registry, .state = state, .of = n_threads, .from = &registry->runs};
    mtmi_settler *workers = mtmi_memory_new(n_threads, sizeof *workers);
    mtmi_runs households = {.spill = registry->spill};
    uint32_t *ranks = rank_files(state);
    mtm_status status = MTM_OK;
    memset(out, 0, sizeof *out);
    MTMI_TRY(workers == NULL || ranks == NULL ? mtmi_error_memory(err) : MTM_OK);
    like.ranks = ranks;
    MTMI_TRY(start_result(out, registry, state, state->max_cells, err));
    MTMI_TRY(mtmi_runs_settle(&registry->runs, err));
    for (unsigned i = 0; i < n_threads; i++) {
        MTMI_TRY(start_worker(&workers[i], &like, state->max_cells, err));
        workers[i].at = i;
    }
    MTMI_TRY(work(workers, n_threads, settle_persons, err));
    if (registry->has_households) {
        MTMI_TRY(collect_households(workers, n_threads, &households, err));
        MTMI_TRY(work(workers, n_threads, settle_households, err));
    }
    for (unsigned i = 0; i < n_threads; i++) {
        MTMI_TRY(unite(out, &workers[i].result, err));
    }
out:
    for (unsigned i = 0; workers != NULL && i < n_threads; i++) {
        free_worker(&workers[i]);
    }
    mtmi_memory_free(workers);
    mtmi_memory_free(ranks);
    mtmi_runs_free(&households);
    if (status != MTM_OK) {
        mtmi_resolved_free(out);
    }
    return status;
}

void mtmi_resolved_free(mtmi_resolved *resolved) {
    mtmi_memory_free(resolved->conflicts);
    mtmi_memory_free(resolved->conflicts_of);
    mtmi_bearers_free(&resolved->bearers);
    if (resolved->has_tally) {
        mtmi_tally_free(&resolved->tally);
    }
    memset(resolved, 0, sizeof *resolved);
}
