/* Atoms that the same statements count in the same way cannot be told apart, and become one: the system is as small as
 * what is published tells. */
#include "base/memory.h"
#include "disclosure/money.h"
#include "disclosure/truth_writing.h"

#include <string.h>

typedef mtmi_truth_writing writing;

/* Two sums that tell sets of statements apart. */
typedef struct column {
    uint64_t one, two;
    uint32_t loose, amount;
} column;

static uint64_t mix(uint64_t x) {
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9u;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

static void sum_columns(const writing *w, column *columns) {
    for (size_t a = 0; a < w->n_atoms; a++) {
        columns[a].loose = w->kinds[a].loose;
        columns[a].amount = w->kinds[a].amount;
    }
    for (size_t s = 0; s < w->n_statements; s++) {
        mtmi_vector vector = w->statements[s].vector;
        for (size_t i = vector.first; i < vector.first + vector.n; i++) {
            const mtmi_system_term *term = &w->pool.terms[i];
            uint64_t seed = (uint64_t)s << 8 ^ (uint64_t)(uint32_t)term->sign << 40;
            columns[term->at].one += mix(seed + 0x9e3779b97f4a7c15u);
            columns[term->at].two += mix(seed ^ 0xd1b54a32d192ed03u);
        }
    }
}

/* *merged: by atom its number in the system, UINT32_MAX for one that no statement counts. */
static int merge_atoms(writing *w, column *columns, uint32_t *merged) {
    mtmi_system *system = &w->space->system;
    mtmi_map known = MTMI_MAP_INIT;
    int whole = 1;
    for (size_t a = 0; a < w->n_atoms && whole; a++) {
        merged[a] = UINT32_MAX;
        if (columns[a].one == 0 && columns[a].two == 0) {
            continue;
        }
        uint32_t at = mtmi_map_add(&known, &columns[a], sizeof *columns);
        if (at != MTMI_MAP_NONE && at < system->n_atoms) {
            system->atoms[at] += w->atoms[a];
            system->kinds[at].by = mtmi_money_join(system->kinds[at].by, w->kinds[a].by);
            merged[a] = at;
        } else {
            whole = at != MTMI_MAP_NONE && mtmi_system_add_atom(system, w->atoms[a], w->kinds[a], &merged[a]);
        }
    }
    mtmi_map_free(&known);
    return whole;
}

/* Each atom of the system once, whatever it was made of. seen: by atom, the last statement that counted it. */
static int write_statement(writing *w, size_t s, const uint32_t *merged, size_t *seen) {
    mtmi_vector known = w->statements[s].vector, vector = mtmi_vectors_start(&w->pool);
    uint32_t at;
    for (size_t i = known.first; i < known.first + known.n; i++) {
        const mtmi_system_term term = w->pool.terms[i];
        if (seen[merged[term.at]] != s + 1) {
            seen[merged[term.at]] = s + 1;
            mtmi_vectors_add(&w->pool, merged[term.at], term.sign);
        }
    }
    vector = mtmi_vectors_end(&w->pool, vector);
    int whole = !w->pool.failed && mtmi_system_add_statement(&w->space->system, w->pool.terms + vector.first, vector.n,
                                                             w->statements[s].flags, &at);
    if (whole) {
        w->space->system.statements[at].threshold = w->statements[s].threshold;
        w->space->system.statements[at].by = w->statements[s].by;
    }
    mtmi_vectors_drop(&w->pool, vector);
    return whole;
}

int mtmi_truth_merge(writing *w) {
    column *columns = mtmi_memory_new(w->n_atoms + 1, sizeof *columns);
    uint32_t *merged = mtmi_memory_new(w->n_atoms + 1, sizeof *merged);
    size_t *seen = mtmi_memory_new(w->n_atoms + 1, sizeof *seen);
    int whole = columns != NULL && merged != NULL && seen != NULL;
    if (whole) {
        sum_columns(w, columns);
        whole = merge_atoms(w, columns, merged);
    }
    for (size_t s = 0; s < w->n_statements && whole; s++) {
        whole = write_statement(w, s, merged, seen);
    }
    mtmi_memory_free(columns);
    mtmi_memory_free(seen);
    if (whole) {
        w->space->atom_of = merged;
    } else {
        mtmi_memory_free(merged);
    }
    return whole;
}
