/* Between the forms of a check. Private to them. */
#ifndef MTMI_READ_CHECK_CHECK_INTERNAL_H
#define MTMI_READ_CHECK_CHECK_INTERNAL_H

#include "read/check/check.h"

/* check_names.c: "ok", "ok-with-notes", "rejected-rows", "error". */
const char *mtmi_outcome_name(mtm_outcome outcome);
/* Of one file of a check, as mtm_check_outcome() says it of all. */
mtm_outcome mtmi_check_file_outcome(const mtmi_check_file *file);
/* "MTM-E012" for an error, "MTM-N012" for a note. */
#define MTMI_CHECK_CODE 16
void mtmi_check_code(const mtmi_check_entry *entry, char out[MTMI_CHECK_CODE]);

/* `found "x", expected y; how to fix it` of what is known, as the last part of an error's line. */
void mtmi_check_reason(const mtmi_check_entry *entry, mtmi_buffer *out);

/* check_json.c, check_text.c, check_csv.c, check_html.c: each appends the whole document. */
void mtmi_check_json(const mtm_check *check, mtmi_buffer *out);
void mtmi_check_text(const mtm_check *check, int width, int colour, mtmi_buffer *out);
void mtmi_check_csv(const mtm_check *check, mtmi_buffer *out);
void mtmi_check_html(const mtm_check *check, mtmi_buffer *out);

/* check_line.c: a line of a file as a terminal can show it, and where a character of it then stands. Control characters
 * and what cannot be seen are written as \x1B and \u200B, tabs as spaces; a line that is too wide is cut on both sides of
 * the character. width is that of the whole result. Gives the columns before the character; SIZE_MAX where the text ends
 * before it. */
size_t mtmi_check_line(const char *text, int64_t column, size_t width, mtmi_buffer *out);

#endif
