/* The files a command reads, which it never overwrites. */
#ifndef INPUTS_H
#define INPUTS_H

#include "options.h"

/* output_check() for the file an option names, against the operands, and against all files of a data package that is an
 * operand. */
int inputs_spare(const struct settings *settings, option_id output);

/* Whether two options name two files; complains where it is one. */
int inputs_differ(const struct settings *settings, option_id a, option_id b);

#endif
