/* The frozen document behind mtm_report, plain data that forms are rendered from. Every text is UTF-8 in the report's
 * language, lives as long as the report, and is never NULL where no comment says so. */
#ifndef MTMI_REPORT_REPORT_H
#define MTMI_REPORT_REPORT_H

#include "indicator/result.h"

#include <mtm/report.h>

/* The one mark that stands for a withheld number, in every language; and the one for a number there is not. */
#define MTMI_MARK_HIDDEN "\xE2\x8B\xAF" /* U+22EF */
#define MTMI_MARK_NONE "\xE2\x80\x93"   /* U+2013 */

/* A number as printed. */
typedef struct mtmi_figure_text {
    int has;           /* 1: value holds, and text is it in print: "4,001,714", "4 001 714", "-5" with U+2212 */
    int hidden;        /* 1: withheld so that no person is disclosed; then has is 0 and text is MTMI_MARK_HIDDEN */
    mtm_decimal value; /* zero unless has */
    const char *text;  /* MTMI_MARK_NONE where there is no number */
} mtmi_figure_text;

typedef struct mtmi_report_comparison {
    mtm_comparison_with with;
    const char
        *title; /* "previous quarter", "same quarter of the previous year", or the day of a stock: "1 July 2023" */
    mtm_period period;
    const char *period_text; /* "Q1 2024", "1 July 2023" */
    mtmi_figure_text base, absolute;
    mtmi_figure_text percent; /* text with its sign and per cent mark: "+34.5 %" */
    const char *change_text;  /* absolute with its sign: "+1,025,926"; MTMI_MARK_NONE or MTMI_MARK_HIDDEN else */
    mtm_reason reason;        /* why base or per cent is missing */
    const char *reason_text;  /* a phrase in lower case without full stop; "" for none */
    char base_status;
    const char *covers; /* the text of its extent (mtm_result_extent); "" where it has none, or it is not told */
    int has_like;       /* a comparison of what both periods have */
    int64_t like_common;
    const char *like_text; /* the row's name, with the value */
    mtmi_figure_text like_value, like_base, like_absolute, like_percent, like_value_share, like_base_share;
    mtm_period dated; /* what the base's texts name: of a stock the day that it is of, else the period */
    const char *like_change_text;
    const char *period_short; /* "Q1 2024", and in Russian "I кв. 2024 г." */
    const char *name;         /* "Q1 2024 (previous quarter)", "1 July 2023" */
} mtmi_report_comparison;

typedef struct mtmi_report_row {
    const char *code, *label;
    int kind; /* an mtm_member_kind; MTM_MEMBER_OTHER for the remainder */
    int rank; /* 0: not ranked, and everywhere in a breakdown that has a withheld row */
    char status;
    mtmi_figure_text value;
    mtmi_figure_text share; /* text without the per cent mark: "34.5" */
    mtm_reason reason;      /* why it has no value */
    const char *covers;
    mtmi_figure_text change[2], points[2]; /* of the indicator's growth, with their signs */
} mtmi_report_row;

typedef struct mtmi_report_point {
    mtm_period period;
    const char *period_text; /* short: "Q2 2024", "2024", "Jun 2024", "1 Aug 2023" */
    mtmi_figure_text value;
    int breaks; /* it does not cover the same as the point before */
    const char *covers;
    mtmi_figure_text index;   /* the first point is 100 */
    mtmi_figure_text to_date; /* of a flow: since the year began */
    mtmi_figure_text moving;  /* of a flow: of the last twelve months */
} mtmi_report_point;

typedef struct mtmi_report_step {
    mtm_step step;                          /* its strings live as long as the report */
    const char *period_text, *release_text; /* release_text "" when not stated */
    mtmi_figure_text value;
} mtmi_report_step;

typedef struct mtmi_report_indicator {
    const char *id, *title, *definition; /* definition may be "" */
    const char *concept;
    int kind;              /* an mtm_kind */
    const char *unit;      /* as in the data: "movements" */
    const char *unit_text; /* in the language, with the multiplier, as a heading says it: "million USD" */
    int multiplier;
    int is_percent; /* the values are per cents */
    mtm_period period, observed;
    const char *period_text, *observed_text;
    int unavailable; /* no value: reason holds */
    mtm_reason reason;
    const char *reason_text; /* a phrase in lower case without full stop; "" for none */
    mtmi_figure_text value;
    const char *value_text; /* with its unit, declined: "4,001,714 movements"; a mark where there is none */
    char status;
    uint32_t flags;
    unsigned revised;              /* bits of mtm_lineage_of: the value, the bases; each replaced an earlier figure */
    const mtmi_covering *covering; /* of the value, of the report's own results */
    const char *covers;            /* of the value: the text of its extent */
    mtmi_report_comparison comparisons[2];
    size_t n_comparisons;                    /* those that the indicator asks for */
    const char *dimension, *dimension_title; /* "" without a breakdown */
    mtm_reason breakdown_reason;             /* why there are no rows though the indicator asks for them */
    const char *breakdown_reason_text;
    int rows_are_selection;
    mtmi_report_row *rows;
    size_t n_rows;
    mtmi_report_point *points; /* oldest first */
    size_t n_points;
    const char *index_base;      /* the period whose index is 100; "" for no indices */
    int has_to_date, has_moving; /* some point has it */
    int has_growth[2];           /* by comparison: the rows say what they contributed */
    mtmi_figure_text rate; /* per 1,000 population; has is 0 where the package has no population, or of another unit */
    const char *series_title, *rows_title, *map_title; /* of pictures: each says the message; "" where there is none */
    const char *finding;                               /* one sentence with its full stop; never "" */
    const char **notes;                                /* sentences */
    size_t n_notes;
    const char **whole_notes; /* within a whole report: without those that stand elsewhere in it */
    size_t n_whole_notes;
    size_t *note_numbers; /* of the report's notes, from 1: the last of whole_notes refers to them */
    size_t n_note_numbers;
    unsigned limitation_kinds; /* bits of mtmi_limitation_kind: the same refers to them */
    size_t *sources;           /* indices into the report's bibliography, ascending */
    size_t n_sources;
    mtmi_report_step *steps; /* of confidential figures only those behind one shown number alone */
    size_t n_steps;
} mtmi_report_indicator;

