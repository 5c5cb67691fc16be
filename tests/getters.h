/* What tests ask of datasets, results, indicators and packages: one value per call, taken from the structs that the public
 * functions fill. */
#ifndef TESTS_GETTERS_H
#define TESTS_GETTERS_H

#include <mtm.h>

#include <string.h>

#define FROM_PATH(path) (&(mtm_source)MTM_SOURCE_PATH_INIT(path))
#define FROM_BYTES(bytes, n, name) (&(mtm_source)MTM_SOURCE_BYTES_INIT(bytes, n, name))
#define FROM_TEXT(text, name) (&(mtm_source)MTM_SOURCE_BYTES_INIT(text, strlen(text), name))
#define FROM_DESCRIPTOR(descriptor, name) (&(mtm_source)MTM_SOURCE_DESCRIPTOR_INIT(descriptor, name))
#define FROM_ARROW(stream, name) (&(mtm_source)MTM_SOURCE_ARROW_INIT(stream, name))

/* ---- datasets ---- */

static inline mtm_dataset_info dataset_info(const mtm_dataset *dataset) {
    mtm_dataset_info info = MTM_DATASET_INFO_INIT;
    mtm_dataset_get(dataset, MTM_LANGUAGE_EN, &info);
    return info;
}

static inline const char *dataset_name(const mtm_dataset *dataset) {
    return dataset_info(dataset).name;
}
static inline const char *dataset_concept(const mtm_dataset *dataset) {
    return dataset_info(dataset).concept_id;
}
static inline const char *dataset_unit(const mtm_dataset *dataset) {
    return dataset_info(dataset).unit;
}
static inline mtm_kind dataset_kind(const mtm_dataset *dataset) {
    return (mtm_kind)dataset_info(dataset).kind;
}
static inline int dataset_multiplier(const mtm_dataset *dataset) {
    return dataset_info(dataset).multiplier;
}
static inline int dataset_decimals(const mtm_dataset *dataset) {
    return dataset_info(dataset).decimals;
}
static inline size_t dataset_count(const mtm_dataset *dataset) {
    return dataset_info(dataset).n_observations;
}
static inline size_t dataset_release_count(const mtm_dataset *dataset) {
    return dataset_info(dataset).n_releases;
}
static inline size_t dataset_dimension_count(const mtm_dataset *dataset) {
    return dataset_info(dataset).n_dimensions;
}

static inline const mtm_period *dataset_periods(const mtm_dataset *dataset) {
    return (const mtm_period *)mtm_dataset_column(dataset, MTM_COLUMN_PERIOD, 0);
}
static inline const int64_t *dataset_values(const mtm_dataset *dataset) {
    return (const int64_t *)mtm_dataset_column(dataset, MTM_COLUMN_VALUE, 0);
}
static inline const char *dataset_statuses(const mtm_dataset *dataset) {
    return (const char *)mtm_dataset_column(dataset, MTM_COLUMN_STATUS, 0);
}
static inline const int64_t *dataset_lines(const mtm_dataset *dataset) {
    return (const int64_t *)mtm_dataset_column(dataset, MTM_COLUMN_LINE, 0);
}
static inline const int32_t *dataset_releases(const mtm_dataset *dataset) {
    return (const int32_t *)mtm_dataset_column(dataset, MTM_COLUMN_RELEASE, 0);
}
static inline const int32_t *dataset_codes(const mtm_dataset *dataset, size_t dimension) {
    return (const int32_t *)mtm_dataset_column(dataset, MTM_COLUMN_CODE, dimension);
}

static inline const char *dataset_release(const mtm_dataset *dataset, size_t index, mtm_period *date) {
    mtm_release release = MTM_RELEASE_INIT;
    if (!mtm_dataset_release(dataset, index, &release)) {
        return NULL;
    }
    *date = release.date;
    return release.edition;
}

