/* The files a command reads, which it never overwrites. */
#ifndef INPUTS_H
#define INPUTS_H

#include "options.h"

/* output_check() for what -o and another option name, against the operands; where an operand is a data package, against all
 * its files. */
int inputs_spare(const struct settings *settings, option_id output);

#endif
