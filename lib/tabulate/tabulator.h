/* The tabulator itself, and its options. */
#ifndef MTMI_TABULATE_TABULATOR_H
#define MTMI_TABULATE_TABULATOR_H

#include "read/arrow/arrow_csv.h"
#include "tabulate/state.h"

#include <mtm/tabulate.h>

struct mtm_tabulator {
    mtm_tabulate_options options;
    mtmi_scan_function scan;
    mtmi_state *state;
    mtmi_registry *registry; /* NULL: rows are events */
};

/* Datasets of what was counted go into the package, named after prefix, which may be NULL. On failure some may be there. */
mtm_status mtmi_tabulator_finish(const mtm_tabulator *tabulator, const char *prefix, mtm_package *package,
                                 mtm_error *err);
/* What counting found goes into a check, file by file. */
mtm_status mtmi_tabulator_report(const mtm_tabulator *tabulator, mtm_check *check, mtm_error *err);
/* How many threads the options ask for. */
unsigned mtmi_tabulator_threads(const mtm_tabulate_options *options);
/* Counts a source, which stays the caller's; on failure nothing of it is counted. from: what its caller says of it,
 * identity and share; NULL for nothing. */
mtm_status mtmi_tabulator_add_source(mtm_tabulator *tabulator, mtmi_source *source, const mtm_source *from,
                                     mtm_error *err);
/* The same of a file of a package, or of the sheet that it has in a workbook, which is counted as the CSV that it would be. */
mtm_status mtmi_tabulator_add_file(mtm_tabulator *tabulator, mtmi_source *source, mtm_error *err);
/* The same for columns that come as an Arrow stream; they become text only where a row must be seen as one. */
mtm_status mtmi_tabulator_add_columns(mtm_tabulator *tabulator, mtmi_arrow_csv *csv, const mtm_source *from,
                                      mtm_error *err);

#endif
