/* Units and powers of ten in words, by the tables made of unit.tsv and magnitude.tsv. A word means one thing or nothing:
 * a text that names two units or two powers says neither. */
#include "codelist/unit.h"

#include "base/text.h"
#include "codelist/tables.h"

#include <string.h>

enum { WORDS_OF_PHRASE = 3 };

/* Compares a table's text with a slice. */
static int compare_word(const char *text, const char *slice, size_t n) {
    int order = strncmp(text, slice, n);
    return order != 0 ? order : text[n] != '\0';
}

/* Of a sorted table whose entries begin with their text. */
static const void *find_word(const void *table, size_t n_entries, size_t size, const char *slice, size_t n) {
    size_t low = 0, high = n_entries;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const void *entry = (const char *)table + middle * size;
        int order = compare_word(*(const char *const *)entry, slice, n);
        if (order == 0) {
            return entry;
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return NULL;
}

static const mtmi_unit_word *find_unit(const char *slice, size_t n) {
    return find_word(mtmi_unit_words, mtmi_n_unit_words, sizeof *mtmi_unit_words, slice, n);
}

static const mtmi_magnitude_word *find_magnitude(const char *slice, size_t n) {
    return find_word(mtmi_magnitude_words, mtmi_n_magnitude_words, sizeof *mtmi_magnitude_words, slice, n);
}

/* The longest phrase of the table at text: its bytes, 0 for none. One of *unit and *magnitude is set. */
static size_t read_phrase(const char *text, const mtmi_unit_word **unit, const mtmi_magnitude_word **magnitude) {
    size_t ends[WORDS_OF_PHRASE], n = 0;

    for (size_t at = 0; n < WORDS_OF_PHRASE; at++) {
        at += strcspn(text + at, " ");
        ends[n++] = at;
        if (text[at] == '\0') {
            break;
        }
    }
    for (; n > 0; n--) {
        *unit = find_unit(text, ends[n - 1]);
        *magnitude = *unit == NULL ? find_magnitude(text, ends[n - 1]) : NULL;
        if (*unit != NULL || *magnitude != NULL) {
            return ends[n - 1];
        }
    }
    return 0;
}

/* 0 when the text names a second unit or power. */
static int take_word(mtmi_unit *out, const mtmi_unit_word *unit, const mtmi_magnitude_word *magnitude) {
    if (unit != NULL) {
        int same = out->unit == NULL || strcmp(out->unit, unit->unit) == 0;
        out->unit = unit->unit;
        out->quantity = unit->quantity;
        return same;
    }
    if (out->has_power && out->power != magnitude->power) {
        return 0;
    }
    out->has_power = 1;
    out->power = magnitude->power;
    return 1;
}

/* Words that stand between or before the others. */
static size_t skip_between(const char *text) {
    for (size_t i = 0; i < mtmi_n_between; i++) {
        size_t n = strlen(mtmi_between[i]);
        if (strncmp(text, mtmi_between[i], n) == 0 && text[n] == ' ') {
            return n + 1;
        }
    }
    return 0;
}

/* "1000 persons", "1 000 persons": a unit of a thousand. The bytes of the number, 0 for none. */
static size_t take_thousand(const char *normal, mtmi_unit *out) {
    static const char *const forms[] = {"1000 ", "1 000 ", "000 "};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const size_t n = strlen(forms[i]);
        if (strncmp(normal, forms[i], n) == 0) {
            out->has_power = 1;
            out->power = 3;
            return n;
        }
    }
    return 0;
}

int mtmi_unit_read(const char *text, size_t length, mtmi_unit *out) {
    char normal[MTMI_UNIT_TEXT];
    size_t n = mtmi_unit_normalise(text, length, normal, sizeof normal), at = 0;

    memset(out, 0, sizeof *out);
    at = n > 0 ? take_thousand(normal, out) : 0;
    const int needs_unit = at > 0;
    while (at < n) {
        const mtmi_unit_word *unit = NULL;
        const mtmi_magnitude_word *magnitude = NULL;
        size_t size = read_phrase(normal + at, &unit, &magnitude);
        if (size == 0) {
            size = skip_between(normal + at);
            if (size == 0) {
                memset(out, 0, sizeof *out);
                return 0;
            }
            at += size;
            continue;
        }
        if (!take_word(out, unit, magnitude)) {
            memset(out, 0, sizeof *out);
            return 0;
        }
        at += size + (normal[at + size] == ' ');
    }
    if (needs_unit && out->unit == NULL) {
        memset(out, 0, sizeof *out);
    }
    return out->unit != NULL || out->has_power;
}

static int is_number(const char *word, size_t n) {
    return n > 0 && word[n - 1] >= '0' && word[n - 1] <= '9';
}

static int has_power(const char *normal, size_t n) {
    for (size_t at = 0; at < n;) {
        const mtmi_unit_word *unit = NULL;
        const mtmi_magnitude_word *magnitude = NULL;
        size_t size = read_phrase(normal + at, &unit, &magnitude);
        if (magnitude != NULL && !magnitude->alone) {
            return 1;
        }
        size = size > 0 ? size : strcspn(normal + at, " ");
        at += size + (normal[at + size] == ' ');
    }
    return 0;
}

/* Whether a word is the code of its currency: "usd". "Try" begins other sentences. */
static int is_code(const mtmi_unit_word *unit, const char *word, size_t n) {
    size_t i = 0;
    while (i < n && unit->unit[i] != '\0' && (unit->unit[i] | 0x20) == word[i]) {
        i++;
    }
    return i == n && unit->unit[i] == '\0' && strcmp(unit->unit, "TRY") != 0;
}

