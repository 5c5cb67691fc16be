/* Unites counts of threads and of states. The union does not show in which order they came. */
#include "tabulate/state.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"

#include <string.h>

mtm_status mtmi_state_new(mtmi_spec *spec, mtmi_state **out, mtm_error *err) {
    mtmi_state *state = mtmi_memory_new(1, sizeof *state);
    *out = NULL;
    if (state == NULL) {
        mtmi_spec_free(spec);
        return mtmi_error_memory(err);
    }
    state->spec = spec;
    state->axes = mtmi_memory_new(spec->n_axes, sizeof state->axes[0]);
    state->sets = mtmi_memory_new(spec->n_groupings, sizeof state->sets[0]);
    state->max_cells = 1000000;
    state->max_members = 65536;
    if (state->axes == NULL || state->sets == NULL) {
        mtmi_state_free(state);
        return mtmi_error_memory(err);
    }
    *out = state;
    return MTM_OK;
}

void mtmi_state_free(mtmi_state *state) {
    size_t i;
    if (state == NULL) {
        return;
    }
    for (i = 0; state->axes != NULL && i < state->spec->n_axes; i++) {
        mtmi_memory_free(state->axes[i].list);
        mtmi_map_free(&state->axes[i].members);
        mtmi_memory_free(state->axes[i].met);
    }
    for (i = 0; state->sets != NULL && i < state->spec->n_groupings; i++) {
        mtmi_map_free(&state->sets[i].cells);
        mtmi_memory_free(state->sets[i].counts);
        mtmi_memory_free(state->sets[i].sums);
        mtmi_memory_free(state->sets[i].tops);
    }
    for (i = 0; i < state->n_files; i++) {
        mtmi_memory_free(state->files[i].name);
        mtmi_memory_free(state->files[i].identity);
    }
    mtmi_refusals_free(&state->refusals);
    mtmi_memory_free(state->axes);
    mtmi_memory_free(state->sets);
    mtmi_memory_free(state->files);
    mtmi_spec_free(state->spec);
    mtmi_memory_free(state);
}

/* What is added: a thread's counter, or a state. */
struct view {
    const mtmi_counter *counter;
    const mtmi_state *state;
    uint32_t first_file;               /* number here of the file, or of the state's first file */
    uint32_t *numbers[MTMI_SPEC_AXES]; /* the view's members to ours; MTMI_MAP_NONE not met yet */
};

static const mtmi_map *members_of(const struct view *view, unsigned axis) {
    return view->counter != NULL ? &view->counter->axes[axis].members : &view->state->axes[axis].members;
}

static mtmi_met met_of(const struct view *view, unsigned axis, uint32_t member) {
    mtmi_met met = {view->first_file, 0};
    if (view->counter != NULL) {
        met.line = view->counter->axes[axis].firsts[member];
    } else {
        met.file += view->state->axes[axis].met[member].file;
        met.line = view->state->axes[axis].met[member].line;
    }
    return met;
}

static size_t cells_of(const struct view *view, unsigned set) {
    return view->counter != NULL ? view->counter->grids[set].n : view->state->sets[set].cells.n;
}

/* 0 for a cell that was never counted. */
static uint64_t count_of(const struct view *view, unsigned set, size_t cell) {
    return view->counter != NULL ? view->counter->grids[set].counts[cell] : view->state->sets[set].counts[cell];
}

static mtmi_wide sum_of(const struct view *view, unsigned set, size_t cell) {
    const mtmi_grid *grid;
    if (view->counter == NULL) {
        return view->state->sets[set].sums[cell];
    }
    grid = &view->counter->grids[set];
    if (grid->n_sums > 0) {
        return grid->sums[cell * MTMI_GRID_SUMS];
    }
    return (mtmi_wide)grid->counts[cell] * mtmi_decimal_power(MTMI_COUNTER_SUMS);
}

/* The largest and the second largest that were added; a row that only counts adds 1. */
static void tops_of(const struct view *view, unsigned set, size_t cell, mtmi_wide *out) {
    const mtmi_grid *grid;
    if (view->counter == NULL) {
        memcpy(out, view->state->sets[set].tops + 2 * cell, 2 * sizeof *out);
        return;
    }
    grid = &view->counter->grids[set];
    if (grid->n_sums > 0) {
        memcpy(out, grid->sums + cell * MTMI_GRID_SUMS + 1, 2 * sizeof *out);
        return;
    }
    out[0] = grid->counts[cell] > 0 ? mtmi_decimal_power(MTMI_COUNTER_SUMS) : 0;
    out[1] = grid->counts[cell] > 1 ? out[0] : 0;
}

