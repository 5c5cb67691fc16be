/* Settles registrations id by id. Rules, in this order:
 *  1. rows of one content count once;
 *  2. a row with another sex or year of birth than the earliest registration of its id is refused;
 *  3. of the others each holds from its day until it is left, or the next one holds. Of several on one day one holds: that which
 *     says when the person leaves, and the last of those that differ, by what they say and not by where they stand.
 * What comes of it does not depend on the order of rows, files or threads. */
#include "registration/settle.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "period/period.h"
#include "tabulate/member.h"
#include "tabulate/scan/dates.h"

#include <string.h>

#define FEW 16u

/* ---- comparing registrations ---- */

static uint64_t rank_of(const mtmi_settler *at, const mtmi_record *record) {
    const uint64_t line = (uint64_t)mtmi_record_line(record);
    return (uint64_t)at->ranks[mtmi_record_file(record)] << MTMI_PLACE_LINE | line;
}

static int compare_members(const mtmi_settler *at, uint32_t a, uint32_t b) {
    int order = 0;
    if (a == b) {
        return 0;
    }
    mtmi_registry_members(at->registry, a, at->members[0]);
    mtmi_registry_members(at->registry, b, at->members[1]);
    for (unsigned i = 0; i < at->registry->n_labels && order == 0; i++) {
        size_t length, other;
        const unsigned char *one = mtmi_map_key(&at->registry->members[i], at->members[0][i], &length);
        const unsigned char *two = mtmi_map_key(&at->registry->members[i], at->members[1][i], &other);
        order = memcmp(one, two, length < other ? length : other);
        order = order != 0 ? order : length < other ? -1 : length > other;
    }
    return order;
}

static int by_number(int64_t a, int64_t b) {
    return a < b ? -1 : a > b;
}

/* By day; on one day by what is said, and by place only where that is the same. */
static int compare(const void *context, const void *a, const void *b) {
    const mtmi_settler *at = context;
    const mtmi_record *one = a, *other = b;
    int order = by_number(one->entered, other->entered);
    if (order == 0) {
        const int64_t left[2] = {one->left == MTMI_NEVER ? INT32_MIN : one->left,
                                 other->left == MTMI_NEVER ? INT32_MIN : other->left};
        order = by_number(left[0], left[1]);
    }
    order = order != 0 ? order : by_number(one->birth, other->birth);
    order = order != 0 ? order : compare_members(at, one->combination, other->combination);
    if (order == 0) {
        const uint64_t rank[2] = {rank_of(at, one), rank_of(at, other)};
        order = rank[0] < rank[1] ? -1 : rank[0] > rank[1];
    }
    return order;
}

static int sort_group(mtmi_settler *at) {
    if (at->n == 2) { /* most often */
        if (compare(at, &at->group[0], &at->group[1]) > 0) {
            const mtmi_record moved = at->group[0];
            at->group[0] = at->group[1];
            at->group[1] = moved;
        }
        return 1;
    }
    return at->n < 2 || mtmi_sort(at->group, at->n, sizeof *at->group, compare, at);
}

/* ---- one person ---- */

static int compare_content(const void *context, const void *a, const void *b) {
    const mtmi_settler *at = context;
    const mtmi_record *one = a, *other = b;
    if (one->content != other->content) {
        return one->content < other->content ? -1 : 1;
    }
    return compare(at, a, b);
}

static int is_repeat(const mtmi_record *a, const mtmi_record *b) {
    return a->content == b->content && a->entered == b->entered;
}

/* The same for more than a few. 0 when there is no memory. */
static int drop_many_repeats(mtmi_settler *at) {
    size_t kept = 0;
    if (!mtmi_sort(at->group, at->n, sizeof *at->group, compare_content, at)) {
        return 0;
    }
    for (size_t i = 0; i < at->n; i++) {
        if (kept > 0 && is_repeat(&at->group[kept - 1], &at->group[i])) {
            at->result.balance.repeats++;
        } else {
            at->group[kept++] = at->group[i];
        }
    }
    at->n = kept;
    return sort_group(at);
}

