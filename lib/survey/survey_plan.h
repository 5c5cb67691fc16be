/* What a package declares about a survey: the design of the sample, the words of no answer, the questions. */
#ifndef MTMI_SURVEY_SURVEY_PLAN_H
#define MTMI_SURVEY_SURVEY_PLAN_H

#include <mtm/status.h>

#include <jansson.h>

#define MTMI_STAGES_MAX 8

/* What a row says to a question. */
typedef enum mtmi_answer {
    MTMI_ANSWERED,
    MTMI_MISSING,      /* no answer */
    MTMI_UNKNOWN,      /* a declared "do not know" */
    MTMI_REFUSED,      /* a declared refusal */
    MTMI_NOT_ASKED,    /* the form did not ask */
    MTMI_NOT_EXPECTED, /* answered, though the form should not have asked */
    MTMI_INVALID,      /* no answer that the form or the kind of question knows */
    MTMI_ANSWERS
} mtmi_answer;

typedef enum mtmi_lonely {
    MTMI_LONELY_FAIL,
    MTMI_LONELY_REMOVE,
    MTMI_LONELY_CERTAINTY,
    MTMI_LONELY_ADJUST,
    MTMI_LONELY_AVERAGE
} mtmi_lonely;

typedef enum mtmi_replication {
    MTMI_REPLICATES_NONE,
    MTMI_REPLICATES_JK1,
    MTMI_REPLICATES_JKN,
    MTMI_REPLICATES_BRR,
    MTMI_REPLICATES_FAY,
    MTMI_REPLICATES_BOOTSTRAP
} mtmi_replication;

typedef struct mtmi_survey_plan {
    json_t *json;       /* owns every text below */
    const char *weight; /* NULL: every row counts 1 */
    const char *strata[MTMI_STAGES_MAX], *clusters[MTMI_STAGES_MAX], *fpc[MTMI_STAGES_MAX];
    size_t n_strata, n_clusters, n_fpc;
    mtmi_lonely lonely;
    int lonely_domain;     /* the rule also holds for a stratum that has one cluster in the domain */
    int freedom_of_domain; /* degrees of freedom count all of the domain, not only those who answered */
    int nest;              /* clusters are numbered anew in each stratum */
    int purposive;
    int revisits; /* clusters of the round before were visited again, when they have the same names; -1: not said */
    const char *population;                 /* "households", "persons" or what the package says; "" for none */
    const char *id;                         /* of an interview; NULL for none */
    json_t *missing, *unknown, *refused;    /* arrays of words; NULL: the defaults */
    json_t *questions;                      /* object, or NULL */
    json_t *joined;                         /* owns questions: as declared, then with those of a form */
    const char *form;                       /* path of an XLSForm in the package; NULL for none */
    const char *roster_sheet, *roster_path; /* where the roster is; both NULL for none */
    const char *roster_key, *roster_parent; /* columns of the interviews and of the roster */
    mtmi_replication replication;
    json_t *replicates;  /* the object, or NULL */
    json_t *calibration; /* the object, or NULL */
} mtmi_survey_plan;

/* json is the object "survey" of a resource; a reference is kept. name is what errors call the file. */
mtm_status mtmi_survey_plan_read(json_t *json, const char *name, mtmi_survey_plan *out, mtm_error *err);
void mtmi_survey_plan_free(mtmi_survey_plan *plan);
const char *mtmi_lonely_name(mtmi_lonely lonely);
const char *mtmi_replication_name(mtmi_replication replication);

#endif
