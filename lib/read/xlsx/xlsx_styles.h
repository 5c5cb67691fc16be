/* How the cells of a workbook are shown, as far as it changes what they mean: dates, times, per cents. */
#ifndef MTMI_READ_XLSX_XLSX_STYLES_H
#define MTMI_READ_XLSX_XLSX_STYLES_H

#include "read/xlsx/xlsx_archive.h"

typedef enum mtmi_shown {
    MTMI_SHOWN_NUMBER = 0,
    MTMI_SHOWN_PERCENT,
    MTMI_SHOWN_THOUSANDS, /* "#,##0.0,": divided by 10^3, which the unit of the table then says */
    MTMI_SHOWN_MILLIONS,
    MTMI_SHOWN_BILLIONS,
    MTMI_SHOWN_DATE,  /* a day, with its time when it has one */
    MTMI_SHOWN_MONTH, /* month and year without a day: the whole month */
    MTMI_SHOWN_YEAR,  /* the year alone */
    MTMI_SHOWN_TIME   /* no day at all */
} mtmi_shown;

typedef struct mtmi_styles {
    unsigned char *shown; /* mtmi_shown, one a style of cells */
    size_t n;
} mtmi_styles;

/* What a format code such as "dd.mm.yyyy" shows; its first section counts. */
mtmi_shown mtmi_format_shown(const char *code);
/* The same for a format by its number, without a code of its own. */
mtmi_shown mtmi_format_builtin(int64_t id);

/* part NULL: no styles. */
mtm_status mtmi_styles_read(mtmi_xlsx_archive *archive, const char *part, mtmi_styles *out, mtm_error *err);
void mtmi_styles_free(mtmi_styles *styles);

#endif
