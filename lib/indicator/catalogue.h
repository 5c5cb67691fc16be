/* Definitions of indicators as compute/ follows them. What comes in: JSON. What goes out: plain data, every absent
 * property at its default. It knows no dataset. */
#ifndef MTMI_INDICATOR_CATALOGUE_H
#define MTMI_INDICATOR_CATALOGUE_H

#include "indicator/result.h"

#include <mtm/indicator.h>

#include <jansson.h>

#define MTMI_TOP_ALL INT32_MAX

typedef struct mtmi_filter { char *dimension, *code; } mtmi_filter;

/* Which figures are read: of one concept, unit and kind, with a member fixed in some dimensions. */
typedef struct mtmi_measure {
    char *concept, *unit;
    mtm_kind kind;
    mtmi_filter *filters;
    size_t n_filters;
} mtmi_measure;

struct mtm_indicator {
    char *id, *section;
    mtmi_titles title, definition;
    mtmi_measure measure;
    mtmi_measure second;       /* NET: what is subtracted; SHARE: what it is a share of; else empty */
    mtmi_statistic statistic;
    char *group;               /* a country group the value is restricted to, or leaves out; NULL for none */
    int outside;               /* 1: the group is left out */
    char **dimensions;         /* of the breakdown: the first that the data has is used; none without a breakdown */
    size_t n_dimensions;
    int32_t top;               /* rows before the remainder; MTMI_TOP_ALL for all */
    int comparisons[2];        /* by mtm_comparison_with */
    int decimals;              /* of a SHARE's value */
};

/* An id with its title: sections, dimensions. */
typedef struct mtmi_titled { char *id; mtmi_titles title; } mtmi_titled;

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

/* What a caller asks of a catalogue, checked and with every default filled in. */
typedef struct mtmi_asked {
    mtm_compute_options options;
    const mtm_indicator *only; /* NULL for all */
    mtm_period period;
} mtmi_asked;

mtm_status mtmi_catalogue_ask(const mtm_catalogue *catalogue, const mtm_package *package,
                              const mtm_compute_options *options, mtmi_asked *out, mtm_error *err);

/* Reads the definitions of a document into a catalogue; one of the same id replaces the one that is there. name is
 * what errors call the file. */
mtm_status mtmi_catalogue_load(mtm_catalogue *catalogue, const char *bytes, size_t size, const char *name,
                               mtm_error *err);
/* Puts a definition where its section ends, or in place of the one of its id; takes it over in every case. */
mtm_status mtmi_catalogue_place(mtm_catalogue *catalogue, mtm_indicator *indicator, mtm_error *err);

#endif
