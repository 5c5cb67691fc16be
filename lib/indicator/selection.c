/* In: a view, one of its periods, a measure. Out: the cells that answer, and their sum.
 * A printed total is never added to its parts, a group never to its members; a group without members is a part. Does not
 * know other periods. */
#include "indicator/selection.h"

#include "base/error.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/sort.h"
#include "indicator/groups.h"

#include <string.h>

void mtmi_selection_clear(mtmi_selection *cells) {
    mtmi_memory_free(cells->cell);
    memset(cells, 0, sizeof *cells);
}

int mtmi_selection_fit(const mtm_dataset *dataset, const mtmi_measure *measure) {
    if (strcmp(mtm_dataset_concept(dataset), measure->concept) != 0 || dataset->kind != measure->kind ||
        strcmp(mtm_dataset_unit(dataset), measure->unit) != 0) {
        return 0;
    }
    for (size_t i = 0; i < measure->n_filters; i++) {
        int k = mtmi_dataset_find_dimension(dataset, measure->filters[i].dimension);
        if (k < 0 || mtmi_dataset_find_member(dataset, k, measure->filters[i].code) < 0) {
            return 0;
        }
    }
    return 1;
}

int mtmi_selection_dimension(const mtm_dataset *dataset, const mtmi_request *request) {
    for (size_t i = 0; i < request->n_dimensions; i++) {
        int k = mtmi_dataset_find_dimension(dataset, request->dimensions[i]);
        if (k >= 0 && dataset->dimensions[k].n_members > 1) {
            return k;
        }
    }
    return -1;
}

int mtmi_selection_in_group(const mtm_dataset *dataset, int dimension, int32_t member, const mtmi_request *request) {
    const mtmi_member *m = &dataset->dimensions[dimension].members[member];
    return m->kind == MTM_MEMBER_CODE && mtm_codelist_contains(request->group, m->code, request->membership);
}

/* 1 for the printed row of the group, 2 for the printed row of what lies outside it, 0 for any other group. */
static unsigned char group_of(const char *code, const mtmi_request *request) {
    if (request->group == NULL) {
        return 0;
    }
    if (strcmp(code, request->group) == 0) {
        return 1;
    }
    return strncmp(code, "NON-", 4) == 0 && strcmp(code + 4, request->group) == 0 ? 2 : 0;
}

static uint32_t filtered(const mtm_dataset *dataset, const mtmi_measure *measure, int32_t members[32]) {
    uint32_t bits = 0;
    for (size_t i = 0; i < measure->n_filters; i++) {
        int k = mtmi_dataset_find_dimension(dataset, measure->filters[i].dimension);
        members[k] = mtmi_dataset_find_member(dataset, k, measure->filters[i].code);
        bits |= (uint32_t)1 << k;
    }
    return bits;
}

/* Fills the cell's mask and group; 0 when the row does not belong to the measure. */
static int classify(const mtmi_group_rows *of, const mtmi_request *request, int by, mtmi_selected_row *cell) {
    const mtm_dataset *dataset = of->dataset;
    for (size_t k = 0; k < dataset->n_dimensions; k++) {
        int32_t code = dataset->dimensions[k].codes[cell->row];
        const mtmi_member *member = &dataset->dimensions[k].members[code];
        if ((of->fixed >> k & 1) != 0) {
            if (code != of->members[k]) {
                return 0;
            }
        } else if (member->kind == MTM_MEMBER_GROUP) {
            cell->group = (int)k == by ? group_of(member->code, request) : 0;
            if (cell->group == 0) {
                return 0;
            }
        } else if (member->kind != MTM_MEMBER_TOTAL) {
            cell->mask |= (uint32_t)1 << k;
        }
    }
    return 1;
}

/* The same where a group's row stands for its members; 0 where it is not a part, or has no group. */
static int classify_part(mtmi_group_rows *of, mtmi_selected_row *cell) {
    const mtm_dataset *dataset = of->dataset;
    int has_group = 0;
    for (size_t k = 0; k < dataset->n_dimensions; k++) {
        int32_t code = dataset->dimensions[k].codes[cell->row];
        mtm_member_kind kind = dataset->dimensions[k].members[code].kind;
        if ((of->fixed >> k & 1) != 0) {
            if (code != of->members[k]) {
                return 0;
            }
            continue;
        }
        if (kind == MTM_MEMBER_GROUP && !mtmi_group_counts(of, k, code)) {
            return 0;
        }
        has_group |= kind == MTM_MEMBER_GROUP;
        cell->mask |= kind == MTM_MEMBER_TOTAL ? 0 : (uint32_t)1 << k;
    }
    return has_group;
}

