/* Asks the surveys of a package. */
#ifndef MTMI_INDICATOR_SURVEY_RUN_H
#define MTMI_INDICATOR_SURVEY_RUN_H

#include "data/package.h"
#include "indicator/definition/catalogue.h"
#include "indicator/survey/survey_finding.h"

/* What the catalogue's definitions ask, or only one of them (NULL for all). Where no definition of the catalogue asks a
 * survey anything, its declared questions are asked. *out stays NULL where the package has no survey, or nothing is asked
 * that it has. */
mtm_status mtmi_survey_findings_run(const mtm_catalogue *catalogue, const mtm_package *package,
                                    const mtm_indicator *only, mtmi_survey_findings **out, mtm_error *err);

#endif
