/* Counts one source into a tabulator. On an error the tabulator's state is as it was. */
#include "tabulate/tabulator.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "read/csv/encoding.h"
#include "read/container.h"
#include "read/open_file.h"
#include "tabulate/bind.h"
#include "tabulate/columns/counted_columns.h"
#include "tabulate/share/file_share.h"

#include <string.h>
#include <unistd.h>

#define HEAD ((size_t)1 << 20)
#define REGISTRY_BLOCK ((size_t)128 << 10)
#define SHORT_HEAD ((size_t)64 << 10)
#define SHORT_HEAD_ROWS 400u /* more than are looked at to understand the columns */

/* One source on its way through. Files of UTF-8 are read by the threads, at offsets; what does not seek, or must be
 * decoded, flows through one region. */
struct job {
    mtm_tabulator *tabulator;
    mtmi_source *source;
    const char *identity; /* or NULL */
    mtmi_share share;
    mtmi_arrow_csv *csv; /* the source is the text of columns; NULL: it is a file */
    unsigned char rows_digest[MTMI_DIGEST_SIZE];
    int by_columns;
    int headless; /* the text is UTF-8, and lines of the preface are no rows */
    int64_t preface;
    mtmi_limits limits;
    mtmi_decoder *decoder;
    mtmi_binding binding;
    int bound;
    mtmi_run run;
    unsigned char *region; /* flowing: what was read and not yet counted */
    size_t have, capacity;
    int at_end;
    uint64_t total;          /* bytes of content so far */
    mtmi_digest_lanes lanes; /* flowing: the piece at hand */
    unsigned char tail[64];
    size_t in_piece;
};

unsigned mtmi_tabulator_threads(const mtm_tabulate_options *options) {
    long n = options->threads;
    if (n == 0) {
        return 1;
    }
    if (n < 0) {
        n = sysconf(_SC_NPROCESSORS_ONLN);
    }
    return n < 1 ? 1 : n > (long)MTMI_RUN_THREADS ? MTMI_RUN_THREADS : (unsigned)n;
}

static mtmi_limits limits_of(const mtm_tabulate_options *options) {
    mtm_read_options as_reader = MTM_READ_OPTIONS_INIT;
    as_reader.max_field = options->max_field;
    as_reader.max_record = options->max_record;
    as_reader.max_columns = options->max_columns;
    as_reader.allow_guess = options->allow_guess;
    return mtmi_limits_of(&as_reader);
}

/* The first bytes of what cannot be read at an offset. Text that is made of columns has short rows, and is made for this
 * alone: little of it will do. */
static mtm_status peek(struct job *job, const char **head, size_t *size, mtm_error *err) {
    mtm_status status = mtmi_source_peek(job->source, job->csv != NULL ? SHORT_HEAD : HEAD, head, size, err);
    size_t lines = 0;
    if (status != MTM_OK || job->csv == NULL || *size < SHORT_HEAD) {
        return status;
    }
    for (size_t i = 0; i < *size; i++) {
        lines += (*head)[i] == '\n';
    }
    return lines > (size_t)job->preface + SHORT_HEAD_ROWS ? MTM_OK
                                                          : mtmi_source_peek(job->source, HEAD, head, size, err);
}

