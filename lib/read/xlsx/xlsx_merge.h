/* Filling merged cells of a row: one text for each column.
 *
 * A text stands in every column of its range, so that a header above several columns names each of them. The only cell
 * of its row that is merged from the first column on is a title and stays alone. Below its first row a range is filled
 * only when that row has figures: a region beside the lines of its parts. Figures are never repeated. */
#ifndef MTMI_READ_XLSX_XLSX_MERGE_H
#define MTMI_READ_XLSX_XLSX_MERGE_H

#include "read/table/row_text.h"
#include "read/xlsx/xlsx_sheet.h"

typedef struct mtmi_slot {
    const char *text; /* lent by the row or the filler; NULL for an empty cell */
    size_t size;
    int typed; /* a number or a date */
} mtmi_slot;

typedef struct mtmi_carried {
    int64_t first_column, last_column, last_row;
    char *text;
    size_t size;
} mtmi_carried;

typedef struct mtmi_filler {
    const mtmi_sheet_shape *shape;
    size_t next;           /* merge that begins at or below the row */
    mtmi_slot *slots;      /* shape->last_column of them: the row at hand */
    mtmi_carried *carried; /* ranges that go on below, columns apart */
    size_t n_carried, capacity;
} mtmi_filler;

/* The shape is borrowed. Each returns 0 when memory ran out. */
int mtmi_filler_start(mtmi_filler *filler, const mtmi_sheet_shape *shape);
int mtmi_filler_fill(mtmi_filler *filler, const mtmi_sheet_row *row); /* rows in order */
/* Fills the row and writes its first n_columns cells into a row's text, to be finished by the caller. */
int mtmi_filler_write(mtmi_filler *filler, const mtmi_sheet_row *row, int64_t n_columns, mtmi_row_text *out);
void mtmi_filler_free(mtmi_filler *filler);

#endif
