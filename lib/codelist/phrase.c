/* Finds the phrases of words.tsv, by their kind, in normalised texts: whole texts, or how they begin or end. Nothing
 * is guessed: a phrase that is not in the table is none. */
#include "codelist/match.h"
#include "codelist/tables.h"

#include <string.h>

static const char *const *phrases(mtmi_phrase kind, size_t *n) {
    switch (kind) {
    case MTMI_PHRASE_ZERO: *n = mtmi_n_legend_zero; return mtmi_legend_zero;
    case MTMI_PHRASE_MISSING: *n = mtmi_n_legend_missing; return mtmi_legend_missing;
    case MTMI_PHRASE_HIDDEN: *n = mtmi_n_legend_hidden; return mtmi_legend_hidden;
    case MTMI_PHRASE_REMARK: *n = mtmi_n_remarks; return mtmi_remarks;
    case MTMI_PHRASE_MEASURE: *n = mtmi_n_measures; return mtmi_measures;
    case MTMI_PHRASE_PLACE: *n = mtmi_n_places; return mtmi_places;
    case MTMI_PHRASE_INTERNAL: *n = mtmi_n_internal_moves; return mtmi_internal_moves;
    case MTMI_PHRASE_PROVISIONAL: *n = mtmi_n_provisional; return mtmi_provisional;
    case MTMI_PHRASE_OF_WHICH: break;
    }
    *n = mtmi_n_of_which;
    return mtmi_of_which;
}

int mtmi_phrase_begins(mtmi_phrase kind, const char *text) {
    size_t n;
    const char *const *list = phrases(kind, &n);

    for (size_t i = 0; i < n; i++) {
        if (strncmp(text, list[i], strlen(list[i])) == 0) {
            return 1;
        }
    }
    return 0;
}

int mtmi_phrase_is(mtmi_phrase kind, const char *text) {
    size_t n;
    const char *const *list = phrases(kind, &n);

    for (size_t i = 0; i < n; i++) {
        if (strcmp(text, list[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

int mtmi_phrase_within(mtmi_phrase kind, const char *text) {
    int begins = 1;

    for (; *text != '\0'; text++) {
        if (begins && mtmi_phrase_begins(kind, text)) {
            return 1;
        }
        begins = strchr(" -_,(/'\":;", *text) != NULL;
    }
    return 0;
}
