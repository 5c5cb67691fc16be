/* A result under construction: tables that grow, texts that are its own. */
#ifndef MTMI_INDICATOR_WRITING_H
#define MTMI_INDICATOR_WRITING_H

#include "indicator/choose_source.h"
#include "indicator/evidence.h"
#include "indicator/result.h"

typedef struct mtmi_writing {
    mtm_result *result;
    mtmi_evidence *evidence;                                          /* NULL where none is kept */
    size_t at;                                                        /* the result's number */
    size_t rows, points, steps, sources, strings, remarks, citations; /* capacities */
    const mtm_dataset *last; /* what the last source of steps and the last citation are of */
    const char *last_file;
    int32_t last_release, last_source;
} mtmi_writing;

/* The entry added, all zeros; NULL when there is no memory. */
mtmi_result_row *mtmi_write_row(mtmi_writing *writing);
mtmi_point *mtmi_write_point(mtmi_writing *writing);

/* An empty remark about one number: no period, no release. */
mtmi_remark mtmi_remark_of(mtmi_remark_kind kind, int part);
/* Copies the remark and its texts; one that says the same already is left out. */
mtm_status mtmi_write_remark(mtmi_writing *writing, const mtmi_remark *remark, mtm_error *err);

/* Steps for every observation of a trace, and the sources they name. row is the breakdown's, "" for none. */
mtm_status mtmi_write_steps(mtmi_writing *writing, const mtmi_trace *trace, int part, const char *row, mtm_error *err);
mtm_status mtmi_write_step(mtmi_writing *writing, const mtmi_used *used, int part, const char *row, mtm_error *err);

/* What must be said of the observations behind a figure: estimated, noted, not public, superseded, across releases,
 * falling, totals that do not add up. */
mtm_status mtmi_write_figure_remarks(mtmi_writing *writing, const mtmi_figure *figure, int part, mtm_error *err);
/* Of movements observed: on how many point-days, or that no calendar says it. */
mtm_status mtmi_write_points(mtmi_writing *writing, const mtmi_views *views, mtm_error *err);
/* A declared break that lies in the figure's period, or between it and its base. */

/* Why there is no value, as a limitation of the report. */
mtm_status mtmi_write_unavailable(mtmi_writing *writing, const mtmi_figure *figure, const mtmi_request *request,
                                  const mtm_catalogue *catalogue, mtm_error *err);
mtm_status mtmi_write_break(mtmi_writing *writing, const mtmi_break *one, int part, mtm_error *err);
/* Labels that no code matches, among the rows of the figure's periods. */
mtm_status mtmi_write_unclassified(mtmi_writing *writing, const mtmi_figure *figure, const mtmi_request *request,
                                   mtm_error *err);

#endif
