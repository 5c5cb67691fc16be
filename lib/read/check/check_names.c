/* Names of outcomes and codes, and the reason of a diagnostic in words: what all formats of a check share. */
#include "read/check/check_internal.h"

#include "base/error.h"

#include <string.h>

const char *mtmi_outcome_name(mtm_outcome outcome) {
    static const char *const names[] = {"ok", "ok-with-notes", "rejected-rows", "error"};
    return (size_t)outcome < sizeof names / sizeof *names ? names[outcome] : "error";
}

mtm_outcome mtmi_check_file_outcome(const mtmi_check_file *file) {
    if (file->failed) {
        return MTM_OUTCOME_ERROR;
    }
    if (file->rows[MTM_ROWS_REJECTED] > 0) {
        return MTM_OUTCOME_REJECTED_ROWS;
    }
    return file->errors > 0 ? MTM_OUTCOME_ERROR : file->notes > 0 ? MTM_OUTCOME_NOTES : MTM_OUTCOME_OK;
}

void mtmi_check_code(const mtmi_check_entry *entry, char out[MTMI_CHECK_CODE]) {
    unsigned code = entry->code < 0 || entry->code > 999 ? 0 : (unsigned)entry->code;
    memcpy(out, "MTM-E000", 9);
    out[4] = entry->error ? 'E' : 'N';
    for (int i = 7; i >= 5; i--, code /= 10) {
        out[i] = (char)('0' + code % 10);
    }
}

void mtmi_check_reason(const mtmi_check_entry *entry, mtmi_buffer *out) {
    char found[MTMI_QUOTE_SIZE];
    if (entry->found[0] != '\0') {
        mtmi_error_quote(entry->found, strlen(entry->found), found, sizeof found);
        mtmi_buffer_text(out, entry->prose == 2 ? "" : "found ");
        mtmi_buffer_text(out, entry->prose ? entry->found : found);
    }
    if (entry->expected[0] != '\0') {
        mtmi_buffer_text(out, entry->found[0] != '\0' ? ", expected " : "expected ");
        mtmi_buffer_text(out, entry->expected);
    }
    if (entry->hint[0] != '\0') {
        mtmi_buffer_text(out, "; ");
        mtmi_buffer_text(out, entry->hint);
    }
}
