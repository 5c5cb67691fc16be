/* The audit of disclosure control: separate from what protects, and from what it knows. What comes in: results as they
 * will be published, and which numbers are withheld. What goes out: for every withheld number two whole tables that
 * agree with everything published, or a refusal. It never sees a withheld number. */
#ifndef MTMI_DISCLOSURE_AUDIT_H
#define MTMI_DISCLOSURE_AUDIT_H

#include "disclosure/disclosure.h"
#include "report/report.h"

/* MTM_ERROR_DISCLOSURE names the number that could be told. */
mtm_status mtmi_audit_run(const mtm_results *published, const mtmi_masks *masks, mtmi_audit **out, mtm_error *err);
void mtmi_audit_free(mtmi_audit *audit); /* NULL is fine */

#endif
