/**
 * @file mtm/dataset.h
 * @brief Frozen datasets: observations, their structure, and where each came from.
 */
#ifndef MTM_DATASET_H
#define MTM_DATASET_H

#include <mtm/codelist.h>
#include <mtm/decimal.h>
#include <mtm/format.h>
#include <mtm/text.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @brief What was measured, by whom, and every observation with its file and line. Frozen: one dataset may be used
 * from many threads.
 * @since 0.1
 */
typedef struct mtm_dataset mtm_dataset;

/**
 * @brief How values behave over time. The numbers never change.
 * @since 0.1
 */
typedef enum mtm_kind {
    MTM_KIND_FLOW = 1,  /**< Counted during a period; adds up over time. */
    MTM_KIND_STOCK = 2, /**< Held at a date; never adds up over time. */
    MTM_KIND_SHARE = 3  /**< A share, index or target; never adds up at all. */
} mtm_kind;

/**
 * @brief What a member of a dimension is. The numbers never change.
 * @since 0.1
 */
typedef enum mtm_member_kind {
    MTM_MEMBER_CODE = 0,        /**< A code of the dimension's list, or a label where it has no list. */
    MTM_MEMBER_TOTAL = 1,       /**< The total over the dimension: code "_T". */
    MTM_MEMBER_GROUP = 2,       /**< A subtotal such as CIS; never added to its parts. */
    MTM_MEMBER_OTHER = 3,       /**< The rest, as the source gives it: code "_O". */
    MTM_MEMBER_UNKNOWN = 4,     /**< Not stated, as the source gives it: code "_U". */
    MTM_MEMBER_UNCLASSIFIED = 5 /**< A label that no code matches, or several do; its code is the label itself. */
} mtm_member_kind;

/**
 * @brief Settings for reading one file as a dataset. Zero means the default.
 * @since 0.1
 */
typedef struct mtm_read_options {
    size_t size;            /**< sizeof(mtm_read_options). */
    const char *resource;   /**< JSON of a data package's resource (encoding, dialect, schema, mtm); NULL infers. */
    uint64_t max_field;     /**< Bytes of one cell; 0: 1 MiB. */
    uint64_t max_record;    /**< Bytes of one row; 0: 16 MiB. */
    uint64_t max_columns;   /**< Columns of one row; 0: 4096. */
    uint64_t max_expansion; /**< Bytes out of a compressed file; 0: 4 GiB, and never more than 1000 times what went in. */
    mtm_progress progress;  /**< Called now and then; NULL for none. */
    void *progress_data;    /**< Passed to @p progress. */
    int32_t allow_guess;    /**< Non-zero lets a guessed encoding be used, with a note; else it is only named. */
    int32_t reserved;       /**< Zero. */
} mtm_read_options;

/** @brief All defaults. @since 0.1 */
#define MTM_READ_OPTIONS_INIT {sizeof(mtm_read_options), 0, 0, 0, 0, 0, 0, 0, 0, 0}

/**
 * @brief Reads one file: CSV, gzipped CSV, SDMX-CSV, HXL-tagged CSV, or a workbook.
 *
 * Strict: the first error ends the call. To collect everything a file has wrong, use mtm_check_read().
 *
 * @param path The file; UTF-8.
 * @param options Settings; NULL means all defaults.
 * @param[out] out Given: free with mtm_dataset_free(). NULL on failure.
 * @param[out] err File, line, column, what was found and expected; NULL where that does not matter.
 * @return MTM_OK or any error of reading.
 * @since 0.1
 */
MTM_API mtm_status mtm_dataset_read(const char *path, const mtm_read_options *options, mtm_dataset **out,
                                    mtm_error *err);

/**
 * @brief The same from bytes in memory.
 * @param bytes The file's bytes; borrowed during the call.
 * @param n_bytes How many.
 * @param name What errors and the lineage call it.
 * @param options Settings; NULL means all defaults.
 * @param[out] out Given: free with mtm_dataset_free(). NULL on failure.
 * @param[out] err As above.
 * @return MTM_OK or any error of reading.
 * @since 0.1
 */
MTM_API mtm_status mtm_dataset_read_memory(const void *bytes, size_t n_bytes, const char *name,
                                           const mtm_read_options *options, mtm_dataset **out, mtm_error *err);

/** @brief Frees a dataset. @param dataset A dataset, or NULL. @since 0.1 */
MTM_API void mtm_dataset_free(mtm_dataset *dataset);

/** @brief The resource's name. @param dataset A dataset, not NULL. @return Lent. @since 0.1 */
MTM_API const char *mtm_dataset_name(const mtm_dataset *dataset);

