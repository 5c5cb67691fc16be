/* Microdata counted file by file, each by a tabulator of its own, and added up: as it may be done on several machines.
 *
 *   tabulate FILE...
 *   tabulate crossings-april.csv crossings-may.csv
 */
#include <mtm.h>

#include <stdio.h>

static const char what[] = "{\"groupings\": [{\"by\": [\"direction\", \"citizenship\"], \"name\": \"crossings\"}]}";

/* Counts a file and adds the counts to the sum. */
static mtm_status add_file(mtm_tabulator *sum, const char *path, mtm_error *err) {
    mtm_source source = MTM_SOURCE_PATH_INIT(path);
    mtm_tabulator *one = NULL;
    mtm_status status = mtm_tabulator_new(what, NULL, &one, err);

    if (status == MTM_OK) {
        status = mtm_tabulator_add(one, &source, err);
    }
    if (status == MTM_OK) {
        status = mtm_tabulator_merge(sum, one, 0, err);
    }
    mtm_tabulator_free(one);
    return status;
}

static mtm_status print_tables(const mtm_tabulator *sum, mtm_error *err) {
    mtm_package *package = NULL;
    mtm_buffer *text = NULL;
    mtm_status status = mtm_tabulator_finish(sum, &package, err);

    if (status == MTM_OK) {
        status = mtm_dataset_render(mtm_package_at(package, 0), MTM_FORMAT_CSV, NULL, &text, err);
    }
    if (status == MTM_OK) {
        fwrite(mtm_buffer_data(text), 1, mtm_buffer_size(text), stdout);
        printf("%lld rows, of which %lld refused\n", (long long)mtm_tabulator_rows(sum, MTM_ROWS_IN),
               (long long)mtm_tabulator_rows(sum, MTM_ROWS_REJECTED));
    }
    mtm_buffer_free(text);
    mtm_package_free(package);
    return status;
}

int main(int argc, char **argv) {
    mtm_tabulator *sum = NULL;
    mtm_error err;
    char line[1100];
    mtm_status status = mtm_tabulator_new(what, NULL, &sum, &err);

    for (int i = 1; i < argc && status == MTM_OK; i++) {
        status = add_file(sum, argv[i], &err);
    }
    if (status == MTM_OK) {
        status = print_tables(sum, &err);
    }
    if (status != MTM_OK) {
        mtm_error_describe(&err, line, sizeof line);
        fprintf(stderr, "%s\n", line);
    }
    mtm_tabulator_free(sum);
    return status != MTM_OK;
}
