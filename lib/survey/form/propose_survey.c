/* Proposes a data package for an export and its XLSForm, to be edited by a person: which columns look like weight,
 * strata, clusters and id, the days of the interviews, and the rosters of a workbook. Invariant: a column has one
 * part at most, the first in the header that a name fits. */
#include "survey/form/propose_survey.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/source.h"
#include "base/text.h"
#include "base/try.h"
#include "read/open_file.h"
#include "read/container.h"
#include "read/xlsx/xlsx_rows.h"
#include "survey/form/about_form.h"
#include "survey/form/form.h"
#include "survey/form/no_answer.h"

#include <string.h>

#define SHEETS_MOST 20
#define NAME_SIZE 128

#define PARENT_KEY "PARENT_KEY" /* of ODK and SurveyCTO, whose repeats are files: the KEY of the interview */

enum { WEIGHT, STRATA, CLUSTERS, ID, INDEX, PARENT, SUBMISSION, DAY, ROLES };

/* What a header of an export is by its name. */
static const char *const words[ROLES][8] = {
    {"weight", "weights", "sampling_weight", "w", "pweight", "final_weight", NULL},
    {"stratum", "strata", "strate", "strata_id", NULL},
    {"cluster", "cluster_id", "psu", "ea", "enumeration_area", "grappe", NULL},
    {"_uuid", "uuid", "instanceID", "meta/instanceID", "KEY", NULL},
    {"_index", NULL},
    {"_parent_index", PARENT_KEY, NULL},
    {"_submission__uuid", NULL},
    {"start", "today", "date", "_submission_time", "SubmissionDate", NULL},
};

typedef struct found {
    const char *path;             /* of a table that is a file of its own; NULL for a sheet */
    char names[ROLES][NAME_SIZE]; /* "" for none */
    char sheet[NAME_SIZE];
    char first[11], last[11]; /* days of the interviews; "" for none */
} found;

static int role_of(const char *name, size_t length) {
    for (int role = 0; role < ROLES; role++) {
        for (size_t i = 0; words[role][i] != NULL; i++) {
            if (strlen(words[role][i]) == length && memcmp(words[role][i], name, length) == 0) {
                return role;
            }
        }
    }
    return -1;
}

static void read_header(const mtmi_row *row, found *out, size_t *day) {
    for (size_t i = 0; i < row->n_cells; i++) {
        size_t length = row->cells[i].length;
        const char *name = mtmi_text_trim(row->cells[i].text, &length);
        int role = role_of(name, length);
        if (role >= 0 && length < NAME_SIZE && out->names[role][0] == '\0') {
            memcpy(out->names[role], name, length);
            *day = role == DAY ? i : *day;
        }
    }
}

/* The days that an export writes first in a time: 2024-05-03T10:12:44. */
static void read_day(const mtmi_row *row, size_t day, found *out) {
    char text[11] = "";
    if (day >= row->n_cells || row->cells[day].length < 10) {
        return;
    }
    memcpy(text, row->cells[day].text, 10);
    for (int i = 0; i < 10; i++) {
        if (i == 4 || i == 7 ? text[i] != '-' : text[i] < '0' || text[i] > '9') {
            return;
        }
    }
    if (out->first[0] == '\0' || strcmp(text, out->first) < 0) {
        memcpy(out->first, text, sizeof text);
    }
    if (strcmp(text, out->last) > 0) {
        memcpy(out->last, text, sizeof text);
    }
}

static mtm_status read_table(mtmi_rows *rows, found *out, mtm_error *err) {
    size_t day = SIZE_MAX;
    int headed = 0;
    memset(out, 0, sizeof *out);
    size_t length = strlen(rows->dialect.sheet);
    memcpy(out->sheet, rows->dialect.sheet, length < NAME_SIZE ? length : 0);
    for (int got = 1; got;) {
        mtmi_row row = {0};
        MTMI_CHECK_STATUS(rows->next(rows, &row, &got, err));
        if (got && row.n_cells > 0 && !headed) {
            read_header(&row, out, &day);
            headed = 1;
        } else if (got && headed) {
            read_day(&row, day, out);
        }
    }
    return MTM_OK;
}

