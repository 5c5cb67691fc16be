/* --help and --version. */
#ifndef HELP_H
#define HELP_H

#include "options.h"

/* The command's help, or that of the whole program where there is no command; returns how the program should end. */
int help_print(const struct settings *settings);

int version_print(void);

/* "-o, --output FILE" */
void help_option_name(const struct option *option, char *out, size_t size);

#endif
