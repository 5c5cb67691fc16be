/* The sum of a selection, or of its parts by one dimension. A printed total comes before its parts and is never added to
 * them; parts make a sum where none is absent that is expected (coverage/absence.c). */
#include "indicator/selection.h"

#include "base/error.h"
#include "base/map.h"
#include "base/try.h"

#include <string.h>

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
    } else if (sum->release != release) {
        sum->mixed |= strcmp(releases[sum->release].edition, releases[release].edition) != 0;
        if (mtmi_vintage_compare(&releases[release], &releases[sum->release]) > 0) {
            sum->release = release;
        }
    }
}

static mtmi_sum sum_of(mtmi_sum_state state, mtm_reason reason) {
    return (mtmi_sum){state, reason, 0, 'A', 0, -1, 0, MTMI_FRAME_ALL};
}

/* Takes one cell into a sum. What is not applicable adds nothing; what is missing spoils the sum. */
static mtm_status take_row(mtmi_sum *sum, const mtmi_dataset_index *view, uint32_t row, int sign, mtmi_trace *trace,
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
    sum->status = sum->state == MTMI_SUM_VALUE && sum->status != dataset->statuses[row]
                      ? mtmi_status_join(sum->status, dataset->statuses[row])
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

/* Whether the row is not to be added over one of the dimensions: the sum would have two readings (data/totals.h). */
static int is_doubtful(const mtmi_selection *cells, uint32_t row, uint32_t over) {
    uint32_t origin_row;
    if (cells->view->pool == NULL && cells->view->dataset->doubts == NULL) {
        return 0;
    }
    const mtm_dataset *own = cells->view->dataset, *origin = mtmi_dataset_index_origin(cells->view, row, &origin_row);
    uint32_t doubts = origin->doubts != NULL ? origin->doubts[origin_row] : 0;

    for (size_t k = 0; doubts != 0 && k < origin->n_dimensions; k++) {
        int at = (doubts >> k & 1) != 0 ? mtmi_dataset_find_dimension(own, origin->dimensions[k].name) : -1;
        if (at >= 0 && (over >> at & 1) != 0) {
            return 1;
        }
    }
    return 0;
}

/* Adds the cells of one run, of the best vintage each or of one release. A release that lacks a cell gives nothing. */
static mtm_status add_run(const mtmi_selection *cells, size_t start, size_t end, int32_t release, int sign,
                          mtmi_sum *out, mtmi_trace *trace, mtm_error *err) {
    const mtm_dataset *dataset = cells->view->dataset;
    size_t distinct = 0, taken = 0;
    int contested = 0, doubtful = 0;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_trace_reserve(trace, end - start, err));
    for (size_t i = start; i < end; i++) {
        const mtmi_selected_row *cell = &cells->cell[i];
        distinct += !cell->old;
        if (release < 0 ? !cell->old : dataset->release_of[cell->row] == release) {
            taken++;
            contested |= cell->contested;
            doubtful = doubtful || is_doubtful(cells, cell->row, cells->cell[start].mask);
            MTMI_TRY(take_row(out, cells->view, cell->row, sign, trace, err));
        }
    }
out:
    if (taken < distinct) {
        out->state = MTMI_SUM_NONE;
    } else if (contested) {
        out->state = MTMI_SUM_MISSING;
        out->reason = MTM_REASON_AMBIGUOUS_SOURCE;
    } else if (doubtful) {
        out->state = MTMI_SUM_MISSING;
        out->reason = MTM_REASON_TOTAL_UNCERTAIN;
    }
    return status;
}

/* The members that a run is about besides those of the measure: the group's, where it is a group's. */
static mtmi_fixed fixed_of(const mtmi_selection *cells, size_t start) {
    mtmi_fixed fixed = cells->fixed;
    if (cells->cell[start].group != 0 && cells->by >= 0) {
        fixed.dimensions |= (uint32_t)1 << cells->by;
        fixed.members[cells->by] = cells->view->dataset->dimensions[cells->by].codes[cells->cell[start].row];
    }
    return fixed;
}

/* Cells that are absent and not known to be zero. */
static int has_open_gaps(const mtmi_counted *counted) {
    int is_open = 0;
    for (size_t i = 0; i < counted->absence->n && !is_open; i++) {
        const mtmi_gap *gap = &counted->absence->gap[i];
        is_open = gap->kind == MTMI_GAP_OPEN && mtmi_counted_has(counted, gap->combination);
    }
    return is_open;
}

