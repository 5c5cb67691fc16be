/**
 * @file mtm/result.h
 * @brief Results: an indicator's value, comparisons, breakdown, series and lineage for one reference period.
 */
#ifndef MTM_RESULT_H
#define MTM_RESULT_H

#include <mtm/codelist.h>
#include <mtm/decimal.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @brief The results of one computation, in the catalogue's order. Frozen. @since 0.1 */
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
 * @return Lent: lives as long as @p results; NULL when there is none.
 * @since 0.1
 */
MTM_API const mtm_result *mtm_results_find(const mtm_results *results, const char *id);

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
    MTM_REASON_BASE_NEGATIVE = 9,         /**< The base is negative: no per cent. */
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
    MTM_REASON_EXTENT_DIFFERS = 22        /**< The two figures do not count the same cells. */
} mtm_reason;

/** @brief The indicator's id. @param result A result, not NULL. @return Lent. @since 0.1 */
MTM_API const char *mtm_result_id(const mtm_result *result);

/**
 * @brief The indicator's title.
 * @param result A result, not NULL.
 * @param language In which language.
 * @return Lent.
 * @since 0.1
 */
MTM_API const char *mtm_result_title(const mtm_result *result, mtm_language language);

/** @brief The section's id. @param result A result, not NULL. @return Lent. @since 0.1 */
MTM_API const char *mtm_result_section(const mtm_result *result);

/** @brief The unit. @param result A result, not NULL. @return Lent. @since 0.1 */
MTM_API const char *mtm_result_unit(const mtm_result *result);

/** @brief The unit's power of ten. @param result A result, not NULL. @return It. @since 0.1 */
MTM_API int mtm_result_multiplier(const mtm_result *result);

/** @brief The kind. @param result A result, not NULL. @return The kind, as mtm_kind. @since 0.1 */
MTM_API int mtm_result_kind(const mtm_result *result);

/** @brief The reference period asked for. @param result A result, not NULL. @return It. @since 0.1 */
MTM_API mtm_period mtm_result_period(const mtm_result *result);

/**
 * @brief The period or date the value is really of; differs from the one asked for where it is not aligned.
 * @param result A result, not NULL.
 * @return It.
 * @since 0.1
 */
MTM_API mtm_period mtm_result_observed(const mtm_result *result);

/** @brief Why there is no value. @param result A result, not NULL. @return MTM_REASON_NONE with one. @since 0.1 */
MTM_API mtm_reason mtm_result_reason(const mtm_result *result);

/**
 * @brief The value.
 * @param result A result, not NULL.
 * @param[out] out The value; untouched when there is none.
 * @return 1 with a value, else 0.
 * @since 0.1
 */
MTM_API int mtm_result_value(const mtm_result *result, mtm_decimal *out);

/** @brief The OBS_STATUS letter. @param result A result, not NULL. @return 'A' and so on. @since 0.1 */
MTM_API char mtm_result_status(const mtm_result *result);

/**
 * @brief Flags of a value, added together. The numbers never change.
 * @since 0.1
 */
typedef enum mtm_flag {
    MTM_FLAG_DERIVED = 1,            /**< Computed from cumulative figures or parts. */
    MTM_FLAG_ACROSS_RELEASES = 2,    /**< Derived from figures of consecutive releases. */
    MTM_FLAG_NOT_ALIGNED = 4,        /**< A stock of an earlier date. */
    MTM_FLAG_REVISED = 8,            /**< An earlier release gave another figure. */
    MTM_FLAG_NEGATIVE_DIFFERENCE = 16, /**< A cumulative figure fell. */
    MTM_FLAG_UNCLASSIFIED = 32,      /**< Contains labels no code matches. */
    MTM_FLAG_TOTAL_MISMATCH = 64,    /**< Parts and printed total disagree. */
    MTM_FLAG_ESTIMATED = 128,        /**< Rests on a figure of status E. */
    MTM_FLAG_MICRODATA = 256,        /**< Counted from microdata, or confidential: disclosure control applies. */
    MTM_FLAG_COVERAGE_ASSUMED_ZERO = 512, /**< Absent cells that were always small are taken for zero. */
    MTM_FLAG_AS_COVERED = 1024       /**< A sum of what is there: not all that the source lists. */
} mtm_flag;

/** @brief The flags of the value. @param result A result, not NULL. @return Flags added together. @since 0.1 */
MTM_API uint32_t mtm_result_flags(const mtm_result *result);

/** @brief What a value is compared with. The numbers never change. @since 0.1 */
typedef enum mtm_comparison_with {
    MTM_WITH_PREVIOUS_PERIOD = 0,      /**< The period of the same length just before. */
    MTM_WITH_SAME_PERIOD_LAST_YEAR = 1 /**< The same period of the year before. */
} mtm_comparison_with;

/** @brief A comparison. The layout is frozen. @since 0.1 */
typedef struct mtm_comparison {
    mtm_period period;        /**< The base's period. */
    mtm_decimal base;         /**< The base, where has_base. */
    mtm_decimal absolute;     /**< Value less base, where has_base. */
    mtm_decimal percent;      /**< 100 (value - base) / base, where has_percent. */
    int32_t has_base;         /**< 1 when base and absolute hold. */
    int32_t has_percent;      /**< 1 when percent holds. */
    int32_t reason;           /**< An mtm_reason when something is missing. */
    char base_status;         /**< OBS_STATUS of the base. */
    char reserved[3];         /**< Zero. */
} mtm_comparison;

