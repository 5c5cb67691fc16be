/* Reads cases on standard input, one per line: path, file with a resource's JSON or "-", 1 where a guess is allowed, tabs
 * between. Writes what the library answers, for the test script to compare. Knows no expectation. */
#include "../getters.h"

#include <mtm.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_LINE = 16384, SHOWN_OBSERVATIONS = 64 };

static char *load(const char *path) {
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    long size = 0;
    if (file == NULL) {
        return NULL;
    }
    if (fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) >= 0 && fseek(file, 0, SEEK_SET) == 0) {
        text = calloc((size_t)size + 1, 1);
    }
    if (text != NULL && fread(text, 1, (size_t)size, file) != (size_t)size) {
        free(text);
        text = NULL;
    }
    fclose(file);
    return text;
}

static void print_document(const char *name, const mtm_check *check, mtm_format format) {
    mtm_buffer *text = NULL;
    mtm_error err = {0};
    mtm_status status = mtm_check_render(check, format, NULL, &text, &err);
    size_t size = text != NULL ? mtm_buffer_size(text) : 0;
    printf("%s %d %zu\n", name, (int)status, size);
    if (text != NULL) {
        fwrite(mtm_buffer_data(text), 1, size, stdout);
    }
    printf("\n");
    mtm_buffer_free(text);
}

static void print_check(const char *path, const mtm_read_options *options) {
    mtm_check *check = NULL;
    mtm_error err = {0};
    mtm_status status = mtm_check_read(FROM_PATH(path), options, &check, &err);
    if (status != MTM_OK) {
        printf("failed %d %s\n", (int)status, err.message);
        return;
    }
    printf("check %d %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %zu\n", (int)mtm_check_outcome(check),
           mtm_check_rows(check, MTM_ROWS_IN), mtm_check_rows(check, MTM_ROWS_ACCEPTED),
           mtm_check_rows(check, MTM_ROWS_REJECTED), mtm_check_rows(check, MTM_ROWS_NOT_DATA), mtm_check_count(check));
    print_document("json", check, MTM_FORMAT_JSON);
    print_document("text", check, MTM_FORMAT_TEXT);
    print_document("csv", check, MTM_FORMAT_CSV);
    mtm_check_free(check);
}

static void print_observation(const mtm_dataset *dataset, size_t i) {
    char period[64], value[64];
    mtm_decimal decimal = {dataset_values(dataset)[i], dataset_decimals(dataset), 0};
    char status = dataset_statuses(dataset)[i];
    mtm_period_describe(dataset_periods(dataset)[i], period, sizeof period);
    mtm_decimal_describe(decimal, value, sizeof value);
    printf("%s\t%s\t%" PRId64, period, strchr("LMOQ", status) != NULL ? "" : value, dataset_lines(dataset)[i]);
    for (size_t d = 0; d < dataset_dimension_count(dataset); d++) {
        printf("\t%s", dataset_member(dataset, d, (size_t)dataset_codes(dataset, d)[i]));
    }
    printf("\n");
}

static void print_dataset(const char *path, const mtm_read_options *options) {
    mtm_dataset *dataset = NULL;
    mtm_error err = {0};
    mtm_status status = mtm_dataset_read(FROM_PATH(path), options, &dataset, &err);
    size_t n = status == MTM_OK ? dataset_count(dataset) : 0;
    size_t shown = n < SHOWN_OBSERVATIONS ? n : SHOWN_OBSERVATIONS;
    printf("dataset %d %zu %zu\n", (int)status, n, shown);
    for (size_t i = 0; i < shown; i++) {
        print_observation(dataset, i);
    }
    mtm_dataset_free(dataset);
}

int main(void) {
    static char line[LONGEST_LINE];
    while (fgets(line, sizeof line, stdin) != NULL) {
        mtm_read_options options = MTM_READ_OPTIONS_INIT;
        char *path = strtok(line, "\t\n"), *resource = strtok(NULL, "\t\n"), *guess = strtok(NULL, "\t\n"),
             *json = NULL;
        if (path == NULL || resource == NULL || guess == NULL) {
            return 2;
        }
        if (strcmp(resource, "-") != 0 && (json = load(resource)) == NULL) {
            return 2;
        }
        options.resource = json;
        options.allow_guess = guess[0] == '1';
        print_check(path, &options);
        print_dataset(path, &options);
        printf("done\n");
        fflush(stdout);
        free(json);
    }
    return 0;
}
