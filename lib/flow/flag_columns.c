/* Reads flags by what the fields of a resource declare. */
#include "flow/flag_columns.h"

#include "base/diagnostic.h"
#include "base/error.h"
#include "base/try.h"
#include "read/table/row_label.h"

#include <string.h>

static const json_t *fields_of(const json_t *resource) {
    return json_object_get(json_object_get(resource, "schema"), "fields");
}

/* The members that a flag tells; NULL where the field is none. */
static const json_t *members_of(const json_t *field) {
    const json_t *mtm = json_object_get(field, "mtm");
    const char *role = json_string_value(json_object_get(mtm, "role"));
    return role != NULL && strcmp(role, "flag") == 0 ? json_object_get(mtm, "members") : NULL;
}

static const char *dimension_of(const json_t *field) {
    return json_object_iter_key(json_object_iter((json_t *)(uintptr_t)members_of(field)));
}

size_t mtmi_flag_columns(const json_t *resource) {
    size_t n = 0, i;
    json_t *field;
    json_array_foreach((json_t *)(uintptr_t)fields_of(resource), i, field) {
        n += dimension_of(field) != NULL;
    }
    return n;
}

static const json_t *field_of(const json_t *resource, const char *column) {
    size_t i;
    json_t *field;
    json_array_foreach((json_t *)(uintptr_t)fields_of(resource), i, field) {
        const char *name = json_string_value(json_object_get(field, "name"));
        if (name != NULL && dimension_of(field) != NULL && strcmp(name, column) == 0) {
            return field;
        }
    }
    return NULL;
}

const char *mtmi_flag_dimension(const json_t *resource, const char *column) {
    return dimension_of(field_of(resource, column));
}

int mtmi_flag_tells(const json_t *resource, const char *dimension, const char *code) {
    size_t i;
    json_t *field;
    json_array_foreach((json_t *)(uintptr_t)fields_of(resource), i, field) {
        const char *own = json_string_value(json_object_get(members_of(field), dimension));
        if (own != NULL && strcmp(own, code) == 0) {
            return 1;
        }
    }
    return 0;
}

/* The columns of the flags of a dimension; how many there are. */
static int add_columns(const json_t *resource, const char *dimension, json_t *out, size_t *n) {
    size_t i;
    json_t *field;
    json_array_foreach((json_t *)(uintptr_t)fields_of(resource), i, field) {
        const char *own = dimension_of(field);
        if (own != NULL && strcmp(own, dimension) == 0) {
            (*n)++;
            if (json_array_append(out, json_object_get(field, "name")) != 0) {
                return 0;
            }
        }
    }
    return 1;
}

json_t *mtmi_flags_instead(const json_t *resource, const json_t *by) {
    json_t *out = json_array(), *dimension;
    int whole = out != NULL;
    size_t i;
    json_array_foreach((json_t *)(uintptr_t)by, i, dimension) {
        const char *name = json_string_value(dimension);
        size_t n = 0;
        whole = whole && (name == NULL || add_columns(resource, name, out, &n));
        whole = whole && (n > 0 || json_array_append(out, dimension) == 0);
    }
    if (!whole) {
        json_decref(out);
        return NULL;
    }
    return out;
}

static mtm_status refuse(const mtm_dataset *dataset, size_t row, const char *found, const char *column,
                         mtm_error *err) {
    return mtmi_error_set(
        err, MTM_ERROR_VALUE, MTMI_CODE_FLAG, (mtmi_place){mtmi_dataset_file(dataset, row), dataset->lines[row], 0},
        "found %q under %q, expected 1 or 0; correct the cell, or give the field another role", found, column);
}

mtm_status mtmi_flags_read(const json_t *resource, const mtm_dataset *dataset, size_t row, const char *dimension,
                           mtmi_flags_said *said, mtmi_buffer *out, mtm_error *err) {
    int empty = 0;
    for (size_t d = 0; d < dataset->n_dimensions; d++) {
        const mtmi_dimension *own = &dataset->dimensions[d];
        const json_t *field = field_of(resource, own->name);
        const mtmi_member *member = &own->members[own->codes[row]];
        if (field == NULL || strcmp(dimension_of(field), dimension) != 0) {
            continue;
        }
        if (member->kind == MTM_MEMBER_UNKNOWN) {
            empty = 1;
            continue;
        }
        const int truth = mtmi_label_truth(member->code, strlen(member->code));
        if (truth < 0) {
            return refuse(dataset, row, member->code, own->name, err);
        }
        if (truth == 1) {
            mtmi_buffer_text(out, out->size > 0 ? "; " : "");
            mtmi_buffer_text(out, json_string_value(json_object_get(members_of(field), dimension)));
        }
    }
    *said = out->size > 0 ? MTMI_FLAGS_SET : empty ? MTMI_FLAGS_NOT_STATED : MTMI_FLAGS_NONE;
    return out->failed ? mtmi_error_memory(err) : MTM_OK;
}
