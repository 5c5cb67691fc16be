/* Reading one file as a dataset. What comes in: a path or bytes, and options. What goes out: a dataset, or the first
 * error. It does not know data packages. */
#include "base/error.h"
#include "base/json_read.h"
#include "base/memory.h"
#include "read/open_file.h"

#include <string.h>

static mtm_status read_source(mtmi_source *source, const char *name, const mtm_read_options *options, mtm_dataset **out,
                              mtm_error *err) {
    mtmi_resource *resource = NULL;
    mtm_status status = mtmi_open_resource(options, name, &resource, err);

    if (status == MTM_OK) {
        mtmi_source *sources[1] = {source};
        status = mtmi_read_resource(resource, sources, 1, options, NULL, out, err);
    }
    mtmi_resource_free(resource);
    return status;
}

mtm_status mtm_dataset_read(const char *path, const mtm_read_options *options, mtm_dataset **out, mtm_error *err) {
    mtm_read_options own = MTM_READ_OPTIONS_INIT;
    mtmi_source *source = NULL;
    mtm_status status;

    if (path == NULL || out == NULL) {
        return mtmi_error_argument(err, path == NULL ? "path" : "out", "not NULL");
    }
    *out = NULL;
    status = mtmi_options_copy(&own, sizeof own, options, "options", err);
    if (status == MTM_OK) {
        status = mtmi_open_path(path, own.max_expansion, &source, err);
    }
    if (status == MTM_OK) {
        status = read_source(source, path, &own, out, err);
    }
    mtmi_source_free(source);
    return status;
}

mtm_status mtm_dataset_read_memory(const void *bytes, size_t n_bytes, const char *name, const mtm_read_options *options,
                                   mtm_dataset **out, mtm_error *err) {
    mtm_read_options own = MTM_READ_OPTIONS_INIT;
    mtmi_source *source = NULL;
    mtm_status status;

    if ((bytes == NULL && n_bytes > 0) || name == NULL || out == NULL) {
        return mtmi_error_argument(err, out == NULL ? "out" : name == NULL ? "name" : "bytes", "not NULL");
    }
    *out = NULL;
    status = mtmi_options_copy(&own, sizeof own, options, "options", err);
    if (status == MTM_OK) {
        status = mtmi_open_memory(bytes, n_bytes, name, own.max_expansion, &source, err);
    }
    if (status == MTM_OK) {
        status = read_source(source, name, &own, out, err);
    }
    mtmi_source_free(source);
    return status;
}