typedef struct order {
    const mtm_dataset *dataset;
    const char *edition;
} order;

static int compare_place(const mtm_dataset *dataset, const mtmi_selected_row *a, const mtmi_selected_row *b) {
    int by = a->group != b->group ? (a->group > b->group) - (a->group < b->group)
                                  : (a->mask > b->mask) - (a->mask < b->mask);
    for (size_t k = 0; by == 0 && k < dataset->n_dimensions; k++) {
        int32_t left = dataset->dimensions[k].codes[a->row], right = dataset->dimensions[k].codes[b->row];
        by = (left > right) - (left < right);
    }
    return by;
}

static int compare_cells(const void *context, const void *left, const void *right) {
    const order *how = context;
    const mtmi_selected_row *a = left, *b = right;
    const mtmi_release *releases = how->dataset->releases;
    const mtmi_release *of_a = &releases[how->dataset->release_of[a->row]];
    const mtmi_release *of_b = &releases[how->dataset->release_of[b->row]];
    int by = compare_place(how->dataset, a, b);
    if (by == 0) { /* a blank does not replace a figure */
        by = (how->dataset->statuses[a->row] == 'O') - (how->dataset->statuses[b->row] == 'O');
    }
    if (by == 0 && how->edition != NULL && how->edition[0] != '\0') {
        by = (strcmp(of_b->edition, how->edition) == 0) - (strcmp(of_a->edition, how->edition) == 0);
    }
    return by != 0 ? by : mtmi_vintage_compare(of_b, of_a);
}

static mtm_status add(mtmi_selection *cells, const mtmi_selected_row *cell, mtm_error *err) {
    void *table = cells->cell;
    if (!mtmi_memory_reserve(&table, &cells->capacity, cells->n + 1, sizeof *cell)) {
        return mtmi_error_memory(err);
    }
    cells->cell = table;
    cells->cell[cells->n++] = *cell;
    return MTM_OK;
}

mtm_status mtmi_selection_gather(mtmi_selection *cells, const mtmi_dataset_index *view, size_t period, const mtmi_measure *measure,
                             const mtmi_request *request, mtm_error *err) {
    const mtm_dataset *dataset = view->dataset;
    int32_t members[32] = {0};
    mtmi_group_rows of = {dataset, view->rows + view->starts[period], view->starts[period + 1] - view->starts[period],
                          filtered(dataset, measure, members), members, {{0, 0, 0}}, 0};
    mtm_status status = MTM_OK;
    cells->view = view;
    cells->n = 0;
    cells->by = mtmi_selection_dimension(dataset, request);
    for (size_t i = view->starts[period]; i < view->starts[period + 1] && status == MTM_OK; i++) {
        mtmi_selected_row cell = {view->rows[i], 0, 0, 0, 0}, part = cell;
        if (classify(&of, request, cells->by, &cell)) {
            status = add(cells, &cell, err);
        }
        if (status == MTM_OK && classify_part(&of, &part)) {
            status = add(cells, &part, err);
        }
    }
    const order how = {dataset, request->edition};
    if (status == MTM_OK && !mtmi_sort(cells->cell, cells->n, sizeof *cells->cell, compare_cells, &how)) {
        status = mtmi_error_memory(err);
    }
    for (size_t i = 1; status == MTM_OK && i < cells->n; i++) {
        mtmi_selected_row *cell = &cells->cell[i], *before = cell - 1;
        cell->old = compare_place(dataset, before, cell) == 0;
        if (cell->old && !before->old && compare_cells(&how, before, cell) == 0 &&
            dataset->values[before->row] != dataset->values[cell->row]) {
            before->contested = 1;
        }
    }
    return status;
}

/* ---- adding up ---- */

/* The run of cells from start that share group and mask ends before the index returned. */
static size_t run_end(const mtmi_selection *cells, size_t start) {
    size_t end = start + 1;
    while (end < cells->n && cells->cell[end].mask == cells->cell[start].mask &&
           cells->cell[end].group == cells->cell[start].group) {
        end++;
    }
    return end;
}

static int bits_of(uint32_t mask) {
    int n = 0;
    for (; mask != 0; mask &= mask - 1) {
        n++;
    }
    return n;
}

