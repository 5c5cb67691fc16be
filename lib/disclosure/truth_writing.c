/* Writes atoms and statements of the truth space. What two say of the same atoms is one statement, which has the flags of
 * both; nameless is only what nobody names. */
#include "disclosure/truth_writing.h"

#include "base/memory.h"

typedef mtmi_truth_writing writing;

uint32_t mtmi_truth_atom(writing *w, int64_t value, mtmi_atom_kind kind) {
    void *atoms = w->atoms, *kinds = w->kinds;
    int room = mtmi_memory_reserve(&atoms, &w->atoms_capacity, w->n_atoms + 1, sizeof *w->atoms);
    w->atoms = atoms;
    room = room && mtmi_memory_reserve(&kinds, &w->kinds_capacity, w->n_atoms + 1, sizeof *w->kinds);
    w->kinds = kinds;
    if (!room) {
        w->failed = 1;
        return 0;
    }
    w->atoms[w->n_atoms] = value;
    w->kinds[w->n_atoms] = kind;
    return (uint32_t)w->n_atoms++;
}

void mtmi_truth_keep(writing *w, mtmi_vector vector, unsigned flags, uint32_t *out) {
    void *table = w->statements;
    uint32_t at = w->pool.failed
                      ? MTMI_MAP_NONE
                      : mtmi_map_add(&w->known, w->pool.terms + vector.first, vector.n * sizeof *w->pool.terms);
    *out = at;
    if (at != MTMI_MAP_NONE && at < w->n_statements) {
        const unsigned loose = w->statements[at].flags & flags & MTMI_STATEMENT_LOOSE; /* under no name that tells */
        w->statements[at].flags = ((w->statements[at].flags | flags) & ~(unsigned)MTMI_STATEMENT_LOOSE) | loose;
        mtmi_vectors_drop(&w->pool, vector);
        return;
    }
    if (at == MTMI_MAP_NONE ||
        !mtmi_memory_reserve(&table, &w->statements_capacity, w->n_statements + 1, sizeof *w->statements)) {
        w->failed = 1;
        return;
    }
    w->statements = table;
    w->statements[w->n_statements].vector = vector;
    w->statements[w->n_statements].threshold = 0;
    w->statements[w->n_statements].by = (mtmi_contribution){-1, 0, 0};
    w->statements[w->n_statements++].flags = flags;
}

uint32_t mtmi_truth_rest(writing *w, int64_t value) {
    return mtmi_truth_atom(w, value, (mtmi_atom_kind){1, 0, {-1, 0, 0}});
}

void mtmi_truth_known(writing *w, mtmi_vector sum) {
    uint32_t at;
    if (sum.n > 0) {
        mtmi_truth_keep(w, sum, MTMI_STATEMENT_FIXED | MTMI_STATEMENT_SIGNED, &at);
    }
}

/* The atom that stands for a difference, each once. */
static int find_difference(writing *w, mtmi_vector vector, int64_t value, uint32_t *out) {
    void *table = w->difference_atoms;
    const size_t before = w->differences.n;
    const uint32_t at = mtmi_map_add(&w->differences, w->pool.terms + vector.first, vector.n * sizeof *w->pool.terms);
    if (at == MTMI_MAP_NONE ||
        !mtmi_memory_reserve(&table, &w->differences_capacity, w->differences.n, sizeof *w->difference_atoms)) {
        w->failed = 1;
        return 0;
    }
    w->difference_atoms = table;
    if (w->differences.n > before) {
        w->difference_atoms[at] = mtmi_truth_atom(w, value, (mtmi_atom_kind){0, 0, {-1, 0, 0}});
        mtmi_vector known = mtmi_vectors_start(&w->pool);
        mtmi_vectors_add_all(&w->pool, vector, 1);
        mtmi_vectors_add(&w->pool, w->difference_atoms[at], -1);
        mtmi_truth_known(w, mtmi_vectors_end(&w->pool, known));
    }
    *out = w->difference_atoms[at];
    return 1;
}

mtmi_vector mtmi_truth_count(writing *w, mtmi_vector vector, int64_t value) {
    int is_signed = 0, is_balance = 0;
    uint32_t atom;
    if (w->pool.failed) {
        return vector;
    }
    for (size_t i = vector.first; i < vector.first + vector.n; i++) {
        const int is_less = w->pool.terms[i].sign < 0;
        is_signed |= is_less;
        is_balance |= is_less && w->kinds[w->pool.terms[i].at].loose;
    }
    if (!is_signed || is_balance || value < 0 || !find_difference(w, vector, value, &atom)) {
        return vector;
    }
    vector = mtmi_vectors_start(&w->pool);
    mtmi_vectors_add(&w->pool, atom, 1);
    return mtmi_vectors_end(&w->pool, vector);
}

int mtmi_truth_is_told(const mtmi_truth_writing *w) {
    const unsigned known = MTMI_STATEMENT_HIDDEN | MTMI_STATEMENT_FIXED;
    const mtmi_truth_space *space = w->space;
    for (size_t i = 0; i < w->ledger->n_publications; i++) {
        if (w->ledger->publications[i].threshold < w->masks->threshold) {
            return 0;
        }
    }
    for (size_t i = 0; i < space->n_claims; i++) {
        const mtmi_claim *claim = &space->claims[i];
        if (claim->mask != NULL && claim->statement != MTMI_NO_STATEMENT &&
            (w->statements[claim->statement].flags & known) == 0) {
            return 0;
        }
    }
    return w->ledger->n_publications > 0;
}
