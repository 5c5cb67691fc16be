/**
 * @file mtm/package.h
 * @brief Data packages: many agencies' datasets about one country, with the period to report on.
 */
#ifndef MTM_PACKAGE_H
#define MTM_PACKAGE_H

#include <mtm/check.h>
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
 * Every tabular resource becomes a dataset; resources declared microdata stay on disk and
 * are counted when indicators are computed. Strict: the first error ends the call; mtm_check_read() collects them.
 *
 * @param source The path of the folder or of its `datapackage.json`. Nothing outside the folder is read.
 * @param options Settings for every file; `resource` must be NULL. NULL means all defaults.
 * @param[out] out Given: free with mtm_package_free(). NULL on failure.
 * @param[out] err File, line, column, what was found and expected; NULL where that does not matter.
 * @return MTM_OK or any error of reading.
 * @since 0.1
 */
MTM_API mtm_status mtm_package_read(const mtm_source *source, const mtm_read_options *options, mtm_package **out,
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

/** @brief What a package is. Texts are lent by the package; "" where nothing is stated. @since 0.2 */
typedef struct mtm_package_info {
    size_t size;         /**< sizeof(mtm_package_info), set by the caller. */
    const char *title;   /**< The title; falls back to a language that is there. */
    const char *country; /**< ISO 3166-1 alpha-3. */
    mtm_period period;   /**< The period to report on when none is asked for, where has_period. */
    int32_t has_period;  /**< 1 when the package names one. */
    size_t
        n_left_out; /**< Files that were left out, as mtm_read_options asked; mtm_check_read() says why. @since 0.2 */
    size_t n_microdata; /**< Resources of microdata, counted when indicators are computed. @since 0.2 */
    size_t n_surveys;   /**< Resources of interviews, read when a survey is asked. @since 0.2 */
} mtm_package_info;

/** @brief Only the size. @since 0.2 */
#define MTM_PACKAGE_INFO_INIT                                                                                          \
    { sizeof(mtm_package_info), 0, 0, {0, 0}, 0, 0, 0, 0 }

/**
 * @brief What a package is.
 * @param package A package, not NULL.
 * @param language Of the title.
 * @param[out] out Filled as far as its `size` goes; what this version does not know becomes zero.
 * @return 1, or 0 when `size` was not set.
 * @since 0.2
 */
MTM_API int mtm_package_get(const mtm_package *package, mtm_language language, mtm_package_info *out);

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

/**
 * @brief Proposes a `datapackage.json` for files, to be edited by a person. Where one of several files is the XLSForm of
 * a survey, the others are its export: a resource for the interviews, and one for each roster of a workbook.
 * @param paths The files; UTF-8.
 * @param n_paths How many.
 * @param options Settings; NULL means all defaults.
 * @param[out] out Given: free with mtm_buffer_free(). NULL on failure.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, or any error of reading.
 * @since 0.2
 */
MTM_API mtm_status mtm_package_describe(const char *const *paths, size_t n_paths, const mtm_read_options *options,
                                        mtm_buffer **out, mtm_error *err);

/**
 * @brief What the files do not say, put to a person. Texts are lent until the function returns.
 * @since 0.2
 */
typedef struct mtm_question {
    size_t size;                /**< sizeof(mtm_question) of the library that asks. */
    const char *file;           /**< The file; NULL: all of them. */
    const char *key;            /**< What the answer is put under, such as "concept" or "dateOrder". */
    const char *text;           /**< The question, in English. */
    const char *const *choices; /**< The answers that make sense; any other text where there are none. */
    size_t n_choices;           /**< How many. */
    const char *suggestion;     /**< What the files' words suggest; "" for nothing. */
    const mtm_check *check;     /**< What reading the file finds so far; NULL where the question is about all files. */
} mtm_question;

/**
 * @brief Answers a question.
 * @param question The question.
 * @param[out] answer The answer, ended by NUL; "" leaves it open, and it stands under `unsure`.
 * @param size Bytes that @p answer has.
 * @param data As given to mtm_package_ask().
 * @return MTM_OK; any other status ends the call with it.
 * @since 0.2
 */
typedef mtm_status (*mtm_ask)(const mtm_question *question, char *answer, size_t size, void *data);

/**
 * @brief Proposes a `datapackage.json` as mtm_package_describe() does, and asks what the files do not say.
 *
 * Only what changes the package is asked: the country, what each file counts, and, where reading refuses cells, how they are
 * meant. An answer that is none of the choices is as if there was none.
 *
 * @param paths The files; UTF-8.
 * @param n_paths How many.
 * @param options Settings; NULL means all defaults. What they say is not asked; with `show_rows` the checks show rows.
 * @param ask Called for each question, in the order of the files.
 * @param data Passed to @p ask.
 * @param[out] out Given: free with mtm_buffer_free(). NULL on failure.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, what @p ask returned, or any error of reading.
 * @since 0.2
 */
MTM_API mtm_status mtm_package_ask(const char *const *paths, size_t n_paths, const mtm_read_options *options,
                                   mtm_ask ask, void *data, mtm_buffer **out, mtm_error *err);

#ifdef __cplusplus
}
#endif

#endif