/* Rows of one content become one. */
static int drop_repeats(mtmi_settler *at) {
    size_t kept = 0;
    if (at->n > FEW) {
        return drop_many_repeats(at);
    }
    for (size_t i = 0; i < at->n; i++) {
        size_t k = 0;
        while (k < kept && !is_repeat(&at->group[k], &at->group[i])) {
            k++;
        }
        if (k < kept) {
            at->result.balance.repeats++;
        } else {
            at->group[kept++] = at->group[i];
        }
    }
    at->n = kept;
    return 1;
}

static int year_of(int32_t birth) {
    int year, month, day;
    if (birth < MTMI_BIRTH_DAYS) {
        return birth;
    }
    mtmi_day_split(birth - MTMI_BIRTH_DAYS + mtmi_day_from(MTMI_DATES_FIRST_YEAR, 1, 1), &year, &month, &day);
    return year;
}

/* The number of the sex, or MTMI_MAP_NONE where it is not stated. */
static uint32_t sex_of(const mtmi_settler *at, const mtmi_record *record) {
    const mtmi_spec *spec = at->state->spec;
    const char *code;
    size_t length;
    if (spec->sex_axis < 0) {
        return MTMI_MAP_NONE;
    }
    const unsigned axis = (unsigned)spec->sex_axis - spec->n_periods;
    mtmi_registry_members(at->registry, record->combination, at->members[0]);
    const uint32_t member = at->members[0][axis];
    const unsigned char *key = mtmi_map_key(&at->registry->members[axis], member, &length);
    return mtmi_member_code(key, length, &code, &length) == MTM_MEMBER_UNKNOWN ? MTMI_MAP_NONE : member;
}

static int is_other_birth(int32_t a, int32_t b) {
    if (a == MTMI_UNBORN || b == MTMI_UNBORN) {
        return 0;
    }
    return a >= MTMI_BIRTH_DAYS && b >= MTMI_BIRTH_DAYS ? a != b : year_of(a) != year_of(b);
}

static int compare_conflicts(const void *context, const void *a, const void *b) {
    const mtmi_conflict *one = a, *other = b;
    (void)context;
    return one->place < other->place ? -1 : one->place > other->place;
}

/* Keeps the first ones, whichever are found first. 0 when there is no memory. */
int mtmi_cut_conflicts(mtmi_resolved *result) {
    if (!mtmi_sort(result->conflicts, result->n_conflicts, sizeof *result->conflicts, compare_conflicts, NULL)) {
        return 0;
    }
    if (result->n_conflicts > MTMI_CONFLICTS_KEPT) {
        result->n_conflicts = MTMI_CONFLICTS_KEPT;
    }
    return 1;
}

int mtmi_add_conflict(mtmi_resolved *result, mtmi_conflict conflict) {
    result->conflicts_of[conflict.place >> MTMI_PLACE_LINE]++;
    if (result->n_conflicts >= 2 * MTMI_CONFLICTS_KEPT && !mtmi_cut_conflicts(result)) {
        return 0;
    }
    if (!mtmi_memory_reserve((void **)&result->conflicts, &result->conflicts_capacity, result->n_conflicts + 1,
                             sizeof *result->conflicts)) {
        return 0;
    }
    result->conflicts[result->n_conflicts++] = conflict;
    return 1;
}

/* Rows that cannot be of the person who is registered first under the id. */
static int drop_conflicts(mtmi_settler *at) {
    const mtmi_record *first_sex = NULL, *first_birth = NULL;
    uint32_t sex = MTMI_MAP_NONE;
    size_t kept = 0;
    for (size_t i = 0; i < at->n; i++) {
        const mtmi_record row = at->group[i];
        const uint32_t own = sex_of(at, &row);
        const int of_sex = first_sex != NULL && own != MTMI_MAP_NONE && own != sex;
        const int of_birth = first_birth != NULL && is_other_birth(row.birth, first_birth->birth);
        if (of_sex || of_birth) {
            const mtmi_record *against = of_sex ? first_sex : first_birth;
            at->result.balance.conflicts++;
            if (!mtmi_add_conflict(&at->result, (mtmi_conflict){rank_of(at, &row), rank_of(at, against), !of_sex})) {
                return 0;
            }
            continue;
        }
        at->group[kept] = row;
        if (first_sex == NULL && own != MTMI_MAP_NONE) {
            first_sex = &at->group[kept];
            sex = own;
        }
        if (first_birth == NULL && row.birth != MTMI_UNBORN) {
            first_birth = &at->group[kept];
        }
        kept++;
    }
    at->n = kept;
    return 1;
}

