/* What disclosure control did: the threshold, how many numbers it withheld, and how far its protection reaches. Holds
 * nothing that depends on a withheld number. */
#include "render/json_disclosure.h"

void mtmi_json_disclosure(mtmi_json *json, const mtm_report *report) {
    mtmi_json_key(json, "disclosure");
    if (report->threshold <= 0) {
        mtmi_json_null(json);
        return;
    }
    mtmi_json_object(json);
    mtmi_json_pair_int(json, "threshold", report->threshold);
    mtmi_json_pair(json, "method", report->is_rounded ? "rounding" : "suppression");
    mtmi_json_pair_int(json, "withheld", (int64_t)report->n_hidden);
    mtmi_json_pair(json, "protected_within", report->in_ledger ? "ledger" : "document");
    mtmi_json_object_end(json);
}
