/* A resource of a data package as the reader follows it: dialect, fields with their roles, properties of the dataset.
 * Every absent property has its default. */
#ifndef MTMI_READ_DESCRIPTOR_RESOURCE_H
#define MTMI_READ_DESCRIPTOR_RESOURCE_H

#include "read/descriptor/gazetteer.h"
#include "data/dataset.h"
#include "data/package.h"
#include "number/number.h"

#include <jansson.h>

typedef enum mtmi_role {
    MTMI_ROLE_INFER = 0, /* not stated: recognise from the header */
    MTMI_ROLE_IGNORE,
    MTMI_ROLE_PERIOD, /* a reference period or a date */
    MTMI_ROLE_PERIOD_START,
    MTMI_ROLE_PERIOD_END, /* two columns of dates that make one period */
    MTMI_ROLE_VALUE,
    MTMI_ROLE_DIMENSION,
    MTMI_ROLE_INDICATOR, /* the concept or measure is named in a column: a dimension "indicator" of plain labels */
    MTMI_ROLE_RELEASE,   /* release date of the row */
    MTMI_ROLE_EDITION,
    MTMI_ROLE_STATUS,
    MTMI_ROLE_SOURCE, /* where this row was published: title or address; "same" repeats the row above */
    MTMI_ROLE_NOTE,
    MTMI_ROLE_UNIT,  /* must agree with the resource's unit on every row */
    MTMI_ROLE_COUNT, /* microdata: the row stands for so many */
    MTMI_ROLE_BIRTH_YEAR,
    MTMI_ROLE_BIRTH_DATE,   /* microdata: age at the date of the row */
    MTMI_ROLE_ID,           /* microdata: identifies a row, or with `dedupe` a person; never kept */
    MTMI_ROLE_CONTRIBUTORS, /* amounts: how many gave to the figure, */
    MTMI_ROLE_LARGEST,      /* what the largest of them gave, */
    MTMI_ROLE_SECOND,       /* and the second largest */
    MTMI_ROLE_HOUSEHOLD,    /* registrations: identifies the household; never kept */
    MTMI_ROLE_ENTERED,      /* registrations: the day from which on the person is there */
    MTMI_ROLE_LEFT,         /* registrations: the day from which on the person is not; empty: still there */
    MTMI_ROLE_FLAG,         /* microdata: 1 where the row has the column's member, 0 where not */
    MTMI_ROLE_SUBSET        /* microdata: how many of those in other columns are also something else; no part */
} mtmi_role;
#define MTMI_ROLE_LAST MTMI_ROLE_SUBSET

/* "filled:men" is a dimension of microdata by whether the figure of a row in that column is above 0, 0 or empty: codes 1, 0, and
 * not stated. Gives the column; NULL for any other dimension. */
#define MTMI_FILLED "filled:"
const char *mtmi_filled_column(const char *dimension);
/* What is said of a subset that is larger than its whole. */
#define MTMI_SUBSET_EXPECTED "no more than the columns that it is of have together"
#define MTMI_SUBSET_HINT "correct the row; some of the people of those columns are counted again here"

/* The role as datapackage.json writes it, such as "release-date"; "" for INFER. */
const char *mtmi_role_name(mtmi_role role);

typedef enum mtmi_date_order { MTMI_DATE_YMD = 0, MTMI_DATE_DMY, MTMI_DATE_MDY } mtmi_date_order;

typedef struct mtmi_pair {
    char *key, *value;
} mtmi_pair;

typedef struct mtmi_field {
    char *name; /* as in the header */
    mtmi_role role;
    mtmi_role hint;     /* for INFER: what "type" suggests where the header says nothing; INFER for nothing */
    char *dimension;    /* for DIMENSION: its name ("citizenship") */
    char *names;        /* for DIMENSION: the column that has the names of its codes; NULL for none */
    char *codelist;     /* for DIMENSION: id of a list; "none" keeps labels; NULL: by the dimension's name */
    int codes_only;     /* the column holds codes, not names */
    int dedupe;         /* for ID: rows of one id are registrations of one person */
    mtmi_pair *aliases; /* label -> code, the user's own */
    size_t n_aliases;
    mtmi_pair *members; /* for VALUE: dimension -> code, fixed for the column */
    size_t n_members;
    mtmi_marks categories; /* for DIMENSION: the standard's list of its labels */
    mtmi_marks total_of;   /* for VALUE: names of the columns whose sum it is */
    mtmi_marks subset_of;  /* for SUBSET: names of the columns some of whose people it counts again */
    int has_period;        /* for VALUE: the column is of this period (wide tables with periods as columns) */
    mtm_period period;
    mtmi_date_order date_order; /* for PERIOD, RELEASE, ... */
    int date_order_given;
    int date_means; /* for PERIOD: months for which their first day stands; 0: a day is a day */
    int multiplier; /* for VALUE: power of ten by which the column is above the resource's unit */
    mtmi_number_style number;
} mtmi_field;

