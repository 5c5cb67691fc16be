/* Reads the object "survey" of a resource (docs/survey.md, docs/data-package.schema.json).
 * Invariant: a property that is not known, or not of its kind, is an error that names it; nothing is guessed. */
#include "survey/survey_plan.h"

#include "base/error.h"
#include "base/try.h"
#include "survey/form/declared.h"

#include <string.h>

static const char *const lonely_names[] = {"fail", "remove", "certainty", "adjust", "average"};
static const char *const replication_names[] = {"none", "JK1", "JKn", "BRR", "Fay", "bootstrap"};

static const char *const known[] = {"title",        "weight",     "strata",    "clusters",  "fpc",        "lonely",
                                    "lonelyDomain", "freedom",    "nest",      "sampling",  "population", "id",
                                    "missing",      "unknown",    "refused",   "questions", "replicates", "calibrate",
                                    "roster",       "indicators", "sensitive", "form",      "revisits"};

const char *mtmi_lonely_name(mtmi_lonely lonely) {
    return lonely_names[lonely];
}

const char *mtmi_replication_name(mtmi_replication replication) {
    return replication_names[replication];
}

static mtm_status refuse_property(const char *name, const char *property, const char *expected, mtm_error *err) {
    return mtmi_error_set(err, MTM_ERROR_SCHEMA, 0, (mtmi_place){name, 0, 0}, "property %q of \"survey\": expected %s",
                          property, expected);
}

static mtm_status read_text(json_t *json, const char *property, const char *name, const char **out, mtm_error *err) {
    json_t *value = json_object_get(json, property);
    if (value == NULL || json_is_null(value)) {
        return MTM_OK;
    }
    if (!json_is_string(value) || json_string_length(value) == 0) {
        return refuse_property(name, property, "a column's name", err);
    }
    *out = json_string_value(value);
    return MTM_OK;
}

/* One name or an array of names; null stands for none at that stage. */
static mtm_status read_names(json_t *json, const char *property, const char *name, const char **out, size_t *n,
                             mtm_error *err) {
    json_t *value = json_object_get(json, property);
    if (value == NULL || json_is_null(value)) {
        return MTM_OK;
    }
    if (json_is_string(value)) {
        out[(*n)++] = json_string_value(value);
        return MTM_OK;
    }
    if (!json_is_array(value) || json_array_size(value) > MTMI_STAGES_MAX) {
        return refuse_property(name, property, "the name of a column, or up to 8 of them, one for each stage", err);
    }
    for (size_t i = 0; i < json_array_size(value); i++) {
        json_t *item = json_array_get(value, i);
        if (!json_is_string(item) && !json_is_null(item)) {
            return refuse_property(name, property, "names of columns (null for none at a stage)", err);
        }
        out[(*n)++] = json_is_null(item) ? NULL : json_string_value(item);
    }
    return MTM_OK;
}

static mtm_status read_flag(json_t *json, const char *property, const char *name, int *out, mtm_error *err) {
    json_t *value = json_object_get(json, property);
    if (value != NULL && !json_is_boolean(value)) {
        return refuse_property(name, property, "true or false", err);
    }
    *out = value != NULL && json_is_true(value);
    return MTM_OK;
}

static mtm_status read_words(json_t *json, const char *property, const char *name, json_t **out, mtm_error *err) {
    json_t *value = json_object_get(json, property);
    if (value == NULL) {
        return MTM_OK;
    }
    for (size_t i = 0; json_is_array(value) && i < json_array_size(value); i++) {
        if (!json_is_string(json_array_get(value, i))) {
            return refuse_property(name, property, "an array of words", err);
        }
    }
    if (!json_is_array(value)) {
        return refuse_property(name, property, "an array of words", err);
    }
    *out = value;
    return MTM_OK;
}

