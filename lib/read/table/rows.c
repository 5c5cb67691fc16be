/* Places of cells and bytes in rows, and the end of a container: what every container shares. */
#include "read/table/rows.h"

#include <string.h>

void mtmi_rows_free(mtmi_rows *rows) {
    if (rows != NULL) {
        rows->free(rows);
    }
}

void mtmi_row_place(const mtmi_row *row, size_t offset, int64_t *line, int64_t *column) {
    *line = row->line;
    *column = 1;
    for (size_t i = 0; i < offset && i < row->record_size; i++) {
        unsigned char c = (unsigned char)row->record[i];
        int at_end = c == '\n' || (c == '\r' && (i + 1 == row->record_size || row->record[i + 1] != '\n'));
        *column += (c & 0xC0) != 0x80;
        if (at_end) {
            ++*line;
            *column = 1;
        }
    }
}

void mtmi_rows_place(const mtmi_rows *rows, const mtmi_row *row, size_t cell, int64_t *line, int64_t *column) {
    *line = row->line;
    *column = (int64_t)cell + 1;
    if (row->places != NULL) {
        *line = row->places[2 * cell];
        *column = row->places[2 * cell + 1];
    } else if (rows->place != NULL) {
        rows->place(rows, row, cell, line, column);
    }
}

void mtmi_rows_name_sheet(mtmi_rows *rows, const char *name) {
    size_t n = strlen(name), size = sizeof rows->dialect.sheet;

    for (n = n < size ? n : size - 1; n > 0 && n == size - 1 && ((unsigned char)name[n] & 0xC0) == 0x80;) {
        n--;
    }
    memcpy(rows->dialect.sheet, name, n);
    rows->dialect.sheet[n] = '\0';
}
