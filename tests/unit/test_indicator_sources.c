/* Several datasets and releases with the same figure, net figures by parts, and figures that a source withholds. */
#include "../getters.h"
#include "facts.h"
#include "failing.h"
#include "indicator/definition/catalogue.h"

#define FLOW(name, facts)                                                                                              \
    { (name), "migration", "persons", 0, 0, 0, 0, "direction", NULL, NULL, FACTS(facts) }
#define STOCK(name, facts)                                                                                             \
    {                                                                                                                  \
        (name), "foreign-workers", "permits", MTM_KIND_STOCK, 0, 0, 0, "category:worker-category", NULL, NULL,         \
            FACTS(facts)                                                                                               \
    }

static const mtmi_remark *remark_of(const mtm_results *results, mtmi_remark_kind kind) {
    for (size_t i = 0; i < results->results[0].n_remarks; i++) {
        if (results->results[0].remarks[i].kind == kind) {
            return &results->results[0].remarks[i];
        }
    }
    return NULL;
}

/* An indicator of one's own over border crossings; properties end the definition. */
static mtm_results *computed_own(const table *tables, size_t n, const char *properties, const char *period) {
    char text[1024] = "{\"indicators\": [{\"id\": \"own\", \"section\": \"border-crossings\", \"title\": \"Own\","
                      " \"definition\": \"Own\", \"concept\": \"border-crossings\", \"unit\": \"movements\", ";
    mtm_package *package = package_of(tables, n);
    mtm_catalogue *catalogue = NULL;
    mtm_results *results = NULL;
    mtm_error err = {0};
    mtm_compute_options options = MTM_COMPUTE_OPTIONS_INIT;
    mtm_period asked = period_of(period);
    assert_true(strlen(text) + strlen(properties) + 4 < sizeof text);
    strcat(text, properties);
    strcat(text, "}]}");
    options.indicator = "own";
    options.period = &asked;
    assert_int_equal(mtm_catalogue_new(&catalogue, NULL), MTM_OK);
    if (mtmi_catalogue_load(catalogue, text, strlen(text), "own", &err) != MTM_OK ||
        mtm_catalogue_compute(catalogue, package, &options, &results, &err) != MTM_OK) {
        fail_msg("%s", err.message);
    }
    mtm_catalogue_free(catalogue);
    mtm_package_free(package);
    return results;
}

static void the_nearest_date_of_several_datasets(void **state) {
    static const fact early[] = {{"2024-03-01", "-", 100, NULL, NULL, 0, NULL}};
    static const fact middle[] = {{"2024-05-01", "-", 110, NULL, NULL, 0, NULL}};
    static const fact late[] = {{"2024-07-01", "-", 120, NULL, NULL, 0, NULL}};
    const table all[] = {STOCK("early", early), STOCK("late", late), STOCK("middle", middle)};
    (void)state;
    mtm_results *results = computed(all, 3, "foreign-workers", "2024-Q2", NULL);
    assert_value(results, "120", MTM_REASON_NONE);
    assert_int_equal(result_flags(mtm_results_at(results, 0)), 0);
    mtm_results_free(results);
    results = computed(all, 1, "foreign-workers", "2024-Q2", NULL);
    assert_int_equal(result_flags(mtm_results_at(results, 0)), MTM_FLAG_NOT_ALIGNED);
    mtm_results_free(results);
}

static void printed_comes_before_derived(void **state) {
    static const fact quarters[] = {{"2024-Q2", "IN", 61, "2024-08-01", NULL, 0, NULL}};
    static const fact to_date[] = {{"2024-01/2024-03", "IN", 40, "2024-05-01", NULL, 0, NULL},
                                   {"2024-01/2024-06", "IN", 100, "2024-09-01", NULL, 0, NULL}};
    table both[] = {FLOW("to-date", to_date), FLOW("quarters", quarters)};
    both[0].cumulative = 1;
    (void)state;
    mtm_results *results = computed(both, 2, "immigration", "2024-Q2", NULL);
    assert_value(results, "61", MTM_REASON_NONE);
    mtm_results_free(results);
}

