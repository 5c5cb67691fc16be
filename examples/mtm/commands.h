/* What each command does; all return how the program should end. */
#ifndef COMMANDS_H
#define COMMANDS_H

#include "options.h"

int command_report(const struct settings *settings);
int command_compute(const struct settings *settings);
int command_explain(const struct settings *settings);
int command_revisions(const struct settings *settings);
int command_indicators(const struct settings *settings);
int command_check(const struct settings *settings);
int command_describe(const struct settings *settings);
int command_rows(const struct settings *settings);
int command_store(const struct settings *settings);
int command_init(const struct settings *settings);
int command_codes(const struct settings *settings);
int command_tabulate(const struct settings *settings);
int command_merge(const struct settings *settings);
int command_survey(const struct settings *settings);

#endif
