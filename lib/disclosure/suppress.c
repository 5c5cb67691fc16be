/* Complementary cell suppression over a whole linked system: hide every small count, then take the hidden counts one
 * after the other and search for two tables for each, hiding more where there are none. What was found once stays true:
 * hiding more takes no table away. So each count is treated once. */
#include "disclosure/suppress.h"

#include "base/error.h"
#include "base/memory.h"

#include <string.h>

typedef struct suppressing {
    mtmi_system *system;
    mtmi_search *search;
    mtmi_proofs *proofs;
    int64_t threshold, one;
    mtmi_target *queue;
    size_t n_queue, queue_capacity;
    int64_t *moved;  /* by statement: what the changes at hand do to it */
    uint32_t *known; /* statements of one that the changes at hand move */
    size_t n_known, known_capacity;
    unsigned char *part; /* by atom: in the count at hand, or in a part of it that is printed */
    int has_earlier;
    int failed;
} suppressing;

void mtmi_proofs_clear(mtmi_proofs *proofs) {
    mtmi_memory_free(proofs->proofs);
    mtmi_memory_free(proofs->changes);
    memset(proofs, 0, sizeof *proofs);
}

static int add_target(suppressing *s, mtmi_target target) {
    void *queue = s->queue;
    if (!mtmi_memory_reserve(&queue, &s->queue_capacity, s->n_queue + 1, sizeof *s->queue)) {
        s->failed = 1;
        return 0;
    }
    s->queue = queue;
    s->queue[s->n_queue++] = target;
    return 1;
}

static int is_count(const mtmi_statement *statement) {
    return (statement->flags & MTMI_STATEMENT_SIGNED) == 0;
}

static int is_small(const suppressing *s, int64_t value) {
    return value > 0 && value < s->threshold;
}

static void hide_small(suppressing *s) {
    const unsigned never = MTMI_STATEMENT_FIXED | MTMI_STATEMENT_SIGNED | MTMI_STATEMENT_LOOSE;
    for (uint32_t i = 0; i < s->system->n_statements; i++) {
        const mtmi_statement *statement = &s->system->statements[i];
        if ((statement->flags & never) == 0 && is_small(s, statement->value)) {
            mtmi_search_hide(s->search, i);
        }
    }
    for (uint32_t i = 0; i < s->system->n_statements; i++) {
        const mtmi_statement *statement = &s->system->statements[i];
        if ((statement->flags & MTMI_STATEMENT_HIDDEN) != 0 && is_count(statement)) {
            add_target(s, (mtmi_target){i, 0});
        }
    }
    for (uint32_t a = 0; a < s->system->n_atoms; a++) {
        uint32_t single = s->system->single[a];
        if (single == MTMI_NO_STATEMENT && !s->system->loose[a] && is_small(s, s->system->atoms[a])) {
            add_target(s, (mtmi_target){MTMI_NO_STATEMENT, a});
        }
    }
}

static void keep_proof(suppressing *s, mtmi_target target, int side) {
    mtmi_proofs *proofs = s->proofs;
    size_t n;
    const mtmi_change *changes = mtmi_search_changes(s->search, &n);
    void *all = proofs->proofs, *list = proofs->changes;
    int room = mtmi_memory_reserve(&all, &proofs->proofs_capacity, proofs->n_proofs + 1, sizeof *proofs->proofs);
    proofs->proofs = all;
    room = room &&
           mtmi_memory_reserve(&list, &proofs->changes_capacity, proofs->n_changes + n + 1, sizeof *proofs->changes);
    proofs->changes = list;
    if (!room) {
        s->failed = 1;
        return;
    }
    proofs->proofs[proofs->n_proofs++] = (mtmi_proof){target, side, proofs->n_changes, n};
    if (n > 0) {
        memcpy(proofs->changes + proofs->n_changes, changes, n * sizeof *changes);
    }
    proofs->n_changes += n;
}

static void queue_hidden(suppressing *s) {
    size_t n;
    const uint32_t *hidden = mtmi_search_hidden(s->search, &n);
    for (size_t i = 0; i < n; i++) {
        if (is_count(&s->system->statements[hidden[i]])) {
            add_target(s, (mtmi_target){hidden[i], 0});
        }
    }
}

static int is_listed(const suppressing *s, uint32_t statement) {
    return statement != MTMI_NO_STATEMENT && (s->system->statements[statement].flags & MTMI_STATEMENT_LISTED) != 0;
}

