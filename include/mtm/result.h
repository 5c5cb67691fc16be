/**
 * @file mtm/result.h
 * @brief Results: an indicator's value, comparisons, breakdown, series and lineage for a reference period.
 */
#ifndef MTM_RESULT_H
#define MTM_RESULT_H

#include <mtm/codelist.h>
#include <mtm/decimal.h>

struct ArrowArrayStream;

#ifdef __cplusplus
extern "C" {
#endif

/** @brief The results of one computation: period by period, in the catalogue's order. Frozen. @since 0.1 */
typedef struct mtm_results mtm_results;

/** @brief One indicator's result; lent by its mtm_results. @since 0.1 */
typedef struct mtm_result mtm_result;

/** @brief How many results. @param results Results, not NULL. @return Their number. @since 0.1 */
MTM_API size_t mtm_results_count(const mtm_results *results);

/**
 * @brief One of the results.
 * @param results Results, not NULL.
 * @param index From 0.
 * @return Lent: lives as long as @p results; NULL when @p index is too large.
 * @since 0.1
 */
MTM_API const mtm_result *mtm_results_at(const mtm_results *results, size_t index);

/**
 * @brief The result of an indicator.
 * @param results Results, not NULL.
 * @param id The indicator's id.
 * @param period Its reference period; NULL: the first that was asked for.
 * @param[out] out Lent: lives as long as @p results. NULL on failure.
 * @param[out] err What was not found; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT or MTM_ERROR_NOT_FOUND.
 * @since 0.2
 */
MTM_API mtm_status mtm_results_find(const mtm_results *results, const char *id, const mtm_period *period,
                                    const mtm_result **out, mtm_error *err);

/** @brief Frees results. @param results Results, or NULL. @since 0.1 */
MTM_API void mtm_results_free(mtm_results *results);

/**
 * @brief Why there is no value, or no comparison. The numbers never change.
 * @since 0.1
 */
typedef enum mtm_reason {
    MTM_REASON_NONE = 0,                  /**< There is one. */
    MTM_REASON_NO_DATA = 1,               /**< No dataset of that concept and unit. */
    MTM_REASON_PERIOD_UNAVAILABLE = 2,    /**< Datasets, but nothing for the period. */
    MTM_REASON_PERIODS_NOT_ALIGNED = 3,   /**< Figures only for periods that cannot be cut to this one. */
    MTM_REASON_CUMULATIVE_BASE = 4,       /**< A cumulative figure without the earlier one to subtract. */
    MTM_REASON_EDITIONS_DIFFER = 5,       /**< Only a first print and a revision: not to be subtracted. */
    MTM_REASON_BREAKDOWN_UNAVAILABLE = 6, /**< The total is there, the breakdown is not. */
    MTM_REASON_TOO_OLD = 7,               /**< The latest stock is older than the preceding period. */
    MTM_REASON_BASE_ZERO = 8,             /**< The base is zero: no per cent. */
    MTM_REASON_BASE_NEGATIVE = 9,         /**< A balance, or a figure below zero: no per cent. */
    MTM_REASON_BASE_MISSING = 10,         /**< The base period has no value. */
    MTM_REASON_WINDOWS_DIFFER = 11,       /**< The two figures cover windows of different length or date. */
    MTM_REASON_UNITS_DIFFER = 12,         /**< Unit or multiplier differ. */
    MTM_REASON_VINTAGES_DIFFER = 13,      /**< A first print against a revision. */
    MTM_REASON_COVERAGE_DIFFERS = 14,     /**< Coverage or source differ. */
    MTM_REASON_DEFINITION_DIFFERS = 15,   /**< The definition differs. */
    MTM_REASON_MISSING_VALUE = 16,        /**< The source says the figure is missing. */
    MTM_REASON_NOT_APPLICABLE = 17,       /**< The statistic has no comparison: a share over time. */
    MTM_REASON_SUPPRESSED = 18,           /**< Withheld so that no person is disclosed. */
    MTM_REASON_AMBIGUOUS_SOURCE = 19,     /**< Several datasets give different figures for it. */
    MTM_REASON_COVERAGE_INCOMPLETE = 20,  /**< Cells are absent that the source lists elsewhere: absence is not zero. */
    MTM_REASON_COVERAGE_UNKNOWN = 21,     /**< The figures are only some of the parts of their total. */
    MTM_REASON_EXTENT_DIFFERS = 22,       /**< The two figures do not count the same cells. */
    MTM_REASON_TOO_LARGE = 23,            /**< The exact number does not fit into 64 bits. */
    MTM_REASON_TOTAL_UNCERTAIN = 24       /**< The sum has two readings: a row may be the total, members overlap. */
} mtm_reason;

/**
 * @brief Flags of a value, added together. The numbers never change.
 * @since 0.1
 */
typedef enum mtm_flag {
    MTM_FLAG_DERIVED = 1,                 /**< Computed from cumulative figures or parts. */
    MTM_FLAG_ACROSS_RELEASES = 2,         /**< Derived from figures of consecutive releases. */
    MTM_FLAG_NOT_ALIGNED = 4,             /**< A stock of an earlier date. */
    MTM_FLAG_REVISED = 8,                 /**< An earlier release gave another figure. */
    MTM_FLAG_NEGATIVE_DIFFERENCE = 16,    /**< A cumulative figure fell. */
    MTM_FLAG_UNCLASSIFIED = 32,           /**< Contains labels no code matches. */
    MTM_FLAG_TOTAL_MISMATCH = 64,         /**< Parts and printed total disagree. */
    MTM_FLAG_ESTIMATED = 128,             /**< Rests on a figure of status E. */
    MTM_FLAG_MICRODATA = 256,             /**< Counted from microdata, or confidential: disclosure control applies. */
    MTM_FLAG_COVERAGE_ASSUMED_ZERO = 512, /**< Absent cells that were always small are taken for zero. */
    MTM_FLAG_AS_COVERED = 1024,           /**< A sum of what is there: not all that the source lists. */
    MTM_FLAG_SUPERSEDED_BASE = 2048       /**< A difference of cumulative figures, one of which was revised later. */
} mtm_flag;

/** @brief What the combinations that a value is the sum of are all of. The numbers never change. @since 0.2 */
typedef enum mtm_frame {
    MTM_FRAME_SEEN = 0,     /**< What the source lists: not known to be all. */
    MTM_FRAME_DECLARED = 1, /**< A list in the data package. */
    MTM_FRAME_CLOSED = 2,   /**< A list that has all: both sexes; those listed and "others". */
    MTM_FRAME_ALL = 3       /**< A printed total. */
} mtm_frame;

/** @brief An indicator's result. Texts are lent by the results. @since 0.2 */
typedef struct mtm_result_info {
    size_t size;              /**< sizeof(mtm_result_info), set by the caller. */
    const char *id;           /**< The indicator's id. */
    const char *title;        /**< The indicator's title, in the language. */
    const char *section;      /**< The section's id. */
    const char *concept_id;   /**< The concept it reads. */
    const char *unit;         /**< The unit. */
    const char *dimension;    /**< The breakdown's dimension; "" for none. */
    mtm_period period;        /**< The reference period asked for. */
    mtm_period observed;      /**< The period or date the value is really of; differs where it is not aligned. */
    mtm_decimal value;        /**< The value, where has_value. */
    int32_t has_value;        /**< 1 with a value. */
    int32_t reason;           /**< An mtm_reason: why there is no value. */
    int32_t breakdown_reason; /**< An mtm_reason: why there is no breakdown. */
    int32_t kind;             /**< An mtm_kind; 0 without data. */
    int32_t multiplier;       /**< The unit's power of ten. */
    uint32_t flags;           /**< Of mtm_flag, added together. */
    size_t n_rows;            /**< Rows of the breakdown. */
    size_t n_points;          /**< Points of the series. */
    size_t n_steps;           /**< Steps of the lineage. */
    char status;              /**< OBS_STATUS: 'A' and so on. */
    const char *told;         /**< Dimensions whose members are told one by one, joined by ", "; "" for none. */
    int64_t expected;         /**< Members that are expected: of one dimension, or combinations of several. */
    int64_t covered;          /**< Those among them that the value counts. */
    int64_t absent;           /**< Those without a row, so that there is no sum, or one of what there is. */
    int64_t assumed;          /**< Those without a row that are taken for zero. */
    int64_t fresh;            /**< Those first listed in the period. */
    int32_t frame;            /**< An mtm_frame, where there are figures. */
} mtm_result_info;

/** @brief Only the size. @since 0.2 */
#define MTM_RESULT_INFO_INIT                                                                                           \
    {                                                                                                                  \
        sizeof(mtm_result_info), 0, 0, 0, 0, 0, 0, {0, 0}, {0, 0}, {0, 0, 0}, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,   \
            0, 0, 0, 0                                                                                                 \
    }

/**
 * @brief What a result is: the value or the reason why there is none, and how much there is behind it.
 * @param result A result, not NULL.
 * @param language Of the title.
 * @param[out] out Filled as far as its `size` goes; what this version does not know becomes zero.
 * @return 1, or 0 when `size` was not set.
 * @since 0.2
 */
MTM_API int mtm_result_get(const mtm_result *result, mtm_language language, mtm_result_info *out);

/** @brief What a value is compared with. The numbers never change. @since 0.1 */
typedef enum mtm_comparison_with {
    MTM_WITH_PREVIOUS_PERIOD = 0,      /**< The period of the same length just before. */
    MTM_WITH_SAME_PERIOD_LAST_YEAR = 1 /**< The same period of the year before. */
} mtm_comparison_with;

/** @brief A comparison. @since 0.1 */
typedef struct mtm_comparison {
    size_t size;               /**< sizeof(mtm_comparison), set by the caller. */
    mtm_period period;         /**< The base's period. */
    mtm_decimal base;          /**< The base, where has_base. */
    mtm_decimal absolute;      /**< Value less base, where has_base. */
    mtm_decimal percent;       /**< 100 (value - base) / base, where has_percent. */
    int32_t has_base;          /**< 1 when base and absolute hold. */
    int32_t has_percent;       /**< 1 when percent holds. */
    int32_t reason;            /**< An mtm_reason when something is missing. */
    char base_status;          /**< OBS_STATUS of the base. */
    int32_t has_like;          /**< 1 when the two do not cover the same, and what follows compares what both have. */
    int64_t like_common;       /**< Members, or combinations, that both have. */
    mtm_decimal like_value;    /**< Their sum in the value's period. */
    mtm_decimal like_base;     /**< And in the base's. */
    mtm_decimal like_absolute; /**< The difference of the two. */
    mtm_decimal like_percent;  /**< 100 like_absolute / like_base. */
    mtm_decimal like_value_share; /**< like_value in per cent of all that the value's period has. */
    mtm_decimal like_base_share;  /**< like_base in per cent of all that the base's period has. */
} mtm_comparison;

/** @brief Only the size. @since 0.2 */
#define MTM_COMPARISON_INIT                                                                                            \
    {                                                                                                                  \
        sizeof(mtm_comparison), {0, 0}, {0, 0, 0}, {0, 0, 0}, {0, 0, 0}, 0, 0, 0, 0, 0, 0, {0, 0, 0}, {0, 0, 0},       \
            {0, 0, 0}, {0, 0, 0}, {0, 0, 0}, {                                                                         \
            0, 0, 0                                                                                                    \
        }                                                                                                              \
    }

/**
 * @brief A comparison of the value.
 * @param result A result, not NULL.
 * @param with Which one.
 * @param[out] out Filled as far as its `size` goes; untouched when the indicator has none of that kind.
 * @return 1, or 0 when the indicator does not ask for it or `size` was not set.
 * @since 0.1
 */
MTM_API int mtm_result_comparison(const mtm_result *result, mtm_comparison_with with, mtm_comparison *out);

/** @brief A row of the breakdown. @since 0.1 */
typedef struct mtm_row {
    size_t size;       /**< sizeof(mtm_row), set by the caller. */
    mtm_decimal value; /**< Its value, where has_value. */
    mtm_decimal share; /**< Per cent of the total, one decimal, where has_share. */
    int32_t has_value; /**< 1 with a value. */
    int32_t has_share; /**< 1 with a share. */
    int32_t rank;      /**< Competition rank from 1; 0 for the remainder and for what is not ranked. */
    int32_t kind;      /**< An mtm_member_kind; MTM_MEMBER_OTHER for the remainder. */
    const char *code;  /**< Its code; "_O" for the remainder; lent by the results. */
    const char *label; /**< Its name, in the language; lent by the results. */
    char status;       /**< OBS_STATUS. */
} mtm_row;

/** @brief Only the size. @since 0.2 */
#define MTM_ROW_INIT                                                                                                   \
    { sizeof(mtm_row), {0, 0, 0}, {0, 0, 0}, 0, 0, 0, 0, 0, 0, 0 }

/**
 * @brief A row of the breakdown, by rank; the remainder is last.
 * @param result A result, not NULL.
 * @param index From 0.
 * @param language Of the label.
 * @param[out] out Filled as far as its `size` goes; untouched when @p index is too large.
 * @return 1, or 0 when @p index is too large or `size` was not set.
 * @since 0.2
 */
MTM_API int mtm_result_row(const mtm_result *result, size_t index, mtm_language language, mtm_row *out);

/**
 * @brief A point of the series: the value of every period of the same length the data has, oldest first.
 * @param result A result, not NULL.
 * @param index From 0.
 * @param[out] period Its period; untouched when @p index is too large.
 * @param[out] value Its value; untouched when @p index is too large.
 * @return 1, or 0 when @p index is too large.
 * @since 0.1
 */
MTM_API int mtm_result_point(const mtm_result *result, size_t index, mtm_period *period, mtm_decimal *value);

/** @brief What a step of the lineage explains. The numbers never change. @since 0.1 */
typedef enum mtm_lineage_of {
    MTM_LINEAGE_VALUE = 0,      /**< The value. */
    MTM_LINEAGE_PREVIOUS = 1,   /**< The base of the comparison with the previous period. */
    MTM_LINEAGE_LAST_YEAR = 2,  /**< The base of the comparison with last year. */
    MTM_LINEAGE_BREAKDOWN = 3,  /**< A row of the breakdown. */
    MTM_LINEAGE_SUPERSEDED = 4, /**< An older figure that a revision replaced. */
    MTM_LINEAGE_POINT = 5       /**< A point of the series; steps have none. @since 0.2 */
} mtm_lineage_of;

/** @brief What a number counts. @since 0.2 */
typedef struct mtm_extent {
    size_t size; /**< sizeof(mtm_extent), set by the caller. */
    const char
        *text; /**< The cells, days apart: "all"; "citizenship=CHN|UZB"; "citizenship=CHN,sex=F; citizenship=UZB,sex=F".
                           Parts of the period that differ are separated by " / ". "rest" of the remainder: what the value
                           covers and no row does. "" of confidential tables and microdata. Lent by the results. */
    int64_t number;   /**< Within the results: the same for the same text. */
    const char *told; /**< Of the value and its bases: dimensions whose members are told one by one; "" else. */
    int64_t
        expected; /**< Members that are expected: of one dimension, or combinations of several; 0 for rows and points. */
    int64_t covered; /**< Those among them that are counted. */
    int64_t absent;  /**< Those without a row. */
    int64_t assumed; /**< Those without a row that are taken for zero. */
    int64_t fresh;   /**< Those first listed in the period. */
    int32_t frame;   /**< An mtm_frame, of the value and its bases. */
} mtm_extent;

/** @brief Only the size. @since 0.2 */
#define MTM_EXTENT_INIT                                                                                                \
    { sizeof(mtm_extent), 0, 0, 0, 0, 0, 0, 0, 0, 0 }

/**
 * @brief What a number of a result counts: of a sum that is refused, as far as it would go.
 * @param result A result, not NULL.
 * @param of MTM_LINEAGE_VALUE, _PREVIOUS, _LAST_YEAR, _BREAKDOWN or _POINT.
 * @param index Of the row or point, from 0; 0 else.
 * @param[out] out Filled as far as its `size` goes; untouched when there is no such number.
 * @return 1, or 0 when there is no such number, when it is not known, or `size` was not set.
 * @since 0.2
 */
MTM_API int mtm_result_extent(const mtm_result *result, mtm_lineage_of of, size_t index, mtm_extent *out);

/** @brief What was done with an observation. The numbers never change. @since 0.1 */
typedef enum mtm_operation {
    MTM_OPERATION_TAKE = 0,     /**< The figure as published. */
    MTM_OPERATION_ADD = 1,      /**< Added. */
    MTM_OPERATION_SUBTRACT = 2, /**< Subtracted: the earlier part of a cumulative figure, or the other direction. */
    MTM_OPERATION_LAST = 3,     /**< The stock dated in the period or the day after. */
    MTM_OPERATION_LATEST = 4,   /**< The latest stock before the period: not aligned. */
    MTM_OPERATION_DIVIDE = 5,   /**< The denominator of a share. */
    MTM_OPERATION_NONE = 6      /**< Not used: superseded. */
} mtm_operation;

/** @brief One observation behind a number. @since 0.1 */
typedef struct mtm_step {
    size_t size;         /**< sizeof(mtm_step), set by the caller. */
    const char *dataset; /**< The dataset's name; lent by the results. */
    const char *file;    /**< The file; lent by the results. */
    const char *edition; /**< The edition, "" when not stated; lent by the results. */
    const char *row;     /**< Code of the breakdown's row, "" for the total; lent by the results. */
    mtm_period period;   /**< The observation's period. */
    mtm_period release;  /**< Release date; {INT32_MIN, INT32_MIN} when not stated. */
    mtm_decimal value;   /**< The observation's value. */
    int64_t line;        /**< Line of the file, from 1. */
    int32_t column;      /**< Column of the file, from 1. */
    int32_t of;          /**< An mtm_lineage_of. */
    int32_t operation;   /**< An mtm_operation. */
    char status;         /**< OBS_STATUS. */
} mtm_step;

/** @brief Only the size. @since 0.2 */
#define MTM_STEP_INIT                                                                                                  \
    { sizeof(mtm_step), 0, 0, 0, 0, {0, 0}, {0, 0}, {0, 0, 0}, 0, 0, 0, 0, 0 }

/**
 * @brief A step of the lineage.
 * @param result A result, not NULL.
 * @param index From 0.
 * @param[out] out Filled as far as its `size` goes; untouched when @p index is too large.
 * @return 1, or 0 when @p index is too large or `size` was not set.
 * @since 0.1
 */
MTM_API int mtm_result_step(const mtm_result *result, size_t index, mtm_step *out);

/**
 * @brief Lends results as an Arrow C stream of one record batch: for data frames and engines.
 *
 * For each result one row of the value, and one for each row of its breakdown. Columns: `period` and its two days `first` and
 * `last` (date32); `indicator`; `dimension` and `code` (null for the value itself); `label`, `unit` and `multiplier`; `value`,
 * `share`, `rank`; `previous_base`, `previous_absolute`, `previous_percent`, `previous_reason` and the same for `last_year`
 * (null in rows of a breakdown); `reason`, `status` and `flags`; `extent`, the text of mtm_result_extent(). Numbers are decimal128. As they are: no disclosure control.
 *
 * @param results Results, not NULL; the stream copies what it needs and may outlive them.
 * @param language Of the labels.
 * @param[out] out An uninitialised stream structure; its release callback frees it.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_RANGE (more text than one batch can hold) or MTM_ERROR_MEMORY.
 * @since 0.2
 */
MTM_API mtm_status mtm_results_arrow(const mtm_results *results, mtm_language language, struct ArrowArrayStream *out,
                                     mtm_error *err);

#ifdef __cplusplus
}
#endif

#endif
