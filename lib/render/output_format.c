/* In: the name of an output format. Out: the format.
 * Each format has its name and the ending its files have. Does not know how any is written. */
#include "base/error.h"
#include "base/text.h"

#include <mtm/format.h>

#include <string.h>

static const struct {
    const char *name;
    mtm_format format;
} names[] = {
    {"text", MTM_FORMAT_TEXT},         {"txt", MTM_FORMAT_TEXT},   {"markdown", MTM_FORMAT_MARKDOWN},
    {"md", MTM_FORMAT_MARKDOWN},       {"html", MTM_FORMAT_HTML},  {"htm", MTM_FORMAT_HTML},
    {"json", MTM_FORMAT_JSON},         {"csv", MTM_FORMAT_CSV},    {"sdmx-csv", MTM_FORMAT_SDMX_CSV},
    {"xlsx", MTM_FORMAT_XLSX},
};

mtm_status mtm_format_read(const char *text, mtm_format *out, mtm_error *err) {
    char name[32];
    if (text == NULL || out == NULL) {
        return mtmi_error_argument(err, text == NULL ? "text" : "out", "not NULL");
    }
    size_t length = mtmi_text_normalise(text, strlen(text), name, sizeof name);
    for (size_t i = 0; length < sizeof name && i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i].name, name) == 0) {
            *out = names[i].format;
            return MTM_OK;
        }
    }
    return mtmi_error_set(err, MTM_ERROR_VALUE, 0, (mtmi_place){"format", 0, 0},
                          "found %q, expected text, markdown, html, json, csv, sdmx-csv or xlsx", text);
}