static void the_edition_of_the_value_in_another_dataset(void **state) {
    static const fact finals[] = {{"2024", "IN", 110, "2025-06", "final", 0, NULL},
                                  {"2023", "IN", 95, "2024-06", "final", 0, NULL}};
    static const fact firsts[] = {{"2025", "IN", 120, "2026-02", "first", 0, NULL},
                                  {"2024", "IN", 100, "2025-02", "first", 0, NULL}};
    const table both[] = {FLOW("finals", finals), FLOW("firsts", firsts)};
    (void)state;
    mtm_results *results = computed(both, 2, "immigration", "2025", NULL);
    assert_comparison(results, MTM_WITH_PREVIOUS_PERIOD, "100", "20", "20.0", MTM_REASON_NONE);
    mtm_results_free(results);
    results = computed(both, 2, "immigration", "2024", NULL);
    assert_value(results, "110", MTM_REASON_NONE);
    assert_decimal(remark_of(results, MTMI_REMARK_REVISED)->a, "100");
    assert_comparison(results, MTM_WITH_PREVIOUS_PERIOD, "95", "15", "15.8", MTM_REASON_NONE);
    mtm_results_free(results);
}

static void every_earlier_print_is_listed_once(void **state) {
    static const fact facts[] = {
        {"2024", "IN", 100, "2025-02", "first", 0, NULL},
        {"2024", "IN", 105, "2025-06", "revised", 0, NULL},
        {"2024", "IN", 103, "2025-09", "revised", 0, NULL},
        {"2024", "IN", 110, "2025-12", "final", 0, NULL},
    };
    static const fact again[] = {{"2024", "IN", 100, "2025-02", "first", 0, NULL}};
    const table both[] = {FLOW("facts", facts), FLOW("again", again)};
    size_t n = 0;
    (void)state;
    mtm_results *results = computed(both, 2, "immigration", "2024", NULL);
    for (size_t i = 0; i < results->results[0].n_remarks; i++) {
        n += results->results[0].remarks[i].kind == MTMI_REMARK_REVISED;
    }
    assert_int_equal(n, 3);
    mtm_results_free(results);
}

static void editions_without_dates(void **state) {
    static const fact facts[] = {{"2024", "IN", 100, NULL, "first", 0, NULL},
                                 {"2024", "IN", 110, NULL, "final", 0, NULL},
                                 {"2024", "IN", 105, NULL, "revised", 0, NULL}};
    const table one = FLOW("one", facts);
    (void)state;
    mtm_results *results = computed(&one, 1, "immigration", "2024", NULL);
    assert_value(results, "110", MTM_REASON_NONE);
    mtm_results_free(results);
    /* without a date a figure counts once its period has ended */
    results = computed(&one, 1, "immigration", "2024", "2024-12-30");
    assert_value(results, NULL, MTM_REASON_PERIOD_UNAVAILABLE);
    mtm_results_free(results);
    results = computed(&one, 1, "immigration", "2024", "2024-12-31");
    assert_value(results, "110", MTM_REASON_NONE);
    mtm_results_free(results);
}

static void the_best_pair_of_releases(void **state) {
    static const fact facts[] = {
        {"2024-01/2024-03", "IN", 10, "2024-05", "first", 0, NULL},
        {"2024-01/2024-03", "IN", 12, "2024-06", "revised", 0, NULL},
        {"2024-01/2024-06", "IN", 30, "2024-08", "first", 0, NULL},
        {"2024-01/2024-06", "IN", 33, "2024-09", "revised", 0, NULL},
        {"2024-01/2024-03", "IN", 99, "2024-12", "first", 0, NULL},
    };
    table to_date = FLOW("to-date", facts);
    to_date.cumulative = 1;
    (void)state;
    mtm_results *results = computed(&to_date, 1, "immigration", "2024-Q2", NULL);
    assert_value(results, "21", MTM_REASON_NONE); /* revised from revised: 33 - 12 */
    mtm_results_free(results);
    results = computed(&to_date, 1, "immigration", "2024-Q2", "2024-08-31");
    assert_value(results, "20", MTM_REASON_NONE); /* first from first: 30 - 10, not from the one of December */
    mtm_results_free(results);
}

