/**
 * @file mtm/package.h
 * @brief Data packages: many agencies' datasets about one country, with the period to report on.
 */
#ifndef MTM_PACKAGE_H
#define MTM_PACKAGE_H

#include <mtm/dataset.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @brief A collection of datasets that are reported on together.
 * @since 0.1
 */
typedef struct mtm_package mtm_package;

/**
 * @brief Reads a data package: a folder with a `datapackage.json`, or the path of that file.
 *
 * Every tabular resource becomes a dataset; resources declared microdata stay on disk until
 * mtm_package_tabulate(). Strict: the first error ends the call; mtm_check_read() collects them.
 *
 * @param path The folder or its `datapackage.json`; UTF-8. Nothing outside the folder is read.
 * @param options Settings for every file; `resource` must be NULL. NULL means all defaults.
 * @param[out] out Given: free with mtm_package_free(). NULL on failure.
 * @param[out] err File, line, column, what was found and expected; NULL where that does not matter.
 * @return MTM_OK or any error of reading.
 * @since 0.1
 */
MTM_API mtm_status mtm_package_read(const char *path, const mtm_read_options *options, mtm_package **out,
                                    mtm_error *err);

/**
 * @brief Makes an empty package, to add datasets to.
 * @param country ISO 3166-1 alpha-3 of the country reported on; NULL where there is none.
 * @param[out] out Given: free with mtm_package_free(). NULL on failure.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT (no such country) or MTM_ERROR_MEMORY.
 * @since 0.1
 */
MTM_API mtm_status mtm_package_new(const char *country, mtm_package **out, mtm_error *err);

/**
 * @brief Adds a copy of a dataset. Not to be called while another thread uses the package.
 * @param package A package, not NULL.
 * @param dataset A dataset; it is copied and stays the caller's.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT (a dataset of that name is there) or MTM_ERROR_MEMORY.
 * @since 0.1
 */
MTM_API mtm_status mtm_package_add(mtm_package *package, const mtm_dataset *dataset, mtm_error *err);

/** @brief Frees a package and its datasets. @param package A package, or NULL. @since 0.1 */
MTM_API void mtm_package_free(mtm_package *package);

/**
 * @brief The package's title.
 * @param package A package, not NULL.
 * @param language In which language; falls back to one that is there.
 * @return Lent; "" when there is none.
 * @since 0.1
 */
MTM_API const char *mtm_package_title(const mtm_package *package, mtm_language language);

/** @brief The country, ISO 3166-1 alpha-3. @param package A package, not NULL. @return Lent; "" for none. @since 0.1 */
MTM_API const char *mtm_package_country(const mtm_package *package);

/**
 * @brief The period to report on when none is asked for.
 * @param package A package, not NULL.
 * @param[out] out The period; untouched when there is none.
 * @return 1 when the package names one, else 0.
 * @since 0.1
 */
MTM_API int mtm_package_period(const mtm_package *package, mtm_period *out);

/** @brief How many datasets. @param package A package, not NULL. @return Their number. @since 0.1 */
MTM_API size_t mtm_package_count(const mtm_package *package);

/**
 * @brief One of the datasets, in the order of the file.
 * @param package A package, not NULL.
 * @param index From 0.
 * @return Lent: lives as long as @p package; NULL when @p index is too large.
 * @since 0.1
 */
MTM_API const mtm_dataset *mtm_package_at(const mtm_package *package, size_t index);

/**
 * @brief The dataset of a name.
 * @param package A package, not NULL.
 * @param name The resource's name.
 * @param[out] out Lent: lives as long as @p package. NULL on failure.
 * @param[out] err Which there are; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT or MTM_ERROR_NOT_FOUND.
 * @since 0.1
 */
MTM_API mtm_status mtm_package_find(const mtm_package *package, const char *name, const mtm_dataset **out,
                                    mtm_error *err);

#ifdef __cplusplus
}
#endif

#endif
