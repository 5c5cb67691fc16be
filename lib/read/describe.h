/* Proposals of a data package. */
#ifndef MTMI_READ_DESCRIBE_H
#define MTMI_READ_DESCRIBE_H

#include "base/json.h"
#include "read/check/check.h"
#include "read/subject/subject_words.h"

#include <mtm/package.h>

/* Who answers questions. ask NULL: nobody. */
typedef struct mtmi_asker {
    mtm_ask ask;
    void *data;
} mtmi_asker;

/* How cells are meant that reading refuses: a bit for each line of describe_unsure.c. */
typedef struct mtmi_cell_line {
    int code;             /* of the diagnostic */
    const char *key;      /* of the question */
    const char *numbers;  /* what is put under mtm.numbers; NULL for none */
    const char *property; /* what is put under mtm; NULL for none */
    const char *question;
    const char *answer; /* that asks for the line */
} mtmi_cell_line;
extern const mtmi_cell_line mtmi_cell_lines[];
extern const size_t mtmi_n_cell_lines;

/* Answers to what the file does not say; "" for none. */
typedef struct mtmi_answers {
    mtm_read_options told; /* with texts of this struct */
    char concept[64], kind[16], unit[24], direction[8];
    unsigned cells; /* bits of mtmi_cell_lines */
    int cumulative, cumulative_asked, microdata_asked;
} mtmi_answers;

/* A column that a shape knows: its names, parted by "|"; what the field declares; a letter of `needs`, or 0. */
typedef struct mtmi_counted_column {
    const char *names, *mtm; /* mtm NULL: nothing is declared */
    char makes;
    char unless; /* beside a column of this letter it says nothing; 0 for none */
} mtmi_counted_column;

/* A file whose rows are counted, as its columns say. */
typedef struct mtmi_counted_shape {
    const char *concept, *kind, *unit, *words;
    const mtmi_counted_column *columns;
    size_t n;
    const char *needs; /* a column of each letter makes the shape */
} mtmi_counted_shape;

/* What is proposed for one file. Everything is owned. */
typedef struct mtmi_proposal {
    char *given;      /* the path as the caller gave it */
    char *path;       /* as the proposal writes it */
    char *name;       /* of the resource: unique */
    mtm_check *first; /* what reading finds without it: how the file is recognised */
    mtm_check *check; /* what reading finds with the proposal so far; may be the same */
    mtm_period last;  /* the latest reference period */
    int has_last;
    const char *concept; /* static; NULL: not known */
    const char *word;    /* static: what the concept is taken from */
    char own_limit[MTMI_SUBJECT_LIMIT_SIZE];
    const char
        *limit;    /* static or own_limit: a word for which no concept is taken: less is counted, or something else */
    int is_denied; /* the person says a concept, and by the titles something else is counted: limit is the word */
    const char *likely; /* static: the same concept, also where it is not declared since it needs a kind */
    const char *unit;   /* of money, as its columns say: static or own_unit; NULL */
    char *own_unit;
    const char *kind;                /* static: of permits: "flow" for those issued; NULL */
    const char *type;                /* static: of permits: "PRP", "TRP"; NULL */
    const char *direction;           /* static: "IN", "OUT": of all figures, as titles or the name say; NULL */
    const char *direction_word;      /* static: what it is taken from */
    int microdata;                   /* one row per event, as the person or the shape says */
    const mtmi_counted_shape *shape; /* static; NULL: none is known */
    int repeats;                     /* figures of one cell that comes again are added, as the order of rows proves */
    int absent_is_zero;              /* a row that is not there says that nothing was counted, as ranked lists prove */
    int absent_may_be_zero;          /* the lists fall and go down to 1, and nothing proves that they were ranked */
    const char *sheets; /* static: sheets are parts of the table, and fill this column; "": none; NULL: they are not */
    const char *date_means;       /* static: the period for which dates stand, "month"; NULL: the day */
    const mtm_read_options *told; /* what the person knows; borrowed while the proposal is written */
    int no_flags;                 /* of the shape's columns: cells are neither 1 nor 0 */
    int plain;                    /* no schema: the file is read by its own names */
    mtmi_answers answers;
    int rows, encoding; /* where the header stands and which sheet; the encoding */
} mtmi_proposal;

void mtmi_proposal_free(mtmi_proposal *proposal);

/* describe.c: the package of files that are no survey; mtm_package_describe() asks it. paths are checked. asker may be
 * NULL. */
mtm_status mtmi_package_describe(const char *const *paths, size_t n_paths, const mtm_read_options *options,
                                 const mtmi_asker *asker, mtm_buffer **out, mtm_error *err);

