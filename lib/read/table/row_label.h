/* What a cell of a dimension stands for: one rule for tables and microdata. */
#ifndef MTMI_READ_TABLE_ROW_LABEL_H
#define MTMI_READ_TABLE_ROW_LABEL_H

#include "codelist/match.h"
#include "read/descriptor/resource.h"

typedef struct mtmi_label_rules {
    const mtm_codelist *list; /* NULL keeps labels */
    const char *dimension;    /* its name; may be NULL */
    int codes_only;
    int empty_is_total;
    const mtmi_pair *aliases[2]; /* of the field, of the resource: these come before the list */
    size_t n_aliases[2];
    const mtmi_marks *missing; /* declared marks for "no value"; may be NULL */
    int32_t whole;             /* 1 more than the index of the country whose regions the labels are; 0 for none */
} mtmi_label_rules;

#define MTMI_LABEL_OWN 160

typedef struct mtmi_label {
    mtm_member_kind kind;
    const char *code; /* lent by the list, the alias or the cell; not ended by NUL */
    size_t length;
    int32_t index; /* of the list, of "country-group" for a group; -1 for none */
    int ambiguous;
    int nameless; /* a blank or a dash (1), the code of an aggregate (2): member.nameless */
    int subtotal; /* "Kazakhstan total": the member, over all that other columns of the row leave empty */
    int is_part;  /* "men", "of which women": a part of the row above, and no member of this dimension */
    const mtm_codelist *part_list;             /* in which it has a code, then: sex, residence; NULL for none */
    int32_t part_code;                         /* index of it */
    int note;                                  /* diagnostic code of a note; 0 for none */
    int32_t candidates[MTMI_MATCH_CANDIDATES]; /* where ambiguous: indices of the list */
    int n_candidates;
    char own
        [MTMI_LABEL_OWN]; /* where code points to a text that was made of the cell: the struct must stay where it is */
} mtmi_label;

/* text is valid UTF-8. */
void mtmi_label_read(const mtmi_label_rules *rules, const char *text, size_t length, mtmi_label *out);
/* "Россия / Russia": one label in several languages; those that are known must mean the same. With `all` every part must be known. */
int mtmi_label_languages(const mtm_codelist *list, const char *text, size_t length, int all, mtmi_label_match *out);
/* A code or label of a declaration, such as members or aliases: "_T", "CIS", "UZB". */
void mtmi_label_declared(const mtm_codelist *list, const char *code, mtmi_label *out);
/* The user's own code for a label, or NULL. Compared after normalising. */
const char *mtmi_label_alias(const mtmi_pair *aliases, size_t n, const char *text, size_t length);
/* Whether the user gave a code for the label. */
int mtmi_label_has_alias(const mtmi_label_rules *rules, const char *text, size_t length);
/* label_canonical.c: rounds, levels and reasons of displacement in one form: "Round 7" and "7.0" are 7, "conflict" is
 * CONFLICT, "Natural disaster; Conflict" a set. 0 where the dimension has no such form, or the text another one. */
int mtmi_label_canonical(const char *dimension, const char *text, size_t length, mtmi_label *out);
/* "1", "yes", "true": 1; "0", "no": 0; -1 for all else. */
int mtmi_label_truth(const char *text, size_t length);
/* A cell of a level of places that says no place: empty, "nan". */
int mtmi_label_is_blank_place(const char *text, size_t length);
/* "16-62", "65+": an age band as it stands. */
int mtmi_label_is_age(const char *text, size_t length);

#endif