static void members_of_cell(const struct view *view, unsigned set, size_t cell, unsigned n, uint32_t *out) {
    size_t length;
    if (view->counter != NULL) {
        mtmi_grid_numbers(&view->counter->grids[set], cell, out);
    } else {
        memcpy(out, mtmi_map_key(&view->state->sets[set].cells, (uint32_t)cell, &length), n * sizeof *out);
    }
}

static int is_earlier(const mtmi_state *state, mtmi_met a, mtmi_met b) {
    int order = mtmi_state_compare_files(state, a.file, b.file);
    return order < 0 || (order == 0 && a.line < b.line);
}

/* Our number of a view's member, given when it is new. */
static mtm_status take_member(mtmi_state *state, struct view *view, unsigned axis, uint32_t *member, mtm_error *err) {
    mtmi_state_axis *ours = &state->axes[axis];
    uint32_t *number = &view->numbers[axis][*member];
    size_t length;
    const unsigned char *key;
    if (*number == MTMI_MAP_NONE) {
        key = mtmi_map_key(members_of(view, axis), *member, &length);
        if (ours->members.n >= state->max_members && mtmi_map_find(&ours->members, key, length) == MTMI_MAP_NONE) {
            return mtmi_error_set(
                err, MTM_ERROR_LIMIT, 0, (mtmi_place){state->spec->axes[axis].name, 0, 0},
                "more than %llu different labels; leave the dimension out, or map its labels to a coarser list",
                (unsigned long long)state->max_members);
        }
        if (!mtmi_memory_reserve((void **)&ours->met, &ours->met_capacity, ours->members.n + 1, sizeof ours->met[0])) {
            return mtmi_error_memory(err);
        }
        *number = mtmi_map_add(&ours->members, key, length);
        if (*number == MTMI_MAP_NONE) {
            return mtmi_error_memory(err);
        }
    }
    *member = *number;
    return MTM_OK;
}

/* Room for a cell, without counting it yet. */
static mtm_status take_cell(mtmi_state *state, unsigned set, const uint32_t *key, mtmi_wide sum, mtm_error *err) {
    const mtmi_grouping *grouping = &state->spec->groupings[set];
    mtmi_state_set *ours = &state->sets[set];
    mtmi_place place = {grouping->name, 0, 0};
    mtmi_wide total;
    size_t before = ours->cells.n;
    uint32_t cell;
    if (!mtmi_memory_reserve((void **)&ours->tops, &ours->tops_capacity, before + 1, 2 * sizeof ours->tops[0]) ||
        !mtmi_memory_reserve((void **)&ours->counts, &ours->counts_capacity, before + 1, sizeof ours->counts[0]) ||
        !mtmi_memory_reserve((void **)&ours->sums, &ours->sums_capacity, before + 1, sizeof ours->sums[0])) {
        return mtmi_error_memory(err);
    }
    cell = mtmi_map_add(&ours->cells, key, grouping->n_axes * sizeof *key);
    if (cell == MTMI_MAP_NONE) {
        return mtmi_error_memory(err);
    }
    if (cell == before) {
        ours->counts[cell] = 0;
        ours->sums[cell] = 0;
        ours->tops[2 * (size_t)cell] = ours->tops[2 * (size_t)cell + 1] = 0;
    }
    if (ours->cells.n > state->max_cells) {
        return mtmi_error_set(
            err, MTM_ERROR_LIMIT, 0, place,
            "more than %llu combinations; group by fewer dimensions, by longer periods or by coarser labels, or raise "
            "max_cells",
            (unsigned long long)state->max_cells);
    }
    if (__builtin_add_overflow(ours->sums[cell], sum, &total)) {
        return mtmi_error_set(err, MTM_ERROR_RANGE, 0, place, "a sum does not fit in 128 bits");
    }
    return MTM_OK;
}

static mtm_status our_key(mtmi_state *state, struct view *view, unsigned set, size_t cell, uint32_t *key,
                          mtm_error *err) {
    const mtmi_grouping *grouping = &state->spec->groupings[set];
    unsigned i;
    members_of_cell(view, set, cell, grouping->n_axes, key);
    for (i = 0; i < grouping->n_axes; i++) {
        MTMI_CHECK_STATUS(take_member(state, view, grouping->axes[i], &key[i], err));
    }
    return MTM_OK;
}

