/* Surveys as people bring them: shapes of questions, bad weights, designs that cannot be, and the balance of rows. */
#include "made_survey.h"

static char *describe(const mtm_survey *survey) {
    mtm_buffer *text = NULL;
    assert_int_equal(mtm_survey_describe(survey, MTM_FORMAT_TEXT, &text, NULL), MTM_OK);
    char *copy = malloc(mtm_buffer_size(text) + 1);
    memcpy(copy, mtm_buffer_data(text), mtm_buffer_size(text) + 1);
    mtm_buffer_free(text);
    return copy;
}

/* A column of ones is no population: everything would count as drawn. */
static void test_populations_of_one(void **state) {
    mtm_survey *survey = open_survey("c,n,y\na,1,yes\nb,1,no\nc,1,no\n", "{\"clusters\": \"c\", \"fpc\": \"n\"}");
    char *text = describe(survey);
    (void)state;
    assert_non_null(strstr(text, "note[MTM-N205]: column \"n\""));
    free(text);
    mtm_survey_free(survey);
    survey =
        open_survey("c,n,y\na,1,yes\nb,0.5,no\nc,0.5,no\n", "{\"strata\": \"n\", \"clusters\": \"c\", \"fpc\": \"n\"}");
    text = describe(survey);
    assert_null(strstr(text, "N205"));
    free(text);
    mtm_survey_free(survey);
}

static void test_weights(void **state) {
    mtm_survey *survey = open_survey("id,w,y\na,2,yes\nb,,yes\nc,-1,no\nd,x,no\ne,0,yes\na,3,no\nf,3,no\n",
                                     "{\"weight\": \"w\", \"id\": \"id\"}");
    mtm_estimates *estimates = ask_question(survey, "y", "yes");
    const mtm_estimate *one = mtm_estimates_at(estimates, 0);
    char *text = describe(survey);
    (void)state;
    assert_int_equal(one->n, 2);
    assert_int_equal(one->zero_weight, 1);
    assert_true(one->estimate == 0.4);
    assert_string_equal(one->weight, "5");
    assert_non_null(strstr(text, "answers.csv:3: error[MTM-E200]"));
    assert_non_null(strstr(text, "answers.csv:4: error[MTM-E201]"));
    assert_non_null(strstr(text, "answers.csv:5: error[MTM-E201]"));
    assert_non_null(strstr(text, "answers.csv:7: error[MTM-E202]"));
    assert_non_null(strstr(text, "note[MTM-N212]"));
    assert_non_null(strstr(text, "4 of 7 rows were refused"));
    free(text);
    mtm_estimates_free(estimates);
    mtm_survey_free(survey);
}

static void test_designs(void **state) {
    (void)state;
    assert_refused("h,c,w\nn,c1,1\ns,c1,1\n", "{\"strata\": \"h\", \"clusters\": \"c\"}", 203, 3, "\"nest\": true");
    assert_refused("h,c,N\nn,c1,2\nn,c2,2\nn,c3,2\n", "{\"strata\": \"h\", \"clusters\": \"c\", \"fpc\": \"N\"}", 204,
                   2, "smaller than the sample");
    assert_refused("h,c,N\nn,c1,5\nn,c2,6\n", "{\"strata\": \"h\", \"clusters\": \"c\", \"fpc\": \"N\"}", 204, 3,
                   "another number of units in the stratum than line");
    assert_refused("h,c,N\nn,c1,\nn,c2,6\n", "{\"strata\": \"h\", \"clusters\": \"c\", \"fpc\": \"N\"}", 205, 2,
                   "fraction");
    assert_refused("w\n1\n", "{\"weight\": \"weight\"}", 35, 1, "\"weight\"");
    assert_refused("w\n1\n", "{\"wieght\": \"w\"}", 0, 0, "\"wieght\"");
    assert_refused("w\n1\n", "{\"lonely\": \"maybe\"}", 0, 0, "fail, remove, certainty, adjust, average");
    assert_refused("w\n1\n", "{\"weight\": \"w\", \"strata\": \"w\"}", 0, 0, "cannot be that of strata");
    assert_refused("w\n", "{}", 0, 0, "no row can be used");
    assert_refused("s\nF\nM\n", "{\"calibrate\": {\"method\": \"raking\", \"totals\": {\"s\": {\"F\": 3}}}}", 207, 3,
                   "no total");
    mtm_survey_free(open_survey("c,id\nc1,a\nc1,b\n", "{\"id\": \"id\", \"clusters\": [\"c\", \"id\"]}"));
    mtm_survey_free(open_survey("h,c,w\nn,c1,1\ns,c1,1\n", "{\"strata\": \"h\", \"clusters\": \"c\", \"nest\": true}"));
}

