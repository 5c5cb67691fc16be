/* Cuts days into granules. */
#include "registration/register_calendar.h"

#include "base/memory.h"
#include "period/period.h"

#include <string.h>

int mtmi_calendar_start(mtmi_calendar *calendar, int32_t first, int32_t last, int months) {
    memset(calendar, 0, sizeof *calendar);
    calendar->first = first;
    calendar->last = last;
    if (first > last) {
        return 1;
    }
    calendar->of_day = mtmi_memory_new((size_t)(last - first) + 1, sizeof *calendar->of_day);
    for (int32_t day = first; calendar->of_day != NULL && day <= last;) {
        const mtm_period granule = months <= 0 ? (mtm_period){day, day} : mtmi_period_around(day, months);
        if (!mtmi_memory_reserve((void **)&calendar->granules, &calendar->capacity, calendar->n + 1,
                                 sizeof *calendar->granules)) {
            return 0;
        }
        calendar->granules[calendar->n] = granule;
        for (; day <= granule.last && day <= last; day++) {
            calendar->of_day[day - first] = (uint32_t)calendar->n;
        }
        calendar->n++;
    }
    return calendar->of_day != NULL;
}

void mtmi_calendar_free(mtmi_calendar *calendar) {
    mtmi_memory_free(calendar->granules);
    mtmi_memory_free(calendar->of_day);
    memset(calendar, 0, sizeof *calendar);
}
