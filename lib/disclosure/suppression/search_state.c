/* What a search keeps: who may move, what withholding costs, and the move at hand with the sums that it breaks. */
#include "disclosure/suppression/search_state.h"

#include "base/error.h"
#include "base/memory.h"

#include <string.h>

void mtmi_search_free(mtmi_search *search) {
    if (search == NULL) {
        return;
    }
    mtmi_memory_free(search->terms);
    mtmi_memory_free(search->n_movable);
    mtmi_memory_free(search->now);
    mtmi_memory_free(search->sum);
    mtmi_memory_free(search->cost);
    mtmi_memory_free(search->by);
    mtmi_memory_free(search->aim);
    mtmi_memory_free(search->state);
    mtmi_memory_free(search->broken);
    mtmi_memory_free(search->broken_at);
    mtmi_memory_free(search->touched);
    mtmi_memory_free(search->changes);
    mtmi_memory_free(search->hidden);
    mtmi_memory_free(search->vain);
    mtmi_memory_free(search->vain_at);
    mtmi_memory_free(search);
}

/* ---- what withholding costs, and which atoms may move ---- */

static int bits_of(int64_t value) {
    int bits = 0;
    for (uint64_t v = (uint64_t)(value < 0 ? -value : value); v > 0; v >>= 1) {
        bits++;
    }
    return bits;
}

static int64_t own_cost(const mtmi_statement *statement) {
    int64_t bits = bits_of(statement->value);
    return (statement->flags & MTMI_STATEMENT_SIGNED) != 0 ? 6 : 4 + bits * bits / 2;
}

static uint32_t shown_single(const mtmi_search *search, uint32_t atom) {
    uint32_t single = search->system->single[atom];
    return single != MTMI_NO_STATEMENT && mtmi_statement_is_shown(&search->system->statements[single])
               ? single
               : MTMI_NO_STATEMENT;
}

/* Small numbers are the cheap ones: a withheld number must be able to be nothing, which a sum can only when all its
 * shown parts are withheld with it. */
static void start_costs(mtmi_search *search) {
    const mtmi_system *system = search->system;
    for (size_t s = 0; s < system->n_statements; s++) {
        const mtmi_statement *statement = &system->statements[s];
        search->cost[s] = own_cost(statement);
        for (size_t i = statement->first; statement->n > 1 && i < statement->first + statement->n; i++) {
            uint32_t single = shown_single(search, system->terms[i].at);
            search->cost[s] += single != MTMI_NO_STATEMENT && (statement->flags & MTMI_STATEMENT_SIGNED) == 0
                                   ? own_cost(&system->statements[single])
                                   : 0;
        }
    }
}

static int is_movable(const mtmi_search *search, uint32_t atom) {
    uint32_t single = search->system->single[atom];
    return single == MTMI_NO_STATEMENT || !mtmi_statement_is_shown(mtmi_search_statement(search, single));
}

static void swap_terms(mtmi_system_term *a, mtmi_system_term *b) {
    mtmi_system_term held = *a;
    *a = *b;
    *b = held;
}

static void make_movable(mtmi_search *search, uint32_t atom) {
    const mtmi_system *system = search->system;
    for (size_t i = system->atom_first[atom]; i < system->atom_first[atom + 1]; i++) {
        uint32_t s = system->atom_terms[i].at;
        mtmi_system_term *terms = search->terms + system->statements[s].first;
        size_t at = search->n_movable[s];
        while (at < system->statements[s].n && terms[at].at != atom) {
            at++;
        }
        if (system->statements[s].n > 1 && (system->statements[s].flags & MTMI_STATEMENT_SIGNED) == 0) {
            search->cost[s] -= own_cost(&system->statements[system->single[atom]]);
        }
        if (at < system->statements[s].n) {
            swap_terms(&terms[search->n_movable[s]++], &terms[at]);
        }
    }
}

static void note_binding(mtmi_search *search, uint32_t s) {
    mtmi_search_sum *state = &search->state[s];
    state->binds = mtmi_statement_is_shown(mtmi_search_statement(search, s)) && !state->opened;
}

