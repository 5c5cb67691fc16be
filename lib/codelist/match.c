/* Matches a label with the codes of a list: exactly, after normalising, then with letters of look-alike alphabets
 * exchanged, which is reported. Nothing is guessed. */
#include "codelist/match.h"

#include "base/error.h"
#include "base/text.h"
#include "codelist/tables.h"

#include <string.h>

#define LABEL_SIZE 512

static const mtmi_key *find_key(const mtm_codelist *list, const char *text) {
    size_t low = 0, high = list->n_keys;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(list->keys[middle].text, text);
        if (order == 0) {
            return &list->keys[middle];
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

/* Letters of one look after case folding: Cyrillic, Latin. */
static const struct {
    uint32_t cyrillic, latin;
} lookalikes[] = {{0x430, 'a'}, {0x432, 'b'}, {0x441, 'c'}, {0x435, 'e'}, {0x43D, 'h'}, {0x4BB, 'h'},
                  {0x456, 'i'}, {0x458, 'j'}, {0x43A, 'k'}, {0x43C, 'm'}, {0x43E, 'o'}, {0x440, 'p'},
                  {0x455, 's'}, {0x442, 't'}, {0x445, 'x'}, {0x443, 'y'}};

static uint32_t exchange(uint32_t c, int to_latin) {
    for (size_t i = 0; i < sizeof lookalikes / sizeof *lookalikes; i++) {
        if (c == (to_latin ? lookalikes[i].cyrillic : lookalikes[i].latin)) {
            return to_latin ? lookalikes[i].latin : lookalikes[i].cyrillic;
        }
    }
    return c;
}

/* Whether a word of the text mixes Latin and Cyrillic letters. */
static int is_mixed(const char *text, size_t length) {
    int latin = 0, cyrillic = 0;
    size_t bytes = 0;
    for (size_t at = 0; at < length; at += bytes) {
        uint32_t c = mtmi_text_decode(text + at, length - at, &bytes);
        int is_latin = c >= 'a' && c <= 'z', is_cyrillic = c >= 0x400 && c <= 0x52F;
        latin = is_latin || (latin && is_cyrillic);
        cyrillic = is_cyrillic || (cyrillic && is_latin);
        if (latin && cyrillic) {
            return 1;
        }
        if (!is_latin && !is_cyrillic) {
            latin = cyrillic = 0;
        }
    }
    return 0;
}

static const mtmi_key *find_exchanged(const mtm_codelist *list, const char *text, size_t length, int to_latin) {
    char other[LABEL_SIZE * 2];
    size_t size = 0, bytes = 0;
    for (size_t at = 0; at < length; at += bytes) {
        size += mtmi_text_encode(exchange(mtmi_text_decode(text + at, length - at, &bytes), to_latin), other + size);
    }
    other[size] = '\0';
    return find_key(list, other);
}

static const mtmi_key *find_lookalike(const mtm_codelist *list, const char *text, size_t length) {
    if (!is_mixed(text, length)) {
        return NULL;
    }
    const mtmi_key *cyrillic = find_exchanged(list, text, length, 0);
    const mtmi_key *latin = find_exchanged(list, text, length, 1);
    int differ = cyrillic != NULL && latin != NULL && list->targets[cyrillic->first] != list->targets[latin->first];
    return differ ? NULL : cyrillic != NULL ? cyrillic : latin;
}

/* Cuts "of which", "в том числе" and the like from the front; returns what is left. */
static char *cut_of_which(char *text, int *found) {
    for (size_t i = 0; i < mtmi_n_of_which; i++) {
        size_t n = strlen(mtmi_of_which[i]);
        if (strncmp(text, mtmi_of_which[i], n) == 0 && (text[n] == ' ' || text[n] == '\0' || text[n - 1] == ':')) {
            *found = 1;
            return text + n + strspn(text + n, " ");
        }
    }
    return text;
}

/* "total :", "в с е г о": what is typed around and between the letters. The list's key, or NULL. */
static const mtmi_key *find_cleaned(const mtm_codelist *list, const char *text) {
    char cleaned[LABEL_SIZE];
    size_t n = strlen(text), size = 0, bytes = 0;
    int is_spaced = 1;

    while (n > 0 && (text[n - 1] == ' ' || text[n - 1] == ':')) {
        n--;
    }
    for (size_t at = 0; at < n; at += bytes + (at + bytes < n)) { /* letters with one space between any two */
        (void)mtmi_text_decode(text + at, n - at, &bytes);
        is_spaced &= text[at] != ' ' && (at + bytes >= n || text[at + bytes] == ' ');
    }
    if (n == strlen(text) && !is_spaced) {
        return NULL;
    }
    for (size_t i = 0; i < n; i++) {
        if (!is_spaced || text[i] != ' ') {
            cleaned[size++] = text[i];
        }
    }
    cleaned[size] = '\0';
    return size > 1 ? find_key(list, cleaned) : NULL;
}

/* "Прибыло всего", "Мигранты - всего": the word behind a space, a dash or a comma; "Россия, всего" is Russia. */
static int ends_in_total(const mtm_codelist *list, const char *label, size_t n, mtmi_label_match *out) {
    for (size_t i = 0; i < mtmi_n_total_of; i++) {
        size_t size = strlen(mtmi_total_of[i]);
        if (n > size + 1 && strcmp(label + n - size, mtmi_total_of[i]) == 0 &&
            strchr(" -,", label[n - size - 1]) != NULL) {
            for (n -= size; n > 0 && strchr(" -,:", label[n - 1]) != NULL;) {
                n--;
            }
            mtmi_codelist_match(list, label, n, 0, out);
            if (out->kind != MTM_MATCH_CODE && out->kind != MTM_MATCH_AMBIGUOUS && out->kind != MTM_MATCH_GROUP) {
                memset(out, 0, sizeof *out);
                out->kind = MTM_MATCH_TOTAL;
            }
            return out->kind != MTM_MATCH_AMBIGUOUS;
        }
    }
    return 0;
}

int mtmi_codelist_match_total(const mtm_codelist *list, const char *text, size_t length, mtmi_label_match *out) {
    char label[LABEL_SIZE];
    size_t n = mtmi_text_normalise(text, length, label, sizeof label), at = 0;

    for (size_t i = 0; n < sizeof label && i < mtmi_n_total_of; i++) {
        size_t size = strlen(mtmi_total_of[i]);
        at = strncmp(label, mtmi_total_of[i], size) == 0 && strchr(" ,:(", label[size]) != NULL && label[size] != '\0'
                 ? size
                 : at;
    }
    if (at == 0) {
        return n < sizeof label && ends_in_total(list, label, n, out);
    }
    at += strspn(label + at, " ,:(");
    for (size_t i = 0; i < mtmi_n_between; i++) {
        size_t size = strlen(mtmi_between[i]);
        at += strncmp(label + at, mtmi_between[i], size) == 0 && label[at + size] == ' ' ? size + 1 : 0;
    }
    mtmi_codelist_match(list, label + at, strlen(label + at), 0, out);
    if (out->kind == MTM_MATCH_AMBIGUOUS) {
        return 0;
    }
    if (out->kind == MTM_MATCH_NONE) {
        out->kind = MTM_MATCH_TOTAL;
    }
    return 1;
}

void mtmi_codelist_match(const mtm_codelist *list, const char *text, size_t length, int as_code,
                         mtmi_label_match *out) {
    char label[LABEL_SIZE];
    memset(out, 0, sizeof *out);
    out->kind = MTM_MATCH_NONE;
    size_t n = mtmi_text_normalise(text, length, label, sizeof label);
    if (n == 0 || n >= sizeof label) {
        return;
    }
    char *at = label;
    const mtmi_key *key = find_key(list, at);
    if (key == NULL && !as_code) {
        at = cut_of_which(label, &out->of_which);
        key = find_key(list, at);
    }
    if (key == NULL && !as_code) {
        key = find_lookalike(list, at, strlen(at));
        out->homoglyph = key != NULL;
    }
    key = key == NULL && !as_code ? find_cleaned(list, at) : key;
    int missing_to_most = key != NULL && !as_code && strcmp(key->text, "na") == 0;
    if (key == NULL || missing_to_most || (as_code && !key->is_code && key->kind == MTM_MATCH_CODE)) {
        return;
    }
    out->kind = (mtm_match_kind)key->kind;
    out->n_codes = key->n;
    for (int i = 0; i < key->n && i < MTMI_MATCH_CANDIDATES; i++) {
        out->codes[i] = list->targets[key->first + i];
    }
}

int mtmi_codelist_is_aggregate(const mtm_codelist *list, const char *text, size_t length) {
    char label[LABEL_SIZE];
    size_t n = mtmi_text_normalise(text, length, label, sizeof label);

    if (strcmp(list->id, "country") != 0 || n == 0 || n >= sizeof label) {
        return 0;
    }
    for (size_t i = 0; i < mtmi_n_aggregates; i++) {
        if (strcmp(mtmi_aggregates[i], label) == 0) {
            return 1;
        }
    }
    return 0;
}

int mtmi_codelist_has_balance(const char *text) {
    for (size_t i = 0; i < mtmi_n_balance; i++) {
        const char *word = mtmi_balance[i];
        size_t n = strlen(word);
        for (const char *at = text; (at = strstr(at, word)) != NULL; at += n) {
            int starts = at == text || strchr(" -_,(/", at[-1]) != NULL, ends = strchr(" -_,)/", at[n]) != NULL;
            if (starts && ends) { /* the end of the text too */
                return 1;
            }
        }
    }
    return 0;
}

mtm_status mtm_codelist_match(const mtm_codelist *list, const char *text, mtm_match *out, mtm_error *err) {
    mtmi_label_match found;
    if (list == NULL || text == NULL || out == NULL) {
        return mtmi_error_argument(err, list == NULL ? "list" : text == NULL ? "text" : "out", "not NULL");
    }
    memset(out, 0, sizeof *out);
    size_t length = strlen(text);
    if (mtmi_text_valid(text, length) != length) {
        return mtmi_error_set(err, MTM_ERROR_ENCODING, 0, (mtmi_place){"text", 0, 0}, "found %q, expected UTF-8", text);
    }
    mtmi_codelist_match(list, text, length, 0, &found);
    const mtm_codelist *codes = found.kind == MTM_MATCH_GROUP ? mtmi_codelist_get("country-group") : list;
    out->kind = (int32_t)found.kind;
    out->count = found.n_codes;
    for (int i = 0; i < found.n_codes && i < MTM_MATCH_CODES; i++) {
        out->codes[i] = mtm_codelist_code(codes, (size_t)found.codes[i]);
    }
    out->note = found.homoglyph ? "a word mixes Latin and Cyrillic letters of the same look" : NULL;
    return MTM_OK;
}
