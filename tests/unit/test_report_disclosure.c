/* Disclosure control: what is withheld cannot be told from what is shown, tried by every table there could be; the
 * audit says yes to what the protector makes and no to what somebody else would. */
#include "made_tables.h"

#include "disclosure/audit.h"
#include "disclosure/disclosure.h"
#include "report/report.h"

#define THRESHOLD 5

static mtmi_masks *protect(const mtm_results *results, int threshold, mtmi_certificate *certificate) {
    mtmi_masks *masks = NULL;
    const mtmi_rules rules = {threshold, MTMI_P_PERCENT_DEFAULT, 0, 0};
    mtm_error err = {0};
    memset(certificate, 0, sizeof *certificate);
    if (mtmi_disclosure_protect(results, results->evidence, NULL, &rules, &masks, certificate, &err) != MTM_OK) {
        fail_msg("%s", err.message);
    }
    return masks;
}

static mtm_results *copy_of(const mtm_results *results) {
    mtm_results *copy = NULL;
    assert_int_equal(mtmi_results_copy(results, &copy, NULL), MTM_OK);
    return copy;
}

/* The range of one number over all tables that agree with what is shown. */
typedef struct range {
    int64_t low, high;
} range;

static void widen(range *r, int64_t value) {
    r->low = value < r->low ? value : r->low;
    r->high = value > r->high ? value : r->high;
}

/* What a table of origins would print for a row; *there is 0 when it could not print the list at all. */
static int64_t row_of(const mtm_result *result, size_t row, const counted *table, int *there) {
    int64_t rest = total_of(table, result->outside);
    for (size_t i = 0; i < result->n_rows; i++) {
        for (size_t o = 0; o < table->n; o++) {
            if (strcmp(result->rows[i].code, origins[o]) == 0) {
                rest -= table->of[o];
                if (i == row) {
                    *there = 1;
                    return table->of[o];
                }
            }
        }
    }
    *there = 1;
    return rest;
}

static int has_remainder(const mtm_result *result) {
    return result->n_rows > 0 && strcmp(result->rows[result->n_rows - 1].code, "_O") == 0;
}

/* Whoever is listed and withheld counts at least as many as whoever is not listed. */
static int keeps_order(const mtm_result *result, const mtmi_mask *mask, const counted *table) {
    int64_t least = INT64_MAX, most = 0;
    for (size_t o = 0; o < table->n; o++) {
        int listed = 0, hidden = 0;
        for (size_t i = 0; i < result->n_rows; i++) {
            int same = strcmp(result->rows[i].code, origins[o]) == 0;
            listed |= same;
            hidden |= same && mask->rows[i];
        }
        if (hidden) {
            least = table->of[o] < least ? table->of[o] : least;
        } else if (!listed && !(result->outside && in_cis[o])) {
            most = table->of[o] > most ? table->of[o] : most;
        }
    }
    return least >= most;
}

static int agrees(const mtm_results *shown, const mtmi_masks *masks, const counted *table, int ordered) {
    for (size_t r = 0; r < shown->n; r++) {
        const mtm_result *result = &shown->results[r];
        int there;
        if (!masks->of[r].value && result->value.units != total_of(table, result->outside)) {
            return 0;
        }
        for (size_t i = 0; i < result->n_rows; i++) {
            int64_t value = row_of(result, i, table, &there);
            if (value < 0 || (!masks->of[r].rows[i] && result->rows[i].row.value.units != value)) {
                return 0;
            }
        }
        if (ordered && has_remainder(result) && !keeps_order(result, &masks->of[r], table)) {
            return 0;
        }
        if (result->n_rows > 0 && !has_remainder(result) && row_of(result, SIZE_MAX, table, &there) != 0) {
            return 0;
        }
    }
    return 1;
}

#define ROWS_MAX 10
typedef struct ranges {
    range value, rows[ROWS_MAX];
} ranges;

static void note(const mtm_results *shown, const counted *table, ranges *of, range *cis) {
    int there;
    for (size_t r = 0; r < shown->n; r++) {
        widen(&of[r].value, total_of(table, shown->results[r].outside));
        for (size_t i = 0; i < shown->results[r].n_rows; i++) {
            widen(&of[r].rows[i], row_of(&shown->results[r], i, table, &there));
        }
    }
    widen(cis, total_of(table, 0) - total_of(table, 1));
}

