/* What reading found: the balance of rows, columns, sums, dialect and diagnostics, in the order of the files. It is the
 * struct behind the public mtm_check. */
#ifndef MTMI_READ_CHECK_CHECK_H
#define MTMI_READ_CHECK_CHECK_H

#include "base/buffer.h"
#include "base/decimal.h"
#include "base/diagnostic.h"
#include "data/dataset.h"
#include "read/check/picture.h"
#include "read/descriptor/resource.h"

#include <mtm/check.h>

#define MTMI_CHECK_KEPT 1000u        /* notes that are kept, and errors in any case; all are counted */
#define MTMI_CHECK_BYTES (32u << 20) /* refused rows are kept up to this, so that memory does not grow with the file */
#define MTMI_CHECK_RECORD 65536u     /* bytes of a refused row that are kept */
#define MTMI_CHECK_LINE 4096u        /* bytes of the line for a caret */

/* How something is known. */
typedef enum mtmi_how {
    MTMI_HOW_NONE = 0, /* there is none: no thousands mark was met */
    MTMI_HOW_DECLARED, /* in the resource */
    MTMI_HOW_HEADER,   /* by a word of the header */
    MTMI_HOW_HXL,      /* by a tag of the tag row */
    MTMI_HOW_SDMX,     /* by a name that SDMX-CSV gives it */
    MTMI_HOW_TYPE,     /* by the type of the field, a hint */
    MTMI_HOW_CONTENT,  /* by what the cells hold */
    MTMI_HOW_MARK,     /* by a byte order mark, or a line "sep=;" */
    MTMI_HOW_GUESS     /* by likelihood, because the caller allowed it */
} mtmi_how;

/* "declared", "header word", "HXL tag", "SDMX name", "type hint", "content", "mark", "guess"; "" for NONE. */
const char *mtmi_how_name(mtmi_how how);

typedef struct mtmi_check_column {
    char *name;     /* as in the header; two rows are joined by a space */
    int64_t number; /* of the column in the file, from 1; 0 when the file has no such column */
    mtmi_role role; /* never INFER: what is not recognised is IGNORE with how NONE */
    mtmi_how how;
    char *dimension;    /* DIMENSION: its name; else NULL */
    char *codelist;     /* DIMENSION: id of its list; NULL keeps labels */
    mtmi_pair *members; /* VALUE: dimension -> code, fixed for the column */
    size_t n_members;
    int has_period; /* VALUE: of a table with periods as columns */
    mtm_period period;
    mtmi_wide sum; /* VALUE: of accepted rows, at `decimals` */
    int decimals;
    int64_t n_values;  /* VALUE: cells of accepted rows that have a value */
    int64_t n_missing; /* VALUE: cells of accepted rows that say there is none */
    char *unit;        /* VALUE: of its figures; NULL where nothing says one */
    int multiplier;    /* VALUE: power of ten that the figures are of the unit */
} mtmi_check_column;

/* A property of the dialect. text is what was used: "utf-8", ";", "\t"; "" for none. */
typedef struct mtmi_check_property {
    char text[40];
    mtmi_how how;
} mtmi_check_property;

typedef struct mtmi_check_dialect {
    mtmi_check_property encoding, delimiter, quote, decimal, thousands;
    int64_t header_rows, skip_rows; /* rows of the header; rows of preamble above it */
    mtmi_how header_how;
    char sheet[200];     /* of a workbook; "" else */
    char convention[24]; /* "HXL", "SDMX-CSV 1.0", "SDMX-CSV 2.0"; "" for none */
} mtmi_check_dialect;

/* The months of the years that labels of periods have. */
enum { MTMI_CHECK_YEAR = 1800, MTMI_CHECK_MONTHS = 12 * 400 };