/* ---- a file for each month, a file for each release ---- */

static void months_that_come_in_files_of_their_own(void **state) {
    static const fact april[] = {{"2024-04", "IN -", 30, NULL, NULL, 0, NULL},
                                 {"2024-04", "IN UZB", 30, NULL, NULL, 0, NULL}};
    static const fact may[] = {{"2024-05", "IN CHN", 11, NULL, NULL, 0, NULL},
                               {"2024-05", "IN -", 51, NULL, NULL, 0, NULL},
                               {"2024-05", "IN UZB", 40, NULL, NULL, 0, NULL}};
    static const fact june[] = {{"2024-06", "IN -", 205, NULL, NULL, 0, NULL},
                                {"2024-06", "IN UZB", 205, NULL, NULL, 0, NULL}};
    table files[] = {
        {"april", "border-crossings", "movements", 0, 0, 0, 0, "direction citizenship:country", NULL, NULL,
         FACTS(april)},
        {"may", "border-crossings", "movements", 0, 0, 0, 0, "citizenship:country direction", NULL, NULL, FACTS(may)},
        {"june", "border-crossings", "movements", 0, 0, 1, 0, "direction citizenship:country", NULL, NULL,
         FACTS(june)}};
    fact turned[3];
    (void)state;
    memcpy(turned, may, sizeof turned); /* May has its columns the other way round */
    turned[0].codes = "CHN IN";
    turned[1].codes = "- IN";
    turned[2].codes = "UZB IN";
    files[1].facts = turned;
    mtm_results *results = computed(files, 3, "arrivals-by-origin", "2024-Q2", NULL);
    const mtm_result *result = mtm_results_at(results, 0);
    mtm_step step;
    assert_value(results, "101.5", MTM_REASON_NONE); /* 30 + 51 + 20.5: June has a decimal */
    assert_row(results, "UZB", 1, "90.5", "89.2");
    assert_row(results, "CHN", 2, "11.0", "10.8");
    /* clang-format off */
    static const struct { const char *file; const char *value; int64_t line; } steps[] = {
        {"june", "20.5", 2}, {"may", "51", 3}, {"april", "30", 2}};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(result_step(result, i, &step), 1);
        assert_string_equal(step.file, steps[i].file);
        assert_decimal(step.value, steps[i].value);
        assert_int_equal(step.line, steps[i].line);
        assert_int_equal(step.operation, MTM_OPERATION_ADD);
    }
    assert_int_equal(result->n_citations, 3);
    mtm_results_free(results);

    /* of another publisher it is another series */
    files[1].publisher = "Press";
    results = computed(files, 3, "arrivals-by-origin", "2024-Q2", NULL);
    assert_value(results, NULL, MTM_REASON_PERIOD_UNAVAILABLE);
    mtm_results_free(results);
}

static void releases_that_come_in_files_of_their_own(void **state) {
    static const fact quarter[] = {{"2024-01/2024-03", "IN", 10, "2024-05", "first", 0, NULL}};
    static const fact half[] = {{"2024-01/2024-06", "IN", 30, "2024-08", "first", 0, NULL}};
    static const fact again[] = {{"2024-01/2024-06", "IN", 31, "2024-08", "first", 0, NULL}};
    table files[] = {FLOW("quarter", quarter), FLOW("half", half), FLOW("again", again)};
    mtm_step step;
    files[0].cumulative = files[1].cumulative = files[2].cumulative = 1;
    (void)state;
    mtm_results *results = computed(files, 2, "immigration", "2024-Q2", NULL);
    assert_value(results, "20", MTM_REASON_NONE);
    assert_int_equal(result_flags(mtm_results_at(results, 0)), MTM_FLAG_DERIVED | MTM_FLAG_ACROSS_RELEASES);
    assert_int_equal(result_step(mtm_results_at(results, 0), 1, &step), 1);
    assert_string_equal(step.file, "quarter");
    assert_int_equal(step.operation, MTM_OPERATION_SUBTRACT);
    mtm_results_free(results);

    /* two files give one release two figures */
    results = computed(files, 3, "immigration", "2024-S1", NULL);
    assert_value(results, NULL, MTM_REASON_AMBIGUOUS_SOURCE);
    mtm_results_free(results);
    results = computed(files, 3, "immigration", "2024-Q2", NULL);
    assert_value(results, NULL, MTM_REASON_AMBIGUOUS_SOURCE);
    mtm_results_free(results);
    results = computed(files, 3, "immigration", "2024-Q1", NULL);
    assert_value(results, "10", MTM_REASON_NONE);
    mtm_results_free(results);
}

