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
    type->one = is(how, "one");
    type->several = is(how, "multiple") || is(how, "all");
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

mtmi_form_type mtmi_form_type_of(const char *text, size_t length) {
    mtmi_form_type type = {.list = "", .other = is_other(text, length)};
    words left = {text, length}, first = next_word(&left);
    if (is(first, "select")) {
        read_long(&left, &type);
    } else {
        type.one = is(first, "select_one") || is(first, "select1");
        type.several = is(first, "select_multiple");
        type.number = is(first, "integer") || is(first, "int") || is(first, "decimal") || is(first, "range");
    }
    if (type.one || type.several) {
        words list = next_word(&left);
        type.list = list.text;
        type.list_length = list.length;
    }
    type.one |= is(first, "select_one_from_file") || is(first, "select_one_external");
    type.several |= is(first, "select_multiple_from_file");
    return type;
}