static void note_release(mtmi_sum *sum, const mtm_dataset *dataset, int32_t release) {
    const mtmi_release *releases = dataset->releases;
    if (sum->release < 0) {
        sum->release = release;
    } else {
        sum->mixed |= strcmp(releases[sum->release].edition, releases[release].edition) != 0;
        if (mtmi_vintage_compare(&releases[release], &releases[sum->release]) > 0) {
            sum->release = release;
        }
    }
}

/* Takes one cell into a sum. What is not applicable adds nothing; what is missing spoils the sum. */
static mtm_status take(mtmi_sum *sum, const mtmi_dataset_index *view, uint32_t row, int sign, mtmi_trace *trace,
                       mtm_error *err) {
    const mtm_dataset *dataset = view->dataset, *origin;
    uint32_t origin_row;
    if (!mtmi_dataset_has_value(dataset, row)) {
        mtm_reason reason = dataset->statuses[row] == 'Q'   ? MTM_REASON_SUPPRESSED
                            : dataset->statuses[row] == 'M' ? MTM_REASON_NOT_APPLICABLE
                                                            : MTM_REASON_MISSING_VALUE;
        if (reason != MTM_REASON_NOT_APPLICABLE || sum->state == MTMI_SUM_NONE) {
            sum->state = MTMI_SUM_MISSING;
            sum->reason = reason;
        }
        return MTM_OK;
    }
    if (sum->state == MTMI_SUM_MISSING && sum->reason != MTM_REASON_NOT_APPLICABLE) {
        return MTM_OK;
    }
    sum->status = sum->state == MTMI_SUM_VALUE ? mtmi_status_join(sum->status, dataset->statuses[row])
                                               : dataset->statuses[row];
    sum->state = MTMI_SUM_VALUE;
    sum->units += sign * (mtmi_wide)dataset->values[row];
    note_release(sum, dataset, dataset->release_of[row]);
    mtm_operation operation = sign < 0        ? MTM_OPERATION_SUBTRACT
                              : trace->n == 0 ? MTM_OPERATION_TAKE
                                              : MTM_OPERATION_ADD;
    origin = mtmi_dataset_index_origin(view, row, &origin_row);
    return mtmi_trace_add(trace, origin, origin_row, operation, err);
}

/* Adds the cells of one run, of the best vintage each or of one release. A release that lacks a cell gives nothing. */
static mtm_status add_run(const mtmi_selection *cells, size_t start, size_t end, int32_t release, int sign, mtmi_sum *out,
                          mtmi_trace *trace, mtm_error *err) {
    const mtm_dataset *dataset = cells->view->dataset;
    size_t distinct = 0, taken = 0;
    int contested = 0;
    mtm_status status = MTM_OK;
    for (size_t i = start; i < end && status == MTM_OK; i++) {
        const mtmi_selected_row *cell = &cells->cell[i];
        distinct += !cell->old;
        if (release < 0 ? !cell->old : dataset->release_of[cell->row] == release) {
            taken++;
            contested |= cell->contested;
            status = take(out, cells->view, cell->row, sign, trace, err);
        }
    }
    if (taken < distinct) {
        out->state = MTMI_SUM_NONE;
    } else if (contested) {
        out->state = MTMI_SUM_MISSING;
        out->reason = MTM_REASON_AMBIGUOUS_SOURCE;
    }
    return status;
}

/* The run whose cells are parts in the fewest dimensions, `with` among them and none of `without`; n when none is left
 * after the ones that were tried. */
static size_t next_run(const mtmi_selection *cells, unsigned char group, uint32_t with, uint32_t without, int after_bits,
                       uint32_t after_mask) {
    size_t best = cells->n;
    for (size_t start = 0; start < cells->n; start = run_end(cells, start)) {
        const mtmi_selected_row *cell = &cells->cell[start];
        int bits = bits_of(cell->mask);
        if (cell->group != group || (cell->mask & with) != with || (cell->mask & without) != 0 || bits < after_bits ||
            (bits == after_bits && cell->mask <= after_mask)) {
            continue;
        }
        int best_bits = best < cells->n ? bits_of(cells->cell[best].mask) : 0;
        if (best == cells->n || bits < best_bits || (bits == best_bits && cell->mask < cells->cell[best].mask)) {
            best = start;
        }
    }
    return best;
}