/* The least that a reader knows of a count: one for each named row in it. */
static int64_t least_of(const suppressing *s, mtmi_target target) {
    if (target.statement == MTMI_NO_STATEMENT) {
        return 0;
    }
    const mtmi_statement *statement = &s->system->statements[target.statement];
    int64_t rows = 0;
    for (size_t i = 0; i < statement->n; i++) {
        rows += is_listed(s, s->system->single[s->system->terms[statement->first + i].at]);
    }
    return (rows == 0 ? is_listed(s, target.statement) : rows) * s->one;
}

/* What only earlier documents withheld stays as safe as it was there. */
static int64_t threshold_of(const suppressing *s, mtmi_target target) {
    int64_t own = target.statement != MTMI_NO_STATEMENT ? s->system->statements[target.statement].threshold : 0;
    return own > 0 && own < s->threshold ? own : s->threshold;
}

/* Marks the atoms that a statement counts; 0 where one of them is marked or counted otherwise than once. */
static int mark_atoms(suppressing *s, const mtmi_statement *statement, unsigned char from, unsigned char to) {
    const mtmi_system_term *terms = s->system->terms + statement->first;
    for (size_t i = 0; i < statement->n; i++) {
        if (terms[i].sign != 1 || s->part[terms[i].at] != from) {
            return 0;
        }
    }
    for (size_t i = 0; i < statement->n; i++) {
        s->part[terms[i].at] = to;
    }
    return 1;
}

/* What earlier documents print of a count that is withheld: disjoint parts of it, which nobody can make less. */
static int64_t printed_parts(suppressing *s, mtmi_target target) {
    const mtmi_system *system = s->system;
    int64_t sum = 0;
    if (target.statement == MTMI_NO_STATEMENT || !s->has_earlier) {
        return 0;
    }
    const mtmi_statement *whole = &system->statements[target.statement];
    if (!mark_atoms(s, whole, 0, 1)) {
        return 0;
    }
    for (size_t i = 0; i < whole->n; i++) {
        uint32_t atom = system->terms[whole->first + i].at;
        for (size_t k = system->atom_first[atom]; k < system->atom_first[atom + 1] && s->part[atom] == 1; k++) {
            const mtmi_statement *part = &system->statements[system->atom_terms[k].at];
            int earlier = (part->flags & MTMI_STATEMENT_EARLIER) != 0 && part->value > 0;
            sum += earlier && mark_atoms(s, part, 1, 2) ? part->value : 0;
        }
    }
    for (size_t i = 0; i < whole->n; i++) {
        s->part[system->terms[whole->first + i].at] = 0;
    }
    return sum;
}

/* own: what whom the table is for counts in the target himself. */
static int reach(suppressing *s, mtmi_target target, int side, int64_t own, int may_hide) {
    int64_t least = side == MTMI_PROOF_LOW ? 0 : least_of(s, target), parts = printed_parts(s, target);
    least = least < own ? own : least;
    least = least < parts ? parts : least;
    int found = mtmi_search_reach(s->search, target, side == MTMI_PROOF_HIGH, side != MTMI_PROOF_LOW,
                                  side == MTMI_PROOF_HIGH ? least + threshold_of(s, target) : least, may_hide);
    queue_hidden(s);
    return found;
}

/* ---- single contributors ---- */

static void note_known(suppressing *s, uint32_t statement) {
    void *known = s->known;
    if (!mtmi_memory_reserve(&known, &s->known_capacity, s->n_known + 1, sizeof *s->known)) {
        s->failed = 1;
        return;
    }
    s->known = known;
    s->known[s->n_known++] = statement;
}

/* Adds up what the changes at hand do to each statement; sign -1 takes it back. */
static void add_moved(suppressing *s, int sign) {
    const mtmi_system *system = s->system;
    size_t n;
    const mtmi_change *changes = mtmi_search_changes(s->search, &n);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = system->atom_first[changes[i].atom]; k < system->atom_first[changes[i].atom + 1]; k++) {
            s->moved[system->atom_terms[k].at] += sign * system->atom_terms[k].sign * changes[i].by;
        }
    }
}

static int counts(const mtmi_system *system, mtmi_target target, uint32_t atom) {
    int counted = target.statement == MTMI_NO_STATEMENT && target.atom == atom;
    for (size_t k = system->atom_first[atom]; k < system->atom_first[atom + 1] && !counted; k++) {
        counted = system->atom_terms[k].at == target.statement;
    }
    return counted;
}

/* Whether all that a statement counts is counted in the target too. */
static int is_within(const suppressing *s, uint32_t statement, mtmi_target target) {
    const mtmi_statement *part = &s->system->statements[statement];
    for (size_t i = 0; i < part->n; i++) {
        if (!counts(s->system, target, s->system->terms[part->first + i].at)) {
            return 0;
        }
    }
    return 1;
}

