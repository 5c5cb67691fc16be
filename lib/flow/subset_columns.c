/* Reads subsets by what the fields of a resource declare. */
#include "flow/subset_columns.h"

#include "read/descriptor/resource.h"

#include <string.h>

static const json_t *mtm_of(const json_t *field) {
    return json_object_get(field, "mtm");
}

const json_t *mtmi_subset_at(const json_t *resource, size_t n) {
    size_t i;
    json_t *field;
    json_array_foreach((json_t *)(uintptr_t)json_object_get(json_object_get(resource, "schema"), "fields"), i, field) {
        const char *role = json_string_value(json_object_get(mtm_of(field), "role"));
        if (role != NULL && strcmp(role, "subset") == 0 && n-- == 0) {
            return field;
        }
    }
    return NULL;
}

size_t mtmi_subset_columns(const json_t *resource) {
    size_t n = 0;
    while (mtmi_subset_at(resource, n) != NULL) {
        n++;
    }
    return n;
}

static int append(json_t *by, const json_t *name) {
    return json_array_append_new(by, json_sprintf(MTMI_FILLED "%s", json_string_value(name))) == 0;
}

/* Who does not say is told by as many dimensions as a grouping takes: by none of its own where the columns need them. */
enum { DIMENSIONS_MOST = 7 };

json_t *mtmi_subset_by(const json_t *column, const json_t *by) {
    const json_t *wholes = json_object_get(mtm_of(column), "of");
    const int is_too_long = json_array_size(by) + 1 + json_array_size(wholes) > DIMENSIONS_MOST;
    json_t *out = by == NULL || is_too_long ? json_array() : json_copy((json_t *)(uintptr_t)by), *whole;
    size_t i;
    int good = out != NULL && append(out, json_object_get(column, "name"));
    json_array_foreach((json_t *)(uintptr_t)wholes, i, whole) {
        good = good && append(out, whole);
    }
    if (!good) {
        json_decref(out);
        return NULL;
    }
    return out;
}

int mtmi_subset_dimension(const char *dimension) {
    return mtmi_filled_column(dimension) != NULL;
}

/* What rows of an observation say in a column: '1' above 0, '0', '_' nothing. */
static char said(const mtm_dataset *dataset, size_t row, const json_t *name) {
    for (size_t d = 0; d < dataset->n_dimensions; d++) {
        const mtmi_dimension *dimension = &dataset->dimensions[d];
        const char *column = mtmi_filled_column(dimension->name);
        if (column != NULL && strcmp(column, json_string_value(name)) == 0) {
            return dimension->members[dimension->codes[row]].code[0];
        }
    }
    return '_';
}

int mtmi_subset_is_open(const json_t *column, const mtm_dataset *dataset, size_t row) {
    const json_t *wholes = json_object_get(mtm_of(column), "of");
    json_t *whole;
    size_t i;
    if (said(dataset, row, json_object_get(column, "name")) != '_') {
        return 0;
    }
    json_array_foreach((json_t *)(uintptr_t)wholes, i, whole) {
        if (said(dataset, row, whole) == '1') {
            return 1;
        }
    }
    return 0;
}
