/* A change of an atom is a change of the raw atoms that became it, and so of all nodes and observations made of them. */
#include "disclosure/proofs.h"

#include "base/error.h"
#include "base/memory.h"

#include <string.h>

typedef struct telling {
    const mtmi_truth_space *space;
    mtmi_certificate *out;
    size_t *raw_first, *node_first, *observed_first, *claim_first;
    uint32_t *raw_of;           /* raw atoms of each atom */
    mtmi_system_term *nodes_of; /* nodes of each raw atom */
    uint32_t *observed_of;      /* observations of each node */
    uint32_t *claims_of;        /* claims of each statement */
    int64_t *moved;             /* by node */
    unsigned char *is_touched;
    uint32_t *touched;
    size_t n_touched;
} telling;

void mtmi_certificate_clear(mtmi_certificate *certificate) {
    mtmi_memory_free(certificate->exhibits);
    mtmi_memory_free(certificate->shifts);
    memset(certificate, 0, sizeof *certificate);
}

/* Counts at first[key + 1] become the start of each key's run. */
static void end_counts(size_t *first, size_t n) {
    for (size_t i = 0; i < n; i++) {
        first[i + 1] += first[i];
    }
}

static void back_counts(size_t *first, size_t n) {
    memmove(first + 1, first, n * sizeof *first);
    first[0] = 0;
}

static int index_raw(telling *t) {
    const mtmi_truth_space *space = t->space;
    size_t n = space->system.n_atoms;
    t->raw_first = mtmi_memory_new(n + 2, sizeof *t->raw_first);
    t->raw_of = mtmi_memory_new(space->n_raw + 1, sizeof *t->raw_of);
    if (t->raw_first == NULL || t->raw_of == NULL) {
        return 0;
    }
    for (size_t i = 0; i < space->n_raw; i++) {
        if (space->atom_of[i] != UINT32_MAX) {
            t->raw_first[space->atom_of[i] + 1]++;
        }
    }
    end_counts(t->raw_first, n);
    for (uint32_t i = 0; i < space->n_raw; i++) {
        if (space->atom_of[i] != UINT32_MAX) {
            t->raw_of[t->raw_first[space->atom_of[i]]++] = i;
        }
    }
    back_counts(t->raw_first, n);
    return 1;
}

static int index_nodes(telling *t) {
    const mtmi_truth_space *space = t->space;
    size_t n_terms = 0;
    for (size_t i = 0; i < space->nodes.n_nodes; i++) {
        n_terms += space->node_vectors[i].n;
    }
    t->node_first = mtmi_memory_new(space->n_raw + 2, sizeof *t->node_first);
    t->nodes_of = mtmi_memory_new(n_terms + 1, sizeof *t->nodes_of);
    if (t->node_first == NULL || t->nodes_of == NULL) {
        return 0;
    }
    for (int turn = 0; turn < 2; turn++) {
        for (uint32_t i = 0; i < space->nodes.n_nodes; i++) {
            const mtmi_vector vector = space->node_vectors[i];
            for (size_t k = vector.first; k < vector.first + vector.n; k++) {
                const mtmi_system_term *term = &space->node_terms[k];
                if (turn == 0) {
                    t->node_first[term->at + 1]++;
                } else {
                    t->nodes_of[t->node_first[term->at]++] = (mtmi_system_term){i, term->sign};
                }
            }
        }
        if (turn == 0) {
            end_counts(t->node_first, space->n_raw);
        }
    }
    back_counts(t->node_first, space->n_raw);
    return 1;
}

static int index_observed(telling *t) {
    const mtmi_truth_nodes *nodes = &t->space->nodes;
    size_t n = nodes->evidence->n_observed;
    t->observed_first = mtmi_memory_new(nodes->n_nodes + 2, sizeof *t->observed_first);
    t->observed_of = mtmi_memory_new(n + 1, sizeof *t->observed_of);
    if (t->observed_first == NULL || t->observed_of == NULL) {
        return 0;
    }
    for (size_t i = 0; i < n; i++) {
        t->observed_first[nodes->node_of[i] + 1]++;
    }
    end_counts(t->observed_first, nodes->n_nodes);
    for (uint32_t i = 0; i < n; i++) {
        t->observed_of[t->observed_first[nodes->node_of[i]]++] = i;
    }
    back_counts(t->observed_first, nodes->n_nodes);
    return 1;
}

static int index_claims(telling *t) {
    const mtmi_truth_space *space = t->space;
    size_t n = space->system.n_statements;
    t->claim_first = mtmi_memory_new(n + 2, sizeof *t->claim_first);
    t->claims_of = mtmi_memory_new(space->n_claims + 1, sizeof *t->claims_of);
    if (t->claim_first == NULL || t->claims_of == NULL) {
        return 0;
    }
    for (size_t i = 0; i < space->n_claims; i++) {
        if (space->claims[i].statement != MTMI_NO_STATEMENT) {
            t->claim_first[space->claims[i].statement + 1]++;
        }
    }
    end_counts(t->claim_first, n);
    for (uint32_t i = 0; i < space->n_claims; i++) {
        if (space->claims[i].statement != MTMI_NO_STATEMENT) {
            t->claims_of[t->claim_first[space->claims[i].statement]++] = i;
        }
    }
    back_counts(t->claim_first, n);
    return 1;
}

