/* Finds totals and groups that count what other rows count. A total stands for itself where no row of the same period
 * has its parts, and so does a group none of whose members is there. */
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "read/observe/observe_internal.h"

#include <string.h>

enum { PATTERNS_MAX = 32, GROUPS_MAX = 16, BESIDE_PART = 1, BESIDE_GROUP = 2 /* one bit a group from here */ };

/* In which columns a row is a total or a group: rows of one pattern are looked for at once. */
typedef struct pattern {
    uint32_t totals, groups;
    int32_t codes[MTMI_DIMENSIONS_MAX]; /* of the groups */
} pattern;

typedef struct search {
    const mtm_dataset *dataset;
    const mtmi_row_key *rows;
    size_t n;
    unsigned char within[GROUPS_MAX][GROUPS_MAX]; /* all of one group's members are of the other, which has more */
    pattern patterns[PATTERNS_MAX];
    size_t n_patterns;
    mtmi_map kept; /* totals that stand for themselves */
} search;

static const mtmi_member *member_of(const search *state, size_t dimension, int32_t code) {
    return code < 0 ? NULL : &state->dataset->dimensions[dimension].members[code];
}

/* Which group of countries: its place in the list, or -1. */
static int group_at(const search *state, size_t dimension, int32_t code) {
    const mtmi_member *member = member_of(state, dimension, code);
    return member != NULL && member->kind == MTM_MEMBER_GROUP && member->index < GROUPS_MAX ? member->index : -1;
}

static void compare_groups(search *state) {
    const mtm_codelist *groups = mtmi_codelist_get("country-group"), *countries = mtmi_codelist_get("country");
    mtm_period period = state->rows[state->n - 1].period;
    size_t n = mtm_codelist_count(groups);

    for (size_t a = 0; a < n && a < GROUPS_MAX; a++) {
        for (size_t b = 0; b < n && b < GROUPS_MAX; b++) {
            int only_a = 0, only_b = 0;
            for (size_t i = 0; i < mtm_codelist_count(countries); i++) {
                const char *code = mtm_codelist_code(countries, i);
                int in_a = mtmi_codelist_may_contain(mtm_codelist_code(groups, a), code, period);
                int in_b = mtmi_codelist_may_contain(mtm_codelist_code(groups, b), code, period);
                only_a += in_a && !in_b;
                only_b += in_b && !in_a;
            }
            state->within[a][b] = only_a == 0 && only_b > 0;
        }
    }
}

static int same_pattern(const pattern *a, const mtmi_row_key *row) {
    if (a->totals != row->totals || a->groups != row->groups) {
        return 0;
    }
    for (size_t d = 0; d < MTMI_DIMENSIONS_MAX; d++) {
        if ((a->groups >> d & 1) != 0 && a->codes[d] != row->codes[d]) {
            return 0;
        }
    }
    return 1;
}

/* 0 when there are more than any table has. Patterns without groups come first. */
static int list_patterns(search *state) {
    for (int groups = 0; groups < 2; groups++) {
        for (size_t i = 0; i < state->n; i++) {
            const mtmi_row_key *row = &state->rows[i];
            size_t k = 0;
            if ((row->groups != 0) != groups || (row->totals | row->groups) == 0) {
                continue;
            }
            while (k < state->n_patterns && !same_pattern(&state->patterns[k], row)) {
                k++;
            }
            if (k == PATTERNS_MAX) {
                return 0;
            }
            if (k == state->n_patterns) {
                state->patterns[k] = (pattern){row->totals, row->groups, {0}};
                memcpy(state->patterns[k].codes, row->codes, sizeof row->codes);
                state->n_patterns++;
            }
        }
    }
    return 1;
}

/* Period, release and the members outside the pattern. */
static size_t key_of(const mtmi_row_key *row, uint32_t without, int32_t key[MTMI_DIMENSIONS_MAX + 3]) {
    for (size_t d = 0; d < MTMI_DIMENSIONS_MAX; d++) {
        key[d] = (without >> d & 1) != 0 ? 0 : row->codes[d];
    }
    key[MTMI_DIMENSIONS_MAX] = row->period.first;
    key[MTMI_DIMENSIONS_MAX + 1] = row->period.last;
    key[MTMI_DIMENSIONS_MAX + 2] = row->release;
    return (MTMI_DIMENSIONS_MAX + 3) * sizeof *key;
}

/* What the row is to a group: 0 nothing, BESIDE_PART one of its parts or what holds it, -1 the group itself. A label that
 * nobody knows may be one of its members. */
static int beside_group(const search *state, const pattern *at, size_t d, const mtmi_row_key *row) {
    const mtmi_member *member = member_of(state, d, row->codes[d]);
    int group = group_at(state, d, at->codes[d]), other = group_at(state, d, row->codes[d]);

    if (row->codes[d] == at->codes[d]) {
        return -1;
    }
    if (member != NULL && group < 0) { /* women among countries: beside any row but another such */
        return member->kind == MTM_MEMBER_GROUP && other < 0 ? 0 : BESIDE_PART;
    }
    if (member == NULL || member->kind == MTM_MEMBER_UNCLASSIFIED) {
        return BESIDE_PART;
    }
    if (other >= 0) {
        return state->within[group][other] ? BESIDE_PART : 0;
    }
    if (member->kind != MTM_MEMBER_CODE) {
        return 0;
    }
    return mtmi_codelist_may_contain(member_of(state, d, at->codes[d])->code, member->code, row->period) ? BESIDE_PART
                                                                                                         : 0;
}

