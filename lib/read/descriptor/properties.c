/* Reads properties of JSON objects one by one. After the first error everything is skipped, so that a reader checks
 * once, at the end. */
#include "read/descriptor/properties.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"

#include <string.h>

void mtmi_properties_start(mtmi_properties *in, const char *place, mtm_error *err) {
    memset(in, 0, sizeof *in);
    in->err = err;
    in->status = MTM_OK;
    in->length = strlen(place);
    if (in->length >= sizeof in->path) {
        in->length = sizeof in->path - 1;
    }
    memcpy(in->path, place, in->length);
}

/* A path that grows too long is cut; the message stays one line. */
static void append(mtmi_properties *in, const char *text) {
    size_t room = sizeof in->path - 1 - in->length;
    size_t n = strlen(text) < room ? strlen(text) : room;
    n = mtmi_text_valid(text, n);
    memcpy(in->path + in->length, text, n);
    in->length += n;
    in->path[in->length] = '\0';
}

size_t mtmi_properties_enter(mtmi_properties *in, const char *key) {
    size_t before = in->length;
    char last = before > 0 ? in->path[before - 1] : '\0';
    if (last != '\0' && last != ' ') {
        append(in, ".");
    }
    append(in, key);
    return before;
}

size_t mtmi_properties_enter_at(mtmi_properties *in, size_t index) {
    size_t before = in->length;
    char digits[24];
    size_t at = sizeof digits - 1;

    digits[at] = '\0';
    do {
        digits[--at] = (char)('0' + index % 10);
        index /= 10;
    } while (index > 0);
    append(in, "[");
    append(in, digits + at);
    append(in, "]");
    return before;
}

void mtmi_properties_leave(mtmi_properties *in, size_t length) {
    in->length = length;
    in->path[length] = '\0';
}

void mtmi_properties_refuse(mtmi_properties *in, const char *key, const char *found, const char *expected) {
    size_t before = in->length;

    if (in->status != MTM_OK) {
        return;
    }
    if (key != NULL) {
        before = mtmi_properties_enter(in, key);
    }
    in->status = mtmi_error_set(in->err, MTM_ERROR_SCHEMA, 0, (mtmi_place){in->path, 0, 0}, "found %s, expected %s",
                                found, expected);
    mtmi_properties_leave(in, before);
}

void mtmi_properties_no_memory(mtmi_properties *in) {
    if (in->status == MTM_OK) {
        in->status = mtmi_error_memory(in->err);
    }
}

/* Edits that turn one word into the other, counted up to the length of the table. */
size_t mtmi_properties_distance(const char *a, const char *b) {
    enum { LONGEST = 40 };
    size_t row[LONGEST + 1];
    size_t n = strlen(b);

    if (n > LONGEST || strlen(a) > LONGEST) {
        return LONGEST;
    }
    for (size_t j = 0; j <= n; j++) {
        row[j] = j;
    }
    for (size_t i = 1; a[i - 1] != '\0'; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= n; j++) {
            size_t change = corner + ((a[i - 1] | 0x20) != (b[j - 1] | 0x20));
            size_t least = row[j] < row[j - 1] ? row[j] + 1 : row[j - 1] + 1;
            corner = row[j];
            row[j] = change < least ? change : least;
        }
    }
    return row[n];
}

const char *mtmi_properties_nearest(const char *name, const char *const *known, size_t n) {
    const char *nearest = NULL;
    size_t least = strlen(name) / 2 + 1;

    for (size_t i = 0; i < n; i++) {
        size_t edits = mtmi_properties_distance(name, known[i]);
        if (edits < least) {
            least = edits;
            nearest = known[i];
        }
    }
    return nearest;
}

/* "found "valu", expected period, value, ...; the nearest is "value"". Names a list of any length. */
static void refuse_name(mtmi_properties *in, const char *key, const char *what, const char *name,
                        const char *const *known, size_t n) {
    const char *nearest = mtmi_properties_nearest(name, known, n);
    char list[512] = "";
    size_t length = 0, before = in->length;

    for (size_t i = 0; i < n && length + strlen(known[i]) + 3 < sizeof list; i++) {
        memcpy(list + length, i > 0 ? ", " : "", i > 0 ? 2 : 0);
        length += i > 0 ? 2 : 0;
        memcpy(list + length, known[i], strlen(known[i]) + 1);
        length += strlen(known[i]);
    }
    if (in->status != MTM_OK) {
        return;
    }
    if (key != NULL) {
        before = mtmi_properties_enter(in, key);
    }
    if (nearest != NULL) {
        in->status = mtmi_error_set(in->err, MTM_ERROR_SCHEMA, 0, (mtmi_place){in->path, 0, 0},
                                    "found %s %q, expected one of: %s; the nearest is %q", what, name, list, nearest);
    } else {
        in->status = mtmi_error_set(in->err, MTM_ERROR_SCHEMA, 0, (mtmi_place){in->path, 0, 0},
                                    "found %s %q, expected one of: %s", what, name, list);
    }
    mtmi_properties_leave(in, before);
}

