/* Proposes a `datapackage.json` for files: by their form where one of them is the questionnaire of a survey, else by what
 * their cells show. */
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "read/describe.h"
#include "survey/form/propose_survey.h"

#include <mtm/package.h>

static mtm_status describe(const char *const *paths, size_t n_paths, const mtm_read_options *options,
                           const mtmi_asker *asker, mtm_buffer **out, mtm_error *err) {
    mtm_read_options own = MTM_READ_OPTIONS_INIT;
    if (out != NULL) {
        *out = NULL;
    }
    if (out == NULL || paths == NULL || n_paths == 0 || n_paths > 100000) {
        return mtmi_error_argument(err,
                                   out == NULL     ? "out"
                                   : paths == NULL ? "paths"
                                                   : "n_paths",
                                   out == NULL || paths == NULL ? "not NULL" : "1 to 100000 files");
    }
    for (size_t i = 0; i < n_paths; i++) {
        if (paths[i] == NULL || paths[i][0] == '\0') {
            return mtmi_error_argument(err, "paths", "the name of a file in every place");
        }
    }
    MTMI_CHECK_STATUS(mtmi_options_copy(&own, sizeof own, options, "options", err));
    mtm_status status = n_paths > 1 ? mtmi_survey_propose(paths, n_paths, out, err) : MTM_ERROR_NOT_FOUND;
    return status == MTM_ERROR_NOT_FOUND ? mtmi_package_describe(paths, n_paths, &own, asker, out, err) : status;
}

mtm_status mtm_package_describe(const char *const *paths, size_t n_paths, const mtm_read_options *options,
                                mtm_buffer **out, mtm_error *err) {
    return describe(paths, n_paths, options, NULL, out, err);
}

mtm_status mtm_package_ask(const char *const *paths, size_t n_paths, const mtm_read_options *options, mtm_ask ask,
                           void *data, mtm_buffer **out, mtm_error *err) {
    const mtmi_asker asker = {ask, data};
    if (ask == NULL) {
        if (out != NULL) {
            *out = NULL;
        }
        return mtmi_error_argument(err, "ask", "not NULL");
    }
    return describe(paths, n_paths, options, &asker, out, err);
}
