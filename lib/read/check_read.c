/* Checks a file or a package: reads it as mtm_dataset_read() does, with a log, and keeps no dataset. */
#include "base/error.h"
#include "base/io.h"
#include "base/memory.h"
#include "base/try.h"
#include "read/descriptor/descriptor.h"
#include "read/check_registration.h"
#include "read/check_survey.h"
#include "read/container.h"
#include "read/gazetteer_read.h"
#include "read/open_file.h"

#include <fcntl.h>
#include <string.h>

enum {
    DESCRIPTION = 4 << 20, /* bytes: what is longer is records */
    MOST_SHOWN = 10000
};

static int ends_with(const char *text, const char *end) {
    size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

static int is_folder(const char *path) {
    int descriptor = mtmi_io_open(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_NONBLOCK, 0);

    if (descriptor >= 0) {
        mtmi_io_close(descriptor);
    }
    return descriptor >= 0;
}

/* What the check could not read is part of what it found; only these end it. */
static int ends_check(mtm_status status) {
    return status == MTM_ERROR_MEMORY || status == MTM_ERROR_CANCELLED || status == MTM_ERROR_ARGUMENT;
}

static mtm_status log_failure(mtm_check *check, mtm_status status, const mtm_error *found, mtm_error *err) {
    if (status == MTM_OK || ends_check(status)) {
        if (status != MTM_OK && err != NULL) {
            *err = *found;
        }
        return status;
    }
    return mtmi_check_refuse(check, found, err);
}

static mtm_status read_logged(const mtmi_resource *resource, mtmi_source *const *sources, size_t n,
                              const mtm_read_options *options, mtm_check *check, mtm_error *err) {
    return resource->registrations ? mtmi_check_registration(resource, sources, n, options, check, err)
                                   : mtmi_read_resource(resource, sources, n, options, check, NULL, err);
}

static mtm_status check_resource(const mtmi_descriptor *descriptor, const mtmi_resource *resource,
                                 const mtm_read_options *options, mtm_check *check, mtm_error *err) {
    mtmi_source **sources = NULL;
    mtm_error found = {0};
    size_t n = 0;
    mtm_status status = mtmi_descriptor_open(descriptor, resource, options->max_expansion, &sources, &n, &found);

    if (status == MTM_OK) {
        status = read_logged(resource, sources, n, options, check, &found);
    } else if (!ends_check(status) && mtmi_check_start(check, resource->paths[0], resource->name, err) != MTM_OK) {
        status = MTM_ERROR_MEMORY;
    }
    mtmi_sources_free(sources, n);
    return log_failure(check, status, &found, err);
}

static mtm_status check_package(const char *path, const mtm_read_options *options, mtm_check *check, mtm_error *err) {
    mtmi_descriptor *descriptor = NULL;
    mtm_error found = {0};
    mtm_status status = mtmi_descriptor_read(path, options->as_of, &descriptor, &found);

    check->package = 1;
    status = status == MTM_OK ? mtmi_gazetteer_read(descriptor, options, &found) : status;
    MTMI_TRY(log_failure(check, status, &found, err));
    for (size_t i = 0; descriptor != NULL && i < descriptor->n_resources; i++) {
        const mtmi_resource *resource = descriptor->resources[i];
        MTMI_TRY(resource->survey ? log_failure(check, mtmi_check_survey(path, resource, check, &found), &found, err)
                                  : check_resource(descriptor, resource, options, check, err));
    }
out:
    mtmi_descriptor_free(descriptor);
    return status;
}

static mtm_status check_source(mtmi_source *source, const char *name, const mtm_read_options *options, mtm_check *check,
                               mtm_error *err) {
    mtmi_resource *resource = NULL;
    mtm_error found = {0};
    int is_arrow = 0;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_is_ipc(source, &is_arrow, &found));
    if (is_arrow) {
        status = mtmi_read_ipc(source, name, options, check, NULL, &found);
        if (status != MTM_OK && !ends_check(status) && mtmi_check_at_file(check) == NULL) {
            MTMI_CHECK_STATUS(mtmi_check_start(check, name, NULL, err));
        }
        return log_failure(check, status, &found, err);
    }
    MTMI_TRY(mtmi_open_resource(options, name, &resource, &found));
    mtmi_source *sources[1] = {source};
    MTMI_TRY(read_logged(resource, sources, 1, options, check, &found));
out:
    mtmi_resource_free(resource);
    return log_failure(check, status, &found, err);
}