static void test_lonely(void **state) {
    static const char csv[] = "h,c,y\nn,c1,1\nn,c2,0\nn,c3,1\ns,c4,1\n";
    mtm_survey *survey = open_survey(csv, "{\"strata\": \"h\", \"clusters\": \"c\"}");
    mtm_survey_request request = MTM_SURVEY_REQUEST_INIT;
    mtm_estimates *estimates = NULL;
    mtm_error err = {0};
    (void)state;
    request.question = "y";
    assert_int_equal(mtm_survey_compute(survey, &request, &estimates, &err), MTM_ERROR_VALUE);
    assert_int_equal(err.code, 206);
    assert_int_equal(err.line, 5);
    assert_non_null(strstr(err.message, "\"s\""));
    mtm_survey_free(survey);
    survey = open_survey(csv, "{\"strata\": \"h\", \"clusters\": \"c\", \"lonely\": \"adjust\"}");
    estimates = ask(survey, &request);
    assert_true(mtm_estimates_at(estimates, 0)->se > 0);
    mtm_estimates_free(estimates);
    mtm_survey_free(survey);
}

/* Each way of writing several answers gives the same shares. */
static void test_several(void **state) {
    static const struct {
        const char *csv, *design, *question;
    } shapes[] = {
        {"needs\nwater cash\ncash\n\nfood water\n", "{\"questions\": {\"needs\": {\"multiple\": \" \"}}}", "needs"},
        {"id,needs\n1,water; cash\n2,cash\n3,\n4,food; water\n", "{\"questions\": {\"needs\": {\"multiple\": \";\"}}}",
         "needs"},
        {"needs/cash,needs/food,needs/water\n1,0,1\n1,0,0\n,,\n0,1,1\n", "{}", "needs"},
        {"needs.cash,needs.food,needs.water\nTRUE,FALSE,TRUE\nTRUE,FALSE,FALSE\n,,\nFALSE,TRUE,TRUE\n", "{}", "needs"},
        {"q_1,q_2,q_3\n1,0,1\n1,0,0\n,,\n0,1,1\n",
         "{\"questions\": {\"needs\": {\"type\": \"several\", \"columns\": {\"cash\": \"q_1\", \"food\": \"q_2\", "
         "\"water\": \"q_3\"}}}}",
         "needs"}};
    (void)state;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        mtm_survey *survey = open_survey(shapes[i].csv, shapes[i].design);
        mtm_estimates *estimates = ask_question(survey, shapes[i].question, NULL);
        static const char *const answers[] = {"cash", "food", "water"};
        static const double shares[] = {2.0 / 3, 1.0 / 3, 2.0 / 3};
        for (size_t k = 0; k < 3; k++) {
            const mtm_estimate *one = mtm_estimates_at(estimates, k);
            assert_non_null(one);
            assert_string_equal(one->answer, answers[k]);
            assert_int_equal(one->n, 3);
            assert_true(fabs(one->estimate - shares[k]) < 1e-15);
        }
        assert_null(mtm_estimates_at(estimates, 3));
        mtm_estimates_free(estimates);
        mtm_survey_free(survey);
    }
}

static void test_skip_logic(void **state) {
    mtm_survey *survey =
        open_survey("work,wage\nyes,100\nyes,dk\nno,\nno,50\nyes,refused\nyes,much\n,\n",
                    "{\"unknown\": [\"dk\"], \"refused\": [\"refused\"], \"questions\": {\"wage\": {\"type\": "
                    "\"number\", \"asked\": {\"of\": \"work\", \"is\": [\"yes\"]}}}}");
    mtm_estimates *estimates = ask_question(survey, "wage", NULL);
    const mtm_estimate *one = mtm_estimates_at(estimates, 0);
    (void)state;
    assert_string_equal(one->statistic, "mean");
    assert_int_equal(one->n, 1);
    assert_int_equal(one->unknown, 1);
    assert_int_equal(one->refused, 1);
    assert_int_equal(one->invalid, 1);
    assert_int_equal(one->unexpected, 1);
    assert_int_equal(one->not_asked, 1);
    mtm_estimates_free(estimates);
    mtm_survey_free(survey);
}

