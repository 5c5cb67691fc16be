/* Rounds of assessments, as mobility tracking makes them. Rounds, dates, operations, assessment types and levels are never
 * added: a figure is one of one round of one series. */
#ifndef MTMI_MOBILITY_ROUNDS_H
#define MTMI_MOBILITY_ROUNDS_H

#include "base/decimal.h"
#include "base/map.h"
#include "data/dataset.h"

/* Dimensions that have a meaning of their own. Slots from MTMI_SLOT_OTHERS on are those that figures are broken down by. */
enum {
    MTMI_SLOT_ADM0 = 0, /* country */
    MTMI_SLOT_ADM1,
    MTMI_SLOT_ADM2,
    MTMI_SLOT_ADM3,
    MTMI_SLOT_ADM4,
    MTMI_SLOT_OPERATION,
    MTMI_SLOT_ASSESSMENT,
    MTMI_SLOT_ROUND,
    MTMI_SLOT_STATUS,
    MTMI_SLOT_COUNTED,
    MTMI_SLOT_OTHERS,
    MTMI_SLOTS_MAX = 40
};

#define MTMI_LEVELS 5

/* A member of a slot: where it was met first. */
typedef struct mtmi_slot_member {
    const mtmi_dimension *dimension;
    const mtmi_member *member;
} mtmi_slot_member;

typedef struct mtmi_round_slot {
    char *name;
    mtmi_map codes; /* members by code; number 0 is the total */
    mtmi_slot_member *members;
    size_t capacity;
} mtmi_round_slot;

typedef struct mtmi_tracked {
    const mtm_dataset *dataset;
    uint32_t row;
    int32_t code[MTMI_SLOTS_MAX]; /* 0: total */
    mtm_period period;
    int64_t units; /* at the scale of the rounds */
    int has_value;
} mtmi_tracked;

/* What one operation collects by one assessment type in one country. */
typedef struct mtmi_track {
    int32_t country, operation, assessment;
    size_t first, n; /* rounds, oldest first */
} mtmi_track;

typedef struct mtmi_round {
    int32_t code;     /* of the round; 0 where the source numbers none */
    mtm_period dates; /* first and last day */
    size_t first, n;  /* rows */
} mtmi_round;

typedef struct mtmi_rounds {
    mtmi_round_slot slots[MTMI_SLOTS_MAX];
    size_t n_slots;
    mtmi_tracked *rows;
    size_t n, capacity;
    mtmi_track *tracks;
    size_t n_tracks;
    mtmi_round *rounds;
    size_t n_rounds;
    int decimals, multiplier;
    int32_t span;                       /* days within which dates are one round */
    int level;                          /* the deepest level that may be shown */
    const char *operation, *assessment; /* preferred; NULL for none */
} mtmi_rounds;

/* Rounds of a concept in these datasets, as of a day (NULL: of every release). out is to be closed in every case. */
mtm_status mtmi_rounds_open(mtm_dataset *const *datasets, size_t n, const char *concept_id, const mtm_period *as_of,
                            mtmi_rounds *out, mtm_error *err);
void mtmi_rounds_close(mtmi_rounds *rounds);

/* gather_rounds.c: rows; before rounds are told apart. */
mtm_status mtmi_rounds_gather(mtm_dataset *const *datasets, size_t n, const char *concept_id, const mtm_period *as_of,
                              mtmi_rounds *out, mtm_error *err);
/* The slot of a name, or -1. */
int mtmi_rounds_slot(const mtmi_rounds *rounds, const char *name);
/* The number of a member's code in a slot; 0 for none. */
int32_t mtmi_rounds_member(const mtmi_rounds *rounds, int slot, const char *code);
/* Code and name of a member; 0 is the total. */
const char *mtmi_rounds_code(const mtmi_rounds *rounds, int slot, int32_t member);
const char *mtmi_rounds_label(const mtmi_rounds *rounds, int slot, int32_t member, mtm_language language);

/* ---- one round ---- */

/* Whose figures are asked for. */
typedef struct mtmi_tally_ask {
    const char *const *status; /* codes; the first is printed for all the others together, where it is printed */
    size_t n_status;
    int households;
    int whole; /* only rows that are the total in all that is not asked for: parts do not add up */
    int by[2]; /* slots that it is broken down by; -1 for none */
    int level; /* areas of this level; 0: of the shallowest that there are */
} mtmi_tally_ask;

/* An area, or a member of the breakdown. */
typedef struct mtmi_tallied {
    int32_t by[2];
    int32_t place[MTMI_LEVELS];
    mtmi_wide units;
    int has_value;   /* 0: it is listed, and was not assessed */
    size_t first, n; /* of the rows behind it */
} mtmi_tallied;

typedef struct mtmi_round_tally {
    int level; /* of the areas; 0 where there are none */
    int has_value;
    int contested; /* one cell has two figures, and nothing says which one is later */
    mtmi_wide units;
    int is_printed; /* the total is a row of the source, and differs from the sum of the areas */
    mtmi_wide areas_units;
    mtmi_tallied *areas; /* by place; with a breakdown: by member, no places */
    size_t n, capacity;
    const mtmi_tracked **used; /* rows behind the areas, each once */
    size_t n_used, used_capacity;
    size_t printed_first, printed_n; /* of the rows behind a printed total */
} mtmi_round_tally;

mtm_status mtmi_tally_make(const mtmi_rounds *rounds, const mtmi_round *round, const mtmi_tally_ask *ask,
                           mtmi_round_tally *out, mtm_error *err);
void mtmi_tally_clear(mtmi_round_tally *tally);
/* Whether two tallies are of the same assessed areas. */
int mtmi_tally_same_areas(const mtmi_round_tally *a, const mtmi_round_tally *b);
/* assessed_places.c: the places of the rows behind a tally, at their own levels, each with its figure; where the other round has
 * an area as a whole, the places within it are that area. To be cleared in every case. */
mtm_status mtmi_tally_places(const mtmi_round_tally *tally, const mtmi_round_tally *other, mtmi_round_tally *out,
                             mtm_error *err);
/* Whether two rounds have the same of them. */
mtm_status mtmi_tally_same_places(const mtmi_round_tally *a, const mtmi_round_tally *b, int *same, mtm_error *err);
/* The area of the same place that was assessed, or NULL. */
const mtmi_tallied *mtmi_tally_find(const mtmi_round_tally *tally, const mtmi_tallied *like);

#endif
