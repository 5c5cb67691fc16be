/* Test of independence of an answer and a group. */
#ifndef MTMI_SURVEY_CHI_SQUARE_H
#define MTMI_SURVEY_CHI_SQUARE_H

#include "survey/estimate.h"
#include "survey/groups/group.h"

/* Fills estimate (F), df, p_value, n. items: one for each answer; groups: two or more. */
mtm_status mtmi_chi_square_fill(const mtm_survey *survey, const mtmi_item *items, size_t n_items,
                                const mtmi_survey_groups *groups, mtm_estimate *out, mtm_error *err);

#endif
