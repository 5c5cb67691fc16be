/* Puts a state into its published order: members by key, cells by members, files by digest, refusals by place. Two
 * states of the same content become equal. Labels that must not be told are named by where they stand. */
#include "tabulate/state.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/heap_sort.h"
#include "base/memory.h"
#include "base/try.h"
#include "read/descriptor/rare_label.h"
#include "tabulate/member.h"

#include <string.h>

/* Members and cells are compared by the bytes of keys, shorter before longer. */
static int compare_keys(const void *context, uint32_t a, uint32_t b) {
    const mtmi_map *map = context;
    size_t n_a, n_b;
    const unsigned char *x = mtmi_map_key(map, a, &n_a), *y = mtmi_map_key(map, b, &n_b);
    int order = memcmp(x, y, n_a < n_b ? n_a : n_b);
    if (order != 0) {
        return order;
    }
    return n_a == n_b ? 0 : n_a < n_b ? -1 : 1;
}

struct numbered {
    const uint32_t *numbers;
    unsigned n;
};

static int compare_cells(const void *context, uint32_t a, uint32_t b) {
    const struct numbered *cells = context;
    unsigned i;
    for (i = 0; i < cells->n; i++) {
        uint32_t x = cells->numbers[(size_t)a * cells->n + i], y = cells->numbers[(size_t)b * cells->n + i];
        if (x != y) {
            return x < y ? -1 : 1;
        }
    }
    return 0;
}

/* items[new] = old to out[old] = new. */
static void invert(const uint32_t *items, size_t n, uint32_t *out) {
    size_t i;
    for (i = 0; i < n; i++) {
        out[items[i]] = (uint32_t)i;
    }
}

static mtm_status settle_files(const mtmi_state *state, mtmi_state *out, uint32_t *numbers, mtm_error *err) {
    uint32_t *items = mtmi_order_new(state->n_files, mtmi_state_compare_files, state);
    size_t i;
    out->files = mtmi_memory_new(state->n_files + 1, sizeof out->files[0]);
    if (items == NULL || out->files == NULL) {
        mtmi_memory_free(items);
        return mtmi_error_memory(err);
    }
    invert(items, state->n_files, numbers);
    for (i = 0; i < state->n_files; i++) {
        out->files[i] = state->files[items[i]];
        out->files[i].name = mtmi_memory_copy_text(state->files[items[i]].name);
        out->files[i].identity = mtmi_memory_copy_text(state->files[items[i]].identity);
        out->n_files = i + 1;
        if (out->files[i].name == NULL || out->files[i].identity == NULL) {
            break;
        }
    }
    mtmi_memory_free(items);
    out->files_capacity = state->n_files + 1;
    return i == state->n_files ? MTM_OK : mtmi_error_memory(err);
}

/* numbers: old member to new. */
static mtm_status settle_axis(const mtmi_state_axis *axis, mtmi_state_axis *target, const uint32_t *files,
                              uint32_t *numbers, mtm_error *err) {
    size_t n = axis->members.n, i, length;
    uint32_t *items = mtmi_order_new(n, compare_keys, &axis->members);
    mtm_status status = MTM_OK;
    if (items == NULL) {
        status = mtmi_error_memory(err);
        goto out;
    }
    if (axis->list != NULL && (target->list = mtmi_memory_copy_text(axis->list)) == NULL) {
        status = mtmi_error_memory(err);
        goto out;
    }
    target->met = mtmi_memory_new(n + 1, sizeof target->met[0]);
    target->met_capacity = n + 1;
    if (target->met == NULL) {
        status = mtmi_error_memory(err);
        goto out;
    }
    for (i = 0; i < n; i++) {
        const unsigned char *key = mtmi_map_key(&axis->members, items[i], &length);
        if (mtmi_map_add(&target->members, key, length) == MTMI_MAP_NONE) {
            status = mtmi_error_memory(err);
            goto out;
        }
        target->met[i] = axis->met[items[i]];
        target->met[i].file = files[target->met[i].file];
        numbers[items[i]] = (uint32_t)i;
    }
out:
    mtmi_memory_free(items);
    return status;
}

