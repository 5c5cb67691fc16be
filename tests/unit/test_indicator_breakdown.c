/* Breakdowns: shares, ranks, ties, the remainder, groups, what is not classified; and where the parts come from. */
#include "../getters.h"
#include "facts.h"
#include "failing.h"
#include "indicator/definition/catalogue.h"

#define CROSSINGS(name, facts)                                                                                         \
    { (name), "border-crossings", "movements", 0, 0, 0, 0, "direction citizenship:country", NULL, NULL, FACTS(facts) }

static const mtmi_remark *remark_of(const mtm_results *results, mtmi_remark_kind kind) {
    for (size_t i = 0; i < results->results[0].n_remarks; i++) {
        if (results->results[0].remarks[i].kind == kind) {
            return &results->results[0].remarks[i];
        }
    }
    return NULL;
}

/* The rows always add up to the total, to the last unit. */
static void assert_adds_up(const mtm_results *results) {
    const mtm_result *result = mtm_results_at(results, 0);
    mtm_decimal total = {0, 0, 0};
    int64_t sum = 0;
    assert_int_equal(result_value(result, &total), 1);
    for (size_t i = 0; i < result_row_count(result); i++) {
        mtm_row row;
        assert_int_equal(result_row(result, i, &row), 1);
        assert_int_equal(row.value.decimals, total.decimals);
        sum += row.value.units;
    }
    assert_true(sum == total.units);
}

static mtm_results *computed_top(const table *tables, size_t n, const char *id, const char *period, int32_t top) {
    mtm_package *package = package_of(tables, n);
    mtm_catalogue *catalogue = NULL;
    mtm_results *results = NULL;
    mtm_compute_options options = MTM_COMPUTE_OPTIONS_INIT;
    mtm_period asked = period_of(period);
    options.indicator = id;
    options.period = &asked;
    options.top = top;
    assert_int_equal(mtm_catalogue_new(&catalogue, NULL), MTM_OK);
    assert_int_equal(mtm_catalogue_compute(catalogue, package, &options, &results, NULL), MTM_OK);
    mtm_catalogue_free(catalogue);
    mtm_package_free(package);
    return results;
}

static const fact ties[] = {
    {"2024-Q2", "IN -", 100, NULL, NULL, 0, NULL},  {"2024-Q2", "IN UZB", 40, NULL, NULL, 0, NULL},
    {"2024-Q2", "IN KGZ", 20, NULL, NULL, 0, NULL}, {"2024-Q2", "IN CHN", 20, NULL, NULL, 0, NULL},
    {"2024-Q2", "IN RUS", 10, NULL, NULL, 0, NULL}, {"2024-Q2", "IN DEU", 5, NULL, NULL, 0, NULL},
    {"2024-Q2", "IN _U", 3, NULL, NULL, 0, NULL},   {"2024-Q2", "IN _O", 2, NULL, NULL, 0, NULL},
    {"2024-Q2", "IN CIS", 70, NULL, NULL, 0, NULL}, {"2024-Q2", "OUT -", 9, NULL, NULL, 0, NULL},
};
static const table tied = CROSSINGS("ties", ties);

static void ties_share_a_rank_and_the_cut_keeps_them(void **state) {
    (void)state;
    mtm_results *results = computed_top(&tied, 1, "arrivals-by-origin", "2024-Q2", 2);
    assert_adds_up(results);
    assert_int_equal(result_row_count(mtm_results_at(results, 0)), 5); /* three, not stated, remainder */
    assert_row(results, "UZB", 1, "40", "40.0");
    assert_row(results, "CHN", 2, "20", "20.0");
    assert_row(results, "KGZ", 2, "20", "20.0");
    assert_row(results, "_U", 0, "3", "3.0");
    assert_row(results, "_O", 0, "17", "17.0");
    assert_string_equal(result_row_code(mtm_results_at(results, 0), 4), "_O");
    assert_string_equal(result_row_label(mtm_results_at(results, 0), 4, MTM_LANGUAGE_KK), "Басқалары");
    mtm_results_free(results);

    results = computed_top(&tied, 1, "arrivals-by-origin", "2024-Q2", -1);
    assert_adds_up(results);
    assert_row(results, "RUS", 4, "10", "10.0");
    assert_row(results, "_O", 0, "2", "2.0");
    assert_string_equal(result_dimension(mtm_results_at(results, 0)), "citizenship");
    assert_string_equal(mtmi_titles_get(&mtm_results_at(results, 0)->dimension_title, MTM_LANGUAGE_RU), "Гражданство");
    mtm_results_free(results);
}

