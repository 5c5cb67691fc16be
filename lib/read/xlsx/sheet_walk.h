/* What the rows of both kinds of spreadsheets share: blank rows between, merged cells filled, and notes to the log. */
#ifndef MTMI_READ_XLSX_SHEET_WALK_H
#define MTMI_READ_XLSX_SHEET_WALK_H

#include "read/table/rows.h"
#include "read/xlsx/xlsx_merge.h"

/* The rows of one sheet, blank ones too. Filled with zeros, then filler started and the functions set. */
typedef struct mtmi_sheet_walk {
    mtmi_filler filler;
    mtm_status (*next)(void *reader, mtmi_sheet_row **out, int *got, mtm_error *err); /* a row that has a value */
    void *reader;
    int64_t n_columns;
    mtmi_sheet_row *row; /* the next one that has a value; NULL when it is to be read, or there is none */
    int at_end;
    int64_t line;
    mtmi_row_text text;
} mtmi_sheet_walk;

/* *got 0 at the end, and on failure. */
mtm_status mtmi_sheet_walk_next(mtmi_sheet_walk *walk, mtmi_row *out, int *got, mtm_error *err);
void mtmi_sheet_walk_free(mtmi_sheet_walk *walk);

/* Tells the log of a row, or of the sheet where line is 0. */
mtm_status mtmi_sheet_say(mtmi_check_log *log, int code, int64_t line, const char *found, const char *expected,
                          const char *hint, mtm_error *err);

#endif
