/* Finds the unit for a table that cannot be read because nothing says its unit, or two places say different ones. A
 * unit is proposed only where it is the one under which the table can be read. */
#include "base/diagnostic.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "propose/propose.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *const units[] = {"persons", "movements", "permits", "households", "USD", "KZT",
                                    "EUR",     "RUB",       "KGS",     "TJS",        "UZS", "percent"};
static const int powers[] = {0, 3, 6, 9};

/* The package with one resource only: the others are left alone. NULL without memory. */
static json_t *only(const json_t *json, size_t resource) {
    json_t *copy = json_deep_copy(json), *one;
    int done = copy != NULL;
    size_t i;
    json_array_foreach(json_object_get(copy, "resources"), i, one) {
        done = done && (i == resource || json_object_set_new(one, "mtm", json_pack("{s:b}", "ignore", 1)) == 0);
    }
    if (!done) {
        json_decref(copy);
        return NULL;
    }
    return copy;
}

/* Whether a package can be read with one more line. patch NULL: as it is. */
static mtm_status reads_with(const mtmi_proposing *proposer, const json_t *alone, size_t resource, const json_t *patch,
                             int *reads, mtm_error *why, mtm_error *err) {
    mtmi_proposing reading = *proposer;
    mtmi_trial trial;
    json_t *with = patch != NULL ? mtmi_trial_with(alone, resource, patch) : json_deep_copy(alone);
    reading.catalogue = NULL;
    *reads = 0;
    if (with == NULL) {
        return mtmi_error_memory(err);
    }
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_trial_run(&reading, with, &trial, err));
    *reads = trial.reads;
    *why = trial.why;
    mtmi_trial_free(&trial);
out:
    json_decref(with);
    return status;
}

static int is_about_unit(const mtm_error *why) {
    return why->code == MTMI_CODE_UNIT || strstr(why->subject, ".unit") != NULL;
}

/* Keeps the lines under which the table can be read. */
static mtm_status keep_readable(const mtmi_proposing *proposer, const json_t *alone, mtmi_advice *advice,
                                mtm_error *err) {
    size_t kept = 0, i = 0;
    mtm_status status = MTM_OK;
    for (; i < advice->n; i++) {
        mtm_error why;
        int reads = 0;
        MTMI_TRY(reads_with(proposer, alone, advice->resource, advice->lines[i].patch, &reads, &why, err));
        if (reads) {
            advice->lines[kept++] = advice->lines[i];
        } else {
            json_decref(advice->lines[i].patch);
        }
    }
out:
    while (i < advice->n) { /* not tried: the caller frees them */
        advice->lines[kept++] = advice->lines[i++];
    }
    advice->n = kept;
    return status;
}

static mtm_status try_unit(const mtmi_proposing *proposer, const json_t *alone, const char *unit, mtmi_advice *out,
                           mtm_error *err) {
    mtmi_advice one = {.resource = out->resource};
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_advice_line(&one, "unit", json_string(unit), "the only unit that nothing contradicts", err));
    MTMI_TRY(keep_readable(proposer, alone, &one, err));
out:
    if (one.n > 0) {
        out->lines[out->n++] = one.lines[0];
    }
    return status;
}

static mtm_status try_units(const mtmi_proposing *proposer, const json_t *alone, mtmi_advice *out, mtm_error *err) {
    for (size_t i = 0; i < COUNT(units) && out->n < 2; i++) {
        MTMI_CHECK_STATUS(try_unit(proposer, alone, units[i], out, err));
    }
    for (size_t i = 0; i < COUNT(powers) && out->n == 0; i++) {
        MTMI_CHECK_STATUS(mtmi_advice_line(out, "multiplier", json_integer(powers[i]),
                                           "the only power of ten that nothing contradicts", err));
        MTMI_CHECK_STATUS(keep_readable(proposer, alone, out, err));
    }
    return MTM_OK;
}

static mtm_status say(const char *key, const char *text, const mtm_error *why, json_t *list, mtm_error *err) {
    json_t *one = json_pack("{s:s, s:s}", "resource", key, "text", text);
    int done = one != NULL;
    if (done && why != NULL && why->subject[0] != '\0') {
        done = json_object_set_new(one, "file", json_string(why->subject)) == 0 &&
               (why->line <= 0 || json_object_set_new(one, "line", json_integer(why->line)) == 0);
    }
    done = json_array_append(list, one) == 0 && done;
    json_decref(one);
    return done ? MTM_OK : mtmi_error_memory(err);
}

/* Of a table that cannot be read: a line, or why there is none. */
static mtm_status settle_unit(mtmi_proposing *proposer, size_t resource, const json_t *alone, const mtm_error *why,
                              mtm_error *err) {
    const char *name = json_string_value(
        json_object_get(json_array_get(json_object_get(proposer->json, "resources"), resource), "name"));
    mtmi_advice advice;
    memset(&advice, 0, sizeof advice);
    advice.resource = resource;
    mtm_status status = is_about_unit(why) ? try_units(proposer, alone, &advice, err) : MTM_OK;
    if (status == MTM_OK && advice.n == 1) {
        advice.evidence = json_array();
        status = advice.evidence != NULL ? say(name != NULL ? name : "", why->message, why, advice.evidence, err)
                                         : mtmi_error_memory(err);
        json_t *with = status == MTM_OK ? mtmi_trial_with(proposer->json, resource, advice.lines[0].patch) : NULL;
        if (with != NULL) {
            json_decref(proposer->json);
            proposer->json = with;
            return mtmi_advice_add(proposer, &advice, err);
        }
        status = mtmi_error_memory(err);
    } else if (status == MTM_OK) {
        status = say(name != NULL ? name : "", why->message, why, proposer->unread, err);
        if (status == MTM_OK &&
            json_object_set_new(json_array_get(json_object_get(proposer->json, "resources"), resource), "mtm",
                                json_pack("{s:b}", "ignore", 1)) != 0) {
            status = mtmi_error_memory(err);
        }
    }
    mtmi_advice_free(&advice);
    return status;
}

mtm_status mtmi_propose_units(mtmi_proposing *proposer, mtm_error *err) {
    const size_t n = json_array_size(json_object_get(proposer->json, "resources"));
    json_t *alone = NULL;
    mtm_status status = MTM_OK;
    for (size_t i = 0; i < n; i++) {
        mtm_error why;
        int reads = 0;
        alone = only(proposer->json, i);
        memset(&why, 0, sizeof why);
        MTMI_TRY(alone != NULL ? reads_with(proposer, alone, i, NULL, &reads, &why, err) : mtmi_error_memory(err));
        if (!reads) {
            MTMI_TRY(settle_unit(proposer, i, alone, &why, err));
        }
        json_decref(alone);
        alone = NULL;
    }
out:
    json_decref(alone);
    return status;
}
