/* For every set of dimensions that any two tables of a family have in common, and every choice of members in it, the
 * observations of each table that fall there are a group. Groups of one place that are equal in truth must stay equal
 * in every table that a reader can imagine, and a finer one may not pass a coarser one. Periods tile periods likewise.
 * Written for its own sake, without a look at how the protector finds its links. */
#include "disclosure/audit_data.h"
#include "disclosure/audit_groups.h"
#include "disclosure/registers/balance.h"

#include "base/buffer.h"
#include "base/decimal.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "period/period.h"

#include <string.h>

enum { TABLES_MAX = 64, NAMES_MAX = 32 };

/* An observation that falls into a place. */
typedef struct fall {
    uint32_t place, observed;
    uint64_t key;
} fall;

typedef struct reading {
    const mtmi_evidence *evidence;
    mtmi_audit_data *data;
    mtmi_map names, places;
    uint64_t *names_of; /* by observation: its dimensions, one a bit */
    uint64_t *grouped;  /* by observation: the dimensions in which it is a country group */
    fall *falls;
    size_t n_falls, falls_capacity;
    uint64_t meets[TABLES_MAX * 4]; /* of the family at hand */
    size_t n_meets;
    int failed;
} reading;

void mtmi_audit_data_clear(mtmi_audit_data *data) {
    mtmi_memory_free(data->values);
    mtmi_memory_free(data->signs);
    mtmi_memory_free(data->same);
    mtmi_memory_free(data->groups);
    mtmi_memory_free(data->members);
    mtmi_memory_free(data->place_first);
    mtmi_memory_free(data->group_first);
    mtmi_memory_free(data->group_of);
    memset(data, 0, sizeof *data);
}

/* The next "name=code" of a cell; NULL at its end. */
static const char *next_part(const char **at, size_t *name, size_t *length) {
    const char *part = *at;
    if (*part == '\0') {
        return NULL;
    }
    *length = strcspn(part, "|");
    *name = strcspn(part, "=");
    *at = part + *length + (part[*length] == '|');
    return part;
}

static void read_names(reading *r, uint32_t i) {
    const char *at = r->evidence->observed[i].cell, *part;
    size_t name, length;
    while ((part = next_part(&at, &name, &length)) != NULL && !r->failed) {
        uint32_t bit = mtmi_map_add(&r->names, part, name);
        r->failed = bit == MTMI_MAP_NONE;
        r->names_of[i] |= (uint64_t)1 << (bit % 64);
        r->grouped[i] |= part[name + 1] == '*' ? (uint64_t)1 << (bit % 64) : 0;
    }
}

static void read_values(reading *r) {
    const mtmi_evidence *evidence = r->evidence;
    for (size_t i = 0; i < evidence->n_observed; i++) {
        int decimals = evidence->observed[i].decimals;
        r->data->decimals = decimals > r->data->decimals ? decimals : r->data->decimals;
    }
    for (size_t i = 0; i < evidence->n_observed; i++) {
        const mtmi_observed *observed = &evidence->observed[i];
        mtmi_wide value = mtmi_decimal_rescale(observed->units, observed->decimals, r->data->decimals);
        r->data->values[i] = value > INT64_MAX / 4 || value < -(INT64_MAX / 4) ? INT64_MAX / 4 : (int64_t)value;
        read_names(r, (uint32_t)i);
    }
}

static int same_family(const reading *r, size_t a, size_t b) {
    return strcmp(r->evidence->observed[a].family, r->evidence->observed[b].family) == 0;
}

static int period_is(mtm_period a, mtm_period b) {
    return a.first == b.first && a.last == b.last;
}

static void add_fall(reading *r, const mtmi_buffer *place, uint32_t observed, uint64_t key) {
    void *table = r->falls;
    uint32_t at = place->failed ? MTMI_MAP_NONE : mtmi_map_add(&r->places, place->data, place->size);
    if (at == MTMI_MAP_NONE || !mtmi_memory_reserve(&table, &r->falls_capacity, r->n_falls + 1, sizeof *r->falls)) {
        r->failed = 1;
        return;
    }
    r->falls = table;
    r->falls[r->n_falls++] = (fall){at, observed, key};
}

