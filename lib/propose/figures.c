/* Finds the numbers among results that are refused for what they cover, or because a sum has two readings: a line of
 * the package may say which. */
#include "base/error.h"
#include "base/memory.h"
#include "propose/propose.h"

int mtmi_refused_for_coverage(int32_t reason) {
    return reason == MTM_REASON_COVERAGE_INCOMPLETE || reason == MTM_REASON_COVERAGE_UNKNOWN ||
           reason == MTM_REASON_EXTENT_DIFFERS || reason == MTM_REASON_TOTAL_UNCERTAIN;
}

/* Comparisons of a value that is there: without a value its own reason is theirs. */
static size_t list_result(const mtm_result *result, size_t at, mtmi_refused_figure *out) {
    size_t n = 0;
    if (!result->has_value) {
        if (mtmi_refused_for_coverage(result->reason)) {
            out[n++] = (mtmi_refused_figure){at, MTM_LINEAGE_VALUE, result->reason, 0, MTM_REASON_NONE};
        }
        return n;
    }
    for (int with = 0; with < 2; with++) {
        const mtm_comparison *comparison = &result->comparisons[with];
        if (result->has_comparison[with] && !comparison->has_percent && mtmi_refused_for_coverage(comparison->reason)) {
            out[n++] = (mtmi_refused_figure){at, MTM_LINEAGE_PREVIOUS + with, (mtm_reason)comparison->reason, 0,
                                             MTM_REASON_NONE};
        }
    }
    return n;
}

mtm_status mtmi_refused_list(const mtm_results *results, mtmi_refused_figure **out, size_t *n, mtm_error *err) {
    *n = 0;
    *out = mtmi_memory_new(2 * results->n + 1, sizeof **out);
    if (*out == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < results->n; i++) {
        *n += list_result(&results->results[i], i, *out + *n);
    }
    return MTM_OK;
}