/* The place of the property's word in names, which has n; 0 (the default) when it is not there. */
static mtm_status read_choice(json_t *json, const char *property, const char *name, const char *const *names, int n,
                              int *out, mtm_error *err) {
    json_t *value = json_object_get(json, property);
    *out = 0;
    if (value == NULL) {
        return MTM_OK;
    }
    for (int i = 0; json_is_string(value) && i < n; i++) {
        if (strcmp(names[i], json_string_value(value)) == 0) {
            *out = i;
            return MTM_OK;
        }
    }
    char expected[160] = "";
    for (int i = 0; i < n; i++) {
        strncat(expected, names[i], sizeof expected - strlen(expected) - 1);
        strncat(expected, i + 1 < n ? ", " : "", sizeof expected - strlen(expected) - 1);
    }
    return refuse_property(name, property, expected, err);
}

static mtm_status read_object(json_t *json, const char *property, const char *name, json_t **out, mtm_error *err) {
    json_t *value = json_object_get(json, property);
    if (value != NULL && !json_is_object(value)) {
        return refuse_property(name, property, "an object", err);
    }
    *out = value;
    return MTM_OK;
}

static mtm_status check_known(json_t *json, const char *name, mtm_error *err) {
    const char *key;
    json_t *value;
    json_object_foreach(json, key, value) {
        size_t i = 0;
        while (i < sizeof known / sizeof *known && strcmp(known[i], key) != 0) {
            i++;
        }
        if (i == sizeof known / sizeof *known && strncmp(key, "x-", 2) != 0) {
            return mtmi_error_set(err, MTM_ERROR_SCHEMA, 0, (mtmi_place){name, 0, 0},
                                  "\"survey\" has no property %q; see docs/survey.md", key);
        }
    }
    return MTM_OK;
}

static mtm_status read_design(json_t *json, const char *name, mtmi_survey_plan *plan, mtm_error *err) {
    static const char *const sampling[] = {"probability", "purposive"}, *const freedom[] = {"answered", "domain"};
    int choice = 0;
    MTMI_CHECK_STATUS(read_text(json, "weight", name, &plan->weight, err));
    MTMI_CHECK_STATUS(read_names(json, "strata", name, plan->strata, &plan->n_strata, err));
    MTMI_CHECK_STATUS(read_names(json, "clusters", name, plan->clusters, &plan->n_clusters, err));
    MTMI_CHECK_STATUS(read_names(json, "fpc", name, plan->fpc, &plan->n_fpc, err));
    MTMI_CHECK_STATUS(read_choice(json, "lonely", name, lonely_names, 5, &choice, err));
    plan->lonely = (mtmi_lonely)choice;
    MTMI_CHECK_STATUS(read_choice(json, "sampling", name, sampling, 2, &plan->purposive, err));
    MTMI_CHECK_STATUS(read_choice(json, "freedom", name, freedom, 2, &plan->freedom_of_domain, err));
    MTMI_CHECK_STATUS(read_flag(json, "lonelyDomain", name, &plan->lonely_domain, err));
    MTMI_CHECK_STATUS(read_flag(json, "revisits", name, &plan->revisits, err));
    plan->revisits = json_object_get(json, "revisits") == NULL ? -1 : plan->revisits;
    return read_flag(json, "nest", name, &plan->nest, err);
}

static mtm_status read_roster(json_t *json, const char *name, mtmi_survey_plan *plan, mtm_error *err) {
    json_t *roster = NULL;
    mtm_status status = read_object(json, "roster", name, &roster, err);
    if (status != MTM_OK || roster == NULL) {
        return status;
    }
    MTMI_CHECK_STATUS(mtmi_declared_only(roster, "roster", "sheet path key parent", name, err));
    plan->roster_sheet = json_string_value(json_object_get(roster, "sheet"));
    plan->roster_path = json_string_value(json_object_get(roster, "path"));
    plan->roster_key = json_string_value(json_object_get(roster, "key"));
    plan->roster_parent = json_string_value(json_object_get(roster, "parent"));
    int whole = plan->roster_key != NULL && plan->roster_parent != NULL &&
                (plan->roster_sheet != NULL || plan->roster_path != NULL);
    return whole ? MTM_OK : refuse_property(name, "roster", "\"sheet\" or \"path\", \"key\" and \"parent\"", err);
}

