/* In: a ledger with hidden cells. Out: how far one of them can move while every sum still holds.
 * A move changes some hidden cells by one step each, up or down, so that no sum notices; moves are found by depth first
 * search, which gives up after a while: then more is hidden than need be. Does not know why
 * anything is hidden. */
#include "base/error.h"
#include "base/memory.h"
#include "disclosure/ledger.h"

#include <string.h>

#define BUDGET 4000
#define MOVES 2000
#define DEPTH 400

struct mtmi_interval_search {
    const mtmi_ledger *ledger;
    size_t *first;      /* n_cells + 1, into sums and signs */
    size_t *sums;
    signed char *signs;
    int64_t *now;       /* the cells' numbers as moved so far */
    signed char *step;  /* of the move under search */
    int *off;           /* by how much each sum is out, n_sums */
    int budget;
};

void mtmi_interval_search_free(mtmi_interval_search *mover) {
    if (mover == NULL) {
        return;
    }
    mtmi_memory_free(mover->first);
    mtmi_memory_free(mover->sums);
    mtmi_memory_free(mover->signs);
    mtmi_memory_free(mover->now);
    mtmi_memory_free(mover->step);
    mtmi_memory_free(mover->off);
    mtmi_memory_free(mover);
}

static void index_sums(mtmi_interval_search *mover) {
    const mtmi_ledger *ledger = mover->ledger;
    for (size_t i = 0; i < ledger->n_terms; i++) {
        mover->first[ledger->terms[i].cell + 1]++;
    }
    for (size_t i = 0; i < ledger->n_cells; i++) {
        mover->first[i + 1] += mover->first[i];
    }
    for (size_t s = 0; s < ledger->n_sums; s++) {
        for (size_t i = 0; i < ledger->sums[s].n; i++) {
            const mtmi_ledger_term *term = &ledger->terms[ledger->sums[s].first + i];
            size_t at = mover->first[term->cell]++;
            mover->sums[at] = s;
            mover->signs[at] = (signed char)term->sign;
        }
    }
    memmove(mover->first + 1, mover->first, ledger->n_cells * sizeof *mover->first);
    mover->first[0] = 0;
}

mtm_status mtmi_interval_search_new(const mtmi_ledger *ledger, mtmi_interval_search **out, mtm_error *err) {
    mtmi_interval_search *mover = mtmi_memory_new(1, sizeof *mover);
    *out = mover;
    if (mover == NULL) {
        return mtmi_error_memory(err);
    }
    mover->ledger = ledger;
    mover->first = mtmi_memory_new(ledger->n_cells + 2, sizeof *mover->first);
    mover->sums = mtmi_memory_new(ledger->n_terms + 1, sizeof *mover->sums);
    mover->signs = mtmi_memory_new(ledger->n_terms + 1, sizeof *mover->signs);
    mover->now = mtmi_memory_new(ledger->n_cells + 1, sizeof *mover->now);
    mover->step = mtmi_memory_new(ledger->n_cells + 1, sizeof *mover->step);
    mover->off = mtmi_memory_new(ledger->n_sums + 1, sizeof *mover->off);
    if (mover->first == NULL || mover->sums == NULL || mover->signs == NULL || mover->now == NULL ||
        mover->step == NULL || mover->off == NULL) {
        mtmi_interval_search_free(mover);
        *out = NULL;
        return mtmi_error_memory(err);
    }
    index_sums(mover);
    return MTM_OK;
}

size_t mtmi_interval_search_sums(const mtmi_interval_search *mover, size_t cell, const size_t **out) {
    *out = mover->sums + mover->first[cell];
    return mover->first[cell + 1] - mover->first[cell];
}

static int can_step(const mtmi_interval_search *mover, size_t cell, int step) {
    const mtmi_ledger_cell *at = &mover->ledger->cells[cell];
    return at->hidden && !at->known && mover->step[cell] == 0 &&
           (step > 0 || at->may_be_negative || mover->now[cell] > 0);
}

static void take_step(mtmi_interval_search *mover, size_t cell, int step) {
    mover->step[cell] = (signed char)(mover->step[cell] + step);
    for (size_t i = mover->first[cell]; i < mover->first[cell + 1]; i++) {
        mover->off[mover->sums[i]] += step * mover->signs[i];
    }
}

/* Mends the first sum that is out, by each hidden cell in turn: those first that stand in no other sum. */
static int settle(mtmi_interval_search *mover, int depth) {
    const mtmi_ledger *ledger = mover->ledger;
    size_t s = 0;
    while (s < ledger->n_sums && mover->off[s] == 0) {
        s++;
    }
    if (s == ledger->n_sums) {
        return 1;
    }
    for (int pass = 0; pass < 2 && depth < DEPTH; pass++) {
        for (size_t i = 0; i < ledger->sums[s].n && mover->budget > 0; i++) {
            const mtmi_ledger_term *term = &ledger->terms[ledger->sums[s].first + i];
            int step = mover->off[s] > 0 ? -term->sign : term->sign;
            int lonely = mover->first[term->cell + 1] - mover->first[term->cell] == 1;
            if (lonely != (pass == 0) || !can_step(mover, term->cell, step)) {
                continue;
            }
            mover->budget--;
            take_step(mover, term->cell, step);
            if (settle(mover, depth + 1)) {
                return 1;
            }
            take_step(mover, term->cell, -step);
        }
    }
    return 0;
}

/* How often the move can be made before a cell that falls is empty, and no more than wanted. */
static int64_t size_of_move(const mtmi_interval_search *mover, int64_t wanted) {
    int64_t size = wanted;
    for (size_t i = 0; i < mover->ledger->n_cells; i++) {
        if (mover->step[i] < 0 && !mover->ledger->cells[i].may_be_negative && mover->now[i] < size) {
            size = mover->now[i];
        }
    }
    return size;
}

static int apply(mtmi_interval_search *mover, int64_t size) {
    for (size_t i = 0; i < mover->ledger->n_cells; i++) {
        int64_t moved;
        if (__builtin_add_overflow(mover->now[i], mover->step[i] * size, &moved)) {
            return 0;
        }
        mover->now[i] = moved;
    }
    return 1;
}

int mtmi_interval_search_can_reach(mtmi_interval_search *mover, size_t cell, int up, int64_t to) {
    const mtmi_ledger *ledger = mover->ledger;
    for (size_t i = 0; i < ledger->n_cells; i++) {
        mover->now[i] = ledger->cells[i].value;
    }
    for (int n = 0; n < MOVES; n++) {
        int64_t wanted = up ? to - mover->now[cell] : mover->now[cell] - to;
        if (wanted <= 0) {
            return 1;
        }
        memset(mover->step, 0, ledger->n_cells);
        memset(mover->off, 0, ledger->n_sums * sizeof *mover->off);
        mover->budget = BUDGET;
        if (!can_step(mover, cell, up ? 1 : -1)) {
            return 0;
        }
        take_step(mover, cell, up ? 1 : -1);
        if (!settle(mover, 0) || !apply(mover, size_of_move(mover, wanted))) {
            return 0;
        }
    }
    return 0;
}