/** @brief The concept, such as "border-crossings". @param dataset A dataset, not NULL. @return Lent. @since 0.1 */
MTM_API const char *mtm_dataset_concept(const mtm_dataset *dataset);

/** @brief The kind. @param dataset A dataset, not NULL. @return The kind. @since 0.1 */
MTM_API mtm_kind mtm_dataset_kind(const mtm_dataset *dataset);

/** @brief The unit, such as "persons". @param dataset A dataset, not NULL. @return Lent. @since 0.1 */
MTM_API const char *mtm_dataset_unit(const mtm_dataset *dataset);

/** @brief The power of ten of the unit: 6 for millions. @param dataset A dataset, not NULL. @return It. @since 0.1 */
MTM_API int mtm_dataset_multiplier(const mtm_dataset *dataset);

/** @brief Digits after the point of every value. @param dataset A dataset, not NULL. @return 0 to 9. @since 0.1 */
MTM_API int mtm_dataset_decimals(const mtm_dataset *dataset);

/** @brief How many observations. @param dataset A dataset, not NULL. @return Their number. @since 0.1 */
MTM_API size_t mtm_dataset_count(const mtm_dataset *dataset);

/**
 * @brief The reference periods, one an observation.
 * @param dataset A dataset, not NULL.
 * @return Lent: mtm_dataset_count() of them; NULL when there are none.
 * @since 0.1
 */
MTM_API const mtm_period *mtm_dataset_periods(const mtm_dataset *dataset);

/**
 * @brief The values, one an observation, as whole numbers scaled by 10^mtm_dataset_decimals().
 *
 * Where the status is L, M, O or Q there is no value, and 0 stands here.
 *
 * @param dataset A dataset, not NULL.
 * @return Lent: mtm_dataset_count() of them; NULL when there are none.
 * @since 0.1
 */
MTM_API const int64_t *mtm_dataset_values(const mtm_dataset *dataset);

/**
 * @brief The statuses, one an observation, as SDMX OBS_STATUS letters ('A', 'P', 'E', 'L', 'M', 'O', 'Q', ...).
 * @param dataset A dataset, not NULL.
 * @return Lent: mtm_dataset_count() of them, not ended by NUL.
 * @since 0.1
 */
MTM_API const char *mtm_dataset_statuses(const mtm_dataset *dataset);

/**
 * @brief The lines of the file, one an observation, from 1.
 * @param dataset A dataset, not NULL.
 * @return Lent: mtm_dataset_count() of them.
 * @since 0.1
 */
MTM_API const int64_t *mtm_dataset_lines(const mtm_dataset *dataset);

/**
 * @brief The release of each observation, as an index for mtm_dataset_release().
 * @param dataset A dataset, not NULL.
 * @return Lent: mtm_dataset_count() of them.
 * @since 0.1
 */
MTM_API const int32_t *mtm_dataset_releases(const mtm_dataset *dataset);

/** @brief How many releases. @param dataset A dataset, not NULL. @return Their number, at least 1. @since 0.1 */
MTM_API size_t mtm_dataset_release_count(const mtm_dataset *dataset);

/**
 * @brief A release: when it was published and which edition it is.
 * @param dataset A dataset, not NULL.
 * @param index From 0.
 * @param[out] date The date as far as it is known; its last day counts. {INT32_MIN, INT32_MIN} when not stated.
 * @return The edition ("first", "revised", "final"), "" when not stated; lent. NULL when @p index is too large.
 * @since 0.1
 */
MTM_API const char *mtm_dataset_release(const mtm_dataset *dataset, size_t index, mtm_period *date);

/** @brief How many dimensions, time apart. @param dataset A dataset, not NULL. @return Their number. @since 0.1 */
MTM_API size_t mtm_dataset_dimension_count(const mtm_dataset *dataset);

/**
 * @brief A dimension's name, such as "citizenship".
 * @param dataset A dataset, not NULL.
 * @param dimension From 0.
 * @return Lent; NULL when @p dimension is too large.
 * @since 0.1
 */
MTM_API const char *mtm_dataset_dimension(const mtm_dataset *dataset, size_t dimension);

/**
 * @brief The code list of a dimension.
 * @param dataset A dataset, not NULL.
 * @param dimension From 0.
 * @return Lent; NULL when the dimension keeps the source's labels, or @p dimension is too large.
 * @since 0.1
 */
MTM_API const mtm_codelist *mtm_dataset_codelist(const mtm_dataset *dataset, size_t dimension);

/**
 * @brief The members of a dimension, one an observation, as indices for mtm_dataset_member().
 * @param dataset A dataset, not NULL.
 * @param dimension From 0.
 * @return Lent: mtm_dataset_count() of them; NULL when @p dimension is too large.
 * @since 0.1
 */