static void try_tables(const mtm_results *shown, const mtmi_masks *masks, counted *table, size_t at, int64_t most,
                       int ordered, ranges *of, range *cis) {
    if (at == table->n) {
        if (agrees(shown, masks, table, ordered)) {
            note(shown, table, of, cis);
        }
        return;
    }
    for (table->of[at] = 0; table->of[at] <= most; table->of[at]++) {
        try_tables(shown, masks, table, at + 1, most, ordered, of, cis);
    }
}

static void assert_no_small(const mtm_results *shown, const mtmi_masks *masks) {
    for (size_t r = 0; r < shown->n; r++) {
        const mtm_result *result = &shown->results[r];
        int64_t value = result->value.units;
        assert_true(masks->of[r].value || value == 0 || value >= THRESHOLD);
        for (size_t i = 0; i < result->n_rows; i++) {
            value = result->rows[i].row.value.units;
            assert_true(masks->of[r].rows[i] || value == 0 || value >= THRESHOLD);
        }
    }
}

/* Only arrivals: all four ways in which they print. */
static mtm_results *made_arrivals(dice *d, size_t n_origins) {
    counted in = {{0}, n_origins};
    mtm_results *results = made_results(4, "2024-Q2");
    for (size_t i = 0; i < n_origins; i++) {
        in.of[i] = roll(d, 4) == 0 ? 0 : (int64_t)roll(d, 9);
    }
    static const char *const ids[] = {"arrivals", "by-origin", "outside-cis", "by-origin-short"};
    for (size_t r = 0; r < 4; r++) {
        mtm_result *result = &results->results[r];
        name_result(result, ids[r], "in");
        if (r == 2) {
            result->group = made_text("CIS");
            result->outside = 1;
        }
        set_value(result, whole(total_of(&in, r == 2)));
        if (r > 0) {
            list_origins(result, &in, 1 + roll(d, (uint32_t)n_origins), r == 2);
        }
    }
    add_counted(results, "in", &in);
    explain_results(results);
    return results;
}

static void assert_no_table_tells(const mtm_results *shown, const mtmi_masks *masks, size_t n_origins, int ordered) {
    ranges of[4];
    range none = {INT64_MAX, INT64_MIN}, cis = none;
    counted table = {{0}, n_origins};
    for (size_t r = 0; r < 4; r++) {
        of[r].value = none;
        for (size_t i = 0; i < ROWS_MAX; i++) {
            of[r].rows[i] = none;
        }
    }
    try_tables(shown, masks, &table, 0, n_origins == 3 ? 26 : 20, ordered, of, &cis);
    assert_true(cis.low <= cis.high);
    for (size_t r = 0; r < shown->n; r++) {
        for (size_t i = 0; i < shown->results[r].n_rows; i++) {
            if (masks->of[r].rows[i]) {
                assert_true(of[r].rows[i].low <= 0);
                assert_true(ordered || of[r].rows[i].high >= THRESHOLD);
            }
        }
        if (masks->of[r].value) {
            assert_true(of[r].value.low <= 0);
            assert_true(ordered || of[r].value.high >= THRESHOLD);
        }
    }
    /* nobody prints the arrivals from the CIS, but they could be subtracted */
    assert_false(!ordered && cis.low >= 1 && cis.low < THRESHOLD);
    assert_false(!ordered && cis.low == 0 && cis.high >= 1 && cis.high < THRESHOLD);
}

/* Also for a reader who knows that whoever a list names counts no less than whoever it leaves out: each mark could
 * still be nothing. */
