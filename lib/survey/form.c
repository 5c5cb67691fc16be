/* Reads an XLSForm (xlsform.org): the sheet "survey" (type, name, label, relevant) and the sheet "choices" (list_name, name,
 * label). Of the conditions of `relevant` those that compare one question with answers are followed: ${q} = 'a',
 * selected(${q}, 'a'), and several of one question joined by "or"; others are left alone, and such questions count as asked
 * of all. Questions of repeats are answers of other rows, and are left out.
 * Invariant: what is made is a "questions" object as docs/survey.md describes it, and nothing that the form does not say. */
#include "survey/form.h"

#include "base/try.h"

#include "base/buffer.h"
#include "base/diagnostic.h"
#include "base/error.h"
#include "base/json.h"
#include "base/json_read.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/text.h"
#include "read/open_file.h"
#include "read/xlsx/xlsx_rows.h"

#include <string.h>

enum { LIST, NAME, LABEL, TYPE, RELEVANT, COLUMNS };

typedef struct choice {
    char *list, *name, *label;
} choice;

typedef struct xls_form {
    const char *name;
    mtmi_rows *rows;
    size_t place[COLUMNS]; /* cell of a column, or SIZE_MAX */
    choice *choices;
    size_t n_choices, choices_capacity;
    int depth; /* of repeats */
    mtmi_json json;
    mtmi_buffer text;
    mtm_error *err;
} xls_form;

typedef struct slice {
    const char *text;
    size_t length;
} slice;

static slice cell_of(const xls_form *at, const mtmi_row *row, int column) {
    slice cell = {"", 0};
    if (at->place[column] != SIZE_MAX && at->place[column] < row->n_cells) {
        cell.length = row->cells[at->place[column]].length;
        cell.text = mtmi_text_trim(row->cells[at->place[column]].text, &cell.length);
    }
    return cell;
}

static int begins(slice text, const char *start) {
    return text.length >= strlen(start) && memcmp(text.text, start, strlen(start)) == 0;
}

static int is_word(slice text, const char *word) {
    return text.length == strlen(word) && memcmp(text.text, word, text.length) == 0;
}

