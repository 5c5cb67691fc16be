/* Writes the tables of words while the library is built: memberships, phrases, units, magnitudes. Words are normalised
 * as the library normalises what it looks up; a word with two meanings fails the build. Not part of the library. */
#include "codelist/generate_words.h"

#include "base/text.h"
#include "codelist/unit.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_WORDS = 2048, WORD_SIZE = 96, MAX_DATED = 512, CODE_SIZE = 32 };

/* A row of codes with days: of a membership or a succession. */
typedef struct dated {
    char text[3][CODE_SIZE];
    int32_t from, until;
} dated;

static dated rows[MAX_DATED];

/* Copies the first n cells to the row of this number. */
static void take_codes(const char *path, char **columns, int n, size_t row) {
    if (row == MAX_DATED) {
        fail(path, "too many rows", columns[0]);
    }
    for (int i = 0; i < n; i++) {
        if (strlen(columns[i]) >= CODE_SIZE) {
            fail(path, "too long a code", columns[i]);
        }
        strcpy(rows[row].text[i], columns[i]);
    }
}

/* By country, then group: the library searches the country by halves. */
static int by_country(const void *a, const void *b) {
    const dated *left = a, *right = b;
    int order = strcmp(left->text[1], right->text[1]);
    order = order != 0 ? order : strcmp(left->text[0], right->text[0]);
    return order != 0 ? order : (left->from > right->from) - (left->from < right->from);
}

/* By the day of the change: the library looks at those of some days only. */
static int by_day(const void *a, const void *b) {
    const dated *left = a, *right = b;
    return left->from != right->from ? (left->from > right->from) - (left->from < right->from)
                                     : strcmp(left->text[1], right->text[1]);
}

void write_memberships(const char *path) {
    char *columns[MAX_COLUMNS];
    FILE *file = open_rows(path);
    size_t n = 0;
    for (; next_row(file, columns) == 4; n++) {
        take_codes(path, columns, 2, n);
        rows[n].from = day_of(columns[2], INT32_MIN);
        rows[n].until = day_of(columns[3], INT32_MAX);
    }
    fclose(file);
    qsort(rows, n, sizeof *rows, by_country);
    printf("const mtmi_membership mtmi_memberships[] = {\n");
    for (size_t i = 0; i < n; i++) {
        printf("    {\"%s\", \"%s\", ", rows[i].text[0], rows[i].text[1]);
        put_day(rows[i].from);
        printf(", ");
        put_day(rows[i].until);
        printf("},\n");
    }
    printf("};\nconst size_t mtmi_n_memberships = %zu;\n", n);
}

/* A code has one predecessor: the last line's would be another's. */
void write_territories(const char *path) {
    char *columns[MAX_COLUMNS];
    FILE *file = open_rows(path);
    size_t n = 0;
    for (int cells; (cells = next_row(file, columns)) > 0; n++) {
        if (cells != 4) {
            fail(path, "expected 4 cells: list, code, part of before, from", columns[0]);
        }
        take_codes(path, columns, 3, n);
        rows[n].from = day_of(columns[3], INT32_MIN);
        for (size_t i = 0; i < n; i++) {
            if (strcmp(rows[i].text[1], columns[1]) == 0) {
                fail(path, "a code with two predecessors", columns[1]);
            }
        }
    }
    fclose(file);
    qsort(rows, n, sizeof *rows, by_day);
    printf("const mtmi_succession mtmi_successions[] = {\n");
    for (size_t i = 0; i < n; i++) {
        printf("    {\"%s\", \"%s\", \"%s\", ", rows[i].text[0], rows[i].text[1], rows[i].text[2]);
        put_day(rows[i].from);
        printf("},\n");
    }
    printf("};\nconst size_t mtmi_n_successions = %zu;\n", n);
}

/* A word with the text of what it means, as C. */
typedef struct word {
    char text[WORD_SIZE], meaning[160];
} word;

static word words[MAX_WORDS];
static size_t n_words;

static int by_length(const void *a, const void *b) {
    size_t left = strlen(((const word *)a)->text), right = strlen(((const word *)b)->text);
    return left != right ? (left < right) - (left > right) : strcmp(((const word *)a)->text, ((const word *)b)->text);
}

