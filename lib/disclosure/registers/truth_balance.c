/* Each period of movements is met with the stocks at its ends, in the dimensions that both have: by sex where both are by sex,
 * in all else. Only sums that balance in truth are linked; ages change, and stay out. */
#include "disclosure/registers/balance.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "base/sort.h"

#include <string.h>

typedef mtmi_truth_writing writing;

/* What is counted of a period: MOVED adds to a side, and does not make it complete. */
enum { BEFORE, CAME, AFTER, LEFT, SIDES, MOVED_IN, MOVED_OUT, NOTHING };

typedef struct counted {
    uint32_t node;
    uint64_t dimensions; /* but those of events and ages */
    int event;           /* of movements; NOTHING for stocks */
    mtm_period period;
} counted;

typedef struct entry {
    uint32_t at, node; /* at: the balance */
    int side;
} entry;

typedef struct balancing {
    writing *w;
    counted *all;
    size_t n_all;
    uint64_t left_out; /* dimensions of events and ages, one a bit */
    int32_t last_day;  /* of all stocks */
    mtmi_map places;
    entry *entries;
    size_t n_entries, capacity;
} balancing;

static uint64_t bit_of(const mtmi_truth_nodes *nodes, const char *name) {
    uint32_t dimension = mtmi_map_find(&nodes->dimensions, name, strlen(name));
    return dimension != MTMI_MAP_NONE ? (uint64_t)1 << (dimension & 63) : 0;
}

static int event_of(const char *cell) {
    static const struct {
        const char *text;
        int event;
    } events[] = {
        {"event=entered", CAME}, {"event=left", LEFT}, {"event=moved-in", MOVED_IN}, {"event=moved-out", MOVED_OUT}};
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        const char *found = strstr(cell, events[i].text);
        const char *end = found != NULL ? found + strlen(events[i].text) : NULL;
        if (found != NULL && (found == cell || found[-1] == '|') && (*end == '|' || *end == '\0')) {
            return events[i].event;
        }
    }
    return NOTHING;
}

/* Whether the text has a part: "registration|persons|1|0" has "|persons|1|". */
static int has_part(const unsigned char *text, size_t length, const char *part) {
    for (size_t n = strlen(part), i = 0; i + n <= length; i++) {
        if (memcmp(text + i, part, n) == 0) {
            return 1;
        }
    }
    return 0;
}

static int read_node(const balancing *b, uint32_t at, counted *out) {
    const mtmi_truth_nodes *nodes = &b->w->space->nodes;
    const mtmi_truth_node *node = &nodes->nodes[at];
    const mtmi_truth_place *place = &nodes->places[node->place];
    size_t length;
    const unsigned char *family = mtmi_map_key(&nodes->families, place->family, &length);
    if (nodes->has_negative[place->family] || place->is_group || !node->persons || place->first_node != at) {
        return 0;
    }
    *out = (counted){at, place->dimensions & ~b->left_out, NOTHING, place->period};
    if (has_part(family, length, "registration|persons|1|")) {
        out->event = event_of(place->cell);
        return out->event != NOTHING;
    }
    return has_part(family, length, "|persons|2|");
}

static int collect(balancing *b) {
    const mtmi_truth_nodes *nodes = &b->w->space->nodes;
    b->left_out = bit_of(nodes, "event") | bit_of(nodes, "age") | bit_of(nodes, "age-group");
    b->last_day = INT32_MIN;
    b->all = mtmi_memory_new(nodes->n_nodes + 1, sizeof *b->all);
    for (uint32_t i = 0; b->all != NULL && i < nodes->n_nodes; i++) {
        counted *one = &b->all[b->n_all];
        if (!read_node(b, i, one)) {
            continue;
        }
        b->n_all++;
        if (one->event == NOTHING && one->period.last > b->last_day) {
            b->last_day = one->period.last;
        }
    }
    return b->all != NULL;
}

/* The members of a cell in some dimensions. */
static void project(const mtmi_truth_nodes *nodes, const char *cell, uint64_t dimensions, mtmi_buffer *out) {
    mtmi_buffer_clear(out);
    mtmi_buffer_char(out, ';');
    while (*cell != '\0') {
        size_t part = strcspn(cell, "|");
        uint32_t dimension = mtmi_map_find(&nodes->dimensions, cell, strcspn(cell, "="));
        if ((dimensions >> (dimension & 63) & 1) != 0) {
            mtmi_buffer_add(out, cell, part);
            mtmi_buffer_char(out, ';');
        }
        cell += part + (cell[part] != '\0');
    }
}

static void add_entry(balancing *b, const mtmi_buffer *place, uint32_t node, int side) {
    void *table = b->entries;
    uint32_t at = place->failed ? MTMI_MAP_NONE : mtmi_map_add(&b->places, place->data, place->size);
    if (at == MTMI_MAP_NONE || !mtmi_memory_reserve(&table, &b->capacity, b->n_entries + 1, sizeof *b->entries)) {
        b->w->failed = 1;
        return;
    }
    b->entries = table;
    b->entries[b->n_entries++] = (entry){at, node, side};
}

/* The last stock is dated by the last day that the register tells of, and not by the end of a period. */
static int is_after(const balancing *b, int32_t day, mtm_period period) {
    return day == period.last || (day == b->last_day && period.first <= day && day < period.last);
}

static int side_in(const balancing *b, const counted *one, mtm_period period) {
    if (one->event != NOTHING) {
        return one->period.first == period.first && one->period.last == period.last ? one->event : NOTHING;
    }
    return one->period.last + 1 == period.first ? BEFORE : is_after(b, one->period.last, period) ? AFTER : NOTHING;
}

