/* Making a dataset, observation by observation. Everything given is copied. One thread at a time.
 * finish() sorts nothing and drops nothing but exact duplicates, which become findings; it refuses the same cell with
 * two values (MTM_ERROR_VALUE), checks totals against parts and cumulative figures, and freezes. */
#ifndef MTMI_DATA_BUILDER_H
#define MTMI_DATA_BUILDER_H

#include "base/error.h"
#include "data/dataset.h"

#define MTMI_DIMENSIONS_MAX 16

typedef struct mtmi_builder mtmi_builder;

mtm_status mtmi_builder_new(mtmi_builder **out, mtm_error *err);
void mtmi_builder_free(mtmi_builder *builder);

/* The dataset under construction, for its plain properties (strings allocated with base/memory.h; they become the
 * dataset's). Observations and tables go through the functions below. */
mtm_dataset *mtmi_builder_dataset(mtmi_builder *builder);

/* Each gives the index; adding what is there already gives the old index. */
mtm_status mtmi_builder_add_dimension(mtmi_builder *builder, const char *name, const mtm_codelist *list, int32_t *out,
                                      mtm_error *err);
mtm_status mtmi_builder_add_member(mtmi_builder *builder, int32_t dimension, mtm_member_kind kind, const char *code,
                                   int32_t list_index, const char *label, int64_t line, int32_t *out, mtm_error *err);
/* The same without looking for it: the caller knows that it is new. */
mtm_status mtmi_builder_append_member(mtmi_builder *builder, int32_t dimension, mtm_member_kind kind, const char *code,
                                      int32_t list_index, const char *label, int64_t line, int32_t *out,
                                      mtm_error *err);
mtm_status mtmi_builder_add_release(mtmi_builder *builder, mtm_period date, const char *edition, int32_t *out,
                                    mtm_error *err);
mtm_status mtmi_builder_add_source(mtmi_builder *builder, const mtmi_source_note *source, int32_t *out, mtm_error *err);
mtm_status mtmi_builder_add_note(mtmi_builder *builder, const char *note, int32_t *out, mtm_error *err);

/* The observations from now on come from this file: where a dataset is made of several. */
mtm_status mtmi_builder_add_file(mtmi_builder *builder, const char *file, mtm_error *err);

typedef struct mtmi_observation {
    mtm_period period;
    int64_t value; /* at the dataset's decimals */
    char status;   /* 'A' and so on */
    int32_t column;
    int64_t line;
    int32_t release, source; /* indices; 0 is always there: "not stated", the resource's own source */
    int32_t note;            /* -1 for none */
    const int32_t *codes;    /* one member a dimension added so far; -1 means the total "_T" */
} mtmi_observation;

mtm_status mtmi_builder_add(mtmi_builder *builder, const mtmi_observation *observation, mtm_error *err);

/* Accepted figures of one column of a file, one a line, of the resource's own source. */
typedef struct mtmi_observed_rows {
    const mtm_period *periods;
    const int64_t *values;
    int64_t line; /* of the first; each has the next */
    int32_t column;
    const int32_t *members[MTMI_DIMENSIONS_MAX]; /* of a dimension; NULL: all have its code */
    int32_t codes[MTMI_DIMENSIONS_MAX];          /* as of an observation */
} mtmi_observed_rows;
mtm_status mtmi_builder_add_rows(mtmi_builder *builder, const mtmi_observed_rows *rows, size_t n, mtm_error *err);
/* Who stands behind the observation added last. */
mtm_status mtmi_builder_add_contribution(mtmi_builder *builder, const mtmi_contribution *contribution, mtm_error *err);
mtm_status mtmi_builder_add_finding(mtmi_builder *builder, const mtmi_finding *finding, mtm_error *err);

/* A declared or recognised relation: member total of a dimension equals the sum of its CODE, OTHER, UNKNOWN and
 * UNCLASSIFIED members (not groups). On by default for every dimension that has "_T" rows besides others; off here
 * for tables whose parts are known to be only a selection. */
void mtmi_builder_parts_incomplete(mtmi_builder *builder, int32_t dimension);

/* One more of all the members that a dimension has, copied; the same twice counts once. */
mtm_status mtmi_builder_add_framed(mtmi_builder *builder, int32_t dimension, const mtmi_framed *member, mtm_error *err);

/* Gives the dataset; the builder is used up in every case and must still be freed. */
mtm_status mtmi_builder_finish(mtmi_builder *builder, mtm_dataset **out, mtm_error *err);
/* Hands the dataset over as it stands, unchecked: for finish.c. */
mtm_dataset *mtmi_builder_take(mtmi_builder *builder);

#endif
