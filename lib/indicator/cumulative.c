/* Derives the figure of a later part of the year from cumulative figures, by subtraction. Only figures of one release,
 * or of two releases of one edition, are subtracted. */
#include "indicator/align.h"

#include "base/try.h"
#include "period/period.h"

#include <string.h>

/* Two releases whose figures may be subtracted, and how good that is. */
typedef struct pair {
    int32_t to, from; /* releases of the longer and the shorter figure */
    int same;
} pair;

/* A release's figure of one of the two periods. */
typedef struct end {
    mtmi_measured measured;
    size_t at;
} end;

static mtm_status total_of(const end *one, int32_t release, int sign, mtmi_sum *sum, mtmi_trace *trace,
                           mtm_error *err) {
    return mtmi_measure_total(&one->measured, release, sign, sum, trace, err);
}

/* Whether a beats b: one release before two, then the better vintage of the longer figure, then of the shorter. */
static int beats(const mtm_dataset *dataset, pair a, pair b) {
    if (b.to < 0 || a.same != b.same) {
        return b.to < 0 || a.same;
    }
    int by = mtmi_vintage_compare(&dataset->releases[a.to], &dataset->releases[b.to]);
    return by != 0 ? by > 0 : mtmi_vintage_compare(&dataset->releases[a.from], &dataset->releases[b.from]) > 0;
}

/* A shorter figure is not taken from a release after the longer one's. */
static int follows(const mtmi_release *to, const mtmi_release *from) {
    return to->date.last == MTMI_DAY_NONE || from->date.last == MTMI_DAY_NONE || from->date.last <= to->date.last;
}

static mtm_status find_pair(const end *to, const end *from, pair *best, mtm_reason *differ, mtm_error *err) {
    const mtm_dataset *dataset = to->measured.view->dataset;
    mtm_status status = MTM_OK;
    mtmi_trace trace = MTMI_TRACE_INIT;
    *best = (pair){-1, -1, 0};
    *differ = MTM_REASON_NONE;
    for (size_t i = 0; i < dataset->n_releases; i++) {
        mtmi_sum later, earlier;
        MTMI_TRY(total_of(to, (int32_t)i, 1, &later, &trace, err));
        for (size_t j = 0; later.state == MTMI_SUM_VALUE && j < dataset->n_releases; j++) {
            const mtmi_release *a = &dataset->releases[i], *b = &dataset->releases[j];
            pair one = {(int32_t)i, (int32_t)j, i == j};
            MTMI_TRY(total_of(from, (int32_t)j, 1, &earlier, &trace, err));
            if (earlier.state != MTMI_SUM_VALUE) {
                continue;
            }
            if (strcmp(a->edition, b->edition) != 0 || !follows(a, b)) {
                *differ = MTM_REASON_EDITIONS_DIFFER;
            } else if ((later.frame == MTMI_FRAME_SEEN) != (earlier.frame == MTMI_FRAME_SEEN)) {
                *differ = MTM_REASON_EXTENT_DIFFERS; /* a printed total less what is listed */
            } else if (beats(dataset, one, *best)) {
                *best = one;
            }
        }
    }
out:
    mtmi_trace_clear(&trace);
    return status;
}

/* The later figure may not be below the earlier one, unless one direction is subtracted from the other. */
static mtm_status check_fall(const mtmi_request *request, const mtmi_sum *later, const mtmi_sum *earlier,
                             const end *out, mtmi_figure *figure, mtm_error *err) {
    const mtm_dataset *dataset = figure->view->dataset;
    if (request->minus != NULL || later->units >= earlier->units || later->units < 0) {
        return MTM_OK;
    }
    figure->flags |= MTM_FLAG_NEGATIVE_DIFFERENCE;
    figure->fall.dataset = mtmi_dataset_index_origin(figure->view, out->measured.plus.cell[0].row, &figure->fall.row);
    MTMI_CHECK_STATUS(mtmi_decimal_narrow(earlier->units, dataset->decimals, &figure->fall.value, err));
    return mtmi_decimal_narrow(later->units, dataset->decimals, &figure->fall.later, err);
}

/* Whether a better vintage gives one of the two figures otherwise, of whatever edition: then the difference stands on a print
 * that was superseded. */
static mtm_status check_revised(const end *one, int32_t release, const mtmi_sum *used, mtmi_figure *figure,
                                mtm_error *err) {
    const mtm_dataset *dataset = one->measured.view->dataset;
    mtmi_trace trace = MTMI_TRACE_INIT;
    mtm_status status = MTM_OK;
    for (size_t i = 0; i < dataset->n_releases; i++) {
        mtmi_sum sum;
        if ((int32_t)i == release || mtmi_vintage_compare(&dataset->releases[i], &dataset->releases[release]) <= 0) {
            continue;
        }
        trace.n = trace.n_counted = 0;
        MTMI_TRY(total_of(one, (int32_t)i, 1, &sum, &trace, err));
        if (sum.state == MTMI_SUM_VALUE && sum.units != used->units && trace.n > 0) {
            figure->flags |= MTM_FLAG_SUPERSEDED_BASE;
            figure->revised =
                (mtmi_other){{0, 0, 0}, {0, 0, 0}, dataset->releases[i], trace.used[0].dataset, trace.used[0].row};
            MTMI_TRY(mtmi_decimal_narrow(used->units, dataset->decimals, &figure->revised.value, err));
            MTMI_TRY(mtmi_decimal_narrow(sum.units, dataset->decimals, &figure->revised.later, err));
        }
    }
out:
    mtmi_trace_clear(&trace);
    return status;
}

