/* The audit of what is not suppressed counts: rounded numbers, and amounts. It says yes to what the protector makes, and no
 * to each thing that somebody else could have made of it. */
#include "made_tables.h"

#include "disclosure/audit.h"
#include "disclosure/disclosure.h"
#include "report/report.h"

#include <mtm/report.h>

/* A total of 1,000 and rows, one of them small. */
static mtm_results *made_list(void) {
    mtm_results *results = made_results(1, "2024-Q2");
    mtm_result *result = &results->results[0];
    name_result(result, "arrivals", "in");
    set_text(&result->dimension, "citizenship");
    set_value(result, whole(1000));
    set_base(result, 0, whole(902), whole(98), tenths(109));
    add_row(result, "RUS", whole(702), tenths(702), 1);
    add_row(result, "UZB", whole(248), tenths(248), 2);
    add_row(result, "CHN", whole(47), tenths(47), 3);
    add_row(result, "DEU", whole(3), tenths(3), 4);
    add_cell(results, "in", "RUS", results->period, 702);
    add_cell(results, "in", "UZB", results->period, 248);
    add_cell(results, "in", "CHN", results->period, 47);
    add_cell(results, "in", "DEU", results->period, 3);
    add_cell(results, "in", "", mtmi_period_previous(results->period), 902);
    explain_results(results);
    return results;
}

typedef struct publishing {
    mtm_results *results;
    mtmi_masks *masks;
    mtmi_certificate certificate;
    mtmi_print print;
} publishing;

static void start(publishing *p, mtm_results *results, mtmi_rules rules) {
    mtm_error err = {0};
    memset(p, 0, sizeof *p);
    p->results = results;
    if (mtmi_disclosure_protect(results, results->evidence, NULL, &rules, &p->masks, &p->certificate, &err) != MTM_OK) {
        fail_msg("%s", err.message);
    }
    mtmi_disclosure_redact(results, p->masks);
}

static mtm_status audit(publishing *p, mtm_error *err) {
    return mtmi_audit_run(p->results, p->masks, p->results->evidence, NULL, &p->certificate, &p->print, err);
}

static void end(publishing *p) {
    mtmi_print_clear(&p->print);
    mtmi_certificate_clear(&p->certificate);
    mtmi_masks_free(p->masks);
    mtm_results_free(p->results);
}

static const mtmi_rules rounding = {5, 15, 0, MTM_METHOD_ROUNDING};
static const mtmi_rules suppression = {5, 15, 0, MTM_METHOD_SUPPRESSION};

static void test_rounded_numbers_add_up(void **state) {
    (void)state;
    publishing p;
    start(&p, made_list(), rounding);
    const mtm_result *result = &p.results->results[0];
    int64_t sum = 0;
    for (size_t i = 0; i < result->n_rows; i++) {
        assert_int_equal(result->rows[i].row.value.units % 5, 0);
        sum += result->rows[i].row.value.units;
    }
    assert_int_equal(result->n_rows, 4);
    assert_int_equal(sum, result->value.units);
    assert_true(result->value.units >= 994 && result->value.units <= 1006);
    assert_int_equal(result->comparisons[0].absolute.units, result->value.units - result->comparisons[0].base.units);
    assert_int_equal(p.masks->reach, 6);
    assert_int_equal(p.masks->n_hidden, 0);
    assert_int_equal(audit(&p, NULL), MTM_OK);
    end(&p);
}

/* Whatever is changed afterwards is seen. */
static void test_the_audit_of_rounding_refuses(void **state) {
    (void)state;
    for (int slip = 0; slip < 8; slip++) {
        publishing p;
        mtm_error err = {0};
        start(&p, made_list(), rounding);
        mtm_result *result = &p.results->results[0];
        switch (slip) {
        case 0: result->rows[0].row.value.units += 5; break; /* no longer adds up */
        case 1: result->value.units = 1000 + 25; break;      /* too far, and no sum */
        case 2: result->rows[3].row.value.units = 3; break;  /* the true one */
        case 3: result->rows[1].row.share.units += 1; break; /* of the true one */
        case 4: result->comparisons[0].absolute.units += 1; break;
        case 5: p.certificate.n_exhibits = 0; break; /* no table at all */
        case 6: p.certificate.exhibits[0].side = MTMI_EXHIBIT_HIGH; break;
        default: p.certificate.shifts[0].by -= 5000; break; /* below 0 */
        }
        assert_int_equal(audit(&p, &err), MTM_ERROR_DISCLOSURE);
        assert_true(err.message[0] != '\0');
        end(&p);
    }
}

/* Where the protector lies about the reach, the audit sees it. */
static void test_the_reach_is_kept(void **state) {
    (void)state;
    publishing p;
    start(&p, made_list(), rounding);
    p.masks->reach = 1;
    int near = 1;
    const mtm_result *result = &p.results->results[0];
    near &= result->value.units >= 999 && result->value.units <= 1001;
    assert_int_equal(audit(&p, NULL), near && result->comparisons[0].base.units == 902 ? MTM_OK : MTM_ERROR_DISCLOSURE);
    end(&p);
}

