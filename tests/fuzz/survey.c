/* Any bytes as the design of a survey and its answers, a NUL between them: described, and every column asked. Each
 * estimate's rows must balance. */
#include "fuzz.h"

#include <mtm.h>

#include <stdlib.h>
#include <string.h>

static void check_estimates(const mtm_estimates *estimates) {
    const mtm_estimate *one;
    for (size_t i = 0; (one = mtm_estimates_at(estimates, i)) != NULL; i++) {
        int64_t rows = one->n + one->missing + one->unknown + one->refused + one->not_asked + one->unexpected +
                       one->invalid + one->out_of_domain + one->zero_weight;
        if (!one->withheld && strcmp(one->statistic, "chi-square") != 0 && rows != one->rows) {
            abort();
        }
    }
}

static void ask(const mtm_survey *survey, const char *question, int32_t statistic) {
    mtm_survey_request request = MTM_SURVEY_REQUEST_INIT;
    mtm_estimates *estimates = NULL;
    mtm_buffer *text = NULL;
    request.question = question;
    request.denominator = "b";
    request.by = statistic == MTM_STATISTIC_CHI_SQUARE ? "a" : NULL;
    request.statistic = statistic;
    if (mtm_survey_compute(survey, &request, &estimates, NULL) == MTM_OK) {
        check_estimates(estimates);
        if (mtm_estimates_render(estimates, MTM_FORMAT_TEXT, &text, NULL) != MTM_OK) {
            abort();
        }
    }
    mtm_buffer_free(text);
    mtm_estimates_free(estimates);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const questions[] = {"a", "b", "c"};
    mtm_survey_options options = MTM_SURVEY_OPTIONS_INIT;
    const uint8_t *nul = size > 0 ? memchr(data, '\0', size) : NULL;
    mtm_survey *survey = NULL;
    mtm_buffer *text = NULL;
    if (nul == NULL) {
        return 0;
    }
    const mtm_source source = MTM_SOURCE_BYTES_INIT(nul + 1, size - (size_t)(nul + 1 - data), "t.csv");
    options.survey = (const char *)data;
    if (mtm_survey_read(&source, &options, &survey, NULL) == MTM_OK) {
        if (mtm_survey_describe(survey, MTM_FORMAT_JSON, &text, NULL) != MTM_OK) {
            abort();
        }
        for (size_t i = 0; i < 3; i++) {
            for (int32_t statistic = 0; statistic <= MTM_STATISTIC_CHI_SQUARE; statistic++) {
                ask(survey, questions[i], statistic);
            }
        }
    }
    mtm_buffer_free(text);
    mtm_survey_free(survey);
    return 0;
}
