/* The observations behind an indicator's value, with file and line.
 *
 *   explain PACKAGE INDICATOR [PERIOD]
 *   explain ../kazakhstan-2024-q2 immigration 2023-Q2
 */
#include "run.h"

static void print_step(const mtm_step *step) {
    static const char *const signs[] = {"=", "+", "-", "=", "=", "/", " "};
    char value[32], period[40], release[40] = "not stated";

    mtm_decimal_describe(step->value, value, sizeof value);
    mtm_period_describe(step->period, period, sizeof period);
    if (step->release.first != INT32_MIN) {
        mtm_period_describe(step->release, release, sizeof release);
    }
    printf("%s %s  %s:%lld, %s, released %s %s\n", signs[step->operation], value, step->file, (long long)step->line,
           period, release, step->edition);
}

static void print_lineage(const mtm_result *result) {
    static const char *const of[] = {"value", "previous period", "same period of last year", "breakdown", "superseded"};
    mtm_step step = MTM_STEP_INIT;
    int32_t last = -1;

    for (size_t i = 0; mtm_result_step(result, i, &step); i++) {
        if (step.of == MTM_LINEAGE_BREAKDOWN) {
            continue;
        }
        if (step.of != last) {
            printf("%s\n", of[step.of]);
            last = step.of;
        }
        print_step(&step);
    }
}

int main(int argc, char **argv) {
    return run(argc, argv, "explain", print_lineage);
}
