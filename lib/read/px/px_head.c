/* Makes variables, with their values, units and keys, of the statements of a PC-Axis file. Invariant: a statement is
 * used, says how the file is written, or is noted. */
#include "read/px/px_head.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_VARIABLES = 100 };

/* qsort() hands over no context: the keys that are sorted, by thread. */
static _Thread_local const char **sorted_keys;

static int compare_keys(const void *a, const void *b) {
    return strcmp(sorted_keys[*(const size_t *)a], sorted_keys[*(const size_t *)b]);
}

size_t mtmi_px_key(const mtmi_px_variable *variable, const char *text) {
    size_t low = 0, high = variable->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(variable->keys[variable->sorted[middle]], text);
        if (order == 0) {
            return variable->sorted[middle];
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return SIZE_MAX;
}

/* KEYS("variable")=VALUES; or CODES. */
static mtm_status find_keys(const mtmi_px_text *text, const mtmi_px_file *file, mtmi_px_variable *out, mtm_error *err) {
    const char *kind = mtmi_px_text_of(file, "KEYS", out->name->text);
    int by_code = strcmp(kind, "CODES") == 0;
    const mtmi_px_statement *codes = by_code ? mtmi_px_find(file, "CODES", out->name->text) : NULL;
    size_t *sorted;

    if (kind[0] == '\0') {
        return MTM_OK;
    }
    if ((by_code && (codes == NULL || codes->n_values != out->n)) || (!by_code && strcmp(kind, "VALUES") != 0)) {
        return mtmi_px_refuse(text, "KEYS without as many CODES as VALUES", "KEYS(...)=VALUES, or CODES for each value",
                              err);
    }
    out->keys = mtmi_memory_new(out->n + 1, sizeof *out->keys);
    out->sorted = sorted = mtmi_memory_new(out->n + 1, sizeof *sorted);
    if (out->keys == NULL || sorted == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < out->n; i++) {
        out->keys[i] = by_code ? codes->values[i].text : out->values[i].text;
        sorted[i] = i;
    }
    sorted_keys = out->keys;
    qsort(sorted, out->n, sizeof *sorted, compare_keys);
    return MTM_OK;
}

/* UNITS("value")= of each value; found by order, so that no number of them makes many comparisons. */
static mtm_status find_units(const mtmi_px_file *file, mtmi_px_head *head, mtmi_px_variable *out, mtm_error *err) {
    mtmi_px_variable by_text = {.n = out->n};
    size_t *sorted;

    out->units = mtmi_memory_new(out->n + 1, sizeof *out->units);
    by_text.keys = mtmi_memory_new(out->n + 1, sizeof *by_text.keys);
    by_text.sorted = sorted = mtmi_memory_new(out->n + 1, sizeof *sorted);
    int room = out->units != NULL && by_text.keys != NULL && sorted != NULL;
    for (size_t i = 0; room && i < out->n; i++) {
        by_text.keys[i] = out->values[i].text;
        out->units[i] = "";
        sorted[i] = i;
    }
    if (room) {
        sorted_keys = by_text.keys;
        qsort(sorted, out->n, sizeof *sorted, compare_keys);
    }
    for (size_t i = 0; room && i < file->n; i++) {
        mtmi_px_statement *one = &file->statements[i];
        int is_unit = one->language[0] == '\0' && one->n_subjects == 1 && strcmp(one->keyword, "UNITS") == 0;
        size_t at = is_unit && one->n_values > 0 ? mtmi_px_key(&by_text, one->subjects[0].text) : SIZE_MAX;
        if (at < out->n) {
            one->used = 1;
            out->units[at] = one->values[0].text;
            head->contents = (size_t)(out - head->variables);
        }
    }
    mtmi_memory_free(by_text.keys);
    mtmi_memory_free(sorted);
    return room ? MTM_OK : mtmi_error_memory(err);
}

static mtm_status add_variable(const mtmi_px_text *text, const mtmi_px_file *file, const mtmi_px_value *name,
                               mtmi_px_head *out, mtm_error *err) {
    const mtmi_px_statement *values = mtmi_px_find(file, "VALUES", name->text);
    mtmi_px_variable *variable = &out->variables[out->n];
    mtm_status status = MTM_OK;

    if (values == NULL) { /* the values of a variable of time may stand in its TIMEVAL alone */
        return mtmi_error_set(
            err, MTM_ERROR_STRUCTURE, MTMI_CODE_CONTAINER, (mtmi_place){text->name, name->line, name->column},
            "found no VALUES(%q), expected the values of each variable of STUB and HEADING", name->text);
    }
    variable->name = name;
    variable->values = values->values;
    variable->n = values->n_values;
    out->n++;
    if (strcmp(mtmi_px_text_of(file, "CONTVARIABLE", NULL), name->text) == 0) {
        MTMI_TRY(find_units(file, out, variable, err));
    }
    status = find_keys(text, file, variable, err);
out:
    return status;
}

/* "Population, persons": what the figures are, and their unit where there is one for all. */
static mtm_status name_value(const mtmi_px_file *file, mtmi_px_head *out, mtm_error *err) {
    const char *contents = mtmi_px_text_of(file, "CONTENTS", NULL), *units = mtmi_px_text_of(file, "UNITS", NULL);
    mtmi_buffer name = MTMI_BUFFER_INIT;

    mtmi_buffer_text(&name, contents[0] != '\0' ? contents : "value");
    if (units[0] != '\0' && out->contents == SIZE_MAX) {
        mtmi_buffer_text(&name, ", ");
        mtmi_buffer_text(&name, units);
    }
    if (name.failed) {
        mtmi_buffer_free(&name);
        return mtmi_error_memory(err);
    }
    out->value_name = name.data;
    return MTM_OK;
}

mtm_status mtmi_px_head_make(const mtmi_px_text *text, const mtmi_px_file *file, mtmi_px_head *out, mtm_error *err) {
    const mtmi_px_statement *parts[2] = {mtmi_px_find(file, "STUB", NULL), mtmi_px_find(file, "HEADING", NULL)};
    size_t n = 0;
    mtm_status status = MTM_OK;

    memset(out, 0, sizeof *out);
    out->contents = SIZE_MAX;
    for (size_t i = 0; i < 2; i++) {
        n += parts[i] != NULL ? parts[i]->n_values : 0;
    }
    if (n == 0 || n > MOST_VARIABLES) {
        return mtmi_px_refuse(text, n == 0 ? "neither STUB nor HEADING before DATA" : "more than 100 variables",
                              "the variables of the table", err);
    }
    out->variables = mtmi_memory_new(n, sizeof *out->variables);
    if (out->variables == NULL) {
        return mtmi_error_memory(err);
    }
    out->stub = parts[0] != NULL ? parts[0] : parts[1];
    for (size_t i = 0; i < 2; i++) {
        for (size_t k = 0; parts[i] != NULL && k < parts[i]->n_values; k++) {
            MTMI_TRY(add_variable(text, file, &parts[i]->values[k], out, err));
        }
    }
    while (out->n_keys < out->n && out->variables[out->n_keys].keys != NULL) {
        out->n_keys++;
    }
out:
    out->title = mtmi_px_find(file, "TITLE", NULL);
    out->title = out->title != NULL ? out->title : mtmi_px_find(file, "DESCRIPTION", NULL);
    return status == MTM_OK ? name_value(file, out, err) : status;
}

void mtmi_px_head_free(mtmi_px_head *head) {
    for (size_t i = 0; i < head->n; i++) {
        mtmi_memory_free(head->variables[i].units);
        mtmi_memory_free(head->variables[i].keys);
        mtmi_memory_free((void *)(uintptr_t)head->variables[i].sorted);
    }
    mtmi_memory_free(head->variables);
    mtmi_memory_free(head->value_name);
    memset(head, 0, sizeof *head);
}

/* Keywords that say how the file is written, or how a program shows it. */
static int is_about_the_file(const char *keyword) {
    static const char *const about[] = {"CHARSET",       "AXIS-VERSION", "CODEPAGE",     "LANGUAGE",     "LANGUAGES",
                                        "DATA",          "DECIMALS",     "SHOWDECIMALS", "SUBJECT-CODE", "MATRIX",
                                        "COPYRIGHT",     "AUTOPEN",      "ELIMINATION",  "DOMAIN",       "MAP",
                                        "VARIABLE-TYPE", "TABLEID",      "DEFAULT-GRAPH"};
    for (size_t i = 0; i < sizeof about / sizeof *about; i++) {
        if (strcmp(about[i], keyword) == 0) {
            return 1;
        }
    }
    return 0;
}

static mtm_status say(const mtmi_px_statement *one, const mtmi_buffer *found, const char *expected, mtmi_check_log *log,
                      mtm_error *err) {
    mtmi_diagnostic_input said = {0};

    if (found->failed) {
        return mtmi_error_memory(err);
    }
    said.code = MTMI_CODE_NOT_DATA;
    said.line = one->line;
    said.column = one->column;
    said.found = found->data;
    said.found_size = found->size;
    said.expected = expected;
    return mtmi_check_add(log, &said, err);
}

static void write_statement(const mtmi_px_statement *one, mtmi_buffer *out) {
    mtmi_buffer_clear(out);
    mtmi_buffer_text(out, one->keyword);
    for (size_t i = 0; i < one->n_subjects; i++) {
        mtmi_buffer_text(out, i == 0 ? "(" : ", ");
        mtmi_buffer_text(out, one->subjects[i].text);
    }
    mtmi_buffer_text(out, one->n_subjects > 0 ? ")=" : "=");
    for (size_t i = 0; i < one->n_values && out->size < 4096; i++) {
        mtmi_buffer_text(out, i == 0 ? "" : ", ");
        mtmi_buffer_text(out, one->values[i].text);
    }
}

/* Texts in other languages repeat the file's own: one note tells of all of a language. */
static int is_told(const mtmi_px_file *file, size_t at) {
    for (size_t i = 0; i < at && i < 1000; i++) {
        if (strcmp(file->statements[i].language, file->statements[at].language) == 0) {
            return 1;
        }
    }
    return 0;
}

mtm_status mtmi_px_say_unused(const mtmi_px_file *file, mtmi_check_log *log, mtm_error *err) {
    mtmi_buffer found = MTMI_BUFFER_INIT;
    mtm_status status = MTM_OK;
    for (size_t i = 0; i < file->n; i++) {
        const mtmi_px_statement *one = &file->statements[i];
        if (one->language[0] != '\0' && !is_told(file, i)) {
            mtmi_buffer_clear(&found);
            mtmi_buffer_text(&found, one->language);
            MTMI_TRY(say(one, &found, "texts in the file's own language; those in another are not read", log, err));
        } else if (one->language[0] == '\0' && !one->used && !is_about_the_file(one->keyword)) {
            write_statement(one, &found);
            MTMI_TRY(say(one, &found, "a keyword that cells come from", log, err));
        }
    }
out:
    mtmi_buffer_free(&found);
    return status;
}
