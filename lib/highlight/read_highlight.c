/* Reads highlights from a catalogue's JSON (docs/highlights.md, docs/catalogue.schema.json). Names every mistake by the
 * highlight and the property, so that no text reaches a report with a place that cannot be filled. */
#include "highlight/highlight.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "codelist/match.h"
#include "highlight/template.h"

#include <string.h>

#define MOST_LIMIT 20

/* Where the reader is, for messages; and what names mean there. */
typedef struct reader {
    const char *file;
    size_t index;
    mtmi_highlight *into;
    mtmi_highlight_lookup lookup;
    const void *context;
    mtm_error *err;
} reader;

static mtm_status wrong(const reader *at, const char *property, const char *found, const char *expected) {
    return mtmi_error_set(at->err, MTM_ERROR_SCHEMA, 0, (mtmi_place){at->file, 0, 0},
                          "highlights[%zu] (%s): %s: found %q, expected %s", at->index,
                          at->into->id != NULL ? at->into->id : "?", property, found, expected);
}

static const char *shown(const json_t *value) {
    static const char *const names[] = {"an object", "a list", "a text", "a number",
                                        "a number",  "true",   "false",  "null"};
    if (json_is_string(value)) {
        return json_string_value(value);
    }
    return value == NULL ? "nothing" : names[json_typeof(value)];
}

static mtm_status copy_text(const reader *at, char **out, const char *text) {
    *out = mtmi_memory_copy_text(text);
    return *out != NULL ? MTM_OK : mtmi_error_memory(at->err);
}

static mtm_status check_keys(const reader *at, const json_t *object, const char *property, const char *const *known) {
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)object, key, value) {
        size_t i = 0;
        while (known[i] != NULL && strcmp(known[i], key) != 0) {
            i++;
        }
        if (known[i] == NULL) {
            return wrong(at, property, key, "a property that docs/highlights.md names");
        }
    }
    return MTM_OK;
}

static int is_id(const char *text) {
    size_t n = strlen(text);
    return n > 0 && n <= 80 && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == n;
}

static mtm_status read_id(const reader *at, const json_t *value, const char *property, char **out) {
    if (!json_is_string(value) || !is_id(json_string_value(value))) {
        return wrong(at, property, shown(value), "lower-case letters, digits and hyphens");
    }
    return copy_text(at, out, json_string_value(value));
}

static mtm_status read_number(const reader *at, const json_t *object, const char *property, int usual, int limit,
                              int *out) {
    const json_t *value = json_object_get(object, property);
    *out = usual;
    if (value == NULL) {
        return MTM_OK;
    }
    if (!json_is_integer(value) || json_integer_value(value) < 1 || json_integer_value(value) > limit) {
        return wrong(at, property, shown(value),
                     limit == 100 ? "a whole number from 1 to 100" : "a whole number from 1 to 20");
    }
    *out = (int)json_integer_value(value);
    return MTM_OK;
}

/* ---- rows ---- */

static mtm_status read_choice(const reader *at, const json_t *value, mtmi_row_choice *out) {
    static const char *const names[] = {"leaders", "majority", "coverage", "group"};
    for (int i = 0; i < 4 && json_is_string(value); i++) {
        if (strcmp(names[i], json_string_value(value)) == 0) {
            *out = (mtmi_row_choice)i;
            return MTM_OK;
        }
    }
    return wrong(at, "choose", shown(value), "leaders, majority, coverage or group");
}

static mtm_status read_codes(const reader *at, const json_t *object, const char *property, const char *list,
                             char ***out) {
    const json_t *codes = json_object_get(object, property);
    size_t n = json_array_size(codes);
    if (codes == NULL) {
        return MTM_OK;
    }
    if (!json_is_array(codes) || n == 0) {
        return wrong(at, property, shown(codes), "a list of codes");
    }
    *out = mtmi_memory_new(n + 1, sizeof **out);
    if (*out == NULL) {
        return mtmi_error_memory(at->err);
    }
    for (size_t i = 0; i < n; i++) {
        const json_t *code = json_array_get(codes, i);
        int known = json_is_string(code) &&
                    (list == NULL || mtmi_codelist_index(mtmi_codelist_get(list), json_string_value(code)) >= 0);
        mtm_status status =
            known ? copy_text(at, &(*out)[i], json_string_value(code))
                  : wrong(at, property, shown(code), list != NULL ? "a code of the list country-group" : "a code");
        if (status != MTM_OK) {
            return status;
        }
    }
    return MTM_OK;
}

