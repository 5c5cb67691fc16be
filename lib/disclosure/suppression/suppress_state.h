/* What withholding keeps between its files: the system, the search, what is still to be proved, the tables found. */
#ifndef MTMI_DISCLOSURE_SUPPRESSION_STATE_H
#define MTMI_DISCLOSURE_SUPPRESSION_STATE_H

#include "disclosure/suppression/suppress.h"

/* How far some table brings a statement. */
typedef struct mtmi_reached {
    int64_t value;
    size_t proof; /* + 1: one with these changes; 0 for none */
} mtmi_reached;

typedef struct mtmi_suppressing {
    mtmi_system *system;
    mtmi_search *search;
    mtmi_system unbound; /* the system with all withheld that is not fixed; statements are its own */
    mtmi_search *free;   /* in there */
    mtmi_proofs *proofs;
    const mtmi_rules *rules;
    int64_t threshold, one;
    mtmi_target *queue;
    size_t n_queue, queue_capacity;
    mtmi_reached *reached; /* by statement, and what a table leaves as it is */
    int names_nobody;      /* the table at hand has a named row in which nobody is */
    int64_t *moved;        /* by statement: what the changes at hand do to it */
    uint32_t *known;       /* statements of one that the changes at hand move */
    size_t n_known, known_capacity;
    unsigned char *in_block; /* by statement */
    uint32_t *block;         /* statements */
    size_t n_block;
    unsigned char *part; /* by atom: in the count at hand, or in a named row of it */
    size_t n_frozen;
    int has_earlier;
    int is_at_least; /* the search stands at the least of the target at hand */
    int failed;
} mtmi_suppressing;

static inline int mtmi_statement_is_count(const mtmi_statement *statement) {
    return (statement->flags & MTMI_STATEMENT_SIGNED) == 0;
}

/* ---- bounds.c: what is known without this document ---- */

/* The least that named rows alone say of a count where each is at least one. */
int64_t mtmi_bound_of_rows(mtmi_suppressing *s, mtmi_target target);
/* How low a count would go if this document printed nothing: what the data's structure, earlier documents, named rows and
 * a contributor's own knowledge say of it. */
int64_t mtmi_bound_known(mtmi_suppressing *s, mtmi_target target, int persons);
/* What only earlier documents withheld stays as safe as it was there. */
int64_t mtmi_bound_width(const mtmi_suppressing *s, mtmi_target target);

/* ---- tables_found.c ---- */

/* 0 when memory ran out. */
int mtmi_tables_new(mtmi_suppressing *s);
/* Adds up what a proof does to each statement in s->moved; sign -1 takes it back. */
void mtmi_tables_move(mtmi_suppressing *s, size_t proof, int sign);
/* Keeps what the search found as the proof of a side, for other targets too. */
void mtmi_tables_keep(mtmi_suppressing *s, mtmi_target target, int side);
/* Whether a table that was found for another target proves this one as well; then it is kept. */
int mtmi_tables_prove(mtmi_suppressing *s, mtmi_target target, int side);

/* ---- target_reach.c ---- */

/* To be proved later. 0 when memory ran out. */
int mtmi_target_add(mtmi_suppressing *s, mtmi_target target);
/* What is withheld must be able to be anything up to the threshold; an amount that is no more than linked with one
 * that tells of a contributor need not. */
void mtmi_target_add_hidden(mtmi_suppressing *s, uint32_t at);
/* Searches a table. own: what whom it is for counts in the target himself. */
int mtmi_target_reach(mtmi_suppressing *s, mtmi_target target, int side, int64_t own, int may_hide);
/* And withholds whatever it takes. */
int mtmi_target_reach_at_last(mtmi_suppressing *s, mtmi_target target, int side, int64_t own);

/* ---- contributors.c ---- */

/* Tables for those who know one of the numbers that a proof moves, which is the one at `proof`. 0 where there are none. */
int mtmi_contributors_prove(mtmi_suppressing *s, mtmi_target target, int side, size_t proof);

#endif
