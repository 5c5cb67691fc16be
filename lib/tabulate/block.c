/* Walks the rows of a block: the vector scanner's word is taken where it is certain, libcsv's for every other row.
 * Invariant: every row of the block is counted once, by one of the two. */
#include "tabulate/block.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/diagnostic.h"
#include "base/try.h"
#include "tabulate/fast_path.h"

#define PAGE 4096u
#define PADDING 256u      /* after the last byte: the scanner and the cells look ahead */
#define SMALLEST_RUN 512u /* after a row that needed libcsv, in case the next one does too */

static size_t round_up(size_t n, size_t end) {
    return (n + end - 1) / end * end;
}

static int buffer_new(mtmi_walker *walker, size_t capacity) {
    unsigned char *memory = mtmi_memory_new(capacity + PAGE + PADDING, 1), *bytes;
    if (memory == NULL) {
        return 0;
    }
    bytes = memory + (PAGE - (uintptr_t)memory % PAGE) % PAGE;
    if (walker->have > 0) {
        memcpy(bytes, walker->bytes, walker->have);
    }
    mtmi_memory_free(walker->memory);
    walker->memory = memory;
    walker->bytes = bytes;
    walker->capacity = capacity;
    return 1;
}

mtm_status mtmi_walker_start(mtmi_walker *walker, const mtmi_count_table *table, mtmi_scan_function function,
                             mtm_error *err) {
    memset(walker, 0, sizeof *walker);
    walker->function = function;
    walker->all_ends = mtmi_memory_new(MTMI_SCAN_ENDS + 1, sizeof walker->ends[0]);
    walker->rows = mtmi_memory_new(MTMI_SCAN_SEGMENT + 1, sizeof walker->rows[0]);
    if (walker->all_ends == NULL || walker->rows == NULL || !buffer_new(walker, MTMI_WALK_BLOCK + MTMI_WALK_MORE)) {
        return mtmi_error_memory(err);
    }
    walker->ends = walker->all_ends + 1;
    walker->scan.delimiter = table->delimiter;
    walker->scan.quote = table->quote;
    walker->scan.has_quote = table->has_quote;
    walker->scan.ends = walker->ends;
    walker->scan.rows = walker->rows;
    {
        mtm_status status = mtmi_slow_new(table, &walker->slow, err);
        return status != MTM_OK ? status : mtmi_counter_start(&walker->counter, table, err);
    }
}

void mtmi_walker_free(mtmi_walker *walker) {
    mtmi_counter_free(&walker->counter);
    mtmi_slow_free(walker->slow);
    mtmi_memory_free(walker->memory);
    mtmi_memory_free(walker->all_ends);
    mtmi_memory_free(walker->rows);
    memset(walker, 0, sizeof *walker);
}

/* Reads on from what is there, up to `want` bytes of the block's beginning, and pads with line feeds. */
static mtm_status fill_buffer(mtmi_walker *walker, const mtmi_feed *feed, uint64_t base, size_t want, mtm_error *err) {
    uint64_t left = feed->size > base ? feed->size - base : 0;
    size_t got = 0;
    if (want > left) {
        want = (size_t)left;
    }
    if (want > walker->capacity && !buffer_new(walker, round_up(want, PAGE))) {
        return mtmi_error_memory(err);
    }
    if (want > walker->have && feed->source != NULL) {
        MTMI_CHECK_STATUS(mtmi_source_read_at(feed->source, base + walker->have, walker->bytes + walker->have,
                                              want - walker->have, &got, err));
        if (got < want - walker->have) {
            mtmi_place place = {mtmi_source_name(feed->source), 0, 0};
            return mtmi_error_set(err, MTM_ERROR_IO, 0, place, "the file became shorter while it was read");
        }
    } else if (want > walker->have) {
        memcpy(walker->bytes + walker->have, feed->bytes + base + walker->have, want - walker->have);
    }
    if (want > walker->have) {
        walker->have = want;
    }
    walker->at_end = walker->have == left;
    memset(walker->bytes + walker->have, '\n', PADDING);
    return MTM_OK;
}

/* Where the next row begins at or after a line feed from `at` on; SIZE_MAX when there is none. */
static size_t after_line(const mtmi_walker *walker, size_t at) {
    const unsigned char *feed = at < walker->have ? memchr(walker->bytes + at, '\n', walker->have - at) : NULL;
    return feed == NULL ? SIZE_MAX : (size_t)(feed - walker->bytes) + 1;
}

