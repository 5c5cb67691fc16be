/* What names of columns say beside one another: names beside codes, days of interviews beside the day of a round, households
 * beside persons. */
#include "base/error.h"
#include "read/table/columns_internal.h"

#include <string.h>

/* A column that the declaration of another one calls its names is nothing else. */
void mtmi_columns_names(const mtmi_inference *in) {
    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *codes = &in->columns->at[i];
        const char *names = codes->field != NULL ? codes->field->names : NULL;
        for (size_t k = 0; names != NULL && k < in->columns->n; k++) {
            mtmi_bound *bound = &in->columns->at[k];
            if (k != i && mtmi_name_same(bound->name, strlen(bound->name), names, strlen(names))) {
                bound->role = MTMI_ROLE_IGNORE;
                bound->how = MTMI_HOW_DECLARED;
                bound->twin = 1 + i;
            }
        }
    }
}

/* Days of interviews are the period where no other column says one. */
void mtmi_columns_interviews(const mtmi_inference *in) {
    size_t others = 0, taken = 0;

    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        others += (bound->role == MTMI_ROLE_PERIOD && bound->part != MTMI_PART_INTERVIEW) ||
                  bound->role == MTMI_ROLE_PERIOD_START;
    }
    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        if (bound->role == MTMI_ROLE_PERIOD && bound->part == MTMI_PART_INTERVIEW) {
            bound->part = MTMI_PART_WHOLE;
            bound->role = others > 0 || taken > 0 ? MTMI_ROLE_IGNORE : MTMI_ROLE_PERIOD;
            taken++;
        }
    }
}

static int is_counted(const mtmi_bound *bound) {
    for (size_t i = 0; i < bound->n_members; i++) {
        if (strcmp(bound->members[i].key, "counted") == 0) {
            return 1;
        }
    }
    return 0;
}

/* Where one column has households, the others have persons: two measures. */
mtm_status mtmi_columns_counted(const mtmi_inference *in, mtm_error *err) {
    size_t counted = 0;

    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        counted += bound->role == MTMI_ROLE_VALUE && is_counted(bound);
    }
    for (size_t i = 0; counted > 0 && i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        if (bound->role == MTMI_ROLE_VALUE && !is_counted(bound) && bound->how != MTMI_HOW_DECLARED &&
            !mtmi_bound_member(bound, "counted", "PERSONS")) {
            return mtmi_error_memory(err);
        }
    }
    return MTM_OK;
}
