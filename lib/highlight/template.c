/* Splits the texts and conditions of highlights (docs/highlights.md) into bytes to print and places to fill. A place is
 * "{name.fact}", or "{name:one|few|many}" for a noun in the form that the number takes. Nothing is allocated. */
#include "highlight/template.h"

#include <string.h>

typedef struct fact_name {
    const char *name;
    mtmi_fact fact;
} fact_name;

/* clang-format off */
static const fact_name facts[] = {
    {"value", MTMI_FACT_VALUE}, {"amount", MTMI_FACT_AMOUNT}, {"exact", MTMI_FACT_EXACT},
    {"changes", MTMI_FACT_CHANGES}, {"note", MTMI_FACT_NOTE}, {"when", MTMI_FACT_WHEN},
    {"period", MTMI_FACT_PERIOD}, {"up", MTMI_FACT_UP}, {"down", MTMI_FACT_DOWN}, {"dated", MTMI_FACT_DATED},
    {"list", MTMI_FACT_LIST}, {"names", MTMI_FACT_NAMES}, {"share", MTMI_FACT_SHARE}, {"count", MTMI_FACT_COUNT},
    {"one", MTMI_FACT_ONE}, {"majority", MTMI_FACT_MAJORITY}, {"given", MTMI_FACT_GIVEN}, {"all", MTMI_FACT_ALL},
};
/* clang-format on */

int mtmi_fact_is_of_rows(mtmi_fact fact) {
    return fact >= MTMI_FACT_LIST;
}

int mtmi_fact_is_condition(mtmi_fact fact) {
    return fact == MTMI_FACT_UP || fact == MTMI_FACT_DOWN || fact == MTMI_FACT_DATED || fact >= MTMI_FACT_ONE;
}

/* The name before a dot, and the fact after it. 0 for a fact that is not known. */
static int split_name(const char *text, size_t length, mtmi_place_holder *out) {
    const char *dot = memchr(text, '.', length);
    size_t name = dot != NULL ? (size_t)(dot - text) : length;
    if (name == 0 || name >= sizeof out->name) {
        return 0;
    }
    memcpy(out->name, text, name);
    out->name[name] = '\0';
    out->fact = MTMI_FACT_NONE;
    for (size_t i = 0; dot != NULL && i < sizeof facts / sizeof *facts; i++) {
        if (strlen(facts[i].name) == length - name - 1 && memcmp(dot + 1, facts[i].name, length - name - 1) == 0) {
            out->fact = facts[i].fact;
        }
    }
    return dot == NULL || out->fact != MTMI_FACT_NONE;
}

/* "one|few|many" after the colon. */
static int split_forms(const char *text, size_t length, mtmi_place_holder *out) {
    for (const char *end = text + length; out->n_forms < MTMI_TEMPLATE_FORMS;) {
        const char *bar = memchr(text, '|', (size_t)(end - text));
        out->forms[out->n_forms] = text;
        out->lengths[out->n_forms++] = (size_t)((bar != NULL ? bar : end) - text);
        if (bar == NULL) {
            return out->n_forms >= 2;
        }
        text = bar + 1;
    }
    return 0;
}

static int parse_place(const char *text, size_t length, mtmi_place_holder *out) {
    const char *colon = memchr(text, ':', length);
    memset(out, 0, sizeof *out);
    if (colon == NULL) {
        return split_name(text, length, out) && !mtmi_fact_is_condition(out->fact);
    }
    size_t name = (size_t)(colon - text);
    return split_name(text, name, out) && out->fact == MTMI_FACT_NONE && split_forms(colon + 1, length - name - 1, out);
}

int mtmi_template_next(const char **text, const char **literal, size_t *length, mtmi_place_holder *out) {
    const char *open = strchr(*text, '{'), *close = open != NULL ? strchr(open, '}') : NULL;
    *literal = *text;
    if (**text == '\0') {
        return 0;
    }
    if (open == NULL) {
        *length = strlen(*text);
        *text += *length;
        return 2;
    }
    *length = (size_t)(open - *text);
    if (close == NULL || !parse_place(open + 1, (size_t)(close - open - 1), out)) {
        return -1;
    }
    *text = close + 1;
    return 1;
}

int mtmi_condition_parse(const char *text, mtmi_place_holder *out, int *negated) {
    memset(out, 0, sizeof *out);
    *negated = strncmp(text, "not ", 4) == 0;
    text += *negated ? 4 : 0;
    return split_name(text, strlen(text), out) &&
           (out->fact == MTMI_FACT_NONE || out->fact == MTMI_FACT_CHANGES || mtmi_fact_is_condition(out->fact));
}
