/* Computes the points of a time series, oldest first, each by the same rule as the value of the period. */
#include "indicator/series.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/try.h"
#include "coverage/breaks.h"
#include "indicator/covering.h"
#include "period/period.h"

#include <string.h>

#define POINTS_MAX 4096

typedef struct windows {
    mtm_period *window;
    size_t n, capacity;
} windows;

static mtm_status add_window(windows *out, mtm_period window, mtm_error *err) {
    void *table = out->window;
    if (!mtmi_memory_reserve(&table, &out->capacity, out->n + 1, sizeof window)) {
        return mtmi_error_memory(err);
    }
    out->window = table;
    out->window[out->n++] = window;
    return MTM_OK;
}

/* First and last day of everything the fitting datasets have. */
static mtm_period extent(const mtmi_views *views, const mtmi_request *request) {
    mtm_period all = {INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < views->n; i++) {
        const mtmi_dataset_index *view = &views->view[i];
        if (!mtmi_measure_fits(view->dataset, request)) {
            continue;
        }
        for (size_t p = 0; p < view->n_periods; p++) {
            all.first = view->periods[p].first < all.first ? view->periods[p].first : all.first;
            all.last = view->periods[p].last > all.last ? view->periods[p].last : all.last;
        }
    }
    return all;
}

/* Whole months: every window of the same length in step with the one asked for. Anything else: the same days of other
 * years. */
static mtm_status list_windows(mtm_period period, mtm_period all, windows *out, mtm_error *err) {
    int months = mtmi_period_months(period);
    mtm_period at = period;
    if (all.first > all.last) {
        return MTM_OK;
    }
    while (at.last >= all.first - 1 && out->n < POINTS_MAX) { /* a stock of the day after */
        if (at.first <= all.last) {
            MTMI_CHECK_STATUS(add_window(out, at, err));
        }
        at = months > 0 ? mtmi_period_previous(at) : mtm_period_year_before(at);
    }
    at = period;
    while (months > 0 && at.last < all.last && out->n < POINTS_MAX) {
        int year, month, day;
        mtmi_day_split(at.last + 1, &year, &month, &day);
        at = mtmi_period_of_months(year, month, months);
        if (at.last >= all.first - 1) {
            MTMI_CHECK_STATUS(add_window(out, at, err));
        }
    }
    return MTM_OK;
}

static int latest_first(const void *context, const void *a, const void *b) {
    const mtm_period *left = a, *right = b;
    (void)context;
    return (left->first < right->first) - (left->first > right->first);
}

/* A stock's date may stand for the period it ends and for the one it lies in; it makes one point. */
static int is_again(const mtmi_figure *figure, mtm_period observed) {
    return figure->view->dataset->kind != MTM_KIND_FLOW && mtmi_period_same(figure->observed, observed);
}

static mtm_status point(mtmi_writing *writing, mtm_period period, const mtmi_figure *figure, mtm_error *err) {
    mtmi_point *entry = mtmi_write_point(writing);
    if (entry == NULL) {
        return mtmi_error_memory(err);
    }
    *entry = (mtmi_point){period, figure->observed, figure->value, 0, figure->covers};
    return MTM_OK;
}

/* The point added last is the one after this: the two break where the source counts otherwise, or other cells. */
static mtm_status mark_break(mtm_result *result, const mtmi_request *request, mtmi_boxes *boxes,
                             const mtmi_figure *figure, mtm_period period, const mtmi_figure *next, mtm_error *err) {
    mtmi_point *after = result->n_points > 0 ? &result->points[result->n_points - 1] : NULL;
    mtmi_territory territory = {figure->view->dataset, NULL, 0, 0};
    mtmi_likeness likeness = MTMI_LIKENESS_SAME;
    mtm_status status = MTM_OK;
    if (after == NULL || next == NULL) {
        return MTM_OK;
    }
    if (!figure->view->dataset->confidential) {
        status = mtmi_covering_compare(next, request, figure, boxes, &territory, &likeness, err);
        mtmi_territory_free(&territory);
    }
    after->breaks |=
        likeness > MTMI_LIKENESS_MERGED || mtmi_break_between(figure->view->dataset, period, after->period) != NULL;
    return status;
}

static void reverse(mtm_result *result) {
    for (size_t i = 0; i < result->n_points / 2; i++) {
        mtmi_point swap = result->points[i];
        result->points[i] = result->points[result->n_points - 1 - i];
        result->points[result->n_points - 1 - i] = swap;
    }
}

/* From the latest window to the oldest; the first value found is what the others must compare with. */
static mtm_status walk(mtmi_writing *writing, const mtmi_views *views, const mtmi_request *request, const windows *all,
                       mtmi_value_of value_of, const void *context, mtm_error *err) {
    mtm_result *result = writing->result;
    mtm_period observed = MTMI_PERIOD_NONE;
    mtm_status status = MTM_OK;
    const mtmi_figure *like = NULL, *figure = NULL, *next = NULL;
    for (size_t i = 0; i < all->n; i++) {
        MTMI_TRY(value_of(context, all->window[i], like, &figure, err));
        if (figure->has_value && (figure->flags & MTM_FLAG_NOT_ALIGNED) == 0) {
            int again = is_again(figure, observed);
            mtm_period at = figure->view->dataset->kind == MTM_KIND_SHARE ? figure->observed : all->window[i];
            if (again && !mtmi_period_same(result->points[result->n_points - 1].period, result->period)) {
                result->points[result->n_points - 1].period = at;
            } else if (!again) {
                MTMI_TRY(mark_break(result, request, &views->cache->boxes, figure, at, next, err));
                MTMI_TRY(point(writing, at, figure, err));
                MTMI_TRY(mtmi_evidence_add(writing->evidence, writing->at, MTMI_EVIDENCE_POINT, result->n_points - 1,
                                           &figure->trace, err));
            }
            observed = figure->observed;
            like = like == NULL ? figure : like;
            next = figure;
        }
    }
out:
    reverse(result);
    mtmi_evidence_reverse(writing->evidence, writing->at, result->n_points);
    return status;
}

mtm_status mtmi_series(mtmi_writing *writing, const mtmi_views *views, const mtmi_request *request,
                       mtmi_value_of value_of, const void *context, mtm_error *err) {
    windows all = {NULL, 0, 0};
    mtm_status status = MTM_OK;
    MTMI_TRY(list_windows(writing->result->period, extent(views, request), &all, err));
    if (!mtmi_sort(all.window, all.n, sizeof *all.window, latest_first, NULL)) {
        status = mtmi_error_memory(err);
        goto out;
    }
    MTMI_TRY(walk(writing, views, request, &all, value_of, context, err));
out:
    mtmi_memory_free(all.window);
    return status;
}
