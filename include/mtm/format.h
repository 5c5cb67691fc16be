/**
 * @file mtm/format.h
 * @brief The forms in which reports and checks are written.
 */
#ifndef MTM_FORMAT_H
#define MTM_FORMAT_H

#include <mtm/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @brief Forms a report can take. The numbers never change. @since 0.1 */
typedef enum mtm_format {
    MTM_FORMAT_TEXT = 0,                /**< Plain text for a terminal. */
    MTM_FORMAT_MARKDOWN = 1,            /**< CommonMark with tables. */
    MTM_FORMAT_HTML = 2,                /**< One self-contained page without script. */
    MTM_FORMAT_JSON = 3,                /**< The contract of docs/report-json.md. */
    MTM_FORMAT_CSV = 4,                 /**< One row a number. */
    MTM_FORMAT_SDMX_CSV = 5,            /**< SDMX-CSV 2.0. */
    MTM_FORMAT_XLSX = 6,                /**< A workbook. */
    MTM_FORMAT_ODS = 7,                 /**< An OpenDocument workbook. @since 0.2 */
    MTM_FORMAT_DOCX = 8,                /**< A text document with editable charts. @since 0.2 */
    MTM_FORMAT_SDMX_ML = 9,             /**< A data message of SDMX-ML 3.0. @since 0.2 */
    MTM_FORMAT_SDMX_STRUCTURE = 10,     /**< The structures that SDMX messages follow, as SDMX-ML 3.0. @since 0.2 */
    MTM_FORMAT_SDMX_JSON = 11,          /**< A data message of SDMX-JSON 2.0. @since 0.2 */
    MTM_FORMAT_JSON_STAT = 12,          /**< A collection of JSON-stat 2.0. @since 0.2 */
    MTM_FORMAT_JSON_LD = 13,            /**< Linked data: schema.org and DCAT. @since 0.2 */
    MTM_FORMAT_CSVW = 14,               /**< What describes the CSV: CSV on the Web. @since 0.2 */
    MTM_FORMAT_PPTX = 15,               /**< Slides with editable charts. @since 0.2 */
    MTM_FORMAT_SDMX_JSON_STRUCTURE = 16 /**< The structures that SDMX messages follow, as SDMX-JSON 2.0. @since 0.2 */
} mtm_format;

/**
 * @brief Reads a format's name.
 * @param text A name as of mtm_format_name(), or the ending of a file ("txt", "md").
 * @param[out] out The format.
 * @param[out] err Why it was refused; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT (NULL) or MTM_ERROR_VALUE.
 * @since 0.1
 */
MTM_API mtm_status mtm_format_read(const char *text, mtm_format *out, mtm_error *err);

/**
 * @brief The name of a format.
 * @param format Any number: a program that is older than the library need not know it.
 * @return "text", "markdown" and so on, lent for ever; NULL for a number that is no format. Numbers from 0 on, up to the
 *     first NULL, are all formats.
 * @since 0.2
 */
MTM_API const char *mtm_format_name(mtm_format format);

/** @brief What a format can hold; bits. The first four are 1 << mtm_view. @since 0.2 */
typedef enum mtm_format_property {
    MTM_FORMAT_REPORT = 1,    /**< MTM_VIEW_REPORT. */
    MTM_FORMAT_INDICATOR = 2, /**< MTM_VIEW_INDICATOR. */
    MTM_FORMAT_LINEAGE = 4,   /**< MTM_VIEW_LINEAGE. */
    MTM_FORMAT_PAGE = 8,      /**< MTM_VIEW_PAGE. */
    MTM_FORMAT_BINARY = 256   /**< Bytes that are no text. */
} mtm_format_property;

/**
 * @brief What a format can hold.
 * @param format Any number.
 * @return Bits of mtm_format_property; 0 for a number that is no format.
 * @since 0.2
 */
MTM_API int32_t mtm_format_properties(mtm_format format);

/** @brief What of a report to show. The numbers never change. @since 0.1 */
typedef enum mtm_view {
    MTM_VIEW_REPORT = 0,    /**< All of it. */
    MTM_VIEW_INDICATOR = 1, /**< One indicator, without the document around it. */
    MTM_VIEW_LINEAGE = 2,   /**< The observations behind one indicator. */
    MTM_VIEW_PAGE = 3       /**< The report on one page, for those who decide. */
} mtm_view;

/**
 * @brief Takes the next bytes of a document, on the thread that made the call.
 * @param data The pointer that was given with the function.
 * @param bytes The bytes; borrowed during the call.
 * @param size How many.
 * @return 0 to go on; anything else stops the call with MTM_ERROR_IO.
 * @since 0.2
 */
typedef int (*mtm_write)(void *data, const void *bytes, size_t size);

/** @brief Settings for rendering. Zero means the default. @since 0.1 */
typedef struct mtm_render_options {
    size_t size;           /**< sizeof(mtm_render_options). */
    int32_t view;          /**< An mtm_view. */
    int32_t width;         /**< Columns of the text format; 0 means 80. */
    const char *indicator; /**< Id, for the views of one indicator; NULL where the report has only one. */
    mtm_write write;  /**< Where the document goes; NULL: into a buffer. With it, @p out may be NULL and gets NULL. */
    void *write_data; /**< Passed to @p write. */
    int32_t colour;   /**< Non-zero lets the text format use terminal colours. */
    const char *file; /**< The name of the CSV file that MTM_FORMAT_CSVW describes; NULL: report.csv. @since 0.2 */
} mtm_render_options;

/** @brief All defaults. @since 0.1 */
#define MTM_RENDER_OPTIONS_INIT                                                                                        \
    { sizeof(mtm_render_options), 0, 0, 0, 0, 0, 0, 0 }

#ifdef __cplusplus
}
#endif

#endif
