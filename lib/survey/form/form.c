/* Reads an XLSForm (xlsform.org): the sheet "survey" (type, name, label, relevant) and the sheet "choices" (list_name, name,
 * label), with labels in each language. Conditions of questions, and of the groups that they are in, are those that
 * relevant.c follows; where one cannot be followed, the question counts as asked of all. Questions of repeats are answers of
 * other rows, and are left out.
 * Invariant: what is made is a "questions" object as docs/survey.md describes it, and nothing that the form does not say. */
#include "survey/form/form.h"

#include "base/try.h"

#include "base/buffer.h"
#include "base/diagnostic.h"
#include "base/error.h"
#include "base/json.h"
#include "base/json_read.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/text.h"
#include "read/container.h"
#include "read/open_file.h"
#include "read/xlsx/xlsx_rows.h"
#include "survey/form/form_label.h"
#include "survey/form/relevant.h"
#include "survey/form/type.h"

#include <string.h>

enum { LIST, NAME, TYPE, RELEVANT, DISABLED, COLUMNS };

#define LANGUAGES 12
#define GROUPS 32

typedef struct choice {
    char *list, *name;
    char *labels[LANGUAGES]; /* NULL for none */
} choice;

/* A group that is open: its condition. */
typedef struct group {
    char *relevant; /* NULL for none */
} group;

typedef struct xls_form {
    const char *name;
    mtmi_rows *rows;
    size_t place[COLUMNS];    /* cell of a column, or SIZE_MAX */
    size_t labels[LANGUAGES]; /* cells of the columns of labels */
    char languages[LANGUAGES][16];
    size_t n_languages;
    group groups[GROUPS];
    size_t n_groups;
    choice *choices;
    size_t n_choices, choices_capacity;
    int depth;      /* of repeats */
    int of_repeats; /* their questions are read, else those outside */
    mtmi_json json;
    mtmi_buffer text;
    mtm_error *err;
} xls_form;

typedef struct slice {
    const char *text;
    size_t length;
} slice;

static slice cell_at(const mtmi_row *row, size_t at) {
    slice cell = {"", 0};
    if (at < row->n_cells) {
        cell.length = row->cells[at].length;
        cell.text = mtmi_text_trim(row->cells[at].text, &cell.length);
    }
    return cell;
}

static slice cell_of(const xls_form *at, const mtmi_row *row, int column) {
    return cell_at(row, at->place[column]); /* SIZE_MAX is beyond every row */
}

static int begins(slice text, const char *start) {
    return text.length >= strlen(start) && memcmp(text.text, start, strlen(start)) == 0;
}

static int is_word(slice text, const char *word) {
    return text.length == strlen(word) && memcmp(text.text, word, text.length) == 0;
}

/* "en" of "English (en)", "Russian", "kk"; others keep their first letters. */
static void name_language(slice label, char out[16]) {
    static const char *const known[][2] = {{"English", "en"}, {"Russian", "ru"}, {"Русский", "ru"}, {"Kazakh", "kk"},
                                           {"Қазақша", "kk"}, {"Қазақ", "kk"},   {"French", "fr"},  {"Arabic", "ar"}};
    const char *open = memchr(label.text, '(', label.length), *close = memchr(label.text, ')', label.length);
    if (open != NULL && close != NULL && close > open + 1 && close - open < 12) {
        label = (slice){open + 1, (size_t)(close - open - 1)};
    }
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (is_word(label, known[i][0])) {
            label = (slice){known[i][1], 2};
        }
    }
    size_t length = label.length < 15 ? label.length : 15;
    while (length > 0 && length < label.length && ((unsigned char)label.text[length] & 0xC0) == 0x80) {
        length--; /* not within a character */
    }
    memcpy(out, label.text, length);
    out[length] = '\0';
}

/* "label", and "label::English (en)", each of another language. */
static void find_labels(xls_form *at, const mtmi_row *row) {
    at->n_languages = 0;
    for (size_t i = 0; i < row->n_cells && at->n_languages < LANGUAGES; i++) {
        slice cell = cell_at(row, i);
        if (is_word(cell, "label") || begins(cell, "label::") || begins(cell, "label:")) {
            while (cell.length > 0 && *cell.text != ':') {
                cell = (slice){cell.text + 1, cell.length - 1};
            }
            while (cell.length > 0 && (*cell.text == ':' || *cell.text == ' ')) {
                cell = (slice){cell.text + 1, cell.length - 1};
            }
            name_language(cell.length > 0 ? cell : (slice){"en", 2}, at->languages[at->n_languages]);
            at->labels[at->n_languages++] = i;
        }
    }
}

