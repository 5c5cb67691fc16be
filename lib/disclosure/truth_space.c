/* Writes every number as a sum over atoms: what links say of a node is put in its place, until only nodes that nothing
 * finer stands for are left, and rests. Links that then still say something are statements that everybody knows. What
 * earlier documents printed is known too. */
#include "disclosure/money.h"
#include "disclosure/registers/balance.h"

#include "base/decimal.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/try.h"
#include "period/period.h"

#include <mtm/report.h>

#include <string.h>

typedef mtmi_truth_writing writing;

void mtmi_truth_space_clear(mtmi_truth_space *space) {
    mtmi_truth_nodes_clear(&space->nodes);
    mtmi_system_clear(&space->system);
    mtmi_memory_free(space->claims);
    mtmi_memory_free(space->atom_of);
    mtmi_memory_free(space->node_vectors);
    mtmi_memory_free(space->node_terms);
    mtmi_memory_free(space->raw);
    memset(space, 0, sizeof *space);
}

static const mtmi_atom_kind plain = {0, 0, {-1, 0, 0}};

/* ---- nodes as sums ---- */

typedef struct ranked {
    uint32_t node;
    int finer, group;
    int32_t days;
} ranked;

static int finest_first(const void *context, const void *a, const void *b) {
    const ranked *left = a, *right = b;
    (void)context;
    if (left->finer != right->finer) {
        return right->finer - left->finer;
    }
    if (left->group != right->group) {
        return left->group - right->group;
    }
    return (left->days > right->days) - (left->days < right->days);
}

static ranked *rank_nodes(const mtmi_truth_nodes *nodes) {
    ranked *order = mtmi_memory_new(nodes->n_nodes + 1, sizeof *order);
    for (uint32_t i = 0; order != NULL && i < nodes->n_nodes; i++) {
        const mtmi_truth_place *place = &nodes->places[nodes->nodes[i].place];
        order[i] = (ranked){i, __builtin_popcountll(place->dimensions), place->is_group,
                            place->period.last - place->period.first};
    }
    if (order != NULL && !mtmi_sort(order, nodes->n_nodes, sizeof *order, finest_first, NULL)) {
        mtmi_memory_free(order);
        order = NULL;
    }
    return order;
}

/* A balance may be below 0: the difference of two atoms with room on either side. */
static mtmi_vector write_balance(writing *w, int64_t value) {
    static const mtmi_atom_kind loose = {1, 0, {-1, 0, 0}};
    mtmi_vector vector = mtmi_vectors_start(&w->pool);
    int64_t room = (value < 0 ? -value : value) + 1000000;
    mtmi_vectors_add(&w->pool, mtmi_truth_atom(w, room + (value > 0 ? value : 0), loose), 1);
    mtmi_vectors_add(&w->pool, mtmi_truth_atom(w, room - (value < 0 ? value : 0), loose), -1);
    return mtmi_vectors_end(&w->pool, vector);
}

/* What a whole counts beside its parts: of its contributors those that the parts leave. */
static mtmi_atom_kind kind_of_rest(const mtmi_truth_nodes *nodes, const mtmi_truth_link *link) {
    const mtmi_truth_node *whole = &nodes->nodes[link->whole];
    mtmi_contribution parts = {0, 0, 0};
    for (size_t i = 0; i < link->n; i++) {
        parts = mtmi_money_join(parts, nodes->nodes[nodes->parts[link->first + i]].by);
    }
    return (mtmi_atom_kind){0, whole->amount, mtmi_money_less(whole->by, parts, link->rest)};
}

static mtmi_vector write_link(writing *w, const mtmi_truth_link *link) {
    const mtmi_truth_nodes *nodes = &w->space->nodes;
    mtmi_vector vector = mtmi_vectors_start(&w->pool);
    for (size_t i = 0; i < link->n; i++) {
        mtmi_vectors_add_all(&w->pool, w->of_node[nodes->parts[link->first + i]], 1);
    }
    if (link->rest > 0) {
        mtmi_vectors_add(&w->pool, mtmi_truth_atom(w, link->rest, kind_of_rest(nodes, link)), 1);
    }
    return vector;
}

