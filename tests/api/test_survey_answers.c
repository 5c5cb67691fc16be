/* Shares and tests of answers in clustered samples: answers that nobody gave, and two ways to one number. */
#include "made_survey.h"

/* Twelve clusters of ten, in three groups; an answer that nobody gave is declared. */
static char *make_clusters(void) {
    char *csv = malloc(20000);
    size_t n = (size_t)sprintf(csv, "c,w,g,y,need\n");
    for (int i = 0; i < 120; i++) {
        n += (size_t)sprintf(csv + n, "c%d,%d.%d,%c,%s,%s\n", i / 10, 1 + i % 3, i % 7, 'a' + (i * 7 + i / 10) % 3,
                             i % 11 == 0   ? ""
                             : i % 13 == 0 ? "dk"
                             : i * i % 5   ? "yes"
                                           : "no",
                             i % 4 == 0   ? "food"
                             : i % 4 == 1 ? "food water"
                                          : "water");
    }
    return csv;
}

#define CLUSTERS                                                                                                       \
    "{\"weight\": \"w\", \"clusters\": \"c\", \"unknown\": [\"dk\"], \"questions\": {\"y\": {\"answers\": {\"yes\": "  \
    "\"Yes\", "                                                                                                        \
    "\"no\": \"No\", \"perhaps\": \"Perhaps\"}}, \"need\": {\"multiple\": \" \"}}"

static const mtm_estimate *test_answers(const mtm_survey *survey, const char *question, const char *answer,
                                        int threshold, mtm_estimates **out) {
    mtm_survey_request request = MTM_SURVEY_REQUEST_INIT;
    request.question = question;
    request.answer = answer;
    request.by = "g";
    request.statistic = MTM_STATISTIC_CHI_SQUARE;
    request.threshold = threshold;
    *out = ask(survey, &request);
    assert_null(mtm_estimates_at(*out, 1));
    return mtm_estimates_at(*out, 0);
}

/* An answer that nobody gave has no part in the test, and one answer can be tested against the rest. */
static void test_chi_square_of_answers_given(void **state) {
    char *csv = make_clusters();
    mtm_survey *survey = open_survey(csv, CLUSTERS "}");
    mtm_estimates *all, *one, *several, *option;
    const mtm_estimate *a = test_answers(survey, "y", NULL, 0, &all), *b = test_answers(survey, "y", "yes", 0, &one);
    (void)state;
    assert_true(a->estimate > 0 && a->p_value > 0 && a->p_value < 1);
    assert_true(fabs(a->estimate / b->estimate - 1) < 1e-12 && fabs(a->df / b->df - 1) < 1e-12);
    assert_string_equal(b->answer, "yes");
    assert_int_equal(a->missing, 11);
    assert_true(a->unknown > 0 && a->n + a->missing + a->unknown == 120);
    a = test_answers(survey, "need", NULL, 0, &several); /* answers of one person are not independent */
    assert_true(isnan(a->estimate) && strstr(a->reason, "name one answer") != NULL);
    b = test_answers(survey, "need", "food", 0, &option);
    assert_true(b->estimate > 0);
    mtm_estimates_free(all);
    mtm_estimates_free(one);
    mtm_estimates_free(several);
    mtm_estimates_free(option);
    mtm_survey_free(survey);
    free(csv);
}

static void test_chi_square_keeps_the_rules(void **state) {
    char *csv = make_clusters();
    mtm_survey *purposive = open_survey(csv, CLUSTERS ", \"sampling\": \"purposive\"}"),
               *survey = open_survey(csv, CLUSTERS "}");
    mtm_estimates *of_purposive, *withheld, *shown;
    (void)state;
    assert_true(isnan(test_answers(purposive, "y", NULL, 0, &of_purposive)->p_value));
    assert_int_equal(test_answers(survey, "y", NULL, 200, &withheld)->withheld, 1);
    assert_int_equal(test_answers(survey, "y", NULL, 5, &shown)->withheld, 0);
    mtm_estimates_free(of_purposive);
    mtm_estimates_free(withheld);
    mtm_estimates_free(shown);
    mtm_survey_free(purposive);
    mtm_survey_free(survey);
    free(csv);
}

/* Shares are counted in one pass over all answers; asked as 1 and 0 they are means, which go another way. */
static void test_shares_are_means_of_ones(void **state) {
    static const char *const designs[] = {"", ", \"lonely\": \"adjust\", \"lonelyDomain\": true",
                                          ", \"freedom\": \"domain\""};
    (void)state;
    for (size_t d = 0; d < sizeof designs / sizeof *designs; d++) {
        char csv[16000], design[300];
        size_t n = (size_t)sprintf(csv, "h,c,w,g,y,z\n");
        for (int i = 0; i < 300; i++) {
            int yes = (i * 31 + i / 7) % 5 < 2, none = i % 17 == 0;
            n += (size_t)sprintf(csv + n, "h%d,c%d,%d.%0*d,%c,%s,%s\n", i / 100, i / 12, i % 9, 1 + i % 4, i % 10,
                                 'a' + i % 4,
                                 none  ? ""
                                 : yes ? "yes"
                                       : "no",
                                 none  ? ""
                                 : yes ? "1"
                                       : "0");
        }
        snprintf(design, sizeof design, "{\"weight\": \"w\", \"strata\": \"h\", \"clusters\": \"c\", \"nest\": true%s}",
                 designs[d]);
        mtm_survey *survey = open_survey(csv, design);
        mtm_survey_request request = MTM_SURVEY_REQUEST_INIT;
        request.question = "y";
        request.answer = "yes";
        request.by = "g";
        request.interval = MTM_INTERVAL_T;
        mtm_estimates *shares = ask(survey, &request);
        request.question = "z";
        request.answer = NULL;
        request.statistic = MTM_STATISTIC_MEAN;
        mtm_estimates *means = ask(survey, &request);
        for (size_t i = 0; i < 4; i++) {
            const mtm_estimate *a = mtm_estimates_at(shares, i), *b = mtm_estimates_at(means, i);
            assert_true(fabs(a->estimate / b->estimate - 1) < 1e-14 && fabs(a->se / b->se - 1) < 1e-12);
            assert_true(fabs(a->deff / b->deff - 1) < 1e-11 && a->df == b->df && a->n == b->n);
            assert_true(a->zero_weight == b->zero_weight && strcmp(a->weight, b->weight) == 0);
        }
        mtm_estimates_free(shares);
        mtm_estimates_free(means);
        mtm_survey_free(survey);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_chi_square_of_answers_given),
        cmocka_unit_test(test_chi_square_keeps_the_rules),
        cmocka_unit_test(test_shares_are_means_of_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
