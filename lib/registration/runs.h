/* Records that are added in any order and given back in the order of their hashes, in bounded memory: what is too much goes
 * as sorted runs into a file. Several threads may read ranges of one set of runs at once. */
#ifndef MTMI_REGISTRATION_RUNS_H
#define MTMI_REGISTRATION_RUNS_H

#include "registration/record.h"
#include "registration/spill.h"

typedef struct mtmi_sorted_run {
    uint64_t offset, n; /* in the file; records */
} mtmi_sorted_run;

typedef struct mtmi_runs {
    mtmi_spill *spill; /* borrowed */
    mtmi_sorted_run *runs;
    size_t n_runs, capacity;
    mtmi_record *records; /* not yet in a run */
    size_t n, records_capacity;
    uint32_t *order; /* of the records, once they are all there; NULL before */
} mtmi_runs;

void mtmi_runs_free(mtmi_runs *runs);
/* Room for one more record; 0 when there is no memory. */
int mtmi_runs_reserve(mtmi_runs *runs, size_t more);
/* The first n records in memory become a run of the file; those after them stay. */
mtm_status mtmi_runs_spill(mtmi_runs *runs, size_t n, mtm_error *err);
/* Room for so many records and runs more; where they would be more than `most` in memory, those that there are go to the
 * file. */
mtm_status mtmi_runs_prepare(mtmi_runs *runs, size_t records, size_t n_runs, size_t most, mtm_error *err);
/* Takes the runs and records of another one over, which is then empty. There is room for them. */
void mtmi_runs_take(mtmi_runs *runs, mtmi_runs *from);
/* To be called before reading: few runs remain, records in memory have an order. */
mtm_status mtmi_runs_settle(mtmi_runs *runs, mtm_error *err);
uint64_t mtmi_runs_count(const mtmi_runs *runs);

/* All records with first <= id[0] <= last, in order. */
typedef struct mtmi_run_reader mtmi_run_reader;
mtm_status mtmi_run_reader_new(const mtmi_runs *runs, uint64_t first, uint64_t last, mtmi_run_reader **out,
                               mtm_error *err);
/* NULL at the end, or when reading failed: *status tells. Lent until the next call. */
const mtmi_record *mtmi_run_reader_next(mtmi_run_reader *reader, mtm_status *status, mtm_error *err);
void mtmi_run_reader_free(mtmi_run_reader *reader);

#endif
