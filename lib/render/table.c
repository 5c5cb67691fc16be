/* A table of texts that is filled row by row. */
#include "render/table.h"

#include <string.h>

static size_t cells_of(const mtmi_table *table) {
    return table->starts.size / sizeof(size_t);
}

static void begin_cell(mtmi_table *table) {
    size_t start = table->text.size;
    mtmi_buffer_add(&table->starts, (const char *)&start, sizeof start);
}

void mtmi_table_row(mtmi_table *table, mtmi_table_row_kind kind) {
    if (cells_of(table) == 0) {
        begin_cell(table);
    }
    mtmi_buffer_char(&table->kinds, (char)kind);
    table->n_rows++;
}

void mtmi_table_end(mtmi_table *table) {
    mtmi_buffer_char(&table->text, '\0');
    begin_cell(table);
}

void mtmi_table_cell(mtmi_table *table, const char *text) {
    mtmi_buffer_text(&table->text, text != NULL ? text : "");
    mtmi_table_end(table);
}

const char *mtmi_table_at(const mtmi_table *table, size_t row, size_t column) {
    size_t index = row * table->n_columns + column, start = 0;
    if (column >= table->n_columns || index + 1 >= cells_of(table) || mtmi_table_failed(table)) {
        return "";
    }
    memcpy(&start, table->starts.data + index * sizeof start, sizeof start);
    return table->text.data + start;
}

mtmi_table_row_kind mtmi_table_kind(const mtmi_table *table, size_t row) {
    return row < table->kinds.size ? (mtmi_table_row_kind)table->kinds.data[row] : MTMI_ROW_PLAIN;
}

int mtmi_table_failed(const mtmi_table *table) {
    return table->text.failed || table->starts.failed || table->kinds.failed;
}

void mtmi_table_free(mtmi_table *table) {
    mtmi_buffer_free(&table->text);
    mtmi_buffer_free(&table->starts);
    mtmi_buffer_free(&table->kinds);
}
