/* Counts one round. Levels are one tree: an area has the figure that is printed for it, else the sum of its parts. In the
 * dimensions that are not asked for, a printed total comes before its parts. Nothing is added twice. */
#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/try.h"
#include "mobility/rounds.h"

#include <string.h>

/* A row that is asked for. */
typedef struct cell {
    const mtmi_tracked *row;
    int32_t by[2];
    int32_t place[MTMI_LEVELS];
    int level;     /* deepest with a place */
    uint64_t mask; /* dimensions in which it is a part */
    int taken;
} cell;

typedef struct counting {
    const mtmi_rounds *rounds;
    const mtmi_tally_ask *ask;
    cell *cells;
    size_t n;
    int measure; /* the slot of what is counted; -1: one thing is */
} counting;

static int bits_of(uint64_t mask) {
    int n = 0;
    for (; mask != 0; mask &= mask - 1) {
        n++;
    }
    return n;
}

static int compare_places(const cell *a, const cell *b) {
    int by = 0;
    for (size_t k = 1; by == 0 && k < MTMI_LEVELS; k++) {
        by = (a->place[k] > b->place[k]) - (a->place[k] < b->place[k]);
    }
    return by;
}

static int compare_by(const cell *a, const cell *b) {
    const int by = (a->by[0] > b->by[0]) - (a->by[0] < b->by[0]);
    return by != 0 ? by : (a->by[1] > b->by[1]) - (a->by[1] < b->by[1]);
}

/* By member, level, place, number of parts; the same cell by date, the latest first. */
static int compare_cells(const void *context, const void *left, const void *right) {
    const cell *a = left, *b = right;
    int by = compare_by(a, b);
    (void)context;
    by = by != 0 ? by : (a->level > b->level) - (a->level < b->level);
    by = by != 0 ? by : compare_places(a, b);
    by = by != 0 ? by : bits_of(a->mask) - bits_of(b->mask);
    by = by != 0 ? by : (a->mask > b->mask) - (a->mask < b->mask);
    by = by != 0 ? by : memcmp(a->row->code, b->row->code, sizeof a->row->code);
    return by != 0 ? by : (a->row->period.last < b->row->period.last) - (a->row->period.last > b->row->period.last);
}

/* ---- which rows ---- */

static int is_asked(const counting *count, const mtmi_tracked *row, uint64_t *mask) {
    const mtmi_rounds *rounds = count->rounds;
    const char *status = mtmi_rounds_code(rounds, MTMI_SLOT_STATUS, row->code[MTMI_SLOT_STATUS]);
    const char *counted = mtmi_rounds_code(rounds, MTMI_SLOT_COUNTED, row->code[MTMI_SLOT_COUNTED]);
    const int households = counted[0] != '\0' ? strcmp(counted, "HOUSEHOLDS") == 0
                                              : strcmp(mtmi_dataset_unit(row->dataset), "households") == 0;
    if (households != count->ask->households) {
        return 0;
    }
    if (count->ask->n_status == 0) {
        return 1;
    }
    if (status[0] == '\0') { /* nothing says who: displaced persons, unless others are told apart */
        return strcmp(count->ask->status[0], "IDP") == 0;
    }
    for (size_t i = 0; i < count->ask->n_status; i++) {
        if (strcmp(status, count->ask->status[i]) == 0) {
            *mask |= i > 0;
            return 1;
        }
    }
    return 0;
}

static int take_cell(const counting *count, const mtmi_tracked *row, cell *out) {
    uint64_t mask = 0;
    memset(out, 0, sizeof *out);
    if (!is_asked(count, row, &mask)) {
        return 0;
    }
    for (size_t s = MTMI_SLOT_OTHERS; s < count->rounds->n_slots; s++) {
        mask |= row->code[s] != 0 ? (uint64_t)1 << s : 0;
    }
    for (int i = 0; i < 2; i++) {
        const int slot = count->ask->by[i];
        if (slot < 0) {
            continue;
        }
        if (row->code[slot] == 0) {
            return 0;
        }
        out->by[i] = row->code[slot];
        mask &= ~((uint64_t)1 << slot);
    }
    for (int k = 1; k < MTMI_LEVELS; k++) {
        out->place[k] = row->code[MTMI_SLOT_ADM0 + k];
        out->level = out->place[k] != 0 ? k : out->level;
    }
    out->row = row;
    out->mask = mask;
    return !count->ask->whole || mask == 0;
}

