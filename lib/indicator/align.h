/* Bringing what a dataset has to the period that is asked for: flows, cumulative flows, stocks, targets. */
#ifndef MTMI_INDICATOR_ALIGN_H
#define MTMI_INDICATOR_ALIGN_H

#include "indicator/measure.h"

/* What one view says of a request in a period, by the kind of its dataset. details lists superseded figures too.
 * figure is started; it gets a value or a reason. */
mtm_status mtmi_align(const mtmi_dataset_index *view, const mtmi_request *request, mtm_period period, int details,
                      mtmi_figure *figure, mtm_error *err);

/* ---- for the files behind it ---- */

mtm_status mtmi_align_flow(const mtmi_dataset_index *view, const mtmi_request *request, mtm_period period, int details,
                           mtmi_figure *figure, mtm_error *err);
/* How the figure of a part of a period comes about, as above. */
typedef mtm_status (*mtmi_align_part)(const mtmi_dataset_index *view, const mtmi_request *request, mtm_period period,
                                      int details, mtmi_figure *figure, mtm_error *err);
/* A period of several calendar years, year by year. Leaves the reason of the first part that has no figure. */
mtm_status mtmi_align_years(const mtmi_dataset_index *view, const mtmi_request *request, mtm_period period,
                            mtmi_align_part align_part, mtmi_figure *figure, mtm_error *err);

/* The period itself; *found says whether there were cells at all. */
mtm_status mtmi_align_exact(const mtmi_dataset_index *view, const mtmi_request *request, size_t at, int details,
                            int *found, mtmi_figure *figure, mtm_error *err);
/* Finer periods that tile it. Leaves a reason when they do not. */
mtm_status mtmi_align_added(const mtmi_dataset_index *view, const mtmi_request *request, mtm_period period,
                            mtmi_figure *figure, mtm_error *err);
/* The cumulative figure to the period's end less the one to its beginning. Leaves a reason when there is none. */
mtm_status mtmi_align_cumulative(const mtmi_dataset_index *view, const mtmi_request *request, mtm_period period,
                                 mtmi_figure *figure, mtm_error *err);
mtm_status mtmi_align_stock(const mtmi_dataset_index *view, const mtmi_request *request, mtm_period period, int details,
                            mtmi_figure *figure, mtm_error *err);
/* A share, index or target of the period, or of the one around it. */
mtm_status mtmi_align_target(const mtmi_dataset_index *view, const mtmi_request *request, mtm_period period,
                             int details, mtmi_figure *figure, mtm_error *err);

/* Makes a sum the figure's value; its pieces are there. Each operation of the trace that is TAKE becomes operation. */
mtm_status mtmi_align_settle(mtmi_figure *figure, const mtmi_sum *sum, mtmi_way way, mtm_operation operation,
                             mtm_error *err);
mtm_status mtmi_align_piece(mtmi_figure *figure, size_t period, int sign, int32_t release, mtm_error *err);

#endif
