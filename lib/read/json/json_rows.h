/* Records in JSON as rows: a header of all keys, and a row for each record. */
#ifndef MTMI_READ_JSON_JSON_ROWS_H
#define MTMI_READ_JSON_JSON_ROWS_H

#include "read/table/rows.h"

/* dialect.sheet: which records, by the keys that hold them or by number; NULL the first. The source is borrowed and must
 * outlive the rows; the whole document is held. log may be NULL. */
mtm_status mtmi_json_rows_open(const mtmi_dialect *dialect, mtmi_source *source, const mtmi_limits *limits,
                               mtmi_check_log *log, mtmi_rows **out, mtm_error *err);

#endif
