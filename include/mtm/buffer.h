/**
 * @file mtm/buffer.h
 * @brief A finished document in memory, and saving it.
 */
#ifndef MTM_BUFFER_H
#define MTM_BUFFER_H

#include <mtm/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @brief A run of bytes the library has made: a rendered report, a proposed data package, a saved state.
 * @since 0.1
 */
typedef struct mtm_buffer mtm_buffer;

/**
 * @brief The bytes. A NUL follows the last one, so that a text document can be used as a C string.
 * @param buffer A buffer, not NULL.
 * @return Lent: lives as long as @p buffer.
 * @since 0.1
 */
MTM_API const char *mtm_buffer_data(const mtm_buffer *buffer);

/**
 * @brief How many bytes there are, without the NUL.
 * @param buffer A buffer, not NULL.
 * @return The number of bytes.
 * @since 0.1
 */
MTM_API size_t mtm_buffer_size(const mtm_buffer *buffer);

/**
 * @brief Writes the bytes to a file that appears whole or not at all.
 *
 * They go to a new file in the same folder, which takes the name when it is on the disk. A failure leaves what
 * was there before.
 *
 * @param buffer A buffer, not NULL.
 * @param path Where to; UTF-8. A folder, device, or pipe is refused.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_PATH, MTM_ERROR_IO or MTM_ERROR_MEMORY.
 * @since 0.1
 */
MTM_API mtm_status mtm_buffer_save(const mtm_buffer *buffer, const char *path, mtm_error *err);

/**
 * @brief Frees a buffer.
 * @param buffer A buffer, or NULL.
 * @since 0.1
 */
MTM_API void mtm_buffer_free(mtm_buffer *buffer);

#ifdef __cplusplus
}
#endif

#endif