static void groups_are_kept_apart(void **state) {
    (void)state;
    mtm_results *results = computed(&tied, 1, "arrivals-outside-cis", "2024-Q2", NULL);
    assert_value(results, "30", MTM_REASON_NONE); /* the total less the printed CIS */
    assert_adds_up(results);
    assert_row(results, "CHN", 1, "20", "66.7");
    assert_row(results, "DEU", 2, "5", "16.7");
    assert_row(results, "_O", 0, "5", "16.7"); /* not stated and other may lie outside too */
    mtm_results_free(results);
}

/* An indicator of one's own: what comes from Central Asia. */
static mtm_results *from_central_asia(const table *from) {
    static const char own[] =
        "{\"indicators\": [{\"id\": \"own\", \"section\": \"border-crossings\", \"title\": \"Own\","
        " \"definition\": \"Own\", \"concept\": \"border-crossings\", \"unit\": \"movements\","
        " \"filter\": {\"direction\": \"IN\"}, \"statistic\": \"sum\", \"within\": \"CENTRAL-ASIA\","
        " \"breakdown\": {\"dimension\": \"citizenship\"}}]}";
    mtm_package *package = package_of(from, 1);
    mtm_catalogue *catalogue = NULL;
    mtm_results *results = NULL;
    mtm_error err = {0};
    mtm_compute_options options = MTM_COMPUTE_OPTIONS_INIT;
    mtm_period asked = period_of("2024-Q2");
    options.indicator = "own";
    options.period = &asked;
    assert_int_equal(mtm_catalogue_new(&catalogue, NULL), MTM_OK);
    if (mtmi_catalogue_load(catalogue, own, sizeof own - 1, "own", &err) != MTM_OK ||
        mtm_catalogue_compute(catalogue, package, &options, &results, &err) != MTM_OK) {
        fail_msg("%s", err.message);
    }
    mtm_catalogue_free(catalogue);
    mtm_package_free(package);
    return results;
}

static void a_value_within_a_group(void **state) {
    static const fact printed[] = {
        {"2024-Q2", "IN CENTRAL-ASIA", 65, NULL, NULL, 0, NULL},
        {"2024-Q2", "IN UZB", 40, NULL, NULL, 0, NULL},
        {"2024-Q2", "IN KGZ", 20, NULL, NULL, 0, NULL},
        {"2024-Q2", "IN CHN", 9, NULL, NULL, 0, NULL},
    };
    table group = CROSSINGS("printed", printed);
    (void)state;
    mtm_results *results = from_central_asia(&tied);
    assert_value(results, "60", MTM_REASON_NONE); /* its members */
    assert_adds_up(results);
    assert_int_equal(result_row_count(mtm_results_at(results, 0)), 2);
    assert_row(results, "UZB", 1, "40", "66.7");
    mtm_results_free(results);

    group.selection = "citizenship";
    results = from_central_asia(&group);
    assert_value(results, "65", MTM_REASON_NONE); /* the printed row, although the members listed are fewer */
    assert_adds_up(results);
    assert_row(results, "_O", 0, "5", "7.7");
    mtm_results_free(results);

    group.facts = printed + 1;
    group.n = 3;
    results = from_central_asia(&group);
    assert_value(results, NULL, MTM_REASON_BREAKDOWN_UNAVAILABLE);
    mtm_results_free(results);
}

