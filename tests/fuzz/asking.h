/* A question put to a survey: each of its estimates tells of every row. */
#ifndef TESTS_FUZZ_ASKING_H
#define TESTS_FUZZ_ASKING_H

#include <mtm.h>

#include <stdlib.h>

static inline void ask(const mtm_survey *survey, const char *question) {
    mtm_survey_request request = MTM_SURVEY_REQUEST_INIT;
    mtm_estimates *estimates = NULL;
    const mtm_estimate *one;
    request.question = question;
    if (mtm_survey_compute(survey, &request, &estimates, NULL) == MTM_OK) {
        for (size_t i = 0; (one = mtm_estimates_at(estimates, i)) != NULL; i++) {
            if (one->rows != one->n + one->missing + one->unknown + one->refused + one->not_asked + one->unexpected +
                                 one->invalid + one->out_of_domain + one->zero_weight) {
                abort();
            }
        }
    }
    mtm_estimates_free(estimates);
}

#endif
