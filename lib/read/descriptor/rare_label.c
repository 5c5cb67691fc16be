/* Looks a label up in all that the resource itself declares of a dimension. */
#include "read/descriptor/rare_label.h"

#include "read/descriptor/resource.h"

#include <string.h>

#define HIDDEN "\xE2\x8B\xAF" /* U+22EF, the mark of reports */

static int is_category(const mtmi_field *field, const char *label) {
    for (size_t i = 0; i < field->categories.n; i++) {
        if (strcmp(field->categories.marks[i], label) == 0) {
            return 1;
        }
    }
    for (size_t i = 0; i < field->n_aliases; i++) {
        if (strcmp(field->aliases[i].value, label) == 0) {
            return 1;
        }
    }
    return 0;
}

static int is_framed(const mtmi_frame_list *frame, const char *label) {
    for (size_t i = 0; i < frame->n; i++) {
        if (strcmp(frame->members[i].code, label) == 0) {
            return 1;
        }
    }
    return 0;
}

static int is_declared(const mtmi_resource *resource, const char *dimension, const char *label) {
    for (size_t i = 0; i < resource->n_fields; i++) {
        const mtmi_field *field = &resource->fields[i];
        if (field->dimension != NULL && strcmp(field->dimension, dimension) == 0 && is_category(field, label)) {
            return 1;
        }
    }
    for (size_t i = 0; i < resource->n_frames; i++) {
        if (strcmp(resource->frames[i].dimension, dimension) == 0 && is_framed(&resource->frames[i], label)) {
            return 1;
        }
    }
    return 0;
}

int mtmi_label_is_rare(const mtmi_resource *resource, const char *dimension, const char *label, int64_t rows) {
    return resource->withholds_text && rows < MTMI_TOLD_LEAST && !is_declared(resource, dimension, label);
}

void mtmi_label_withhold(size_t file, int64_t line, mtmi_buffer *out) {
    mtmi_buffer_text(out, HIDDEN " ");
    if (file > 0) {
        mtmi_buffer_format(out, "%zu.", file);
    }
    mtmi_buffer_int(out, line);
}
