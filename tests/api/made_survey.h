/* Surveys written out in a test: read, refused, and asked with the balance of rows checked. */
#ifndef TESTS_MADE_SURVEY_H
#define TESTS_MADE_SURVEY_H

#include <mtm.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static inline mtm_status read_survey(const char *csv, const char *design, mtm_survey **out, mtm_error *err) {
    mtm_survey_options options = MTM_SURVEY_OPTIONS_INIT;
    options.survey = design;
    const mtm_source source = MTM_SOURCE_BYTES_INIT(csv, strlen(csv), "answers.csv");
    return mtm_survey_read(&source, &options, out, err);
}

static inline mtm_survey *open_survey(const char *csv, const char *design) {
    mtm_survey *survey = NULL;
    mtm_error err = {0};
    if (read_survey(csv, design, &survey, &err) != MTM_OK) {
        fail_msg("%s", err.message);
    }
    return survey;
}

static inline void assert_refused(const char *csv, const char *design, int code, int line, const char *said) {
    mtm_survey *survey = NULL;
    mtm_error err = {0};
    if (read_survey(csv, design, &survey, &err) == MTM_OK) {
        fail_msg("read: %s", design);
    }
    assert_null(survey);
    if (strstr(err.message, said) == NULL || err.code != code || err.line != line) {
        fail_msg("line %lld, code %d: %s", (long long)err.line, err.code, err.message);
    }
}

/* Every estimate's rows balance. */
static inline mtm_estimates *ask(const mtm_survey *survey, const mtm_survey_request *request) {
    mtm_estimates *estimates = NULL;
    mtm_error err = {0};
    if (mtm_survey_compute(survey, request, &estimates, &err) != MTM_OK) {
        fail_msg("%s", err.message);
    }
    const mtm_estimate *one;
    for (size_t i = 0; (one = mtm_estimates_at(estimates, i)) != NULL; i++) {
        if (!one->withheld) {
            assert_int_equal(one->rows, one->n + one->missing + one->unknown + one->refused + one->not_asked +
                                            one->unexpected + one->invalid + one->out_of_domain + one->zero_weight);
        }
    }
    return estimates;
}

static inline mtm_estimates *ask_question(const mtm_survey *survey, const char *question, const char *answer) {
    mtm_survey_request request = MTM_SURVEY_REQUEST_INIT;
    request.question = question;
    request.answer = answer;
    return ask(survey, &request);
}

#endif