/* "Remittances USD", "sum in tenge", "USD remittances": money at the end of a text, or its code in front. "Euro area" is
 * none. */
static int is_money_at_end(const mtmi_unit_word *unit, const char *normal, size_t at, size_t size, size_t n) {
    return strcmp(unit->quantity, "money") == 0 && (at + size == n || (at == 0 && is_code(unit, normal, size)));
}

/* One stretch of a text between commas and parentheses. */
static void find_in_stretch(const char *text, size_t length, int apart, mtmi_unit *out) {
    char normal[MTMI_UNIT_TEXT];
    size_t n = mtmi_unit_normalise(text, length, normal, sizeof normal), at = 0;
    int after_number = 0;
    const int with_power = out->has_power || has_power(normal, n);

    while (at < n) {
        const mtmi_unit_word *unit = NULL;
        const mtmi_magnitude_word *magnitude = NULL;
        size_t size = read_phrase(normal + at, &unit, &magnitude);
        int is_alone = (unit != NULL && unit->alone) || (magnitude != NULL && magnitude->alone);
        int counts = size > 0 && !is_alone &&
                     (unit != NULL ? apart || out->has_power || is_money_at_end(unit, normal, at, size, n) ||
                                         (with_power && strcmp(unit->quantity, "money") == 0)
                                   : !after_number); /* "5 million people" is no unit */
        if (counts && (unit == NULL || out->unit == NULL) && (magnitude == NULL || !out->has_power)) {
            (void)take_word(out, unit, magnitude);
        }
        size = size > 0 ? size : strcspn(normal + at, " ");
        after_number = is_number(normal + at, size);
        at += size + (normal[at + size] == ' ');
    }
}

/* "1000 persons" alone in its stretch; never the rate "per 1000 persons". */
static int is_thousands(const char *text, size_t length, mtmi_unit *out) {
    char normal[MTMI_UNIT_TEXT];
    mtmi_unit whole;
    if (out->has_power || out->unit != NULL || mtmi_unit_normalise(text, length, normal, sizeof normal) == 0 ||
        take_thousand(normal, &whole) == 0 || !mtmi_unit_read(text, length, &whole)) {
        return 0;
    }
    *out = whole;
    return 1;
}

/* A comma, semicolon, colon or parenthesis that parts what is counted from its unit: its bytes, 0 for none. Those of Chinese
 * are as wide as a letter. */
static size_t separator(const char *text, size_t length, int *opens) {
    static const struct {
        const char *text;
        int opens;
    } signs[] = {{",", 1},  {";", 1},  {"(", 1},  {")", 0},  {"（", 1},
                 {"）", 0}, {"，", 1}, {"；", 1}, {"：", 1}, {"、", 1}};

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t n = strlen(signs[i].text);
        if (n <= length && memcmp(text, signs[i].text, n) == 0) {
            *opens = signs[i].opens;
            return n;
        }
    }
    return 0;
}

int mtmi_unit_find(const char *text, size_t length, mtmi_unit *out) {
    int apart = 0, opens = 0;

    memset(out, 0, sizeof *out);
    for (size_t at = 0; at < length;) {
        size_t end = at, sign = 0;
        while (end < length && (sign = separator(text + end, length - end, &opens)) == 0) {
            end++;
        }
        if (!is_thousands(text + at, end - at, out)) {
            find_in_stretch(text + at, end - at, apart, out);
        }
        apart |= end < length && opens;
        at = end + (sign > 0 ? sign : 1);
    }
    return out->unit != NULL || out->has_power;
}

size_t mtmi_unit_cut(const char *name, size_t length) {
    mtmi_unit unit;

    for (size_t at = length; at > 1; at--) {
        const int wide = at > 3 && memcmp(name + at - 3, "（", 3) == 0;
        if (name[at - 1] == ',' || name[at - 1] == '(' || wide) {
            int found = mtmi_unit_read(name + at, length - at, &unit) &&
                        (unit.quantity == NULL || strcmp(unit.quantity, "ratio") != 0);
            for (at -= wide ? 3 : 1; found && at > 1 && name[at - 1] == ' ';) {
                at--;
            }
            return found ? at : length;
        }
    }
    return length;
}

int mtmi_magnitude_read(const char *word, size_t length) {
    char normal[64];
    size_t n = mtmi_unit_normalise(word, length, normal, sizeof normal);
    const mtmi_magnitude_word *found = n > 0 ? find_magnitude(normal, n) : NULL;
    return found != NULL && !found->alone ? found->power : 0;
}

const char *mtmi_unit_quantity(const char *unit) {
    for (size_t i = 0; unit != NULL && i < mtmi_n_unit_words; i++) {
        if (strcmp(mtmi_unit_words[i].unit, unit) == 0) {
            return mtmi_unit_words[i].quantity;
        }
    }
    return NULL;
}

int mtmi_unit_same(const char *a, const char *b) {
    const char *quantity_a = mtmi_unit_quantity(a), *quantity_b = mtmi_unit_quantity(b);
    if (a == NULL || b == NULL || strcmp(a, b) == 0) {
        return 1;
    }
    return quantity_a != NULL && quantity_b != NULL && strcmp(quantity_a, quantity_b) == 0 &&
           (strcmp(a, "units") == 0 || strcmp(b, "units") == 0);
}
