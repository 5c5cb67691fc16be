/* Counting one source. What comes in: bytes that may or may not seek. What goes out: their counts in the tabulator's state,
 * or an error and the state as it was. It does not know rows. */
#include "tabulate/tabulator.h"

#include "base/error.h"
#include "base/memory.h"
#include "tabulate/bind.h"

#include <string.h>
#include <unistd.h>

#define HEAD ((size_t)1 << 20)
#define FIELD ((uint64_t)1 << 20)
#define RECORD ((uint64_t)16 << 20)
#define COLUMNS 4096u

/* One source on its way through. */
struct job {
    mtm_tabulator *tabulator;
    mtmi_source *source;
    int headless;                /* the header is no row */
    mtmi_binding binding;
    mtmi_run run;
    unsigned char *region;       /* sources that do not seek: what was read and not yet counted */
    size_t have, capacity;
    int at_end;
    uint64_t total;              /* bytes of content so far */
    mtmi_digest_lanes lanes;     /* sources that do not seek: the piece at hand */
    unsigned char tail[64];
    size_t in_piece;
};

static unsigned threads_of(const mtm_tabulate_options *options) {
    long n = options->threads;
    if (n == 0) return 1;
    if (n < 0) n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > (long)MTMI_RUN_THREADS ? MTMI_RUN_THREADS : (unsigned)n;
}

static uint64_t or_default(uint64_t value, uint64_t usual) { return value == 0 ? usual : value; }

static mtm_status start(struct job *job, const unsigned char *head, size_t size, int whole, mtm_error *err) {
    const mtm_tabulate_options *options = &job->tabulator->options;
    const char *name = mtmi_source_name(job->source);
    mtmi_table *table = &job->binding.table;
    mtm_status status = mtmi_bind(job->tabulator->state->spec, head, size, whole, name, &job->binding, err);
    if (status != MTM_OK) return status;
    if (job->headless) {
        job->binding.lines = 0;
        job->binding.not_data = 0;
    }
    table->max_field = or_default(options->max_field, FIELD);
    table->max_record = or_default(options->max_record, RECORD);
    table->max_columns = or_default(options->max_columns, COLUMNS);
    table->block = MTMI_WALK_BLOCK;
    table->max_members = (size_t)job->tabulator->state->max_members;
    table->max_cells = (size_t)job->tabulator->state->max_cells;
    status = mtmi_run_start(&job->run, table, threads_of(options), job->tabulator->scan, err);
    job->run.progress = options->progress;
    job->run.progress_data = options->progress_data;
    job->run.progress_total = mtmi_source_size(job->source);
    job->run.line = job->binding.lines;
    job->run.next = job->binding.start;
    return status;
}

/* Sources that seek: threads read where they count. */
static mtm_status count_seeking(struct job *job, mtm_error *err) {
    uint64_t size = mtmi_source_size(job->source);
    mtmi_feed feed = {job->source, NULL, size, 1};
    size_t head_size = size < HEAD ? (size_t)size : HEAD, got = 0;
    unsigned char *head = mtmi_memory_new(head_size + 1, 1);
    mtm_status status = head == NULL ? mtmi_error_memory(err)
                                     : mtmi_source_read_at(job->source, 0, head, head_size, &got, err);
    if (status == MTM_OK) status = start(job, head, got, got == size, err);
    mtmi_memory_free(head);
    if (status == MTM_OK) status = mtmi_run_feed(&job->run, &feed, 1, err);
    job->total = size;
    return status;
}

/* The digest of what comes through, in pieces of the same size as in a file that seeks. */
static void digest(struct job *job, const unsigned char *bytes, size_t n) {
    while (n > 0) {
        size_t in_chunk = job->in_piece % 64, take;
        if (in_chunk == 0 && n >= 64) {
            take = n / 64 * 64;
            if (take > MTMI_DIGEST_PIECE - job->in_piece) take = MTMI_DIGEST_PIECE - job->in_piece;
            mtmi_digest_add(&job->lanes, bytes, take);
        } else {
            take = 64 - in_chunk < n ? 64 - in_chunk : n;
            memcpy(job->tail + in_chunk, bytes, take);
            if (in_chunk + take == 64) mtmi_digest_add(&job->lanes, job->tail, 64);
        }
        job->in_piece += take;
        bytes += take;
        n -= take;
        if (job->in_piece < MTMI_DIGEST_PIECE) continue;
        mtmi_digest_file_add(&job->run.digest, mtmi_digest_finish(&job->lanes, NULL, 0, MTMI_DIGEST_PIECE),
                             MTMI_DIGEST_PIECE);
        mtmi_digest_start(&job->lanes);
        job->in_piece = 0;
    }
}

/* Fills the region. */
static mtm_status refill(struct job *job, mtm_error *err) {
    mtm_status status = MTM_OK;
    size_t got = 1;
    while (status == MTM_OK && job->have < job->capacity && !job->at_end) {
        status = mtmi_source_read(job->source, job->region + job->have, job->capacity - job->have, &got, err);
        if (status != MTM_OK) break;
        if (got == 0) job->at_end = 1;
        job->have += got;
        job->total += got;
    }
    return status;
}

