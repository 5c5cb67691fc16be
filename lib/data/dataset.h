/* The frozen dataset: columns side by side, small tables for what repeats. It is made by data/builder.h and never
 * changed afterwards, so that threads may share it. */
#ifndef MTMI_DATA_DATASET_H
#define MTMI_DATA_DATASET_H

#include "data/covered.h"

#include <mtm/dataset.h>

/* Text in three languages; an entry may be NULL (fall back to en, then to any). */
typedef struct mtmi_titles {
    char *text[3];
} mtmi_titles;
const char *mtmi_titles_get(const mtmi_titles *titles, mtm_language language);
int mtmi_titles_copy(const mtmi_titles *from,
                     mtmi_titles *to); /* 0 when memory ran out; to is to be freed all the same */
void mtmi_titles_free(mtmi_titles *titles);

typedef enum mtmi_obtained { MTMI_PUBLISHED = 0, MTMI_ON_REQUEST = 1 } mtmi_obtained;
typedef enum mtmi_frequency {
    MTMI_FREQUENCY_NONE = 0,
    MTMI_FREQUENCY_DAY,
    MTMI_FREQUENCY_MONTH,
    MTMI_FREQUENCY_QUARTER,
    MTMI_FREQUENCY_HALF,
    MTMI_FREQUENCY_YEAR,
    MTMI_FREQUENCY_IRREGULAR
} mtmi_frequency;

/* A publication behind a dataset: one line of the bibliography. Entry 0 is the resource's own. */
typedef struct mtmi_source_note {
    char *publisher, *title, *path, *accessed, *licence; /* any may be NULL */
    mtmi_titles publisher_names;                         /* where the package gives it in several languages */
    mtmi_titles revisions;                               /* why its figures are revised */
} mtmi_source_note;
int mtmi_source_note_copy(const mtmi_source_note *from, mtmi_source_note *to); /* as mtmi_titles_copy */
void mtmi_source_note_free(mtmi_source_note *note);

typedef struct mtmi_release {
    mtm_period date;  /* {INT32_MIN, INT32_MIN} when not stated; the last day counts */
    char edition[16]; /* "first", "revised", "final", "" */
} mtmi_release;

/* What the absence of a row, or an empty cell, says of a figure. */
typedef enum mtmi_absent { MTMI_ABSENT_UNSAID = 0, MTMI_ABSENT_ZERO, MTMI_ABSENT_NOT_COVERED } mtmi_absent;

/* The component of the Displacement Tracking Matrix that a table belongs to: it fixes kind, rules, wording, disclosure. */
typedef enum mtmi_component {
    MTMI_COMPONENT_NONE = 0,
    MTMI_COMPONENT_MOBILITY,      /* rounds of stocks by area: mobility tracking */
    MTMI_COMPONENT_FLOW_REGISTRY, /* movements observed at named points */
    MTMI_COMPONENT_REGISTRATION,  /* one row a registration */
    MTMI_COMPONENT_SURVEY
} mtmi_component;
/* As datapackage.json writes it, "mobility-tracking"; "" for none. */
const char *mtmi_component_name(mtmi_component component);

/* Who may read what is made of a table. */
typedef enum mtmi_sensitivity { MTMI_PUBLIC = 0, MTMI_INTERNAL, MTMI_SENSITIVE } mtmi_sensitivity;

/* What a table says of itself as one of a component. */
typedef struct mtmi_component_facts {
    mtmi_component kind;
    mtmi_sensitivity sensitivity;
    int level;                    /* the deepest level of places that a report shows; -1 where nothing says so */
    char *operation, *assessment; /* which of several is preferred; NULL for none */
} mtmi_component_facts;
int mtmi_component_copy(const mtmi_component_facts *from,
                        mtmi_component_facts *to); /* as mtmi_titles_copy; to owns nothing before */
void mtmi_component_free(mtmi_component_facts *facts);

/* A day from which the source counts something else, or somebody else: figures before and after do not compare. */
typedef struct mtmi_break {
    int32_t day;
    int of_coverage; /* 0: of the definition */
    mtmi_titles note;
} mtmi_break;

