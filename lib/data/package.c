/* A package: datasets with names, each once. A package made in memory copies what it is given; the reader of
 * descriptors hands its datasets over. */
#include "data/package.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "data/dataset_copy.h"
#include "data/totals.h"

#include <string.h>

static int known_country(const char *country) {
    const mtm_codelist *list = NULL;
    if (mtm_codelist_find("country", &list, NULL) != MTM_OK) {
        return 0;
    }
    for (size_t i = 0; i < mtm_codelist_count(list); i++) {
        if (strcmp(mtm_codelist_code(list, i), country) == 0) {
            return 1;
        }
    }
    return 0;
}

mtm_status mtm_package_new(const char *country, mtm_package **out, mtm_error *err) {
    if (out == NULL) {
        return mtmi_error_argument(err, "out", "not NULL");
    }
    *out = NULL;
    if (country != NULL && !known_country(country)) {
        return mtmi_error_set(err, MTM_ERROR_ARGUMENT, 0, (mtmi_place){"country", 0, 0},
                              "found %q, expected an ISO 3166-1 alpha-3 code such as \"KAZ\"", country);
    }
    mtm_package *package = mtmi_memory_new(1, sizeof *package);
    mtmi_package_shared *shared = mtmi_memory_new(1, sizeof *shared);
    if (package == NULL || shared == NULL) {
        mtmi_memory_free(package);
        mtmi_memory_free(shared);
        return mtmi_error_memory(err);
    }
    atomic_init(&shared->frozen, NULL);
    package->shared = shared;
    if (country != NULL) {
        memcpy(package->country, country, 3);
    }
    *out = package;
    return MTM_OK;
}

static const mtm_dataset *find_dataset(const mtm_package *package, const char *name) {
    for (size_t i = 0; i < package->n_datasets; i++) {
        if (strcmp(mtmi_dataset_name(package->datasets[i]), name) == 0) {
            return package->datasets[i];
        }
    }
    return NULL;
}

/* What was made of the package before is not of it any more. */
static void thaw(mtm_package *package) {
    mtmi_frozen *frozen = atomic_exchange(&package->shared->frozen, NULL);
    if (frozen != NULL) {
        frozen->free(frozen);
    }
}

/* Counts of periods that files of microdata cover in part say so. */
static mtm_status mark_uncovered(mtm_dataset *dataset, mtm_error *err) {
    return dataset->uncovered != NULL || dataset->kind != MTM_KIND_FLOW
               ? MTM_OK
               : mtmi_covered_uncovered(&dataset->covered, dataset->periods, dataset->n, &dataset->uncovered, err);
}

mtm_status mtmi_package_take(mtm_package *package, mtm_dataset *dataset, mtm_error *err) {
    mtm_status status = MTM_OK;
    void *table = package->datasets;
    MTMI_TRY(mark_uncovered(dataset, err));
    MTMI_TRY(mtmi_totals_doubt_home(dataset, package->country, err));
    if (find_dataset(package, mtmi_dataset_name(dataset)) != NULL) {
        MTMI_TRY(mtmi_error_set(err, MTM_ERROR_ARGUMENT, 0, (mtmi_place){mtmi_dataset_name(dataset), 0, 0},
                                "a dataset of this name exists already; choose another name"));
    }
    if (!mtmi_memory_reserve(&table, &package->capacity, package->n_datasets + 1, sizeof *package->datasets)) {
        MTMI_TRY(mtmi_error_memory(err));
    }
    package->datasets = table;
    package->datasets[package->n_datasets++] = dataset;
    thaw(package);
out:
    if (status != MTM_OK) {
        mtm_dataset_free(dataset);
    }
    return status;
}

mtm_status mtm_package_add(mtm_package *package, const mtm_dataset *dataset, mtm_error *err) {
    mtm_dataset *copy = NULL;
    if (package == NULL || dataset == NULL) {
        return mtmi_error_argument(err, package == NULL ? "package" : "dataset", "not NULL");
    }
    MTMI_CHECK_STATUS(mtmi_dataset_copy(dataset, &copy, err));
    return mtmi_package_take(package, copy, err);
}

static void free_microdata(mtmi_microdata *microdata) {
    for (size_t i = 0; i < microdata->n_paths; i++) {
        mtmi_memory_free(microdata->paths[i]);
    }
    mtmi_memory_free(microdata->paths);
    mtmi_memory_free(microdata->name);
    mtmi_memory_free(microdata->resource);
}

void mtm_package_free(mtm_package *package) {
    if (package == NULL) {
        return;
    }
    thaw(package);
    mtmi_memory_free(package->shared);
    for (size_t i = 0; i < package->n_datasets; i++) {
        mtm_dataset_free(package->datasets[i]);
    }
    for (size_t i = 0; i < package->n_microdata; i++) {
        free_microdata(&package->microdata[i]);
    }
    for (size_t i = 0; i < package->n_surveys; i++) {
        free_microdata(&package->surveys[i]);
    }
    mtmi_titles_free(&package->title);
    mtmi_front_matter_free(&package->front);
    mtmi_memory_free(package->surveys);
    mtmi_memory_free(package->datasets);
    mtmi_memory_free(package->microdata);
    mtmi_memory_free(package->folder);
    mtmi_memory_free(package);
}

int mtm_package_get(const mtm_package *package, mtm_language language, mtm_package_info *out) {
    const mtm_package_info info = {
        .size = sizeof info,
        .title = mtmi_titles_get(&package->title, language),
        .country = package->country,
        .period = package->period,
        .has_period = package->has_period,
        .n_left_out = package->n_left_out,
        .n_microdata = package->n_microdata,
        .n_surveys = package->n_surveys,
    };
    return mtmi_info_fill(out, &info, sizeof info);
}

size_t mtm_package_count(const mtm_package *package) {
    return package->n_datasets;
}

const mtm_dataset *mtm_package_at(const mtm_package *package, size_t index) {
    return index < package->n_datasets ? package->datasets[index] : NULL;
}

mtm_status mtm_package_find(const mtm_package *package, const char *name, const mtm_dataset **out, mtm_error *err) {
    if (package == NULL || name == NULL || out == NULL) {
        return mtmi_error_argument(err, package == NULL ? "package" : name == NULL ? "name" : "out", "not NULL");
    }
    *out = find_dataset(package, name);
    if (*out != NULL) {
        return MTM_OK;
    }
    return mtmi_error_set(err, MTM_ERROR_NOT_FOUND, 0, (mtmi_place){name, 0, 0},
                          "no dataset of this name, expected one of the package's %zu (the first is %q)",
                          package->n_datasets, package->n_datasets > 0 ? mtmi_dataset_name(package->datasets[0]) : "");
}

int mtmi_package_is_sensitive(const mtm_package *package) {
    for (size_t i = 0; i < package->n_datasets; i++) {
        const mtm_dataset *dataset = package->datasets[i];
        if (dataset->component.sensitivity == MTMI_SENSITIVE && (dataset->confidential || dataset->microdata)) {
            return 1;
        }
    }
    return 0;
}
