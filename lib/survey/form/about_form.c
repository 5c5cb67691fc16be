/* Finds the XLSForm among the files that a package is to be proposed for, and reads what it says of the survey as a whole.
 * Invariant: a workbook that is no form is none of the errors; without any form there is one. */
#include "survey/form/about_form.h"

#include "base/error.h"
#include "base/source.h"
#include "base/text.h"
#include "base/try.h"
#include "read/container.h"
#include "read/xlsx/xlsx_rows.h"
#include "survey/form/form.h"

#include <string.h>

static mtm_status try_form(const char *path, mtm_error *err) {
    mtmi_source *source = NULL;
    json_t *form = NULL;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_source_open(path, path, &source, err));
    MTMI_TRY(mtmi_form_read(source, path, 0, &form, err));
out:
    mtmi_source_free(source);
    json_decref(form);
    return status;
}

mtm_status mtmi_about_form_find(const char *const *paths, size_t n, size_t *out, mtm_error *err) {
    for (size_t i = 0; i < n; i++) {
        size_t length = strlen(paths[i]);
        mtm_error found_error = {0};
        if (length < 5 || strcmp(paths[i] + length - 5, ".xlsx") != 0) {
            continue;
        }
        const mtm_status status = try_form(paths[i], &found_error);
        if (status == MTM_OK || status == MTM_ERROR_MEMORY) {
            *out = i;
            return status == MTM_OK ? status : mtmi_error_memory(err);
        }
    }
    return mtmi_error_set(err, MTM_ERROR_NOT_FOUND, 0, (mtmi_place){n > 0 ? paths[0] : NULL, 0, 0},
                          "none of the files is an XLSForm: expected a workbook with the sheets survey and choices");
}

/* The title that a form's sheet settings gives, where there is one. */
static void read_title(mtmi_rows *rows, mtmi_about_form *out) {
    size_t place = SIZE_MAX;
    for (int got = 1, headed = 0; got && out->title[0] == '\0';) {
        mtmi_row row = {0};
        if (rows->next(rows, &row, &got, NULL) != MTM_OK) {
            return;
        }
        for (size_t i = 0; got && i < row.n_cells; i++) {
            size_t length = row.cells[i].length;
            const char *text = mtmi_text_trim(row.cells[i].text, &length);
            if (!headed && length == 10 && memcmp(text, "form_title", 10) == 0) {
                place = i;
            } else if (headed && i == place && length < sizeof out->title) {
                memcpy(out->title, text, length);
            }
        }
        headed |= row.n_cells > 0;
    }
}

mtm_status mtmi_about_form_read(const char *path, mtmi_about_form *out, mtm_error *err) {
    mtmi_limits limits = mtmi_limits_of(NULL);
    mtmi_source *source = NULL;
    mtmi_rows *rows = NULL;
    mtm_error none = {0};
    mtm_status status;
    out->path = path;
    MTMI_TRY(mtmi_source_open(path, path, &source, err));
    MTMI_TRY(mtmi_form_read(source, path, 0, &out->questions, err));
    MTMI_TRY(mtmi_form_read(source, path, 1, &out->repeats, err));
    if (mtmi_xlsx_rows_open("settings", source, &limits, NULL, &rows, &none) == MTM_OK) {
        read_title(rows, out);
    }
out:
    mtmi_rows_free(rows);
    mtmi_source_free(source);
    return status;
}

void mtmi_about_form_free(mtmi_about_form *about) {
    json_decref(about->questions);
    json_decref(about->repeats);
    *about = (mtmi_about_form){0};
}
