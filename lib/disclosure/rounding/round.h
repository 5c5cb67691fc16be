/* Controlled rounding: every number becomes a multiple of a base, and all still add up. */
#ifndef MTMI_DISCLOSURE_ROUND_H
#define MTMI_DISCLOSURE_ROUND_H

#include "disclosure/suppression/suppress.h"

#include <mtm/status.h>

/* What is asked of a statement beside being near to its value. */
typedef struct mtmi_round_order {
    int is_kept; /* an earlier document printed `kept` */
    int64_t kept;
} mtmi_round_order;

/* Rounds the atoms to multiples of `base` so that no statement is further than `reach` from its value, statements that
 * are fixed keep it, and those that were published keep what was printed. orders: one a statement. key: 32 bytes that
 * nobody outside knows: the start of the search is drawn by it. *done: 0 where nothing was found. proofs: the one
 * change, from the true atoms to the rounded ones. */
mtm_status mtmi_round(const mtmi_system *system, const mtmi_round_order *orders, int64_t base, int64_t reach,
                      const unsigned char key[32], mtmi_proofs *proofs, int *done, mtm_error *err);

#endif
