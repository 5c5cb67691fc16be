/* The truth space of disclosure control: numbers not below 0 (atoms), and sums over them that are published or withheld
 * (statements). Whoever builds it gives the atoms their true values; the statements' values follow. */
#ifndef MTMI_DISCLOSURE_SYSTEM_H
#define MTMI_DISCLOSURE_SYSTEM_H

#include "indicator/evidence.h"

#include <mtm/status.h>

#include <stddef.h>
#include <stdint.h>

#define MTMI_NO_STATEMENT UINT32_MAX

typedef struct mtmi_system_term {
    uint32_t at;  /* an atom, or a statement */
    int32_t sign; /* how often it is counted; never 0 */
} mtmi_system_term;

enum {
    MTMI_STATEMENT_HIDDEN = 1,   /* withheld */
    MTMI_STATEMENT_FIXED = 2,    /* known whatever happens: structure of the data, a public number */
    MTMI_STATEMENT_SIGNED = 4,   /* a difference: no count, and never small */
    MTMI_STATEMENT_LISTED = 8,   /* a reader knows that it is not 0: a named row of counted persons */
    MTMI_STATEMENT_LOOSE = 16,   /* counts nobody who could be named: only unclassified or unspecified cases */
    MTMI_STATEMENT_EARLIER = 64, /* an earlier document printed it */
    MTMI_STATEMENT_AMOUNT = 128, /* money: judged by its contributors */
    MTMI_STATEMENT_FROZEN = 32   /* hidden, but known to the contributor whom the search is about */
};

typedef struct mtmi_statement {
    size_t first, n; /* its terms */
    int64_t value;
    int64_t threshold; /* up to which it must be able to be anything; 0: that of the system */
    unsigned flags;
    mtmi_contribution by; /* contributors: -1 where every unit of the value is one */
} mtmi_statement;

/* What an atom counts. */
typedef struct mtmi_atom_kind {
    unsigned char loose, amount; /* counts nobody who could be named; is money */
    mtmi_contribution by;        /* as of mtmi_statement */
} mtmi_atom_kind;

typedef struct mtmi_system {
    int64_t *atoms;        /* true values */
    mtmi_atom_kind *kinds; /* by atom */
    size_t n_atoms, atoms_capacity, kinds_capacity;
    mtmi_statement *statements;
    size_t n_statements, statements_capacity;
    mtmi_system_term *terms; /* by statement; of each the atoms ascend */
    size_t n_terms, terms_capacity;
    /* Made by mtmi_system_finish(): */
    size_t *atom_first;           /* n_atoms + 1, into atom_terms */
    mtmi_system_term *atom_terms; /* statements of each atom */
    uint32_t *single;             /* by atom: the statement that is this atom alone, or MTMI_NO_STATEMENT */
    int is_told;                  /* all that is shown was known before: nothing is to be proved again */
} mtmi_system;

/* 0 when memory ran out. */
int mtmi_system_add_atom(mtmi_system *system, int64_t value, mtmi_atom_kind kind, uint32_t *out);
/* Terms are copied; an atom may come only once. Not looked for: the caller keeps equal statements apart. */
int mtmi_system_add_statement(mtmi_system *system, const mtmi_system_term *terms, size_t n, unsigned flags,
                              uint32_t *out);
/* No atom or statement may be added afterwards. */
mtm_status mtmi_system_finish(mtmi_system *system, mtm_error *err);
void mtmi_system_clear(mtmi_system *system);

static inline int mtmi_statement_is_shown(const mtmi_statement *statement) {
    return (statement->flags & (MTMI_STATEMENT_HIDDEN | MTMI_STATEMENT_FROZEN)) != MTMI_STATEMENT_HIDDEN;
}

#endif