/* Whether the members of one run's cells, in the dimensions of both, are all in the other run too. */
static mtm_status covers(const mtmi_selection *cells, size_t run, size_t other, int *yes, mtm_error *err) {
    const mtm_dataset *dataset = cells->view->dataset;
    uint32_t both = cells->cell[run].mask & cells->cell[other].mask;
    mtmi_map keys = MTMI_MAP_INIT;
    mtm_status status = MTM_OK;
    for (int turn = 0; turn < 2 && *yes && status == MTM_OK; turn++) {
        size_t start = turn == 0 ? run : other, end = run_end(cells, start);
        for (size_t i = start; i < end && *yes && status == MTM_OK; i++) {
            int32_t key[32];
            size_t n = 0;
            for (size_t k = 0; k < dataset->n_dimensions; k++) {
                key[n] = dataset->dimensions[k].codes[cells->cell[i].row];
                n += both >> k & 1;
            }
            if (turn == 1) {
                *yes = mtmi_map_find(&keys, key, n * sizeof *key) != MTMI_MAP_NONE;
            } else if (mtmi_map_add(&keys, key, n * sizeof *key) == MTMI_MAP_NONE) {
                status = mtmi_error_memory(err);
            }
        }
    }
    mtmi_map_free(&keys);
    return status;
}

/* Parts are complete where no finer and no coarser cells have members that these lack. */
static mtm_status is_whole(const mtmi_selection *cells, size_t run, int *yes, mtm_error *err) {
    uint32_t mask = cells->cell[run].mask;
    mtm_status status = MTM_OK;
    *yes = 1;
    for (size_t other = 0; mask != 0 && other < cells->n && *yes && status == MTM_OK; other = run_end(cells, other)) {
        uint32_t both = cells->cell[other].mask & mask;
        int nested = both != 0 && (both == mask || both == cells->cell[other].mask);
        if (nested && other != run && cells->cell[other].group == cells->cell[run].group) {
            status = covers(cells, run, other, yes, err);
        }
    }
    return status;
}

/* The printed total of a group kind, or the sum of complete parts. */
static mtm_status add_up(const mtmi_selection *cells, unsigned char group, int32_t release, int sign, mtmi_sum *out,
                         mtmi_trace *trace, mtm_error *err) {
    int printed_only = cells->view->dataset->kind == MTM_KIND_SHARE;
    mtmi_sum missing = {MTMI_SUM_NONE, MTM_REASON_NONE, 0, 'A', 0, -1, 0};
    int bits = -1;
    uint32_t mask = 0;
    mtm_status status = MTM_OK;
    size_t before = trace->n;
    for (;;) {
        size_t start = next_run(cells, group, 0, cells->view->selection, bits, mask);
        *out = (mtmi_sum){MTMI_SUM_NONE, MTM_REASON_NONE, 0, 'A', 0, -1, 0};
        if (start == cells->n || (printed_only && cells->cell[start].mask != 0)) {
            *out = missing;
            return MTM_OK;
        }
        mask = cells->cell[start].mask;
        bits = bits_of(mask);
        int whole = 0;
        status = is_whole(cells, start, &whole, err);
        status = status == MTM_OK && whole ? add_run(cells, start, run_end(cells, start), release, sign, out, trace, err)
                                           : status;
        out->derived = mask != 0;
        if (status != MTM_OK || out->state == MTMI_SUM_VALUE) {
            return status;
        }
        trace->n = before; /* what a spoiled sum took is not behind the figure */
        missing = missing.state == MTMI_SUM_NONE ? *out : missing;
    }
}

static void join(mtmi_sum *sum, const mtmi_sum *more, const mtm_dataset *dataset) {
    sum->units += more->units;
    sum->status = mtmi_status_join(sum->status, more->status);
    sum->derived = 1;
    sum->mixed |= more->mixed;
    if (more->release >= 0) {
        note_release(sum, dataset, more->release);
    }
}

/* Adds the members of the group (sign as given) to a sum. */
static mtm_status add_members(const mtmi_selection *cells, const mtmi_request *request, int32_t release, int sign,
                              mtmi_sum *out, mtmi_trace *trace, mtm_error *err) {
    const mtm_dataset *dataset = cells->view->dataset;
    uint32_t bit = (uint32_t)1 << cells->by;
    size_t start = next_run(cells, 0, bit, cells->view->selection, 0, 0);
    size_t end = start < cells->n ? run_end(cells, start) : start;
    mtm_status status = MTM_OK;
    int whole = 0;
    if (start < cells->n) {
        status = is_whole(cells, start, &whole, err);
    }
    if (status != MTM_OK || !whole) {
        out->state = MTMI_SUM_NONE;
        return status;
    }
    for (size_t i = start; i < end && status == MTM_OK; i++) {
        const mtmi_selected_row *cell = &cells->cell[i];
        int32_t member = dataset->dimensions[cells->by].codes[cell->row];
        if ((release < 0 ? !cell->old : dataset->release_of[cell->row] == release) &&
            mtmi_selection_in_group(dataset, cells->by, member, request)) {
            status = take(out, cells->view, cell->row, sign, trace, err);
        }
    }
    return status;
}

