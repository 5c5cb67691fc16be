/* What everybody knows of a register without being told: at every site there are as many as came and did not leave. */
#ifndef MTMI_INDICATOR_BACKGROUND_H
#define MTMI_INDICATOR_BACKGROUND_H

#include "indicator/evidence.h"

/* For every period of which movements are told: the movements of the same members in it, and who is there at its ends. evidence NULL:
 * nothing is confidential. */
mtm_status mtmi_background_registers(mtmi_evidence *evidence, const struct mtm_package *package, mtm_error *err);

#endif
