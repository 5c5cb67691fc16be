/* The command `store`: adds releases to a store, lists them, describes and exports what they are as of a day, and verifies. */
#include "commands.h"
#include "inputs.h"
#include "message.h"
#include "output.h"
#include "suggest.h"
#include "table.h"
#include "terminal.h"
#include "values.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST_SUPERSEDED = 1000 };

typedef struct storing {
    const struct settings *settings;
    const char *path;    /* of the store */
    const char *operand; /* the third; NULL where there is none */
    mtm_store *store;
    mtm_period day;
    const mtm_period *as_of; /* &day, or NULL */
} storing;

typedef int (*store_action)(storing *s);

/* ---- add ---- */

static void write_now(char *out, size_t size) {
    const time_t now = time(NULL);
    struct tm parts;
    if (gmtime_r(&now, &parts) == NULL || strftime(out, size, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0) {
        out[0] = '\0';
    }
}

static int add(storing *s) {
    static const struct {
        option_id id;
        size_t at;
    } texts[] = {{OPTION_SOURCE, offsetof(mtm_store_release, source)},
                 {OPTION_RELEASE, offsetof(mtm_store_release, release)},
                 {OPTION_RELEASED, offsetof(mtm_store_release, released)},
                 {OPTION_ADDED_BY, offsetof(mtm_store_release, by)},
                 {OPTION_NOTE, offsetof(mtm_store_release, note)}};
    mtm_store_release release = MTM_STORE_RELEASE_INIT;
    const char *superseded[MOST_SUPERSEDED], *name;
    char now[32];
    size_t at = 0;
    mtm_error err;
    if (!settings_has(s->settings, OPTION_SOURCE)) {
        return complain_usage(s->settings->command,
                              "add: expected --source NAME, who publishes, such as border-service");
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const char *text = settings_value(s->settings, texts[i].id);
        memcpy((char *)&release + texts[i].at, &text, sizeof text);
    }
    while ((name = settings_next(s->settings, OPTION_SUPERSEDES, &at)) != NULL &&
           release.n_supersedes < MOST_SUPERSEDED) {
        superseded[release.n_supersedes++] = name;
    }
    release.supersedes = superseded;
    write_now(now, sizeof now);
    release.received = now;
    const size_t before = mtm_store_count(s->store);
    const mtm_status added = mtm_store_add(s->store, s->operand, &release, &err);
    if (added != MTM_OK) {
        return complain_error(added, &err);
    }
    if (mtm_store_count(s->store) == before) {
        note(s->settings, "%s: this release is there already; nothing was added", s->operand);
    }
    return EXIT_FINE;
}

/* ---- list ---- */

static const char *const columns[] = {"source", "release", "released",   "received",      "files",
                                      "bytes",  "by",      "supersedes", "superseded_by", "note"};
enum { N_COLUMNS = sizeof columns / sizeof *columns, N_SHOWN = 6 };

/* A cell as text; room holds lists and numbers. */
static const char *cell(const mtm_store_release *release, size_t column, char *room, size_t size) {
    size_t n = 0;
    room[0] = '\0';
    switch (column) {
    case 0: return release->source;
    case 1: return release->release;
    case 2: return release->released;
    case 3: return release->received;
    case 4: snprintf(room, size, "%zu", release->n_files); return room;
    case 5: snprintf(room, size, "%llu", (unsigned long long)release->n_bytes); return room;
    case 6: return release->by;
    case 7:
        for (size_t i = 0; i < release->n_supersedes && n + strlen(release->supersedes[i]) + 2 < size; i++) {
            n += (size_t)snprintf(room + n, size - n, "%s%s", i > 0 ? " " : "", release->supersedes[i]);
        }
        return room;
    case 8: return release->superseded_by;
    default: return release->note;
    }
}

static void list_json(const storing *s, FILE *stream, char *room, size_t size) {
    mtm_store_release release = MTM_STORE_RELEASE_INIT;
    for (size_t i = 0; mtm_store_at(s->store, i, &release); i++) {
        for (size_t column = 0; column < N_COLUMNS; column++) {
            fputs(column > 0 ? ", " : i == 0 ? "[\n  {" : ",\n  {", stream);
            json_text(stream, columns[column]);
            fputs(": ", stream);
            if (column == 4 || column == 5) {
                fputs(cell(&release, column, room, size), stream);
            } else if (column == 7) {
                for (size_t k = 0; k < release.n_supersedes; k++) {
                    fputs(k == 0 ? "[" : ", ", stream);
                    json_text(stream, release.supersedes[k]);
                }
                fputs(release.n_supersedes > 0 ? "]" : "[]", stream);
            } else {
                json_text(stream, cell(&release, column, room, size));
            }
        }
        putc('}', stream);
    }
    fputs(mtm_store_count(s->store) > 0 ? "\n]\n" : "[]\n", stream);
}

static int list_columns(const storing *s, FILE *stream, int csv, int colour, char *room, size_t size) {
    static const size_t shown[N_SHOWN] = {0, 1, 2, 4, 5, 8};
    mtm_store_release release = MTM_STORE_RELEASE_INIT;
    struct table table;
    const size_t n = csv ? N_COLUMNS : N_SHOWN;
    table_begin(&table, n, csv ? "llllrrllll" : "lllrrl");
    for (size_t i = 0; i < n; i++) {
        table_add(&table, csv ? columns[i] : shown[i] == 8 ? "superseded by" : columns[shown[i]]);
    }
    for (size_t row = 0; mtm_store_at(s->store, row, &release); row++) {
        for (size_t i = 0; i < n; i++) {
            table_add(&table, cell(&release, csv ? i : shown[i], room, size));
        }
    }
    if (csv) {
        table_csv(&table, stream);
    } else {
        table_print(&table, stream, colour);
    }
    const int failed = table.failed;
    table_free(&table);
    return failed ? complain("out of memory") : EXIT_FINE;
}

static int list(storing *s) {
    enum { ROOM = 1 << 16 };
    mtm_format format = MTM_FORMAT_TEXT;
    struct output out;
    char *room = NULL;
    int status = value_format(s->settings, &format);
    status = status == EXIT_FINE ? output_open(&out, settings_value(s->settings, OPTION_OUTPUT)) : status;
    if (status != EXIT_FINE) {
        return status;
    }
    room = malloc(ROOM);
    if (room == NULL) {
        status = complain("out of memory");
    } else if (format == MTM_FORMAT_JSON) {
        list_json(s, out.stream, room, ROOM);
    } else {
        status = list_columns(s, out.stream, format == MTM_FORMAT_CSV,
                              out.path == NULL && terminal_colour(s->settings, out.stream), room, ROOM);
    }
    free(room);
    return output_close(&out, status);
}

/* ---- show, export, verify ---- */

static int show(storing *s) {
    mtm_buffer *text = NULL;
    mtm_error err;
    const mtm_status made = mtm_store_describe(s->store, s->as_of, &text, &err);
    const int status =
        made == MTM_OK ? output_text(settings_value(s->settings, OPTION_OUTPUT), text) : complain_error(made, &err);
    mtm_buffer_free(text);
    return status;
}

static int export(storing *s) {
    mtm_error err;
    const mtm_status made = mtm_store_export(s->store, s->as_of, s->operand, &err);
    return made == MTM_OK ? EXIT_FINE : complain_error(made, &err);
}

/* What the second operand is to the third. */
static int diff(storing *s) {
    mtm_format format = MTM_FORMAT_TEXT;
    mtm_buffer *text = NULL;
    mtm_error err;
    int status = value_format(s->settings, &format);
    if (status != EXIT_FINE) {
        return status;
    }
    const mtm_status made = mtm_revisions_diff(s->path, s->operand, s->settings->operands[3], format, &text, &err);
    status =
        made == MTM_OK ? output_text(settings_value(s->settings, OPTION_OUTPUT), text) : complain_error(made, &err);
    mtm_buffer_free(text);
    return status;
}

static int verify(storing *s) {
    mtm_buffer *lines = NULL;
    size_t wrong = 0;
    mtm_error err;
    const mtm_status made = mtm_store_verify(s->path, &wrong, &lines, &err);
    int status =
        made == MTM_OK ? output_text(settings_value(s->settings, OPTION_OUTPUT), lines) : complain_error(made, &err);
    mtm_buffer_free(lines);
    return status == EXIT_FINE && wrong > 0 ? EXIT_REFUSED : status;
}

static const struct {
    const char *name;
    size_t operands; /* besides the word */
    int opens;       /* 0: not; 1: opens; 2: makes a store where there is none */
    store_action run;
} actions[] = {{"add", 2, 2, add},       {"list", 1, 1, list}, {"show", 1, 1, show},
               {"export", 2, 1, export}, {"diff", 3, 0, diff}, {"verify", 1, 0, verify}};

static int run_action(storing *s, size_t action) {
    int status = inputs_spare(s->settings, OPTION_OUTPUT), has = 0;
    mtm_error err;
    status = status == EXIT_FINE ? value_period(s->settings, OPTION_AS_OF, &s->day, &has) : status;
    s->as_of = has ? &s->day : NULL;
    if (status == EXIT_FINE && actions[action].opens) {
        const mtm_status opened = mtm_store_open(s->path, actions[action].opens == 2, &s->store, &err);
        status = opened == MTM_OK ? EXIT_FINE : complain_error(opened, &err);
    }
    status = status == EXIT_FINE ? actions[action].run(s) : status;
    mtm_store_free(s->store);
    return status;
}

int command_store(const struct settings *settings) {
    storing s = {.settings = settings, .path = settings->operands[1]};
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (strcmp(settings->operands[0], actions[i].name) != 0) {
            continue;
        }
        if (settings->n_operands != actions[i].operands + 1) {
            return complain_usage(settings->command, "%s: found %zu operands, expected %zu", actions[i].name,
                                  settings->n_operands - 1, actions[i].operands);
        }
        s.operand = settings->n_operands > 2 ? settings->operands[2] : NULL;
        return run_action(&s, i);
    }
    return suggest_words(settings->command, "word after store", settings->operands[0],
                         "add list show export diff verify");
}