/* What indicators mean is composite.c's to judge; a misspelt cut-off would only be left out. */
static mtm_status read_indicators(json_t *json, const char *name, mtm_error *err) {
    const char *key, *item;
    json_t *all = NULL, *indicator, *value;
    MTMI_CHECK_STATUS(read_object(json, "indicators", name, &all, err));
    json_object_foreach(all, key, indicator) {
        MTMI_CHECK_STATUS(
            mtmi_declared_only(indicator, key, "use items groups cut answered label title source year", name, err));
        json_object_foreach(json_object_get(indicator, "items"), item, value) {
            MTMI_CHECK_STATUS(
                mtmi_declared_only(value, item, "question answers weight least most cap from below", name, err));
        }
    }
    return MTM_OK;
}

static mtm_status read_rest(json_t *json, const char *name, mtmi_survey_plan *plan, mtm_error *err) {
    plan->population = "";
    MTMI_CHECK_STATUS(read_text(json, "population", name, &plan->population, err));
    MTMI_CHECK_STATUS(read_text(json, "id", name, &plan->id, err));
    MTMI_CHECK_STATUS(read_text(json, "form", name, &plan->form, err));
    MTMI_CHECK_STATUS(read_words(json, "missing", name, &plan->missing, err));
    MTMI_CHECK_STATUS(read_words(json, "unknown", name, &plan->unknown, err));
    MTMI_CHECK_STATUS(read_words(json, "refused", name, &plan->refused, err));
    MTMI_CHECK_STATUS(read_object(json, "questions", name, &plan->questions, err));
    MTMI_CHECK_STATUS(read_object(json, "replicates", name, &plan->replicates, err));
    MTMI_CHECK_STATUS(
        mtmi_declared_only(plan->replicates, "replicates", "type columns scale rscales rho combined mse", name, err));
    if (plan->replicates != NULL) {
        int choice = 0;
        MTMI_CHECK_STATUS(read_choice(plan->replicates, "type", name, replication_names, 6, &choice, err));
        plan->replication = (mtmi_replication)choice;
    }
    MTMI_CHECK_STATUS(read_roster(json, name, plan, err));
    MTMI_CHECK_STATUS(read_object(json, "calibrate", name, &plan->calibration, err));
    MTMI_CHECK_STATUS(mtmi_declared_only(plan->calibration, "calibrate", "method bounds tolerance totals", name, err));
    return read_indicators(json, name, err);
}

mtm_status mtmi_survey_plan_read(json_t *json, const char *name, mtmi_survey_plan *out, mtm_error *err) {
    *out = (mtmi_survey_plan){.population = ""};
    if (json == NULL) {
        return MTM_OK;
    }
    if (!json_is_object(json)) {
        return mtmi_error_set(err, MTM_ERROR_SCHEMA, 0, (mtmi_place){name, 0, 0}, "\"survey\": expected an object");
    }
    mtmi_survey_plan plan = {.json = json, .population = ""};
    MTMI_CHECK_STATUS(check_known(json, name, err));
    MTMI_CHECK_STATUS(read_design(json, name, &plan, err));
    MTMI_CHECK_STATUS(read_rest(json, name, &plan, err));
    size_t stages = plan.n_clusters == 0 ? 1 : plan.n_clusters;
    if (plan.n_fpc > stages) {
        return refuse_property(name, "fpc", "no more columns than there are stages in \"clusters\"", err);
    }
    if (plan.n_strata > stages) {
        return refuse_property(name, "strata", "no more columns than there are stages in \"clusters\"", err);
    }
    MTMI_CHECK_STATUS(mtmi_declared_read(plan.questions, name, &plan.joined, err));
    plan.questions = plan.joined;
    json_incref(json);
    *out = plan;
    return MTM_OK;
}

void mtmi_survey_plan_free(mtmi_survey_plan *plan) {
    json_decref(plan->json);
    json_decref(plan->joined);
    *plan = (mtmi_survey_plan){.population = ""};
}
