/* Parses the command line into a command, its options and its operands, by the two tables of options.h. */
#include "options.h"

#include "message.h"
#include "suggest.h"

#include <stdlib.h>
#include <string.h>

#define ON(command) (1u << COMMAND_##command)
#define ON_REPORTS (ON(REPORT) | ON(COMPUTE) | ON(EXPLAIN))
#define ON_ALL (~0u)
#define ON_WRITERS (ON_ALL & ~ON(INIT))

const struct option options[N_OPTIONS] = {
    {OPTION_PERIOD, "period", 0, VALUE_TEXT, "PERIOD", ON_REPORTS | ON(CHECK),
     "the period to report on, such as 2024-Q2, 2024, 2024-06 or 2024-01-01/2024-05-10; the package's own when absent"},
    {OPTION_AS_OF, "as-of", 0, VALUE_TEXT, "DATE", ON_REPORTS | ON(CHECK) | ON(REVISIONS) | ON(STORE) | ON(SURVEY),
     "use only what was released by this date, such as 2025-03-01; everything when absent"},
    {OPTION_SOURCE, "source", 0, VALUE_TEXT, "NAME", ON(STORE),
     "add: who publishes, such as border-service: small letters, digits, points, hyphens, underscores"},
    {OPTION_RELEASE, "release", 0, VALUE_TEXT, "NAME", ON(STORE),
     "add: the name of the release, of the same letters; the day of release when absent"},
    {OPTION_RELEASED, "released", 0, VALUE_TEXT, "DATE", ON(STORE),
     "add: the day it was published, such as 2024-07-15; the last releaseDate of its resources when absent"},
    {OPTION_SUPERSEDES, "supersedes", 0, VALUE_TEXT, "RELEASE", ON(STORE),
     "add: an earlier release of the source that this one replaces as a whole; all; or none, which says that its "
     "events "
     "come on top of the earlier ones; may be given again"},
    {OPTION_ADDED_BY, "by", 0, VALUE_TEXT, "WHO", ON(STORE), "add: who puts it in"},
    {OPTION_NOTE, "note", 0, VALUE_TEXT, "TEXT", ON(STORE), "add: anything worth remembering"},
    {OPTION_GROUPS, "by", 0, VALUE_TEXT, "COLUMN,COLUMN", ON(SURVEY),
     "the groups to estimate for: each combination of what these columns hold"},
    {OPTION_WHERE, "where", 0, VALUE_TEXT, "COLUMN=VALUE;...", ON(SURVEY),
     "only interviews such as sex=F;age_group=18-24|25-34; the design stays whole"},
    {OPTION_ANSWER, "answer", 0, VALUE_TEXT, "ANSWER", ON(SURVEY), "only this answer; every answer when absent"},
    {OPTION_STATISTIC, "statistic", 0, VALUE_TEXT, "WORD", ON(SURVEY),
     "proportion, mean, total, ratio, quantile, median or chi-square; when absent, proportion, and mean where all "
     "answers are numbers"},
    {OPTION_OVER, "over", 0, VALUE_TEXT, "QUESTION", ON(SURVEY), "the question below the line of a ratio"},
    {OPTION_QUANTILE, "quantile", 0, VALUE_TEXT, "SHARE", ON(SURVEY), "which quantile, such as 0.25; 0.5 when absent"},
    {OPTION_BETWEEN, "between", 0, VALUE_TEXT, "GROUP,GROUP", ON(SURVEY),
     "the difference of two groups of --by, such as F,M; * for each group less the first; without --by of two "
     "conditions "
     "that may overlap, such as sex=F,* where * is all"},
    {OPTION_PREVIOUS, "previous", 0, VALUE_FILE, "FILE", ON(SURVEY),
     "the file or package of the round before: differences with it, of samples drawn apart or (\"revisits\" in the "
     "design) of the same clusters"},
    {OPTION_INTERVAL, "interval", 0, VALUE_TEXT, "WORD", ON(SURVEY),
     "t, logit or beta; logit for proportions when absent, else t"},
    {OPTION_LEVEL, "level", 0, VALUE_TEXT, "SHARE", ON(SURVEY), "of confidence; 0.95 when absent"},
    {OPTION_DESIGN, "design", 0, VALUE_FILE, "FILE", ON(SURVEY),
     "a JSON file with the design and the questions, as \"survey\" of a resource has them; replaces the package's"},
    {OPTION_FORM, "form", 0, VALUE_FILE, "FILE", ON(SURVEY),
     "an XLSForm: questions, labels, answers and who is asked what, beside what the design declares"},
    {OPTION_SURVEY_RESOURCE, "resource", 0, VALUE_TEXT, "NAME", ON(SURVEY),
     "the resource of the package; the first that is a survey when absent"},
    {OPTION_LEAST, "threshold", 0, VALUE_TEXT, "N", ON(SURVEY),
     "withhold what fewer than N persons stand behind; nothing is withheld when absent"},
    {OPTION_BY, "by", 0, VALUE_TEXT, "DIM,DIM", ON(TABULATE),
     "the dimensions of a table, such as direction,citizenship; give it again for another table of the same run; a "
     "word of --period among them is the period of this table alone"},
    {OPTION_EVERY, "period", 0, VALUE_EVERY, "LENGTH", ON(TABULATE),
     "the periods to count in: day, month, quarter, half-year or year; quarter when absent"},
    {OPTION_SUM, "sum", 0, VALUE_TEXT, "COLUMN", ON(TABULATE),
     "add up a column of numbers instead of counting rows; may be given again"},
    {OPTION_FILTER, "filter", 0, VALUE_TEXT, "DIM=CODE,CODE", ON(TABULATE),
     "count only rows that have one of these codes; may be given again for other dimensions"},
    {OPTION_AGES, "ages", 0, VALUE_TEXT, "AGE,AGE", ON(TABULATE),
     "the first ages of the age groups; 0,15,25,35,45,55,65 when absent"},
    {OPTION_RESOURCE, "resource", 0, VALUE_FILE, "FILE", ON(CHECK) | ON(DESCRIBE) | ON(TABULATE),
     "a JSON file that says how the data is to be read, as a resource of a data package does; inferred when absent"},
    {OPTION_MICRODATA, "microdata", 0, VALUE_NONE, NULL, ON(CHECK) | ON(DESCRIBE) | ON(INIT),
     "the file has one row per event and no column of figures, as for tabulate"},
    {OPTION_COUNTRY, "country", 0, VALUE_TEXT, "CODE", ON(DESCRIBE) | ON(INIT), "the country reported on, such as KAZ"},
    {OPTION_CONCEPT, "concept", 0, VALUE_TEXT, "CONCEPT", ON(DESCRIBE) | ON(INIT),
     "what every one of the files counts, such as migration or border-crossings; by their words when absent"},
    {OPTION_KIND, "kind", 0, VALUE_TEXT, "KIND", ON(DESCRIBE) | ON(INIT), "flow or stock, of every one of the files"},
    {OPTION_UNIT, "unit", 0, VALUE_TEXT, "UNIT", ON(DESCRIBE) | ON(INIT), "such as persons, of every one of the files"},
    {OPTION_DIRECTION, "direction", 0, VALUE_TEXT, "CODE", ON(DESCRIBE) | ON(INIT),
     "IN or OUT, of every one of the files; by their columns when absent"},
    {OPTION_TOLD, "told", 0, VALUE_TEXT, "KEY=VALUE", ON(ROWS),
     "what is known of the file: encoding, delimiter, quote, escape (a sign, or comma, semicolon, tab, bar, space, "
     "single, "
     "none, backslash), header or skip (a number of rows, or none); may be given again; the rest is found out"},
    {OPTION_SHEET, "sheet", 0, VALUE_TEXT, "SHEET", ON(ROWS),
     "the sheet of a workbook, by its name or its number from 1; the first that is not hidden when absent"},
    {OPTION_TABLE, "table", 0, VALUE_TEXT, "N", ON(ROWS),
     "the table of the file or sheet, from 1; the first when absent"},
    {OPTION_TABLES, "tables", 0, VALUE_NONE, NULL, ON(ROWS), "list the tables of the file instead of their rows"},
    {OPTION_PLACES, "places", 0, VALUE_NONE, NULL, ON(ROWS),
     "write the file and line of each row, and as jsonl or arrow the line and column of each cell"},
    {OPTION_NAMES, "names", 0, VALUE_NONE, NULL, ON(ROWS),
     "begin with names of the columns also where the table has none: col_0, col_1 and so on"},
    {OPTION_NOTES, "notes", 0, VALUE_FILE, "FILE", ON(ROWS),
     "write the notes to FILE, as text or by its ending as JSON; to standard error when absent"},
    {OPTION_LOAD, "load", 0, VALUE_FILE, "STATE", ON(TABULATE) | ON(SURVEY),
     "go on from counts saved earlier; may be given again to add them up"},
    {OPTION_SAVE, "save", 0, VALUE_FILE, "STATE", ON(TABULATE) | ON(SURVEY),
     "keep the counts in STATE, to merge or to go on from"},
    {OPTION_KEY_FILE, "key-file", 0, VALUE_FILE, "FILE", ON(SURVEY) | ON(TABULATE) | ON(MERGE),
     "a key of 32 hexadecimal digits: ids are then saved as hashes, so that an interview or person of two parts is "
     "found"},
    {OPTION_FORCE, "force", 0, VALUE_NONE, NULL, ON(TABULATE) | ON(MERGE),
     "count a file again that was counted before; its rows then count twice"},
    {OPTION_SHARE, "share", 0, VALUE_TEXT, "K/N", ON(TABULATE),
     "count only the K-th of N shares of each file's bytes, such as 3/16: those rows that begin in it"},
    {OPTION_LIST, "list", 0, VALUE_LIST, "LIST", ON(CODES), "only this code list, such as country or sector"},
    {OPTION_REJECTS, "rejects", 0, VALUE_FILE, "FILE", ON(CHECK) | ON(TABULATE),
     "write the refused rows to FILE as CSV: file, line, column, code, reason, and the row as it stands"},
    {OPTION_PROPOSE, "propose", 0, VALUE_NONE, NULL, ON(CHECK),
     "instead of the check: the lines for datapackage.json that restore figures which are refused for what they cover, "
     "with the evidence"},
    {OPTION_SHOW, "show", 0, VALUE_NONE, NULL, ON(CHECK),
     "show the rows too, and what each cell was taken for: header, period, label, figure, total, note, unit; in colour "
     "on "
     "a terminal"},
    {OPTION_ASK, "ask", 0, VALUE_NONE, NULL, ON(INIT),
     "show each table and ask what the files do not say, on a terminal"},
    {OPTION_CATALOGUE, "catalogue", 0, VALUE_FILE, "FILE", ON_REPORTS | ON(INDICATORS) | ON(CHECK) | ON(REVISIONS),
     "a JSON file of indicators to add to the built-in ones; one of the same name replaces the built-in one"},
    {OPTION_TOP, "top", 0, VALUE_TEXT, "N", ON_REPORTS,
     "rows of a breakdown before the remainder, or all; what the indicator says when absent"},
    {OPTION_THRESHOLD, "threshold", 0, VALUE_TEXT, "N", ON_REPORTS,
     "the smallest count of confidential data that may be shown, 3 or more; 5 when absent; off shows all and stamps "
     "the output as not for publication"},
    {OPTION_PROTECT, "threshold", 0, VALUE_TEXT, "N", ON(TABULATE),
     "withhold counts below N, 3 or more, and what would tell of them; when absent, every count is written and the "
     "output "
     "is not for publication"},
    {OPTION_LEDGER, "ledger", 0, VALUE_FILE, "FILE", ON_REPORTS | ON(TABULATE) | ON(SURVEY),
     "protect together with all that was published by this ledger, and enter the output in it; FILE is made where "
     "there "
     "is none, holds withheld figures and must be kept as the data is; without it the output is protected within "
     "itself "
     "only"},
    {OPTION_METHOD, "method", 0, VALUE_TEXT, "METHOD", ON_REPORTS | ON(TABULATE),
     "how confidential counts are protected: suppression withholds some, rounding rounds all to multiples of the "
     "threshold so that they still add up; suppression when absent"},
    {OPTION_P_PERCENT, "p-percent", 0, VALUE_TEXT, "P", ON_REPORTS | ON(TABULATE),
     "amounts: how close, in per cent, one contributor may come to the largest other one; 15 when absent"},
    {OPTION_DOMINANCE, "dominance", 0, VALUE_TEXT, "K", ON_REPORTS | ON(TABULATE),
     "amounts: withhold also where the two largest contributors make up more than K per cent, such as 85"},
    {OPTION_PAGE, "page", 0, VALUE_TEXT, "PAGES", ON(REPORT),
     "one for the report on a single page, as html or pdf; all when absent"},
    {OPTION_BOUNDARIES, "boundaries", 0, VALUE_FILE, "FILE", ON(REPORT) | ON(COMPUTE),
     "draw maps of countries with these boundaries, TopoJSON or GeoJSON such as Natural Earth's, where the package has "
     "none"},
    {OPTION_LANGUAGE, "language", 'l', VALUE_LANGUAGE, "LANGUAGE", ON_REPORTS | ON(INDICATORS) | ON(CODES),
     "en, ru or kk; en when absent"},
    {OPTION_FORMAT, "format", 'f', VALUE_FORMAT, "FORMAT", ON_ALL & ~(ON(DESCRIBE) | ON(INIT) | ON(MERGE)),
     "the form of what is written; when absent, the ending of the name after -o tells, else text"},
    {OPTION_OUTPUT, "output", 'o', VALUE_FILE, "FILE", ON_WRITERS,
     "write to FILE, which appears whole or not at all; standard output when absent or -"},
    {OPTION_ALLOW_GUESS, "allow-guess", 0, VALUE_NONE, NULL,
     ON_REPORTS | ON(CHECK) | ON(DESCRIBE) | ON(INIT) | ON(TABULATE) | ON(ROWS),
     "use a guessed encoding, with a note, where none is declared and none can be proven"},
    {OPTION_THREADS, "threads", 0, VALUE_TEXT, "N", ON_REPORTS | ON(TABULATE),
     "threads to count microdata with, 1 to 64; all processors when absent"},
    {OPTION_COLOUR, "colour", 0, VALUE_COLOUR, "WHEN", ON_ALL,
     "auto, always or never; auto colours a terminal unless NO_COLOR is set"},
    {OPTION_QUIET, "quiet", 'q', VALUE_NONE, NULL, ON_ALL, "no notes and no progress on standard error, only errors"},
    {OPTION_HELP, "help", 'h', VALUE_NONE, NULL, ON_ALL, "show help and exit"},
    {OPTION_VERSION, "version", 'V', VALUE_NONE, NULL, ON_ALL, "show the version and the optional parts, and exit"},
};

