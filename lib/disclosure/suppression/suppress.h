/* Which statements of a system are withheld, and the tables that prove that it is enough. */
#ifndef MTMI_DISCLOSURE_SUPPRESS_H
#define MTMI_DISCLOSURE_SUPPRESS_H

#include "disclosure/suppression/interval_search.h"
#include "disclosure/rules.h"

/* What a table proves of its target. */
typedef enum mtmi_proof_side {
    MTMI_PROOF_LOW = 0, /* it can be 0 */
    MTMI_PROOF_LEAST,   /* it can be the least that is known where a named row is at least one person */
    MTMI_PROOF_HIGH,    /* it can be the threshold above that least */
    MTMI_PROOF_SIDES,
    MTMI_PROOF_ROUNDED = MTMI_PROOF_SIDES /* of no target: the table of multiples that is printed */
} mtmi_proof_side;

/* A table that agrees with everything shown: the true one with these changes. */
typedef struct mtmi_proof {
    mtmi_target target;
    int side;        /* an mtmi_proof_side */
    size_t first, n; /* its changes */
} mtmi_proof;

typedef struct mtmi_proofs {
    mtmi_proof *proofs; /* several for one target and side where single contributors know their own number */
    mtmi_change *changes;
    size_t n_proofs, proofs_capacity, n_changes, changes_capacity;
    size_t n_failed;    /* targets for which nothing was found */
    mtmi_target failed; /* the first of them */
} mtmi_proofs;

/* Hides what is small (from 1 to threshold - 1), then more, until every hidden count can be 0 and the threshold (more
 * where named rows of persons are known to be at least `one`), also for a reader who knows a hidden count of `one`
 * exactly.
 * one: in the atoms' units. */
mtm_status mtmi_suppress(mtmi_system *system, const mtmi_rules *rules, int64_t one, mtmi_proofs *proofs,
                         mtm_error *err);
void mtmi_proofs_clear(mtmi_proofs *proofs);

#endif
