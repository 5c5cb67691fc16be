/* Composite indicators: scores that are made of several answers of a row. */
#ifndef MTMI_SURVEY_COMPOSITE_H
#define MTMI_SURVEY_COMPOSITE_H

#include "survey/survey_frame.h"
#include "survey/survey_plan.h"

/* Adds to the frame, for each indicator that the plan declares, a column of its score; one of its groups (NAME_group)
 * where it has cut-offs; and for a multidimensional count NAME_poor and NAME_censored. A row that lacks an answer has no
 * score, unless the definition says how many it needs. To be called before anything points into the frame. */
mtm_status mtmi_composites_add(mtmi_survey_frame *frame, const mtmi_survey_plan *plan, const char *name,
                               mtm_error *err);

#endif
