/* Sheets of cells as an XLSX workbook (ECMA-376, transitional). Knows cells and columns, not what they hold. */
#ifndef MTMI_RENDER_OFFICE_WORKBOOK_H
#define MTMI_RENDER_OFFICE_WORKBOOK_H

#include "render/office/zip_writer.h"

#include <mtm/decimal.h>

#define MTMI_WORKBOOK_SHEETS 12

typedef enum mtmi_cell_style {
    MTMI_CELL_PLAIN = 0,
    MTMI_CELL_HEADING, /* bold, ruled below */
    MTMI_CELL_TITLE,   /* bold and large */
    MTMI_CELL_WRAPPED  /* words on several lines */
} mtmi_cell_style;

#define MTMI_WORKBOOK_COLUMNS 26

typedef struct mtmi_workbook {
    mtmi_zip_writer archive;
    mtmi_buffer sheet;                        /* rows of the sheet being written */
    char names[MTMI_WORKBOOK_SHEETS][32 * 4]; /* at most 31 characters */
    size_t n_sheets, n_rows, n_cells;
    mtmi_buffer columns; /* of the table being written, as its part has them */
    const char *table;   /* its name; NULL where the sheet has none */
    size_t table_row, n_columns;
    unsigned has_table; /* a bit for each sheet */
    const char *title, *creator;
} mtmi_workbook;

/* Writes the whole workbook to out. */
void mtmi_workbook_start(mtmi_workbook *book, mtmi_buffer *out, const char *title, const char *creator);
/* widths: characters of each column. Nothing is frozen, merged, hidden or filtered: screen readers lose their place. */
void mtmi_workbook_sheet(mtmi_workbook *book, const char *name, const unsigned char *widths, size_t n);
/* The rest of the sheet is one marked table of a name (letters, digits, underscores); its headings follow, each once. */
void mtmi_workbook_table(mtmi_workbook *book, const char *name);
void mtmi_workbook_heading(mtmi_workbook *book, const char *text);
void mtmi_workbook_row(mtmi_workbook *book);
void mtmi_workbook_text(mtmi_workbook *book, const char *text, mtmi_cell_style style); /* NULL, "": an empty cell */
/* A number where a spreadsheet holds it exactly (15 digits), else its text. */
void mtmi_workbook_number(mtmi_workbook *book, mtm_decimal value);
void mtmi_workbook_sheet_end(mtmi_workbook *book);
void mtmi_workbook_finish(mtmi_workbook *book); /* and frees what it held, in every case */

#endif
