/* Rows of UTF-8 cells, wherever they come from: CSV, a workbook, an Arrow stream. Nothing above a container depends on
 * which one it is.
 *
 * A new container is a file of its own that fills in an mtmi_rows and hands it over:
 *
 *     struct sheet { mtmi_rows rows; ... };          the functions cast back
 *     sheet->rows.next = sheet_next; ...
 *     mtmi_read_rows(resource, &rows, 1, options, log, out, err);      (several parts: an array, read in order)
 *
 * For files, mtmi_rows_open() in container.c chooses the producer by what the bytes are: add the branch there.
 * Everything above - header, roles, labels, numbers, balance of rows, diagnostics - then works as for CSV. */
#ifndef MTMI_READ_TABLE_ROWS_H
#define MTMI_READ_TABLE_ROWS_H

#include "base/source.h"
#include "read/check/check.h"
#include "read/descriptor/resource.h"

typedef struct mtmi_cell {
    const char *text; /* lent until the next call of next(); not ended by NUL; valid UTF-8 unless the row says so */
    size_t length;
    int typed; /* a number or date that the container wrote itself, "." being the decimal mark; 0: as people wrote */
} mtmi_cell;

struct mtmi_number;
struct mtmi_period_label;

typedef struct mtmi_row {
    const mtmi_cell *cells;
    size_t n_cells;     /* 0: a blank line */
    int64_t line;       /* of the row's first line, from 1; a workbook's or stream's row number */
    const char *record; /* the row verbatim, without its line end; a workbook joins the cells by tabs. Lent */
    size_t record_size;
    /* The container refuses the row: cells are not looked at. code 0 for none. */
    int code;
    const char *expected, *hint; /* static */
    size_t offset;               /* in record: where it went wrong */
    const int64_t *places;       /* line and column of each cell; NULL: place() of the rows tells them. Lent */
    int recovered;               /* its quotes were broken, and one reading alone fits the other rows */
    /* The reader's, by mtmi_row_take(): the cells trimmed, how many are not empty, what each is known to be. */
    const mtmi_cell *trimmed;
    size_t n_filled;
    unsigned char *kinds;
    /* Of rows that a preview keeps: what each cell was read as when it was first tried. NULL: it is not kept. */
    struct mtmi_number *numbers;
    struct mtmi_period_label *labels;
} mtmi_row;

typedef struct mtmi_rows mtmi_rows;
struct mtmi_rows {
    const char *name; /* what diagnostics call the file; lent by the producer */
    /* *got 0 at the end. A status other than MTM_OK ends the file: err says why, with place. */
    mtm_status (*next)(mtmi_rows *rows, mtmi_row *out, int *got, mtm_error *err);
    /* Where a cell of the row last given begins: line and character. NULL: the row's line and the number of the cell,
     * from 1. */
    void (*place)(const mtmi_rows *rows, const mtmi_row *row, size_t cell, int64_t *line, int64_t *column);
    void (*free)(mtmi_rows *rows);
    /* Refuses a column, from 0, whose type has no figures, labels or dates. NULL: all have. */
    mtm_status (*usable)(const mtmi_rows *rows, size_t column, mtm_error *err);
    const mtmi_source *source; /* that can be read once more from its beginning; NULL: it cannot */
    const char *sheets;        /* of a workbook: a letter a sheet, v for cells that can be seen, - else; NULL. Lent */
    int named;                 /* the first row is the names of the columns, whatever it looks like */
    mtmi_check_dialect
        dialect; /* what the producer knows: encoding, delimiter, quote, sheet; the rest is the reader's */
    uint64_t (*position)(const mtmi_rows *rows); /* bytes read so far, for progress; NULL for not known */
    uint64_t total;                              /* bytes in all; 0 for not known */
};

/* Limits in force: what the caller set, or the defaults of mtm_read_options. */
typedef struct mtmi_limits {
    uint64_t max_field, max_record, max_columns, max_expansion;
    int allow_guess;
    int any_table; /* no name in the file is known: the dialect is searched for, broken quotes are recovered */
} mtmi_limits;

void mtmi_rows_free(mtmi_rows *rows); /* NULL is fine */

/* The sheet's name into the dialect, cut at a whole character where it is long. */
void mtmi_rows_name_sheet(mtmi_rows *rows, const char *name);
/* Place of a cell, by place() or the row's number. */
void mtmi_rows_place(const mtmi_rows *rows, const mtmi_row *row, size_t cell, int64_t *line, int64_t *column);
/* Place of a byte of the record. */
void mtmi_row_place(const mtmi_row *row, size_t offset, int64_t *line, int64_t *column);

#endif