void mtmi_properties_check(mtmi_properties *in, const json_t *object, const char *const *known, size_t n) {
    const char *key;
    json_t *value;

    if (object == NULL) {
        return;
    }
    json_object_foreach((json_t *)(uintptr_t)object, key, value) {
        size_t i = 0;
        while (i < n && strcmp(known[i], key) != 0) {
            i++;
        }
        if (i == n) {
            refuse_name(in, NULL, "the unknown property", key, known, n);
            return;
        }
    }
}

static const char *type_name(const json_t *value) {
    switch (json_typeof(value)) {
    case JSON_OBJECT: return "an object";
    case JSON_ARRAY: return "a list";
    case JSON_STRING: return "text";
    case JSON_INTEGER: return "a whole number";
    case JSON_REAL: return "a number";
    case JSON_TRUE: return "true";
    case JSON_FALSE: return "false";
    case JSON_NULL: return "null";
    }
    return "something else";
}

/* The member, or NULL when it is absent or an error came before. */
static const json_t *member(const mtmi_properties *in, const json_t *object, const char *key) {
    return in->status == MTM_OK && object != NULL ? json_object_get(object, key) : NULL;
}

static const json_t *typed(mtmi_properties *in, const json_t *object, const char *key, json_type type,
                           const char *expected) {
    const json_t *value = member(in, object, key);
    if (value != NULL && json_typeof(value) != type) {
        mtmi_properties_refuse(in, key, type_name(value), expected);
        return NULL;
    }
    return value;
}

const json_t *mtmi_properties_object(mtmi_properties *in, const json_t *object, const char *key) {
    return typed(in, object, key, JSON_OBJECT, "an object");
}

const json_t *mtmi_properties_array(mtmi_properties *in, const json_t *object, const char *key) {
    return typed(in, object, key, JSON_ARRAY, "a list");
}

const char *mtmi_properties_string(mtmi_properties *in, const json_t *object, const char *key) {
    const json_t *value = typed(in, object, key, JSON_STRING, "text");
    return value == NULL ? NULL : json_string_value(value);
}

void mtmi_properties_text(mtmi_properties *in, const json_t *object, const char *key, char **out) {
    const char *text = mtmi_properties_string(in, object, key);
    if (text == NULL) {
        return;
    }
    mtmi_memory_free(*out);
    *out = mtmi_memory_copy_text(text);
    if (*out == NULL) {
        mtmi_properties_no_memory(in);
    }
}

void mtmi_properties_bool(mtmi_properties *in, const json_t *object, const char *key, int *out) {
    const json_t *value = member(in, object, key);
    if (value == NULL) {
        return;
    }
    if (!json_is_boolean(value)) {
        mtmi_properties_refuse(in, key, type_name(value), "true or false");
        return;
    }
    *out = json_is_true(value);
}

void mtmi_properties_int(mtmi_properties *in, const json_t *object, const char *key, int64_t least, int64_t most,
                         int64_t *out) {
    const json_t *value = typed(in, object, key, JSON_INTEGER, "a whole number");
    size_t before = in->length;

    if (value == NULL) {
        return;
    }
    if (json_integer_value(value) < least || json_integer_value(value) > most) {
        before = mtmi_properties_enter(in, key);
        in->status = mtmi_error_set(in->err, MTM_ERROR_SCHEMA, 0, (mtmi_place){in->path, 0, 0},
                                    "found %lld, expected a number from %lld to %lld",
                                    (long long)json_integer_value(value), (long long)least, (long long)most);
        mtmi_properties_leave(in, before);
        return;
    }
    *out = json_integer_value(value);
}

void mtmi_properties_choice(mtmi_properties *in, const json_t *object, const char *key, const mtmi_choice *choices,
                            size_t n, int *out) {
    const char *names[32];
    const char *text = mtmi_properties_string(in, object, key);

    for (size_t i = 0; text != NULL && i < n; i++) {
        if (strcmp(choices[i].name, text) == 0) {
            *out = choices[i].value;
            return;
        }
        names[i] = choices[i].name;
    }
    if (text != NULL) {
        refuse_name(in, key, "the value", text, names, n);
    }
}

void mtmi_properties_character(mtmi_properties *in, const json_t *object, const char *key, char out[8]) {
    const char *text = mtmi_properties_string(in, object, key);
    if (text == NULL) {
        return;
    }
    if (mtmi_text_characters(text, strlen(text)) != 1 || (text[0] >= '0' && text[0] <= '9') || text[0] == '-') {
        mtmi_properties_refuse(in, key, "another text", "one character that is no digit or sign");
        return;
    }
    memset(out, 0, 8);
    memcpy(out, text, strlen(text));
}

