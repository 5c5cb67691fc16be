/* Places in raw rows. What comes in: bytes of a row that may be anything. What goes out: line and character of a cell or of
 * a quote, and diagnostics. It does not know blocks beyond their number. */
#include "tabulate/refuse.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"

/* Walking a raw row byte by byte. */
struct step {
    const mtmi_table *table;
    const unsigned char *row;
    size_t size, at, cell;
    size_t opened;               /* where the quote of the cell at hand stands */
    int fresh, quoted, closed;
};

/* One byte on. Gives 1 when the byte is a quote that should not be there, or follows a closing quote. */
static int take(struct step *step) {
    unsigned char c = step->row[step->at];
    int is_quote = step->table->has_quote && c == step->table->quote;
    int next_same = step->at + 1 < step->size && step->row[step->at + 1] == c;
    int line_end = c == '\n' || (c == '\r' && step->at + 1 < step->size && step->row[step->at + 1] == '\n');
    int odd = 0;
    if (step->quoted) {
        if (is_quote && next_same) step->at++;
        else if (is_quote) step->quoted = 0, step->closed = 1;
    } else if (c == step->table->delimiter) {
        step->cell++;
        step->closed = 0;
    } else if (is_quote && step->fresh) {
        step->quoted = 1;
        step->opened = step->at;
    } else {
        odd = !line_end && (is_quote || step->closed);
    }
    step->fresh = !step->quoted && c == step->table->delimiter;
    step->at++;
    return odd;
}

/* The offset of a cell's first byte, or of the odd quote, or of the quote that is never closed. */
static size_t find(const mtmi_table *table, const mtmi_refused *refused) {
    struct step step = {table, refused->row, refused->size, 0, 0, 0, 1, 0, 0};
    if (refused->cell == MTMI_REFUSED_ROW || refused->cell == 0) return 0;
    while (step.at < step.size) {
        size_t at = step.at;
        if (step.fresh && step.cell == refused->cell) return at;
        if (take(&step) && refused->cell == MTMI_REFUSED_QUOTE) return at;
    }
    return refused->cell == MTMI_REFUSED_QUOTE && step.quoted ? step.opened : 0;
}

/* Text that is valid whatever the bytes: what is no UTF-8 becomes U+FFFD. */
static void add_valid(mtmi_buffer *out, const char *bytes, size_t size) {
    while (size > 0) {
        size_t n = mtmi_text_valid(bytes, size), k;
        for (k = 0; k < n && bytes[k] != '\0'; k++) {}
        mtmi_buffer_add(out, bytes, k);
        if (k == size) return;
        mtmi_buffer_text(out, "\xEF\xBF\xBD");
        bytes += k + 1;
        size -= k + 1;
    }
}

/* Line feeds before an offset, and the character of the line there. */
static void measure(const unsigned char *row, size_t size, size_t offset, uint64_t *lines, int64_t *column) {
    size_t i;
    *lines = 0;
    *column = 1;
    for (i = 0; i < offset; i++) {
        *column += (row[i] & 0xC0) != 0x80;
        if (row[i] != '\n' && (row[i] != '\r' || (i + 1 < size && row[i + 1] == '\n'))) continue;
        *lines += 1;
        *column = 1;
    }
}

mtm_status mtmi_refuse(mtmi_counter *counter, const mtmi_refused *refused) {
    mtmi_buffer texts[4] = {MTMI_BUFFER_INIT, MTMI_BUFFER_INIT, MTMI_BUFFER_INIT, MTMI_BUFFER_INIT};
    mtmi_refusal refusal = {0, 0, 0, 0, 1, NULL, NULL, NULL, NULL};
    mtm_status status = MTM_OK;
    size_t kept = refused->size, offset, i;
    uint64_t lines;
    if (counter->refusals.n >= MTMI_REFUSALS_KEPT) return MTM_OK;
    offset = find(counter->table, refused);
    while (kept > 0 && (refused->row[kept - 1] == '\n' || refused->row[kept - 1] == '\r')) kept--;
    if (kept > MTMI_REFUSAL_RECORD) kept = MTMI_REFUSAL_RECORD;
    measure(refused->row, refused->size, offset, &lines, &refusal.column);
    add_valid(&texts[0], (const char *)refused->row, kept);
    if (refused->found != NULL) add_valid(&texts[1], refused->found, refused->found_size < 256 ? refused->found_size : 256);
    else add_valid(&texts[1], (const char *)refused->row + offset, offset > kept ? 0 : kept - offset < 40 ? kept - offset : 40);
    mtmi_buffer_text(&texts[2], refused->expected == NULL ? "" : refused->expected);
    mtmi_buffer_text(&texts[3], refused->hint == NULL ? "" : refused->hint);
    refusal.hint = texts[3].data;
    refusal.record = texts[0].data;
    refusal.found = texts[1].data;
    refusal.expected = texts[2].data;
    refusal.code = refused->code;
    refusal.line = (int64_t)(counter->block << 32 | (counter->line + lines));
    if (texts[0].failed || texts[1].failed || texts[2].failed || texts[3].failed) status = mtmi_error_memory(&counter->error);
    else status = mtmi_refusals_add(&counter->refusals, &refusal, &counter->error);
    for (i = 0; i < 4; i++) mtmi_buffer_free(&texts[i]);
    return status;
}
