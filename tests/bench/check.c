/* Checking a table against raw libcsv: `bench_check make FILE ROWS` writes a table, `bench_check libcsv FILE` splits it into
 * cells and does nothing with them, `bench_check check FILE` checks it. Prints seconds, megabytes a second and peak memory. */
#include "../getters.h"

#include <mtm.h>

#include <csv.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Every row is another cell: nothing is found twice. */
static int make(const char *path, long rows) {
    static const char *const countries[] = {"UZB",     "Kyrgyzstan", "Россия", "CHN",
                                            "Türkiye", "Tajikistan", "DEU",    "IND"};
    FILE *file = fopen(path, "wb");
    if (file == NULL) {
        return 1;
    }
    fprintf(file, "period,country,checkpoint,persons,note\n");
    for (long i = 0; i < rows; i++) {
        fprintf(file, "%ld-%02ld,%s,point %ld,%ld,\"as published, line %ld\"\n", 1900 + i / 12 % 120, i % 12 + 1,
                countries[i / 1440 % 8], i / 11520, 1000 + i * 7919 % 100000, i + 2);
    }
    return fclose(file) != 0;
}

static void on_cell(void *bytes, size_t size, void *data) {
    (void)bytes;
    *(size_t *)data += size;
}

static void on_row(int c, void *data) {
    (void)c;
    (void)data;
}

static int split(const char *path) {
    static char block[1 << 16];
    struct csv_parser parser;
    size_t total = 0, got;
    FILE *file = fopen(path, "rb");
    if (file == NULL || csv_init(&parser, 0) != 0) {
        return 1;
    }
    while ((got = fread(block, 1, sizeof block, file)) > 0) {
        if (csv_parse(&parser, block, got, on_cell, on_row, &total) != got) {
            return 1;
        }
    }
    csv_fini(&parser, on_cell, on_row, &total);
    csv_free(&parser);
    fclose(file);
    return total == 0;
}

static int check(const char *path) {
    mtm_check *found = NULL;
    mtm_error err = {0};
    if (mtm_check_read(FROM_PATH(path), NULL, &found, &err) != MTM_OK) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    printf("rows %" PRId64 " accepted %" PRId64 " diagnostics %zu ", mtm_check_rows(found, MTM_ROWS_IN),
           mtm_check_rows(found, MTM_ROWS_ACCEPTED), mtm_check_count(found));
    mtm_check_free(found);
    return 0;
}

int main(int n, char **arguments) {
    struct rusage usage;
    double start = now(), seconds, megabytes;
    FILE *file;
    if (n == 4 && strcmp(arguments[1], "make") == 0) {
        return make(arguments[2], strtol(arguments[3], NULL, 10));
    }
    if (n != 3 || (strcmp(arguments[1], "libcsv") == 0 ? split(arguments[2]) : check(arguments[2])) != 0) {
        return 2;
    }
    seconds = now() - start;
    file = fopen(arguments[2], "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
        return 1;
    }
    megabytes = (double)ftell(file) / 1e6;
    fclose(file);
    getrusage(RUSAGE_SELF, &usage);
    printf("%s: %.2f s, %.0f MB, %.0f MB/s, peak %.0f MB\n", arguments[1], seconds, megabytes, megabytes / seconds,
           (double)usage.ru_maxrss / 1024);
    return 0;
}
