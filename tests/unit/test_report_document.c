/* The document: sections, limitations, bibliography, options, and what happens when memory runs out. */
#include "made_tables.h"

#include "failing.h"
#include "report/report.h"

static mtm_results *made_document(void) {
    mtm_results *results = made_results(5, "2024-Q2");
    mtm_result *arrivals = &results->results[0], *departures = &results->results[1];
    for (size_t i = 0; i < 2; i++) {
        results->results[i].section_title =
            made_titles("Border crossings", "Пересечения границы", "Шекараны кесіп өту");
        add_remark(&results->results[i], MTMI_REMARK_METHODOLOGY_NOT_PUBLIC)->text = made_text("Border Service");
        mtmi_citation *citation =
            add_citation(&results->results[i], "Border Service", "Crossings", "https://example.org/b");
        citation->release = period_of(i == 0 ? "2024-07-20" : "2024-07-27");
        citation->obtained = MTMI_ON_REQUEST;
    }
    arrivals->title = made_titles("Arrivals", "Въезды", "Кіру");
    set_value(arrivals, whole(4001714));
    add_citation(arrivals, "Agency", "Earlier figures", "https://example.org/a")->source.accessed =
        made_text("2024-11-20");
    mtmi_remark *remark = add_remark(arrivals, MTMI_REMARK_REVISED);
    remark->has_a = remark->has_b = 1;
    remark->a = whole(4000000);
    remark->b = whole(4001714);
    remark->release = period_of("2024-07");
    remark->release_b = period_of("2024-08-15");
    remark = add_remark(arrivals, MTMI_REMARK_UNCLASSIFIED);
    remark->text = made_text("Abai");
    remark->count = 2;
    remark->line = 17;
    remark->file = made_text("data/a.csv");
    set_text(&departures->id, "departures");
    departures->title = made_titles("Departures", "Выезды", "Шығу");
    set_value(departures, whole(5));
    remark = add_remark(departures, MTMI_REMARK_TOTAL_MISMATCH);
    remark->has_a = remark->has_b = 1;
    remark->a = whole(5);
    remark->b = whole(4);
    remark = add_remark(departures, MTMI_REMARK_BREAKDOWN_INCOMPATIBLE);
    remark->reason = MTM_REASON_PERIODS_NOT_ALIGNED;
    remark->period = period_of("2024-01-01/2024-05-10");
    departures->dimension_title = made_titles("Citizenship", "Гражданство", "Азаматтығы");
    set_text(&results->results[2].id, "immigration");
    set_text(&results->results[2].section, "migration");
    results->results[2].title = made_titles("Immigration", "Иммиграция", "Иммиграция");
    results->results[2].section_title = made_titles("Migration", "Миграция", "Көші-қон");
    results->results[2].reason = MTM_REASON_CUMULATIVE_BASE;
    remark = add_remark(&results->results[2], MTMI_REMARK_PERIOD_UNAVAILABLE);
    remark->reason = MTM_REASON_CUMULATIVE_BASE;
    remark->period = period_of("2024-Q1");
    set_text(&results->results[3].id, "kandas");
    set_text(&results->results[3].section, "kandas");
    results->results[3].title = made_titles("Kandas", "Кандасы", "Қандастар");
    set_text(&results->results[4].id, "permits");
    set_text(&results->results[4].section, "workers");
    results->results[4].title = made_titles("Permits", "Разрешения", "Рұқсаттар");
    results->results[4].observed = period_of("2024-03-01");
    results->results[4].kind = MTM_KIND_STOCK;
    set_value(&results->results[4], whole(13088));
    remark = add_remark(&results->results[4], MTMI_REMARK_PERIODS_NOT_ALIGNED);
    remark->period = period_of("2024-03-01");
    remark->reason = MTM_REASON_PERIODS_NOT_ALIGNED;
    return results;
}

