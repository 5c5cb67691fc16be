/* All numbers of confidential results as sums over the finest cells that the data tells apart. */
#ifndef MTMI_DISCLOSURE_TRUTH_SPACE_H
#define MTMI_DISCLOSURE_TRUTH_SPACE_H

#include "disclosure/disclosure.h"
#include "disclosure/ledger.h"
#include "disclosure/system.h"
#include "disclosure/truth_nodes.h"
#include "disclosure/vectors.h"

/* A number as it will be printed. */
typedef struct mtmi_claim {
    uint32_t result, index; /* of the ledger: MTMI_NO_RESULT, and of its numbers */
    int place;              /* as of mtmi_evidence_number, or MTMI_EVIDENCE_EARLIER */
    uint32_t
        statement; /* MTMI_NO_STATEMENT: the remainder of a cut list, where rows are withheld: it follows from the others */
    unsigned char *mask; /* where it says whether it is withheld; NULL for a public number, or an earlier one */
} mtmi_claim;

typedef struct mtmi_truth_space {
    mtmi_truth_nodes nodes;
    mtmi_system system;
    mtmi_claim *claims;
    size_t n_claims, claims_capacity;
    int decimals;
    int has_alone; /* some number is not what its observations add up to, and stands for itself */
    /* What nodes are made of, so that a table over atoms can be told as one over observations. */
    mtmi_vector *node_vectors; /* by node, over raw atoms */
    mtmi_system_term *node_terms;
    int64_t *raw;      /* true values of raw atoms */
    uint32_t *atom_of; /* by raw atom: the system's, UINT32_MAX for one that no number counts */
    size_t n_raw;
} mtmi_truth_space;

/* ledger: what was published before, joined with the evidence; NULL for nothing. */
mtm_status mtmi_truth_space_build(mtmi_truth_space *space, const mtm_results *results, const mtmi_evidence *evidence,
                                  const mtmi_ledger *ledger, mtmi_masks *masks, mtm_error *err);
void mtmi_truth_space_clear(mtmi_truth_space *space);

#endif