static mtm_status subtract(const mtmi_request *request, const end *to, const end *from, pair chosen,
                           mtmi_figure *figure, mtm_error *err) {
    const mtm_dataset *dataset = figure->view->dataset;
    mtmi_sum later, earlier;
    MTMI_CHECK_STATUS(total_of(to, chosen.to, 1, &later, &figure->trace, err));
    MTMI_CHECK_STATUS(total_of(from, chosen.from, -1, &earlier, &figure->trace, err));
    mtmi_sum whole = later;
    whole.units += earlier.units;
    whole.status = mtmi_status_join(later.status, earlier.status);
    whole.derived = 1;
    whole.frame = earlier.frame < later.frame ? earlier.frame : later.frame;
    earlier.units = -earlier.units;
    MTMI_CHECK_STATUS(mtmi_align_piece(figure, to->at, 1, chosen.to, err));
    MTMI_CHECK_STATUS(mtmi_align_piece(figure, from->at, -1, chosen.from, err));
    MTMI_CHECK_STATUS(
        mtmi_align_settle(figure, &whole, chosen.same ? MTMI_WAY_RELEASE : MTMI_WAY_RELEASES, MTM_OPERATION_TAKE, err));
    figure->vintage_b = dataset->releases[chosen.from];
    figure->flags |= chosen.same ? 0 : MTM_FLAG_ACROSS_RELEASES;
    MTMI_CHECK_STATUS(check_revised(to, chosen.to, &later, figure, err));
    MTMI_CHECK_STATUS(check_revised(from, chosen.from, &earlier, figure, err));
    return check_fall(request, &later, &earlier, to, figure, err);
}

/* The longer figure to subtract from: it ends with the period and begins before it. The shortest is best: others begin
 * years before. */
static size_t find_longer(const mtmi_dataset_index *view, mtm_period period) {
    size_t best = view->n_periods;
    for (size_t i = 0; i < view->n_periods; i++) {
        mtm_period at = view->periods[i];
        if (at.last == period.last && at.first < period.first &&
            (best == view->n_periods || at.first > view->periods[best].first)) {
            best = i;
        }
    }
    return best;
}

/* Without a figure to the period's end: is there any of that year? Then that one is what is missing. */
static void explain(const mtmi_dataset_index *view, mtm_period period, mtmi_figure *figure) {
    mtm_period year = mtmi_period_around(period.first, 12);
    for (size_t i = 0; i < view->n_periods; i++) {
        if (view->periods[i].first == year.first && view->periods[i].last < year.last && period.last <= year.last) {
            mtmi_figure_refuse(figure, MTM_REASON_PERIOD_UNAVAILABLE, (mtm_period){year.first, period.last});
        }
    }
}

/* One of the two figures may be there without a value: then its reason holds. */
static mtm_status explain_pair(const end *to, const end *from, mtm_reason differ, mtm_period before,
                               mtmi_figure *figure, mtm_error *err) {
    const end *const ends[2] = {to, from};
    mtmi_figure_refuse(figure, differ != MTM_REASON_NONE ? differ : MTM_REASON_CUMULATIVE_BASE, before);
    for (int i = 0; i < 2 && differ == MTM_REASON_NONE; i++) {
        mtmi_trace trace = MTMI_TRACE_INIT;
        mtmi_sum sum;
        if (ends[i]->measured.plus.n == 0) {
            continue;
        }
        const mtm_status status = total_of(ends[i], -1, 1, &sum, &trace, err);
        mtmi_trace_clear(&trace);
        MTMI_CHECK_STATUS(status);
        if (sum.state == MTMI_SUM_MISSING) {
            mtmi_figure_refuse(figure, sum.reason, figure->view->periods[ends[i]->at]);
            differ = sum.reason;
        }
    }
    return MTM_OK;
}

mtm_status mtmi_align_cumulative(const mtmi_dataset_index *view, const mtmi_request *request, mtm_period period,
                                 mtmi_figure *figure, mtm_error *err) {
    end to = {{0}, 0}, from = {{0}, 0};
    pair chosen = {-1, -1, 0};
    mtm_reason differ = MTM_REASON_NONE;
    to.at = find_longer(view, period);
    if (to.at == view->n_periods) {
        explain(view, period, figure);
        return MTM_OK;
    }
    const mtm_period before = {view->periods[to.at].first, period.first - 1};
    from.at = mtmi_dataset_index_find(view, before);
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_measure_open(&to.measured, view, to.at, request, err));
    if (from.at < view->n_periods) {
        MTMI_TRY(mtmi_measure_open(&from.measured, view, from.at, request, err));
        mtmi_measure_subtracted_from(&from.measured, to.at);
        MTMI_TRY(find_pair(&to, &from, &chosen, &differ, err));
    }
    if (chosen.to >= 0) {
        MTMI_TRY(subtract(request, &to, &from, chosen, figure, err));
        figure->observed = period;
    } else if (to.measured.plus.n > 0) {
        MTMI_TRY(explain_pair(&to, &from, differ, before, figure, err));
    }
out:
    mtmi_measure_close(&to.measured);
    mtmi_measure_close(&from.measured);
    return status;
}
