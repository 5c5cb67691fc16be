/* The audit of disclosure control, written apart from what protects: it knows the results as published, the withheld
 * numbers and the observations that each number counts, and recomputes what an outsider could derive. A document that
 * it does not pass is not published. docs/algorithms has the method. */
#ifndef MTMI_DISCLOSURE_AUDIT_H
#define MTMI_DISCLOSURE_AUDIT_H

#include "disclosure/audit_print.h"

/* ledger: what was published before; NULL for nothing. print: filled with the numbers, for the ledger; the caller clears it
 * in every case. MTM_ERROR_DISCLOSURE names the number that could be told. */
mtm_status mtmi_audit_run(const mtm_results *published, const mtmi_masks *masks, const mtmi_evidence *evidence,
                          const mtmi_ledger *ledger, const mtmi_certificate *certificate, mtmi_print *print,
                          mtm_error *err);

#endif
