/* Two rounds that visited the same clusters: which names both have, and both as one survey. */
#ifndef MTMI_SURVEY_REVISIT_H
#define MTMI_SURVEY_REVISIT_H

#include "survey/handle.h"

#define MTMI_ROUND "(round)" /* the column of a joined survey that tells its two rounds apart; its words are: */
#define MTMI_ROUND_NOW "now"
#define MTMI_ROUND_BEFORE "before"

/* How many units of the first stage of one round have the name of one of the other. Rows that are no clusters have none. */
mtm_status mtmi_rounds_shared(const mtm_survey *now, const mtm_survey *before, size_t *out, mtm_error *err);
/* Both rounds as one survey under the design of the later one. *out stays NULL where they do not have the same design, or
 * weights were calibrated or replicated for each alone. Free with mtmi_survey_free(). */
mtm_status mtmi_rounds_join(const mtm_survey *now, const mtm_survey *before, mtm_survey **out, mtm_error *err);

#endif
