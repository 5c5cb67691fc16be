/* In: results, made by compute and frozen. Out: what they lend.
 * Getters only. Does not know a dataset or how a number was computed. */
#include "indicator/result.h"

#include <string.h>

static const char *or_empty(const char *text) { return text != NULL ? text : ""; }

size_t mtm_results_count(const mtm_results *results) { return results->n; }

const mtm_result *mtm_results_at(const mtm_results *results, size_t index) {
    return index < results->n ? &results->results[index] : NULL;
}

const mtm_result *mtm_results_find(const mtm_results *results, const char *id) {
    for (size_t i = 0; id != NULL && i < results->n; i++) {
        if (strcmp(results->results[i].id, id) == 0) {
            return &results->results[i];
        }
    }
    return NULL;
}

const char *mtm_result_id(const mtm_result *result) { return or_empty(result->id); }

const char *mtm_result_title(const mtm_result *result, mtm_language language) {
    return mtmi_titles_get(&result->title, language);
}

const char *mtm_result_section(const mtm_result *result) { return or_empty(result->section); }
const char *mtm_result_unit(const mtm_result *result) { return or_empty(result->unit); }
int mtm_result_multiplier(const mtm_result *result) { return result->multiplier; }
int mtm_result_kind(const mtm_result *result) { return (int)result->kind; }
mtm_period mtm_result_period(const mtm_result *result) { return result->period; }
mtm_period mtm_result_observed(const mtm_result *result) { return result->observed; }
mtm_reason mtm_result_reason(const mtm_result *result) { return result->reason; }

int mtm_result_value(const mtm_result *result, mtm_decimal *out) {
    if (result->has_value && out != NULL) {
        *out = result->value;
    }
    return result->has_value;
}

char mtm_result_status(const mtm_result *result) { return result->status; }
uint32_t mtm_result_flags(const mtm_result *result) { return result->flags; }

int mtm_result_comparison(const mtm_result *result, mtm_comparison_with with, mtm_comparison *out) {
    if ((unsigned)with > MTM_WITH_SAME_PERIOD_LAST_YEAR || !result->has_comparison[with]) {
        return 0;
    }
    if (out != NULL) {
        *out = result->comparisons[with];
    }
    return 1;
}

const char *mtm_result_dimension(const mtm_result *result) { return or_empty(result->dimension); }
mtm_reason mtm_result_breakdown_reason(const mtm_result *result) { return result->breakdown_reason; }
size_t mtm_result_row_count(const mtm_result *result) { return result->n_rows; }

int mtm_result_row(const mtm_result *result, size_t index, mtm_row *out) {
    if (index >= result->n_rows) {
        return 0;
    }
    if (out != NULL) {
        *out = result->rows[index].row;
    }
    return 1;
}

const char *mtm_result_row_code(const mtm_result *result, size_t index) {
    return index < result->n_rows ? result->rows[index].code : NULL;
}

const char *mtm_result_row_label(const mtm_result *result, size_t index, mtm_language language) {
    return index < result->n_rows ? mtmi_titles_get(&result->rows[index].label, language) : NULL;
}

size_t mtm_result_point_count(const mtm_result *result) { return result->n_points; }

int mtm_result_point(const mtm_result *result, size_t index, mtm_period *period, mtm_decimal *value) {
    if (index >= result->n_points) {
        return 0;
    }
    if (period != NULL) {
        *period = result->points[index].period;
    }
    if (value != NULL) {
        *value = result->points[index].value;
    }
    return 1;
}

size_t mtm_result_step_count(const mtm_result *result) { return result->n_steps; }

int mtm_result_step(const mtm_result *result, size_t index, mtm_step *out) {
    if (index >= result->n_steps) {
        return 0;
    }
    if (out != NULL) {
        *out = result->steps[index].step;
    }
    return 1;
}
