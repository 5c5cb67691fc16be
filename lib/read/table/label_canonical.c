/* Labels that are written in several ways and mean one thing: numbers of rounds and levels, sets of reasons. */
#include "base/text.h"
#include "read/table/row_label.h"

#include <string.h>

enum { REASONS = 8, LONGEST = 96 };

static int is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Of "round 7", "r07", "#7", "7.0" the number without zeros before it. */
static int read_number(const char *text, size_t length, const char *const *words, size_t n_words, mtmi_label *out) {
    char name[LONGEST];
    size_t n = mtmi_text_normalise(text, length, name, sizeof name), at = 0, end;

    if (n == 0 || n >= sizeof name) {
        return 0;
    }
    for (size_t i = 0; i < n_words; i++) {
        const size_t size = strlen(words[i]);
        if (n > size && memcmp(name, words[i], size) == 0) {
            at = size;
            break;
        }
    }
    at += strspn(name + at, " _-#");
    while (at + 1 < n && name[at] == '0' && is_digit(name[at + 1])) {
        at++;
    }
    end = at + strspn(name + at, "0123456789");
    if (end == at || end - at > 9 || (name[end] != '\0' && strcmp(name + end, ".0") != 0)) {
        return 0;
    }
    memcpy(out->own, name + at, end - at);
    out->own[end - at] = '\0';
    return 1;
}

/* The reasons of a cell in the order of their list, parted by "; ". */
static int read_reasons(const char *text, size_t length, mtmi_label *out) {
    const mtm_codelist *list = mtmi_codelist_get("displacement-reason");
    const size_t n_codes = mtm_codelist_count(list);
    unsigned char found[REASONS] = {0};
    size_t from = 0, at_own = 0;

    for (size_t at = 0; at <= length; at++) {
        mtmi_label_match match;
        size_t n = at - from;
        if (at < length && text[at] != ';' && text[at] != '|') {
            continue;
        }
        const char *part = mtmi_text_trim(text + from, &n);
        from = at + 1;
        if (n == 0) {
            continue;
        }
        mtmi_codelist_match(list, part, n, 0, &match);
        if (match.kind != MTM_MATCH_CODE || match.codes[0] >= REASONS) {
            return 0;
        }
        found[match.codes[0]] = 1;
    }
    for (size_t i = 0; i < n_codes && i < REASONS; i++) {
        const char *code = mtm_codelist_code(list, i);
        const size_t size = strlen(code);
        if (found[i] && at_own + size + 3 < sizeof out->own) {
            memcpy(out->own + at_own, at_own > 0 ? "; " : "", at_own > 0 ? 2 : 0);
            at_own += at_own > 0 ? 2 : 0;
            memcpy(out->own + at_own, code, size);
            at_own += size;
        }
    }
    out->own[at_own] = '\0';
    return at_own > 0;
}

/* A category of the population by its list. */
static int read_status(const char *text, size_t length, mtmi_label *out) {
    const mtm_codelist *list = mtmi_codelist_get("displacement-status");
    mtmi_label_match match;

    mtmi_codelist_match(list, text, length, 0, &match);
    if (match.kind == MTM_MATCH_CODE) {
        const char *code = mtm_codelist_code(list, (size_t)match.codes[0]);
        memcpy(out->own, code, strlen(code) + 1);
    }
    return match.kind == MTM_MATCH_CODE;
}

int mtmi_label_canonical(const char *dimension, const char *text, size_t length, mtmi_label *out) {
    static const char *const rounds[] = {"dtm round", "round", "раунд", "rnd", "r", "№"};
    static const char *const levels[] = {"admin level", "admin", "adm", "level"};

    if (dimension == NULL || length == 0) {
        return 0;
    }
    if (strcmp(dimension, "round") == 0) {
        return read_number(text, length, rounds, sizeof rounds / sizeof *rounds, out);
    }
    if (strcmp(dimension, "level") == 0) {
        return read_number(text, length, levels, sizeof levels / sizeof *levels, out);
    }
    return strcmp(dimension, "reason") == 0              ? read_reasons(text, length, out)
           : strcmp(dimension, "population-status") == 0 ? read_status(text, length, out)
                                                         : 0;
}

int mtmi_label_is_blank_place(const char *text, size_t length) {
    static const char *const blanks[] = {"nan", "none", "null", "<na>", "#n/a", "n/a"};
    char name[16];
    size_t n = mtmi_text_normalise(text, length, name, sizeof name);

    for (size_t i = 0; n < sizeof name && i < sizeof blanks / sizeof *blanks; i++) {
        if (strcmp(name, blanks[i]) == 0) {
            return 1;
        }
    }
    return n == 0;
}

int mtmi_label_truth(const char *text, size_t length) {
    static const char *const yes[] = {"1", "1.0", "true", "yes", "y", "x", "oui", "sí", "да", "иә"},
                             *const no[] = {"0", "0.0", "false", "no", "n", "non", "нет", "жоқ"};
    char word[24];
    const size_t n = mtmi_text_normalise(text, length, word, sizeof word);
    for (size_t i = 0; n < sizeof word && i < sizeof yes / sizeof *yes; i++) {
        if (strcmp(word, yes[i]) == 0) {
            return 1;
        }
    }
    for (size_t i = 0; n < sizeof word && i < sizeof no / sizeof *no; i++) {
        if (strcmp(word, no[i]) == 0) {
            return 0;
        }
    }
    return -1;
}
