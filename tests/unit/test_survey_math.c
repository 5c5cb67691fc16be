/* Distributions against R 4.2.2 (qt, qbeta, pbeta, pf), and sums that keep every digit. */
#include "survey/math/amount.h"
#include "survey/math/linear.h"
#include "survey/math/real.h"
#include "survey/math/special.h"
#include "survey/math/twofold.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void assert_close(double found, double expected) {
    if (!(fabs(found - expected) <= 1e-11 * fabs(expected))) {
        fail_msg("found %.17g, expected %.17g", found, expected);
    }
}

static void test_quantiles(void **state) {
    (void)state;
    assert_close(mtmi_t_quantile(0.975, 1), 12.706204736174694);
    assert_close(mtmi_t_quantile(0.975, 2.5), 3.5746548420036919);
    assert_close(mtmi_t_quantile(0.975, 49), 2.0095752371292397);
    assert_close(mtmi_t_quantile(0.025, 9158), -1.9602230563309584);
    assert_close(mtmi_t_quantile(0.995, INFINITY), 2.5758293035489004);
    assert_close(mtmi_beta_quantile(0.025, 3.5, 120.25), 0.0069303301868086304);
    assert_close(mtmi_beta_quantile(0.975, 25000, 1e6), 0.024689750915339204);
    assert_close(mtmi_beta_probability(0.3, 2, 5, 0), 0.57982500000000015);
    assert_close(mtmi_f_upper(2.5, 2.4094487396014, 118.062988240469), 0.0758242000824495832);
    assert_true(isnan(mtmi_t_quantile(0.975, 0)));
    assert_true(isnan(mtmi_beta_quantile(0.5, 0, 1)));
}

/* Quantiles undo probabilities. */
static void test_inverses(void **state) {
    (void)state;
    for (double a = 0.3; a < 1e5; a *= 3.7) {
        for (double b = 0.4; b < 1e5; b *= 4.3) {
            for (double p = 0.001; p < 1; p += 0.111) {
                double x = mtmi_beta_quantile(p, a, b);
                double back =
                    p < 0.5 ? mtmi_beta_probability(x, a, b, 0) - p : 1 - p - mtmi_beta_probability(x, a, b, 1);
                double next = mtmi_beta_probability(nextafter(x, x < 0.5 ? 1 : 0), a, b, 0);
                assert_true(fabs(back) < 1e-10 || fabs(next - p) > fabs(back) / 4);
            }
        }
    }
}

static mtmi_amount amount(const char *text) {
    mtmi_amount out = {0, 0};
    assert_true(mtmi_amount_read(text, strlen(text), &out));
    return out;
}

static void test_amounts(void **state) {
    static const char *const none[] = {
        "", "-", ".", "1.2.3", "1e", "abc", "1 000", "0x1", "1e99", "NaN", "99999999999999999999"};
    char text[MTMI_AMOUNT_TEXT];
    mtmi_exact sum = {0, 0, 0};
    mtmi_amount ignored;
    (void)state;
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        assert_false(mtmi_amount_read(none[i], strlen(none[i]), &ignored));
    }
    assert_true(mtmi_amount_value(amount(" 70.3684210526316 ")) == 70.3684210526316);
    assert_true(mtmi_amount_value(amount("1.5e-3")) == 1.5e-3);
    assert_true(mtmi_amount_value(amount("12,5")) == 12.5);
    for (int i = 0; i < 1000000; i++) {
        mtmi_exact_add(&sum, amount("0.1"));
    }
    mtmi_exact_write(&sum, text);
    assert_string_equal(text, "100000");
    mtmi_exact_add_product(&sum, amount("0.0000001"), amount("-0.25"));
    mtmi_exact_write(&sum, text);
    assert_string_equal(text, "99999.999999975");
    for (int i = 0; i < 100 && !sum.lost; i++) {
        mtmi_exact_add_product(&sum, amount("999999999999999999"), amount("999999999999999999"));
    }
    mtmi_exact_add_product(&sum, amount("0.000000000000000001"), amount("0.000000000000000001"));
    assert_true(sum.lost);
}

static void test_twofold(void **state) {
    mtmi_twofold sum = {0, 0};
    (void)state;
    mtmi_twofold_add(&sum, 1e16);
    for (int i = 0; i < 10000; i++) {
        mtmi_twofold_add(&sum, 0.001);
    }
    mtmi_twofold_add(&sum, -1e16);
    assert_true(fabs(mtmi_twofold_value(sum) - 10) < 1e-12);
    sum = (mtmi_twofold){0, 0};
    mtmi_twofold_add_product(&sum, 1 + ldexp(1, -30), 1 - ldexp(1, -30));
    mtmi_twofold_add(&sum, -1);
    assert_true(mtmi_twofold_value(sum) == -ldexp(1, -60));
}

static void test_text(void **state) {
    char out[MTMI_REAL_TEXT];
    (void)state;
    assert_string_equal(mtmi_real_write(0.1, 15, out), "0.1");
    assert_string_equal(mtmi_real_write(-1234.5, 15, out), "-1234.5");
    assert_string_equal(mtmi_real_write(1e-7, 15, out), "1e-07");
    assert_string_equal(mtmi_real_write(0, 15, out), "0");
    assert_string_equal(mtmi_real_write(NAN, 15, out), "");
    assert_string_equal(mtmi_real_write(1.0 / 3, 15, out), "0.333333333333333");
    assert_string_equal(mtmi_real_fixed(2.345, 1, out), "2.3");
}

static void test_linear(void **state) {
    double a[9] = {4, 2, 4, 2, 5, 2, 4, 2, 4}, b[3] = {2, 3, 2}; /* the third row depends on the first */
    (void)state;
    assert_int_equal(mtmi_linear_factor(a, 3, 1e-12), 2);
    mtmi_linear_solve(a, 3, b);
    assert_close(4 * b[0] + 2 * b[1] + 4 * b[2], 2);
    assert_close(2 * b[0] + 5 * b[1] + 2 * b[2], 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_quantiles), cmocka_unit_test(test_inverses),
                                       cmocka_unit_test(test_amounts),   cmocka_unit_test(test_twofold),
                                       cmocka_unit_test(test_text),      cmocka_unit_test(test_linear)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
