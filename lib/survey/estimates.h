/* A growing list of estimates that owns its texts. */
#ifndef MTMI_SURVEY_ESTIMATES_H
#define MTMI_SURVEY_ESTIMATES_H

#include <mtm/survey.h>

#define MTMI_SURVEY_EVERYBODY "all" /* the name of a side of a difference that no condition makes smaller */
#define MTMI_SENSITIVE 10           /* persons behind an answer to a sensitive question */

/* The persons behind an estimate, before anything is withheld; of both groups of a difference. */
typedef struct mtmi_behind {
    int64_t n[2], contributors[2];
    int64_t beside;              /* of a quantile: who gave no more, or no less; the fewer. Else INT64_MAX */
    const char *answer, *domain; /* what is published instead of names that few persons wrote; NULL: as they are */
} mtmi_behind;

struct mtm_estimates {
    mtm_estimate *all;
    mtmi_behind *behind;
    size_t n, capacity, behind_capacity;
    char **texts;
    size_t n_texts, texts_capacity;
    double level;
    int purposive;
    char *population;
    char *resource, *where; /* what was asked, and of whom alone, as it is published; where: NULL for all */
    int sensitive;
    int of_rounds;  /* differences of two surveys */
    int of_totals;  /* sums of weights, or their differences */
    int of_crossed; /* a difference of groups that share some persons, each with others beside them */
};

mtm_status mtmi_estimates_new(mtm_estimates **out, mtm_error *err);
/* A new estimate at the end, every number NaN, every count 0, every text "". */
mtm_status mtmi_estimates_add(mtm_estimates *estimates, mtm_estimate **out, mtm_error *err);
/* A copy that lives as long as the estimates; NULL when there is no memory. */
const char *mtmi_estimates_text(mtm_estimates *estimates, const char *text);
/* What is published instead of the names of the last estimate; NULL: as they are. Copied. */
mtm_status mtmi_estimates_tell(mtm_estimates *estimates, const char *answer, const char *domain, mtm_error *err);
/* Estimates of one survey: the request as it was checked, without the survey before. */
mtm_status mtmi_survey_compute(const mtm_survey *survey, const mtm_survey_request *request, mtm_estimates **out,
                               mtm_error *err);

/* Takes the numbers away; the base too, where it is small itself. */
void mtmi_estimate_withhold(mtm_estimate *estimate, int with_base);
/* The last n are all answers of a group and add up to the whole: where a single one is withheld, it could be had by
 * taking the others away, so that the next smallest goes with it. */
void mtmi_estimates_protect(mtm_estimates *estimates, size_t n);

#endif
