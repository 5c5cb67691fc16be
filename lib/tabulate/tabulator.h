/* The tabulator itself. */
#ifndef MTMI_TABULATE_TABULATOR_H
#define MTMI_TABULATE_TABULATOR_H

#include "tabulate/state.h"

#include <mtm/tabulate.h>

struct mtm_tabulator {
    mtm_tabulate_options options;
    mtmi_scan_function scan;
    mtmi_state *state;
};

/* Counts a source, which stays the caller's; on failure nothing of it is counted. */
mtm_status mtmi_tabulator_add_source(mtm_tabulator *tabulator, mtmi_source *source, mtm_error *err);
/* The same for a table of UTF-8 whose first lines, preface of them, are no rows of its own: rows count from 1 below
 * them. */
mtm_status mtmi_tabulator_add_stream(mtm_tabulator *tabulator, mtmi_source *source, int64_t preface, mtm_error *err);
/* The same for a taken Arrow stream, which is released in every case. */
mtm_status mtmi_tabulator_add_arrow(mtm_tabulator *tabulator, struct ArrowArrayStream *stream, const char *name,
                                    mtm_error *err);

#endif