void mtmi_marks_free(mtmi_marks *marks) {
    for (size_t i = 0; i < marks->n; i++) {
        mtmi_memory_free(marks->marks[i]);
    }
    mtmi_memory_free(marks->marks);
    marks->marks = NULL;
    marks->n = 0;
}

int mtmi_marks_add(mtmi_marks *marks, const char *text, int normalise) {
    size_t size = 3 * strlen(text) + 16; /* more than normalising needs for all but odd characters */
    char **list = mtmi_memory_resize(marks->marks, marks->n + 1, sizeof *list);
    char *copy = NULL;

    if (list == NULL) {
        return 0;
    }
    marks->marks = list;
    if (normalise) {
        copy = mtmi_memory_new(size, 1);
        if (copy != NULL && mtmi_text_normalise(text, strlen(text), copy, size) >= size) {
            mtmi_memory_free(copy);
            copy = mtmi_memory_copy_text(text);
        }
    } else {
        copy = mtmi_memory_copy_text(text);
    }
    if (copy == NULL) {
        return 0;
    }
    marks->marks[marks->n++] = copy;
    return 1;
}

int mtmi_marks_copy(const mtmi_marks *marks, mtmi_marks *out) {
    for (size_t i = 0; i < marks->n; i++) {
        if (!mtmi_marks_add(out, marks->marks[i], 0)) {
            return 0;
        }
    }
    return 1;
}

void mtmi_properties_marks(mtmi_properties *in, const json_t *object, const char *key, int normalise, mtmi_marks *out) {
    const json_t *list = mtmi_properties_array(in, object, key);

    if (list == NULL) {
        return;
    }
    mtmi_marks_free(out);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *element = json_array_get(list, i);
        const char *text = json_string_value(json_is_object(element) ? json_object_get(element, "value") : element);
        if (text == NULL) {
            size_t before = mtmi_properties_enter(in, key);
            (void)mtmi_properties_enter_at(in, i);
            mtmi_properties_refuse(in, NULL, type_name(element), "text");
            mtmi_properties_leave(in, before);
            return;
        }
        if (!mtmi_marks_add(out, text, normalise)) {
            mtmi_properties_no_memory(in);
            return;
        }
    }
}

static int add_pair(const char *key, const char *value, mtmi_pair **out, size_t *n) {
    mtmi_pair *list = mtmi_memory_resize(*out, *n + 1, sizeof *list);
    if (list == NULL) {
        return 0;
    }
    *out = list;
    list[*n].key = mtmi_memory_copy_text(key);
    list[*n].value = mtmi_memory_copy_text(value);
    *n += 1;
    return list[*n - 1].key != NULL && list[*n - 1].value != NULL;
}

void mtmi_properties_pairs(mtmi_properties *in, const json_t *object, const char *key, mtmi_pair **out, size_t *n) {
    json_t *found = (json_t *)(uintptr_t)mtmi_properties_object(in, object, key);
    size_t before = in->length;
    const char *name;
    json_t *value;

    if (found == NULL) {
        return;
    }
    before = mtmi_properties_enter(in, key);
    json_object_foreach(found, name, value) {
        if (!json_is_string(value) || json_string_length(value) == 0) {
            mtmi_properties_refuse(in, name, type_name(value), "a code as text");
        } else if (!add_pair(name, json_string_value(value), out, n)) {
            mtmi_properties_no_memory(in);
        }
    }
    mtmi_properties_leave(in, before);
}

void mtmi_properties_titles(mtmi_properties *in, const json_t *object, const char *key, mtmi_titles *out) {
    static const char *const languages[] = {"en", "ru", "kk"};
    const json_t *value = member(in, object, key);
    size_t before = in->length;

    if (value == NULL) {
        return;
    }
    if (json_is_string(value)) {
        mtmi_properties_text(in, object, key, &out->text[0]);
        return;
    }
    if (!json_is_object(value)) {
        mtmi_properties_refuse(in, key, type_name(value), "text, or an object with en, ru, kk");
        return;
    }
    before = mtmi_properties_enter(in, key);
    mtmi_properties_check(in, value, languages, 3);
    for (size_t i = 0; i < 3; i++) {
        mtmi_properties_text(in, value, languages[i], &out->text[i]);
    }
    mtmi_properties_leave(in, before);
}

void mtmi_properties_period(mtmi_properties *in, const json_t *object, const char *key, mtm_period *out, int *given) {
    const char *text = mtmi_properties_string(in, object, key);
    size_t before = in->length;
    mtm_error why;

    if (text == NULL) {
        return;
    }
    if (mtm_period_read(text, out, &why) == MTM_OK) {
        *given = 1;
        return;
    }
    before = mtmi_properties_enter(in, key);
    in->status = mtmi_error_set(in->err, MTM_ERROR_SCHEMA, 0, (mtmi_place){in->path, 0, 0}, "%s", why.message);
    mtmi_properties_leave(in, before);
}
