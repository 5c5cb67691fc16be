/* Turns the values of OpenDocument cells into the text that a spreadsheet shows: numbers with their digits, dates as
 * far as they are shown - a day, a month, a year. */
#include "read/ods/ods_value.h"

#include "read/xlsx/xlsx_text.h"

#include <string.h>

mtmi_ods_type mtmi_ods_type_read(const char *name) {
    static const struct {
        const char *name;
        mtmi_ods_type type;
    } types[] = {{"float", MTMI_ODS_NUMBER}, {"currency", MTMI_ODS_NUMBER}, {"percentage", MTMI_ODS_PERCENT},
                 {"date", MTMI_ODS_DATE},    {"time", MTMI_ODS_SHOWN},      {"boolean", MTMI_ODS_SHOWN}};

    for (size_t i = 0; name != NULL && i < sizeof types / sizeof *types; i++) {
        if (strcmp(types[i].name, name) == 0) {
            return types[i].type;
        }
    }
    return MTMI_ODS_TEXT;
}

/* Runs of digits, and of letters of any script. */
static void count_runs(const mtmi_buffer *text, size_t *digits, size_t *letters) {
    int before = 0;

    *digits = *letters = 0;
    for (size_t i = 0; i < text->size; i++) {
        unsigned char c = (unsigned char)text->data[i];
        int kind = c >= '0' && c <= '9' ? 1 : c >= 0x80 || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ? 2 : 0;
        *digits += kind == 1 && before != 1;
        *letters += kind == 2 && before != 2;
        before = kind;
    }
}

/* "2024-03-01T00:00:00" shown as "1 March 2024", "March 2024", "03.2024" or "2024". */
static void write_date(const mtmi_buffer *value, const mtmi_buffer *shown, mtmi_buffer *out) {
    const char *time = memchr(value->data, 'T', value->size);
    size_t day = time == NULL ? value->size : (size_t)(time - value->data), digits, letters;

    count_runs(shown, &digits, &letters);
    if (day == 10 && shown->size > 0 && memcmp(value->data + 7, "-01", 3) == 0 && digits + (letters > 0) <= 2) {
        day = digits == 1 && letters == 0 ? 4 : 7;
    }
    mtmi_buffer_add(out, value->data, day);
    if (time != NULL && day == (size_t)(time - value->data) && strncmp(time, "T00:00:00", 9) != 0) {
        mtmi_buffer_add(out, time, value->size - day);
    }
}

mtmi_cell_kind mtmi_ods_write(mtmi_ods_type type, const mtmi_buffer *value, const mtmi_buffer *shown,
                              mtmi_buffer *out) {
    if (value->size == 0 || type == MTMI_ODS_TEXT || type == MTMI_ODS_SHOWN) {
        const mtmi_buffer *text = type == MTMI_ODS_TEXT && value->size > 0 ? value : shown;
        mtmi_buffer_add(out, text->data, text->size);
        return MTMI_SHEET_TEXT;
    }
    if (type == MTMI_ODS_DATE) {
        write_date(value, shown, out);
        return MTMI_SHEET_MARK;
    }
    int64_t year = mtmi_xlsx_number(value->data, 0);
    mtmi_xlsx_value(value->data, value->size, type == MTMI_ODS_PERCENT ? MTMI_SHOWN_PERCENT : MTMI_SHOWN_NUMBER, 0,
                    out);
    return type == MTMI_ODS_NUMBER && year >= 1900 && year <= 2199 ? MTMI_SHEET_MARK : MTMI_SHEET_FIGURE;
}
