/* Checking the resource of a survey. */
#ifndef MTMI_READ_CHECK_SURVEY_H
#define MTMI_READ_CHECK_SURVEY_H

#include "read/check/check.h"

/* path: of the package. Starts the file in the check. */
mtm_status mtmi_check_survey(const char *path, const mtmi_resource *resource, mtm_check *check, mtm_error *err);

#endif
