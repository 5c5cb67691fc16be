/* Writes the refused rows of a check as CSV, each verbatim with its place, code and reason. */
#include "read/check/check_internal.h"

#include "base/csv_cell.h"

#include <string.h>

static void write_int(mtmi_buffer *out, int64_t number) {
    if (number > 0) {
        mtmi_buffer_int(out, number);
    }
    mtmi_buffer_char(out, ',');
}

static void write_row(const mtmi_check_entry *entry, mtmi_buffer *reason, mtmi_buffer *out) {
    char code[MTMI_CHECK_CODE];
    mtmi_check_code(entry, code);
    mtmi_buffer_clear(reason);
    mtmi_check_reason(entry, reason);
    mtmi_csv_cell(out, entry->subject);
    mtmi_buffer_char(out, ',');
    write_int(out, entry->line);
    write_int(out, entry->column);
    mtmi_csv_cell(out, code);
    mtmi_buffer_char(out, ',');
    mtmi_csv_cell(out, reason->data);
    mtmi_buffer_char(out, ',');
    mtmi_csv_cell(out, entry->record);
    mtmi_buffer_char(out, '\n');
}

/* One row may be refused for several cells: it is written once, with the first reason. */
static int is_row(const mtmi_check_entry *entry, const mtmi_check_entry *last) {
    if (!entry->error || (entry->record[0] == '\0' && !entry->withheld)) {
        return 0;
    }
    return last == NULL || last->file != entry->file || last->line != entry->line ||
           strcmp(last->record, entry->record) != 0;
}

void mtmi_check_csv(const mtm_check *check, mtmi_buffer *out) {
    mtmi_buffer reason = MTMI_BUFFER_INIT;
    const mtmi_check_entry *last = NULL;
    int64_t left_out = mtm_check_rows(check, MTM_ROWS_REJECTED);
    mtmi_buffer_text(out, "file,line,column,code,reason,record\n");
    for (size_t i = 0; i < check->n_entries; i++) {
        if (is_row(&check->entries[i], last)) {
            last = &check->entries[i];
            write_row(last, &reason, out);
            left_out--;
        }
    }
    if (left_out > 0 && check->errors + check->notes > (int64_t)check->n_entries) {
        mtmi_buffer_format(out, ",,,,%lld more refused rows were counted and not kept,\n", (long long)left_out);
    }
    out->failed |= reason.failed;
    mtmi_buffer_free(&reason);
}
