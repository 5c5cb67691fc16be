/* The command `indicators`: prints the indicators of a catalogue, or the whole definitions of some. */
#include "commands.h"
#include "inputs.h"
#include "message.h"
#include "output.h"
#include "suggest.h"
#include "table.h"
#include "terminal.h"
#include "values.h"

#include <string.h>

typedef struct listing {
    const struct settings *settings;
    mtm_catalogue *catalogue;
    mtm_language language;
    mtm_format format;
} listing;

static const char *const keys[] = {"id", "section", "title", "concept", "unit", "dimension", "definition"};

enum { N_KEYS = sizeof keys / sizeof *keys };

static const char *property(const mtm_indicator *indicator, mtm_language language, size_t key) {
    mtm_indicator_info about = MTM_INDICATOR_INFO_INIT;
    mtm_indicator_get(indicator, language, &about);
    switch (key) {
    case 0: return about.id;
    case 1: return about.section;
    case 2: return about.title;
    case 3: return about.concept_id;
    case 4: return about.unit;
    case 5: return about.dimension;
    default: return about.definition;
    }
}

static const mtm_indicator *find(const listing *l, const char *id) {
    const mtm_indicator *found = NULL;
    (void)mtm_catalogue_find(l->catalogue, id, &found, NULL);
    return found;
}

static int check_operands(const listing *l) {
    const char *known[1000];
    size_t n = 0;
    for (const mtm_indicator *one; n < 1000 && (one = mtm_catalogue_at(l->catalogue, n)) != NULL; n++) {
        known[n] = property(one, MTM_LANGUAGE_EN, 0);
    }
    for (size_t i = 0; i < l->settings->n_operands; i++) {
        if (find(l, l->settings->operands[i]) == NULL) {
            return suggest_complain(l->settings->command, "indicator", l->settings->operands[i], known, n);
        }
    }
    return EXIT_FINE;
}

/* One of those asked for, or of all; NULL at the end. */
static const mtm_indicator *indicator_at(const listing *l, size_t i) {
    if (l->settings->n_operands == 0) {
        return mtm_catalogue_at(l->catalogue, i);
    }
    return i < l->settings->n_operands ? find(l, l->settings->operands[i]) : NULL;
}

static void print_json(const listing *l, FILE *stream) {
    const mtm_indicator *indicator;
    for (size_t i = 0; (indicator = indicator_at(l, i)) != NULL; i++) {
        fputs(i == 0 ? "[\n" : ",\n", stream);
        for (size_t key = 0; key < N_KEYS; key++) {
            fputs(key == 0 ? "  {" : ", ", stream);
            json_text(stream, keys[key]);
            fputs(": ", stream);
            json_text(stream, property(indicator, l->language, key));
        }
        putc('}', stream);
    }
    fputs("\n]\n", stream);
}

/* A list for a reader has the first three properties. */
static int print_columns(const listing *l, FILE *stream, int colour) {
    static const size_t shown[] = {0, 2, 5};
    const mtm_indicator *indicator;
    int csv = l->format == MTM_FORMAT_CSV;
    size_t n = csv ? N_KEYS : sizeof shown / sizeof *shown;
    struct table table;
    table_begin(&table, n, "lllllll");
    for (size_t key = 0; key < n; key++) {
        table_add(&table, csv ? keys[key] : key == 2 ? "by" : keys[shown[key]]);
    }
    for (size_t i = 0; (indicator = indicator_at(l, i)) != NULL; i++) {
        for (size_t key = 0; key < n; key++) {
            table_add(&table, property(indicator, l->language, csv ? key : shown[key]));
        }
    }
    if (csv) {
        table_csv(&table, stream);
    } else {
        table_print(&table, stream, colour);
    }
    int failed = table.failed;
    table_free(&table);
    return failed ? complain("out of memory") : EXIT_FINE;
}

static void print_definitions(const listing *l, FILE *stream, int colour) {
    const mtm_indicator *indicator;
    int width = terminal_width(stream);
    for (size_t i = 0; (indicator = indicator_at(l, i)) != NULL; i++) {
        mtm_indicator_info about = MTM_INDICATOR_INFO_INIT;
        mtm_indicator_get(indicator, l->language, &about);
        fputs(i > 0 ? "\n" : "", stream);
        fprintf(stream, colour ? "\033[1m%s\033[0m: " : "%s: ", about.id);
        terminal_print(stream, about.title);
        putc('\n', stream);
        terminal_paragraph(stream, about.definition, strlen(about.definition), 2, 0, width > 0 ? (size_t)width : 80);
        fprintf(stream, "  concept: %s; unit: %s; section: %s", about.concept_id, about.unit, about.section);
        fprintf(stream, *about.dimension != '\0' ? "; by: %s\n" : "\n", about.dimension);
    }
}

static int write_list(const listing *l) {
    struct output out;
    int status = output_open(&out, settings_value(l->settings, OPTION_OUTPUT));
    if (status != EXIT_FINE) {
        return status;
    }
    int colour = out.path == NULL && terminal_colour(l->settings, out.stream);
    if (l->format == MTM_FORMAT_JSON) {
        print_json(l, out.stream);
    } else if (l->format == MTM_FORMAT_TEXT && l->settings->n_operands > 0) {
        print_definitions(l, out.stream, colour);
    } else {
        status = print_columns(l, out.stream, colour);
    }
    return output_close(&out, status);
}

static int open_catalogue(listing *l) {
    const char *path = settings_value(l->settings, OPTION_CATALOGUE);
    const mtm_source source = MTM_SOURCE_PATH_INIT(path);
    mtm_error err;
    mtm_status status =
        path != NULL ? mtm_catalogue_read(&source, &l->catalogue, &err) : mtm_catalogue_new(&l->catalogue, &err);
    return status == MTM_OK ? EXIT_FINE : complain_error(status, &err);
}

int command_indicators(const struct settings *settings) {
    listing l = {settings, NULL, MTM_LANGUAGE_EN, MTM_FORMAT_TEXT};
    const char *catalogue = settings_value(settings, OPTION_CATALOGUE);
    int status = value_language(settings, &l.language);
    if (status == EXIT_FINE) {
        status = value_format(settings, &l.format);
    }
    if (status == EXIT_FINE) {
        status = output_check(settings_value(settings, OPTION_OUTPUT), &catalogue, catalogue != NULL);
    }
    if (status == EXIT_FINE) {
        status = open_catalogue(&l);
    }
    if (status == EXIT_FINE) {
        status = check_operands(&l);
    }
    if (status == EXIT_FINE) {
        status = write_list(&l);
    }
    mtm_catalogue_free(l.catalogue);
    return status;
}
