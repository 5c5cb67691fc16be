/* A table of words, made once and shown by every form: text, Markdown, HTML, a workbook. Knows no form. */
#ifndef MTMI_RENDER_TABLE_H
#define MTMI_RENDER_TABLE_H

#include "base/buffer.h"

#define MTMI_TABLE_COLUMNS 8

typedef enum mtmi_table_row_kind { MTMI_ROW_PLAIN = 0, MTMI_ROW_REST, MTMI_ROW_MARKED } mtmi_table_row_kind;

typedef struct mtmi_table {
    size_t n_columns, n_rows;                  /* row 0 holds the headings */
    unsigned char numeric[MTMI_TABLE_COLUMNS]; /* set to the right */
    mtmi_buffer text, starts, kinds;           /* cells one after the other; where each begins; kinds of rows */
} mtmi_table;

#define MTMI_TABLE_INIT                                                                                                \
    { .n_columns = 0 }

/* Adds a row; n_columns of cells follow: each is written to table->text and ended. */
void mtmi_table_row(mtmi_table *table, mtmi_table_row_kind kind);
void mtmi_table_end(mtmi_table *table);                    /* of a cell */
void mtmi_table_cell(mtmi_table *table, const char *text); /* both at once; NULL is an empty cell */

/* "" where nothing was written. */
const char *mtmi_table_at(const mtmi_table *table, size_t row, size_t column);
mtmi_table_row_kind mtmi_table_kind(const mtmi_table *table, size_t row);
int mtmi_table_failed(const mtmi_table *table);
void mtmi_table_free(mtmi_table *table);

#endif