static void test_no_table_tells(void **state) {
    (void)state;
    for (int seed = 0; seed < 150; seed++) {
        dice d = {(uint64_t)seed * 104729 + 7};
        size_t n_origins = 3 + (size_t)(seed % 2);
        mtm_results *results = made_arrivals(&d, n_origins);
        mtmi_certificate certificate;
        mtmi_masks *masks = protect(results, THRESHOLD, &certificate);
        mtm_results *shown = copy_of(results);
        mtmi_disclosure_redact(shown, masks);
        assert_no_small(shown, masks);
        assert_no_table_tells(shown, masks, n_origins, 0);
        assert_no_table_tells(shown, masks, n_origins, 1);
        mtm_results_free(shown);
        mtmi_certificate_clear(&certificate);
        mtmi_masks_free(masks);
        mtm_results_free(results);
    }
}

/* What a table makes of a number: the true one, and what the table changes. */
static int64_t number_of(const mtmi_evidence *evidence, const mtmi_evidence_number *number, const int64_t *table) {
    int64_t sum = 0;
    for (size_t i = number->first; i < number->first + number->n; i++) {
        const mtmi_evidence_term *term = &evidence->terms[i];
        sum += term->sign * (evidence->observed[term->observed].units + table[term->observed]);
    }
    return sum;
}

static int is_withheld(const mtmi_masks *masks, const mtm_results *results, const mtmi_evidence_number *number) {
    const mtmi_mask *mask = &masks->of[number->result];
    (void)results;
    switch (number->place) {
    case MTM_LINEAGE_VALUE: return mask->value;
    case MTM_LINEAGE_PREVIOUS: return mask->bases[0];
    case MTM_LINEAGE_LAST_YEAR: return mask->bases[1];
    case MTM_LINEAGE_BREAKDOWN: return mask->rows[number->index];
    default: return mask->points[number->index];
    }
}

static void assert_table_agrees(const mtm_results *results, const mtmi_masks *masks, const mtmi_exhibit *exhibit,
                                const int64_t *table, size_t *n_targets) {
    static const int64_t none[64] = {0};
    const mtmi_evidence *evidence = results->evidence;
    for (size_t i = 0; i < evidence->n_observed; i++) {
        assert_true(evidence->observed[i].units + table[i] >= 0);
    }
    for (size_t i = 0; i < evidence->n_numbers; i++) {
        const mtmi_evidence_number *number = &evidence->numbers[i];
        int64_t value = number_of(evidence, number, table);
        if (!is_withheld(masks, results, number)) {
            assert_int_equal(value, number_of(evidence, number, none));
        }
        if (number->result == exhibit->result && number->place == exhibit->place && number->index == exhibit->index) {
            assert_true(is_withheld(masks, results, number));
            ++*n_targets;
            assert_true(exhibit->side == MTMI_EXHIBIT_HIGH ? value >= THRESHOLD : value <= 1);
        }
    }
}

/* Whoever does not trust the protector adds up its tables. */
static void test_two_tables_for_every_mark(void **state) {
    (void)state;
    size_t n_targets = 0, n_hidden = 0;
    for (int seed = 0; seed < 1000; seed++) {
        dice d = {(uint64_t)seed * 7919 + 1};
        size_t n_origins = 2 + roll(&d, ORIGINS - 1);
        mtm_results *results = made_tables(&d, n_origins, seed % 2);
        mtmi_certificate certificate;
        mtmi_masks *masks = protect(results, THRESHOLD, &certificate);
        n_hidden += masks->n_hidden;
        for (size_t i = 0; i < certificate.n_exhibits; i++) {
            const mtmi_exhibit *exhibit = &certificate.exhibits[i];
            int64_t table[64] = {0};
            assert_true(results->evidence->n_observed <= 64);
            for (size_t k = exhibit->first; k < exhibit->first + exhibit->n; k++) {
                table[certificate.shifts[k].observed] += certificate.shifts[k].by;
            }
            assert_table_agrees(results, masks, exhibit, table, &n_targets);
        }
        mtm_report *report = made_report(results, MTM_LANGUAGE_EN, 0); /* the audit says yes */
        mtm_report_free(report);
        mtmi_certificate_clear(&certificate);
        mtmi_masks_free(masks);
        mtm_results_free(results);
    }
    assert_true(n_hidden > 1000);
    assert_true(n_targets > n_hidden);
}

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
        cmocka_unit_test(test_no_table_tells),
        cmocka_unit_test(test_two_tables_for_every_mark),
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
