/* Questions of a package (docs/survey.md, docs/data-package.schema.json).
 * Invariant: a property that is not known, or not of its kind, is an error that names it: a misspelt one would change who
 * is in the base without a word. */
#include "survey/form/declared.h"

#include "base/error.h"
#include "base/try.h"

#include <string.h>

static int has_word(const char *words, const char *word) {
    size_t length = strlen(word);
    for (const char *at = words; length > 0 && (at = strstr(at, word)) != NULL; at += length) {
        if ((at == words || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0')) {
            return 1;
        }
    }
    return 0;
}

mtm_status mtmi_declared_only(json_t *object, const char *what, const char *properties, const char *name,
                              mtm_error *err) {
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value) {
        if (!has_word(properties, key) && strncmp(key, "x-", 2) != 0) {
            return mtmi_error_set(err, MTM_ERROR_SCHEMA, 0, (mtmi_place){name, 0, 0},
                                  "%q of \"survey\" has no property %q; expected some of: %s", what, key, properties);
        }
    }
    return MTM_OK;
}

typedef enum property_kind { A_TEXT, A_LABEL, AN_OBJECT, WORDS, WORDS_OR_ANSWER, A_COUNT, ANSWERS } property_kind;

/* clang-format off */
static const struct {
    const char *key;
    property_kind kind;
    const char *expected;
} properties[] = {
    {"type",     A_TEXT,          "one, several, number, count or rank"},
    {"first",    A_COUNT,         "how many of the first answers count, such as 1"},
    {"column",   A_TEXT,          "a column's name"},
    {"columns",  AN_OBJECT,       "an object: an answer, and its column"},
    {"multiple", A_TEXT,          "what parts the answers in a cell, such as \" \""},
    {"label",    A_LABEL,         "a text, or one a language"},
    {"answers",  ANSWERS,         "an object: an answer, and its label; or an array of answers"},
    {"asked",    AN_OBJECT,       "{\"of\": a question, \"is\": [answers]}, or {\"when\": a condition}"},
    {"missing",  WORDS,           "an array of words"},
    {"unknown",  WORDS_OR_ANSWER, "an array of words, or \"answer\""},
    {"refused",  WORDS_OR_ANSWER, "an array of words, or \"answer\""},
};
/* clang-format on */

static int is_words(const json_t *value) {
    size_t i;
    json_t *word;
    json_array_foreach(value, i, word) {
        if (!json_is_string(word)) {
            return 0;
        }
    }
    return json_is_array(value);
}

static int is_kind(const json_t *value, property_kind kind) {
    switch (kind) {
    case A_TEXT: return json_is_string(value);
    case A_LABEL: return json_is_string(value) || json_is_object(value);
    case AN_OBJECT: return json_is_object(value);
    case WORDS: return is_words(value);
    case WORDS_OR_ANSWER:
        return is_words(value) || (json_is_string(value) && strcmp(json_string_value(value), "answer") == 0);
    case A_COUNT: return json_is_integer(value) && json_integer_value(value) >= 1;
    case ANSWERS: return json_is_object(value) || is_words(value);
    }
    return 0;
}

static mtm_status check_question(const char *question, json_t *declared, const char *name, mtm_error *err) {
    const char *key;
    json_t *value;
    if (!json_is_object(declared)) {
        return mtmi_error_set(err, MTM_ERROR_SCHEMA, 0, (mtmi_place){name, 0, 0}, "question %q: expected an object",
                              question);
    }
    json_object_foreach(declared, key, value) {
        size_t i = 0, n = sizeof properties / sizeof *properties;
        while (i < n && strcmp(properties[i].key, key) != 0) {
            i++;
        }
        if (i == n && strncmp(key, "x-", 2) != 0) {
            return mtmi_error_set(err, MTM_ERROR_SCHEMA, 0, (mtmi_place){name, 0, 0},
                                  "question %q has no property %q; see docs/survey.md", question, key);
        }
        if (i < n && !is_kind(value, properties[i].kind)) {
            return mtmi_error_set(err, MTM_ERROR_SCHEMA, 0, (mtmi_place){name, 0, 0},
                                  "property %q of question %q: expected %s", key, question, properties[i].expected);
        }
    }
    return mtmi_declared_only(json_object_get(declared, "asked"), "asked", "of is when", name, err);
}

/* {"yes": "yes", "no": "no"} of ["yes", "no"]; NULL without memory. */
static json_t *labelled_by_themselves(const json_t *words) {
    json_t *made = json_object(), *word;
    int failed = made == NULL;
    size_t i;
    json_array_foreach(words, i, word) {
        failed |= json_object_set(made, json_string_value(word), word) != 0;
    }
    if (failed) {
        json_decref(made);
    }
    return failed ? NULL : made;
}

mtm_status mtmi_declared_read(json_t *questions, const char *name, json_t **out, mtm_error *err) {
    const char *question;
    json_t *declared, *made = NULL;
    json_object_foreach(questions, question, declared) {
        MTMI_CHECK_STATUS(check_question(question, declared, name, err));
    }
    json_object_foreach(questions, question, declared) {
        json_t *answers = json_object_get(declared, "answers");
        if (!json_is_array(answers)) {
            continue;
        }
        made = made == NULL ? json_deep_copy(questions) : made;
        json_t *labelled = labelled_by_themselves(answers);
        if (json_object_set_new(json_object_get(made, question), "answers", labelled) != 0) {
            json_decref(made);
            return mtmi_error_memory(err);
        }
    }
    *out = made != NULL ? made : json_incref(questions);
    return MTM_OK;
}
