/* Flows: of the period itself, added up from finer ones, derived from cumulative figures; and which release holds.
 * Figures: Bureau of National Statistics of Kazakhstan, releases as reported; IOM, Migration Situation Reports. */
#include "../getters.h"
#include "facts.h"
#include "failing.h"
#include "indicator/result.h"

static const fact crossings_facts[] = {
    {"2024-Q1", "IN", 2975788, NULL, NULL, 0, NULL},
    {"2024-Q1", "OUT", 2872109, NULL, NULL, 0, NULL},
    {"2024-Q2", "IN", 4001714, NULL, NULL, 0, NULL},
    {"2024-Q2", "OUT", 3832829, NULL, NULL, 0, NULL},
};
static const table crossings = {"border-crossings", "border-crossings",    "movements", 0, 0, 0, 0, "direction", NULL,
                                "Border Service",   FACTS(crossings_facts)};

static const fact to_date_facts[] = {
    {"2022-01/2022-03", "IN", 4108, "2022-05-17", "first", 0, NULL},
    {"2022-01/2022-03", "OUT", 5281, "2022-05-17", "first", 0, NULL},
    {"2022-01/2022-06", "IN", 7287, "2022-08-10", "first", 0, NULL},
    {"2022-01/2022-06", "OUT", 12344, "2022-08-10", "first", 0, NULL},
    {"2022-01/2022-12", "IN", 17293, "2023-02-10", "first", 0, NULL},
    {"2022-01/2022-12", "OUT", 24239, "2023-02-10", "first", 0, NULL},
    {"2022-01/2022-12", "IN", 17425, "2026-09", "final", 0, NULL},
    {"2022-01/2022-12", "OUT", 24147, "2026-09", "final", 0, NULL},
    {"2023-01/2023-03", "IN", 7680, "2023-05-16", "first", 0, NULL},
    {"2023-01/2023-03", "OUT", 2664, "2023-05-16", "first", 0, NULL},
    {"2023-01/2023-06", "IN", 13652, "2023-08-22", "first", 0, NULL},
    {"2023-01/2023-06", "OUT", 6996, "2023-08-22", "first", 0, NULL},
    {"2023-01/2023-12", "IN", 25387, "2024-04-14", "final", 0, NULL},
    {"2023-01/2023-12", "OUT", 16094, "2024-04-14", "final", 0, NULL},
    {"2024-01/2024-06", "IN", 14256, "2024-08", "first", 0, NULL},
    {"2024-01/2024-06", "OUT", 6967, "2024-08", "first", 0, NULL},
    {"2024-01/2024-12", "IN", 29948, "2025-02", "first", 0, NULL},
    {"2024-01/2024-12", "OUT", 12784, "2025-02", "first", 0, NULL},
    {"2024-01/2024-12", "IN", 29282, "2025", "final", 0, NULL},
    {"2024-01/2024-12", "OUT", 12732, "2025", "final", 0, NULL},
};
static const table to_date = {"migration-year-to-date", "migration", "persons", 0, 1, 0, 0, "direction", NULL, "Bureau",
                              FACTS(to_date_facts)};

/* clang-format off */
static const fact annual_facts[] = {
    {"2021", "IN", 11039, "2026-09", "final", 0, NULL}, {"2021", "OUT", 32256, "2026-09", "final", 0, NULL},
    {"2022", "IN", 17425, "2026-09", "final", 0, NULL}, {"2022", "OUT", 24147, "2026-09", "final", 0, NULL},
    {"2023", "IN", 25387, "2026-09", "final", 0, NULL}, {"2023", "OUT", 16094, "2026-09", "final", 0, NULL},
    {"2024", "IN", 29282, "2026-09", "final", 0, NULL}, {"2024", "OUT", 12732, "2026-09", "final", 0, NULL},
};
/* clang-format on */
static const table annual = {"migration-annual", "migration",        "persons", 0, 0, 0, 0, "direction", NULL,
                             "Bureau",           FACTS(annual_facts)};

