/* Prints cells as aligned columns for people and as CSV for programs. */
#include "table.h"

#include "terminal.h"

#include <stdlib.h>
#include <string.h>

void table_begin(struct table *table, size_t n_columns, const char *right) {
    memset(table, 0, sizeof *table);
    table->n_columns = n_columns;
    table->right = right;
}

void table_free(struct table *table) {
    for (size_t i = 0; i < table->n_cells; i++) {
        free(table->cells[i]);
    }
    free(table->cells);
    memset(table, 0, sizeof *table);
}

void table_add(struct table *table, const char *text) {
    if (table->n_cells == table->room) {
        size_t room = table->room == 0 ? 64 : table->room * 2;
        char **cells = realloc(table->cells, room * sizeof *cells);
        if (cells == NULL) {
            table->failed = 1;
            return;
        }
        table->cells = cells;
        table->room = room;
    }
    char *copy = strdup(text);
    table->failed |= copy == NULL;
    if (copy != NULL) {
        table->cells[table->n_cells++] = copy;
    }
}

static size_t width_of(const struct table *table, size_t column) {
    size_t widest = 0;
    for (size_t i = column; i < table->n_cells; i += table->n_columns) {
        size_t columns = terminal_columns(table->cells[i]);
        widest = columns > widest ? columns : widest;
    }
    return widest;
}

static void print_row(const struct table *table, const size_t *widths, size_t row, FILE *stream) {
    for (size_t i = 0; i < table->n_columns; i++) {
        const char *text = table->cells[row * table->n_columns + i];
        int padding = (int)(widths[i] - terminal_columns(text)), last = i + 1 == table->n_columns;
        if (table->right[i] == 'r') {
            fprintf(stream, "%*s", padding, "");
        }
        terminal_print(stream, text);
        if (!last) {
            fprintf(stream, "%*s", (table->right[i] == 'r' ? 0 : padding) + 2, "");
        }
    }
}

void table_print(const struct table *table, FILE *stream, int colour) {
    size_t widths[64];
    size_t n_rows = table->n_columns > 0 ? table->n_cells / table->n_columns : 0;
    for (size_t i = 0; i < table->n_columns && i < 64; i++) {
        widths[i] = width_of(table, i);
    }
    for (size_t row = 0; row < n_rows && table->n_columns <= 64; row++) {
        fputs(row == 0 && colour ? "\033[1m" : "", stream);
        print_row(table, widths, row, stream);
        fputs(row == 0 && colour ? "\033[0m\n" : "\n", stream);
    }
}

static void csv_cell(const char *text, int is_number, FILE *stream) {
    int formula = !is_number && *text != '\0' && strchr("=+-@\t\r'", *text) != NULL;
    if (!formula && strpbrk(text, ",\"\r\n") == NULL) {
        fputs(text, stream);
        return;
    }
    putc('"', stream);
    fputs(formula ? "'" : "", stream);
    for (; *text != '\0'; text++) {
        fputs(*text == '"' ? "\"" : "", stream);
        putc(*text, stream);
    }
    putc('"', stream);
}

void table_csv(const struct table *table, FILE *stream) {
    for (size_t i = 0; i < table->n_cells; i++) {
        size_t column = i % table->n_columns;
        csv_cell(table->cells[i], i >= table->n_columns && table->right[column] == 'r', stream);
        putc(column + 1 < table->n_columns ? ',' : '\n', stream);
    }
}

void json_text(FILE *stream, const char *text) {
    putc('"', stream);
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\') {
            putc('\\', stream);
        }
        if (c < 0x20 || c == 0x7F) {
            fprintf(stream, "\\u%04x", c);
        } else {
            putc(c, stream);
        }
    }
    putc('"', stream);
}
