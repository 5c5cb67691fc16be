/* One cell judged by the reader's rules: what it stands for, or why it is refused. */
#ifndef MTMI_TABULATE_PARSE_CELL_H
#define MTMI_TABULATE_PARSE_CELL_H

#include "read/table/columns.h"
#include "read/table/row_label.h"
#include "tabulate/counter.h"
#include "tabulate/member.h"

/* What judging a column's cells needs to know. Everything is borrowed from the resource or the binding. */
typedef struct mtmi_column {
    const mtmi_bound *bound;
    mtmi_label_rules rules; /* LABEL */
    int is_filled;          /* LABEL: whether the figure is above 0, and not what it is */
    int may_be_empty;       /* BIRTH: of registrations */
    const mtmi_marks *only; /* LABEL: codes a filter lets pass, NULL: all; ROWS: labels of rows that are data */
} mtmi_column;

typedef struct mtmi_judged {
    int code;                                   /* diagnostic; 0: the cell is good */
    const char *expected, *hint;                /* static */
    unsigned char key[1 + MTMI_MEMBER_LONGEST]; /* LABEL: the member */
    size_t key_length;
    int empty;         /* HOUSEHOLD, LEFT, BIRTH: nothing is stated */
    int outside;       /* LABEL: a filter leaves it out; ROWS: the row is no data */
    mtm_period period; /* PERIOD; BIRTH_DATE: one day; BIRTH_YEAR: first is the year */
    mtmi_wide number;  /* SUM, COUNT: at MTMI_COUNTER_SUMS decimals */
    int decimals;      /* as written */
} mtmi_judged;

void mtmi_judge(const mtmi_column *column, mtmi_use use, const char *text, size_t length, mtmi_judged *out);

#endif