const struct command *command_find(const char *name) {
    for (size_t i = 0; i < n_commands; i++) {
        if (strcmp(commands[i].name, name) == 0) {
            return &commands[i];
        }
    }
    return NULL;
}

/* Before the command is known, only what all commands take. */
int option_fits(const struct option *option, const struct command *command) {
    return command != NULL ? (option->commands >> command->id & 1u) != 0 : option->commands == ON_ALL;
}

const char *settings_next(const struct settings *settings, option_id id, size_t *at) {
    while (*at < settings->n_given) {
        const given *one = &settings->given[(*at)++];
        if (one->id == id) {
            return one->value != NULL ? one->value : "";
        }
    }
    return NULL;
}

const char *settings_value(const struct settings *settings, option_id id) {
    const char *last = NULL;
    size_t at = 0;
    for (const char *value; (value = settings_next(settings, id, &at)) != NULL;) {
        last = value;
    }
    return last;
}

int settings_has(const struct settings *settings, option_id id) {
    return settings_value(settings, id) != NULL;
}

static const struct option *find_long(const struct command *command, const char *name, size_t length) {
    for (size_t i = 0; i < N_OPTIONS; i++) {
        if (strlen(options[i].name) == length && strncmp(options[i].name, name, length) == 0 &&
            option_fits(&options[i], command)) {
            return &options[i];
        }
    }
    return NULL;
}

