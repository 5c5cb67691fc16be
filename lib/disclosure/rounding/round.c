/* Controlled rounding (compare Cox, 1987) by local search: a start that the key draws, where each atom is one of the multiples
 * in its reach, mostly the two next to it; then, as long as some sum is too far off, one of its atoms takes a step of the
 * base, the one that puts most right, and may not go back at once. A cell of 0 stays 0. Whatever table of multiples is found
 * could be the true one, and so could each that differs from it by up to the reach in one cell: no number is told more
 * closely than its reach, whoever knows the rule, but not the key. */
#include "disclosure/rounding/round.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"

#include <string.h>

enum { SCAN = 48, STEPS_EACH = 60, STEPS_LEAST = 20000, REST = 6 };

typedef struct rounding {
    const mtmi_system *system;
    const mtmi_round_order *orders;
    int64_t base, reach;
    int64_t *rounded;  /* by atom */
    uint64_t *free_at; /* by atom: the step from which it may be moved back */
    signed char *last; /* by atom: which way it was moved */
    int64_t *off;      /* by statement: how far its sum is from what it should be */
    uint32_t *broken, *broken_at;
    size_t n_broken;
    uint64_t random[2], step;
} rounding;

/* xorshift128+ */
static uint64_t draw(rounding *r) {
    uint64_t x = r->random[0];
    const uint64_t y = r->random[1];
    r->random[0] = y;
    x ^= x << 23;
    r->random[1] = x ^ y ^ (x >> 17) ^ (y >> 26);
    return r->random[1] + y;
}

static void seed(rounding *r, const unsigned char key[32]) {
    for (int i = 0; i < 32; i++) {
        r->random[i / 8 % 2] = r->random[i / 8 % 2] * 257 + key[i] + 1;
    }
    for (int i = 0; i < 8; i++) {
        (void)draw(r);
    }
}

static int is_exact(const rounding *r, uint32_t s) {
    return r->orders[s].is_kept || (r->system->statements[s].flags & MTMI_STATEMENT_FIXED) != 0;
}

static int64_t penalty(const rounding *r, uint32_t s, int64_t off) {
    int64_t reach = is_exact(r, s) ? 0 : r->reach, far = off < 0 ? -off : off;
    return far > reach ? far - reach : 0;
}

static int may_be(const rounding *r, uint32_t atom, int64_t value) {
    int64_t true_value = r->system->atoms[atom], off = value - true_value;
    return value >= 0 && true_value != 0 && off <= r->reach && -off <= r->reach;
}

/* Mostly the multiple below or above, the nearer the likelier; at times any in reach. */
static int64_t start_of(rounding *r, uint32_t atom) {
    int64_t value = r->system->atoms[atom], below = value / r->base * r->base;
    uint64_t luck = draw(r);
    int64_t found = (int64_t)(luck % (uint64_t)r->base) < value - below ? below + r->base : below;
    if ((luck >> 40) % 16 == 0) {
        int64_t other = below + ((int64_t)((luck >> 48) % 4) - 1) * r->base;
        found = may_be(r, atom, other) ? other : found;
    }
    return may_be(r, atom, found) ? found : may_be(r, atom, below) ? below : value == 0 ? 0 : below + r->base;
}

static void mark(rounding *r, uint32_t s) {
    int broken = penalty(r, s, r->off[s]) > 0;
    if (broken && r->broken_at[s] == 0) {
        r->broken[r->n_broken] = s;
        r->broken_at[s] = (uint32_t)++r->n_broken;
    } else if (!broken && r->broken_at[s] != 0) {
        uint32_t last = r->broken[--r->n_broken];
        r->broken[r->broken_at[s] - 1] = last;
        r->broken_at[last] = r->broken_at[s];
        r->broken_at[s] = 0;
    }
}

static void start(rounding *r) {
    const mtmi_system *system = r->system;
    for (uint32_t a = 0; a < system->n_atoms; a++) {
        r->rounded[a] = start_of(r, a);
    }
    for (uint32_t s = 0; s < system->n_statements; s++) {
        const mtmi_statement *statement = &system->statements[s];
        r->off[s] = -(r->orders[s].is_kept ? r->orders[s].kept : statement->value);
        for (size_t i = statement->first; i < statement->first + statement->n; i++) {
            r->off[s] += system->terms[i].sign * r->rounded[system->terms[i].at];
        }
        mark(r, s);
    }
}

/* What a step changes in all that is too far off; the less the better. */
static int64_t weigh(const rounding *r, uint32_t atom, int64_t by) {
    const mtmi_system *system = r->system;
    int64_t sum = 0;
    for (size_t k = system->atom_first[atom]; k < system->atom_first[atom + 1]; k++) {
        uint32_t s = system->atom_terms[k].at;
        sum += penalty(r, s, r->off[s] + system->atom_terms[k].sign * by) - penalty(r, s, r->off[s]);
    }
    return sum;
}

