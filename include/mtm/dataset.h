/**
 * @file mtm/dataset.h
 * @brief Frozen datasets: observations, their structure, and where each came from.
 */
#ifndef MTM_DATASET_H
#define MTM_DATASET_H

#include <mtm/codelist.h>
#include <mtm/decimal.h>
#include <mtm/format.h>
#include <mtm/source.h>
#include <mtm/buffer.h>

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
    size_t size;          /**< sizeof(mtm_read_options). */
    const char *resource; /**< JSON of a data package's resource (encoding, dialect, schema, mtm); NULL infers. */
    uint64_t max_field;   /**< Bytes of one cell; 0: 1 MiB. */
    uint64_t max_record;  /**< Bytes of one row; 0: 16 MiB. */
    uint64_t max_columns; /**< Columns of one row; 0: 4096. */
    uint64_t
        max_expansion; /**< Bytes out of a compressed file; 0: 4 GiB, and never more than 1000 times what went in. */
    mtm_progress progress;  /**< Called now and then; NULL for none. */
    void *progress_data;    /**< Passed to @p progress. */
    int32_t allow_guess;    /**< Non-zero lets a guessed encoding be used, with a note; else it is only named. */
    int32_t leave_out;      /**< Non-zero leaves out files of a package without a concept that cannot be read. */
    const char *country;    /**< For mtm_package_describe(): the country reported on, such as "KAZ"; NULL: asked for. */
    const char *concept_id; /**< The same for every file: what is counted, such as "migration"; NULL: by its words. */
    const char *kind;       /**< The same: "flow" or "stock"; NULL: by its words. */
    const char *unit;       /**< The same: such as "persons"; NULL: by its words. */
    const char *direction;  /**< The same: "IN" or "OUT"; NULL: by its columns. */
    const char
        *boundaries;    /**< For mtm_package_read(): a file of the boundaries of countries (TopoJSON or GeoJSON), for
                                 maps where the package brings none of countries; NULL: none. @since 0.2 */
    uint32_t show_rows; /**< For mtm_check_read(): the first rows of each file that are kept to be shown. @since 0.2 */
    uint32_t reserved;  /**< 0. */
    const mtm_period
        *as_of; /**< Where a store of releases (mtm_store) stands in the place of a data package: only what had been
                                  released by the last day of this; NULL: everything. For other packages without effect: their
                                  figures are computed as of a day. @since 0.2 */
} mtm_read_options;

/** @brief All defaults. @since 0.1 */
#define MTM_READ_OPTIONS_INIT                                                                                          \
    { sizeof(mtm_read_options), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }

/**
 * @brief Reads one table: CSV, gzipped CSV, SDMX-CSV, HXL-tagged CSV, a workbook, or an Arrow stream.
 *
 * Strict: the first error ends the call. To collect everything a file has wrong, use mtm_check_read().
 *
 * Columns take their roles from the resource; without one they are recognised, and those of an Arrow stream also from the
 * metadata that mtm_dataset_arrow() writes. Figures of a stream may be whole numbers, decimals or floats; a float is the
 * shortest decimal that reads back as it, and refused when that has more than nine decimals: docs/arrow.md.
 *
 * @param source Where from. A workbook needs a path or bytes.
 * @param options Settings; NULL means all defaults.
 * @param[out] out Given: free with mtm_dataset_free(). NULL on failure.
 * @param[out] err File, line, column, what was found and expected; NULL where that does not matter.
 * @return MTM_OK or any error of reading.
 * @since 0.2
 */
MTM_API mtm_status mtm_dataset_read(const mtm_source *source, const mtm_read_options *options, mtm_dataset **out,
                                    mtm_error *err);

/** @brief Frees a dataset. @param dataset A dataset, or NULL. @since 0.1 */
MTM_API void mtm_dataset_free(mtm_dataset *dataset);

