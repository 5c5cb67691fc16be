/* Proposals of a data package. */
#ifndef MTMI_READ_DESCRIBE_H
#define MTMI_READ_DESCRIBE_H

#include "base/json.h"
#include "read/check/check.h"

/* What is proposed for one file. Everything is owned. */
typedef struct mtmi_proposal {
    char *given;      /* the path as the caller gave it */
    char *path;       /* as the proposal writes it */
    char *name;       /* of the resource: unique */
    mtm_check *first; /* what reading finds without it: how the file is recognised */
    mtm_check *check; /* what reading finds with the proposal so far; may be the same */
    mtm_period last;  /* the latest reference period */
    int has_last;
    const char *concept;          /* static; NULL: not known */
    const char *word;             /* static: what the concept is taken from */
    const char *likely;           /* static: the same concept, also where it is not declared since it needs a kind */
    const char *unit;             /* of money, as its columns say; lent by `first`; NULL */
    const char *kind;             /* static: of permits: "flow" for those issued; NULL */
    const char *type;             /* static: of permits: "PRP", "TRP"; NULL */
    int microdata;                /* one row per event, as the person says */
    const mtm_read_options *told; /* what the person knows; borrowed while the proposal is written */
    int plain;                    /* no schema: the file is read by its own names */
    int rows, encoding;           /* where the header stands and which sheet; the encoding */
} mtmi_proposal;

void mtmi_proposal_free(mtmi_proposal *proposal);

/* describe.c: the package of files that are no survey; mtm_package_describe() asks it. paths are checked. */
mtm_status mtmi_package_describe(const char *const *paths, size_t n_paths, const mtm_read_options *options,
                                 mtm_buffer **out, mtm_error *err);

/* describe_facts.c: reads the file, as often as it takes to find what must be declared. */
mtm_status mtmi_proposal_read(mtmi_proposal *proposal, const mtm_read_options *options, mtm_error *err);

/* describe_unsure.c: elements of mtm.unsure. */
void mtmi_proposal_unsure(const mtmi_proposal *proposal, mtmi_json *json);

/* describe_json.c: the resource, as an element of `resources` or alone. */
void mtmi_proposal_write(const mtmi_proposal *proposal, mtmi_json *json);

#endif