static const mtmi_remark *remark_of(const mtm_results *results, mtmi_remark_kind kind) {
    for (size_t i = 0; i < results->results[0].n_remarks; i++) {
        if (results->results[0].remarks[i].kind == kind) {
            return &results->results[0].remarks[i];
        }
    }
    return NULL;
}

static void quarters_as_published(void **state) {
    (void)state;
    mtm_results *results = computed(&crossings, 1, "arrivals", "2024-Q2", NULL);
    assert_value(results, "4001714", MTM_REASON_NONE);
    assert_comparison(results, MTM_WITH_PREVIOUS_PERIOD, "2975788", "1025926", "34.5", MTM_REASON_NONE);
    assert_comparison(results, MTM_WITH_SAME_PERIOD_LAST_YEAR, NULL, NULL, NULL, MTM_REASON_BASE_MISSING);
    assert_int_equal(result_flags(mtm_results_at(results, 0)), 0);
    assert_int_equal(result_point_count(mtm_results_at(results, 0)), 2);
    mtm_results_free(results);

    results = computed(&crossings, 1, "departures", "2024-Q2", NULL);
    assert_value(results, "3832829", MTM_REASON_NONE);
    assert_comparison(results, MTM_WITH_PREVIOUS_PERIOD, "2872109", "960720", "33.4", MTM_REASON_NONE);
    mtm_results_free(results);

    results = computed(&crossings, 1, "net-crossings", "2024-Q2", NULL);
    assert_value(results, "168885", MTM_REASON_NONE);
    assert_comparison(results, MTM_WITH_PREVIOUS_PERIOD, "103679", "65206", NULL,
                      MTM_REASON_BASE_NEGATIVE); /* of a balance there is no growth in per cent */
    assert_int_equal(result_step_count(mtm_results_at(results, 0)), 4);
    mtm_step step;
    assert_int_equal(result_step(mtm_results_at(results, 0), 1, &step), 1);
    assert_int_equal(step.operation, MTM_OPERATION_SUBTRACT);
    assert_int_equal(step.line, 5);
    mtm_results_free(results);
}

static void quarters_added_from_months(void **state) {
    static const fact months[] = {
        {"2024-01", "IN", 10, NULL, NULL, 0, NULL}, {"2024-02", "IN", 20, NULL, NULL, 0, NULL},
        {"2024-03", "IN", 30, NULL, NULL, 0, NULL}, {"2024-04", "IN", 40, NULL, NULL, 0, NULL},
        {"2024-05", "IN", 50, NULL, NULL, 0, NULL},
    };
    const table monthly = {"monthly", "border-crossings", "movements", 0, 0, 0, 0, "direction", NULL,
                           NULL,      FACTS(months)};
    (void)state;
    mtm_results *results = computed(&monthly, 1, "arrivals", "2024-Q1", NULL);
    assert_value(results, "60", MTM_REASON_NONE);
    assert_int_equal(result_flags(mtm_results_at(results, 0)), MTM_FLAG_DERIVED);
    assert_int_equal(result_step_count(mtm_results_at(results, 0)), 3);
    mtm_results_free(results);

    /* June is not there: April and May are no quarter */
    results = computed(&monthly, 1, "arrivals", "2024-Q2", NULL);
    assert_value(results, NULL, MTM_REASON_PERIOD_UNAVAILABLE);
    const mtmi_remark *remark = remark_of(results, MTMI_REMARK_PERIOD_UNAVAILABLE);
    assert_non_null(remark);
    assert_int_equal(remark->period.first, period_of("2024-06").first);
    assert_int_equal(remark->period.last, period_of("2024-06").last);
    mtm_results_free(results);

    results = computed(&monthly, 1, "arrivals", "2024-02/2024-04", NULL);
    assert_value(results, "90", MTM_REASON_NONE);
    mtm_results_free(results);
}

