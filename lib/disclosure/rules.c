/* Options of a report to rules, with their defaults. */
#include "disclosure/rules.h"

#include "base/error.h"

#include <mtm/report.h>

mtm_status mtmi_rules_read(const mtm_report_options *options, mtmi_rules *out, mtm_error *err) {
    *out = (mtmi_rules){options->threshold == 0 ? MTMI_THRESHOLD_DEFAULT : options->threshold,
                        options->p_percent == 0 ? MTMI_P_PERCENT_DEFAULT : options->p_percent, options->dominance,
                        options->method};
    if (out->threshold < MTMI_THRESHOLD_LEAST && out->threshold != MTMI_THRESHOLD_OFF) {
        return mtmi_error_argument(err, "threshold", "0 for the default, 3 or more, or -1 for no disclosure control");
    }
    if (out->p_percent < 1 || out->p_percent > 100) {
        return mtmi_error_argument(err, "p_percent", "0 for the default, or 1 to 100");
    }
    if (out->dominance < 0 || out->dominance > 100) {
        return mtmi_error_argument(err, "dominance", "0 for none, or 1 to 100");
    }
    if (out->method != MTM_METHOD_SUPPRESSION && out->method != MTM_METHOD_ROUNDING) {
        return mtmi_error_argument(err, "method", "a number of mtm_method");
    }
    return MTM_OK;
}
