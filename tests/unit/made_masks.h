/* Protects made results, and copies them for a reader who sees only what is shown. */
#ifndef TESTS_MADE_MASKS_H
#define TESTS_MADE_MASKS_H

#include "made_tables.h"

#include "disclosure/audit.h"
#include "disclosure/disclosure.h"
#include "report/report.h"

#define THRESHOLD 5

static inline mtmi_masks *protect(const mtm_results *results, int threshold, mtmi_certificate *certificate) {
    mtmi_masks *masks = NULL;
    const mtmi_rules rules = {threshold, MTMI_P_PERCENT_DEFAULT, 0, 0};
    mtm_error err = {0};
    memset(certificate, 0, sizeof *certificate);
    if (mtmi_disclosure_protect(results, results->evidence, NULL, &rules, &masks, certificate, &err) != MTM_OK) {
        fail_msg("%s", err.message);
    }
    return masks;
}

static inline mtm_results *copy_of(const mtm_results *results) {
    mtm_results *copy = NULL;
    assert_int_equal(mtmi_results_copy(results, &copy, NULL), MTM_OK);
    return copy;
}

#endif