/* Everything that can fail: members, cells, limits. */
static mtm_status prepare(mtmi_state *state, struct view *view, mtm_error *err) {
    mtm_status status = MTM_OK;
    uint32_t key[MTMI_GRID_AXES];
    unsigned set;
    size_t cell;
    for (set = 0; set < state->spec->n_groupings; set++) {
        for (cell = 0; cell < cells_of(view, set); cell++) {
            if (count_of(view, set, cell) == 0) {
                continue;
            }
            status = our_key(state, view, set, cell, key, err);
            if (status == MTM_OK) {
                status = take_cell(state, set, key, sum_of(view, set, cell), err);
            }
            if (status != MTM_OK) {
                return status;
            }
        }
    }
    return status;
}

/* Nothing here can fail. known: how many members each axis had before. */
static void take_counts(mtmi_state *state, struct view *view, const size_t *known) {
    uint32_t key[MTMI_GRID_AXES], at;
    mtmi_wide tops[2];
    unsigned set, axis;
    size_t cell, member;
    for (set = 0; set < state->spec->n_groupings; set++) {
        for (cell = 0; cell < cells_of(view, set); cell++) {
            if (count_of(view, set, cell) == 0) {
                continue;
            }
            (void)our_key(state, view, set, cell, key, NULL);
            at = mtmi_map_find(&state->sets[set].cells, key, state->spec->groupings[set].n_axes * sizeof key[0]);
            state->sets[set].counts[at] += count_of(view, set, cell);
            state->sets[set].sums[at] += sum_of(view, set, cell);
            tops_of(view, set, cell, tops);
            mtmi_grid_top(state->sets[set].tops + 2 * (size_t)at, tops[0]);
            mtmi_grid_top(state->sets[set].tops + 2 * (size_t)at, tops[1]);
        }
    }
    for (axis = 0; axis < state->spec->n_axes; axis++) {
        for (member = 0; member < members_of(view, axis)->n; member++) {
            mtmi_met met = met_of(view, axis, (uint32_t)member);
            at = view->numbers[axis][member];
            if (at == MTMI_MAP_NONE) {
                continue;
            }
            if (at >= known[axis] && state->axes[axis].met[at].line == 0) {
                state->axes[axis].met[at] = met;
            } else if (is_earlier(state, met, state->axes[axis].met[at])) {
                state->axes[axis].met[at] = met;
            }
        }
    }
}

static mtm_status absorb(mtmi_state *state, struct view *view, mtm_error *err) {
    size_t members[MTMI_SPEC_AXES], cells[MTMI_SPEC_GROUPINGS], n, i;
    mtm_status status = MTM_OK;
    unsigned axis, set;
    for (axis = 0; axis < state->spec->n_axes; axis++) {
        n = members_of(view, axis)->n;
        members[axis] = state->axes[axis].members.n;
        view->numbers[axis] = mtmi_memory_new(n + 1, sizeof(uint32_t));
        if (view->numbers[axis] == NULL) {
            status = mtmi_error_memory(err);
        }
        for (i = 0; view->numbers[axis] != NULL && i < n; i++) {
            view->numbers[axis][i] = MTMI_MAP_NONE;
        }
    }
    for (set = 0; set < state->spec->n_groupings; set++) {
        cells[set] = state->sets[set].cells.n;
    }
    if (status == MTM_OK) {
        status = prepare(state, view, err);
    }
    if (status == MTM_OK) {
        for (axis = 0; axis < state->spec->n_axes; axis++) {
            for (i = members[axis]; i < state->axes[axis].members.n; i++) {
                state->axes[axis].met[i].line = 0;
            }
        }
        take_counts(state, view, members);
    } else {
        for (axis = 0; axis < state->spec->n_axes; axis++) {
            mtmi_map_cut(&state->axes[axis].members, members[axis]);
        }
        for (set = 0; set < state->spec->n_groupings; set++) {
            mtmi_map_cut(&state->sets[set].cells, cells[set]);
        }
    }
    for (axis = 0; axis < state->spec->n_axes; axis++) {
        mtmi_memory_free(view->numbers[axis]);
    }
    return status;
}

static mtm_status add_file(mtmi_state *state, const mtmi_counted_file *file, mtm_error *err) {
    mtmi_counted_file *ours;
    if (!mtmi_memory_reserve((void **)&state->files, &state->files_capacity, state->n_files + 1, sizeof *ours)) {
        return mtmi_error_memory(err);
    }
    ours = &state->files[state->n_files];
    *ours = *file;
    ours->name = mtmi_memory_copy_text(file->name);
    ours->identity = mtmi_memory_copy_text(file->identity);
    state->n_files++;
    return ours->name == NULL || ours->identity == NULL ? mtmi_error_memory(err) : MTM_OK;
}