static void parts_make_a_missing_total(void **state) {
    static const fact facts[] = {
        {"2024-Q2", "IN -", FACT_BLANK, NULL, NULL, 0, NULL},
        {"2024-Q2", "IN UZB", 60, NULL, NULL, 0, NULL},
        {"2024-Q2", "IN ?Atlantis", 30, NULL, NULL, 0, NULL},
        {"2024-Q2", "IN ?Atlantida", 10, NULL, NULL, 0, NULL},
    };
    table parts = CROSSINGS("parts", facts);
    (void)state;
    mtm_results *results = computed(&parts, 1, "arrivals-by-origin", "2024-Q2", NULL);
    assert_value(results, "100", MTM_REASON_NONE);
    assert_adds_up(results);
    assert_int_equal(result_flags(mtm_results_at(results, 0)), MTM_FLAG_DERIVED | MTM_FLAG_UNCLASSIFIED);
    assert_row(results, "UZB", 1, "60", "60.0");
    assert_row(results, "_O", 0, "40", "40.0");
    const mtmi_remark *remark = remark_of(results, MTMI_REMARK_UNCLASSIFIED);
    assert_non_null(remark);
    assert_string_equal(remark->text, "Atlantida");
    assert_int_equal(remark->line, 5);
    mtm_results_free(results);

    /* not when the parts are only some of them */
    parts.selection = "citizenship";
    results = computed(&parts, 1, "arrivals-by-origin", "2024-Q2", NULL);
    assert_value(results, NULL, MTM_REASON_MISSING_VALUE);
    assert_row(results, "UZB", 1, "60", NULL);
    assert_int_equal(mtm_results_at(results, 0)->rows_are_selection, 1);
    mtm_results_free(results);
}

static void parts_that_do_not_add_up(void **state) {
    static const fact facts[] = {
        {"2024-Q2", "IN -", 100, NULL, NULL, 0, NULL},
        {"2024-Q2", "IN UZB", 70, NULL, NULL, 0, NULL},
        {"2024-Q2", "IN RUS", 40, NULL, NULL, 0, NULL},
    };
    const table parts = CROSSINGS("parts", facts);
    (void)state;
    mtm_results *results = computed(&parts, 1, "arrivals-by-origin", "2024-Q2", NULL);
    assert_value(results, "100", MTM_REASON_NONE);
    assert_adds_up(results); /* the remainder is negative, and shown */
    assert_row(results, "_O", 0, "-10", "-10.0");
    assert_true((result_flags(mtm_results_at(results, 0)) & MTM_FLAG_TOTAL_MISMATCH) != 0);
    const mtmi_remark *remark = remark_of(results, MTMI_REMARK_TOTAL_MISMATCH);
    assert_non_null(remark);
    assert_decimal(remark->a, "100");
    assert_decimal(remark->b, "110");
    mtm_results_free(results);
}

static void parts_come_from_the_pieces_of_the_total(void **state) {
    static const fact months[] = {
        {"2024-04", "IN UZB", 10, NULL, NULL, 0, NULL}, {"2024-04", "IN RUS", 20, NULL, NULL, 0, NULL},
        {"2024-05", "IN UZB", 30, NULL, NULL, 0, NULL}, {"2024-06", "IN UZB", 5, NULL, NULL, 0, NULL},
        {"2024-06", "IN CHN", 1, NULL, NULL, 0, NULL},
    };
    static const fact released[] = {
        {"2024-01/2024-03", "IN -", 10, "2024-05", NULL, 0, NULL},
        {"2024-01/2024-03", "IN UZB", 8, "2024-05", NULL, 0, NULL},
        {"2024-01/2024-03", "IN RUS", 2, "2024-05", NULL, 0, NULL},
        {"2024-01/2024-06", "IN -", 30, "2024-08", NULL, 0, NULL},
        {"2024-01/2024-06", "IN UZB", 18, "2024-08", NULL, 0, NULL},
        {"2024-01/2024-06", "IN RUS", 12, "2024-08", NULL, 0, NULL},
    };
    table monthly = CROSSINGS("monthly", months);
    table to_date = CROSSINGS("to-date", released);
    (void)state;
    mtm_results *results = computed(&monthly, 1, "arrivals-by-origin", "2024-Q2", NULL);
    assert_value(results, NULL, MTM_REASON_COVERAGE_INCOMPLETE); /* nothing says that nobody came from Russia in May */
    mtm_results_free(results);
    monthly.absent = MTMI_ABSENT_ZERO;
    results = computed(&monthly, 1, "arrivals-by-origin", "2024-Q2", NULL);
    assert_value(results, "66", MTM_REASON_NONE);
    assert_adds_up(results);
    assert_row(results, "UZB", 1, "45", "68.2");
    assert_row(results, "RUS", 2, "20", "30.3");
    assert_row(results, "CHN", 3, "1", "1.5");
    mtm_results_free(results);

    to_date.cumulative = 1;
    results = computed(&to_date, 1, "arrivals-by-origin", "2024-Q2", NULL);
    assert_value(results, "20", MTM_REASON_NONE);
    assert_adds_up(results);
    assert_row(results, "RUS", 1, "10", "50.0");
    assert_row(results, "UZB", 1, "10", "50.0");
    mtm_results_free(results);
}

