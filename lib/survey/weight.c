/* The weight of a row: as the file has it, exactly, or as calibration left it.
 * Invariant: a row whose weight is no number was refused, so that every weight can be read. */
#include "survey/design.h"

double mtmi_survey_weigh(const mtmi_survey_design *design, size_t row, mtmi_amount *exact, int *is_exact) {
    const mtmi_survey_column *column = design->weight;
    *exact = (mtmi_amount){1, 0};
    *is_exact = design->calibrated == NULL;
    if (design->calibrated != NULL) {
        return design->calibrated[row];
    }
    if (column == NULL) {
        exact->units = design->counts == NULL ? 1 : design->counts[row];
        return (double)exact->units;
    }
    *exact = (mtmi_amount){column->units[row], column->decimals[row]};
    return mtmi_amount_value(*exact);
}

double mtmi_survey_weight(const mtmi_survey_design *design, size_t row) {
    mtmi_amount exact;
    int is_exact;
    return mtmi_survey_weigh(design, row, &exact, &is_exact);
}
