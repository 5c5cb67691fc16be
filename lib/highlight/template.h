/* Texts with places: "{arrivals.value} {arrivals:arrival|arrivals}". Knows no figures. */
#ifndef MTMI_HIGHLIGHT_TEMPLATE_H
#define MTMI_HIGHLIGHT_TEMPLATE_H

#include <stddef.h>

#define MTMI_TEMPLATE_NAME 96
#define MTMI_TEMPLATE_FORMS 4

/* What a place or a condition asks of an indicator, or of rows. */
typedef enum mtmi_fact {
    MTMI_FACT_NONE = 0,
    MTMI_FACT_VALUE,   /* the number, no more exact than a sentence needs: "4.0 million" */
    MTMI_FACT_AMOUNT,  /* the same with its unit: "157.2 million USD" */
    MTMI_FACT_EXACT,   /* "4,001,714" */
    MTMI_FACT_CHANGES, /* "up 34.5 % on Q1 2024 but down 3.2 % on Q2 2023" */
    MTMI_FACT_NOTE,    /* the same in brackets after a space; nothing where there is none */
    MTMI_FACT_WHEN,    /* "in the second quarter of 2024", "on 1 March 2024" */
    MTMI_FACT_PERIOD,  /* "Q2 2024" */
    MTMI_FACT_UP,
    MTMI_FACT_DOWN,
    MTMI_FACT_DATED, /* conditions: rose, fell, is of another period than the report */
    MTMI_FACT_LIST,  /* "Uzbekistan (39.9 %) and Kyrgyzstan (25.4 %)" */
    MTMI_FACT_NAMES, /* "Uzbekistan and Kyrgyzstan" */
    MTMI_FACT_SHARE, /* "65.3 %": what they make together */
    MTMI_FACT_COUNT, /* how many they are */
    MTMI_FACT_ONE,
    MTMI_FACT_MAJORITY,
    MTMI_FACT_GIVEN,
    MTMI_FACT_ALL /* conditions: is one; make more than half; there may be larger ones; make the total */
} mtmi_fact;

typedef struct mtmi_place_holder {
    char name[MTMI_TEMPLATE_NAME];
    mtmi_fact fact;
    const char *forms[MTMI_TEMPLATE_FORMS]; /* of a noun: one, few, many, fraction; not ended by NUL */
    size_t lengths[MTMI_TEMPLATE_FORMS];
    size_t n_forms; /* 0 for a place that is no noun */
} mtmi_place_holder;

/* What comes next in a text: `length` bytes to print as they are, then perhaps a place. Returns 0 at the end, 1 with a
 * place, 2 without one, and -1 for a place that is malformed or asks for what is not known. */
int mtmi_template_next(const char **text, const char **literal, size_t *length, mtmi_place_holder *out);

/* "top", "top.one", "not top.given". Returns 0 for what is not known. */
int mtmi_condition_parse(const char *text, mtmi_place_holder *out, int *negated);

int mtmi_fact_is_of_rows(mtmi_fact fact);
int mtmi_fact_is_condition(mtmi_fact fact);

#endif
