/* Opens what a caller names: a path, bytes, a descriptor, with the resource that describes it and the limits in
 * force. */
#include "read/container.h"
#include "base/try.h"
#include "read/open_file.h"
#include "read/sheets.h"

#include "base/error.h"
#include "base/json_read.h"
#include "base/memory.h"

#include <string.h>

static int ends_with(const char *text, const char *end) {
    size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

static mtm_status unpack(mtmi_source *inner, uint64_t max_expansion, mtmi_source **out, mtm_error *err) {
    return mtmi_source_gzip(inner, max_expansion > 0 ? max_expansion : UINT64_C(4) << 30, out, err);
}

/* What cannot be named .gz says by its first bytes whether it is packed. */
static mtm_status is_packed(const mtm_source *from, mtmi_source *source, int *packed, mtm_error *err) {
    const char *head = NULL;
    size_t got = 0;
    if (from->kind == MTM_SOURCE_PATH || from->kind == MTM_SOURCE_BYTES) {
        const char *name = from->kind == MTM_SOURCE_PATH ? from->path : from->name;
        *packed = ends_with(name, ".gz");
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(mtmi_source_peek(source, 2, &head, &got, err));
    *packed = got == 2 && memcmp(head, "\x1F\x8B", 2) == 0;
    return MTM_OK;
}

mtm_status mtmi_take_reading(const mtm_source *source, const mtm_read_options *options, int has_out, mtm_source *from,
                             mtm_read_options *own, mtm_error *err) {
    MTMI_CHECK_STATUS(mtmi_source_take(source, from, err));
    mtm_status status = has_out ? mtmi_options_copy(own, sizeof *own, options, "options", err)
                                : mtmi_error_argument(err, "out", "not NULL");
    if (status != MTM_OK) {
        mtmi_source_drop(from);
    }
    return status;
}

mtm_status mtmi_open_source(mtm_source *from, uint64_t max_expansion, mtmi_source **out, mtm_error *err) {
    mtmi_source *inner = NULL;
    int packed = 0;
    mtm_status status = MTM_OK;

    *out = NULL;
    MTMI_TRY(mtmi_source_from(from, &inner, err));
    MTMI_TRY(is_packed(from, inner, &packed, err));
out:
    if (status != MTM_OK) {
        mtmi_source_free(inner);
        return status;
    }
    if (packed) {
        return unpack(inner, max_expansion, out, err);
    }
    *out = inner;
    return MTM_OK;
}

/* "folder/arrivals.csv.gz" is named "arrivals". */
static char *plain_name(const char *path) {
    const char *slash = strrchr(path, '/'), *name = slash == NULL ? path : slash + 1;
    size_t n = strcspn(name, ".");
    return n == 0 ? mtmi_memory_copy_text(name) : mtmi_memory_copy_bytes(name, n);
}

mtm_status mtmi_open_resource(const mtm_read_options *options, const char *name, mtmi_resource **out, mtm_error *err) {
    json_t *json = NULL;
    mtm_status status = MTM_OK;

    *out = NULL;
    if (options->resource == NULL) {
        MTMI_TRY(mtmi_resource_new(NULL, out, err));
    } else {
        MTMI_TRY(mtmi_json_load(options->resource, strlen(options->resource), "resource", &json, err));
        MTMI_TRY(mtmi_resource_read(json, "resource", out, err));
    }
    if ((*out)->name == NULL) {
        (*out)->name = plain_name(name);
        MTMI_TRY((*out)->name == NULL ? mtmi_error_memory(err) : MTM_OK);
    }
out:
    json_decref(json);
    return status;
}

/* With a log, a file that cannot be cut into rows is an entry there; the others are read all the same. */
static mtm_status open_rows(const mtmi_resource *resource, mtmi_source *source, const mtmi_limits *limits,
                            mtmi_check_log *log, mtmi_rows **out, mtm_error *err) {
    mtm_error found = {0};
    mtm_status status = mtmi_rows_open(resource, source, limits, log, out, &found);
    if (status == MTM_OK && mtmi_source_can_seek(source)) {
        (*out)->source = source;
    }

    if (status != MTM_OK && log != NULL && status != MTM_ERROR_MEMORY) {
        return mtmi_check_refuse(log, &found, err);
    }
    if (status != MTM_OK && err != NULL) {
        *err = found;
    }
    return status;
}

/* The rows of all sources, in order. */
typedef struct row_list {
    mtmi_rows **at;
    size_t n, capacity;
    int lacks; /* a source, of which the log says why */
} row_list;

static mtm_status add_rows(row_list *list, mtmi_rows *rows, mtm_error *err) {
    void *at = list->at;
    if (rows == NULL) {
        list->lacks = 1;
        return MTM_OK;
    }
    if (!mtmi_memory_reserve(&at, &list->capacity, list->n + 1, sizeof(mtmi_rows *))) {
        mtmi_rows_free(rows);
        return mtmi_error_memory(err);
    }
    list->at = at;
    list->at[list->n++] = rows;
    return MTM_OK;
}

/* Each sheet of a workbook that is a part of the table. The log names the first one as its rows do. */
static mtm_status open_sheets(const mtmi_resource *resource, mtmi_source *source, const mtmi_limits *limits,
                              mtmi_check_log *log, row_list *list, mtm_error *err) {
    mtmi_rows **sheets = NULL;
    const int is_first = list->n == 0;
    mtm_error found = {0};
    size_t n = 0, taken = 0;
    mtm_status status = mtmi_sheets_open(resource, source, limits, log, &sheets, &n, &found);
    if (status != MTM_OK && log != NULL && status != MTM_ERROR_MEMORY) {
        list->lacks = 1;
        status = mtmi_check_refuse(log, &found, err);
        goto out;
    }
    if (status != MTM_OK && err != NULL) {
        *err = found;
    }
    MTMI_TRY(status);
    while (taken < n) {
        taken++;
        MTMI_TRY(add_rows(list, sheets[taken - 1], err));
    }
    if (log != NULL && is_first && n > 0) {
        MTMI_TRY(mtmi_check_rename(log, list->at[0]->name, err));
        MTMI_TRY(mtmi_sheets_say(list->at, list->n, log, err));
    }
out:
    for (; taken < n; taken++) {
        mtmi_rows_free(sheets[taken]);
    }
    mtmi_memory_free(sheets);
    return status;
}

static mtm_status open_all(const mtmi_resource *resource, mtmi_source *const *sources, size_t n,
                           const mtmi_limits *limits, mtmi_check_log *log, row_list *list, mtm_error *err) {
    for (size_t i = 0; i < n; i++) {
        mtmi_rows *rows = NULL;
        if (log != NULL && list->n == 0) {
            MTMI_CHECK_STATUS(mtmi_check_start(log, mtmi_source_name(sources[i]), resource->name, err));
            mtmi_check_withhold(log, resource->withholds_text, resource->microdata);
        }
        if (resource->dialect.alike) {
            MTMI_CHECK_STATUS(open_sheets(resource, sources[i], limits, log, list, err));
            continue;
        }
        MTMI_CHECK_STATUS(open_rows(resource, sources[i], limits, log, &rows, err));
        MTMI_CHECK_STATUS(add_rows(list, rows, err));
    }
    return MTM_OK;
}

mtm_status mtmi_read_resource(const mtmi_resource *resource, mtmi_source *const *sources, size_t n_sources,
                              const mtm_read_options *options, mtmi_check_log *log, mtm_dataset **out, mtm_error *err) {
    mtmi_limits limits = mtmi_limits_of(options);
    row_list rows = {NULL, 0, 0, 0};
    mtm_status status = open_all(resource, sources, n_sources, &limits, log, &rows, err);

    if (status == MTM_OK && !rows.lacks && rows.n > 0) {
        status = mtmi_read_rows(resource, rows.at, rows.n, options, log, out, err);
    }
    for (size_t i = 0; i < rows.n; i++) {
        mtmi_rows_free(rows.at[i]);
    }
    mtmi_memory_free(rows.at);
    return status;
}
