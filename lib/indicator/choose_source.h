/* Which of the datasets answers a request: the better vintage, the printed figure before a derived one; or none. */
#ifndef MTMI_INDICATOR_CHOOSE_SOURCE_H
#define MTMI_INDICATOR_CHOOSE_SOURCE_H

#include "indicator/align.h"
#include "indicator/figure_cache.h"

/* All datasets of a package, as of one day. */
typedef struct mtmi_views {
    mtmi_dataset_index *view;
    size_t n;
    mtmi_figure_cache *cache; /* of what was computed so far */
} mtmi_views;

/* The figure of a period, or the most telling reason why there is none. With like, only figures that compare with it
 * are taken: reasons are then those of a comparison. The figure is lent by the views' cache. */
mtm_status mtmi_choose(const mtmi_views *views, const mtmi_request *request, mtm_period period, const mtmi_figure *like,
                       const mtmi_figure **out, mtm_error *err);
/* What tells the figure from others. */
void mtmi_choose_key(const mtmi_views *views, const mtmi_request *request, mtm_period period, const mtmi_figure *like,
                     mtmi_figure_key *key);

/* Why figures of two datasets do not compare; MTM_REASON_NONE when they do. */
mtm_reason mtmi_choose_differs(const mtm_dataset *a, const mtm_dataset *b);
/* Both name a publisher, and not the same. */
int mtmi_choose_other_publisher(const mtm_dataset *a, const mtm_dataset *b);

#endif