static inline mtm_dimension dataset_dimension_of(const mtm_dataset *dataset, size_t dimension) {
    mtm_dimension found = MTM_DIMENSION_INIT;
    mtm_dataset_dimension(dataset, dimension, &found);
    return found;
}
static inline const char *dataset_dimension(const mtm_dataset *dataset, size_t dimension) {
    return dataset_dimension_of(dataset, dimension).name;
}
static inline const mtm_codelist *dataset_codelist(const mtm_dataset *dataset, size_t dimension) {
    return dataset_dimension_of(dataset, dimension).list;
}
static inline size_t dataset_member_count(const mtm_dataset *dataset, size_t dimension) {
    return dataset_dimension_of(dataset, dimension).n_members;
}

static inline const char *dataset_member(const mtm_dataset *dataset, size_t dimension, size_t member) {
    mtm_member found = MTM_MEMBER_INIT;
    return mtm_dataset_member(dataset, dimension, member, MTM_LANGUAGE_EN, &found) ? found.code : NULL;
}
static inline mtm_member_kind dataset_member_kind(const mtm_dataset *dataset, size_t dimension, size_t member) {
    mtm_member found = MTM_MEMBER_INIT;
    found.kind = MTM_MEMBER_UNCLASSIFIED;
    mtm_dataset_member(dataset, dimension, member, MTM_LANGUAGE_EN, &found);
    return (mtm_member_kind)found.kind;
}
static inline const char *dataset_label(const mtm_dataset *dataset, size_t dimension, size_t member,
                                        mtm_language language) {
    mtm_member found = MTM_MEMBER_INIT;
    return mtm_dataset_member(dataset, dimension, member, language, &found) ? found.label : NULL;
}

/* ---- code lists, packages, indicators ---- */

static inline mtm_codelist_info codelist_info(const mtm_codelist *list, mtm_language language) {
    mtm_codelist_info info = MTM_CODELIST_INFO_INIT;
    mtm_codelist_get(list, language, &info);
    return info;
}
static inline const char *codelist_id(const mtm_codelist *list) {
    return codelist_info(list, MTM_LANGUAGE_EN).id;
}
static inline const char *codelist_source(const mtm_codelist *list) {
    return codelist_info(list, MTM_LANGUAGE_EN).source;
}
static inline const char *codelist_title(const mtm_codelist *list, mtm_language language) {
    return codelist_info(list, language).title;
}
static inline size_t codelist_count(void) {
    size_t n = 0;
    while (mtm_codelist_at(n) != NULL) {
        n++;
    }
    return n;
}
static inline const mtm_codelist *codelist_of(const char *id) {
    const mtm_codelist *list = NULL;
    mtm_codelist_find(id, &list, NULL);
    return list;
}

static inline mtm_package_info package_info(const mtm_package *package, mtm_language language) {
    mtm_package_info info = MTM_PACKAGE_INFO_INIT;
    mtm_package_get(package, language, &info);
    return info;
}
static inline const char *package_title(const mtm_package *package, mtm_language language) {
    return package_info(package, language).title;
}
static inline const char *package_country(const mtm_package *package) {
    return package_info(package, MTM_LANGUAGE_EN).country;
}
static inline int package_period(const mtm_package *package, mtm_period *out) {
    mtm_package_info info = package_info(package, MTM_LANGUAGE_EN);
    if (info.has_period) {
        *out = info.period;
    }
    return info.has_period;
}

static inline mtm_indicator_info indicator_info(const mtm_indicator *indicator, mtm_language language) {
    mtm_indicator_info info = MTM_INDICATOR_INFO_INIT;
    mtm_indicator_get(indicator, language, &info);
    return info;
}
static inline const char *indicator_id(const mtm_indicator *indicator) {
    return indicator_info(indicator, 0).id;
}
static inline const char *indicator_section(const mtm_indicator *indicator) {
    return indicator_info(indicator, 0).section;
}
static inline const char *indicator_concept(const mtm_indicator *indicator) {
    return indicator_info(indicator, 0).concept_id;
}
static inline const char *indicator_unit(const mtm_indicator *indicator) {
    return indicator_info(indicator, 0).unit;
}
static inline const char *indicator_dimension(const mtm_indicator *indicator) {
    return indicator_info(indicator, 0).dimension;
}
static inline const char *indicator_title(const mtm_indicator *indicator, mtm_language language) {
    return indicator_info(indicator, language).title;
}
static inline const char *indicator_definition(const mtm_indicator *indicator, mtm_language language) {
    return indicator_info(indicator, language).definition;
}