static void parts_of_another_dataset(void **state) {
    static const fact totals[] = {{"2024-Q2", "IN -", 100, NULL, NULL, 0, NULL}};
    static const fact parts[] = {{"2024-Q2", "IN UZB", 70, NULL, NULL, 0, NULL},
                                 {"2024-Q2", "IN RUS", 30, NULL, NULL, 0, NULL}};
    static const fact others[] = {{"2024-Q2", "IN UZB", 70, NULL, NULL, 0, NULL},
                                  {"2024-Q2", "IN RUS", 20, NULL, NULL, 0, NULL},
                                  {"2024-Q2", "IN -", 100, NULL, NULL, 0, NULL}};
    static const fact window[] = {{"2024-01-01/2024-05-10", "IN UZB", 70, NULL, NULL, 0, NULL}};
    table total = CROSSINGS("total", totals), part = CROSSINGS("parts", parts), other = CROSSINGS("others", others);
    table odd = CROSSINGS("odd", window);
    total.dimensions = "direction";
    (void)state;
    fact plain[] = {{"2024-Q2", "IN", 100, NULL, NULL, 0, NULL}};
    total.facts = plain;

    const table agree[] = {total, part};
    mtm_results *results = computed(agree, 2, "arrivals-by-origin", "2024-Q2", NULL);
    assert_value(results, "100", MTM_REASON_NONE);
    assert_adds_up(results);
    assert_row(results, "UZB", 1, "70", "70.0");
    mtm_results_free(results);

    total.publisher = "Border Service";
    other.publisher = "Press";
    const table strangers[] = {total, other};
    results = computed(strangers, 2, "arrivals-by-origin", "2024-Q2", NULL);
    assert_value(results, "100", MTM_REASON_NONE);
    assert_int_equal(result_row_count(mtm_results_at(results, 0)), 0);
    assert_int_equal(result_breakdown_reason(mtm_results_at(results, 0)), MTM_REASON_COVERAGE_DIFFERS);
    mtm_results_free(results);

    odd.selection = "citizenship";
    const table apart[] = {total, odd};
    results = computed(apart, 2, "arrivals-by-origin", "2024-Q2", NULL);
    assert_int_equal(result_breakdown_reason(mtm_results_at(results, 0)), MTM_REASON_PERIODS_NOT_ALIGNED);
    const mtmi_remark *remark = remark_of(results, MTMI_REMARK_BREAKDOWN_INCOMPATIBLE);
    assert_non_null(remark);
    assert_int_equal(remark->period.last, period_of("2024-05-10").last);
    mtm_results_free(results);

    const table alone[] = {total};
    results = computed(alone, 1, "arrivals-by-origin", "2024-Q2", NULL);
    assert_int_equal(result_breakdown_reason(mtm_results_at(results, 0)), MTM_REASON_BREAKDOWN_UNAVAILABLE);
    mtm_results_free(results);
    results = computed(alone, 1, "arrivals-outside-cis", "2024-Q2", NULL);
    assert_value(results, NULL, MTM_REASON_BREAKDOWN_UNAVAILABLE);
    mtm_results_free(results);
}

