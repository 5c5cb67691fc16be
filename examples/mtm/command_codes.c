/* The command `codes`: prints what a label stands for in each code list, the codes of a list, or the lists. Matching is
 * the library's. */
#include "commands.h"
#include "message.h"
#include "inputs.h"
#include "output.h"
#include "suggest.h"
#include "table.h"
#include "terminal.h"
#include "values.h"

#include <string.h>

static const char *const kinds[] = {"none", "code", "total", "group", "other", "unknown", "ambiguous"};
static const char *const names[] = {"list", "stands for", "code", "name", "note"};
static const char *const keys[] = {"list", "kind", "code", "label", "note"};

enum { N_NAMES = sizeof names / sizeof *names };

/* A name in any list of codes; "" where the code has none. */
static const char *name_of(const mtm_codelist *list, const char *code, mtm_language language) {
    for (size_t i = 0; i < mtm_codelist_count(list); i++) {
        if (strcmp(mtm_codelist_code(list, i), code) == 0) {
            return mtm_codelist_label(list, i, language);
        }
    }
    return "";
}

static void add_row(struct table *table, const mtm_codelist *list, mtm_match_kind kind, const char *code,
                    const char *name, const char *note) {
    mtm_codelist_info about = MTM_CODELIST_INFO_INIT;
    mtm_codelist_get(list, MTM_LANGUAGE_EN, &about);
    table_add(table, about.id);
    table_add(table, kinds[kind]);
    table_add(table, code);
    table_add(table, name);
    table_add(table, note != NULL ? note : "");
}

static void add_match(struct table *table, const mtm_codelist *list, const mtm_match *match, mtm_language language) {
    const mtm_codelist *names_in = list;
    mtm_match_kind kind = (mtm_match_kind)match->kind;
    if (kind == MTM_MATCH_GROUP) {
        (void)mtm_codelist_find("country-group", &names_in, NULL);
    }
    for (size_t i = 0; i < MTM_MATCH_CODES && match->codes[i] != NULL; i++) {
        const char *code = match->codes[i];
        add_row(table, list, kind, code, name_of(names_in != NULL ? names_in : list, code, language), match->note);
    }
    if (match->count == 0 && kind != MTM_MATCH_NONE) {
        const char *code = kind == MTM_MATCH_TOTAL ? "_T" : kind == MTM_MATCH_OTHER ? "_O" : "_U";
        add_row(table, list, kind, code, "", match->note);
    }
}

static int match_label(struct table *table, const mtm_codelist *only, const char *text, mtm_language language) {
    mtm_error err;
    const mtm_codelist *list;
    for (size_t i = 0; (list = mtm_codelist_at(i)) != NULL; i++) {
        mtm_match match;
        if (only != NULL && list != only) {
            continue;
        }
        mtm_status status = mtm_codelist_match(list, text, &match, &err);
        if (status != MTM_OK) {
            return complain_error(status, &err);
        }
        add_match(table, list, &match, language);
    }
    return EXIT_FINE;
}

/* A JSON array of objects; the keys are those of a row's cells. */
static void print_json(const struct table *table, const char *const *of, FILE *stream) {
    for (size_t i = table->n_columns; i < table->n_cells; i++) {
        size_t column = i % table->n_columns;
        fputs(column > 0 ? ", " : i == table->n_columns ? "[\n  {" : ",\n  {", stream);
        json_text(stream, of[column]);
        fputs(": ", stream);
        json_text(stream, table->cells[i]);
        fputs(column + 1 == table->n_columns ? "}" : "", stream);
    }
    fputs(table->n_cells > table->n_columns ? "\n]\n" : "[]\n", stream);
}

