/* The audit of disclosure control: separate from what protects, and from what it knows. What comes in: results as they
 * will be published, which numbers are withheld, which observations each number counts, and the protector's tables.
 * What goes out: yes, or a refusal. */
#ifndef MTMI_DISCLOSURE_AUDIT_H
#define MTMI_DISCLOSURE_AUDIT_H

#include "disclosure/audit_print.h"

/* ledger: what was published before; NULL for nothing. print: filled with the numbers, for the ledger; the caller clears it
 * in every case. MTM_ERROR_DISCLOSURE names the number that could be told. */
mtm_status mtmi_audit_run(const mtm_results *published, const mtmi_masks *masks, const mtmi_evidence *evidence,
                          const mtmi_ledger *ledger, const mtmi_certificate *certificate, mtmi_print *print,
                          mtm_error *err);

#endif
