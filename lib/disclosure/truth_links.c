/* One rule makes every link: where a place includes others that are disjoint, its figure is the sum of theirs and a
 * rest. Places include one another over dimensions (the total over citizenships and each of them; where only two finer
 * breakdowns exist, their common total is a place too), over country groups, and for flows over time. A figure below
 * the sum of its parts is linked with none of them: what does not add up tells nothing. */
#include "disclosure/country_sets.h"
#include "disclosure/truth_nodes.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "period/period.h"

#include <string.h>

enum { DIMENSION_SETS_MAX = 256, CELL_MAX = 1024 };

#define APART                                                                                                          \
    ((uint64_t)1                                                                                                       \
     << 63) /* and their number: pairs of a link that says what is known of its whole, not what it is made of */

/* A place and one that it includes, by which dimensions the finer one has. */
typedef struct pair {
    uint32_t whole, part;
    uint64_t dimensions;
} pair;

typedef struct linking {
    mtmi_truth_nodes *nodes;
    uint64_t sets[DIMENSION_SETS_MAX]; /* of the family at hand */
    size_t n_sets;
    pair *pairs;
    size_t n_pairs, pairs_capacity;
    uint64_t n_apart;
    int failed;
} linking;

/* ---- links ---- */

/* The node of a place that goes with a release: of it, else the latest before, else any. */
static uint32_t pick(const mtmi_truth_nodes *nodes, uint32_t place, mtm_period release) {
    uint32_t best = nodes->places[place].first_node;
    for (uint32_t i = best; i != MTMI_NO_NODE; i = nodes->nodes[i].next) {
        int32_t last = nodes->nodes[i].release.last, so_far = nodes->nodes[best].release.last;
        int fits = last <= release.last, fitted = so_far <= release.last;
        best = (fits && (!fitted || last > so_far)) || (!fits && !fitted && last < so_far) ? i : best;
    }
    return best;
}

static int add_part(linking *l, uint32_t node) {
    void *table = l->nodes->parts;
    if (!mtmi_memory_reserve(&table, &l->nodes->parts_capacity, l->nodes->n_parts + 1, sizeof *l->nodes->parts)) {
        l->failed = 1;
        return 0;
    }
    l->nodes->parts = table;
    l->nodes->parts[l->nodes->n_parts++] = node;
    return 1;
}

/* whole = parts + rest, where that holds. */
static void end_link(linking *l, uint32_t whole, size_t first, int is_known) {
    mtmi_truth_nodes *nodes = l->nodes;
    void *table = nodes->links;
    int64_t rest = nodes->nodes[whole].value;
    for (size_t i = first; i < nodes->n_parts; i++) {
        rest -= nodes->nodes[nodes->parts[i]].value;
    }
    if (rest < 0 || nodes->n_parts == first) {
        nodes->n_parts = first;
        return;
    }
    if (!mtmi_memory_reserve(&table, &nodes->links_capacity, nodes->n_links + 1, sizeof *nodes->links)) {
        l->failed = 1;
        return;
    }
    nodes->links = table;
    nodes->links[nodes->n_links++] = (mtmi_truth_link){whole, first, nodes->n_parts - first, rest, is_known};
}

static void link_pairs(linking *l, const pair *pairs, size_t n) {
    for (uint32_t whole = l->nodes->places[pairs->whole].first_node; whole != MTMI_NO_NODE;
         whole = l->nodes->nodes[whole].next) {
        size_t first = l->nodes->n_parts;
        for (size_t i = 0; i < n && !l->failed; i++) {
            add_part(l, pick(l->nodes, pairs[i].part, l->nodes->nodes[whole].release));
        }
        end_link(l, whole, first, pairs->dimensions >= APART);
    }
}

static int add_pair(linking *l, uint32_t whole, uint32_t part, uint64_t dimensions) {
    void *table = l->pairs;
    if (!mtmi_memory_reserve(&table, &l->pairs_capacity, l->n_pairs + 1, sizeof *l->pairs)) {
        l->failed = 1;
        return 0;
    }
    l->pairs = table;
    l->pairs[l->n_pairs++] = (pair){whole, part, dimensions};
    return 1;
}

static int by_whole(const void *context, const void *a, const void *b) {
    const pair *left = a, *right = b;
    (void)context;
    if (left->whole != right->whole) {
        return left->whole < right->whole ? -1 : 1;
    }
    return (left->dimensions > right->dimensions) - (left->dimensions < right->dimensions);
}

static size_t run_end(const linking *l, size_t start) {
    size_t end = start;
    while (end < l->n_pairs && l->pairs[end].whole == l->pairs[start].whole &&
           l->pairs[end].dimensions == l->pairs[start].dimensions) {
        end++;
    }
    return end;
}

