/**
 * @file mtm/text.h
 * @brief A finished document in memory, and saving it.
 */
#ifndef MTM_TEXT_H
#define MTM_TEXT_H

#include <mtm/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @brief A run of bytes the library has made: a rendered report, a proposed data package, a saved state.
 * @since 0.1
 */
typedef struct mtm_text mtm_text;

/**
 * @brief The bytes. A NUL follows the last one, so that a text document can be used as a C string.
 * @param text A text, not NULL.
 * @return Lent: lives as long as @p text.
 * @since 0.1
 */
MTM_API const char *mtm_text_data(const mtm_text *text);

/**
 * @brief How many bytes there are, without the NUL.
 * @param text A text, not NULL.
 * @return The number of bytes.
 * @since 0.1
 */
MTM_API size_t mtm_text_size(const mtm_text *text);

/**
 * @brief Writes the bytes to a file that appears whole or not at all.
 *
 * They go to a new file in the same folder, which takes the name when it is on the disk. A failure leaves what
 * was there before.
 *
 * @param text A text, not NULL.
 * @param path Where to; UTF-8. A folder, device, or pipe is refused.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_PATH, MTM_ERROR_IO or MTM_ERROR_MEMORY.
 * @since 0.1
 */
MTM_API mtm_status mtm_text_save(const mtm_text *text, const char *path, mtm_error *err);

/**
 * @brief Frees a text.
 * @param text A text, or NULL.
 * @since 0.1
 */
MTM_API void mtm_text_free(mtm_text *text);

#ifdef __cplusplus
}
#endif

#endif
