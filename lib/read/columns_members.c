/* Wide tables without a description. What comes in: columns that nothing explains. What goes out: columns of figures whose
 * names are periods, or members of a dimension. Names match exactly, as labels in cells do. */
#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "codelist/match.h"
#include "period/period.h"
#include "read/columns_parts.h"
#include "read/label.h"

#include <string.h>

/* ---- tables with periods as columns ---- */

void mtmi_columns_periods(const mtmi_inference *in) {
    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        mtmi_period_label label;
        if (!mtmi_bound_open(bound) || bound->name[0] == '\0' || strlen(bound->name) > 120 || mtmi_columns_content(in, bound) == MTMI_TEXT) {
            continue;
        }
        mtmi_period_read(bound->name, strlen(bound->name), bound->order, &label);
        if (label.outcome == MTMI_PERIOD_OK) {
            bound->role = MTMI_ROLE_VALUE;
            bound->how = MTMI_HOW_HEADER;
            bound->has_period = 1;
            bound->period = label.period;
        }
    }
}

/* ---- tables with members as columns ---- */

static const char *const member_dimensions[] = {"direction", "sex", "citizenship", "residence", "age-group",
                                                "category", "sector", "type", "purpose", "region"};
#define DIMENSIONS (sizeof member_dimensions / sizeof *member_dimensions)

/* The code that a name stands for in a dimension; NULL for none. A total is "_T". */
static const char *member_of(size_t dimension, const char *name, size_t n, int *is_short) {
    const mtm_codelist *list = mtmi_dimension_list(member_dimensions[dimension]);
    mtmi_label_match match;

    mtmi_codelist_match(list, name, n, 0, &match);
    *is_short = n <= 2;
    if (match.kind == MTM_MATCH_CODE) {
        return mtm_codelist_code(list, (size_t)match.codes[0]);
    }
    return match.kind == MTM_MATCH_TOTAL ? "_T" : match.kind == MTM_MATCH_OTHER ? "_O" : NULL;
}

/* "men_0-15": two members in one name, parted by a space, a comma or an underscore. */
static int split_member(size_t dimension, const char *name, const char **code, const char **rest) {
    char word[MTMI_NAME_SIZE];
    int is_short;

    if (mtmi_name_normalise(name, strlen(name), word) == 0) {
        return 0;
    }
    for (size_t i = 1; word[i] != '\0'; i++) {
        if (word[i] != ' ' && word[i] != ',') {
            continue;
        }
        *code = member_of(dimension, word, i, &is_short);
        if (*code != NULL && !is_short) {
            *rest = name + i + 1; /* same length as the normalised name, or it is not found there */
            return strlen(name) == strlen(word);
        }
    }
    return 0;
}

static int is_candidate(const mtmi_inference *in, const mtmi_bound *bound) {
    mtmi_content content;
    int named = bound->role == MTMI_ROLE_VALUE && bound->how == MTMI_HOW_HEADER && !bound->has_period;

    if (bound->name[0] == '\0' || bound->n_members > 0 || !(mtmi_bound_open(bound) || named)) {
        return 0;
    }
    content = mtmi_columns_content(in, bound);
    return content == MTMI_NUMBERS || content == MTMI_PERIODS || content == MTMI_EMPTY;
}

/* How many open columns a dimension explains; short codes count only in company. */
static size_t explained(const mtmi_inference *in, size_t dimension) {
    size_t long_ones = 0, short_ones = 0;

    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        int is_short = 0;
        const char *code = mtmi_bound_open(bound) && is_candidate(in, bound)
                               ? member_of(dimension, bound->name, strlen(bound->name), &is_short)
                               : NULL;
        if (code != NULL && code[0] != '_') {
            long_ones += !is_short;
            short_ones += (size_t)is_short;
        }
    }
    return long_ones + (long_ones + short_ones > 1 ? short_ones : 0);
}

static mtm_status take_dimension(const mtmi_inference *in, size_t dimension, int *found, mtm_error *err) {
    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        int is_short = 0;
        const char *code = mtmi_bound_open(bound) && is_candidate(in, bound)
                               ? member_of(dimension, bound->name, strlen(bound->name), &is_short)
                               : NULL;
        if (code == NULL || code[0] == '_') {
            continue;
        }
        if (!mtmi_bound_member(bound, member_dimensions[dimension], code)) {
            return mtmi_error_memory(err);
        }
        bound->role = MTMI_ROLE_VALUE;
        bound->how = MTMI_HOW_HEADER;
        *found = 1;
    }
    return MTM_OK;
}

/* Names of two members, such as sex and age: all that begin with a sex. */
static mtm_status take_pairs(const mtmi_inference *in, int *found, mtm_error *err) {
    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        const char *code = NULL, *rest = "", *age;
        int is_short;
        if (!mtmi_bound_open(bound) || !is_candidate(in, bound) || !split_member(1, bound->name, &code, &rest)) {
            continue;
        }
        age = member_of(4, rest, strlen(rest), &is_short);
        age = age == NULL && mtmi_label_is_age(rest, strlen(rest)) ? rest : age;
        if (age == NULL) {
            continue;
        }
        if (!mtmi_bound_member(bound, "sex", code) || !mtmi_bound_member(bound, "age-group", age)) {
            return mtmi_error_memory(err);
        }
        bound->role = MTMI_ROLE_VALUE;
        bound->how = MTMI_HOW_HEADER;
        *found = 1;
    }
    return MTM_OK;
}

/* A column of totals or of the rest, beside members. */
static mtm_status take_rest(const mtmi_inference *in, size_t dimension, mtm_error *err) {
    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        int is_short = 0;
        const char *code = mtmi_bound_open(bound) && is_candidate(in, bound)
                               ? member_of(dimension, bound->name, strlen(bound->name), &is_short)
                               : NULL;
        if (code == NULL) {
            continue;
        }
        bound->role = MTMI_ROLE_VALUE;
        bound->how = MTMI_HOW_HEADER;
        if (strcmp(code, "_T") != 0 && !mtmi_bound_member(bound, member_dimensions[dimension], code)) {
            return mtmi_error_memory(err);
        }
    }
    return MTM_OK;
}

/* The dimension that explains most columns comes first: "M" is a sex beside "F" and a sector beside "A" to "L". */
mtm_status mtmi_columns_members(const mtmi_inference *in, mtm_error *err) {
    size_t first = DIMENSIONS;
    int found = 0;
    mtm_status status = take_pairs(in, &found, err);

    while (status == MTM_OK) {
        size_t best = 0, most = 0;
        for (size_t d = 0; d < DIMENSIONS; d++) {
            size_t n = explained(in, d);
            if (n > most) {
                most = n;
                best = d;
            }
        }
        if (most == 0) {
            break;
        }
        first = first == DIMENSIONS ? best : first;
        status = take_dimension(in, best, &found, err);
    }
    return status == MTM_OK && found ? take_rest(in, first == DIMENSIONS ? 1 : first, err) : status;
}
