/* Plans the fewest groupings of microdata that serve a set of definitions, as the JSON of `tabulate`. No file is
 * opened. */
#include "base/error.h"
#include "base/json.h"
#include "base/json_read.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/try.h"
#include "data/observation.h"
#include "data/package.h"
#include "indicator/definition/catalogue.h"
#include "period/period.h"

#include <string.h>

#define DIMENSIONS_MAX 32
#define NAME_SIZE 64

/* What a resource declares. */
typedef struct declared {
    const json_t *mtm;                     /* its properties */
    const json_t *fields;                  /* NULL: anything may be there */
    int registrations;                     /* an id tells persons apart: stocks and movements of persons */
    char names[DIMENSIONS_MAX][NAME_SIZE]; /* dimensions that groupings use, one a bit */
    size_t n_names;
    uint32_t *groupings; /* sets of names */
    size_t n, capacity;
} declared;

/* ---- what there is ---- */

/* A field without a role is recognised from its header; the common words for a dimension are known here too. */
static int names_dimension(const json_t *field, const char *dimension) {
    const json_t *mtm = json_object_get(field, "mtm");
    const char *named = json_string_value(json_object_get(mtm, "dimension"));
    const char *role = json_string_value(json_object_get(mtm, "role"));
    const char *header = json_string_value(json_object_get(field, "name"));
    char name[NAME_SIZE];
    if (named != NULL) {
        return strcmp(named, dimension) == 0;
    }
    if (role != NULL && strcmp(role, "flag") == 0) {
        return json_object_get(json_object_get(mtm, "members"), dimension) != NULL;
    }
    if (header == NULL || (role != NULL && strcmp(role, "dimension") != 0)) {
        return strcmp(dimension, "age") == 0 && role != NULL && strncmp(role, "birth-", 6) == 0;
    }
    if (mtmi_text_normalise(header, strlen(header), name, sizeof name) >= sizeof name) {
        return 0;
    }
    return strcmp(name, dimension) == 0 || (strcmp(name, "nationality") == 0 && strcmp(dimension, "citizenship") == 0);
}

static int tells_persons_apart(const json_t *fields) {
    size_t i;
    json_t *field;
    json_array_foreach((json_t *)fields, i, field) {
        if (json_is_true(json_object_get(json_object_get(field, "mtm"), "dedupe"))) {
            return 1;
        }
    }
    return 0;
}

static int has_dimension(const declared *plan, const char *dimension) {
    size_t i;
    json_t *field;
    if (json_array_size(plan->fields) == 0) {
        return 1;
    }
    json_array_foreach((json_t *)plan->fields, i, field) {
        if (names_dimension(field, dimension)) {
            return 1;
        }
    }
    return 0;
}

/* The member that the whole file has in a dimension, or NULL. */
static const char *fixed_member(const declared *plan, const char *dimension) {
    return json_string_value(json_object_get(json_object_get(plan->mtm, "dimensions"), dimension));
}

/* ---- what is needed ---- */

static mtm_status use(declared *plan, const char *dimension, uint32_t *set, mtm_error *err) {
    size_t i = 0;
    while (i < plan->n_names && strcmp(plan->names[i], dimension) != 0) {
        i++;
    }
    if (i == DIMENSIONS_MAX || strlen(dimension) >= NAME_SIZE) {
        return mtmi_error_set(err, MTM_ERROR_LIMIT, 0, (mtmi_place){dimension, 0, 0},
                              "found more than %d dimensions over all indicators, or a longer name than %d bytes",
                              DIMENSIONS_MAX, NAME_SIZE - 1);
    }
    if (i == plan->n_names) {
        memcpy(plan->names[plan->n_names++], dimension, strlen(dimension) + 1);
    }
    *set |= (uint32_t)1 << i;
    return MTM_OK;
}

/* The dimensions that a filter needs; *serves becomes 0 where the file has none of the kind, or another member. */
static mtm_status use_filters(declared *plan, const mtmi_measure *measure, uint32_t *set, int *serves, mtm_error *err) {
    for (size_t i = 0; i < measure->n_filters && *serves; i++) {
        const mtmi_filter *filter = &measure->filters[i];
        const char *fixed = fixed_member(plan, filter->dimension);
        if (plan->registrations && strcmp(filter->dimension, "event") == 0) {
            continue; /* every movement has it */
        }
        if (fixed != NULL) {
            *serves = strcmp(fixed, filter->code) == 0;
        } else if (!has_dimension(plan, filter->dimension)) {
            *serves = 0;
        } else {
            MTMI_CHECK_STATUS(use(plan, filter->dimension, set, err));
        }
    }
    return MTM_OK;
}

