/* Finds words of titles that make less of what their other words count: "Внешняя миграция женщин", "Отказано во въезде", "IDPs in
 * camps only". No national figure is made of such a table by itself. Only the title that names what is counted is looked at for
 * parts and places: lines beside it name offices and their towns. */
#include "base/text.h"
#include "codelist/match.h"
#include "codelist/unit.h"
#include "period/words.h"
#include "read/subject/subject_words.h"

#include <mtm/codelist.h>

#include <string.h>

enum { LINE = 1024, PREFIX = 64, SHORTEST = 5, ENDING = 2 };

static int is_one_of(const char *text, const char *const *list, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (strcmp(text, list[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Concepts that such a word belongs to. */
static int is_meant(const char *what, const char *concept) {
    static const char *const of_foreigners[] = {"border-crossings", "residence-permits", "foreign-workers", "quota",
                                                "arrivals",         "migration"};
    if (strcmp(what, "foreign") == 0) {
        return is_one_of(concept, of_foreigners, sizeof of_foreigners / sizeof *of_foreigners);
    }
    return (strcmp(what, "own") == 0 && strcmp(concept, "citizens-abroad") == 0) ||
           (strcmp(what, "flows") == 0 && strcmp(concept, "internal-migration") == 0) ||
           (strcmp(what, "planned") == 0 && strcmp(concept, "quota") == 0) ||
           (strcmp(what, "needs") == 0 && strcmp(concept, "location-needs") == 0) ||
           (strcmp(what, "purpose") == 0 && strcmp(concept, "foreign-workers") == 0);
}

/* The other of two parts that are all together: "мужчин и женщин". */
static const char *other_half(const char *what) {
    static const char *const halves[][2] = {{"F", "M"}, {"urban", "rural"}, {"cis", "far"}};
    for (size_t i = 0; i < sizeof halves / sizeof *halves; i++) {
        for (int k = 0; k < 2; k++) {
            if (strcmp(halves[i][k], what) == 0) {
                return halves[i][1 - k];
            }
        }
    }
    return NULL;
}

/* Words of texts that limit what is counted, but for those that the concept means or that make a whole. */
static const char *find_words(const char *texts, mtmi_subject what, const char *concept) {
    for (size_t i = 0; i < mtmi_n_subject_words; i++) {
        const mtmi_subject_word *word = &mtmi_subject_words[i];
        const char *other = other_half(word->value);
        if (word->what == what && !is_meant(word->value, concept) && mtmi_subject_has(texts, word) &&
            (other == NULL || mtmi_subject_find(texts, what, other) == NULL)) {
            return word->word;
        }
    }
    return NULL;
}

/* Whether a word of the line begins as the name of a place does, whatever its ending: "Алматинской", "Узбекистана". */
static int names_place(const char *line, const char *name) {
    char plain[PREFIX];
    size_t n = mtmi_text_normalise(name, strlen(name), plain, sizeof plain);

    if (n >= sizeof plain || strchr(plain, ' ') != NULL || mtmi_text_characters(plain, n) < SHORTEST) {
        return 0;
    }
    for (int cut = 0; cut < ENDING && mtmi_text_characters(plain, n) > SHORTEST; cut++) {
        n--;
        while (((unsigned char)plain[n] & 0xC0) == 0x80) {
            n--;
        }
    }
    plain[n] = '\0';
    for (const char *at = line; (at = strstr(at, plain)) != NULL; at += n) {
        if (at == line || strchr(" -(\"'", at[-1]) != NULL) {
            return 1;
        }
    }
    return 0;
}

/* A region, or a country that is not reported on. */
static const char *find_place(const char *line, const char *country) {
    static const char *const lists[] = {"region-kz", "country"};
    for (size_t l = 0; l < sizeof lists / sizeof *lists; l++) {
        const mtm_codelist *list = mtmi_codelist_get(lists[l]);
        const char *code;
        for (size_t i = 0; (code = mtm_codelist_code(list, i)) != NULL; i++) {
            if (l == 1 && (country == NULL || strcmp(code, country) == 0)) {
                continue;
            }
            for (int language = MTM_LANGUAGE_EN; language <= MTM_LANGUAGE_KK; language++) {
                const char *label = mtm_codelist_label(list, i, (mtm_language)language);
                if (label != NULL && names_place(line, label)) {
                    return label;
                }
            }
        }
    }
    return NULL;
}

/* ---- words that nobody accounts for ---- */

static int is_letter(char c) {
    return (unsigned char)c >= 0x80 || (c >= 'a' && c <= 'z');
}

/* Marks the bytes of words that say what is counted, "миграци" of "миграция", and of those that were looked at before. */
static void mark_subject(const char *line, char *marks) {
    for (size_t i = 0; i < mtmi_n_subject_words; i++) {
        const mtmi_subject_word *word = &mtmi_subject_words[i];
        const size_t n = strlen(word->word);
        for (const char *at = line; word->what != MTMI_SUBJECT_NEUTRAL && (at = strstr(at, word->word)) != NULL;
             at += n) {
            if (mtmi_subject_counts_at(word, line, at)) {
                memset(marks + (at - line), 1, n);
            }
        }
    }
}

static int is_neutral(const char *text, size_t n) {
    for (size_t i = 0; i < mtmi_n_subject_words; i++) {
        const mtmi_subject_word *word = &mtmi_subject_words[i];
        const size_t length = strlen(word->word);
        if (word->what == MTMI_SUBJECT_NEUTRAL && (word->whole ? length == n : length <= n) &&
            memcmp(text, word->word, length) == 0) {
            return 1;
        }
    }
    return 0;
}

/* The country reported on, whatever the ending; any country where none is said. */
static int is_home(const char *token, const char *country) {
    const mtm_codelist *list = mtmi_codelist_get("country");
    const char *code;
    mtmi_label_match match;
    mtmi_codelist_match(list, token, strlen(token), 0, &match); /* also "Haïti", as other languages have it */
    if (match.kind == MTM_MATCH_CODE && country != NULL &&
        strcmp(mtm_codelist_code(list, (size_t)match.codes[0]), country) == 0) {
        return 1;
    }
    for (size_t i = 0; (code = mtm_codelist_code(list, i)) != NULL; i++) {
        if (country != NULL && strcmp(code, country) != 0) {
            continue;
        }
        for (int language = MTM_LANGUAGE_EN; language <= MTM_LANGUAGE_KK; language++) {
            const char *label = mtm_codelist_label(list, i, (mtm_language)language);
            if (label != NULL && names_place(token, label)) {
                return 1;
            }
        }
    }
    return 0;
}

/* Families are no persons: where displaced people are counted, both are told apart. */
static int is_unit_of(const mtmi_unit *unit, const char *concept) {
    return unit->unit == NULL || strcmp(unit->unit, "households") != 0 || strncmp(concept, "displacement", 12) == 0 ||
           strcmp(concept, "location-needs") == 0;
}

static int is_accounted(const char *token, size_t n, const char *country, const char *concept) {
    char text[PREFIX];
    mtmi_unit unit;
    if (n >= sizeof text) {
        return 0;
    }
    memcpy(text, token, n);
    text[n] = '\0';
    return is_neutral(text, n) || mtmi_period_word_find(text, n).class != MTMI_WORD_UNKNOWN ||
           (mtmi_unit_read(text, n, &unit) && is_unit_of(&unit, concept)) || is_home(text, country);
}

/* "США" of "долларов США": a unit in two words. */
static int is_end_of_unit(const char *line, size_t at, size_t end) {
    size_t from = at;
    mtmi_unit unit;
    while (from > 0 && !is_letter(line[from - 1])) {
        from--;
    }
    while (from > 0 && is_letter(line[from - 1])) {
        from--;
    }
    return from < at && mtmi_unit_read(line + from, end - from, &unit);
}

/* The first word of a title that neither says what is counted nor changes nothing. */
static const char *find_unknown(const char *line, const char *country, const char *concept,
                                char out[MTMI_SUBJECT_LIMIT_SIZE]) {
    char marks[LINE] = {0};
    mark_subject(line, marks);
    for (size_t at = 0; line[at] != '\0';) {
        size_t end = at;
        int marked = 0;
        while (is_letter(line[end])) {
            marked |= marks[end];
            end++;
        }
        if (end > at && !marked && !is_accounted(line + at, end - at, country, concept) &&
            !is_end_of_unit(line, at, end)) {
            const size_t n = end - at < MTMI_SUBJECT_LIMIT_SIZE - 1 ? end - at : MTMI_SUBJECT_LIMIT_SIZE - 1;
            memcpy(out, line + at, mtmi_text_valid(line + at, n));
            out[mtmi_text_valid(line + at, n)] = '\0';
            return out;
        }
        at = end > at ? end : at + 1;
    }
    return NULL;
}

/* ---- all of it ---- */

static int names_subject(const char *line) {
    return mtmi_subject_find(line, MTMI_SUBJECT_CONCEPT, NULL) != NULL ||
           mtmi_subject_find(line, MTMI_SUBJECT_DIRECTION, NULL) != NULL ||
           mtmi_subject_find(line, MTMI_SUBJECT_MENTION, "migrants") != NULL;
}

/* The next line of titles; 0 at their end. */
static int next_line(const char **titles, char line[LINE]) {
    const size_t n = strcspn(*titles, "\n");
    if (**titles == '\0') {
        return 0;
    }
    memcpy(line, *titles, n < LINE ? n : 0);
    line[n < LINE ? n : 0] = '\0';
    *titles += n + ((*titles)[n] == '\n');
    return 1;
}

/* A second line that narrows the first: "(женщины)", "без учета беженцев", "г. Алматы". Offices and imprints have years or more
 * words. */
static const char *find_narrowing(const char *line, const char *concept, const char *country) {
    size_t words = 0;
    int digits = 0;
    for (const char *at = line; *at != '\0'; at++) {
        words += is_letter(*at) && (at == line || !is_letter(at[-1]));
        digits |= *at >= '0' && *at <= '9';
    }
    const char *found = find_words(line, MTMI_SUBJECT_PART, concept);
    return found != NULL || digits || words > 2 ? found : find_place(line, country);
}

const char *mtmi_subject_column_limit(const char *name, const char *concept, const char *country,
                                      char out[MTMI_SUBJECT_LIMIT_SIZE]) {
    static const char *const changes[] = {"прирост", "change", "growth", "өсім"};
    static const char *const counts[] = {"количество", "число", "number of"}, *const money[] = {"remittances",
                                                                                                "money-transfers",
                                                                                                "transfers"};
    const char *found = find_words(name, MTMI_SUBJECT_LIMIT, concept);
    found = found == NULL ? find_words(name, MTMI_SUBJECT_PART, concept) : found;
    if (found == NULL && strcmp(concept, "foreign-workers") == 0) {
        const mtmi_subject_word *given = mtmi_subject_find(name, MTMI_SUBJECT_PERMIT_KIND, "flow");
        found = given != NULL ? given->word : NULL; /* below a title of those in force */
    }
    for (size_t i = 0; found == NULL && i < sizeof counts / sizeof *counts; i++) {
        const char *at = strstr(name, counts[i]); /* "Количество" alone may head an amount */
        const int is_count =
            at != NULL && at[strlen(counts[i])] == ' ' && is_one_of(concept, money, sizeof money / sizeof *money);
        found = is_count ? counts[i] : NULL;
    }
    for (size_t i = 0; found == NULL && strcmp(concept, "population") == 0 && i < sizeof changes / sizeof *changes;
         i++) {
        found = strstr(name, changes[i]) != NULL ? changes[i] : NULL;
    }
    const size_t line = strcspn(name, "\n");
    const int says_nothing = mtmi_text_characters(name, line) < 3; /* "n", "t" */
    return found == NULL && !says_nothing ? find_unknown(name, country, concept, out) : found;
}

const char *mtmi_subject_denial(const char *titles, const char *concept) {
    return find_words(titles, MTMI_SUBJECT_LIMIT, concept);
}

const char *mtmi_subject_limit(const char *titles, const char *all, const char *concept, const char *country,
                               char out[MTMI_SUBJECT_LIMIT_SIZE]) {
    char line[LINE];
    const char *found = find_words(all, MTMI_SUBJECT_LIMIT, concept);
    int named = 0;

    for (const char *rest = titles; found == NULL && next_line(&rest, line);) {
        if (names_subject(line)) {
            named = 1;
            found = find_words(line, MTMI_SUBJECT_PART, concept);
            found = found == NULL ? find_place(line, country) : found;
            found = found == NULL ? find_unknown(line, country, concept, out) : found;
        } else if (named) {
            found = find_narrowing(line, concept, country);
        }
    }
    for (const char *rest = titles; found == NULL && !named && next_line(&rest, line);) {
        found = find_words(line, MTMI_SUBJECT_PART, concept);
        found = found == NULL ? find_place(line, country) : found;
    }
    return found;
}
