/* Tells whether the row of a group stands for members that are not listed themselves, as in tables of the CIS and other
 * countries. Such a group is a part of the total. */
#include "coverage/groups.h"

#include "codelist/match.h"

#include <string.h>

static int is_looked_at(const mtmi_group_rows *groups, uint32_t row) {
    for (size_t k = 0; k < groups->dataset->n_dimensions; k++) {
        if ((groups->fixed >> k & 1) != 0 && groups->dataset->dimensions[k].codes[row] != groups->members[k]) {
            return 0;
        }
    }
    return 1;
}

/* 1 where b has all of a's countries and more, 0 where they share some, -1 where they share none. */
static int within(const char *a, const char *b, mtm_period period) {
    const mtm_codelist *countries = mtmi_codelist_get("country");
    int shared = 0, only_a = 0, only_b = 0;

    for (size_t i = 0; i < mtm_codelist_count(countries); i++) {
        const char *code = mtm_codelist_code(countries, i);
        int in_a = mtmi_codelist_may_contain(a, code, period), in_b = mtmi_codelist_may_contain(b, code, period);
        shared += in_a && in_b;
        only_a += in_a && !in_b;
        only_b += in_b && !in_a;
    }
    return shared == 0 ? -1 : only_a == 0 && only_b > 0;
}

/* What another row says of the group: -1 that it is no part of its own, 1 that there are other parts, 0 nothing. */
static int note_group(const mtmi_member *group, const mtmi_member *other, mtm_period period) {
    switch (other->kind) {
    case MTM_MEMBER_CODE: return mtmi_codelist_may_contain(group->code, other->code, period) ? -1 : 1;
    case MTM_MEMBER_OTHER: return 1;
    case MTM_MEMBER_UNCLASSIFIED: return -1; /* it may be a member */
    case MTM_MEMBER_GROUP: break;
    case MTM_MEMBER_TOTAL:
    case MTM_MEMBER_UNKNOWN: return 0;
    }
    if (other == group || other->index < 0) {
        return 0;
    }
    int relation = within(group->code, other->code, period);
    return relation > 0 ? -1 : relation < 0;
}

static int find_out(const mtmi_group_rows *groups, size_t dimension, int32_t member) {
    const mtmi_dimension *d = &groups->dataset->dimensions[dimension];
    int32_t last = -1;
    int others = 0;

    if (d->members[member].index < 0) {
        return 0; /* no group of countries, but women or towns among them */
    }
    for (size_t i = 0; i < groups->n; i++) {
        uint32_t row = groups->rows[i];
        if (d->codes[row] == last || groups->dataset->statuses[row] == 'O' || !is_looked_at(groups, row)) {
            continue; /* a blank is as good as no row */
        }
        last = d->codes[row];
        int heard = note_group(&d->members[member], &d->members[last], groups->dataset->periods[row]);
        if (heard < 0) {
            return 0;
        }
        others |= heard;
    }
    return others;
}

int mtmi_group_counts(mtmi_group_rows *groups, size_t dimension, int32_t member) {
    for (size_t i = 0; i < groups->n_known; i++) {
        if (groups->known[i].dimension == dimension && groups->known[i].member == member) {
            return groups->known[i].counts;
        }
    }
    int counts = find_out(groups, dimension, member);
    if (groups->n_known < MTMI_GROUPS_KNOWN) {
        groups->known[groups->n_known].dimension = dimension;
        groups->known[groups->n_known].member = member;
        groups->known[groups->n_known++].counts = counts;
    }
    return counts;
}
