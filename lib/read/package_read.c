/* Reads a data package as a package of datasets. Resources of microdata stay on the disk and are named. */
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "data/observation.h"
#include "data/package.h"
#include "read/boundaries_read.h"
#include "read/gazetteer_read.h"
#include "read/descriptor/descriptor.h"
#include "read/open_file.h"
#include "read/package_read.h"

#include <string.h>

/* Adds a resource that stays on the disk to a list. */
static mtm_status keep_resource(const mtmi_resource *resource, mtmi_microdata **list, size_t *n, mtm_error *err) {
    mtmi_microdata *all = mtmi_memory_resize(*list, *n + 1, sizeof *all);
    mtmi_microdata *one;

    if (all == NULL) {
        return mtmi_error_memory(err);
    }
    *list = all;
    one = &all[*n];
    memset(one, 0, sizeof *one);
    ++*n;
    one->name = mtmi_memory_copy_text(resource->name);
    one->resource = mtmi_memory_copy_text(resource->json);
    one->paths = mtmi_memory_new(resource->n_paths, sizeof *one->paths);
    if (one->name == NULL || one->resource == NULL || one->paths == NULL) {
        return mtmi_error_memory(err);
    }
    for (; one->n_paths < resource->n_paths; one->n_paths++) {
        one->paths[one->n_paths] = mtmi_memory_copy_text(resource->paths[one->n_paths]);
        if (one->paths[one->n_paths] == NULL) {
            return mtmi_error_memory(err);
        }
    }
    return MTM_OK;
}

/* A calendar of hours brings its days. */
static mtm_status take_days(mtm_package *package, const mtm_dataset *calendar, mtm_error *err) {
    mtm_dataset *days = NULL;
    MTMI_CHECK_STATUS(mtmi_observation_days(calendar, &days, err));
    return mtmi_package_take(package, days, err);
}

static mtm_status read_table(const mtmi_descriptor *descriptor, const mtmi_resource *resource,
                             const mtm_read_options *options, mtm_package *package, mtm_error *err) {
    mtmi_source **sources = NULL;
    mtm_dataset *dataset = NULL;
    size_t n = 0;
    mtm_status status = mtmi_descriptor_open(descriptor, resource, options->max_expansion, &sources, &n, err);

    if (status == MTM_OK) {
        status = mtmi_read_resource(resource, sources, n, options, NULL, &dataset, err);
    }
    mtmi_sources_free(sources, n);
    if (status == MTM_OK && mtmi_observation_is(dataset)) {
        status = take_days(package, dataset, err);
        if (status != MTM_OK) {
            mtm_dataset_free(dataset);
            return status;
        }
    }
    return status == MTM_OK ? mtmi_package_take(package, dataset, err) : status;
}

/* What is wrong with one file is no matter of the others. */
static int may_leave_out(mtm_status status) {
    return status != MTM_OK && status != MTM_ERROR_MEMORY && status != MTM_ERROR_CANCELLED &&
           status != MTM_ERROR_ARGUMENT;
}

static mtm_status read_all(const mtmi_descriptor *descriptor, const mtm_read_options *options, mtm_package *package,
                           mtm_error *err) {
    package->folder = mtmi_memory_copy_text(descriptor->folder);
    if (package->folder == NULL || !mtmi_titles_copy(&descriptor->title, &package->title) ||
        !mtmi_front_matter_copy(&descriptor->front, &package->front)) {
        return mtmi_error_memory(err);
    }
    package->is_store = descriptor->is_store;
    package->has_period = descriptor->has_period;
    package->period = descriptor->period;
    MTMI_CHECK_STATUS(mtmi_boundaries_read(descriptor, options->boundaries, package, err));
    for (size_t i = 0; i < descriptor->n_resources; i++) {
        const mtmi_resource *resource = descriptor->resources[i];
        const size_t before = package->n_datasets;
        const mtm_status status =
            resource->survey      ? keep_resource(resource, &package->surveys, &package->n_surveys, err)
            : resource->microdata ? keep_resource(resource, &package->microdata, &package->n_microdata, err)
                                  : read_table(descriptor, resource, options, package, err);
        if (options->leave_out && resource->concept == NULL && package->n_datasets == before && may_leave_out(status)) {
            package->n_left_out++;
        } else if (status != MTM_OK) {
            return status;
        }
    }
    return MTM_OK;
}

mtm_status mtmi_package_from(mtmi_descriptor *descriptor, const mtm_read_options *options, mtm_package **out,
                             mtm_error *err) {
    mtm_package *package = NULL;
    *out = NULL;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtm_package_new(descriptor->country[0] != '\0' ? descriptor->country : NULL, &package, err));
    MTMI_TRY(mtmi_gazetteer_read(descriptor, options, err));
    MTMI_TRY(read_all(descriptor, options, package, err));
out:
    if (status != MTM_OK) {
        mtm_package_free(package);
        return status;
    }
    *out = package;
    return MTM_OK;
}

static mtm_status read_package(const char *path, const mtm_read_options *options, mtm_package **out, mtm_error *err) {
    mtmi_descriptor *descriptor = NULL;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_descriptor_read(path, options->as_of, &descriptor, err));
    MTMI_TRY(mtmi_package_from(descriptor, options, out, err));
out:
    mtmi_descriptor_free(descriptor);
    return status;
}

mtm_status mtm_package_read(const mtm_source *source, const mtm_read_options *options, mtm_package **out,
                            mtm_error *err) {
    mtm_read_options own = MTM_READ_OPTIONS_INIT;
    mtm_source from;
    mtm_status status = MTM_OK;

    if (out != NULL) {
        *out = NULL;
    }
    MTMI_CHECK_STATUS(mtmi_take_reading(source, options, out != NULL, &from, &own, err));
    if (from.kind != MTM_SOURCE_PATH) {
        status = mtmi_error_argument(err, "source", "the path of a folder with datapackage.json, or of that file");
    } else if (own.resource != NULL) {
        status = mtmi_error_argument(err, "options", "no resource: the package describes its own");
    }
    if (status != MTM_OK) {
        mtmi_source_drop(&from);
        return status;
    }
    return read_package(from.path, &own, out, err);
}
