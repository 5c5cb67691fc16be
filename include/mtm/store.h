/**
 * @file mtm/store.h
 * @brief A store of releases: what agencies published, as it was on the day it came, in a plain folder.
 */
#ifndef MTM_STORE_H
#define MTM_STORE_H

#include <mtm/buffer.h>
#include <mtm/format.h>
#include <mtm/period.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @brief A folder of releases: files under the SHA-256 of their bytes, a description for each release (docs/store.md).
 *
 * mtm_package_read(), mtm_check_read() and the program's commands take such a folder where they take a data package: it is
 * the package of what had been released by `as_of` of mtm_read_options. One handle is for one thread at a time; any number
 * of threads and processes may have handles of the same folder.
 *
 * @since 0.2
 */
typedef struct mtm_store mtm_store;

/**
 * @brief A release: what mtm_store_add() is told and mtm_store_at() tells. Texts are the caller's, or lent by the store until
 * the next mtm_store_add(); "" where nothing was said.
 * @since 0.2
 */
typedef struct mtm_store_release {
    size_t size;          /**< sizeof(mtm_store_release), set by the caller. */
    const char *source;   /**< Who publishes, such as "border-service": small letters, digits, . _ - */
    const char *release;  /**< Its name within the source, of the same letters; NULL: the day of release. */
    const char *released; /**< The day it was published, as 2024-07-15; NULL: the last `releaseDate` of its
                                        resources. */
    const char *received; /**< When it came, as 2024-07-16T09:30:00Z; NULL: nobody said. */
    const char *by;       /**< Who put it in; NULL: nobody said. */
    const char *note;     /**< Anything worth remembering; NULL for nothing. */
    const char *const
        *supersedes;           /**< Earlier releases of the source that it replaces as a whole: their names; or the one
                                        word "all"; or "none", which says that its events come on top of theirs. */
    size_t n_supersedes;       /**< How many. */
    const char *superseded_by; /**< Told only: the release that replaced it first; "" for none. */
    size_t n_files;            /**< Told only: how many files it has. */
    uint64_t n_bytes;          /**< Told only: their bytes. */
} mtm_store_release;

/** @brief Only the size. @since 0.2 */
#define MTM_STORE_RELEASE_INIT                                                                                         \
    { sizeof(mtm_store_release), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }

/**
 * @brief Opens a store and reads what releases it has.
 * @param path The folder; UTF-8.
 * @param create Non-zero makes a store where there is no folder, or an empty one.
 * @param[out] out Given: free with mtm_store_free(). NULL on failure.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_NOT_FOUND (no store there), MTM_ERROR_STATE (a damaged description, named),
 *         MTM_ERROR_IO or MTM_ERROR_MEMORY.
 * @since 0.2
 */
MTM_API mtm_status mtm_store_open(const char *path, int create, mtm_store **out, mtm_error *err);

/** @brief Frees a handle; the folder stays. @param store A store, or NULL. @since 0.2 */
MTM_API void mtm_store_free(mtm_store *store);

/**
 * @brief Adds a release: all of it, or on any failure nothing.
 *
 * Waits while another thread or process adds. Files are copied as they are; bytes that the store has already are kept once. A
 * release that is there with the same files and the same description is not added again, which is no error.
 *
 * Tables of several releases stand side by side: for each figure the latest release by the day asked for counts. Rows of
 * microdata cannot be told apart so: a release whose microdata have the name of earlier ones must say what it supersedes.
 *
 * @param store A store, not NULL; it has the release afterwards.
 * @param path A data package: a folder with a `datapackage.json`, or that file.
 * @param release Its source, and what else is to be said of it.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_SCHEMA, MTM_ERROR_IO (also when the disk is full), MTM_ERROR_MEMORY or any error
 *         of reading the description.
 * @since 0.2
 */
MTM_API mtm_status mtm_store_add(mtm_store *store, const char *path, const mtm_store_release *release, mtm_error *err);

/** @brief How many releases. @param store A store, not NULL. @return Their number. @since 0.2 */
MTM_API size_t mtm_store_count(const mtm_store *store);

/**
 * @brief A release, by source, then by the day of release.
 * @param store A store, not NULL.
 * @param index From 0.
 * @param[out] out Filled as far as its `size` goes; texts and lists are lent.
 * @return 1, or 0 when @p index is too large or `size` was not set.
 * @since 0.2
 */
MTM_API int mtm_store_at(const mtm_store *store, size_t index, mtm_store_release *out);

/**
 * @brief The data package of what had been released by a day, as JSON: resources of every release that none had superseded by
 * then, named SOURCE.RELEASE.NAME.
 * @param store A store, not NULL.
 * @param as_of The last day; NULL: everything.
 * @param[out] out Given: free with mtm_buffer_free(). NULL on failure.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_NOT_FOUND (nothing was released by then), MTM_ERROR_STATE or MTM_ERROR_MEMORY.
 * @since 0.2
 */
MTM_API mtm_status mtm_store_describe(const mtm_store *store, const mtm_period *as_of, mtm_buffer **out,
                                      mtm_error *err);

/**
 * @brief Writes that data package with its files to a new folder, which needs no store: SOURCE.RELEASE.NAME/FILE.
 *
 * The folder appears whole or not at all. Files whose bytes are not those that were added are refused.
 *
 * @param store A store, not NULL.
 * @param as_of The last day; NULL: everything.
 * @param folder Where to; nothing may be there.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return As mtm_store_describe(), MTM_ERROR_PATH (something is there) or MTM_ERROR_IO.
 * @since 0.2
 */
MTM_API mtm_status mtm_store_export(const mtm_store *store, const mtm_period *as_of, const char *folder,
                                    mtm_error *err);

/**
 * @brief Reads everything in a store and tells what is not as it was added.
 * @param path The folder; UTF-8.
 * @param[out] n_wrong How much is wrong; 0 for a store that is whole.
 * @param[out] out A line for each: the file, what was found, what was expected. Free with mtm_buffer_free(). NULL on failure.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK also where something is wrong; MTM_ERROR_ARGUMENT, MTM_ERROR_NOT_FOUND, MTM_ERROR_IO or MTM_ERROR_MEMORY.
 * @since 0.2
 */
MTM_API mtm_status mtm_store_verify(const char *path, size_t *n_wrong, mtm_buffer **out, mtm_error *err);

/**
 * @brief What changed between two releases, or between what was known on two days: each figure of their tables that was added,
 * removed or revised, with file and line on both sides.
 *
 * Tables of one name of a source are compared, cell by cell: the period, and the members that are no totals. On a day the latest
 * release of a cell counts, as everywhere; powers of ten of the unit do not matter. Microdata and surveys are not compared.
 * Every figure is written as it is: not for publication.
 *
 * @param path The folder of a store; UTF-8.
 * @param before A release, as "SOURCE/RELEASE", or a day, as "2024-09-30".
 * @param after The same.
 * @param format MTM_FORMAT_TEXT, MTM_FORMAT_CSV or MTM_FORMAT_JSON.
 * @param[out] out In the order of tables, periods and cells. Free with mtm_buffer_free(). NULL on failure.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK also where nothing changed; MTM_ERROR_ARGUMENT (also for what is neither a release nor a day),
 *         MTM_ERROR_NOT_FOUND, MTM_ERROR_MEMORY, or an error of reading the tables.
 * @since 0.2
 */
MTM_API mtm_status mtm_revisions_diff(const char *path, const char *before, const char *after, mtm_format format,
                                      mtm_buffer **out, mtm_error *err);

#ifdef __cplusplus
}
#endif

#endif
