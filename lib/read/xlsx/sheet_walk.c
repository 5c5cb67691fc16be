/* Gives the rows of a sheet from 1 on, those between too that the file does not have. Invariant: the line of a row is the
 * number that the spreadsheet shows. */
#include "read/xlsx/sheet_walk.h"

#include "base/error.h"
#include "base/try.h"

#include <string.h>

static mtm_status fetch(mtmi_sheet_walk *walk, mtm_error *err) {
    int got = 0;
    mtmi_sheet_row *row = NULL;
    if (walk->row != NULL || walk->at_end) {
        return MTM_OK;
    }
    mtm_status status = walk->next(walk->reader, &row, &got, err);
    walk->row = got ? row : NULL;
    walk->at_end = !got;
    return status;
}

mtm_status mtmi_sheet_walk_next(mtmi_sheet_walk *walk, mtmi_row *out, int *got, mtm_error *err) {
    int room = 1;
    *got = 0;
    MTMI_CHECK_STATUS(fetch(walk, err));
    if (walk->at_end) {
        return MTM_OK;
    }
    walk->line++;
    if (walk->line < walk->row->number) {
        mtmi_row_text_start(&walk->text); /* a blank row */
    } else {
        room = mtmi_filler_write(&walk->filler, walk->row, walk->n_columns, &walk->text);
        walk->row = NULL;
    }
    if (!room || !mtmi_row_text_finish(&walk->text, walk->line, 0, out)) {
        return mtmi_error_memory(err);
    }
    *got = 1;
    return MTM_OK;
}

void mtmi_sheet_walk_free(mtmi_sheet_walk *walk) {
    mtmi_row_text_free(&walk->text);
    mtmi_filler_free(&walk->filler);
}

mtm_status mtmi_sheet_say(mtmi_check_log *log, int code, int64_t line, const char *found, const char *expected,
                          const char *hint, mtm_error *err) {
    mtmi_diagnostic_input said = {0};
    said.code = code;
    said.line = line;
    said.column = line > 0 ? 1 : 0;
    said.found = found;
    said.found_size = strlen(found);
    said.expected = expected;
    said.hint = hint;
    return mtmi_check_add(log, &said, err);
}
