/* Sheets of cells as a workbook: Office Open XML (workbook_xlsx.c) or OpenDocument (workbook_ods.c). Knows cells and
 * columns, not what they hold. */
#ifndef MTMI_RENDER_OFFICE_OFFICE_WORKBOOK_H
#define MTMI_RENDER_OFFICE_OFFICE_WORKBOOK_H

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

typedef struct mtmi_workbook_form mtmi_workbook_form;

typedef struct mtmi_workbook {
    const mtmi_workbook_form *form;
    mtmi_zip_writer archive;
    mtmi_buffer sheet;                        /* what the form writes: the sheet, or all of them */
    char names[MTMI_WORKBOOK_SHEETS][32 * 4]; /* at most 31 characters */
    size_t n_sheets, n_rows, n_cells;
    mtmi_buffer columns; /* the form's: of tables */
    const char *table;   /* its name; NULL where the sheet has none */
    size_t table_row, n_columns;
    unsigned has_table;             /* a bit for each sheet */
    unsigned char used_widths[256]; /* of columns */
    unsigned char widths[26];       /* the form's: characters of the sheet's columns */
    size_t row_at, lines;           /* the form's: where the row begins, and how many lines its highest cell has */
    const char *title, *creator;
} mtmi_workbook;

/* How a form writes what it is told; rows and cells are counted already. */
struct mtmi_workbook_form {
    void (*start)(mtmi_workbook *book); /* NULL: nothing */
    void (*begin_sheet)(mtmi_workbook *book, const unsigned char *widths, size_t n);
    void (*begin_row)(mtmi_workbook *book);
    void (*end_row)(mtmi_workbook *book);
    void (*put_text)(mtmi_workbook *book, const char *text, mtmi_cell_style style);
    void (*put_number)(mtmi_workbook *book, const char *digits, int decimals);
    void (*end_sheet)(mtmi_workbook *book);
    void (*finish)(mtmi_workbook *book); /* writes the parts around the sheets */
};

extern const mtmi_workbook_form mtmi_workbook_xlsx, mtmi_workbook_ods;

/* Writes the whole workbook to out. */
void mtmi_workbook_start(mtmi_workbook *book, const mtmi_workbook_form *form, mtmi_buffer *out, const char *title,
                         const char *creator);
/* widths: characters of each column. Nothing is frozen, merged, hidden or filtered: screen readers lose their place. */
void mtmi_workbook_sheet(mtmi_workbook *book, const char *name, const unsigned char *widths, size_t n);
/* The rest of the sheet is one marked table of a name (letters, digits, underscores); its headings follow, each once. */
void mtmi_workbook_table(mtmi_workbook *book, const char *name);
void mtmi_workbook_heading(mtmi_workbook *book, const char *text);
void mtmi_workbook_row(mtmi_workbook *book);
void mtmi_workbook_text(mtmi_workbook *book, const char *text, mtmi_cell_style style); /* "": [z] in a table */
/* A number where a spreadsheet holds it exactly (15 digits), else its text. */
void mtmi_workbook_number(mtmi_workbook *book, mtm_decimal value);
void mtmi_workbook_sheet_end(mtmi_workbook *book);
void mtmi_workbook_finish(mtmi_workbook *book); /* and frees what it held, in every case */

#endif
