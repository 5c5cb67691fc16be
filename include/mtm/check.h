/**
 * @file mtm/check.h
 * @brief Checks: everything a file or package has wrong, and the balance of its rows.
 */
#ifndef MTM_CHECK_H
#define MTM_CHECK_H

#include <mtm/dataset.h>
#include <mtm/format.h>
#include <mtm/buffer.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @brief What reading a file or package found. Frozen. @since 0.1 */
typedef struct mtm_check mtm_check;

/** @brief How a check came out. The numbers never change. @since 0.1 */
typedef enum mtm_outcome {
    MTM_OUTCOME_OK = 0,            /**< Everything was read. */
    MTM_OUTCOME_NOTES = 1,         /**< Everything was read; something was repaired or assumed. */
    MTM_OUTCOME_REJECTED_ROWS = 2, /**< Rows were refused, the others kept. */
    MTM_OUTCOME_ERROR = 3          /**< Nothing can be built. */
} mtm_outcome;

/** @brief Which rows. The numbers never change; in = accepted + rejected + not data. @since 0.1 */
typedef enum mtm_rows {
    MTM_ROWS_IN = 0,       /**< All rows of the file. */
    MTM_ROWS_ACCEPTED = 1, /**< Rows that became observations, or said that there is no value. */
    MTM_ROWS_REJECTED = 2, /**< Refused rows. */
    MTM_ROWS_NOT_DATA =
        3 /**< Headers, notes, blank lines, tag rows; totals beside their parts, which are kept apart. */
} mtm_rows;

/** @brief A diagnostic. The layout is frozen; texts are lent by the check. @since 0.1 */
typedef struct mtm_diagnostic {
    const char *file;     /**< The file. */
    const char *found;    /**< What was read; "" where that says nothing. */
    const char *expected; /**< What was expected. */
    const char *hint;     /**< How to fix it; "" for none. */
    const char *record;   /**< The row as it stands in the file, "" when not kept. */
    int64_t line;         /**< Line, from 1; 0 for none. */
    int64_t column;       /**< Character of the line, from 1; 0 for none. */
    int32_t error;        /**< 1 for an error, 0 for a note. */
    int32_t code;         /**< The number in MTM-E012 or MTM-N012. */
} mtm_diagnostic;

/**
 * @brief Reads a file or a whole package and keeps everything it finds; builds nothing.
 *
 * Succeeds also when the data is refused: ask mtm_check_outcome().
 *
 * @param source A CSV file, a workbook, a folder with `datapackage.json` or that file; bytes or a stream of one table.
 * @param options Settings; NULL means all defaults.
 * @param[out] out Given: free with mtm_check_free(). NULL on failure.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_CANCELLED or MTM_ERROR_MEMORY.
 * @since 0.1
 */
MTM_API mtm_status mtm_check_read(const mtm_source *source, const mtm_read_options *options, mtm_check **out,
                                  mtm_error *err);

/** @brief Frees a check. @param check A check, or NULL. @since 0.1 */
MTM_API void mtm_check_free(mtm_check *check);

/** @brief How it came out. @param check A check, not NULL. @return The outcome. @since 0.1 */
MTM_API mtm_outcome mtm_check_outcome(const mtm_check *check);

/**
 * @brief How many rows.
 * @param check A check, not NULL.
 * @param which Which rows; over all files of a package.
 * @return Their number.
 * @since 0.1
 */
MTM_API int64_t mtm_check_rows(const mtm_check *check, mtm_rows which);

/** @brief How many diagnostics are kept. @param check A check, not NULL. @return Their number. @since 0.1 */
MTM_API size_t mtm_check_count(const mtm_check *check);

/**
 * @brief A diagnostic, in the order of file and line.
 * @param check A check, not NULL.
 * @param index From 0.
 * @param[out] out The diagnostic; untouched when @p index is too large.
 * @return 1, or 0 when @p index is too large.
 * @since 0.1
 */
MTM_API int mtm_check_at(const mtm_check *check, size_t index, mtm_diagnostic *out);

/**
 * @brief Writes a check as text for a person, as a page, as JSON (docs/check-json.md), or its refused rows as CSV.
 *
 * Text and page show the rows that `show_rows` of mtm_read_options kept, each cell with what it was taken for.
 *
 * @param check A check, not NULL.
 * @param format MTM_FORMAT_TEXT, MTM_FORMAT_HTML, MTM_FORMAT_JSON, or MTM_FORMAT_CSV (refused rows: file, line, column, code, reason,
 *        record verbatim).
 * @param options Width and colour; NULL means all defaults.
 * @param[out] out Given: free with mtm_buffer_free(). NULL on failure.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_UNSUPPORTED or MTM_ERROR_MEMORY.
 * @since 0.1
 */
MTM_API mtm_status mtm_check_render(const mtm_check *check, mtm_format format, const mtm_render_options *options,
                                    mtm_buffer **out, mtm_error *err);

#ifdef __cplusplus
}
#endif

#endif