static mtm_status check_file(mtm_source *from, const mtm_read_options *options, mtm_check *check, mtm_error *err) {
    mtmi_source *source = NULL;
    mtm_error found = {0};
    mtm_status status = mtmi_open_source(from, options->max_expansion, &source, &found);
    const char *name = mtmi_source_title(from);

    if (status != MTM_OK) {
        mtm_status started = ends_check(status) ? MTM_OK : mtmi_check_start(check, name, NULL, err);
        return started == MTM_OK ? log_failure(check, status, &found, err) : started;
    }
    status = check_source(source, name, options, check, err);
    mtmi_source_free(source);
    return status;
}

static mtm_status check_arrow(const mtm_source *from, const mtm_read_options *options, mtm_check *check,
                              mtm_error *err) {
    mtm_error found = {0};
    mtm_status status = mtmi_read_arrow(from->stream, from->name, options, check, NULL, &found);
    int begun = mtmi_check_at_file(check) != NULL;

    if (status != MTM_OK && !ends_check(status) && !begun) {
        mtm_status started = mtmi_check_start(check, from->name, NULL, err);
        return started == MTM_OK ? log_failure(check, status, &found, err) : started;
    }
    return log_failure(check, status, &found, err);
}

/* A description names resources; other JSON is records. What cannot be read is left to the reader of packages to say. */
static int is_description(const char *path) {
    mtmi_source *source = NULL;
    char *text = NULL;
    size_t size = 0;
    int is = 1;

    if (mtmi_source_open(path, path, &source, NULL) == MTM_OK) {
        mtm_status status = mtmi_source_read_all(source, (size_t)DESCRIPTION, &text, &size, NULL);
        is = status == MTM_OK ? strstr(text, "\"resources\"") != NULL : status != MTM_ERROR_LIMIT;
        mtmi_memory_free(text);
        mtmi_source_free(source);
    }
    return is;
}

static int is_package(const mtm_source *from) {
    return from->kind == MTM_SOURCE_PATH &&
           (ends_with(from->path, "datapackage.json") ||
            (ends_with(from->path, ".json") && is_description(from->path)) || is_folder(from->path));
}

static mtm_status check_any(mtm_source *from, const mtm_read_options *options, mtm_check *check, mtm_error *err) {
    if (from->kind == MTM_SOURCE_ARROW) {
        return check_arrow(from, options, check, err);
    }
    if (!is_package(from)) {
        return check_file(from, options, check, err);
    }
    return options->resource != NULL ? mtmi_error_argument(err, "options", "no resource: the package describes its own")
                                     : check_package(from->path, options, check, err);
}

/* The check is the caller's only when it is whole. */
static mtm_status hand_over(mtm_check *check, mtm_status status, mtm_check **out) {
    if (status != MTM_OK) {
        mtm_check_free(check);
        return status;
    }
    mtmi_check_finish(check);
    *out = check;
    return MTM_OK;
}

mtm_status mtm_check_read(const mtm_source *source, const mtm_read_options *options, mtm_check **out, mtm_error *err) {
    mtm_read_options own = MTM_READ_OPTIONS_INIT;
    mtm_check *check = NULL;
    mtm_source from;

    if (out != NULL) {
        *out = NULL;
    }
    MTMI_CHECK_STATUS(mtmi_take_reading(source, options, out != NULL, &from, &own, err));
    mtm_status status = own.show_rows > MOST_SHOWN ? mtmi_error_argument(err, "options.show_rows", "0 to 10000")
                                                   : mtmi_check_new(mtmi_source_title(&from), &check, err);
    if (status != MTM_OK) {
        mtmi_source_drop(&from);
        return status;
    }
    check->show = own.show_rows;
    return hand_over(check, check_any(&from, &own, check, err), out);
}