/* What the row is to totals of the pattern that have the same members elsewhere. */
static uint32_t beside(const search *state, const pattern *at, const mtmi_row_key *row) {
    uint32_t found = 0;

    for (size_t d = 0; d < MTMI_DIMENSIONS_MAX; d++) {
        uint32_t bit = (uint32_t)1 << d;
        int group = (row->groups & bit) != 0 ? group_at(state, d, row->codes[d]) : -1;
        if ((at->totals & bit) != 0 && (row->totals & bit) == 0) {
            found |= group >= 0 ? (uint32_t)BESIDE_GROUP << group : (row->groups & bit) == 0 ? BESIDE_PART : 0;
        } else if ((at->groups & bit) != 0) {
            int what = beside_group(state, at, d, row);
            if (what == 0) {
                return 0;
            }
            found |= what > 0 ? BESIDE_PART : 0;
        }
    }
    return found;
}

/* Groups are all the parts where one is what the other is not. */
static int is_counted(uint32_t found) {
    const mtm_codelist *groups = mtmi_codelist_get("country-group");
    uint32_t inside = (uint32_t)BESIDE_GROUP << mtmi_codelist_index(groups, "CIS");
    uint32_t outside = (uint32_t)BESIDE_GROUP << mtmi_codelist_index(groups, "NON-CIS");

    return (found & BESIDE_PART) != 0 || ((found & inside) != 0 && (found & outside) != 0);
}

static mtm_status note_rows(const search *state, const pattern *at, mtmi_map *keys, uint32_t *found, mtm_error *err) {
    int32_t key[MTMI_DIMENSIONS_MAX + 3];

    for (size_t i = 0; i < state->n; i++) {
        uint32_t what = beside(state, at, &state->rows[i]);
        if (what != 0) {
            uint32_t number = mtmi_map_add(keys, key, key_of(&state->rows[i], at->totals | at->groups, key));
            if (number == MTMI_MAP_NONE) {
                return mtmi_error_memory(err);
            }
            found[number] |= what;
        }
    }
    return MTM_OK;
}

/* A group beside the total that it is of. */
static int is_in_kept_total(const search *state, const pattern *at, const mtmi_row_key *row) {
    int32_t key[MTMI_DIMENSIONS_MAX + 3];
    size_t size = key_of(row, at->totals | at->groups, key);
    return at->groups != 0 && mtmi_map_find(&state->kept, key, size) != MTMI_MAP_NONE;
}

static mtm_status judge_place(search *state, const pattern *at, const mtmi_map *keys, const uint32_t *found,
                              unsigned char *counted, mtm_error *err) {
    int32_t key[MTMI_DIMENSIONS_MAX + 3];

    for (size_t i = 0; i < state->n; i++) {
        const mtmi_row_key *row = &state->rows[i];
        if (!same_pattern(at, row)) {
            continue;
        }
        size_t size = key_of(row, at->totals | at->groups, key);
        uint32_t number = mtmi_map_find(keys, key, size);
        counted[i] =
            (unsigned char)((number != MTMI_MAP_NONE && is_counted(found[number])) || is_in_kept_total(state, at, row));
        if (!counted[i] && at->groups == 0 && mtmi_map_add(&state->kept, key, size) == MTMI_MAP_NONE) {
            return mtmi_error_memory(err);
        }
    }
    return MTM_OK;
}

/* Margins of one table, sexes over all countries and countries over both sexes: the later pattern counts what the earlier
 * one does. */
static mtm_status cross(const search *state, const pattern *before, const pattern *at, unsigned char *counted,
                        mtm_error *err) {
    uint32_t both = before->totals | at->totals;
    int32_t key[MTMI_DIMENSIONS_MAX + 3];
    mtmi_map keys = MTMI_MAP_INIT;
    mtm_status status = MTM_OK;
    if (before->groups != 0 || at->groups != 0 || both == before->totals || both == at->totals) {
        return MTM_OK;
    }
    for (size_t i = 0; i < state->n; i++) {
        if (same_pattern(before, &state->rows[i]) && !counted[i] &&
            mtmi_map_add(&keys, key, key_of(&state->rows[i], both, key)) == MTMI_MAP_NONE) {
            status = mtmi_error_memory(err);
            goto out;
        }
    }
    for (size_t i = 0; i < state->n; i++) {
        if (same_pattern(at, &state->rows[i]) && !counted[i]) {
            size_t size = key_of(&state->rows[i], both, key);
            counted[i] = mtmi_map_find(&keys, key, size) != MTMI_MAP_NONE;
        }
    }
out:
    mtmi_map_free(&keys);
    return status;
}

static mtm_status judge_pattern(search *state, const pattern *at, unsigned char *counted, mtm_error *err) {
    mtmi_map keys = MTMI_MAP_INIT;
    uint32_t *found = mtmi_memory_new(state->n, sizeof *found);
    mtm_status status = MTM_OK;
    MTMI_TRY(found == NULL ? mtmi_error_memory(err) : note_rows(state, at, &keys, found, err));
    MTMI_TRY(judge_place(state, at, &keys, found, counted, err));
out:
    mtmi_memory_free(found);
    mtmi_map_free(&keys);
    return status;
}

mtm_status mtmi_observe_beside(const mtm_dataset *dataset, const mtmi_row_key *rows, size_t n, unsigned char *counted,
                               int *known, mtm_error *err) {
    search state = {dataset, rows, n, {{0}}, {{0, 0, {0}}}, 0, MTMI_MAP_INIT};
    mtm_status status = MTM_OK;
    *known = list_patterns(&state);
    if (*known && state.n_patterns > 0) {
        compare_groups(&state);
    }
    for (size_t i = 0; *known && i < state.n_patterns; i++) {
        MTMI_TRY(judge_pattern(&state, &state.patterns[i], counted, err));
        for (size_t k = 0; k < i; k++) {
            MTMI_TRY(cross(&state, &state.patterns[k], &state.patterns[i], counted, err));
        }
    }
out:
    mtmi_map_free(&state.kept);
    return status;
}
