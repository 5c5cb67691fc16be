/* Batches in chunks of rows: every used column becomes numbers, then the rows are counted. The same answers, refusals and
 * balance of rows as for the text of the same rows: a row that any kernel doubts is counted by its text. */
#include "tabulate/columns/counted_columns.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "read/arrow/arrow_rows.h"
#include "tabulate/columns/kernel.h"
#include "tabulate/columns/row_hash.h"

#include <string.h>

#define COMMIT_ROWS ((uint64_t)1 << 20) /* counts since the last commit are of 32 bits */

/* One stream on its way. */
struct columns {
    mtmi_arrow_csv *csv;
    mtmi_rows *rows;
    mtmi_run *run;
    mtmi_counter *counter;
    mtmi_slow *slow;
    const mtmi_count_table *table;
    mtmi_chunk *chunk;
    mtmi_kernel *kernels; /* one for each used column, in the order in which cells are judged */
    int has_birth;
    int is_plain;           /* labels, periods and filters only */
    mtmi_hashing *hashings; /* one for each column of the stream */
    size_t n_columns;
    mtmi_row_digest digest;
    uint64_t row, first; /* rows passed; the first row of data */
    uint64_t since;      /* rows since the last commit */
};

/* The order in which a row's cells are judged as text: which rows are data, period, figures, labels, births. */
static int step_of(mtmi_use use) {
    static const int steps[] = {
        [MTMI_USE_ROWS] = 0,      [MTMI_USE_PERIOD] = 1,     [MTMI_USE_SUM] = 2,        [MTMI_USE_COUNT] = 2,
        [MTMI_USE_LABEL] = 3,     [MTMI_USE_BIRTH_YEAR] = 4, [MTMI_USE_BIRTH_DATE] = 4, [MTMI_USE_ID] = 2,
        [MTMI_USE_HOUSEHOLD] = 2, [MTMI_USE_ENTERED] = 1,    [MTMI_USE_LEFT] = 1};
    return steps[use];
}

mtm_status mtmi_columns_check(const mtmi_arrow_csv *csv, const mtmi_binding *binding, mtm_error *err) {
    for (unsigned i = 0; i < binding->table.n_used; i++) {
        MTMI_CHECK_STATUS(mtmi_arrow_csv_usable(csv, binding->table.used[i].position, err));
    }
    return MTM_OK;
}

int mtmi_columns_can(const mtmi_arrow_csv *csv, const mtmi_binding *binding) {
    const mtmi_count_table *table = &binding->table;
    return !table->slow && !table->spec->registry && table->n_wholes == 0 &&
           table->spec->resource->dialect.comment == NULL && mtmi_arrow_csv_columns(csv) == table->n_columns;
}

static mtm_status start(struct columns *set, mtm_error *err) {
    const mtmi_count_table *table = set->table;
    const mtmi_spec *spec = table->spec;
    unsigned n = 0;
    set->kernels = mtmi_memory_new(table->n_used, sizeof *set->kernels);
    set->chunk = mtmi_memory_new(1, sizeof *set->chunk);
    if (set->kernels == NULL || set->chunk == NULL) {
        return mtmi_error_memory(err);
    }
    set->chunk->counter = set->counter;
    set->chunk->labels = mtmi_memory_new((size_t)spec->n_axes * MTMI_CHUNK_ROWS, sizeof *set->chunk->labels);
    set->chunk->sums = mtmi_memory_new((size_t)(spec->n_sums + 1) * MTMI_CHUNK_ROWS, sizeof *set->chunk->sums);
    if (set->chunk->labels == NULL || set->chunk->sums == NULL) {
        return mtmi_error_memory(err);
    }
    set->is_plain = 1;
    for (unsigned i = 0; i < table->n_used; i++) {
        const mtmi_use use = table->used[i].use;
        set->is_plain &= use == MTMI_USE_LABEL || use == MTMI_USE_PERIOD || use == MTMI_USE_ROWS;
    }
    for (int step = 0; step <= 4; step++) {
        for (unsigned i = 0; i < table->n_used; i++) {
            if (step_of(table->used[i].use) == step) {
                set->has_birth |= step == 4;
                set->kernels[n].used = &table->used[i];
                set->kernels[n++].at = i;
            }
        }
    }
    return MTM_OK;
}

static void finish(struct columns *set) {
    for (unsigned i = 0; set->kernels != NULL && i < set->table->n_used; i++) {
        mtmi_kernel_free(&set->kernels[i]);
    }
    for (size_t i = 0; i < set->n_columns; i++) {
        mtmi_hashing_free(&set->hashings[i]);
    }
    if (set->chunk != NULL) {
        mtmi_memory_free(set->chunk->labels);
        mtmi_memory_free(set->chunk->sums);
    }
    mtmi_memory_free(set->chunk);
    mtmi_memory_free(set->kernels);
    mtmi_memory_free(set->hashings);
}

