/* Between the files that make observations of a row. Private to them. */
#ifndef MTMI_READ_OBSERVE_OBSERVE_INTERNAL_H
#define MTMI_READ_OBSERVE_OBSERVE_INTERNAL_H

#include "base/decimal.h"
#include "base/map.h"
#include "codelist/unit.h"
#include "period/period.h"
#include "read/table/row_label.h"
#include "number/number.h"
#include "read/observe/observer.h"

#define MTMI_OBSERVER_COMPARED ((size_t)131072) /* cells that a check compares with one another */
#define MTMI_OBSERVER_LABELS ((size_t)1 << 20)  /* different labels of a column that are remembered */
#define MTMI_OBSERVER_NOTES 8                   /* notes on a row that are kept until it is accepted */

/* A row is added up where it stands for a part; totals beside parts are kept apart. */
typedef enum mtmi_level { MTMI_LEVEL_PART = 0, MTMI_LEVEL_GROUP = 1, MTMI_LEVEL_TOTAL = 2 } mtmi_level;

/* What a label of a column stands for, remembered. */
typedef struct mtmi_label_cache {
    int32_t member; /* of the builder's dimension; -1 without a builder */
    int level;      /* mtmi_level */
    int note;
    int said;               /* the note was made */
    int32_t index;          /* of the code list; -1 where the label is none of its codes */
    int outside;            /* it is none of all members */
    int is_part;            /* of the row above: label.h */
    int32_t part_dimension; /* of the builder, and the member there; -1 for none */
    int32_t part_member;
    int unlisted; /* the list has no such label */
    int is_sum;   /* a word for the total, of all or of a member */
    int by_name;  /* a name that is taken for the code beside it, which the list does not have */
} mtmi_label_cache;

/* What is remembered of a column. */
typedef struct mtmi_column_state {
    int32_t dimension; /* of the builder; -1 for none */
    mtmi_label_rules rules;
    int32_t whole;           /* member of the last row that is no part of another; -1 for none */
    mtmi_map labels;         /* cells as they stand */
    mtmi_label_cache *known; /* one a label */
    size_t known_capacity;
    mtmi_buffer last; /* the last period's text, and what it said */
    mtmi_period_label last_label;
    int has_last;
    mtmi_buffer above;                  /* the label that empty cells repeat */
    unsigned proofs;                    /* VALUE: marks that accepted cells proved */
    int noted;                          /* VALUE: what was said once; plausible.c */
    int32_t codes[MTMI_DIMENSIONS_MAX]; /* VALUE: members fixed for the column; -1 where it says nothing */
    int has_names;                      /* a column beside it has the names of its codes */
    int64_t bare_line;                  /* of the first label without a power of ten; 0 for none */
    mtmi_check_column *check;           /* of the log, or NULL */
} mtmi_column_state;

typedef struct mtmi_note {
    int code;
    size_t cell;
    const char *expected, *hint;
    char candidates[160];
} mtmi_note;

/* A cell that was met, for finding it again. */
typedef struct mtmi_seen {
    int64_t value, line;
    uint64_t rest; /* digest of the cells that are left alone, though nobody said so */
    int decimals, has_value;
    uint32_t file;
} mtmi_seen;

/* The row at hand. */
typedef struct mtmi_row_state {
    const mtmi_row *row;
    mtmi_cell *cells;     /* trimmed, one per column; of "KAZ: Kazakhstan" the code */
    mtmi_number *numbers; /* one per column of figures */
    mtmi_verdict *verdict;
    char expected[200]; /* text of the verdict that is made here */
    mtm_status failure; /* why a step failed */
    mtm_period period;
    int has_period, cumulative;
    int32_t release, source, note;
    char status;                 /* of the status column; 0 for none */
    mtm_decimal contribution[3]; /* contributors, -1 where nobody says; the largest and the second largest */
    int32_t codes[MTMI_DIMENSIONS_MAX];
    /* where a label says a part of the row above: the label itself, and the dimension that it is in; -1 for none */
    int32_t part_dimension, part_member, part_own;
    uint64_t levels;   /* two bits for each of the first 32 columns with labels: an mtmi_level */
    size_t sum_column; /* the first whose label is a word for a total: what later ones leave empty is the total too */
    mtmi_note notes[MTMI_OBSERVER_NOTES];
    size_t n_notes;
} mtmi_row_state;

/* Rows that are a total or a group in the same columns. */
typedef struct mtmi_tally {
    uint64_t levels;
    int64_t rows;
    struct mtmi_tally_sum {
        mtmi_wide sum;
        int decimals;
        int64_t n_values, n_missing;
    } * sums; /* one per column */
} mtmi_tally;