/* Columns and the other names that pyxform and SurveyCTO have for them. */
static void find_columns(xls_form *at, const mtmi_row *row) {
    static const char *const names[COLUMNS][4] = {{"list_name", "list name"},
                                                  {"name", "value"},
                                                  {"type"},
                                                  {"relevant", "relevance", "bind::relevant"},
                                                  {"disabled"}};
    find_labels(at, row);
    for (int c = 0; c < COLUMNS; c++) {
        at->place[c] = SIZE_MAX;
        for (size_t i = 0; i < row->n_cells && at->place[c] == SIZE_MAX; i++) {
            slice cell = cell_at(row, i);
            for (size_t k = 0; k < 4 && names[c][k] != NULL; k++) {
                at->place[c] = is_word(cell, names[c][k]) ? i : at->place[c];
            }
        }
    }
}

static mtm_status refuse_form(const xls_form *at, const char *sheet, const char *column) {
    return mtmi_error_set(at->err, MTM_ERROR_STRUCTURE, MTMI_CODE_SURVEY_FORM, (mtmi_place){at->name, 0, 0},
                          "no XLSForm: expected a sheet %q with the column %q", sheet, column);
}

static mtm_status open_sheet(xls_form *at, mtmi_source *source, const char *sheet, int needed, const char *column) {
    mtmi_limits limits = mtmi_limits_of(NULL);
    mtmi_rows_free(at->rows);
    at->rows = NULL;
    mtm_error found = {0};
    mtm_status status = mtmi_xlsx_rows_open(sheet, source, &limits, NULL, &at->rows, &found);
    if (status != MTM_OK) {
        return status == MTM_ERROR_MEMORY ? mtmi_error_memory(at->err) : refuse_form(at, sheet, column);
    }
    for (int got = 1; got;) {
        mtmi_row row = {0};
        MTMI_CHECK_STATUS(at->rows->next(at->rows, &row, &got, at->err));
        if (got && row.n_cells > 0) {
            find_columns(at, &row);
            return at->place[needed] != SIZE_MAX && at->place[NAME] != SIZE_MAX ? MTM_OK
                                                                                : refuse_form(at, sheet, column);
        }
    }
    return refuse_form(at, sheet, column);
}

static char *copy_slice(slice text) {
    return mtmi_memory_copy_bytes(text.text, text.length);
}

static mtm_status add_choice(xls_form *at, const mtmi_row *row) {
    slice list = cell_of(at, row, LIST), name = cell_of(at, row, NAME);
    if (list.length == 0 || name.length == 0) {
        return MTM_OK;
    }
    if (!mtmi_memory_reserve((void **)&at->choices, &at->choices_capacity, at->n_choices + 1, sizeof *at->choices)) {
        return mtmi_error_memory(at->err);
    }
    choice *one = &at->choices[at->n_choices++];
    *one = (choice){copy_slice(list), copy_slice(name), {NULL}};
    int whole = one->list != NULL && one->name != NULL;
    for (size_t i = 0; i < at->n_languages && whole; i++) {
        slice label = cell_at(row, at->labels[i]);
        if (label.length > 0) {
            one->labels[i] = copy_slice(label);
            whole = one->labels[i] != NULL;
        }
    }
    return whole ? MTM_OK : mtmi_error_memory(at->err);
}

static void write_plain(xls_form *at, slice text) {
    mtmi_buffer plain = MTMI_BUFFER_INIT;
    mtmi_form_plain(text.text, text.length, &plain);
    mtmi_json_bytes(&at->json, plain.data == NULL ? "" : plain.data, plain.size);
    at->text.failed |= plain.failed;
    mtmi_buffer_free(&plain);
}

/* One text, or one a language where there are several; otherwise where there is none. */
static void write_label(xls_form *at, const slice *labels, size_t n, const char *otherwise) {
    size_t given = 0, first = 0;
    for (size_t i = n; i-- > 0;) {
        given += labels[i].length > 0;
        first = labels[i].length > 0 ? i : first;
    }
    if (given < 2) {
        slice one = given == 1 ? labels[first] : (slice){otherwise, strlen(otherwise)};
        write_plain(at, one);
        return;
    }
    mtmi_json_object(&at->json);
    for (size_t i = 0; i < n; i++) {
        int twice = 0;
        for (size_t k = 0; k < i; k++) {
            twice |= labels[k].length > 0 && strcmp(at->languages[k], at->languages[i]) == 0;
        }
        if (labels[i].length > 0 && !twice) {
            mtmi_json_key(&at->json, at->languages[i]);
            write_plain(at, labels[i]);
        }
    }
    mtmi_json_object_end(&at->json);
}

