/* Finds the figure of a period: the period's own, or the exact sum of finer periods that tile it (docs/algorithms).
 * Days are neither counted twice nor left out. */
#include "indicator/align.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "period/period.h"

#include <string.h>

/* A period within the one asked for, and the fewest pieces that reach from its beginning to this one's end. */
typedef struct tile {
    size_t period;
    mtm_reason reason; /* why it cannot be used; NONE when it can */
    int32_t pieces;    /* 0: not reached */
    size_t before;     /* the tile in front; SIZE_MAX for none */
    mtmi_sum sum;
    mtmi_trace trace;
} tile;

/* Room for all periods within one: few of many years' periods are. NULL where memory is out. */
static tile *new_tiles(const mtmi_dataset_index *view, mtm_period period) {
    size_t n = 1;
    for (size_t i = 0; i < view->n_periods; i++) {
        n += mtmi_period_contains(period, view->periods[i]) ? 1 : 0;
    }
    return mtmi_memory_new(n, sizeof(tile));
}

static mtm_status add_tile(const mtmi_dataset_index *view, size_t at, const mtmi_request *request, tile *tiles,
                           size_t *n, mtm_error *err) {
    mtmi_measured measured;
    mtmi_sum sum;
    mtmi_trace trace = MTMI_TRACE_INIT;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_measure_open(&measured, view, at, request, err));
    MTMI_TRY(mtmi_measure_total(&measured, -1, 1, &sum, &trace, err));
    if (mtmi_measure_says(&measured)) {
        mtm_reason reason = sum.state == MTMI_SUM_VALUE     ? MTM_REASON_NONE
                            : sum.reason == MTM_REASON_NONE ? MTM_REASON_MISSING_VALUE
                                                            : sum.reason;
        tiles[(*n)++] = (tile){at, reason, 0, SIZE_MAX, sum, trace};
        trace = (mtmi_trace)MTMI_TRACE_INIT;
    }
out:
    mtmi_measure_close(&measured);
    mtmi_trace_clear(&trace);
    return status;
}

static mtm_status list_tiles(const mtmi_dataset_index *view, const mtmi_request *request, mtm_period period,
                             tile *tiles, size_t *n, mtm_error *err) {
    for (size_t i = 0; i < view->n_periods; i++) {
        if (mtmi_period_contains(period, view->periods[i]) && !mtmi_period_same(period, view->periods[i])) {
            MTMI_CHECK_STATUS(add_tile(view, i, request, tiles, n, err));
        }
    }
    return MTM_OK;
}

/* Tiles are sorted by their first day, so that every tile in front of one is reached before it. */
static size_t reach(const mtmi_dataset_index *view, mtm_period period, tile *tiles, size_t n, int32_t *reached) {
    size_t last = SIZE_MAX;
    *reached = period.first;
    for (size_t i = 0; i < n; i++) {
        mtm_period at = view->periods[tiles[i].period];
        if (tiles[i].reason != MTM_REASON_NONE) {
            continue;
        }
        tiles[i].pieces = at.first == period.first;
        for (size_t j = 0; j < i; j++) {
            int32_t pieces = tiles[j].pieces + 1;
            if (pieces > 1 && view->periods[tiles[j].period].last == at.first - 1 &&
                (tiles[i].pieces == 0 || pieces < tiles[i].pieces)) {
                tiles[i].pieces = pieces;
                tiles[i].before = j;
            }
        }
        if (tiles[i].pieces > 0 && at.last + 1 > *reached) {
            *reached = at.last + 1;
        }
        if (tiles[i].pieces > 0 && at.last == period.last &&
            (last == SIZE_MAX || tiles[i].pieces < tiles[last].pieces)) {
            last = i;
        }
    }
    return last;
}

/* What is missing behind the day that was reached: up to the next figure, or to the end. A figure that is there but
 * said to be missing is the reason where it stands in the gap. */
static void explain_gap(const mtmi_dataset_index *view, mtm_period period, const tile *tiles, size_t n, int32_t reached,
                        mtmi_figure *figure) {
    mtm_period gap = {reached, period.last};
    for (size_t i = 0; i < n; i++) {
        mtm_period at = view->periods[tiles[i].period];
        if (at.first == reached && tiles[i].reason != MTM_REASON_NONE) {
            mtmi_figure_refuse(figure, tiles[i].reason, at);
            return;
        }
        if (tiles[i].reason == MTM_REASON_NONE && at.first > reached && at.first - 1 < gap.last) {
            gap.last = at.first - 1;
        }
    }
    mtmi_figure_refuse(figure, MTM_REASON_PERIOD_UNAVAILABLE, gap);
}

static int32_t overlap(mtm_period a, mtm_period b) {
    int32_t first = a.first > b.first ? a.first : b.first, last = a.last < b.last ? a.last : b.last;
    return last >= first ? last - first + 1 : 0;
}

