/* Suggests the known word nearest to a mistyped one, by the Damerau-Levenshtein distance. A third of the letters may
 * differ, no more. */
#include "suggest.h"

#include "message.h"

#include <stdio.h>
#include <string.h>

enum { LONGEST = 63 };

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

/* Letters to change, add, take away, or exchange with their neighbour. */
static size_t distance(const char *a, const char *b) {
    size_t rows[3][LONGEST + 1], n = strlen(a), m = strlen(b);
    if (n > LONGEST || m > LONGEST) {
        return LONGEST;
    }
    for (size_t j = 0; j <= m; j++) {
        rows[0][j] = j;
    }
    for (size_t i = 1; i <= n; i++) {
        size_t *now = rows[i % 3], *above = rows[(i - 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= m; j++) {
            now[j] = least(above[j - 1] + (a[i - 1] != b[j - 1]), least(above[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                now[j] = least(now[j], rows[(i - 2) % 3][j - 2] + 1);
            }
        }
    }
    return rows[n % 3][m];
}

const char *suggest_near(const char *word, const char *const *known, size_t n_known) {
    const char *nearest = NULL;
    size_t length = strlen(word), best = (length + 2) / 3;
    for (size_t i = 0; i < n_known; i++) {
        size_t away = distance(word, known[i]);
        int begins = length > 3 && strncmp(word, known[i], length) == 0;
        if (away < best + (nearest == NULL) || (begins && nearest == NULL)) {
            nearest = known[i];
            best = least(away, best);
        }
    }
    return nearest;
}

int suggest_complain(const struct command *command, const char *what, const char *word, const char *const *known,
                     size_t n_known) {
    const char *near = suggest_near(word, known, n_known);
    if (near != NULL) {
        complain("unknown %s \"%.40s\"; did you mean %s?", what, word, near);
        return EXIT_USAGE;
    }
    return complain_usage(command, "unknown %s \"%.40s\"", what, word);
}

int suggest_words(const struct command *command, const char *what, const char *word, const char *words) {
    char copy[512], expected[640] = "";
    const char *known[64] = {NULL};
    size_t n = 0;
    snprintf(copy, sizeof copy, "%s", words);
    for (char *at = strtok(copy, " "); at != NULL && n < sizeof known / sizeof *known; at = strtok(NULL, " ")) {
        known[n++] = at;
    }
    const char *near = suggest_near(word, known, n);
    for (size_t i = 0, length = 0; i < n; i++) {
        int wrote = snprintf(expected + length, sizeof expected - length, "%s%s",
                             i == 0      ? ""
                             : i + 1 < n ? ", "
                                         : " or ",
                             known[i]);
        length += wrote > 0 ? (size_t)wrote : 0;
    }
    if (near != NULL) {
        complain("unknown %s \"%.40s\"; did you mean %s? Expected %s", what, word, near, expected);
        return EXIT_USAGE;
    }
    return complain_usage(command, "unknown %s \"%.40s\"; expected %s", what, word, expected);
}