/* The columns, from the first bytes as they are in the file. */
static mtm_status bind(struct job *job, mtm_error *err) {
    const mtmi_state *state = job->tabulator->state;
    const char *name = mtmi_source_name(job->source), *head = "";
    mtmi_count_table *table = &job->binding.table;
    unsigned char *own = NULL;
    size_t size = 0;
    mtm_status status;
    if (mtmi_source_can_seek(job->source)) {
        own = mtmi_memory_new(HEAD, 1);
        status = own == NULL ? mtmi_error_memory(err) : mtmi_source_read_at(job->source, 0, own, HEAD, &size, err);
        head = (const char *)own;
    } else {
        status = peek(job, &head, &size, err);
    }
    if (status == MTM_OK) {
        status = mtmi_bind(state->spec, (const unsigned char *)head, size, size < HEAD, name, &job->limits,
                           &job->binding, err);
    }
    job->bound = status == MTM_OK;
    mtmi_memory_free(own);
    if (status != MTM_OK) {
        return status;
    }
    table->max_field = job->limits.max_field < job->limits.max_record ? job->limits.max_field : job->limits.max_record;
    table->max_record = job->limits.max_record;
    table->max_columns = job->limits.max_columns;
    table->block = job->share.end > 0 ? MTMI_SHARE_BLOCK : MTMI_WALK_BLOCK;
    table->max_members = (size_t)state->max_members;
    table->max_cells = (size_t)state->max_cells;
    table->registry = job->tabulator->registry;
    if (table->registry != NULL) { /* rows of a round are held until they are certain */
        table->block = REGISTRY_BLOCK;
        table->n_threads = mtmi_tabulator_threads(&job->tabulator->options);
        table->file = (uint32_t)state->n_files;
        if (table->file + 1 >= MTMI_PLACE_FILES) {
            return mtmi_error_set(err, MTM_ERROR_LIMIT, 0, (mtmi_place){name, 0, 0}, "too many files of registrations");
        }
    }
    return MTM_OK;
}

/* text: from the first line on. */
static mtm_status start(struct job *job, const unsigned char *text, size_t size, mtm_error *err) {
    const mtm_tabulate_options *options = &job->tabulator->options;
    mtm_status status =
        mtmi_run_start(&job->run, &job->binding.table, mtmi_tabulator_threads(options), job->tabulator->scan, err);
    job->run.progress = options->progress;
    job->run.progress_data = options->progress_data;
    job->run.progress_total = mtmi_source_size(job->source);
    job->run.next = mtmi_bind_start(&job->binding, text, size);
    job->run.line = job->binding.line == INT64_MAX ? 0 : (uint64_t)(job->binding.line - 1 - job->preface);
    job->binding.not_data -= job->preface;
    return status;
}