static void test_sections_are_never_dropped(void **state) {
    (void)state;
    mtm_results *results = made_document();
    mtm_report *report = made_report(results, MTM_LANGUAGE_RU, 0);
    assert_int_equal(report->n_sections, 4);
    assert_string_equal(report->title, "Казахстан: обзор миграционной ситуации");
    assert_string_equal(report->period_long, "апрель–июнь 2024 года");
    assert_string_equal(report->as_of_text, "");
    assert_false(report->sections[0].unavailable);
    assert_int_equal(report->sections[0].n_indicators, 2);
    assert_true(report->sections[1].unavailable);
    assert_string_equal(report->sections[1].title, "Миграция");
    assert_string_equal(report->sections[1].unavailable_text,
                        "Данных за II квартал 2024 года по показателям этого раздела нет.");
    assert_string_equal(report->sections[2].indicators[0].reason_text, "в данных нет такого показателя");
    assert_string_equal(mtm_report_finding(report, "kandas"),
                        "Кандасы: значения за II квартал 2024 года нет – в данных нет такого показателя.");
    assert_null(mtm_report_finding(report, "nothing"));
    assert_null(mtm_report_finding(NULL, "kandas"));
    assert_null(mtm_report_finding(report, NULL));
    mtm_report_free(report);
    mtm_results_free(results);
}

/* By kind, then as the catalogue has them; what belongs to a source is said once. */
static void test_limitations(void **state) {
    (void)state;
    static const struct {
        const char *kind, *indicator, *text;
    } expected[] = {
        {"period-unavailable", "immigration",
         "Immigration. There is no figure for Q2 2024: only a cumulative figure is published, and the earlier one to "
         "subtract "
         "from it is missing. Missing: Q1 2024."},
        {"breakdown-incompatible", "departures",
         "Departures. The breakdown “Citizenship” is not available for Q2 2024: there are figures only for other "
         "periods, "
         "from which this one cannot be obtained. Available: 1 January – 10 May 2024."},
        {"methodology-not-public", "arrivals", "Border crossings. The methodology is not public (Border Service)."},
        {"periods-not-aligned", "permits",
         "Permits. The figure is given as of 1 March 2024, while the reference period is Q2 2024."},
        {"revised", "arrivals",
         "Arrivals. The figure for Q2 2024 has been revised: formerly 4,000,000 movements (release: July 2024), now "
         "4,001,714 movements (release: 15 August 2024)."},
        {"unclassified", "arrivals",
         "Border crossings. The label “Abai” is in no code list; its figure is counted in the total only: 2 rows "
         "(data/a.csv, "
         "line 17)."},
        {"total-mismatch", "departures",
         "Border crossings. The parts add up to 4, the total given is 5; the difference is \xE2\x88\x92"
         "1."},
        {"not-covered", "kandas", "Kandas. The package has no figures on it."}};
    mtm_results *results = made_document();
    mtm_report *report = made_report(results, MTM_LANGUAGE_EN, 0);
    for (size_t i = 0; i < report->n_limitations && i < sizeof expected / sizeof *expected; i++) {
        assert_string_equal(report->limitations[i].kind_id, expected[i].kind);
        assert_string_equal(report->limitations[i].indicator, expected[i].indicator);
        assert_string_equal(report->limitations[i].text, expected[i].text);
    }
    assert_int_equal(report->n_limitations, sizeof expected / sizeof *expected);
    mtm_report_free(report);
    mtm_results_free(results);
}

/* Every source once, by publisher; the latest release of what was used twice. */
static void test_bibliography(void **state) {
    (void)state;
    mtm_results *results = made_document();
    mtm_report *report = made_report(results, MTM_LANGUAGE_EN, 0);
    assert_int_equal(report->n_bibliography, 2);
    assert_string_equal(report->bibliography[0].text, "Agency. Earlier figures (published; accessed: 20 November "
                                                      "2024).");
    assert_string_equal(report->bibliography[1].text,
                        "Border Service. Crossings (released: 27 July 2024; obtained on request).");
    assert_string_equal(report->bibliography[1].path, "https://example.org/b");
    const mtmi_report_indicator *arrivals = mtmi_report_find(report, "arrivals");
    assert_int_equal(arrivals->n_sources, 2);
    assert_int_equal(arrivals->sources[0], 0);
    assert_int_equal(arrivals->sources[1], 1);
    assert_int_equal(mtmi_report_find(report, "departures")->n_sources, 1);
    assert_int_equal(mtmi_report_find(report, "departures")->sources[0], 1);
    mtm_report_free(report);
    mtm_results_free(results);
}

