/* What each column of a file is for: a role and how it was recognised, complete and free of contradictions. */
#ifndef MTMI_READ_TABLE_COLUMNS_H
#define MTMI_READ_TABLE_COLUMNS_H

#include "read/table/preview.h"
#include "period/period.h"
#include "read/table/header_words.h"
#include "read/table/legend.h"

typedef struct mtmi_bound {
    char *name;
    size_t cell; /* in the row, from 0 */
    mtmi_role role;
    mtmi_header_part part; /* PERIOD, IGNORE */
    mtmi_how how;
    const mtmi_field *field; /* NULL: not declared */
    int order;               /* of dates, as mtmi_period_read takes it */
    int content;             /* remembered by columns_infer.c */
    int fill;                /* empty cells repeat the label above */
    int years_head;          /* PERIOD: years stand in rows above months and quarters */
    int figures;             /* IGNORE: it holds figures, though nobody knows of what */
    int labelled;            /* SDMX-CSV with labels: cells are "KAZ: Kazakhstan" */
    /* DIMENSION and INDICATOR */
    char *dimension;
    const mtm_codelist *list; /* NULL keeps labels */
    int codes_only;
    int32_t whole;  /* 1 more than the index of the only country that a column of regions names: it is their total */
    int names_only; /* labels are names of the list: a number among them is a figure that slid */
    int has_codes;  /* the same, also where no list has them */
    size_t twin;    /* IGNORE: names beside the codes of this column, 1 more than its place; 0 for none */
    int empty_is_total; /* levels of places: an empty cell stands for all of them */
    /* VALUE */
    mtmi_pair *members; /* dimension -> code, fixed for the column */
    size_t n_members;
    int marked;                 /* the name has a footnote mark beside its period */
    int has_period, cumulative; /* the name is a period; its words say that it runs from the start of the year */
    mtm_period period;
    int multiplier;
    const char *unit; /* that the name says; static; NULL for none. Only where nothing is declared */
    int power;        /* of ten, that the name says */
    const mtmi_number_style *number;
} mtmi_bound;

/* A day of every year, or a part of it: so many months from the first of a month; month 0: none. */
typedef struct mtmi_named_day {
    int month, day;
    int months; /* 0: a day */
} mtmi_named_day;

enum { MTMI_TABLE_TITLES = 8 };

typedef struct mtmi_columns {
    mtmi_bound *at;
    size_t n;
    int year;              /* the only one above the table; 0 for none */
    mtmi_named_day moment; /* for which years stand, as a title says */
    int parts_down;        /* rows are quarters or months, columns their years */
    size_t section_cell;   /* rows with this cell alone head the rows below; SIZE_MAX for none */
    const char *section;   /* the dimension whose member they name; NULL: a year */
    struct mtmi_table_title {
        int64_t line;
        int32_t member; /* of the section's dimension */
        mtmi_period_label period;
    } titles[MTMI_TABLE_TITLES]; /* of tables of one header below each other: each heads its rows */
    size_t n_titles;
    int section_figures; /* rows that head others are their totals, and have figures */
    int64_t *sum_lines;  /* of rows whose figures are the sums of the indented rows below them, in their order */
    size_t n_sum_lines, sum_capacity;
    mtmi_legend *legend; /* NULL: no remark explains a mark */
    mtmi_legend_style *styles;
} mtmi_columns;

/* Notes go to log, which may be NULL. */
mtm_status mtmi_columns_bind(const mtmi_resource *resource, const mtmi_rows *rows, const mtmi_preview *head,
                             const mtmi_header *header, mtmi_check_log *log, mtmi_columns *out, mtm_error *err);
void mtmi_columns_free(mtmi_columns *columns);

/* columns_infer.c: the columns that neither declaration nor name explain, by their content. */
mtm_status mtmi_columns_infer(const mtmi_resource *resource, const mtmi_rows *rows, const mtmi_preview *head,
                              const mtmi_header *header, mtmi_check_log *log, mtmi_columns *columns, mtm_error *err);
/* 1 when a member was added; 0 without memory. */
int mtmi_bound_member(mtmi_bound *bound, const char *dimension, const char *code);
/* A name of the header row in quotes, and of a resource whose text is withheld that it is not told; NULL for
 * names of a description. */
void mtmi_columns_quote(const mtmi_resource *resource, const char *name, char quoted[MTMI_QUOTE_SIZE]);
mtm_status mtmi_columns_refuse(const mtmi_rows *rows, const mtmi_header *header, const mtmi_preview *head,
                               size_t column, int code, const char *found, const char *expected, mtm_error *err);

#define MTMI_SECTION_OF_WORDS "section" /* the dimension of headings that no list has */

/* column.c: whether a cell is a word for the total. */
int mtmi_columns_is_total(mtmi_cell cell);
/* The same with what it is the total of: "Итого за июнь", "Всего за 2023 год". */
int mtmi_columns_is_total_of_period(mtmi_cell cell);

/* columns_sections.c */
/* The title of a table in this line, or NULL. */
const struct mtmi_table_title *mtmi_columns_title(const mtmi_columns *columns, int64_t line);
/* Whether a row of one cell, where the table has several, heads the rows below. */
int mtmi_columns_heads(const mtmi_columns *columns, const mtmi_row *row);

/* moment.c: the day or part of a year; another period as it is. */
mtm_period mtmi_moment_of(const mtmi_named_day *moment, mtm_period year);

/* The list of a dimension: declared for a field that holds it, or by its name. */
const mtm_codelist *mtmi_resource_list(const mtmi_resource *resource, const mtmi_field *field, const char *dimension);

#endif
