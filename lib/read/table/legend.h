/* What the remarks of a table say of marks in place of figures and behind them. */
#ifndef MTMI_READ_TABLE_LEGEND_H
#define MTMI_READ_TABLE_LEGEND_H

#include "number/number.h"
#include "read/table/preview.h"

enum { MTMI_LEGEND_MARKS = 12, MTMI_LEGEND_MARK = 16 };

typedef enum mtmi_legend_kind { MTMI_LEGEND_ZERO, MTMI_LEGEND_MISSING, MTMI_LEGEND_HIDDEN } mtmi_legend_kind;

typedef struct mtmi_legend {
    struct mtmi_legend_entry {
        char mark[MTMI_LEGEND_MARK]; /* normalised */
        mtmi_legend_kind kind;
        int64_t line; /* of the remark; 0 for a convention */
    } entries[MTMI_LEGEND_MARKS];
    size_t n;
    int footnotes; /* a remark begins with the mark of a footnote, so that such marks may stand behind figures */
} mtmi_legend;

/* A style with the marks of a legend beside those that are declared. */
typedef struct mtmi_legend_style {
    mtmi_number_style style;
    char **zero, **missing, **hidden; /* owned; the texts are not */
} mtmi_legend_style;

/* From the rows above the header and those below the data that hold a remark. */
void mtmi_legend_find(const mtmi_preview *head, const mtmi_header *header, mtmi_legend *out);
/* 0 without memory. */
int mtmi_legend_apply(const mtmi_legend *legend, const mtmi_number_style *base, mtmi_legend_style *out);
void mtmi_legend_style_free(mtmi_legend_style *style);
/* Whether a row is a line of a legend: a mark, and what it means. */
int mtmi_legend_row(const mtmi_row *row);
/* The length of a text without the footnote marks at its end. */
size_t mtmi_legend_cut(const char *text, size_t length);

#endif