/**
 * @brief A comparison of the value.
 * @param result A result, not NULL.
 * @param with Which one.
 * @param[out] out The comparison; untouched when the indicator has none of that kind.
 * @return 1 when the indicator asks for it, else 0.
 * @since 0.1
 */
MTM_API int mtm_result_comparison(const mtm_result *result, mtm_comparison_with with, mtm_comparison *out);

/** @brief A row of the breakdown. The layout is frozen. @since 0.1 */
typedef struct mtm_row {
    mtm_decimal value;     /**< Its value, where has_value. */
    mtm_decimal share;     /**< Per cent of the total, one decimal, where has_share. */
    int32_t has_value;     /**< 1 with a value. */
    int32_t has_share;     /**< 1 with a share. */
    int32_t rank;          /**< Competition rank from 1; 0 for the remainder and for what is not ranked. */
    int32_t kind;          /**< An mtm_member_kind; MTM_MEMBER_OTHER for the remainder. */
    char status;           /**< OBS_STATUS. */
    char reserved[7];      /**< Zero. */
} mtm_row;

/** @brief The breakdown's dimension. @param result A result, not NULL. @return Lent; "" for none. @since 0.1 */
MTM_API const char *mtm_result_dimension(const mtm_result *result);

/** @brief Why there is no breakdown. @param result A result, not NULL. @return MTM_REASON_NONE with one. @since 0.1 */
MTM_API mtm_reason mtm_result_breakdown_reason(const mtm_result *result);

/** @brief How many rows the breakdown has. @param result A result, not NULL. @return Their number. @since 0.1 */
MTM_API size_t mtm_result_row_count(const mtm_result *result);

/**
 * @brief A row of the breakdown, by rank; the remainder is last.
 * @param result A result, not NULL.
 * @param index From 0.
 * @param[out] out The row; untouched when @p index is too large.
 * @return 1, or 0 when @p index is too large.
 * @since 0.1
 */
MTM_API int mtm_result_row(const mtm_result *result, size_t index, mtm_row *out);

/**
 * @brief A row's code.
 * @param result A result, not NULL.
 * @param index From 0.
 * @return Lent; "_O" for the remainder; NULL when @p index is too large.
 * @since 0.1
 */
MTM_API const char *mtm_result_row_code(const mtm_result *result, size_t index);

/**
 * @brief A row's name.
 * @param result A result, not NULL.
 * @param index From 0.
 * @param language In which language.
 * @return Lent; NULL when @p index is too large.
 * @since 0.1
 */
MTM_API const char *mtm_result_row_label(const mtm_result *result, size_t index, mtm_language language);

/** @brief How many points the series has. @param result A result, not NULL. @return Their number. @since 0.1 */
MTM_API size_t mtm_result_point_count(const mtm_result *result);

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
    MTM_LINEAGE_VALUE = 0,          /**< The value. */
    MTM_LINEAGE_PREVIOUS = 1,       /**< The base of the comparison with the previous period. */
    MTM_LINEAGE_LAST_YEAR = 2,      /**< The base of the comparison with last year. */
    MTM_LINEAGE_BREAKDOWN = 3,      /**< A row of the breakdown. */
    MTM_LINEAGE_SUPERSEDED = 4      /**< An older figure that a revision replaced. */
} mtm_lineage_of;

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

/** @brief One observation behind a number. The layout is frozen. @since 0.1 */
typedef struct mtm_step {
    const char *dataset;   /**< The dataset's name; lent by the results. */
    const char *file;      /**< The file; lent by the results. */
    const char *edition;   /**< The edition, "" when not stated; lent by the results. */
    const char *row;       /**< Code of the breakdown's row, "" for the total; lent by the results. */
    mtm_period period;     /**< The observation's period. */
    mtm_period release;    /**< Release date; {INT32_MIN, INT32_MIN} when not stated. */
    mtm_decimal value;     /**< The observation's value. */
    int64_t line;          /**< Line of the file, from 1. */
    int32_t column;        /**< Column of the file, from 1. */
    int32_t of;            /**< An mtm_lineage_of. */
    int32_t operation;     /**< An mtm_operation. */
    char status;           /**< OBS_STATUS. */
    char reserved[3];      /**< Zero. */
} mtm_step;

/** @brief How many steps the lineage has. @param result A result, not NULL. @return Their number. @since 0.1 */
MTM_API size_t mtm_result_step_count(const mtm_result *result);

/**
 * @brief A step of the lineage.
 * @param result A result, not NULL.
 * @param index From 0.
 * @param[out] out The step; untouched when @p index is too large.
 * @return 1, or 0 when @p index is too large.
 * @since 0.1
 */
MTM_API int mtm_result_step(const mtm_result *result, size_t index, mtm_step *out);

#ifdef __cplusplus
}
#endif

#endif
