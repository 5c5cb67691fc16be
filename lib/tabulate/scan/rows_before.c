/* Passes rows at the speed of memory: stretches without quotes are counted for their line feeds alone. It gives up at the first
 * sign that a row could end where it does not see it: a quote within a cell or behind one, a carriage return alone. */
#include "tabulate/scan/rows_before.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"

#include <string.h>

#define PIECE ((size_t)1 << 20)

typedef struct passing {
    const mtmi_source *source;
    mtmi_rows_before *rows;
    uint64_t byte;        /* the row looked for begins behind it */
    unsigned char *bytes; /* at base */
    uint64_t base, at;    /* of the file */
    size_t have;
    unsigned char before; /* the byte before `at` */
    int inside, certain, found;
} passing;

/* Whole words at once: a byte of `same` is zero where the byte is a line feed. */
static uint64_t count_feeds(const unsigned char *bytes, size_t n) {
    const uint64_t feeds = UINT64_C(0x0A0A0A0A0A0A0A0A), low = UINT64_C(0x7F7F7F7F7F7F7F7F);
    uint64_t lines = 0;
    size_t i = 0;
    for (; i + 8 <= n; i += 8) {
        uint64_t word;
        memcpy(&word, bytes + i, 8);
        const uint64_t same = word ^ feeds;
        lines += (uint64_t)__builtin_popcountll(~(((same & low) + low) | same | low));
    }
    for (; i < n; i++) {
        lines += bytes[i] == '\n';
    }
    return lines;
}

/* Whether every carriage return up to n stands before a line feed. */
static int has_lone_return(const unsigned char *bytes, size_t n, size_t have) {
    const unsigned char *at = bytes, *end = bytes + n;
    while (at < end && (at = memchr(at, '\r', (size_t)(end - at))) != NULL) {
        if ((size_t)(at - bytes) + 1 >= have || at[1] != '\n') {
            return 1;
        }
        at++;
    }
    return 0;
}

/* Bytes outside of quotes, up to n: the end of a row at or behind the byte is looked for among them. */
static void pass_plain(passing *by, size_t n) {
    const size_t from = (size_t)(by->at - by->base);
    const unsigned char *bytes = by->bytes + from, *feed = NULL;
    const uint64_t ahead = by->byte > by->at ? by->byte - by->at : 0;
    if (has_lone_return(bytes, n - from, by->have - from)) {
        by->certain = 0;
        return;
    }
    if (ahead < n - from) {
        feed = memchr(bytes + ahead, '\n', n - from - (size_t)ahead);
    }
    const size_t taken = feed != NULL ? (size_t)(feed - bytes) + 1 : n - from;
    by->rows->line += count_feeds(bytes, taken);
    by->found = feed != NULL;
    by->at += taken;
    by->before = taken > 0 ? bytes[taken - 1] : by->before;
}

/* Bytes within quotes, up to the closing one; a quote written twice is passed. Its end must be that of a cell. */
static void pass_quoted(passing *by, size_t n) {
    const size_t from = (size_t)(by->at - by->base);
    const unsigned char *bytes = by->bytes + from, *quote = memchr(bytes, by->rows->quote, n - from);
    const size_t taken = quote != NULL ? (size_t)(quote - bytes) + 1 : n - from;
    const unsigned char after = from + taken < by->have ? bytes[taken] : '\n';
    by->certain = !has_lone_return(bytes, taken, by->have - from);
    by->rows->line += count_feeds(bytes, taken);
    by->at += taken;
    if (quote == NULL) {
        return;
    }
    by->before = by->rows->quote;
    if (after == by->rows->quote && from + taken < by->have) {
        by->at++;
        return;
    }
    by->inside = 0;
    by->certain &= after == by->rows->delimiter || after == '\n' || after == '\r';
}

static void pass_piece(passing *by, size_t n) {
    while (by->certain && !by->found && by->at - by->base < n) {
        const size_t from = (size_t)(by->at - by->base);
        if (by->inside) {
            pass_quoted(by, n);
            continue;
        }
        const unsigned char *quote = by->rows->has_quote ? memchr(by->bytes + from, by->rows->quote, n - from) : NULL;
        pass_plain(by, quote != NULL ? (size_t)(quote - by->bytes) : n);
        if (quote != NULL && by->certain && !by->found) {
            by->certain = by->before == by->rows->delimiter || by->before == '\n';
            by->inside = 1;
            by->before = by->rows->quote;
            by->at++;
        }
    }
}

mtm_status mtmi_rows_before_find(const mtmi_source *source, uint64_t byte, mtmi_rows_before *rows, int *certain,
                                 mtm_error *err) {
    passing by = {source, rows, byte, NULL, 0, rows->next, 0, '\n', 0, 1, 0};
    const uint64_t size = mtmi_source_size(source);
    mtm_status status = MTM_OK;
    by.bytes = mtmi_memory_new(PIECE, 1);
    MTMI_TRY(by.bytes == NULL ? mtmi_error_memory(err) : MTM_OK);
    while (by.certain && !by.found && by.at < size) {
        by.base = by.at;
        MTMI_TRY(mtmi_source_read_at(source, by.base, by.bytes, PIECE, &by.have, err));
        const int last = by.base + by.have >= size;
        if (by.have == 0) {
            break; /* the file became shorter; whoever walks it says so */
        }
        pass_piece(&by, last ? by.have : by.have - 1); /* one byte more than is passed can be seen */
    }
    rows->next = by.at;
    *certain = by.certain && (by.found || by.at >= size) && !(by.inside && by.at >= size);
out:
    mtmi_memory_free(by.bytes);
    return status;
}
