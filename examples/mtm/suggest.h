/* "Did you mean": the known word nearest to an unknown one. */
#ifndef SUGGEST_H
#define SUGGEST_H

#include "options.h"

#include <stddef.h>

/* NULL when none is near. */
const char *suggest_near(const char *word, const char *const *known, size_t n_known);

/* "unknown option "--perid"; did you mean --period?"; returns EXIT_USAGE. The command may be NULL. */
int suggest_complain(const struct command *command, const char *what, const char *word, const char *const *known,
                     size_t n_known);

/* The same for a choice that is written as words separated by spaces. */
int suggest_words(const struct command *command, const char *what, const char *word, const char *words);

#endif
