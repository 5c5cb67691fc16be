/**
 * @file mtm/source.h
 * @brief Where input comes from: one value for everything that reads.
 */
#ifndef MTM_SOURCE_H
#define MTM_SOURCE_H

#include <mtm/arrow.h>
#include <mtm/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @brief What a source is. The numbers never change. @since 0.2 */
typedef enum mtm_source_kind {
    MTM_SOURCE_PATH = 0,       /**< A file, or a folder where a function takes one. */
    MTM_SOURCE_BYTES = 1,      /**< Bytes in memory. */
    MTM_SOURCE_DESCRIPTOR = 2, /**< An open descriptor that need not seek: a pipe, standard input. */
    MTM_SOURCE_ARROW = 3,      /**< An Arrow C stream of record batches. */
    MTM_SOURCE_READ = 4        /**< A function that gives the bytes. */
} mtm_source_kind;

/**
 * @brief Gives the next bytes of a source, on the thread that made the call.
 * @param data The pointer that was given with the function.
 * @param[out] buffer Where to put them.
 * @param size How many are wanted; fewer may come.
 * @return How many came; 0 only at the end; -1 on failure.
 * @since 0.2
 */
typedef int64_t (*mtm_read)(void *data, void *buffer, size_t size);

/**
 * @brief Where to read from. Make one with an _INIT macro; fields that the kind does not use are not looked at.
 *
 * Everything is borrowed during the call. A stream is released in every case, also when the call fails.
 *
 * @since 0.2
 */
typedef struct mtm_source {
    size_t size;                     /**< sizeof(mtm_source). */
    int32_t kind;                    /**< An mtm_source_kind. */
    int32_t descriptor;              /**< MTM_SOURCE_DESCRIPTOR: read to its end; stays open. */
    const char *path;                /**< MTM_SOURCE_PATH: UTF-8. */
    const char *name;                /**< What errors and the lineage call it; NULL: the path. Others need one. */
    const void *bytes;               /**< MTM_SOURCE_BYTES. */
    size_t n_bytes;                  /**< How many bytes. */
    struct ArrowArrayStream *stream; /**< MTM_SOURCE_ARROW: consumed. Lines are row numbers from 1. */
    mtm_read read;                   /**< MTM_SOURCE_READ. */
    void *read_data;                 /**< Passed to @p read. */
    uint64_t first;                  /**< MTM_SOURCE_PATH: the byte to begin with. */
    uint64_t length;                 /**< MTM_SOURCE_PATH: bytes from there; 0: to the end of the file. */
    const char *identity;            /**< Counting: what this input is for good ("job/part-00003@etag"), UTF-8; NULL: it
                                          is known by its content. */
    int32_t share; /**< MTM_SOURCE_PATH, counting: non-zero takes @p first and @p length as a share of one
                                          file's rows, those that begin there; mtm_tabulator_add(). Zero: the bytes are a
                                          file of their own. */
} mtm_source;

/** @brief The file or folder of a path. @since 0.2 */
#define MTM_SOURCE_PATH_INIT(path)                                                                                     \
    { sizeof(mtm_source), MTM_SOURCE_PATH, -1, (path), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }
/** @brief Bytes in memory. @since 0.2 */
#define MTM_SOURCE_BYTES_INIT(bytes, n_bytes, name)                                                                    \
    { sizeof(mtm_source), MTM_SOURCE_BYTES, -1, 0, (name), (bytes), (n_bytes), 0, 0, 0, 0, 0, 0, 0 }
/** @brief An open descriptor. @since 0.2 */
#define MTM_SOURCE_DESCRIPTOR_INIT(descriptor, name)                                                                   \
    { sizeof(mtm_source), MTM_SOURCE_DESCRIPTOR, (descriptor), 0, (name), 0, 0, 0, 0, 0, 0, 0, 0, 0 }
/** @brief An Arrow C stream. @since 0.2 */
#define MTM_SOURCE_ARROW_INIT(stream, name)                                                                            \
    { sizeof(mtm_source), MTM_SOURCE_ARROW, -1, 0, (name), 0, 0, (stream), 0, 0, 0, 0, 0, 0 }
/** @brief A function that gives the bytes. @since 0.2 */
#define MTM_SOURCE_READ_INIT(read, data, name)                                                                         \
    { sizeof(mtm_source), MTM_SOURCE_READ, -1, 0, (name), 0, 0, 0, (read), (data), 0, 0, 0, 0 }

#ifdef __cplusplus
}
#endif

#endif
