/* The state of a search for moves: the numbers as moved so far, and the move under search. Shared by the files that
 * search. */
#ifndef MTMI_DISCLOSURE_SEARCH_STATE_H
#define MTMI_DISCLOSURE_SEARCH_STATE_H

#include "disclosure/suppression/interval_search.h"

enum { MTMI_SEARCH_DEPTH = 48 };

typedef struct mtmi_move_step {
    uint32_t atom;
    int32_t by;
} mtmi_move_step;

/* Of a statement, what every step of a search asks; together, for they are asked in no order. */
typedef struct mtmi_search_sum {
    int32_t off;          /* what the move under search does to it */
    unsigned char binds;  /* it is shown, and not opened by the move */
    unsigned char opened; /* withheld for the sake of the move */
    unsigned char listed; /* a reader knows that it is not 0 */
} mtmi_search_sum;

struct mtmi_search {
    mtmi_system *system;
    mtmi_system_term *terms;      /* as the system's, those that may move first, then by size */
    size_t *n_movable;            /* by statement */
    int64_t *now, *sum;           /* of atoms and statements */
    int64_t *cost;                /* by statement: of withholding it */
    mtmi_search_sum *state;       /* by statement */
    signed char *by;              /* by atom: its part of the move */
    int32_t *aim;                 /* by atom: how often the target counts it */
    uint32_t *broken, *broken_at; /* shown statements that are off, and where each stands (+ 1) */
    size_t n_broken;
    mtmi_move_step path[MTMI_SEARCH_DEPTH + 1], best[MTMI_SEARCH_DEPTH + 1];
    size_t n_path, n_best;
    uint32_t opens[MTMI_SEARCH_DEPTH + 1], best_opens[MTMI_SEARCH_DEPTH + 1];
    size_t n_opens, n_best_opens;
    int64_t best_cost;
    int found, nodes, scanned, up, persons, wide; /* wide: 1: sums over several atoms may
                                                      be withheld too; 2: and more is tried */
    int slack;                                    /* how many better steps may be passed over from here on */
    size_t limit, degree; /* of the move: how many steps it may have, how many sums one step may put right */
    uint32_t target;      /* statement, whose bound is not asked */
    int64_t missing;      /* how far the target still has to go */
    unsigned char
        *vain; /* by atom: how many limits were tried from there and found nothing, since vain_at was emptied */
    uint32_t *vain_at;
    size_t n_vain;
    uint32_t *touched; /* atoms that were changed */
    size_t n_touched;
    mtmi_change *changes;
    size_t n_changes;
    uint32_t *hidden;
    size_t n_hidden;
};

static inline const mtmi_statement *mtmi_search_statement(const mtmi_search *search, uint32_t s) {
    return &search->system->statements[s];
}

static inline int mtmi_search_binds(const mtmi_search *search, uint32_t s) {
    return search->state[s].binds;
}

void mtmi_search_take(mtmi_search *search, uint32_t atom, int by);
void mtmi_search_untake(mtmi_search *search);
void mtmi_search_open(mtmi_search *search, uint32_t s);
void mtmi_search_unopen(mtmi_search *search);
/* Whether an atom may take a step, and by how much fewer sums are then broken (the less the better). */
int mtmi_search_weigh(const mtmi_search *search, uint32_t atom, int by, int *score);

#endif
