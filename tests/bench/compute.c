/* Indicators of many periods: `bench_compute make FOLDER COUNTRIES` writes a data package in which every indicator of the
 * catalogue has figures over ten years; `bench_compute run FOLDER [TIMES]` computes all of them for its 40 quarters and prints
 * observations, points and processor seconds of the computing alone. */
#include "../getters.h"

#include <mtm.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FIRST = 2015, YEARS = 10, QUARTERS = 4 * YEARS };

/* A table of the package: its columns besides period and value, with the members of each. */
typedef struct table {
    const char *name, *concept, *kind, *unit;
    int step;            /* months from figure to figure; 0: a date at the end of each quarter; 12: a year */
    const char *column;  /* a dimension of few members, or NULL */
    const char *members; /* separated by blanks */
    const char *by;      /* a dimension with many members, or NULL */
    int share;           /* of the countries, in per cent; 0: other members */
} table;

static const table tables[] = {
    {"crossings", "border-crossings", "flow", "movements", 1, "direction", "IN OUT", "citizenship", 100},
    {"permits", "residence-permits", "flow", "permits", 1, "type", "PRP TRP", "citizenship", 24},
    {"workers", "foreign-workers", "stock", "permits", 0, "category", "1 2 3 4 seasonal", "citizenship", 18},
    {"quota", "quota", "share", "permits", 12, NULL, NULL, NULL, 0},
    {"abroad", "citizens-abroad", "stock", "persons", 0, NULL, NULL, "country", 18},
    {"remittances", "remittances", "flow", "USD", 3, "direction", "IN OUT", NULL, 0},
    {"transfers", "money-transfers", "flow", "KZT", 1, "direction", "IN OUT", "country", 12},
    {"migration", "migration", "flow", "persons", 1, "direction", "IN OUT", "country", 12},
    {"net", "net-migration", "flow", "persons", 1, "residence", "U R", NULL, 0},
    {"kandas", "kandas", "flow", "persons", 1, NULL, NULL, "country", 9},
    {"population", "population", "stock", "persons", 0, "region", "KZ-10 KZ-11 KZ-15 KZ-19 KZ-23 KZ-27 KZ-31", NULL, 0},
};

static const char *country(const mtm_codelist *list, int i) {
    return mtm_codelist_code(list, (size_t)i * 7 % mtm_codelist_count(list));
}

static void write_period(FILE *file, const table *of, int month) {
    const int year = FIRST + month / 12, in_year = month % 12;
    static const char *const ends[] = {"03-31", "06-30", "09-30", "12-31"};
    if (of->step == 0) {
        fprintf(file, "%d-%s", year, ends[in_year / 3]);
    } else if (of->step == 12) {
        fprintf(file, "%d", year);
    } else if (of->step == 3) {
        fprintf(file, "%d-Q%d", year, in_year / 3 + 1);
    } else {
        fprintf(file, "%d-%02d", year, in_year + 1);
    }
}

static void write_rows(FILE *file, const table *of, const mtm_codelist *list, int n, int month, const char *member) {
    for (int i = 0; i < (of->by != NULL ? n : 1); i++) {
        write_period(file, of, month);
        if (of->column != NULL) {
            fprintf(file, ",%s", member);
        }
        if (of->by != NULL) {
            fprintf(file, ",%s", country(list, i));
        }
        fprintf(file, ",%d\n", 20 + (i * 7919 + month * 104729 + (int)member[0] * 31) % 9000);
    }
}

static int write_table(const char *folder, const table *of, int countries) {
    char path[512], members[64];
    const mtm_codelist *list = NULL;
    const int step = of->step == 0 ? 3 : of->step, n = of->share * countries / 100;
    snprintf(path, sizeof path, "%s/%s.csv", folder, of->name);
    FILE *file = fopen(path, "wb");
    if (file == NULL || mtm_codelist_find("country", &list, NULL) != MTM_OK) {
        return 1;
    }
    fprintf(file, "period%s%s%s%s,value\n", of->column != NULL ? "," : "", of->column != NULL ? of->column : "",
            of->by != NULL ? "," : "", of->by != NULL ? of->by : "");
    for (int month = 0; month < 12 * YEARS; month += step) {
        snprintf(members, sizeof members, "%s", of->members != NULL ? of->members : "-");
        for (char *member = strtok(members, " "); member != NULL; member = strtok(NULL, " ")) {
            write_rows(file, of, list, n, month, member);
        }
    }
    return fclose(file) != 0;
}

