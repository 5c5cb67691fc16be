/* A request on one period of one dataset: both measures, of one release or of each cell the best. */
#ifndef MTMI_INDICATOR_MEASURE_H
#define MTMI_INDICATOR_MEASURE_H

#include "indicator/selection.h"

typedef struct mtmi_measured {
    const mtmi_dataset_index *view;
    const mtmi_request *request;
    size_t period;
    mtmi_selection plus, minus;
} mtmi_measured;

/* Whether a dataset can answer at all. */
int mtmi_measure_fits(const mtm_dataset *dataset, const mtmi_request *request);

mtm_status mtmi_measure_open(mtmi_measured *measured, const mtmi_dataset_index *view, size_t period,
                             const mtmi_request *request, mtm_error *err);
/* The period's figures will be subtracted from cumulative ones of a longer period: what these have, they should have. */
void mtmi_measure_subtracted_from(mtmi_measured *measured, size_t longer);
void mtmi_measure_close(mtmi_measured *measured);
/* Whether the dataset has rows of the measure in the period, or says that there are none. */
int mtmi_measure_says(const mtmi_measured *measured);

/* The value, added with sign; both directions of a net must be there, and of no different editions. */
mtm_status mtmi_measure_total(const mtmi_measured *measured, int32_t release, int sign, mtmi_sum *out,
                              mtmi_trace *trace, mtm_error *err);
/* The parts, added with sign to what is there; parts has one entry a member of the dataset's dimension. */
mtm_status mtmi_measure_parts(const mtmi_measured *measured, int32_t release, int sign, mtmi_part_sum *parts,
                              int *found, mtmi_trace *counted, mtm_error *err);
/* Of a figure that is refused because its parts are no sum: how many figures of a period there are and in which dimensions they
 * differ, by the catalogue's titles. Nothing where there is one, and of confidential tables. The titles are the caller's. */
mtm_status mtmi_measure_differing(const mtmi_figure *figure, const mtmi_request *request,
                                  const mtm_catalogue *catalogue, int64_t *count, mtmi_titles *dimensions,
                                  mtm_error *err);
/* Lists the releases other than one that give another total, in the figure. */
mtm_status mtmi_measure_superseded(const mtmi_measured *measured, const mtmi_sum *chosen, mtmi_figure *figure,
                                   mtm_error *err);

#endif