static void a_partial_revision_leaves_the_rest(void **state) {
    static const fact facts[] = {
        {"2024-Q2", "IN UZB", 70, "2024-08", NULL, 0, NULL},
        {"2024-Q2", "IN RUS", 20, "2024-08", NULL, 0, NULL},
        {"2024-Q2", "IN RUS", 25, "2024-11", NULL, 0, NULL},
    };
    const table revised = CROSSINGS("revised", facts);
    (void)state;
    mtm_results *results = computed(&revised, 1, "arrivals-by-origin", "2024-Q2", NULL);
    assert_value(results, "95", MTM_REASON_NONE);
    assert_adds_up(results);
    assert_row(results, "RUS", 2, "25", "26.3");
    mtm_results_free(results);
    results = computed(&revised, 1, "arrivals-by-origin", "2024-Q2", "2024-09-01");
    assert_value(results, "90", MTM_REASON_NONE);
    mtm_results_free(results);
}

static void parts_of_opposite_signs_have_no_shares(void **state) {
    static const fact facts[] = {
        {"2024", "-", 16550, NULL, NULL, 0, NULL},
        {"2024", "URBAN", 128190, NULL, NULL, 0, NULL},
        {"2024", "RURAL", -111640, NULL, NULL, 0, NULL},
    };
    const table net = {"net", "net-migration", "persons", 0, 0, 0, 0, "residence", NULL, NULL, FACTS(facts)};
    (void)state;
    mtm_results *results = computed(&net, 1, "net-migration-by-residence", "2024", NULL);
    assert_value(results, "16550", MTM_REASON_NONE);
    assert_adds_up(results);
    assert_row(results, "URBAN", 1, "128190", NULL);
    assert_row(results, "RURAL", 2, "-111640", NULL);
    mtm_results_free(results);
}

static void percentages_where_only_these_are_published(void **state) {
    static const fact totals[] = {{"2025-01/2025-03", "", 3203, NULL, NULL, 0, NULL}};
    static const fact shares[] = {
        {"2025-01/2025-03", "CHN", 481, NULL, NULL, 0, NULL}, {"2025-01/2025-03", "UZB", 395, NULL, NULL, 0, NULL},
        {"2025-01/2025-03", "TKM", 58, NULL, NULL, 0, NULL},  {"2025-01/2025-03", "MNG", 25, NULL, NULL, 0, NULL},
        {"2025-01/2025-03", "RUS", 19, NULL, NULL, 0, NULL},  {"2025-01/2025-03", "_O", 22, NULL, NULL, 0, NULL},
    };
    const table both[] = {
        {"kandas", "kandas", "persons", 0, 1, 0, 0, "", NULL, NULL, FACTS(totals)},
        {"shares", "kandas", "percent", MTM_KIND_SHARE, 0, 1, 0, "country", NULL, NULL, FACTS(shares)},
    };
    (void)state;
    mtm_results *results = computed(both, 2, "kandas-by-origin", "2025-Q1", NULL);
    assert_value(results, "3203", MTM_REASON_NONE);
    assert_row(results, "CHN", 1, NULL, "48.1");
    assert_row(results, "RUS", 5, NULL, "1.9");
    assert_row(results, "_O", 0, NULL, "2.2");
    mtm_results_free(results);
}