static void sort_pairs(linking *l) {
    if (!l->failed && !mtmi_sort(l->pairs, l->n_pairs, sizeof *l->pairs, by_whole, NULL)) {
        l->failed = 1;
    }
}

/* A place that no figure stands for gets one: the largest that its parts add up to. */
static void figure_place(linking *l, size_t start, size_t end) {
    uint32_t place = l->pairs[start].whole;
    int64_t most = INT64_MIN;
    mtmi_truth_node like = {0};
    for (size_t at = start; at < end; at = run_end(l, at)) {
        int64_t sum = 0;
        for (size_t i = at; i < run_end(l, at); i++) {
            const mtmi_truth_node *part = &l->nodes->nodes[l->nodes->places[l->pairs[i].part].first_node];
            sum += part->value;
            like.is_flow |= part->is_flow;
            like.amount |= part->amount;
            like.by.contributors = -1;
            like.release = part->release;
        }
        most = sum > most ? sum : most;
    }
    like.value = most;
    if (mtmi_truth_node_add(l->nodes, place, &like) == MTMI_NO_NODE) {
        l->failed = 1;
    }
}

static void link_all_pairs(linking *l) {
    sort_pairs(l);
    for (size_t start = 0, end; start < l->n_pairs && !l->failed; start = end) {
        for (end = start; end < l->n_pairs && l->pairs[end].whole == l->pairs[start].whole;) {
            end++;
        }
        if (l->nodes->places[l->pairs[start].whole].first_node == MTMI_NO_NODE) {
            figure_place(l, start, end);
        }
        for (size_t at = start; at < end && !l->failed; at = run_end(l, at)) {
            link_pairs(l, l->pairs + at, run_end(l, at) - at);
        }
    }
    l->n_pairs = 0;
}

/* ---- dimensions ---- */

static int has_set(const linking *l, uint64_t set) {
    for (size_t i = 0; i < l->n_sets; i++) {
        if (l->sets[i] == set) {
            return 1;
        }
    }
    return 0;
}

static void add_set(linking *l, uint64_t set) {
    if (!has_set(l, set) && l->n_sets < DIMENSION_SETS_MAX) {
        l->sets[l->n_sets++] = set;
    }
}

/* The sets of dimensions that a family's places have, and what any two of them have in common. */
static void gather_sets(linking *l, uint32_t family) {
    l->n_sets = 0;
    for (size_t i = 0; i < l->nodes->n_places; i++) {
        if (l->nodes->places[i].family == family) {
            add_set(l, l->nodes->places[i].dimensions);
        }
    }
    for (size_t i = 0; i < l->n_sets; i++) {
        for (size_t k = 0; k < i; k++) {
            add_set(l, l->sets[i] & l->sets[k]);
        }
    }
    for (size_t i = 1; i < l->n_sets; i++) { /* the finest first */
        for (size_t k = i; k > 0 && __builtin_popcountll(l->sets[k]) > __builtin_popcountll(l->sets[k - 1]); k--) {
            uint64_t held = l->sets[k];
            l->sets[k] = l->sets[k - 1];
            l->sets[k - 1] = held;
        }
    }
}

/* Whether no set lies between the two. */
static int is_next(const linking *l, uint64_t coarse, uint64_t fine) {
    if (coarse == fine || (coarse & fine) != coarse) {
        return 0;
    }
    for (size_t i = 0; i < l->n_sets; i++) {
        uint64_t set = l->sets[i];
        if (set != coarse && set != fine && (set & coarse) == coarse && (set & fine) == set) {
            return 0;
        }
    }
    return 1;
}

/* The members of a cell in some dimensions only. 0 where they do not fit. */
static int project(mtmi_truth_nodes *nodes, const char *cell, uint64_t dimensions, char *out) {
    size_t n = 0;
    for (const char *at = cell; *at != '\0';) {
        size_t name = strcspn(at, "="), part = strcspn(at, "|");
        uint32_t dimension = mtmi_map_find(&nodes->dimensions, at, name);
        if ((dimensions >> (dimension & 63) & 1) != 0) {
            if (n + part + 2 > CELL_MAX) {
                return 0;
            }
            if (n > 0) {
                out[n++] = '|';
            }
            memcpy(out + n, at, part);
            n += part;
        }
        at += part + (at[part] != '\0');
    }
    out[n] = '\0';
    return 1;
}

static void pair_sets(linking *l, uint32_t family, uint64_t coarse, uint64_t fine) {
    char cell[CELL_MAX];
    size_t n = l->nodes->n_places;
    for (size_t i = 0; i < n && !l->failed; i++) {
        const mtmi_truth_place part = l->nodes->places[i];
        if (part.family != family || part.dimensions != fine || (part.grouped & ~coarse) != 0 ||
            part.first_node == MTMI_NO_NODE || !project(l->nodes, part.cell, coarse, cell)) {
            continue;
        }
        uint32_t whole = mtmi_truth_place_find(l->nodes, family, cell, part.period);
        if (whole == MTMI_NO_NODE) {
            l->failed = 1;
        } else {
            add_pair(l, whole, (uint32_t)i, fine);
        }
    }
}