/** @brief What a dataset is. Texts are lent by the dataset; "" where the source says nothing. @since 0.2 */
typedef struct mtm_dataset_info {
    size_t size;                /**< sizeof(mtm_dataset_info), set by the caller. */
    const char *name;           /**< The resource's name. */
    const char *title;          /**< The title, in the language where there is one. */
    const char *concept_id;     /**< What is counted, such as "border-crossings". */
    const char *unit;           /**< The unit, such as "persons". */
    int32_t kind;               /**< An mtm_kind. */
    int32_t multiplier;         /**< The power of ten of the unit: 6 for millions. */
    int32_t decimals;           /**< Digits after the point of every value, 0 to 9. */
    int32_t cumulative;         /**< 1 when each figure counts from the beginning of its year. */
    int32_t microdata;          /**< 1 when it was counted from microdata. */
    int32_t confidential;       /**< 1 when disclosure control applies. */
    size_t n_observations;      /**< How many observations: the length of each column. */
    size_t n_dimensions;        /**< How many dimensions, time apart. */
    size_t n_releases;          /**< How many releases, at least 1. */
    const char *file;           /**< The file or files, as the lineage shows them. */
    const char *publisher;      /**< Who published it. */
    const char *publication;    /**< The title of the publication. */
    const char *address;        /**< Its address. */
    const char *accessed;       /**< When it was fetched, as the source has it. */
    const char *licence;        /**< Under which terms. */
    const char *coverage;       /**< What the figures cover and leave out. */
    int32_t on_request;         /**< 1 when it was obtained on request, 0 when published. */
    int32_t methodology_public; /**< 1 or 0; -1 when not stated. */
} mtm_dataset_info;

/** @brief Only the size. @since 0.2 */
#define MTM_DATASET_INFO_INIT                                                                                          \
    { sizeof(mtm_dataset_info), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }

/**
 * @brief What a dataset is: its properties, how much there is of it, and the publication it came from.
 * @param dataset A dataset, not NULL.
 * @param language Of the title.
 * @param[out] out Filled as far as its `size` goes; what this version does not know becomes zero.
 * @return 1, or 0 when `size` was not set.
 * @since 0.2
 */
MTM_API int mtm_dataset_get(const mtm_dataset *dataset, mtm_language language, mtm_dataset_info *out);

/** @brief Columns of a dataset, with the type of their elements. The numbers never change. @since 0.2 */
typedef enum mtm_column {
    MTM_COLUMN_PERIOD = 0, /**< mtm_period: the reference period. */
    MTM_COLUMN_VALUE = 1,  /**< int64_t: the value scaled by 10^decimals; 0 where the status is L, M, O or Q. */
    MTM_COLUMN_STATUS =
        2, /**< char: the SDMX OBS_STATUS letter ('A', 'P', 'E', 'L', 'M', 'O', 'Q', ...); no NUL after them. */
    MTM_COLUMN_LINE = 3,    /**< int64_t: the line of the file, from 1. */
    MTM_COLUMN_RELEASE = 4, /**< int32_t: the release, as an index for mtm_dataset_release(). */
    MTM_COLUMN_CODE = 5,    /**< int32_t: the member of a dimension, as an index for mtm_dataset_member(). */
    MTM_COLUMN_UNCOVERED =
        6 /**< mtm_period: counted from files of microdata that cover the period in part, the first days that they do not
               cover (docs/tabulate.md, "Which days files cover"); both days INT32_MIN where they cover all. */
} mtm_column;

/**
 * @brief A column: one element per observation, without a copy.
 * @param dataset A dataset, not NULL.
 * @param column Which one; its type is named there.
 * @param dimension For MTM_COLUMN_CODE the dimension, from 0; else not looked at.
 * @return Lent: lives as long as @p dataset; NULL when there are no observations or no such column or dimension, and for
 *     MTM_COLUMN_UNCOVERED where no period is covered in part, or nobody knows: the dates of rows were not kept.
 * @since 0.2
 */
MTM_API const void *mtm_dataset_column(const mtm_dataset *dataset, mtm_column column, size_t dimension);

