/* The getters of results, which are frozen when they are handed over. */
#include "indicator/result.h"

#include "base/error.h"
#include "period/period.h"

#include <string.h>

static const char *or_empty(const char *text) {
    return text != NULL ? text : "";
}

const char *mtmi_token_reason(int reason) {
    static const char *const tokens[] = {"",
                                         "no-data",
                                         "period-unavailable",
                                         "periods-not-aligned",
                                         "cumulative-base",
                                         "editions-differ",
                                         "breakdown-unavailable",
                                         "too-old",
                                         "base-zero",
                                         "base-negative",
                                         "base-missing",
                                         "windows-differ",
                                         "units-differ",
                                         "vintages-differ",
                                         "coverage-differs",
                                         "definition-differs",
                                         "missing-value",
                                         "not-applicable",
                                         "suppressed",
                                         "ambiguous-source",
                                         "coverage-incomplete",
                                         "coverage-unknown",
                                         "extent-differs",
                                         "too-large",
                                         "total-uncertain"};
    return (size_t)reason < sizeof tokens / sizeof *tokens ? tokens[reason] : "";
}

size_t mtm_results_count(const mtm_results *results) {
    return results->n;
}

const mtm_result *mtm_results_at(const mtm_results *results, size_t index) {
    return index < results->n ? &results->results[index] : NULL;
}

mtm_status mtm_results_find(const mtm_results *results, const char *id, const mtm_period *period,
                            const mtm_result **out, mtm_error *err) {
    if (results == NULL || id == NULL || out == NULL) {
        return mtmi_error_argument(err, results == NULL ? "results" : id == NULL ? "id" : "out", "not NULL");
    }
    *out = NULL;
    for (size_t i = 0; i < results->n; i++) {
        const mtm_result *result = &results->results[i];
        if (strcmp(result->id, id) == 0 && (period == NULL || mtmi_period_same(result->period, *period))) {
            *out = result;
            return MTM_OK;
        }
    }
    return mtmi_error_set(err, MTM_ERROR_NOT_FOUND, 0, (mtmi_place){id, 0, 0},
                          "found no result of this indicator%s, expected one that was computed",
                          period != NULL ? " and period" : "");
}

const mtm_result *mtmi_results_get(const mtm_results *results, const char *id) {
    const mtm_result *found = NULL;
    return mtm_results_find(results, id, NULL, &found, NULL) == MTM_OK ? found : NULL;
}

int mtm_result_get(const mtm_result *result, mtm_language language, mtm_result_info *out) {
    const mtm_result_info info = {
        .size = sizeof info,
        .id = or_empty(result->id),
        .title = mtmi_titles_get(&result->title, language),
        .section = or_empty(result->section),
        .concept_id = or_empty(result->concept),
        .unit = or_empty(result->unit),
        .dimension = or_empty(result->dimension),
        .period = result->period,
        .observed = result->observed,
        .value = result->value,
        .has_value = result->has_value,
        .reason = (int32_t)result->reason,
        .breakdown_reason = (int32_t)result->breakdown_reason,
        .kind = (int32_t)result->kind,
        .multiplier = result->multiplier,
        .flags = result->flags,
        .n_rows = result->n_rows,
        .n_points = result->n_points,
        .n_steps = result->n_steps,
        .status = result->status,
        .told = or_empty(result->coverings[0].dimension),
        .expected = result->coverings[0].expected,
        .covered = result->coverings[0].covered,
        .absent = result->coverings[0].absent,
        .assumed = result->coverings[0].assumed,
        .fresh = result->coverings[0].fresh,
        .frame = result->coverings[0].frame,
    };
    return mtmi_info_fill(out, &info, sizeof info);
}

int mtm_result_comparison(const mtm_result *result, mtm_comparison_with with, mtm_comparison *out) {
    if ((unsigned)with > MTM_WITH_SAME_PERIOD_LAST_YEAR || !result->has_comparison[with]) {
        return 0;
    }
    const mtmi_like *like = &result->likes[with];
    mtm_comparison comparison = result->comparisons[with];
    comparison.has_like = like->has;
    comparison.like_common = like->has ? like->common : 0;
    comparison.like_value = like->value;
    comparison.like_base = like->base;
    comparison.like_absolute = like->absolute;
    comparison.like_percent = like->percent;
    comparison.like_value_share = like->value_share;
    comparison.like_base_share = like->base_share;
    return mtmi_info_fill(out, &comparison, sizeof comparison);
}

