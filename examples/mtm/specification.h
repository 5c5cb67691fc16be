/* What tabulate is asked to count, as the library's JSON. */
#ifndef SPECIFICATION_H
#define SPECIFICATION_H

#include "options.h"

/* Complains. Free with free(). */
int specification_make(const struct settings *settings, char **out);

#endif