/* Nothing within the period: perhaps a window that cannot be cut to it. The one that shares most days is named. */
static mtm_status explain_none(const mtmi_dataset_index *view, const mtmi_request *request, mtm_period period,
                               mtmi_figure *figure, mtm_error *err) {
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < view->n_periods; i++) {
        int32_t shared = overlap(period, view->periods[i]);
        mtm_period last = best == SIZE_MAX ? period : view->periods[best];
        int better = best == SIZE_MAX || shared > overlap(period, last) ||
                     (shared == overlap(period, last) &&
                      view->periods[i].last - view->periods[i].first < last.last - last.first);
        mtmi_measured measured;
        if (shared == 0 || !better) {
            continue;
        }
        const mtm_status status = mtmi_measure_open(&measured, view, i, request, err);
        best = status == MTM_OK && measured.plus.n > 0 ? i : best;
        mtmi_measure_close(&measured);
        MTMI_CHECK_STATUS(status);
    }
    if (best != SIZE_MAX) {
        mtmi_figure_refuse(figure, MTM_REASON_PERIODS_NOT_ALIGNED, view->periods[best]);
    } else {
        mtmi_figure_refuse(figure, MTM_REASON_PERIOD_UNAVAILABLE, period);
    }
    return MTM_OK;
}

static mtm_status add_tiles(const mtmi_dataset_index *view, const tile *tiles, size_t last, mtmi_sum *total,
                            mtmi_figure *figure, mtm_error *err) {
    const mtmi_release *releases = view->dataset->releases;
    *total = (mtmi_sum){MTMI_SUM_VALUE, MTM_REASON_NONE, 0, '\0', 1, -1, 0, MTMI_FRAME_ALL};
    for (size_t i = last; i != SIZE_MAX; i = tiles[i].before) {
        const mtmi_sum *sum = &tiles[i].sum;
        total->units += sum->units;
        total->frame = sum->frame < total->frame ? sum->frame : total->frame;
        total->status = total->status == '\0' ? sum->status : mtmi_status_join(total->status, sum->status);
        total->mixed |= sum->mixed || (total->release >= 0 &&
                                       strcmp(releases[total->release].edition, releases[sum->release].edition) != 0);
        total->release =
            total->release < 0 || mtmi_vintage_compare(&releases[sum->release], &releases[total->release]) > 0
                ? sum->release
                : total->release;
        MTMI_CHECK_STATUS(mtmi_trace_append(&figure->trace, &tiles[i].trace, err));
        MTMI_CHECK_STATUS(mtmi_align_piece(figure, tiles[i].period, 1, sum->derived ? -1 : sum->release, err));
    }
    return MTM_OK;
}

/* The sum of the tiles up to the last one as the figure of the period. */
static mtm_status take_tiles(const mtmi_dataset_index *view, const tile *tiles, size_t last, mtm_period period,
                             mtmi_figure *figure, mtm_error *err) {
    mtmi_sum total;
    MTMI_CHECK_STATUS(add_tiles(view, tiles, last, &total, figure, err));
    MTMI_CHECK_STATUS(mtmi_align_settle(figure, &total, MTMI_WAY_ADDED, MTM_OPERATION_ADD, err));
    figure->observed = period;
    return MTM_OK;
}

static void free_tiles(tile *tiles, size_t n) {
    for (size_t i = 0; i < n; i++) {
        mtmi_trace_clear(&tiles[i].trace);
    }
    mtmi_memory_free(tiles);
}

mtm_status mtmi_align_added(const mtmi_dataset_index *view, const mtmi_request *request, mtm_period period,
                            mtmi_figure *figure, mtm_error *err) {
    size_t n = 0;
    int32_t reached = period.first;
    tile *tiles = new_tiles(view, period);
    if (tiles == NULL) {
        return mtmi_error_memory(err);
    }
    mtm_status status = MTM_OK;
    MTMI_TRY(list_tiles(view, request, period, tiles, &n, err));
    const size_t last = reach(view, period, tiles, n, &reached);
    if (last != SIZE_MAX) {
        MTMI_TRY(take_tiles(view, tiles, last, period, figure, err));
    } else if (n > 0) {
        explain_gap(view, period, tiles, n, reached, figure);
    } else {
        MTMI_TRY(explain_none(view, request, period, figure, err));
    }
out:
    free_tiles(tiles, n);
    return status;
}

/* A printed figure against the finer periods that tile it. Editions may differ without being wrong. */
static mtm_status check_tiles(const mtmi_dataset_index *view, const mtmi_request *request, mtm_period period,
                              mtmi_figure *figure, mtm_error *err) {
    mtmi_figure tiles;
    mtmi_figure_start(&tiles, view);
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_align_added(view, request, period, &tiles, err));
    if (tiles.has_value && mtmi_decimal_compare(tiles.value, figure->value) != 0 &&
        !mtmi_editions_differ(tiles.vintage.edition, figure->vintage.edition)) {
        figure->has_tiles = 1;
        figure->tiles = tiles.value;
        figure->flags |= MTM_FLAG_TOTAL_MISMATCH;
    }
out:
    mtmi_figure_clear(&tiles);
    return status;
}