static void take(rounding *r, uint32_t atom, int64_t by) {
    const mtmi_system *system = r->system;
    r->rounded[atom] += by;
    r->last[atom] = by > 0 ? 1 : -1;
    r->free_at[atom] = r->step + REST + draw(r) % REST;
    for (size_t k = system->atom_first[atom]; k < system->atom_first[atom + 1]; k++) {
        uint32_t s = system->atom_terms[k].at;
        r->off[s] += system->atom_terms[k].sign * by;
        mark(r, s);
    }
}

/* One step for a sum that is too far off. */
static void mend(rounding *r) {
    const mtmi_system *system = r->system;
    uint32_t s = r->broken[draw(r) % r->n_broken];
    const mtmi_statement *statement = &system->statements[s];
    size_t from = (size_t)(draw(r) % statement->n), best = SIZE_MAX;
    int64_t least = INT64_MAX;
    for (size_t i = 0; i < statement->n && i < SCAN; i++) {
        const mtmi_system_term *term = &system->terms[statement->first + (from + i) % statement->n];
        int64_t by = (r->off[s] > 0) == (term->sign > 0) ? -r->base : r->base;
        int back = r->free_at[term->at] > r->step && (by > 0) != (r->last[term->at] > 0);
        if (back || !may_be(r, term->at, r->rounded[term->at] + by)) {
            continue;
        }
        int64_t score = 16 * weigh(r, term->at, by) + (int64_t)(draw(r) % 8);
        if (score < least) {
            least = score;
            best = statement->first + (from + i) % statement->n;
        }
    }
    if (best != SIZE_MAX) {
        const mtmi_system_term *term = &system->terms[best];
        take(r, term->at, (r->off[s] > 0) == (term->sign > 0) ? -r->base : r->base);
    }
}

static int tell(const rounding *r, mtmi_proofs *proofs) {
    const mtmi_system *system = r->system;
    proofs->changes = mtmi_memory_new(system->n_atoms + 1, sizeof *proofs->changes);
    proofs->proofs = mtmi_memory_new(1, sizeof *proofs->proofs);
    if (proofs->changes == NULL || proofs->proofs == NULL) {
        return 0;
    }
    for (uint32_t a = 0; a < system->n_atoms; a++) {
        if (r->rounded[a] != system->atoms[a]) {
            proofs->changes[proofs->n_changes++] = (mtmi_change){a, r->rounded[a] - system->atoms[a]};
        }
    }
    proofs->proofs[0] = (mtmi_proof){{MTMI_NO_STATEMENT, 0}, MTMI_PROOF_ROUNDED, 0, proofs->n_changes};
    proofs->n_proofs = 1;
    return 1;
}

mtm_status mtmi_round(const mtmi_system *system, const mtmi_round_order *orders, int64_t base, int64_t reach,
                      const unsigned char key[32], mtmi_proofs *proofs, int *done, mtm_error *err) {
    rounding r = {.system = system, .orders = orders, .base = base, .reach = reach};
    mtm_status status = MTM_OK;
    size_t n = system->n_statements, most = STEPS_LEAST + STEPS_EACH * (system->n_statements + system->n_atoms);
    *done = 0;
    r.rounded = mtmi_memory_new(system->n_atoms + 1, sizeof *r.rounded);
    r.free_at = mtmi_memory_new(system->n_atoms + 1, sizeof *r.free_at);
    r.last = mtmi_memory_new(system->n_atoms + 1, 1);
    r.off = mtmi_memory_new(n + 1, sizeof *r.off);
    r.broken = mtmi_memory_new(n + 1, sizeof *r.broken);
    r.broken_at = mtmi_memory_new(n + 1, sizeof *r.broken_at);
    if (r.rounded == NULL || r.free_at == NULL || r.last == NULL || r.off == NULL || r.broken == NULL ||
        r.broken_at == NULL) {
        MTMI_TRY(mtmi_error_memory(err));
    }
    seed(&r, key);
    start(&r);
    for (r.step = 1; r.n_broken > 0 && r.step <= most; r.step++) {
        mend(&r);
    }
    *done = r.n_broken == 0;
    if (*done && !tell(&r, proofs)) {
        MTMI_TRY(mtmi_error_memory(err));
    }
out:
    mtmi_memory_free(r.rounded);
    mtmi_memory_free(r.free_at);
    mtmi_memory_free(r.last);
    mtmi_memory_free(r.off);
    mtmi_memory_free(r.broken);
    mtmi_memory_free(r.broken_at);
    return status;
}
