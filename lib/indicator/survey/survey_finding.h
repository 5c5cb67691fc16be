/* What was found in surveys: estimates by answer and group, with the design they come from. Knows no report. */
#ifndef MTMI_INDICATOR_SURVEY_SURVEY_FINDING_H
#define MTMI_INDICATOR_SURVEY_SURVEY_FINDING_H

#include "data/dataset.h"

#include <mtm/survey.h>

typedef enum mtmi_survey_line_kind {
    MTMI_SURVEY_WHOLE = 0, /* all of the domain */
    MTMI_SURVEY_GROUP,     /* one group of a breakdown */
    MTMI_SURVEY_BETWEEN,   /* a difference of two groups */
    MTMI_SURVEY_ROUNDS     /* the difference with the round before */
} mtmi_survey_line_kind;

/* Names in which a word gives way that nobody declared, and few persons wrote. */
typedef struct mtmi_survey_telling {
    char *group, *answer;
    mtmi_titles group_title, other_title, answer_title;
} mtmi_survey_telling;

/* One estimate; the texts within `of` that are not constants are NULL: they stand beside it. */
typedef struct mtmi_survey_line {
    mtmi_survey_line_kind kind;
    size_t breakdown;                                   /* from 0; of a group or a difference of groups */
    char *group;                                        /* "sex=F"; "" for the whole */
    char *answer;                                       /* "" for numbers */
    mtmi_titles group_title, other_title, answer_title; /* other: what is subtracted */
    mtmi_survey_telling *told;                          /* the names as they are published; NULL: as they are */
    int64_t least; /* the fewest persons behind any part of it: the base, who gave the answer, who did not */
    mtm_estimate of;
} mtmi_survey_line;

typedef struct mtmi_survey_finding {
    char *id, *section, *question;
    char *where; /* of whom alone it tells; NULL for all */
    mtmi_titles title, definition, section_title, unit;
    size_t source;    /* of the findings' sources */
    size_t n_answers; /* shown of the question; 0 for numbers */
    int share;        /* estimates are shares */
    int exclusive;    /* answers of one question that adds up to the whole: all of them are there */
    int sensitive;
    double level;
    mtmi_survey_line *lines;
    size_t n_lines;
} mtmi_survey_finding;

/* A survey, as its methods are told. */
typedef struct mtmi_survey_source {
    char *resource, *population;
    mtmi_titles title;
    int64_t rows_in, rows_kept, rows_refused;
    int64_t n_stages, n_strata, n_clusters; /* of the first stage; 0 where there are none */
    int64_t n_lonely, n_replicates;
    char *lonely, *replicates; /* the rule; the kind, "" for none */
    double df;
    int weighted, corrected, calibrated, purposive;
    int of_members; /* rows are those of a roster, not interviews */
} mtmi_survey_source;

typedef struct mtmi_survey_findings {
    mtmi_survey_finding *all;
    size_t n;
    mtmi_survey_source *sources;
    size_t n_sources;
} mtmi_survey_findings;

/* NULL gives NULL. 0 when memory ran out; *out is to be freed all the same. */
int mtmi_survey_findings_copy(const mtmi_survey_findings *from, mtmi_survey_findings **out);
void mtmi_survey_findings_free(mtmi_survey_findings *findings);
/* From now on the line has the names that are published. */
void mtmi_survey_line_tell(mtmi_survey_line *line);
void mtmi_survey_finding_clear(mtmi_survey_finding *finding);

#endif
