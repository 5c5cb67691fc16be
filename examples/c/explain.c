/* The observations behind an indicator's value, with file and line.
 *
 *   explain PACKAGE INDICATOR [PERIOD]
 *   explain ../kazakhstan-2024-q2 immigration 2023-Q2
 */
#include <mtm.h>

#include <stdio.h>

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
    mtm_compute_options options = MTM_COMPUTE_OPTIONS_INIT;
    mtm_source source = MTM_SOURCE_PATH_INIT(argc > 1 ? argv[1] : NULL);
    mtm_package *package = NULL;
    mtm_catalogue *catalogue = NULL;
    mtm_results *results = NULL;
    mtm_period period;
    mtm_status status = MTM_OK;
    mtm_error err;
    char line[1100];

    if (argc < 3) {
        fprintf(stderr, "usage: explain PACKAGE INDICATOR [PERIOD]\n");
        return 2;
    }
    options.indicator = argv[2];
    if (argc > 3) {
        status = mtm_period_read(argv[3], &period, &err);
        options.period = &period;
    }
    if (status == MTM_OK && (status = mtm_package_read(&source, NULL, &package, &err)) == MTM_OK &&
        (status = mtm_catalogue_new(&catalogue, &err)) == MTM_OK) {
        status = mtm_catalogue_compute(catalogue, package, &options, &results, &err);
    }
    if (status == MTM_OK) {
        print_lineage(mtm_results_at(results, 0));
    } else {
        mtm_error_describe(&err, line, sizeof line);
        fprintf(stderr, "%s\n", line);
    }
    mtm_results_free(results);
    mtm_catalogue_free(catalogue);
    mtm_package_free(package);
    return status != MTM_OK;
}