/* describe_proved.c: reads the file, as often as it takes to find what must be declared. */
mtm_status mtmi_proposal_read(mtmi_proposal *proposal, const mtm_read_options *options, const mtmi_asker *asker,
                              mtm_error *err);

/* describe_ask.c: the question about all files; *out keeps the answer, "" for none. */
mtm_status mtmi_ask_country(const mtmi_asker *asker, char out[8], mtm_error *err);
/* Asks how cells are meant, and reads the file again with the answers. */
mtm_status mtmi_ask_cells(mtmi_proposal *proposal, const mtm_read_options *options, const mtmi_asker *asker,
                          mtm_error *err);
/* Asks what the file counts. */
mtm_status mtmi_ask_subject(mtmi_proposal *proposal, const mtm_read_options *options, const mtmi_asker *asker,
                            mtm_error *err);

/* describe_words.c: what a file says of itself, normalised once. */
typedef struct mtmi_subject_texts {
    mtmi_buffer name, titles, inside; /* the file's name; titles above its table; these and names of its columns */
} mtmi_subject_texts;
mtm_status mtmi_proposal_texts(const mtmi_proposal *proposal, mtmi_subject_texts *out, mtm_error *err);
void mtmi_proposal_forget_texts(mtmi_subject_texts *texts);
/* The first word of the table that the texts have; value NULL: whatever it says. */
const mtmi_subject_word *mtmi_proposal_says(const mtmi_subject_texts *texts, mtmi_subject what, const char *value);
/* A word for which no figure of the concept is made by itself: subject_words.h; NULL for none. */
const char *mtmi_proposal_limit(const mtmi_subject_texts *texts, const char *concept, const char *country,
                                char out[MTMI_SUBJECT_LIMIT_SIZE]);
/* The same of the names of columns of figures that no word of a header knows: "IDPs intending to return" are no displaced people who
 * returned. For concepts of displacement. */
const char *mtmi_proposal_column_limit(const mtmi_proposal *proposal, const char *concept, const char *country,
                                       char out[MTMI_SUBJECT_LIMIT_SIZE]);
/* A word of the titles by which something else is counted; NULL for none. */
const char *mtmi_proposal_denial(const mtmi_subject_texts *texts, const char *concept);
/* The word that says a or b alone: the table's own before the name of the file, which may be that of several. NULL where they
 * say both, or contradict each other. */
const mtmi_subject_word *mtmi_proposal_says_one(const mtmi_subject_texts *texts, mtmi_subject what, const char *a,
                                                const char *b);

/* describe_direction.c: whether columns tell directions; the one direction of all figures, where words alone say it. */
int mtmi_proposal_has_direction(const mtmi_proposal *proposal);
void mtmi_proposal_direction(mtmi_proposal *proposal, const mtmi_subject_texts *texts);

/* describe_facts.c: what is counted, by shape and words; the file as proposed so far, read again. */
mtm_status mtmi_proposal_concept(mtmi_proposal *proposal, mtm_error *err);
mtm_status mtmi_proposal_check(const mtmi_proposal *proposal, const mtm_read_options *options, mtm_check **out,
                               mtm_error *err);
/* The most that can be declared without changing what reading finds, and the latest period. */
mtm_status mtmi_proposal_settle(mtmi_proposal *proposal, const mtm_read_options *options, mtm_error *err);

/* describe_shape.c: the shape that the columns of a file make; NULL for none. */
const mtmi_counted_shape *mtmi_counted_of(const mtmi_check_file *file);
/* Whether the file is a list of places, which no table is. */
int mtmi_proposal_is_places(const mtmi_proposal *proposal);
/* What the field of unaccompanied children declares, without the columns of children that it is of. */
#define MTMI_COUNTED_SUBSET "{\"role\": \"subset\", \"members\": {\"vulnerable-group\": \"UAC\"}}"
/* What the shape knows of a column; NULL for nothing. */
const mtmi_counted_column *mtmi_counted_field(const mtmi_counted_shape *shape, const mtmi_check_file *file,
                                              size_t column);

/* describe_unsure.c: elements of mtm.unsure. */
void mtmi_proposal_unsure(const mtmi_proposal *proposal, mtmi_json *json);

/* describe_json.c: the resource, as an element of `resources` or alone. */
void mtmi_proposal_write(const mtmi_proposal *proposal, mtmi_json *json);
/* Only what was answered about cells, as the properties under mtm: `numbers` with more of them, and the rest. */
void mtmi_proposal_write_cells(const mtmi_proposal *proposal, mtmi_json *json, const char *group, const char *decimal);

#endif
