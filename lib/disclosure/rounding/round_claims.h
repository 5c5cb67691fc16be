/* The numbers of results, rounded. */
#ifndef MTMI_DISCLOSURE_ROUND_CLAIMS_H
#define MTMI_DISCLOSURE_ROUND_CLAIMS_H

#include "disclosure/suppression/suppress.h"
#include "disclosure/truth_space.h"

/* Writes rounded numbers into the masks. *done: 0 where none were found that add up. proofs: as of mtmi_round(). */
mtm_status mtmi_round_claims(const mtmi_truth_space *space, const mtm_results *results, const mtmi_ledger *ledger,
                             mtmi_masks *masks, mtmi_proofs *proofs, int *done, mtm_error *err);

#endif
