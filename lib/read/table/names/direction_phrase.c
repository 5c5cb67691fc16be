/* Reads "arrived in COUNTRY" and "departed from COUNTRY" in languages that decline names. Invariant: the word before the
 * preposition is a member of the list of directions, the preposition goes with it, and what follows is the name of a country, in
 * one of its cases, and nothing else. */
#include "read/table/names/direction_phrase.h"

#include "base/text.h"
#include "codelist/match.h"

#include <string.h>

enum { LONGEST = 160, WORDS = 12, NAME_WORDS = 3 };

typedef struct phrase {
    char text[LONGEST];
    const char *word[WORDS];
    size_t size[WORDS];
    size_t n;
} phrase;

static int cut_words(const char *text, size_t length, phrase *out) {
    const size_t size = mtmi_text_normalise(text, length, out->text, sizeof out->text);
    size_t at = 0;

    out->n = 0;
    while (size < sizeof out->text && at < size) {
        size_t end = at;
        while (end < size && out->text[end] != ' ') {
            end++;
        }
        if (end > at && out->n == WORDS) {
            return 0;
        }
        if (end > at) {
            out->word[out->n] = out->text + at;
            out->size[out->n++] = end - at;
        }
        at = end + 1;
    }
    return out->n > 2;
}

static int is_word(const phrase *in, size_t i, const char *const *words, size_t n_words) {
    for (size_t k = 0; k < n_words; k++) {
        if (strlen(words[k]) == in->size[i] && memcmp(words[k], in->word[i], in->size[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

/* "- всего", ", total" at the end says nothing of the direction. */
static void cut_total(phrase *in) {
    static const char *const totals[] = {"всего", "итого", "total", "усього", "барлығы", "жиыны"};
    static const char *const dashes[] = {"-", "–", "—", ","};
    if (is_word(in, in->n - 1, totals, sizeof totals / sizeof *totals)) {
        in->n--;
        while (in->n > 0 && is_word(in, in->n - 1, dashes, sizeof dashes / sizeof *dashes)) {
            in->n--;
        }
        if (in->n > 0 && in->word[in->n - 1][in->size[in->n - 1] - 1] == ',') {
            in->size[in->n - 1]--;
        }
    }
}

static int is_country(const char *name, size_t n) {
    mtmi_label_match match;
    mtmi_codelist_match(mtmi_codelist_get("country"), name, n, 0, &match);
    return match.kind == MTM_MATCH_CODE;
}

/* Whether the words from `i` on, behind the `n` bytes of name that are made, name a country: each as it stands, or with the ending
 * of its nominative. Source of the endings: declension of nouns and adjectives in Russian, Ukrainian and Belarusian. */
static int declines_country(const phrase *in, size_t i, char name[LONGEST], size_t n) {
    static const char *const endings[][2] = {{"ую", "ая"}, {"ой", "ая"}, {"ию", "ия"}, {"ии", "ия"}, {"ію", "ія"},
                                             {"ії", "ія"}, {"у", "а"},   {"ы", "а"},   {"и", "а"},   {"і", "а"},
                                             {"и", "ь"},   {"и", "я"},   {"ю", "я"},   {"а", ""},    {"я", "й"},
                                             {"я", "ь"},   {"", ""}};
    if (i == in->n) {
        return is_country(name, n);
    }
    if (n + in->size[i] + 2 >= LONGEST) {
        return 0;
    }
    if (n > 0) {
        name[n++] = ' ';
    }
    for (size_t k = 0; k < sizeof endings / sizeof *endings; k++) {
        const size_t cut = strlen(endings[k][0]), put = strlen(endings[k][1]);
        if (in->size[i] <= cut || memcmp(in->word[i] + in->size[i] - cut, endings[k][0], cut) != 0) {
            continue;
        }
        memcpy(name + n, in->word[i], in->size[i] - cut);
        memcpy(name + n + in->size[i] - cut, endings[k][1], put);
        if (declines_country(in, i + 1, name, n + in->size[i] - cut + put)) {
            return 1;
        }
    }
    return 0;
}

static const char *direction_before(const phrase *in, size_t at) {
    const mtm_codelist *list = mtmi_codelist_get("direction");
    mtmi_label_match match;
    mtmi_codelist_match(list, in->text, (size_t)(in->word[at - 1] - in->text) + in->size[at - 1], 0, &match);
    return match.kind == MTM_MATCH_CODE ? mtm_codelist_code(list, (size_t)match.codes[0]) : NULL;
}

const char *mtmi_direction_phrase(const char *text, size_t length) {
    static const char *const into[] = {"в", "во", "у", "до", "to", "into", "in"};
    static const char *const out_of[] = {"из", "з", "із", "зі", "from"};
    phrase in;
    char name[LONGEST];

    if (length >= LONGEST || !cut_words(text, length, &in)) {
        return NULL;
    }
    cut_total(&in);
    for (size_t i = 1; i + 1 < in.n; i++) {
        const int is_into = is_word(&in, i, into, sizeof into / sizeof *into);
        if (!is_into && !is_word(&in, i, out_of, sizeof out_of / sizeof *out_of)) {
            continue;
        }
        const char *code = in.n - i - 1 <= NAME_WORDS ? direction_before(&in, i) : NULL;
        return code != NULL && strcmp(code, is_into ? "IN" : "OUT") == 0 && declines_country(&in, i + 1, name, 0)
                   ? code
                   : NULL;
    }
    return NULL;
}
