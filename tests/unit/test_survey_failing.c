/* Surveys with every request for memory failing once: nothing crashes, nothing leaks, the status says so. */
#include "failing.h"

#include <mtm.h>

#include <string.h>

static const char answers[] = "uuid,stratum,cluster,town,weight,rw1,rw2,sex,food,needs,income,d1\n"
                              "a,n,c1,4,10.5,21,0,F,yes,water cash,120,1\n"
                              "b,n,c1,4,9.5,19,0,M,no,cash,80,0\n"
                              "c,n,c2,4,12,0,24,F,no,,95,1\n"
                              "d,s,c3,9,8,16,0,M,yes,water,dk,0\n"
                              "e,s,c4,9,7,0,14,F,yes,food cash,60,1\n"
                              "e,s,c4,9,7,0,14,F,yes,food cash,60,1\n"
                              "f,s,c4,9,,0,14,M,yes,food,60,1\n";

#define DESIGN                                                                                                         \
    "\"id\": \"uuid\", \"weight\": \"weight\", \"strata\": \"stratum\", \"clusters\": \"cluster\", \"unknown\": "      \
    "[\"dk\"]"

typedef struct scenario {
    const char *design;
    mtm_survey_request request;
} scenario;

static mtm_status run_scenario(void *data, mtm_error *err) {
    const scenario *of = data;
    mtm_survey_options options = MTM_SURVEY_OPTIONS_INIT;
    mtm_survey *survey = NULL;
    mtm_estimates *estimates = NULL;
    mtm_buffer *text = NULL;
    options.survey = of->design;
    const mtm_source source = MTM_SOURCE_BYTES_INIT(answers, sizeof answers - 1, "answers.csv");
    mtm_status status = mtm_survey_read(&source, &options, &survey, err);
    if (status == MTM_OK) {
        status = mtm_survey_describe(survey, MTM_FORMAT_JSON, &text, err);
    }
    mtm_buffer_free(text);
    text = NULL;
    if (status == MTM_OK) {
        status = mtm_survey_compute(survey, &of->request, &estimates, err);
    }
    if (status == MTM_OK) {
        status = mtm_estimates_render(estimates, MTM_FORMAT_TEXT, &text, err);
    }
    mtm_buffer_free(text);
    mtm_estimates_free(estimates);
    mtm_survey_free(survey);
    return status;
}

static void test_surveys_survive(void **state) {
    scenario all[] = {
        {"{" DESIGN "}", MTM_SURVEY_REQUEST_INIT},
        {"{" DESIGN ", \"fpc\": \"town\", \"questions\": {\"needs\": {\"multiple\": \" \", \"asked\": {\"of\": "
         "\"sex\", \"is\": [\"F\"]}}}}",
         MTM_SURVEY_REQUEST_INIT},
        {"{" DESIGN ", \"calibrate\": {\"method\": \"raking\", \"totals\": {\"sex\": {\"F\": 30, \"M\": 20}}}}",
         MTM_SURVEY_REQUEST_INIT},
        {"{" DESIGN ", \"replicates\": {\"type\": \"JK1\", \"columns\": \"rw*\"}}", MTM_SURVEY_REQUEST_INIT},
        {"{" DESIGN "}", MTM_SURVEY_REQUEST_INIT},
        {"{" DESIGN "}", MTM_SURVEY_REQUEST_INIT},
        {"{" DESIGN ", \"indicators\": {\"v\": {\"items\": {\"food\": {\"answers\": [\"no\"], \"weight\": 0.5}, "
         "\"d1\": {\"weight\": 0.5}}, "
         "\"cut\": 0.5, \"groups\": [{\"name\": \"low\", \"below\": 0.5}, {\"name\": \"high\"}]}}}",
         MTM_SURVEY_REQUEST_INIT},
    };
    (void)state;
    all[0].request.question = "food";
    all[0].request.by = "sex";
    all[1].request.question = "needs";
    all[2].request.question = "income";
    all[3].request.question = "food";
    all[3].request.by = "sex";
    all[3].request.between = "F,M";
    all[4].request.question = "food";
    all[4].request.by = "sex";
    all[4].request.statistic = MTM_STATISTIC_CHI_SQUARE;
    all[5].request.question = "income";
    all[5].request.statistic = MTM_STATISTIC_QUANTILE;
    all[6].request.question = "v_group";
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        assert_survives_failing_memory(run_scenario, &all[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_surveys_survive)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
