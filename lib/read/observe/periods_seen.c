/* Keeps what the periods of a file's rows have in common, for its check: their extent, the months in which they begin, and
 * whether words call one of them a moment. */
#include "read/observe/observe_internal.h"

void mtmi_observe_extend(mtmi_check_file *file, mtm_period period) {
    int year, month, day;

    file->periods.first = file->has_periods && file->periods.first < period.first ? file->periods.first : period.first;
    file->periods.last = file->has_periods && file->periods.last > period.last ? file->periods.last : period.last;
    if (file->has_periods && file->last_begun == period.first) {
        return;
    }
    file->has_periods = 1;
    file->last_begun = period.first;
    mtmi_day_split(period.first, &year, &month, &day);
    const int at = (year - MTMI_CHECK_YEAR) * 12 + month - 1;
    if (at >= 0 && at < MTMI_CHECK_MONTHS) {
        file->first_months[at / 8] |= (unsigned char)(1 << at % 8);
    }
}

void mtmi_observe_moment(mtmi_observer *observer) {
    if (observer->settings.log != NULL) {
        mtmi_check_at_file(observer->settings.log)->moments = 1;
    }
}
