/* One file counted by several threads, in rounds of blocks. */
#ifndef MTMI_TABULATE_THREADS_H
#define MTMI_TABULATE_THREADS_H

#include "tabulate/block.h"

#define MTMI_RUN_BLOCKS 16u /* blocks a thread and a round */
#define MTMI_RUN_THREADS 64u

typedef struct mtmi_run {
    const mtmi_count_table *table;
    mtmi_walker *walkers;
    unsigned n_threads;
    mtm_progress progress;
    void *progress_data;
    uint64_t progress_base, progress_total; /* bytes of the files before; 0 not known */
    uint64_t line;                          /* line feeds before the next row */
    uint64_t next;                          /* where the next row begins, in the feed at hand */
    mtmi_digest_file digest;
    mtmi_walked *walked; /* of the blocks of a round */
    uint64_t *lines;     /* line feeds before each of them */
} mtmi_run;

mtm_status mtmi_run_start(mtmi_run *run, const mtmi_count_table *table, unsigned n_threads, mtmi_scan_function function,
                          mtm_error *err);
void mtmi_run_free(mtmi_run *run);
/* Counts all rows of the feed from run->next on, or, when it is not final, all but the last that is not whole. With
 * digest, the feed's bytes are digested too. */
mtm_status mtmi_run_feed(mtmi_run *run, const mtmi_feed *feed, int digest, mtm_error *err);
/* For those who count without a feed: what the walkers counted since the last commit is certain; n blocks, whose lines
 * stand in run->walked. */
mtm_status mtmi_run_commit(mtmi_run *run, unsigned n, mtm_error *err);

/* Registrations: what the threads took in becomes the registry's. The first may fail, the second does not after it. */
mtm_status mtmi_run_prepare_registry(const mtmi_run *run, mtmi_registry *registry, mtm_error *err);
void mtmi_run_hand_registry(mtmi_run *run, mtmi_registry *registry, int has_households);

#endif
