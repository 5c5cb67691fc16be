/* Tells rounds apart, by country, operation and assessment type, in the order of their dates. A round is what the
 * source numbers so, as far as its dates lie within the span; where nothing is numbered, the dates within the span
 * in which no place comes again. */
#include "mobility/rounds.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/try.h"

#include <string.h>

static int compare_numbers(int64_t a, int64_t b) {
    return (a > b) - (a < b);
}

static int compare_tracks(const mtmi_tracked *a, const mtmi_tracked *b) {
    static const int slots[] = {MTMI_SLOT_ADM0, MTMI_SLOT_OPERATION, MTMI_SLOT_ASSESSMENT};
    int by = 0;
    for (size_t i = 0; by == 0 && i < sizeof slots / sizeof *slots; i++) {
        by = compare_numbers(a->code[slots[i]], b->code[slots[i]]);
    }
    return by;
}

static int compare_rows(const void *context, const void *left, const void *right) {
    const mtmi_tracked *a = left, *b = right;
    int by = compare_tracks(a, b);
    (void)context;
    by = by != 0 ? by : compare_numbers(a->code[MTMI_SLOT_ROUND], b->code[MTMI_SLOT_ROUND]);
    by = by != 0 ? by : compare_numbers(a->period.last, b->period.last);
    return by != 0 ? by : compare_numbers(a->row, b->row);
}

static int compare_rounds(const void *context, const void *left, const void *right) {
    const mtmi_round *a = left, *b = right;
    (void)context;
    const int by = compare_numbers(a->dates.last, b->dates.last);
    return by != 0 ? by : compare_numbers(a->code, b->code);
}

static mtm_status add_round(mtmi_rounds *known, size_t first, size_t n, size_t *capacity, mtm_error *err) {
    void *rounds = known->rounds;
    if (!mtmi_memory_reserve(&rounds, capacity, known->n_rounds + 1, sizeof *known->rounds)) {
        return mtmi_error_memory(err);
    }
    known->rounds = rounds;
    known->rounds[known->n_rounds++] =
        (mtmi_round){known->rows[first].code[MTMI_SLOT_ROUND],
                     {known->rows[first].period.last, known->rows[first + n - 1].period.last},
                     first,
                     n};
    return MTM_OK;
}

/* Where the next round begins: behind a day that is too far away, or before a place that comes again. */
static mtm_status find_end(const mtmi_rounds *rounds, size_t first, size_t end, size_t *out, mtm_error *err) {
    const int numbered = rounds->rows[first].code[MTMI_SLOT_ROUND] != 0;
    mtmi_map cells = MTMI_MAP_INIT;
    mtm_status status = MTM_OK;
    size_t at = first, day_starts = first, known = 0;
    for (; at < end; at++) {
        const mtmi_tracked *row = &rounds->rows[at];
        if (row->period.last != rounds->rows[day_starts].period.last) {
            day_starts = at;
            known = cells.n;
        }
        if (row->period.last - rounds->rows[first].period.last >= rounds->span) {
            at = day_starts;
            break;
        }
        const uint32_t cell = numbered ? 0 : mtmi_map_add(&cells, row->code, sizeof row->code);
        if (cell == MTMI_MAP_NONE) {
            MTMI_TRY(mtmi_error_memory(err));
        } else if (!numbered && cell < known) {
            at = day_starts;
            break;
        }
    }
out:
    mtmi_map_free(&cells);
    *out = at;
    return status;
}

static mtm_status cut_rounds(mtmi_rounds *rounds, mtm_error *err) {
    size_t capacity = 0;
    rounds->tracks = mtmi_memory_new(rounds->n + 1, sizeof *rounds->tracks);
    if (rounds->tracks == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < rounds->n;) {
        const mtmi_tracked *head = &rounds->rows[i];
        mtmi_track *track = &rounds->tracks[rounds->n_tracks++];
        *track = (mtmi_track){head->code[MTMI_SLOT_ADM0], head->code[MTMI_SLOT_OPERATION],
                              head->code[MTMI_SLOT_ASSESSMENT], rounds->n_rounds, 0};
        while (i < rounds->n && compare_tracks(head, &rounds->rows[i]) == 0) {
            size_t end = i;
            while (end < rounds->n && compare_tracks(head, &rounds->rows[end]) == 0 &&
                   rounds->rows[end].code[MTMI_SLOT_ROUND] == rounds->rows[i].code[MTMI_SLOT_ROUND]) {
                end++;
            }
            size_t next = end;
            MTMI_CHECK_STATUS(find_end(rounds, i, end, &next, err));
            MTMI_CHECK_STATUS(add_round(rounds, i, next - i, &capacity, err));
            i = next;
        }
        track->n = rounds->n_rounds - track->first;
        if (!mtmi_sort(&rounds->rounds[track->first], track->n, sizeof *rounds->rounds, compare_rounds, NULL)) {
            MTMI_CHECK_STATUS(mtmi_error_memory(err));
        }
    }
    return MTM_OK;
}

mtm_status mtmi_rounds_open(mtm_dataset *const *datasets, size_t n, const char *concept_id, const mtm_period *as_of,
                            mtmi_rounds *out, mtm_error *err) {
    memset(out, 0, sizeof *out);
    MTMI_CHECK_STATUS(mtmi_rounds_gather(datasets, n, concept_id, as_of, out, err));
    if (!mtmi_sort(out->rows, out->n, sizeof *out->rows, compare_rows, NULL)) {
        MTMI_CHECK_STATUS(mtmi_error_memory(err));
    }
    return cut_rounds(out, err);
}

void mtmi_rounds_close(mtmi_rounds *rounds) {
    for (size_t i = 0; i < rounds->n_slots; i++) {
        mtmi_memory_free(rounds->slots[i].name);
        mtmi_memory_free(rounds->slots[i].members);
        mtmi_map_free(&rounds->slots[i].codes);
    }
    mtmi_memory_free(rounds->rows);
    mtmi_memory_free(rounds->tracks);
    mtmi_memory_free(rounds->rounds);
    memset(rounds, 0, sizeof *rounds);
}
