/* Disclosure control: the audit refuses what somebody else would withhold, and a report shows nothing of what is
 * withheld. */
#include "made_masks.h"

static mtm_results *made_one_list(void) {
    mtm_results *results = made_results(1, "2024-Q2");
    mtm_result *result = &results->results[0];
    name_result(result, "arrivals", "in");
    set_text(&result->dimension, "citizenship");
    set_value(result, whole(1000));
    set_base(result, 0, whole(900), whole(100), tenths(111));
    add_row(result, "RUS", whole(700), tenths(700), 1);
    add_row(result, "UZB", whole(250), tenths(250), 2);
    add_row(result, "CHN", whole(47), tenths(47), 3);
    add_row(result, "DEU", whole(3), tenths(3), 4);
    add_step(result, MTM_LINEAGE_VALUE, "", whole(1000), 2);
    add_step(result, MTM_LINEAGE_BREAKDOWN, "RUS", whole(700), 3);
    add_step(result, MTM_LINEAGE_BREAKDOWN, "DEU", whole(2), 6);
    add_step(result, MTM_LINEAGE_BREAKDOWN, "DEU", whole(1), 7);
    mtmi_remark *remark = add_remark(result, MTMI_REMARK_TOTAL_MISMATCH);
    remark->has_a = remark->has_b = 1;
    remark->a = whole(1000);
    remark->b = whole(1003);
    add_cell(results, "in", "RUS", results->period, 700);
    add_cell(results, "in", "UZB", results->period, 250);
    add_cell(results, "in", "CHN", results->period, 47);
    add_cell(results, "in", "DEU", results->period, 3);
    add_cell(results, "in", "", mtmi_period_previous(results->period), 900);
    explain_results(results);
    return results;
}

/* One number hidden in a line can be subtracted: that is what the audit is for. */
static void test_audit_refuses(void **state) {
    (void)state;
    static const struct {
        const char *hidden;
        mtm_status status;
        const char *why;
    } cases[] = {{"D", MTM_ERROR_DISCLOSURE, "told more closely than the threshold allows"},
                 {"", MTM_ERROR_DISCLOSURE, "a small count is printed"},
                 {"CD", MTM_OK, ""},
                 {"C", MTM_ERROR_DISCLOSURE, "a small count is printed"},
                 {"VD", MTM_ERROR_DISCLOSURE, "told more closely"}, /* the total cannot be less than the parts shown */
                 {"UCD", MTM_ERROR_DISCLOSURE, "told more closely"}}; /* nobody has shown how far one of them can go */
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        mtm_results *results = made_one_list();
        mtmi_certificate certificate;
        mtmi_print print = {0};
        mtmi_masks *masks = protect(results, THRESHOLD, &certificate);
        mtm_error err = {0};
        memset(masks->of[0].rows, 0, 4);
        for (size_t i = 0; i < 4; i++) {
            masks->of[0].rows[i] = strchr(cases[c].hidden, results->results[0].rows[i].code[0]) != NULL;
        }
        masks->of[0].value = strchr(cases[c].hidden, 'V') != NULL;
        mtmi_disclosure_redact(results, masks);
        mtm_status status = mtmi_audit_run(results, masks, results->evidence, NULL, &certificate, &print, &err);
        mtmi_print_clear(&print);
        assert_string_equal(err.message, cases[c].status == MTM_OK ? "" : err.message);
        assert_int_equal(status, cases[c].status);
        if (cases[c].status != MTM_OK) {
            assert_string_equal(err.subject, "arrivals");
            assert_non_null(strstr(err.message, cases[c].why));
        }
        mtmi_certificate_clear(&certificate);
        mtmi_masks_free(masks);
        mtm_results_free(results);
    }
}

/* Forgetting to take out a share is enough. */
static void test_audit_sees_what_is_printed_beside(void **state) {
    (void)state;
    for (int slip = 0; slip < 5; slip++) {
        mtm_results *results = made_one_list();
        mtmi_certificate certificate;
        mtmi_print print = {0};
        mtmi_masks *masks = protect(results, THRESHOLD, &certificate);
        mtmi_disclosure_redact(results, masks);
        mtm_result *result = &results->results[0];
        mtmi_result_row *last = &result->rows[3];
        assert_true(masks->of[0].rows[3]);
        switch (slip) {
        case 0: last->row.has_share = 1; break;
        case 1: last->row.has_value = 1; break;
        case 2: result->rows[0].row.rank = 1; break;
        case 3: result->steps[0].units = 2; break;
        default: result->remarks[0].has_a = 1; break;
        }
        assert_int_equal(mtmi_audit_run(results, masks, results->evidence, NULL, &certificate, &print, NULL),
                         MTM_ERROR_DISCLOSURE);
        mtmi_print_clear(&print);
        mtmi_certificate_clear(&certificate);
        mtmi_masks_free(masks);
        mtm_results_free(results);
    }
}