static void dimensions_without_totals_are_added_up(void **state) {
    /* clang-format off */
    static const fact facts[] = {
        {"2020-01-01", "- M Y0T15", 3, NULL, NULL, 0, NULL},    {"2020-01-01", "- F Y0T15", 4, NULL, NULL, 0, NULL},
        {"2020-01-01", "- M WORKING", 5, NULL, NULL, 0, NULL},  {"2020-01-01", "- F WORKING", 6, NULL, NULL, 0, NULL},
        {"2020-01-01", "KZ71 M Y0T15", 1, NULL, NULL, 0, NULL}, {"2020-01-01", "KZ71 F Y0T15", 1, NULL, NULL, 0, NULL},
        {"2020-01-01", "KZ71 M WORKING", 2, NULL, NULL, 0, NULL}, {"2020-01-01", "KZ71 F WORKING", 2, NULL, NULL, 0, NULL},
        {"2020-01-01", "KZ75 M Y0T15", 2, NULL, NULL, 0, NULL}, {"2020-01-01", "KZ75 F Y0T15", 3, NULL, NULL, 0, NULL},
        {"2020-01-01", "KZ75 M WORKING", 3, NULL, NULL, 0, NULL}, {"2020-01-01", "KZ75 F WORKING", 4, NULL, NULL, 0, NULL},
    };
    /* clang-format on */
    const table people = {
        "people", "population", "persons",   MTM_KIND_STOCK, 0, 0, 0, "region:region-kz sex age-group",
        NULL,     NULL,         FACTS(facts)};
    (void)state;
    mtm_results *results = computed(&people, 1, "population", "2019", NULL);
    assert_value(results, "18", MTM_REASON_NONE); /* the national row, not the national row and its regions */
    assert_adds_up(results);
    assert_row(results, "KZ75", 1, "12", "66.7");
    assert_row(results, "KZ71", 2, "6", "33.3");
    assert_int_equal(result_flags(mtm_results_at(results, 0)), MTM_FLAG_DERIVED);
    mtm_results_free(results);
}

/* The Bureau's tables of the CIS and other countries: no country is named, and the group is a part like the rest. */
static const fact lumped[] = {
    {"2024-Q2", "IN CIS", 7, NULL, NULL, 0, NULL},     {"2024-Q2", "IN _O", 3, NULL, NULL, 0, NULL},
    {"2024-Q1", "IN CIS", 7, NULL, NULL, 0, NULL},     {"2024-Q1", "IN EAEU", 5, NULL, NULL, 0, NULL},
    {"2024-Q1", "IN CHN", 4, NULL, NULL, 0, NULL},     {"2023-Q4", "IN CIS", 7, NULL, NULL, 0, NULL},
    {"2023-Q4", "IN UZB", 6, NULL, NULL, 0, NULL},     {"2023-Q4", "IN CHN", 4, NULL, NULL, 0, NULL},
    {"2023-Q3", "IN CIS", 7, NULL, NULL, 0, NULL},     {"2023-Q2", "IN CIS", 7, NULL, NULL, 0, NULL},
    {"2023-Q2", "IN NON-CIS", 3, NULL, NULL, 0, NULL},
};
static const table lumps = CROSSINGS("lumps", lumped);

static void a_group_without_its_members_is_a_part(void **state) {
    static const char *const expected[][3] = {{"2024-Q2", "10", "3"}, {"2024-Q1", "11", "4"}, {"2023-Q2", "10", "3"}};
    (void)state;
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        mtm_results *results = computed_top(&lumps, 1, "arrivals", expected[i][0], -1);
        assert_value(results, expected[i][1], MTM_REASON_NONE);
        mtm_results_free(results);
        results = computed_top(&lumps, 1, "arrivals-outside-cis", expected[i][0], -1);
        assert_value(results, expected[i][2], MTM_REASON_NONE);
        mtm_results_free(results);
    }
    mtm_results *results = computed_top(&lumps, 1, "arrivals-by-origin", "2024-Q1", -1);
    assert_adds_up(results);
    assert_row(results, "CHN", 1, "4", "36.4");
    mtm_results_free(results);
    /* The CIS has one more than Uzbekistan, the only member that is listed: 10 is not all, 11 may be. */
    results = computed_top(&lumps, 1, "arrivals", "2023-Q4", -1);
    assert_value(results, NULL, MTM_REASON_TOTAL_UNCERTAIN);
    mtm_results_free(results);
    results = computed_top(&lumps, 1, "arrivals-outside-cis", "2023-Q4", -1);
    assert_value(results, NULL, MTM_REASON_TOTAL_UNCERTAIN);
    mtm_results_free(results);
    results = computed_top(&lumps, 1, "arrivals", "2023-Q3", -1);
    assert_int_equal(result_value(mtm_results_at(results, 0), &(mtm_decimal){0, 0, 0}), 0); /* a group is not all */
    mtm_results_free(results);
}

