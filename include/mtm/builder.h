/**
 * @file mtm/builder.h
 * @brief Making a dataset observation by observation.
 */
#ifndef MTM_BUILDER_H
#define MTM_BUILDER_H

#include <mtm/dataset.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @brief A dataset in the making. One thread at a time.
 * @since 0.2
 */
typedef struct mtm_builder mtm_builder;

/** @brief One observation to add. @since 0.2 */
typedef struct mtm_observation {
    size_t size;       /**< sizeof(mtm_observation). */
    mtm_period period; /**< The reference period; of a stock, its day. */
    mtm_decimal value; /**< The value; not looked at where the status says that there is none. */
    char status;       /**< An SDMX OBS_STATUS letter; 0: 'A'. */
    const char *const
        *labels; /**< A code or name for each dimension, in the order given to mtm_builder_new(); NULL or ""
                                    stands for the total. */
} mtm_observation;

/** @brief Everything zero. @since 0.2 */
#define MTM_OBSERVATION_INIT                                                                                           \
    { sizeof(mtm_observation), {0, 0}, {0, 0, 0}, 0, 0 }

/**
 * @brief Begins a dataset.
 * @param name The dataset's name.
 * @param dimensions Names of the dimensions, such as "citizenship".
 * @param n_dimensions How many.
 * @param options Settings; the `mtm` object of `resource` gives concept, kind, unit, multiplier, source and release date, as in a
 *        data package. NULL means all defaults.
 * @param[out] out Given: free with mtm_builder_free(). NULL on failure.
 * @param[out] err What is wrong; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_STRUCTURE (no JSON), MTM_ERROR_SCHEMA, MTM_ERROR_LIMIT or MTM_ERROR_MEMORY.
 * @since 0.2
 */
MTM_API mtm_status mtm_builder_new(const char *name, const char *const *dimensions, size_t n_dimensions,
                                   const mtm_read_options *options, mtm_builder **out, mtm_error *err);

/**
 * @brief Adds an observation. Its labels are looked up when the dataset is finished.
 * @param builder A builder, not NULL.
 * @param observation The observation; copied.
 * @param[out] err Why it was refused; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_VALUE (a period or status that is none), MTM_ERROR_LIMIT or MTM_ERROR_MEMORY. On
 *         failure the builder holds what it held before.
 * @since 0.2
 */
MTM_API mtm_status mtm_builder_add(mtm_builder *builder, const mtm_observation *observation, mtm_error *err);

/**
 * @brief Gives the dataset, by the rules that read a file of the same rows; lines of the lineage count observations from 1.
 *
 * The builder stays as it is: it may be added to and finished again.
 *
 * @param builder A builder, not NULL.
 * @param[out] out Given: free with mtm_dataset_free(). NULL on failure.
 * @param[out] err The observation, as a line, and what is wrong with it; NULL where that does not matter.
 * @return MTM_OK or any error of reading.
 * @since 0.2
 */
MTM_API mtm_status mtm_builder_finish(const mtm_builder *builder, mtm_dataset **out, mtm_error *err);

/** @brief Frees a builder. @param builder A builder, or NULL. @since 0.2 */
MTM_API void mtm_builder_free(mtm_builder *builder);

#ifdef __cplusplus
}
#endif

#endif
