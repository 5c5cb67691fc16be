/* The commands and options of mtm as tables, of which the parser, --help, the man page and the completion are made. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stddef.h>

/* How the program ends. A signal ends it with 128 and the signal's number. */
enum { EXIT_FINE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2 };

typedef enum command_id {
    COMMAND_REPORT,
    COMMAND_COMPUTE,
    COMMAND_EXPLAIN,
    COMMAND_REVISIONS,
    COMMAND_INDICATORS,
    COMMAND_CHECK,
    COMMAND_DESCRIBE,
    COMMAND_INIT,
    COMMAND_CODES,
    COMMAND_TABULATE,
    COMMAND_MERGE,
    COMMAND_SURVEY,
    COMMAND_ROWS,
    COMMAND_STORE
} command_id;

/* In the order of the table, and of --help. */
typedef enum option_id {
    OPTION_PERIOD,
    OPTION_AS_OF,
    OPTION_SOURCE,
    OPTION_RELEASE,
    OPTION_RELEASED,
    OPTION_SUPERSEDES,
    OPTION_ADDED_BY,
    OPTION_NOTE,
    OPTION_GROUPS,
    OPTION_WHERE,
    OPTION_ANSWER,
    OPTION_STATISTIC,
    OPTION_OVER,
    OPTION_QUANTILE,
    OPTION_BETWEEN,
    OPTION_PREVIOUS,
    OPTION_INTERVAL,
    OPTION_LEVEL,
    OPTION_DESIGN,
    OPTION_FORM,
    OPTION_SURVEY_RESOURCE,
    OPTION_LEAST,
    OPTION_BY,
    OPTION_EVERY,
    OPTION_SUM,
    OPTION_FILTER,
    OPTION_AGES,
    OPTION_RESOURCE,
    OPTION_MICRODATA,
    OPTION_COUNTRY,
    OPTION_CONCEPT,
    OPTION_KIND,
    OPTION_UNIT,
    OPTION_DIRECTION,
    OPTION_TOLD,
    OPTION_SHEET,
    OPTION_TABLE,
    OPTION_TABLES,
    OPTION_PLACES,
    OPTION_NAMES,
    OPTION_NOTES,
    OPTION_LOAD,
    OPTION_KEY_FILE,
    OPTION_SAVE,
    OPTION_FORCE,
    OPTION_SHARE,
    OPTION_LIST,
    OPTION_REJECTS,
    OPTION_PROPOSE,
    OPTION_SHOW,
    OPTION_ASK,
    OPTION_CATALOGUE,
    OPTION_TOP,
    OPTION_THRESHOLD,
    OPTION_PROTECT,
    OPTION_LEDGER,
    OPTION_METHOD,
    OPTION_P_PERCENT,
    OPTION_DOMINANCE,
    OPTION_PAGE,
    OPTION_BOUNDARIES,
    OPTION_LANGUAGE,
    OPTION_FORMAT,
    OPTION_OUTPUT,
    OPTION_ALLOW_GUESS,
    OPTION_THREADS,
    OPTION_COLOUR,
    OPTION_QUIET,
    OPTION_HELP,
    OPTION_VERSION,
    N_OPTIONS
} option_id;

/* What an option takes; tells the completion what to offer. */
typedef enum value_kind {
    VALUE_NONE,
    VALUE_TEXT,
    VALUE_FILE,
    VALUE_FORMAT,
    VALUE_LANGUAGE,
    VALUE_COLOUR,
    VALUE_EVERY,
    VALUE_LIST
} value_kind;

struct option {
    option_id id;
    const char *name; /* long, without dashes */
    char letter;      /* short, 0 for none */
    value_kind kind;
    const char *value; /* what --help calls its value, NULL where it takes none */
    unsigned commands; /* a bit for each command that takes it */
    const char *help;
};

struct settings;

struct command {
    command_id id;
    const char *name;
    const char *operands; /* as --help shows them */
    size_t least, most;   /* how many operands */
    const char *formats;  /* separated by spaces, the first is the default; NULL where there is no choice. One of
                             the REPORT_FORMATS stands for what the library has: ask command_formats() */
    const char *summary;  /* one line */
    const char *help;     /* paragraphs separated by empty lines */
    const char *example;  /* command lines, one per line */
    int (*run)(const struct settings *settings);
};

extern const struct command commands[];
extern const size_t n_commands;
extern const struct option options[N_OPTIONS];

typedef struct given {
    option_id id;
    const char *value; /* NULL where the option takes none */
} given;

/* A command line, read. Texts are the caller's arguments. */
struct settings {
    const struct command *command; /* NULL where there is none */
    given *given;
    size_t n_given;
    const char **operands;
    size_t n_operands;
};

/* Reads a command line; complains and returns EXIT_USAGE when it is wrong. Free with settings_free() in any case. */
int settings_read(struct settings *out, int argc, char **argv);
void settings_free(struct settings *settings);

/* The last value given; NULL when the option was not given. */
const char *settings_value(const struct settings *settings, option_id id);
int settings_has(const struct settings *settings, option_id id);

/* The values of an option that may be repeated: begin with *at = 0; NULL when there are no more. */
const char *settings_next(const struct settings *settings, option_id id, size_t *at);

/* The formats of a command, as above; NULL where there is no choice. */
const char *command_formats(const struct command *command);

const struct command *command_find(const char *name);
int option_fits(const struct option *option, const struct command *command);

#endif