static mtm_status pooled(void *data, mtm_error *err) {
    static const fact quarter[] = {{"2024-01/2024-03", "IN", 10, "2024-05", "first", 0, NULL}};
    static const fact half[] = {{"2024-01/2024-06", "IN", 305, "2024-08", "first", 0, NULL}};
    table files[] = {FLOW("quarter", quarter), FLOW("half", half)};
    mtm_catalogue *catalogue = NULL;
    mtm_package *package = NULL;
    mtm_results *results = NULL;
    mtm_compute_options options = MTM_COMPUTE_OPTIONS_INIT;
    const mtm_period period = period_of("2024-Q2");
    (void)data;
    files[0].cumulative = files[1].cumulative = files[1].decimals = 1;
    files[0].publisher = files[1].publisher = "Bureau";
    options.period = &period;
    options.indicator = "immigration";
    mtm_status status = mtm_package_new("KAZ", &package, err);
    for (size_t i = 0; i < 2 && status == MTM_OK; i++) {
        status = add_table(package, &files[i], err);
    }
    status = status == MTM_OK ? mtm_catalogue_new(&catalogue, err) : status;
    status = status == MTM_OK ? mtm_catalogue_compute(catalogue, package, &options, &results, err) : status;
    mtm_results_free(results);
    mtm_catalogue_free(catalogue);
    mtm_package_free(package);
    return status;
}

static void memory_may_run_out_anywhere(void **state) {
    (void)state;
    assert_survives_failing_memory(pooled, NULL);
}

/* ---- net figures ---- */

#define NET "\"filter\": {\"direction\": \"IN\"}, \"minus\": {\"direction\": \"OUT\"}, \"statistic\": \"net\""

static const fact both_ways[] = {
    {"2024-Q2", "IN -", 100, NULL, NULL, 0, NULL}, {"2024-Q2", "IN UZB", 70, NULL, NULL, 0, NULL},
    {"2024-Q2", "IN RUS", 30, NULL, NULL, 0, NULL}, {"2024-Q2", "OUT -", 90, NULL, NULL, 0, NULL},
    {"2024-Q2", "OUT UZB", 40, NULL, NULL, 0, NULL}, {"2024-Q2", "OUT RUS", 35, NULL, NULL, 0, NULL},
    {"2024-Q2", "OUT CHN", 15, NULL, NULL, 0, NULL},
};
#define CROSSINGS(name, facts)                                                                                        \
    {(name), "border-crossings", "movements", 0, 0, 0, 0, "direction citizenship:country", NULL, NULL, FACTS(facts)}

static void net_figures_by_parts(void **state) {
    const table one = CROSSINGS("one", both_ways);
    (void)state;
    mtm_results *results = computed_own(&one, 1, NET ", \"breakdown\": {\"dimension\": \"citizenship\"}", "2024-Q2");
    assert_value(results, "10", MTM_REASON_NONE);
    assert_row(results, "UZB", 1, "30", NULL);
    assert_row(results, "RUS", 2, "-5", NULL);
    assert_row(results, "CHN", 3, "-15", NULL);
    assert_int_equal(result_row_count(mtm_results_at(results, 0)), 3);
    mtm_results_free(results);

    results = computed_own(&one, 1, NET ", \"outside\": \"CIS\", \"breakdown\": {\"dimension\": \"citizenship\"}", "2024-Q2");
    assert_value(results, "-15", MTM_REASON_NONE);
    mtm_results_free(results);
}

