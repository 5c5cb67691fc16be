/* Reads the type of a question, in the words that pyxform takes (its aliases; xlsform.org), whatever their case. */
#include "survey/form/type.h"

#include <string.h>

typedef struct words {
    const char *text;
    size_t length;
} words;

/* The first word, which is taken from the text. */
static words next_word(words *text) {
    words word = {text->text, 0};
    while (word.length < text->length && text->text[word.length] != ' ') {
        word.length++;
    }
    size_t end = word.length;
    while (end < text->length && text->text[end] == ' ') {
        end++;
    }
    *text = (words){text->text + end, text->length - end};
    return word;
}

static int is(words word, const char *other) {
    size_t i = 0;
    while (i < word.length && other[i] != '\0' && (word.text[i] | 0x20) == (other[i] | 0x20)) {
        i++;
    }
    return i == word.length && other[i] == '\0';
}

/* "one from LIST", "multiple from LIST", "all that apply from LIST": what stands after "select". */
static void read_long(words *text, mtmi_form_type *type) {
    words how = next_word(text);
    type->kind = is(how, "one") ? "one" : is(how, "multiple") || is(how, "all") ? "several" : NULL;
    for (int i = 0; is(how, "all") && i < 2; i++) {
        next_word(text); /* "that apply" */
    }
    words rest = *text;
    *text = is(next_word(&rest), "from") ? rest : *text;
}

static int is_other(const char *text, size_t length) {
    static const char *const ends[] = {" or_other", " or specify other"};
    for (size_t i = 0; i < 2; i++) {
        size_t n = strlen(ends[i]);
        if (length > n && memcmp(text + length - n, ends[i], n) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Types of one word. */
static const char *kind_of(words first) {
    static const struct {
        const char *type, *kind;
    } kinds[] = {{"select_one", "one"},
                 {"select1", "one"},
                 {"select_one_from_file", "one"},
                 {"select_one_external", "one"},
                 {"select_multiple", "several"},
                 {"select_multiple_from_file", "several"},
                 {"rank", "rank"},
                 {"integer", "number"},
                 {"int", "number"},
                 {"decimal", "number"},
                 {"range", "number"}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (is(first, kinds[i].type)) {
            return kinds[i].kind;
        }
    }
    return NULL;
}

mtmi_form_type mtmi_form_type_of(const char *text, size_t length) {
    mtmi_form_type type = {.list = "", .other = is_other(text, length)};
    words left = {text, length}, first = next_word(&left);
    if (is(first, "select")) {
        read_long(&left, &type);
    } else {
        type.kind = kind_of(first);
    }
    int is_file =
        is(first, "select_one_from_file") || is(first, "select_one_external") || is(first, "select_multiple_from_file");
    if (type.kind != NULL && strcmp(type.kind, "number") != 0 && !is_file) {
        words list = next_word(&left);
        type.list = list.text;
        type.list_length = list.length;
    }
    return type;
}