/* "label", or the first "label::English (en)". */
static void find_columns(xls_form *at, const mtmi_row *row) {
    static const char *const names[] = {"list_name", "name", "label", "type", "relevant"};
    for (int c = 0; c < COLUMNS; c++) {
        at->place[c] = SIZE_MAX;
        for (size_t i = 0; i < row->n_cells && at->place[c] == SIZE_MAX; i++) {
            slice cell = {row->cells[i].text, row->cells[i].length};
            cell.text = mtmi_text_trim(cell.text, &cell.length);
            if (is_word(cell, names[c]) || (c == LIST && is_word(cell, "list name")) ||
                (c == LABEL && begins(cell, "label::"))) {
                at->place[c] = i;
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
    slice list = cell_of(at, row, LIST), name = cell_of(at, row, NAME), label = cell_of(at, row, LABEL);
    if (list.length == 0 || name.length == 0) {
        return MTM_OK;
    }
    if (!mtmi_memory_reserve((void **)&at->choices, &at->choices_capacity, at->n_choices + 1, sizeof *at->choices)) {
        return mtmi_error_memory(at->err);
    }
    choice *one = &at->choices[at->n_choices++];
    *one = (choice){copy_slice(list), copy_slice(name), copy_slice(label.length > 0 ? label : name)};
    return one->list == NULL || one->name == NULL || one->label == NULL ? mtmi_error_memory(at->err) : MTM_OK;
}

static void write_answers(xls_form *at, slice list) {
    mtmi_map seen = MTMI_MAP_INIT;
    mtmi_json_key(&at->json, "answers");
    mtmi_json_object(&at->json);
    for (size_t i = 0; i < at->n_choices; i++) {
        size_t before = seen.n;
        if (is_word(list, at->choices[i].list) &&
            mtmi_map_add(&seen, at->choices[i].name, strlen(at->choices[i].name)) == before) {
            mtmi_json_pair(&at->json, at->choices[i].name, at->choices[i].label);
        }
    }
    mtmi_json_object_end(&at->json);
    mtmi_map_free(&seen);
}

static slice skip_space(slice text) {
    while (text.length > 0 && (*text.text == ' ' || *text.text == '\n' || *text.text == '(')) {
        text.text++;
        text.length--;
    }
    return text;
}

static int take(slice *text, const char *word) {
    slice at = skip_space(*text);
    if (!begins(at, word)) {
        return 0;
    }
    *text = (slice){at.text + strlen(word), at.length - strlen(word)};
    return 1;
}

/* Up to the mark, which is taken too. */
static int take_until(slice *text, char mark, slice *out) {
    const char *end = text->length == 0 ? NULL : memchr(text->text, mark, text->length);
    if (end == NULL) {
        return 0;
    }
    *out = (slice){text->text, (size_t)(end - text->text)};
    text->length -= out->length + 1;
    text->text = end + 1;
    return 1;
}

/* ${q} = 'a' or selected(${q}, 'a'): the question and the answer. */
static int take_condition(slice *text, slice *question, slice *answer) {
    int selected = take(text, "selected");
    if (!take(text, "${") || !take_until(text, '}', question) || !(selected ? take(text, ",") : take(text, "="))) {
        return 0;
    }
    char quote = take(text, "'") ? '\'' : take(text, "\"") ? '"' : 0;
    return quote != 0 && take_until(text, quote, answer);
}

/* Whether the whole condition can be followed; answers go to out, at most most of them. */
static int parse_relevant(slice text, slice *question, slice *answers, size_t most, size_t *n) {
    *n = 0;
    do {
        slice of, is;
        if (*n == most || !take_condition(&text, &of, &is) ||
            (*n > 0 && (of.length != question->length || memcmp(of.text, question->text, of.length) != 0))) {
            return 0;
        }
        *question = of;
        answers[(*n)++] = is;
        while (take(&text, ")")) {}
    } while (take(&text, "or"));
    return skip_space(text).length == 0;
}

static void write_relevant(xls_form *at, slice relevant) {
    slice question = {"", 0}, answers[32];
    size_t n;
    if (relevant.length == 0 || !parse_relevant(relevant, &question, answers, 32, &n)) {
        return;
    }
    mtmi_json_key(&at->json, "asked");
    mtmi_json_object(&at->json);
    mtmi_json_key(&at->json, "of");
    mtmi_json_bytes(&at->json, question.text, question.length);
    mtmi_json_key(&at->json, "is");
    mtmi_json_array(&at->json);
    for (size_t i = 0; i < n; i++) {
        mtmi_json_bytes(&at->json, answers[i].text, answers[i].length);
    }
    mtmi_json_array_end(&at->json);
    mtmi_json_object_end(&at->json);
}

/* The list that "select_one LIST" names. */
static slice list_of(slice type) {
    while (type.length > 0 && *type.text != ' ') {
        type.text++;
        type.length--;
    }
    slice list = skip_space(type);
    const char *space = list.length == 0 ? NULL : memchr(list.text, ' ', list.length);
    list.length = space == NULL ? list.length : (size_t)(space - list.text);
    return list;
}

static mtm_status add_question(xls_form *at, const mtmi_row *row, mtmi_map *names) {
    slice type = cell_of(at, row, TYPE), name = cell_of(at, row, NAME), label = cell_of(at, row, LABEL);
    int one = begins(type, "select_one "), several = begins(type, "select_multiple "),
        number = is_word(type, "integer") || is_word(type, "decimal") || is_word(type, "range");
    at->depth += is_word(type, "begin_repeat") || is_word(type, "begin repeat");
    at->depth -= is_word(type, "end_repeat") || is_word(type, "end repeat");
    if (at->depth > 0 || name.length == 0 || (!one && !several && !number)) {
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
    mtmi_json_pair(&at->json, "type", one ? "one" : several ? "several" : "number");
    if (label.length > 0) {
        mtmi_json_key(&at->json, "label");
        mtmi_json_bytes(&at->json, label.text, label.length);
    }
    if (!number) {
        write_answers(at, list_of(type));
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

mtm_status mtmi_form_read(mtmi_source *source, const char *name, json_t **out, mtm_error *err) {
    xls_form at = {.name = name, .text = MTMI_BUFFER_INIT, .err = err};
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
        mtmi_memory_free(at.choices[i].label);
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