/** @brief A release. @since 0.2 */
typedef struct mtm_release {
    size_t size; /**< sizeof(mtm_release), set by the caller. */
    mtm_period
        date; /**< The date as far as it is known; its last day counts. {INT32_MIN, INT32_MIN} when not stated. */
    const char *edition; /**< "first", "revised", "final"; "" when not stated; lent. */
} mtm_release;

/** @brief Only the size. @since 0.2 */
#define MTM_RELEASE_INIT                                                                                               \
    { sizeof(mtm_release), {0, 0}, 0 }

/**
 * @brief A release: when it was published and which edition it is.
 * @param dataset A dataset, not NULL.
 * @param index From 0.
 * @param[out] out Filled as far as its `size` goes.
 * @return 1, or 0 when @p index is too large or `size` was not set.
 * @since 0.2
 */
MTM_API int mtm_dataset_release(const mtm_dataset *dataset, size_t index, mtm_release *out);

/** @brief A dimension. @since 0.2 */
typedef struct mtm_dimension {
    size_t size;              /**< sizeof(mtm_dimension), set by the caller. */
    const char *name;         /**< The name, such as "citizenship"; lent. */
    const mtm_codelist *list; /**< The code list; NULL when the dimension keeps the source's labels. */
    size_t n_members;         /**< How many members. */
} mtm_dimension;

/** @brief Only the size. @since 0.2 */
#define MTM_DIMENSION_INIT                                                                                             \
    { sizeof(mtm_dimension), 0, 0, 0 }

/**
 * @brief A dimension.
 * @param dataset A dataset, not NULL.
 * @param dimension From 0.
 * @param[out] out Filled as far as its `size` goes.
 * @return 1, or 0 when @p dimension is too large or `size` was not set.
 * @since 0.2
 */
MTM_API int mtm_dataset_dimension(const mtm_dataset *dataset, size_t dimension, mtm_dimension *out);

/** @brief A member of a dimension. @since 0.2 */
typedef struct mtm_member {
    size_t size;       /**< sizeof(mtm_member), set by the caller. */
    const char *code;  /**< Of the code list, "_T", "_O", "_U", a group's, or the source's own label; lent. */
    const char *label; /**< A name to print, in the language; lent. */
    int32_t kind;      /**< An mtm_member_kind. */
} mtm_member;

/** @brief Only the size. @since 0.2 */
#define MTM_MEMBER_INIT                                                                                                \
    { sizeof(mtm_member), 0, 0, 0 }

/**
 * @brief A member of a dimension.
 * @param dataset A dataset, not NULL.
 * @param dimension From 0.
 * @param member From 0.
 * @param language Of the label.
 * @param[out] out Filled as far as its `size` goes.
 * @return 1, or 0 when an index is too large or `size` was not set.
 * @since 0.2
 */
MTM_API int mtm_dataset_member(const mtm_dataset *dataset, size_t dimension, size_t member, mtm_language language,
                               mtm_member *out);

/**
 * @brief Writes the observations, one a row, in the dataset's order, as they are: no disclosure control.
 *
 * CSV has the columns `period`, one a dimension (codes), `value`, `status`, and where the dataset has them `release`,
 * `edition`, `line`, `uncovered`. A code that a spreadsheet would take for a formula gets an apostrophe in front. JSON
 * (docs/dataset-json.md) has the same with the dataset's properties and its members' labels. The text format is a table
 * with English labels.
 *
 * @param dataset A dataset, not NULL.
 * @param format MTM_FORMAT_TEXT, MTM_FORMAT_CSV or MTM_FORMAT_JSON.
 * @param options The text's width; NULL means all defaults.
 * @param[out] out Given: free with mtm_buffer_free(). NULL on failure.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_UNSUPPORTED (another format) or MTM_ERROR_MEMORY.
 * @since 0.1
 * @see mtm_report_render() for what is to be published.
 */
MTM_API mtm_status mtm_dataset_render(const mtm_dataset *dataset, mtm_format format, const mtm_render_options *options,
                                      mtm_buffer **out, mtm_error *err);

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

#ifdef __cplusplus
}
#endif

#endif
