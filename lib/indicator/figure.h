/* A figure: what one dataset says about one measure and one period, with every observation behind it. */
#ifndef MTMI_INDICATOR_FIGURE_H
#define MTMI_INDICATOR_FIGURE_H

#include "base/decimal.h"
#include "coverage/extent.h"
#include "coverage/history.h"
#include "indicator/definition/catalogue.h"
#include "indicator/result.h"

/* What is asked. */
typedef struct mtmi_request {
    const mtmi_measure *plus;  /* never NULL */
    const mtmi_measure *minus; /* subtracted from it, of the same dataset; NULL for none */
    const char *group;         /* restricted to, or left out; NULL for none */
    int outside;
    char *const *dimensions; /* of the breakdown; the group is told by the first that a dataset has */
    size_t n_dimensions;
    mtm_period membership; /* on whose last day members of the group are members */
    const char *edition;   /* preferred where a dataset has it; NULL or "" for none */
    int as_covered;        /* sums of what is there are taken, though cells are absent */
} mtmi_request;

/* An observation behind a figure. */
typedef struct mtmi_used {
    const mtm_dataset *dataset;
    uint32_t row;
    mtm_operation operation;
} mtmi_used;

/* A sum behind a figure, of one period: a printed total, or the combinations of some dimensions. */
typedef struct mtmi_counted {
    mtmi_history *history; /* NULL: a printed total */
    const mtmi_absence *absence;
    mtm_period period;
    int sign;
    int is_second;     /* of what is subtracted in a net figure */
    const char *group; /* only the members of this one, on a day; NULL for all */
    int by;            /* in this dimension */
    mtm_period membership;
} mtmi_counted;

/* Whether a combination is among those that count. */
int mtmi_counted_has(const mtmi_counted *counted, uint32_t combination);

typedef struct mtmi_trace {
    mtmi_used *used;
    size_t n, capacity;
    mtmi_counted *counted;
    size_t n_counted, counted_capacity;
} mtmi_trace;

#define MTMI_TRACE_INIT                                                                                                \
    { NULL, 0, 0, NULL, 0, 0 }

mtm_status mtmi_trace_add(mtmi_trace *trace, const mtm_dataset *dataset, uint32_t row, mtm_operation operation,
                          mtm_error *err);
/* Room for n observations more. */
mtm_status mtmi_trace_reserve(mtmi_trace *trace, size_t n, mtm_error *err);
mtm_status mtmi_trace_count(mtmi_trace *trace, const mtmi_counted *counted, mtm_error *err);
/* Forgets what came after another trace of the same. */
void mtmi_trace_cut(mtmi_trace *trace, const mtmi_trace *before);
void mtmi_trace_clear(mtmi_trace *trace);
/* A single figure is taken: operation says how. Where several are added, the first is added too. */
void mtmi_trace_name(mtmi_trace *trace, mtm_operation operation);
mtm_status mtmi_trace_append(mtmi_trace *trace, const mtmi_trace *more, mtm_error *err);

/* A period of the view that was added or subtracted. */
typedef struct mtmi_piece {
    size_t period; /* index into the view's periods */
    int sign;
    int32_t release; /* the only release used; -1: of each cell the best */
} mtmi_piece;

/* How a figure came about, best first. */
typedef enum mtmi_way {
    MTMI_WAY_EXACT = 0, /* the period, or the stock's date */
    MTMI_WAY_ADDED,     /* finer periods */
    MTMI_WAY_RELEASE,   /* cumulative figures of one release */
    MTMI_WAY_RELEASES,  /* cumulative figures of two releases of one edition */
    MTMI_WAY_LATEST     /* a stock of the preceding period; a target of the year around the period */
} mtmi_way;

/* A figure that a better vintage replaced, or a cumulative figure that fell. */
typedef struct mtmi_other {
    mtm_decimal value, later;
    mtmi_release release;
    const mtm_dataset *dataset;
    uint32_t row;
} mtmi_other;

typedef struct mtmi_figure {
    const mtmi_dataset_index *view; /* NULL: no dataset has the concept and unit */
    int has_value;
    mtm_reason reason;  /* why there is none */
    mtm_period missing; /* what is missing, or what the figures cover instead; MTMI_PERIOD_NONE for nothing */
    mtm_decimal value;
    char status;
    uint32_t flags;
    mtmi_way way;
    mtmi_frame frame; /* what its combinations are all of */
    mtm_period observed;
    mtm_period uncovered;            /* days of the period that files of microdata do not cover, or are taken to; else
                             MTMI_PERIOD_NONE */
    mtmi_release vintage, vintage_b; /* of the figure; _b of what was subtracted from a cumulative one */
    mtmi_piece *pieces;
    size_t n_pieces;
    mtmi_trace trace;
    mtmi_extent extent; /* what it counts; filled in by choosing it */
    mtmi_extent second; /* what the part counts that a net figure subtracts */
    uint32_t covers;    /* the number of its extent in the computation; MTMI_NO_EXTENT for none */
    mtmi_other *superseded;
    size_t n_superseded, superseded_capacity;
    mtmi_other fall;    /* where flags say NEGATIVE_DIFFERENCE */
    mtmi_other revised; /* where flags say SUPERSEDED_BASE: the figure that was subtracted or subtracted from; later */
    int has_tiles;      /* finer periods add up to something else */
    mtm_decimal tiles;
} mtmi_figure;

void mtmi_figure_start(mtmi_figure *figure, const mtmi_dataset_index *view);
void mtmi_figure_clear(mtmi_figure *figure);
/* Forgets the value and says why; the rest stays. */
void mtmi_figure_refuse(mtmi_figure *figure, mtm_reason reason, mtm_period missing);
mtm_status mtmi_figure_supersede(mtmi_figure *figure, const mtmi_other *other, mtm_error *err);
/* What its trace says of absent cells: taken for zero, or left out. */
uint32_t mtmi_figure_coverage_flags(const mtmi_figure *figure);
/* A copy that shares nothing with it; out is started. */
mtm_status mtmi_figure_copy(const mtmi_figure *figure, mtmi_figure *out, mtm_error *err);
/* Moves one into another; from is empty afterwards. */
void mtmi_figure_move(mtmi_figure *to, mtmi_figure *from);

/* The status of a sum or difference: the weakest of what went in. */
char mtmi_status_join(char a, char b);

#endif