/* Pairs of two dimensions are made of both. */
static int is_pair(const declared *plan, const char *dimension) {
    return strcmp(dimension, "origin-destination") == 0 && json_array_size(plan->fields) > 0 &&
           fixed_member(plan, "origin") == NULL && fixed_member(plan, "destination") == NULL &&
           has_dimension(plan, "origin") && has_dimension(plan, "destination");
}

static mtm_status use_breakdown(declared *plan, const mtm_indicator *indicator, uint32_t *set, mtm_error *err) {
    size_t n = 0;
    char *const *dimensions = mtmi_indicator_tells_by(indicator, &n);
    for (size_t i = 0; i < n; i++) {
        if (is_pair(plan, dimensions[i])) {
            MTMI_CHECK_STATUS(use(plan, "origin", set, err));
            return use(plan, "destination", set, err);
        }
        if (strcmp(dimensions[i], "origin-destination") != 0 && fixed_member(plan, dimensions[i]) == NULL &&
            has_dimension(plan, dimensions[i])) {
            return use(plan, dimensions[i], set, err);
        }
    }
    return MTM_OK;
}

/* What registrations come to: datasets that no grouping asks for by name. */
static int registers(const declared *plan, const mtmi_measure *measure) {
    const char *concept = json_string_value(json_object_get(plan->mtm, "concept"));
    if (measure->kind == MTM_KIND_FLOW) {
        return strcmp(measure->concept, "registration") == 0;
    }
    return measure->kind == MTM_KIND_STOCK && strcmp(measure->concept, concept != NULL ? concept : "displacement") == 0;
}

/* Subsets of movements are given beside them by every grouping. */
static int has_subsets(const json_t *fields) {
    size_t i;
    json_t *field;
    json_array_foreach((json_t *)(uintptr_t)fields, i, field) {
        if (json_object_get(json_object_get(field, "mtm"), "of") != NULL) {
            return 1;
        }
    }
    return 0;
}

static int measures(const declared *plan, const mtmi_measure *measure) {
    const char *concept = json_string_value(json_object_get(plan->mtm, "concept"));
    const char *unit = json_string_value(json_object_get(plan->mtm, "unit"));
    const char *kind = json_string_value(json_object_get(plan->mtm, "kind"));
    if (measure->concept != NULL && strcmp(measure->concept, "vulnerable-observed") == 0) {
        return has_subsets(plan->fields);
    }
    return measure->concept != NULL && concept != NULL && strcmp(concept, measure->concept) == 0 &&
           (unit == NULL || strcmp(unit, measure->unit) == 0) && measure->kind == MTM_KIND_FLOW &&
           (kind == NULL || strcmp(kind, "flow") == 0);
}

static mtm_status add_grouping(declared *plan, uint32_t set, mtm_error *err) {
    void *table = plan->groupings;
    if (!mtmi_memory_reserve(&table, &plan->capacity, plan->n + 1, sizeof set)) {
        return mtmi_error_memory(err);
    }
    plan->groupings = table;
    plan->groupings[plan->n++] = set;
    return MTM_OK;
}