static void test_options(void **state) {
    (void)state;
    mtm_results *results = made_document();
    mtm_report *report = (mtm_report *)results;
    mtm_error err = {0};
    mtm_report_options options = MTM_REPORT_OPTIONS_INIT;
    options.language = 3;
    assert_int_equal(mtm_report_new(results, &options, &report, &err), MTM_ERROR_ARGUMENT);
    assert_null(report);
    assert_string_equal(err.subject, "language");
    options.language = 0;
    options.size = 0;
    assert_int_equal(mtm_report_new(results, &options, &report, NULL), MTM_ERROR_ARGUMENT);
    assert_int_equal(mtm_report_new(NULL, NULL, &report, &err), MTM_ERROR_ARGUMENT);
    assert_int_equal(mtm_report_new(results, NULL, NULL, &err), MTM_ERROR_ARGUMENT);
    assert_int_equal(mtm_report_new(results, NULL, &report, &err), MTM_OK);
    assert_string_equal(report->language_code, "en");
    mtm_report_free(report);
    mtm_report_free(NULL);
    mtm_results_free(results);
}

static void test_nothing_at_all(void **state) {
    (void)state;
    mtm_results *results = made_results(1, "2024-Q2");
    mtmi_result_clear(&results->results[0]);
    results->n = 0;
    mtm_report *report = made_report(results, MTM_LANGUAGE_KK, 0);
    assert_int_equal(report->n_sections, 0);
    assert_int_equal(report->n_limitations, 0);
    assert_int_equal(report->n_bibliography, 0);
    mtm_report_free(report);
    mtm_results_free(results);
}

static void test_no_country(void **state) {
    (void)state;
    mtm_results *results = made_results(1, "2024-Q2");
    results->country[0] = '\0';
    mtmi_titles_free(&results->country_title);
    mtmi_titles_free(&results->package_title);
    memset(&results->country_title, 0, sizeof results->country_title);
    memset(&results->package_title, 0, sizeof results->package_title);
    mtm_report *report = made_report(results, MTM_LANGUAGE_RU, 0);
    assert_string_equal(report->title, "Обзор миграционной ситуации");
    mtm_report_free(report);
    mtm_results_free(results);
}

static mtm_status make_report(void *data, mtm_error *err) {
    mtm_report_options options = MTM_REPORT_OPTIONS_INIT;
    mtm_report *report = NULL;
    options.language = MTM_LANGUAGE_RU;
    mtm_status status = mtm_report_new(data, &options, &report, err);
    if (status == MTM_OK) {
        assert_non_null(report);
    } else {
        assert_null(report);
    }
    mtm_report_free(report);
    return status;
}

static void test_memory_runs_out(void **state) {
    (void)state;
    mtm_results *results = made_document();
    assert_survives_failing_memory(make_report, results);
    mtm_results_free(results);
}

static void test_memory_runs_out_while_protecting(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed < 4; seed++) {
        dice d = {seed * 31};
        mtm_results *results = made_tables(&d, 4, 1);
        assert_survives_failing_memory(make_report, results);
        mtm_results_free(results);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sections_are_never_dropped),
        cmocka_unit_test(test_no_country),
        cmocka_unit_test(test_limitations),
        cmocka_unit_test(test_bibliography),
        cmocka_unit_test(test_options),
        cmocka_unit_test(test_nothing_at_all),
        cmocka_unit_test(test_memory_runs_out),
        cmocka_unit_test(test_memory_runs_out_while_protecting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
