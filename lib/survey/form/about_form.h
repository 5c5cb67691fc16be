/* What a form says beside its questions. */
#ifndef MTMI_SURVEY_FORM_ABOUT_FORM_H
#define MTMI_SURVEY_FORM_ABOUT_FORM_H

#include <mtm/status.h>

#include <jansson.h>
#include <stddef.h>

typedef struct mtmi_about_form {
    const char *path;
    char title[256];             /* of the sheet settings; "" for none */
    json_t *questions, *repeats; /* as mtmi_form_read() gives them */
} mtmi_about_form;

/* The first path that is an XLSForm; MTM_ERROR_NOT_FOUND where none is. */
mtm_status mtmi_about_form_find(const char *const *paths, size_t n, size_t *out, mtm_error *err);
/* path is borrowed. Free with mtmi_about_form_free(), after a failure too. */
mtm_status mtmi_about_form_read(const char *path, mtmi_about_form *out, mtm_error *err);
void mtmi_about_form_free(mtmi_about_form *about);

#endif
