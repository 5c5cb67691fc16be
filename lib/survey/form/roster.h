/* Rosters: answers about the members of a household, in rows of their own. */
#ifndef MTMI_SURVEY_FORM_ROSTER_H
#define MTMI_SURVEY_FORM_ROSTER_H

#include "survey/handle.h"

#include "read/table/rows.h"

/* The survey's rows become those of the roster, each with the answers, the weight and the place in the sample of the interview
 * that it belongs to. Rows without one are refused. */
mtm_status mtmi_survey_join_roster(mtm_survey *survey, mtmi_rows *rows, mtm_error *err);

#endif
