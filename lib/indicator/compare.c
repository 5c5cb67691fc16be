/* In: a value's figure and the datasets. Out: the base of a comparison, difference and per cent, or why not.
 * The per cent is rounded once, from the exact ratio. Does not know breakdowns. */
#include "indicator/compare.h"

#include "period/period.h"

#include <string.h>

/* A day so many months earlier; the end of a month stays one. */
static int32_t months_before(int32_t day, int months) {
    int year, month, of_month;
    mtmi_day_split(day, &year, &month, &of_month);
    int64_t from = (int64_t)year * 12 + month - 1 - months;
    int64_t to_year = (from >= 0 ? from : from - 11) / 12;
    int to_month = (int)(from - to_year * 12) + 1;
    int length = mtmi_days_in_month((int)to_year, to_month);
    int at_end = of_month == mtmi_days_in_month(year, month);
    return mtmi_day_from((int)to_year, to_month, at_end || of_month > length ? length : of_month);
}

/* Where a date of the value's period lies in the base's: both windows must be moved by the same. */
static int same_windows(mtm_period observed, mtm_period value_period, mtm_period base, mtm_period base_period) {
    int months = mtmi_period_months(value_period);
    int year, month, day, base_year, base_month, base_day;
    if (months == 0 || mtmi_period_months(base_period) != months) {
        return observed.last - value_period.last == base.last - base_period.last;
    }
    mtmi_day_split(value_period.first, &year, &month, &day);
    mtmi_day_split(base_period.first, &base_year, &base_month, &base_day);
    int apart = (year - base_year) * 12 + month - base_month;
    int32_t expected = months_before(observed.last, apart);
    mtmi_day_split(observed.last, &year, &month, &day);
    mtmi_day_split(base.last, &base_year, &base_month, &base_day);
    int both_ends = day == mtmi_days_in_month(year, month) && base_day == mtmi_days_in_month(base_year, base_month);
    int same_month = mtmi_period_same(mtmi_period_around(expected, 1), mtmi_period_around(base.last, 1));
    return base.last == expected || (both_ends && same_month);
}

/* The members of a group on two days. */
static int same_group(const char *group, mtm_period a, mtm_period b) {
    const mtm_codelist *countries = NULL;
    if (group == NULL || mtm_codelist_find("country", &countries, NULL) != MTM_OK) {
        return 1;
    }
    for (size_t i = 0; i < mtm_codelist_size(countries); i++) {
        const char *code = mtm_codelist_code(countries, i);
        if (mtm_codelist_contains(group, code, a) != mtm_codelist_contains(group, code, b)) {
            return 0;
        }
    }
    return 1;
}

mtm_reason mtmi_compare_differs(const mtmi_request *request, const mtmi_figure *value, mtm_period value_period,
                                const mtmi_figure *base, mtm_period base_period) {
    int is_flow = value->view->dataset->kind == MTM_KIND_FLOW;
    if (is_flow ? !mtmi_period_same(base->observed, base_period)
                : mtmi_period_same(base->observed, value->observed) ||
                      (value->view->dataset->kind == MTM_KIND_STOCK &&
                       !same_windows(value->observed, value_period, base->observed, base_period))) {
        return MTM_REASON_WINDOWS_DIFFER;
    }
    if (mtmi_editions_differ(value->vintage.edition, base->vintage.edition)) {
        return MTM_REASON_VINTAGES_DIFFER;
    }
    return same_group(request->group, value_period, base_period) ? MTM_REASON_NONE : MTM_REASON_DEFINITION_DIFFERS;
}

