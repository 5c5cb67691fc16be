/* Compares a value with its base: difference and per cent, or the reason why not. The per cent is rounded once, from
 * the exact ratio. */
#include "indicator/compare.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "codelist/match.h"
#include "coverage/breaks.h"
#include "coverage/collections.h"
#include "coverage/territory.h"
#include "indicator/like_for_like.h"
#include "period/period.h"
#include "data/observation.h"

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

/* Rounds: areas were visited on several days, or the package says how long a round lasts. */
static int is_round(const mtmi_figure *figure) {
    mtm_period dates = MTMI_PERIOD_NONE;
    for (size_t i = 0; i < figure->trace.n; i++) {
        const mtm_period at = figure->trace.used[i].dataset->periods[figure->trace.used[i].row];
        dates.first = i == 0 || at.first < dates.first ? at.first : dates.first;
        dates.last = i == 0 || at.last > dates.last ? at.last : dates.last;
    }
    return figure->view->dataset->round_span > 0 || dates.first < dates.last;
}

/* The last days of two rounds need not be the same of their months: they may be apart by as much as a round lasts. */
static int are_rounds(const mtmi_figure *value, mtm_period value_period, const mtmi_figure *base,
                      mtm_period base_period) {
    const int32_t span = value->view->dataset->round_span;
    const int32_t apart = (value->observed.last - value_period.last) - (base->observed.last - base_period.last);
    return value->observed.first >= value_period.first && base->observed.first >= base_period.first &&
           (apart < 0 ? -apart : apart) <= (span > 0 ? span : MTMI_COLLECTION_DAYS) &&
           (is_round(value) || is_round(base));
}

/* The declared day between the two from which one of the sources counts otherwise. */
static const mtmi_break *find_break(const mtmi_figure *value, const mtmi_figure *base) {
    const mtmi_break *found = mtmi_break_between(value->view->dataset, base->observed, value->observed);
    return found != NULL ? found : mtmi_break_between(base->view->dataset, base->observed, value->observed);
}

mtm_reason mtmi_compare_differs(const mtmi_request *request, const mtmi_figure *value, mtm_period value_period,
                                const mtmi_figure *base, mtm_period base_period) {
    int is_flow = value->view->dataset->kind == MTM_KIND_FLOW;
    if (is_flow ? !mtmi_period_same(base->observed, base_period) || !mtmi_period_same(value->observed, value_period)
                : mtmi_period_same(base->observed, value->observed) ||
                      (value->view->dataset->kind == MTM_KIND_STOCK &&
                       !same_windows(value->observed, value_period, base->observed, base_period) &&
                       !are_rounds(value, value_period, base, base_period))) {
        return MTM_REASON_WINDOWS_DIFFER;
    }
    if (mtmi_editions_differ(value->vintage.edition, base->vintage.edition)) {
        return MTM_REASON_VINTAGES_DIFFER;
    }
    const mtmi_break *one = find_break(value, base);
    if (one != NULL) {
        return mtmi_break_reason(one);
    }
    return request->group == NULL || mtmi_codelist_same_members(request->group, value_period, base_period)
               ? MTM_REASON_NONE
               : MTM_REASON_DEFINITION_DIFFERS;
}

