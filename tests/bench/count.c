/* The benchmark's job, as a user of the library would write it: crossings to counts per quarter by direction, citizenship,
 * purpose, checkpoint, and sex and age, in one pass. It writes the five tables as CSV.
 *
 *   count FILE [--threads N] [--simd N] [--out FILE] [--groupings N]
 */
#include "../getters.h"

#include <mtm.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RESOURCE                                                                                                       \
    "{\"resource\": {\"name\": \"crossings\", \"path\": \"crossings.csv\", \"mtm\": {\"concept\": "                    \
    "\"border-crossings\","                                                                                            \
    " \"unit\": \"movements\", \"microdata\": true}, \"schema\": {\"fields\": [{\"name\": \"id\", \"mtm\": {\"role\":" \
    " \"id\"}}, {\"name\": \"time\", \"mtm\": {\"role\": \"period\"}}, {\"name\": \"direction\", \"mtm\": {\"role\":"  \
    " \"dimension\", \"dimension\": \"direction\"}}, {\"name\": \"citizenship\", \"mtm\": {\"role\": \"dimension\","   \
    " \"dimension\": \"citizenship\"}}, {\"name\": \"checkpoint\", \"mtm\": {\"role\": \"dimension\", \"dimension\":"  \
    " \"checkpoint\"}}, {\"name\": \"purpose\", \"mtm\": {\"role\": \"dimension\", \"dimension\": \"purpose\"}},"      \
    " {\"name\": \"sex\", \"mtm\": {\"role\": \"dimension\", \"dimension\": \"sex\"}}, {\"name\": \"birth_year\","     \
    " \"mtm\": {\"role\": \"birth-year\"}}, {\"name\": \"transport\", \"mtm\": {\"role\": \"ignore\"}}]}},"

static const char specification[] =
    RESOURCE "\"groupings\": [{\"name\": \"direction\", \"by\": [\"direction\"]}, {\"name\": \"citizenship\", \"by\":"
             " [\"citizenship\"]}, {\"name\": \"purpose\", \"by\": [\"purpose\"]}, {\"name\": \"checkpoint\", \"by\":"
             " [\"checkpoint\"]}, {\"name\": \"sex-age\", \"by\": [\"sex\", \"age\"]}]}";

struct arguments {
    const char *file, *out;
    mtm_tabulate_options options;
};

static int fails(mtm_status status, const mtm_error *err) {
    char line[1200];
    if (status == MTM_OK)
        return 0;
    mtm_error_describe(err, line, sizeof line);
    fprintf(stderr, "count: %s\n", line);
    return 1;
}

static int read_arguments(int argc, char **argv, struct arguments *out) {
    mtm_tabulate_options options = MTM_TABULATE_OPTIONS_INIT;
    int i;
    out->options = options;
    out->file = out->out = NULL;
    for (i = 1; i < argc; i++) {
        const char *next = i + 1 < argc ? argv[i + 1] : NULL;
        if (argv[i][0] != '-')
            out->file = argv[i];
        else if (next != NULL && strcmp(argv[i], "--threads") == 0)
            out->options.threads = (int32_t)strtol(argv[++i], NULL, 10);
        else if (next != NULL && strcmp(argv[i], "--simd") == 0)
            out->options.simd = (int32_t)strtol(argv[++i], NULL, 10);
        else if (next != NULL && strcmp(argv[i], "--out") == 0)
            out->out = argv[++i];
        else
            return 0;
    }
    return out->file != NULL;
}

static int write_tables(const mtm_package *package, FILE *to) {
    mtm_error err = {0};
    mtm_buffer *text = NULL;
    size_t i;
    for (i = 0; i < mtm_package_count(package); i++) {
        const mtm_dataset *dataset = mtm_package_at(package, i);
        if (fails(mtm_dataset_render(dataset, MTM_FORMAT_CSV, NULL, &text, &err), &err))
            return 0;
        fprintf(to, "# %s\n", dataset_name(dataset));
        fwrite(mtm_buffer_data(text), 1, mtm_buffer_size(text), to);
        mtm_buffer_free(text);
    }
    return fflush(to) == 0;
}

static int run(const struct arguments *arguments) {
    mtm_tabulator *tabulator = NULL;
    mtm_package *package = NULL;
    mtm_error err = {0};
    FILE *to = arguments->out == NULL ? stdout : fopen(arguments->out, "w");
    int good = to != NULL && !fails(mtm_tabulator_new(specification, &arguments->options, &tabulator, &err), &err) &&
               !fails(strcmp(arguments->file, "-") == 0
                          ? mtm_tabulator_add(tabulator, FROM_DESCRIPTOR(0, "standard input"), &err)
                          : mtm_tabulator_add(tabulator, FROM_PATH(arguments->file), &err),
                      &err) &&
               !fails(mtm_tabulator_finish(tabulator, &package, &err), &err) && write_tables(package, to);
    if (good)
        fprintf(stderr, "in %lld accepted %lld rejected %lld not data %lld\n",
                (long long)mtm_tabulator_rows(tabulator, MTM_ROWS_IN),
                (long long)mtm_tabulator_rows(tabulator, MTM_ROWS_ACCEPTED),
                (long long)mtm_tabulator_rows(tabulator, MTM_ROWS_REJECTED),
                (long long)mtm_tabulator_rows(tabulator, MTM_ROWS_NOT_DATA));
    mtm_package_free(package);
    mtm_tabulator_free(tabulator);
    if (to != NULL && to != stdout)
        good = fclose(to) == 0 && good;
    return good;
}

int main(int argc, char **argv) {
    struct arguments arguments;
    if (!read_arguments(argc, argv, &arguments)) {
        fprintf(stderr, "usage: count FILE [--threads N] [--simd N] [--out FILE]\n");
        return 2;
    }
    return run(&arguments) ? 0 : 1;
}
