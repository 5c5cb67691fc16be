/* Complementary cell suppression over a whole linked system: hide every small count, then take the hidden counts one
 * after the other and search for two tables for each, hiding more where there are none. What was found once stays true:
 * hiding more takes no table away. So each count is treated once. */
#include "disclosure/money.h"
#include "disclosure/suppress.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"

#include <string.h>

typedef struct suppressing {
    mtmi_system *system;
    mtmi_search *search;
    mtmi_system unbound; /* the system with all withheld that is not fixed; statements are its own */
    mtmi_search *free;   /* in there */
    mtmi_proofs *proofs;
    const mtmi_rules *rules;
    int64_t threshold, one;
    mtmi_target *queue;
    size_t n_queue, queue_capacity;
    int64_t *moved;  /* by statement: what the changes at hand do to it */
    uint32_t *known; /* statements of one that the changes at hand move */
    size_t n_known, known_capacity;
    unsigned char *in_block; /* by statement */
    uint32_t *block;         /* statements */
    size_t n_block;
    unsigned char *part; /* by atom: in the count at hand, or in a named row of it */
    size_t n_frozen;
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

/* What is withheld must be able to be anything up to the threshold; an amount that is no more than linked with one
 * that tells of a contributor need not. */
static void add_hidden(suppressing *s, uint32_t at) {
    const mtmi_statement *statement = &s->system->statements[at];
    int amount = (statement->flags & MTMI_STATEMENT_AMOUNT) != 0;
    if (is_count(statement) && (!amount || mtmi_statement_is_primary(statement, s->rules, s->one))) {
        add_target(s, (mtmi_target){at, 0});
    }
}

static void hide_small(suppressing *s) {
    for (uint32_t i = 0; i < s->system->n_statements; i++) {
        const mtmi_statement *statement = &s->system->statements[i];
        if ((statement->flags & MTMI_STATEMENT_FIXED) == 0 && mtmi_statement_is_primary(statement, s->rules, s->one)) {
            mtmi_search_hide(s->search, i);
        }
    }
    for (uint32_t i = 0; i < s->system->n_statements; i++) {
        if ((s->system->statements[i].flags & MTMI_STATEMENT_HIDDEN) != 0) {
            add_hidden(s, i);
        }
    }
    for (uint32_t a = 0; a < s->system->n_atoms; a++) {
        uint32_t single = s->system->single[a];
        if (single == MTMI_NO_STATEMENT && mtmi_atom_is_primary(s->system, a, s->rules, s->one)) {
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
        add_hidden(s, hidden[i]);
    }
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

static int is_part_of(const suppressing *s, const mtmi_statement *part) {
    const mtmi_system_term *terms = s->system->terms + part->first;
    for (size_t i = 0; i < part->n; i++) {
        if (terms[i].sign != 1 || s->part[terms[i].at] == 0) {
            return 0;
        }
    }
    return part->n > 0;
}

/* The next named row that lies within the atoms that are marked, from a place in the list of the atoms' statements on;
 * each comes once, with its first atom. */
static const mtmi_statement *next_listed(const suppressing *s, const mtmi_statement *whole, size_t *atom, size_t *at) {
    const mtmi_system *system = s->system;
    for (; *atom < whole->n; ++*atom, *at = 0) {
        uint32_t a = system->terms[whole->first + *atom].at;
        while (system->atom_first[a] + *at < system->atom_first[a + 1]) {
            const mtmi_statement *part = &system->statements[system->atom_terms[system->atom_first[a] + (*at)++].at];
            if ((part->flags & MTMI_STATEMENT_LISTED) != 0 && system->terms[part->first].at == a &&
                is_part_of(s, part)) {
                return part;
            }
        }
    }
    return NULL;
}

/* Named rows that share no atom, the shortest first. */
static int64_t count_apart(suppressing *s, const mtmi_statement *whole) {
    static const size_t lengths[] = {1, 2, 4, 16, SIZE_MAX};
    int64_t n = 0;
    for (size_t l = 0, shorter = 0; l < sizeof lengths / sizeof *lengths; shorter = lengths[l++]) {
        size_t atom = 0, at = 0;
        const mtmi_statement *part;
        while ((part = next_listed(s, whole, &atom, &at)) != NULL) {
            n += part->n > shorter && part->n <= lengths[l] && mark_atoms(s, part, 1, 2);
        }
    }
    return n;
}

/* The least that named rows alone say of a count where each is at least one. */
static int64_t least_of(suppressing *s, mtmi_target target) {
    const mtmi_system *system = s->system;
    if (target.statement == MTMI_NO_STATEMENT) {
        return 0;
    }
    const mtmi_statement *whole = &system->statements[target.statement];
    for (size_t i = 0; i < whole->n; i++) {
        s->part[system->terms[whole->first + i].at] = system->terms[whole->first + i].sign == 1;
    }
    int64_t least = count_apart(s, whole);
    for (size_t i = 0; i < whole->n; i++) {
        s->part[system->terms[whole->first + i].at] = 0;
    }
    return least * s->one;
}

/* How low a count would go if this document printed nothing: what the data's structure, earlier documents, named rows and
 * a contributor's own knowledge say of it. */
static int64_t least_known(suppressing *s, mtmi_target target, int persons) {
    const mtmi_system *system = s->system;
    size_t n;
    mtmi_search_reach(s->free, target, 0, persons, 0, 0);
    const mtmi_change *changes = mtmi_search_changes(s->free, &n);
    int64_t value =
        target.statement == MTMI_NO_STATEMENT ? system->atoms[target.atom] : system->statements[target.statement].value;
    for (size_t i = 0; i < n; i++) {
        uint32_t atom = changes[i].atom;
        if (target.statement == MTMI_NO_STATEMENT) {
            value += atom == target.atom ? changes[i].by : 0;
            continue;
        }
        for (size_t k = system->atom_first[atom]; k < system->atom_first[atom + 1]; k++) {
            const mtmi_system_term *term = &system->atom_terms[k];
            value += term->at == target.statement ? term->sign * changes[i].by : 0;
        }
    }
    return value;
}

/* What only earlier documents withheld stays as safe as it was there. */
static int64_t threshold_of(const suppressing *s, mtmi_target target) {
    int64_t own = target.statement != MTMI_NO_STATEMENT ? s->system->statements[target.statement].threshold : 0;
    return own > 0 && own < s->threshold ? own : s->threshold;
}

/* own: what whom the table is for counts in the target himself. */
static int reach(suppressing *s, mtmi_target target, int side, int64_t own, int may_hide) {
    enum { STEPS = 4 };
    int persons = side != MTMI_PROOF_LOW, high = side == MTMI_PROOF_HIGH, found = 0;
    int64_t guard[2];
    if (mtmi_money_guard(s->system, s->rules, target, &guard[0], &guard[1])) {
        found = mtmi_search_reach(s->search, target, high, 0, guard[high], may_hide);
        queue_hidden(s);
        return found;
    }
    int64_t least = persons ? least_of(s, target) : 0, most;
    least = least < own ? own : least;
    most = persons || s->has_earlier || s->n_frozen > 0 ? least_known(s, target, persons) : least;
    most = most < least ? least : most;
    for (int64_t goal = high || most - least > STEPS * s->one ? most : least; goal <= most && !found; goal += s->one) {
        found =
            mtmi_search_reach(s->search, target, high, persons, high ? goal + threshold_of(s, target) : goal, may_hide);
        queue_hidden(s);
    }
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
                        (statement->flags & (MTMI_STATEMENT_LOOSE | MTMI_STATEMENT_AMOUNT)) == 0 &&
                        statement->value == s->one;
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
    s->n_frozen = on ? n : 0;
    for (size_t i = 0; i < n; i++) {
        mtmi_search_freeze(s->search, statements[i], on);
        mtmi_search_freeze(s->free, statements[i], on);
    }
}

/* ---- the last resort ---- */

static void take_into_block(suppressing *s, uint32_t atom) {
    const mtmi_system *system = s->system;
    for (size_t k = system->atom_first[atom]; k < system->atom_first[atom + 1]; k++) {
        uint32_t at = system->atom_terms[k].at;
        if (!s->in_block[at]) {
            s->in_block[at] = 1;
            s->block[s->n_block++] = at;
        }
    }
}

/* Withholds all that has to do with a target, over whatever number of sums; 0 where nothing more could be withheld. What is
 * fixed ends a block only where it is a single number. */
static int withhold_block(suppressing *s, mtmi_target target) {
    const mtmi_system *system = s->system;
    const unsigned never = MTMI_STATEMENT_HIDDEN | MTMI_STATEMENT_FIXED;
    int some = 0;
    s->n_block = 0;
    if (target.statement == MTMI_NO_STATEMENT) {
        take_into_block(s, target.atom);
    } else {
        s->in_block[target.statement] = 1;
        s->block[s->n_block++] = target.statement;
    }
    for (size_t i = 0; i < s->n_block; i++) {
        const mtmi_statement *statement = &system->statements[s->block[i]];
        for (size_t k = statement->first; k < statement->first + statement->n; k++) {
            take_into_block(s, system->terms[k].at);
        }
        if ((statement->flags & never) == 0) {
            mtmi_search_hide(s->search, s->block[i]);
            some = 1;
            add_hidden(s, s->block[i]);
        }
    }
    for (size_t i = 0; i < s->n_block; i++) {
        s->in_block[s->block[i]] = 0;
    }
    return some;
}

static int reach_at_last(suppressing *s, mtmi_target target, int side, int64_t own) {
    return reach(s, target, side, own, 1) ||
           (withhold_block(s, target) && !s->failed && reach(s, target, side, own, 1));
}

/* Whether the contributor, who knows what is frozen, can tell the target without this document: then it tells him nothing. */
static int is_known_anyway(suppressing *s, mtmi_target target, int side) {
    int persons = side != MTMI_PROOF_LOW;
    int64_t goal = least_known(s, target, persons) + threshold_of(s, target);
    return !mtmi_search_reach(s->free, target, 1, persons, goal, 0);
}

static int prove_to_one(suppressing *s, mtmi_target target, int side, uint32_t known) {
    int64_t own = is_within(s, known, target) ? s->one : 0;
    freeze(s, &known, 1, 1);
    int found = reach(s, target, side, own, 0);
    int is_told = !found && is_known_anyway(s, target, side);
    found = found || (!is_told && reach_at_last(s, target, side, own));
    freeze(s, &known, 1, 0);
    if (found) {
        keep_proof(s, target, side);
    }
    return found || is_told;
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
        int found = reach_at_last(s, target, side, 0);
        if (found) {
            keep_proof(s, target, side);
            found = prove_to_contributors(s, target, side);
        }
        if (!found && s->proofs->n_failed++ == 0) {
            s->proofs->failed = target;
        }
    }
}

static mtm_status start(suppressing *s, mtm_error *err) {
    const mtmi_system *system = s->system;
    size_t n = system->n_statements;
    s->moved = mtmi_memory_new(n + 1, sizeof *s->moved);
    s->part = mtmi_memory_new(system->n_atoms + 1, 1);
    s->in_block = mtmi_memory_new(n + 1, 1);
    s->block = mtmi_memory_new(n + 1, sizeof *s->block);
    s->unbound = *system;
    s->unbound.statements = mtmi_memory_new(n + 1, sizeof *system->statements);
    if (s->moved == NULL || s->part == NULL || s->in_block == NULL || s->block == NULL ||
        s->unbound.statements == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < n; i++) {
        mtmi_statement *statement = &s->unbound.statements[i];
        *statement = system->statements[i];
        statement->flags |= (statement->flags & MTMI_STATEMENT_FIXED) != 0 ? 0 : MTMI_STATEMENT_HIDDEN;
        s->has_earlier |= (statement->flags & MTMI_STATEMENT_EARLIER) != 0;
    }
    MTMI_CHECK_STATUS(mtmi_search_new(&s->unbound, &s->free, err));
    return mtmi_search_new(s->system, &s->search, err);
}

mtm_status mtmi_suppress(mtmi_system *system, const mtmi_rules *rules, int64_t one, mtmi_proofs *proofs,
                         mtm_error *err) {
    suppressing s = {
        .system = system, .proofs = proofs, .rules = rules, .threshold = rules->threshold * one, .one = one};
    mtm_status status = MTM_OK;
    MTMI_TRY(start(&s, err));
    hide_small(&s);
    for (size_t i = 0; i < s.n_queue && !s.failed && !system->is_told && proofs->n_failed == 0; i++) {
        prove(&s, s.queue[i]);
    }
    if (s.failed) {
        status = mtmi_error_memory(err);
    }
out:
    mtmi_memory_free(s.moved);
    mtmi_memory_free(s.part);
    mtmi_memory_free(s.in_block);
    mtmi_memory_free(s.block);
    mtmi_memory_free(s.queue);
    mtmi_memory_free(s.known);
    mtmi_memory_free(s.unbound.statements);
    mtmi_search_free(s.free);
    mtmi_search_free(s.search);
    return status;
}