static size_t mark_length(const unsigned char *bytes, size_t size) {
    return size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

/* Files of UTF-8: threads read where they count. */
static mtm_status count_seeking(struct job *job, mtm_error *err) {
    uint64_t size = mtmi_source_size(job->source);
    mtmi_feed feed = {job->source, NULL, size, 1, job->share.first, job->share.end};
    size_t got = 0, mark = 0;
    unsigned char *head = mtmi_memory_new(HEAD, 1);
    mtm_status status = MTM_OK;
    MTMI_TRY(head == NULL ? mtmi_error_memory(err) : mtmi_source_read_at(job->source, 0, head, HEAD, &got, err));
    mark = mark_length(head, got);
    MTMI_TRY(start(job, head + mark, got - mark, err));
    job->run.next += mark;
    MTMI_TRY(mtmi_share_start(&job->share, job->source, &job->run, &job->binding, job->tabulator->scan, err));
    MTMI_TRY(mtmi_run_feed(&job->run, &feed, 1, err));
out:
    mtmi_memory_free(head);
    job->total = job->share.end > 0 ? job->share.bytes : size;
    return status;
}

/* The digest of what comes through, in pieces of the same size as in a file that seeks. */
static void digest(struct job *job, const unsigned char *bytes, size_t n) {
    while (n > 0) {
        size_t in_chunk = job->in_piece % 64, take;
        if (in_chunk == 0 && n >= 64) {
            take = n / 64 * 64;
            if (take > MTMI_DIGEST_PIECE - job->in_piece) {
                take = MTMI_DIGEST_PIECE - job->in_piece;
            }
            mtmi_digest_add(&job->lanes, bytes, take);
        } else {
            take = 64 - in_chunk < n ? 64 - in_chunk : n;
            memcpy(job->tail + in_chunk, bytes, take);
            if (in_chunk + take == 64) {
                mtmi_digest_add(&job->lanes, job->tail, 64);
            }
        }
        job->in_piece += take;
        bytes += take;
        n -= take;
        if (job->in_piece < MTMI_DIGEST_PIECE) {
            continue;
        }
        mtmi_digest_file_add(&job->run.digest, mtmi_digest_finish(&job->lanes, NULL, 0, MTMI_DIGEST_PIECE),
                             MTMI_DIGEST_PIECE);
        mtmi_digest_start(&job->lanes);
        job->in_piece = 0;
    }
}

/* Fills the region. */
static mtm_status refill(struct job *job, mtm_error *err) {
    size_t got = 1;
    while (job->have + 8 <= job->capacity && !job->at_end) {
        MTMI_CHECK_STATUS(
            mtmi_decoder_read(job->decoder, (char *)job->region + job->have, job->capacity - job->have, &got, err));
        if (got == 0) {
            job->at_end = 1;
        }
        job->have += got;
        job->total += got;
    }
    return MTM_OK;
}

static mtm_status grow_region(struct job *job, mtm_error *err) {
    size_t most = (size_t)job->binding.table.max_record + 2 * MTMI_WALK_BLOCK;
    size_t capacity = job->capacity * 2 < most ? job->capacity * 2 : most;
    unsigned char *region;
    if (job->capacity > job->binding.table.max_record + MTMI_WALK_BLOCK) {
        return mtmi_walk_too_long(job->binding.table.max_record, (int64_t)job->run.line + 1, err);
    }
    region = mtmi_memory_resize(job->region, capacity, 1);
    if (region == NULL) {
        return mtmi_error_memory(err);
    }
    job->region = region;
    job->capacity = capacity;
    return MTM_OK;
}

/* The mark of a file of UTF-8 is no text, but one of its bytes: a file has one digest, however it comes. */
static void digest_mark(struct job *job) {
    mtmi_check_property encoding = mtmi_decoder_encoding(job->decoder);
    if (encoding.how != MTMI_HOW_MARK || strcmp(encoding.text, "utf-8") != 0) {
        return;
    }
    digest(job, (const unsigned char *)"\xEF\xBB\xBF", 3);
    job->total += 3;
}

/* What does not seek, or is not UTF-8: a region is filled, its whole rows are counted, the rest moves to the front. */
static mtm_status count_flowing(struct job *job, mtm_error *err) {
    size_t digested = 0;
    int started = 0;
    job->capacity = (mtmi_tabulator_threads(&job->tabulator->options) + 1) * MTMI_WALK_BLOCK;
    job->region = mtmi_memory_new(job->capacity, 1);
    if (job->region == NULL) {
        return mtmi_error_memory(err);
    }
    mtmi_digest_start(&job->lanes);
    digest_mark(job);
    do {
        mtmi_feed feed = {NULL, NULL, 0, 0, 0, 0};
        MTMI_CHECK_STATUS(refill(job, err));
        if (!started) {
            MTMI_CHECK_STATUS(start(job, job->region, job->have, err));
        }
        started = 1;
        digest(job, job->region + digested, job->have - digested);
        feed.bytes = job->region;
        feed.size = job->have;
        feed.final = job->at_end;
        job->run.progress_base = mtmi_decoder_position(job->decoder);
        MTMI_CHECK_STATUS(mtmi_run_feed(&job->run, &feed, 0, err));
        job->have -= (size_t)job->run.next;
        memmove(job->region, job->region + job->run.next, job->have);
        if (job->run.next == 0 && !job->at_end) {
            MTMI_CHECK_STATUS(grow_region(job, err));
        }
        job->run.next = 0;
        digested = job->have;
    } while (!job->at_end);
    return MTM_OK;
}

/* What lies in columns. */
static mtm_status count_columns(struct job *job, mtm_error *err) {
    uint64_t rows = 0;
    job->binding.table.assumed_text = 0; /* Arrow says that its texts are UTF-8 */
    mtm_status status = MTM_OK;
    MTMI_TRY(start(job, (const unsigned char *)"", 0, err));
    MTMI_TRY(mtmi_columns_count(job->csv, &job->run, &job->binding, &rows, job->rows_digest, err));
out:
    job->by_columns = 1;
    job->total = rows;
    return status;
}

static void finish_digest(struct job *job, unsigned char out[MTMI_DIGEST_SIZE]) {
    if (job->by_columns) {
        memcpy(out, job->rows_digest, MTMI_DIGEST_SIZE);
        return;
    }
    if (job->in_piece > 0) {
        mtmi_digest_file_add(&job->run.digest,
                             mtmi_digest_finish(&job->lanes, job->tail, job->in_piece % 64, job->in_piece),
                             job->in_piece);
    }
    mtmi_digest_file_finish(&job->run.digest, out);
}

static mtm_status set_lists(mtmi_state *state, const mtmi_binding *binding, mtm_error *err) {
    unsigned i;
    for (i = 0; i < binding->table.n_used; i++) {
        const mtmi_used_column *used = &binding->table.used[i];
        const mtmi_column *column = used->column;
        char **list = &state->axes[used->axis].list;
        if (used->use != MTMI_USE_LABEL || column->rules.list == NULL) {
            continue;
        }
        mtmi_memory_free(*list);
        *list = mtmi_memory_copy_text(mtmi_codelist_id(column->rules.list));
        if (*list == NULL) {
            return mtmi_error_memory(err);
        }
    }
    return MTM_OK;
}

/* The counters become a state of one file, which is merged: that either happens or does not. */
static mtm_status hand_over(struct job *job, mtm_error *err) {
    mtmi_state *state = job->tabulator->state, *one = NULL;
    mtmi_counted_file file = {(char *)(uintptr_t)mtmi_source_name(job->source),
                              (char *)(uintptr_t)(job->identity == NULL ? "" : job->identity),
                              {0},
                              job->total,
                              {0},
                              0};
    mtmi_spec *spec = NULL;
    mtm_status status = MTM_OK;
    unsigned i, k;
    finish_digest(job, file.digest);
    for (i = 0; i < job->run.n_threads; i++) {
        for (k = 0; k < 4; k++) {
            file.rows[k] += job->run.walkers[i].counter.rows[k];
        }
        file.outside += job->run.walkers[i].counter.outside;
    }
    file.rows[MTM_ROWS_IN] += job->binding.not_data;
    file.rows[MTM_ROWS_NOT_DATA] += job->binding.not_data;
    MTMI_TRY(mtmi_spec_read(state->spec->text, strlen(state->spec->text), &spec, err));
    MTMI_TRY(mtmi_state_new(spec, &one, err));
    one->max_cells = state->max_cells;
    one->max_members = state->max_members;
    MTMI_TRY(set_lists(one, &job->binding, err));
    MTMI_TRY(mtmi_state_add(one, &job->run, &file, err));
    MTMI_TRY(mtmi_run_prepare_registry(&job->run, job->tabulator->registry, err));
    MTMI_TRY(mtmi_state_merge(state, one, job->tabulator->options.force, err));
    mtmi_run_hand_registry(&job->run, job->tabulator->registry, job->binding.has_households);
out:
    mtmi_state_free(one);
    return status;
}

static void name_file(const struct job *job, mtm_status status, mtm_error *err) {
    if (status == MTM_OK || err == NULL || err->subject[0] != '\0') {
        return;
    }
    strncpy(err->subject, mtmi_source_name(job->source), sizeof err->subject - 1);
}

static int is_empty(const struct job *job) {
    unsigned i;
    for (i = 0; i < job->run.n_threads; i++) {
        const int64_t *rows = job->run.walkers[i].counter.rows;
        if (rows[MTM_ROWS_ACCEPTED] > 0 || rows[MTM_ROWS_REJECTED] > 0) {
            return 0;
        }
    }
    return job->tabulator->state->spec->resource->n_rows == 0;
}

/* A header alone is no data: as for a table. */
static mtm_status refuse_empty(const struct job *job, mtm_error *err) {
    return mtmi_error_set(err, MTM_ERROR_STRUCTURE, MTMI_CODE_EMPTY, (mtmi_place){mtmi_source_name(job->source), 1, 1},
                          "found a header without rows of data, expected at least one row");
}

static mtm_status count_source(struct job *job, mtm_error *err) {
    const char *declared = job->headless ? "utf-8" : job->tabulator->state->spec->resource->dialect.encoding;
    MTMI_CHECK_STATUS(bind(job, err));
    if (job->csv != NULL) {
        MTMI_CHECK_STATUS(mtmi_columns_check(job->csv, &job->binding, err));
        if (mtmi_columns_can(job->csv, &job->binding)) {
            return count_columns(job, err);
        }
        mtmi_arrow_csv_forget(job->csv);
    }
    MTMI_CHECK_STATUS(mtmi_decoder_new(job->source, declared, &job->limits, &job->decoder, err));
    const mtmi_check_property encoding = mtmi_decoder_encoding(job->decoder);
    job->binding.table.assumed_text = mtmi_encoding_is_assumed(&encoding);
    if (!mtmi_source_can_seek(job->source) || strcmp(encoding.text, "utf-8") != 0) {
        return job->share.end > 0 ? mtmi_share_refuse(job->source, encoding.text, err) : count_flowing(job, err);
    }
    mtmi_decoder_free(job->decoder);
    job->decoder = NULL;
    return count_seeking(job, err);
}

static mtm_status add_source(mtm_tabulator *tabulator, mtmi_source *source, mtmi_arrow_csv *csv, const mtm_source *from,
                             mtm_error *err) {
    mtmi_buffer identity = MTMI_BUFFER_INIT;
    struct job job;
    mtm_status status = MTM_OK;
    int nothing = 0;
    memset(&job, 0, sizeof job);
    job.tabulator = tabulator;
    job.source = source;
    job.csv = csv;
    job.identity = from != NULL ? from->identity : NULL;
    job.headless = csv != NULL;
    job.preface = csv != NULL ? mtmi_arrow_csv_preface(csv) : 0;
    job.limits = limits_of(&tabulator->options);
    if (from != NULL && from->share != 0) {
        MTMI_TRY(tabulator->registry != NULL ? mtmi_share_refuse(source, "registrations", err)
                                             : mtmi_share_take(source, from, &job.share, &identity, err));
        job.identity = identity.data;
        nothing = job.share.first == job.share.end;
    }
    MTMI_TRY(nothing ? MTM_OK : count_source(&job, err));
    nothing |= job.by_columns && job.total == 0; /* an engine's partition may be empty, and several are */
    if (!nothing && job.share.end == 0 && is_empty(&job)) {
        nothing = job.identity != NULL; /* a partition as a file */
        MTMI_TRY(nothing ? MTM_OK : refuse_empty(&job, err));
    }
    MTMI_TRY(nothing ? MTM_OK : hand_over(&job, err));
out:
    mtmi_buffer_free(&identity);
    name_file(&job, status, err);
    mtmi_run_free(&job.run);
    mtmi_decoder_free(job.decoder);
    if (job.bound) {
        mtmi_binding_free(&job.binding);
    }
    mtmi_memory_free(job.region);
    return status;
}

mtm_status mtmi_tabulator_add_source(mtm_tabulator *tabulator, mtmi_source *source, const mtm_source *from,
                                     mtm_error *err) {
    return add_source(tabulator, source, NULL, from, err);
}

mtm_status mtmi_tabulator_add_columns(mtm_tabulator *tabulator, mtmi_arrow_csv *csv, const mtm_source *from,
                                      mtm_error *err) {
    return add_source(tabulator, mtmi_arrow_csv_source(csv), csv, from, err);
}
