/* The tables that a search found, told as observations. */
#ifndef MTMI_DISCLOSURE_PROOFS_H
#define MTMI_DISCLOSURE_PROOFS_H

#include "disclosure/suppression/suppress.h"
#include "disclosure/truth_space.h"

mtm_status mtmi_certificate_write(mtmi_certificate *certificate, const mtmi_truth_space *space,
                                  const mtmi_proofs *proofs, mtm_error *err);

#endif