/* What is declared as an answer stays in the base. */
static void test_unknown_may_stay(void **state) {
    static const char csv[] = "plan\nstay\ngo\ndk\ndk\n";
    mtm_survey *survey = open_survey(csv, "{\"unknown\": [\"dk\"]}");
    mtm_estimates *estimates = ask_question(survey, "plan", "go");
    (void)state;
    assert_true(mtm_estimates_at(estimates, 0)->estimate == 0.5);
    mtm_estimates_free(estimates);
    mtm_survey_free(survey);
    survey = open_survey(csv, "{\"unknown\": [\"dk\"], \"questions\": {\"plan\": {\"unknown\": \"answer\"}}}");
    estimates = ask_question(survey, "plan", "dk");
    assert_true(mtm_estimates_at(estimates, 0)->estimate == 0.5);
    assert_int_equal(mtm_estimates_at(estimates, 0)->n, 4);
    mtm_estimates_free(estimates);
    mtm_survey_free(survey);
}

static void test_unknown_answers(void **state) {
    mtm_survey *survey =
        open_survey("q\na\nb\nc\n", "{\"questions\": {\"q\": {\"answers\": {\"a\": \"A\", \"b\": \"B\"}}}}");
    mtm_estimates *estimates = ask_question(survey, "q", NULL);
    (void)state;
    assert_int_equal(mtm_estimates_at(estimates, 0)->n, 2);
    assert_int_equal(mtm_estimates_at(estimates, 0)->invalid, 1);
    assert_null(mtm_estimates_at(estimates, 2));
    mtm_estimates_free(estimates);
    mtm_survey_free(survey);
}

/* 0 and 100 per cent have intervals; the one of the opposite answer mirrors them. */
static void test_ends(void **state) {
    char csv[2000] = "y\n";
    (void)state;
    for (int i = 0; i < 100; i++) {
        memcpy(csv + strlen(csv), "no\n", 4);
    }
    mtm_survey *survey = open_survey(csv, "{\"questions\": {\"y\": {\"answers\": {\"yes\": \"\", \"no\": \"\"}}}}");
    mtm_estimates *estimates = ask_question(survey, "y", NULL);
    const mtm_estimate *yes = mtm_estimates_at(estimates, 0), *no = mtm_estimates_at(estimates, 1);
    assert_true(yes->estimate == 0 && no->estimate == 1);
    assert_string_equal(yes->method, "beta");
    assert_true(yes->low == 0 && fabs(yes->high - 0.0362166927) < 1e-9); /* qbeta(0.975, 1, 100) */
    assert_true(no->high == 1 && fabs(no->low + yes->high - 1) < 1e-12);
    mtm_estimates_free(estimates);
    mtm_survey_free(survey);
}

/* The order of rows, and of files, does not show. */
static void test_order(void **state) {
    static const char *const orders[] = {"h,c,w,y\nn,1,2,5\nn,1,3,1\nn,2,1.5,7\ns,3,4,2\ns,4,2,9\ns,4,1,0\n",
                                         "y,w,c,h\n0,1,4,s\n7,1.5,2,n\n2,4,3,s\n5,2,1,n\n9,2,4,s\n1,3,1,n\n"};
    double found[2][2];
    (void)state;
    for (int i = 0; i < 2; i++) {
        mtm_survey *survey = open_survey(orders[i], "{\"weight\": \"w\", \"strata\": \"h\", \"clusters\": \"c\"}");
        mtm_estimates *estimates = ask_question(survey, "y", NULL);
        found[i][0] = mtm_estimates_at(estimates, 0)->estimate;
        found[i][1] = mtm_estimates_at(estimates, 0)->se;
        mtm_estimates_free(estimates);
        mtm_survey_free(survey);
    }
    assert_true(found[0][0] == found[1][0]);
    assert_true(fabs(found[0][1] - found[1][1]) < 1e-15);
}

static void test_purposive(void **state) {
    mtm_survey *survey = open_survey("y\nyes\nno\nno\n", "{\"sampling\": \"purposive\"}");
    mtm_estimates *estimates = ask_question(survey, "y", "no");
    const mtm_estimate *one = mtm_estimates_at(estimates, 0);
    (void)state;
    assert_true(fabs(one->estimate - 2.0 / 3) < 1e-15);
    assert_true(isnan(one->se) && isnan(one->low) && isnan(one->high));
    assert_non_null(strstr(one->reason, "not a probability sample"));
    mtm_estimates_free(estimates);
    mtm_survey_free(survey);
}

