/* The granules (months, quarters, days ...) between the first and the last day that registrations tell of. */
#ifndef MTMI_REGISTRATION_REGISTER_CALENDAR_H
#define MTMI_REGISTRATION_REGISTER_CALENDAR_H

#include <mtm/period.h>

#include <stddef.h>
#include <stdint.h>

typedef struct mtmi_calendar {
    int32_t first, last; /* days */
    mtm_period *granules;
    size_t n, capacity;
    uint32_t *of_day; /* granule of each day from first on */
} mtmi_calendar;

/* months 0 and below: days. 0 when there is no memory. */
int mtmi_calendar_start(mtmi_calendar *calendar, int32_t first, int32_t last, int months);
void mtmi_calendar_free(mtmi_calendar *calendar);

static inline uint32_t mtmi_calendar_at(const mtmi_calendar *calendar, int32_t day) {
    return calendar->of_day[day - calendar->first];
}
/* The day of a stock: the granule's last, or the last that is told of. */
static inline int32_t mtmi_calendar_day(const mtmi_calendar *calendar, size_t granule) {
    const int32_t end = calendar->granules[granule].last;
    return end < calendar->last ? end : calendar->last;
}

#endif
