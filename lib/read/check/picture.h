/* The first rows of a file as they stand there, with what each cell was taken for. It is kept only where somebody wants to
 * see it, and never of confidential files. */
#ifndef MTMI_READ_CHECK_PICTURE_H
#define MTMI_READ_CHECK_PICTURE_H

#include "base/buffer.h"

#define MTMI_PICTURE_CELLS 64u /* of a row that are kept */
#define MTMI_PICTURE_TEXT 200u /* bytes of a cell that are kept */

/* What a cell was taken for. */
typedef enum mtmi_cell_class {
    MTMI_CELL_BLANK = 0,
    MTMI_CELL_HEADER, /* a name of a column, or a part of it */
    MTMI_CELL_PERIOD,
    MTMI_CELL_LABEL,
    MTMI_CELL_FIGURE,
    MTMI_CELL_TOTAL, /* of a row or column that counts what others count */
    MTMI_CELL_NOTE,
    MTMI_CELL_UNIT,
    MTMI_CELL_OTHER, /* left out: of a column that is not recognised */
    MTMI_CELL_CLASSES
} mtmi_cell_class;

/* What became of a row. */
typedef enum mtmi_shown_kind {
    MTMI_SHOWN_BLANK = 0,
    MTMI_SHOWN_HEADER,
    MTMI_SHOWN_DATA,
    MTMI_SHOWN_TOTAL, /* beside its parts: read, not added up */
    MTMI_SHOWN_PART,  /* of the row above: the same */
    MTMI_SHOWN_APART, /* no data: a title, a remark, a heading */
    MTMI_SHOWN_REFUSED,
    MTMI_SHOWN_UNREAD, /* the file was refused before its rows were read */
    MTMI_SHOWN_KINDS
} mtmi_shown_kind;

typedef struct mtmi_shown_cell {
    size_t text; /* where it begins in the picture's text */
    unsigned length;
    unsigned char kind; /* mtmi_cell_class */
} mtmi_shown_cell;

typedef struct mtmi_shown_row {
    int64_t line;
    size_t first, n; /* its cells that are kept */
    size_t all;      /* how many it has */
    size_t place;    /* of an accepted row: which one of those whose totals are looked for, from 1; 0 for none */
    mtmi_shown_kind kind;
    int wrong; /* REFUSED: the number of the cell that says it, from 0; -1: the row */
} mtmi_shown_row;

/* Filled with zeros it keeps nothing. */
typedef struct mtmi_picture {
    size_t most; /* rows from the beginning; beyond them as many again that are not plain data */
    mtmi_shown_row *rows;
    size_t n_rows, rows_capacity, n_beyond;
    mtmi_shown_cell *cells;
    size_t n_cells, cells_capacity;
    mtmi_buffer text;
    int64_t seen;  /* rows in all */
    size_t cursor; /* where the last total was found: they come in order */
} mtmi_picture;

/* "header", "period", "label" ...; "refused", "total" ... */
const char *mtmi_cell_class_name(mtmi_cell_class kind);
const char *mtmi_shown_kind_name(mtmi_shown_kind kind);

/* A row more. *kept 0: it is counted and not kept, and no cell of it is to be added. 0 without memory. */
int mtmi_picture_row(mtmi_picture *picture, const mtmi_shown_row *row, int *kept);
/* The next cell of the row last kept; cut at MTMI_PICTURE_TEXT. text need not be UTF-8. 0 without memory. */
int mtmi_picture_cell(mtmi_picture *picture, const char *text, size_t length, mtmi_cell_class kind);
/* The accepted row of that place turned out to be a total, or a part of another row. `apart`: it is not added up, since what
 * it counts is counted already. */
void mtmi_picture_aside(mtmi_picture *picture, size_t place, int apart, int is_total);
void mtmi_picture_free(mtmi_picture *picture);

#endif
