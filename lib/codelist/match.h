/* Matching labels with codes, without allocating: it is on the hot path of reading. */
#ifndef MTMI_CODELIST_MATCH_H
#define MTMI_CODELIST_MATCH_H

#include <mtm/codelist.h>

#define MTMI_MATCH_CANDIDATES MTM_MATCH_CODES

typedef struct mtmi_label_match {
    mtm_match_kind kind;
    int32_t n_codes;
    int32_t codes
        [MTMI_MATCH_CANDIDATES]; /* indices into the list; into "country-group" when kind is GROUP and list is "country" */
    int of_which;                /* the label began with "of which", "в том числе", "оның ішінде" */
    int homoglyph;               /* matched only after letters of one look were exchanged */
} mtmi_label_match;

/* text is valid UTF-8. An unmatched label gives kind NONE. as_code says that only codes count (a column of codes):
 * then "NA" is Namibia; elsewhere two-letter codes match too, but "NA" does not (it means missing to most). */
void mtmi_codelist_match(const mtm_codelist *list, const char *text, size_t length, int as_code, mtmi_label_match *out);

/* "Всего по республике", "Total persons", "Итого по СНГ": a label that no code matches and that begins or ends with a word for
 * the total. "Kazakhstan total" is the code of the member: its row counts what rows of its parts count. 0 when it does not, or
 * the member is ambiguous. */
int mtmi_codelist_match_total(const mtm_codelist *list, const char *text, size_t length, mtmi_label_match *out);

/* Whether a label is the code or name of an aggregate that no list of groups has: "ECS", "High income". */
int mtmi_codelist_is_aggregate(const mtm_codelist *list, const char *text, size_t length);

/* Whether a country belongs to a group on the period's last day. A country's code is a group of one, and "KAZ|CIS" has both. */
int mtmi_codelist_has_member(const char *group, const char *country, mtm_period period);

/* The next code of a list that was part of another until the day before *from, of those that changed between two days (the
 * first left out); *at is 0 before the first. 0 behind the last. Of no list: NULL. */
int mtmi_codelist_succession(const mtm_codelist *list, int32_t after, int32_t until, size_t *at, const char **code,
                             const char **predecessor, int32_t *from);

/* Whether a normalised text has a word for a balance: "net migration", "сальдо". */
int mtmi_codelist_has_balance(const char *text);

/* Whether the members of a group are the same at the ends of two periods. */
int mtmi_codelist_same_members(const char *group, mtm_period a, mtm_period b);

/* Words of words.tsv. */
typedef enum mtmi_phrase {
    MTMI_PHRASE_ZERO,        /* of a legend: the mark means zero */
    MTMI_PHRASE_MISSING,     /* not available */
    MTMI_PHRASE_HIDDEN,      /* withheld */
    MTMI_PHRASE_REMARK,      /* how remarks begin */
    MTMI_PHRASE_MEASURE,     /* what a column of figures counts */
    MTMI_PHRASE_PLACE,       /* units of a country: "область", "viloyati" */
    MTMI_PHRASE_INTERNAL,    /* moves within a country: "внутренняя", "interregional" */
    MTMI_PHRASE_PROVISIONAL, /* of figures that may change, behind their period: "предв.", "estimate" */
    MTMI_PHRASE_OF_WHICH
} mtmi_phrase;

/* Whether a normalised text begins with a phrase, or has one at the beginning of a word. */
int mtmi_phrase_begins(mtmi_phrase kind, const char *text);
int mtmi_phrase_is(mtmi_phrase kind, const char *text);
int mtmi_phrase_within(mtmi_phrase kind, const char *text);

/* Whether a country may be counted in a group's figure: it belonged on the period's last day, or does at the end of what is
 * known, since series are printed back to before a group was founded. */
int mtmi_codelist_may_contain(const char *group, const char *country, mtm_period period);

/* The index of a code in a list, or -1. Exact, upper or lower case as the list has it. */
int32_t mtmi_codelist_index(const mtm_codelist *list, const char *code);
const char *mtmi_codelist_id(const mtm_codelist *list);
/* The list with an id, or NULL. */
const mtm_codelist *mtmi_codelist_get(const char *id);

#endif