/* The movements of some dimensions, and stocks of some, at one period. */
static void gather(balancing *b, mtm_period period, uint64_t moving, uint64_t standing) {
    const mtmi_truth_nodes *nodes = &b->w->space->nodes;
    mtmi_buffer place = MTMI_BUFFER_INIT;
    b->n_entries = 0;
    mtmi_map_cut(&b->places, 0);
    for (size_t i = 0; i < b->n_all && !b->w->failed; i++) {
        const counted *one = &b->all[i];
        const int side = side_in(b, one, period);
        if (side != NOTHING && one->dimensions == (one->event != NOTHING ? moving : standing)) {
            project(nodes, nodes->places[nodes->nodes[one->node].place].cell, moving & standing, &place);
            add_entry(b, &place, one->node, side);
        }
    }
    mtmi_buffer_free(&place);
}

static int by_balance(const void *context, const void *a, const void *b) {
    const entry *left = a, *right = b;
    (void)context;
    return (left->at > right->at) - (left->at < right->at);
}

static int is_plus(int side) {
    return side == BEFORE || side == CAME || side == MOVED_IN;
}

/* Adds up the sides; has: which of them are told. */
static int64_t add_up(const balancing *b, const entry *entries, size_t n, int has[SIDES]) {
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += (is_plus(entries[i].side) ? 1 : -1) * b->w->space->nodes.nodes[entries[i].node].value;
        if (entries[i].side < SIDES) {
            has[entries[i].side] = 1;
        }
    }
    return sum;
}

/* Whether it says something: it is even, or the lesser side lacks a number. */
static int is_balance(int64_t sum, const int has[SIDES]) {
    const int whole = has[BEFORE] && has[CAME], other = has[AFTER] && has[LEFT];
    const int told = (has[CAME] || has[LEFT]) && (has[BEFORE] || has[AFTER]);
    return told && (sum == 0 || (sum > 0 ? whole && !other : !whole && other));
}

/* The sides of one balance, as a sum that is 0; what is not told of the lesser side is a number of its own. */
static void write_balance(const balancing *b, const entry *entries, size_t n) {
    writing *w = b->w;
    int has[SIDES] = {0};
    const int64_t sum = add_up(b, entries, n, has);
    if (!is_balance(sum, has)) {
        return;
    }
    mtmi_vector vector = mtmi_vectors_start(&w->pool);
    for (size_t i = 0; i < n; i++) {
        mtmi_vectors_add_all(&w->pool, w->of_node[entries[i].node], is_plus(entries[i].side) ? 1 : -1);
    }
    if (sum != 0) {
        mtmi_vectors_add(&w->pool, mtmi_truth_rest(w, sum > 0 ? sum : -sum), sum > 0 ? -1 : 1);
    }
    mtmi_truth_known(w, mtmi_vectors_end(&w->pool, vector));
}

static void write_balances(balancing *b) {
    if (!b->w->failed && !mtmi_sort(b->entries, b->n_entries, sizeof *b->entries, by_balance, NULL)) {
        b->w->failed = 1;
    }
    for (size_t start = 0, end; start < b->n_entries && !b->w->failed; start = end) {
        for (end = start + 1; end < b->n_entries && b->entries[end].at == b->entries[start].at;) {
            end++;
        }
        write_balance(b, b->entries + start, end - start);
    }
}

/* Notes what is met the first time: the dimensions of stocks, dimensions and periods of movements. */
static int note(mtmi_map *known, const counted *one) {
    const struct {
        uint64_t dimensions;
        mtm_period period;
    } key = {one->dimensions, one->event != NOTHING ? one->period : (mtm_period){0, 0}};
    const size_t before = known->n;
    return mtmi_map_add(known, &key, sizeof key) == MTMI_MAP_NONE ? -1 : known->n > before;
}

/* The first of each kind, movements or stocks; 0 when memory ran out. */
static int list_first(const balancing *b, int moves, uint32_t *out, size_t *n) {
    mtmi_map known = MTMI_MAP_INIT;
    int is_new = 0;
    for (size_t i = 0; i < b->n_all && is_new >= 0; i++) {
        if ((b->all[i].event != NOTHING) == moves && (is_new = note(&known, &b->all[i])) > 0) {
            out[(*n)++] = (uint32_t)i;
        }
    }
    mtmi_map_free(&known);
    return is_new >= 0;
}

void mtmi_truth_balances(mtmi_truth_writing *w) {
    balancing b = {.w = w};
    uint32_t *moving = NULL, *standing = NULL;
    size_t n_moving = 0, n_standing = 0;
    int whole = collect(&b);
    if (whole && b.n_all > 0) {
        moving = mtmi_memory_new(b.n_all, sizeof *moving);
        standing = mtmi_memory_new(b.n_all, sizeof *standing);
        whole = moving != NULL && standing != NULL && list_first(&b, 1, moving, &n_moving) &&
                list_first(&b, 0, standing, &n_standing);
    }
    w->failed |= !whole;
    for (size_t i = 0; i < n_moving && !w->failed; i++) {
        for (size_t k = 0; k < n_standing && !w->failed; k++) {
            gather(&b, b.all[moving[i]].period, b.all[moving[i]].dimensions, b.all[standing[k]].dimensions);
            write_balances(&b);
        }
    }
    mtmi_memory_free(moving);
    mtmi_memory_free(standing);
    mtmi_memory_free(b.all);
    mtmi_memory_free(b.entries);
    mtmi_map_free(&b.places);
}