static void write_node(writing *w, uint32_t at, const mtmi_truth_link *link) {
    const mtmi_truth_node *node = &w->space->nodes.nodes[at];
    if (w->space->nodes.has_negative[w->space->nodes.places[node->place].family]) {
        w->of_node[at] = write_balance(w, node->value);
    } else if (link != NULL) {
        w->of_node[at] = mtmi_vectors_end(&w->pool, write_link(w, link));
    } else {
        mtmi_vector vector = mtmi_vectors_start(&w->pool);
        const mtmi_atom_kind kind = {node->loose, node->amount, node->by};
        mtmi_vectors_add(&w->pool, mtmi_truth_atom(w, node->value, kind), 1);
        w->of_node[at] = mtmi_vectors_end(&w->pool, vector);
    }
}

/* What a further link says of a node that is a sum already: known to everyone. */
static void write_structure(writing *w, const mtmi_truth_link *link) {
    mtmi_vector vector = write_link(w, link);
    mtmi_vectors_add_all(&w->pool, w->of_node[link->whole], -1);
    mtmi_truth_known(w, mtmi_vectors_end(&w->pool, vector));
}

static void write_nodes(writing *w) {
    const mtmi_truth_nodes *nodes = &w->space->nodes;
    ranked *order = rank_nodes(nodes);
    size_t *link_of = mtmi_memory_new(nodes->n_nodes + 1, sizeof *link_of);
    if (order == NULL || link_of == NULL) {
        w->failed = 1;
    }
    for (size_t i = nodes->n_links; i-- > 0 && !w->failed;) {
        if (!nodes->links[i].is_known) {
            link_of[nodes->links[i].whole] = i + 1;
        }
    }
    for (size_t i = 0; i < nodes->n_nodes && !w->failed; i++) {
        size_t link = link_of[order[i].node];
        write_node(w, order[i].node, link > 0 ? &nodes->links[link - 1] : NULL);
    }
    for (size_t i = 0; i < nodes->n_links && !w->failed; i++) {
        if (link_of[nodes->links[i].whole] != i + 1) {
            write_structure(w, &nodes->links[i]);
        }
    }
    if (!w->failed) {
        mtmi_truth_balances(w);
    }
    mtmi_memory_free(order);
    mtmi_memory_free(link_of);
}

/* ---- numbers as sums ---- */

typedef struct number_key {
    uint32_t result, index;
    int place, reserved;
} number_key;

static const mtmi_evidence_number *find_number(const writing *w, uint32_t result, int place, uint32_t index) {
    const number_key key = {result, index, place, 0};
    uint32_t at = mtmi_map_find(&w->numbers, &key, sizeof key);
    return at != MTMI_MAP_NONE ? &w->space->nodes.evidence->numbers[at] : NULL;
}

static void index_numbers(writing *w) {
    const mtmi_evidence *evidence = w->space->nodes.evidence;
    for (size_t i = 0; i < evidence->n_numbers && !w->failed; i++) {
        const mtmi_evidence_number *number = &evidence->numbers[i];
        const number_key key = {number->result, number->index, number->place, 0};
        w->failed = mtmi_map_add(&w->numbers, &key, sizeof key) != i; /* each comes once */
    }
}

static void add_number(writing *w, const mtmi_evidence_number *number, int32_t sign) {
    const mtmi_evidence *evidence = w->space->nodes.evidence;
    for (size_t i = 0; i < number->n; i++) {
        const mtmi_evidence_term *term = &evidence->terms[number->first + i];
        mtmi_vectors_add_all(&w->pool, w->of_node[w->space->nodes.node_of[term->observed]], sign * term->sign);
    }
}

static int is_part(const mtmi_result_row *row) {
    return row->row.kind != MTM_MEMBER_GROUP && row->row.kind != MTM_MEMBER_TOTAL && row->row.kind != MTM_MEMBER_OTHER;
}

/* The remainder of a list is its total less its rows. 0 where one of them is not known. */
static int add_remainder(writing *w, uint32_t r) {
    const mtm_result *result = &w->results->results[r];
    const mtmi_evidence_number *total = find_number(w, r, MTM_LINEAGE_VALUE, 0);
    if (!result->has_value || total == NULL) {
        return 0;
    }
    add_number(w, total, 1);
    for (uint32_t i = 0; i < result->n_rows; i++) {
        const mtmi_evidence_number *row = find_number(w, r, MTM_LINEAGE_BREAKDOWN, i);
        if (is_part(&result->rows[i]) && result->rows[i].row.has_value) {
            if (row == NULL) {
                return 0;
            }
            add_number(w, row, -1);
        }
    }
    return 1;
}

