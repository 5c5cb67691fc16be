/* Days on which points of observation were open, of a calendar of hours. */
#ifndef MTMI_DATA_OBSERVATION_H
#define MTMI_DATA_OBSERVATION_H

#include "data/dataset.h"

/* Whether a dataset is such a calendar: hours of observation, day by day. */
int mtmi_observation_is(const mtm_dataset *dataset);
/* Its days by month and state: open, shut (0 hours), not known (no figure, or no row). NAME-days, to be freed. */
mtm_status mtmi_observation_days(const mtm_dataset *dataset, mtm_dataset **out, mtm_error *err);

/* Whether a dataset is the days of a calendar. */
int mtmi_observation_is_days(const mtm_dataset *dataset);
/* Whether every point was open on as many days of one period as of the other, or on all, and all of them are known: only then
 * do movements that were seen there compare. */
int mtmi_observation_compares(const mtm_dataset *days, mtm_period a, mtm_period b);

/* Point-days of a period: open, shut, not known, over all points. */
void mtmi_observation_count(const mtm_dataset *days, mtm_period period, int64_t out[3]);

/* The dimension of the points, where it is the only one beside the state; -1 else. */
int mtmi_observation_points(const mtm_dataset *days);
/* The same of one point, a member of that dimension. */
void mtmi_observation_count_point(const mtm_dataset *days, int dimension, int32_t point, mtm_period period,
                                  int64_t out[3]);
/* Whether the calendar has all points of a table of movements, as far as the table tells them. */
int mtmi_observation_has_points(const mtm_dataset *days, const mtm_dataset *movements);

#endif
