/* Holds a printed balance against the arrivals and departures beside it. */
#include "data/claims/claims.h"

#include "base/decimal.h"
#include "base/text.h"
#include "base/try.h"
#include "codelist/match.h"
#include "data/totals.h"

#include <string.h>

enum { LONGEST = 256 };

/* "Сальдо миграции", but no rate such as "Net migration per 1000". */
static int is_balance(const mtmi_member *member) {
    char text[LONGEST];
    const char *label = member->label != NULL ? member->label : member->code;
    const size_t n = mtmi_text_normalise(label, strlen(label), text, sizeof text);
    return n > 0 && n < sizeof text && strpbrk(text, "0123456789%") == NULL && mtmi_codelist_has_balance(text);
}

mtm_status mtmi_claims_balance(mtmi_builder *builder, size_t direction, const uint32_t *rows, size_t n,
                               mtm_error *err) {
    const mtm_dataset *d = mtmi_builder_dataset(builder);
    const mtmi_dimension *dimension = &d->dimensions[direction];
    const uint32_t *in = NULL, *out = NULL, *balance = NULL;

    for (size_t i = 0; i < n; i++) {
        const mtmi_member *member = &dimension->members[dimension->codes[rows[i]]];
        if (!mtmi_dataset_has_value(d, rows[i])) {
            continue;
        }
        in = strcmp(member->code, "IN") == 0 ? &rows[i] : in;
        out = strcmp(member->code, "OUT") == 0 ? &rows[i] : out;
        balance = member->kind == MTM_MEMBER_UNCLASSIFIED && is_balance(member) ? &rows[i] : balance;
    }
    if (in == NULL || out == NULL || balance == NULL) {
        return MTM_OK;
    }
    const mtmi_wide difference = (mtmi_wide)d->values[*in] - d->values[*out];
    if (mtmi_is_sum(d, d->values[*balance], difference, 2)) {
        return MTM_OK;
    }
    const mtmi_member *member = &dimension->members[dimension->codes[*balance]];
    mtmi_finding finding = {MTMI_FINDING_BALANCE,
                            (int32_t)direction,
                            d->release_of[*balance],
                            d->lines[*balance],
                            d->lines[*in],
                            d->periods[*balance],
                            {d->values[*balance], d->decimals, 0},
                            {0, 0, 0},
                            member->label != NULL ? member->label : member->code};
    MTMI_CHECK_STATUS(mtmi_decimal_narrow(difference, d->decimals, &finding.b, err));
    return mtmi_builder_add_finding(builder, &finding, err);
}
