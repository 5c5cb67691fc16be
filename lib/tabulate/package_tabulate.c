/* Counts the microdata of a data package. The package that comes in is not changed. */
#include "data/package.h"
#include "flow/flow_columns.h"

#include "base/error.h"
#include "base/json_read.h"
#include "base/memory.h"
#include "base/try.h"
#include "read/descriptor/descriptor.h"
#include "tabulate/counts.h"
#include "tabulate/tabulator.h"

#include <stdlib.h>
#include <string.h>

static mtm_status wrong_plan(mtm_error *err, const char *name, const char *expected) {
    return mtmi_error_set(err, MTM_ERROR_SCHEMA, 0, (mtmi_place){"plan", 0, 0}, "%q is wrong; expected %s", name,
                          expected);
}

/* A key of one object, if it is there, goes into another. */
static int take_key(const json_t *from, const char *key, json_t *to) {
    json_t *value = json_object_get(from, key);
    return value == NULL || json_object_set(to, key, value) == 0;
}

/* The specification of a resource: as it is described, by the plan's groupings or, without a plan, its own. */
static mtm_status specify(const json_t *resource, const json_t *groupings, char **out, mtm_error *err) {
    const json_t *own = json_object_get(json_object_get(resource, "mtm"), "tabulate");
    json_t *spec = json_object();
    int made = spec != NULL && json_object_set(spec, "resource", (json_t *)(uintptr_t)resource) == 0 &&
               take_key(own, "filter", spec) && take_key(own, "ages", spec) &&
               json_object_set_new(spec, "coverage", json_true()) == 0 &&
               (groupings == NULL ? take_key(own, "groupings", spec)
                                  : json_object_set(spec, "groupings", (json_t *)(uintptr_t)groupings) == 0);
    char *text = made ? json_dumps(spec, JSON_COMPACT) : NULL;
    *out = mtmi_memory_copy_text(text);
    free(text);
    json_decref(spec);
    return *out != NULL ? MTM_OK : mtmi_error_memory(err);
}

/* Its files, one after the other. */
static mtm_status count_files(mtm_tabulator *tabulator, const mtm_package *package, mtm_error *err) {
    const mtmi_resource *resource = tabulator->state->spec->resource;
    mtmi_descriptor within = {.folder = package->folder, .is_store = package->is_store};
    mtmi_source **sources = NULL;
    uint64_t most = tabulator->options.max_expansion;
    size_t n = 0, i;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_descriptor_open(&within, resource, most == 0 ? UINT64_MAX : most, &sources, &n, err));
    for (i = 0; i < n; i++) {
        MTMI_TRY(mtmi_tabulator_add_file(tabulator, sources[i], err));
    }
out:
    mtmi_sources_free(sources, n);
    return status;
}

static const json_t *own_groupings(const json_t *resource) {
    return json_object_get(json_object_get(json_object_get(resource, "mtm"), "tabulate"), "groupings");
}

/* Datasets are collected apart, so that a package gets all or none. */
static mtm_status count_resource(const mtm_package *package, const mtmi_microdata *microdata, const json_t *groupings,
                                 const mtm_tabulate_options *options, mtm_package *counted, mtm_error *err) {
    mtm_tabulator *tabulator = NULL;
    mtm_package *parts = NULL;
    json_t *resource = NULL, *by_column = NULL;
    char *text = NULL;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_json_load(microdata->resource, strlen(microdata->resource), microdata->name, &resource, err));
    if (mtmi_flow_unites(resource)) {
        by_column = mtmi_flow_groupings(resource, groupings != NULL ? groupings : own_groupings(resource));
        MTMI_TRY(by_column == NULL ? mtmi_error_memory(err) : mtm_package_new(NULL, &parts, err));
    }
    MTMI_TRY(specify(resource, by_column != NULL ? by_column : groupings, &text, err));
    MTMI_TRY(mtm_tabulator_new(text, options, &tabulator, err));
    MTMI_TRY(count_files(tabulator, package, err));
    MTMI_TRY(mtmi_tabulator_finish(tabulator, microdata->name, parts != NULL ? parts : counted, err));
    MTMI_TRY(parts != NULL ? mtmi_flow_unite(resource, parts, counted, err) : MTM_OK);
out:
    mtm_package_free(parts);
    json_decref(by_column);
    mtm_tabulator_free(tabulator);
    mtmi_memory_free(text);
    json_decref(resource);
    return status;
}

/* What the plan asks of a resource: NULL for nothing. Without a plan, all that have groupings of their own are counted. */
static mtm_status wanted(const mtmi_microdata *microdata, const json_t *plan, int *wants, const json_t **groupings,
                         mtm_error *err) {
    const json_t *one = json_object_get(plan, microdata->name);
    *groupings = NULL;
    *wants = plan == NULL || one != NULL;
    if (one == NULL) {
        return MTM_OK;
    }
    *groupings = json_object_get(one, "groupings");
    if (!json_is_array(*groupings)) {
        return wrong_plan(err, microdata->name, "{\"groupings\": [...]}");
    }
    *wants = json_array_size(*groupings) > 0;
    return MTM_OK;
}