static mtm_status add_measure(declared *plan, const mtm_indicator *indicator, const mtmi_measure *measure,
                              mtm_error *err) {
    uint32_t set = 0;
    int serves = 1;
    if (measure->concept == NULL ||
        !(plan->registrations ? indicator->component == MTMI_COMPONENT_REGISTRATION && registers(plan, measure)
                              : measures(plan, measure))) {
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(use_filters(plan, measure, &set, &serves, err));
    if (!serves) {
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(use_breakdown(plan, indicator, &set, err));
    return add_grouping(plan, set, err);
}

/* A set within another one is served by it; of equal ones the first stays. */
static int is_served(const declared *plan, size_t at) {
    for (size_t i = 0; i < plan->n; i++) {
        int within = (plan->groupings[at] & plan->groupings[i]) == plan->groupings[at];
        if (i != at && within && (plan->groupings[at] != plan->groupings[i] || i < at)) {
            return 1;
        }
    }
    return 0;
}

/* ---- periods ---- */

static int made_of(mtm_period period, int months) {
    int year, month, day;
    mtmi_day_split(period.first, &year, &month, &day);
    int n = mtmi_period_months(period);
    return n > 0 && n % months == 0 && (month - 1) % months == 0;
}

static int serves_all(const mtmi_asked *asked, int months) {
    for (size_t i = 0; i < asked->n_periods; i++) {
        const mtm_period period = asked->periods[i];
        if (!made_of(period, months) || !made_of(mtmi_period_previous(period), months) ||
            !made_of(mtm_period_year_before(period), months)) {
            return 0;
        }
    }
    return 1;
}

static const char *granularity(const mtmi_asked *asked) {
    static const struct {
        int months;
        const char *name;
    } units[] = {{12, "year"}, {6, "half-year"}, {3, "quarter"}, {1, "month"}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (serves_all(asked, units[i].months)) {
            return units[i].name;
        }
    }
    return "day";
}

/* ---- writing ---- */

static void write_grouping(mtmi_json *json, const declared *plan, uint32_t set, const mtmi_asked *asked) {
    mtmi_json_object(json);
    mtmi_json_key(json, "by");
    mtmi_json_array(json);
    for (size_t i = 0; i < plan->n_names; i++) {
        if ((set >> i & 1) != 0) {
            mtmi_json_text(json, plan->names[i]);
        }
    }
    mtmi_json_array_end(json);
    mtmi_json_pair(json, "period", granularity(asked));
    mtmi_json_object_end(json);
}

static void write_resource(mtmi_json *json, const char *name, const declared *plan, const mtmi_asked *asked) {
    if (plan->n == 0) {
        return;
    }
    mtmi_json_key(json, name);
    mtmi_json_object(json);
    mtmi_json_key(json, "groupings");
    mtmi_json_array(json);
    for (size_t i = 0; i < plan->n; i++) {
        if (!is_served(plan, i)) {
            write_grouping(json, plan, plan->groupings[i], asked);
        }
    }
    mtmi_json_array_end(json);
    mtmi_json_object_end(json);
}

/* The dimension of the points whose days a calendar counts; NULL where there is no such calendar. */
static const char *points_of(const mtm_package *package) {
    for (size_t i = 0; i < package->n_datasets; i++) {
        const mtm_dataset *dataset = package->datasets[i];
        const int points = mtmi_observation_is_days(dataset) ? mtmi_observation_points(dataset) : -1;
        if (points >= 0) {
            return dataset->dimensions[points].name;
        }
    }
    return NULL;
}

/* Movements at points, whatever they are asked by: a calendar may lack one of the points. */
static mtm_status add_points(declared *plan, const mtm_package *package, mtm_error *err) {
    const char *concept = json_string_value(json_object_get(plan->mtm, "concept")), *points = points_of(package);
    if (plan->n == 0 || points == NULL || concept == NULL || strcmp(concept, "flow-monitoring") != 0 ||
        fixed_member(plan, points) != NULL || !has_dimension(plan, points)) {
        return MTM_OK;
    }
    uint32_t set = 0;
    MTMI_CHECK_STATUS(use(plan, points, &set, err));
    return add_grouping(plan, set, err);
}

static mtm_status plan_resource(const mtm_catalogue *catalogue, const mtm_package *package, const mtmi_asked *asked,
                                const mtmi_microdata *microdata, mtmi_json *out, mtm_error *err) {
    json_t *resource = NULL;
    declared *plan = mtmi_memory_new(1, sizeof *plan);
    mtm_status status = MTM_OK;
    if (plan == NULL) {
        status = mtmi_error_memory(err);
        goto out;
    }
    MTMI_TRY(mtmi_json_load(microdata->resource, strlen(microdata->resource), microdata->name, &resource, err));
    plan->mtm = json_object_get(resource, "mtm");
    plan->fields = json_object_get(json_object_get(resource, "schema"), "fields");
    plan->registrations = tells_persons_apart(plan->fields);
    for (size_t i = 0; i < catalogue->n; i++) {
        const mtm_indicator *indicator = &catalogue->indicators[i];
        if (asked->only == NULL || asked->only == indicator) {
            MTMI_TRY(add_measure(plan, indicator, &indicator->measure, err));
            MTMI_TRY(add_measure(plan, indicator, &indicator->second, err));
        }
    }
    MTMI_TRY(add_points(plan, package, err));
    write_resource(out, microdata->name, plan, asked);
out:
    if (plan != NULL) {
        mtmi_memory_free(plan->groupings);
    }
    mtmi_memory_free(plan);
    json_decref(resource);
    return status;
}

mtm_status mtmi_catalogue_plan(const mtm_catalogue *catalogue, const mtm_package *package, const mtmi_asked *asked,
                               mtmi_buffer *out, mtm_error *err) {
    mtmi_json json;
    mtm_status status = MTM_OK;
    mtmi_json_start(&json, out);
    mtmi_json_object(&json);
    for (size_t i = 0; i < package->n_microdata; i++) {
        MTMI_TRY(plan_resource(catalogue, package, asked, &package->microdata[i], &json, err));
    }
out:
    mtmi_json_object_end(&json);
    return status == MTM_OK && out->failed ? mtmi_error_memory(err) : status;
}