static void write_field(FILE *file, const char *name) {
    if (name != NULL) {
        fprintf(file, "{\"name\": \"%s\", \"mtm\": {\"role\": \"dimension\", \"dimension\": \"%s\"}}, ", name, name);
    }
}

static int make(const char *folder, int countries) {
    char path[512];
    int failed = 0;
    snprintf(path, sizeof path, "%s/datapackage.json", folder);
    FILE *file = fopen(path, "wb");
    if (file == NULL) {
        return 1;
    }
    fprintf(file, "{\"name\": \"many\", \"mtm\": {\"country\": \"KAZ\"}, \"resources\": [");
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        const table *of = &tables[i];
        fprintf(file,
                "%s{\"name\": \"%s\", \"path\": \"%s.csv\", \"encoding\": \"utf-8\", \"mtm\": {\"concept\": \"%s\", "
                "\"kind\": \"%s\", \"unit\": \"%s\"}, \"schema\": {\"fields\": [{\"name\": \"period\", \"mtm\": "
                "{\"role\": \"period\"}}, ",
                i > 0 ? ", " : "", of->name, of->name, of->concept, of->kind, of->unit);
        write_field(file, of->column);
        write_field(file, of->by);
        fprintf(file, "{\"name\": \"value\", \"mtm\": {\"role\": \"value\"}}]}}");
        failed |= write_table(folder, of, countries);
    }
    fprintf(file, "]}\n");
    return fclose(file) != 0 || failed;
}

static double processor(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static size_t observations(const mtm_package *package) {
    size_t n = 0;
    for (size_t i = 0; i < mtm_package_count(package); i++) {
        mtm_dataset_info info = MTM_DATASET_INFO_INIT;
        mtm_dataset_get(mtm_package_at(package, i), MTM_LANGUAGE_EN, &info);
        n += info.n_observations;
    }
    return n;
}

static int run(const char *folder, long times) {
    mtm_catalogue *catalogue = NULL;
    mtm_package *package = NULL;
    mtm_error err = {0};
    mtm_period quarters[QUARTERS];
    mtm_compute_options options = MTM_COMPUTE_OPTIONS_INIT;
    size_t results = 0, values = 0, points = 0;
    double best = 1e9;
    for (int i = 0; i < QUARTERS; i++) {
        char text[16];
        snprintf(text, sizeof text, "%d-Q%d", FIRST + i / 4, i % 4 + 1);
        if (mtm_period_read(text, &quarters[i], &err) != MTM_OK) {
            return 1;
        }
    }
    options.periods = quarters;
    options.n_periods = QUARTERS;
    mtm_status status = mtm_catalogue_new(&catalogue, &err);
    status = status == MTM_OK ? mtm_package_read(FROM_PATH(folder), NULL, &package, &err) : status;
    for (long turn = 0; turn < times && status == MTM_OK; turn++) {
        mtm_results *found = NULL;
        double start = processor();
        status = mtm_catalogue_compute(catalogue, package, &options, &found, &err);
        double seconds = processor() - start;
        best = seconds < best ? seconds : best;
        results = values = points = 0;
        for (size_t i = 0; found != NULL && i < mtm_results_count(found); i++) {
            mtm_result_info info = MTM_RESULT_INFO_INIT;
            mtm_result_get(mtm_results_at(found, i), MTM_LANGUAGE_EN, &info);
            results++;
            values += info.has_value != 0;
            points += info.n_points;
        }
        mtm_results_free(found);
    }
    if (status == MTM_OK) {
        printf("observations %zu results %zu values %zu points %zu seconds %.4f\n", observations(package), results,
               values, points, best);
    } else {
        fprintf(stderr, "%s\n", err.message);
    }
    mtm_package_free(package);
    mtm_catalogue_free(catalogue);
    return status != MTM_OK;
}

int main(int n, char **arguments) {
    if (n == 4 && strcmp(arguments[1], "make") == 0) {
        return make(arguments[2], (int)strtol(arguments[3], NULL, 10));
    }
    if ((n == 3 || n == 4) && strcmp(arguments[1], "run") == 0) {
        return run(arguments[2], n == 4 ? strtol(arguments[3], NULL, 10) : 1);
    }
    fprintf(stderr, "bench_compute make FOLDER COUNTRIES | bench_compute run FOLDER [TIMES]\n");
    return 2;
}