static void net_figures_of_different_editions(void **state) {
    static const fact facts[] = {{"2024", "IN", 100, "2025-02", "first", 0, NULL}, {"2024", "OUT", 40, "2025-06", "final", 0, NULL}};
    static const fact later[] = {{"2024", "IN", 100, "2025-02", NULL, 0, NULL}, {"2024", "OUT", 40, "2025-06", NULL, 0, NULL}};
    static const fact half[] = {{"2024", "IN", 100, NULL, NULL, 0, NULL}, {"2023", "OUT", 40, NULL, NULL, 0, NULL}};
    const table mixed = FLOW("mixed", facts), dated = FLOW("dated", later), lacking = FLOW("lacking", half);
    (void)state;
    mtm_results *results = computed(&mixed, 1, "net-migration", "2024", NULL);
    assert_value(results, NULL, MTM_REASON_EDITIONS_DIFFER);
    mtm_results_free(results);
    results = computed(&dated, 1, "net-migration", "2024", NULL);
    assert_value(results, "60", MTM_REASON_NONE);
    mtm_results_free(results);
    results = computed(&lacking, 1, "net-migration", "2024", NULL);
    assert_value(results, NULL, MTM_REASON_MISSING_VALUE);
    mtm_results_free(results);
}

/* ---- parts ---- */

static void the_better_of_two_breakdowns(void **state) {
    static const fact totals[] = {{"2024-Q2", "IN", 100, NULL, NULL, 0, NULL}};
    static const fact some[] = {{"2024-Q2", "IN UZB", 70, NULL, NULL, 0, NULL}};
    static const fact all[] = {{"2024-Q2", "IN UZB", 71, NULL, NULL, 0, NULL}, {"2024-Q2", "IN RUS", 29, NULL, NULL, 0, NULL}};
    table tables[] = {CROSSINGS("totals", totals), CROSSINGS("some", some), CROSSINGS("all", all)};
    tables[0].dimensions = "direction";
    tables[1].selection = "citizenship";
    (void)state;
    /* complete before a selection */
    mtm_results *results = computed(tables, 3, "arrivals-by-origin", "2024-Q2", NULL);
    assert_row(results, "UZB", 1, "71", "71.0");
    mtm_results_free(results);
    /* the total's publisher before another one */
    tables[0].publisher = tables[1].publisher = "Border Service";
    tables[2].publisher = "Press";
    results = computed(tables, 3, "arrivals-by-origin", "2024-Q2", NULL);
    assert_row(results, "UZB", 1, "70", "70.0");
    assert_row(results, "_O", 0, "30", "30.0");
    mtm_results_free(results);
}

static void parts_that_are_withheld_or_cannot_be(void **state) {
    static const fact facts[] = {
        {"2024-Q2", "IN -", 100, NULL, NULL, 0, NULL},       {"2024-Q2", "IN UZB", 90, NULL, NULL, 0, NULL},
        {"2024-Q2", "IN RUS", FACT_BLANK, NULL, NULL, 'Q', NULL}, {"2024-Q2", "IN CHN", FACT_BLANK, NULL, NULL, 'M', NULL},
        {"2024-Q2", "IN DEU", FACT_BLANK, NULL, NULL, 'O', NULL},
    };
    /* clang-format on */
    static const fact no_total[] = {
        {"2024-Q2", "IN UZB", 90, NULL, NULL, 0, NULL},
        {"2024-Q2", "IN CHN", FACT_BLANK, NULL, NULL, 'M', NULL},
        {"2024-Q2", "IN RUS", 5, NULL, NULL, 0, NULL},
    };
    static const fact with_blank[] = {
        {"2024-Q2", "IN UZB", 90, NULL, NULL, 0, NULL},
        {"2024-Q2", "IN CHN", FACT_BLANK, NULL, NULL, 'L', NULL},
        {"2024-Q2", "IN RUS", 5, NULL, NULL, 0, NULL},
    };
    const table one = CROSSINGS("one", facts), two = CROSSINGS("two", no_total), three = CROSSINGS("three", with_blank);
    (void)state;
    mtm_results *results = computed(&one, 1, "arrivals-by-origin", "2024-Q2", NULL);
    assert_int_equal(result_row_count(mtm_results_at(results, 0)), 3);
    assert_row(results, "UZB", 1, "90", "90.0");
    assert_row(results, "RUS", 0, NULL, NULL); /* shown as withheld; its figure lies in the remainder */
    assert_row(results, "_O", 0, "10", "10.0");
    assert_int_equal(result_flags(mtm_results_at(results, 0)), 0);
    mtm_results_free(results);

    results = computed(&two, 1, "arrivals", "2024-Q2", NULL); /* not applicable adds nothing */
    assert_value(results, "95", MTM_REASON_NONE);
    mtm_results_free(results);
    results = computed(&three, 1, "arrivals", "2024-Q2", NULL); /* missing spoils the sum */
    assert_value(results, NULL, MTM_REASON_MISSING_VALUE);
    mtm_results_free(results);
}