static const struct option *find_short(const struct command *command, char letter) {
    for (size_t i = 0; i < N_OPTIONS; i++) {
        if (options[i].letter != 0 && options[i].letter == letter && option_fits(&options[i], command)) {
            return &options[i];
        }
    }
    return NULL;
}

/* Where the reading of the arguments stands. */
struct reading {
    struct settings *to;
    char **argv;
    int argc, at;
    int only_operands; /* after "--" */
    int asks_help;     /* "mtm help" */
};

static int unknown_long(const struct command *command, const char *name, size_t length) {
    char asked[64], dashed[N_OPTIONS][64];
    const char *known[N_OPTIONS];
    size_t n = 0;
    length = length < sizeof asked - 3 ? length : sizeof asked - 3;
    memcpy(asked, "--", 2);
    memcpy(asked + 2, name, length);
    asked[length + 2] = '\0';
    for (size_t i = 0; i < N_OPTIONS; i++) {
        if (option_fits(&options[i], command)) {
            memcpy(dashed[n], "--", 2);
            memcpy(dashed[n] + 2, options[i].name, strlen(options[i].name) + 1);
            known[n] = dashed[n];
            n++;
        }
    }
    return suggest_complain(command, "option", asked, known, n);
}

static int add_given(struct reading *reading, const struct option *option, const char *value) {
    struct settings *to = reading->to;
    if (option->kind != VALUE_NONE && value == NULL) {
        if (reading->at >= reading->argc) {
            return complain_usage(to->command, "option --%s needs a value: --%s %s", option->name, option->name,
                                  option->value);
        }
        value = reading->argv[reading->at++];
    }
    to->given[to->n_given].id = option->id;
    to->given[to->n_given++].value = value;
    return EXIT_FINE;
}