/* ---- results ---- */

static inline const mtm_result *results_find(const mtm_results *results, const char *id) {
    const mtm_result *result = NULL;
    mtm_results_find(results, id, NULL, &result, NULL);
    return result;
}

static inline mtm_result_info result_info(const mtm_result *result) {
    mtm_result_info info = MTM_RESULT_INFO_INIT;
    mtm_result_get(result, MTM_LANGUAGE_EN, &info);
    return info;
}
static inline const char *result_id(const mtm_result *result) {
    return result_info(result).id;
}
static inline const char *result_section(const mtm_result *result) {
    return result_info(result).section;
}
static inline const char *result_unit(const mtm_result *result) {
    return result_info(result).unit;
}
static inline const char *result_dimension(const mtm_result *result) {
    return result_info(result).dimension;
}
static inline int result_kind(const mtm_result *result) {
    return result_info(result).kind;
}
static inline int result_multiplier(const mtm_result *result) {
    return result_info(result).multiplier;
}
static inline mtm_period result_period(const mtm_result *result) {
    return result_info(result).period;
}
static inline mtm_period result_observed(const mtm_result *result) {
    return result_info(result).observed;
}
static inline mtm_reason result_reason(const mtm_result *result) {
    return (mtm_reason)result_info(result).reason;
}
static inline mtm_reason result_breakdown_reason(const mtm_result *result) {
    return (mtm_reason)result_info(result).breakdown_reason;
}
static inline uint32_t result_flags(const mtm_result *result) {
    return result_info(result).flags;
}
static inline char result_status(const mtm_result *result) {
    return result_info(result).status;
}
static inline size_t result_row_count(const mtm_result *result) {
    return result_info(result).n_rows;
}
static inline size_t result_point_count(const mtm_result *result) {
    return result_info(result).n_points;
}
static inline size_t result_step_count(const mtm_result *result) {
    return result_info(result).n_steps;
}

static inline const char *result_title(const mtm_result *result, mtm_language language) {
    mtm_result_info info = MTM_RESULT_INFO_INIT;
    mtm_result_get(result, language, &info);
    return info.title;
}
static inline int result_value(const mtm_result *result, mtm_decimal *out) {
    mtm_result_info info = result_info(result);
    if (info.has_value) {
        *out = info.value;
    }
    return info.has_value;
}
static inline int result_comparison(const mtm_result *result, mtm_comparison_with with, mtm_comparison *out) {
    mtm_comparison found = MTM_COMPARISON_INIT;
    int has = mtm_result_comparison(result, with, &found);
    if (has && out != NULL) {
        *out = found;
    }
    return has;
}
static inline int result_row(const mtm_result *result, size_t index, mtm_row *out) {
    mtm_row found = MTM_ROW_INIT;
    int has = mtm_result_row(result, index, MTM_LANGUAGE_EN, &found);
    if (has && out != NULL) {
        *out = found;
    }
    return has;
}
static inline const char *result_row_code(const mtm_result *result, size_t index) {
    mtm_row row = MTM_ROW_INIT;
    return mtm_result_row(result, index, MTM_LANGUAGE_EN, &row) ? row.code : NULL;
}
static inline const char *result_row_label(const mtm_result *result, size_t index, mtm_language language) {
    mtm_row row = MTM_ROW_INIT;
    return mtm_result_row(result, index, language, &row) ? row.label : NULL;
}
static inline int result_step(const mtm_result *result, size_t index, mtm_step *out) {
    mtm_step found = MTM_STEP_INIT;
    int has = mtm_result_step(result, index, &found);
    if (has && out != NULL) {
        *out = found;
    }
    return has;
}

#endif