static mtm_status settle_set(const mtmi_state_set *set, const mtmi_grouping *grouping, uint32_t *const *numbers,
                             mtmi_state_set *target, mtm_error *err) {
    size_t n = set->cells.n, i, length;
    unsigned k, n_axes = grouping->n_axes;
    uint32_t *keys = mtmi_memory_new(n * n_axes + 1, sizeof *keys), *items = NULL, key[MTMI_GRID_AXES];
    struct numbered cells = {keys, n_axes};
    mtm_status status = MTM_OK;
    for (i = 0; keys != NULL && i < n; i++) {
        memcpy(key, mtmi_map_key(&set->cells, (uint32_t)i, &length), n_axes * sizeof key[0]);
        for (k = 0; k < n_axes; k++) {
            keys[i * n_axes + k] = numbers[grouping->axes[k]][key[k]];
        }
    }
    if (keys != NULL) {
        items = mtmi_order_new(n, compare_cells, &cells);
    }
    target->counts = mtmi_memory_new(n + 1, sizeof target->counts[0]);
    target->sums = mtmi_memory_new(n + 1, sizeof target->sums[0]);
    target->tops = mtmi_memory_new(2 * n + 2, sizeof target->tops[0]);
    target->counts_capacity = target->sums_capacity = target->tops_capacity = n + 1;
    if (items == NULL || target->counts == NULL || target->sums == NULL || target->tops == NULL) {
        status = mtmi_error_memory(err);
        goto out;
    }
    for (i = 0; i < n; i++) {
        if (mtmi_map_add(&target->cells, keys + (size_t)items[i] * n_axes, n_axes * sizeof key[0]) == MTMI_MAP_NONE) {
            status = mtmi_error_memory(err);
            goto out;
        }
        target->counts[i] = set->counts[items[i]];
        target->sums[i] = set->sums[items[i]];
        memcpy(target->tops + 2 * i, set->tops + 2 * (size_t)items[i], 2 * sizeof *target->tops);
    }
out:
    mtmi_memory_free(keys);
    mtmi_memory_free(items);
    return status;
}

static mtm_status settle_all(const mtmi_state *state, mtmi_state *out, uint32_t *files, uint32_t **numbers,
                             mtm_error *err) {
    MTMI_CHECK_STATUS(settle_files(state, out, files, err));
    unsigned i;
    for (i = 0; i < state->spec->n_axes; i++) {
        numbers[i] = mtmi_memory_new(state->axes[i].members.n + 1, sizeof(uint32_t));
        MTMI_CHECK_STATUS(numbers[i] == NULL ? mtmi_error_memory(err)
                                             : settle_axis(&state->axes[i], &out->axes[i], files, numbers[i], err));
    }
    for (i = 0; i < state->spec->n_groupings; i++) {
        MTMI_CHECK_STATUS(settle_set(&state->sets[i], &state->spec->groupings[i], numbers, &out->sets[i], err));
    }
    return MTM_OK;
}

mtm_status mtmi_state_settle(const mtmi_state *state, mtmi_state **out, mtm_error *err) {
    mtmi_state *target = NULL;
    mtmi_spec *spec = NULL;
    uint32_t *files = mtmi_memory_new(state->n_files + 1, sizeof *files), *numbers[MTMI_SPEC_AXES] = {NULL};
    const mtmi_refusals none = {NULL, 0, 0};
    mtm_status status = MTM_OK;
    unsigned i;
    size_t k;
    *out = NULL;
    MTMI_TRY(files == NULL ? mtmi_error_memory(err)
                           : mtmi_spec_read(state->spec->text, strlen(state->spec->text), &spec, err));
    MTMI_TRY(mtmi_state_new(spec, &target, err));
    MTMI_TRY(settle_all(state, target, files, numbers, err));
    MTMI_TRY(mtmi_refusals_unite(state, &none, 0, &target->refusals, err));
    for (k = 0; k < target->refusals.n; k++) {
        target->refusals.at[k].file = files[target->refusals.at[k].file];
    }
    memcpy(target->decimals, state->decimals, sizeof target->decimals);
    target->max_cells = state->max_cells;
    target->max_members = state->max_members;
    *out = target;
    target = NULL;
out:
    mtmi_state_free(target);
    for (i = 0; i < MTMI_SPEC_AXES; i++) {
        mtmi_memory_free(numbers[i]);
    }
    mtmi_memory_free(files);
    return status;
}

/* ---- labels that must not be told ---- */

/* The rows of each member of an axis, in the grouping with most, so that all groupings tell the same labels. NULL when memory ran
 * out. */
