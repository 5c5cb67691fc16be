/**
 * @file mtm/report.h
 * @brief Reports: results in sections, with findings, limitations, bibliography and disclosure control; and rendering.
 */
#ifndef MTM_REPORT_H
#define MTM_REPORT_H

#include <mtm/format.h>
#include <mtm/package.h>
#include <mtm/result.h>
#include <mtm/survey.h>
#include <mtm/buffer.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @brief A report in one language, ready to render. Frozen: may be used from many threads. @since 0.1 */
typedef struct mtm_report mtm_report;

/** @brief How confidential figures are protected. @since 0.2 */
typedef enum mtm_method {
    MTM_METHOD_SUPPRESSION = 0, /**< Some are withheld. */
    MTM_METHOD_ROUNDING = 1     /**< All are rounded to multiples of the threshold, so that they still add up. */
} mtm_method;

/** @brief Settings for a report. Zero means the default. @since 0.1 */
typedef struct mtm_report_options {
    size_t size;        /**< sizeof(mtm_report_options). */
    int32_t language;   /**< An mtm_language; 0 is English. */
    int32_t threshold;  /**< Smallest count that may be shown of confidential data: 0 means 5; 3 or more; -1 switches
                                disclosure control off and stamps the report as not for publication. */
    const char *ledger; /**< The file of the ledger of publications, made where there is none: the report is protected
                             together with everything published by this ledger, and is entered in it. It holds
                             withheld figures: keep it as you keep the data. NULL: protected within itself only.
                             Borrowed. @since 0.2 */
    int32_t method;     /**< An mtm_method: how confidential counts are protected. @since 0.2 */
    int32_t p_percent; /**< Amounts: no contributor may come closer than this per cent to the largest other one: 0 means
                             15; 1 to 100. @since 0.2 */
    int32_t dominance; /**< Amounts: the two largest contributors may make up at most this per cent: 1 to 100, such as
                             85; 0: not asked. @since 0.2 */
} mtm_report_options;

/** @brief All defaults. @since 0.1 */
#define MTM_REPORT_OPTIONS_INIT                                                                                        \
    { sizeof(mtm_report_options), 0, 0, 0, 0, 0, 0 }

/**
 * @brief Makes a report of results.
 * @param results Results of one reference period, not NULL; copied.
 * @param options Settings; NULL means all defaults.
 * @param[out] out Given: free with mtm_report_free(). NULL on failure.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_DISCLOSURE (the audit failed, alone or together with what the ledger
 *         tells), MTM_ERROR_STATE (the ledger is damaged or of another version), MTM_ERROR_IO, MTM_ERROR_PATH or
 *         MTM_ERROR_MEMORY. On failure the ledger is what it was.
 * @note Writers of one ledger, in threads or processes, wait for one another.
 * @since 0.1
 */
MTM_API mtm_status mtm_report_new(const mtm_results *results, const mtm_report_options *options, mtm_report **out,
                                  mtm_error *err);

/**
 * @brief Tables of counts with what is small, and what would tell of it, withheld: for publishing.
 *
 * All datasets of the package are protected together, as one document, by the rules of docs/disclosure.md. A figure that
 * is withheld has the status 'Q' and no value. Labels that no code list knows become "unclassified:LINE". Datasets that
 * are neither counted from microdata nor confidential stay as they are; microdata that was not counted is left out.
 *
 * @param package A package, not NULL, such as mtm_tabulator_finish() gives; stays as it is.
 * @param options Threshold and ledger; the language is not used. NULL means all defaults. Control cannot be off.
 * @param[out] out Given: free with mtm_package_free(). NULL on failure.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_DISCLOSURE (amounts and shares, or what cannot be made safe), the errors
 *         of a ledger as of mtm_report_new(), or MTM_ERROR_MEMORY.
 * @since 0.2
 */
MTM_API mtm_status mtm_package_protect(const mtm_package *package, const mtm_report_options *options, mtm_package **out,
                                       mtm_error *err);