/* The base is there, but measured otherwise: in another unit, or as another kind. */
static mtm_status measured_otherwise(const mtmi_views *views, const mtmi_request *request, mtm_period period,
                                     mtm_reason *out, mtm_error *err) {
    mtm_status status = MTM_OK;
    for (size_t i = 0; i < views->n && status == MTM_OK; i++) {
        const mtm_dataset *dataset = views->view[i].dataset;
        mtmi_measure plus = *request->plus, minus = request->minus != NULL ? *request->minus : plus;
        mtmi_request other = *request;
        mtmi_figure figure;
        if (strcmp(mtm_dataset_concept(dataset), plus.concept) != 0 || mtmi_measure_fits(dataset, request) ||
            dataset->unit == NULL) {
            continue;
        }
        int unit_differs = strcmp(dataset->unit, plus.unit) != 0;
        plus.unit = minus.unit = dataset->unit;
        plus.kind = minus.kind = dataset->kind;
        other.plus = &plus;
        other.minus = request->minus != NULL ? &minus : NULL;
        mtmi_figure_start(&figure, NULL);
        if (mtmi_measure_fits(dataset, &other)) {
            status = mtmi_align(&views->view[i], &other, period, 0, &figure, err);
        }
        if (status == MTM_OK && figure.has_value) {
            *out = unit_differs ? MTM_REASON_UNITS_DIFFER : MTM_REASON_DEFINITION_DIFFERS;
        }
        mtmi_figure_clear(&figure);
    }
    return status;
}

/* Difference and per cent, with the reason where there is no per cent. */
static mtm_status divide(mtm_decimal value, mtm_decimal base, mtm_comparison *out, mtm_error *err) {
    mtm_status status = mtmi_decimal_subtract(value, base, &out->absolute, err);
    out->base = base;
    out->has_base = status == MTM_OK;
    if (status != MTM_OK) {
        return status;
    }
    if (base.units <= 0) {
        out->reason = base.units == 0 ? MTM_REASON_BASE_ZERO : MTM_REASON_BASE_NEGATIVE;
        return MTM_OK;
    }
    out->has_percent = 1;
    return mtmi_decimal_percent(out->absolute, base, 1, &out->percent, err);
}

static mtm_reason reason_of_base(mtm_reason reason) {
    switch (reason) {
    case MTM_REASON_UNITS_DIFFER:
    case MTM_REASON_COVERAGE_DIFFERS:
    case MTM_REASON_AMBIGUOUS_SOURCE:
    case MTM_REASON_SUPPRESSED:
        return reason;
    default:
        return MTM_REASON_BASE_MISSING;
    }
}

static mtm_status fill(mtmi_writing *writing, const mtmi_request *request, const mtmi_figure *value,
                       const mtmi_figure *base, int of, mtm_comparison *out, mtm_error *err) {
    mtm_reason differs = mtmi_compare_differs(request, value, writing->result->period, base, out->period);
    if (differs != MTM_REASON_NONE) {
        out->reason = (int32_t)differs;
        return MTM_OK;
    }
    out->base_status = base->status;
    mtm_status status = divide(value->value, base->value, out, err);
    status = status == MTM_OK ? mtmi_write_steps(writing, &base->trace, of, "", err) : status;
    return status == MTM_OK ? mtmi_write_figure_remarks(writing, base, of, err) : status;
}

mtm_status mtmi_compare(mtmi_writing *writing, const mtmi_views *views, const mtmi_request *request,
                        const mtmi_figure *value, mtm_comparison_with with, mtm_error *err) {
    mtm_result *result = writing->result;
    mtm_comparison *out = &result->comparisons[with];
    int of = with == MTM_WITH_PREVIOUS_PERIOD ? MTM_LINEAGE_PREVIOUS : MTM_LINEAGE_LAST_YEAR;
    mtmi_request earlier = *request;
    mtmi_figure base;
    memset(out, 0, sizeof *out);
    result->has_comparison[with] = 1;
    out->base_status = 'A';
    out->period = with == MTM_WITH_PREVIOUS_PERIOD ? mtm_period_previous(result->period)
                                                   : mtm_period_year_before(result->period);
    if (!value->has_value || result->statistic == MTMI_STATISTIC_SHARE) {
        out->reason = (int32_t)(value->has_value ? MTM_REASON_NOT_APPLICABLE : value->reason);
        return MTM_OK;
    }
    earlier.membership = out->period;
    earlier.edition = value->vintage.edition;
    mtm_status status = mtmi_choose(views, &earlier, out->period, value, 1, &base, err);
    if (status == MTM_OK && base.has_value) {
        status = fill(writing, request, value, &base, of, out, err);
    } else if (status == MTM_OK) {
        mtm_reason reason = reason_of_base(base.reason);
        if (reason == MTM_REASON_BASE_MISSING) {
            status = measured_otherwise(views, &earlier, out->period, &reason, err);
        }
        out->reason = (int32_t)reason;
    }
    mtmi_figure_clear(&base);
    return status;
}
