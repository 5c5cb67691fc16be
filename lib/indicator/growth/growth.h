/* Contributions of the parts to growth: change of the part / base of the whole, in percentage points. */
#ifndef MTMI_INDICATOR_GROWTH_GROWTH_H
#define MTMI_INDICATOR_GROWTH_GROWTH_H

#include "indicator/choose_source.h"
#include "indicator/result.h"

/* Fills the growth of the rows for each comparison that has a per cent and of which every row has a base. The changes add up to
 * the comparison's, the points to its per cent as printed. Bases of rows are no numbers of the report, which disclosure
 * control would see: controlled figures have no growth, nor have shares. */
mtm_status mtmi_growth_write(mtm_result *result, const mtmi_views *views, const mtmi_request *request,
                             const mtmi_figure *value, mtm_error *err);

#endif
