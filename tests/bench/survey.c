/* Times a survey: reading into memory or into a state, and estimates with standard errors by group.
 * Usage: bench_survey FILE DESIGN.json QUESTION BY[;BY...] [state [PARTS]]. Prints seconds of wall and processor time and the peak of
 * memory. PARTS: the file is added so many times, as so many interviews. */
#include <mtm.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static double now(clockid_t clock) {
    struct timespec at;
    clock_gettime(clock, &at);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static void tell(const char *what, double wall, double processor) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("%-28s %8.3f s wall %8.3f s processor %8.1f MiB peak\n", what, now(CLOCK_MONOTONIC) - wall,
           now(CLOCK_PROCESS_CPUTIME_ID) - processor, (double)usage.ru_maxrss / 1024);
}

static void must(mtm_status status, const mtm_error *err) {
    if (status != MTM_OK) {
        fprintf(stderr, "bench_survey: %s: %s\n", err->subject, err->message);
        exit(1);
    }
}

static char *read_all(const char *path) {
    FILE *file = fopen(path, "rb");
    char *text = calloc(1, 1 << 20);
    size_t n = file != NULL ? fread(text, 1, (1 << 20) - 1, file) : 0;
    if (file == NULL || n == 0) {
        exit(1);
    }
    fclose(file);
    return text;
}

static mtm_survey *read_compact(const mtm_source *source, mtm_survey_options *options, int parts) {
    mtm_survey *survey = NULL;
    mtm_error err = {0};
    options->compact = 1;
    for (int i = 0; i < parts; i++) {
        mtm_survey *whole = NULL;
        options->add_to = survey;
        must(mtm_survey_read(source, options, &whole, &err), &err);
        mtm_survey_free(survey);
        survey = whole;
    }
    return survey;
}

int main(int argc, char **argv) {
    mtm_survey_options options = MTM_SURVEY_OPTIONS_INIT;
    mtm_survey *survey = NULL;
    mtm_error err = {0};
    if (argc < 5) {
        return 1;
    }
    const mtm_source source = MTM_SOURCE_PATH_INIT(argv[1]);
    char *design = read_all(argv[2]), columns[400];
    snprintf(columns, sizeof columns, "[\"%s\"]", argv[3]);
    for (const char *by = argv[4]; by != NULL; by = strchr(by, ';') != NULL ? strchr(by, ';') + 1 : NULL) {
        size_t n = strlen(columns), length = strcspn(by, ";");
        snprintf(columns + n - 1, sizeof columns - n + 1, ", \"%.*s\"]", (int)length, by);
        for (char *comma = columns + n - 1;
             (comma = strchr(comma + 3, ',')) != NULL && comma < columns + n + 2 + length;) {
            memmove(comma + 4, comma + 1, strlen(comma + 1) + 1);
            memcpy(comma, "\", \"", 4);
        }
    }
    options.survey = design;
    options.columns = columns;
    int state = argc > 5 && strcmp(argv[5], "state") == 0;
    double wall = now(CLOCK_MONOTONIC), processor = now(CLOCK_PROCESS_CPUTIME_ID);
    if (state) {
        survey = read_compact(&source, &options, argc > 6 ? atoi(argv[6]) : 1);
    } else {
        must(mtm_survey_read(&source, &options, &survey, &err), &err);
    }
    tell(state ? "read compact" : "read into memory", wall, processor);
    for (char *by = strtok(argv[4], ";"); by != NULL; by = strtok(NULL, ";")) {
        mtm_survey_request request = MTM_SURVEY_REQUEST_INIT;
        mtm_estimates *estimates = NULL;
        char what[80];
        size_t n = 0;
        request.question = argv[3];
        request.by = by;
        wall = now(CLOCK_MONOTONIC);
        processor = now(CLOCK_PROCESS_CPUTIME_ID);
        must(mtm_survey_compute(survey, &request, &estimates, &err), &err);
        while (mtm_estimates_at(estimates, n) != NULL) {
            n++;
        }
        snprintf(what, sizeof what, "%zu estimates by %s", n, by);
        tell(what, wall, processor);
        mtm_estimates_free(estimates);
    }
    mtm_survey_free(survey);
    free(design);
    return 0;
}
