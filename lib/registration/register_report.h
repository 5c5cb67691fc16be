/* What settling registrations found, as diagnostics: lines and numbers, never an id. */
#ifndef MTMI_REGISTRATION_REGISTER_REPORT_H
#define MTMI_REGISTRATION_REGISTER_REPORT_H

#include "read/check/check.h"
#include "registration/resolve.h"

/* Of the file at hand of the check, which is number `at` of the settled state. The balance stands with the last one. */
mtm_status mtmi_registry_report(const mtmi_resolved *resolved, const mtmi_state *settled, uint32_t at, mtm_check *check,
                                mtm_error *err);

#endif
