/* Counts a file in rounds of blocks, by several threads (docs/algorithms, speculative block scan). Each block begins
 * where its first row seems to begin; a round in which some block does not begin where the one before ended is dropped
 * and walked again in order. */
#include "tabulate/threads.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"

#include <pthread.h>
#include <stdatomic.h>

struct round {
    mtmi_run *run;
    const mtmi_feed *feed;
    uint64_t first; /* block */
    unsigned n;
    atomic_uint taken;
    atomic_int stop;
};

struct thread {
    struct round *round;
    mtmi_walker *walker;
    int leads; /* the calling thread: it reports progress */
    mtm_status status;
    mtm_error error;
};

mtm_status mtmi_run_start(mtmi_run *run, const mtmi_count_table *table, unsigned n_threads, mtmi_scan_function function,
                          mtm_error *err) {
    mtm_status status = MTM_OK;
    unsigned i;
    memset(run, 0, sizeof *run);
    run->table = table;
    run->walkers = mtmi_memory_new(n_threads, sizeof run->walkers[0]);
    run->walked = mtmi_memory_new((size_t)n_threads * MTMI_RUN_BLOCKS, sizeof run->walked[0]);
    run->lines = mtmi_memory_new((size_t)n_threads * MTMI_RUN_BLOCKS, sizeof run->lines[0]);
    if (run->walkers == NULL || run->walked == NULL || run->lines == NULL) {
        return mtmi_error_memory(err);
    }
    for (i = 0; i < n_threads; i++) {
        run->n_threads = i + 1;
        MTMI_TRY(mtmi_walker_start(&run->walkers[i], table, function, err));
    }
out:
    mtmi_digest_file_start(&run->digest);
    return status;
}

void mtmi_run_free(mtmi_run *run) {
    unsigned i;
    for (i = 0; i < run->n_threads; i++) {
        mtmi_walker_free(&run->walkers[i]);
    }
    mtmi_memory_free(run->walkers);
    mtmi_memory_free(run->walked);
    mtmi_memory_free(run->lines);
    memset(run, 0, sizeof *run);
}

static mtm_status report_progress(mtmi_run *run, uint64_t done, mtm_error *err) {
    if (run->progress == NULL ||
        run->progress(run->progress_base + done, run->progress_total, run->progress_data) == 0) {
        return MTM_OK;
    }
    return mtmi_error_set(err, MTM_ERROR_CANCELLED, 0, (mtmi_place){NULL, 0, 0}, "stopped on request");
}

/* What is certain and fills memory goes to the disk before the round begins. */
static mtm_status relieve(const mtmi_walker *walker, mtm_error *err) {
    return walker->counter.intake == NULL ? MTM_OK : mtmi_intake_relieve(walker->counter.intake, err);
}

/* Blocks of the round, one after the other, until none is left. */
static void *walk_blocks(void *data) {
    struct thread *thread = data;
    struct round *round = thread->round;
    mtmi_run *run = round->run;
    unsigned i;
    thread->status = relieve(thread->walker, &thread->error);
    while (thread->status == MTM_OK && !atomic_load(&round->stop) &&
           (i = atomic_fetch_add(&round->taken, 1)) < round->n) {
        thread->walker->counter.block = i;
        thread->status = mtmi_walk(thread->walker, round->feed, round->first + i,
                                   i == 0 ? run->next : MTMI_WALK_UNKNOWN, &run->walked[i], &thread->error);
        if (thread->status == MTM_OK && thread->leads) {
            thread->status = report_progress(run, (round->first + i) * run->table->block, &thread->error);
        }
    }
    if (thread->status != MTM_OK) {
        atomic_store(&round->stop, 1);
    }
    return NULL;
}

/* An error's line, counted from the block's first row, becomes one of the file. */
static void place_error(const mtmi_run *run, unsigned block, mtm_error *err) {
    unsigned i;
    if (err == NULL || err->line == 0) {
        return;
    }
    err->line += (int64_t)run->line;
    for (i = 0; i < block; i++) {
        err->line += (int64_t)run->walked[i].lines;
    }
}

