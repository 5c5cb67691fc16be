/* The observations of a report as SDMX knows them: dimensions REF_AREA, INDICATOR, BREAKDOWN, MEMBER, TIME_PERIOD; no key
 * twice. Changes and shares are left out: they follow from the observations. */
#ifndef MTMI_RENDER_EXCHANGE_OBSERVATIONS_H
#define MTMI_RENDER_EXCHANGE_OBSERVATIONS_H

#include "render/forms.h"

#define MTMI_SDMX_TOTAL "_T"
#define MTMI_SDMX_ID 16 /* bytes of an id made for a code that is none */

typedef struct mtmi_report_observation {
    const mtmi_report_indicator *indicator;
    const mtmi_report_row *row; /* NULL: the total */
    mtm_period period;
    const mtmi_figure_text *number;
    char status; /* of the source; '\0' where it has none */
} mtmi_report_observation;

typedef void (*mtmi_observation_take)(void *out, const mtmi_report_observation *observation);

/* The value, the bases it is compared with, the series, the rows: of the asked indicator, or of all. 0 without memory. */
int mtmi_observations_each(const mtmi_render_request *request, mtmi_observation_take take, void *out);
int mtmi_observations_of(const mtmi_report_indicator *indicator, mtmi_observation_take take, void *out);

/* SDMX writes an interval of no whole months as its first day and a number of days. */
void mtmi_observation_period(mtmi_buffer *out, mtm_period period);
/* OBS_STATUS: what the source said, else withheld (Q), else missing (O). */
char mtmi_observation_status(const mtmi_report_observation *observation);
/* The code of the member where it is an id of SDMX, else one made of it in made; MTMI_SDMX_TOTAL for a total. */
const char *mtmi_observation_member(const mtmi_report_observation *observation, char made[MTMI_SDMX_ID]);
const char *mtmi_observation_breakdown(const mtmi_report_observation *observation);

#endif