/* A plan for what is not there must not pass unseen. */
static mtm_status check_names(const mtm_package *package, const json_t *plan, mtm_error *err) {
    const char *name;
    json_t *value;
    size_t i;
    json_object_foreach((json_t *)(uintptr_t)plan, name, value) {
        for (i = 0; i < package->n_microdata && strcmp(package->microdata[i].name, name) != 0; i++) {}
        if (i == package->n_microdata) {
            return mtmi_error_set(err, MTM_ERROR_NOT_FOUND, 0, (mtmi_place){"plan", 0, 0},
                                  "%q is no resource of microdata in this package", name);
        }
    }
    return MTM_OK;
}

static mtm_status load_plan(const char *plan, json_t **out, mtm_error *err) {
    *out = NULL;
    if (plan == NULL) {
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(mtmi_json_load(plan, strlen(plan), "plan", out, err));
    if (!json_is_object(*out)) {
        return mtmi_error_set(err, MTM_ERROR_SCHEMA, 0, (mtmi_place){"plan", 0, 0},
                              "found no object, expected {\"RESOURCE\": {\"groupings\": [...]}}");
    }
    return MTM_OK;
}

static mtm_status count_all(const mtm_package *package, const json_t *plan, const mtm_tabulate_options *options,
                            mtm_package *counted, mtm_error *err) {
    MTMI_CHECK_STATUS(check_names(package, plan, err));
    const json_t *groupings;
    int wants;
    size_t i;
    for (i = 0; i < package->n_microdata; i++) {
        MTMI_CHECK_STATUS(wanted(&package->microdata[i], plan, &wants, &groupings, err));
        if (wants) {
            MTMI_CHECK_STATUS(count_resource(package, &package->microdata[i], groupings, options, counted, err));
        }
    }
    return MTM_OK;
}

mtm_status mtmi_package_count(const mtm_package *package, const char *plan, const mtm_tabulate_options *options,
                              mtm_package **out, mtm_error *err) {
    mtm_package *counted = NULL;
    json_t *json = NULL;
    mtm_status status = MTM_OK;
    *out = NULL;
    MTMI_TRY(load_plan(plan, &json, err));
    MTMI_TRY(mtm_package_new(NULL, &counted, err));
    MTMI_TRY(count_all(package, json, options, counted, err));
out:
    json_decref(json);
    if (status != MTM_OK) {
        mtm_package_free(counted);
        return status;
    }
    *out = counted;
    return MTM_OK;
}

/* A package's own properties and copies of its datasets, without its microdata. */
static mtm_status copy_tables(const mtm_package *package, mtm_package **out, mtm_error *err) {
    mtm_package *copy = NULL;
    size_t i;
    *out = NULL;
    MTMI_CHECK_STATUS(mtm_package_new(package->country[0] != '\0' ? package->country : NULL, &copy, err));
    *out = copy;
    copy->has_period = package->has_period;
    copy->period = package->period;
    if (!mtmi_titles_copy(&package->title, &copy->title)) {
        return mtmi_error_memory(err);
    }
    for (i = 0; i < package->n_datasets; i++) {
        MTMI_CHECK_STATUS(mtm_package_add(copy, package->datasets[i], err));
    }
    return MTM_OK;
}

/* The counted datasets change owners. */
static mtm_status take_over(mtm_package *package, mtm_package *counted, mtm_error *err) {
    size_t i;
    for (i = 0; i < counted->n_datasets; i++) {
        mtm_dataset *dataset = counted->datasets[i];
        counted->datasets[i] = NULL;
        MTMI_CHECK_STATUS(mtmi_package_take(package, dataset, err));
    }
    return MTM_OK;
}

mtm_status mtm_package_tabulate(const mtm_package *package, const char *plan, const mtm_tabulate_options *options,
                                mtm_package **out, mtm_error *err) {
    mtm_package *counted = NULL, *copy = NULL;
    mtm_status status;
    if (out == NULL) {
        return mtmi_error_argument(err, "out", "where to put the package");
    }
    *out = NULL;
    if (package == NULL) {
        return mtmi_error_argument(err, "package", "a package");
    }
    MTMI_TRY(mtmi_package_count(package, plan, options, &counted, err));
    MTMI_TRY(copy_tables(package, &copy, err));
    MTMI_TRY(take_over(copy, counted, err));
out:
    mtm_package_free(counted);
    if (status != MTM_OK) {
        mtm_package_free(copy);
        return status;
    }
    *out = copy;
    return MTM_OK;
}
