/**
 * @file mtm/survey.h
 * @brief Surveys: estimates from weighted, stratified, clustered samples, each with its base and its interval.
 */
#ifndef MTM_SURVEY_H
#define MTM_SURVEY_H

#include <mtm/format.h>
#include <mtm/period.h>
#include <mtm/source.h>
#include <mtm/buffer.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @brief The answers of a survey with the design of its sample. Frozen: may be used from many threads.
 * @since 0.2
 */
typedef struct mtm_survey mtm_survey;

/**
 * @brief What a question asked of a survey gave: one estimate for each answer and group. Frozen.
 * @since 0.2
 */
typedef struct mtm_estimates mtm_estimates;

/** @brief Statistics. The numbers never change. @since 0.2 */
typedef enum mtm_statistic {
    MTM_STATISTIC_DEFAULT = 0,    /**< Proportions of answers; the mean where all answers are numbers. */
    MTM_STATISTIC_PROPORTION = 1, /**< Share of those who answered. */
    MTM_STATISTIC_MEAN = 2,       /**< Mean of numbers. */
    MTM_STATISTIC_TOTAL = 3,      /**< Weighted total of numbers, or of those who gave an answer. */
    MTM_STATISTIC_RATIO = 4,      /**< Total of the question over the total of another. */
    MTM_STATISTIC_QUANTILE = 5,   /**< Quantile of numbers; the median when none is named. */
    MTM_STATISTIC_CHI_SQUARE = 6  /**< Test of independence of question and group (Rao and Scott). */
} mtm_statistic;

/** @brief Confidence intervals. The numbers never change. @since 0.2 */
typedef enum mtm_interval {
    MTM_INTERVAL_DEFAULT = 0, /**< Logit for proportions, else t. */
    MTM_INTERVAL_T = 1,       /**< Estimate plus and minus t times the standard error. */
    MTM_INTERVAL_LOGIT = 2,   /**< Symmetric on the logit scale; Korn and Graubard's at 0 and 100 per cent. */
    MTM_INTERVAL_BETA = 3     /**< Korn and Graubard: exact binomial of the effective sample size. */
} mtm_interval;

/** @brief Why an estimate is not to be relied on; bits of mtm_estimate's unreliable. @since 0.2 */
typedef enum mtm_unreliable {
    MTM_UNRELIABLE_FEW = 1,  /**< Fewer than 30 answers. */
    MTM_UNRELIABLE_WIDE = 2, /**< The interval of a share is wider than 20 points to a side. */
    MTM_UNRELIABLE_CV = 4,   /**< The standard error is above 30 % of a mean, total or ratio. */
    MTM_UNRELIABLE_FREE = 8  /**< No degree of freedom is left: the interval cannot be given. */
} mtm_unreliable;

/** @brief Where a survey's answers are. Zero means the default. @since 0.2 */
typedef struct mtm_survey_options {
    size_t size; /**< sizeof(mtm_survey_options). */
    const char
        *resource; /**< Of a package: the resource's name; NULL: the first that is a survey, of a store the latest. */
    const char *survey;    /**< JSON of the survey's design and questions (docs/survey.md); replaces the package's. */
    const char *columns;   /**< JSON array of the columns to keep beside the design's; NULL keeps all. */
    mtm_progress progress; /**< Called now and then; NULL for none. */
    void *progress_data;   /**< Passed to @p progress. */
    const char *form; /**< Path of an XLSForm: its questions, answers and conditions; NULL: the package's, if any. */
    const mtm_survey
        *add_to;      /**< A compact survey whose interviews these are added to; NULL: none. It stays as it is. */
    int32_t compact;  /**< Non-zero: keeps interviews of a cluster that say the same as one row. */
    int32_t reserved; /**< Zero. */
    const char
        *key; /**< Of a compact survey: 32 hexadecimal digits, the key under which ids of interviews are hashed, so
                           that they are known again in what was saved. NULL: what is saved holds no ids. Copied. */
    const mtm_period *as_of; /**< Of a store of releases: what had been released by this day; NULL: everything. */
} mtm_survey_options;

/** @brief All defaults. @since 0.2 */
#define MTM_SURVEY_OPTIONS_INIT                                                                                        \
    { sizeof(mtm_survey_options), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }

/**
 * @brief Reads a survey: a resource of a data package, or one file of answers, a row for each interview.
 *
 * Rows whose weight is missing, negative or no number, and repeated interviews, are refused: they are counted and
 * listed by mtm_survey_describe(), with their lines. A design that contradicts itself is an error.
 *
 * A compact survey holds interviews of any number as a few rows: those of one cluster that say the same are one, with
 * their number and the exact sum of their weights. Estimates are those of all interviews in memory. Further sources are
 * added one after the other, in any order, by reading each with `add_to`; what mtm_survey_save() wrote is read like any
 * source, and is compact. Threads read a part each, and the parts are added up. Such designs need clusters, and no
 * replicate weights. An interview that comes twice is refused among sources read `add_to` one another. Saved surveys hold
 * ids only as hashes, and only where a `key` was given: an interview that is in two of them is an error which names its
 * lines. A design that cannot be is an error of what asks the survey, for a part may lack what the whole has.
 *
 * @param source A folder with `datapackage.json`, that file, a store of releases, or a CSV file or workbook; bytes or a stream of one table;
 *        the file or bytes of a saved survey.
 * @param options Settings; NULL means all defaults.
 * @param[out] out Given: free with mtm_survey_free(). NULL on failure.
 * @param[out] err File, line, what was found and expected; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_SCHEMA, MTM_ERROR_VALUE (a design that cannot be), MTM_ERROR_STRUCTURE (a
 *         column of `add_to` is absent, or a saved survey is damaged), MTM_ERROR_UNSUPPORTED (a design that cannot be
 *         compact), or any error of reading.
 * @since 0.2
 */
MTM_API mtm_status mtm_survey_read(const mtm_source *source, const mtm_survey_options *options, mtm_survey **out,
                                   mtm_error *err);

/** @brief Frees a survey. @param survey A survey, or NULL. @since 0.2 */
MTM_API void mtm_survey_free(mtm_survey *survey);

/**
 * @brief The design, the balance of rows, what was refused, and the questions.
 * @param survey A survey, not NULL.
 * @param format MTM_FORMAT_TEXT or MTM_FORMAT_JSON.
 * @param[out] out Given: free with mtm_buffer_free(). NULL on failure.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_UNSUPPORTED (another format) or MTM_ERROR_MEMORY.
 * @since 0.2
 */
MTM_API mtm_status mtm_survey_describe(const mtm_survey *survey, mtm_format format, mtm_buffer **out, mtm_error *err);

/**
 * @brief A compact survey as bytes, to be read again by mtm_survey_read(). They hold answers of persons, by cluster: keep
 * them as the interviews are kept.
 * @param survey A survey that was read compact, not NULL.
 * @param[out] out Given: free with mtm_buffer_free(). NULL on failure.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT or MTM_ERROR_MEMORY.
 * @since 0.2
 */
MTM_API mtm_status mtm_survey_save(const mtm_survey *survey, mtm_buffer **out, mtm_error *err);

/** @brief What to estimate. Zero means the default. @since 0.2 */
typedef struct mtm_survey_request {
    size_t size;              /**< sizeof(mtm_survey_request). */
    const char *question;     /**< A question or column. */
    const char *answer;       /**< Only this answer; NULL: every answer. */
    const char *denominator;  /**< For a ratio: the question below the line. */
    const char *by;           /**< Columns whose combinations are the groups, separated by commas; NULL: one group. */
    const char *where;        /**< Only rows such as "sex=F;age_group=18-24|25-34"; NULL: all. */
    const char *between;      /**< Differences between groups of @p by: "F,M", or "*" for all with the first. Without
                                   @p by of two groups that may overlap, each a condition such as @p where's or "*" for
                                   all: "sex=F,*". */
    double level;             /**< Of confidence; 0: 0.95. */
    double probability;       /**< Of the quantile; 0: 0.5. */
    int32_t statistic;        /**< An mtm_statistic. */
    int32_t interval;         /**< An mtm_interval; of a quantile that of the share below it, t unless named. */
    int32_t threshold;        /**< Figures that fewer persons stand behind are withheld, numbers get the digits that
                                   reports print, and words that fewer than ten persons wrote and nobody declared give
                                   way to their lines; 0 does so for sensitive questions alone (10); -1 never, for
                                   what is not published. */
    int32_t reserved;         /**< Zero. */
    const mtm_survey *before; /**< The round before, asked the same: the estimates are the differences with it, of what
                                   both have. Drawn apart, or at the same clusters where `revisits` of the later
                                   design says so. NULL: none. */
} mtm_survey_request;

/** @brief All defaults. @since 0.2 */
#define MTM_SURVEY_REQUEST_INIT                                                                                        \
    { sizeof(mtm_survey_request), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }

/**
 * @brief One estimate. Grows at the end; texts are lent by the estimates. Numbers that are not defined are NaN.
 *
 * rows = n + missing + unknown + refused + not_asked + unexpected + invalid + out_of_domain + zero_weight.
 *
 * @since 0.2
 */
typedef struct mtm_estimate {
    const char *statistic; /**< "proportion", "mean", "total", "ratio", "quantile", "difference" or "chi-square". */
    const char *question;  /**< The question. */
    const char *answer;    /**< The answer; "" for numbers. */
    const char *domain;    /**< The group, such as "sex=F;age_group=18-24"; "" for all rows asked for. */
    const char *method;    /**< Of the interval: "logit", "beta", "t", "woodruff" or "none". */
    const char *reason;    /**< Why there is no interval or no estimate; "" for none. */
    const char *weight;    /**< Sum of the weights of those who answered, exact. */
    double estimate;       /**< The estimate. */
    double se;             /**< Its standard error. */
    double df;             /**< Degrees of freedom of the design in the group. */
    double low;            /**< Lower end of the interval. */
    double high;           /**< Upper end. */
    double deff;           /**< Design effect against simple random sampling without replacement. */
    double deff_replace;   /**< The same with replacement. */
    double n_effective;    /**< Answers that a simple random sample would need for the same precision. */
    double cv;             /**< Standard error over estimate. */
    double p_value;        /**< Of a test. */
    int64_t rows;          /**< Rows of the survey that were read and not refused. */
    int64_t n;             /**< Rows in the group with an answer: the base. */
    int64_t contributors;  /**< Of these, those who gave this answer; n for numbers. */
    int64_t missing;       /**< Without an answer; -1, as the following: not told. */
    int64_t unknown;       /**< "Do not know". */
    int64_t refused;       /**< Refused to answer. */
    int64_t not_asked;     /**< Not asked, by the form's logic. */
    int64_t unexpected;    /**< Answered though they should not have been asked; left out. */
    int64_t invalid;       /**< With an answer that the form does not know; left out. */
    int64_t out_of_domain; /**< Of other groups. */
    int64_t zero_weight;   /**< In the group, with weight 0. */
    int32_t unreliable;    /**< Bits of mtm_unreliable. */
    int32_t withheld;      /**< Non-zero: too few persons stand behind it; the numbers are NaN. */
    const char *question_label; /**< What the form calls the question; its name where there is no form. */
    const char *answer_label;   /**< What the form calls the answer; its name where there is no form. */
    double df_above;            /**< Of a test: degrees of freedom of the numerator; df are those of the denominator. */
} mtm_estimate;

/**
 * @brief Estimates. Variances and degrees of freedom of differences with another survey add up, as if the two were strata
 * of one design.
 * @param survey A survey, not NULL.
 * @param request What to estimate, not NULL.
 * @param[out] out Given: free with mtm_estimates_free(). NULL on failure. Independent of the survey.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_NOT_FOUND (no such question, answer or column), MTM_ERROR_VALUE (a
 *         stratum with a single unit, where the package does not say what to do) or MTM_ERROR_MEMORY.
 * @since 0.2
 */
MTM_API mtm_status mtm_survey_compute(const mtm_survey *survey, const mtm_survey_request *request, mtm_estimates **out,
                                      mtm_error *err);

/** @brief Frees estimates. @param estimates Estimates, or NULL. @since 0.2 */
MTM_API void mtm_estimates_free(mtm_estimates *estimates);

/**
 * @brief One estimate, in the order of groups, then of answers.
 * @param estimates Estimates, not NULL.
 * @param index From 0.
 * @return Lent: lives as long as @p estimates; NULL when @p index is too large.
 * @since 0.2
 */
MTM_API const mtm_estimate *mtm_estimates_at(const mtm_estimates *estimates, size_t index);

/**
 * @brief Writes estimates as a table for people (text), one object (JSON) or rows (CSV).
 * @param estimates Estimates, not NULL.
 * @param format MTM_FORMAT_TEXT, MTM_FORMAT_JSON or MTM_FORMAT_CSV.
 * @param[out] out Given: free with mtm_buffer_free(). NULL on failure.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_UNSUPPORTED (another format) or MTM_ERROR_MEMORY.
 * @since 0.2
 */
MTM_API mtm_status mtm_estimates_render(const mtm_estimates *estimates, mtm_format format, mtm_buffer **out,
                                        mtm_error *err);

#ifdef __cplusplus
}
#endif

#endif
