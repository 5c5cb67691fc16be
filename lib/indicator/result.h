/* Results as indicator/ makes them and report/ copies them: plain data, no dataset in sight. */
#ifndef MTMI_INDICATOR_RESULT_H
#define MTMI_INDICATOR_RESULT_H

#include "data/package_front_matter.h" /* and of data/dataset.h: mtmi_titles, mtmi_source_note, mtmi_obtained */
#include "highlight/highlight.h"

#include <mtm/result.h>

/* What is done with the figures of the reference period; for wording too. */
typedef enum mtmi_statistic {
    MTMI_STATISTIC_SUM = 0, /* a flow, counted during the period */
    MTMI_STATISTIC_LAST,    /* a stock or target, held at the end of the period */
    MTMI_STATISTIC_NET,     /* one direction less the other */
    MTMI_STATISTIC_SHARE,   /* 100 x one figure / another */
    MTMI_STATISTIC_AVERAGE, /* one figure / another, to hundredths */
    MTMI_STATISTIC_SURVEY   /* asked of answers: indicator/survey; no mtm_result has it */
} mtmi_statistic;
/* Whether values are one figure divided by another: neither added nor compared. */
static inline int mtmi_statistic_divides(int statistic) {
    return statistic == MTMI_STATISTIC_SHARE || statistic == MTMI_STATISTIC_AVERAGE;
}

/* What a row contributed to the change of the value. */
typedef struct mtmi_result_growth {
    mtm_decimal change, points; /* points: of the per cent */
} mtmi_result_growth;

typedef struct mtmi_result_row {
    mtm_row row;
    mtmi_result_growth growth[2]; /* by mtm_comparison_with, where the result has_growth */
    char *code;
    mtmi_titles label;
    mtm_reason reason; /* why it has no value */
    uint32_t before;   /* its place before rows were moved for disclosure control */
    uint32_t covers;   /* the number of its extent */
} mtmi_result_row;

typedef struct mtmi_point {
    mtm_period period;
    mtm_period observed; /* the day of a stock; of a flow the period itself */
    mtm_decimal value;
    int breaks;      /* it does not cover the same as the point before */
    uint32_t covers; /* the number of its extent */
} mtmi_point;

/* What a number covers. Names are of members, joined by "; "; none of confidential tables. */
typedef struct mtmi_covering {
    int has;
    int frame;       /* an mtmi_frame: listed by the source, declared, closed, all */
    char *dimension; /* names of the dimensions in which members are told, joined by ", "; NULL: none */
    mtmi_titles dimension_title;
    int64_t expected, covered;      /* members, or combinations of several dimensions */
    int64_t absent, assumed, fresh; /* without a figure; taken for zero; first seen in the period */
    int has_rest;                   /* others have figures too: the rest, or what is not stated */
    mtm_decimal mean;               /* of what is taken for zero, all together */
    mtmi_titles absent_names, assumed_names, fresh_names;
    char *file; /* where the first absent one stood last; NULL for nowhere */
    int64_t line;
    mtm_period missing; /* the period in which it is absent */
} mtmi_covering;

/* The members that a value and a base have in common. */
typedef struct mtmi_like {
    int has;
    int64_t common;
    mtm_decimal value, base, absolute, percent, value_share, base_share;
} mtmi_like;