/* Family, period, as known at a release, and the members in some dimensions. */
static void name_place(const reading *r, uint32_t i, int32_t release, uint64_t names, mtmi_buffer *out) {
    const mtmi_observed *observed = &r->evidence->observed[i];
    const char *at = observed->cell, *part;
    size_t name, length;
    mtmi_buffer_clear(out);
    mtmi_buffer_format(out, "%s;%d;%d;%d", observed->family, (int)release, (int)observed->period.first,
                       (int)observed->period.last);
    while ((part = next_part(&at, &name, &length)) != NULL) {
        uint32_t bit = mtmi_map_find(&r->names, part, name);
        if ((names >> (bit % 64) & 1) != 0) {
            mtmi_buffer_char(out, ';');
            mtmi_buffer_add(out, part, length);
        }
    }
}

static size_t list_tables(const reading *r, size_t like, uint64_t *tables) {
    size_t n = 0;
    for (size_t i = 0; i < r->evidence->n_observed; i++) {
        size_t k = 0;
        while (k < n && tables[k] != r->names_of[i]) {
            k++;
        }
        if (k == n && n < TABLES_MAX && same_family(r, i, like)) {
            tables[n++] = r->names_of[i];
        }
    }
    return n;
}

static size_t list_meets(const uint64_t *tables, size_t n, uint64_t *meets) {
    size_t n_meets = 0;
    for (size_t a = 0; a < n; a++) {
        for (size_t b = 0; b <= a; b++) {
            uint64_t meet = tables[a] & tables[b];
            size_t k = 0;
            while (k < n_meets && meets[k] != meet) {
                k++;
            }
            if (k == n_meets && n_meets < TABLES_MAX * 4) {
                meets[n_meets++] = meet;
            }
        }
    }
    return n_meets;
}

/* ---- what is known at a release ---- */

/* Observations by family, period, cell and release; or by family, cell, period and release. */
typedef struct ordering {
    const mtmi_observed *observed;
    int cell_first;
} ordering;

static int compare_periods(mtm_period a, mtm_period b) {
    if (a.first != b.first) {
        return a.first < b.first ? -1 : 1;
    }
    return (a.last < b.last) - (a.last > b.last); /* the longest first */
}

static int by_run(const void *context, const void *a, const void *b) {
    const ordering *order = context;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    const mtmi_observed *left = &order->observed[x], *right = &order->observed[y];
    int family = strcmp(left->family, right->family), period = compare_periods(left->period, right->period);
    int cell = strcmp(left->cell, right->cell), one = order->cell_first ? cell : period;
    int other = order->cell_first ? period : cell;
    int found = family != 0 ? family : one != 0 ? one : other;
    if (found == 0) {
        found = (left->release.last > right->release.last) - (left->release.last < right->release.last);
    }
    return found != 0 ? found : (x > y) - (x < y);
}

static int same_cell(const reading *r, uint32_t a, uint32_t b) {
    const mtmi_observed *left = &r->evidence->observed[a], *right = &r->evidence->observed[b];
    return period_is(left->period, right->period) && strcmp(left->cell, right->cell) == 0;
}

static int same_run(const reading *r, uint32_t a, uint32_t b, int cell_first) {
    const mtmi_observed *left = &r->evidence->observed[a], *right = &r->evidence->observed[b];
    return same_family(r, a, b) &&
           (cell_first ? strcmp(left->cell, right->cell) == 0 : period_is(left->period, right->period));
}

/* Of each cell of a run the figure that stands at a release: the latest until then, else the earliest after. */
static size_t choose(const reading *r, const uint32_t *run, size_t n, int32_t release, uint32_t *chosen) {
    size_t n_chosen = 0;
    for (size_t start = 0, end; start < n; start = end) {
        uint32_t best = run[start];
        for (end = start + 1; end < n && same_cell(r, run[start], run[end]); end++) {
            best = r->evidence->observed[run[end]].release.last <= release ? run[end] : best;
        }
        chosen[n_chosen++] = best;
    }
    return n_chosen;
}