/* Points everything at a batch. */
static mtm_status take_batch(struct columns *set, const mtmi_arrow_batch *batch, mtm_error *err) {
    if (set->hashings == NULL) {
        set->hashings = mtmi_memory_new(batch->n_columns, sizeof *set->hashings);
        if (set->hashings == NULL) {
            return mtmi_error_memory(err);
        }
        set->n_columns = batch->n_columns;
    }
    for (size_t i = 0; i < batch->n_columns; i++) {
        MTMI_CHECK_STATUS(mtmi_hashing_batch(&set->hashings[i], &batch->columns[i], err));
    }
    for (unsigned i = 0; i < set->table->n_used; i++) {
        mtmi_kernel *kernel = &set->kernels[i];
        const mtmi_arrow_column *column = &batch->columns[kernel->used->position];
        MTMI_CHECK_STATUS(mtmi_kernel_batch(kernel, column, err));
    }
    return MTM_OK;
}

/* A row by its text. */
static mtm_status count_text(struct columns *set, size_t in_batch, mtm_error *err) {
    const char *text;
    size_t size;
    MTMI_CHECK_STATUS(
        mtmi_arrow_csv_row(set->csv, in_batch, (int64_t)(set->run->line + set->counter->line) + 1, &text, &size, err));
    (void)mtmi_slow_row(set->slow, set->counter, (const unsigned char *)text, size, 1);
    return MTM_OK;
}

static inline int set_age(mtmi_counter *counter, const mtmi_chunk *chunk, size_t r) {
    const mtmi_date *birth = &chunk->births[r];
    if (!chunk->moments[r]->has_date && birth->month != 0) {
        return 0;
    }
    return mtmi_counter_age(counter, mtmi_counter_years(birth, &chunk->moments[r]->date));
}

/* Puts a clean row's numbers where the counter wants them. 0: its text must say. */
static inline int set_row(const struct columns *set, size_t r) {
    const mtmi_spec *spec = set->table->spec;
    const mtmi_chunk *chunk = set->chunk;
    mtmi_counter *counter = set->counter;
    const uint32_t *labels = chunk->labels + (size_t)spec->n_periods * MTMI_CHUNK_ROWS + r;
    for (unsigned i = spec->n_periods; i < spec->n_axes; i++, labels += MTMI_CHUNK_ROWS) {
        counter->numbers[i] = *labels;
    }
    for (unsigned i = 0; i < spec->n_periods; i++) {
        counter->numbers[i] = chunk->moments[r]->numbers[i];
    }
    for (unsigned i = 0; i <= spec->n_sums; i++) {
        counter->sums[i] = chunk->sums[(size_t)i * MTMI_CHUNK_ROWS + r];
    }
    return !set->has_birth || set_age(counter, chunk, r);
}

/* No row of the chunk is doubted, left out or no data. */
static int is_clean(const mtmi_chunk *chunk, size_t n) {
    uint32_t doubts = 0;
    for (size_t r = 0; r < n; r++) {
        doubts |= chunk->marks[r] | chunk->no_data[r];
    }
    return doubts == 0;
}

/* Counts a clean chunk a grouping at a time: each then has its columns and its counts at hand. */
static void count_plain(const struct columns *set, size_t n) {
    const unsigned n_periods = set->table->spec->n_periods;
    const mtmi_chunk *chunk = set->chunk;
    mtmi_counter *counter = set->counter;
    for (unsigned i = 0; i < n_periods; i++) {
        uint32_t *numbers = chunk->labels + (size_t)i * MTMI_CHUNK_ROWS;
        for (size_t r = 0; r < n; r++) {
            numbers[r] = chunk->moments[r]->numbers[i];
        }
    }
    for (const mtmi_hot_grid *grid = counter->hot_grids; grid < counter->hot_end; grid++) {
        const uint32_t *a = chunk->labels + (size_t)grid->axes[0] * MTMI_CHUNK_ROWS;
        const uint32_t *b = chunk->labels + (size_t)grid->axes[1] * MTMI_CHUNK_ROWS;
        const uint32_t *c = chunk->labels + (size_t)grid->axes[2] * MTMI_CHUNK_ROWS;
        for (size_t r = 0; r < n; r++) {
            grid->pending[a[r] + (size_t)b[r] * grid->strides[0] + (size_t)c[r] * grid->strides[1]]++;
        }
    }
    counter->pending[MTM_ROWS_IN] += (int64_t)n;
    counter->pending[MTM_ROWS_ACCEPTED] += (int64_t)n;
}