typedef struct mtmi_dialect {
    char *encoding;        /* NULL: not declared */
    char delimiter, quote; /* 0: not declared; quote '\1': declared to be none */
    char escape;           /* before a quote in a quoted cell; 0: not declared */
    int64_t header_rows;   /* -1: not declared; 0: no header, fields name the columns in order */
    int64_t skip_rows;     /* -1: not declared; preamble lines above the header */
    char *comment;         /* lines that begin so are notes; NULL for none */
    int has_header;        /* 1, 0, -1 not declared */
    char *sheet;           /* of a workbook: name or 1-based number; NULL the first */
    int alike;             /* all sheets that have its columns are parts of one table */
    char *sheet_column;    /* the column that the names of sheets fill; NULL for none */
} mtmi_dialect;

/* Only rows whose cell in the column is one of the labels (after normalising) are data. */
typedef struct mtmi_row_filter {
    char *column;
    mtmi_marks labels;
} mtmi_row_filter;

/* All members of a dimension, or that those which the file lists are all. */
typedef struct mtmi_frame_list {
    char *dimension;
    int closed;
    mtmi_framed *members;
    size_t n;
} mtmi_frame_list;

typedef struct mtmi_resource {
    char *name;
    char **paths;
    size_t n_paths;
    char *hash;    /* as declared: "sha256:..." or plain MD5; NULL for none */
    int64_t bytes; /* -1: not declared */
    mtmi_dialect dialect;
    mtmi_field *fields;
    size_t n_fields;
    int may_have_more;          /* the file may have columns that fields does not name; always so without fields */
    int may_have_fewer;         /* the file may lack columns that fields names */
    mtmi_number_style number;   /* for value columns that fields does not name */
    mtmi_date_order date_order; /* the same for columns of dates */
    int date_order_given;
    mtmi_row_filter *rows; /* all must hold */
    size_t n_rows;
    /* what becomes the dataset's properties */
    char *concept, *unit, *coverage;
    mtmi_titles title;
    int kind;                         /* mtm_kind, 0 not stated: by concept */
    int unit_given, multiplier_given; /* declared, and not implied by the concept */
    int multiplier;
    int decimals; /* -1: as many as the figures have */
    int cumulative, confidential, microdata;
    int methodology_public; /* 1, 0, -1 */
    mtmi_obtained obtained;
    mtmi_frequency frequency;
    mtmi_release release;  /* for rows that do not say */
    mtmi_pair *dimensions; /* fixed for the whole resource: dimension -> code */
    size_t n_dimensions;
    mtmi_pair *aliases; /* for every dimension column */
    size_t n_aliases;
    mtmi_component_facts component;
    mtmi_absent absent;      /* what a row that is not there says */
    int date_means;          /* for periods whose field does not say: months for which a first day stands; 0: a day */
    int add_repeats;         /* figures of one cell that comes again are parts of it */
    int as_covered;          /* sums of what is there are wanted, though not all is */
    int parts_are_selection; /* columns or rows are only some of the parts of their total, in every dimension */
    mtmi_marks selections;   /* or in these dimensions only */
    mtmi_frame_list *frames; /* one a dimension */
    size_t n_frames;
    int frame_of_schema; /* the categories of a field are all members of its dimension */
    mtm_period *covers;  /* microdata: what the files cover; none: by the dates of their rows */
    size_t n_covers;
    mtmi_break *breaks;
    size_t n_breaks;
    int32_t round_span;              /* as in the dataset */
    int last_known;                  /* the same */
    mtmi_source_note source;         /* sources[0], licences[0] */
    int withholds_text;              /* confidential, or with ids: no text of its rows is kept or told */
    int registrations;               /* rows of one id are registrations of one person: microdata, and confidential */
    int survey;                      /* answers of a survey, read by survey/ and by nobody else */
    const mtmi_gazetteer *gazetteer; /* the package's list of places, lent by the descriptor; NULL for none */
    json_t *microdata_spec;          /* the object "mtm" of a microdata resource, read by tabulate/; NULL else */
    char *json;                      /* the resource as it stood, compact */
} mtmi_resource;

/* place: what errors call it, such as "datapackage.json: resources[2]". */
mtm_status mtmi_resource_read(const json_t *json, const char *place, mtmi_resource **out, mtm_error *err);
/* All defaults: everything is inferred from the file. */
mtm_status mtmi_resource_new(const char *name, mtmi_resource **out, mtm_error *err);
void mtmi_resource_free(mtmi_resource *resource);

/* Names of the concepts that the library knows, in the order of the methodology; NULL behind the last. */
#define MTMI_CONCEPTS 32u
const char *mtmi_concept_name(size_t index);

#endif