static void link_dimensions(linking *l, uint32_t family) {
    gather_sets(l, family);
    for (size_t c = 0; c < l->n_sets && !l->failed; c++) {
        for (size_t f = 0; f < l->n_sets && !l->failed; f++) {
            if (is_next(l, l->sets[c], l->sets[f])) {
                pair_sets(l, family, l->sets[c], l->sets[f]);
            }
        }
        link_all_pairs(l);
    }
}

/* ---- country groups ---- */

/* A place that is a member or a group in one dimension, and the place of all of them. */
typedef struct beside {
    uint32_t around, place;
    int is_group;
    int32_t country;      /* of a member; -1 for one that no group has */
    mtmi_country_set set; /* of a group */
} beside;

typedef struct gathering {
    linking *l;
    mtmi_country_sets sets;
    beside *of;
    size_t n, capacity;
} gathering;

/* The part of a cell that one dimension has; NULL for none. */
static const char *find_part(const mtmi_truth_nodes *nodes, const char *cell, uint32_t dimension) {
    for (const char *at = cell; *at != '\0';) {
        size_t part = strcspn(at, "|");
        if (mtmi_map_find(&nodes->dimensions, at, strcspn(at, "=")) == dimension) {
            return at;
        }
        at += part + (at[part] != '\0');
    }
    return NULL;
}

static void gather_place(gathering *g, uint32_t p, uint32_t dimension) {
    linking *l = g->l;
    const mtmi_truth_place place = l->nodes->places[p];
    const char *part = find_part(l->nodes, place.cell, dimension);
    char cell[CELL_MAX];
    void *table = g->of;
    if (part == NULL || !project(l->nodes, place.cell, place.dimensions & ~((uint64_t)1 << (dimension & 63)), cell)) {
        return;
    }
    beside one = {.place = p};
    const char *code = part + strcspn(part, "=") + 1;
    size_t length = strcspn(code, "|");
    one.is_group = *code == '*';
    one.around = mtmi_truth_place_find(l->nodes, place.family, cell, place.period);
    if (one.around == MTMI_NO_NODE ||
        !(one.is_group ? mtmi_country_set_find(&g->sets, code + 1, length - 1, place.period, &one.set)
                       : mtmi_country_find(&g->sets, code, length, &one.country)) ||
        !mtmi_memory_reserve(&table, &g->capacity, g->n + 1, sizeof *g->of)) {
        l->failed = 1;
        return;
    }
    g->of = table;
    g->of[g->n++] = one;
}

static int by_around(const void *context, const void *a, const void *b) {
    const mtmi_truth_place *places = context;
    const beside *left = a, *right = b;
    if (left->around != right->around) {
        return left->around < right->around ? -1 : 1;
    }
    int found = strcmp(places[left->place].cell, places[right->place].cell);
    return found != 0 ? found : (left->place > right->place) - (left->place < right->place);
}

/* A group and the groups beside it that share no country with it or one another, and the members that none of them has: together no
 * more than the whole. within: the group that is the whole; NULL where it is all. */
static void link_apart(linking *l, const beside *of, size_t n, const beside *within, const beside *first) {
    mtmi_country_set taken = first->set;
    const uint32_t whole = within != NULL ? within->place : first->around;
    add_pair(l, whole, first->place, APART + l->n_apart);
    for (size_t i = 0; i < n; i++) {
        const int fits = within == NULL || mtmi_country_set_holds(&within->set, &of[i].set);
        if (of[i].is_group && &of[i] != within && fits && mtmi_country_sets_apart(&taken, &of[i].set)) {
            mtmi_country_set_add(&taken, &of[i].set);
            add_pair(l, whole, of[i].place, APART + l->n_apart);
        }
    }
    for (size_t i = 0; i < n; i++) {
        const int fits = within == NULL || mtmi_country_set_has(&within->set, of[i].country);
        if (!of[i].is_group && fits && !mtmi_country_set_has(&taken, of[i].country)) {
            add_pair(l, whole, of[i].place, APART + l->n_apart);
        }
    }
    l->n_apart++;
}

static void link_beside(linking *l, const beside *of, size_t n) {
    const int has_all = l->nodes->places[of[0].around].first_node != MTMI_NO_NODE;
    for (size_t i = 0; i < n && !l->failed; i++) {
        if (!of[i].is_group) {
            continue;
        }
        for (size_t k = 0; k < n; k++) {
            if (!of[k].is_group && mtmi_country_set_has(&of[i].set, of[k].country)) {
                add_pair(l, of[i].place, of[k].place, l->nodes->places[of[i].place].dimensions);
            } else if (of[k].is_group && k != i && mtmi_country_set_holds(&of[i].set, &of[k].set)) {
                link_apart(l, of, n, &of[i], &of[k]);
            }
        }
        if (has_all) {
            link_apart(l, of, n, NULL, &of[i]);
        }
    }
}

