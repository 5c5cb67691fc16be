/* A row put together by a container that is no text. Its record joins the cells by tabs. */
#ifndef MTMI_READ_TABLE_ROW_TEXT_H
#define MTMI_READ_TABLE_ROW_TEXT_H

#include "base/buffer.h"
#include "read/table/rows.h"

typedef struct mtmi_row_text {
    mtmi_buffer text; /* add pieces of the cell at hand here */
    mtmi_cell *cells;
    size_t *starts;  /* offsets of the cells in text */
    int64_t *places; /* line and column of each cell, where they were said */
    size_t n, cells_capacity, starts_capacity, places_capacity;
    int placed;
} mtmi_row_text;

void mtmi_row_text_start(mtmi_row_text *row);
/* The cell at hand ends; another may follow. 0 when memory ran out. */
int mtmi_row_text_end(mtmi_row_text *row, int typed);
/* Where the cell that ended last begins; said of every cell of a row, or of none. 0 when memory ran out. */
int mtmi_row_text_place(mtmi_row_text *row, int64_t line, int64_t column);
/* Fills out; empty cells at the end are dropped when trim is set. 0 when memory ran out. */
int mtmi_row_text_finish(mtmi_row_text *row, int64_t line, int trim, mtmi_row *out);
void mtmi_row_text_free(mtmi_row_text *row);

#endif
