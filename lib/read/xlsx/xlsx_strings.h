/* The strings that the cells of a workbook share, by number. Runs of rich text are joined; phonetic guides are left
 * out. */
#ifndef MTMI_READ_XLSX_XLSX_STRINGS_H
#define MTMI_READ_XLSX_XLSX_STRINGS_H

#include "base/buffer.h"
#include "read/xlsx/xlsx_archive.h"

typedef struct mtmi_strings {
    mtmi_buffer bytes;
    size_t *ends; /* of each text in bytes */
    size_t n, capacity;
} mtmi_strings;

/* part NULL: none. max_field is the limit of one text. */
mtm_status mtmi_strings_read(mtmi_xlsx_archive *archive, const char *part, uint64_t max_field, mtmi_strings *out,
                             mtm_error *err);
/* NULL when there is none of that number. */
const char *mtmi_strings_get(const mtmi_strings *strings, uint64_t index, size_t *size);
void mtmi_strings_free(mtmi_strings *strings);

#endif
