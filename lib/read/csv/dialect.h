/* How a CSV file is cut into cells where nothing declares it: a delimiter and a quote that are certain, or the
 * candidates. */
#ifndef MTMI_READ_CSV_DIALECT_H
#define MTMI_READ_CSV_DIALECT_H

#include "read/table/rows.h"

typedef struct mtmi_sniffed {
    char delimiter; /* 0: not certain, see candidates */
    mtmi_how how;   /* of the delimiter; NONE: a single column */
    char quote;     /* '\1': none */
    mtmi_how quote_how;
    char candidates[8];         /* that fit equally well; "" when none does */
    char escape;                /* before a quote in a cell; where has_escape says so */
    int has_escape, skip_space; /* skip_space: one space after each delimiter belongs to no cell */
    int single;                 /* one column: no delimiter at all */
    size_t columns;             /* that most rows have; 0 for not known */
} mtmi_sniffed;

/* What the resource declares is taken as it is. whole: text is all there is. */
void mtmi_sniff(const mtmi_dialect *declared, const char *text, size_t size, int whole, mtmi_sniffed *out);

/* What a file is by its first bytes, when it is no text: "a ZIP archive, perhaps a workbook"; NULL for text.
 * *workbook: it may be a workbook of the kind that can be read. */
const char *mtmi_sniff_container(const char *bytes, size_t size, int *workbook);

#endif
