/* The audit at work: shared by its files. */
#ifndef MTMI_DISCLOSURE_AUDIT_STATE_H
#define MTMI_DISCLOSURE_AUDIT_STATE_H

#include "disclosure/audit_print.h"

typedef struct mtmi_auditing {
    const mtm_results *results;
    const mtmi_masks *masks;
    const mtmi_evidence *evidence;
    const mtmi_certificate *certificate;
    const mtmi_ledger *ledger;
    mtmi_audit_data data;
    mtmi_print *print;
    mtmi_printed *numbers; /* those of the print */
    size_t n;
    size_t *number_first; /* by observation, into number_of */
    mtmi_evidence_term *number_of;
    int64_t *shift; /* by observation, group and number: what the table at hand changes */
    int64_t *group_shift, *number_shift;
    int64_t threshold, one;
} mtmi_auditing;

mtm_status mtmi_audit_refuse(const mtm_results *results, size_t r, const char *what, mtm_error *err);
/* Applies what a table changes, or takes it back. */
void mtmi_audit_shift(mtmi_auditing *a, const mtmi_exhibit *exhibit, int on);
/* Groups of one place that are equal stay equal; the finer one of two stays the lesser. */
int mtmi_audit_keeps_group(const mtmi_auditing *a, uint32_t at);
/* In rounding/audit_round.c: the document is rounded. */
mtm_status mtmi_audit_rounded(mtmi_auditing *a, mtm_error *err);

#endif
