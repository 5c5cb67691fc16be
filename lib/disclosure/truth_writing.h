/* The truth space while it is written: shared by the files that write it. */
#ifndef MTMI_DISCLOSURE_TRUTH_WRITING_H
#define MTMI_DISCLOSURE_TRUTH_WRITING_H

#include "base/map.h"
#include "disclosure/truth_space.h"
#include "disclosure/vectors.h"

typedef struct mtmi_truth_writing {
    mtmi_truth_space *space;
    const mtm_results *results;
    const mtmi_ledger *ledger;
    mtmi_masks *masks;
    mtmi_vectors pool;
    mtmi_vector *of_node; /* by node */
    int64_t *atoms;       /* true values, before those that cannot be told apart are one */
    mtmi_atom_kind *kinds;
    size_t n_atoms, atoms_capacity, kinds_capacity;
    struct {
        mtmi_vector vector;
        unsigned flags;
        int64_t threshold;
        mtmi_contribution by;
    } * statements;
    size_t n_statements, statements_capacity;
    mtmi_map known; /* the statements' terms */
    mtmi_map numbers;
    int failed;
} mtmi_truth_writing;

/* Writes the system: atoms that the same statements count in the same way cannot be told apart, and become one. 0 when
 * memory ran out. */
int mtmi_truth_merge(mtmi_truth_writing *writing);

#endif
