/* CSV as rows of cells, each with its own verdict: a row that breaks the rules of quoting does not take the next ones
 * with it. */
#ifndef MTMI_READ_CSV_CSV_ROWS_H
#define MTMI_READ_CSV_CSV_ROWS_H

#include "read/csv/encoding.h"

typedef struct mtmi_csv mtmi_csv;

/* Takes the decoder over in every case. */
mtm_status mtmi_csv_new(mtmi_decoder *decoder, const char *name, uint64_t total, const mtmi_limits *limits,
                        mtmi_csv **out, mtm_error *err);
/* The first text, decoded: what a delimiter is inferred from. *whole: there is no more. */
const char *mtmi_csv_head(const mtmi_csv *csv, size_t *size, int *whole);
/* How text becomes cells. quote '\1': there is none. */
typedef struct mtmi_csv_form {
    char delimiter, quote;
    char escape;                /* before a quote in a quoted cell, where has_escape says so */
    int has_escape, skip_space; /* skip_space: one space after each delimiter belongs to no cell */
    size_t columns;             /* rows with broken quotes are recovered where they come to so many cells; 0: refused */
} mtmi_csv_form;

/* Before the first row. */
void mtmi_csv_dialect(mtmi_csv *csv, const mtmi_csv_form *form);
mtmi_rows *mtmi_csv_rows(mtmi_csv *csv);

/* Walking a record byte by byte as libcsv does. Gives the offset of the cell's first byte; of SIZE_MAX: of the quote
 * that should not be there, or of the one that is never closed or is closed in another line than expected. quote '\1':
 * there is none. */
size_t mtmi_csv_find(const char *record, size_t size, char delimiter, char quote, size_t cell);

#endif