MTM_API const int32_t *mtm_dataset_codes(const mtm_dataset *dataset, size_t dimension);

/**
 * @brief How many members a dimension has.
 * @param dataset A dataset, not NULL.
 * @param dimension From 0.
 * @return Their number; 0 when @p dimension is too large.
 * @since 0.1
 */
MTM_API size_t mtm_dataset_member_count(const mtm_dataset *dataset, size_t dimension);

/**
 * @brief The code of a member: of the code list, "_T", "_O", "_U", a group's, or the source's own label.
 * @param dataset A dataset, not NULL.
 * @param dimension From 0.
 * @param member From 0.
 * @return Lent; NULL when an index is too large.
 * @since 0.1
 */
MTM_API const char *mtm_dataset_member(const mtm_dataset *dataset, size_t dimension, size_t member);

/**
 * @brief What a member is.
 * @param dataset A dataset, not NULL.
 * @param dimension From 0.
 * @param member From 0.
 * @return Its kind; MTM_MEMBER_UNCLASSIFIED when an index is too large.
 * @since 0.1
 */
MTM_API mtm_member_kind mtm_dataset_member_kind(const mtm_dataset *dataset, size_t dimension, size_t member);

/**
 * @brief A name of a member, to print.
 * @param dataset A dataset, not NULL.
 * @param dimension From 0.
 * @param member From 0.
 * @param language In which language.
 * @return Lent; NULL when an index is too large.
 * @since 0.1
 */
MTM_API const char *mtm_dataset_label(const mtm_dataset *dataset, size_t dimension, size_t member,
                                      mtm_language language);

/**
 * @brief Writes the observations, one a row, in the dataset's order, as they are: no disclosure control.
 *
 * CSV has the columns `period`, one a dimension (codes), `value`, `status`, and where the dataset has them `release`,
 * `edition`, `line`. A code that a spreadsheet would take for a formula gets an apostrophe in front. JSON
 * (docs/dataset-json.md) has the same with the dataset's properties and its members' labels. The text format is a table
 * with English labels.
 *
 * @param dataset A dataset, not NULL.
 * @param format MTM_FORMAT_TEXT, MTM_FORMAT_CSV or MTM_FORMAT_JSON.
 * @param options The text's width; NULL means all defaults.
 * @param[out] out Given: free with mtm_text_free(). NULL on failure.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_UNSUPPORTED (another format) or MTM_ERROR_MEMORY.
 * @since 0.1
 * @see mtm_report_render() for what is to be published.
 */
MTM_API mtm_status mtm_dataset_render(const mtm_dataset *dataset, mtm_format format,
                                      const mtm_render_options *options, mtm_text **out, mtm_error *err);

struct ArrowArrayStream;

/**
 * @brief Lends the observations as an Arrow C stream of one record batch.
 *
 * Columns: the period as two days `first` and `last` (date32) and the text `period`; one dictionary of codes a dimension;
 * `value` (decimal128; null where the status says that there is none); `status`; `line` (null for microdata); `release` and
 * `edition` (dictionaries; null where not stated). Metadata names concept, kind, unit and multiplier: docs/arrow.md.
 *
 * @param dataset A dataset, not NULL; the stream copies what it needs and may outlive it.
 * @param[out] out An uninitialised stream structure; its release callback frees it.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_RANGE (more text than one batch can hold) or MTM_ERROR_MEMORY.
 * @since 0.1
 */
MTM_API mtm_status mtm_dataset_arrow(const mtm_dataset *dataset, struct ArrowArrayStream *out, mtm_error *err);

/**
 * @brief Makes a dataset from an Arrow C stream. Columns take their roles from the resource, as in a file.
 *
 * Figures may be whole numbers, decimals or floats; a float is the shortest decimal that reads back as it, and refused when
 * that has more than nine decimals. docs/arrow.md has all types.
 *
 * @param stream A stream; consumed and released in every case.
 * @param name What errors and the lineage call it; lines are row numbers from 1.
 * @param options Settings; `resource` gives the roles, NULL takes them from the stream's metadata where
 *        mtm_dataset_arrow() wrote it, and infers them from the columns' names.
 * @param[out] out Given: free with mtm_dataset_free(). NULL on failure.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK or any error of reading.
 * @since 0.1
 */
MTM_API mtm_status mtm_dataset_read_arrow(struct ArrowArrayStream *stream, const char *name,
                                          const mtm_read_options *options, mtm_dataset **out, mtm_error *err);

#ifdef __cplusplus
}
#endif

#endif