/* Whether the block begins inside a quoted cell: the first quote that can only open a cell, or only close one, tells. */
static int begins_inside(const mtmi_walker *walker) {
    const unsigned char *bytes = walker->bytes, *end = bytes + walker->have, *at = bytes + 1;
    unsigned char quote = walker->scan.quote, delimiter = walker->scan.delimiter;
    int flips = 0;
    while (at + 1 < end && (at = memchr(at, quote, (size_t)(end - at - 1))) != NULL) {
        int edge_before = at[-1] == delimiter || at[-1] == '\n';
        int edge_after = at[1] == delimiter || at[1] == '\n' || at[1] == '\r';
        if (edge_before != edge_after && at[-1] != quote && at[1] != quote) {
            return edge_after ^ flips;
        }
        flips ^= 1;
        at++;
    }
    return 0;
}

/* The first line feed from the block's beginning that is outside quotes, as far as can be told from here. */
static size_t guess_start(const mtmi_walker *walker) {
    size_t at = 0, line;
    const unsigned char *quote;
    int inside = walker->scan.has_quote && begins_inside(walker);
    if (!walker->scan.has_quote) {
        return after_line(walker, 0);
    }
    for (;;) {
        line = after_line(walker, at);
        quote = memchr(walker->bytes + at, walker->scan.quote, walker->have - at);
        if (line == SIZE_MAX) {
            return SIZE_MAX;
        }
        if (quote == NULL) {
            return inside ? SIZE_MAX : line;
        }
        if (!inside && (size_t)(quote - walker->bytes) > line) {
            return line;
        }
        inside = !inside;
        at = (size_t)(quote - walker->bytes) + 1;
    }
}

/* The walk at hand. */
struct walk {
    mtmi_walker *walker;
    const mtmi_feed *feed;
    uint64_t base;
    size_t block;             /* its size */
    size_t row;               /* where the row at hand begins */
    uint32_t first;           /* its first entry in ends */
    size_t scanned;           /* up to where */
    uint32_t run;             /* bytes of the next call of the scanner */
    int quoted;               /* there are line feeds inside quotes since the row's beginning */
    int done, starved, moved; /* moved: the scanner must begin anew at row */
    mtm_error *err;
};

static void rescan_from(struct walk *walk, size_t row) {
    mtmi_scan *scan = &walk->walker->scan;
    walk->row = row;
    walk->first = 0;
    walk->scanned = row / MTMI_SCAN_CHUNK * MTMI_SCAN_CHUNK;
    walk->quoted = 0;
    walk->moved = 1;
    scan->start = (uint32_t)row;
    scan->inside = scan->owed = 0;
    scan->n_ends = 0;
    scan->ends[-1] = (uint32_t)row - 1;
}

static uint64_t count_lines(const unsigned char *bytes, size_t n) {
    uint64_t lines = 0;
    const unsigned char *end = bytes + n;
    while (bytes < end && (bytes = memchr(bytes, '\n', (size_t)(end - bytes))) != NULL) {
        lines++;
        bytes++;
    }
    return lines;
}

/* Ends of lines, a CR without LF among them: what the slow way takes for one. */
static uint64_t count_line_ends(const unsigned char *bytes, size_t n) {
    uint64_t lines = count_lines(bytes, n);
    const unsigned char *at = bytes, *end = bytes + n;
    while ((at = memchr(at, '\r', (size_t)(end - at))) != NULL) {
        at++;
        lines += at == end || *at != '\n';
    }
    return lines;
}

mtm_status mtmi_walk_too_long(uint64_t max_record, int64_t line, mtm_error *err) {
    return mtmi_error_set(
        err, MTM_ERROR_LIMIT, MTMI_CODE_RECORD_LIMIT, (mtmi_place){NULL, line, 1},
        "found a row of more than %llu bytes, expected a shorter one; a quote that is never closed makes "
        "such rows, else raise max_record",
        (unsigned long long)max_record);
}

/* Lines of errors are counted from the block's first row; who knows the lines before it adds them. */
static mtm_status record_too_long(struct walk *walk) {
    const mtmi_counter *counter = &walk->walker->counter;
    return mtmi_walk_too_long(counter->table->max_record, (int64_t)counter->line + 1, walk->err);
}

/* More bytes for the row at hand. Sets starved where the feed has none yet. */
static mtm_status extend(struct walk *walk) {
    mtmi_walker *walker = walk->walker;
    size_t more = walker->have - walk->row;
    if (more > walker->counter.table->max_record) {
        return record_too_long(walk);
    }
    if (walker->at_end && !walk->feed->final) {
        walk->starved = walk->done = 1;
        return MTM_OK;
    }
    return fill_buffer(walker, walk->feed, walk->base, walker->have + round_up(more < PAGE ? PAGE : more, PAGE),
                       walk->err);
}