/* Whether some place has a group in a dimension. */
static int has_groups(const mtmi_truth_nodes *nodes, uint32_t dimension) {
    for (size_t i = 0; i < nodes->n_places; i++) {
        const char *part = nodes->places[i].is_group ? find_part(nodes, nodes->places[i].cell, dimension) : NULL;
        if (part != NULL && part[strcspn(part, "=") + 1] == '*') {
            return 1;
        }
    }
    return 0;
}

static void link_groups(linking *l) {
    gathering g = {.l = l};
    for (uint32_t dimension = 0; dimension < l->nodes->dimensions.n && !l->failed; dimension++) {
        size_t n = has_groups(l->nodes, dimension) ? l->nodes->n_places : 0;
        g.n = 0;
        for (uint32_t i = 0; i < n && !l->failed; i++) {
            const mtmi_truth_place *place = &l->nodes->places[i];
            if (place->first_node != MTMI_NO_NODE && !l->nodes->has_negative[place->family]) {
                gather_place(&g, i, dimension);
            }
        }
        l->failed |= !mtmi_sort(g.of, g.n, sizeof *g.of, by_around, l->nodes->places);
        for (size_t start = 0, end; start < g.n && !l->failed; start = end) {
            for (end = start; end < g.n && g.of[end].around == g.of[start].around;) {
                end++;
            }
            link_beside(l, g.of + start, end - start);
        }
        link_all_pairs(l);
    }
    mtmi_country_sets_free(&g.sets);
    mtmi_memory_free(g.of);
}

/* ---- time ---- */

static int by_cell(const void *context, const void *a, const void *b) {
    const mtmi_truth_place *places = context;
    const mtmi_truth_place *left = &places[*(const uint32_t *)a], *right = &places[*(const uint32_t *)b];
    if (left->family != right->family) {
        return left->family < right->family ? -1 : 1;
    }
    if (left->cell != right->cell) { /* each text is kept once */
        return strcmp(left->cell, right->cell);
    }
    if (left->period.first != right->period.first) {
        return left->period.first < right->period.first ? -1 : 1;
    }
    return (left->period.last < right->period.last) - (left->period.last > right->period.last);
}

/* Periods by first day, the longest first: the parts of one are those after it that no other part of it includes. */
static void link_time(linking *l, const uint32_t *order, size_t n) {
    const mtmi_truth_place *places = l->nodes->places;
    for (size_t i = 0; i < n && !l->failed; i++) {
        mtm_period whole = places[order[i]].period;
        int32_t covered = INT32_MIN;
        for (size_t k = i + 1; k < n && places[order[k]].period.first <= whole.last && !l->failed; k++) {
            mtm_period part = places[order[k]].period;
            if (part.last <= whole.last && part.first > covered) {
                add_pair(l, order[i], order[k], 0);
                covered = part.last;
            }
        }
    }
}

static void link_times(linking *l) {
    mtmi_truth_nodes *nodes = l->nodes;
    uint32_t *order = mtmi_memory_new(nodes->n_places + 1, sizeof *order);
    size_t n = 0;
    if (order == NULL) {
        l->failed = 1;
        return;
    }
    for (uint32_t i = 0; i < nodes->n_places; i++) {
        uint32_t node = nodes->places[i].first_node;
        if (node != MTMI_NO_NODE && nodes->nodes[node].is_flow && !nodes->has_negative[nodes->places[i].family]) {
            order[n++] = i;
        }
    }
    l->failed |= !mtmi_sort(order, n, sizeof *order, by_cell, nodes->places);
    for (size_t start = 0, end; start < n && !l->failed; start = end) {
        for (end = start; end < n && nodes->places[order[end]].family == nodes->places[order[start]].family &&
                          nodes->places[order[end]].cell == nodes->places[order[start]].cell;) {
            end++;
        }
        link_time(l, order + start, end - start);
    }
    mtmi_memory_free(order);
    link_all_pairs(l);
}

mtm_status mtmi_truth_links_build(mtmi_truth_nodes *nodes, mtm_error *err) {
    linking l = {.nodes = nodes};
    for (uint32_t family = 0; family < nodes->families.n && !l.failed; family++) {
        if (!nodes->has_negative[family]) {
            link_dimensions(&l, family);
        }
    }
    if (!l.failed) {
        link_groups(&l);
    }
    if (!l.failed) {
        link_times(&l);
    }
    mtmi_memory_free(l.pairs);
    return l.failed ? mtmi_error_memory(err) : MTM_OK;
}