static void cut_files(mtmi_state *state, size_t n) {
    while (state->n_files > n) {
        state->n_files--;
        mtmi_memory_free(state->files[state->n_files].name);
        mtmi_memory_free(state->files[state->n_files].identity);
    }
}

mtm_status mtmi_state_add(mtmi_state *state, const mtmi_run *run, const mtmi_counted_file *file, mtm_error *err) {
    MTMI_CHECK_STATUS(add_file(state, file, err));
    unsigned i, k;
    for (i = 0; i < run->n_threads; i++) {
        struct view view = {&run->walkers[i].counter, NULL, (uint32_t)(state->n_files - 1), {NULL}};
        MTMI_CHECK_STATUS(absorb(state, &view, err));
        for (k = 0; k <= state->spec->n_sums; k++) {
            if (view.counter->decimals[k] > state->decimals[k]) {
                state->decimals[k] = view.counter->decimals[k];
            }
        }
    }
    for (i = 0; i < run->n_threads; i++) {
        mtmi_refusals refusals;
        MTMI_CHECK_STATUS(mtmi_refusals_unite(state, &run->walkers[i].counter.refusals, (uint32_t)(state->n_files - 1),
                                              &refusals, err));
        mtmi_refusals_free(&state->refusals);
        state->refusals = refusals;
    }
    return MTM_OK;
}

static mtm_status check_same(const mtmi_state *state, const mtmi_state *other, int force, mtm_error *err) {
    mtmi_place place = {NULL, 0, 0};
    size_t i;
    if (strcmp(state->spec->meaning, other->spec->meaning) != 0) {
        return mtmi_error_set(err, MTM_ERROR_STATE, 0, place,
                              "the two count different things: their specifications differ");
    }
    for (i = 0; i < state->spec->n_axes; i++) {
        const char *a = state->axes[i].list, *b = other->axes[i].list;
        if (a != NULL && b != NULL && strcmp(a, b) != 0) {
            return mtmi_error_set(err, MTM_ERROR_STATE, 0, place, "%q has the code list %q in one and %q in the other",
                                  state->spec->axes[i].name, a, b);
        }
    }
    return force ? MTM_OK : mtmi_same_files_refuse(state, other, err);
}

static mtm_status take_lists(mtmi_state *state, const mtmi_state *other, mtm_error *err) {
    size_t i;
    for (i = 0; i < state->spec->n_axes; i++) {
        if (state->axes[i].list != NULL || other->axes[i].list == NULL) {
            continue;
        }
        state->axes[i].list = mtmi_memory_copy_text(other->axes[i].list);
        if (state->axes[i].list == NULL) {
            return mtmi_error_memory(err);
        }
    }
    return MTM_OK;
}

/* How their files were written may differ: of two texts the first in order is kept, whichever came first. */
static mtm_status take_text(mtmi_state *state, const mtmi_state *other, mtm_error *err) {
    char *text;
    if (strcmp(other->spec->text, state->spec->text) >= 0) {
        return MTM_OK;
    }
    text = mtmi_memory_copy_text(other->spec->text);
    if (text == NULL) {
        return mtmi_error_memory(err);
    }
    mtmi_memory_free(state->spec->text);
    state->spec->text = text;
    return MTM_OK;
}

mtm_status mtmi_state_merge(mtmi_state *state, const mtmi_state *other, int force, mtm_error *err) {
    struct view view = {NULL, other, (uint32_t)state->n_files, {NULL}};
    mtmi_refusals refusals = {NULL, 0, 0};
    size_t n_files = state->n_files, i;
    mtm_status status = MTM_OK;
    unsigned k;
    MTMI_TRY(check_same(state, other, force, err));
    MTMI_TRY(take_lists(state, other, err));
    MTMI_TRY(take_text(state, other, err));
    for (i = 0; i < other->n_files; i++) {
        MTMI_TRY(add_file(state, &other->files[i], err));
    }
    MTMI_TRY(mtmi_refusals_unite(state, &other->refusals, (uint32_t)n_files, &refusals, err));
    MTMI_TRY(absorb(state, &view, err));
    mtmi_refusals_free(&state->refusals);
    state->refusals = refusals;
    for (k = 0; k <= state->spec->n_sums; k++) {
        if (other->decimals[k] > state->decimals[k]) {
            state->decimals[k] = other->decimals[k];
        }
    }
    return MTM_OK;
out:
    mtmi_refusals_free(&refusals);
    cut_files(state, n_files);
    return status;
}
