/* Rows of a file to the frame of a survey. */
#ifndef MTMI_SURVEY_READ_SURVEY_H
#define MTMI_SURVEY_READ_SURVEY_H

#include "survey/handle.h"

#include "read/table/rows.h"

/* keep: JSON array of the columns to keep beside those of the design; NULL: all. Reads one file; several are read one
 * after the other into the same survey, whose plan is there. */
mtm_status mtmi_survey_read_rows(mtm_survey *survey, mtmi_rows *rows, json_t *keep, const mtm_survey_options *options,
                                 mtmi_survey_seen *seen, mtm_error *err);

#endif