typedef struct mtmi_member {
    char *code;  /* as in mtm_member */
    char *label; /* as first met in the source; NULL for fixed members */
    mtm_member_kind kind;
    int32_t index;      /* into the code list (into "country-group" for GROUP of countries), else -1 */
    int ambiguous;      /* UNCLASSIFIED because several codes fit */
    int nameless;       /* a blank, a dash (1) or the code of an aggregate (2): it names no member; data/totals.h */
    int64_t first_line; /* where the label was first met; 0 for fixed members */
    int64_t n_rows;     /* how many observations carry it */
} mtmi_member;

/* One of all the members that a dimension has, by a list of the data package. */
typedef struct mtmi_framed {
    char *code;
    mtm_period valid;  /* when there is such a member; INT32_MIN and INT32_MAX where open */
    char *predecessor; /* to which its territory belonged before; NULL for none */
} mtmi_framed;

typedef struct mtmi_dimension {
    char *name;               /* "citizenship", "direction", "region", ... */
    const mtm_codelist *list; /* NULL: labels as they come */
    mtmi_member *members;
    size_t n_members;
    int32_t *codes;     /* one an observation; the member "_T" stands where a table has no such column */
    int selection;      /* its members do not claim to add up to their total */
    mtmi_framed *frame; /* all members that there are; NULL where no list says so */
    size_t n_frame;
} mtmi_dimension;

int mtmi_breaks_copy(const mtmi_break *from, size_t n, struct mtm_dataset *to); /* as mtmi_titles_copy */

/* The name to print: of the code list, of the group, or as the source has it. Lent. */
const char *mtmi_member_label(const mtmi_dimension *dimension, const mtmi_member *member, mtm_language language);
/* The same in all languages; of several reasons, "CONFLICT; DISASTER", the titles of each. out is to be freed in every case. */
mtm_status mtmi_member_titles(const mtmi_dimension *dimension, const mtmi_member *member, mtmi_titles *out,
                              mtm_error *err);

/* What reading found in the data and the report must state. */
typedef enum mtmi_finding_kind {
    MTMI_FINDING_TOTAL_MISMATCH = 1, /* parts and their printed total disagree: a = total, b = sum of parts */
    MTMI_FINDING_CUMULATIVE_FALLS,   /* a later cumulative figure is below an earlier one: a = earlier, b = later */
    MTMI_FINDING_UNCLASSIFIED,       /* label: the label; a.units = number of rows */
    MTMI_FINDING_DUPLICATE,          /* the same cell twice with the same value, counted once */
    MTMI_FINDING_TOTAL_PROVED,       /* label: rows of it are the total, by their figures; a.units = number of rows */
    MTMI_FINDING_MAY_BE_TOTAL,       /* label may be the total: a, or one part more: b */
    MTMI_FINDING_GROUP_EXCEEDS,      /* a group's figure is above its listed members: a without, b with the rest */
    MTMI_FINDING_OVERLAP,            /* members that overlap: a without one of them, b added up */
    MTMI_FINDING_MEASURES,           /* label: one of several things that are counted: a alone, b added up */
    MTMI_FINDING_TOTAL_LACKS, /* no total here: a = sum of parts; b = a total that is above its parts, in other_line */
    MTMI_FINDING_EQUALS_REST, /* label: a known member whose figure equals all others'; a.units = how often */
    MTMI_FINDING_NOTE,        /* label: a plain remark of the source (field role "note") */
    MTMI_FINDING_REFUSED,     /* rows of microdata that could not be read; a.units = their number, b.units = all */
    MTMI_FINDING_CONFLICTS,   /* registrations of an id that is another person's; a and b likewise */
    MTMI_FINDING_TOTAL_ALIGNED, /* label: rows of it are the total, as they are in another dimension */
    MTMI_FINDING_BALANCE, /* label: a printed balance, a, that is not arrivals less departures, b; other_line: the arrivals */
    MTMI_FINDING_YEAR_TO_DATE /* figures that rise through every year, from a (other_line) to b, as those since January do */
} mtmi_finding_kind;

