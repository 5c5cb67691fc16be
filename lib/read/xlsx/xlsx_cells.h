/* Places of cells as workbooks write them. */
#ifndef MTMI_READ_XLSX_XLSX_CELLS_H
#define MTMI_READ_XLSX_XLSX_CELLS_H

#include <stddef.h>
#include <stdint.h>

#define MTMI_SHEET_ROWS 1048576
#define MTMI_SHEET_COLUMNS 16384

/* "B12": column 2, row 12. Gives where it ends; NULL when it is no place of a sheet. */
const char *mtmi_xlsx_place(const char *text, int64_t *row, int64_t *column);

#endif
