/**
 * @file mtm/export.h
 * @brief Which symbols are public, and the version they belong to.
 */
#ifndef MTM_EXPORT_H
#define MTM_EXPORT_H

#include <stdint.h>

#if defined(MTM_STATIC)
#define MTM_API
#elif defined(__GNUC__)
#define MTM_API __attribute__((visibility("default")))
#else
#define MTM_API
#endif

/** Major version: raised when a program written for an older one may no longer compile. */
#define MTM_VERSION_MAJOR 0
/** Minor version: raised when something is added. */
#define MTM_VERSION_MINOR 2
/** Patch version: raised when something is fixed. */
#define MTM_VERSION_PATCH 0

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @brief The version of the library that is running, such as "0.2.0".
 *
 * It may differ from the MTM_VERSION_ macros, which are those of the header a program was compiled with.
 *
 * @return Static text, never NULL.
 * @since 0.1
 */
MTM_API const char *mtm_version(void);

/**
 * @brief The same as a number that compares: 10000 x major + 100 x minor + patch, 200 for 0.2.0.
 * @return The number.
 * @since 0.2
 */
MTM_API uint32_t mtm_version_number(void);

/**
 * @brief The optional parts this build has, as words separated by spaces.
 *
 * Possible words: `uchardet` (a guess at an undeclared encoding), `zlib` (reading `.csv.gz`), `xlsx-read`
 * (reading workbooks) and `xlsx-write` (writing them).
 *
 * @return Static text, never NULL; empty when the build has none of them.
 * @since 0.1
 */
MTM_API const char *mtm_features(void);

#ifdef __cplusplus
}
#endif

#endif
