/* Calibration of weights to totals that are known of the population. */
#ifndef MTMI_SURVEY_CALIBRATE_H
#define MTMI_SURVEY_CALIBRATE_H

#include "survey/design.h"

typedef struct mtmi_calibration mtmi_calibration;

/* declaration: {"method": "raking" | "linear", "bounds": [0.3, 3], "totals": {"sex": {"F": 510, "M": 490}, "income": 7e5},
 * "tolerance": 1e-7}. Sets design->calibrated and design->calibration. */
mtm_status mtmi_calibrate(const mtmi_survey_frame *frame, json_t *declaration, const char *name,
                          mtmi_survey_design *design, mtm_error *err);
void mtmi_calibration_free(mtmi_calibration *calibration);
/* Scores of all rows less what the known totals explain of them; both blocks are the caller's. */
mtm_status mtmi_calibration_residuals(const mtmi_survey_design *design, const mtmi_scores *scores, uint32_t **rows,
                                      double **z, mtm_error *err);

#endif
