/* What the generated tables look like: codes with names, and keys sorted for searching. */
#ifndef MTMI_CODELIST_TABLES_H
#define MTMI_CODELIST_TABLES_H

#include <stddef.h>
#include <stdint.h>

typedef struct mtmi_code {
    const char *code;
    const char *labels[3];
    int32_t from, to; /* INT32_MIN and INT32_MAX where open */
} mtmi_code;

/* A normalised label. kind is an mtm_match_kind; its codes are targets[first .. first + n). */
typedef struct mtmi_key {
    const char *text;
    int16_t kind;
    int16_t n;
    int32_t first;
    int32_t is_code; /* the code itself, or another classification's code for it */
} mtmi_key;

struct mtm_codelist {
    const char *id;
    const char *titles[3];
    const char *source;
    const mtmi_code *codes;
    size_t n_codes;
    const mtmi_key *keys; /* sorted by text, as strcmp does */
    size_t n_keys;
    const int16_t *targets;
};

typedef struct mtmi_membership {
    const char *group, *country;
    int32_t from, to;
} mtmi_membership;

/* A code of a list that was part of another one until a day. */
typedef struct mtmi_succession {
    const char *list, *code, *predecessor;
    int32_t from;
} mtmi_succession;

extern const struct mtm_codelist mtmi_codelists[];
extern const size_t mtmi_n_codelists;
extern const mtmi_membership mtmi_memberships[]; /* sorted by country, then group */
extern const size_t mtmi_n_memberships;
extern const mtmi_succession mtmi_successions[]; /* sorted by day */
extern const size_t mtmi_n_successions;
extern const char *const mtmi_of_which[]; /* normalised, longest first */
extern const size_t mtmi_n_of_which;
extern const char *const mtmi_total_of[]; /* "total", before what it is of */
extern const size_t mtmi_n_total_of;
extern const char *const mtmi_between[]; /* "of ", between the two */
extern const size_t mtmi_n_between;

extern const char *const mtmi_aggregates[]; /* codes and names of groups of countries whose members no table has */
extern const size_t mtmi_n_aggregates;

extern const char *const mtmi_balance[]; /* words for a difference of flows */
extern const size_t mtmi_n_balance;

extern const char *const mtmi_legend_zero[]; /* what remarks say of marks in place of figures */
extern const size_t mtmi_n_legend_zero;
extern const char *const mtmi_legend_missing[];
extern const size_t mtmi_n_legend_missing;
extern const char *const mtmi_legend_hidden[];
extern const size_t mtmi_n_legend_hidden;
extern const char *const mtmi_remarks[]; /* how remarks begin */
extern const size_t mtmi_n_remarks;
extern const char *const mtmi_places[]; /* words for units of a country */
extern const size_t mtmi_n_places;
extern const char *const mtmi_internal_moves[]; /* words for moves within a country */
extern const size_t mtmi_n_internal_moves;
extern const char *const mtmi_provisional[]; /* of figures that may change, behind their period */
extern const size_t mtmi_n_provisional;
extern const char *const mtmi_measures[]; /* what columns of figures count */
extern const size_t mtmi_n_measures;

/* Words in the form of mtmi_unit_normalise(), sorted by text. alone: only where a unit stands and nothing else. */
typedef struct mtmi_unit_word {
    const char *text, *unit, *quantity;
    int alone;
} mtmi_unit_word;

typedef struct mtmi_magnitude_word {
    const char *text;
    int power, alone;
} mtmi_magnitude_word;

extern const mtmi_unit_word mtmi_unit_words[];
extern const size_t mtmi_n_unit_words;
extern const mtmi_magnitude_word mtmi_magnitude_words[];
extern const size_t mtmi_n_magnitude_words;

#endif
