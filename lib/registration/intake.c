/* Takes rows of one file in, thread by thread. Everything since the last commit can be dropped, because a run of blocks may
 * turn out to have been cut wrongly. */
#include "registration/registry.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "tabulate/member.h"

#include <string.h>

#define LEAST ((size_t)32 * 1024) /* records that a thread may hold in any case */

mtm_status mtmi_intake_start(mtmi_intake *intake, mtmi_registry *registry, const mtmi_registry_columns *columns,
                             unsigned n_threads, mtm_error *err) {
    (void)err;
    memset(intake, 0, sizeof *intake);
    intake->registry = registry;
    intake->columns = *columns;
    intake->runs.spill = registry->spill;
    intake->most = registry->most / n_threads > LEAST ? registry->most / n_threads : LEAST;
    if (registry->most < LEAST) { /* tests make it small */
        intake->most = registry->most;
    }
    intake->first = INT32_MAX;
    intake->last = INT32_MIN;
    return MTM_OK;
}

void mtmi_intake_free(mtmi_intake *intake) {
    mtmi_runs_free(&intake->runs);
    mtmi_map_free(&intake->combinations);
    mtmi_memory_free(intake->global);
    mtmi_memory_free(intake->text);
    memset(intake, 0, sizeof *intake);
}

void mtmi_intake_hash(const mtmi_intake *intake, const void *id, size_t size, uint64_t out[2]) {
    mtmi_siphash(&intake->registry->key, id, size, out);
}

char *mtmi_intake_text(mtmi_intake *intake, size_t size) {
    return mtmi_memory_reserve((void **)&intake->text, &intake->text_capacity, size + 1, 1) ? intake->text : NULL;
}

int mtmi_intake_add(mtmi_intake *intake, const uint32_t *numbers, size_t text_size, uint64_t place) {
    const unsigned n = intake->columns.n_labels;
    const uint32_t none = 0;
    uint64_t content[2];
    mtmi_siphash(&intake->registry->key, intake->text, text_size, content);
    intake->row.content = content[0];
    intake->row.place = place;
    intake->row.combination =
        n == 0 ? mtmi_map_add(&intake->combinations, &none, sizeof none)
               : mtmi_map_add(&intake->combinations, numbers + intake->columns.first_label, n * sizeof *numbers);
    if (intake->row.combination == MTMI_MAP_NONE || !mtmi_runs_reserve(&intake->runs, 1)) {
        return 0;
    }
    intake->runs.records[intake->runs.n++] = intake->row;
    return 1;
}

/* The registry's number of a member; one that has no column is not stated. */
static uint32_t global_member(mtmi_registry *registry, unsigned axis, const mtmi_map *members, uint32_t number) {
    unsigned char unknown[1 + MTMI_MEMBER_LONGEST];
    size_t length;
    const unsigned char *key = unknown;
    if (number < members->n) {
        key = mtmi_map_key(members, number, &length);
    } else {
        length = mtmi_member_from_code(MTM_MEMBER_UNKNOWN, "_U", 2, unknown);
    }
    return mtmi_map_add(&registry->members[axis], key, length);
}

/* The registry's numbers of the combinations that came since the last commit. */
static mtm_status number_combinations(mtmi_intake *intake, const mtmi_map *const *members, mtm_error *err) {
    const size_t n = intake->combinations.n;
    const unsigned n_labels = intake->columns.n_labels;
    uint32_t *numbers = mtmi_memory_new(n_labels + 1, sizeof *numbers);
    mtm_status status = MTM_OK;
    MTMI_TRY(numbers == NULL ||
                     !mtmi_memory_reserve((void **)&intake->global, &intake->global_capacity, n, sizeof *intake->global)
                 ? mtmi_error_memory(err)
                 : MTM_OK);
    for (; intake->n_known < n; intake->n_known++) {
        size_t length;
        memcpy(numbers, mtmi_map_key(&intake->combinations, (uint32_t)intake->n_known, &length),
               n_labels * sizeof *numbers);
        for (unsigned i = 0; i < n_labels; i++) {
            numbers[i] = global_member(intake->registry, i, members[i], numbers[i]);
            MTMI_TRY(numbers[i] == MTMI_MAP_NONE ? mtmi_error_memory(err) : MTM_OK);
        }
        const uint32_t number = mtmi_registry_combination(intake->registry, numbers);
        MTMI_TRY(number == MTMI_MAP_NONE ? mtmi_error_memory(err) : MTM_OK);
        intake->global[intake->n_known] = number;
    }
out:
    mtmi_memory_free(numbers);
    return status;
}

mtm_status mtmi_intake_commit(mtmi_intake *intake, const mtmi_map *const *members, const uint64_t *lines, uint32_t file,
                              mtm_error *err) {
    MTMI_CHECK_STATUS(number_combinations(intake, members, err));
    for (; intake->n_committed < intake->runs.n; intake->n_committed++) {
        mtmi_record *record = &intake->runs.records[intake->n_committed];
        const uint64_t line = lines[record->place >> 32] + (record->place & UINT32_MAX) + 1;
        record->combination = intake->global[record->combination];
        record->place = (uint64_t)file << MTMI_PLACE_LINE | line;
        intake->first = record->entered < intake->first ? record->entered : intake->first;
        intake->last = record->entered > intake->last ? record->entered : intake->last;
        if (record->left != MTMI_NEVER && record->left > intake->last) {
            intake->last = record->left;
        }
    }
    return MTM_OK;
}

void mtmi_intake_drop(mtmi_intake *intake) {
    intake->runs.n = intake->n_committed;
    mtmi_map_cut(&intake->combinations, intake->n_known);
}

mtm_status mtmi_intake_relieve(mtmi_intake *intake, mtm_error *err) {
    if (intake->n_committed < intake->most) {
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(mtmi_runs_spill(&intake->runs, intake->n_committed, err));
    intake->n_committed = 0;
    return MTM_OK;
}

void mtmi_registry_take(mtmi_registry *registry, mtmi_intake *intake) {
    mtmi_runs_take(&registry->runs, &intake->runs);
    intake->n_committed = 0;
    registry->first = intake->first < registry->first ? intake->first : registry->first;
    registry->last = intake->last > registry->last ? intake->last : registry->last;
}