static int64_t value_of(const writing *w, mtmi_vector vector) {
    mtmi_wide sum = 0;
    for (size_t i = 0; i < vector.n; i++) {
        const mtmi_system_term *term = &w->pool.terms[vector.first + i];
        sum += (mtmi_wide)term->sign * w->atoms[term->at];
    }
    return sum > INT64_MAX || sum < INT64_MIN ? INT64_MIN : (int64_t)sum;
}

static int is_loose(const writing *w, mtmi_vector vector) {
    for (size_t i = 0; i < vector.n; i++) {
        if (!w->kinds[w->pool.terms[vector.first + i].at].loose) {
            return 0;
        }
    }
    return 1;
}

/* A number that no observation explains stands for itself. */
static mtmi_vector write_alone(writing *w, int64_t value) {
    if (value < 0) {
        return write_balance(w, value);
    }
    mtmi_vector vector = mtmi_vectors_start(&w->pool);
    mtmi_vectors_add(&w->pool, mtmi_truth_atom(w, value, plain), 1);
    return mtmi_vectors_end(&w->pool, vector);
}

/* Whether a number is money, and who contributed: of what is added, all; of what is subtracted, nobody is told apart. */
static int is_amount(const writing *w, const mtmi_evidence_term *terms, size_t n, const uint32_t *joined,
                     mtmi_contribution *by) {
    const mtmi_truth_nodes *nodes = &w->space->nodes;
    int amount = 0, first = 1;
    *by = (mtmi_contribution){-1, 0, 0};
    for (size_t i = 0; i < n; i++) {
        const mtmi_observed *observed =
            &nodes->evidence->observed[joined != NULL ? joined[terms[i].observed] : terms[i].observed];
        mtmi_contribution one = mtmi_truth_contribution(nodes, observed);
        amount |= observed->amount;
        if (terms[i].sign > 0) {
            *by = first ? one : mtmi_money_join(*by, one);
            first = 0;
        } else if (by->contributors >= 0) {
            by->contributors =
                one.contributors < 0
                    ? -1
                    : by->contributors - (one.contributors < by->contributors ? one.contributors : by->contributors);
        }
    }
    return amount;
}

static int counts_persons(const writing *w, const mtmi_evidence_number *number) {
    const mtmi_evidence *evidence = w->space->nodes.evidence;
    return number != NULL && number->n > 0 && evidence->observed[evidence->terms[number->first].observed].persons;
}

static mtmi_claim *new_claim(writing *w, uint32_t r, int place, uint32_t index, unsigned char *mask) {
    mtmi_truth_space *space = w->space;
    void *table = space->claims;
    if (!mtmi_memory_reserve(&table, &space->claims_capacity, space->n_claims + 1, sizeof *space->claims)) {
        w->failed = 1;
        return NULL;
    }
    space->claims = table;
    space->claims[space->n_claims] = (mtmi_claim){r, index, place, MTMI_NO_STATEMENT, mask};
    return &space->claims[space->n_claims++];
}

/* Of several that say who contributed, what tells most of the largest. */
static void keep_contribution(writing *w, uint32_t statement, mtmi_contribution by) {
    if (statement < w->n_statements && !w->failed) {
        mtmi_contribution *known = &w->statements[statement].by;
        *known = known->contributors < 0 || (by.contributors >= 0 && by.largest > known->largest) ? by : *known;
    }
}

/* What is known of a number beside what it counts; by: who contributed. */
static unsigned flags_of(const writing *w, const mtmi_evidence_number *number, const mtmi_result_row *row,
                         const unsigned char *mask, mtmi_contribution *by) {
    const mtmi_evidence *evidence = w->space->nodes.evidence;
    int named = row != NULL && row->row.kind == MTM_MEMBER_CODE && row->row.value.units > 0;
    unsigned flags = mask == NULL ? MTMI_STATEMENT_FIXED : 0;
    flags |= mask != NULL && named && counts_persons(w, number) ? MTMI_STATEMENT_LISTED : 0;
    if (number != NULL && is_amount(w, evidence->terms + number->first, number->n, NULL, by)) {
        flags |= MTMI_STATEMENT_AMOUNT;
    }
    return flags;
}