/* Where an accepted row stands, for finding totals beside their parts. */
typedef struct mtmi_row_key {
    uint64_t levels;
    size_t value; /* of a total or group: its first figure among those put aside */
    mtm_period period;
    int32_t release;
    uint32_t totals, groups;            /* one bit a dimension */
    uint32_t candidates;                /* the same: it may be the total, by its figures */
    int32_t codes[MTMI_DIMENSIONS_MAX]; /* -1 where the row has none */
} mtmi_row_key;

/* A figure that is added up once all rows are known. */
typedef struct mtmi_aside {
    mtm_decimal value;
    int has_value;
} mtmi_aside;

/* The unit and power of ten of the dataset, and what rows say of them. */
typedef struct mtmi_unit_state {
    char *unit;           /* NULL: nothing says one (yet) */
    int weak;             /* implied by the concept: only its quantity counts */
    const char *place;    /* static: what fixed the unit; NULL where rows say it */
    int has_power, power; /* known before the rows */
    struct mtmi_row_unit {
        mtmi_unit unit;
        char *text; /* NULL: no row said one */
        int64_t line;
    } first, other;      /* as the first row says; the first that says another */
    const char *cell[2]; /* static: the same of units beside the digits */
    int64_t cell_line[2];
    int has_first_power, first_power;     /* UNIT_MULT of the rows, where nothing else says a power */
    int64_t power_line, other_power_line; /* other: 0 for none */
    struct mtmi_label_power {
        char *text; /* the first label that says a power of ten: "Employed, thousands"; NULL: none does */
        int power;
        size_t column;
        int64_t line, other_line; /* other: of a label beside it that says another or none; 0 for none */
    } label;
} mtmi_unit_state;

/* What is asked of the observer: it never changes. */
typedef struct mtmi_observer_settings {
    const mtmi_resource *resource;
    mtmi_check_log *log; /* NULL: a strict read */
    int build;           /* the dataset is wanted */
} mtmi_observer_settings;

/* Where the members of a row stood, in the list at hand or the last one that had them, and in the one before. Lists are the
 * rows of one period; both numbers count from 1. */
typedef struct mtmi_standing {
    uint32_t list, row, earlier_list, earlier_row;
} mtmi_standing;

/* The row before, of a table with one column of figures, and where all members stood. */
typedef struct mtmi_order {
    int has;
    mtm_period period;
    mtm_decimal value;
    mtmi_standing place;
    uint32_t list, row, first_length; /* first_length: rows of the first list; 0 until it ends */
    mtmi_map members;
    mtmi_standing *places; /* one a member */
    size_t capacity;
} mtmi_order;

/* The file at hand. */
typedef struct mtmi_file_state {
    mtmi_order order;
    uint32_t number; /* which of several */
    const mtmi_rows *rows;
    const mtmi_columns *columns;
    const mtmi_bound *parts[2][MTMI_PART_MONTH + 1]; /* PERIOD by part; PERIOD_START and PERIOD_END */
    mtmi_column_state *memory;                       /* one per column */
    size_t n_memory;
    int32_t fixed[MTMI_DIMENSIONS_MAX]; /* members of the resource; -1 for none */
    int compares;                       /* cells are looked for row by row */
    int year, year_said;                /* above the row at hand; 0 for none */
    int32_t section_dimension, section; /* of rows that head others: the builder's; -1 for none */
    int has_section_period;
    mtmi_period_label section_period;
    mtm_period *periods; /* of the row at hand, one per column, where years run across and their parts down */
} mtmi_file_state;

/* Cells that were met, over all files. */
typedef struct mtmi_seen_cells {
    mtmi_map keys;
    mtmi_seen *cells;
    size_t capacity;
    int given_up; /* too many: the rest is not compared */
} mtmi_seen_cells;

/* The sums of a check, of the file at hand. */
typedef struct mtmi_check_sums {
    mtmi_row_key *places; /* of the accepted rows, while they are few enough */
    size_t n_places, places_capacity;
    mtmi_aside *aside; /* of those that are a total or a group: a figure a column of figures */
    size_t n_aside, aside_capacity;
    int forgot_places; /* there were too many rows for that */
    mtmi_tally *tallies;
    size_t n_tallies, tallies_capacity;
    unsigned char seen_levels[32]; /* of each column with labels: bit 1 << mtmi_level */
} mtmi_check_sums;

/* In which area each coded place lies, by date, and how it is named. */
typedef struct mtmi_lying {
    mtmi_map codes;
    struct mtmi_lying_in {
        int32_t member; /* of the area's dimension */
        int64_t line;
    } * in;
    size_t capacity;
    mtmi_map names; /* codes with other names than their first: said once each */
} mtmi_lying;

