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
    mtmi_map differences; /* the terms of those that are counts */
    uint32_t *difference_atoms;
    size_t differences_capacity;
    int failed;
} mtmi_truth_writing;

/* Writes the system: atoms that the same statements count in the same way cannot be told apart, and become one. 0 when
 * memory ran out. */
int mtmi_truth_merge(mtmi_truth_writing *writing);
/* Whether all that this document says of confidential data was said before, and with no lower threshold. */
int mtmi_truth_is_told(const mtmi_truth_writing *writing);

/* ---- truth_writing.c ---- */

/* A number of its own; its place. */
uint32_t mtmi_truth_atom(mtmi_truth_writing *writing, int64_t value, mtmi_atom_kind kind);
/* Ends a sum as a statement; out: its number. */
void mtmi_truth_keep(mtmi_truth_writing *writing, mtmi_vector vector, unsigned flags, uint32_t *out);
/* What is left of a sum, and counts nobody who could be named. */
uint32_t mtmi_truth_rest(mtmi_truth_writing *writing, int64_t value);
/* A sum that everybody knows; one of nothing says nothing. */
void mtmi_truth_known(mtmi_truth_writing *writing, mtmi_vector sum);
/* A count that is written as a difference, of a total less a group, as a place of its own that is not below 0; what may be below 0
 * stays a difference. value: true. */
mtmi_vector mtmi_truth_count(mtmi_truth_writing *writing, mtmi_vector vector, int64_t value);

#endif