static void test_threshold(void **state) {
    mtm_survey *survey = open_survey("y,g\nyes,a\nno,a\nno,a\nno,a\nno,a\nyes,b\n", "{}");
    mtm_survey_request request = MTM_SURVEY_REQUEST_INIT;
    (void)state;
    request.question = "y";
    request.by = "g";
    request.threshold = 2;
    mtm_estimates *estimates = ask(survey, &request);
    const mtm_estimate *one;
    for (size_t i = 0; (one = mtm_estimates_at(estimates, i)) != NULL; i++) {
        assert_true(one->withheld);
        assert_true(isnan(one->estimate) && isnan(one->se) && one->contributors == -1);
        assert_string_equal(one->weight, "");
    }
    mtm_estimates_free(estimates);
    mtm_survey_free(survey);
}

/* What the answers that are shown add up to tells nothing of a single withheld one. */
static void test_rest_is_protected(void **state) {
    char csv[4000] = "y\n";
    const mtm_estimate *one;
    (void)state;
    for (int i = 0; i < 100; i++) {
        strcat(csv, i < 2 ? "rare\n" : i < 22 ? "some\n" : i < 50 ? "many\n" : "most\n");
    }
    mtm_survey *survey = open_survey(
        csv, "{\"sensitive\": [\"y\"], \"questions\": {\"y\": {\"answers\": {\"rare\": \"Rare\", \"some\": \"Some\", "
             "\"many\": \"Many\", \"most\": \"Most\"}}}}");
    mtm_estimates *estimates = ask_question(survey, "y", NULL);
    for (size_t i = 0; (one = mtm_estimates_at(estimates, i)) != NULL; i++) {
        int hidden = strcmp(one->answer, "rare") == 0 || strcmp(one->answer, "some") == 0;
        assert_int_equal(one->withheld != 0, hidden);
        assert_int_equal(isnan(one->estimate) != 0, hidden);
    }
    mtm_estimates_free(estimates);
    mtm_survey_free(survey);
}

static void test_composites(void **state) {
    static const char csv[] =
        "cereal,pulse,veg,fruit,meat,milk,sugar,oil,debt,wage\n"
        "7,3,5,0,1,0,7,7,yes,no\n7,0,0,0,0,0,0,0,no,no\n7,0,0,0,0,9,0,0,yes,yes\n7,7,7,7,7,7,7,7,no,yes\n";
    mtm_survey *survey = open_survey(
        csv,
        "{\"indicators\": {\"fcs\": {\"use\": \"fcs\", \"items\": {\"staples\": \"cereal\", \"pulses\": \"pulse\", "
        "\"vegetables\": \"veg\"}}, \"mpi\": {\"items\": {\"debt\": {\"answers\": [\"yes\"], \"weight\": 0.4}, "
        "\"wage\": {\"answers\": [\"no\"], \"weight\": 0.6}}, \"cut\": 0.5}}}");
    mtm_estimates *estimates = ask_question(survey, "fcs", NULL);
    (void)state;
    assert_int_equal(mtm_estimates_at(estimates, 0)->n, 3); /* nine days of milk are no answer */
    assert_true(fabs(mtm_estimates_at(estimates, 0)->estimate - (39 + 14 + 112) / 3.0) < 1e-12);
    mtm_estimates_free(estimates);
    estimates = ask_question(survey, "fcs_group", "poor");
    assert_true(fabs(mtm_estimates_at(estimates, 0)->estimate - 1.0 / 3) < 1e-15);
    mtm_estimates_free(estimates);
    estimates = ask_question(survey, "mpi_poor", NULL); /* scores 1, 0.6, 0.4, 0 */
    assert_true(mtm_estimates_at(estimates, 0)->estimate == 0.5);
    mtm_estimates_free(estimates);
    estimates = ask_question(survey, "mpi_censored", NULL);
    assert_true(fabs(mtm_estimates_at(estimates, 0)->estimate - 0.4) < 1e-15);
    mtm_estimates_free(estimates);
    mtm_survey_free(survey);
}

