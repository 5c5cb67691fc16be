/* Reads the caller's options for computing and fills in every default. */
#include "base/error.h"
#include "base/try.h"
#include "data/package.h"
#include "indicator/definition/catalogue.h"
#include "period/period.h"

#include <string.h>

/* Periods lie within the years that have dates, and top is a number of rows. */
static mtm_status check_periods(const mtmi_asked *asked, mtm_error *err) {
    for (size_t i = 0; i < asked->n_periods; i++) {
        const mtm_period period = asked->periods[i];
        if (period.last < period.first || period.first < mtmi_day_from(1, 1, 1) ||
            period.last > mtmi_day_from(9999, 12, 31)) {
            return mtmi_error_argument(err, "period", "days of the years 1 to 9999, the last not before the first");
        }
    }
    return asked->options.top < -1 ? mtmi_error_argument(err, "top", "0, -1 or a number of rows") : MTM_OK;
}

mtm_status mtmi_catalogue_ask(const mtm_catalogue *catalogue, const mtm_package *package,
                              const mtm_compute_options *options, mtmi_asked *out, mtm_error *err) {
    memset(out, 0, sizeof *out);
    MTMI_CHECK_STATUS(mtmi_options_copy(&out->options, sizeof out->options, options, "mtm_compute_options", err));
    if (out->options.indicator != NULL) {
        MTMI_CHECK_STATUS(mtm_catalogue_find(catalogue, out->options.indicator, &out->only, err));
    }
    if (out->options.n_periods > 0) {
        if (out->options.periods == NULL || out->options.period != NULL || out->options.n_periods > MTMI_PERIODS_MAX) {
            return mtmi_error_argument(err, "periods", "1 to 4096 periods, and no period beside them");
        }
        out->periods = out->options.periods;
        out->n_periods = out->options.n_periods;
        return check_periods(out, err);
    }
    out->n_periods = 1;
    out->periods = &out->period;
    if (out->options.period != NULL) {
        out->period = *out->options.period;
    } else if (package->has_period) {
        out->period = package->period;
    } else {
        return mtmi_error_set(err, MTM_ERROR_ARGUMENT, 0, (mtmi_place){"period", 0, 0},
                              "no period in the options or in the package, expected one such as 2024-Q2");
    }
    return check_periods(out, err);
}
