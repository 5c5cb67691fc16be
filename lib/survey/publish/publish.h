/* What is told of estimates that are published. */
#ifndef MTMI_SURVEY_PUBLISH_H
#define MTMI_SURVEY_PUBLISH_H

#include "survey/estimates.h"

/* Names that few persons wrote, and nobody declared, give way to their lines. */
void mtmi_estimates_hide_names(mtm_estimates *estimates);
/* The same, and numbers get the digits that reports print, so that no weight can be had from them; how many did not answer, and
 * why, is told only where none of these numbers is below the threshold. linked: other estimates of the survey are published, and
 * no ledger has these numbers: none is told. */
mtm_status mtmi_estimates_publish(mtm_estimates *estimates, int64_t threshold, int linked, mtm_error *err);

#endif
