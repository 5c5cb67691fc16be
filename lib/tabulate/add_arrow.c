/* Counts an Arrow stream into a tabulator: by columns where each can be read as such, else by its rows as text. */
#include "base/error.h"
#include "tabulate/tabulator.h"

static uint64_t or_default(uint64_t value, uint64_t usual) {
    return value == 0 ? usual : value;
}

mtm_status mtmi_tabulator_add_arrow(mtm_tabulator *tabulator, struct ArrowArrayStream *stream, const char *name,
                                    mtm_error *err) {
    const mtm_tabulate_options *options = &tabulator->options;
    mtmi_arrow_csv *csv = NULL;
    mtm_status status = mtmi_arrow_csv_new(stream, name, &tabulator->state->spec->resource->dialect,
                                           or_default(options->max_field, (uint64_t)1 << 20),
                                           or_default(options->max_columns, 4096), &csv, err);
    if (status == MTM_OK) {
        status = mtmi_tabulator_add_columns(tabulator, csv, err);
    }
    mtmi_arrow_csv_free(csv);
    return status;
}
