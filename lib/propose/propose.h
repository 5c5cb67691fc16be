/* Between the files of this room. Private to them. */
#ifndef MTMI_PROPOSE_PROPOSE_H
#define MTMI_PROPOSE_PROPOSE_H

#include "base/buffer.h"
#include "data/package.h"
#include "indicator/result.h"

#include <mtm/indicator.h>

#include <jansson.h>

/* A number that is refused: the value of a result, or a comparison of it. */
typedef struct mtmi_refused_figure {
    size_t result;
    int of; /* MTM_LINEAGE_VALUE, _PREVIOUS, _LAST_YEAR */
    mtm_reason reason;
    int restored;     /* by a line that was chosen */
    mtm_reason after; /* what is said of it with all lines that were chosen; NONE: the same */
} mtmi_refused_figure;

/* What a package with certain lines gives. */
typedef struct mtmi_trial {
    mtm_package *package;
    mtm_results *results;
    int reads;     /* 0: it cannot be read or computed with these lines */
    mtm_error why; /* then */
} mtmi_trial;

/* Properties of one resource, mostly one. */
typedef struct mtmi_proposed_line {
    json_t *patch;       /* {"absent": "zero"}, owned */
    const char *when[2]; /* static: what it says; the second may be NULL */
    json_t *restored;    /* indices of the refused numbers that it restores, owned; NULL before it was tried */
} mtmi_proposed_line;

enum { MTMI_LINES_MAX = 8 };

/* Lines of which one restores a figure: the first is proposed. */
typedef struct mtmi_advice {
    size_t resource; /* index in the JSON */
    mtmi_proposed_line lines[MTMI_LINES_MAX];
    size_t n;
    json_t *evidence; /* a list of {"text", "file", "line"} */
} mtmi_advice;

typedef struct mtmi_proposing {
    const mtm_read_options *reading;
    const mtm_catalogue *catalogue;
    const mtm_compute_options *computing;
    mtm_period period; /* of the package where the caller gives none */
    char *folder, *file;
    json_t *json; /* as given, and the lines that were chosen so far */
    size_t n_trials;
    mtmi_trial now;
    mtmi_refused_figure *refused;
    size_t n_refused;
    mtmi_advice *advice;
    size_t n_advice, capacity;
    json_t *unread; /* a list of {"resource", "text"}: tables that no line makes readable */
} mtmi_proposing;

/* trial.c. A trial that fails for another reason than memory is no error. */
mtm_status mtmi_trial_run(const mtmi_proposing *proposer, const json_t *json, mtmi_trial *out, mtm_error *err);
void mtmi_trial_free(mtmi_trial *trial);
/* A copy of the JSON with the properties under mtm of a resource; objects are joined. NULL without memory. */
json_t *mtmi_trial_with(const json_t *json, size_t resource, const json_t *patch);
/* What is said of a number there. */
mtm_reason mtmi_trial_reason(const mtmi_trial *trial, const mtmi_refused_figure *refused);
/* Whether a refused number is there. */
int mtmi_trial_has(const mtmi_trial *trial, const mtmi_refused_figure *refused);

/* figures.c: the refused numbers that a line may restore. */
int mtmi_refused_for_coverage(int32_t reason);
mtm_status mtmi_refused_list(const mtm_results *results, mtmi_refused_figure **out, size_t *n, mtm_error *err);

/* candidates.c: lines that may restore a number of a result, from this dataset; not yet tried. */
mtm_status mtmi_candidates(const mtm_dataset *dataset, const json_t *resource, const mtmi_refused_figure *refused,
                           mtmi_advice *out, mtm_error *err);
/* Takes the value over. */
mtm_status mtmi_advice_line(mtmi_advice *advice, const char *property, json_t *value, const char *when, mtm_error *err);
void mtmi_advice_free(mtmi_advice *advice);
/* microdata.c: the same for a resource of microdata, with the evidence; period: of the number that lacks days. */
mtm_status mtmi_candidates_microdata(const mtm_package *package, const char *name, const json_t *resource,
                                     mtm_period period, mtmi_advice *out, mtm_error *err);

/* evidence.c */
mtm_status mtmi_advice_evidence(const mtmi_proposing *proposer, const mtm_dataset *dataset,
                                const mtmi_refused_figure *refused, json_t **out, mtm_error *err);

/* The same file; takes the advice over. */
mtm_status mtmi_advice_add(mtmi_proposing *proposer, mtmi_advice *advice, mtm_error *err);

/* unit_lines.c: tables that cannot be read because their unit is not said, or said in two ways. */
mtm_status mtmi_propose_units(mtmi_proposing *proposer, mtm_error *err);

/* render_proposal.c */
mtm_status mtmi_propose_render(const mtmi_proposing *proposer, mtm_format format, mtm_buffer **out, mtm_error *err);

#endif