mtm_status mtmi_align_flow(const mtmi_dataset_index *view, const mtmi_request *request, mtm_period period, int details,
                           mtmi_figure *figure, mtm_error *err) {
    size_t at = mtmi_dataset_index_find(view, period);
    int found = 0;
    mtm_status status = MTM_OK;
    if (at < view->n_periods) {
        status = mtmi_align_exact(view, request, at, details, &found, figure, err);
    }
    const mtm_reason reason = figure->reason;
    const mtm_period missing = figure->missing;
    if (status != MTM_OK || figure->has_value) {
        return status == MTM_OK && details ? check_tiles(view, request, period, figure, err) : status;
    }
    status = mtmi_align_added(view, request, period, figure, err);
    if (status == MTM_OK && !figure->has_value && view->dataset->cumulative) {
        status = mtmi_align_cumulative(view, request, period, figure, err);
        if (status == MTM_OK && !figure->has_value) {
            status = mtmi_align_years(view, request, period, mtmi_align_flow, figure, err);
        }
    }
    if (status == MTM_OK && !figure->has_value && found) {
        mtmi_figure_refuse(figure, reason, missing); /* the source has the period, and says it has no figure */
    }
    return status;
}

/* Counts of several files of microdata: each counts other events, so that all within the period are added, whatever parts of it they
 * are of. Leaves a reason where one is of days outside too. */
static mtm_status align_counts(const mtmi_dataset_index *view, const mtmi_request *request, mtm_period period,
                               mtmi_figure *figure, mtm_error *err) {
    size_t n = 0, used = 0;
    tile *tiles = new_tiles(view, period);
    if (tiles == NULL) {
        return mtmi_error_memory(err);
    }
    mtm_status status = MTM_OK;
    for (size_t i = 0; i < view->n_periods; i++) {
        if (overlap(period, view->periods[i]) == 0) {
            continue;
        }
        if (!mtmi_period_contains(period, view->periods[i])) {
            mtmi_figure_refuse(figure, MTM_REASON_PERIODS_NOT_ALIGNED, view->periods[i]);
            goto out;
        }
        MTMI_TRY(add_tile(view, i, request, tiles, &n, err));
        if (n > used && tiles[used].reason != MTM_REASON_NONE) {
            mtmi_figure_refuse(figure, tiles[used].reason, view->periods[i]);
            goto out;
        }
        if (n > used) {
            tiles[used].before = used > 0 ? used - 1 : SIZE_MAX;
            used = n;
        }
    }
    if (used > 0) {
        MTMI_TRY(take_tiles(view, tiles, used - 1, period, figure, err));
    } else {
        MTMI_TRY(explain_none(view, request, period, figure, err));
    }
out:
    free_tiles(tiles, n);
    return status;
}

/* A flow of microdata: what files that begin or end within the period count of it is no figure of the period. */
static mtm_status align_covered(const mtmi_dataset_index *view, const mtmi_request *request, mtm_period period,
                                int details, mtmi_figure *figure, mtm_error *err) {
    const mtmi_covered *covered = &view->dataset->covered;
    mtm_period missing;
    const mtmi_days days = mtmi_covered_find(covered, period, &missing);
    const int taken = (request->as_covered || view->dataset->as_covered) && !covered->overrun;
    if (days == MTMI_DAYS_OUTSIDE && covered->n > 0) {
        mtmi_figure_refuse(figure, MTM_REASON_PERIOD_UNAVAILABLE, period);
        return MTM_OK;
    }
    if (days == MTMI_DAYS_PARTLY && !taken) {
        mtmi_figure_refuse(figure, MTM_REASON_COVERAGE_INCOMPLETE, missing);
        figure->uncovered = missing;
        return MTM_OK;
    }
    const int is_joined =
        covered->n > 0 && view->pool != NULL && mtmi_dataset_index_find(view, period) == view->n_periods;
    MTMI_CHECK_STATUS(is_joined ? align_counts(view, request, period, figure, err)
                                : mtmi_align_flow(view, request, period, details, figure, err));
    if (figure->has_value && (days == MTMI_DAYS_PARTLY || days == MTMI_DAYS_ASSUMED)) {
        figure->uncovered = missing;
        figure->flags |= days == MTMI_DAYS_PARTLY ? MTM_FLAG_AS_COVERED : MTM_FLAG_COVERAGE_ASSUMED_ZERO;
        figure->observed = days == MTMI_DAYS_PARTLY ? mtmi_covered_hull(covered, period) : figure->observed;
    }
    return MTM_OK;
}

mtm_status mtmi_align(const mtmi_dataset_index *view, const mtmi_request *request, mtm_period period, int details,
                      mtmi_figure *figure, mtm_error *err) {
    mtmi_figure_start(figure, view);
    switch (view->dataset->kind) {
    case MTM_KIND_FLOW: return align_covered(view, request, period, details, figure, err);
    case MTM_KIND_STOCK: return mtmi_align_stock(view, request, period, details, figure, err);
    case MTM_KIND_SHARE:
    default: return mtmi_align_target(view, request, period, details, figure, err);
    }
}