/* A row of labels that no list knows; reports put those of confidential tables into the remainder. */
static int is_nameless(const mtmi_result_row *row) {
    return row != NULL && (row->row.kind == MTM_MEMBER_UNCLASSIFIED || row->row.kind == MTM_MEMBER_OTHER);
}

static void keep_claim(writing *w, uint32_t r, int place, uint32_t index, mtm_decimal value, unsigned char *mask) {
    const mtm_result *result = &w->results->results[r];
    const mtmi_evidence_number *number = find_number(w, r, place, index);
    const mtmi_result_row *row = place == MTM_LINEAGE_BREAKDOWN ? &result->rows[index] : NULL;
    mtmi_claim *claim = new_claim(w, r, place, index, mask);
    if (claim == NULL) {
        return;
    }
    int remainder = row != NULL && row->row.kind == MTM_MEMBER_OTHER;
    if (remainder && result->rows_are_cut && w->masks->rules.method != MTM_METHOD_ROUNDING) {
        return; /* it takes the withheld rows in */
    }
    mtmi_vector vector = mtmi_vectors_start(&w->pool);
    int known = remainder && add_remainder(w, r);
    if (!known && number != NULL) {
        add_number(w, number, 1);
        known = 1;
    }
    vector = mtmi_vectors_end(&w->pool, vector);
    mtmi_wide units = mtmi_decimal_rescale(value.units, value.decimals, w->space->nodes.decimals);
    if (!known || value_of(w, vector) != units) {
        mtmi_vectors_drop(&w->pool, vector);
        vector = write_alone(w, (int64_t)units);
        w->space->has_alone |= mask != NULL && units != 0;
    }
    mtmi_contribution by = {-1, 0, 0};
    unsigned flags = flags_of(w, number, row, mask, &by);
    if (result->statistic != MTMI_STATISTIC_NET && (flags & MTMI_STATEMENT_AMOUNT) == 0) {
        vector = mtmi_truth_count(w, vector, value_of(w, vector));
    }
    flags |= is_nameless(row) && is_loose(w, vector) ? MTMI_STATEMENT_LOOSE : 0;
    if (vector.n > 0) {
        mtmi_truth_keep(w, vector, flags, &claim->statement);
        keep_contribution(w, claim->statement, by);
    }
}

static void keep_claims(writing *w, uint32_t r) {
    const mtm_result *result = &w->results->results[r];
    mtmi_mask *mask = w->masks->of[r].controlled ? &w->masks->of[r] : NULL;
    if (mtmi_result_is_ratio(result) || (mask == NULL && find_number(w, r, MTM_LINEAGE_VALUE, 0) == NULL)) {
        return;
    }
    if (result->has_value) {
        keep_claim(w, r, MTM_LINEAGE_VALUE, 0, result->value, mask != NULL ? &mask->value : NULL);
    }
    for (int with = 0; with < 2; with++) {
        if (result->has_comparison[with] && result->comparisons[with].has_base) {
            keep_claim(w, r, MTM_LINEAGE_PREVIOUS + with, 0, result->comparisons[with].base,
                       mask != NULL ? &mask->bases[with] : NULL);
        }
    }
    for (uint32_t i = 0; i < result->n_rows; i++) {
        if (result->rows[i].row.has_value) {
            keep_claim(w, r, MTM_LINEAGE_BREAKDOWN, i, result->rows[i].row.value, mask != NULL ? &mask->rows[i] : NULL);
        }
    }
    for (uint32_t i = 0; i < result->n_points; i++) {
        keep_claim(w, r, MTMI_EVIDENCE_POINT, i, result->points[i].value, mask != NULL ? &mask->points[i] : NULL);
    }
}

