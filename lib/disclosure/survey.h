/* Withholding figures of surveys that too few persons stand behind. */
#ifndef MTMI_DISCLOSURE_SURVEY_H
#define MTMI_DISCLOSURE_SURVEY_H

#include "indicator/survey/finding.h"

#define MTMI_SENSITIVE_LEAST 10 /* persons behind an answer to a sensitive question */

/* Takes the numbers out of what is withheld, and its base where that is too small too. Returns how many lines. threshold
 * below 1 withholds nothing but what already was. findings may be NULL. */
size_t mtmi_disclosure_survey(mtmi_survey_findings *findings, int threshold);

#endif