static mtm_status grow_region(struct job *job, mtm_error *err) {
    size_t capacity = job->capacity * 2;
    unsigned char *region;
    if (job->capacity > job->binding.table.max_record + MTMI_WALK_BLOCK)
        return mtmi_error_set(err, MTM_ERROR_LIMIT, 0, (mtmi_place){mtmi_source_name(job->source), 0, 0},
                              "a row of more than %llu bytes; a quote that is never closed makes one, or raise "
                              "max_record", (unsigned long long)job->binding.table.max_record);
    region = mtmi_memory_resize(job->region, capacity, 1);
    if (region == NULL) return mtmi_error_memory(err);
    job->region = region;
    job->capacity = capacity;
    return MTM_OK;
}

/* Sources that do not seek: a region is filled, its whole rows are counted, the rest moves to the front. */
static mtm_status count_flowing(struct job *job, mtm_error *err) {
    mtm_status status = MTM_OK;
    size_t digested = 0;
    int started = 0;
    job->capacity = (threads_of(&job->tabulator->options) + 1) * MTMI_WALK_BLOCK;
    job->region = mtmi_memory_new(job->capacity, 1);
    if (job->region == NULL) return mtmi_error_memory(err);
    mtmi_digest_start(&job->lanes);
    do {
        mtmi_feed feed = {NULL, NULL, 0, 0};
        status = refill(job, err);
        if (status == MTM_OK && !started) status = start(job, job->region, job->have, job->at_end, err);
        started = 1;
        if (status != MTM_OK) break;
        digest(job, job->region + digested, job->have - digested);
        feed.bytes = job->region;
        feed.size = job->have;
        feed.final = job->at_end;
        job->run.progress_base = mtmi_source_position(job->source);
        status = mtmi_run_feed(&job->run, &feed, 0, err);
        if (status != MTM_OK) break;
        job->have -= (size_t)job->run.next;
        memmove(job->region, job->region + job->run.next, job->have);
        if (job->run.next == 0 && !job->at_end) status = grow_region(job, err);
        job->run.next = 0;
        digested = job->have;
    } while (status == MTM_OK && !job->at_end);
    return status;
}

static void finish_digest(struct job *job, unsigned char out[MTMI_DIGEST_SIZE]) {
    if (job->in_piece > 0)
        mtmi_digest_file_add(&job->run.digest,
                             mtmi_digest_finish(&job->lanes, job->tail, job->in_piece % 64, job->in_piece),
                             job->in_piece);
    mtmi_digest_file_finish(&job->run.digest, out);
}

static mtm_status set_lists(mtmi_state *state, const mtmi_binding *binding, mtm_error *err) {
    unsigned i;
    for (i = 0; i < binding->table.n_used; i++) {
        const mtmi_used_column *used = &binding->table.used[i];
        const mtmi_column *column = used->column;
        char **list = &state->axes[used->axis].list;
        if (used->use != MTMI_USE_LABEL || column->list == NULL) continue;
        mtmi_memory_free(*list);
        *list = mtmi_memory_copy_text(mtm_codelist_id(column->list));
        if (*list == NULL) return mtmi_error_memory(err);
    }
    return MTM_OK;
}

/* The counters become a state of one file, which is merged: that either happens or does not. */
static mtm_status hand_over(struct job *job, mtm_error *err) {
    mtmi_state *state = job->tabulator->state, *one = NULL;
    mtmi_counted_file file = {(char *)(uintptr_t)mtmi_source_name(job->source), {0}, job->total, {0}, 0};
    mtmi_spec *spec = NULL;
    mtm_status status;
    unsigned i, k;
    finish_digest(job, file.digest);
    for (i = 0; i < job->run.n_threads; i++) {
        for (k = 0; k < 4; k++) file.rows[k] += job->run.walkers[i].counter.rows[k];
        file.outside += job->run.walkers[i].counter.outside;
    }
    file.rows[MTM_ROWS_IN] += job->binding.not_data;
    file.rows[MTM_ROWS_NOT_DATA] += job->binding.not_data;
    status = mtmi_spec_read(state->spec->text, strlen(state->spec->text), &spec, err);
    if (status == MTM_OK) status = mtmi_state_new(spec, &one, err);
    if (status == MTM_OK) {
        one->max_cells = state->max_cells;
        one->max_members = state->max_members;
        status = set_lists(one, &job->binding, err);
    }
    if (status == MTM_OK) status = mtmi_state_add(one, &job->run, &file, err);
    if (status == MTM_OK) status = mtmi_state_merge(state, one, job->tabulator->options.force, err);
    mtmi_state_free(one);
    return status;
}

static void name_file(const struct job *job, mtm_status status, mtm_error *err) {
    if (status == MTM_OK || err == NULL || err->subject[0] != '\0') return;
    strncpy(err->subject, mtmi_source_name(job->source), sizeof err->subject - 1);
}

static mtm_status add(mtm_tabulator *tabulator, mtmi_source *source, int headless, mtm_error *err) {
    struct job job;
    mtm_status status;
    memset(&job, 0, sizeof job);
    job.tabulator = tabulator;
    job.source = source;
    job.headless = headless;
    status = mtmi_source_can_seek(source) ? count_seeking(&job, err) : count_flowing(&job, err);
    if (status == MTM_OK) status = hand_over(&job, err);
    name_file(&job, status, err);
    mtmi_run_free(&job.run);
    mtmi_binding_free(&job.binding);
    mtmi_memory_free(job.region);
    return status;
}

mtm_status mtmi_tabulator_add_source(mtm_tabulator *tabulator, mtmi_source *source, mtm_error *err) {
    return add(tabulator, source, 0, err);
}

mtm_status mtmi_tabulator_add_stream(mtm_tabulator *tabulator, mtmi_source *source, mtm_error *err) {
    return add(tabulator, source, 1, err);
}
