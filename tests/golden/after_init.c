/* Reads files on standard input, one path per line. Of each it writes what checking it finds, and what checking the package
 * finds that is proposed for it and saved beside it; of both the observations. Knows no expectation. */
#include "../getters.h"

#include <mtm.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_LINE = 16384, SHOWN_OBSERVATIONS = 400 };

static void print_check(const char *path) {
    mtm_check *check = NULL;
    mtm_buffer *text = NULL;
    mtm_error err = {0};
    mtm_status status = mtm_check_read(FROM_PATH(path), NULL, &check, &err);
    if (status == MTM_OK) {
        status = mtm_check_render(check, MTM_FORMAT_JSON, NULL, &text, &err);
    }
    printf("check %d %zu\n", (int)status, status == MTM_OK ? mtm_buffer_size(text) : 0);
    if (status == MTM_OK) {
        fwrite(mtm_buffer_data(text), 1, mtm_buffer_size(text), stdout);
    }
    printf("\n");
    mtm_buffer_free(text);
    mtm_check_free(check);
}

static void print_observation(const mtm_dataset *dataset, size_t i) {
    char period[64], value[64];
    mtm_decimal decimal = {dataset_values(dataset)[i], dataset_decimals(dataset), 0};
    mtm_period_describe(dataset_periods(dataset)[i], period, sizeof period);
    mtm_decimal_describe(decimal, value, sizeof value);
    printf("%s\t%s\t%c\t%" PRId64, period, value, dataset_statuses(dataset)[i], dataset_lines(dataset)[i]);
    for (size_t d = 0; d < dataset_dimension_count(dataset); d++) {
        printf("\t%s", dataset_member(dataset, d, (size_t)dataset_codes(dataset, d)[i]));
    }
    printf("\n");
}

static void print_dataset(const mtm_dataset *dataset) {
    size_t n = dataset != NULL ? dataset_count(dataset) : 0;
    size_t shown = n < SHOWN_OBSERVATIONS ? n : SHOWN_OBSERVATIONS;
    printf("dataset %d %zu %zu\n", dataset != NULL, n, shown);
    for (size_t i = 0; i < shown; i++) {
        print_observation(dataset, i);
    }
}

static int save(const char *path, const mtm_buffer *text) {
    FILE *file = fopen(path, "wb");
    int whole = file != NULL && fwrite(mtm_buffer_data(text), 1, mtm_buffer_size(text), file) == mtm_buffer_size(text);
    return file != NULL && fclose(file) == 0 && whole;
}

static void print_package(const char *folder) {
    mtm_package *package = NULL;
    mtm_error err = {0};
    print_check(folder);
    (void)mtm_package_read(FROM_PATH(folder), NULL, &package, &err);
    print_dataset(package != NULL ? mtm_package_at(package, 0) : NULL);
    mtm_package_free(package);
}

static void print_both(const char *path) {
    char folder[LONGEST_LINE], description[LONGEST_LINE + 32];
    mtm_dataset *dataset = NULL;
    mtm_buffer *text = NULL;
    mtm_error err = {0};
    print_check(path);
    (void)mtm_dataset_read(FROM_PATH(path), NULL, &dataset, &err);
    print_dataset(dataset);
    mtm_dataset_free(dataset);
    snprintf(folder, sizeof folder, "%s", path);
    *(strrchr(folder, '/') + 1) = '\0';
    snprintf(description, sizeof description, "%sdatapackage.json", folder);
    mtm_status status = mtm_package_describe(&path, 1, NULL, &text, &err);
    if (status == MTM_OK && save(description, text)) {
        print_package(folder);
    } else {
        printf("undescribed %d %s\n", (int)status, err.message);
    }
    mtm_buffer_free(text);
}

int main(void) {
    static char line[LONGEST_LINE];
    while (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (strchr(line, '/') == NULL) {
            return 2;
        }
        print_both(line);
        printf("done\n");
        fflush(stdout);
    }
    return 0;
}