static int is_revised(const reading *r, const uint32_t *run, size_t n) {
    for (size_t i = 1; i < n; i++) {
        if (same_cell(r, run[i - 1], run[i]) && r->data->values[run[i - 1]] != r->data->values[run[i]]) {
            return 1;
        }
    }
    return 0;
}

/* Calls for a run once with what is known at each release; once in all where nothing was revised. */
static void at_releases(reading *r, const uint32_t *run, size_t n, uint32_t *chosen,
                        void (*fall_in)(reading *, const uint32_t *, size_t, int32_t)) {
    int32_t release = INT32_MAX, next = INT32_MIN;
    if (!is_revised(r, run, n)) {
        fall_in(r, chosen, choose(r, run, n, release, chosen), release);
        return;
    }
    do { /* releases in falling order */
        release = next == INT32_MIN ? INT32_MAX : next;
        fall_in(r, chosen, choose(r, run, n, release, chosen), release);
        next = INT32_MIN;
        for (size_t i = 0; i < n; i++) {
            int32_t last = r->evidence->observed[run[i]].release.last;
            next = last < release && last > next ? last : next;
        }
    } while (next != INT32_MIN && !r->failed);
}

/* What says the same of the same cell, in a circle. */
static void join_same(reading *r, const uint32_t *run, size_t n) {
    for (size_t i = 0; i < n; i++) {
        for (size_t k = i; k-- > 0 && same_cell(r, run[k], run[i]);) {
            if (r->data->values[run[k]] == r->data->values[run[i]]) {
                r->data->same[run[i]] = r->data->same[run[k]];
                r->data->same[run[k]] = run[i];
                break;
            }
        }
    }
}

static void by_runs(reading *r, uint32_t *order, size_t n, int cell_first,
                    void (*fall_in)(reading *, const uint32_t *, size_t, int32_t)) {
    const ordering how = {r->evidence->observed, cell_first};
    uint32_t *chosen = mtmi_memory_new(n + 1, sizeof *chosen);
    r->failed |= chosen == NULL || !mtmi_sort(order, n, sizeof *order, by_run, &how);
    for (size_t start = 0, end; start < n && !r->failed; start = end) {
        for (end = start + 1; end < n && same_run(r, order[start], order[end], cell_first);) {
            end++;
        }
        if (!cell_first) {
            join_same(r, order + start, end - start);
        }
        at_releases(r, order + start, end - start, chosen, fall_in);
    }
    mtmi_memory_free(chosen);
}

/* ---- tables ---- */

/* What other files of the audit find of registers and country groups. */
static int fall_aside(void *context, const char *place, uint32_t observed, uint64_t key) {
    reading *r = context;
    mtmi_buffer name = MTMI_BUFFER_INIT;
    mtmi_buffer_text(&name, place);
    if (!r->data->signs[observed]) {
        add_fall(r, &name, observed, key);
    }
    mtmi_buffer_free(&name);
    return !r->failed;
}

static void fall_into_table(reading *r, const uint32_t *chosen, size_t n, int32_t release) {
    mtmi_buffer place = MTMI_BUFFER_INIT;
    for (size_t i = 0; i < n && !r->failed; i++) {
        for (size_t m = 0; m < r->n_meets; m++) {
            if ((r->meets[m] & r->names_of[chosen[i]]) == r->meets[m] && (r->grouped[chosen[i]] & ~r->meets[m]) == 0) {
                name_place(r, chosen[i], release, r->meets[m], &place);
                add_fall(r, &place, chosen[i], r->names_of[chosen[i]]);
            }
        }
    }
    mtmi_buffer_clear(&place);
    mtmi_buffer_format(&place, "%d", (int)release);
    r->failed |= place.failed || !mtmi_audit_country_groups(r->evidence, chosen, n, place.data, fall_aside, r);
    mtmi_buffer_free(&place);
}