static mtm_status read_row_choice(const reader *at, const char *name, const json_t *object, mtmi_highlight_rows *out) {
    static const char *const known[] = {"of", "choose", "most", "share", "groups", "codes", NULL};
    if (!is_id(name) || at->lookup(at->context, name) != MTMI_KNOWN_NOT) {
        return wrong(at, "rows", name, "a name in lower case that no indicator has");
    }
    if (!json_is_object(object)) {
        return wrong(at, "rows", shown(object), "an object with of and choose");
    }
    MTMI_CHECK_STATUS(copy_text(at, &out->name, name));
    MTMI_CHECK_STATUS(check_keys(at, object, "rows", known));
    MTMI_CHECK_STATUS(read_id(at, json_object_get(object, "of"), "of", &out->of));
    if (at->lookup(at->context, out->of) != MTMI_KNOWN_BROKEN_DOWN) {
        return wrong(at, "of", out->of, "the id of an indicator with a breakdown");
    }
    MTMI_CHECK_STATUS(read_choice(at, json_object_get(object, "choose"), &out->choice));
    int usual = out->choice == MTMI_CHOOSE_COVERAGE ? 9 : 3;
    MTMI_CHECK_STATUS(read_number(at, object, "most", usual, MOST_LIMIT, &out->most));
    MTMI_CHECK_STATUS(read_number(at, object, "share", 80, 100, &out->share));
    MTMI_CHECK_STATUS(read_codes(at, object, "groups", "country-group", &out->groups));
    MTMI_CHECK_STATUS(read_codes(at, object, "codes", NULL, &out->codes));
    int grouped = out->groups != NULL || out->codes != NULL;
    if (grouped != (out->choice == MTMI_CHOOSE_GROUP)) {
        return wrong(at, "groups", grouped ? "codes" : "nothing", "groups or codes with choose group, and only there");
    }
    return MTM_OK;
}

static mtm_status read_rows(const reader *at, const json_t *object) {
    const char *name;
    json_t *value;
    if (object == NULL) {
        return MTM_OK;
    }
    if (!json_is_object(object)) {
        return wrong(at, "rows", shown(object), "an object of names");
    }
    at->into->rows = mtmi_memory_new(json_object_size(object) + 1, sizeof *at->into->rows);
    if (at->into->rows == NULL) {
        return mtmi_error_memory(at->err);
    }
    json_object_foreach((json_t *)object, name, value) {
        MTMI_CHECK_STATUS(read_row_choice(at, name, value, &at->into->rows[at->into->n_rows++]));
    }
    return MTM_OK;
}

/* ---- texts and conditions ---- */