/* libcsv's word on the row at hand; *length receives its bytes. */
static mtm_status slow_row(struct walk *walk, size_t *length) {
    mtmi_walker *walker = walk->walker;
    mtm_status status = MTM_OK;
    *length = 0;
    while (!walk->done) {
        int last = walker->at_end && walk->feed->final;
        *length =
            mtmi_slow_row(walker->slow, &walker->counter, walker->bytes + walk->row, walker->have - walk->row, last);
        if (walker->counter.status != MTM_OK || *length > 0) {
            break;
        }
        if (last) { /* an empty rest */
            *length = walker->have - walk->row;
            break;
        }
        MTMI_TRY(extend(walk));
    }
out:
    return status != MTM_OK ? status : walker->counter.status;
}

/* A row that is not plain or not as it should be; the scanner goes on after it. */
static mtm_status walk_slowly(struct walk *walk, size_t expected_next) {
    mtmi_walker *walker = walk->walker;
    size_t length;
    mtm_status status = slow_row(walk, &length);
    if (status != MTM_OK || walk->done) {
        return status;
    }
    if (length > walker->counter.table->max_record) {
        return record_too_long(walk);
    }
    walker->counter.line += count_line_ends(walker->bytes + walk->row, length);
    if (walk->row + length == expected_next) {
        return MTM_OK;
    }
    walk->run = SMALLEST_RUN;
    rescan_from(walk, walk->row + length);
    return MTM_OK;
}

/* One row whose cells hold line breaks, or that is not plain. */
static mtm_status walk_row(struct walk *walk, uint32_t last, size_t *next) {
    mtmi_walker *walker = walk->walker;
    mtmi_counter *counter = &walker->counter;
    size_t end = walker->ends[last];
    mtmi_plain_run one = {walker->bytes, walker->ends, &last, 1, MTMI_SCAN_NONE, SIZE_MAX, 1, 0,
                          walk->first,   walk->row};
    *next = end + 1 < walker->have ? end + 1 : walker->have;
    mtmi_plain_rows(counter, &one);
    if (counter->status != MTM_OK) {
        return counter->status;
    }
    if (one.at == 0) {
        return walk_slowly(walk, *next);
    }
    if (walk->quoted) {
        counter->line += count_lines(walker->bytes + walk->row, end - walk->row);
    }
    return MTM_OK;
}

static int past_block(const struct walk *walk) {
    return walk->row > walk->block || (walk->walker->at_end && walk->row >= walk->walker->have);
}

/* As many rows as have no line breaks in their cells and need nothing else. */
static mtm_status walk_plain(struct walk *walk, uint32_t *at) {
    mtmi_walker *walker = walk->walker;
    mtmi_plain_run run = {walker->bytes, walker->ends,          walker->rows, walker->scan.n_rows, walker->scan.odd,
                          walk->block,   walker->scan.carriage, *at,          walk->first,         walk->row};
    mtmi_plain_rows(&walker->counter, &run);
    *at = run.at;
    walk->first = run.first;
    walk->row = run.row < walker->have ? run.row : walker->have;
    return walker->counter.status;
}

/* The rows that end before the first odd byte. */
static mtm_status walk_rows(struct walk *walk) {
    const mtmi_walker *walker = walk->walker;
    const uint32_t n_rows = walker->scan.n_rows, odd = walker->scan.odd;
    const int quoted = walker->scan.quoted_lines > 0;
    size_t next = 0;
    uint32_t i = 0, last;
    walk->quoted |= quoted;
    for (;;) {
        if (!walk->quoted) {
            MTMI_CHECK_STATUS(walk_plain(walk, &i));
        }
        if (i == n_rows || past_block(walk) || walker->ends[walker->rows[i]] >= odd) {
            break;
        }
        last = walker->rows[i++];
        MTMI_CHECK_STATUS(walk_row(walk, last, &next));
        if (walk->moved || walk->done) {
            break;
        }
        walk->row = next;
        walk->first = last + 1;
        walk->quoted = quoted;
    }
    return MTM_OK;
}

/* Up to where the scanner may go: it looks one byte ahead, which must be a real one unless the file ends there. */
static size_t scan_limit(const struct walk *walk) {
    const mtmi_walker *walker = walk->walker;
    if (walker->at_end && walk->feed->final) {
        return round_up(walker->have, MTMI_SCAN_CHUNK);
    }
    return walker->have == 0 ? 0 : (walker->have - 1) / MTMI_SCAN_CHUNK * MTMI_SCAN_CHUNK;
}

