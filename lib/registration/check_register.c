/* Checks a resource of registrations: what stands behind the door of read/check_registration.h. */
#include "read/check_registration.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "tabulate/tabulator.h"

#include <stdlib.h>

/* Everybody, whatever is grouped by. */
static mtm_status specify(const mtmi_resource *resource, char **out, mtm_error *err) {
    json_error_t why;
    json_t *described = json_loads(resource->json, 0, &why);
    json_t *spec = described == NULL ? NULL : json_pack("{s:O,s:[{s:[]}]}", "resource", described, "groupings", "by");
    char *text = spec == NULL ? NULL : json_dumps(spec, JSON_COMPACT);
    *out = mtmi_memory_copy_text(text);
    free(text);
    json_decref(spec);
    json_decref(described);
    return *out != NULL ? MTM_OK : mtmi_error_memory(err);
}

mtm_status mtmi_check_registration(const mtmi_resource *resource, mtmi_source *const *sources, size_t n,
                                   const mtm_read_options *options, mtm_check *check, mtm_error *err) {
    mtm_tabulate_options counting = MTM_TABULATE_OPTIONS_INIT;
    mtm_tabulator *tabulator = NULL;
    char *spec = NULL;
    mtm_status status = MTM_OK;
    counting.threads = -1;
    counting.progress = options->progress;
    counting.progress_data = options->progress_data;
    counting.allow_guess = options->allow_guess;
    MTMI_TRY(specify(resource, &spec, err));
    MTMI_TRY(mtm_tabulator_new(spec, &counting, &tabulator, err));
    for (size_t i = 0; i < n; i++) {
        MTMI_TRY(mtmi_tabulator_add_file(tabulator, sources[i], err));
    }
    MTMI_TRY(mtmi_tabulator_report(tabulator, check, err));
out:
    mtmi_memory_free(spec);
    mtm_tabulator_free(tabulator);
    return status;
}