static int is_rows(const reader *at, const char *name) {
    for (size_t i = 0; i < at->into->n_rows; i++) {
        if (strcmp(at->into->rows[i].name, name) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Whether a name is there, and has the fact that is asked of it. */
static int is_known(const reader *at, const mtmi_place_holder *place) {
    if (is_rows(at, place->name)) {
        return place->fact == MTMI_FACT_NONE || mtmi_fact_is_of_rows(place->fact);
    }
    return at->lookup(at->context, place->name) != MTMI_KNOWN_NOT && !mtmi_fact_is_of_rows(place->fact);
}

static mtm_status check_text(const reader *at, const char *text) {
    const char *rest = text, *literal;
    size_t length;
    mtmi_place_holder place;
    int found;
    while ((found = mtmi_template_next(&rest, &literal, &length, &place)) > 0) {
        int bare = strcmp(place.name, "country") == 0 || strcmp(place.name, "period") == 0;
        if (found == 1 && bare && place.fact == MTMI_FACT_NONE && place.n_forms == 0) {
            continue;
        }
        if (found == 1 && (!is_known(at, &place) || (place.fact == MTMI_FACT_NONE && place.n_forms == 0))) {
            return wrong(at, "text", strchr(literal, '{'),
                         "{name.fact} or {name:one|few|many} of an indicator or of rows");
        }
    }
    return found == 0 ? MTM_OK
                      : wrong(at, "text", strchr(rest, '{') != NULL ? strchr(rest, '{') : rest,
                              "{name.fact} or {name:one|few|many}");
}

static mtm_status read_texts(const reader *at, const json_t *value, mtmi_titles *out) {
    static const char *const languages[] = {"en", "ru", "kk", NULL};
    if (!json_is_object(value)) {
        return wrong(at, "text", shown(value), "{\"en\": ..., \"ru\": ..., \"kk\": ...}");
    }
    size_t n = 0;
    MTMI_CHECK_STATUS(check_keys(at, value, "text", languages));
    for (int i = 0; i < 3; i++) {
        const json_t *text = json_object_get(value, languages[i]);
        if (text == NULL) {
            continue;
        }
        if (!json_is_string(text) || json_string_length(text) == 0) {
            return wrong(at, "text", shown(text), "a text in each language");
        }
        n++;
        MTMI_CHECK_STATUS(check_text(at, json_string_value(text)));
        MTMI_CHECK_STATUS(copy_text(at, &out->text[i], json_string_value(text)));
    }
    return n == 0 ? wrong(at, "text", "no language", "at least one of en, ru, kk") : MTM_OK;
}

static mtm_status read_when(const reader *at, const json_t *list, mtmi_highlight_case *out) {
    size_t n = json_array_size(list);
    if (list == NULL) {
        return MTM_OK;
    }
    if (!json_is_array(list)) {
        return wrong(at, "when", shown(list), "a list of conditions");
    }
    out->when = mtmi_memory_new(n + 1, sizeof *out->when);
    if (out->when == NULL) {
        return mtmi_error_memory(at->err);
    }
    for (size_t i = 0; i < n; i++) {
        const char *text = json_string_value(json_array_get(list, i));
        mtmi_place_holder place;
        int negated;
        if (text == NULL || !mtmi_condition_parse(text, &place, &negated) || !is_known(at, &place)) {
            return wrong(at, "when", shown(json_array_get(list, i)),
                         "an indicator or rows, perhaps with a fact and \"not \" before it");
        }
        mtm_status status = copy_text(at, &out->when[i], text);
        if (status != MTM_OK) {
            return status;
        }
    }
    return MTM_OK;
}

static mtm_status read_clause(const reader *at, const json_t *value, mtmi_highlight_clause *out) {
    static const char *const known[] = {"when", "text", NULL};
    size_t n = json_is_array(value) ? json_array_size(value) : 1;
    out->cases = mtmi_memory_new(n + 1, sizeof *out->cases);
    if (out->cases == NULL) {
        return mtmi_error_memory(at->err);
    }
    while (out->n < n) {
        const json_t *object = json_is_array(value) ? json_array_get(value, out->n) : value;
        if (!json_is_object(object)) {
            return wrong(at, "clauses", shown(object), "an object with when and text, or a list of such");
        }
        mtmi_highlight_case *into = &out->cases[out->n++]; /* counted first: what it holds is freed */
        MTMI_CHECK_STATUS(check_keys(at, object, "clauses", known));
        MTMI_CHECK_STATUS(read_when(at, json_object_get(object, "when"), into));
        MTMI_CHECK_STATUS(read_texts(at, json_object_get(object, "text"), &into->text));
    }
    return MTM_OK;
}

/* An empty list takes a highlight of the built-in catalogue away. */
static mtm_status read_clauses(const reader *at, const json_t *list) {
    mtmi_highlight *into = at->into;
    if (!json_is_array(list)) {
        return wrong(at, "clauses", shown(list), "a list");
    }
    into->clauses = mtmi_memory_new(json_array_size(list) + 1, sizeof *into->clauses);
    if (into->clauses == NULL) {
        return mtmi_error_memory(at->err);
    }
    for (size_t i = 0; i < json_array_size(list); i++) {
        into->n_clauses = i + 1; /* counted first: what it holds is freed */
        MTMI_CHECK_STATUS(read_clause(at, json_array_get(list, i), &into->clauses[i]));
    }
    return MTM_OK;
}

static mtm_status read_highlight(const reader *at, const json_t *object) {
    static const char *const known[] = {"id", "about", "rows", "clauses", NULL};
    if (!json_is_object(object)) {
        return wrong(at, "the entry", shown(object), "an object");
    }
    MTMI_CHECK_STATUS(read_id(at, json_object_get(object, "id"), "id", &at->into->id));
    MTMI_CHECK_STATUS(check_keys(at, object, "properties", known));
    MTMI_CHECK_STATUS(read_id(at, json_object_get(object, "about"), "about", &at->into->about));
    if (at->lookup(at->context, at->into->about) == MTMI_KNOWN_NOT) {
        return wrong(at, "about", at->into->about, "the id of an indicator");
    }
    MTMI_CHECK_STATUS(read_rows(at, json_object_get(object, "rows")));
    return read_clauses(at, json_object_get(object, "clauses"));
}

/* ---- the list ---- */

static mtmi_highlight *find_highlight(const mtmi_highlights *in, size_t from, const char *id) {
    for (size_t i = from; i < in->n; i++) {
        if (strcmp(in->items[i].id, id) == 0) {
            return &in->items[i];
        }
    }
    return NULL;
}

/* Takes the definition over in every case. n_new: how many of the document stand before those that were there. */
static mtm_status place_highlight(const reader *at, mtmi_highlights *out, size_t *n_new) {
    mtmi_highlight *there = find_highlight(out, *n_new, at->into->id);
    if (find_highlight(out, 0, at->into->id) != NULL && there == NULL) {
        return wrong(at, "id", at->into->id, "an id that the document has only once");
    }
    if (there == NULL) {
        void *block = out->items;
        if (!mtmi_memory_reserve(&block, &out->capacity, out->n + 1, sizeof *out->items)) {
            return mtmi_error_memory(at->err);
        }
        out->items = block;
        there = &out->items[*n_new];
        memmove(there + 1, there, (out->n - *n_new) * sizeof *there);
        memset(there, 0, sizeof *there);
        out->n++;
        ++*n_new;
    }
    mtmi_highlight_clear(there);
    *there = *at->into;
    memset(at->into, 0, sizeof *at->into);
    return MTM_OK;
}

static mtm_status add_highlight(const reader *at, const json_t *object, mtmi_highlights *target, size_t *n_new) {
    mtm_status status = MTM_OK;
    MTMI_TRY(read_highlight(at, object));
    MTMI_TRY(place_highlight(at, target, n_new));
out:
    mtmi_highlight_clear(at->into);
    return status;
}

mtm_status mtmi_highlights_read(mtmi_highlights *out, const json_t *list, const char *name,
                                mtmi_highlight_lookup lookup, const void *context, mtm_error *err) {
    size_t n_new = 0;
    if (list != NULL && !json_is_array(list)) {
        return mtmi_error_set(err, MTM_ERROR_SCHEMA, 0, (mtmi_place){name, 0, 0},
                              "highlights: found %q, expected a list", shown(list));
    }
    for (size_t i = 0; i < json_array_size(list); i++) {
        mtmi_highlight highlight;
        memset(&highlight, 0, sizeof highlight);
        reader at = {name, i, &highlight, lookup, context, err};
        MTMI_CHECK_STATUS(add_highlight(&at, json_array_get(list, i), out, &n_new));
    }
    return MTM_OK;
}