static void fall_into_tables(reading *r, const unsigned char *first_of_family) {
    uint32_t *order = mtmi_memory_new(r->evidence->n_observed + 1, sizeof *order);
    r->failed |= order == NULL;
    for (size_t f = 0; f < r->evidence->n_observed && !r->failed; f++) {
        uint64_t tables[TABLES_MAX];
        size_t n = 0;
        if (!first_of_family[f] || r->data->signs[f]) {
            continue;
        }
        r->n_meets = list_meets(tables, list_tables(r, f, tables), r->meets);
        for (uint32_t i = (uint32_t)f; i < r->evidence->n_observed; i++) {
            if (same_family(r, i, f)) {
                order[n++] = i;
            }
        }
        by_runs(r, order, n, 0, fall_into_table);
    }
    mtmi_memory_free(order);
}

/* Periods that follow one another and fill a longer one, starting with the longest that is not all of it. */
static void fall_into_periods(reading *r, const uint32_t *order, size_t n, int32_t release) {
    const mtmi_observed *observed = r->evidence->observed;
    mtmi_buffer place = MTMI_BUFFER_INIT;
    for (size_t w = 0; w < n && !r->failed; w++) {
        const mtm_period whole = observed[order[w]].period;
        size_t mark = r->n_falls, found = 0;
        int32_t day = whole.first;
        mtmi_buffer_clear(&place);
        mtmi_buffer_format(&place, "time %zu at %d", (size_t)order[w], (int)release);
        for (size_t i = 0; i < n && day <= whole.last && !r->failed; i++) {
            const mtm_period part = observed[order[i]].period;
            int shorter = part.last - part.first < whole.last - whole.first;
            if (part.first == day && shorter && part.last <= whole.last) {
                add_fall(r, &place, order[i], 1);
                found++;
                day = part.last + 1;
            }
        }
        if (day != whole.last + 1 || found == 0) {
            r->n_falls = mark;
        } else {
            add_fall(r, &place, order[w], 0);
        }
    }
    mtmi_buffer_free(&place);
}

static void fall_into_series(reading *r) {
    const mtmi_evidence *evidence = r->evidence;
    uint32_t *order = mtmi_memory_new(evidence->n_observed + 1, sizeof *order);
    size_t n = 0;
    for (uint32_t i = 0; order != NULL && i < evidence->n_observed; i++) {
        if (evidence->observed[i].is_flow && !r->data->signs[i]) {
            order[n++] = i;
        }
    }
    r->failed |= order == NULL;
    if (!r->failed) {
        by_runs(r, order, n, 1, fall_into_periods);
    }
    mtmi_memory_free(order);
}

static int by_place(const void *context, const void *a, const void *b) {
    const fall *left = a, *right = b;
    (void)context;
    if (left->place != right->place) {
        return left->place < right->place ? -1 : 1;
    }
    return (left->key > right->key) - (left->key < right->key);
}

static int write_groups(reading *r) {
    mtmi_audit_data *data = r->data;
    size_t n_observed = r->evidence->n_observed;
    data->groups = mtmi_memory_new(r->n_falls + 1, sizeof *data->groups);
    data->members = mtmi_memory_new(r->n_falls + 1, sizeof *data->members);
    data->place_first = mtmi_memory_new(r->places.n + 2, sizeof *data->place_first);
    data->group_first = mtmi_memory_new(n_observed + 2, sizeof *data->group_first);
    data->group_of = mtmi_memory_new(r->n_falls + 1, sizeof *data->group_of);
    data->n_places = r->places.n;
    if (data->groups == NULL || data->members == NULL || data->place_first == NULL || data->group_first == NULL ||
        data->group_of == NULL || !mtmi_sort(r->falls, r->n_falls, sizeof *r->falls, by_place, NULL)) {
        return 0;
    }
    for (size_t i = 0; i < r->n_falls; i++) {
        const fall *one = &r->falls[i];
        if (i == 0 || by_place(NULL, one, one - 1) != 0) {
            data->groups[data->n_groups++] = (mtmi_audit_group){one->place, one->key, 0, i, 0};
        }
        mtmi_audit_group *group = &data->groups[data->n_groups - 1];
        group->sum += data->values[one->observed];
        data->members[i] = one->observed;
        group->n++;
        data->group_first[one->observed + 1]++;
    }
    return 1;
}