/* The next block from where the one before ended, on the calling thread alone. */
static mtm_status walk_in_order(mtmi_run *run, const mtmi_feed *feed, uint64_t first, unsigned n, mtm_error *err) {
    mtmi_walker *walker = &run->walkers[0];
    uint64_t next = run->next;
    mtm_status status = relieve(walker, err);
    unsigned i;
    for (i = 0; i < n && status == MTM_OK; i++) {
        walker->counter.block = i;
        status = mtmi_walk(walker, feed, first + i, next, &run->walked[i], err);
        next = run->walked[i].next;
        if (status != MTM_OK) {
            place_error(run, i, err);
        }
        if (status == MTM_OK) {
            status = report_progress(run, (first + i) * run->table->block, err);
        }
        if (run->walked[i].starved) {
            break;
        }
    }
    while (++i < n) { /* after a row that is not whole there is nothing to walk */
        run->walked[i].next = next;
        run->walked[i].lines = 0;
    }
    return status;
}

/* Whether every block began where the one before it ended. */
static int joins(mtmi_run *run, uint64_t first, unsigned n) {
    uint64_t next = run->next;
    unsigned i;
    for (i = 0; i < n; i++) {
        mtmi_walked *walked = &run->walked[i];
        uint64_t end = (first + i + 1) * run->table->block;
        if (walked->start == MTMI_WALK_UNKNOWN && next > end) {
            walked->next = next;
        } else if (walked->start != next) {
            return 0;
        }
        if (walked->starved && i + 1 < n) {
            return 0;
        }
        next = walked->next;
    }
    return 1;
}

static mtm_status walk_together(mtmi_run *run, const mtmi_feed *feed, uint64_t first, unsigned n, mtm_error *err) {
    struct round round = {run, feed, first, n, 0, 0};
    struct thread threads[MTMI_RUN_THREADS];
    pthread_t ids[MTMI_RUN_THREADS];
    unsigned n_threads = run->n_threads < n ? run->n_threads : n, n_made, i;
    memset(threads, 0, sizeof threads);
    for (i = 0; i < n_threads; i++) {
        threads[i].round = &round;
        threads[i].walker = &run->walkers[i];
    }
    threads[0].leads = 1;
    for (n_made = 1; n_made < n_threads; n_made++) {
        if (pthread_create(&ids[n_made], NULL, walk_blocks, &threads[n_made]) != 0) {
            break; /* fewer do it too */
        }
    }
    walk_blocks(&threads[0]);
    for (i = 1; i < n_made; i++) {
        pthread_join(ids[i], NULL);
    }
    for (i = 0; i < n_made; i++) {
        if (threads[i].status != MTM_OK) {
            if (err != NULL) {
                *err = threads[i].error;
            }
            return threads[i].status;
        }
    }
    return MTM_OK;
}

/* What threads met in blocks gets its line, now that the lines of the blocks are known. */
static void settle_lines(mtmi_run *run, mtmi_counter *counter) {
    unsigned i;
    size_t k;
    for (i = 0; i < run->table->spec->n_axes; i++) {
        mtmi_axis_count *axis = &counter->axes[i];
        for (k = axis->n_committed; k < axis->members.n; k++) {
            axis->firsts[k] = run->lines[axis->firsts[k] >> 32] + (axis->firsts[k] & UINT32_MAX) + 1;
        }
    }
    for (k = counter->n_committed_refusals; k < counter->refusals.n; k++) {
        uint64_t place = (uint64_t)counter->refusals.at[k].line;
        counter->refusals.at[k].line = (int64_t)(run->lines[place >> 32] + (place & UINT32_MAX) + 1);
    }
}

static void digest_round(mtmi_run *run, const mtmi_feed *feed, uint64_t first, unsigned n) {
    unsigned i;
    for (i = 0; i < n; i++) {
        const size_t block = run->table->block;
        uint64_t at = (first + i) * block;
        size_t size = feed->size - at < block ? (size_t)(feed->size - at) : block, piece;
        for (piece = 0; piece * MTMI_DIGEST_PIECE < size; piece++) {
            size_t left = size - piece * MTMI_DIGEST_PIECE;
            mtmi_digest_file_add(&run->digest, run->walked[i].digests[piece],
                                 left < MTMI_DIGEST_PIECE ? left : MTMI_DIGEST_PIECE);
        }
    }
}