static int read_long(struct reading *reading, const char *text) {
    const struct command *command = reading->to->command;
    size_t length = strcspn(text, "=");
    const char *value = text[length] == '=' ? text + length + 1 : NULL;
    const struct option *option = find_long(command, text, length);
    if (option == NULL) {
        return unknown_long(command, text, length);
    }
    if (option->kind == VALUE_NONE && value != NULL) {
        return complain_usage(command, "option --%s takes no value", option->name);
    }
    return add_given(reading, option, value);
}

/* "-q", "-qo FILE", "-oFILE". */
static int read_short(struct reading *reading, const char *text) {
    const struct command *command = reading->to->command;
    int status = EXIT_FINE;
    while (*text != '\0' && status == EXIT_FINE) {
        const struct option *option = find_short(command, *text);
        if (option == NULL) {
            return complain_usage(command, "unknown option -%c", *text);
        }
        text++;
        const char *value = option->kind != VALUE_NONE && *text != '\0' ? text : NULL;
        status = add_given(reading, option, value);
        text = value != NULL ? "" : text;
    }
    return status;
}

static int read_command(struct reading *reading, const char *name) {
    const char *known[32];
    reading->to->command = command_find(name);
    if (reading->to->command == NULL && strcmp(name, "help") == 0 && !reading->asks_help) {
        reading->asks_help = 1;
        return EXIT_FINE;
    }
    if (reading->to->command != NULL) {
        return EXIT_FINE;
    }
    for (size_t i = 0; i < n_commands; i++) {
        known[i] = commands[i].name;
    }
    return suggest_complain(NULL, "command", name, known, n_commands);
}

