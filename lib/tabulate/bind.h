/* A file's columns to what the specification asks for. What comes in: the file's first bytes. What goes out: a table by
 * which threads read its rows, and where they begin. It reads no row. */
#ifndef MTMI_TABULATE_BIND_H
#define MTMI_TABULATE_BIND_H

#include "tabulate/judge.h"

typedef struct mtmi_binding {
    mtmi_table table;
    mtmi_column *columns;        /* one a used column of the table */
    size_t start;                /* offset of the first row */
    uint64_t lines;              /* line feeds before it */
    int64_t not_data;            /* rows before it: preamble, header, tag row */
} mtmi_binding;

/* head: the first size bytes; whole says that there are no more. name is what errors call the file. */
mtm_status mtmi_bind(const mtmi_spec *spec, const unsigned char *head, size_t size, int whole, const char *name,
                     mtmi_binding *out, mtm_error *err);
/* The code list of a dimension, from a column's field (NULL: none) or by its name; NULL keeps labels. */
const mtm_codelist *mtmi_tabulate_list(const mtmi_field *field, const char *dimension);
void mtmi_binding_free(mtmi_binding *binding);

#endif