/**
 * @brief Withholds estimates of a survey that too few persons stand behind, or that would tell of such, for publishing.
 *
 * Persons are counted, never weights: those who answered, those of them who gave the answer, and those who did not. With a
 * ledger, together with everything published by it; the estimates are entered in it. Compute them with threshold -1.
 *
 * @param estimates Estimates of one survey, not NULL; changed.
 * @param options Threshold and ledger; the language is not used. NULL means all defaults. Control cannot be off.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_DISCLOSURE (what cannot be made safe beside the ledger), the errors of a
 *         ledger as of mtm_report_new(), or MTM_ERROR_MEMORY. On failure nothing is changed, and nothing entered.
 * @note The estimates belong to one thread during the call.
 * @since 0.2
 */
MTM_API mtm_status mtm_estimates_protect(mtm_estimates *estimates, const mtm_report_options *options, mtm_error *err);

/** @brief Frees a report. @param report A report, or NULL. @since 0.1 */
MTM_API void mtm_report_free(mtm_report *report);

/**
 * @brief Renders a report. The same report gives the same bytes.
 * @param report A report, not NULL.
 * @param format The form.
 * @param options Settings; NULL means all defaults.
 * @param[out] out Given: free with mtm_buffer_free(). NULL on failure.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_NOT_FOUND (no such indicator), MTM_ERROR_UNSUPPORTED (view or format
 *         not in this build) or MTM_ERROR_MEMORY.
 * @since 0.1
 */
MTM_API mtm_status mtm_report_render(const mtm_report *report, mtm_format format, const mtm_render_options *options,
                                     mtm_buffer **out, mtm_error *err);

/**
 * @brief The finding of an indicator: one sentence in the report's language.
 * @param report A report, not NULL.
 * @param indicator Its id.
 * @return Lent: lives as long as @p report; NULL when the report has no such indicator.
 * @since 0.1
 */
MTM_API const char *mtm_report_finding(const mtm_report *report, const char *indicator);

/** @brief A limitation that the report states. Texts are lent by the report, in its language. @since 0.2 */
typedef struct mtm_limitation {
    size_t size;           /**< sizeof(mtm_limitation), set by the caller. */
    const char *kind;      /**< "period-unavailable", "revised", "suppressed", ...: docs/report-json.md. */
    const char *title;     /**< The kind as a heading. */
    const char *indicator; /**< The indicator's id; "" where it is about the whole report. */
    const char *text;      /**< A sentence, or several. */
} mtm_limitation;

/** @brief Only the size. @since 0.2 */
#define MTM_LIMITATION_INIT                                                                                            \
    { sizeof(mtm_limitation), 0, 0, 0, 0 }

/**
 * @brief A limitation: the first is 0, and so on until 0 is returned.
 * @param report A report, not NULL.
 * @param index From 0.
 * @param[out] out Filled as far as its `size` goes; untouched when @p index is too large.
 * @return 1, or 0 when @p index is too large or `size` was not set.
 * @since 0.2
 */
MTM_API int mtm_report_limitation(const mtm_report *report, size_t index, mtm_limitation *out);

/** @brief A source the report used. Texts are lent by the report; "" where not stated. @since 0.2 */
typedef struct mtm_reference {
    size_t size;                /**< sizeof(mtm_reference), set by the caller. */
    const char *publisher;      /**< Who published it. */
    const char *title;          /**< Its title. */
    const char *address;        /**< Its address. */
    const char *licence;        /**< Under which terms. */
    const char *accessed;       /**< When it was fetched, as the source has it. */
    const char *text;           /**< The whole entry in print but for the address, in the report's language. */
    mtm_period release;         /**< The latest release used; {INT32_MIN, INT32_MIN} when not stated. */
    int32_t on_request;         /**< 1 when it was obtained on request, 0 when published. */
    int32_t methodology_public; /**< 1 or 0; -1 when not stated. */
} mtm_reference;

/** @brief Only the size. @since 0.2 */
#define MTM_REFERENCE_INIT                                                                                             \
    { sizeof(mtm_reference), 0, 0, 0, 0, 0, 0, {0, 0}, 0, 0 }

/**
 * @brief An entry of the bibliography: the first is 0, and so on until 0 is returned.
 * @param report A report, not NULL.
 * @param index From 0.
 * @param[out] out Filled as far as its `size` goes; untouched when @p index is too large.
 * @return 1, or 0 when @p index is too large or `size` was not set.
 * @since 0.2
 */
MTM_API int mtm_report_reference(const mtm_report *report, size_t index, mtm_reference *out);

#ifdef __cplusplus
}
#endif

#endif