/* What the run lacks of what is expected. A sum with gaps is refused, but where it is wanted as far as it goes. */
static mtm_status weigh_absence(const mtmi_selection *cells, size_t start, int sign, int in_group, mtmi_sum *out,
                                mtmi_trace *trace, mtm_error *err) {
    const uint32_t mask = cells->cell[start].mask;
    mtmi_counted counted = {NULL,
                            NULL,
                            cells->view->periods[cells->period],
                            sign,
                            0,
                            in_group ? cells->request->group : NULL,
                            cells->by,
                            cells->request->membership};
    if (mask != 0) {
        const mtmi_fixed fixed = fixed_of(cells, start);
        MTMI_CHECK_STATUS(mtmi_history_find(cells->view, &fixed, mask, &counted.history, err));
        MTMI_CHECK_STATUS(
            mtmi_absence_find(counted.history, (uint32_t)cells->period, cells->longer, &counted.absence, err));
    }
    if (mask != 0) {
        out->frame = counted.absence->frame < out->frame ? counted.absence->frame : out->frame;
        if (has_open_gaps(&counted) && !cells->request->as_covered && !cells->view->dataset->as_covered) {
            out->state = MTMI_SUM_MISSING;
            out->reason = MTM_REASON_COVERAGE_INCOMPLETE;
        }
    }
    return mtmi_trace_count(trace, &counted, err);
}

/* The run whose cells are parts in the fewest dimensions, `with` among them and none of `without`; n when none is left
 * after the ones that were tried. */
static size_t next_run(const mtmi_selection *cells, unsigned char group, uint32_t with, uint32_t without,
                       int after_bits, uint32_t after_mask) {
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
    for (int turn = 0; turn < 2 && *yes; turn++) {
        size_t start = turn == 0 ? run : other, end = run_end(cells, start);
        for (size_t i = start; i < end && *yes; i++) {
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
                goto out;
            }
        }
    }
out:
    mtmi_map_free(&keys);
    return status;
}

/* Parts are complete where no finer and no coarser cells have members that these lack. */
static mtm_status is_whole(const mtmi_selection *cells, size_t run, int *yes, mtm_error *err) {
    uint32_t mask = cells->cell[run].mask;
    *yes = 1;
    for (size_t other = 0; mask != 0 && other < cells->n && *yes; other = run_end(cells, other)) {
        uint32_t both = cells->cell[other].mask & mask;
        int nested = both != 0 && (both == mask || both == cells->cell[other].mask);
        if (nested && other != run && cells->cell[other].group == cells->cell[run].group) {
            MTMI_CHECK_STATUS(covers(cells, run, other, yes, err));
        }
    }
    return MTM_OK;
}

/* There are figures, but none that stands for all: parts that are a selection, shares without a whole. */
static int has_parts_only(const mtmi_selection *cells, unsigned char group) {
    for (size_t i = 0; i < cells->n; i++) {
        if (cells->cell[i].group == group && cells->cell[i].mask != 0 &&
            mtmi_dataset_has_value(cells->view->dataset, cells->cell[i].row)) {
            return 1;
        }
    }
    return 0;
}

/* The printed total of a group kind, or the sum of complete parts. */
static mtm_status add_up(const mtmi_selection *cells, unsigned char group, int32_t release, int sign, mtmi_sum *out,
                         mtmi_trace *trace, mtm_error *err) {
    int printed_only = cells->view->dataset->kind == MTM_KIND_SHARE;
    mtmi_sum missing = sum_of(MTMI_SUM_NONE, MTM_REASON_NONE);
    int bits = -1;
    uint32_t mask = 0;
    const mtmi_trace before = *trace;
    for (;;) {
        size_t start = next_run(cells, group, 0, cells->view->selection, bits, mask);
        *out = sum_of(MTMI_SUM_NONE, MTM_REASON_NONE);
        if (start == cells->n || (printed_only && cells->cell[start].mask != 0)) {
            *out = missing;
            if (missing.state == MTMI_SUM_NONE && release < 0 && has_parts_only(cells, group)) {
                *out = sum_of(MTMI_SUM_MISSING, MTM_REASON_COVERAGE_UNKNOWN);
            }
            return MTM_OK;
        }
        mask = cells->cell[start].mask;
        bits = bits_of(mask);
        int whole = 0;
        MTMI_CHECK_STATUS(is_whole(cells, start, &whole, err));
        if (whole) {
            MTMI_CHECK_STATUS(add_run(cells, start, run_end(cells, start), release, sign, out, trace, err));
        }
        if (out->state == MTMI_SUM_VALUE) {
            MTMI_CHECK_STATUS(weigh_absence(cells, start, sign, 0, out, trace, err));
        }
        out->derived = mask != 0;
        if (out->state == MTMI_SUM_VALUE) {
            return MTM_OK;
        }
        mtmi_trace_cut(trace, &before); /* what a spoiled sum took is not behind the figure */
        if (!whole && release < 0) {
            *out = sum_of(MTMI_SUM_MISSING, MTM_REASON_COVERAGE_INCOMPLETE);
        }
        missing = missing.state == MTMI_SUM_NONE ? *out : missing;
    }
}