/* The ends of the row at hand, which the last run did not finish, go to the front. */
static void keep_unfinished(struct walk *walk) {
    mtmi_scan *scan = &walk->walker->scan;
    uint32_t n = scan->n_ends - walk->first;
    scan->ends[-1] = (uint32_t)walk->row - 1;
    if (walk->first > 0 && n > 0) {
        memmove(scan->ends, scan->ends + walk->first, n * sizeof scan->ends[0]);
    }
    scan->n_ends = n;
    walk->first = 0;
}

/* One run of the scanner and the rows it finds. */
static mtm_status walk_run(struct walk *walk, size_t limit) {
    mtmi_walker *walker = walk->walker;
    size_t end = walk->scanned + walk->run < limit ? walk->scanned + walk->run : limit;
    mtm_status status;
    keep_unfinished(walk);
    if (walker->scan.n_ends > MTMI_SCAN_KEPT) {
        return walk_slowly(walk, SIZE_MAX); /* a row of very many cells */
    }
    walk->moved = 0;
    walker->function(&walker->scan, walker->bytes, (uint32_t)walk->scanned, (uint32_t)end);
    status = walk_rows(walk);
    if (status != MTM_OK || walk->moved || walk->done || past_block(walk)) {
        return status;
    }
    if (walker->scan.odd != MTMI_SCAN_NONE) {
        return walk_slowly(walk, SIZE_MAX);
    }
    walk->scanned = end;
    walk->run = walk->run * 2 < MTMI_SCAN_SEGMENT ? walk->run * 2 : MTMI_SCAN_SEGMENT;
    return MTM_OK;
}

static mtm_status walk_all(struct walk *walk) {
    while (!walk->done && !past_block(walk)) {
        size_t limit = scan_limit(walk);
        if (walk->scanned < limit) {
            MTMI_CHECK_STATUS(walk_run(walk, limit));
        } else if (walk->walker->at_end && walk->feed->final) {
            MTMI_CHECK_STATUS(walk_slowly(walk, SIZE_MAX));
        } else {
            MTMI_CHECK_STATUS(extend(walk));
        }
    }
    return MTM_OK;
}

static void digest_block(const mtmi_walker *walker, mtmi_walked *out) {
    const size_t block = walker->counter.table->block;
    size_t n = walker->have < block ? walker->have : block, at;
    for (at = 0; at < n; at += MTMI_DIGEST_PIECE) {
        size_t size = n - at < MTMI_DIGEST_PIECE ? n - at : MTMI_DIGEST_PIECE;
        out->digests[at / MTMI_DIGEST_PIECE] = mtmi_digest_piece(walker->bytes + at, size);
    }
}

mtm_status mtmi_walk(mtmi_walker *walker, const mtmi_feed *feed, uint64_t block, uint64_t start, mtmi_walked *out,
                     mtm_error *err) {
    const size_t block_size = walker->counter.table->block;
    uint64_t base = block * block_size;
    struct walk walk = {walker, feed, base, block_size, 0, 0, 0, MTMI_SCAN_SEGMENT, 0, 0, 0, 0, err};
    mtm_status status;
    size_t row;
    walker->have = 0;
    out->starved = 0;
    out->lines = 0;
    status = fill_buffer(walker, feed, base, block_size + MTMI_WALK_MORE, err);
    if (status != MTM_OK) {
        return status;
    }
    digest_block(walker, out);
    if (start != MTMI_WALK_UNKNOWN) {
        row = start - base > SIZE_MAX / 2 ? 0 : (size_t)(start - base);
    } else {
        row = guess_start(walker);
    }
    out->start = out->next = row == SIZE_MAX ? MTMI_WALK_UNKNOWN : base + row;
    if (row > block_size) { /* no row of this block */
        if (start == MTMI_WALK_UNKNOWN) {
            out->start = MTMI_WALK_UNKNOWN;
        }
        return MTM_OK;
    }
    rescan_from(&walk, row);
    walker->counter.line = 0;
    status = walk_all(&walk);
    if (status != MTM_OK && status == walker->counter.status && err != NULL) {
        *err = walker->counter.error;
    }
    out->next = base + walk.row;
    out->lines = walker->counter.line;
    out->starved = walk.starved;
    if (walker->capacity > MTMI_WALK_BLOCK + MTMI_WALK_MORE) { /* a very long row is over: give its memory back */
        walker->have = 0;
        if (!buffer_new(walker, MTMI_WALK_BLOCK + MTMI_WALK_MORE)) {
            status = mtmi_error_memory(err);
        }
    }
    return status;
}
