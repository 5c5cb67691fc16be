/* Sorts more records than memory holds: sorted runs in a temporary file, merged by a heap (Knuth, volume 3, 5.4.1).
 * Invariant: records come out in the order of their keys. */
#include "registration/runs.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"

#include <string.h>

#define AT_ONCE 1024u /* records of a write */
#define AHEAD 512u    /* records read from a run at once */
#define MOST_RUNS 256u
#define UNITED 128u /* runs that become one where there are too many */

void mtmi_runs_free(mtmi_runs *runs) {
    mtmi_memory_free(runs->runs);
    mtmi_memory_free(runs->records);
    mtmi_memory_free(runs->order);
    memset(runs, 0, sizeof *runs);
}

/* Grows by a third: records take most of the memory there is. */
int mtmi_runs_reserve(mtmi_runs *runs, size_t more) {
    const size_t needed = runs->n + more, wanted = needed + needed / 3 + 64;
    if (needed <= runs->records_capacity) {
        return 1;
    }
    mtmi_record *records = mtmi_memory_resize(runs->records, wanted, sizeof *records);
    if (records == NULL) {
        return 0;
    }
    runs->records = records;
    runs->records_capacity = wanted;
    return 1;
}

uint64_t mtmi_runs_count(const mtmi_runs *runs) {
    uint64_t n = runs->n;
    for (size_t i = 0; i < runs->n_runs; i++) {
        n += runs->runs[i].n;
    }
    return n;
}

/* ---- writing ---- */

typedef struct run_writer {
    mtmi_spill *spill;
    uint64_t offset;
    mtmi_record *records;
    size_t n;
} run_writer;

static mtm_status flush(run_writer *writer, mtm_error *err) {
    mtm_status status =
        mtmi_spill_write(writer->spill, writer->offset, writer->records, writer->n * sizeof *writer->records, err);
    writer->offset += writer->n * sizeof *writer->records;
    writer->n = 0;
    return status;
}

static mtm_status put_record(run_writer *writer, const mtmi_record *record, mtm_error *err) {
    writer->records[writer->n++] = *record;
    return writer->n == AT_ONCE ? flush(writer, err) : MTM_OK;
}

/* Room for a run of n records: its place stands in the list, its writer is ready. */
static mtm_status start_run(mtmi_runs *runs, uint64_t n, run_writer *writer, mtm_error *err) {
    *writer = (run_writer){.spill = runs->spill};
    writer->records = mtmi_memory_new(AT_ONCE, sizeof *writer->records);
    if (writer->records == NULL ||
        !mtmi_memory_reserve((void **)&runs->runs, &runs->capacity, runs->n_runs + 1, sizeof *runs->runs)) {
        return mtmi_error_memory(err);
    }
    MTMI_CHECK_STATUS(mtmi_spill_reserve(runs->spill, n * sizeof(mtmi_record), &writer->offset, err));
    runs->runs[runs->n_runs] = (mtmi_sorted_run){writer->offset, n};
    return MTM_OK;
}

mtm_status mtmi_runs_spill(mtmi_runs *runs, size_t n, mtm_error *err) {
    run_writer writer = {.spill = NULL};
    uint32_t *order = NULL;
    mtm_status status = MTM_OK;
    if (n == 0) {
        return MTM_OK;
    }
    order = mtmi_records_order(runs->records, n);
    MTMI_TRY(order == NULL ? mtmi_error_memory(err) : MTM_OK);
    MTMI_TRY(start_run(runs, n, &writer, err));
    for (size_t i = 0; i < n; i++) {
        MTMI_TRY(put_record(&writer, &runs->records[order[i]], err));
    }
    MTMI_TRY(flush(&writer, err));
    runs->n_runs++;
    memmove(runs->records, runs->records + n, (runs->n - n) * sizeof *runs->records);
    runs->n -= n;
    mtmi_memory_free(runs->order);
    runs->order = NULL;
out:
    mtmi_memory_free(writer.records);
    mtmi_memory_free(order);
    return status;
}

mtm_status mtmi_runs_prepare(mtmi_runs *runs, size_t records, size_t n_runs, size_t most, mtm_error *err) {
    if (runs->n + records > most) {
        MTMI_CHECK_STATUS(mtmi_runs_spill(runs, runs->n, err));
    }
    return mtmi_memory_reserve((void **)&runs->runs, &runs->capacity, runs->n_runs + n_runs + 1, sizeof *runs->runs) &&
                   mtmi_runs_reserve(runs, records)
               ? MTM_OK
               : mtmi_error_memory(err);
}

