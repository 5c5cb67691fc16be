/* The weight of a row: as the file has it, exactly, or as calibration left it. */
#include "survey/design.h"

int mtmi_survey_weight_exact(const mtmi_survey_design *design, size_t row, mtmi_amount *out) {
    if (design->calibrated != NULL) {
        return 0;
    }
    *out = (mtmi_amount){1, 0};
    return design->weight == NULL || mtmi_survey_amount_at(design->weight, row, out);
}

double mtmi_survey_weight(const mtmi_survey_design *design, size_t row) {
    if (design->calibrated != NULL) {
        return design->calibrated[row];
    }
    mtmi_amount amount = {0, 0};
    return mtmi_survey_weight_exact(design, row, &amount) ? mtmi_amount_value(amount) : 0;
}
