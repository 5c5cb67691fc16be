/* Finds line and character of a cell or quote in the raw bytes of a row, which may be anything, and reports the row. */
#include "tabulate/raw_place.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"
#include "read/csv/csv_rows.h"

size_t mtmi_refuse_place(const mtmi_count_table *table, const char *record, size_t size, size_t cell) {
    return mtmi_csv_find(record, size, (char)table->delimiter, table->has_quote ? (char)table->quote : '\1', cell);
}

/* Text that is valid whatever the bytes: what is no UTF-8 becomes U+FFFD. */
static void add_valid(mtmi_buffer *out, const char *bytes, size_t size) {
    while (size > 0) {
        size_t n = mtmi_text_valid(bytes, size), k;
        for (k = 0; k < n && bytes[k] != '\0'; k++) {}
        mtmi_buffer_add(out, bytes, k);
        if (k == size) {
            return;
        }
        mtmi_buffer_text(out, "\xEF\xBF\xBD");
        bytes += k + 1;
        size -= k + 1;
    }
}

mtm_status mtmi_refuse(mtmi_counter *counter, const mtmi_refused *refused) {
    mtmi_buffer texts[4] = {MTMI_BUFFER_INIT, MTMI_BUFFER_INIT, MTMI_BUFFER_INIT, MTMI_BUFFER_INIT};
    mtmi_refusal refusal = {0, 0, 0, 0, 1, NULL, NULL, NULL, NULL};
    const mtmi_row row = {.record = refused->record, .record_size = refused->size};
    const char *found = refused->found != NULL ? refused->found : refused->record + refused->offset;
    size_t n_found = refused->found != NULL ? refused->found_size : refused->size - refused->offset, i;
    size_t most = refused->found != NULL ? MTMI_REFUSAL_FOUND : 40;
    mtm_status status;
    if (counter->refusals.n >= MTMI_REFUSALS_KEPT) {
        return MTM_OK;
    }
    mtmi_row_place(&row, refused->offset, &refusal.line, &refusal.column);
    if (!counter->table->spec->resource->withholds_text) { /* else a name or an id may stand in any cell */
        add_valid(&texts[0], refused->record,
                  refused->size < MTMI_REFUSAL_RECORD ? refused->size : MTMI_REFUSAL_RECORD);
        add_valid(&texts[1], found, n_found < most ? n_found : most);
    }
    mtmi_buffer_text(&texts[2], refused->expected == NULL ? "" : refused->expected);
    mtmi_buffer_text(&texts[3], refused->hint == NULL ? "" : refused->hint);
    refusal.record = texts[0].data;
    refusal.found = texts[1].data;
    refusal.expected = texts[2].data;
    refusal.hint = texts[3].data;
    refusal.code = refused->code;
    refusal.line = (int64_t)(counter->block << 32 | (counter->line + (uint64_t)refusal.line));
    if (texts[0].failed || texts[1].failed || texts[2].failed || texts[3].failed) {
        status = mtmi_error_memory(&counter->error);
    } else {
        status = mtmi_refusals_add(&counter->refusals, &refusal, &counter->error);
    }
    for (i = 0; i < 4; i++) {
        mtmi_buffer_free(&texts[i]);
    }
    return status;
}
