/* A share is made of whole blocks: a byte within one is as good as its end, which all shares of a file see alike. Its first row is
 * found by passing all bytes before it, for nothing less tells whether a line feed stands within quotes. */
#include "tabulate/share/file_share.h"

#include "base/error.h"
#include "base/try.h"
#include "tabulate/scan/rows_before.h"

#include <string.h>

#define NAME " [bytes "

mtm_status mtmi_share_refuse(const mtmi_source *source, const char *found, mtm_error *err) {
    return mtmi_error_set(err, MTM_ERROR_UNSUPPORTED, 0, (mtmi_place){mtmi_source_name(source), 0, 0},
                          "found %s, expected a plain file of UTF-8 to count a share of its rows; count it whole",
                          found);
}

static const char *read_bytes(const char *at, uint64_t *out) {
    const char *const first = at;
    for (*out = 0; *at >= '0' && *at <= '9' && at - first < 19; at++) {
        *out = *out * 10 + (uint64_t)(*at - '0');
    }
    return at > first ? at : NULL;
}

int mtmi_share_name_read(const char *identity, mtmi_share_name *out) {
    const char *mark = strstr(identity, NAME), *at = NULL;
    for (const char *next = mark; next != NULL; next = strstr(next + 1, NAME)) {
        mark = next;
    }
    at = mark != NULL ? read_bytes(mark + strlen(NAME), &out->begin) : NULL;
    at = at != NULL && *at == '-' ? read_bytes(at + 1, &out->end) : NULL;
    out->length = mark != NULL ? (size_t)(mark - identity) : 0;
    return at != NULL && strcmp(at, "]") == 0;
}

static uint64_t blocks_of(uint64_t bytes) {
    return bytes / MTMI_SHARE_BLOCK + (bytes % MTMI_SHARE_BLOCK > 0);
}

mtm_status mtmi_share_take(const mtmi_source *source, const mtm_source *from, mtmi_share *out, mtmi_buffer *identity,
                           mtm_error *err) {
    const uint64_t size = mtmi_source_size(source);
    const int has_end = from->length > 0 && from->length < UINT64_MAX - from->first;
    const uint64_t last = has_end && from->first + from->length < size ? from->first + from->length : size;
    if (!mtmi_source_can_seek(source)) {
        return mtmi_share_refuse(source, "a file that is packed", err);
    }
    out->first = blocks_of(from->first < size ? from->first : size);
    out->end = blocks_of(last);
    out->first = out->first < out->end ? out->first : out->end;
    const uint64_t begin = out->first * MTMI_SHARE_BLOCK, end = out->end * MTMI_SHARE_BLOCK;
    out->bytes = begin < size ? (end < size ? end : size) - begin : 0;
    mtmi_buffer_format(identity, "%s" NAME "%llu-%llu]",
                       from->identity != NULL ? from->identity : mtmi_source_name(source), (unsigned long long)begin,
                       (unsigned long long)(end < size ? end : size));
    return identity->failed ? mtmi_error_memory(err) : MTM_OK;
}

/* By walking all rows before: what the counters then hold goes. */
static mtm_status walk(const mtmi_share *share, const mtmi_source *source, mtmi_run *run, mtmi_scan_function scan,
                       mtm_error *err) {
    const mtmi_feed feed = {source, NULL, mtmi_source_size(source), 1, 0, share->first};
    mtmi_run before;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_run_start(&before, run->table, run->n_threads, scan, err));
    before.next = run->next;
    before.line = run->line;
    MTMI_TRY(mtmi_run_feed(&before, &feed, 0, err));
    run->next = before.next;
    run->line = before.line;
out:
    mtmi_run_free(&before);
    return status;
}

mtm_status mtmi_share_start(const mtmi_share *share, const mtmi_source *source, mtmi_run *run, mtmi_binding *binding,
                            mtmi_scan_function scan, mtm_error *err) {
    const mtmi_count_table *table = &binding->table;
    const uint64_t byte = share->first * MTMI_SHARE_BLOCK;
    mtmi_rows_before rows = {table->delimiter, table->quote, table->has_quote, run->next, run->line};
    int certain = table->spec->resource->dialect.comment == NULL && !table->slow;
    if (share->first == 0) {
        return MTM_OK;
    }
    binding->not_data = 0; /* the header belongs to the share that the file begins with */
    if (run->next > byte) {
        return MTM_OK;
    }
    if (certain) {
        MTMI_CHECK_STATUS(mtmi_rows_before_find(source, byte, &rows, &certain, err));
    }
    if (!certain) {
        return walk(share, source, run, scan, err);
    }
    run->next = rows.next;
    run->line = rows.line;
    return MTM_OK;
}
