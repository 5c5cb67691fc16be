/* In: a check and a form. Out: the document.
 * One switch; what the forms have in common. Does not know how any of them is written. */
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

mtm_status mtm_check_render(const mtm_check *check, mtm_format format, const mtm_render_options *options,
                            mtm_text **out, mtm_error *err) {
    mtm_render_options settings = MTM_RENDER_OPTIONS_INIT;
    mtmi_buffer buffer = MTMI_BUFFER_INIT;
    mtm_status status;

    if (out != NULL) {
        *out = NULL;
    }
    if (check == NULL || out == NULL) {
        return mtmi_error_argument(err, check == NULL ? "check" : "out", "not NULL");
    }
    status = mtmi_options_copy(&settings, sizeof settings, options, "options", err);
    if (status == MTM_OK && (settings.width < 0 || settings.width > 1000)) {
        status = mtmi_error_argument(err, "options.width", "0 to 1000");
    }
    if (status != MTM_OK) {
        return status;
    }
    switch (format) {
    case MTM_FORMAT_TEXT: mtmi_check_text(check, settings.width, settings.colour != 0, &buffer); break;
    case MTM_FORMAT_JSON: mtmi_check_json(check, &buffer); break;
    case MTM_FORMAT_CSV: mtmi_check_csv(check, &buffer); break;
    default:
        return mtmi_error_set(err, MTM_ERROR_UNSUPPORTED, 0, (mtmi_place){"format", 0, 0},
                              "expected text, json or csv for a check");
    }
    return mtmi_buffer_finish(&buffer, out, err);
}
