/* What a workbook says about itself: its sheets, their parts, the calendar of its dates. */
#ifndef MTMI_READ_XLSX_XLSX_BOOK_H
#define MTMI_READ_XLSX_XLSX_BOOK_H

#include "read/xlsx/xlsx_archive.h"

typedef struct mtmi_sheet {
    char *name;
    char *part; /* of the archive; NULL for a sheet of charts or macros */
    int hidden;
} mtmi_sheet;

typedef struct mtmi_book {
    mtmi_sheet *sheets; /* in the order of the tabs */
    size_t n_sheets, capacity;
    char *strings_part, *styles_part; /* NULL when there is none */
    int from_1904;                    /* dates count from 1904-01-01 */
} mtmi_book;

mtm_status mtmi_book_read(mtmi_xlsx_archive *archive, mtmi_book *out, mtm_error *err);
void mtmi_book_free(mtmi_book *book);

/* The sheet of a name (as labels compare) or number from 1; wanted NULL: the first that is not hidden. Refuses with the
 * names there are. */
mtm_status mtmi_book_choose(const mtmi_book *book, const char *wanted, const char *file, size_t *out, mtm_error *err);
/* A letter a sheet: v for cells that can be seen, - for others. NULL without memory. */
char *mtmi_book_sheets(const mtmi_book *book);

#endif
