/**
 * @file mtm/report.h
 * @brief Reports: results in sections, with findings, limitations, bibliography and disclosure control; and rendering.
 */
#ifndef MTM_REPORT_H
#define MTM_REPORT_H

#include <mtm/format.h>
#include <mtm/result.h>
#include <mtm/text.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @brief A report in one language, ready to render. Frozen: may be used from many threads. @since 0.1 */
typedef struct mtm_report mtm_report;

/** @brief Settings for a report. Zero means the default. @since 0.1 */
typedef struct mtm_report_options {
    size_t size;           /**< sizeof(mtm_report_options). */
    int32_t language;      /**< An mtm_language; 0 is English. */
    int32_t threshold;     /**< Smallest count that may be shown of confidential data: 0 means 5; 3 or more; -1 switches
                                disclosure control off and stamps the report as not for publication. */
} mtm_report_options;

/** @brief All defaults. @since 0.1 */
#define MTM_REPORT_OPTIONS_INIT {sizeof(mtm_report_options), 0, 0}

/**
 * @brief Makes a report of results.
 * @param results Results, not NULL; copied.
 * @param options Settings; NULL means all defaults.
 * @param[out] out Given: free with mtm_report_free(). NULL on failure.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_DISCLOSURE (the audit failed) or MTM_ERROR_MEMORY.
 * @since 0.1
 */
MTM_API mtm_status mtm_report_new(const mtm_results *results, const mtm_report_options *options, mtm_report **out,
                                  mtm_error *err);

/** @brief Frees a report. @param report A report, or NULL. @since 0.1 */
MTM_API void mtm_report_free(mtm_report *report);

/**
 * @brief Renders a report. The same report gives the same bytes.
 * @param report A report, not NULL.
 * @param format The form.
 * @param options Settings; NULL means all defaults.
 * @param[out] out Given: free with mtm_text_free(). NULL on failure.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_NOT_FOUND (no such indicator), MTM_ERROR_UNSUPPORTED (view or format
 *         not in this build) or MTM_ERROR_MEMORY.
 * @since 0.1
 */
MTM_API mtm_status mtm_report_render(const mtm_report *report, mtm_format format, const mtm_render_options *options,
                                     mtm_text **out, mtm_error *err);

/**
 * @brief The finding of an indicator: one sentence in the report's language.
 * @param report A report, not NULL.
 * @param indicator Its id.
 * @return Lent: lives as long as @p report; NULL when the report has no such indicator.
 * @since 0.1
 */
MTM_API const char *mtm_report_finding(const mtm_report *report, const char *indicator);

#ifdef __cplusplus
}
#endif

#endif
