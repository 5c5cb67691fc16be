/* What the files of the audit share: refusing, and trying a table. */
#include "disclosure/audit_state.h"

#include "base/error.h"

mtm_status mtmi_audit_refuse(const mtm_results *results, size_t r, const char *what, mtm_error *err) {
    const char *id = r < results->n ? results->results[r].id : NULL;
    return mtmi_error_set(err, MTM_ERROR_DISCLOSURE, 0, (mtmi_place){id, 0, 0},
                          "%s; nothing was made: use coarser breakdowns or leave the indicator out", what);
}

void mtmi_audit_shift(mtmi_auditing *a, const mtmi_exhibit *exhibit, int on) {
    for (size_t i = exhibit->first; i < exhibit->first + exhibit->n; i++) {
        const mtmi_shift *shift = &a->certificate->shifts[i];
        int64_t by = on ? shift->by : -shift->by;
        a->shift[shift->observed] += by;
        for (size_t k = a->data.group_first[shift->observed]; k < a->data.group_first[shift->observed + 1]; k++) {
            a->group_shift[a->data.group_of[k]] += by;
        }
        for (size_t k = a->number_first[shift->observed]; k < a->number_first[shift->observed + 1]; k++) {
            a->number_shift[a->number_of[k].observed] += a->number_of[k].sign * by;
        }
    }
}

/* Groups of one place that are equal stay equal; the finer one of two stays the lesser. */
int mtmi_audit_keeps_group(const mtmi_auditing *a, uint32_t at) {
    const mtmi_audit_group *group = &a->data.groups[at];
    int64_t now = group->sum + a->group_shift[at];
    for (size_t i = a->data.place_first[group->place]; i < a->data.place_first[group->place + 1]; i++) {
        const mtmi_audit_group *other = &a->data.groups[i];
        int64_t then = other->sum + a->group_shift[i];
        int finer = (group->key & other->key) == other->key, coarser = (group->key & other->key) == group->key;
        if ((group->sum == other->sum && now != then) || (finer && group->sum < other->sum && now > then) ||
            (coarser && group->sum > other->sum && now < then)) {
            return 0;
        }
    }
    return 1;
}
