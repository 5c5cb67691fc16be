/* What compute.c and explain.c share: computes one indicator of a data package and hands its result to a printer. */
#ifndef EXAMPLE_RUN_H
#define EXAMPLE_RUN_H

#include <mtm.h>

#include <stdio.h>

static int run(int argc, char **argv, const char *name, void (*print)(const mtm_result *)) {
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
        fprintf(stderr, "usage: %s PACKAGE INDICATOR [PERIOD]\n", name);
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
        print(mtm_results_at(results, 0));
    } else {
        mtm_error_describe(&err, line, sizeof line);
        fprintf(stderr, "%s\n", line);
    }
    mtm_results_free(results);
    mtm_catalogue_free(catalogue);
    mtm_package_free(package);
    return status != MTM_OK;
}

#endif
