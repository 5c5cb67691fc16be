/* The numbers of confidential results as cells that add up to one another: what disclosure control works on. What comes
 * in: results with every number. What goes out: cells, each once however often it is printed, and sums over them.
 * docs/disclosure.md lists the relations. */
#ifndef MTMI_DISCLOSURE_LEDGER_H
#define MTMI_DISCLOSURE_LEDGER_H

#include "disclosure/disclosure.h"

#define MTMI_NO_CELL SIZE_MAX

/* What makes two numbers the same count. */
typedef struct mtmi_cell_key {
    const char *measure, *second; /* "" where there is none */
    const char *group;            /* "" for none, and for the members of a dimension, whom a group leaves as they are */
    int outside;
    const char *dimension, *code; /* "" for a total */
    mtm_period period;
    size_t owner;                 /* the only result it can stand in; SIZE_MAX for any */
} mtmi_cell_key;

typedef struct mtmi_ledger_cell {
    mtmi_cell_key key;
    int64_t value;      /* in units of 10^-decimals of the ledger */
    int kind;           /* an mtm_member_kind; MTM_MEMBER_TOTAL for a total */
    int may_be_negative;
    int implied;        /* printed nowhere, but what is printed tells of it */
    int known;          /* printed by a result that is not confidential */
    int confidential;   /* printed by one that is */
    int hidden;
    int plain;          /* nothing, as anyone can tell from what lists leave out: never hidden */
    size_t together;    /* of an implied cell: the listed member that it is, with all who count less than that; else
                           MTMI_NO_CELL. Where the member could be nothing, all of it could */
} mtmi_ledger_cell;

/* A printed number. */
typedef struct mtmi_ledger_entry {
    size_t cell;
    unsigned char *mask; /* where it says whether it is withheld */
    size_t result;
} mtmi_ledger_entry;

typedef struct mtmi_ledger_term { size_t cell; int sign; } mtmi_ledger_term;
typedef struct mtmi_ledger_sum { size_t first, n; } mtmi_ledger_sum; /* its terms add up to 0 */

typedef struct mtmi_ledger {
    const mtm_results *results;
    mtmi_masks *masks;
    int decimals;
    mtmi_ledger_cell *cells;
    mtmi_ledger_entry *entries;
    mtmi_ledger_term *terms;
    mtmi_ledger_sum *sums;
    size_t n_cells, cells_capacity, n_entries, entries_capacity, n_terms, terms_capacity, n_sums, sums_capacity;
    int failed;         /* memory ran out */
    mtm_status status;  /* a number out of range */
} mtmi_ledger;

/* Confidential counts and what the public knows of them. Marks in the masks results whose numbers contradict others. */
mtm_status mtmi_ledger_build(mtmi_ledger *ledger, const mtm_results *results, mtmi_masks *masks, mtm_error *err);
void mtmi_ledger_clear(mtmi_ledger *ledger);
/* Whether a result is one of the ledger's: confidential, and no per cents. */
int mtmi_ledger_has(const mtm_result *result);

/* What cells can be once the hidden ones are not printed, found by moving what is hidden to and fro. */
typedef struct mtmi_interval_search mtmi_interval_search;
mtm_status mtmi_interval_search_new(const mtmi_ledger *ledger, mtmi_interval_search **out, mtm_error *err);
void mtmi_interval_search_free(mtmi_interval_search *mover); /* NULL is fine */
/* Whether a cell can fall to `to` or below (up 0), or rise to `to` or above (up 1). 0 too where the search gave up. */
int mtmi_interval_search_can_reach(mtmi_interval_search *mover, size_t cell, int up, int64_t to);
/* The sums a cell is in: indices into the ledger's sums. */
size_t mtmi_interval_search_sums(const mtmi_interval_search *mover, size_t cell, const size_t **out);

#endif