void mtmi_runs_take(mtmi_runs *runs, mtmi_runs *from) {
    mtmi_memory_free(runs->order);
    runs->order = NULL;
    if (from->n_runs > 0) {
        memcpy(runs->runs + runs->n_runs, from->runs, from->n_runs * sizeof *runs->runs);
        runs->n_runs += from->n_runs;
    }
    if (from->n > 0) {
        memcpy(runs->records + runs->n, from->records, from->n * sizeof *runs->records);
        runs->n += from->n;
    }
    mtmi_runs_free(from);
}

/* The first runs become one, so that a merge needs few buffers. */
static mtm_status unite(mtmi_runs *runs, mtm_error *err) {
    mtmi_runs few = {.spill = runs->spill, .runs = runs->runs, .n_runs = UNITED};
    run_writer writer = {.spill = NULL};
    mtmi_run_reader *reader = NULL;
    const mtmi_record *record;
    mtm_status status = MTM_OK;
    MTMI_TRY(start_run(runs, mtmi_runs_count(&few), &writer, err));
    few.runs = runs->runs; /* which may have moved */
    MTMI_TRY(mtmi_run_reader_new(&few, 0, UINT64_MAX, &reader, err));
    while ((record = mtmi_run_reader_next(reader, &status, err)) != NULL) {
        MTMI_TRY(put_record(&writer, record, err));
    }
    MTMI_TRY(status);
    MTMI_TRY(flush(&writer, err));
    memmove(runs->runs, runs->runs + UNITED, (runs->n_runs + 1 - UNITED) * sizeof *runs->runs);
    runs->n_runs = runs->n_runs + 1 - UNITED;
out:
    mtmi_run_reader_free(reader);
    mtmi_memory_free(writer.records);
    return status;
}

mtm_status mtmi_runs_settle(mtmi_runs *runs, mtm_error *err) {
    while (runs->n_runs > MOST_RUNS) {
        MTMI_CHECK_STATUS(unite(runs, err));
    }
    if (runs->order == NULL && runs->n > 0) {
        runs->order = mtmi_records_order(runs->records, runs->n);
        return runs->order != NULL ? MTM_OK : mtmi_error_memory(err);
    }
    return MTM_OK;
}

/* ---- reading ---- */

/* One run, or the records in memory, from a place on. */
typedef struct run_feed {
    uint64_t at, end;     /* records of the run; of the order */
    uint64_t offset;      /* of the run in the file */
    mtmi_record *records; /* read ahead; NULL: in memory */
    size_t have, next;
    const mtmi_record *record; /* at hand; NULL at the end */
} run_feed;

struct mtmi_run_reader {
    const mtmi_runs *runs;
    run_feed *feeds;
    size_t n_feeds;
    uint32_t *heap; /* feeds by their record at hand, the first on top */
    size_t n_heap;
    int begun;
};

static mtm_status advance(const mtmi_runs *runs, run_feed *feed, mtm_error *err) {
    feed->record = NULL;
    if (feed->records == NULL) {
        if (feed->at < feed->end) {
            feed->record = &runs->records[runs->order[feed->at++]];
        }
        return MTM_OK;
    }
    if (feed->next == feed->have) {
        const uint64_t left = feed->end - feed->at;
        feed->have = left < AHEAD ? (size_t)left : AHEAD;
        feed->next = 0;
        if (feed->have == 0) {
            return MTM_OK;
        }
        MTMI_CHECK_STATUS(mtmi_spill_read(runs->spill, feed->offset + feed->at * sizeof(mtmi_record), feed->records,
                                          feed->have * sizeof(mtmi_record), err));
        feed->at += feed->have;
    }
    feed->record = &feed->records[feed->next++];
    return MTM_OK;
}

