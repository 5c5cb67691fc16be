/* Tries lines: reads and computes the package as it would be with them. Nothing is written to the disk. */
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "propose/propose.h"
#include "read/package_read.h"

#include <string.h>

void mtmi_trial_free(mtmi_trial *trial) {
    mtm_results_free(trial->results);
    mtm_package_free(trial->package);
    memset(trial, 0, sizeof *trial);
}

/* These end the work; anything else is what the trial found. */
static int ends_work(mtm_status status) {
    return status == MTM_ERROR_MEMORY || status == MTM_ERROR_CANCELLED;
}

static mtm_status compute(const mtmi_proposing *proposer, mtmi_trial *trial) {
    mtm_compute_options options = *proposer->computing;
    if (options.period == NULL && options.n_periods == 0) {
        options.period = &proposer->period;
    }
    return mtm_catalogue_compute(proposer->catalogue, trial->package, &options, &trial->results, &trial->why);
}

static mtm_status read_and_compute(const mtmi_proposing *proposer, const json_t *json, mtmi_trial *out) {
    mtmi_descriptor *descriptor = NULL;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_descriptor_of(json, proposer->folder, proposer->file, &descriptor, &out->why));
    MTMI_TRY(mtmi_package_from(descriptor, proposer->reading, &out->package, &out->why));
    if (proposer->catalogue != NULL) {
        MTMI_TRY(compute(proposer, out));
    }
out:
    mtmi_descriptor_free(descriptor);
    return status;
}

mtm_status mtmi_trial_run(const mtmi_proposing *proposer, const json_t *json, mtmi_trial *out, mtm_error *err) {
    memset(out, 0, sizeof *out);
    const mtm_status status = read_and_compute(proposer, json, out);
    out->reads = status == MTM_OK;
    if (ends_work(status)) {
        if (err != NULL) {
            *err = out->why;
        }
        mtmi_trial_free(out);
        return status;
    }
    return MTM_OK;
}

/* The object under a key, made where there is none. Borrowed; NULL without memory. */
static json_t *object_at(json_t *parent, const char *key) {
    json_t *child = json_object_get(parent, key);
    if (!json_is_object(child)) {
        child = json_object();
        if (child == NULL || json_object_set_new(parent, key, child) != 0) {
            return NULL;
        }
    }
    return child;
}

json_t *mtmi_trial_with(const json_t *json, size_t resource, const json_t *patch) {
    json_t *copy = json_deep_copy(json);
    json_t *mtm = copy != NULL ? object_at(json_array_get(json_object_get(copy, "resources"), resource), "mtm") : NULL;
    const char *property;
    json_t *value;
    int done = mtm != NULL;
    json_object_foreach((json_t *)(uintptr_t)patch, property, value) {
        json_t *there = json_object_get(mtm, property), *own = json_deep_copy(value);
        done = done && own != NULL &&
               (json_is_object(there) && json_is_object(own) ? json_object_update(there, own)
                                                             : json_object_set(mtm, property, own)) == 0;
        json_decref(own);
    }
    if (!done) {
        json_decref(copy);
        return NULL;
    }
    return copy;
}

int mtmi_trial_has(const mtmi_trial *trial, const mtmi_refused_figure *refused) {
    if (!trial->reads || trial->results == NULL || refused->result >= trial->results->n) {
        return 0;
    }
    const mtm_result *result = &trial->results->results[refused->result];
    return refused->of == MTM_LINEAGE_VALUE ? result->has_value : result->comparisons[refused->of - 1].has_percent;
}

mtm_reason mtmi_trial_reason(const mtmi_trial *trial, const mtmi_refused_figure *refused) {
    if (!trial->reads || trial->results == NULL || refused->result >= trial->results->n) {
        return MTM_REASON_NONE;
    }
    const mtm_result *result = &trial->results->results[refused->result];
    return refused->of == MTM_LINEAGE_VALUE ? result->reason : (mtm_reason)result->comparisons[refused->of - 1].reason;
}