static int read_operand(struct reading *reading, const char *text) {
    struct settings *to = reading->to;
    if (to->command == NULL) {
        return read_command(reading, text);
    }
    if (to->n_operands == to->command->most) {
        return complain_usage(to->command, "one operand too many: \"%s\"; expected mtm %s %s", text, to->command->name,
                              to->command->operands);
    }
    to->operands[to->n_operands++] = text;
    return EXIT_FINE;
}

static int read_one(struct reading *reading) {
    const char *text = reading->argv[reading->at++];
    if (reading->only_operands || text[0] != '-' || text[1] == '\0') {
        return read_operand(reading, text);
    }
    if (strcmp(text, "--") == 0) {
        reading->only_operands = 1;
        return EXIT_FINE;
    }
    return text[1] == '-' ? read_long(reading, text + 2) : read_short(reading, text + 1);
}

int settings_read(struct settings *out, int argc, char **argv) {
    struct reading reading = {out, argv, argc, 1, 0, 0};
    int status = EXIT_FINE;
    size_t most = 2; /* "-qqq" is three options: never more than there are characters */
    for (int i = 1; i < argc; i++) {
        most += strlen(argv[i]);
    }
    memset(out, 0, sizeof *out);
    out->given = calloc(most, sizeof *out->given);
    out->operands = calloc((size_t)argc + 1, sizeof *out->operands);
    if (out->given == NULL || out->operands == NULL) {
        return complain("out of memory");
    }
    while (reading.at < argc && status == EXIT_FINE && !settings_has(out, OPTION_HELP) &&
           !settings_has(out, OPTION_VERSION)) {
        status = read_one(&reading);
    }
    if (reading.asks_help && status == EXIT_FINE) {
        out->given[out->n_given++].id = OPTION_HELP;
    }
    return status;
}

void settings_free(struct settings *settings) {
    free(settings->given);
    free(settings->operands);
    memset(settings, 0, sizeof *settings);
}