static uint64_t *count_rows(const mtmi_state *state, unsigned axis) {
    const size_t n = state->axes[axis].members.n;
    uint64_t *most = mtmi_memory_new(n + 1, sizeof *most), *rows = mtmi_memory_new(n + 1, sizeof *rows);
    for (unsigned g = 0; most != NULL && rows != NULL && g < state->spec->n_groupings; g++) {
        const mtmi_grouping *grouping = &state->spec->groupings[g];
        const mtmi_state_set *set = &state->sets[g];
        for (unsigned at = 0; at < grouping->n_axes; at++) {
            if (grouping->axes[at] != axis) {
                continue;
            }
            memset(rows, 0, (n + 1) * sizeof *rows);
            for (size_t i = 0; i < set->cells.n; i++) {
                size_t length;
                uint32_t member;
                memcpy(&member, mtmi_map_key(&set->cells, (uint32_t)i, &length) + at * sizeof member, sizeof member);
                rows[member] += set->counts[i];
            }
            for (size_t i = 0; i < n; i++) {
                most[i] = rows[i] > most[i] ? rows[i] : most[i];
            }
        }
    }
    if (rows == NULL) {
        mtmi_memory_free(most);
        most = NULL;
    }
    mtmi_memory_free(rows);
    return most;
}

/* Whether a member is a label of few rows that nobody declared. */
static int is_rare(const mtmi_state *state, unsigned axis, uint32_t member, uint64_t rows, mtmi_buffer *text) {
    const char *label;
    size_t length, key_length;
    const unsigned char *key = mtmi_map_key(&state->axes[axis].members, member, &key_length);
    const int kind = mtmi_member_code(key, key_length, &label, &length);
    if (kind != MTM_MEMBER_UNCLASSIFIED && (kind != MTM_MEMBER_CODE || state->axes[axis].list != NULL)) {
        return 0;
    }
    mtmi_buffer_clear(text);
    mtmi_buffer_add(text, label, length);
    return text->failed || mtmi_label_is_rare(state->spec->resource, state->spec->axes[axis].name, text->data,
                                              rows > INT64_MAX ? INT64_MAX : (int64_t)rows);
}

/* Where a label first stands, as the label; one more mark where somebody typed just that. */
static int rename_member(const mtmi_state *state, unsigned axis, uint32_t member, mtmi_map *names, mtmi_buffer *text) {
    const mtmi_met *met = &state->axes[axis].met[member];
    size_t length;
    const unsigned char kind = *mtmi_map_key(&state->axes[axis].members, member, &length);
    mtmi_buffer_clear(text);
    mtmi_buffer_char(text, (char)kind);
    mtmi_label_withhold(state->n_files > 1 ? met->file + (size_t)1 : 0, (int64_t)met->line, text);
    while (!text->failed && (mtmi_map_find(names, text->data, text->size) != MTMI_MAP_NONE ||
                             mtmi_map_find(&state->axes[axis].members, text->data, text->size) != MTMI_MAP_NONE)) {
        mtmi_buffer_char(text, '\'');
    }
    return !text->failed && mtmi_map_add(names, text->data, text->size) == member;
}

static int rename_members(mtmi_state *state, unsigned axis, int *renamed) {
    mtmi_map names = MTMI_MAP_INIT;
    mtmi_buffer text = MTMI_BUFFER_INIT;
    const mtmi_map *members = &state->axes[axis].members;
    uint64_t *rows = count_rows(state, axis);
    int whole = rows != NULL, some = 0;
    for (uint32_t i = 0; whole && i < members->n; i++) {
        size_t length;
        const unsigned char *key = mtmi_map_key(members, i, &length);
        if (is_rare(state, axis, i, rows[i], &text)) {
            whole = rename_member(state, axis, i, &names, &text);
            some = 1;
        } else {
            whole = mtmi_map_add(&names, key, length) == i;
        }
    }
    if (whole && some) {
        mtmi_map_free(&state->axes[axis].members);
        state->axes[axis].members = names;
        *renamed = 1;
    } else {
        mtmi_map_free(&names);
    }
    mtmi_memory_free(rows);
    mtmi_buffer_free(&text);
    return whole;
}

mtm_status mtmi_state_withhold(mtmi_state **settled, mtm_error *err) {
    const mtmi_spec *spec = (*settled)->spec;
    mtmi_state *again = NULL;
    int renamed = 0;
    for (unsigned i = 0; i < spec->n_axes && spec->resource->withholds_text; i++) {
        if (spec->axes[i].kind == MTMI_AXIS_LABEL && !rename_members(*settled, i, &renamed)) {
            return mtmi_error_memory(err);
        }
    }
    if (renamed) { /* the place of a name among others would tell its letters */
        MTMI_CHECK_STATUS(mtmi_state_settle(*settled, &again, err));
        mtmi_state_free(*settled);
        *settled = again;
    }
    return MTM_OK;
}
