/* The questions that a package declares: checked, and with answers as one object. */
#ifndef MTMI_SURVEY_FORM_DECLARED_H
#define MTMI_SURVEY_FORM_DECLARED_H

#include "survey/survey_plan.h"

/* An array of answers becomes an object in which each is its own label. *out is a new reference: questions themselves where
 * no array stands in them. name is what errors call the survey. */
mtm_status mtmi_declared_read(json_t *questions, const char *name, json_t **out, mtm_error *err);

/* An object of the survey, such as "replicates", has none but these properties, which a space parts, and those of x-. */
mtm_status mtmi_declared_only(json_t *object, const char *what, const char *properties, const char *name,
                              mtm_error *err);

#endif
