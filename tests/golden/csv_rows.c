/* Prints the rows of CSV files as JSON, one array a file: what the container sees, before headers and roles. Each argument is a
 * file; the delimiter is a comma, as the files of the conformance suite have it. */
#include "base/source.h"
#include "read/container.h"
#include "read/table/rows.h"

#include <jansson.h>
#include <stdio.h>

static json_t *cells_of(const mtmi_row *row) {
    json_t *cells = json_array();
    for (size_t i = 0; i < row->n_cells; i++) {
        json_array_append_new(cells, json_stringn(row->cells[i].text, row->cells[i].length));
    }
    return cells;
}

static json_t *rows_of(const char *path, mtm_error *err) {
    json_t *description =
        json_loads("{\"name\": \"t\", \"path\": \"t.csv\", \"dialect\": {\"delimiter\": \",\"}}", 0, NULL);
    mtmi_limits limits = {1 << 20, 1 << 24, 4096, 1 << 20, 0};
    mtmi_resource *resource = NULL;
    mtmi_source *source = NULL;
    mtmi_rows *rows = NULL;
    json_t *found = json_array();
    mtmi_row row;
    int got = 1;
    mtm_status status = mtmi_resource_read(description, "t", &resource, err);

    if (status == MTM_OK) {
        status = mtmi_source_open(path, path, &source, err);
    }
    if (status == MTM_OK) {
        status = mtmi_rows_open(resource, source, &limits, NULL, &rows, err);
    }
    while (status == MTM_OK && got) {
        status = rows->next(rows, &row, &got, err);
        if (status == MTM_OK && got) {
            json_array_append_new(found, row.code != 0 ? json_integer(row.code) : cells_of(&row));
        }
    }
    mtmi_rows_free(rows);
    mtmi_source_free(source);
    mtmi_resource_free(resource);
    json_decref(description);
    if (status != MTM_OK) {
        json_decref(found);
        return NULL;
    }
    return found;
}

int main(int n, char **arguments) {
    for (int i = 1; i < n; i++) {
        mtm_error err = {0};
        json_t *rows = rows_of(arguments[i], &err);
        if (rows == NULL) {
            printf("\"%s\"\n", err.message);
            continue;
        }
        json_dumpf(rows, stdout, JSON_COMPACT);
        printf("\n");
        json_decref(rows);
    }
    return 0;
}
