/* The texts of a dataset's cells, and which columns its table needs: what every format of a dataset shares. */
#include "data/dataset_render.h"

#include "base/decimal.h"
#include "period/period.h"

static int is_stated(mtm_period date) {
    return date.first != INT32_MIN;
}

mtmi_table_shape mtmi_table_shape_of(const mtm_dataset *dataset) {
    mtmi_table_shape shape = {0, 0, 0, !dataset->microdata, dataset->uncovered != NULL};
    for (size_t i = 0; i < dataset->n; i++) {
        shape.has_status |= dataset->statuses[i] != 'A';
    }
    for (size_t i = 0; i < dataset->n_releases; i++) {
        shape.has_release |= is_stated(dataset->releases[i].date);
        shape.has_edition |= dataset->releases[i].edition[0] != '\0';
    }
    return shape;
}

void mtmi_table_value(const mtm_dataset *dataset, size_t i, char *out) {
    out[0] = '\0';
    if (mtmi_dataset_has_value(dataset, i)) {
        mtmi_decimal_write(dataset->values[i], dataset->decimals, out, MTMI_TABLE_CELL);
    }
}

void mtmi_table_period(const mtm_dataset *dataset, size_t i, char *out) {
    mtm_period_describe(dataset->periods[i], out, MTMI_TABLE_CELL);
}

void mtmi_table_release(const mtm_dataset *dataset, size_t i, char *out) {
    mtm_period date = dataset->releases[dataset->release_of[i]].date;
    out[0] = '\0';
    if (is_stated(date)) {
        mtm_period_describe(date, out, MTMI_TABLE_CELL);
    }
}

void mtmi_table_uncovered(const mtm_dataset *dataset, size_t i, char *out) {
    out[0] = '\0';
    if (is_stated(dataset->uncovered[i])) {
        mtm_period_describe(dataset->uncovered[i], out, MTMI_TABLE_CELL);
    }
}
