/**
 * @file mtm/tabulate.h
 * @brief Counting microdata: one row per event, any number of rows, never held in memory.
 */
#ifndef MTM_TABULATE_H
#define MTM_TABULATE_H

#include <mtm/check.h>
#include <mtm/package.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @brief Counts rows of microdata by combinations of dimensions, file after file.
 *
 * One thread at a time may use a tabulator; it starts threads of its own while a file is counted and ends them before
 * the call returns.
 *
 * @since 0.1
 */
typedef struct mtm_tabulator mtm_tabulator;

/** @brief Settings for counting. Zero means the default. @since 0.1 */
typedef struct mtm_tabulate_options {
    size_t size;            /**< sizeof(mtm_tabulate_options). */
    int32_t threads;        /**< Threads to count with; 0: 1; -1: as many as there are processors. At most 64. */
    int32_t simd;           /**< Vector instructions: 0 the fastest there are (or what the environment variable MTM_SIMD
                                 names), 1 none, 2 SSE2, 3 AVX2, 4 AVX-512, 5 NEON. All give the same counts. */
    uint64_t max_field;     /**< Bytes of one cell; 0: 1 MiB. */
    uint64_t max_record;    /**< Bytes of one row; 0: 16 MiB. */
    uint64_t max_columns;   /**< Columns of one row; 0: 4096. */
    uint64_t max_expansion; /**< Bytes out of a compressed file; 0: no limit but 1000 times what went in. */
    uint64_t max_cells;     /**< Combinations of one grouping; 0: 1 000 000. */
    uint64_t max_labels;    /**< Different labels of one dimension; 0: 65 536. */
    mtm_progress progress;  /**< Called at least every 16 MiB of rows, on the calling thread; NULL for none. */
    void *progress_data;    /**< Passed to @p progress. */
    int32_t allow_guess;    /**< Non-zero lets a guessed encoding be used, with a note. */
    int32_t force;          /**< Non-zero counts a file again that was counted before. */
    const char *key; /**< Registrations: the key under which ids are hashed, 32 hexadecimal digits; only states of one
                                 key are merged. NULL: a key of this tabulator alone. Copied. @since 0.2 */
    const char *folder; /**< Registrations: where the temporary file goes that holds what does not fit in memory; it
                                 has no name and no ids. NULL: TMPDIR, else /tmp. Copied. @since 0.2 */
} mtm_tabulate_options;

/** @brief All defaults. @since 0.1 */
#define MTM_TABULATE_OPTIONS_INIT                                                                                      \
    { sizeof(mtm_tabulate_options), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }

/**
 * @brief Makes a tabulator from a specification.
 *
 * The specification is JSON (docs/tabulate.md): `groupings`, each with `by` (dimensions), `period` (`day`, `month`,
 * `quarter`, `half-year`, `year`; quarter when absent), perhaps `sum` (a column to add up instead of counting rows);
 * `filter` (dimension to codes); `ages` (first ages of the bands); `resource` (how the files are read, as in a data
 * package; when absent the columns are recognised from their names).
 *
 * @param specification The JSON text, ended by NUL.
 * @param options Settings for everything the tabulator does; NULL means all defaults.
 * @param[out] out Given: free with mtm_tabulator_free(). NULL on failure.
 * @param[out] err Which property is wrong; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_STRUCTURE (no JSON), MTM_ERROR_SCHEMA, MTM_ERROR_LIMIT,
 *         MTM_ERROR_UNSUPPORTED (vector instructions this machine lacks) or MTM_ERROR_MEMORY.
 * @since 0.1
 */
MTM_API mtm_status mtm_tabulator_new(const char *specification, const mtm_tabulate_options *options,
                                     mtm_tabulator **out, mtm_error *err);

/** @brief Frees a tabulator. @param tabulator A tabulator, or NULL. @since 0.1 */
MTM_API void mtm_tabulator_free(mtm_tabulator *tabulator);

/**
 * @brief Counts a file: CSV, gzipped CSV, or an Arrow stream of one row per event.
 *
 * Rows that the reader would refuse are refused with the same diagnostics, and the others counted: mtm_tabulator_check()
 * lists them. Labels that no code matches are counted as unclassified. On failure nothing of the file is counted, and
 * the tabulator holds what it held before. The answer does not depend on the number of threads, nor on the kind of source.
 *
 * Columns of a stream take their roles from their names or from the specification's resource, as in a file; line breaks
 * within texts count as spaces. A stream may have no rows at all; times in a named zone are refused before the first row.
 * For a stream, progress counts rows. The same rows as a stream and as a file are not known to be the same, unless the
 * source has an identity (docs/tabulate.md).
 *
 * A share of a file (`share` of the source) is those of its rows that begin in the bytes from `first` on, both ends rounded up
 * to 128 KiB. Header and dialect are the file's; shares that divide a file, counted apart and merged, are the file, with the lines
 * of every refusal. All bytes before a share are passed to find its first row, without counting where their quotes are
 * well-formed. Its identity is that of the source, or its name, with the bytes; one that overlaps another is refused. Files
 * that are packed or not UTF-8, and registrations, give MTM_ERROR_UNSUPPORTED.
 *
 * @param tabulator A tabulator, not NULL.
 * @param source Where from; a path or name that ends in .gz is unpacked, and so is a descriptor or function whose first
 *        bytes say that it is packed.
 * @param[out] err File, line, column, what was found and expected; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_STATE (this identity or these bytes were counted before), MTM_ERROR_LIMIT (too many
 *         combinations or labels), MTM_ERROR_CANCELLED, or any error of reading.
 * @since 0.2
 */
MTM_API mtm_status mtm_tabulator_add(mtm_tabulator *tabulator, const mtm_source *source, mtm_error *err);

