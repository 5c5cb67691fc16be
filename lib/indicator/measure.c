/* Asks a dataset for a measure of one period: its total or its parts. */
#include "indicator/measure.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "indicator/definition/catalogue.h"
#include "period/period.h"

#include <string.h>

int mtmi_measure_fits(const mtm_dataset *dataset, const mtmi_request *request) {
    return mtmi_selection_fit(dataset, request->plus) &&
           (request->minus == NULL || mtmi_selection_fit(dataset, request->minus));
}

mtm_status mtmi_measure_open(mtmi_measured *measured, const mtmi_dataset_index *view, size_t period,
                             const mtmi_request *request, mtm_error *err) {
    memset(measured, 0, sizeof *measured);
    measured->view = view;
    measured->request = request;
    measured->period = period;
    MTMI_CHECK_STATUS(mtmi_selection_gather(&measured->plus, view, period, request->plus, request, err));
    if (request->minus != NULL) {
        MTMI_CHECK_STATUS(mtmi_selection_gather(&measured->minus, view, period, request->minus, request, err));
    }
    return MTM_OK;
}

void mtmi_measure_subtracted_from(mtmi_measured *measured, size_t longer) {
    measured->plus.longer = measured->minus.longer = (uint32_t)longer;
}

void mtmi_measure_close(mtmi_measured *measured) {
    mtmi_selection_clear(&measured->plus);
    mtmi_selection_clear(&measured->minus);
}

/* One direction less the other. */
static void subtract(mtmi_sum *sum, const mtmi_sum *minus, const mtm_dataset *dataset) {
    if (sum->state != MTMI_SUM_VALUE || minus->state != MTMI_SUM_VALUE) {
        const mtmi_sum *lacking = sum->state != MTMI_SUM_VALUE ? sum : minus;
        sum->reason = lacking->reason;
        sum->state = lacking->state;
        return;
    }
    if (mtmi_editions_differ(dataset->releases[sum->release].edition, dataset->releases[minus->release].edition)) {
        sum->state = MTMI_SUM_MISSING;
        sum->reason = MTM_REASON_EDITIONS_DIFFER;
        return;
    }
    if ((sum->frame == MTMI_FRAME_SEEN) != (minus->frame == MTMI_FRAME_SEEN)) { /* all of one, some of the other */
        sum->state = MTMI_SUM_MISSING;
        sum->reason = MTM_REASON_EXTENT_DIFFERS;
        return;
    }
    sum->frame = minus->frame < sum->frame ? minus->frame : sum->frame;
    sum->units += minus->units;
    sum->status = mtmi_status_join(sum->status, minus->status);
    sum->mixed |= minus->mixed;
    if (mtmi_vintage_compare(&dataset->releases[minus->release], &dataset->releases[sum->release]) > 0) {
        sum->release = minus->release;
    }
}

/* No row of microdata on days that their files cover: nothing happened. */
static int is_true_zero(const mtmi_selection *cells) {
    const mtm_dataset *dataset = cells->view->dataset;
    return cells->n == 0 && dataset->covered.n > 0 && dataset->kind == MTM_KIND_FLOW && dataset->n_releases > 0 &&
           mtmi_covered_holds(&dataset->covered, cells->view->periods[cells->period]);
}

int mtmi_measure_says(const mtmi_measured *measured) {
    return measured->plus.n > 0 || is_true_zero(&measured->plus);
}

static mtm_status total_of(const mtmi_selection *cells, const mtmi_request *request, int32_t release, int sign,
                           mtmi_sum *out, mtmi_trace *trace, mtm_error *err) {
    if (is_true_zero(cells)) {
        *out = (mtmi_sum){MTMI_SUM_VALUE, MTM_REASON_NONE, 0, 'A', 1, 0, 0, MTMI_FRAME_ALL};
        return MTM_OK;
    }
    return mtmi_selection_total(cells, request, release, sign, out, trace, err);
}

mtm_status mtmi_measure_total(const mtmi_measured *measured, int32_t release, int sign, mtmi_sum *out,
                              mtmi_trace *trace, mtm_error *err) {
    const mtmi_trace before = *trace;
    MTMI_CHECK_STATUS(total_of(&measured->plus, measured->request, release, sign, out, trace, err));
    if (measured->request->minus != NULL) {
        mtmi_sum minus;
        const size_t first = trace->n_counted;
        MTMI_CHECK_STATUS(total_of(&measured->minus, measured->request, release, -sign, &minus, trace, err));
        subtract(out, &minus, measured->view->dataset);
        for (size_t i = first; i < trace->n_counted; i++) {
            trace->counted[i].is_second = 1;
        }
    }
    if (out->state != MTMI_SUM_VALUE) {
        mtmi_trace_cut(trace, &before);
    }
    return MTM_OK;
}

mtm_status mtmi_measure_parts(const mtmi_measured *measured, int32_t release, int sign, mtmi_part_sum *parts,
                              int *found, mtmi_trace *counted, mtm_error *err) {
    int more = 0;
    MTMI_CHECK_STATUS(mtmi_selection_parts(&measured->plus, release, sign, parts, found, counted, err));
    if (measured->request->minus != NULL) {
        MTMI_CHECK_STATUS(mtmi_selection_parts(&measured->minus, release, -sign, parts, &more, counted, err));
        *found = *found && more;
    }
    return MTM_OK;
}

