/* Small tables: written for a terminal or as CSV. And texts as JSON. */
#ifndef TABLE_H
#define TABLE_H

#include <stddef.h>
#include <stdio.h>

struct table {
    size_t n_columns, n_cells, room;
    char **cells;      /* row by row, the columns' names first */
    const char *right; /* a letter for each column: r for numbers, l for text */
    int failed;        /* no memory was left */
};

void table_begin(struct table *table, size_t n_columns, const char *right);
void table_free(struct table *table);

/* The next cell; the text is copied. */
void table_add(struct table *table, const char *text);

/* In columns, names first. A colour makes the names bold. */
void table_print(const struct table *table, FILE *stream, int colour);

/* RFC 4180. Text that a spreadsheet would take for a formula gets an apostrophe in front (docs/dataset-json.md). */
void table_csv(const struct table *table, FILE *stream);

/* "...", escaped. */
void json_text(FILE *stream, const char *text);

#endif