/* Whether all that the target counts is counted in a statement: who is alone there knows the target anyway. */
static int is_around(const suppressing *s, uint32_t statement, mtmi_target target) {
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

/* The hidden counts of one, whose contributor knows them, that the changes move; the target's own contributor asks
 * nothing of it. */
static void find_known(suppressing *s, mtmi_target target) {
    const mtmi_system *system = s->system;
    size_t n;
    const mtmi_change *changes = mtmi_search_changes(s->search, &n);
    s->n_known = 0;
    add_moved(s, 1);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = system->atom_first[changes[i].atom]; k < system->atom_first[changes[i].atom + 1]; k++) {
            uint32_t at = system->atom_terms[k].at;
            const mtmi_statement *statement = &system->statements[at];
            int known = (statement->flags & MTMI_STATEMENT_HIDDEN) != 0 && is_count(statement) &&
                        (statement->flags & MTMI_STATEMENT_LOOSE) == 0 && statement->value == s->one;
            if (known && s->moved[at] != 0 && !is_around(s, at, target)) {
                s->moved[at] = 0;
                note_known(s, at);
            }
        }
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t k = system->atom_first[changes[i].atom]; k < system->atom_first[changes[i].atom + 1]; k++) {
            s->moved[system->atom_terms[k].at] = 0;
        }
    }
}

static void freeze(suppressing *s, const uint32_t *statements, size_t n, int on) {
    for (size_t i = 0; i < n; i++) {
        unsigned *flags = &s->system->statements[statements[i]].flags;
        *flags = on ? *flags | MTMI_STATEMENT_FROZEN : *flags & ~(unsigned)MTMI_STATEMENT_FROZEN;
    }
}

static int prove_to_one(suppressing *s, mtmi_target target, int side, uint32_t known) {
    int64_t own = is_within(s, known, target) ? s->one : 0;
    freeze(s, &known, 1, 1);
    int found = reach(s, target, side, own, 0) || reach(s, target, side, own, 1);
    freeze(s, &known, 1, 0);
    if (found) {
        keep_proof(s, target, side);
    }
    return found;
}

/* Tables for those who know one of the numbers that the first table moved: at best one for all of them. */
static int prove_to_contributors(suppressing *s, mtmi_target target, int side) {
    size_t inside = 0;
    find_known(s, target);
    if (s->n_known == 0) {
        return 1;
    }
    for (size_t i = 0; i < s->n_known; i++) {
        inside += (size_t)is_within(s, s->known[i], target);
    }
    freeze(s, s->known, s->n_known, 1);
    int found = inside == 0 && reach(s, target, side, 0, 0);
    freeze(s, s->known, s->n_known, 0);
    if (found) {
        keep_proof(s, target, side);
        return 1;
    }
    for (size_t i = 0; i < s->n_known; i++) {
        if (!prove_to_one(s, target, side, s->known[i])) {
            return 0;
        }
    }
    return 1;
}

static void prove(suppressing *s, mtmi_target target) {
    for (int side = 0; side < MTMI_PROOF_SIDES; side++) {
        if (side == MTMI_PROOF_LEAST && least_of(s, target) == 0) {
            continue; /* the same as the low one */
        }
        int found = reach(s, target, side, 0, 1);
        if (found) {
            keep_proof(s, target, side);
            found = prove_to_contributors(s, target, side);
        }
        if (!found && s->proofs->n_failed++ == 0) {
            s->proofs->failed = target;
        }
    }
}

mtm_status mtmi_suppress(mtmi_system *system, int64_t threshold, int64_t one, mtmi_proofs *proofs, mtm_error *err) {
    suppressing s = {.system = system, .proofs = proofs, .threshold = threshold, .one = one};
    mtm_status status = mtmi_search_new(system, &s.search, err);
    s.moved = mtmi_memory_new(system->n_statements + 1, sizeof *s.moved);
    s.part = mtmi_memory_new(system->n_atoms + 1, 1);
    for (size_t i = 0; i < system->n_statements; i++) {
        s.has_earlier |= (system->statements[i].flags & MTMI_STATEMENT_EARLIER) != 0;
    }
    if (status == MTM_OK && (s.moved == NULL || s.part == NULL)) {
        status = mtmi_error_memory(err);
    }
    if (status == MTM_OK) {
        hide_small(&s);
        for (size_t i = 0; i < s.n_queue && !s.failed && !system->is_told; i++) {
            prove(&s, s.queue[i]);
        }
        status = s.failed ? mtmi_error_memory(err) : MTM_OK;
    }
    mtmi_memory_free(s.moved);
    mtmi_memory_free(s.part);
    mtmi_memory_free(s.queue);
    mtmi_memory_free(s.known);
    mtmi_search_free(s.search);
    return status;
}
