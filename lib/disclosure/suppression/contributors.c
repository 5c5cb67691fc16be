/* Single contributors: who knows that a withheld count is one, and that it is his own, may tell no other by it. */
#include "disclosure/suppression/suppress_state.h"

#include "base/memory.h"

static void note_known(mtmi_suppressing *s, uint32_t statement) {
    void *known = s->known;
    if (!mtmi_memory_reserve(&known, &s->known_capacity, s->n_known + 1, sizeof *s->known)) {
        s->failed = 1;
        return;
    }
    s->known = known;
    s->known[s->n_known++] = statement;
}

static int counts(const mtmi_system *system, mtmi_target target, uint32_t atom) {
    int counted = target.statement == MTMI_NO_STATEMENT && target.atom == atom;
    for (size_t k = system->atom_first[atom]; k < system->atom_first[atom + 1] && !counted; k++) {
        counted = system->atom_terms[k].at == target.statement;
    }
    return counted;
}

/* Whether all that a statement counts is counted in the target too. */
static int is_within(const mtmi_suppressing *s, uint32_t statement, mtmi_target target) {
    const mtmi_statement *part = &s->system->statements[statement];
    for (size_t i = 0; i < part->n; i++) {
        if (!counts(s->system, target, s->system->terms[part->first + i].at)) {
            return 0;
        }
    }
    return 1;
}

/* Whether all that the target counts is counted in a statement: who is alone there knows the target anyway. */
static int is_around(const mtmi_suppressing *s, uint32_t statement, mtmi_target target) {
    const mtmi_target whole = {statement, 0};
    if (target.statement == MTMI_NO_STATEMENT) {
        return counts(s->system, whole, target.atom);
    }
    const mtmi_statement *part = &s->system->statements[target.statement];
    for (size_t i = 0; i < part->n; i++) {
        if (!counts(s->system, whole, s->system->terms[part->first + i].at)) {
            return 0;
        }
    }
    return 1;
}

/* Whether a statement is a hidden count of one, whom somebody knows to be himself. */
static int is_of_one(const mtmi_suppressing *s, uint32_t at) {
    const mtmi_statement *statement = &s->system->statements[at];
    return (statement->flags & MTMI_STATEMENT_HIDDEN) != 0 && mtmi_statement_is_count(statement) &&
           (statement->flags & (MTMI_STATEMENT_LOOSE | MTMI_STATEMENT_AMOUNT)) == 0 && statement->value == s->one;
}

/* The hidden counts of one, whose contributor knows them, that a proof moves; the target's own contributor asks nothing
 * of it. */
static void find_known(mtmi_suppressing *s, mtmi_target target, size_t proof) {
    const mtmi_system *system = s->system;
    const mtmi_proof at = s->proofs->proofs[proof];
    s->n_known = 0;
    mtmi_tables_move(s, proof, 1);
    for (size_t i = at.first; i < at.first + at.n; i++) {
        const uint32_t atom = s->proofs->changes[i].atom;
        for (size_t k = system->atom_first[atom]; k < system->atom_first[atom + 1]; k++) {
            uint32_t known = system->atom_terms[k].at;
            if (s->moved[known] != 0 && is_of_one(s, known) && !is_around(s, known, target)) {
                s->moved[known] = 0;
                note_known(s, known);
            }
        }
    }
    for (size_t i = at.first; i < at.first + at.n; i++) {
        const uint32_t atom = s->proofs->changes[i].atom;
        for (size_t k = system->atom_first[atom]; k < system->atom_first[atom + 1]; k++) {
            s->moved[system->atom_terms[k].at] = 0;
        }
    }
}

static void freeze(mtmi_suppressing *s, const uint32_t *statements, size_t n, int on) {
    s->n_frozen = on ? n : 0;
    for (size_t i = 0; i < n; i++) {
        mtmi_search_freeze(s->search, statements[i], on);
        mtmi_search_freeze(s->free, statements[i], on);
    }
}

/* Whether the contributor, who knows what is frozen, can tell the target without this document: then it tells him nothing. */
static int is_known_anyway(mtmi_suppressing *s, mtmi_target target, int side) {
    int persons = side != MTMI_PROOF_LOW;
    int64_t goal = mtmi_bound_known(s, target, persons) + mtmi_bound_width(s, target);
    return !mtmi_search_reach(s->free, target, 1, persons, goal, 0);
}

static int prove_to_one(mtmi_suppressing *s, mtmi_target target, int side, uint32_t known) {
    int64_t own = is_within(s, known, target) ? s->one : 0;
    freeze(s, &known, 1, 1);
    int found = mtmi_target_reach(s, target, side, own, 0);
    int is_told = !found && is_known_anyway(s, target, side);
    found = found || (!is_told && mtmi_target_reach_at_last(s, target, side, own));
    freeze(s, &known, 1, 0);
    if (found) {
        mtmi_tables_keep(s, target, side);
    }
    return found || is_told;
}

/* At best one table for all of them. */
int mtmi_contributors_prove(mtmi_suppressing *s, mtmi_target target, int side, size_t proof) {
    size_t inside = 0;
    find_known(s, target, proof);
    if (s->n_known == 0) {
        return 1;
    }
    for (size_t i = 0; i < s->n_known; i++) {
        inside += (size_t)is_within(s, s->known[i], target);
    }
    freeze(s, s->known, s->n_known, 1);
    int found = inside == 0 && mtmi_target_reach(s, target, side, 0, 0);
    freeze(s, s->known, s->n_known, 0);
    if (found) {
        mtmi_tables_keep(s, target, side);
        return 1;
    }
    for (size_t i = 0; i < s->n_known; i++) {
        if (!prove_to_one(s, target, side, s->known[i])) {
            return 0;
        }
    }
    return 1;
}