/* What all rows say of the dataset. */
typedef struct mtmi_whole_state {
    int decimals;            /* of the builder's values */
    int is_share;            /* the names say per cent */
    mtmi_buffer last_source; /* "same" repeats it */
    mtmi_lying lying;
    int cumulative_said, all_days, any_row;
    unsigned proofs;
    char group[2]; /* a space or apostrophe that groups thousands in some cell; "" for none */
} mtmi_whole_state;

struct mtmi_observer {
    mtmi_observer_settings settings;
    mtmi_file_state file;
    mtmi_row_state current;
    mtmi_unit_state units;
    mtmi_seen_cells seen;
    mtmi_check_sums sums;
    mtmi_whole_state whole;
    mtmi_builder *builder; /* NULL: nothing is kept (any more) */
};

/* What a step makes of the row at hand. */
typedef enum mtmi_row_outcome {
    MTMI_ROW_DONE = 0,    /* the next step may follow */
    MTMI_ROW_REFUSED = 1, /* the row is rejected: the verdict says why */
    MTMI_ROW_FAILED = 2   /* the reading ends: current.failure says how, the error why */
} mtmi_row_outcome;

/* Ends a step where the one it calls does not succeed. */
#define MTMI_ROW_TRY(expression)                                                                                       \
    do {                                                                                                               \
        const mtmi_row_outcome step_ = (expression);                                                                   \
        if (step_ != MTMI_ROW_DONE) {                                                                                  \
            return step_;                                                                                              \
        }                                                                                                              \
    } while (0)

/* context.c: before all other steps. DONE with a verdict of NOT_DATA: the row heads others. */
mtmi_row_outcome mtmi_observe_context(mtmi_observer *observer, mtm_error *err);
void mtmi_observe_year(mtmi_observer *observer, const mtmi_bound *bound, mtmi_cell cell, mtmi_period_label *out);
/* observe_period.c */
void mtmi_observe_parts(mtmi_observer *observer); /* before the rows of a file */
mtmi_row_outcome mtmi_observe_period(mtmi_observer *observer);
mtmi_row_outcome mtmi_observe_release(mtmi_observer *observer, mtm_error *err);
/* observe_label.c */
mtm_status mtmi_observe_dimensions(mtmi_observer *observer, mtm_error *err); /* before the rows of a file */
/* The member of a label, with what the label says of it; shown as mtmi_builder_add_member() takes it. */
mtm_status mtmi_observe_add_label(mtmi_observer *observer, int32_t dimension, const mtmi_label *label,
                                  const char *shown, int64_t line, int32_t *out, mtm_error *err);
/* Before cells are completed by those above: sets sum_column of the row at hand; SIZE_MAX for none. */
mtmi_row_outcome mtmi_observe_sum_row(mtmi_observer *observer, mtm_error *err);
mtmi_row_outcome mtmi_observe_labels(mtmi_observer *observer, mtm_error *err);
/* levels.c: codes of places against the level that the row says */
mtmi_row_outcome mtmi_observe_levels(mtmi_observer *observer);
/* places.c: the same against the list of places of the package and the rows before, after the period was read. */
mtmi_row_outcome mtmi_observe_places(mtmi_observer *observer, mtm_error *err);
int mtmi_observe_checks_places(const mtmi_observer *observer); /* whether any column has codes that are checked */
/* row_above.c: "men" under a country is a part of that row */
mtm_status mtmi_observe_learn_part(mtmi_observer *observer, const mtmi_label *label, mtmi_label_cache *out,
                                   mtm_error *err);
mtmi_row_outcome mtmi_observe_part(mtmi_observer *observer, const mtmi_column_state *memory, mtmi_cell cell,
                                   const mtmi_label_cache *known, mtm_error *err);