/* What the report must state about this result; texts are the report's to word, in its language. */
typedef enum mtmi_remark_kind {
    MTMI_REMARK_PERIOD_UNAVAILABLE = 1,  /* reason; period: what is missing (e.g. January-March 2024) */
    MTMI_REMARK_BREAKDOWN_INCOMPATIBLE,  /* reason; period: what the breakdown's figures cover */
    MTMI_REMARK_METHODOLOGY_NOT_PUBLIC,  /* text: publisher */
    MTMI_REMARK_PERIODS_NOT_ALIGNED,     /* period: the date or window the figure is of */
    MTMI_REMARK_REVISED,                 /* a: the superseded figure, b: the one used; release: of a, release_b: of b */
    MTMI_REMARK_UNCLASSIFIED,            /* text: label; count rows; line; a: value where known. Of more than 20 labels
                                            the last remark has no text: count is the rows of all others */
    MTMI_REMARK_TOTAL_MISMATCH,          /* a: total printed, b: sum of parts; line */
    MTMI_REMARK_CUMULATIVE_FALLS,        /* a: earlier, b: later; line, period */
    MTMI_REMARK_YEAR_TO_DATE,            /* figures may run since January: a: first, b: last of a year; line, period */
    MTMI_REMARK_BALANCE,                 /* a: balance printed, b: arrivals less departures; line */
    MTMI_REMARK_DERIVED_ACROSS_RELEASES, /* the difference uses figures of two releases of one edition */
    MTMI_REMARK_ESTIMATED,               /* text: the source's note on how it was derived */
    MTMI_REMARK_SELECTION,               /* the breakdown's parts are a selection; a: total, b: sum */
    MTMI_REMARK_SOURCE_NOTE,             /* text: a note of the source */
    MTMI_REMARK_SUPPRESSED,              /* made by report/: count cells hidden */
    MTMI_REMARK_ABSENT,                  /* cells are absent: the covering of the number says which */
    MTMI_REMARK_ASSUMED_ZERO,            /* they are taken for zero */
    MTMI_REMARK_AS_COVERED,              /* the number is a sum of what there is */
    MTMI_REMARK_LIKE_FOR_LIKE,           /* the comparison is one of common members */
    MTMI_REMARK_SUPERSEDED_BASE, /* a: the figure that a difference uses, b: the later release's; release: of b; line */
    MTMI_REMARK_DATES_DIFFER,    /* a stock of one collection: period: its first and last date */
    MTMI_REMARK_LAST_KNOWN,      /* each area's figure is the last that is known: the same */
    MTMI_REMARK_TERRITORY,       /* reason: NONE where parts are put together; period: the day; titles: what changed */
    MTMI_REMARK_ROUND,           /* text: the round's number; period: when it was collected; titles: the operation */
    MTMI_REMARK_BREAK,           /* reason; period: the day from which the source counts otherwise; titles: its note */
    MTMI_REMARK_DAYS_ABSENT,     /* the files do not cover all of it; period: the first days that they do not */
    MTMI_REMARK_DAYS_LEFT_OUT,   /* the number is a sum of the days that they cover; the same */
    MTMI_REMARK_DAYS_ASSUMED,    /* the days have no rows, and are taken for days without events; the same */
    MTMI_REMARK_REFUSED,         /* rows of microdata that could not be read: a: how many, b: of how many */
    MTMI_REMARK_CONFLICTS,       /* registrations of an id that is another person's: the same */
    MTMI_REMARK_OWN_CITIZENS,    /* left out of a figure of foreigners; text: the country's code */
    MTMI_REMARK_POINT_DAYS       /* a: point-days open, b: of how many; neither where there is no calendar of them */
} mtmi_remark_kind;

typedef struct mtmi_remark {
    mtmi_remark_kind kind;
    mtm_reason reason;
    mtm_period period, release, release_b;
    int has_a, has_b;
    mtm_decimal a, b;
    int64_t count, line;
    char *text;         /* may be NULL */
    char *file;         /* may be NULL */
    mtmi_titles titles; /* the same in several languages */
    int of;             /* mtm_lineage_of: which number it is about */
} mtmi_remark;

/* A source used, once a result. */
typedef struct mtmi_citation {
    mtmi_source_note source; /* own copies */
    char *dataset, *file;
    mtm_period release; /* latest used; {INT32_MIN, INT32_MIN} when not stated */
    mtmi_obtained obtained;
    int methodology_public; /* 1, 0, -1 not stated */
} mtmi_citation;

/* Where steps come from, each once in a row; texts are numbers of the result's strings. */
typedef struct mtmi_step_source {
    uint32_t dataset, file, edition;
    int32_t decimals;
    mtm_period release;
} mtmi_step_source;

/* What mtm_step says, without what it shares with others: there are many. */
typedef struct mtmi_step {
    int64_t units, line;
    mtm_period period;
    uint32_t source, row; /* row: number of the string */
    int32_t column;
    unsigned char of, operation;
    char status;
} mtmi_step;