void mtmi_search_freeze(mtmi_search *search, uint32_t s, int on) {
    unsigned *flags = &search->system->statements[s].flags;
    *flags = on ? *flags | MTMI_STATEMENT_FROZEN : *flags & ~(unsigned)MTMI_STATEMENT_FROZEN;
    note_binding(search, s);
}

void mtmi_search_hide(mtmi_search *search, uint32_t s) {
    mtmi_statement *statement = &search->system->statements[s];
    if ((statement->flags & (MTMI_STATEMENT_HIDDEN | MTMI_STATEMENT_FIXED)) != 0) {
        return;
    }
    statement->flags |= MTMI_STATEMENT_HIDDEN;
    note_binding(search, s);
    if (statement->n == 1) {
        make_movable(search, search->system->terms[statement->first].at);
    }
}

/* Small ones first: they are cheap to withhold. Insertion into halves keeps long lists fast enough. */
static void sort_terms(mtmi_system_term *terms, size_t n, const int64_t *value, mtmi_system_term *room) {
    if (n < 2) {
        return;
    }
    size_t half = n / 2, a = 0, b = half, at = 0;
    sort_terms(terms, half, value, room);
    sort_terms(terms + half, n - half, value, room);
    while (a < half || b < n) {
        int left = b == n || (a < half && value[terms[a].at] <= value[terms[b].at]);
        room[at++] = terms[left ? a++ : b++];
    }
    memcpy(terms, room, n * sizeof *terms);
}

static void order_terms(mtmi_search *search, mtmi_system_term *room) {
    const mtmi_system *system = search->system;
    memcpy(search->terms, system->terms, system->n_terms * sizeof *search->terms);
    for (size_t s = 0; s < system->n_statements; s++) {
        mtmi_system_term *terms = search->terms + system->statements[s].first;
        size_t n = 0;
        sort_terms(terms, system->statements[s].n, system->atoms, room);
        for (size_t i = 0; i < system->statements[s].n; i++) {
            if (is_movable(search, terms[i].at)) {
                swap_terms(&terms[n++], &terms[i]);
            }
        }
        search->n_movable[s] = n;
    }
}

static int new_tables(mtmi_search *search) {
    const mtmi_system *system = search->system;
    size_t atoms = system->n_atoms + 1, statements = system->n_statements + 1;
    search->terms = mtmi_memory_new(system->n_terms + 1, sizeof *search->terms);
    search->n_movable = mtmi_memory_new(statements, sizeof *search->n_movable);
    search->now = mtmi_memory_new(atoms, sizeof *search->now);
    search->sum = mtmi_memory_new(statements, sizeof *search->sum);
    search->cost = mtmi_memory_new(statements, sizeof *search->cost);
    search->state = mtmi_memory_new(statements, sizeof *search->state);
    search->by = mtmi_memory_new(atoms, 1);
    search->aim = mtmi_memory_new(atoms, sizeof *search->aim);
    search->broken = mtmi_memory_new(statements, sizeof *search->broken);
    search->broken_at = mtmi_memory_new(statements, sizeof *search->broken_at);
    search->touched = mtmi_memory_new(atoms, sizeof *search->touched);
    search->changes = mtmi_memory_new(atoms, sizeof *search->changes);
    search->vain = mtmi_memory_new(atoms, 1);
    search->vain_at = mtmi_memory_new(atoms, sizeof *search->vain_at);
    search->hidden = mtmi_memory_new(statements, sizeof *search->hidden);
    return search->terms != NULL && search->n_movable != NULL && search->now != NULL && search->sum != NULL &&
           search->cost != NULL && search->by != NULL && search->aim != NULL && search->state != NULL &&
           search->broken != NULL && search->broken_at != NULL && search->touched != NULL && search->changes != NULL &&
           search->hidden != NULL && search->vain != NULL && search->vain_at != NULL;
}