/* seen_frame.c: lists of all members of a dimension, before and after the rows; whether one of them is the member */
mtm_status mtmi_observe_frames(mtmi_observer *observer, mtm_error *err);
mtm_status mtmi_observe_close_frames(mtmi_observer *observer, mtm_error *err);
int mtmi_observe_is_framed(const mtmi_observer *observer, int32_t dimension); /* a list says so, or the file will */
int mtmi_observe_is_outside(const mtmi_observer *observer, int32_t dimension, int32_t member);
/* attributes.c: status, unit, source, note, and columns that must agree */
mtmi_row_outcome mtmi_observe_attributes(mtmi_observer *observer, mtm_error *err);
/* contributions.c */
mtmi_row_outcome mtmi_observe_contribution(mtmi_observer *observer);
mtm_status mtmi_observe_keep_contribution(mtmi_observer *observer, const mtmi_bound *figure, mtm_error *err);
/* observed_units.c */
mtm_status mtmi_observe_declared_unit(mtmi_observer *observer, mtm_error *err);
mtm_status mtmi_observe_column_units(mtmi_observer *observer, mtm_error *err); /* before the rows of a file */
/* A label that is met for the first time, and is no total: "Employed migrants (thousands)". */
mtm_status mtmi_observe_label_power(mtmi_observer *observer, mtmi_column_state *memory, mtmi_cell cell, mtm_error *err);
mtmi_row_outcome mtmi_observe_unit(mtmi_observer *observer, const mtmi_bound *bound, mtmi_cell cell, mtm_error *err);
mtmi_row_outcome mtmi_observe_multiplier(mtmi_observer *observer, const mtmi_bound *bound, mtmi_cell cell);
mtmi_row_outcome mtmi_observe_number_unit(mtmi_observer *observer, const mtmi_bound *bound, const char *unit);
/* After all rows: the unit that they say, or which of them contradict one another. */
mtm_status mtmi_observe_settle_units(mtmi_observer *observer, mtm_error *err);
void mtmi_observe_forget_units(mtmi_observer *observer);
/* balance_row.c: notes a balance that is not the arrivals less the departures beside it */
void mtmi_observe_balance(mtmi_observer *observer);
/* plausible.c: refuses what stands for no value */
mtmi_row_outcome mtmi_observe_plausible(mtmi_observer *observer, const mtmi_bound *bound, mtm_decimal value);
int mtmi_observe_is_sentinel(mtm_decimal value); /* all nines, as -999: in many files it stands for no value */
/* findings.c: what the data contradict among themselves, into the log */
mtm_status mtmi_observe_findings(mtmi_observer *observer, const mtm_dataset *dataset, mtm_error *err);
/* round_dates.c: rounds whose dates are too far apart to be one, into the log */
mtm_status mtmi_observe_round_dates(mtmi_observer *observer, const mtm_dataset *dataset, mtm_error *err);
/* observe_event.c: births of microdata */
mtmi_row_outcome mtmi_observe_event(mtmi_observer *observer);
/* observe_value.c */
void mtmi_observe_comparing(mtmi_observer *observer); /* before the rows of a file */
mtmi_row_outcome mtmi_observe_numbers(mtmi_observer *observer);
mtmi_row_outcome mtmi_observe_keep(mtmi_observer *observer, mtm_error *err);
/* periods_seen.c: what a check knows of the periods of rows */
void mtmi_observe_extend(mtmi_check_file *file, mtm_period period);
void mtmi_observe_moment(mtmi_observer *observer);

/* order.c: the period of a figure of the row at hand; */
mtm_period mtmi_observe_period_of(const mtmi_observer *observer, const mtmi_bound *bound);
/* counts, for a check, rows that stand in falling order of their figures and rows that do not, and what tells whether it is
 * their figures that put them in order. */
mtm_status mtmi_observe_order(mtmi_observer *observer, mtm_error *err);
void mtmi_observe_forget_order(mtmi_observer *observer);

/* totals_overlap.c: marks rows that count what others count. known is 0 when there are too many ways of being a total */
mtm_status mtmi_observe_beside(const mtm_dataset *dataset, const mtmi_row_key *rows, size_t n, unsigned char *counted,
                               int *known, mtm_error *err);
/* observe_totals.c: the sums of a check. count adds the row at hand. */
mtm_status mtmi_observe_count_sums(mtmi_observer *observer, mtm_error *err);
void mtmi_observe_forget_sums(mtmi_observer *observer);

/* row.c: below all others */
void mtmi_observe_take_row(mtmi_observer *observer, const mtmi_row *row, mtmi_verdict *verdict);
/* DONE for MTM_OK, else FAILED. */
mtmi_row_outcome mtmi_observe_status(mtmi_observer *observer, mtm_status status);
mtm_status mtmi_observe_say_notes(mtmi_observer *observer, mtm_error *err);
/* Always REFUSED. */
mtmi_row_outcome mtmi_observe_refuse(mtmi_observer *observer, const mtmi_bound *bound, int code, const char *expected,
                                     const char *hint);
void mtmi_observe_note(mtmi_observer *observer, const mtmi_bound *bound, int code, const char *expected,
                       const char *hint);
/* The name beside a code; empty where there is none. Of several the last. */
mtmi_cell mtmi_observe_name_beside(const mtmi_observer *observer, const mtmi_bound *codes);
mtmi_cell mtmi_observe_cell(const mtmi_observer *observer, const mtmi_bound *bound); /* trimmed */

#endif
