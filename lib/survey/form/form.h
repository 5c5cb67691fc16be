/* Questionnaires as XLSForm writes them: the questions of Kobo, ODK and SurveyCTO. */
#ifndef MTMI_SURVEY_FORM_FORM_H
#define MTMI_SURVEY_FORM_FORM_H

#include "base/source.h"

#include <jansson.h>

/* The questions of a form, as "questions" of a package declares them: type, label, answers with their labels, who is
 * asked: those outside of repeats, or those of repeats. *out is the caller's. The source holds a workbook with the sheets survey and choices. */
mtm_status mtmi_form_read(mtmi_source *source, const char *name, int of_repeats, json_t **out, mtm_error *err);
/* The declared questions with those of the form under them; *out is the caller's. Either may be NULL. */
mtm_status mtmi_form_join(json_t *declared, json_t *form, json_t **out, mtm_error *err);

#endif
