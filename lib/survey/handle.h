/* A survey that has been read. */
#ifndef MTMI_SURVEY_HANDLE_H
#define MTMI_SURVEY_HANDLE_H

#include "survey/calibrate.h"
#include "survey/design.h"
#include "survey/replicate.h"
#include "survey/seen.h"

#include <mtm/survey.h>

/* A row that was refused. */
typedef struct mtmi_survey_refusal {
    int64_t line;
    int code;      /* of a diagnostic */
    char *found;   /* owned; "" for nothing to show */
    int64_t first; /* of an interview that comes twice: the line of the first; else 0 */
    char *source;  /* owned; the file, where it is not that of the survey's name; NULL */
    char *earlier; /* owned; the file of the first, where it is another one; NULL */
} mtmi_survey_refusal;

/* Takes the rows of the frame, which are then forgotten; the words of its columns stay. */
typedef mtm_status (*mtmi_survey_fold)(void *data, struct mtm_survey *survey, mtm_error *err);

/* Interviews that are alike as one row: state/state.h. */
typedef struct mtmi_survey_state mtmi_survey_state;

struct mtm_survey {
    mtmi_survey_state *state; /* of a compact survey; NULL for one that keeps its rows */
    mtm_status unsettled;     /* of a compact survey whose design cannot be, for a part may lack what the whole has */
    mtm_error why;
    mtmi_survey_fold fold; /* called whenever fold_rows rows are there, and at the end; NULL keeps all rows */
    void *fold_data;
    char *name;     /* of the file, for messages */
    char *resource; /* NULL of a state */
    mtmi_survey_plan plan;
    mtmi_survey_frame *frame;
    mtmi_survey_design *design;
    mtmi_replicates *replicates; /* NULL for none */
    int64_t rows_in, rows_refused, zero_weights, blank;
    mtmi_survey_refusal *refusals;
    size_t n_refusals, refusals_capacity;
};

#define MTMI_FOLD_ROWS 65536

/* Reads a source as mtm_survey_read() does, but gives its rows to fold. *out has the plan, a frame without rows and what
 * was refused; it has no design. seen: of the sources before; NULL for none. */
mtm_status mtmi_survey_read_folded(const mtm_source *source, const mtm_survey_options *options, mtmi_survey_fold fold,
                                   void *data, mtmi_survey_seen *seen, mtm_survey **out, mtm_error *err);
/* Makes design, scores, calibration and replicates of a survey that has its plan and its frame. */
mtm_status mtmi_survey_settle(mtm_survey *survey, const char *resource, mtm_error *err);

void mtmi_survey_refusals_free(mtmi_survey_refusal *refusals, size_t n); /* NULL is fine */
/* Frees all but the state. NULL is fine. */
void mtmi_survey_free(mtm_survey *survey);
/* MTM_OK, or why the survey cannot be asked. */
mtm_status mtmi_survey_check_settled(const mtm_survey *survey, mtm_error *err);

#endif