/* A sentence at the head of the report. */
typedef struct mtmi_report_highlight {
    const char *id, *text;
    const char *indicator; /* the id of the one that says more; "" where the report has it not */
} mtmi_report_highlight;

#define MTMI_REPORT_HIGHLIGHTS 6
#define MTMI_REPORT_ABOUT 8

typedef struct mtmi_report_section {
    const char *id, *title;
    int unavailable;              /* no indicator of it has a value or a row */
    const char *unavailable_text; /* a sentence; "" where something is there */
    mtmi_report_indicator *indicators;
    size_t n_indicators;
    int of_others; /* the package is not about it at all */
} mtmi_report_section;

/* The numbers are the order in which they print. */
typedef enum mtmi_limitation_kind {
    MTMI_LIMITATION_PERIOD_UNAVAILABLE = 0,
    MTMI_LIMITATION_BREAKDOWN_INCOMPATIBLE,
    MTMI_LIMITATION_METHODOLOGY_NOT_PUBLIC,
    MTMI_LIMITATION_PERIODS_NOT_ALIGNED,
    MTMI_LIMITATION_REVISED,
    MTMI_LIMITATION_UNCLASSIFIED,
    MTMI_LIMITATION_TOTAL_MISMATCH,
    MTMI_LIMITATION_SUPPRESSED,
    MTMI_LIMITATION_COVERAGE,
    MTMI_LIMITATION_NOT_COVERED,
    MTMI_LIMITATION_COUNT
} mtmi_limitation_kind;

typedef struct mtmi_limitation {
    mtmi_limitation_kind kind;
    const char *kind_id;    /* "period-unavailable", ...: for JSON and CSV */
    const char *kind_title; /* in the language, as a heading */
    const char *indicator;  /* the id; "" where it is about the whole report */
    const char *text;       /* a sentence, or several */
    const char *title;      /* what the text begins with: of the indicator, or of its section; "" for none */
    const char *sentence;   /* what follows it */
} mtmi_limitation;

typedef struct mtmi_bibliography_entry {
    const char *publisher, *title, *path, *licence, *accessed; /* "" where not stated; accessed as the data has it */
    const char *name; /* "Title, publisher", or which of them there is, or that there is none; never "" */
    const char *accessed_text, *release_text; /* in print; "" where not stated */
    mtm_period release;                       /* {INT32_MIN, INT32_MIN} when not stated */
    int on_request;                           /* 1: obtained on request, else published */
    const char *obtained_text;
    int methodology_public; /* 1, 0, -1 not stated */
    const char *text;       /* the whole entry in print but for the address */
} mtmi_bibliography_entry;

struct mtm_report {
    mtm_language language;
    const char *language_code; /* "en", "ru", "kk" */
    const char *title;         /* "Kazakhstan: Migration Situation Report" */
    const char *country;       /* ISO 3166-1 alpha-3 */
    const char *country_title;
    mtm_period period;
    const char *period_text; /* "Q2 2024" */
    const char *period_long; /* "April-June 2024" with an en dash; the same where there is no longer form */
    int has_as_of;
    mtm_period as_of;
    const char *as_of_text;  /* a phrase: "as of 1 March 2025"; "" for none */
    int not_for_publication; /* disclosure control was off: stamp it */
    const char *stamp;       /* the stamp's words; "" for none */
    const char *protection;  /* how far disclosure control reaches; "" where no figure is confidential */
    int in_ledger;           /* 1: protected together with the publications of a ledger */
    int is_rounded;          /* 1: confidential counts are rounded */
    int threshold;           /* in force; 0 where no figure is confidential, -1 off */
    mtmi_report_highlight highlights[MTMI_REPORT_HIGHLIGHTS];
    size_t n_highlights;
    int is_tracking;                      /* of the Displacement Tracking Matrix alone: rounds, points, registrations */
    const char *about[MTMI_REPORT_ABOUT]; /* what the report is, sentences */
    size_t n_about;
    const char *introduction;           /* of the package, in the subset of Markdown of render/prose.h; "" for none */
    const char *contact, *contact_text; /* as the package has it; "Contact: ..."; "" for none */
    const char *next_text;              /* "Next release: ..."; "" for none */
    mtm_period next_release;            /* {INT32_MIN, INT32_MIN} when not stated */
    mtmi_report_section *sections;
    size_t n_sections;
    mtmi_limitation *limitations;
    size_t n_limitations;
    mtmi_limitation *gathered; /* the same for people: what is said of several indicators is said once */
    size_t n_gathered;
    const char **notes; /* what several indicators would say, for people: once, by number from 1 */
    size_t n_notes;
    mtmi_bibliography_entry *bibliography;
    size_t n_bibliography;
    struct mtmi_report_survey *surveys; /* report/survey/report_survey.h: what surveys found */
    size_t n_surveys;
    struct mtmi_report_method *methods; /* one a survey: how it was made */
    size_t n_methods;
    size_t n_hidden;      /* numbers withheld */
    mtm_results *results; /* own copy, redacted: steps and labels point into it */
    char **texts;         /* every other text, owned */
    size_t n_texts, texts_capacity;
};

/* The indicator of an id, or NULL. */
const mtmi_report_indicator *mtmi_report_find(const mtm_report *report, const char *id);

#endif