struct mtm_result {
    char *id, *section, *unit, *concept, *dimension;
    mtmi_titles title, definition, section_title;
    mtmi_titles dimension_title;
    mtm_kind kind;
    int statistic;            /* an mtmi_statistic */
    mtmi_component component; /* that its figures come from; NONE for any */
    /* Which figures the number is made of, so that disclosure control sees what adds up to what over indicators:
     * a canonical text of concept, unit, kind and filters; NULL where nothing is known. */
    char *measure, *second; /* second: what is subtracted (NET) or divided by (SHARE); NULL for none */
    char *group;            /* the country group the value is restricted to, or leaves out; NULL for none */
    int outside;            /* 1: the group is left out */
    int multiplier;
    mtm_period period, observed;
    mtm_reason reason, breakdown_reason;
    int has_value;
    mtm_decimal value;
    char status;
    uint32_t flags;
    int has_comparison[2];
    mtm_comparison comparisons[2];
    mtmi_like likes[2];
    mtmi_covering coverings[3]; /* of the value and of both bases */
    uint32_t covers[3];         /* the numbers of their extents; MTMI_NO_EXTENT for none */
    char *const *extents;       /* their texts; the results' */
    size_t n_extents;
    mtmi_result_row *rows;
    size_t n_rows;
    int has_growth[2]; /* by mtm_comparison_with: every row has its part of the change; never of controlled figures */
    int rows_are_selection; /* the parts do not claim to cover the total */
    int rows_are_cut;       /* only those that count most are rows: the remainder counts others too */
    mtmi_point *points;
    size_t n_points;
    mtmi_step *steps;
    size_t n_steps;
    mtmi_step_source *step_sources;
    size_t n_step_sources;
    mtmi_remark *remarks;
    size_t n_remarks;
    mtmi_citation *citations;
    size_t n_citations;
    char **strings; /* texts of the steps */
    size_t n_strings;
};

#define MTMI_NO_EXTENT UINT32_MAX

/* Which observations each number counts; see evidence.h. */
typedef struct mtmi_evidence mtmi_evidence;

struct mtm_results {
    char **extents; /* texts of extents, by number */
    size_t n_extents;
    struct mtmi_survey_findings *surveys; /* owned; NULL for none: indicator/survey/survey_finding.h */
    mtmi_evidence *evidence;              /* owned; NULL where nothing is confidential, and in copies */
    mtm_result *results;
    size_t n;
    uint32_t components; /* of the package's tables, one a bit */
    int is_sensitive;    /* some of its confidential tables are */
    char country[4];
    mtmi_titles country_title, package_title;
    mtmi_front_matter front;
    mtmi_highlights highlights; /* the catalogue's; none where one indicator was asked for */
    mtm_period period;
    int has_as_of;
    mtm_period as_of;
};

/* A step as callers see it; texts are lent by the result. */
mtm_step mtmi_result_step(const mtm_result *result, size_t index);
/* The extent of a number, of mtm_lineage_of: MTMI_NO_EXTENT and NULL where it has none. */
uint32_t mtmi_result_covers(const mtm_result *result, int part, size_t index);
const char *mtmi_result_extent(const mtm_result *result, int part, size_t index);
/* The first result of an indicator, or NULL. */
const mtm_result *mtmi_results_get(const mtm_results *results, const char *id);
/* A reason as documents and tables name it: "base-zero"; "" for none. */
const char *mtmi_token_reason(int reason);
/* Whether the values are per cents. */
int mtmi_result_is_percent(const mtm_result *result);
/* A per cent, or another number that is one count divided by another: it may tell one of them. */
int mtmi_result_is_ratio(const mtm_result *result);
/* Deep copies, so that a report outlives its results. */
mtm_status mtmi_results_copy(const mtm_results *results, mtm_results **out, mtm_error *err);
/* Whether the package is not about what the result counts: one of rounds alone is no report of a statistical office that lacks
 * everything, nor is one of an office that lacks rounds. */
int mtmi_results_is_of_others(const mtm_results *results, const mtm_result *result);
/* Frees what a result owns, not the struct itself. */
void mtmi_result_clear(mtm_result *result);
void mtmi_covering_clear(mtmi_covering *covering);

#endif