static const char *base_of(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

/* A resource's name: lower-case letters, digits and hyphens. */
static void write_name(mtmi_json *json, const char *path, const char *sheet) {
    mtmi_buffer name = MTMI_BUFFER_INIT;
    const char *base = base_of(path), *dot = strrchr(base, '.');
    mtmi_buffer_add(&name, base, dot != NULL ? (size_t)(dot - base) : strlen(base));
    mtmi_buffer_text(&name, sheet != NULL ? "-" : "");
    mtmi_buffer_text(&name, sheet != NULL ? sheet : "");
    for (size_t i = 0; !name.failed && i < name.size; i++) {
        char c = name.data[i];
        c = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
        name.data[i] = (char)((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '-');
    }
    mtmi_json_pair(json, "name", name.data != NULL ? name.data : "survey");
    json->buffer->failed |= name.failed;
    mtmi_buffer_free(&name);
}

static int is_digits(const char *text) {
    return text[strspn(text, "-0123456789")] == '\0';
}

/* Whether a form asks for numbers: then 98 may be an age. */
static int asks_numbers(json_t *questions) {
    const char *question;
    json_t *declared;
    json_object_foreach(questions, question, declared) {
        const char *type = json_string_value(json_object_get(declared, "type"));
        if (type != NULL && strcmp(type, "number") == 0) {
            return 1;
        }
    }
    return 0;
}

/* Whether a code is a number that may be an answer to another question: 98 may be an age, -99 is none. */
static int is_count(const char *code) {
    return code[0] != '-' && is_digits(code);
}

/* Adds the choices of a question that are no answers, by what their labels say. */
static void add_codes(json_t *out, json_t *declared, mtmi_no_answer kind, int counts_too) {
    const char *code;
    json_t *label;
    json_object_foreach(json_object_get(declared, "answers"), code, label) {
        if ((counts_too || !is_count(code)) && mtmi_no_answer_is(kind, code, label)) {
            json_object_set_new(out, code, json_true());
        }
    }
}

static void write_codes(mtmi_json *json, const char *key, json_t *codes) {
    const char *code;
    json_t *value;
    if (json_object_size(codes) > 0) {
        mtmi_json_key(json, key);
        mtmi_json_array(json);
        json_object_foreach(codes, code, value) {
            mtmi_json_text(json, code);
        }
        mtmi_json_array_end(json);
    }
}

/* Those that are no answer to any question. */
static void write_words(mtmi_json *json, const char *key, mtmi_no_answer kind, json_t *questions) {
    json_t *codes = json_object(), *declared;
    const char *question;
    const int has_numbers = asks_numbers(questions);
    json_object_foreach(questions, question, declared) {
        add_codes(codes, declared, kind, !has_numbers);
    }
    write_codes(json, key, codes);
    json_decref(codes);
}

/* Where a form asks for numbers, a question whose choices have 98 for "do not know" has lists of its own. */
static void write_own_words(mtmi_json *json, json_t *questions) {
    const char *question, *code;
    json_t *declared, *value;
    int any = 0;
    json_object_foreach(questions, question, declared) {
        json_t *unknown = json_object(), *refused = json_object();
        int own = 0;
        add_codes(unknown, declared, MTMI_NO_ANSWER_UNKNOWN, 1);
        add_codes(refused, declared, MTMI_NO_ANSWER_REFUSED, 1);
        json_object_foreach(unknown, code, value) {
            own |= is_count(code);
        }
        json_object_foreach(refused, code, value) {
            own |= is_count(code);
        }
        if (own && !any) {
            mtmi_json_key(json, "questions");
            mtmi_json_object(json);
            any = 1;
        }
        if (own) {
            mtmi_json_key(json, question);
            mtmi_json_object(json);
            write_codes(json, "unknown", unknown);
            write_codes(json, "refused", refused);
            mtmi_json_object_end(json);
        }
        json_decref(unknown);
        json_decref(refused);
    }
    if (any) {
        mtmi_json_object_end(json);
    }
}

static void write_title(mtmi_json *json, const mtmi_about_form *form, const found *roster) {
    mtmi_buffer title = MTMI_BUFFER_INIT;
    if (form->title[0] != '\0') {
        const char *part = roster == NULL ? "" : roster->path != NULL ? base_of(roster->path) : roster->sheet;
        const char *dot = roster != NULL && roster->path != NULL ? strrchr(part, '.') : NULL;
        mtmi_buffer_format(&title, roster == NULL ? "%s" : "%s: ", form->title);
        mtmi_buffer_add(&title, part, dot != NULL ? (size_t)(dot - part) : strlen(part));
        mtmi_json_pair(json, "title", title.failed ? "" : title.data);
    }
    json->buffer->failed |= title.failed;
    mtmi_buffer_free(&title);
}

static void write_survey(mtmi_json *json, const found *question, const mtmi_about_form *form, const found *roster) {
    static const char *const keys[] = {"weight", "strata", "clusters", "id"};
    mtmi_json_key(json, "mtm");
    mtmi_json_object(json);
    mtmi_json_key(json, "survey");
    mtmi_json_object(json);
    write_title(json, form, roster);
    for (int role = WEIGHT; role <= ID; role++) {
        if (question->names[role][0] != '\0' && role != CLUSTERS) {
            mtmi_json_pair(json, keys[role], question->names[role]);
        }
    }
    /* the parent of a repeat within a repeat is no interview */
    int by_submission =
        roster != NULL && strcmp(question->names[ID], "_uuid") == 0 && roster->names[SUBMISSION][0] != '\0';
    int by_id = by_submission || (roster != NULL && strcmp(roster->names[PARENT], PARENT_KEY) == 0);
    const char *key = question->names[by_id ? ID : INDEX];
    if (question->names[CLUSTERS][0] != '\0' || roster != NULL) { /* members of a household are a cluster */
        mtmi_json_pair(json, "clusters", question->names[CLUSTERS][0] != '\0' ? question->names[CLUSTERS] : key);
    }
    if (question->names[WEIGHT][0] == '\0') {
        mtmi_json_pair(json, "sampling", "purposive");
    }
    mtmi_json_pair(json, "population", roster != NULL ? "persons" : "households");
    json_t *asked = roster != NULL ? form->repeats : form->questions;
    write_words(json, "unknown", MTMI_NO_ANSWER_UNKNOWN, asked);
    write_words(json, "refused", MTMI_NO_ANSWER_REFUSED, asked);
    if (asks_numbers(asked)) {
        write_own_words(json, asked);
    }
    mtmi_json_pair(json, "form", form->path);
    if (roster != NULL) {
        mtmi_json_key(json, "roster");
        mtmi_json_object(json);
        mtmi_json_pair(json, roster->path != NULL ? "path" : "sheet",
                       roster->path != NULL ? roster->path : roster->sheet);
        mtmi_json_pair(json, "key", key);
        mtmi_json_pair(json, "parent", roster->names[by_submission ? SUBMISSION : PARENT]);
        mtmi_json_object_end(json);
    }
    mtmi_json_object_end(json);
    mtmi_json_object_end(json);
}

static void write_resource(mtmi_json *json, const char *path, const found *question, const mtmi_about_form *form,
                           const found *roster) {
    mtmi_json_object(json);
    int apart = roster != NULL && roster->path != NULL;
    write_name(json, apart ? roster->path : path, roster != NULL && !apart ? roster->sheet : NULL);
    mtmi_json_pair(json, "path", path);
    write_survey(json, question, form, roster);
    mtmi_json_object_end(json);
}

/* The first table of a file. */
static mtm_status read_main(const char *path, mtmi_source *source, found *out, mtm_error *err) {
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    mtmi_limits limits = mtmi_limits_of(NULL);
    mtmi_resource *resource = NULL;
    mtmi_rows *rows = NULL;
    mtm_status status;
    MTMI_TRY(mtmi_open_resource(&options, path, &resource, err));
    MTMI_TRY(mtmi_rows_open(resource, source, &limits, NULL, &rows, err));
    MTMI_TRY(read_table(rows, out, err));
out:
    mtmi_rows_free(rows);
    mtmi_resource_free(resource);
    return status;
}

static mtm_status read_roster(const char *sheet, mtmi_source *source, found *out, mtm_error *err) {
    const mtmi_limits limits = mtmi_limits_of(NULL);
    mtmi_rows *rows = NULL;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_xlsx_rows_open(sheet, source, &limits, NULL, &rows, err));
    MTMI_TRY(read_table(rows, out, err));
out:
    mtmi_rows_free(rows);
    return status;
}

/* Other sheets of a workbook that name the index of an interview. */
static mtm_status write_rosters(mtmi_json *json, const char *path, mtmi_source *source, const found *question,
                                const mtmi_about_form *form) {
    for (int sheet = 2; question->names[INDEX][0] != '\0' && sheet < SHEETS_MOST; sheet++) {
        char number[3] = {(char)(sheet < 10 ? '0' + sheet : '1'), (char)(sheet < 10 ? '\0' : '0' + sheet - 10), '\0'};
        mtm_error err = {0};
        found roster;
        const mtm_status status = read_roster(number, source, &roster, &err);
        if (status == MTM_ERROR_MEMORY) {
            return status;
        }
        if (status == MTM_OK && roster.names[PARENT][0] != '\0' && roster.sheet[0] != '\0') {
            write_resource(json, path, question, form, &roster);
        }
    }
    return MTM_OK;
}

/* Files of repeats tell of the interviews of another file. */
static int is_roster(const found *question) {
    return strcmp(question->names[PARENT], PARENT_KEY) == 0;
}

static mtm_status read_file(const char *path, found *out, mtm_error *err) {
    mtmi_source *source = NULL;
    mtm_status status;
    MTMI_TRY(mtmi_source_open(path, path, &source, err));
    MTMI_TRY(read_main(path, source, out, err));
    out->path = path;
out:
    mtmi_source_free(source);
    return status;
}

static mtm_status write_interviews(mtmi_json *json, const found *question, const mtmi_about_form *form,
                                   mtm_error *err) {
    mtmi_source *source = NULL;
    mtm_status status;
    MTMI_TRY(mtmi_source_open(question->path, question->path, &source, err));
    write_resource(json, question->path, question, form, NULL);
    MTMI_TRY(write_rosters(json, question->path, source, question, form));
out:
    mtmi_source_free(source);
    return status;
}

/* The files of repeats follow the first file of interviews, whatever their order. */
static mtm_status write_files(mtmi_json *json, const found *all, size_t n, const mtmi_about_form *form, found *last,
                              mtm_error *err) {
    const found *first = NULL;
    for (size_t i = 0; i < n; i++) {
        if (!is_roster(&all[i])) {
            first = first == NULL ? &all[i] : first;
            *last = all[i].first[0] != '\0' ? all[i] : *last;
            MTMI_CHECK_STATUS(write_interviews(json, &all[i], form, err));
        }
    }
    for (size_t i = 0; i < n; i++) {
        if (is_roster(&all[i]) && first != NULL) {
            write_resource(json, first->path, first, form, &all[i]);
        }
    }
    return first != NULL ? MTM_OK
                         : mtmi_error_set(err, MTM_ERROR_NOT_FOUND, 0, (mtmi_place){form->path, 0, 0},
                                          "a form without data: expected an export beside it");
}

static void write_period(mtmi_json *json, const found *question) {
    mtmi_buffer period = MTMI_BUFFER_INIT;
    if (question->first[0] != '\0') {
        mtmi_buffer_format(&period, strcmp(question->first, question->last) == 0 ? "%s" : "%s/%s", question->first,
                           question->last);
        mtmi_json_key(json, "mtm");
        mtmi_json_object(json);
        mtmi_json_pair(json, "period", period.data);
        mtmi_json_object_end(json);
    }
    json->buffer->failed |= period.failed;
    mtmi_buffer_free(&period);
}

mtm_status mtmi_survey_propose(const char *const *paths, size_t n_paths, mtm_buffer **out, mtm_error *err) {
    mtmi_buffer text = MTMI_BUFFER_INIT;
    mtmi_json json;
    found last = {0}, *all = NULL;
    mtmi_about_form about = {0};
    size_t form = 0, n = 0;
    mtm_status status = MTM_OK;
    *out = NULL;
    MTMI_TRY(mtmi_about_form_find(paths, n_paths, &form, err));
    MTMI_TRY(mtmi_about_form_read(paths[form], &about, err));
    mtmi_json_start(&json, &text);
    mtmi_json_object(&json);
    mtmi_json_pair(&json, "name", "survey");
    mtmi_json_key(&json, "resources");
    mtmi_json_array(&json);
    all = mtmi_memory_new(n_paths + 1, sizeof *all);
    MTMI_TRY(all == NULL ? mtmi_error_memory(err) : MTM_OK);
    for (size_t i = 0; i < n_paths; i++) {
        MTMI_TRY(i == form ? MTM_OK : read_file(paths[i], &all[n++], err));
    }
    MTMI_TRY(write_files(&json, all, n, &about, &last, err));
    mtmi_json_array_end(&json);
    write_period(&json, &last);
    mtmi_json_object_end(&json);
    status = mtmi_buffer_finish(&text, out, err);
    text = (mtmi_buffer)MTMI_BUFFER_INIT;
out:
    mtmi_about_form_free(&about);
    mtmi_memory_free(all);
    mtmi_buffer_free(&text);
    return status;
}
