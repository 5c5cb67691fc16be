/* A sheet of a workbook, row by row: the cells of each row that has any. */
#ifndef MTMI_READ_XLSX_XLSX_SHEET_H
#define MTMI_READ_XLSX_XLSX_SHEET_H

#include "read/xlsx/xlsx_strings.h"
#include "read/xlsx/xlsx_styles.h"

/* What a cell is: texts and marks can be repeated over merged cells, figures never. */
typedef enum mtmi_cell_kind { MTMI_SHEET_TEXT = 0, MTMI_SHEET_MARK, MTMI_SHEET_FIGURE } mtmi_cell_kind;

typedef struct mtmi_sheet_cell {
    int64_t column;      /* from 1 */
    size_t start, size;  /* in the row's text */
    mtmi_cell_kind kind; /* MARK: a date or a year, such as stand in headers */
} mtmi_sheet_cell;

typedef struct mtmi_sheet_row {
    int64_t number;         /* from 1 */
    mtmi_sheet_cell *cells; /* that are not empty, in order */
    size_t n, capacity;
    mtmi_buffer text;
} mtmi_sheet_row;

typedef struct mtmi_merge {
    int64_t first_row, last_row, first_column, last_column;
} mtmi_merge;

/* What a first run through the sheet finds; merged cells are told only at its end. */
typedef struct mtmi_sheet_shape {
    mtmi_merge *merges; /* by first row, then column */
    size_t n_merges, capacity;
    int64_t first_column, last_column; /* with a value; 0 for none */
    int64_t hidden_rows, first_hidden_row, hidden_columns, first_hidden_column;
    uint64_t bytes; /* of the part, up to the end of the rows */
    int64_t formulas_without_value, first_formula_row;
} mtmi_sheet_shape;

typedef struct mtmi_sheet_settings {
    const char *part;
    const mtmi_strings *strings;
    const mtmi_styles *styles;
    int from_1904;
    uint64_t max_field, max_record, max_columns;
} mtmi_sheet_settings;

typedef struct mtmi_sheet_reader mtmi_sheet_reader;

mtm_status mtmi_sheet_measure(mtmi_xlsx_archive *archive, const mtmi_sheet_settings *settings, mtmi_sheet_shape *out,
                              mtm_error *err);
void mtmi_sheet_shape_free(mtmi_sheet_shape *shape);

mtm_status mtmi_sheet_open(mtmi_xlsx_archive *archive, const mtmi_sheet_settings *settings, mtmi_sheet_reader **out,
                           mtm_error *err);
/* The next row that has a value; lent until the next call. *got 0 at the end. */
mtm_status mtmi_sheet_next(mtmi_sheet_reader *reader, mtmi_sheet_row **out, int *got, mtm_error *err);
uint64_t mtmi_sheet_position(const mtmi_sheet_reader *reader); /* bytes read so far */
void mtmi_sheet_free(mtmi_sheet_reader *reader);

#endif
