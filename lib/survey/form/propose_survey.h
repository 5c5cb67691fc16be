/* A data package for an export of a survey and its questionnaire. */
#ifndef MTMI_SURVEY_FORM_PROPOSE_SURVEY_H
#define MTMI_SURVEY_FORM_PROPOSE_SURVEY_H

#include <mtm/buffer.h>

/* A resource for the interviews, and one for each roster of the workbook. MTM_ERROR_NOT_FOUND: none of the files is an
 * XLSForm, or there is no export beside it. */
mtm_status mtmi_survey_propose(const char *const *paths, size_t n_paths, mtm_buffer **out, mtm_error *err);

#endif
