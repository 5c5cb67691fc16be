/* What every number of confidential results counts: the observations behind it, told apart by members and periods.
 * Disclosure control works on this, and on no list of indicators. It never leaves the results: reports copy results
 * without it. */
#ifndef MTMI_INDICATOR_EVIDENCE_H
#define MTMI_INDICATOR_EVIDENCE_H

#include "base/map.h"
#include "data/dataset.h"
#include "indicator/result.h"

/* An observation: a box of finest cells. */
typedef struct mtmi_observed {
    char *family; /* concept, unit, kind, multiplier: only figures of one family add up */
    char *cell;   /* "citizenship=DEU|sex=F", by name; a group is "citizenship=*CIS"; "" for all */
    mtm_period period, release;
    int64_t units;
    int decimals;
    unsigned char is_flow;
    unsigned char controlled; /* counted from microdata, or confidential */
    unsigned char persons;    /* counted from microdata: a named row is at least one */
    unsigned char loose;      /* of a label that no code list knows, beside others that one knows */
    unsigned char amount;     /* money and other amounts: judged by who contributed, not by the figure */
    mtmi_contribution by;     /* contributors: -1 where nobody says, and for counts of rows */
    unsigned char selected;   /* a filter chose its rows by what its members do not say */
} mtmi_observed;

typedef struct mtmi_evidence_term {
    uint32_t observed;
    int32_t sign;
} mtmi_evidence_term;

#define MTMI_EVIDENCE_POINT MTM_LINEAGE_POINT

/* A number of a result, and the observations that it adds up. */
typedef struct mtmi_evidence_number {
    uint32_t result, index; /* index: of the row or point */
    int place;              /* MTM_LINEAGE_VALUE, _PREVIOUS, _LAST_YEAR, _BREAKDOWN or MTMI_EVIDENCE_POINT */
    size_t first, n;
} mtmi_evidence_number;

struct mtmi_trace;

struct mtmi_evidence {
    mtmi_map known; /* dataset and row of each observation */
    mtmi_observed *observed;
    mtmi_evidence_number *numbers;
    mtmi_evidence_term *terms;
    size_t n_observed, observed_capacity, n_numbers, numbers_capacity, n_terms, terms_capacity;
    const struct mtm_dataset *exceptions_of; /* the dataset that exceptions is about */
    uint64_t exceptions; /* dimensions in which labels that no list knows are exceptions, one a bit */
};

struct mtm_package;
/* For computing on a package; NULL where nothing of it is confidential. */
mtm_status mtmi_evidence_new(const struct mtm_package *package, mtmi_evidence **out, mtm_error *err);
void mtmi_evidence_free(mtmi_evidence *evidence); /* NULL is fine */
/* Adds a number, or observations to the one added last. evidence NULL: nothing is confidential, and nothing is kept. */
mtm_status mtmi_evidence_add(mtmi_evidence *evidence, size_t result, int place, size_t index,
                             const struct mtmi_trace *trace, mtm_error *err);
/* Adds a row of a table as a number of its own. */
mtm_status mtmi_evidence_add_row(mtmi_evidence *evidence, size_t result, size_t index,
                                 const struct mtm_dataset *dataset, uint32_t row, mtm_error *err);
/* Notes an observation that no number counts. 0 when memory ran out. */
int mtmi_evidence_note(mtmi_evidence *evidence, const struct mtm_dataset *dataset, uint32_t row);
/* The dataset of an observation, and its row in it. */
const struct mtm_dataset *mtmi_evidence_source(const mtmi_evidence *evidence, uint32_t observed, uint32_t *row);
/* Whether a number of a result counts something confidential. */
int mtmi_evidence_is_controlled(const mtmi_evidence *evidence, size_t result);
/* Takes back the numbers of one place that were added last. */
void mtmi_evidence_forget(mtmi_evidence *evidence, size_t result, int place);
/* The points of a result were turned round. */
void mtmi_evidence_reverse(mtmi_evidence *evidence, size_t result, size_t n_points);

#endif
