/* One cell, judged by the rules of the reader. What comes in: a column and a cell's text. What goes out: what it stands
 * for, or why it is refused. It counts nothing and remembers nothing. */
#ifndef MTMI_TABULATE_JUDGE_H
#define MTMI_TABULATE_JUDGE_H

#include "tabulate/counter.h"
#include "tabulate/member.h"

/* What judging a column's cells needs to know. Strings are borrowed from the resource or owned by the binding. */
typedef struct mtmi_column {
    char *name;
    const mtm_codelist *list;    /* LABEL: NULL keeps labels */
    int codes_only;
    const mtmi_field *field;     /* aliases and styles; NULL: none declared */
    const mtmi_resource *resource;
    int order;                   /* of dates, as mtmi_period_read takes it */
    const mtmi_marks *only;      /* LABEL: codes a filter lets pass; NULL: all */
} mtmi_column;

typedef struct mtmi_judged {
    int code;                    /* diagnostic; 0: the cell is good */
    const char *expected, *hint; /* static */
    unsigned char key[1 + MTMI_MEMBER_LONGEST]; /* LABEL: the member */
    size_t key_length;
    int outside;                 /* LABEL: a filter leaves it out */
    mtm_period period;           /* PERIOD; BIRTH_DATE: one day; BIRTH_YEAR: first is the year */
    mtmi_wide number;            /* SUM, COUNT: at MTMI_COUNTER_SUMS decimals */
    int decimals;                /* as written */
} mtmi_judged;

void mtmi_judge(const mtmi_column *column, mtmi_use use, const char *text, size_t length, mtmi_judged *out);

#endif