/* The shallowest level of which there are areas. */
static int find_level(const counting *count) {
    int level = MTMI_LEVELS;
    for (size_t i = 0; i < count->n; i++) {
        for (int k = 1; k < level; k++) {
            level = count->cells[i].place[k] != 0 ? k : level;
        }
    }
    return level < MTMI_LEVELS ? level : 0;
}

/* ---- adding ---- */

static mtm_status use(mtmi_round_tally *out, const mtmi_tracked *row, mtm_error *err) {
    void *used = (void *)out->used;
    if (!mtmi_memory_reserve(&used, &out->used_capacity, out->n_used + 1, sizeof *out->used)) {
        return mtmi_error_memory(err);
    }
    out->used = used;
    out->used[out->n_used++] = row;
    return MTM_OK;
}

/* What a cell counts, where the source names several things: stocks beside flows are not added. */
static int32_t measure_of(const counting *count, const cell *at) {
    return count->measure >= 0 ? at->row->code[count->measure] : 0;
}

/* The rows of one place and member from start on, of the fewest parts: each cell once, of several dates the latest. */
static mtm_status add_place(counting *count, size_t start, size_t *end, mtmi_round_tally *out, mtmi_wide *units,
                            int *has_value, mtm_error *err) {
    const cell *head = &count->cells[start], *best = NULL;
    *units = 0;
    *has_value = 0;
    for (*end = start; *end < count->n && compare_by(head, &count->cells[*end]) == 0 &&
                       head->level == count->cells[*end].level && compare_places(head, &count->cells[*end]) == 0;
         ++*end) {
        const cell *at = &count->cells[*end];
        if (!at->row->has_value || (best != NULL && at->mask != best->mask)) {
            continue;
        }
        if (best != NULL && memcmp(best->row->code, at->row->code, sizeof at->row->code) == 0) {
            out->contested |= best->row->period.last == at->row->period.last && best->row->units != at->row->units;
            continue;
        }
        out->contested |= best != NULL && measure_of(count, best) != measure_of(count, at);
        best = at;
        *units += at->row->units;
        *has_value = 1;
        MTMI_CHECK_STATUS(use(out, at->row, err));
    }
    return MTM_OK;
}

/* Whether an area above the place has a figure of its own, between the level of the areas and the place. */
static int is_within_printed(const counting *count, const cell *at, size_t first, size_t end, int level) {
    for (size_t i = first; i < end; i++) {
        const cell *above = &count->cells[i];
        int is_above = above->taken && above->level < at->level && above->level >= level;
        for (int k = 1; is_above && k <= above->level; k++) {
            is_above = above->place[k] == at->place[k] || above->place[k] == 0;
        }
        if (is_above) {
            return 1;
        }
    }
    return 0;
}

static mtmi_tallied *find_entry(mtmi_round_tally *out, const cell *at, int level, int by, mtm_error *err) {
    mtmi_tallied like;
    void *areas = out->areas;
    memset(&like, 0, sizeof like);
    memcpy(like.by, at->by, sizeof like.by);
    for (int k = 1; !by && k <= level; k++) {
        like.place[k] = at->place[k];
    }
    for (size_t i = out->n; i-- > 0;) { /* the rows of one area stand together, but for deeper levels */
        if (memcmp(out->areas[i].place, like.place, sizeof like.place) == 0 &&
            memcmp(out->areas[i].by, like.by, sizeof like.by) == 0) {
            return &out->areas[i];
        }
    }
    if (!mtmi_memory_reserve(&areas, &out->capacity, out->n + 1, sizeof like)) {
        (void)mtmi_error_memory(err);
        return NULL;
    }
    out->areas = areas;
    out->areas[out->n] = like;
    return &out->areas[out->n++];
}

