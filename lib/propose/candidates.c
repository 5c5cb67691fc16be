/* Lists the lines that may restore a refused number, the most careful first. None contradicts what the resource says
 * already; whether it restores anything is tried elsewhere. */
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "propose/propose.h"

#include <string.h>

mtm_status mtmi_advice_line(mtmi_advice *advice, const char *property, json_t *value, const char *when,
                            mtm_error *err) {
    json_t *patch = value != NULL && advice->n < MTMI_LINES_MAX ? json_object() : NULL;
    if (patch == NULL || json_object_set(patch, property, value) != 0) {
        const int is_full = value != NULL && advice->n == MTMI_LINES_MAX;
        json_decref(value);
        json_decref(patch);
        return is_full ? MTM_OK : mtmi_error_memory(err);
    }
    json_decref(value);
    advice->lines[advice->n++] = (mtmi_proposed_line){patch, {when, NULL}, NULL};
    return MTM_OK;
}

void mtmi_advice_free(mtmi_advice *advice) {
    for (size_t i = 0; i < advice->n; i++) {
        json_decref(advice->lines[i].patch);
        json_decref(advice->lines[i].restored);
    }
    json_decref(advice->evidence);
    memset(advice, 0, sizeof *advice);
}

mtm_status mtmi_advice_add(mtmi_proposing *proposer, mtmi_advice *advice, mtm_error *err) {
    void *table = proposer->advice;
    if (!mtmi_memory_reserve(&table, &proposer->capacity, proposer->n_advice + 1, sizeof *proposer->advice)) {
        mtmi_advice_free(advice);
        return mtmi_error_memory(err);
    }
    proposer->advice = table;
    proposer->advice[proposer->n_advice++] = *advice;
    memset(advice, 0, sizeof *advice);
    return MTM_OK;
}

static int says(const json_t *resource, const char *property) {
    return json_object_get(json_object_get(resource, "mtm"), property) != NULL;
}

static mtm_status add_absent(const json_t *resource, mtmi_advice *out, mtm_error *err) {
    return says(resource, "absent") ? MTM_OK
                                    : mtmi_advice_line(out, "absent", json_string("zero"),
                                                       "if a row that is not there says that nothing was counted", err);
}

static mtm_status add_incomplete(const json_t *resource, mtmi_advice *out, mtm_error *err) {
    return says(resource, "incomplete") ? MTM_OK
                                        : mtmi_advice_line(out, "incomplete", json_string("as-covered"),
                                                           "for the sum of what there is, worded so", err);
}

static mtm_status add_dates(const mtm_dataset *dataset, const json_t *resource, mtmi_advice *out, mtm_error *err) {
    return dataset->kind != MTM_KIND_STOCK || says(resource, "stockDates")
               ? MTM_OK
               : mtmi_advice_line(out, "stockDates", json_string("last-known"),
                                  "if the last figure of an area stands until it has another", err);
}

/* ---- parts without a total ---- */

static int is_declared_selection(const json_t *resource, const char *dimension) {
    const json_t *declared = json_object_get(json_object_get(resource, "mtm"), "partsAreSelection");
    size_t i;
    json_t *one;
    int found = json_is_true(declared);
    json_array_foreach((json_t *)(uintptr_t)declared, i, one) {
        found = found || (json_is_string(one) && strcmp(json_string_value(one), dimension) == 0);
    }
    return found;
}

static size_t members_of(const mtmi_dimension *dimension) {
    size_t n = 0;
    for (size_t i = 0; i < dimension->n_members; i++) {
        n += dimension->members[i].kind == MTM_MEMBER_CODE && dimension->members[i].n_rows > 0;
    }
    return n;
}

/* Each dimension alone, then all of them. */
static mtm_status add_frames(const mtm_dataset *dataset, const json_t *resource, mtmi_advice *out, mtm_error *err) {
    static const char when[] = "if the members that the table lists are all that there are";
    json_t *all = json_object();
    mtm_status status = MTM_OK;
    if (all == NULL) {
        status = mtmi_error_memory(err);
        goto out;
    }
    for (size_t k = 0; k < dataset->n_dimensions; k++) {
        const mtmi_dimension *dimension = &dataset->dimensions[k];
        const json_t *fixed = json_object_get(json_object_get(resource, "mtm"), "dimensions");
        if (members_of(dimension) == 0 || dimension->n_frame > 0 || json_object_get(fixed, dimension->name) != NULL ||
            is_declared_selection(resource, dimension->name)) {
            continue;
        }
        MTMI_TRY(mtmi_advice_line(out, "frame", json_pack("{s:s}", dimension->name, "closed"), when, err));
        if (json_object_set_new(all, dimension->name, json_string("closed")) != 0) {
            status = mtmi_error_memory(err);
            goto out;
        }
    }
    if (json_object_size(all) > 1) {
        return mtmi_advice_line(out, "frame", all, when, err);
    }
out:
    json_decref(all);
    return status;
}

/* ---- rows that may be the total ---- */

/* {"ECS": "_T", "-": "_T"}: every label in doubt under one code. */
static mtm_status alias_all(const mtm_dataset *dataset, const char *code, const char *when, mtmi_advice *out,
                            mtm_error *err) {
    json_t *aliases = json_object();
    if (aliases == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < dataset->n_findings; i++) {
        const mtmi_finding *finding = &dataset->findings[i];
        const int fits = finding->kind == MTMI_FINDING_MAY_BE_TOTAL ||
                         (finding->kind == MTMI_FINDING_GROUP_EXCEEDS && strcmp(code, "_T") == 0);
        if (fits && finding->label != NULL && json_object_set_new(aliases, finding->label, json_string(code)) != 0) {
            json_decref(aliases);
            return mtmi_error_memory(err);
        }
    }
    if (json_object_size(aliases) > 0) {
        return mtmi_advice_line(out, "aliases", aliases, when, err);
    }
    json_decref(aliases);
    return MTM_OK;
}

static mtm_status add_aliases(const mtm_dataset *dataset, mtmi_advice *out, mtm_error *err) {
    MTMI_CHECK_STATUS(alias_all(dataset, "_T", "if that row is the total of the others", out, err));
    return alias_all(dataset, "_U", "if it is one more of them, not stated", out, err);
}

mtm_status mtmi_candidates(const mtm_dataset *dataset, const json_t *resource, const mtmi_refused_figure *refused,
                           mtmi_advice *out, mtm_error *err) {
    mtm_status status = MTM_OK;
    switch (refused->reason) {
    case MTM_REASON_COVERAGE_INCOMPLETE:
        MTMI_TRY(add_incomplete(resource, out, err));
        MTMI_TRY(add_dates(dataset, resource, out, err));
        return add_absent(resource, out, err);
    case MTM_REASON_EXTENT_DIFFERS: /* a list may keep to territories as they were */
        MTMI_TRY(add_absent(resource, out, err));
        MTMI_TRY(add_dates(dataset, resource, out, err));
        return add_frames(dataset, resource, out, err);
    case MTM_REASON_COVERAGE_UNKNOWN: return add_frames(dataset, resource, out, err);
    case MTM_REASON_TOTAL_UNCERTAIN:
        return dataset->confidential || dataset->microdata ? MTM_OK : add_aliases(dataset, out, err);
    default: return MTM_OK;
    }
out:
    return status;
}
