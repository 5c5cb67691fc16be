/* Shares of a survey by group: estimate, interval, and who is behind it.
 *
 *   survey PACKAGE QUESTION GROUP
 *   survey ../households food_insecure population_group
 */
#include <mtm.h>

#include <stdio.h>

static int fail(const mtm_error *err) {
    char line[1100];
    mtm_error_describe(err, line, sizeof line);
    fprintf(stderr, "%s\n", line);
    return 1;
}

static void print_estimates(const mtm_estimates *estimates) {
    const mtm_estimate *one;
    for (size_t i = 0; (one = mtm_estimates_at(estimates, i)) != NULL; i++) {
        printf("%s, %s: %.1f %% (%.1f to %.1f; %lld of %lld answers%s)\n", one->domain, one->answer,
               100 * one->estimate, 100 * one->low, 100 * one->high, (long long)one->contributors, (long long)one->n,
               one->unreliable != 0 ? "; unreliable" : "");
    }
}

int main(int argc, char **argv) {
    mtm_survey_request request = MTM_SURVEY_REQUEST_INIT;
    mtm_estimates *estimates = NULL;
    mtm_survey *survey = NULL;
    mtm_error err;

    if (argc != 4) {
        fprintf(stderr, "usage: survey PACKAGE QUESTION GROUP\n");
        return 2;
    }
    const mtm_source source = MTM_SOURCE_PATH_INIT(argv[1]);
    if (mtm_survey_read(&source, NULL, &survey, &err) != MTM_OK) {
        return fail(&err);
    }
    request.question = argv[2];
    request.by = argv[3];
    mtm_status status = mtm_survey_compute(survey, &request, &estimates, &err);
    if (status == MTM_OK) {
        print_estimates(estimates);
    }
    mtm_estimates_free(estimates);
    mtm_survey_free(survey);
    return status == MTM_OK ? 0 : fail(&err);
}
