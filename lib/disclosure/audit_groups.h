/* The audit's own reading of country groups. */
#ifndef MTMI_DISCLOSURE_AUDIT_GROUPS_H
#define MTMI_DISCLOSURE_AUDIT_GROUPS_H

#include "indicator/evidence.h"

/* Takes an observation that is counted on one side of a place: key 1 for a part, 0 for the whole, which is no less. 0 when memory
 * ran out. */
typedef int mtmi_audit_side_taker(void *context, const char *place, uint32_t observed, uint64_t key);

/* chosen: n observations of one family and period, by cell; at: names the places of this choice. 0 when memory ran out. */
int mtmi_audit_country_groups(const mtmi_evidence *evidence, const uint32_t *chosen, size_t n, const char *at,
                              mtmi_audit_side_taker *take, void *context);

#endif
