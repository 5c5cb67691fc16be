/* Withholding figures of surveys that too few persons stand behind. */
#ifndef MTMI_DISCLOSURE_PROTECT_SURVEY_H
#define MTMI_DISCLOSURE_PROTECT_SURVEY_H

#include "disclosure/survey_numbers.h"

/* What surveys tell of persons, to be entered in a ledger; of sensitive questions apart. */
typedef struct mtmi_survey_record {
    mtmi_survey_numbers parts[2];
} mtmi_survey_record;

/* Takes the numbers out of what is withheld, and its base where that is too small too. threshold below 1 withholds only
 * what tells of sensitive questions. ledger: NULL for none; what it has is known. *n_withheld lines. findings may be NULL.
 * The record is to be cleared in every case. */
mtm_status mtmi_disclosure_survey(mtmi_survey_findings *findings, int threshold, mtmi_ledger *ledger,
                                  mtmi_survey_record *record, size_t *n_withheld, mtm_error *err);
mtm_status mtmi_survey_record_enter(mtmi_survey_record *record, mtmi_ledger *ledger, const char *title, mtm_error *err);
void mtmi_survey_record_clear(mtmi_survey_record *record);

#endif