/* What an earlier document printed stays known; what it withheld stays withheld, and as safe as it was. */
static void keep_earlier(writing *w, uint32_t at) {
    const mtmi_ledger *ledger = w->ledger;
    const mtmi_earlier *earlier = &ledger->numbers[at];
    mtmi_claim *claim = new_claim(w, MTMI_NO_RESULT, MTMI_EVIDENCE_EARLIER, at, NULL);
    mtmi_vector vector = mtmi_vectors_start(&w->pool);
    for (size_t i = earlier->first; i < earlier->first + earlier->n; i++) {
        uint32_t node = w->space->nodes.node_of[ledger->joined[ledger->terms[i].observed]];
        mtmi_vectors_add_all(&w->pool, w->of_node[node], ledger->terms[i].sign);
    }
    vector = mtmi_vectors_end(&w->pool, vector);
    if (claim == NULL || vector.n == 0) {
        return;
    }
    int is_open = earlier->is_rounded && w->masks->rules.method == MTM_METHOD_ROUNDING;
    unsigned flags = earlier->hidden ? MTMI_STATEMENT_HIDDEN : is_open ? 0 : MTMI_STATEMENT_FIXED;
    flags |= earlier->hidden || earlier->open || earlier->is_rounded ? 0 : MTMI_STATEMENT_EARLIER;
    flags |= earlier->listed ? MTMI_STATEMENT_LISTED : 0;
    flags |= !earlier->hidden && is_loose(w, vector) ? MTMI_STATEMENT_LOOSE : 0;
    mtmi_contribution by;
    flags |= is_amount(w, ledger->terms + earlier->first, earlier->n, ledger->joined, &by) ? MTMI_STATEMENT_AMOUNT : 0;
    if (!earlier->is_net && (flags & MTMI_STATEMENT_AMOUNT) == 0) {
        vector = mtmi_truth_count(w, vector, value_of(w, vector));
    }
    const size_t before = w->n_statements;
    mtmi_truth_keep(w, vector, flags, &claim->statement);
    keep_contribution(w, claim->statement, by);
    if (w->n_statements > before) {
        w->statements[before].threshold =
            ledger->publications[earlier->publication].threshold * mtmi_decimal_power(w->space->nodes.decimals);
    }
}

static void keep_ledger(writing *w) {
    for (uint32_t i = 0; i < w->ledger->n_numbers && !w->failed; i++) {
        keep_earlier(w, i);
    }
    for (size_t i = 0; i < w->n_statements; i++) { /* what one document withholds and another prints is known */
        unsigned *flags = &w->statements[i].flags;
        *flags &= (*flags & MTMI_STATEMENT_FIXED) != 0 ? ~(unsigned)MTMI_STATEMENT_HIDDEN : ~0u;
    }
    w->space->system.is_told = mtmi_truth_is_told(w);
}

/* Keeps what each node is made of, for the tables that prove something. */
static int keep_node_vectors(writing *w) {
    mtmi_truth_space *space = w->space;
    space->node_vectors = w->of_node;
    space->node_terms = w->pool.terms;
    space->raw = w->atoms;
    space->n_raw = w->n_atoms;
    w->of_node = NULL;
    w->pool.terms = NULL;
    w->atoms = NULL;
    return 1;
}

static void clear_writing(writing *w) {
    mtmi_vectors_clear(&w->pool);
    mtmi_memory_free(w->of_node);
    mtmi_memory_free(w->atoms);
    mtmi_memory_free(w->kinds);
    mtmi_memory_free(w->statements);
    mtmi_memory_free(w->difference_atoms);
    mtmi_map_free(&w->differences);
    mtmi_map_free(&w->known);
    mtmi_map_free(&w->numbers);
}

mtm_status mtmi_truth_space_build(mtmi_truth_space *space, const mtm_results *results, const mtmi_evidence *evidence,
                                  const mtmi_ledger *ledger, mtmi_masks *masks, mtm_error *err) {
    writing w = {.space = space, .results = results, .ledger = ledger, .masks = masks};
    MTMI_CHECK_STATUS(mtmi_truth_nodes_build(&space->nodes, evidence, err));
    MTMI_CHECK_STATUS(mtmi_truth_links_build(&space->nodes, err));
    space->decimals = space->nodes.decimals;
    w.of_node = mtmi_memory_new(space->nodes.n_nodes + 1, sizeof *w.of_node);
    w.failed = w.of_node == NULL;
    if (!w.failed) {
        write_nodes(&w);
        index_numbers(&w);
    }
    for (uint32_t r = 0; r < results->n && !w.failed; r++) {
        keep_claims(&w, r);
    }
    if (ledger != NULL && !w.failed) {
        keep_ledger(&w);
    }
    int whole = !w.failed && !w.pool.failed && mtmi_truth_merge(&w) && keep_node_vectors(&w);
    clear_writing(&w);
    return whole ? mtmi_system_finish(&space->system, err) : mtmi_error_memory(err);
}
