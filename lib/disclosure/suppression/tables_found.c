/* Tables that prove something. One that was searched for one count moves others as well, and often far enough to prove
 * them. */
#include "disclosure/money.h"
#include "disclosure/suppression/suppress_state.h"

#include "base/memory.h"

#include <string.h>

/* Which tables reach how far: any of them downwards, and those that leave all named rows at one or above. */
enum { LOWEST, LOWEST_NAMED, HIGHEST_NAMED, REACHES };

int mtmi_tables_new(mtmi_suppressing *s) {
    s->reached = mtmi_memory_new(s->system->n_statements * REACHES + 1, sizeof *s->reached);
    return s->reached != NULL;
}

static mtmi_reached *reached_of(mtmi_suppressing *s, uint32_t statement, int which) {
    return &s->reached[(size_t)statement * REACHES + (size_t)which];
}

void mtmi_tables_move(mtmi_suppressing *s, size_t proof, int sign) {
    const mtmi_system *system = s->system;
    const mtmi_proof *at = &s->proofs->proofs[proof];
    for (const mtmi_change *change = s->proofs->changes + at->first; change < s->proofs->changes + at->first + at->n;
         change++) {
        for (size_t k = system->atom_first[change->atom]; k < system->atom_first[change->atom + 1]; k++) {
            s->moved[system->atom_terms[k].at] += sign * system->atom_terms[k].sign * change->by;
        }
    }
}

typedef void statement_do(mtmi_suppressing *s, uint32_t statement, size_t proof);

static void each_moved(mtmi_suppressing *s, size_t proof, statement_do *act) {
    const mtmi_system *system = s->system;
    const mtmi_proof at = s->proofs->proofs[proof];
    for (size_t i = at.first; i < at.first + at.n; i++) {
        const uint32_t atom = s->proofs->changes[i].atom;
        for (size_t k = system->atom_first[atom]; k < system->atom_first[atom + 1]; k++) {
            act(s, system->atom_terms[k].at, proof);
        }
    }
}

static void find_nobody(mtmi_suppressing *s, uint32_t at, size_t proof) {
    const mtmi_statement *statement = &s->system->statements[at];
    (void)proof;
    s->names_nobody |= (statement->flags & MTMI_STATEMENT_LISTED) != 0 && statement->value + s->moved[at] < s->one;
}

static void note(mtmi_reached *reached, int64_t value, int up, size_t proof) {
    if (reached->proof == 0 || (up ? value > reached->value : value < reached->value)) {
        *reached = (mtmi_reached){value, proof + 1};
    }
}

static void note_reached(mtmi_suppressing *s, uint32_t at, size_t proof) {
    const int64_t now = s->system->statements[at].value + s->moved[at];
    note(reached_of(s, at, LOWEST), now, 0, proof);
    if (!s->names_nobody) {
        note(reached_of(s, at, LOWEST_NAMED), now, 0, proof);
        note(reached_of(s, at, HIGHEST_NAMED), now, 1, proof);
    }
}

static int add_proof(mtmi_suppressing *s, mtmi_proof proof) {
    mtmi_proofs *proofs = s->proofs;
    void *all = proofs->proofs;
    if (!mtmi_memory_reserve(&all, &proofs->proofs_capacity, proofs->n_proofs + 1, sizeof *proofs->proofs)) {
        s->failed = 1;
        return 0;
    }
    proofs->proofs = all;
    proofs->proofs[proofs->n_proofs++] = proof;
    return 1;
}

void mtmi_tables_keep(mtmi_suppressing *s, mtmi_target target, int side) {
    mtmi_proofs *proofs = s->proofs;
    size_t n, proof = proofs->n_proofs;
    const mtmi_change *changes = mtmi_search_changes(s->search, &n);
    void *list = proofs->changes;
    if (!mtmi_memory_reserve(&list, &proofs->changes_capacity, proofs->n_changes + n + 1, sizeof *proofs->changes)) {
        s->failed = 1;
        return;
    }
    proofs->changes = list;
    if (!add_proof(s, (mtmi_proof){target, side, proofs->n_changes, n})) {
        return;
    }
    if (n > 0) {
        memcpy(proofs->changes + proofs->n_changes, changes, n * sizeof *changes);
    }
    proofs->n_changes += n;
    mtmi_tables_move(s, proof, 1);
    s->names_nobody = 0;
    each_moved(s, proof, find_nobody);
    each_moved(s, proof, note_reached);
    mtmi_tables_move(s, proof, -1);
}

/* Whether what was reached is as far as a search would go at once. */
static int is_far_enough(mtmi_suppressing *s, mtmi_target target, int side, int64_t value) {
    if (side != MTMI_PROOF_HIGH) {
        return value <= (side == MTMI_PROOF_LOW ? 0 : mtmi_bound_of_rows(s, target));
    }
    const int64_t rows = mtmi_bound_of_rows(s, target), known = mtmi_bound_known(s, target, 1);
    return value >= (rows > known ? rows : known) + mtmi_bound_width(s, target);
}

int mtmi_tables_prove(mtmi_suppressing *s, mtmi_target target, int side) {
    static const int which[] = {
        [MTMI_PROOF_LOW] = LOWEST, [MTMI_PROOF_LEAST] = LOWEST_NAMED, [MTMI_PROOF_HIGH] = HIGHEST_NAMED};
    if (target.statement == MTMI_NO_STATEMENT || mtmi_money_guard(s->system, s->rules, target, NULL, NULL)) {
        return 0;
    }
    const mtmi_reached *reached = reached_of(s, target.statement, which[side]);
    if (reached->proof == 0 || !is_far_enough(s, target, side, reached->value)) {
        return 0;
    }
    const mtmi_proof *found = &s->proofs->proofs[reached->proof - 1];
    return add_proof(s, (mtmi_proof){target, side, found->first, found->n});
}
