/* Definitions of indicators as they are computed: plain data, every absent property at its default. */
#ifndef MTMI_INDICATOR_DEFINITION_CATALOGUE_H
#define MTMI_INDICATOR_DEFINITION_CATALOGUE_H

#include "base/buffer.h"
#include "indicator/definition/survey_ask.h"
#include "indicator/result.h"

#include <mtm/indicator.h>

#include <jansson.h>

#define MTMI_TOP_ALL INT32_MAX

typedef struct mtmi_filter {
    char *dimension, *code;
} mtmi_filter;

/* Which figures are read: of one concept, unit and kind, with a member fixed in some dimensions. */
typedef struct mtmi_measure {
    char *concept, *unit;
    mtm_kind kind;
    mtmi_filter *filters;
    size_t n_filters;
} mtmi_measure;

/* Of mobility tracking. */
typedef enum mtmi_round_number {
    MTMI_ROUNDS_STOCK = 0,
    MTMI_ROUNDS_AREAS,          /* how many areas were assessed */
    MTMI_ROUNDS_CHANGE,         /* since the round before */
    MTMI_ROUNDS_HOUSEHOLD_SIZE, /* persons for a household, of the same areas */
    MTMI_ROUNDS_DAYS            /* since the round before */
} mtmi_round_number;

struct mtm_indicator {
    char *id, *section;
    mtmi_titles title, definition;
    mtmi_measure measure;
    mtmi_measure second; /* NET: what is subtracted; SHARE: what it is a share of; else empty */
    mtmi_statistic statistic;
    char *group;       /* a country group the value is restricted to, or leaves out; NULL for none */
    int outside;       /* 1: the group is left out */
    int foreigners;    /* 1: the country's own citizens are left out where the data list them */
    char **dimensions; /* of the breakdown: the first that the data has is used; none without a breakdown */
    size_t n_dimensions;
    int32_t top;              /* rows before the remainder; MTMI_TOP_ALL for all */
    int unranked;             /* 1: rows have neither rank nor share, which would say nothing */
    int comparisons[2];       /* by mtm_comparison_with */
    int decimals;             /* of a SHARE's value */
    mtmi_component component; /* that its figures come from; NONE: datasets of any */
    mtmi_round_number rounds; /* MOBILITY: which number of a round */
    mtmi_survey_ask *survey;  /* what is asked of a survey instead; NULL for none */
};

/* An id with its title: sections, dimensions. */
typedef struct mtmi_titled {
    char *id;
    mtmi_titles title;
} mtmi_titled;

struct mtm_catalogue {
    mtm_indicator *indicators;
    size_t n, capacity;
    mtmi_highlights highlights;
    mtmi_titled *sections, *dimensions;
    size_t n_sections, sections_capacity, n_dimensions, dimensions_capacity;
};

/* The title of an id, or NULL. */
const mtmi_titles *mtmi_titled_find(const mtmi_titled *table, size_t n, const char *id);
void mtmi_indicator_clear(mtm_indicator *indicator);
/* The value of a share or average: the figure divided by that of the whole. An average has hundredths, which are those of a per cent
 * without digits. */
mtm_status mtmi_indicator_divide(const mtm_indicator *indicator, mtm_decimal whole, mtm_decimal *value, mtm_error *err);
/* The unit of its values, to be freed: of a share "percent", of an average "movements/days". 0 when there is no memory. */
int mtmi_indicator_unit(const mtm_indicator *indicator, char **out);
/* The dimensions that tell who is counted: those of the breakdown, else of foreigners their citizenship. */
char *const *mtmi_indicator_tells_by(const mtm_indicator *indicator, size_t *n);

/* What a caller asks of a catalogue, checked and with every default filled in. */
typedef struct mtmi_asked {
    mtm_compute_options options;
    const mtm_indicator *only; /* NULL for all */
    const mtm_period *periods; /* at least one: the caller's, or the one below */
    size_t n_periods;
    mtm_period period;
} mtmi_asked;

#define MTMI_PERIODS_MAX 4096

/* The struct must stay where it is: its periods may lie in it. */
mtm_status mtmi_catalogue_ask(const mtm_catalogue *catalogue, const mtm_package *package,
                              const mtm_compute_options *options, mtmi_asked *out, mtm_error *err);

/* How the package's microdata are to be counted, as JSON: for each resource that serves an indicator the smallest set of
 * groupings that serves them all, {"crossings": {"groupings": [{"by": ["direction", "citizenship"], "period": "quarter"}]}}.
 * A grouping serves what a part of its dimensions asks for; its period is the coarsest of which each period that is asked
 * for, the one before and the same one of last year are made. A resource that declares no dimensions is taken to have all.
 * "{}" when there is nothing to count. No file is opened. */
mtm_status mtmi_catalogue_plan(const mtm_catalogue *catalogue, const mtm_package *package, const mtmi_asked *asked,
                               mtmi_buffer *out, mtm_error *err);

/* Reads the definitions of a document into a catalogue; one of the same id replaces the one that is there. name is
 * what errors call the file. */
mtm_status mtmi_catalogue_load(mtm_catalogue *catalogue, const char *bytes, size_t size, const char *name,
                               mtm_error *err);
/* Puts a definition where its section ends, or in place of the one of its id; takes it over in every case. */
mtm_status mtmi_catalogue_place(mtm_catalogue *catalogue, mtm_indicator *indicator, mtm_error *err);

#endif
