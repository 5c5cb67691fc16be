/* What to count, as plain data: axes, groupings, filters, age bands, and the resource by which files are read. */
#ifndef MTMI_TABULATE_SPEC_H
#define MTMI_TABULATE_SPEC_H

#include "read/descriptor/resource.h"
#include "tabulate/grid.h"

#define MTMI_SPEC_AXES 33u              /* different axes of all groupings together, and one of dates */
#define MTMI_SPEC_GROUPINGS 257u        /* and one by dates */
#define MTMI_SPEC_DATES (-1)            /* months of an axis of periods as rows have them, whatever their length */
#define MTMI_SPEC_OLDEST 150            /* an age above it is refused */
#define MTMI_SPEC_AGE_GROUP "age-group" /* ages under this name get the codes of that list: Y15T64, Y_GE65 */

typedef enum mtmi_axis_kind { MTMI_AXIS_PERIOD = 0, MTMI_AXIS_LABEL = 1, MTMI_AXIS_AGE = 2 } mtmi_axis_kind;

typedef struct mtmi_axis {
    mtmi_axis_kind kind;
    int months;      /* PERIOD: 1, 3, 6, 12; 0 for days; MTMI_SPEC_DATES */
    char *name;      /* the dimension; "quarter" and so on for periods */
    mtmi_marks only; /* LABEL: codes that a filter lets pass; none: all */
} mtmi_axis;

typedef struct mtmi_grouping {
    char *name;
    unsigned axes[MTMI_GRID_AXES]; /* the first is a period */
    unsigned n_axes;
    int sum;    /* which of the sums; -1: rows are counted */
    char *unit; /* NULL: the resource's */
} mtmi_grouping;

typedef struct mtmi_spec {
    char *text;    /* the whole specification, canonical: what a saved state keeps */
    char *meaning; /* the part that must agree for two states to be merged, canonical */
    mtmi_resource *resource;
    int registry;    /* rows are registrations: an id says whose */
    int sex_axis;    /* registrations: of the sex, asked for or not; -1: none */
    mtmi_axis *axes; /* periods first */
    unsigned n_axes, n_periods;
    char **sums; /* columns that are added up */
    unsigned n_sums;
    mtmi_grouping *groupings;
    unsigned n_groupings;
    unsigned
        dates; /* the last grouping counts rows by their dates: it becomes no dataset, but what all of them cover */
    int32_t *bands; /* first ages of the bands, rising; the last band is open */
    unsigned n_bands;
} mtmi_spec;

mtm_status mtmi_spec_read(const char *json, size_t size, mtmi_spec **out, mtm_error *err);
void mtmi_spec_free(mtmi_spec *spec);
/* "quarter" to 3, "day" to 0; -2 for what is no granularity. */
int mtmi_spec_months(const char *name);
const char *mtmi_spec_months_name(int months);
/* The label of an age band, such as "15-24" or "65+". Returns its length; size >= 32. */
size_t mtmi_spec_band(const mtmi_spec *spec, unsigned band, char *out, size_t size);

#endif