static void move_raw(telling *t, uint32_t raw, int64_t by) {
    for (size_t i = t->node_first[raw]; i < t->node_first[raw + 1]; i++) {
        uint32_t node = t->nodes_of[i].at;
        if (!t->is_touched[node]) {
            t->is_touched[node] = 1;
            t->touched[t->n_touched++] = node;
        }
        t->moved[node] += t->nodes_of[i].sign * by;
    }
}

/* What falls is taken from the raw atoms in their order; what rises goes to the first. */
static void move_atom(telling *t, const mtmi_change *change) {
    int64_t left = change->by;
    for (size_t i = t->raw_first[change->atom]; i < t->raw_first[change->atom + 1] && left != 0; i++) {
        int64_t has = t->space->raw[t->raw_of[i]];
        int64_t by = left > 0 || -left <= has ? left : -has;
        if (by != 0) {
            move_raw(t, t->raw_of[i], by);
        }
        left -= by;
    }
}

static int tell_shifts(telling *t) {
    mtmi_certificate *out = t->out;
    for (size_t i = 0; i < t->n_touched; i++) {
        uint32_t node = t->touched[i];
        size_t n = t->observed_first[node + 1] - t->observed_first[node];
        void *table = out->shifts;
        if (!mtmi_memory_reserve(&table, &out->shifts_capacity, out->n_shifts + n + 1, sizeof *out->shifts)) {
            return 0;
        }
        out->shifts = table;
        for (size_t k = 0; k < n && t->moved[node] != 0; k++) {
            out->shifts[out->n_shifts++] = (mtmi_shift){t->observed_of[t->observed_first[node] + k], t->moved[node]};
        }
        t->moved[node] = 0;
        t->is_touched[node] = 0;
    }
    t->n_touched = 0;
    return 1;
}

static int tell_exhibit(telling *t, const mtmi_claim *claim, int side, size_t first, size_t n) {
    mtmi_certificate *out = t->out;
    void *table = out->exhibits;
    if (!mtmi_memory_reserve(&table, &out->exhibits_capacity, out->n_exhibits + 1, sizeof *out->exhibits)) {
        return 0;
    }
    out->exhibits = table;
    out->exhibits[out->n_exhibits++] = (mtmi_exhibit){claim->result, claim->index, claim->place, side, first, n};
    return 1;
}

/* Tables about numbers that stand nowhere in print are not told. */
static int tell_proof(telling *t, const mtmi_proofs *proofs, const mtmi_proof *proof) {
    static const int sides[] = {MTMI_EXHIBIT_LOW, MTMI_EXHIBIT_LEAST, MTMI_EXHIBIT_HIGH};
    size_t first = t->out->n_shifts;
    if (proof->target.statement == MTMI_NO_STATEMENT && proof->side != MTMI_PROOF_ROUNDED) {
        return 1;
    }
    for (size_t i = 0; i < proof->n; i++) {
        move_atom(t, &proofs->changes[proof->first + i]);
    }
    if (!tell_shifts(t)) {
        return 0;
    }
    if (proof->side == MTMI_PROOF_ROUNDED) {
        const mtmi_claim whole = {.result = MTMI_NO_RESULT, .statement = MTMI_NO_STATEMENT};
        return tell_exhibit(t, &whole, MTMI_EXHIBIT_ROUNDED, first, t->out->n_shifts - first);
    }
    for (size_t i = t->claim_first[proof->target.statement]; i < t->claim_first[proof->target.statement + 1]; i++) {
        if (!tell_exhibit(t, &t->space->claims[t->claims_of[i]], sides[proof->side], first, t->out->n_shifts - first)) {
            return 0;
        }
    }
    return 1;
}

mtm_status mtmi_certificate_write(mtmi_certificate *certificate, const mtmi_truth_space *space,
                                  const mtmi_proofs *proofs, mtm_error *err) {
    telling t = {.space = space, .out = certificate};
    t.moved = mtmi_memory_new(space->nodes.n_nodes + 1, sizeof *t.moved);
    t.touched = mtmi_memory_new(space->nodes.n_nodes + 1, sizeof *t.touched);
    t.is_touched = mtmi_memory_new(space->nodes.n_nodes + 1, 1);
    int whole = t.moved != NULL && t.touched != NULL && t.is_touched != NULL && index_raw(&t) && index_nodes(&t) &&
                index_observed(&t) && index_claims(&t);
    for (size_t i = 0; i < proofs->n_proofs && whole; i++) {
        whole = tell_proof(&t, proofs, &proofs->proofs[i]);
    }
    mtmi_memory_free(t.raw_first);
    mtmi_memory_free(t.node_first);
    mtmi_memory_free(t.observed_first);
    mtmi_memory_free(t.claim_first);
    mtmi_memory_free(t.raw_of);
    mtmi_memory_free(t.nodes_of);
    mtmi_memory_free(t.observed_of);
    mtmi_memory_free(t.claims_of);
    mtmi_memory_free(t.moved);
    mtmi_memory_free(t.is_touched);
    mtmi_memory_free(t.touched);
    return whole ? MTM_OK : mtmi_error_memory(err);
}