typedef struct mtmi_finding {
    mtmi_finding_kind kind;
    int32_t dimension; /* -1 where none */
    int32_t release;
    int64_t line, other_line;
    mtm_period period;
    mtm_decimal a, b;
    char *label; /* may be NULL */
} mtmi_finding;

/* One of several files that make a dataset: its observations begin at `first`. */
typedef struct mtmi_dataset_part {
    char *file;
    size_t first;
} mtmi_dataset_part;

/* Whose amounts a figure adds up: what one of its contributors could tell of another. At the dataset's decimals. */
typedef struct mtmi_contribution {
    int64_t contributors;    /* -1 where nobody says */
    int64_t largest, second; /* of one contributor each, without sign */
} mtmi_contribution;

struct mtm_dataset {
    char *name, *concept, *unit, *file; /* file: path as the lineage shows it, relative to the package; several are
                                             joined by ", ": ask mtmi_dataset_file() for that of an observation */
    mtmi_dataset_part *parts;           /* of several files; else none */
    size_t n_parts;
    mtmi_titles title;
    mtm_kind kind;
    int multiplier, decimals, cumulative, confidential, microdata;
    int amounts;            /* sums of a column of microdata, and no counts */
    int methodology_public; /* 1 yes, 0 no, -1 not stated */
    mtmi_obtained obtained;
    mtmi_frequency frequency;
    char *coverage; /* may be NULL */
    mtmi_component_facts component;
    mtmi_absent absent;
    int as_covered;       /* sums of what is there, though not all is */
    int selected;         /* counted of rows that a filter chose by what no dimension of its own says */
    mtmi_covered covered; /* microdata: the days that the files cover */
    mtmi_break *breaks;
    size_t n_breaks;
    int add_repeats;    /* while it is built: figures of one cell that comes again are added */
    int32_t round_span; /* stocks: the days within which dates are one collection; 0 where nothing says so */
    int last_known;     /* stocks: older dates stand where a collection lacks an area */

    size_t n; /* observations; arrays below have n entries */
    mtm_period *periods;
    int64_t *values, *lines;
    char *statuses;
    int32_t *columns; /* column of the file, from 1 */
    int32_t *release_of, *source_of;
    uint32_t *doubts;                 /* a bit a dimension over which the row is not to be added; NULL for none */
    mtmi_contribution *contributions; /* NULL where nobody says, and for counts of rows */
    mtm_period *uncovered;            /* as MTM_COLUMN_UNCOVERED */
    int32_t *note_of;                 /* index into notes, -1 for none; NULL when there are no notes */
    mtmi_dimension *dimensions;
    size_t n_dimensions;
    mtmi_release *releases;
    size_t n_releases;
    mtmi_source_note *sources;
    size_t n_sources;
    char **notes;
    size_t n_notes;
    mtmi_finding *findings;
    size_t n_findings;
};

/* Of a dataset; "" where it has none. Lent. */
const char *mtmi_dataset_name(const mtm_dataset *dataset);
const char *mtmi_dataset_concept(const mtm_dataset *dataset);
const char *mtmi_dataset_unit(const mtm_dataset *dataset);
/* The file that an observation came from, NULL for none. Lent. */
const char *mtmi_dataset_file(const mtm_dataset *dataset, size_t i);
/* Whether an observation has a value at all (status not L, M, O, Q). */
int mtmi_dataset_has_value(const mtm_dataset *dataset, size_t i);
/* Whether its figures are amounts: sums of a column, money, or rows that stand for several. */
int mtmi_dataset_is_amount(const mtm_dataset *dataset);
/* The dimension of a name, or -1. */
int mtmi_dataset_find_dimension(const mtm_dataset *dataset, const char *name);
/* The member of a code, or -1. */
int32_t mtmi_dataset_find_member(const mtm_dataset *dataset, int dimension, const char *code);

#endif
