/* Figures that no count has: -999 and 99999, which stand for no value in many files, a count below zero, a fraction of a
 * person. In balances - net migration, differences, changes - all of them are figures. Each note is made once a column. */
#include "base/text.h"
#include "codelist/match.h"
#include "read/observe/observe_internal.h"

#include <string.h>

enum { NOTED_SENTINEL = 1, NOTED_NEGATIVE = 2, NOTED_FRACTION = 4, TEXT_SIZE = 256 };

static int names_balance(const char *text) {
    char normal[TEXT_SIZE];
    size_t n = text == NULL ? 0 : mtmi_text_normalise(text, strlen(text), normal, sizeof normal);
    return n > 0 && n < sizeof normal && mtmi_codelist_has_balance(normal);
}

static int is_balance(const mtmi_observer *observer, const mtmi_bound *bound) {
    const mtmi_resource *resource = observer->settings.resource;
    int found = names_balance(resource->concept) || names_balance(resource->name) || names_balance(bound->name);

    for (int language = 0; language < 3; language++) {
        found |= names_balance(resource->title.text[language]);
    }
    for (size_t i = 0; i < bound->n_members; i++) {
        found |= names_balance(bound->members[i].value);
    }
    return found;
}

/* All nines: -99, -999, ..., and from 99999 on; -999.00 too. */
int mtmi_observe_is_sentinel(mtm_decimal exact) {
    const mtm_decimal value = mtmi_decimal_trim(exact);
    int64_t units = value.units < 0 ? -(value.units + 1) + 1 : value.units;
    int digits = 0;

    for (; units > 0 && units % 10 == 9; units /= 10) {
        digits++;
    }
    return value.decimals == 0 && units == 0 && digits >= (value.units < 0 ? 2 : 5);
}

static int has_fraction(mtm_decimal value) {
    return mtmi_decimal_trim(value).decimals > 0;
}

static void note_once(mtmi_observer *observer, const mtmi_bound *bound, int bit, int code, const char *expected,
                      const char *hint) {
    mtmi_column_state *memory = &observer->file.memory[bound - observer->file.columns->at];
    if ((memory->noted & bit) == 0) {
        memory->noted |= bit;
        mtmi_observe_note(observer, bound, code, expected, hint);
    }
}

/* Whether a figure may be none at all in some unit. Few may, and few rows need more than this. */
static int is_odd(mtm_decimal value) {
    return value.units < 0 || value.units >= 99999 || value.decimals != 0;
}

/* Whether an odd figure of this unit may be none at all: of counts, of money below zero, of what nobody said. */
static int is_looked_at(const mtmi_observer *observer, const char *quantity, mtm_decimal value) {
    return observer->units.unit == NULL || (quantity != NULL && strcmp(quantity, "count") == 0) ||
           (value.units < 0 && quantity != NULL && strcmp(quantity, "money") == 0);
}

/* "Прибыло -120": people that came or left, as the column or the resource says, are never fewer than none. */
static int is_directed(const mtmi_observer *observer, const mtmi_bound *bound) {
    const mtmi_resource *resource = observer->settings.resource;
    const char *direction = "";
    for (size_t i = 0; i < resource->n_dimensions; i++) {
        direction = strcmp(resource->dimensions[i].key, "direction") == 0 ? resource->dimensions[i].value : direction;
    }
    for (size_t i = 0; i < bound->n_members; i++) {
        direction = strcmp(bound->members[i].key, "direction") == 0 ? bound->members[i].value : direction;
    }
    return strcmp(direction, "IN") == 0 || strcmp(direction, "OUT") == 0;
}

mtmi_row_outcome mtmi_observe_plausible(mtmi_observer *observer, const mtmi_bound *bound, mtm_decimal value) {
    const char *quantity = is_odd(value) ? mtmi_unit_quantity(observer->units.unit) : NULL;
    int is_count = quantity != NULL && strcmp(quantity, "count") == 0;
    int is_known = is_count && observer->units.place != NULL;

    if (!is_odd(value) || !is_looked_at(observer, quantity, value) || is_balance(observer, bound)) {
        return MTMI_ROW_DONE;
    }
    if (mtmi_observe_is_sentinel(value)) {
        if (value.units < 0 && is_known) {
            return mtmi_observe_refuse(observer, bound, MTMI_CODE_SENTINEL,
                                       "a count; such a figure stands for no value",
                                       "declare it in missingValues, or name the column a balance");
        }
        note_once(observer, bound, NOTED_SENTINEL, MTMI_CODE_SENTINEL,
                  "a figure that stands for no value in many files; it is read as it is",
                  "declare it in missingValues if it stands for none");
    } else if (value.units < 0 && (is_count || quantity == NULL) && is_directed(observer, bound)) {
        return mtmi_observe_refuse(observer, bound, MTMI_CODE_NEGATIVE, "a count of zero or more, of one direction",
                                   "correct it, or name the column a balance");
    } else if (value.units < 0 && is_known) {
        note_once(observer, bound, NOTED_NEGATIVE, MTMI_CODE_NEGATIVE, "a count of zero or more; it is read as it is",
                  "correct it, or name the column a balance");
    }
    if (is_known && observer->units.power <= 0 && bound->multiplier == 0 && has_fraction(value)) {
        note_once(observer, bound, NOTED_FRACTION, MTMI_CODE_FRACTION,
                  "a whole number, as the unit is counted; it is read as it is",
                  "correct it, or say the multiplier where figures are in thousands");
    }
    return MTMI_ROW_DONE;
}
