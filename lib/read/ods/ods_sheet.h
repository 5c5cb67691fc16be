/* The sheets of an OpenDocument file, row by row: which there are, their merged cells, the rows of one. Private to
 * lib/read/ods. */
#ifndef MTMI_READ_ODS_ODS_SHEET_H
#define MTMI_READ_ODS_ODS_SHEET_H

#include "read/ods/ods_value.h"
#include "read/xlsx/xlsx_book.h"

typedef struct mtmi_ods_limits {
    uint64_t max_field, max_record, max_columns;
} mtmi_ods_limits;

typedef struct mtmi_ods_book {
    mtmi_book book;           /* the sheets' names */
    mtmi_sheet_shape *shapes; /* one for each */
    size_t capacity, n_merges;
} mtmi_ods_book;

typedef struct mtmi_ods_reader mtmi_ods_reader;

mtm_status mtmi_ods_measure(mtmi_xlsx_archive *archive, const mtmi_ods_limits *limits, mtmi_ods_book *out,
                            mtm_error *err);
void mtmi_ods_book_free(mtmi_ods_book *book);

mtm_status mtmi_ods_open(mtmi_xlsx_archive *archive, const mtmi_ods_limits *limits, size_t sheet, mtmi_ods_reader **out,
                         mtm_error *err);
/* The next row that has a value; lent until the next call. *got 0 at the end. */
mtm_status mtmi_ods_next(mtmi_ods_reader *reader, mtmi_sheet_row **out, int *got, mtm_error *err);
uint64_t mtmi_ods_position(const mtmi_ods_reader *reader);
void mtmi_ods_free(mtmi_ods_reader *reader);

#endif
