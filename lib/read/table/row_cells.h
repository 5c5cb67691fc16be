/* The cells of a row as they are compared: trimmed once when the row comes in, tried as a number and as a period when
 * that is first asked. The invariant: whoever stands above asks here, and trims or tries no cell again. */
#ifndef MTMI_READ_TABLE_ROW_CELLS_H
#define MTMI_READ_TABLE_ROW_CELLS_H

#include "read/table/rows.h"

/* The memory of the row at hand. Filled with zeros it is empty. */
typedef struct mtmi_row_cells {
    mtmi_cell *trimmed;
    unsigned char *kinds;
    size_t trimmed_capacity, kinds_capacity;
} mtmi_row_cells;

/* Fills in `trimmed`, `kinds` and `n_filled` of the row, which lends them until the next call. 0 without memory. */
int mtmi_row_take(mtmi_row_cells *store, mtmi_row *row);
void mtmi_row_cells_free(mtmi_row_cells *store);
/* The same in memory of the caller: room for row->n_cells of both. */
void mtmi_row_trim(mtmi_row *row, mtmi_cell *trimmed, unsigned char *kinds);

/* Of rows that were taken. Whether a cell is figures, or a period: what no header of a long table has. */
int mtmi_row_is_number(const mtmi_row *row, size_t cell);
int mtmi_row_is_period(const mtmi_row *row, size_t cell);
/* A whole year; a period if a year stood behind it, such as "June"; a date whose day and month could be exchanged. */
int mtmi_row_is_year(const mtmi_row *row, size_t cell);
int mtmi_row_lacks_year(const mtmi_row *row, size_t cell);
int mtmi_row_is_doubtful(const mtmi_row *row, size_t cell);
/* A cell as a figure of the style. Where nothing is declared and the row is kept, it is read no second time. */
void mtmi_row_read_number(const mtmi_row *row, size_t cell, const struct mtmi_number_style *style,
                          struct mtmi_number *out);
/* What a cell of a kept row is as a period, where no order of dates is declared. NULL: the row is not kept, or the cell is
 * none that was tried. */
const struct mtmi_period_label *mtmi_row_label(const mtmi_row *row, size_t cell);
/* A cell of a row that was taken; empty where the row ends before it. */
mtmi_cell mtmi_row_cell(const mtmi_row *row, size_t cell);

/* Of any row and cell. */
int mtmi_row_blank(const mtmi_row *row);
size_t mtmi_row_filled(const mtmi_row *row);
mtmi_cell mtmi_cell_trim(mtmi_cell cell);

#endif
