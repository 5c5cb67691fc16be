/* Findings of surveys as numbers of a document: what protector, audit and ledger read. */
#ifndef MTMI_DISCLOSURE_SURVEY_NUMBERS_H
#define MTMI_DISCLOSURE_SURVEY_NUMBERS_H

#include "disclosure/audit.h"
#include "indicator/survey/survey_finding.h"

/* The persons behind a line: those who answered, those of them who gave the answer, and those who did not. */
typedef struct mtmi_survey_place {
    mtmi_survey_line *line;
    uint32_t result;
    uint32_t rows[3]; /* UINT32_MAX for none */
} mtmi_survey_place;

typedef struct mtmi_survey_numbers {
    mtm_results *results; /* one for each finding; with their evidence */
    mtmi_survey_place *places;
    size_t n_places;
    int threshold;
    mtmi_evidence *joined; /* with the ledger's */
    mtmi_masks *masks;
    mtmi_print print;
} mtmi_survey_numbers;

/* Of the findings that are sensitive, or that are not. To be cleared in every case. */
mtm_status mtmi_survey_numbers_read(mtmi_survey_numbers *numbers, const mtmi_survey_findings *findings, int sensitive,
                                    int threshold, mtm_error *err);
/* Which rows are to be withheld, beside all that the ledger has; audited. */
mtm_status mtmi_survey_numbers_protect(mtmi_survey_numbers *numbers, mtmi_ledger *ledger, mtm_error *err);
/* 0: shown; 1: withheld; 2: the base too. */
int mtmi_survey_numbers_hide(const mtmi_survey_numbers *numbers, size_t place);
mtm_status mtmi_survey_numbers_enter(mtmi_survey_numbers *numbers, mtmi_ledger *ledger, const char *title,
                                     mtm_error *err);
void mtmi_survey_numbers_clear(mtmi_survey_numbers *numbers);

#endif
