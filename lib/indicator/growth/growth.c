/* Finds the bases of a breakdown's rows and parts the change of the value among them. The per cent of the whole is rounded once;
 * points of the rows are cut to its decimals, and what is then lacking goes to those that were cut most (largest
 * remainders), so that what is printed adds up. */
#include "indicator/growth/growth.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "indicator/breakdown.h"
#include "indicator/compare.h"

#include <string.h>

typedef struct growing {
    mtm_result *result;
    const mtmi_parts *parts;
    mtm_comparison_with with;
    mtmi_wide *remainders; /* what was cut of each row's points */
} growing;

static const mtmi_dimension *dimension_of(const mtmi_parts *parts) {
    return &parts->view->dataset->dimensions[parts->by];
}

/* The base of a row. 0 where the data give none: absence is no zero. */
static int find_base(const growing *growth, const mtmi_result_row *row, mtm_decimal *out) {
    const mtmi_dimension *dimension = dimension_of(growth->parts);
    for (size_t i = 0; i < growth->parts->n; i++) {
        const mtmi_sum *sum = &growth->parts->part[i].sum;
        if (dimension->members[i].kind == (mtm_member_kind)row->row.kind &&
            strcmp(dimension->members[i].code, row->code) == 0) {
            return sum->state == MTMI_SUM_VALUE &&
                   mtmi_decimal_narrow(sum->units, growth->parts->view->dataset->decimals, out, NULL) == MTM_OK;
        }
    }
    return 0;
}

static int is_remainder(const mtmi_result_row *row) {
    return row->row.kind == MTM_MEMBER_OTHER;
}

/* The changes of the rows; the remainder's is what they leave of the whole. 0 where they do not add up. */
static int find_changes(const growing *growth) {
    const mtm_comparison *comparison = &growth->result->comparisons[growth->with];
    mtmi_result_row *rest = NULL;
    mtm_decimal left = comparison->absolute, base;
    for (size_t i = 0; i < growth->result->n_rows; i++) {
        mtmi_result_row *row = &growth->result->rows[i];
        if (is_remainder(row)) {
            rest = row;
            continue;
        }
        mtm_decimal *change = &row->growth[growth->with].change;
        if (!row->row.has_value || !find_base(growth, row, &base) ||
            mtmi_decimal_subtract(row->row.value, base, change, NULL) != MTM_OK ||
            mtmi_decimal_subtract(left, *change, &left, NULL) != MTM_OK) {
            return 0;
        }
    }
    if (rest != NULL) {
        rest->growth[growth->with].change = left;
    }
    return rest != NULL || left.units == 0;
}

static mtmi_wide floor_of(mtmi_wide part, mtmi_wide whole, mtmi_wide *remainder) {
    mtmi_wide quotient = part / whole;
    quotient -= part % whole < 0;
    *remainder = part - quotient * whole;
    return quotient;
}

/* Cuts the points of every row and returns what is lacking of the whole, in units of its last decimal. */
static mtmi_wide cut_points(const growing *job) {
    const mtm_comparison *comparison = &job->result->comparisons[job->with];
    mtmi_wide lacking = comparison->percent.units;
    for (size_t i = 0; i < job->result->n_rows; i++) {
        mtmi_result_growth *growth = &job->result->rows[i].growth[job->with];
        int decimals =
            growth->change.decimals > comparison->base.decimals ? growth->change.decimals : comparison->base.decimals;
        mtmi_wide change = mtmi_decimal_rescale(growth->change.units, growth->change.decimals, decimals);
        mtmi_wide base = mtmi_decimal_rescale(comparison->base.units, comparison->base.decimals, decimals);
        mtmi_wide cut =
            floor_of(change * 100 * mtmi_decimal_power(comparison->percent.decimals), base, &job->remainders[i]);
        growth->points = (mtm_decimal){(int64_t)cut, comparison->percent.decimals, 0};
        lacking -= cut;
    }
    return lacking;
}

static void add_to_largest(const growing *growth) {
    size_t largest = 0;
    for (size_t i = 1; i < growth->result->n_rows; i++) {
        largest = growth->remainders[i] > growth->remainders[largest] ? i : largest;
    }
    growth->result->rows[largest].growth[growth->with].points.units++;
    growth->remainders[largest] = -1;
}

static mtm_status part_change(growing *growth, mtm_error *err) {
    if (!find_changes(growth)) {
        return MTM_OK;
    }
    growth->remainders = mtmi_memory_new(growth->result->n_rows, sizeof *growth->remainders);
    if (growth->remainders == NULL) {
        return mtmi_error_memory(err);
    }
    mtmi_wide lacking = cut_points(growth);
    int adds_up = lacking >= 0 && lacking <= (mtmi_wide)growth->result->n_rows;
    for (; adds_up && lacking > 0; lacking--) {
        add_to_largest(growth);
    }
    growth->result->has_growth[growth->with] = adds_up;
    mtmi_memory_free(growth->remainders);
    return MTM_OK;
}

static mtm_status write_one(mtm_result *result, const mtmi_views *views, const mtmi_request *request,
                            const mtmi_figure *base, mtm_comparison_with with, mtm_error *err) {
    const mtm_comparison *comparison = &result->comparisons[with];
    mtmi_parts parts;
    mtm_reason reason;
    mtm_period window;
    if (!result->has_comparison[with] || !comparison->has_percent || comparison->reason != MTM_REASON_NONE ||
        !base->has_value || mtmi_decimal_compare(base->value, comparison->base) != 0 || result->n_rows == 0 ||
        result->rows_are_selection) {
        return MTM_OK;
    }
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_parts_find(views, request, comparison->period, base, &parts, &reason, &window, err));
    if (parts.view != NULL && !parts.selection && !parts.view->dataset->microdata &&
        !parts.view->dataset->confidential && strcmp(dimension_of(&parts)->name, result->dimension) == 0) {
        growing growth = {result, &parts, with, NULL};
        MTMI_TRY(part_change(&growth, err));
    }
out:
    mtmi_parts_clear(&parts);
    return status;
}

mtm_status mtmi_growth_write(mtm_result *result, const mtmi_views *views, const mtmi_request *request,
                             const mtmi_figure *value, mtm_error *err) {
    if ((result->flags & MTM_FLAG_MICRODATA) != 0 || mtmi_statistic_divides(result->statistic) || !result->has_value) {
        return MTM_OK;
    }
    for (int with = 0; with < 2; with++) {
        const mtmi_figure *base = NULL;
        if (result->has_comparison[with] && result->comparisons[with].has_base && result->n_rows > 0) {
            const mtmi_request earlier =
                mtmi_compare_earlier(request, value, result->comparisons[with].period); /* the base that was compared */
            MTMI_CHECK_STATUS(mtmi_choose(views, &earlier, result->comparisons[with].period, value, &base, err));
            MTMI_CHECK_STATUS(write_one(result, views, &earlier, base, (mtm_comparison_with)with, err));
        }
    }
    return MTM_OK;
}