/* ---- amounts ---- */

static void contributed(mtm_results *results, size_t at, int64_t contributors, int64_t largest, int64_t second) {
    mtmi_observed *observed = &results->evidence->observed[at];
    observed->amount = 1;
    observed->persons = 0;
    observed->by = (mtmi_contribution){contributors, largest, second};
}

static mtm_results *made_amounts(void) {
    mtm_results *results = made_list();
    contributed(results, 0, 200, 40, 30);
    contributed(results, 1, 90, 20, 20);
    contributed(results, 2, 30, 44, 1); /* one has nearly all of it */
    contributed(results, 3, 3, 1, 1);   /* few */
    contributed(results, 4, 300, 40, 40);
    return results;
}

static void test_amounts_are_withheld_by_who_contributed(void **state) {
    (void)state;
    publishing p;
    start(&p, made_amounts(), suppression);
    int shown = 0;
    for (size_t i = 0; i < 4; i++) {
        const mtmi_result_row *row = &p.results->results[0].rows[i];
        shown += row->row.has_value;
        assert_true(!row->row.has_value || strcmp(row->code, "RUS") == 0 || strcmp(row->code, "UZB") == 0);
    }
    assert_true(shown >= 1);
    assert_int_equal(audit(&p, NULL), MTM_OK);
    end(&p);
}

static void test_the_audit_of_amounts_refuses(void **state) {
    (void)state;
    for (int slip = 0; slip < 3; slip++) {
        publishing p;
        mtm_error err = {0};
        start(&p, made_amounts(), suppression);
        mtm_result *result = &p.results->results[0];
        switch (slip) {
        case 0: /* the withheld amounts in print after all */
            for (size_t i = 0; i < result->n_rows; i++) {
                if (p.masks->of[0].rows[i]) {
                    p.masks->of[0].rows[i] = 0;
                    result->rows[i].row.has_value = 1;
                    result->rows[i].row.value = whole(strcmp(result->rows[i].code, "CHN") == 0   ? 47
                                                      : strcmp(result->rows[i].code, "DEU") == 0 ? 3
                                                                                                 : 248);
                }
            }
            break;
        case 1: p.certificate.n_exhibits = 0; break;
        default: p.masks->rules.p_percent = 100; break; /* a stricter rule than was protected by */
        }
        assert_int_equal(audit(&p, &err), MTM_ERROR_DISCLOSURE);
        end(&p);
    }
}

static void test_amounts_are_not_rounded(void **state) {
    (void)state;
    publishing p;
    start(&p, made_amounts(), rounding);
    assert_int_equal(p.masks->not_added, 1);
    assert_int_equal(p.masks->reach, 0);
    assert_true(p.masks->n_hidden > 0);
    assert_int_equal(audit(&p, NULL), MTM_OK);
    end(&p);
}

static void test_amounts_without_contributors(void **state) {
    (void)state;
    for (int negative = 0; negative < 2; negative++) {
        mtm_results *results = made_amounts();
        mtmi_masks *masks = NULL;
        mtmi_certificate certificate = {0};
        mtm_error err = {0};
        if (negative) {
            results->evidence->observed[2].units = -47;
        } else {
            contributed(results, 2, -1, 0, 0);
        }
        assert_int_equal(
            mtmi_disclosure_protect(results, results->evidence, NULL, &suppression, &masks, &certificate, &err),
            MTM_ERROR_DISCLOSURE);
        assert_non_null(strstr(err.message, negative ? "below 0" : "contributors"));
        mtmi_certificate_clear(&certificate);
        mtm_results_free(results);
    }
}

/* ---- options ---- */

static void test_options(void **state) {
    (void)state;
    const mtm_report_options wrong[] = {
        {.size = sizeof wrong[0], .p_percent = 101}, {.size = sizeof wrong[0], .p_percent = -1},
        {.size = sizeof wrong[0], .dominance = -1},  {.size = sizeof wrong[0], .dominance = 101},
        {.size = sizeof wrong[0], .method = 2},      {.size = sizeof wrong[0], .threshold = 2}};
    mtm_results *results = made_list();
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        mtm_report *report = NULL;
        assert_int_equal(mtm_report_new(results, &wrong[i], &report, NULL), MTM_ERROR_ARGUMENT);
        assert_null(report);
    }
    mtm_results_free(results);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rounded_numbers_add_up),
        cmocka_unit_test(test_the_audit_of_rounding_refuses),
        cmocka_unit_test(test_the_reach_is_kept),
        cmocka_unit_test(test_amounts_are_withheld_by_who_contributed),
        cmocka_unit_test(test_the_audit_of_amounts_refuses),
        cmocka_unit_test(test_amounts_are_not_rounded),
        cmocka_unit_test(test_amounts_without_contributors),
        cmocka_unit_test(test_options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