/* The words of one kind, the longest first. */
static void write_kind(const char *path, const char *kind, const char *name) {
    char *columns[MAX_COLUMNS];
    FILE *file = open_rows(path);
    int n;
    while ((n = next_row(file, columns)) > 0) {
        for (int i = 2; i < n && strcmp(columns[0], kind) == 0; i++) {
            if (n_words == MAX_WORDS ||
                mtmi_text_normalise(columns[i], strlen(columns[i]), words[n_words].text, WORD_SIZE) >= WORD_SIZE) {
                fail(path, "cannot be normalised, or too many words", columns[i]);
            }
            n_words++;
        }
    }
    fclose(file);
    qsort(words, n_words, sizeof *words, by_length);
    printf("const char *const mtmi_%s[] = {\n", name);
    for (size_t i = 0; i < n_words; i++) {
        printf("    ");
        put_text(words[i].text);
        printf(",\n");
    }
    printf("};\nconst size_t mtmi_n_%s = %zu;\n", name, n_words);
    n_words = 0;
}

void write_phrases(const char *path) {
    write_kind(path, "of-which", "of_which");
    write_kind(path, "total-of", "total_of");
    write_kind(path, "between", "between");
    write_kind(path, "aggregate", "aggregates");
    write_kind(path, "balance", "balance");
    write_kind(path, "legend-zero", "legend_zero");
    write_kind(path, "legend-missing", "legend_missing");
    write_kind(path, "legend-hidden", "legend_hidden");
    write_kind(path, "remark", "remarks");
    write_kind(path, "measure", "measures");
    write_kind(path, "place", "places");
    write_kind(path, "internal", "internal_moves");
    write_kind(path, "provisional", "provisional");
}

static void add_words(const char *path, char *list, const char *meaning) {
    for (char *at = NULL; (at = next_part(&list, '|')) != NULL;) {
        word *last = &words[n_words];
        if (at[0] == '\0') {
            continue;
        }
        if (n_words == MAX_WORDS || mtmi_unit_normalise(at, strlen(at), last->text, WORD_SIZE) == 0) {
            fail(path, "cannot be normalised, or too many words", at);
        }
        for (size_t i = 0; i < n_words; i++) {
            if (strcmp(words[i].text, last->text) == 0 && strcmp(words[i].meaning, meaning) != 0) {
                fail(path, "one word with two meanings", at);
            }
            if (strcmp(words[i].text, last->text) == 0) {
                last = NULL;
                break;
            }
        }
        if (last != NULL) {
            snprintf(last->meaning, sizeof last->meaning, "%s", meaning);
            n_words++;
        }
    }
}

static int by_text(const void *a, const void *b) {
    return strcmp(((const word *)a)->text, ((const word *)b)->text);
}

static void write_sorted(const char *type, const char *name) {
    qsort(words, n_words, sizeof *words, by_text);
    printf("const %s mtmi_%s[] = {\n", type, name);
    for (size_t i = 0; i < n_words; i++) {
        printf("    {");
        put_text(words[i].text);
        printf(", %s},\n", words[i].meaning);
    }
    printf("};\nconst size_t mtmi_n_%s = %zu;\n", name, n_words);
    n_words = 0;
}

/* unit, quantity, words, words that mean the unit only where nothing else stands. */
void write_units(const char *path) {
    char *columns[MAX_COLUMNS], meaning[160];
    FILE *file = open_rows(path);
    int n;
    while ((n = next_row(file, columns)) > 0) {
        for (int alone = 0; alone < 2; alone++) {
            snprintf(meaning, sizeof meaning, "\"%s\", \"%s\", %d", columns[0], n > 1 ? columns[1] : "", alone);
            if (n != 4 || strlen(columns[0]) + strlen(columns[1]) > 100) {
                fail(path, "expected unit, quantity, words, words that stand alone", columns[0]);
            }
            add_words(path, columns[2 + alone], meaning);
        }
    }
    fclose(file);
    write_sorted("mtmi_unit_word", "unit_words");
}

/* power of ten, words, words that mean it only beside a unit and nothing else. */
void write_magnitudes(const char *path) {
    char *columns[MAX_COLUMNS], meaning[160];
    FILE *file = open_rows(path);
    int n;
    while ((n = next_row(file, columns)) > 0) {
        for (int alone = 0; alone < 2; alone++) {
            if (n != 3 || atoi(columns[0]) < 1 || atoi(columns[0]) > 18) {
                fail(path, "expected power, words, words that stand alone", columns[0]);
            }
            snprintf(meaning, sizeof meaning, "%d, %d", atoi(columns[0]), alone);
            add_words(path, columns[1 + alone], meaning);
        }
    }
    fclose(file);
    write_sorted("mtmi_magnitude_word", "magnitude_words");
}