mtm_status mtmi_search_new(mtmi_system *system, mtmi_search **out, mtm_error *err) {
    mtmi_search *search = mtmi_memory_new(1, sizeof *search);
    mtmi_system_term *room = mtmi_memory_new(system->n_terms + 1, sizeof *room);
    int whole = search != NULL && room != NULL;
    *out = search;
    if (search != NULL) {
        search->system = system;
        whole = new_tables(search) && whole;
    }
    if (whole) {
        memcpy(search->now, system->atoms, system->n_atoms * sizeof *search->now);
        for (size_t s = 0; s < system->n_statements; s++) {
            search->sum[s] = system->statements[s].value;
            search->state[s].listed = (system->statements[s].flags & MTMI_STATEMENT_LISTED) != 0;
            note_binding(search, (uint32_t)s);
        }
        start_costs(search);
        order_terms(search, room);
    } else {
        mtmi_search_free(search);
        *out = NULL;
    }
    mtmi_memory_free(room);
    return whole ? MTM_OK : mtmi_error_memory(err);
}

/* ---- the move under search ---- */

static void mark_broken(mtmi_search *search, uint32_t s, int broken) {
    if (broken && search->broken_at[s] == 0) {
        search->broken[search->n_broken++] = s;
        search->broken_at[s] = (uint32_t)search->n_broken;
    } else if (!broken && search->broken_at[s] != 0) {
        uint32_t last = search->broken[--search->n_broken];
        search->broken[search->broken_at[s] - 1] = last;
        search->broken_at[last] = search->broken_at[s];
        search->broken_at[s] = 0;
    }
}

static void change_atom(mtmi_search *search, uint32_t atom, int by) {
    const mtmi_system *system = search->system;
    search->by[atom] = (signed char)(search->by[atom] + by);
    for (size_t i = system->atom_first[atom]; i < system->atom_first[atom + 1]; i++) {
        uint32_t s = system->atom_terms[i].at;
        mtmi_search_sum *state = &search->state[s];
        int was_right = state->off == 0;
        state->off += system->atom_terms[i].sign * by;
        if (state->binds && was_right != (state->off == 0)) {
            mark_broken(search, s, was_right);
        }
    }
}

void mtmi_search_take(mtmi_search *search, uint32_t atom, int by) {
    search->path[search->n_path++] = (mtmi_move_step){atom, by};
    change_atom(search, atom, by);
}

void mtmi_search_untake(mtmi_search *search) {
    const mtmi_move_step last = search->path[--search->n_path];
    change_atom(search, last.atom, -last.by);
}

void mtmi_search_open(mtmi_search *search, uint32_t s) {
    search->state[s].opened = 1;
    note_binding(search, s);
    search->opens[search->n_opens++] = s;
    mark_broken(search, s, 0);
}

void mtmi_search_unopen(mtmi_search *search) {
    uint32_t s = search->opens[--search->n_opens];
    search->state[s].opened = 0;
    note_binding(search, s);
    mark_broken(search, s, search->state[s].off != 0 && mtmi_search_binds(search, s));
}

/* A named row is known not to be 0. */
static int keeps_bound(const mtmi_search *search, uint32_t s, int32_t off) {
    return off >= 0 || !search->persons || !search->state[s].listed || s == search->target || search->sum[s] + off >= 1;
}

int mtmi_search_weigh(const mtmi_search *search, uint32_t atom, int by, int *score) {
    const mtmi_system *system = search->system;
    int sum = 0;
    if (search->by[atom] != 0 || (by < 0 && search->now[atom] < -by) ||
        search->aim[atom] * by * (search->up ? 1 : -1) < 0) {
        return 0;
    }
    for (size_t i = system->atom_first[atom]; i < system->atom_first[atom + 1]; i++) {
        const mtmi_system_term *term = &system->atom_terms[i];
        const mtmi_search_sum *state = &search->state[term->at];
        int32_t before = state->off, after = before + term->sign * by;
        if (state->binds) {
            sum += (after < 0 ? -after : after) - (before < 0 ? -before : before);
        } else if (!keeps_bound(search, term->at, after)) {
            return 0;
        }
    }
    *score = sum;
    return 1;
}