/* How many records of a run stand before the first that has an id of at least `id`; after_all: above it. */
static mtm_status find(const mtmi_runs *runs, size_t run, uint64_t id, int above, uint64_t *out, mtm_error *err) {
    const int in_memory = run == runs->n_runs;
    uint64_t low = 0, high = in_memory ? runs->n : runs->runs[run].n;
    mtmi_record record;
    while (low < high) {
        const uint64_t middle = low + (high - low) / 2;
        if (in_memory) {
            record = runs->records[runs->order[middle]];
        } else {
            MTMI_CHECK_STATUS(mtmi_spill_read(runs->spill, runs->runs[run].offset + middle * sizeof record, &record,
                                              sizeof record, err));
        }
        if (record.id[0] < id || (above && record.id[0] == id)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *out = low;
    return MTM_OK;
}

static mtm_status open_feed(mtmi_run_reader *reader, size_t run, uint64_t first, uint64_t last, mtm_error *err) {
    run_feed *feed = &reader->feeds[reader->n_feeds++];
    MTMI_CHECK_STATUS(find(reader->runs, run, first, 0, &feed->at, err));
    MTMI_CHECK_STATUS(find(reader->runs, run, last, 1, &feed->end, err));
    if (run < reader->runs->n_runs) {
        feed->offset = reader->runs->runs[run].offset;
        feed->records = mtmi_memory_new(AHEAD, sizeof *feed->records);
        if (feed->records == NULL) {
            return mtmi_error_memory(err);
        }
    }
    return advance(reader->runs, feed, err);
}

static int is_before(const mtmi_run_reader *reader, uint32_t a, uint32_t b) {
    return mtmi_record_compare(reader->feeds[a].record, reader->feeds[b].record) < 0;
}

static void sift_down(mtmi_run_reader *reader, size_t at) {
    uint32_t *heap = reader->heap;
    const uint32_t moved = heap[at];
    size_t child;
    while ((child = 2 * at + 1) < reader->n_heap) {
        child += child + 1 < reader->n_heap && is_before(reader, heap[child + 1], heap[child]);
        if (!is_before(reader, heap[child], moved)) {
            break;
        }
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = moved;
}

mtm_status mtmi_run_reader_new(const mtmi_runs *runs, uint64_t first, uint64_t last, mtmi_run_reader **out,
                               mtm_error *err) {
    mtmi_run_reader *reader = mtmi_memory_new(1, sizeof *reader);
    const size_t n = runs->n_runs + (runs->n > 0);
    mtm_status status = MTM_OK;
    *out = NULL;
    if (reader == NULL) {
        return mtmi_error_memory(err);
    }
    reader->runs = runs;
    reader->feeds = mtmi_memory_new(n + 1, sizeof *reader->feeds);
    reader->heap = mtmi_memory_new(n + 1, sizeof *reader->heap);
    MTMI_TRY(reader->feeds == NULL || reader->heap == NULL ? mtmi_error_memory(err) : MTM_OK);
    for (size_t i = 0; i < n; i++) {
        MTMI_TRY(open_feed(reader, i, first, last, err));
        if (reader->feeds[i].record != NULL) {
            reader->heap[reader->n_heap++] = (uint32_t)i;
        }
    }
    for (size_t i = reader->n_heap / 2; i > 0; i--) {
        sift_down(reader, i - 1);
    }
    *out = reader;
    reader = NULL;
out:
    mtmi_run_reader_free(reader);
    return status;
}

/* The record given last stays where it is until the next call, which moves its feed on. */
const mtmi_record *mtmi_run_reader_next(mtmi_run_reader *reader, mtm_status *status, mtm_error *err) {
    *status = MTM_OK;
    if (reader->begun && reader->n_heap > 0) {
        run_feed *top = &reader->feeds[reader->heap[0]];
        *status = advance(reader->runs, top, err);
        if (*status != MTM_OK) {
            return NULL;
        }
        if (top->record == NULL) {
            reader->heap[0] = reader->heap[--reader->n_heap];
        }
        if (reader->n_heap > 0) {
            sift_down(reader, 0);
        }
    }
    reader->begun = 1;
    return reader->n_heap > 0 ? reader->feeds[reader->heap[0]].record : NULL;
}

void mtmi_run_reader_free(mtmi_run_reader *reader) {
    if (reader == NULL) {
        return;
    }
    for (size_t i = 0; reader->feeds != NULL && i < reader->n_feeds; i++) {
        mtmi_memory_free(reader->feeds[i].records);
    }
    mtmi_memory_free(reader->feeds);
    mtmi_memory_free(reader->heap);
    mtmi_memory_free(reader);
}