static int write_table(const struct settings *settings, const struct table *table, const char *const *json_keys,
                       mtm_format format) {
    const char *path = settings_value(settings, OPTION_OUTPUT);
    struct output out;
    int status = output_open(&out, path);
    if (status != EXIT_FINE) {
        return status;
    }
    if (format == MTM_FORMAT_JSON) {
        print_json(table, json_keys, out.stream);
    } else if (format == MTM_FORMAT_CSV) {
        table_csv(table, out.stream);
    } else {
        table_print(table, out.stream, out.path == NULL && terminal_colour(settings, out.stream));
    }
    return output_close(&out, table->failed ? complain("out of memory") : EXIT_FINE);
}

static void list_codes(struct table *table, const mtm_codelist *list, mtm_language language) {
    for (size_t i = 0; i < mtm_codelist_count(list); i++) {
        table_add(table, mtm_codelist_code(list, i));
        table_add(table, mtm_codelist_label(list, i, language));
    }
}

static void list_lists(struct table *table, mtm_language language) {
    mtm_codelist_info about = MTM_CODELIST_INFO_INIT;
    const mtm_codelist *list;
    for (size_t i = 0; (list = mtm_codelist_at(i)) != NULL; i++) {
        mtm_codelist_get(list, language, &about);
        table_add(table, about.id);
        table_add(table, about.title);
    }
}

static int write_list(const struct settings *settings, const mtm_codelist *list, mtm_language language,
                      mtm_format format) {
    static const char *const columns[] = {"code", "label"};
    struct table table;
    table_begin(&table, 2, "ll");
    table_add(&table, list != NULL ? "code" : "list");
    table_add(&table, list != NULL ? "label" : "title");
    if (list != NULL) {
        list_codes(&table, list, language);
    } else {
        list_lists(&table, language);
    }
    int status = write_table(settings, &table, columns, format);
    table_free(&table);
    return status;
}

static int write_matches(const struct settings *settings, const mtm_codelist *list, mtm_language language,
                         mtm_format format) {
    struct table table;
    table_begin(&table, N_NAMES, "lllll");
    for (size_t i = 0; i < N_NAMES; i++) {
        table_add(&table, format == MTM_FORMAT_CSV ? keys[i] : names[i]);
    }
    int status = match_label(&table, list, settings->operands[0], language), found = table.n_cells > N_NAMES;
    if (status == EXIT_FINE && !found) {
        status = complain("\"%s\": no code list knows this label; labels match exactly or not at all",
                          settings->operands[0]);
    }
    if (found || (status == EXIT_REFUSED && format == MTM_FORMAT_JSON)) {
        int wrote = write_table(settings, &table, keys, format);
        status = wrote != EXIT_FINE ? wrote : status;
    }
    table_free(&table);
    return status;
}

static int find_list(const struct settings *settings, const mtm_codelist **list) {
    const char *id = settings_value(settings, OPTION_LIST), *known[64];
    size_t n = 0;
    *list = NULL;
    if (id == NULL || mtm_codelist_find(id, list, NULL) == MTM_OK) {
        return EXIT_FINE;
    }
    const mtm_codelist *one;
    for (; n < sizeof known / sizeof *known && (one = mtm_codelist_at(n)) != NULL; n++) {
        mtm_codelist_info about = MTM_CODELIST_INFO_INIT;
        mtm_codelist_get(one, MTM_LANGUAGE_EN, &about);
        known[n] = about.id;
    }
    return suggest_complain(settings->command, "code list", id, known, n);
}

int command_codes(const struct settings *settings) {
    const mtm_codelist *list = NULL;
    mtm_language language;
    mtm_format format;
    int status = value_language(settings, &language);
    if (status == EXIT_FINE) {
        status = value_format(settings, &format);
    }
    if (status == EXIT_FINE) {
        status = find_list(settings, &list);
    }
    if (status == EXIT_FINE) {
        status = output_check(settings_value(settings, OPTION_OUTPUT), NULL, 0);
    }
    if (status != EXIT_FINE) {
        return status;
    }
    return settings->n_operands > 0 ? write_matches(settings, list, language, format)
                                    : write_list(settings, list, language, format);
}
