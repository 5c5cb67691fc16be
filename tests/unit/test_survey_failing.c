/* Surveys with every request for memory failing once: nothing crashes, nothing leaks, the status says so. */
#include "failing.h"

#include <mtm.h>

#include <stdio.h>
#include <string.h>

#define LEDGER "survey-failing.ledger"

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
    if (status == MTM_OK) {
        remove(LEDGER);
        mtm_report_options publishing = MTM_REPORT_OPTIONS_INIT;
        publishing.ledger = LEDGER;
        status = mtm_estimates_protect(estimates, &publishing, err);
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

/* A compact survey, saved, read again and added to itself; asked, and subtracted; with a condition of who is asked. */
static mtm_status run_compact(void *data, mtm_error *err) {
    mtm_survey_options options = MTM_SURVEY_OPTIONS_INIT;
    mtm_survey_request request = MTM_SURVEY_REQUEST_INIT;
    mtm_survey *one = NULL, *both = NULL;
    mtm_estimates *estimates = NULL;
    mtm_buffer *bytes = NULL;
    (void)data;
    options.survey = "{" DESIGN ", \"revisits\": true, \"questions\": {\"income\": {\"asked\": {\"when\": \"${sex} = "
                     "'F' or selected(${needs}, 'cash')\"}}}}";
    options.compact = 1;
    request.question = "income";
    request.by = "sex";
    const mtm_source source = MTM_SOURCE_BYTES_INIT(answers, sizeof answers - 1, "answers.csv");
    mtm_status status = mtm_survey_read(&source, &options, &one, err);
    status = status == MTM_OK ? mtm_survey_save(one, &bytes, err) : status;
    if (status == MTM_OK) {
        const mtm_source saved = MTM_SOURCE_BYTES_INIT(mtm_buffer_data(bytes), mtm_buffer_size(bytes), "saved");
        options.add_to = one;
        status = mtm_survey_read(&saved, &options, &both, err);
    }
    request.before = one;
    status = status == MTM_OK ? mtm_survey_compute(both, &request, &estimates, err) : status;
    mtm_estimates_free(estimates);
    mtm_survey_free(one);
    mtm_survey_free(both);
    mtm_buffer_free(bytes);
    return status;
}

static void test_compact_survive(void **state) {
    (void)state;
    assert_survives_failing_memory(run_compact, NULL);
}

/* A package's survey, reported: failures are sampled, for there are many requests. */
static mtm_status run_report(mtm_error *err) {
    const mtm_source folder = MTM_SOURCE_PATH_INIT(MTM_SOURCE_DIR "/examples/households");
    const mtm_source indicators = MTM_SOURCE_PATH_INIT(MTM_SOURCE_DIR "/examples/households/indicators.json");
    mtm_compute_options compute = MTM_COMPUTE_OPTIONS_INIT;
    mtm_render_options render = MTM_RENDER_OPTIONS_INIT;
    mtm_package *package = NULL;
    mtm_catalogue *catalogue = NULL;
    mtm_results *results = NULL;
    mtm_report *report = NULL;
    mtm_buffer *page = NULL;
    compute.indicator = render.indicator = "food-insecure";
    render.view = MTM_VIEW_INDICATOR;
    mtm_status status = mtm_package_read(&folder, NULL, &package, err);
    status = status == MTM_OK ? mtm_catalogue_read(&indicators, &catalogue, err) : status;
    status = status == MTM_OK ? mtm_catalogue_compute(catalogue, package, &compute, &results, err) : status;
    status = status == MTM_OK ? mtm_report_new(results, NULL, &report, err) : status;
    status = status == MTM_OK ? mtm_report_render(report, MTM_FORMAT_HTML, &render, &page, err) : status;
    mtm_buffer_free(page);
    mtm_report_free(report);
    mtm_results_free(results);
    mtm_catalogue_free(catalogue);
    mtm_package_free(package);
    return status;
}

static void test_reports_survive(void **state) {
    (void)state;
    for (size_t n = 1;; n += 1 + n / 25) {
        mtm_error err = {0};
        mtmi_memory_fail_at(n, 1);
        mtm_status status = run_report(&err);
        size_t requests = mtmi_memory_requests();
        mtmi_memory_fail_at(0, 0);
        if (status == MTM_OK && requests < n) {
            break;
        }
        assert_int_equal(status, MTM_ERROR_MEMORY);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_surveys_survive), cmocka_unit_test(test_compact_survive),
                                       cmocka_unit_test(test_reports_survive)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
