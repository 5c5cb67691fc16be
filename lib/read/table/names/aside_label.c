/* Tells rows that are neither parts nor the total by their words: references, averages, plans, and totals with words that make
 * them the total of something else. Sources of the words: tables of statistical offices in Russian, Kazakh and English. */
#include "read/table/names/aside_label.h"

#include "base/text.h"
#include "codelist/match.h"
#include "period/period.h"

#include <string.h>

enum { LONGEST = 200 };

static int begins_with(const char *text, const char *const *words, size_t n_words) {
    for (size_t i = 0; i < n_words; i++) {
        if (strncmp(text, words[i], strlen(words[i])) == 0) {
            return 1;
        }
    }
    return 0;
}

static int has_word(const char *text, const char *const *words, size_t n_words) {
    for (size_t i = 0; i < n_words; i++) {
        if (strstr(text, words[i]) != NULL) {
            return 1;
        }
    }
    return 0;
}

/* The length of the word for a total that the text begins with, and the marks behind it; 0 for none. */
static size_t total_at_start(const char *text) {
    static const char *const words[] = {"всего", "итого", "total", "grand total", "барлығы", "жиыны"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const size_t n = strlen(words[i]);
        if (strncmp(text, words[i], n) == 0 && text[n] != '\0' && strchr(" ,:(", text[n]) != NULL) {
            return n + strspn(text + n, " ,:(");
        }
    }
    return 0;
}

static int is_sex_or_residence(const char *rest) {
    static const char *const lists[] = {"sex", "residence", "age-group"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        mtmi_label_match match;
        mtmi_codelist_match(mtmi_codelist_get(lists[i]), rest, strlen(rest), 0, &match);
        if (match.kind == MTM_MATCH_CODE) {
            return 1;
        }
    }
    return 0;
}

static int is_period(const char *rest) {
    static const char *const between[] = {"за ", "в ", "for ", "in "};
    mtmi_period_label label;
    for (size_t i = 0; i < sizeof between / sizeof *between; i++) {
        rest += strncmp(rest, between[i], strlen(between[i])) == 0 ? strlen(between[i]) : 0;
    }
    mtmi_period_read(rest, strlen(rest), 0, &label);
    return label.outcome == MTMI_PERIOD_OK;
}

int mtmi_label_is_aside(const char *text, size_t length) {
    static const char *const starts[] = {"справочно",
                                         "для справки",
                                         "в среднем",
                                         "среднее ",
                                         "в среднемесячно",
                                         "average",
                                         "mean ",
                                         "на план",
                                         "план на ",
                                         "plan for ",
                                         "for reference",
                                         "memo:",
                                         "memo item",
                                         "анықтама үшін",
                                         "общее количество стран",
                                         "количество стран",
                                         "число стран",
                                         "number of countries"};
    static const char *const other[] = {"без ",      "кроме ", "исключени", "without", "except",    "exclud",
                                        "%",         "семей",  "семьи",     "famil",   "household", "с детьми",
                                        "нарастающ", "детей",  "женщин",    "мужчин",  "women",     "children",
                                        "в среднем", "прошл",  "previous"};
    char normal[LONGEST];
    const size_t n = length > 0 ? mtmi_text_normalise(text, length, normal, sizeof normal) : 0;

    if (n == 0 || n >= sizeof normal) {
        return 0;
    }
    if (begins_with(normal, starts, sizeof starts / sizeof *starts)) {
        return 1;
    }
    const char *rest = normal + total_at_start(normal);
    return rest > normal &&
           (has_word(rest, other, sizeof other / sizeof *other) || is_sex_or_residence(rest) || is_period(rest));
}
