/* The state of a CSV reader, and the cuts that libcsv is not asked for. Private to csv_rows.c and csv_lines.c. */
#ifndef MTMI_READ_CSV_CSV_INTERNAL_H
#define MTMI_READ_CSV_CSV_INTERNAL_H

#include "base/buffer.h"
#include "read/csv/csv_parser.h"
#include "read/csv/csv_rows.h"

/* The cell whose place was asked for last: the next one is found from there, or a row would cost its square. */
typedef struct mtmi_csv_placed {
    const char *record;
    size_t size, cell, offset;
    int64_t row_line, line, column;
} mtmi_csv_placed;

struct mtmi_csv {
    mtmi_rows rows;
    mtmi_decoder *decoder;
    mtmi_limits limits;
    struct csv_parser parser;
    int has_parser;
    mtmi_csv_form form;
    mtmi_buffer text; /* decoded; from `at` on not used yet */
    size_t at;
    int ended;          /* the decoder has no more */
    int64_t line;       /* of the line that begins at `at` */
    mtmi_buffer record; /* the row at hand, verbatim */
    mtmi_buffer bytes;  /* its cells one after the other */
    mtmi_buffer plain;  /* a line without escapes and spaces after delimiters, as libcsv reads it */
    size_t *ends;       /* of the cells in bytes */
    size_t n_cells, ends_capacity;
    mtmi_cell *cells;
    size_t cells_capacity;
    char expected[2][64]; /* of rows that pass a limit: columns, bytes of a cell */
    int complete, failed; /* said by the callbacks */
    int lines;            /* the cells lie in the record itself, parted by the delimiter */
    size_t longest;
    mtmi_csv_placed placed;
};

/* Whether libcsv is inside a quoted cell, where a line break is text. */
int mtmi_csv_inside_quotes(const mtmi_csv *csv);
/* Fills csv->plain. quoted: the line begins within quotes. */
void mtmi_csv_write_plain(mtmi_csv *csv, const char *line, size_t n, int quoted);
/* 1 when the line was cut, or no memory was left (csv->failed). */
int mtmi_csv_cut_plain(mtmi_csv *csv, const char *line, size_t n);
/* The row is csv->record, whose first line has `first` bytes; end: how long its last line end is. */
int mtmi_csv_recover_row(mtmi_csv *csv, size_t first, size_t end, mtmi_row *out);

#endif
