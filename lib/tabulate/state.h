/* What a tabulator knows: members, cells, files, refusals. Uniting is commutative. */
#ifndef MTMI_TABULATE_STATE_H
#define MTMI_TABULATE_STATE_H

#include "base/digest.h"
#include "tabulate/threads.h"
#include "tabulate/spec.h"

typedef struct mtmi_counted_file {
    char *name;
    char *identity; /* what the caller calls it for good; empty: it is known by its digest */
    unsigned char digest[MTMI_DIGEST_SIZE];
    uint64_t size;
    int64_t rows[4], outside; /* rows by mtm_rows; outside: accepted, but left out by a filter */
} mtmi_counted_file;

/* Where a member was first met. */
typedef struct mtmi_met {
    uint32_t file;
    uint64_t line;
} mtmi_met;

typedef struct mtmi_state_axis {
    char *list; /* the code list's id; NULL: labels as they come, or not known yet */
    mtmi_map members;
    mtmi_met *met; /* one per member */
    size_t met_capacity;
} mtmi_state_axis;

typedef struct mtmi_state_set {
    mtmi_map cells;   /* keys: the members' numbers, 32 bits each */
    uint64_t *counts; /* rows */
    mtmi_wide *sums;  /* what is published, at MTMI_COUNTER_SUMS decimals */
    mtmi_wide *tops;  /* two a cell: the largest and second largest that a row added, without sign */
    size_t counts_capacity, sums_capacity, tops_capacity;
} mtmi_state_set;

typedef struct mtmi_state {
    mtmi_spec *spec;
    mtmi_state_axis *axes;
    mtmi_state_set *sets;
    int32_t decimals[MTMI_SPEC_GROUPINGS +
                     1]; /* most digits after the point in a sum; the entry after them: in the weight */
    mtmi_counted_file *files;
    size_t n_files, files_capacity;
    mtmi_refusals refusals; /* in order; the first MTMI_STATE_REFUSALS of all */
    uint64_t max_cells, max_members;
} mtmi_state;

/* Takes the specification over, in every case. */
mtm_status mtmi_state_new(mtmi_spec *spec, mtmi_state **out, mtm_error *err);
void mtmi_state_free(mtmi_state *state);

/* Adds a file's counters; takes nothing over. On failure the state counts what it counted before. */
mtm_status mtmi_state_add(mtmi_state *state, const mtmi_run *run, const mtmi_counted_file *file, mtm_error *err);
/* Adds another state. The same file in both is refused unless force. */
mtm_status mtmi_state_merge(mtmi_state *state, const mtmi_state *other, int force, mtm_error *err);
/* same_files.c: MTM_ERROR_STATE for the first source of other that the state has counted. */
mtm_status mtmi_same_files_refuse(const mtmi_state *state, const mtmi_state *other, mtm_error *err);
/* The published order of two of the state's files: digest, then identity, then name. context is the state. */
int mtmi_state_compare_files(const void *context, uint32_t a, uint32_t b);
/* The refusals of both in order, copied; the files of other are ours from first_file on. */
mtm_status mtmi_refusals_unite(const mtmi_state *state, const mtmi_refusals *other, uint32_t first_file,
                               mtmi_refusals *out, mtm_error *err);
/* Brings members, cells and files into their published order and drops what was never counted. */
mtm_status mtmi_state_settle(const mtmi_state *state, mtmi_state **out, mtm_error *err);
/* For a settled state that is published: labels that must not be told (read/descriptor/rare_label.h) are named by where they first
 * stand, and go to their places anew. */
mtm_status mtmi_state_withhold(mtmi_state **settled, mtm_error *err);

#endif
