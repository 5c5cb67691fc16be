/* What a table says of its own figures: the balance of arrivals and departures, the quarters that its periods name. */
#ifndef MTMI_DATA_CLAIMS_CLAIMS_H
#define MTMI_DATA_CLAIMS_CLAIMS_H

#include "data/builder.h"

/* A printed balance that is not arrivals less departures of the same cell is a finding. The rows are those of one cell but for
 * the direction, which is the dimension given. */
mtm_status mtmi_claims_balance(mtmi_builder *builder, size_t direction, const uint32_t *rows, size_t n, mtm_error *err);

/* Quarters or months whose figures run from January: a finding where they only rise as such figures do; refused where a figure of the
 * year proves it. The rows are sorted by cell and period. */
mtm_status mtmi_claims_year_to_date(mtmi_builder *builder, const uint32_t *rows, size_t n, mtm_error *err);

#endif
