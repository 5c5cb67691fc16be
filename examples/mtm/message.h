/* What mtm says on standard error: one line each, no control characters. */
#ifndef MESSAGE_H
#define MESSAGE_H

#include "options.h"

#include <mtm.h>

/* "mtm: ..."; returns EXIT_REFUSED. */
int complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same, and where to read on; returns EXIT_USAGE. The command may be NULL. */
int complain_usage(const struct command *command, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The library's error, as FILE:LINE:COLUMN: error[MTM-E012]: message; returns how the program should end. */
int complain_error(mtm_status status, const mtm_error *err);

/* What was found, expected and advised, as errors are said; unless --quiet was given. */
void note_diagnostic(const struct settings *settings, const mtm_diagnostic *diagnostic);

/* "mtm: ...", unless --quiet was given. */
void note(const struct settings *settings, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
