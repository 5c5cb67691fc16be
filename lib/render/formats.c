/* The output formats: one table, made of the list in forms.h. Everything that names a format, its endings, its views or
 * the function that writes it asks here. Numbers of formats never change; a new one goes at the end. */
#include "render/forms.h"

#include "base/error.h"
#include "base/text.h"

#include <string.h>

typedef struct output_format {
    mtm_format format;
    const char *name, *endings; /* of files, separated by spaces */
    int32_t properties;         /* bits of mtm_format_property */
    mtmi_form form;
} output_format;

#define MTMI_FORMAT_ROW(id, name, endings, properties, form)                                                           \
    {MTM_FORMAT_##id, name, endings, properties, mtmi_form_##form},
static const output_format formats[] = {MTMI_FORMATS(MTMI_FORMAT_ROW)};

enum { N_FORMATS = sizeof formats / sizeof *formats };

static const output_format *find_format(mtm_format format) {
    for (size_t i = 0; i < N_FORMATS; i++) {
        if (formats[i].format == format) {
            return &formats[i];
        }
    }
    return NULL;
}

mtmi_form mtmi_form_of(mtm_format format) {
    const output_format *found = find_format(format);
    return found != NULL ? found->form : NULL;
}

const char *mtm_format_name(mtm_format format) {
    const output_format *found = find_format(format);
    return found != NULL ? found->name : NULL;
}

int32_t mtm_format_properties(mtm_format format) {
    const output_format *found = find_format(format);
    return found != NULL ? found->properties : 0;
}

static int is_ending(const char *endings, const char *name) {
    size_t n = strlen(name);
    for (const char *at = endings; n > 0 && (at = strstr(at, name)) != NULL; at += n) {
        if ((at == endings || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0')) {
            return 1;
        }
    }
    return 0;
}

/* Names the formats that there are. */
static mtm_status refuse_name(const char *text, mtm_error *err) {
    mtmi_buffer names = MTMI_BUFFER_INIT;
    mtm_status status;
    for (size_t i = 0; i < N_FORMATS; i++) {
        mtmi_buffer_text(&names, i == 0 ? "" : i + 1 < N_FORMATS ? ", " : " or ");
        mtmi_buffer_text(&names, formats[i].name);
    }
    status = names.failed ? mtmi_error_memory(err)
                          : mtmi_error_set(err, MTM_ERROR_VALUE, 0, (mtmi_place){"format", 0, 0},
                                           "found %q, expected %s", text, names.data);
    mtmi_buffer_free(&names);
    return status;
}

mtm_status mtm_format_read(const char *text, mtm_format *out, mtm_error *err) {
    char name[32];
    if (text == NULL || out == NULL) {
        return mtmi_error_argument(err, text == NULL ? "text" : "out", "not NULL");
    }
    size_t length = mtmi_text_normalise(text, strlen(text), name, sizeof name);
    for (size_t i = 0; length < sizeof name && i < N_FORMATS; i++) {
        if (strcmp(formats[i].name, name) == 0 || is_ending(formats[i].endings, name)) {
            *out = formats[i].format;
            return MTM_OK;
        }
    }
    return refuse_name(text, err);
}
