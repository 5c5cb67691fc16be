/* The value of every period of one length that the data has. */
#ifndef MTMI_INDICATOR_SERIES_H
#define MTMI_INDICATOR_SERIES_H

#include "indicator/writing.h"

/* One value of the series; lent until the computation ends. */
typedef mtm_status (*mtmi_value_of)(const void *context, mtm_period period, const mtmi_figure *like,
                                    const mtmi_figure **out, mtm_error *err);

/* Writes the points, oldest first. Only figures that compare with the latest one are in one series. */
mtm_status mtmi_series(mtmi_writing *writing, const mtmi_views *views, const mtmi_request *request,
                       mtmi_value_of value_of, const void *context, mtm_error *err);

#endif