/* The period that a reason names, else the latest one in it. */
static size_t period_of(const mtmi_dataset_index *view, mtm_period period) {
    size_t found = mtmi_dataset_index_find(view, period);
    for (size_t i = 0; i < view->n_periods && found == view->n_periods; i++) {
        const size_t latest = view->n_periods - 1 - i;
        found = mtmi_period_contains(period, view->periods[latest]) ? latest : found;
    }
    return found;
}

static mtm_status name_dimension(const mtm_catalogue *catalogue, const char *name, mtmi_titles *out, mtm_error *err) {
    const mtmi_titles *title = mtmi_titled_find(catalogue->dimensions, catalogue->n_dimensions, name);
    for (int language = 0; language < 3; language++) {
        const char *own = title != NULL ? mtmi_titles_get(title, (mtm_language)language) : name;
        const char *before = out->text[language];
        mtmi_buffer text = MTMI_BUFFER_INIT;
        mtmi_buffer_format(&text, "%s%s%s", before != NULL ? before : "", before != NULL ? ", " : "", own);
        mtmi_memory_free(out->text[language]);
        out->text[language] = text.failed ? NULL : mtmi_memory_copy_text(text.data);
        mtmi_buffer_free(&text);
        if (out->text[language] == NULL) {
            return mtmi_error_memory(err);
        }
    }
    return MTM_OK;
}

/* The figures that are parts in the fewest dimensions. */
static uint32_t count_parts(const mtmi_selection *cells, int64_t *count) {
    const mtm_dataset *dataset = cells->view->dataset;
    uint32_t mask = 0;
    *count = 0;
    for (size_t i = 0; i < cells->n; i++) {
        const mtmi_selected_row *cell = &cells->cell[i];
        if (cell->group != 0 || cell->old || cell->mask == 0 || !mtmi_dataset_has_value(dataset, cell->row)) {
            continue;
        }
        if (mask == 0 || (cell->mask != mask && (cell->mask & mask) == cell->mask)) {
            mask = cell->mask;
            *count = 0;
        }
        *count += cell->mask == mask;
    }
    return mask;
}

mtm_status mtmi_measure_differing(const mtmi_figure *figure, const mtmi_request *request,
                                  const mtm_catalogue *catalogue, int64_t *count, mtmi_titles *dimensions,
                                  mtm_error *err) {
    const int is_of_parts =
        figure->reason == MTM_REASON_COVERAGE_UNKNOWN || figure->reason == MTM_REASON_TOTAL_UNCERTAIN;
    mtmi_measured measured;
    *count = 0;
    if (!is_of_parts || figure->view == NULL || figure->view->dataset->confidential ||
        figure->view->dataset->microdata || period_of(figure->view, figure->missing) == figure->view->n_periods) {
        return MTM_OK;
    }
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_measure_open(&measured, figure->view, period_of(figure->view, figure->missing), request, err));
    const uint32_t mask = count_parts(&measured.plus, count);
    *count = *count > 1 ? *count : 0;
    for (size_t k = 0; k<figure->view->dataset->n_dimensions && * count> 0; k++) {
        if ((mask >> k & 1) != 0) {
            MTMI_TRY(name_dimension(catalogue, figure->view->dataset->dimensions[k].name, dimensions, err));
        }
    }
out:
    mtmi_measure_close(&measured);
    return status;
}

static int has_release(const mtmi_measured *measured, int32_t release) {
    const mtm_dataset *dataset = measured->view->dataset;
    for (size_t i = 0; i < measured->plus.n; i++) {
        if (dataset->release_of[measured->plus.cell[i].row] == release) {
            return 1;
        }
    }
    return 0;
}

mtm_status mtmi_measure_superseded(const mtmi_measured *measured, const mtmi_sum *chosen, mtmi_figure *figure,
                                   mtm_error *err) {
    const mtm_dataset *dataset = measured->view->dataset;
    mtmi_trace trace = MTMI_TRACE_INIT;
    mtm_status status = MTM_OK;
    for (size_t r = 0; r < dataset->n_releases; r++) {
        mtmi_sum sum;
        if ((int32_t)r == chosen->release || !has_release(measured, (int32_t)r)) {
            continue;
        }
        trace.n = trace.n_counted = 0;
        MTMI_TRY(mtmi_measure_total(measured, (int32_t)r, 1, &sum, &trace, err));
        if (sum.state == MTMI_SUM_VALUE && sum.units != chosen->units && trace.n > 0) {
            mtmi_other other = {{0, 0, 0}, {0, 0, 0}, dataset->releases[r], trace.used[0].dataset, trace.used[0].row};
            const mtm_status narrowed = mtmi_decimal_narrow(sum.units, dataset->decimals, &other.value, err);
            if (narrowed != MTM_ERROR_RANGE) { /* what does not fit is not listed */
                MTMI_TRY(narrowed);
                MTMI_TRY(mtmi_figure_supersede(figure, &other, err));
            }
        }
    }
out:
    mtmi_trace_clear(&trace);
    return status;
}
