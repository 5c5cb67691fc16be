/**
 * @file mtm/indicator.h
 * @brief Indicators: definitions of the statistics a report states, and computing them.
 */
#ifndef MTM_INDICATOR_H
#define MTM_INDICATOR_H

#include <mtm/package.h>
#include <mtm/result.h>
#include <mtm/text.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @brief A set of indicator definitions. Frozen: may be used from many threads.
 * @since 0.1
 */
typedef struct mtm_catalogue mtm_catalogue;

/**
 * @brief One definition of a catalogue.
 * @since 0.1
 */
typedef struct mtm_indicator mtm_indicator;

/**
 * @brief The built-in catalogue: every statement of the Mobility Tracking Matrix's quarterly report.
 * @param[out] out Given: free with mtm_catalogue_free(). NULL on failure.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT or MTM_ERROR_MEMORY.
 * @since 0.1
 */
MTM_API mtm_status mtm_catalogue_new(mtm_catalogue **out, mtm_error *err);

/**
 * @brief The built-in catalogue with a user's definitions added; one of the same id replaces the built-in one.
 * @param path A JSON file of the built-in catalogue's form; UTF-8.
 * @param[out] out Given: free with mtm_catalogue_free(). NULL on failure.
 * @param[out] err The definition and property that is wrong; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_SCHEMA, or any error of reading.
 * @since 0.1
 */
MTM_API mtm_status mtm_catalogue_read(const char *path, mtm_catalogue **out, mtm_error *err);

/** @brief Frees a catalogue. @param catalogue A catalogue, or NULL. @since 0.1 */
MTM_API void mtm_catalogue_free(mtm_catalogue *catalogue);

/** @brief How many indicators. @param catalogue A catalogue, not NULL. @return Their number. @since 0.1 */
MTM_API size_t mtm_catalogue_count(const mtm_catalogue *catalogue);

/**
 * @brief An indicator, in the order of the report.
 * @param catalogue A catalogue, not NULL.
 * @param index From 0.
 * @return Lent: lives as long as @p catalogue; NULL when @p index is too large.
 * @since 0.1
 */
MTM_API const mtm_indicator *mtm_catalogue_at(const mtm_catalogue *catalogue, size_t index);

/**
 * @brief The indicator of an id.
 * @param catalogue A catalogue, not NULL.
 * @param id Such as "arrivals-by-origin".
 * @param[out] out Lent: lives as long as @p catalogue. NULL on failure.
 * @param[out] err Which ids come near; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT or MTM_ERROR_NOT_FOUND.
 * @since 0.1
 */
MTM_API mtm_status mtm_catalogue_find(const mtm_catalogue *catalogue, const char *id, const mtm_indicator **out,
                                      mtm_error *err);

/** @brief The id. @param indicator An indicator, not NULL. @return Lent. @since 0.1 */
MTM_API const char *mtm_indicator_id(const mtm_indicator *indicator);

/**
 * @brief The title.
 * @param indicator An indicator, not NULL.
 * @param language In which language.
 * @return Lent.
 * @since 0.1
 */
MTM_API const char *mtm_indicator_title(const mtm_indicator *indicator, mtm_language language);

/**
 * @brief What is counted, and how: the definition that belongs to the number.
 * @param indicator An indicator, not NULL.
 * @param language In which language.
 * @return Lent.
 * @since 0.1
 */
MTM_API const char *mtm_indicator_definition(const mtm_indicator *indicator, mtm_language language);

/** @brief The section's id. @param indicator An indicator, not NULL. @return Lent. @since 0.1 */
MTM_API const char *mtm_indicator_section(const mtm_indicator *indicator);

/** @brief The concept it reads. @param indicator An indicator, not NULL. @return Lent. @since 0.1 */
MTM_API const char *mtm_indicator_concept(const mtm_indicator *indicator);

/** @brief The unit it demands. @param indicator An indicator, not NULL. @return Lent. @since 0.1 */
MTM_API const char *mtm_indicator_unit(const mtm_indicator *indicator);

/** @brief The breakdown's dimension. @param indicator An indicator, not NULL. @return Lent; "" for none. @since 0.1 */
MTM_API const char *mtm_indicator_dimension(const mtm_indicator *indicator);

/** @brief What computing indicators needs. Zero means the default. @since 0.1 */
typedef struct mtm_compute_options {
    size_t size;              /**< sizeof(mtm_compute_options). */
    const char *indicator;    /**< Id of the only indicator to compute; NULL computes the whole catalogue. */
    const mtm_period *period; /**< Reference period; NULL takes the package's. */
    const mtm_period *as_of;  /**< Only releases whose last day is not after this one's count; NULL takes all. */
    int32_t top;              /**< Rows of a breakdown before the remainder; 0 takes the definition's, -1 all. */
    int32_t reserved;         /**< Zero. */
    mtm_progress progress;    /**< Called now and then; NULL for none. */
    void *progress_data;      /**< Passed to @p progress. */
} mtm_compute_options;

/** @brief All defaults. @since 0.1 */
#define MTM_COMPUTE_OPTIONS_INIT {sizeof(mtm_compute_options), 0, 0, 0, 0, 0, 0, 0}

/**
 * @brief Computes indicators: value, comparisons, breakdown, series and lineage, or the reason why not.
 *
 * An indicator the data cannot give is a result too, without a value and with the reason.
 *
 * @param catalogue A catalogue, not NULL.
 * @param package The data, not NULL.
 * @param options What to compute; NULL means all defaults.
 * @param[out] out Given: free with mtm_results_free(). NULL on failure. Independent of package and catalogue.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT (no period given), MTM_ERROR_NOT_FOUND (no such indicator), MTM_ERROR_RANGE,
 *         MTM_ERROR_CANCELLED or MTM_ERROR_MEMORY.
 * @since 0.1
 */
MTM_API mtm_status mtm_catalogue_compute(const mtm_catalogue *catalogue, const mtm_package *package,
                                         const mtm_compute_options *options, mtm_results **out, mtm_error *err);

/**
 * @brief How the package's microdata are to be counted so that indicators can be computed: what
 *        mtm_package_tabulate() takes.
 *
 * JSON text: for each microdata resource that serves an indicator, the smallest set of groupings that serves them all,
 * `{"crossings": {"groupings": [{"by": ["direction", "citizenship"], "period": "quarter"}]}}`. A grouping serves what a
 * part of its dimensions asks for. The period is the coarsest of day, month, quarter, half-year and year of which the
 * reference period, the one before and the same one of last year are made. Dimensions are those that the resource
 * declares; a resource that declares none is taken to have every dimension that is asked for.
 *
 * @param catalogue A catalogue, not NULL.
 * @param package The data, not NULL; no file is opened.
 * @param options As for mtm_catalogue_compute(); NULL means all defaults.
 * @param[out] out Given: free with mtm_text_free(). NULL on failure. "{}" when there is nothing to count.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT (no period given), MTM_ERROR_NOT_FOUND (no such indicator) or MTM_ERROR_MEMORY.
 * @since 0.1
 */
MTM_API mtm_status mtm_catalogue_plan(const mtm_catalogue *catalogue, const mtm_package *package,
                                      const mtm_compute_options *options, mtm_text **out, mtm_error *err);

#ifdef __cplusplus
}
#endif

#endif