int mtm_result_row(const mtm_result *result, size_t index, mtm_language language, mtm_row *out) {
    if (index >= result->n_rows) {
        return 0;
    }
    mtm_row row = result->rows[index].row;
    row.code = result->rows[index].code;
    row.label = mtmi_titles_get(&result->rows[index].label, language);
    return mtmi_info_fill(out, &row, sizeof row);
}

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

mtm_step mtmi_result_step(const mtm_result *result, size_t index) {
    const mtmi_step *step = &result->steps[index];
    const mtmi_step_source *source = &result->step_sources[step->source];
    return (mtm_step){.size = sizeof(mtm_step),
                      .dataset = result->strings[source->dataset],
                      .file = result->strings[source->file],
                      .edition = result->strings[source->edition],
                      .row = result->strings[step->row],
                      .period = step->period,
                      .release = source->release,
                      .value = {step->units, source->decimals, 0},
                      .line = step->line,
                      .column = step->column,
                      .of = step->of,
                      .operation = step->operation,
                      .status = step->status};
}

uint32_t mtmi_result_covers(const mtm_result *result, int part, size_t index) {
    switch (part) {
    case MTM_LINEAGE_VALUE:
    case MTM_LINEAGE_PREVIOUS:
    case MTM_LINEAGE_LAST_YEAR: return index == 0 ? result->covers[part] : MTMI_NO_EXTENT;
    case MTM_LINEAGE_BREAKDOWN: return index < result->n_rows ? result->rows[index].covers : MTMI_NO_EXTENT;
    case MTM_LINEAGE_POINT: return index < result->n_points ? result->points[index].covers : MTMI_NO_EXTENT;
    default: return MTMI_NO_EXTENT;
    }
}

const char *mtmi_result_extent(const mtm_result *result, int part, size_t index) {
    const uint32_t number = mtmi_result_covers(result, part, index);
    return number < result->n_extents ? result->extents[number] : NULL;
}

int mtm_result_extent(const mtm_result *result, mtm_lineage_of part, size_t index, mtm_extent *out) {
    static const mtmi_covering none = {.frame = MTM_FRAME_SEEN};
    const char *text = mtmi_result_extent(result, (int)part, index);
    if (text == NULL) {
        return 0;
    }
    const mtmi_covering *covering = part <= MTM_LINEAGE_LAST_YEAR ? &result->coverings[part] : &none;
    const mtm_extent extent = {.size = sizeof extent,
                               .text = text,
                               .number = mtmi_result_covers(result, (int)part, index),
                               .told = or_empty(covering->dimension),
                               .expected = covering->expected,
                               .covered = covering->covered,
                               .absent = covering->absent,
                               .assumed = covering->assumed,
                               .fresh = covering->fresh,
                               .frame = covering->frame};
    return mtmi_info_fill(out, &extent, sizeof extent);
}

int mtm_result_step(const mtm_result *result, size_t index, mtm_step *out) {
    if (index >= result->n_steps) {
        return 0;
    }
    const mtm_step step = mtmi_result_step(result, index);
    return mtmi_info_fill(out, &step, sizeof step);
}

int mtmi_result_is_percent(const mtm_result *result) {
    const char *unit = result->unit != NULL ? result->unit : "";
    return result->statistic == MTMI_STATISTIC_SHARE || strcmp(unit, "percent") == 0 || strcmp(unit, "per cent") == 0 ||
           strcmp(unit, "%") == 0;
}

int mtmi_result_is_ratio(const mtm_result *result) {
    return mtmi_statistic_divides(result->statistic) || mtmi_result_is_percent(result);
}

int mtmi_results_is_of_others(const mtm_results *results, const mtm_result *result) {
    const uint32_t office = (uint32_t)1 << MTMI_COMPONENT_NONE, own = (uint32_t)1 << result->component;
    if (result->reason == MTM_REASON_NO_DATA && strcmp(result->concept, "arrivals") == 0) {
        return 1; /* what is asked where a source says no more; a package without such a source lacks nothing */
    }
    return (results->components & own) == 0 && (own != office || results->components != 0);
}