static void join(mtmi_sum *sum, const mtmi_sum *more, const mtm_dataset *dataset) {
    sum->units += more->units;
    sum->status = mtmi_status_join(sum->status, more->status);
    sum->derived = 1;
    sum->mixed |= more->mixed;
    sum->frame = more->frame < sum->frame ? more->frame : sum->frame;
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
    for (size_t i = start; i < end; i++) {
        const mtmi_selected_row *cell = &cells->cell[i];
        int32_t member = dataset->dimensions[cells->by].codes[cell->row];
        if ((release < 0 ? !cell->old : dataset->release_of[cell->row] == release) &&
            mtmi_selection_in_group(dataset, cells->by, member, request)) {
            MTMI_CHECK_STATUS(take_row(out, cells->view, cell->row, sign, trace, err));
        }
    }
    return out->state == MTMI_SUM_VALUE ? weigh_absence(cells, start, sign, 1, out, trace, err) : MTM_OK;
}

/* Whether parts that are given lie outside the group, or may: a remainder, or a label without a code; or absent ones are zero. */
static int lists_outside(const mtmi_selection *cells, const mtmi_request *request) {
    if (cells->view->dataset->microdata || cells->view->dataset->absent == MTMI_ABSENT_ZERO) {
        return 1;
    }
    const uint32_t bit = (uint32_t)1 << cells->by;
    const size_t start = next_run(cells, 0, bit, cells->view->selection, 0, 0);
    const size_t end = start < cells->n ? run_end(cells, start) : start;
    for (size_t i = start; i < end; i++) {
        const mtm_dataset *dataset = cells->view->dataset;
        if (!mtmi_selection_in_group(dataset, cells->by, dataset->dimensions[cells->by].codes[cells->cell[i].row],
                                     request)) {
            return 1;
        }
    }
    return 0;
}

/* Printed first; else from the total and the members. */
static mtm_status add_group(const mtmi_selection *cells, const mtmi_request *request, int32_t release, int sign,
                            mtmi_sum *out, mtmi_trace *trace, mtm_error *err) {
    mtmi_sum total, more;
    const mtmi_trace before = *trace;
    MTMI_CHECK_STATUS(add_up(cells, request->outside ? 2 : 1, release, sign, out, trace, err));
    if (out->state == MTMI_SUM_VALUE || cells->n == 0) {
        return MTM_OK;
    }
    if (cells->by < 0) {
        *out = sum_of(MTMI_SUM_MISSING, MTM_REASON_BREAKDOWN_UNAVAILABLE);
        return MTM_OK;
    }
    total = sum_of(MTMI_SUM_VALUE, MTM_REASON_NONE);
    total.derived = 1;
    if (request->outside) {
        MTMI_CHECK_STATUS(add_up(cells, 0, release, sign, &total, trace, err));
        if (total.state == MTMI_SUM_VALUE && total.derived && total.frame == MTMI_FRAME_SEEN &&
            !lists_outside(cells, request)) {
            mtmi_trace_cut(trace, &before); /* of those outside nothing is known: no 0 */
            *out = sum_of(MTMI_SUM_MISSING, MTM_REASON_NO_DATA);
            return MTM_OK;
        }
    }
    if (total.state == MTMI_SUM_VALUE) {
        const mtmi_trace with_total = *trace;
        int inner = request->outside ? -sign : sign;
        if (request->outside) {
            MTMI_CHECK_STATUS(add_up(cells, 1, release, inner, &more, trace, err));
        }
        if (!request->outside || more.state != MTMI_SUM_VALUE) {
            mtmi_trace_cut(trace, &with_total);
            more = sum_of(MTMI_SUM_VALUE, MTM_REASON_NONE);
            more.derived = 1;
            MTMI_CHECK_STATUS(add_members(cells, request, release, inner, &more, trace, err));
        }
        *out = total;
        join(out, &more, cells->view->dataset);
        out->state = more.state;
        out->reason = more.reason;
    }
    if (out->state != MTMI_SUM_VALUE) {
        mtmi_trace_cut(trace, &before);
    }
    if (out->state == MTMI_SUM_NONE && total.state == MTMI_SUM_MISSING) {
        *out = sum_of(MTMI_SUM_MISSING, total.reason); /* there is no total to leave the group out of */
    } else if (out->state == MTMI_SUM_NONE) {
        *out = sum_of(MTMI_SUM_MISSING, MTM_REASON_BREAKDOWN_UNAVAILABLE);
    }
    return MTM_OK;
}

