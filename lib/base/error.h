/* Filling the caller's mtm_error from a status, a place and a format. */
#ifndef MTMI_BASE_ERROR_H
#define MTMI_BASE_ERROR_H

#include "base/quote.h"

#include <mtm/status.h>

/* A place in the input. Everything may be absent: NULL, 0, 0. */
typedef struct mtmi_place {
    const char *subject; /* file, indicator or argument */
    int64_t line;
    int64_t column;
} mtmi_place;

/* Fills err (NULL is fine) and returns status, so that a function can end in `return mtmi_error_set(...)`.
 * Text is cut at a character's boundary; control characters are escaped; the locale is not asked.
 * The format knows %s %d %lld %llu %zu %c and %q: %q takes a const char* and prints it in quotes, escaped, cut at
 * 40 characters - the way every message shows what was found. (GCC is told nothing about %q: the format is
 * our own; tests walk every message.) */
mtm_status mtmi_error_set(mtm_error *err, mtm_status status, int code, mtmi_place place, const char *format, ...);
mtm_status mtmi_error_memory(mtm_error *err); /* MTM_ERROR_MEMORY, nothing more to say */
mtm_status mtmi_error_argument(mtm_error *err, const char *argument, const char *expected);

/* The size of a caller's options struct against ours: refuses 0 and a non-zero unknown tail, copies the rest over
 * ours, which the caller set to defaults (all zero). options NULL leaves ours alone. */
mtm_status mtmi_options_copy(void *ours, size_t own_size, const void *options, const char *name, mtm_error *err);
/* Fills a caller's info struct, which begins with its size: as much as fits, and zero where it is larger than ours. 0 when
 * the size is not set. */
int mtmi_info_fill(void *theirs, const void *ours, size_t own_size);

#endif
