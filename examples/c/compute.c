/* One indicator of a data package: value, comparisons and breakdown, as exact decimals.
 *
 *   compute PACKAGE INDICATOR [PERIOD]
 *   compute ../kazakhstan-2024-q2 arrivals 2024-Q2
 */
#include "run.h"

static const char *decimal(mtm_decimal value, char *buffer) {
    mtm_decimal_describe(value, buffer, 32);
    return buffer;
}

static void print_comparison(const mtm_result *result, mtm_comparison_with with, const char *name) {
    mtm_comparison c = MTM_COMPARISON_INIT;
    char period[40], base[32], absolute[32], percent[32] = "-";

    if (!mtm_result_comparison(result, with, &c) || !c.has_base) {
        printf("%s: none, reason %d\n", name, (int)c.reason);
        return;
    }
    mtm_period_describe(c.period, period, sizeof period);
    if (c.has_percent) {
        decimal(c.percent, percent);
    }
    printf("%s (%s): base %s, change %s, per cent %s\n", name, period, decimal(c.base, base),
           decimal(c.absolute, absolute), percent);
}

static void print_result(const mtm_result *result) {
    mtm_result_info info = MTM_RESULT_INFO_INIT;
    mtm_row row = MTM_ROW_INIT;
    char period[40], number[32], share[32];

    mtm_result_get(result, MTM_LANGUAGE_EN, &info);
    mtm_period_describe(info.observed, period, sizeof period);
    if (!info.has_value) {
        printf("%s: no value, reason %d\n", info.title, (int)info.reason);
        return;
    }
    printf("%s, %s: %s %s, status %c\n", info.title, period, decimal(info.value, number), info.unit, info.status);
    print_comparison(result, MTM_WITH_PREVIOUS_PERIOD, "previous period");
    print_comparison(result, MTM_WITH_SAME_PERIOD_LAST_YEAR, "same period of last year");
    for (size_t i = 0; mtm_result_row(result, i, MTM_LANGUAGE_EN, &row); i++) {
        printf("%2d %-4s %12s %6s %%\n", (int)row.rank, row.code, row.has_value ? decimal(row.value, number) : "-",
               row.has_share ? decimal(row.share, share) : "-");
    }
}

int main(int argc, char **argv) {
    return run(argc, argv, "compute", print_result);
}