/* Printed first; else from the total and the members. */
static mtm_status add_group(const mtmi_selection *cells, const mtmi_request *request, int32_t release, int sign,
                            mtmi_sum *out, mtmi_trace *trace, mtm_error *err) {
    mtmi_sum total, more;
    const size_t before = trace->n;
    mtm_status status = add_up(cells, request->outside ? 2 : 1, release, sign, out, trace, err);
    if (status != MTM_OK || out->state == MTMI_SUM_VALUE || cells->n == 0) {
        return status;
    }
    if (cells->by < 0) {
        *out = (mtmi_sum){MTMI_SUM_MISSING, MTM_REASON_BREAKDOWN_UNAVAILABLE, 0, 'A', 0, -1, 0};
        return MTM_OK;
    }
    total = (mtmi_sum){MTMI_SUM_VALUE, MTM_REASON_NONE, 0, 'A', 1, -1, 0};
    if (request->outside) {
        status = add_up(cells, 0, release, sign, &total, trace, err);
    }
    if (status == MTM_OK && total.state == MTMI_SUM_VALUE) {
        size_t with_total = trace->n;
        int inner = request->outside ? -sign : sign;
        status = request->outside ? add_up(cells, 1, release, inner, &more, trace, err) : MTM_OK;
        if (!request->outside || (status == MTM_OK && more.state != MTMI_SUM_VALUE)) {
            trace->n = with_total;
            more = (mtmi_sum){MTMI_SUM_VALUE, MTM_REASON_NONE, 0, 'A', 1, -1, 0};
            status = status == MTM_OK ? add_members(cells, request, release, inner, &more, trace, err) : status;
        }
        *out = total;
        join(out, &more, cells->view->dataset);
        out->state = more.state;
        out->reason = more.reason;
    }
    if (out->state != MTMI_SUM_VALUE) {
        trace->n = before;
    }
    if (out->state == MTMI_SUM_NONE) {
        *out = (mtmi_sum){MTMI_SUM_MISSING, MTM_REASON_BREAKDOWN_UNAVAILABLE, 0, 'A', 0, -1, 0};
    }
    return status;
}

mtm_status mtmi_selection_total(const mtmi_selection *cells, const mtmi_request *request, int32_t release, int sign,
                            mtmi_sum *out, mtmi_trace *trace, mtm_error *err) {
    return request->group != NULL ? add_group(cells, request, release, sign, out, trace, err)
                                  : add_up(cells, 0, release, sign, out, trace, err);
}

mtm_status mtmi_selection_parts(const mtmi_selection *cells, int32_t release, int sign, mtmi_part_sum *parts, int *found,
                            mtm_error *err) {
    const mtm_dataset *dataset = cells->view->dataset;
    *found = 0;
    if (cells->by < 0) {
        return MTM_OK;
    }
    uint32_t bit = (uint32_t)1 << cells->by;
    size_t start = next_run(cells, 0, bit, cells->view->selection & ~bit, 0, 0);
    size_t end = start < cells->n ? run_end(cells, start) : start;
    mtm_status status = MTM_OK;
    if (start < cells->n && dataset->kind == MTM_KIND_SHARE && cells->cell[start].mask != bit) {
        return MTM_OK;
    }
    int whole = 1;
    if (start < cells->n) {
        status = is_whole(cells, start, &whole, err);
    }
    if (status != MTM_OK || !whole) {
        return status;
    }
    for (size_t i = start; i < end && status == MTM_OK; i++) {
        const mtmi_selected_row *cell = &cells->cell[i];
        int32_t member = dataset->dimensions[cells->by].codes[cell->row];
        if (dataset->dimensions[cells->by].members[member].kind != MTM_MEMBER_GROUP && /* the remainder has it */
            (release < 0 ? !cell->old : dataset->release_of[cell->row] == release)) {
            mtmi_part_sum *part = &parts[member];
            status = take(&part->sum, cells->view, cell->row, sign, &part->trace, err);
            *found |= part->sum.state == MTMI_SUM_VALUE;
        }
    }
    return status;
}
