/* What the options' texts stand for. Each complains and returns EXIT_USAGE when the text is wrong. */
#ifndef VALUES_H
#define VALUES_H

#include "options.h"

#include <mtm.h>

/* A whole number; `word` stands for `word_value`. Untouched when the option was not given. */
int value_number(const struct settings *settings, option_id id, int least, int most, const char *word, int word_value,
                 int32_t *out);

/* 1 in *has when the option was given. */
int value_period(const struct settings *settings, option_id id, mtm_period *out, int *has);

/* English when not given. */
int value_language(const struct settings *settings, mtm_language *out);

/* By --format, else by the ending of the output's name, else the command's first. */
int value_format(const struct settings *settings, mtm_format *out);

/* How amounts are protected, and by which ledger. */
int value_protection(const struct settings *settings, mtm_report_options *out);

/* Settings for reading. The text of --resource is to be freed. */
int value_reading(const struct settings *settings, mtm_read_options *out, char **resource);

/* What the person knows and the files do not say: country, concept, kind, unit, direction. */
int value_known(const struct settings *settings, mtm_read_options *out);

/* Whole files, ended by NUL; complains. Free with free(). */
int value_file(const char *path, char **out, size_t *size);

/* The digits of --key-file, whose line's end does not count; NULL where there is none. To be freed. */
int value_key(const struct settings *settings, char **out);

#endif