/* Alkire and Foster (2011): four persons, four dimensions, cut-offs 13, 12, 3 and 1, poor in at least two: H is 1/2, M0 3/8. */
static void test_alkire_foster(void **state) {
    static const char csv[] = "income,years,health,public\n13.1,14,4,1\n15.2,7,5,0\n12.5,10,1,0\n20,11,3,1\n";
    mtm_survey *survey = open_survey(
        csv, "{\"indicators\": {\"poverty\": {\"cut\": 0.5, \"items\": {\"income\": {\"below\": 13, \"weight\": 0.25}, "
             "\"years\": {\"below\": 12, \"weight\": 0.25}, \"health\": {\"below\": 3, \"weight\": 0.25}, "
             "\"public\": {\"below\": 1, \"weight\": 0.25}}}}}");
    static const struct {
        const char *question;
        double expected;
    } all[] = {{"poverty_poor", 1 / 2.0}, {"poverty_censored", 3 / 8.0}, {"poverty", 7 / 16.0}};
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        mtm_estimates *estimates = ask_question(survey, all[i].question, NULL);
        assert_true(mtm_estimates_at(estimates, 0)->estimate == all[i].expected);
        mtm_estimates_free(estimates);
    }
    mtm_survey_free(survey);
}

static void test_requests(void **state) {
    mtm_survey *survey = open_survey("y,g\nyes,a\nno,b\n", "{}");
    mtm_survey_request request = MTM_SURVEY_REQUEST_INIT;
    mtm_estimates *estimates = NULL;
    (void)state;
    assert_int_equal(mtm_survey_compute(survey, &request, &estimates, NULL), MTM_ERROR_ARGUMENT);
    request.question = "z";
    assert_int_equal(mtm_survey_compute(survey, &request, &estimates, NULL), MTM_ERROR_NOT_FOUND);
    request.question = "y";
    request.answer = "maybe";
    assert_int_equal(mtm_survey_compute(survey, &request, &estimates, NULL), MTM_ERROR_NOT_FOUND);
    request.answer = NULL;
    request.by = "z";
    assert_int_equal(mtm_survey_compute(survey, &request, &estimates, NULL), MTM_ERROR_NOT_FOUND);
    request.by = NULL;
    request.where = "sex";
    assert_int_equal(mtm_survey_compute(survey, &request, &estimates, NULL), MTM_ERROR_ARGUMENT);
    request.where = NULL;
    request.level = 2;
    assert_int_equal(mtm_survey_compute(survey, &request, &estimates, NULL), MTM_ERROR_ARGUMENT);
    assert_null(estimates);
    mtm_survey_free(survey);
}

/* Several answers are no numbers: found by the fuzzer as a denominator without answers. */
static void test_several_are_no_numbers(void **state) {
    mtm_survey *survey = open_survey("y,b\n1,\n2,\n", "{\"questions\": {\"b\": {\"multiple\": \" \"}}}");
    mtm_survey_request request = MTM_SURVEY_REQUEST_INIT;
    mtm_estimates *estimates = NULL;
    (void)state;
    request.question = "y";
    request.statistic = MTM_STATISTIC_RATIO;
    request.denominator = "b";
    assert_int_equal(mtm_survey_compute(survey, &request, &estimates, NULL), MTM_ERROR_SCHEMA);
    request.question = "b";
    request.statistic = MTM_STATISTIC_MEAN;
    assert_int_equal(mtm_survey_compute(survey, &request, &estimates, NULL), MTM_ERROR_SCHEMA);
    mtm_survey_free(survey);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_populations_of_one),
                                       cmocka_unit_test(test_weights),
                                       cmocka_unit_test(test_designs),
                                       cmocka_unit_test(test_lonely),
                                       cmocka_unit_test(test_several),
                                       cmocka_unit_test(test_skip_logic),
                                       cmocka_unit_test(test_unknown_may_stay),
                                       cmocka_unit_test(test_unknown_answers),
                                       cmocka_unit_test(test_ends),
                                       cmocka_unit_test(test_order),
                                       cmocka_unit_test(test_purposive),
                                       cmocka_unit_test(test_threshold),
                                       cmocka_unit_test(test_composites),
                                       cmocka_unit_test(test_alkire_foster),
                                       cmocka_unit_test(test_requests),
                                       cmocka_unit_test(test_rest_is_protected),
                                       cmocka_unit_test(test_several_are_no_numbers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