/* One country by sex, another without: neither the countries nor the sexes are all, and no figure is better than half. */
/* clang-format off */
static const fact mixed[] = {
    {"2024-Q2", "IN UZB M", 6, NULL, NULL, 0, NULL}, {"2024-Q2", "IN UZB F", 4, NULL, NULL, 0, NULL},
    {"2024-Q2", "IN RUS -", 5, NULL, NULL, 0, NULL}, {"2024-Q1", "IN UZB M", 6, NULL, NULL, 0, NULL},
    {"2024-Q1", "IN UZB F", 4, NULL, NULL, 0, NULL}, {"2024-Q1", "IN UZB -", 10, NULL, NULL, 0, NULL},
    {"2024-Q1", "IN RUS M", 5, NULL, NULL, 0, NULL}, {"2024-Q1", "IN RUS -", 5, NULL, NULL, 0, NULL},
};
/* clang-format on */
static const table mix = {"mix", "border-crossings", "movements", 0, 0, 0, 0, "direction citizenship:country sex", NULL,
                          NULL,  FACTS(mixed)};

static void parts_that_are_not_all_make_no_total(void **state) {
    (void)state;
    mtm_results *results = computed_top(&mix, 1, "arrivals-by-origin", "2024-Q2", -1);
    assert_int_equal(result_value(mtm_results_at(results, 0), &(mtm_decimal){0, 0, 0}), 0);
    assert_int_equal(result_row_count(mtm_results_at(results, 0)), 0);
    mtm_results_free(results);
    results = computed_top(&mix, 1, "arrivals-by-origin", "2024-Q1", -1);
    assert_value(results, "15", MTM_REASON_NONE);
    assert_adds_up(results);
    mtm_results_free(results);
}

static mtm_status broken_down(void *data, mtm_error *err) {
    mtm_catalogue *catalogue = NULL;
    mtm_package *package = NULL;
    mtm_results *results = NULL;
    mtm_compute_options options = MTM_COMPUTE_OPTIONS_INIT;
    const mtm_period period = period_of("2024-Q2");
    (void)data;
    options.period = &period;
    options.indicator = "arrivals-outside-cis";
    mtm_status status = mtm_package_new("KAZ", &package, err);
    status = status == MTM_OK ? add_table(package, &tied, err) : status;
    status = status == MTM_OK ? mtm_catalogue_new(&catalogue, err) : status;
    status = status == MTM_OK ? mtm_catalogue_compute(catalogue, package, &options, &results, err) : status;
    mtm_results_free(results);
    mtm_catalogue_free(catalogue);
    mtm_package_free(package);
    return status;
}

static void memory_may_run_out_anywhere(void **state) {
    (void)state;
    assert_survives_failing_memory(broken_down, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ties_share_a_rank_and_the_cut_keeps_them),
        cmocka_unit_test(groups_are_kept_apart),
        cmocka_unit_test(a_group_without_its_members_is_a_part),
        cmocka_unit_test(parts_that_are_not_all_make_no_total),
        cmocka_unit_test(a_value_within_a_group),
        cmocka_unit_test(parts_make_a_missing_total),
        cmocka_unit_test(parts_that_do_not_add_up),
        cmocka_unit_test(parts_come_from_the_pieces_of_the_total),
        cmocka_unit_test(parts_of_another_dataset),
        cmocka_unit_test(a_partial_revision_leaves_the_rest),
        cmocka_unit_test(parts_of_opposite_signs_have_no_shares),
        cmocka_unit_test(percentages_where_only_these_are_published),
        cmocka_unit_test(dimensions_without_totals_are_added_up),
        cmocka_unit_test(memory_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