typedef struct mtmi_check_file {
    char *name;       /* as diagnostics call it */
    char *resource;   /* the resource's name; NULL for a bare file */
    int confidential; /* nothing of its text is kept: only places and reasons */
    int events;       /* microdata: rows are not shown */
    int microdata;    /* rows are events: only header and cells are checked */
    int64_t rows[4];  /* by mtm_rows */
    int64_t totals;   /* rows of those that are no data: totals beside their parts */
    mtmi_check_column *columns;
    size_t n_columns;
    const char *section; /* the dimension of which rows that head others name a member; static; NULL for none */
    mtmi_check_dialect dialect;
    int has_periods; /* of accepted rows: from the earliest first day to the latest last day */
    mtm_period periods;
    int32_t last_begun;                                /* the first day of the period that was counted last */
    unsigned char first_months[MTMI_CHECK_MONTHS / 8]; /* bits: the months in which periods of rows begin */
    int moments; /* words say of some period that it is a day: "as of", "на 1 июля" */
    int64_t n_observations;
    int64_t falling, rising; /* rows whose figure is at most, above that of the row before in the same period */
    int64_t zeros, ones;     /* rows of these figures, of a table with one column of them */
    int64_t swapped;         /* rows below one that stood below theirs in an earlier period */
    int64_t apart, beside;   /* rows of members that come again in a period: with others between them, and without */
    int uneven, has_rest;    /* periods have more and fewer rows; one is "others" */
    int64_t errors, notes;   /* counted, whether kept or not */
    int failed;              /* an error of the whole file: nothing can be built from it */
    mtmi_picture picture;    /* its rows, where they are to be seen */
} mtmi_check_file;

/* A diagnostic as it is kept. Every text is owned and not NULL. */
typedef struct mtmi_check_entry {
    size_t file;   /* index; SIZE_MAX: the package itself, then `subject` names it */
    char *subject; /* what the error calls the place: a file, "datapackage.json: resources[2].mtm" */
    int error, code;
    mtm_status status; /* of an error: what a strict read would return */
    int64_t line, column;
    int prose; /* found is words about what was found, not what the file has: 2 when they are a whole message */
    char *found, *expected, *hint;
    char *record; /* refused rows: verbatim as UTF-8, lines kept, cut at MTMI_CHECK_RECORD; "" else */
    int withheld; /* a refused row of a confidential file: its text is not kept */
    char *text;   /* the one line of the file that `line` names, for a caret under `column`; "" when not kept */
    size_t order; /* in which they came: breaks ties */
} mtmi_check_entry;

/* Collects diagnostics, columns and the balance of rows for a check; NULL means strict: the first error ends the call. */
typedef struct mtm_check mtmi_check_log;

struct mtm_check {
    mtmi_check_file *files;
    size_t n_files, files_capacity;
    mtmi_check_entry *entries;
    size_t n_entries, entries_capacity;
    int64_t errors, notes;
    size_t kept[2]; /* notes, errors */
    size_t bytes;   /* that the errors take, about */
    int refused;    /* an error outside rows: outcome ERROR */
    char *title;    /* what was checked: the path or name as given */
    int package;    /* it was a data package */
    size_t show;    /* rows of each file that are kept to be seen */
};

/* ---- filling: each of these is for lib/read; err may be NULL ---- */

mtm_status mtmi_check_new(const char *title, mtm_check **out, mtm_error *err);
/* From now on everything belongs to this file. */
mtm_status mtmi_check_start(mtm_check *check, const char *name, const char *resource, mtm_error *err);
/* Of the file at hand, once more of it is known. */
mtm_status mtmi_check_rename(mtm_check *check, const char *name, mtm_error *err);
/* As it is printed: of a confidential file names that nothing explains are not told, for a person's may stand there. */
static inline const char *mtmi_check_column_name(const mtmi_check_file *file, const mtmi_check_column *column) {
    return file->confidential && column->how == MTMI_HOW_NONE ? "\xe2\x8b\xaf" : column->name;
}
/* Of the file at hand no text is kept, only places and reasons. */
void mtmi_check_withhold(mtm_check *check, int confidential, int events);
mtmi_check_file *mtmi_check_at_file(mtm_check *check); /* the one at hand, or NULL */

/* What add() copies. Texts may be NULL. */
typedef struct mtmi_diagnostic_input {
    int error, code;
    mtm_status status;
    int64_t line, column;
    const char *found;
    size_t found_size; /* bytes of found; it may be anything, invalid bytes become U+FFFD */
    int prose;
    const char *expected, *hint;
    const char *record;
    size_t record_size;
    const char *text;
    size_t text_size;
} mtmi_diagnostic_input;

mtm_status mtmi_check_add(mtm_check *check, const mtmi_diagnostic_input *said, mtm_error *err);
/* An error that ended the reading of the file at hand, or of the package (no file started). */
mtm_status mtmi_check_refuse(mtm_check *check, const mtm_error *why, mtm_error *err);
/* Sorts by file, line, column. */
void mtmi_check_finish(mtm_check *check);

#endif