static void test_what_is_withheld_leaves_no_trace(void **state) {
    (void)state;
    mtm_results *results = made_one_list();
    mtm_report *report = made_report(results, MTM_LANGUAGE_EN, 0);
    const mtmi_report_indicator *entry = mtmi_report_find(report, "arrivals");
    assert_int_equal(report->n_hidden, 2); /* Germany, and China so that Germany cannot be subtracted */
    assert_string_equal(entry->rows[0].value.text, "700");
    assert_int_equal(entry->rows[0].rank, 0);
    assert_string_equal(entry->rows[2].code, "CHN");
    assert_string_equal(entry->rows[3].code, "DEU");
    for (size_t i = 2; i < 4; i++) {
        assert_true(entry->rows[i].value.hidden);
        assert_string_equal(entry->rows[i].value.text, MTMI_MARK_HIDDEN);
        assert_string_equal(entry->rows[i].share.text, MTMI_MARK_HIDDEN);
        assert_int_equal(entry->rows[i].value.value.units, 0);
        assert_int_equal(report->results->results[0].rows[i].row.value.units, 0);
    }
    assert_int_equal(entry->n_steps, 2); /* those that say no more than what is shown */
    assert_string_equal(entry->finding,
                        "arrivals in Q2 2024 amounted to 1,000 movements; the figure increased by 11.1\xC2\xA0% "
                        "compared with "
                        "the previous quarter (900); of the figures shown, the largest: Russia (700; 70.0\xC2\xA0%) "
                        "and "
                        "Uzbekistan (250; 25.0\xC2\xA0%).");
    for (size_t i = 0; i < report->n_limitations; i++) {
        assert_null(strstr(report->limitations[i].text, "1,003"));
    }
    assert_string_equal(report->limitations[report->n_limitations - 1].kind_id, "suppressed");
    assert_string_equal(report->limitations[report->n_limitations - 1].text,
                        "arrivals. 2 numbers are withheld (mark " MTMI_MARK_HIDDEN "): counts below 5, and others "
                        "from which "
                        "these could be computed. A withheld number may be zero. Protected within this document "
                        "only: other publications were not considered.");
    mtm_report_free(report);
    mtm_results_free(results);
}

static void test_threshold(void **state) {
    (void)state;
    static const struct {
        int threshold;
        size_t hidden;
        int stamped;
    } cases[] = {{0, 2, 0},  {3, 0, 0}, /* three may be shown at a threshold of three */
                 {10, 2, 0}, {50, 2, 0}, {300, 3, 0}, {-1, 0, 1}};
    mtm_results *results = made_one_list();
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        mtm_report *report = made_report(results, MTM_LANGUAGE_EN, cases[c].threshold);
        assert_int_equal(report->n_hidden, cases[c].hidden);
        assert_int_equal(report->not_for_publication, cases[c].stamped);
        assert_int_equal(report->stamp[0] != '\0', cases[c].stamped);
        mtm_report_free(report);
    }
    for (int bad = -2; bad < 3; bad++) {
        mtm_report_options options = MTM_REPORT_OPTIONS_INIT;
        mtm_report *report = NULL;
        options.threshold = bad;
        if (bad != -1 && bad != 0) {
            assert_int_equal(mtm_report_new(results, &options, &report, NULL), MTM_ERROR_ARGUMENT);
        }
    }
    mtm_results_free(results);
}

/* What is not confidential is printed as it is, however small. */
static void test_published_figures_stay(void **state) {
    (void)state;
    mtm_results *results = made_one_list();
    results->results[0].flags = 0;
    mtm_report *report = made_report(results, MTM_LANGUAGE_EN, 0);
    assert_int_equal(report->n_hidden, 0);
    assert_int_equal(report->threshold, 0);
    assert_string_equal(mtmi_report_find(report, "arrivals")->rows[3].value.text, "3");
    mtm_report_free(report);
    mtm_results_free(results);
}

/* A net figure gives away a withheld direction; a total known from elsewhere cannot be withheld. */
static void test_relations_between_indicators(void **state) {
    (void)state;
    mtm_results *results = made_results(4, "2024-Q2");
    name_result(&results->results[0], "arrivals", "in");
    name_result(&results->results[1], "departures", "out");
    name_result(&results->results[2], "net", "in");
    name_result(&results->results[3], "published-departures", "out");
    results->results[2].second = made_text("out");
    results->results[2].statistic = MTMI_STATISTIC_NET;
    results->results[3].flags = 0;
    set_value(&results->results[0], whole(2));
    set_value(&results->results[1], whole(40));
    set_value(&results->results[2], whole(-38));
    set_value(&results->results[3], whole(40));
    add_cell(results, "in", "", results->period, 2);
    add_cell(results, "out", "", results->period, 40);
    explain_results(results);
    mtm_report *report = made_report(results, MTM_LANGUAGE_EN, 0);
    assert_true(mtmi_report_find(report, "arrivals")->value.hidden);
    assert_false(mtmi_report_find(report, "departures")->value.hidden);
    assert_true(mtmi_report_find(report, "net")->value.hidden);
    mtm_report_free(report);
    mtm_results_free(results);
}

/* A share of a small count among many gives the count away. */
static void test_per_cents_of_confidential_counts(void **state) {
    (void)state;
    for (int small = 0; small < 2; small++) {
        mtm_results *results = made_results(2, "2024-Q2");
        mtm_result *share = &results->results[1];
        name_result(&results->results[0], "permits", "permits");
        name_result(share, "use", "permits");
        share->second = made_text("quota");
        share->statistic = MTMI_STATISTIC_SHARE;
        set_value(&results->results[0], whole(small ? 3 : 300));
        set_value(share, tenths(small ? 15 : 1500));
        add_cell(results, "permits", "", results->period, small ? 3 : 300);
        explain_results(results);
        mtm_report *report = made_report(results, MTM_LANGUAGE_EN, 0);
        assert_int_equal(mtmi_report_find(report, "use")->value.hidden, small);
        assert_int_equal(mtmi_report_find(report, "permits")->value.hidden, small);
        mtm_report_free(report);
        mtm_results_free(results);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_audit_refuses),
        cmocka_unit_test(test_audit_sees_what_is_printed_beside),
        cmocka_unit_test(test_what_is_withheld_leaves_no_trace),
        cmocka_unit_test(test_threshold),
        cmocka_unit_test(test_published_figures_stay),
        cmocka_unit_test(test_relations_between_indicators),
        cmocka_unit_test(test_per_cents_of_confidential_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