/**
 * @brief Adds what another tabulator counted. The order of merging does not show in the result, to the byte.
 * @param tabulator A tabulator, not NULL.
 * @param other Another one of the same specification; not changed.
 * @param force Non-zero merges although both counted the same file; its rows then count twice.
 * @param[out] err Which file both have, or what differs; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_STATE (a file in both, or another specification), MTM_ERROR_LIMIT,
 *         MTM_ERROR_RANGE or MTM_ERROR_MEMORY. On failure @p tabulator holds what it held before.
 * @since 0.1
 */
MTM_API mtm_status mtm_tabulator_merge(mtm_tabulator *tabulator, const mtm_tabulator *other, int force, mtm_error *err);

/**
 * @brief Everything counted so far as bytes: docs/tabulate.md gives the format.
 *
 * The bytes do not depend on the machine, the number of threads or the order of files.
 *
 * @param tabulator A tabulator, not NULL.
 * @param[out] out Given: free with mtm_buffer_free(); save with mtm_buffer_save(). NULL on failure.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT or MTM_ERROR_MEMORY.
 * @since 0.1
 */
MTM_API mtm_status mtm_tabulator_save(const mtm_tabulator *tabulator, mtm_buffer **out, mtm_error *err);

/**
 * @brief Makes a tabulator from saved bytes, to merge, finish, or count more files.
 * @param source The bytes, from anywhere but an Arrow stream; nothing in them is trusted.
 * @param options Settings; NULL means all defaults.
 * @param[out] out Given: free with mtm_tabulator_free(). NULL on failure.
 * @param[out] err What is wrong; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_STATE (damaged, or of another version), MTM_ERROR_SCHEMA,
 *         MTM_ERROR_MEMORY, or an error of opening.
 * @since 0.2
 */
MTM_API mtm_status mtm_tabulator_load(const mtm_source *source, const mtm_tabulate_options *options,
                                      mtm_tabulator **out, mtm_error *err);

/**
 * @brief How many rows, over all files; in = accepted + rejected + not data.
 * @param tabulator A tabulator, not NULL.
 * @param which Which rows. Rows that a filter leaves out are accepted.
 * @return Their number.
 * @since 0.1
 */
MTM_API int64_t mtm_tabulator_rows(const mtm_tabulator *tabulator, mtm_rows which);

/**
 * @brief What was wrong with the rows counted so far, and the balance of every file.
 *
 * Errors are refused rows, with line, column and the row verbatim (the first 1000; all are counted). Notes are labels that
 * no code matches, or several do: one note a spelling, with the first line that has it and the number of rows.
 *
 * @param tabulator A tabulator, not NULL.
 * @param[out] out Given: free with mtm_check_free(). NULL on failure. Independent of the tabulator.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT or MTM_ERROR_MEMORY.
 * @since 0.1
 */
MTM_API mtm_status mtm_tabulator_check(const mtm_tabulator *tabulator, mtm_check **out, mtm_error *err);

/**
 * @brief What is counted and what has been: JSON with the `specification` and the `sources`.
 *
 * A source has its `name`, `identity` (null for none), `digest` (64 hexadecimal digits), `size` in bytes (rows of a
 * stream) and `rows`: in, accepted, rejected, not_data, and outside_filter, which are accepted too. Sources stand in the
 * order of saved states. Nothing personal is in it.
 *
 * @param tabulator A tabulator, not NULL.
 * @param[out] out Given: free with mtm_buffer_free(). NULL on failure.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT or MTM_ERROR_MEMORY.
 * @since 0.2
 */
MTM_API mtm_status mtm_tabulator_describe(const mtm_tabulator *tabulator, mtm_buffer **out, mtm_error *err);

/**
 * @brief The counts as a package of frozen datasets, one a grouping, named as the groupings are.
 *
 * Shares, ranks and comparisons are made from these and not before: they do not add up. The tabulator may go on counting.
 *
 * @param tabulator A tabulator, not NULL.
 * @param[out] out Given: free with mtm_package_free(). NULL on failure.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_RANGE (a count or sum does not fit) or MTM_ERROR_MEMORY.
 * @since 0.1
 */
MTM_API mtm_status mtm_tabulator_finish(const mtm_tabulator *tabulator, mtm_package **out, mtm_error *err);

/**
 * @brief Counts the microdata of a data package: a package with the same datasets and the counts besides.
 *
 * mtm_catalogue_compute() does this itself for the indicators it computes; this is for tables of one's own. Every file is
 * read once, whatever the number of groupings. The datasets are named as the resource and the grouping
 * ("crossings-quarter-direction"), have the resource's concept, unit, source and release, and are marked as microdata
 * and confidential: a report made from them hides small cells.
 *
 * @param package A package that mtm_package_read() made, not NULL; not changed.
 * @param plan JSON: for each resource its groupings, `{"crossings": {"groupings": [{"by": ["direction"]}]}}`; a resource
 *        that is not named is not counted. NULL counts every resource of microdata by the groupings of its own
 *        `mtm.tabulate`. Filters and age bands come from there in both cases.
 * @param options Settings; NULL means all defaults.
 * @param[out] out Given: free with mtm_package_free(). NULL on failure. It has no microdata left to count.
 * @param[out] err File, line, column, what was found and expected; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_STRUCTURE (the plan is no JSON), MTM_ERROR_SCHEMA, MTM_ERROR_NOT_FOUND
 *         (no such resource or file), MTM_ERROR_PATH, or any error of mtm_tabulator_add().
 * @since 0.2
 */
MTM_API mtm_status mtm_package_tabulate(const mtm_package *package, const char *plan,
                                        const mtm_tabulate_options *options, mtm_package **out, mtm_error *err);

#ifdef __cplusplus
}
#endif

#endif
