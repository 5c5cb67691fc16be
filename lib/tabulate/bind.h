/* The columns of a file bound to a specification: a table by which threads read rows, and where the rows begin. No row
 * of data is read. */
#ifndef MTMI_TABULATE_BIND_H
#define MTMI_TABULATE_BIND_H

#include "read/table/columns.h"
#include "tabulate/parse_cell.h"

typedef struct mtmi_binding {
    mtmi_count_table table;
    mtmi_columns columns; /* of the file, as the reader understands them */
    mtmi_header header;
    mtmi_column *used; /* one a used column of the table */
    mtmi_whole *wholes;
    unsigned char *content; /* registrations: per column, 1 where it tells rows apart */
    int has_households;
    int64_t line;     /* of the first row that may be data */
    int64_t not_data; /* rows before it: preamble, header, tag row */
} mtmi_binding;

/* head: the first size bytes as they are in the file; whole says that there are no more. name is what errors call the
 * file. */
mtm_status mtmi_bind(const mtmi_spec *spec, const unsigned char *head, size_t size, int whole, const char *name,
                     const mtmi_limits *limits, mtmi_binding *out, mtm_error *err);
/* Where the first row that may be data begins, in UTF-8 text from the file's first line on. */
size_t mtmi_bind_start(const mtmi_binding *binding, const unsigned char *text, size_t size);
void mtmi_binding_free(mtmi_binding *binding);

#endif
