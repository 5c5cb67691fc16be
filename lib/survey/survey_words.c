/* Says which cells hold no answer: the words that the package declares, and the empty cell. */
#include "survey/survey_words.h"

#include <string.h>

static int equal(const char *a, const char *text, size_t length) {
    return strlen(a) == length && memcmp(a, text, length) == 0;
}

int mtmi_words_have(json_t *words, const char *text, size_t length) {
    for (size_t i = 0; words != NULL && i < json_array_size(words); i++) {
        const char *word = json_string_value(json_array_get(words, i));
        if (word != NULL && equal(word, text, length)) {
            return 1;
        }
    }
    return 0;
}

static int declared(json_t *of_plan, json_t *question, const char *property, const char *text, size_t length) {
    json_t *own = json_object_get(question, property);
    return mtmi_words_have(json_is_array(own) ? own : of_plan, text, length);
}

/* "unknown": "answer" or "refused": "answer" in a question keeps such words in its base. */
static int stays(json_t *question, const char *property) {
    const char *text = json_string_value(json_object_get(question, property));
    return text != NULL && strcmp(text, "answer") == 0;
}

mtmi_answer mtmi_words_state(const mtmi_survey_plan *plan, json_t *question, const char *text, size_t length) {
    if (length == 0 || declared(plan->missing, question, "missing", text, length)) {
        return MTMI_MISSING;
    }
    if (!stays(question, "unknown") && declared(plan->unknown, question, "unknown", text, length)) {
        return MTMI_UNKNOWN;
    }
    if (!stays(question, "refused") && declared(plan->refused, question, "refused", text, length)) {
        return MTMI_REFUSED;
    }
    return MTMI_ANSWERED;
}

int mtmi_words_truth(const char *text, size_t length) {
    static const char *const yes[] = {"1", "1.0", "true", "TRUE", "True", "yes", "Yes", "YES"};
    static const char *const no[] = {"0", "0.0", "false", "FALSE", "False", "no", "No", "NO"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        if (equal(yes[i], text, length)) {
            return 1;
        }
        if (equal(no[i], text, length)) {
            return 0;
        }
    }
    return -1;
}

int mtmi_words_same(const char *name, const char *text, size_t length) {
    size_t size = strlen(name);
    if (size == 0 || length < size || memcmp(name, text, size) != 0) {
        return size == length && size == 0;
    }
    if (length == size) {
        return 1;
    }
    if (text[size] != '.' || length < size + 2 || strspn(name, "-0123456789") != size) {
        return 0;
    }
    while (length > size + 1 && text[length - 1] == '0') {
        length--;
    }
    return length == size + 1;
}

const char *mtmi_words_next(const char *separators, const char *at, const char *end, size_t *length) {
    while (at < end && (strchr(separators, *at) != NULL || *at == ' ')) {
        at++;
    }
    const char *stop = at;
    while (stop < end && strchr(separators, *stop) == NULL) {
        stop++;
    }
    *length = (size_t)(stop - at);
    while (*length > 0 && at[*length - 1] == ' ') {
        --*length;
    }
    return at < end ? at : NULL;
}

int mtmi_answer_place(const char *separators, const char *text, size_t length, const char *answer) {
    const char *end = text + length;
    size_t size;
    int place = 0;
    for (const char *at = mtmi_words_next(separators, text, end, &size); at != NULL;
         at = mtmi_words_next(separators, at + size, end, &size)) {
        place++;
        if (mtmi_words_same(answer, at, size)) {
            return place;
        }
    }
    return 0;
}

int mtmi_words_may_tell(const char *text, size_t length) {
    enum { MOST = 6 };
    for (size_t i = 0; i < length; i++) {
        const unsigned char c = (unsigned char)text[i];
        if (c >= 0x80 || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) {
            return 0;
        }
    }
    return length <= MOST;
}

const char *mtmi_words_label(json_t *label, const char *otherwise) {
    if (json_is_object(label)) {
        json_t *english = json_object_get(label, "en");
        label = english != NULL ? english : json_object_iter_value(json_object_iter(label));
    }
    const char *text = json_string_value(label);
    return text == NULL || text[0] == '\0' ? otherwise : text;
}
