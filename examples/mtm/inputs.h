/* The files a command reads, which it never overwrites. */
#ifndef INPUTS_H
#define INPUTS_H

#include "options.h"

/* output_check() for the file an option names, against the operands, and against all files of a data package that is an
 * operand. */
int inputs_spare(const struct settings *settings, option_id output);

#endif
