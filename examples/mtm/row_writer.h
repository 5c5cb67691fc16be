/* Writes the rows of a table as CSV (RFC 4180, with line feeds) or as JSON Lines, one object per row. */
#ifndef ROW_WRITER_H
#define ROW_WRITER_H

#include <mtm.h>

#include <stdio.h>

typedef enum row_form { ROW_FORM_CSV, ROW_FORM_JSONL, ROW_FORM_ARROW } row_form;

struct row_writer {
    FILE *stream;
    row_form form;
    const mtm_row_reader *reader;
    const char *file;
    int places;  /* file and line of each row, and in JSON Lines the place of each cell */
    char **keys; /* of JSON objects: names, each only once */
    size_t n_keys;
    char *block; /* what is not written yet */
    size_t n, size;
};

/* names: a header is written though the table has none. Each returns how the program should end. */
int row_writer_begin(struct row_writer *out, FILE *stream, row_form form, const mtm_row_reader *reader,
                     const char *file, int places, int names);
int row_writer_add(struct row_writer *writer, const mtm_table_row *row);
void row_writer_end(struct row_writer *writer);

/* One cell of CSV, in quotes where it needs them. */
void row_cell_write(FILE *stream, const char *text, size_t length);

#endif
