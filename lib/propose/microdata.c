/* Lines for microdata: what their files cover, when the dates of their rows leave out days of the period. */
#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "data/package.h"
#include "period/period.h"
#include "propose/propose.h"

#include <mtm/tabulate.h>

#include <stdlib.h>

/* The resource's rows by year, for the days that they cover. */
static mtm_status count(const mtm_package *package, const char *name, mtm_package **out, mtm_error *err) {
    mtm_status status = MTM_ERROR_MEMORY;
    json_t *plan = json_pack("{s:{s:[{s:[],s:s}]}}", name, "groupings", "by", "period", "year");
    char *text = plan != NULL ? json_dumps(plan, JSON_COMPACT) : NULL;
    *out = NULL;
    if (text != NULL) {
        mtm_tabulate_options options = MTM_TABULATE_OPTIONS_INIT;
        status = mtm_package_tabulate(package, text, &options, out, err);
    } else {
        status = mtmi_error_memory(err);
    }
    free(text);
    json_decref(plan);
    return status;
}

/* The covered days and the period, as the package would write them. */
static json_t *write_covers(const mtmi_covered *covered, mtm_period period) {
    mtmi_covered both = {NULL, 0, 0, 0}, asked = {&period, 1, 0, 0};
    json_t *list = json_array();
    int whole = list != NULL && mtmi_covered_copy(covered, &both) && mtmi_covered_unite(&both, &asked, NULL) == MTM_OK;
    for (size_t i = 0; i < both.n && whole; i++) {
        char text[MTMI_PERIOD_TEXT];
        mtm_period_describe(both.stretches[i], text, sizeof text);
        whole = json_array_append_new(list, json_string(text)) == 0;
    }
    mtmi_covered_free(&both);
    if (!whole) {
        json_decref(list);
        return NULL;
    }
    return list;
}

static const mtm_dataset *dataset_with_days(const mtm_package *counted) {
    for (size_t i = 0; i < counted->n_datasets; i++) {
        if (counted->datasets[i]->covered.n > 0) {
            return counted->datasets[i];
        }
    }
    return NULL;
}

/* "rows are dated within 2024-01-01/2024-05-14" */
static mtm_status say_days(const mtmi_covered *covered, mtmi_advice *out, mtm_error *err) {
    mtmi_buffer text = MTMI_BUFFER_INIT;
    for (size_t i = 0; i < covered->n; i++) {
        char words[MTMI_PERIOD_TEXT];
        mtm_period_describe(covered->stretches[i], words, sizeof words);
        mtmi_buffer_format(&text, "%s%s", i == 0 ? "rows are dated within " : ", ", words);
    }
    out->evidence = text.failed ? NULL : json_pack("[{s:s}]", "text", text.data);
    mtmi_buffer_free(&text);
    return out->evidence != NULL ? MTM_OK : mtmi_error_memory(err);
}

mtm_status mtmi_candidates_microdata(const mtm_package *package, const char *name, const json_t *resource,
                                     mtm_period period, mtmi_advice *out, mtm_error *err) {
    const json_t *mtm = json_object_get(resource, "mtm");
    mtm_package *counted = NULL;
    mtm_status status = MTM_OK;
    if (json_object_get(mtm, "incomplete") == NULL) {
        MTMI_TRY(mtmi_advice_line(out, "incomplete", json_string("as-covered"),
                                  "for the sum of the days that the files cover, worded so", err));
    }
    if (json_object_get(mtm, "covers") == NULL) {
        MTMI_TRY(count(package, name, &counted, err));
        const mtm_dataset *dataset = dataset_with_days(counted);
        if (dataset != NULL) {
            MTMI_TRY(mtmi_advice_line(out, "covers", write_covers(&dataset->covered, period),
                                      "if nothing happened on the days without a row", err));
            MTMI_TRY(say_days(&dataset->covered, out, err));
        }
    }
out:
    mtm_package_free(counted);
    return status;
}
