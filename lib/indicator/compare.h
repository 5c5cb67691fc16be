/* A value against an earlier one, or the reason why not. */
#ifndef MTMI_INDICATOR_COMPARE_H
#define MTMI_INDICATOR_COMPARE_H

#include "indicator/writing.h"

/* Fills the result's comparison: base, difference, per cent, lineage, remarks. value is the result's
 * figure, covered the sum of what there is of it: the same, or where it is refused another one. */
mtm_status mtmi_compare(mtmi_writing *writing, const mtmi_views *views, const mtmi_request *request,
                        const mtmi_figure *value, const mtmi_figure *covered, mtm_comparison_with with, mtm_error *err);

/* What is asked of the base of a value: members as of then, and the value's edition where there is one. */
mtmi_request mtmi_compare_earlier(const mtmi_request *request, const mtmi_figure *value, mtm_period base_period);

/* Whether a base compares with a value as far as windows, editions and the group's members go. */
mtm_reason mtmi_compare_differs(const mtmi_request *request, const mtmi_figure *value, mtm_period value_period,
                                const mtmi_figure *base, mtm_period base_period);

/* Whether calendars of observation have all points at which movements were seen. */
int mtmi_calendars_have_points(const mtmi_views *views);

#endif