/* Counts the rows of a chunk, from row r on, as they come. */
static mtm_status count_rows(struct columns *set, size_t in_batch, size_t r, size_t n, mtm_error *err) {
    mtmi_counter *counter = set->counter;
    const mtmi_chunk *chunk = set->chunk;
    mtm_status status = MTM_OK;
    for (; r < n && counter->status == MTM_OK; r++) {
        counter->line = chunk->line + r;
        if ((chunk->marks[r] & MTMI_VALUE_UNCLEAN) != 0) {
            MTMI_TRY(count_text(set, in_batch + r, err));
            continue;
        }
        if (chunk->no_data[r]) {
            counter->pending[MTM_ROWS_IN]++;
            counter->pending[MTM_ROWS_NOT_DATA]++;
            continue;
        }
        if (!set_row(set, r)) {
            if (counter->status == MTM_OK) {
                MTMI_TRY(count_text(set, in_batch + r, err));
            }
            continue;
        }
        counter->pending[MTM_ROWS_IN]++;
        counter->pending[MTM_ROWS_ACCEPTED]++;
        if ((chunk->marks[r] & MTMI_VALUE_OUTSIDE) != 0) {
            counter->pending_outside++;
        } else {
            (void)mtmi_counter_count_row(counter);
        }
    }
    if (counter->status != MTM_OK && err != NULL) {
        *err = counter->error;
    }
out:
    return status != MTM_OK ? status : counter->status;
}

static void commit(struct columns *set) {
    set->run->walked[0].lines = set->since;
    (void)mtmi_run_commit(set->run, 1, NULL); /* fails for registrations only, which go another way */
    set->since = 0;
}

/* Rows of the batch at hand that make a chunk. */
static mtm_status count_chunk(struct columns *set, size_t in_batch, size_t n, mtm_error *err) {
    mtmi_chunk *chunk = set->chunk;
    uint64_t hashes[MTMI_CHUNK_ROWS] = {0};
    size_t skipped = set->row >= set->first ? 0 : set->first - set->row < n ? (size_t)(set->first - set->row) : n;
    memset(chunk->marks, 0, n * sizeof *chunk->marks);
    memset(chunk->no_data, 0, n);
    for (size_t i = 0; i < set->n_columns; i++) {
        mtmi_hashing_run(&set->hashings[i], in_batch, n, set->table->max_field, hashes, chunk->marks);
    }
    mtmi_row_digest_add(&set->digest, hashes, n);
    for (size_t r = 0; r < skipped; r++) {
        chunk->no_data[r] = 1; /* found to be none while the head was looked at, and counted there */
    }
    chunk->line = set->since - skipped;
    for (unsigned i = 0; i < set->table->n_used && set->counter->status == MTM_OK; i++) {
        mtmi_kernel_run(&set->kernels[i], chunk, in_batch, n);
    }
    if (set->is_plain && set->counter->n_cold == 0 && set->counter->status == MTM_OK && is_clean(chunk, n)) {
        count_plain(set, n);
    } else {
        MTMI_CHECK_STATUS(count_rows(set, in_batch, skipped, n, err));
    }
    set->row += n;
    set->since += n - skipped;
    if (set->since >= COMMIT_ROWS) {
        commit(set);
    }
    return MTM_OK;
}

static mtm_status report(const struct columns *set, mtm_error *err) {
    const mtmi_run *run = set->run;
    if (run->progress == NULL || run->progress(set->row, 0, run->progress_data) == 0) {
        return MTM_OK;
    }
    return mtmi_error_set(err, MTM_ERROR_CANCELLED, 0, (mtmi_place){NULL, 0, 0}, "stopped on request");
}

static mtm_status count_batch(struct columns *set, const mtmi_arrow_batch *batch, mtm_error *err) {
    MTMI_CHECK_STATUS(take_batch(set, batch, err));
    for (size_t at = 0; at < batch->n_rows; at += MTMI_CHUNK_ROWS) {
        size_t n = batch->n_rows - at < MTMI_CHUNK_ROWS ? batch->n_rows - at : MTMI_CHUNK_ROWS;
        MTMI_CHECK_STATUS(count_chunk(set, at, n, err));
        if (at / MTMI_CHUNK_ROWS % 256 == 0) {
            MTMI_CHECK_STATUS(report(set, err));
        }
    }
    return MTM_OK;
}

mtm_status mtmi_columns_count(mtmi_arrow_csv *csv, mtmi_run *run, const mtmi_binding *binding, uint64_t *rows,
                              unsigned char digest[MTMI_DIGEST_SIZE], mtm_error *err) {
    struct columns set;
    mtmi_arrow_batch batch = {NULL, 0, 1};
    mtm_status status = MTM_OK;
    memset(&set, 0, sizeof set);
    set.csv = csv;
    set.run = run;
    set.counter = &run->walkers[0].counter;
    set.slow = run->walkers[0].slow;
    set.table = &binding->table;
    set.first = binding->line == INT64_MAX ? UINT64_MAX : run->line;
    mtmi_row_digest_start(&set.digest);
    MTMI_TRY(start(&set, err));
    MTMI_TRY(mtmi_arrow_csv_rewind(csv, &set.rows, err));
    while (batch.n_rows > 0) {
        MTMI_TRY(mtmi_arrow_rows_batch(set.rows, &batch, err));
        if (batch.n_rows > 0) {
            MTMI_TRY(count_batch(&set, &batch, err));
        }
    }
    commit(&set);
    mtmi_row_digest_finish(&set.digest, digest);
out:
    *rows = set.row;
    finish(&set);
    return status;
}
