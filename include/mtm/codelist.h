/**
 * @file mtm/codelist.h
 * @brief Code lists, country groups with validity, and what a label matches.
 *
 * Everything here is compiled in, constant, and may be used from any thread.
 */
#ifndef MTM_CODELIST_H
#define MTM_CODELIST_H

#include <mtm/period.h>
#include <mtm/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @brief Languages in which the library speaks. The numbers never change.
 * @since 0.1
 */
typedef enum mtm_language {
    MTM_LANGUAGE_EN = 0, /**< English. */
    MTM_LANGUAGE_RU = 1, /**< Russian. */
    MTM_LANGUAGE_KK = 2  /**< Kazakh, in Cyrillic. */
} mtm_language;

/**
 * @brief Reads a language from its ISO 639-1 code.
 * @param text "en", "ru" or "kk", in any case.
 * @param[out] out The language.
 * @param[out] err Why it was refused; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT (NULL) or MTM_ERROR_VALUE.
 * @since 0.1
 */
MTM_API mtm_status mtm_language_read(const char *text, mtm_language *out, mtm_error *err);

/**
 * @brief A list of codes with their names: countries, sectors, sexes. Lives for ever.
 * @since 0.1
 */
typedef struct mtm_codelist mtm_codelist;

/**
 * @brief One of the code lists: the first is 0, and so on until NULL comes.
 * @param index From 0.
 * @return Lent for ever; NULL when there are no more.
 * @since 0.1
 */
MTM_API const mtm_codelist *mtm_codelist_at(size_t index);

/**
 * @brief The code list with an id.
 * @param id Such as "country", "country-group", "sector", "sex", "direction", "permit-type",
 *        "worker-category", "region-kz", "residence", "age-group", "purpose".
 * @param[out] out Lent for ever; NULL on failure.
 * @param[out] err Which lists there are; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT or MTM_ERROR_NOT_FOUND.
 * @since 0.1
 */
MTM_API mtm_status mtm_codelist_find(const char *id, const mtm_codelist **out, mtm_error *err);

/** @brief What a code list is. Texts are lent for ever. @since 0.2 */
typedef struct mtm_codelist_info {
    size_t size;        /**< sizeof(mtm_codelist_info), set by the caller. */
    const char *id;     /**< The id. */
    const char *title;  /**< The title in the language. */
    const char *source; /**< Where codes and names come from. */
} mtm_codelist_info;

/** @brief Only the size. @since 0.2 */
#define MTM_CODELIST_INFO_INIT                                                                                         \
    { sizeof(mtm_codelist_info), 0, 0, 0 }

/**
 * @brief What a code list is.
 * @param list A list, not NULL.
 * @param language In which language.
 * @param[out] out Filled as far as its `size` goes; what this version does not know becomes zero.
 * @return 1, or 0 when `size` was not set.
 * @since 0.2
 */
MTM_API int mtm_codelist_get(const mtm_codelist *list, mtm_language language, mtm_codelist_info *out);

/** @brief How many codes. @param list A list, not NULL. @return Their number. @since 0.1 */
MTM_API size_t mtm_codelist_count(const mtm_codelist *list);

/**
 * @brief A code.
 * @param list A list, not NULL.
 * @param index From 0, in the list's own order.
 * @return Lent for ever; NULL when @p index is not below mtm_codelist_count().
 * @since 0.1
 */
MTM_API const char *mtm_codelist_code(const mtm_codelist *list, size_t index);

/**
 * @brief The short name of a code.
 * @param list A list, not NULL.
 * @param index From 0.
 * @param language In which language.
 * @return Lent for ever; NULL when @p index is not below mtm_codelist_count().
 * @since 0.1
 */
MTM_API const char *mtm_codelist_label(const mtm_codelist *list, size_t index, mtm_language language);

/**
 * @brief When a code is valid.
 * @param list A list, not NULL.
 * @param index From 0.
 * @param[out] out First and last day; INT32_MIN and INT32_MAX where open. Untouched when @p index is too large.
 * @return 1, or 0 when @p index is not below mtm_codelist_count().
 * @since 0.1
 */
MTM_API int mtm_codelist_validity(const mtm_codelist *list, size_t index, mtm_period *out);

/**
 * @brief Whether a group of the list has a country as its member on the last day of a period.
 * @param list The list that has the group: "country-group", not NULL.
 * @param group A code of @p list, such as "CIS", "EAEU", "EU", "CENTRAL-ASIA".
 * @param country ISO 3166-1 alpha-3.
 * @param period The period; membership is asked of its last day.
 * @return 1 for a member, 0 for no member, an unknown group or country, or another list.
 * @since 0.2
 */
MTM_API int mtm_codelist_contains(const mtm_codelist *list, const char *group, const char *country, mtm_period period);

/**
 * @brief What a label turned out to be. The numbers never change.
 * @since 0.1
 */
typedef enum mtm_match_kind {
    MTM_MATCH_NONE = 0,  /**< Nothing the list knows. */
    MTM_MATCH_CODE = 1,  /**< Exactly one code. */
    MTM_MATCH_TOTAL = 2, /**< A total: "Total", "Всего", "Барлығы". */
    MTM_MATCH_GROUP = 3, /**< A subtotal: "CIS", "of which CIS", "городская местность" among sexes no. */
    MTM_MATCH_OTHER = 4,    /**< The rest: "other countries", "прочие", "басқалары". */
    MTM_MATCH_UNKNOWN = 5,  /**< Said to be unknown by the source: "not stated", "не указано". */
    MTM_MATCH_AMBIGUOUS = 6 /**< Several codes; the library does not choose. */
} mtm_match_kind;

/** @brief How many candidates a match lists. @since 0.2 */
#define MTM_MATCH_CODES 8

/**
 * @brief What a label matches in one list. Plain memory of the caller, nothing to free; texts are lent for ever. The layout
 * is frozen.
 * @since 0.2
 */
typedef struct mtm_match {
    int32_t kind;  /**< An mtm_match_kind. */
    int32_t count; /**< Codes it may stand for: 1 for a code or group, the candidates when ambiguous. */
    const char
        *codes[MTM_MATCH_CODES]; /**< The codes, of the list or, for a group, of "country-group"; NULL after them. */
    const char *note;            /**< What a reader should know, such as letters of two alphabets in one word; NULL
                                             when there is nothing to say. */
} mtm_match;

/**
 * @brief Looks a label up: by code, or by name in any language the list has.
 *
 * Exact after normalisation (NFKC, case folding, one form for yo and ye, spaces, quotes and dashes); nothing is
 * guessed from similarity. A word that mixes Latin and Cyrillic letters of the same look is recognised and noted.
 *
 * @param list A list, not NULL.
 * @param text UTF-8.
 * @param[out] out What it matches.
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK (also when nothing matches), MTM_ERROR_ARGUMENT or MTM_ERROR_ENCODING.
 * @since 0.1
 */
MTM_API mtm_status mtm_codelist_match(const mtm_codelist *list, const char *text, mtm_match *out, mtm_error *err);

#ifdef __cplusplus
}
#endif

#endif