static void quarters_from_cumulative_figures(void **state) {
    static const struct {
        const char *id, *period, *value, *base, *absolute, *percent;
    } facts[] = {
        {"immigration", "2023-Q2", "5972", "3179", "2793", "87.9"},
        {"emigration", "2023-Q2", "4332", "7063", "-2731", "-38.7"},
        {"net-migration", "2023-Q2", "1640", NULL, NULL, NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        mtm_results *results = computed(&to_date, 1, facts[i].id, facts[i].period, NULL);
        assert_value(results, facts[i].value, MTM_REASON_NONE);
        assert_int_equal(result_flags(mtm_results_at(results, 0)), MTM_FLAG_DERIVED | MTM_FLAG_ACROSS_RELEASES);
        assert_non_null(remark_of(results, MTMI_REMARK_DERIVED_ACROSS_RELEASES));
        if (facts[i].base != NULL) {
            assert_comparison(results, MTM_WITH_SAME_PERIOD_LAST_YEAR, facts[i].base, facts[i].absolute,
                              facts[i].percent, MTM_REASON_NONE);
        } else {
            assert_comparison(results, MTM_WITH_SAME_PERIOD_LAST_YEAR, "-3884", "5524", NULL, MTM_REASON_BASE_NEGATIVE);
        }
        mtm_results_free(results);
    }
}

static void a_quarter_without_its_base_is_unavailable(void **state) {
    const table both[] = {to_date, annual};
    (void)state;
    mtm_results *results = computed(both, 2, "immigration", "2024-Q2", NULL);
    assert_value(results, NULL, MTM_REASON_CUMULATIVE_BASE);
    const mtmi_remark *remark = remark_of(results, MTMI_REMARK_PERIOD_UNAVAILABLE);
    assert_non_null(remark);
    assert_int_equal(remark->reason, MTM_REASON_CUMULATIVE_BASE);
    assert_int_equal(remark->period.first, period_of("2024-Q1").first);
    assert_int_equal(remark->period.last, period_of("2024-Q1").last);
    assert_comparison(results, MTM_WITH_PREVIOUS_PERIOD, NULL, NULL, NULL, MTM_REASON_CUMULATIVE_BASE);
    mtm_results_free(results);

    /* a final figure less a first print is no figure */
    results = computed(both, 2, "immigration", "2023-S2", NULL);
    assert_value(results, NULL, MTM_REASON_EDITIONS_DIFFER);
    mtm_results_free(results);

    /* first print less first print, although the year was revised since */
    results = computed(both, 2, "immigration", "2022-S2", NULL);
    assert_value(results, "10006", MTM_REASON_NONE);
    mtm_results_free(results);
}

static void vintages_of_a_year(void **state) {
    const table both[] = {annual, to_date};
    (void)state;
    mtm_results *results = computed(both, 2, "immigration", "2024", NULL);
    assert_value(results, "29282", MTM_REASON_NONE);
    assert_int_equal(result_flags(mtm_results_at(results, 0)), MTM_FLAG_REVISED);
    assert_comparison(results, MTM_WITH_PREVIOUS_PERIOD, "25387", "3895", "15.3", MTM_REASON_NONE);
    const mtmi_remark *remark = remark_of(results, MTMI_REMARK_REVISED);
    assert_non_null(remark);
    assert_decimal(remark->a, "29948");
    assert_decimal(remark->b, "29282");
    assert_int_equal(remark->release.last, period_of("2025-02").last);
    mtm_results_free(results);

    results = computed(both, 2, "immigration", "2024", "2025-03-01");
    assert_value(results, "29948", MTM_REASON_NONE);
    assert_int_equal(result_flags(mtm_results_at(results, 0)), 0);
    assert_comparison(results, MTM_WITH_PREVIOUS_PERIOD, NULL, NULL, NULL, MTM_REASON_VINTAGES_DIFFER);
    mtm_results_free(results);

    results = computed(both, 2, "immigration", "2022", "2023-03-01");
    assert_value(results, "17293", MTM_REASON_NONE);
    mtm_results_free(results);

    /* only the first half was published by then: the figure of the whole year is missing */
    results = computed(both, 2, "immigration", "2024", "2024-12-31");
    assert_value(results, NULL, MTM_REASON_PERIOD_UNAVAILABLE);
    assert_int_equal(remark_of(results, MTMI_REMARK_PERIOD_UNAVAILABLE)->period.last, period_of("2024").last);
    mtm_results_free(results);
}

static void cumulative_figures_of_one_release_first(void **state) {
    static const fact facts[] = {
        {"2024-01/2024-03", "IN", 100, "2024-05", NULL, 0, NULL},
        {"2024-01/2024-03", "IN", 90, "2024-08", NULL, 0, NULL},
        {"2024-01/2024-06", "IN", 250, "2024-08", NULL, 0, NULL},
        {"2025-01/2025-03", "IN", 120, "2025-05", NULL, 0, NULL},
        {"2025-01/2025-06", "IN", 110, "2025-08", NULL, 0, NULL},
    };
    const table revised = {"revised", "migration", "persons", 0, 1, 0, 0, "direction", NULL, NULL, FACTS(facts)};
    (void)state;
    mtm_results *results = computed(&revised, 1, "immigration", "2024-Q2", NULL);
    assert_value(results, "160", MTM_REASON_NONE); /* 250 - 90 */
    assert_int_equal(result_flags(mtm_results_at(results, 0)), MTM_FLAG_DERIVED);
    mtm_results_free(results);

    /* a cumulative figure that falls is reported, not hidden */
    results = computed(&revised, 1, "immigration", "2025-Q2", NULL);
    assert_value(results, "-10", MTM_REASON_NONE);
    assert_true((result_flags(mtm_results_at(results, 0)) & MTM_FLAG_NEGATIVE_DIFFERENCE) != 0);
    const mtmi_remark *remark = remark_of(results, MTMI_REMARK_CUMULATIVE_FALLS);
    assert_non_null(remark);
    assert_decimal(remark->a, "120");
    assert_decimal(remark->b, "110");
    mtm_results_free(results);
}

static void cumulative_figures_start_anew_with_the_year(void **state) {
    static const fact facts[] = {
        {"2023-01/2023-09", "IN", 70, NULL, NULL, 0, NULL},
        {"2023-01/2023-12", "IN", 100, NULL, NULL, 0, NULL},
        {"2024-01/2024-03", "IN", 20, NULL, NULL, 0, NULL},
        {"2024-01/2024-06", "IN", 50, NULL, NULL, 0, NULL},
    };
    const table harvest = {"harvest", "migration", "persons", 0, 1, 0, 0, "direction", NULL, NULL, FACTS(facts)};
    (void)state;
    mtm_results *results = computed(&harvest, 1, "immigration", "2023-10/2024-03", NULL);
    assert_value(results, "50", MTM_REASON_NONE); /* (100 - 70) + 20 */
    assert_int_equal(result_step_count(mtm_results_at(results, 0)), 3);
    assert_comparison(results, MTM_WITH_PREVIOUS_PERIOD, NULL, NULL, NULL, MTM_REASON_BASE_MISSING);
    mtm_results_free(results);

    results = computed(&harvest, 1, "immigration", "2023-01/2024-06", NULL);
    assert_value(results, "150", MTM_REASON_NONE);
    mtm_results_free(results);

    results = computed(&harvest, 1, "immigration", "2023-07/2024-06", NULL);
    assert_value(results, NULL, MTM_REASON_CUMULATIVE_BASE);
    assert_int_equal(remark_of(results, MTMI_REMARK_PERIOD_UNAVAILABLE)->period.last, period_of("2023-06").last);
    mtm_results_free(results);
}

static void quarters_are_checked_against_their_months(void **state) {
    static const fact facts[] = {
        {"2024-Q1", "IN", 60, NULL, NULL, 0, NULL},
        {"2024-01", "IN", 10, NULL, NULL, 0, NULL},
        {"2024-02", "IN", 20, NULL, NULL, 0, NULL},
        {"2024-03", "IN", 31, NULL, NULL, 0, NULL},
    };
    const table both = {"both", "migration", "persons", 0, 0, 0, 0, "direction", NULL, NULL, FACTS(facts)};
    (void)state;
    mtm_results *results = computed(&both, 1, "immigration", "2024-Q1", NULL);
    assert_value(results, "60", MTM_REASON_NONE);
    assert_int_equal(result_flags(mtm_results_at(results, 0)), MTM_FLAG_TOTAL_MISMATCH);
    const mtmi_remark *remark = remark_of(results, MTMI_REMARK_TOTAL_MISMATCH);
    assert_non_null(remark);
    assert_decimal(remark->a, "60");
    assert_decimal(remark->b, "61");
    assert_int_equal(remark->line, 2);
    mtm_results_free(results);
}

static void one_member_is_not_the_whole(void **state) {
    static const fact labour[] = {{"2024-Q1", "IN LABOUR", 60, NULL, NULL, 0, NULL}};
    static const fact all[] = {{"2024-Q1", "IN LABOUR", 60, NULL, NULL, 0, NULL},
                               {"2024-Q1", "IN TRANSIT", 40, NULL, NULL, 0, NULL}};
    const table only = {"only", "border-crossings", "movements", 0, 0, 0, 0, "direction purpose", NULL,
                        NULL,   FACTS(labour)};
    const table every = {"every", "border-crossings",  "movements", 0,    0,         0,
                         0,       "direction purpose", NULL,        NULL, FACTS(all)};
    (void)state;
    mtm_results *results = computed(&only, 1, "arrivals", "2024-Q1", NULL);
    assert_value(results, NULL, MTM_REASON_COVERAGE_UNKNOWN); /* entries for work are not all entries */
    mtm_results_free(results);
    results = computed(&every, 1, "arrivals", "2024-Q1", NULL);
    assert_value(results, "100", MTM_REASON_NONE);
    mtm_results_free(results);
}

static void implied_figures_are_marked(void **state) {
    static const fact facts[] = {
        {"2024-Q1", "OUT", 1440, NULL, NULL, 'E', "Implied by the published change"},
        {"2024-Q1", "IN", 555, NULL, NULL, 'E', "Implied by the published change"},
        {"2024-Q2", "OUT", 1572, NULL, NULL, 0, NULL},
        {"2024-Q2", "IN", 629, NULL, NULL, 0, NULL},
    };
    const table remittances = {"remittances", "remittances", "USD", 0, 0, 1, 6, "direction", NULL, NULL, FACTS(facts)};
    mtm_comparison comparison;
    (void)state;
    mtm_results *results = computed(&remittances, 1, "remittances-out", "2024-Q2", NULL);
    assert_value(results, "157.2", MTM_REASON_NONE);
    assert_comparison(results, MTM_WITH_PREVIOUS_PERIOD, "144.0", "13.2", "9.2", MTM_REASON_NONE);
    assert_int_equal(result_comparison(mtm_results_at(results, 0), MTM_WITH_PREVIOUS_PERIOD, &comparison), 1);
    assert_int_equal(comparison.base_status, 'E');
    assert_int_equal(result_multiplier(mtm_results_at(results, 0)), 6);
    assert_int_equal(result_flags(mtm_results_at(results, 0)), 0);
    const mtmi_remark *remark = remark_of(results, MTMI_REMARK_ESTIMATED);
    assert_non_null(remark);
    assert_int_equal(remark->of, MTM_LINEAGE_PREVIOUS);
    assert_string_equal(remark->text, "Implied by the published change");
    mtm_results_free(results);

    results = computed(&remittances, 1, "remittances-in", "2024-Q2", NULL);
    assert_comparison(results, MTM_WITH_PREVIOUS_PERIOD, "55.5", "7.4", "13.3", MTM_REASON_NONE);
    mtm_results_free(results);

    results = computed(&remittances, 1, "remittances-in", "2024-Q1", NULL);
    assert_int_equal(result_status(mtm_results_at(results, 0)), 'E');
    assert_int_equal(result_flags(mtm_results_at(results, 0)), MTM_FLAG_ESTIMATED);
    mtm_results_free(results);
}

static void figures_that_cannot_be_cut(void **state) {
    static const fact facts[] = {
        {"2024-01-01/2024-05-10", "IN", 4000000, NULL, NULL, 0, NULL},
    };
    const table odd = {"odd", "border-crossings", "movements", 0, 0, 0, 0, "direction", NULL, NULL, FACTS(facts)};
    (void)state;
    mtm_results *results = computed(&odd, 1, "arrivals", "2024-Q2", NULL);
    assert_value(results, NULL, MTM_REASON_PERIODS_NOT_ALIGNED);
    const mtmi_remark *remark = remark_of(results, MTMI_REMARK_PERIODS_NOT_ALIGNED);
    assert_non_null(remark);
    assert_int_equal(remark->period.last, period_of("2024-05-10").last);
    mtm_results_free(results);

    results = computed(&odd, 1, "arrivals", "2024-01-01/2024-05-10", NULL);
    assert_value(results, "4000000", MTM_REASON_NONE);
    mtm_results_free(results);

    results = computed(&odd, 1, "arrivals", "2023-Q2", NULL);
    assert_value(results, NULL, MTM_REASON_PERIOD_UNAVAILABLE);
    mtm_results_free(results);

    results = computed(&odd, 1, "immigration", "2024-Q2", NULL);
    assert_value(results, NULL, MTM_REASON_NO_DATA);
    mtm_results_free(results);
}

static mtm_status whole_flow(void *data, mtm_error *err) {
    const table tables[] = {annual, to_date, crossings};
    mtm_catalogue *catalogue = NULL;
    mtm_package *package = NULL;
    mtm_results *results = NULL, *copy = NULL;
    mtm_compute_options options = MTM_COMPUTE_OPTIONS_INIT;
    const mtm_period period = {period_of("2023-Q2").first, period_of("2023-Q2").last};
    (void)data;
    options.period = &period;
    mtm_status status = mtm_package_new("KAZ", &package, err);
    for (size_t i = 0; i < 3 && status == MTM_OK; i++) {
        status = add_table(package, &tables[i], err);
    }
    status = status == MTM_OK ? mtm_catalogue_new(&catalogue, err) : status;
    status = status == MTM_OK ? mtm_catalogue_compute(catalogue, package, &options, &results, err) : status;
    status = status == MTM_OK ? mtmi_results_copy(results, &copy, err) : status;
    mtm_results_free(results);
    mtm_results_free(copy);
    mtm_catalogue_free(catalogue);
    mtm_package_free(package);
    return status;
}

static void memory_may_run_out_anywhere(void **state) {
    (void)state;
    assert_survives_failing_memory(whole_flow, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quarters_as_published),
        cmocka_unit_test(quarters_added_from_months),
        cmocka_unit_test(quarters_from_cumulative_figures),
        cmocka_unit_test(a_quarter_without_its_base_is_unavailable),
        cmocka_unit_test(vintages_of_a_year),
        cmocka_unit_test(cumulative_figures_of_one_release_first),
        cmocka_unit_test(cumulative_figures_start_anew_with_the_year),
        cmocka_unit_test(quarters_are_checked_against_their_months),
        cmocka_unit_test(one_member_is_not_the_whole),
        cmocka_unit_test(implied_figures_are_marked),
        cmocka_unit_test(figures_that_cannot_be_cut),
        cmocka_unit_test(memory_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