/* The base is there, but measured otherwise: in another unit, or as another kind. */
static mtm_status measured_otherwise(const mtmi_views *views, const mtmi_request *request, mtm_period period,
                                     mtm_reason *out, mtm_error *err) {
    mtm_status status = MTM_OK;
    for (size_t i = 0; i < views->n; i++) {
        const mtm_dataset *dataset = views->view[i].dataset;
        mtmi_measure plus = *request->plus, minus = request->minus != NULL ? *request->minus : plus;
        mtmi_request other = *request;
        mtmi_figure figure;
        if (strcmp(mtmi_dataset_concept(dataset), plus.concept) != 0 || mtmi_measure_fits(dataset, request) ||
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
        MTMI_CHECK_STATUS(status);
    }
    return MTM_OK;
}

/* Arrivals less departures, or what the source calls so: 5 to 100 is no growth, and nothing is a share of it. */
static int is_balance(const mtmi_request *request) {
    return request->minus != NULL || mtmi_codelist_has_balance(request->plus->concept);
}

/* Difference and per cent, with the reason where there is no per cent. What does not fit is a reason too. */
static mtm_status divide(const mtmi_request *request, mtm_decimal value, mtm_decimal base, mtm_comparison *out,
                         mtm_error *err) {
    mtm_status status = MTM_OK;
    out->base = base;
    out->has_base = out->has_percent = 0;
    MTMI_TRY(mtmi_decimal_subtract(value, base, &out->absolute, err));
    out->has_base = 1;
    if (base.units <= 0 || value.units < 0 || is_balance(request)) {
        out->reason = base.units == 0 ? MTM_REASON_BASE_ZERO : MTM_REASON_BASE_NEGATIVE;
        return MTM_OK;
    }
    MTMI_TRY(mtmi_decimal_percent(out->absolute, base, 1, &out->percent, err));
    out->has_percent = 1;
out:
    if (status == MTM_ERROR_RANGE) {
        out->reason = MTM_REASON_TOO_LARGE;
        return MTM_OK;
    }
    return status;
}

static mtm_reason reason_of_base(mtm_reason reason) {
    switch (reason) {
    case MTM_REASON_COVERAGE_INCOMPLETE: return MTM_REASON_EXTENT_DIFFERS;
    case MTM_REASON_UNITS_DIFFER:
    case MTM_REASON_COVERAGE_DIFFERS:
    case MTM_REASON_AMBIGUOUS_SOURCE:
    case MTM_REASON_SUPPRESSED: return reason;
    default: return MTM_REASON_BASE_MISSING;
    }
}

static mtm_status fill_comparison(mtmi_writing *writing, const mtmi_request *request, const mtmi_figure *value,
                                  const mtmi_figure *base, int part, mtm_comparison *out, mtm_error *err) {
    mtm_reason differs = mtmi_compare_differs(request, value, writing->result->period, base, out->period);
    if (differs != MTM_REASON_NONE) {
        const mtmi_break *one = find_break(value, base);
        out->reason = (int32_t)differs;
        return one != NULL ? mtmi_write_break(writing, one, part, err) : MTM_OK;
    }
    out->base_status = base->status;
    MTMI_CHECK_STATUS(divide(request, value->value, base->value, out, err));
    MTMI_CHECK_STATUS(mtmi_write_steps(writing, &base->trace, part, "", err));
    return mtmi_write_figure_remarks(writing, base, part, err);
}

/* ---- what both cover ---- */

/* The value and its base with what is taken for zero at its mean, at one scale. */
static int change_at_means(const mtmi_figure *value, const mtmi_figure *base, mtmi_wide *with_value,
                           mtmi_wide *with_base) {
    const mtmi_wide of_value = mtmi_covering_mean(value), of_base = mtmi_covering_mean(base);
    if (value->value.decimals != base->value.decimals) {
        return 0;
    }
    *with_value = value->value.units * (mtmi_wide)MTMI_MEAN_SCALE + of_value;
    *with_base = base->value.units * (mtmi_wide)MTMI_MEAN_SCALE + of_base;
    return of_value != 0 || of_base != 0;
}

/* Direction and per cent hold only if they are the same with the absent cells at their mean. */
static int depends_on_absent(const mtmi_figure *value, const mtmi_figure *base, const mtm_comparison *comparison) {
    mtmi_wide with_value, with_base;
    if (!comparison->has_percent || !change_at_means(value, base, &with_value, &with_base)) {
        return 0;
    }
    if (with_base <= 0) {
        return 1;
    }
    mtmi_wide part = 1000 * (with_value - with_base), twice = 2 * (part < 0 ? -part : part) + with_base;
    mtmi_wide tenths = twice / (2 * with_base);
    int up = with_value > with_base, down = with_value < with_base;
    int64_t change = comparison->absolute.units;
    return (part < 0 ? -tenths : tenths) != comparison->percent.units || up != (change > 0) || down != (change < 0);
}

/* Adds "Abai (East Kazakhstan)" in every language. */
static int name_change(const mtmi_territory *territory, const mtmi_territory_change *change, mtmi_titles *names) {
    const mtm_codelist *list = territory->dataset->dimensions[change->dimension].list;
    for (int language = 0; language < 3; language++) {
        const char *const codes[2] = {change->member, change->predecessor};
        const char *labels[2];
        for (int i = 0; i < 2; i++) {
            const int32_t index = list != NULL ? mtmi_codelist_index(list, codes[i]) : -1;
            labels[i] = index >= 0 ? mtm_codelist_label(list, (size_t)index, (mtm_language)language) : codes[i];
        }
        mtmi_buffer text = MTMI_BUFFER_INIT;
        mtmi_buffer_format(&text, "%s%s%s (%s)", names->text[language] != NULL ? names->text[language] : "",
                           names->text[language] != NULL ? "; " : "", labels[0], labels[1]);
        mtmi_memory_free(names->text[language]);
        names->text[language] = text.failed ? NULL : mtmi_memory_copy_text(text.data);
        mtmi_buffer_free(&text);
        if (names->text[language] == NULL) {
            return 0;
        }
    }
    return 1;
}

/* Says which territories changed between the two figures, and what was done: one remark a day. */
static mtm_status write_territory(mtmi_writing *writing, const mtmi_territory *territory, mtmi_likeness likeness,
                                  int which, mtm_error *err) {
    for (size_t i = 0; i < territory->n; i++) {
        mtmi_remark remark = mtmi_remark_of(MTMI_REMARK_TERRITORY, which);
        int whole = 1, any = 0, said = 0;
        for (size_t k = 0; k < territory->n && whole && !said; k++) {
            const int is_of_day =
                territory->change[k].from == territory->change[i].from && mtmi_territory_is_listed(territory, k);
            said = is_of_day && k < i;
            whole = !is_of_day || said || name_change(territory, &territory->change[k], &remark.titles);
            any |= is_of_day;
        }
        remark.period = (mtm_period){territory->change[i].from, territory->change[i].from};
        remark.reason = likeness == MTMI_LIKENESS_MERGED ? MTM_REASON_NONE : MTM_REASON_EXTENT_DIFFERS;
        const mtm_status status = !whole         ? mtmi_error_memory(err)
                                  : any && !said ? mtmi_write_remark(writing, &remark, err)
                                                 : MTM_OK;
        mtmi_titles_free(&remark.titles);
        MTMI_CHECK_STATUS(status);
    }
    return MTM_OK;
}

/* The comparison of what both have. */
static mtm_status compare_common(mtmi_writing *writing, const mtmi_views *views, const mtmi_request *request,
                                 const mtmi_figure *covered, const mtmi_request *earlier, int part, mtm_error *err) {
    mtmi_like *like = &writing->result->likes[part - 1];
    mtmi_request as_far = *earlier;
    const mtmi_figure *base = NULL;
    as_far.as_covered = 1;
    if (covered == NULL || !covered->has_value || is_balance(request)) { /* it would be said in per cent */
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(mtmi_choose(views, &as_far, writing->result->comparisons[part - 1].period, covered, &base, err));
    if (base->has_value && mtmi_compare_differs(request, covered, writing->result->period, base,
                                                writing->result->comparisons[part - 1].period) == MTM_REASON_NONE) {
        writing->result->covers[part] = base->covers;
        MTMI_CHECK_STATUS(mtmi_like_for_like(request, covered, earlier, base, like, err));
        MTMI_CHECK_STATUS(mtmi_covering_describe(base, earlier, &writing->result->coverings[part], err));
    }
    if (like->has) {
        const mtmi_remark remark = mtmi_remark_of(MTMI_REMARK_LIKE_FOR_LIKE, part);
        MTMI_CHECK_STATUS(mtmi_write_remark(writing, &remark, err));
    }
    return MTM_OK;
}

mtmi_request mtmi_compare_earlier(const mtmi_request *request, const mtmi_figure *value, mtm_period base_period) {
    mtmi_request earlier = *request;
    earlier.membership = base_period;
    earlier.edition = value->vintage.edition;
    return earlier;
}

static mtm_reason reason_without_value(const mtmi_figure *value) {
    return value->has_value ? MTM_REASON_NOT_APPLICABLE : value->reason;
}

/* A sum of the days that files cover, of which some lack: also where they are in the middle. */
static int lacks_days(const mtmi_figure *figure) {
    return (figure->flags & MTM_FLAG_AS_COVERED) != 0 && !mtmi_period_same(figure->uncovered, MTMI_PERIOD_NONE);
}

/* Of a base that is there: the change where both cover the same, and what changed in between. */
static mtm_status compare_alike(mtmi_writing *writing, const mtmi_views *views, const mtmi_request *request,
                                const mtmi_figure *value, const mtmi_request *earlier, const mtmi_figure *base,
                                int part, mtm_error *err) {
    mtm_comparison *out = &writing->result->comparisons[part - 1];
    mtmi_territory territory = {base->view->dataset, NULL, 0, 0};
    mtmi_likeness likeness = MTMI_LIKENESS_OTHER;
    mtm_status status = MTM_OK;
    writing->result->covers[part] = base->covers;
    MTMI_TRY(mtmi_covering_compare(value, request, base, &views->cache->boxes, &territory, &likeness, err));
    likeness = lacks_days(value) || lacks_days(base) ? MTMI_LIKENESS_OTHER : likeness;
    out->reason = likeness <= MTMI_LIKENESS_MERGED ? MTM_REASON_NONE : MTM_REASON_EXTENT_DIFFERS;
    if (out->reason == MTM_REASON_NONE) {
        MTMI_TRY(fill_comparison(writing, request, value, base, part, out, err));
        MTMI_TRY(mtmi_covering_describe(base, earlier, &writing->result->coverings[part], err));
    }
    if (likeness == MTMI_LIKENESS_MERGED || likeness == MTMI_LIKENESS_MOVED) {
        MTMI_TRY(write_territory(writing, &territory, likeness, part, err));
    }
    if (depends_on_absent(value, base, out)) {
        out->has_percent = 0;
        out->percent = (mtm_decimal){0, 0, 0};
        out->reason = MTM_REASON_COVERAGE_INCOMPLETE;
    }
out:
    mtmi_territory_free(&territory);
    return status;
}

static mtm_status compare_figures(mtmi_writing *writing, const mtmi_views *views, const mtmi_request *request,
                                  const mtmi_figure *value, const mtmi_request *earlier, int part, mtm_error *err) {
    mtm_comparison *out = &writing->result->comparisons[part - 1];
    const mtmi_figure *base = NULL;
    MTMI_CHECK_STATUS(mtmi_choose(views, earlier, out->period, value, &base, err));
    if (base->has_value) {
        return compare_alike(writing, views, request, value, earlier, base, part, err);
    }
    mtm_reason reason = reason_of_base(base->reason);
    if (reason == MTM_REASON_BASE_MISSING) {
        MTMI_CHECK_STATUS(measured_otherwise(views, earlier, out->period, &reason, err));
    }
    out->reason = (int32_t)reason;
    return MTM_OK;
}

/* Whether the calendar has all points at which movements were seen. */
static int has_points(const mtmi_views *views, const mtm_dataset *days) {
    for (size_t i = 0; i < views->n; i++) {
        const mtm_dataset *dataset = views->view[i].dataset;
        if (strcmp(mtmi_dataset_concept(dataset), "flow-monitoring") == 0 &&
            !mtmi_observation_has_points(days, dataset)) {
            return 0;
        }
    }
    return 1;
}

int mtmi_calendars_have_points(const mtmi_views *views) {
    for (size_t i = 0; i < views->n; i++) {
        const mtm_dataset *dataset = views->view[i].dataset;
        if (mtmi_observation_is_days(dataset) && !has_points(views, dataset)) {
            return 0;
        }
    }
    return 1;
}

/* Movements that were seen at points compare where the points were open alike. Without a calendar nobody knows. */
static mtm_reason points_differ(const mtmi_views *views, const mtm_result *result, mtm_period base) {
    mtm_reason reason = MTM_REASON_COVERAGE_UNKNOWN;
    if (result->component != MTMI_COMPONENT_FLOW_REGISTRY || strcmp(result->concept, "flow-monitoring") != 0) {
        return MTM_REASON_NONE;
    }
    for (size_t i = 0; i < views->n; i++) {
        const mtm_dataset *dataset = views->view[i].dataset;
        if (mtmi_observation_is_days(dataset)) {
            if (!has_points(views, dataset)) {
                return MTM_REASON_COVERAGE_UNKNOWN;
            }
            if (!mtmi_observation_compares(dataset, result->period, base)) {
                return MTM_REASON_EXTENT_DIFFERS;
            }
            reason = MTM_REASON_NONE;
        }
    }
    return reason;
}

mtm_status mtmi_compare(mtmi_writing *writing, const mtmi_views *views, const mtmi_request *request,
                        const mtmi_figure *value, const mtmi_figure *covered, mtm_comparison_with with,
                        mtm_error *err) {
    mtm_result *result = writing->result;
    mtm_comparison *out = &result->comparisons[with];
    int part = with == MTM_WITH_PREVIOUS_PERIOD ? MTM_LINEAGE_PREVIOUS : MTM_LINEAGE_LAST_YEAR;
    memset(out, 0, sizeof *out);
    result->has_comparison[with] = 1;
    out->base_status = 'A';
    out->period = with == MTM_WITH_PREVIOUS_PERIOD ? mtmi_period_previous(result->period)
                                                   : mtm_period_year_before(result->period);
    out->reason = (int32_t)(value->has_value ? points_differ(views, result, out->period) : MTM_REASON_NONE);
    if (out->reason != MTM_REASON_NONE) {
        return MTM_OK;
    }
    const mtmi_request earlier = mtmi_compare_earlier(request, value, out->period);
    if (!value->has_value || mtmi_statistic_divides(result->statistic)) {
        out->reason = (int32_t)reason_without_value(value);
    } else {
        MTMI_CHECK_STATUS(compare_figures(writing, views, request, value, &earlier, part, err));
    }
    if (out->reason == MTM_REASON_EXTENT_DIFFERS || (out->reason == MTM_REASON_COVERAGE_INCOMPLETE && !out->has_base)) {
        MTMI_CHECK_STATUS(compare_common(writing, views, request, covered, &earlier, part, err));
    }
    return MTM_OK;
}
