/* Makes the request of an indicator. */
#ifndef MTMI_INDICATOR_REQUEST_MAKE_REQUEST_H
#define MTMI_INDICATOR_REQUEST_MAKE_REQUEST_H

#include "indicator/choose_source.h"
#include "indicator/writing.h"

/* The groups of requests, which outlive them. */
typedef struct mtmi_request_groups {
    char **text;
    size_t n, capacity;
} mtmi_request_groups;

void mtmi_request_groups_free(mtmi_request_groups *groups);

/* What the indicator asks for in a period. Where it counts foreigners and a dataset lists the citizens of the country, these
 * are left out like a group: from a total they are subtracted, and a dataset that does not tell them apart gives no figure.
 * Borrows from the indicator and the groups. */
mtm_status mtmi_request_make(mtmi_request_groups *groups, const mtmi_views *views, const char *country,
                             mtm_period period, const mtm_indicator *indicator, mtmi_request *out, mtm_error *err);
/* Says that the figure leaves them out, where its dataset lists them. */
mtm_status mtmi_request_say_own(mtmi_writing *writing, const mtmi_figure *figure, const mtmi_request *request,
                                const char *country, mtm_error *err);

#endif
