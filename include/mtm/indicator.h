/**
 * @file mtm/indicator.h
 * @brief Indicators: definitions of the statistics a report states, and computing them.
 */
#ifndef MTM_INDICATOR_H
#define MTM_INDICATOR_H

#include <mtm/package.h>
#include <mtm/result.h>
#include <mtm/tabulate.h>
#include <mtm/buffer.h>

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
 * @param source JSON of the built-in catalogue's form: a path, bytes, a descriptor or a function.
 * @param[out] out Given: free with mtm_catalogue_free(). NULL on failure.
 * @param[out] err The definition and property that is wrong; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_SCHEMA, or any error of reading.
 * @since 0.1
 */
MTM_API mtm_status mtm_catalogue_read(const mtm_source *source, mtm_catalogue **out, mtm_error *err);

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

/** @brief What an indicator is. Texts are lent by the catalogue. @since 0.2 */
typedef struct mtm_indicator_info {
    size_t size;       /**< sizeof(mtm_indicator_info), set by the caller. */
    const char *id;    /**< The id. */
    const char *title; /**< The title, in the language. */
    const char
        *definition;     /**< What is counted, and how, in the language: the definition that belongs to the number. */
    const char *section; /**< The section's id. */
    const char *concept_id; /**< The concept it reads. */
    const char *unit;       /**< The unit it demands. */
    const char *dimension;  /**< The breakdown's dimension; "" for none. */
} mtm_indicator_info;

/** @brief Only the size. @since 0.2 */
#define MTM_INDICATOR_INFO_INIT                                                                                        \
    { sizeof(mtm_indicator_info), 0, 0, 0, 0, 0, 0, 0 }

/**
 * @brief What an indicator is.
 * @param indicator An indicator, not NULL.
 * @param language Of title and definition.
 * @param[out] out Filled as far as its `size` goes; what this version does not know becomes zero.
 * @return 1, or 0 when `size` was not set.
 * @since 0.2
 */
MTM_API int mtm_indicator_get(const mtm_indicator *indicator, mtm_language language, mtm_indicator_info *out);

/** @brief What computing indicators needs. Zero means the default. @since 0.1 */
typedef struct mtm_compute_options {
    size_t size;               /**< sizeof(mtm_compute_options). */
    const char *indicator;     /**< Id of the only indicator to compute; NULL computes the whole catalogue. */
    const mtm_period *period;  /**< Reference period; NULL takes the package's. */
    const mtm_period *as_of;   /**< Only releases whose last day is not after this one's count; NULL takes all. */
    mtm_progress progress;     /**< Called now and then; NULL for none. */
    void *progress_data;       /**< Passed to @p progress. */
    const mtm_period *periods; /**< Instead of @p period several, in the order of the results; NULL for none. */
    size_t n_periods;          /**< How many; at most 4096. */
    const mtm_tabulate_options *tabulate; /**< How microdata are counted; NULL: defaults, and this struct's progress. */
    int32_t top; /**< Rows of a breakdown before the remainder; 0 takes the definition's, -1 all. */
} mtm_compute_options;

/** @brief All defaults. @since 0.1 */
#define MTM_COMPUTE_OPTIONS_INIT                                                                                       \
    { sizeof(mtm_compute_options), 0, 0, 0, 0, 0, 0, 0, 0, 0 }

/**
 * @brief Computes indicators: value, comparisons, breakdown, series and lineage, or the reason why not.
 *
 * An indicator the data cannot give is a result too, without a value and with the reason. Microdata that the package
 * describes are counted first, in one pass over each file, by the smallest set of groupings that serves the indicators; the
 * package is not changed, and many threads may compute from one at once. With several periods the results come period by
 * period, each in the catalogue's order.
 *
 * @param catalogue A catalogue, not NULL.
 * @param package The data, not NULL.
 * @param options What to compute; NULL means all defaults.
 * @param[out] out Given: free with mtm_results_free(). NULL on failure. Independent of package and catalogue.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT (no period given), MTM_ERROR_NOT_FOUND (no such indicator), MTM_ERROR_RANGE,
 *         MTM_ERROR_CANCELLED, MTM_ERROR_MEMORY, or any error of counting.
 * @since 0.1
 */
MTM_API mtm_status mtm_catalogue_compute(const mtm_catalogue *catalogue, const mtm_package *package,
                                         const mtm_compute_options *options, mtm_results **out, mtm_error *err);

/**
 * @brief The revisions of an indicator: its value for each period as of each release of its tables.
 *
 * A release is a day that `releaseDate` or a column with the role release-date states for a table of the indicator's concept. The value of
 * a period as of a release is what mtm_catalogue_compute() gives with that `as_of`. Each revision is against the release
 * before: absolute, and in per cent where that is above zero.
 *
 * @param catalogue A catalogue, not NULL.
 * @param package The data, not NULL.
 * @param computing What to compute: `indicator` is required; without `periods` every period of the series counts; releases
 *        after `as_of` do not. Not NULL.
 * @param format MTM_FORMAT_TEXT (first prints and changes), MTM_FORMAT_CSV (every period and release) or MTM_FORMAT_JSON.
 * @param[out] out Given: free with mtm_buffer_free(). NULL on failure.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_NOT_FOUND (no such indicator, no release with a date, no figure),
 *         MTM_ERROR_DISCLOSURE (confidential figures), MTM_ERROR_LIMIT (over 512 releases), MTM_ERROR_UNSUPPORTED, or any
 *         error of computing.
 * @since 0.2
 */
MTM_API mtm_status mtm_catalogue_revisions(const mtm_catalogue *catalogue, const mtm_package *package,
                                           const mtm_compute_options *computing, mtm_format format, mtm_buffer **out,
                                           mtm_error *err);

/**
 * @brief Proposes the properties of a `datapackage.json` that restore figures which are refused for what they cover.
 *
 * Figures of the catalogue are computed, and for each that is refused (*coverage-incomplete*, *coverage-unknown*,
 * *extent-differs*, *total-uncertain*) the properties `absent`, `incomplete`, `frame` and `aliases` of its table are tried on a
 * copy of the description, `unit` and `multiplier` where a table cannot be read for its unit. What gives the figure is
 * proposed, with the evidence: which cells are absent, file and line where they stood last. Nothing is written to the disk,
 * and which line is true is a person's to say. The forms are in docs/check-json.md.
 *
 * @param source The path of a data package, or of a file, which is then described first.
 * @param reading Settings for reading; NULL means all defaults.
 * @param catalogue What is computed; NULL takes the built-in catalogue.
 * @param computing Periods, indicators and the as-of day; NULL, or no period, takes that of the package, else the latest
 *        that its tables have.
 * @param format MTM_FORMAT_TEXT or MTM_FORMAT_JSON.
 * @param[out] out Given: free with mtm_buffer_free(). NULL on failure.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_UNSUPPORTED, or any error of reading the description.
 * @since 0.2
 */
MTM_API mtm_status mtm_package_propose(const mtm_source *source, const mtm_read_options *reading,
                                       const mtm_catalogue *catalogue, const mtm_compute_options *computing,
                                       mtm_format format, mtm_buffer **out, mtm_error *err);

#ifdef __cplusplus
}
#endif

#endif
