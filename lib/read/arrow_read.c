/* Reads an Arrow stream as a dataset. Where no resource is given, the stream's metadata is followed, as
 * mtm_dataset_arrow() writes it. */
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "read/arrow/arrow_rows.h"
#include "read/arrow/ipc_stream.h"
#include "read/container.h"
#include "read/open_file.h"

#include <string.h>

#define VALUE_SIZE 256

/* ---- metadata ---- */

static int32_t take_length(const char **at) {
    int32_t length;
    memcpy(&length, *at, sizeof length);
    *at += sizeof length;
    return length;
}

/* The value of a key, as text of less than 256 bytes; 0 when there is none. */
static int find_value(const char *metadata, const char *key, char out[VALUE_SIZE]) {
    const char *at = metadata;
    int32_t n = at != NULL ? take_length(&at) : 0;
    for (int32_t i = 0; i < n; i++) {
        int32_t length = take_length(&at);
        int same = length >= 0 && (size_t)length == strlen(key) && memcmp(at, key, (size_t)length) == 0;
        if (length < 0) {
            return 0;
        }
        at += length;
        length = take_length(&at);
        if (length < 0) {
            return 0;
        }
        if (same && length < VALUE_SIZE && memchr(at, '\0', (size_t)length) == NULL) {
            memcpy(out, at, (size_t)length);
            out[length] = '\0';
            return 1;
        }
        at += length;
    }
    return 0;
}

/* *out is what the key says; NULL when it says nothing. 0 when memory ran out. */
static int copy_value(const char *metadata, const char *key, char **out) {
    char value[VALUE_SIZE];
    if (*out != NULL || !find_value(metadata, key, value)) {
        return 1;
    }
    *out = mtmi_memory_copy_text(value);
    return *out != NULL;
}

static mtmi_role role_of(const char *name) {
    for (int role = MTMI_ROLE_INFER + 1; role <= MTMI_ROLE_LAST; role++) {
        if (strcmp(mtmi_role_name((mtmi_role)role), name) == 0) {
            return (mtmi_role)role;
        }
    }
    return MTMI_ROLE_INFER;
}

/* A field of the resource for a column whose metadata states its role. */
static int add_field(mtmi_resource *resource, const struct ArrowSchema *column) {
    char role[VALUE_SIZE];
    mtmi_field *field = &resource->fields[resource->n_fields];
    if (column->name == NULL || !find_value(column->metadata, "mtm:role", role)) {
        return 1;
    }
    resource->n_fields++;
    field->role = role_of(role);
    field->name = mtmi_memory_copy_text(column->name);
    return field->name != NULL && copy_value(column->metadata, "mtm:dimension", &field->dimension) &&
           copy_value(column->metadata, "mtm:codelist", &field->codelist);
}

static int follow_columns(mtmi_resource *resource, const struct ArrowSchema *schema) {
    size_t n = (size_t)schema->n_children;
    resource->fields = mtmi_memory_new(n, sizeof *resource->fields);
    if (resource->fields == NULL) {
        return 0;
    }
    for (size_t i = 0; i < n; i++) {
        if (!add_field(resource, schema->children[i])) {
            return 0;
        }
    }
    return 1;
}

static void follow_kind(mtmi_resource *resource, const char *metadata) {
    static const char *const kinds[] = {"flow", "stock", "share"};
    char value[VALUE_SIZE];
    for (int i = 0; i < 3 && find_value(metadata, "mtm:kind", value); i++) {
        if (strcmp(value, kinds[i]) == 0) {
            resource->kind = i + 1;
        }
    }
    if (find_value(metadata, "mtm:multiplier", value)) {
        int negative = value[0] == '-', digit = value[negative], more = digit != '\0' ? value[negative + 1] : 0;
        int number = digit >= '0' && digit <= '9' ? digit - '0' : 0;
        number = more >= '0' && more <= '9' ? number * 10 + more - '0' : number;
        resource->multiplier_given = 1;
        resource->multiplier = negative ? -number : number <= 18 ? number : 0;
    }
}

static mtm_status follow(mtmi_resource *resource, const struct ArrowSchema *schema, mtm_error *err) {
    follow_kind(resource, schema->metadata);
    return copy_value(schema->metadata, "mtm:concept", &resource->concept) &&
                   copy_value(schema->metadata, "mtm:unit", &resource->unit) && follow_columns(resource, schema)
               ? MTM_OK
               : mtmi_error_memory(err);
}

/* ---- reading ---- */

mtm_status mtmi_read_arrow(struct ArrowArrayStream *stream, const char *name, const mtm_read_options *options,
                           mtmi_check_log *log, mtm_dataset **out, mtm_error *err) {
    mtmi_limits limits = mtmi_limits_of(options);
    mtmi_resource *resource = NULL;
    mtmi_rows *rows = NULL;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_arrow_rows_new(stream, name, &limits, &rows, err));
    MTMI_TRY(mtmi_open_resource(options, name, &resource, err));
    if (options->resource == NULL) {
        MTMI_TRY(follow(resource, mtmi_arrow_rows_schema(rows), err));
    }
    if (log != NULL) {
        MTMI_TRY(mtmi_check_start(log, name, resource->name, err));
        mtmi_check_withhold(log, resource->withholds_text, resource->microdata);
    }
    resource->dialect.has_header = 1; /* the names of the columns, always */
    resource->dialect.header_rows = 1;
    resource->dialect.skip_rows = 0;
    MTMI_TRY(mtmi_read_rows(resource, &rows, 1, options, log, out, err));
out:
    mtmi_resource_free(resource);
    mtmi_rows_free(rows);
    return status;
}

mtm_status mtmi_read_ipc(mtmi_source *source, const char *name, const mtm_read_options *options, mtmi_check_log *log,
                         mtm_dataset **out, mtm_error *err) {
    const mtmi_limits limits = mtmi_limits_of(options);
    struct ArrowArrayStream stream;
    MTMI_CHECK_STATUS(mtmi_ipc_stream(source, &limits, &stream, err));
    return mtmi_read_arrow(&stream, name, options, log, out, err);
}
