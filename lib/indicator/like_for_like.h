/* A comparison of what two figures have in common, where they do not cover the same. */
#ifndef MTMI_INDICATOR_LIKE_FOR_LIKE_H
#define MTMI_INDICATOR_LIKE_FOR_LIKE_H

#include "indicator/covering.h"

/* Fills *out where the members of both make up at least half of either figure; out->has tells. Figures may be sums of what
 * there is. */
mtm_status mtmi_like_for_like(const mtmi_request *request, const mtmi_figure *value, const mtmi_request *base_request,
                              const mtmi_figure *base, mtmi_like *out, mtm_error *err);

#endif