static void write_choice(xls_form *at, const choice *one) {
    slice labels[LANGUAGES];
    for (size_t i = 0; i < LANGUAGES; i++) {
        const char *text = one->labels[i] != NULL ? one->labels[i] : "";
        labels[i] = (slice){text, strlen(text)};
    }
    mtmi_json_key(&at->json, one->name);
    write_label(at, labels, LANGUAGES, one->name);
}

static void write_other(xls_form *at) {
    mtmi_json_key(&at->json, "other");
    mtmi_json_object(&at->json);
    mtmi_json_pair(&at->json, "en", "Other");
    mtmi_json_pair(&at->json, "ru", "Другое");
    mtmi_json_pair(&at->json, "kk", "Басқа");
    mtmi_json_object_end(&at->json);
}

static void write_answers(xls_form *at, slice list, int other) {
    mtmi_map seen = MTMI_MAP_INIT;
    mtmi_json_key(&at->json, "answers");
    mtmi_json_object(&at->json);
    for (size_t i = 0; i < at->n_choices; i++) {
        size_t before = seen.n;
        if (is_word(list, at->choices[i].list) &&
            mtmi_map_add(&seen, at->choices[i].name, strlen(at->choices[i].name)) == before) {
            write_choice(at, &at->choices[i]);
        }
    }
    if (other && mtmi_map_find(&seen, "other", 5) == MTMI_MAP_NONE) {
        write_other(at);
    }
    mtmi_json_object_end(&at->json);
    mtmi_map_free(&seen);
}

/* The conditions of the question and of the groups around it, joined; what cannot be followed is left out. */
static void write_relevant(xls_form *at, slice relevant) {
    mtmi_buffer all = MTMI_BUFFER_INIT;
    for (size_t i = 0; i <= at->n_groups; i++) {
        const char *of_group = i < at->n_groups ? at->groups[i].relevant : NULL;
        slice one = i == at->n_groups  ? relevant
                    : of_group == NULL ? (slice){"", 0}
                                       : (slice){of_group, strlen(of_group)};
        if (one.length > 0 && mtmi_relevant_is_known(one.text, one.length)) {
            mtmi_buffer_text(&all, all.size > 0 ? " and (" : "(");
            mtmi_buffer_add(&all, one.text, one.length);
            mtmi_buffer_char(&all, ')');
        }
    }
    if (all.size > 0 && !all.failed) {
        mtmi_json_key(&at->json, "asked");
        mtmi_json_object(&at->json);
        mtmi_json_key(&at->json, "when");
        mtmi_json_bytes(&at->json, all.data, all.size);
        mtmi_json_object_end(&at->json);
    }
    at->text.failed |= all.failed;
    mtmi_buffer_free(&all);
}

/* Groups open and close around questions. */
static mtm_status take_group(xls_form *at, const mtmi_row *row, slice type) {
    int opens = is_word(type, "begin_group") || is_word(type, "begin group");
    int closes = is_word(type, "end_group") || is_word(type, "end group");
    if (closes && at->n_groups > 0) {
        mtmi_memory_free(at->groups[--at->n_groups].relevant);
    }
    if (!opens) {
        return MTM_OK;
    }
    if (at->n_groups == GROUPS) {
        return mtmi_error_set(at->err, MTM_ERROR_LIMIT, MTMI_CODE_SURVEY_FORM, (mtmi_place){at->name, row->line, 0},
                              "more than %d groups within each other", GROUPS);
    }
    slice relevant = cell_of(at, row, RELEVANT);
    char *copy = relevant.length > 0 ? copy_slice(relevant) : NULL;
    at->groups[at->n_groups++] = (group){copy};
    return relevant.length > 0 && copy == NULL ? mtmi_error_memory(at->err) : MTM_OK;
}

static int is_disabled(slice cell) {
    return is_word(cell, "yes") || is_word(cell, "true") || is_word(cell, "TRUE") || is_word(cell, "1");
}

