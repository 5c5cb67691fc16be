/* Codes of places against the level that the row says: a row of level 1 has a place of level 1 and none below. */
#include "read/observe/observe_internal.h"

#include <string.h>

enum { LEVELS = 5 };

/* "adm2" is 2; "country" and all else is 0. */
static int level_of_dimension(const char *dimension) {
    return dimension != NULL && strncmp(dimension, "adm", 3) == 0 && dimension[3] >= '1' &&
                   dimension[3] < '0' + LEVELS && dimension[4] == '\0'
               ? dimension[3] - '0'
               : 0;
}

/* The level that the row is of, or -1. */
static int level_of_row(const mtmi_observer *observer) {
    const mtm_dataset *dataset = mtmi_builder_dataset(observer->builder);
    const int k = mtmi_dataset_find_dimension(dataset, "level");
    const int32_t code = k >= 0 ? observer->current.codes[k] : -1;
    const mtmi_member *member = code >= 0 ? &dataset->dimensions[k].members[code] : NULL;
    return member != NULL && member->code[0] >= '0' && member->code[0] < '0' + LEVELS && member->code[1] == '\0'
               ? member->code[0] - '0'
               : -1;
}

mtmi_row_outcome mtmi_observe_levels(mtmi_observer *observer) {
    const int level = observer->builder != NULL ? level_of_row(observer) : -1;
    int places_said = 0;

    for (size_t i = 0; level >= 0 && i < observer->file.columns->n; i++) {
        const mtmi_bound *bound = &observer->file.columns->at[i];
        const int32_t dimension = observer->file.memory[i].dimension;
        const int at = bound->role == MTMI_ROLE_DIMENSION && dimension >= 0 ? level_of_dimension(bound->dimension) : 0;
        if (at == 0) {
            continue;
        }
        places_said = 1;
        const mtmi_dimension *places = &mtmi_builder_dataset(observer->builder)->dimensions[dimension];
        int32_t *code = &observer->current.codes[dimension];
        const mtm_member_kind kind = *code >= 0 ? places->members[*code].kind : MTM_MEMBER_TOTAL;
        if (at > level && kind == MTM_MEMBER_UNKNOWN) {
            *code = 0; /* "not available" below its level: no place is meant; member 0 is the total */
        } else if (at > level && kind != MTM_MEMBER_TOTAL) {
            return mtmi_observe_refuse(observer, bound, MTMI_CODE_LEVEL_DISAGREES,
                                       "no place below the level that the row says",
                                       "correct the level of the row, or empty the cell");
        } else if (at == level && kind == MTM_MEMBER_TOTAL) {
            return mtmi_observe_refuse(observer, bound, MTMI_CODE_LEVEL_DISAGREES,
                                       "a place of the level that the row says",
                                       "give the row its place, or correct its level");
        }
    }
    if (places_said) { /* the places say it: one tree, no dimension that is added over */
        observer->current.codes[mtmi_dataset_find_dimension(mtmi_builder_dataset(observer->builder), "level")] = 0;
    }
    return MTMI_ROW_DONE;
}
