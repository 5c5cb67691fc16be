/* Fills the caller's mtm_error with one line of text. The line is cut at a character boundary and control characters in
 * it are escaped. */
#include "base/error.h"

#include "base/format.h"
#include "base/line.h"

#include <string.h>

static const char *const status_names[] = {
    "MTM_OK",
    "MTM_ERROR_ARGUMENT",
    "MTM_ERROR_MEMORY",
    "MTM_ERROR_IO",
    "MTM_ERROR_NOT_FOUND",
    "MTM_ERROR_ENCODING",
    "MTM_ERROR_STRUCTURE",
    "MTM_ERROR_VALUE",
    "MTM_ERROR_SCHEMA",
    "MTM_ERROR_RANGE",
    "MTM_ERROR_LIMIT",
    "MTM_ERROR_PATH",
    "MTM_ERROR_CANCELLED",
    "MTM_ERROR_UNSUPPORTED",
    "MTM_ERROR_DISCLOSURE",
    "MTM_ERROR_STATE",
};

const char *mtm_status_name(mtm_status status) {
    size_t i = (size_t)status;
    return i < sizeof status_names / sizeof *status_names ? status_names[i] : "MTM_ERROR_UNKNOWN";
}

/* Line breaks, escapes and other control characters never reach a message. */
static void flatten(char *text) {
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text < 0x20 || *text == 0x7f) {
            *text = ' ';
        }
    }
}

mtm_status mtmi_error_set(mtm_error *err, mtm_status status, int code, mtmi_place place, const char *format, ...) {
    if (err == NULL) {
        return status;
    }
    memset(err, 0, sizeof *err);
    err->status = (int32_t)status;
    err->code = code;
    err->line = place.line;
    err->column = place.column;
    if (place.subject != NULL) {
        mtmi_line subject = {err->subject, sizeof err->subject, 0, 0, 0};
        mtmi_line_text(&subject, place.subject);
        flatten(err->subject);
    }
    mtmi_line message = {err->message, sizeof err->message, 0, 0, 0};
    va_list arguments;
    va_start(arguments, format);
    mtmi_format(mtmi_line_add, &message, format, arguments);
    va_end(arguments);
    flatten(err->message);
    return status;
}

mtm_status mtmi_error_memory(mtm_error *err) {
    return mtmi_error_set(err, MTM_ERROR_MEMORY, 0, (mtmi_place){NULL, 0, 0}, "out of memory");
}

mtm_status mtmi_error_argument(mtm_error *err, const char *argument, const char *expected) {
    return mtmi_error_set(err, MTM_ERROR_ARGUMENT, 0, (mtmi_place){argument, 0, 0}, "expected %s", expected);
}

size_t mtm_error_describe(const mtm_error *error, char *buffer, size_t size) {
    mtmi_line out = {buffer, size, 0, 0, 0};
    char digits[24];
    if (size > 0) {
        buffer[0] = '\0';
    }
    if (error == NULL) {
        return 0;
    }
    if (error->subject[0] != '\0') {
        mtmi_line_text(&out, error->subject);
        for (int i = 0; i < 2; i++) {
            int64_t number = i == 0 ? error->line : error->column;
            if (number > 0 && error->line > 0) {
                mtmi_line_text(&out, ":");
                mtmi_line_add(&out, digits, mtmi_format_int(number, digits));
            }
        }
        mtmi_line_text(&out, ": ");
    }
    mtmi_line_text(&out, "error");
    if (error->code > 0) {
        size_t n = mtmi_format_int(error->code, digits);
        mtmi_line_text(&out, "[MTM-E");
        mtmi_line_add(&out, "000", n < 3 ? 3 - n : 0);
        mtmi_line_add(&out, digits, n);
        mtmi_line_text(&out, "]");
    }
    mtmi_line_text(&out, ": ");
    mtmi_line_text(&out, error->message);
    return out.needed;
}

mtm_status mtmi_options_copy(void *ours, size_t own_size, const void *options, const char *name, mtm_error *err) {
    if (options == NULL) {
        return MTM_OK;
    }
    size_t size = 0;
    memcpy(&size, options, sizeof size);
    if (size < sizeof size) {
        return mtmi_error_argument(err, name, "options whose size is set; begin with the _INIT macro");
    }
    for (size_t i = own_size; i < size; i++) {
        if (((const unsigned char *)options)[i] != 0) {
            return mtmi_error_argument(err, name, "no settings beyond those this version of the library knows");
        }
    }
    memcpy(ours, options, size < own_size ? size : own_size);
    memcpy(ours, &own_size, sizeof own_size);
    return MTM_OK;
}

int mtmi_info_fill(void *theirs, const void *ours, size_t own_size) {
    size_t size = 0;
    if (theirs != NULL) {
        memcpy(&size, theirs, sizeof size);
    }
    if (size <= sizeof size) {
        return 0;
    }
    const size_t known = size < own_size ? size : own_size;
    memcpy((char *)theirs + sizeof size, (const char *)ours + sizeof size, known - sizeof size);
    memset((char *)theirs + known, 0, size - known);
    return 1;
}
