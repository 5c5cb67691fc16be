/**
 * @file mtm/status.h
 * @brief How a call went, and where it went wrong.
 */
#ifndef MTM_STATUS_H
#define MTM_STATUS_H

#include <mtm/export.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @brief How a call went. The numbers are part of the ABI and never change.
 * @since 0.1
 */
typedef enum mtm_status {
    MTM_OK = 0,                 /**< The call did what it says. */
    MTM_ERROR_ARGUMENT = 1,     /**< The caller passed what the function does not take. */
    MTM_ERROR_MEMORY = 2,       /**< An allocation failed. */
    MTM_ERROR_IO = 3,           /**< The system refused to open, read or write. */
    MTM_ERROR_NOT_FOUND = 4,    /**< A file, indicator, code list or dimension of that name does not exist. */
    MTM_ERROR_ENCODING = 5,     /**< Bytes are not text in the declared or any provable encoding. */
    MTM_ERROR_STRUCTURE = 6,    /**< Rows, columns, quotes or JSON do not have the form they should. */
    MTM_ERROR_VALUE = 7,        /**< A cell is not the number, period or label its column promises. */
    MTM_ERROR_SCHEMA = 8,       /**< A description contradicts itself or the file it describes. */
    MTM_ERROR_RANGE = 9,        /**< An exact result does not fit. Nothing ever wraps. */
    MTM_ERROR_LIMIT = 10,       /**< A limit, named in the message, was passed. */
    MTM_ERROR_PATH = 11,        /**< A path leads out of its folder, or is not a regular file. */
    MTM_ERROR_CANCELLED = 12,   /**< The progress callback asked to stop. */
    MTM_ERROR_UNSUPPORTED = 13, /**< This build lacks the part the call needs; see mtm_features(). */
    MTM_ERROR_DISCLOSURE = 14,  /**< The output would disclose a small cell; nothing was written. */
    MTM_ERROR_STATE = 15        /**< A saved state is damaged, of another version, or was merged before. */
} mtm_status;

/**
 * @brief Where and why a call failed. Owned by the caller; plain memory, nothing to free.
 *
 * Pass NULL where the reason does not matter. A function that takes one always fills it when it fails and
 * leaves it alone when it succeeds. The layout is frozen.
 *
 * @since 0.1
 */
typedef struct mtm_error {
    int32_t status;    /**< An mtm_status. */
    int32_t code;      /**< The number in `MTM-E012`, listed in the documentation; 0 where there is none. */
    int64_t line;      /**< Line of the file, from 1 as an editor counts; 0 where there is none. */
    int64_t column;    /**< Character of the line, from 1; 0 where there is none. */
    char subject[240]; /**< The file, indicator or argument concerned; UTF-8, ends in NUL. */
    char message[768]; /**< What was found, what was expected, how to fix it; one line, UTF-8, ends in NUL. */
} mtm_error;

/**
 * @brief The name of a status, such as "MTM_ERROR_PATH".
 * @param status Any number.
 * @return Static text; "MTM_ERROR_UNKNOWN" for a number that is no status.
 * @since 0.1
 */
MTM_API const char *mtm_status_name(mtm_status status);

/**
 * @brief Writes an error as the one line a program would print.
 *
 * `FILE:LINE:COLUMN: error[MTM-E012]: message`, less the parts that are not known.
 *
 * @param error The error; NULL gives an empty line.
 * @param[out] buffer Receives at most @p size bytes, always ended by NUL; NULL only when @p size is 0.
 * @param size Bytes in @p buffer.
 * @return The length of the whole line without its NUL, which may be larger than what fitted.
 * @since 0.1
 */
MTM_API size_t mtm_error_describe(const mtm_error *error, char *buffer, size_t size);

/**
 * @brief Called now and then during long work, on the thread that made the call.
 * @param done Units of work done (bytes of input).
 * @param total Units in all; 0 when not known.
 * @param data The pointer that was given with the callback.
 * @return 0 to go on; anything else stops the call with MTM_ERROR_CANCELLED.
 * @since 0.1
 */
typedef int (*mtm_progress)(uint64_t done, uint64_t total, void *data);

#ifdef __cplusplus
}
#endif

#endif