static int put_household(mtmi_settler *at, const mtmi_record *record, const mtmi_stay *stay) {
    if (record->household == 0 || !at->registry->has_households || stay->start == stay->end) {
        return 1;
    }
    if (at->households.n >= at->registry->most / at->of) {
        at->status = mtmi_runs_spill(&at->households, at->households.n, &at->error);
    }
    if (at->status != MTM_OK || !mtmi_runs_reserve(&at->households, 1)) {
        return 0;
    }
    mtmi_record *one = &at->households.records[at->households.n++];
    memset(one, 0, sizeof *one);
    one->id[0] = record->household;
    one->entered = stay->start;
    one->left = stay->end;
    one->combination = stay->combination;
    return 1;
}

/* A birth that is stated once is stated. */
static int32_t birth_of(const mtmi_settler *at) {
    for (size_t i = 0; i < at->n; i++) {
        if (at->group[i].birth != MTMI_UNBORN) {
            return at->group[i].birth;
        }
    }
    return MTMI_UNBORN;
}

/* Who has which label, for those that few have. */
static void count_bearers(mtmi_settler *at) {
    for (size_t i = 0; i < at->n; i++) {
        mtmi_registry_members(at->registry, at->group[i].combination, at->members[0]);
        mtmi_bearers_count(&at->result.bearers, at->members[0], at->result.balance.persons, rank_of(at, &at->group[i]));
    }
}

/* Each registration holds until it is left, or the next one holds. */
static int make_stays(mtmi_settler *at) {
    const int32_t birth = birth_of(at);
    size_t n = 0;
    if (!mtmi_memory_reserve((void **)&at->stays, &at->stays_capacity, at->n, sizeof *at->stays)) {
        return 0;
    }
    for (size_t i = 0; i < at->n; i++) {
        const mtmi_record *record = &at->group[i];
        const int32_t next = i + 1 < at->n ? at->group[i + 1].entered : MTMI_NEVER;
        if (next == record->entered) {
            continue;
        }
        at->stays[n] =
            (mtmi_stay){record->entered, record->left < next ? record->left : next, record->combination, birth};
        if (!put_household(at, record, &at->stays[n++])) {
            return 0;
        }
    }
    mtmi_tally_person(&at->result.tally, at->stays, n);
    return 1;
}

mtm_status mtmi_settle_person(mtmi_settler *at) {
    at->result.balance.rows += at->n;
    if (!sort_group(at)) {
        return mtmi_error_memory(&at->error);
    }
    if (at->n > 1 && (!drop_repeats(at) || (at->n > 1 && !drop_conflicts(at)))) {
        return mtmi_error_memory(&at->error);
    }
    at->result.balance.persons++;
    at->result.balance.superseded += at->n - 1;
    count_bearers(at);
    if (!make_stays(at)) {
        return at->status != MTM_OK ? at->status : mtmi_error_memory(&at->error);
    }
    if (at->result.tally.status != MTM_OK) {
        at->error = at->result.tally.error;
    }
    return at->result.tally.status;
}

mtm_status mtmi_settle_household(mtmi_settler *at) {
    if (!mtmi_memory_reserve((void **)&at->stays, &at->stays_capacity, at->n, sizeof *at->stays)) {
        return mtmi_error_memory(&at->error);
    }
    for (size_t i = 0; i < at->n; i++) {
        const mtmi_record *record = &at->group[i];
        at->stays[i] = (mtmi_stay){record->entered, record->left, record->combination, MTMI_UNBORN};
    }
    at->result.balance.households++;
    mtmi_tally_household(&at->result.tally, at->stays, at->n);
    if (at->result.tally.status != MTM_OK) {
        at->error = at->result.tally.error;
    }
    return at->result.tally.status;
}