static mtm_status add_question(xls_form *at, const mtmi_row *row, mtmi_map *names) {
    slice type = cell_of(at, row, TYPE), name = cell_of(at, row, NAME), labels[LANGUAGES];
    if (is_disabled(cell_of(at, row, DISABLED))) {
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(take_group(at, row, type));
    mtmi_form_type is = mtmi_form_type_of(type.text, type.length);
    at->depth += is_word(type, "begin_repeat") || is_word(type, "begin repeat");
    at->depth -= is_word(type, "end_repeat") || is_word(type, "end repeat");
    if ((at->depth > 0) != at->of_repeats || name.length == 0 || is.kind == NULL) {
        return MTM_OK;
    }
    size_t before = names->n;
    uint32_t number_of = mtmi_map_add(names, name.text, name.length);
    if (number_of == MTMI_MAP_NONE) {
        return mtmi_error_memory(at->err);
    }
    if (number_of != before) {
        return MTM_OK; /* a name that comes twice: the first stands */
    }
    char *key = copy_slice(name);
    if (key == NULL) {
        return mtmi_error_memory(at->err);
    }
    mtmi_json_key(&at->json, key);
    mtmi_memory_free(key);
    mtmi_json_object(&at->json);
    mtmi_json_pair(&at->json, "type", is.kind);
    if (at->of_repeats) {
        mtmi_json_key(&at->json, "repeat");
        mtmi_json_bool(&at->json, 1);
    }
    int labelled = 0;
    for (size_t i = 0; i < at->n_languages; i++) {
        labels[i] = cell_at(row, at->labels[i]);
        labelled |= labels[i].length > 0;
    }
    if (labelled) {
        mtmi_json_key(&at->json, "label");
        write_label(at, labels, at->n_languages, "");
    }
    if (is.list_length > 0) {
        write_answers(at, (slice){is.list, is.list_length}, is.other);
    }
    write_relevant(at, cell_of(at, row, RELEVANT));
    mtmi_json_object_end(&at->json);
    return MTM_OK;
}

static mtm_status read_choices(xls_form *at, mtmi_source *source) {
    MTMI_CHECK_STATUS(open_sheet(at, source, "choices", LIST, "list_name"));
    for (int got = 1; got;) {
        mtmi_row row = {0};
        MTMI_CHECK_STATUS(at->rows->next(at->rows, &row, &got, at->err));
        if (got) {
            MTMI_CHECK_STATUS(add_choice(at, &row));
        }
    }
    return MTM_OK;
}

static mtm_status read_questions(xls_form *at, mtmi_source *source) {
    mtmi_map names = MTMI_MAP_INIT;
    mtm_status status;
    mtmi_json_start(&at->json, &at->text);
    mtmi_json_object(&at->json);
    MTMI_TRY(open_sheet(at, source, "survey", TYPE, "type"));
    for (int got = 1; got;) {
        mtmi_row row = {0};
        MTMI_TRY(at->rows->next(at->rows, &row, &got, at->err));
        if (got) {
            MTMI_TRY(add_question(at, &row, &names));
        }
    }
    mtmi_json_object_end(&at->json);
    status = at->text.failed ? mtmi_error_memory(at->err) : MTM_OK;
out:
    mtmi_map_free(&names);
    return status;
}

mtm_status mtmi_form_read(mtmi_source *source, const char *name, int of_repeats, json_t **out, mtm_error *err) {
    xls_form at = {.name = name, .of_repeats = of_repeats, .text = MTMI_BUFFER_INIT, .err = err};
    mtm_status status;
    *out = NULL;
    MTMI_TRY(read_choices(&at, source));
    MTMI_TRY(read_questions(&at, source));
    MTMI_TRY(mtmi_json_load(at.text.data, at.text.size, name, out, err));
out:
    mtmi_rows_free(at.rows);
    for (size_t i = 0; i < at.n_choices; i++) {
        mtmi_memory_free(at.choices[i].list);
        mtmi_memory_free(at.choices[i].name);
        for (size_t k = 0; k < LANGUAGES; k++) {
            mtmi_memory_free(at.choices[i].labels[k]);
        }
    }
    while (at.n_groups > 0) {
        mtmi_memory_free(at.groups[--at.n_groups].relevant);
    }
    mtmi_memory_free(at.choices);
    mtmi_buffer_free(&at.text);
    return status;
}

mtm_status mtmi_form_join(json_t *declared, json_t *form, json_t **out, mtm_error *err) {
    json_t *joined = form == NULL ? json_object() : json_deep_copy(form), *value;
    const char *key;
    int failed = joined == NULL;
    json_object_foreach(declared, key, value) {
        json_t *known = json_object_get(joined, key), *copy = json_deep_copy(value);
        if (json_is_object(known) && json_is_object(copy)) {
            failed |= json_object_update(known, copy);
            json_decref(copy);
        } else {
            failed |= json_object_set_new(joined, key, copy);
        }
    }
    *out = failed ? NULL : joined;
    if (failed) {
        json_decref(joined);
    }
    return failed ? mtmi_error_memory(err) : MTM_OK;
}