static void many_labels_are_summed_up(void **state) {
    fact facts[30];
    char codes[30][32];
    size_t listed = 0;
    int64_t rows = 0;
    (void)state;
    memset(facts, 0, sizeof facts);
    for (size_t i = 0; i < 30; i++) {
        strcpy(codes[i], "IN ?Label00");
        codes[i][9] = (char)('0' + i / 10);
        codes[i][10] = (char)('0' + i % 10);
        facts[i] = (fact){"2024-Q2", codes[i], 1, NULL, NULL, 0, NULL};
    }
    const table one = CROSSINGS("one", facts);
    mtm_results *results = computed(&one, 1, "arrivals-by-origin", "2024-Q2", NULL);
    assert_value(results, "30", MTM_REASON_NONE);
    for (size_t i = 0; i < results->results[0].n_remarks; i++) {
        const mtmi_remark *remark = &results->results[0].remarks[i];
        if (remark->kind == MTMI_REMARK_UNCLASSIFIED) {
            listed += remark->text != NULL;
            rows += remark->count;
        }
    }
    assert_int_equal(listed, 20);
    assert_int_equal(rows, 30); /* none is dropped: the last remark counts the rest */
    mtm_results_free(results);
}

static void windows_of_days(void **state) {
    static const fact facts[] = {{"2024-05-20", "-", 110, NULL, NULL, 0, NULL},
                                 {"2023-05-20", "-", 100, NULL, NULL, 0, NULL}};
    const table one = STOCK("one", facts);
    (void)state;
    mtm_results *results = computed(&one, 1, "foreign-workers", "2024-05-11/2024-05-20", NULL);
    assert_value(results, "110", MTM_REASON_NONE);
    assert_comparison(results, MTM_WITH_SAME_PERIOD_LAST_YEAR, "100", "10", "10.0", MTM_REASON_NONE);
    assert_int_equal(result_point_count(mtm_results_at(results, 0)), 2);
    mtm_results_free(results);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_date_of_several_datasets),
        cmocka_unit_test(printed_comes_before_derived),
        cmocka_unit_test(the_edition_of_the_value_in_another_dataset),
        cmocka_unit_test(every_earlier_print_is_listed_once),
        cmocka_unit_test(editions_without_dates),
        cmocka_unit_test(the_best_pair_of_releases),
        cmocka_unit_test(months_that_come_in_files_of_their_own),
        cmocka_unit_test(releases_that_come_in_files_of_their_own),
        cmocka_unit_test(memory_may_run_out_anywhere),
        cmocka_unit_test(net_figures_by_parts),
        cmocka_unit_test(net_figures_of_different_editions),
        cmocka_unit_test(the_better_of_two_breakdowns),
        cmocka_unit_test(parts_that_are_withheld_or_cannot_be),
        cmocka_unit_test(many_labels_are_summed_up),
        cmocka_unit_test(windows_of_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