/* Registrations of a round become the registry's. */
static mtm_status commit_intake(const mtmi_run *run, const mtmi_counter *counter, mtm_error *err) {
    const mtmi_map *members[MTMI_SPEC_AXES];
    const mtmi_spec *spec = run->table->spec;
    for (unsigned i = spec->n_periods; i < spec->n_axes; i++) {
        members[i - spec->n_periods] = &counter->axes[i].members;
    }
    return mtmi_intake_commit(counter->intake, members, run->lines, run->table->file, err);
}

mtm_status mtmi_run_commit(mtmi_run *run, unsigned n, mtm_error *err) {
    mtm_status status = MTM_OK;
    unsigned i;
    for (i = 0; i < n; i++) {
        run->lines[i] = run->line;
        run->line += run->walked[i].lines;
    }
    for (i = 0; i < run->n_threads; i++) {
        mtmi_counter *counter = &run->walkers[i].counter;
        if (counter->intake != NULL && status == MTM_OK) {
            status = commit_intake(run, counter, err);
        }
        settle_lines(run, counter);
        mtmi_counter_commit(counter);
    }
    run->next = run->walked[n - 1].next;
    return status;
}

static mtm_status walk_round(mtmi_run *run, const mtmi_feed *feed, uint64_t first, unsigned n, mtm_error *err) {
    mtm_status status;
    unsigned i;
    if (run->n_threads > 1 && n > 1) {
        status = walk_together(run, feed, first, n, err);
        if (status == MTM_OK && joins(run, first, n)) {
            return MTM_OK;
        }
        if (status == MTM_ERROR_CANCELLED || status == MTM_ERROR_MEMORY || status == MTM_ERROR_IO) {
            return status;
        }
        /* A wrong guess, or an error that may come from one: only walking in order can tell. */
        for (i = 0; i < run->n_threads; i++) {
            mtmi_counter_drop(&run->walkers[i].counter);
            run->walkers[i].counter.status = MTM_OK;
        }
    }
    return walk_in_order(run, feed, first, n, err);
}

mtm_status mtmi_run_feed(mtmi_run *run, const mtmi_feed *feed, int digest, mtm_error *err) {
    uint64_t n_blocks = (feed->size + run->table->block - 1) / run->table->block, first;
    uint64_t most = (uint64_t)run->n_threads * MTMI_RUN_BLOCKS;
    n_blocks = feed->end > 0 && feed->end < n_blocks ? feed->end : n_blocks;
    for (first = feed->first; first < n_blocks; first += most) {
        unsigned n = (unsigned)(n_blocks - first < most ? n_blocks - first : most);
        MTMI_CHECK_STATUS(walk_round(run, feed, first, n, err));
        if (digest) {
            digest_round(run, feed, first, n);
        }
        MTMI_CHECK_STATUS(mtmi_run_commit(run, n, err));
    }
    return MTM_OK;
}

mtm_status mtmi_run_prepare_registry(const mtmi_run *run, mtmi_registry *registry, mtm_error *err) {
    size_t records = 0, runs = 0;
    for (unsigned i = 0; registry != NULL && i < run->n_threads; i++) {
        records += run->walkers[i].counter.intake->runs.n;
        runs += run->walkers[i].counter.intake->runs.n_runs;
    }
    return registry == NULL ? MTM_OK : mtmi_runs_prepare(&registry->runs, records, runs, registry->most, err);
}

void mtmi_run_hand_registry(mtmi_run *run, mtmi_registry *registry, int has_households) {
    for (unsigned i = 0; registry != NULL && i < run->n_threads; i++) {
        mtmi_registry_take(registry, run->walkers[i].counter.intake);
    }
    if (registry != NULL) {
        registry->has_households |= has_households;
    }
}
