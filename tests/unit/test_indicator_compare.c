/* Comparisons: the difference and the per cent, or every reason why there is none. */
#include "../getters.h"
#include "facts.h"
#include "indicator/result.h"

#define IMMIGRATION(name, facts)                                                                                       \
    { (name), "migration", "persons", 0, 0, 0, 0, "direction", NULL, NULL, FACTS(facts) }

static void per_cents_are_rounded_once(void **state) {
    static const struct {
        int64_t value, base;
        const char *percent;
        mtm_reason reason;
    } facts[] = {
        {13652, 7287, "87.3", MTM_REASON_NONE},   /* through 87.35 it would be 87.4 */
        {16094, 24147, "-33.3", MTM_REASON_NONE}, /* through -33.35 it would be -33.4 */
        {3832829, 2872109, "33.4", MTM_REASON_NONE},
        {10005, 10000, "0.1", MTM_REASON_NONE}, /* halves go away from zero */
        {9995, 10000, "-0.1", MTM_REASON_NONE},
        {0, 10, "-100.0", MTM_REASON_NONE},
        {10, 10, "0.0", MTM_REASON_NONE},
        {10, 0, NULL, MTM_REASON_BASE_ZERO},
        {10, -5, NULL, MTM_REASON_BASE_NEGATIVE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        const fact pair[] = {{"2023", "IN", facts[i].base, NULL, NULL, 0, NULL},
                             {"2024", "IN", facts[i].value, NULL, NULL, 0, NULL}};
        const table two = IMMIGRATION("two", pair);
        char base[24], absolute[24];
        mtm_decimal_describe((mtm_decimal){facts[i].base, 0, 0}, base, sizeof base);
        mtm_decimal_describe((mtm_decimal){facts[i].value - facts[i].base, 0, 0}, absolute, sizeof absolute);
        mtm_results *results = computed(&two, 1, "immigration", "2024", NULL);
        assert_comparison(results, MTM_WITH_PREVIOUS_PERIOD, base, absolute, facts[i].percent, facts[i].reason);
        mtm_results_free(results);
    }
}

static void a_base_stays_in_the_vintage_of_the_value(void **state) {
    static const fact facts[] = {
        {"2023", "IN", 100, "2024-02", "first", 0, NULL},
        {"2023", "IN", 110, "2025-02", "final", 0, NULL},
        {"2024", "IN", 120, "2025-02", "first", 0, NULL},
        {"2025", "IN", 150, "2026-02", "final", 0, NULL},
    };
    const table vintages = IMMIGRATION("vintages", facts);
    (void)state;
    mtm_results *results = computed(&vintages, 1, "immigration", "2024", NULL);
    assert_comparison(results, MTM_WITH_PREVIOUS_PERIOD, "100", "20", "20.0", MTM_REASON_NONE);
    mtm_results_free(results);
    results = computed(&vintages, 1, "immigration", "2025", NULL);
    assert_comparison(results, MTM_WITH_PREVIOUS_PERIOD, NULL, NULL, NULL, MTM_REASON_VINTAGES_DIFFER);
    mtm_results_free(results);
    results = computed(&vintages, 1, "immigration", "2023", NULL);
    assert_value(results, "110", MTM_REASON_NONE);
    mtm_results_free(results);
}

static void datasets_that_do_not_compare(void **state) {
    static const fact now[] = {{"2024", "IN", 120, NULL, NULL, 0, NULL}};
    static const fact before[] = {{"2023", "IN", 100, NULL, NULL, 0, NULL}};
    const table value = {"value", "migration", "persons", 0, 0, 0, 0, "direction", NULL, "Bureau", FACTS(now)};
    struct {
        table base;
        mtm_reason reason;
        const char *shown;
    } const facts[] = {
        {{"base", "migration", "persons", 0, 0, 0, 0, "direction", NULL, "Bureau", FACTS(before)},
         MTM_REASON_NONE,
         "100"},
        {{"base", "migration", "persons", 0, 0, 0, 0, "direction", NULL, NULL, FACTS(before)}, MTM_REASON_NONE, "100"},
        {{"base", "migration", "persons", 0, 0, 0, 0, "direction", NULL, "Ministry", FACTS(before)},
         MTM_REASON_COVERAGE_DIFFERS,
         NULL},
        {{"base", "migration", "persons", 0, 0, 0, 3, "direction", NULL, "Bureau", FACTS(before)},
         MTM_REASON_UNITS_DIFFER,
         NULL},
        {{"base", "migration", "families", 0, 0, 0, 0, "direction", NULL, "Bureau", FACTS(before)},
         MTM_REASON_UNITS_DIFFER,
         NULL},
        {{"base", "migration", "persons", MTM_KIND_SHARE, 0, 0, 0, "direction", NULL, "Bureau", FACTS(before)},
         MTM_REASON_DEFINITION_DIFFERS,
         NULL},
        {{"base", "border-crossings", "persons", 0, 0, 0, 0, "direction", NULL, "Bureau", FACTS(before)},
         MTM_REASON_BASE_MISSING,
         NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        const table both[] = {value, facts[i].base};
        mtm_results *results = computed(both, 2, "immigration", "2024", NULL);
        assert_value(results, "120", MTM_REASON_NONE);
        assert_comparison(results, MTM_WITH_PREVIOUS_PERIOD, facts[i].shown, "20",
                          facts[i].shown != NULL ? "20.0" : NULL, facts[i].reason);
        mtm_results_free(results);
    }
}

static void two_sources_that_disagree(void **state) {
    static const fact one[] = {{"2024", "IN", 120, NULL, NULL, 0, NULL}};
    static const fact other[] = {{"2024", "IN", 125, NULL, NULL, 0, NULL}};
    static const fact later[] = {{"2024", "IN", 125, "2025-06", NULL, 0, NULL}};
    static const fact dated[] = {{"2024", "IN", 120, "2025-02", NULL, 0, NULL}};
    static const fact rounded[] = {{"2024", "IN", 1, NULL, NULL, 0, NULL}};
    static const fact exact[] = {{"2024", "IN", 1204, NULL, NULL, 0, NULL}};
    (void)state;

    const table two[] = {IMMIGRATION("one", one), IMMIGRATION("other", other)};
    mtm_results *results = computed(two, 2, "immigration", "2024", NULL);
    assert_value(results, NULL, MTM_REASON_AMBIGUOUS_SOURCE);
    mtm_results_free(results);

    const table same[] = {IMMIGRATION("one", one), IMMIGRATION("again", one)};
    results = computed(same, 2, "immigration", "2024", NULL);
    assert_value(results, "120", MTM_REASON_NONE);
    mtm_results_free(results);

    /* a later release is a revision */
    const table revised[] = {IMMIGRATION("dated", dated), IMMIGRATION("later", later)};
    results = computed(revised, 2, "immigration", "2024", NULL);
    assert_value(results, "125", MTM_REASON_NONE);
    assert_int_equal(result_flags(mtm_results_at(results, 0)), MTM_FLAG_REVISED);
    mtm_results_free(results);

    /* but another agency's figure does not revise this one's */
    table strangers[] = {IMMIGRATION("dated", dated), IMMIGRATION("later", later)};
    strangers[0].publisher = "Bureau";
    strangers[1].publisher = "Ministry";
    results = computed(strangers, 2, "immigration", "2024", NULL);
    assert_value(results, NULL, MTM_REASON_AMBIGUOUS_SOURCE);
    mtm_results_free(results);

    /* the same figure in thousands is no contradiction */
    table thousands[] = {IMMIGRATION("rounded", rounded), IMMIGRATION("exact", exact)};
    thousands[0].multiplier = 3;
    results = computed(thousands, 2, "immigration", "2024", NULL);
    assert_value(results, "1204", MTM_REASON_NONE);
    mtm_results_free(results);
}

static void directions_from_two_datasets(void **state) {
    static const fact in[] = {{"2024", "IN", 120, NULL, NULL, 0, NULL}};
    static const fact out[] = {{"2024", "OUT", 150, NULL, NULL, 0, NULL}};
    static const fact in_first[] = {{"2024", "IN", 120, "2025-02", "first", 0, NULL}};
    static const fact out_final[] = {{"2024", "OUT", 150, "2025-06", "final", 0, NULL}};
    (void)state;
    const table apart[] = {IMMIGRATION("in", in), IMMIGRATION("out", out)};
    mtm_results *results = computed(apart, 2, "net-migration", "2024", NULL);
    assert_value(results, "-30", MTM_REASON_NONE);
    assert_int_equal(result_step_count(mtm_results_at(results, 0)), 2);
    mtm_results_free(results);

    const table mixed[] = {IMMIGRATION("in", in_first), IMMIGRATION("out", out_final)};
    results = computed(mixed, 2, "net-migration", "2024", NULL);
    assert_value(results, NULL, MTM_REASON_EDITIONS_DIFFER);
    mtm_results_free(results);

    results = computed(apart, 1, "net-migration", "2024", NULL);
    assert_value(results, NULL, MTM_REASON_NO_DATA);
    mtm_results_free(results);
}

static void a_group_is_that_of_the_last_day(void **state) {
    static const fact facts[] = {
        {"2017", "IN -", 100, NULL, NULL, 0, NULL},   {"2017", "IN UKR", 30, NULL, NULL, 0, NULL},
        {"2017", "IN CHN", 70, NULL, NULL, 0, NULL},  {"2018", "IN -", 120, NULL, NULL, 0, NULL},
        {"2018", "IN UKR", 40, NULL, NULL, 0, NULL},  {"2018", "IN CHN", 80, NULL, NULL, 0, NULL},
        {"2019", "IN -", 240, NULL, NULL, 0, NULL},   {"2019", "IN UKR", 80, NULL, NULL, 0, NULL},
        {"2019", "IN CHN", 160, NULL, NULL, 0, NULL},
    };
    const table crossings = {
        "crossings", "border-crossings", "movements", 0, 0, 0, 0, "direction citizenship:country", NULL,
        NULL,        FACTS(facts)};
    (void)state;
    mtm_results *results = computed(&crossings, 1, "arrivals-outside-cis", "2017", NULL);
    assert_value(results, "70", MTM_REASON_NONE);
    mtm_results_free(results);
    /* Ukraine stopped taking part on 19 May 2018: the two years count different countries */
    results = computed(&crossings, 1, "arrivals-outside-cis", "2018", NULL);
    assert_value(results, "120", MTM_REASON_NONE);
    assert_comparison(results, MTM_WITH_PREVIOUS_PERIOD, NULL, NULL, NULL, MTM_REASON_DEFINITION_DIFFERS);
    mtm_results_free(results);
    results = computed(&crossings, 1, "arrivals-outside-cis", "2019", NULL);
    assert_comparison(results, MTM_WITH_PREVIOUS_PERIOD, "120", "120", "100.0", MTM_REASON_NONE);
    mtm_results_free(results);
}

static void figures_that_the_source_withholds(void **state) {
    static const fact facts[] = {
        {"2024-01", "IN", FACT_BLANK, NULL, NULL, 'Q', NULL}, {"2024-02", "IN", FACT_BLANK, NULL, NULL, 'L', NULL},
        {"2024-03", "IN", FACT_BLANK, NULL, NULL, 'M', NULL}, {"2024-04", "IN", 7, NULL, NULL, 0, NULL},
        {"2024-05", "IN", 5, "2024-06", NULL, 0, NULL},       {"2024-05", "IN", FACT_BLANK, "2024-07", NULL, 'O', NULL},
    };
    const table monthly = IMMIGRATION("monthly", facts);
    static const struct {
        const char *period, *value;
        mtm_reason reason;
    } expected[] = {
        {"2024-01", NULL, MTM_REASON_SUPPRESSED},
        {"2024-02", NULL, MTM_REASON_MISSING_VALUE},
        {"2024-03", NULL, MTM_REASON_NOT_APPLICABLE},
        {"2024-02/2024-04", NULL, MTM_REASON_MISSING_VALUE},
        {"2024-05", "5", MTM_REASON_NONE}, /* a blank in a later release takes nothing back */
    };
    (void)state;
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        mtm_results *results = computed(&monthly, 1, "immigration", expected[i].period, NULL);
        assert_value(results, expected[i].value, expected[i].reason);
        mtm_results_free(results);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(per_cents_are_rounded_once),        cmocka_unit_test(a_base_stays_in_the_vintage_of_the_value),
        cmocka_unit_test(datasets_that_do_not_compare),      cmocka_unit_test(two_sources_that_disagree),
        cmocka_unit_test(directions_from_two_datasets),      cmocka_unit_test(a_group_is_that_of_the_last_day),
        cmocka_unit_test(figures_that_the_source_withholds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
