/* Holds a printed balance to the arrivals and departures beside it: a row that contradicts itself is said. */
#include "base/decimal.h"
#include "base/text.h"
#include "codelist/match.h"
#include "read/observe/observe_internal.h"

#include <string.h>

enum { TEXT_SIZE = 256, ROUNDING = 2 /* units of the last digit, where figures are rounded */ };

static const char *direction_of(const mtmi_bound *bound) {
    for (size_t i = 0; i < bound->n_members && bound->role == MTMI_ROLE_VALUE; i++) {
        if (strcmp(bound->members[i].key, "direction") == 0) {
            return bound->members[i].value;
        }
    }
    return "";
}

static int is_balance(const mtmi_bound *bound) {
    const char *direction = direction_of(bound);
    char normal[TEXT_SIZE];
    const size_t n = mtmi_text_normalise(direction, strlen(direction), normal, sizeof normal);
    return strcmp(direction, "IN") != 0 && strcmp(direction, "OUT") != 0 && n > 0 && n < sizeof normal &&
           mtmi_codelist_has_balance(normal);
}

/* The same figures but for their direction. */
static int is_beside(const mtmi_bound *a, const mtmi_bound *b) {
    int same = a->n_members == b->n_members && a->has_period == b->has_period &&
               (!a->has_period || mtmi_period_same(a->period, b->period));
    for (size_t i = 0; same && i < a->n_members; i++) {
        int found = strcmp(a->members[i].key, "direction") == 0;
        for (size_t k = 0; k < b->n_members && !found; k++) {
            found = strcmp(a->members[i].key, b->members[k].key) == 0 &&
                    strcmp(a->members[i].value, b->members[k].value) == 0;
        }
        same = found;
    }
    return same;
}

/* The figure of the row in the column of a direction beside the balance; 0 where there is none, or several. */
static int figure_beside(const mtmi_observer *observer, const mtmi_bound *balance, const char *direction,
                         mtm_decimal *out) {
    size_t n = 0;
    for (size_t i = 0; i < observer->file.columns->n; i++) {
        const mtmi_bound *bound = &observer->file.columns->at[i];
        const mtmi_number *number = &observer->current.numbers[i];
        if (strcmp(direction_of(bound), direction) == 0 && is_beside(balance, bound)) {
            *out = number->value;
            n += number->outcome <= MTMI_NUMBER_NOTE ? 1 : 2;
        }
    }
    return n == 1;
}

void mtmi_observe_balance(mtmi_observer *observer) {
    for (size_t i = 0; i < observer->file.columns->n; i++) {
        const mtmi_bound *bound = &observer->file.columns->at[i];
        const mtmi_number *number = &observer->current.numbers[i];
        mtm_decimal in, out, rest;
        if (bound->n_members == 0 || !is_balance(bound) || number->outcome > MTMI_NUMBER_NOTE ||
            !figure_beside(observer, bound, "IN", &in) || !figure_beside(observer, bound, "OUT", &out)) {
            continue;
        }
        mtm_decimal less = number->value;
        out.units = -out.units;
        less.units = -less.units;
        const int is_rounded =
            in.decimals + out.decimals + less.decimals > 0 || observer->units.power > 0 || bound->multiplier > 0;
        if (mtmi_decimal_add(in, out, &rest, NULL) == MTM_OK && mtmi_decimal_add(rest, less, &rest, NULL) == MTM_OK &&
            (rest.units > (is_rounded ? ROUNDING : 0) || rest.units < (is_rounded ? -ROUNDING : 0))) {
            mtmi_observe_note(observer, bound, MTMI_CODE_TOTAL, "the arrivals less the departures of the row",
                              "correct the one of the three that is wrong");
        }
    }
}
