/* Highlights as a catalogue defines them: sentences with places for figures, and the conditions under which each may be
 * said. Plain data; report/ fills them in. The invariant: every text was checked when it was read, so that whoever fills
 * it meets only places that docs/highlights.md names. */
#ifndef MTMI_HIGHLIGHT_HIGHLIGHT_H
#define MTMI_HIGHLIGHT_HIGHLIGHT_H

#include "data/dataset.h" /* mtmi_titles */

#include <jansson.h>

/* Which rows of a breakdown a sentence names. */
typedef enum mtmi_row_choice {
    MTMI_CHOOSE_LEADERS = 0, /* the first `most`, ties with them */
    MTMI_CHOOSE_MAJORITY, /* the fewest leading ones that make more than half; none where that takes more than `most` */
    MTMI_CHOOSE_COVERAGE, /* the leading ones until they make `share` per cent; at most `most` */
    MTMI_CHOOSE_GROUP     /* the members of groups, and single codes */
} mtmi_row_choice;

typedef struct mtmi_highlight_rows {
    char *name; /* what texts call them */
    char *of;   /* the id of an indicator with a breakdown */
    mtmi_row_choice choice;
    int most, share;
    char **groups, **codes; /* each ended by NULL; NULL for none */
} mtmi_highlight_rows;

/* A text that may be said when every condition holds and every place in it has a figure. */
typedef struct mtmi_highlight_case {
    char **when; /* ended by NULL; NULL for none */
    mtmi_titles text;
} mtmi_highlight_case;

/* The first case that may be said is said. */
typedef struct mtmi_highlight_clause {
    mtmi_highlight_case *cases;
    size_t n;
} mtmi_highlight_clause;

/* A sentence: its first clause, and the further ones that may be said. */
typedef struct mtmi_highlight {
    char *id, *about; /* about: the indicator that says more */
    mtmi_highlight_rows *rows;
    size_t n_rows;
    mtmi_highlight_clause *clauses;
    size_t n_clauses;
} mtmi_highlight;

typedef struct mtmi_highlights {
    mtmi_highlight *items; /* in the order of their weight */
    size_t n, capacity;
} mtmi_highlights;

/* What is known of an indicator when highlights are read. */
typedef enum mtmi_highlight_known { MTMI_KNOWN_NOT = 0, MTMI_KNOWN_PLAIN, MTMI_KNOWN_BROKEN_DOWN } mtmi_highlight_known;
typedef mtmi_highlight_known (*mtmi_highlight_lookup)(const void *context, const char *indicator);

/* Reads the property "highlights" of a document into a list. One of an id that is there replaces it; the others of the
 * document come before those that were there. name is what errors call the file. */
mtm_status mtmi_highlights_read(mtmi_highlights *out, const json_t *list, const char *name,
                                mtmi_highlight_lookup lookup, const void *context, mtm_error *err);
mtm_status mtmi_highlights_copy(const mtmi_highlights *from, mtmi_highlights *to, mtm_error *err);
void mtmi_highlights_clear(mtmi_highlights *highlights);
void mtmi_highlight_clear(mtmi_highlight *highlight);

#endif
