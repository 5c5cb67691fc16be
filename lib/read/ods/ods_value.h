/* The text of a cell of a spreadsheet, as workbooks have it, by its type, its value and what is shown. Private to
 * lib/read/ods. */
#ifndef MTMI_READ_ODS_ODS_VALUE_H
#define MTMI_READ_ODS_ODS_VALUE_H

#include "base/buffer.h"
#include "read/xlsx/xlsx_sheet.h"

typedef enum mtmi_ods_type {
    MTMI_ODS_TEXT = 0,
    MTMI_ODS_NUMBER,
    MTMI_ODS_PERCENT,
    MTMI_ODS_DATE,
    MTMI_ODS_SHOWN /* times, truth values: as they are shown */
} mtmi_ods_type;

mtmi_ods_type mtmi_ods_type_read(const char *name); /* "float"; NULL gives text */
/* Appends the cell. value may be empty, shown is what the sheet shows. */
mtmi_cell_kind mtmi_ods_write(mtmi_ods_type type, const mtmi_buffer *value, const mtmi_buffer *shown, mtmi_buffer *out);

#endif
