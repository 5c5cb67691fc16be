/* Members, combinations and records of registrations; merging. */
#include "registration/registry.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "base/key.h"
#include "tabulate/member.h"

#include <string.h>

#define IN_MEMORY ((size_t)160 * 1024) /* records: 9 MB */

mtm_status mtmi_registry_new(unsigned n_labels, const char *key, const char *folder, mtmi_registry **out,
                             mtm_error *err) {
    mtmi_registry *registry = mtmi_memory_new(1, sizeof *registry);
    mtm_status status = MTM_OK;
    *out = NULL;
    MTMI_TRY(registry == NULL ? mtmi_error_memory(err) : MTM_OK);
    registry->n_labels = n_labels;
    registry->most = IN_MEMORY;
    registry->first = INT32_MAX;
    registry->last = INT32_MIN;
    registry->key_given = key != NULL;
    registry->members = mtmi_memory_new(n_labels + 1, sizeof *registry->members);
    MTMI_TRY(registry->members == NULL ? mtmi_error_memory(err) : MTM_OK);
    MTMI_TRY(mtmi_sip_key_read(key, &registry->key, err));
    MTMI_TRY(mtmi_spill_new(folder, &registry->spill, err));
    registry->runs.spill = registry->spill;
    *out = registry;
    registry = NULL;
out:
    mtmi_registry_free(registry);
    return status;
}

void mtmi_registry_free(mtmi_registry *registry) {
    if (registry == NULL) {
        return;
    }
    for (unsigned i = 0; registry->members != NULL && i < registry->n_labels; i++) {
        mtmi_map_free(&registry->members[i]);
    }
    mtmi_memory_free(registry->members);
    mtmi_map_free(&registry->combinations);
    mtmi_runs_free(&registry->runs);
    mtmi_spill_free(registry->spill);
    memset(&registry->key, 0, sizeof registry->key);
    mtmi_memory_free(registry);
}

uint32_t mtmi_registry_combination(mtmi_registry *registry, const uint32_t *members) {
    const uint32_t none = 0; /* where no axis has labels */
    return registry->n_labels == 0
               ? mtmi_map_add(&registry->combinations, &none, sizeof none)
               : mtmi_map_add(&registry->combinations, members, registry->n_labels * sizeof *members);
}

void mtmi_registry_members(const mtmi_registry *registry, uint32_t combination, uint32_t *out) {
    size_t length;
    const unsigned char *key = mtmi_map_key(&registry->combinations, combination, &length);
    memcpy(out, key, registry->n_labels * sizeof *out);
}

/* ---- merging ---- */

/* Another registry's combinations to ours. */
static mtm_status translate(mtmi_registry *registry, const mtmi_registry *other, uint32_t *out, mtm_error *err) {
    uint32_t *members = mtmi_memory_new(registry->n_labels + 1, sizeof *members);
    mtm_status status = MTM_OK;
    MTMI_TRY(members == NULL ? mtmi_error_memory(err) : MTM_OK);
    for (uint32_t c = 0; c < other->combinations.n; c++) {
        mtmi_registry_members(other, c, members);
        for (unsigned i = 0; i < registry->n_labels; i++) {
            size_t length;
            const unsigned char *key = mtmi_map_key(&other->members[i], members[i], &length);
            members[i] = mtmi_map_add(&registry->members[i], key, length);
            MTMI_TRY(members[i] == MTMI_MAP_NONE ? mtmi_error_memory(err) : MTM_OK);
        }
        out[c] = mtmi_registry_combination(registry, members);
        MTMI_TRY(out[c] == MTMI_MAP_NONE ? mtmi_error_memory(err) : MTM_OK);
    }
out:
    mtmi_memory_free(members);
    return status;
}

/* All records of the other one, as ours, into runs of our file. */
static mtm_status copy_records(mtmi_registry *registry, const mtmi_registry *other, const uint32_t *combinations,
                               uint32_t first_file, mtmi_runs *out, mtm_error *err) {
    mtmi_run_reader *reader = NULL;
    const mtmi_record *record;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_run_reader_new(&other->runs, 0, UINT64_MAX, &reader, err));
    while ((record = mtmi_run_reader_next(reader, &status, err)) != NULL) {
        if (out->n >= registry->most) {
            MTMI_TRY(mtmi_runs_spill(out, out->n, err));
        }
        MTMI_TRY(mtmi_runs_reserve(out, 1) ? MTM_OK : mtmi_error_memory(err));
        mtmi_record *copy = &out->records[out->n++];
        *copy = *record;
        copy->combination = combinations[record->combination];
        copy->place += (uint64_t)first_file << MTMI_PLACE_LINE;
    }
out:
    mtmi_run_reader_free(reader);
    return status;
}

mtm_status mtmi_registry_prepare_merge(mtmi_registry *registry, const mtmi_registry *other, uint32_t first_file,
                                       mtmi_runs *copied, mtm_error *err) {
    mtmi_runs *theirs = (mtmi_runs *)(uintptr_t)&other->runs; /* an order of its records is nothing that shows */
    uint32_t *combinations = NULL;
    mtm_status status = MTM_OK;
    *copied = (mtmi_runs){.spill = registry->spill};
    if (memcmp(&registry->key, &other->key, sizeof registry->key) != 0) {
        return mtmi_error_set(err, MTM_ERROR_STATE, 0, (mtmi_place){"key", 0, 0},
                              "ids were hashed with different keys, expected one key for all that is merged: give each "
                              "tabulator the same key");
    }
    combinations = mtmi_memory_new(other->combinations.n + 1, sizeof *combinations);
    MTMI_TRY(combinations == NULL ? mtmi_error_memory(err) : MTM_OK);
    MTMI_TRY(translate(registry, other, combinations, err));
    MTMI_TRY(mtmi_runs_settle(theirs, err));
    MTMI_TRY(copy_records(registry, other, combinations, first_file, copied, err));
    MTMI_TRY(mtmi_runs_prepare(&registry->runs, copied->n, copied->n_runs, registry->most, err));
out:
    mtmi_memory_free(combinations);
    return status;
}

void mtmi_registry_merge(mtmi_registry *registry, const mtmi_registry *other, mtmi_runs *copied) {
    mtmi_runs_take(&registry->runs, copied);
    registry->has_households |= other->has_households;
    registry->first = other->first < registry->first ? other->first : registry->first;
    registry->last = other->last > registry->last ? other->last : registry->last;
}