static void index_groups(reading *r) {
    mtmi_audit_data *data = r->data;
    for (size_t g = 0; g < data->n_groups; g++) {
        data->place_first[data->groups[g].place + 1]++;
    }
    for (size_t i = 0; i < data->n_places; i++) {
        data->place_first[i + 1] += data->place_first[i];
    }
    for (size_t i = 0; i < r->evidence->n_observed; i++) {
        data->group_first[i + 1] += data->group_first[i];
    }
    for (uint32_t g = 0; g < data->n_groups; g++) {
        for (size_t i = data->groups[g].first; i < data->groups[g].first + data->groups[g].n; i++) {
            data->group_of[data->group_first[data->members[i]]++] = g;
        }
    }
    memmove(data->group_first + 1, data->group_first, r->evidence->n_observed * sizeof *data->group_first);
    data->group_first[0] = 0;
}

/* Families with a figure below 0 are balances: they add up to nothing. */
static void mark_families(reading *r, unsigned char *first_of_family) {
    size_t n = r->evidence->n_observed;
    mtmi_map families = MTMI_MAP_INIT;
    unsigned char *negative = mtmi_memory_new(n + 1, 1);
    r->failed |= negative == NULL;
    for (size_t turn = 0; turn < 2; turn++) {
        for (size_t i = 0; i < n && !r->failed; i++) {
            const char *family = r->evidence->observed[i].family;
            size_t before = families.n;
            uint32_t at = mtmi_map_add(&families, family, strlen(family));
            r->failed = at == MTMI_MAP_NONE;
            if (!r->failed && turn == 0) {
                first_of_family[i] = families.n > before;
                negative[at] |= r->data->values[i] < 0;
            } else if (!r->failed) {
                r->data->signs[i] = negative[at];
            }
        }
    }
    mtmi_memory_free(negative);
    mtmi_map_free(&families);
}

mtm_status mtmi_audit_data_read(mtmi_audit_data *data, const mtmi_evidence *evidence, mtm_error *err) {
    reading r = {.evidence = evidence, .data = data};
    size_t n = evidence->n_observed + 1;
    unsigned char *first_of_family = mtmi_memory_new(n, 1);
    data->values = mtmi_memory_new(n, sizeof *data->values);
    data->signs = mtmi_memory_new(n, 1);
    data->same = mtmi_memory_new(n, sizeof *data->same);
    for (uint32_t i = 0; data->same != NULL && i < evidence->n_observed; i++) {
        data->same[i] = i;
    }
    r.names_of = mtmi_memory_new(n, sizeof *r.names_of);
    r.grouped = mtmi_memory_new(n, sizeof *r.grouped);
    r.failed = first_of_family == NULL || data->values == NULL || data->signs == NULL || data->same == NULL ||
               r.names_of == NULL || r.grouped == NULL;
    if (!r.failed) {
        read_values(&r);
        mark_families(&r, first_of_family);
        fall_into_tables(&r, first_of_family);
        fall_into_series(&r);
        r.failed |= !mtmi_audit_balances(evidence, data->values, data->same, fall_aside, &r);
    }
    if (!r.failed && write_groups(&r)) {
        index_groups(&r);
    } else {
        r.failed = 1;
    }
    mtmi_memory_free(first_of_family);
    mtmi_memory_free(r.names_of);
    mtmi_memory_free(r.grouped);
    mtmi_memory_free(r.falls);
    mtmi_map_free(&r.names);
    mtmi_map_free(&r.places);
    return r.failed ? mtmi_error_memory(err) : MTM_OK;
}