mtm_status mtmi_selection_total(const mtmi_selection *cells, const mtmi_request *request, int32_t release, int sign,
                                mtmi_sum *out, mtmi_trace *trace, mtm_error *err) {
    return request->group != NULL ? add_group(cells, request, release, sign, out, trace, err)
                                  : add_up(cells, 0, release, sign, out, trace, err);
}

/* A member that lacks a cell has no figure. */
static mtm_status spoil_parts(const mtmi_selection *cells, size_t start, int sign, mtmi_part_sum *parts,
                              mtmi_trace *counted, mtm_error *err) {
    const mtmi_fixed fixed = fixed_of(cells, start);
    const mtmi_absence *absence = NULL;
    mtmi_history *history = NULL;
    MTMI_CHECK_STATUS(mtmi_history_find(cells->view, &fixed, cells->cell[start].mask, &history, err));
    MTMI_CHECK_STATUS(mtmi_absence_find(history, (uint32_t)cells->period, cells->longer, &absence, err));
    for (size_t i = 0; i < absence->n; i++) {
        int32_t member = mtmi_history_member(history, absence->gap[i].combination, (size_t)cells->by);
        if (absence->gap[i].kind == MTMI_GAP_OPEN && member >= 0) {
            parts[member].lacks |= parts[member].sum.state == MTMI_SUM_VALUE;
            parts[member].sum.state = MTMI_SUM_MISSING;
            parts[member].sum.reason = MTM_REASON_COVERAGE_INCOMPLETE;
        }
    }
    const mtmi_counted one = {history, absence,   cells->view->periods[cells->period], sign, 0,
                              NULL,    cells->by, cells->request->membership};
    return mtmi_trace_count(counted, &one, err);
}

mtm_status mtmi_selection_parts(const mtmi_selection *cells, int32_t release, int sign, mtmi_part_sum *parts,
                                int *found, mtmi_trace *counted, mtm_error *err) {
    const mtm_dataset *dataset = cells->view->dataset;
    *found = 0;
    if (cells->by < 0) {
        return MTM_OK;
    }
    uint32_t bit = (uint32_t)1 << cells->by;
    size_t start = next_run(cells, 0, bit, cells->view->selection & ~bit, 0, 0);
    size_t end = start < cells->n ? run_end(cells, start) : start;
    if (start < cells->n && dataset->kind == MTM_KIND_SHARE && cells->cell[start].mask != bit) {
        return MTM_OK;
    }
    int whole = 1;
    if (start < cells->n) {
        MTMI_CHECK_STATUS(is_whole(cells, start, &whole, err));
    }
    if (!whole) {
        return MTM_OK;
    }
    if (start < cells->n) {
        MTMI_CHECK_STATUS(spoil_parts(cells, start, sign, parts, counted, err));
    }
    for (size_t i = start; i < end; i++) {
        const mtmi_selected_row *cell = &cells->cell[i];
        int32_t member = dataset->dimensions[cells->by].codes[cell->row];
        if (dataset->dimensions[cells->by].members[member].kind != MTM_MEMBER_GROUP && /* the remainder has it */
            (release < 0 ? !cell->old : dataset->release_of[cell->row] == release)) {
            mtmi_part_sum *part = &parts[member];
            part->lacks |= part->sum.state == MTMI_SUM_MISSING && part->sum.reason == MTM_REASON_COVERAGE_INCOMPLETE;
            MTMI_CHECK_STATUS(take_row(&part->sum, cells->view, cell->row, sign, &part->trace, err));
            *found |= part->sum.state == MTMI_SUM_VALUE;
        }
    }
    return MTM_OK;
}