/* The figure of a place: the source's own total, or one of an area, into which the rows of deeper ones come. */
static mtm_status add_one(counting *count, size_t start, size_t first, size_t *end, int level, mtmi_round_tally *out,
                          mtm_error *err) {
    const cell *at = &count->cells[start];
    const int by = count->ask->by[0] >= 0;
    const size_t n_used = out->n_used;
    mtmi_wide units;
    int has_value;
    mtm_status status = add_place(count, start, end, out, &units, &has_value, err);
    if (status != MTM_OK) {
        return status;
    }
    const int is_total = at->level == 0 && !by;
    if (is_total && has_value) {
        out->printed_first = n_used;
        out->printed_n = out->n_used - n_used;
        out->units = units;
        out->has_value = 1;
        return MTM_OK;
    }
    if (is_total || at->level < level || is_within_printed(count, at, first, start, level)) {
        out->n_used = n_used;
        return MTM_OK;
    }
    mtmi_tallied *entry = find_entry(out, at, level, by, err);
    if (entry == NULL) {
        return MTM_ERROR_MEMORY;
    }
    count->cells[start].taken = has_value;
    entry->first = entry->has_value ? entry->first : n_used;
    entry->n += out->n_used - n_used;
    entry->units += units;
    entry->has_value |= has_value;
    return MTM_OK;
}

static void finish(mtmi_round_tally *out) {
    int any = 0;
    for (size_t i = 0; i < out->n; i++) {
        out->areas_units += out->areas[i].has_value ? out->areas[i].units : 0;
        any |= out->areas[i].has_value;
    }
    out->is_printed = out->has_value && any && out->units != out->areas_units;
    out->units = out->has_value ? out->units : out->areas_units;
    out->has_value |= any;
}

mtm_status mtmi_tally_make(const mtmi_rounds *rounds, const mtmi_round *round, const mtmi_tally_ask *ask,
                           mtmi_round_tally *out, mtm_error *err) {
    counting count = {rounds, ask, NULL, 0, mtmi_rounds_slot(rounds, "indicator")};
    mtm_status status = MTM_OK;
    memset(out, 0, sizeof *out);
    count.cells = mtmi_memory_new(round->n + 1, sizeof *count.cells);
    if (count.cells == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < round->n; i++) {
        count.n += (size_t)take_cell(&count, &rounds->rows[round->first + i], &count.cells[count.n]);
    }
    if (!mtmi_sort(count.cells, count.n, sizeof *count.cells, compare_cells, NULL)) {
        MTMI_TRY(mtmi_error_memory(err));
    }
    out->level = ask->level > 0 ? ask->level : find_level(&count);
    for (size_t i = 0, first = 0, end = 0; i < count.n; i = end) {
        first = compare_by(&count.cells[first], &count.cells[i]) == 0 ? first : i;
        MTMI_TRY(add_one(&count, i, first, &end, out->level, out, err));
    }
    finish(out);
out:
    mtmi_memory_free(count.cells);
    return status;
}

void mtmi_tally_clear(mtmi_round_tally *tally) {
    mtmi_memory_free(tally->areas);
    mtmi_memory_free((void *)tally->used);
    memset(tally, 0, sizeof *tally);
}

const mtmi_tallied *mtmi_tally_find(const mtmi_round_tally *tally, const mtmi_tallied *like) {
    for (size_t i = 0; i < tally->n; i++) {
        if (tally->areas[i].has_value && memcmp(tally->areas[i].place, like->place, sizeof like->place) == 0 &&
            memcmp(tally->areas[i].by, like->by, sizeof like->by) == 0) {
            return &tally->areas[i];
        }
    }
    return NULL;
}

int mtmi_tally_same_areas(const mtmi_round_tally *a, const mtmi_round_tally *b) {
    size_t n = 0, m = 0;
    for (size_t i = 0; i < a->n; i++) {
        n += (size_t)a->areas[i].has_value;
        if (a->areas[i].has_value && mtmi_tally_find(b, &a->areas[i]) == NULL) {
            return 0;
        }
    }
    for (size_t i = 0; i < b->n; i++) {
        m += (size_t)b->areas[i].has_value;
    }
    return n == m;
}
