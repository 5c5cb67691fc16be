/* What a report says, in each language: sentences with {placeholders}, and words in the forms sentences need. One
 * file a language, keyed alike. Knows no report.
 *
 * A placeholder may ask for a form: {month.in} is the month as it stands after "in". A form that a language does not
 * have is the same as the plain word. */
#ifndef MTMI_REPORT_MESSAGES_MESSAGES_H
#define MTMI_REPORT_MESSAGES_MESSAGES_H

#include <mtm/codelist.h>

#include <stddef.h>

/* clang-format off */
/* Spans that comparisons speak of: the previous ..., the same ... of the previous year. */
#define MTMI_MESSAGES_OF_SPANS(X, WHAT, what)                                                                          \
    X(WHAT##_DAY, what "-day") X(WHAT##_MONTH, what "-month") X(WHAT##_QUARTER, what "-quarter")                       \
    X(WHAT##_HALF, what "-half") X(WHAT##_YEAR, what "-year") X(WHAT##_PERIOD, what "-period")                       \
    X(WHAT##_ROUND, what "-round")

/* Periods by their shape. */
#define MTMI_MESSAGES_OF_SHAPES(X, FORM, form)                                                                         \
    X(DAY_##FORM, "day-" form) X(MONTH_##FORM, "month-" form) X(QUARTER_##FORM, "quarter-" form)                       \
    X(HALF_##FORM, "half-" form) X(YEAR_##FORM, "year-" form) X(MONTHS_##FORM, "months-" form)                         \
    X(MONTHS_ACROSS_##FORM, "months-across-" form) X(YEARS_##FORM, "years-" form) X(DAYS_##FORM, "days-" form)         \
    X(DAYS_ACROSS_##FORM, "days-across-" form)

#define MTMI_MESSAGES(X)                                                                                               \
    MTMI_MESSAGES_OF_SHAPES(X, NAME, "name")                                                                           \
    MTMI_MESSAGES_OF_SHAPES(X, IN, "in")                                                                               \
    MTMI_MESSAGES_OF_SHAPES(X, FOR, "for")                                                                             \
    MTMI_MESSAGES_OF_SHAPES(X, SHORT, "short")                                                                         \
    MTMI_MESSAGES_OF_SHAPES(X, THAN, "than")                                                                           \
    X(DAY_AT, "day-at")                                                                                                \
    X(DAY_WITH, "day-with")                                                                                            \
    MTMI_MESSAGES_OF_SPANS(X, PREVIOUS, "previous")                                                                    \
    MTMI_MESSAGES_OF_SPANS(X, PREVIOUS_WITH, "previous-with")                                                          \
    MTMI_MESSAGES_OF_SPANS(X, PREVIOUS_IN, "previous-in")                                                              \
    MTMI_MESSAGES_OF_SPANS(X, YEAR_AGO, "year-ago")                                                                    \
    MTMI_MESSAGES_OF_SPANS(X, YEAR_AGO_WITH, "year-ago-with")                                                          \
    MTMI_MESSAGES_OF_SPANS(X, YEAR_AGO_IN, "year-ago-in")                                                              \
    X(HIGHLIGHT_UP, "highlight-up")                                                                                    \
    X(HIGHLIGHT_DOWN, "highlight-down")                                                                                \
    X(HIGHLIGHT_UP_SLIGHTLY, "highlight-up-slightly")                                                                  \
    X(HIGHLIGHT_DOWN_SLIGHTLY, "highlight-down-slightly")                                                              \
    X(HIGHLIGHT_UP_FROM, "highlight-up-from")                                                                          \
    X(HIGHLIGHT_SAME, "highlight-same")                                                                                \
    X(HIGHLIGHT_LIKE, "highlight-like")                                                                                \
    X(HIGHLIGHT_AND, "highlight-and")                                                                                  \
    X(HIGHLIGHT_BUT, "highlight-but")                                                                                  \
    X(HIGHLIGHT_NOTE, "highlight-note")                                                                                \
    X(HIGHLIGHT_AT_LEAST, "highlight-at-least")                                                                        \
    X(HIGHLIGHT_NAME_SHARE, "highlight-name-share")                                                                    \
    X(HIGHLIGHT_SAME_BOTH, "highlight-same-both")                                                                      \
    X(HIGHLIGHT_TIED, "highlight-tied")                                                                                \
    X(HIGHLIGHT_TIED_SHARE, "highlight-tied-share")                                                                    \
    X(DEFINITE_NAME, "definite-name")                                                                                  \
    X(DEFINITE_NAME_FIRST, "definite-name-first")                                                                      \
    X(NOT_COVERED, "not-covered")                                                                                      \
    X(SEE_NOTE, "see-note")                                                                                            \
    X(SEE_LIMITATIONS, "see-limitations")                                                                              \
    X(FIGURE_UP, "figure-up")                                                                                          \
    X(FIGURE_DOWN, "figure-down")                                                                                      \
    X(FIGURE_SAME, "figure-same")                                                                                      \
    X(FIGURE_STANDS, "figure-stands")                                                                                  \
    X(FIGURE_LEADS, "figure-leads")                                                                                    \
    X(FIGURE_LEADS_SHARE, "figure-leads-share")                                                                        \
    X(FIGURE_MAP, "figure-map")                                                                                        \
    X(RATE, "rate")                                                                                                    \
    X(REPORT_TITLE_ANY, "report-title-any")                                                                            \
    X(REPORT_TITLE, "report-title")                                                                                    \
    X(AS_OF, "as-of")                                                                                                  \
    X(STAMP, "stamp")                                                                                                  \
    X(SECTION_UNAVAILABLE, "section-unavailable")                                                                      \
    X(FINDING_VALUE, "finding-value")                                                                                  \
    X(FINDING_ROWS, "finding-rows")                                                                                    \
    X(FINDING_HIDDEN, "finding-hidden")                                                                                \
    X(FINDING_UNAVAILABLE, "finding-unavailable")                                                                      \
    X(FINDING_CHANGES, "finding-changes")                                                                              \
    X(FINDING_AND, "finding-and")                                                                                      \
    X(FINDING_UP, "finding-up")                                                                                        \
    X(FINDING_DOWN, "finding-down")                                                                                    \
    X(FINDING_UP_FIRST, "finding-up-first")                                                                            \
    X(FINDING_UP_ALSO, "finding-up-also")                                                                              \
    X(FINDING_DOWN_FIRST, "finding-down-first")                                                                        \
    X(FINDING_DOWN_ALSO, "finding-down-also")                                                                          \
    X(FINDING_UP_BY, "finding-up-by")                                                                                  \
    X(FINDING_DOWN_BY, "finding-down-by")                                                                              \
    X(FINDING_SAME, "finding-same")                                                                                    \
    X(FINDING_SAME_FIRST, "finding-same-first")                                                                        \
    X(FINDING_SAME_ALSO, "finding-same-also")                                                                          \
    X(FINDING_WAS, "finding-was")                                                                                      \
    X(FINDING_WERE, "finding-were")                                                                                    \
    X(FINDING_TOP, "finding-top")                                                                                      \
    X(FINDING_TOP_ONE, "finding-top-one")                                                                              \
    X(FINDING_TOP_COUNTRIES, "finding-top-countries")                                                                  \
    X(FINDING_TOP_COUNTRY, "finding-top-country")                                                                      \
    X(FINDING_TOP_SHOWN, "finding-top-shown")                                                                          \
    X(FINDING_TOP_TIED, "finding-top-tied")                                                                            \
    X(FINDING_TOP_COUNTRIES_TIED, "finding-top-countries-tied")                                                        \
    X(FINDING_ROW, "finding-row")                                                                                      \
    X(FINDING_ROW_SHARE, "finding-row-share")                                                                          \
    X(FINDING_COVERS, "finding-covers")                                                                                \
    X(FINDING_LIKE, "finding-like")                                                                                    \
    X(OF_COUNTRIES, "of-countries")                                                                                    \
    X(OF_COUNTRIES_ONE, "of-countries-one")                                                                            \
    X(OF_COUNTRIES_AND_ONE, "of-countries-and-one")                                                                    \
    X(OF_COUNTRIES_SOME, "of-countries-some")                                                                          \
    X(OF_COUNTRIES_NET, "of-countries-net")                                                                            \
    X(OF_MEMBERS_NET, "of-members-net")                                                                                \
    X(OF_AND_REST, "of-and-rest")                                                                                      \
    X(OF_MEMBERS, "of-members")                                                                                        \
    X(OF_MEMBERS_AND_ONE, "of-members-and-one")                                                                                        \
    X(OF_MEMBERS_SOME, "of-members-some")                                                                              \
    X(LIKE_ROW, "like-row")                                                                                            \
    X(LIKE, "like")                                                                                                    \
    X(LIKE_NEW, "like-new")                                                                                            \
    X(ABSENT, "absent")                                                                                                \
    X(ABSENT_NAMES, "absent-names")                                                                                    \
    X(ABSENT_LAST, "absent-last")                                                                                      \
    X(ASSUMED_ZERO, "assumed-zero")                                                                                    \
    X(AS_COVERED, "as-covered")                                                                                        \
    X(BREAK_DEFINITION, "break-definition")                                                                            \
    X(BREAK_COVERAGE, "break-coverage")                                                                                \
    X(TERRITORY_MERGED, "territory-merged") \
    X(TERRITORY_MOVED, "territory-moved") \
    X(LAST_KNOWN, "last-known") \
    X(ROUND, "round")                                                                                                  \
    X(ROUND_DATED, "round-dated")                                                                                      \
    X(ROUND_OF, "round-of")                                                                                            \
    X(DAYS_ABSENT, "days-absent")                                                                                      \
    X(DAYS_LEFT_OUT, "days-left-out")                                                                                  \
    X(DAYS_ASSUMED, "days-assumed")                                                                                    \
    X(DATES_DIFFER, "dates-differ")                                                                                    \
    X(SUPERSEDED_BASE, "superseded-base")                                                                              \
    X(SUPERSEDED_BASE_HIDDEN, "superseded-base-hidden")                                                                \
    X(BREAK_NOTE, "break-note")                                                                                        \
    X(LIST_COMMA, "list-comma")                                                                                        \
    X(LIST_SEMICOLON, "list-semicolon")                                                                                \
    X(SENTENCE, "sentence")                                                                                            \
    X(QUOTED, "quoted")                                                                                                \
    X(LIST_AND, "list-and")                                                                                            \
    X(PERCENT, "percent")                                                                                              \
    X(PERCENT_ACCUSATIVE, "percent-accusative")                                                                        \
    X(PERCENT_DATIVE, "percent-dative")                                                                                \
    X(PERCENT_UNIT, "percent-unit")                                                                                    \
    X(MONEY, "money")                                                                                                  \
    X(UNIT, "unit")                                                                                                    \
    X(THOUSAND, "thousand")                                                                                            \
    X(MILLION, "million")                                                                                              \
    X(BILLION, "billion")                                                                                              \
    X(TRILLION, "trillion")                                                                                            \
    X(LIMITATION, "limitation")                                                                                        \
    X(NO_FIGURE, "no-figure")                                                                                          \
    X(NO_FIGURE_PARTS, "no-figure-parts") \
    X(NO_FIGURE_MISSING, "no-figure-missing")                                                                          \
    X(NO_FIGURE_COVERS, "no-figure-covers")                                                                            \
    X(NO_COMPARISON, "no-comparison")                                                                                  \
    X(NO_BREAKDOWN, "no-breakdown")                                                                                    \
    X(NO_BREAKDOWN_COVERS, "no-breakdown-covers")                                                                      \
    X(METHODOLOGY, "methodology")                                                                                      \
    X(NOT_ALIGNED_DATE, "not-aligned-date")                                                                            \
    X(NOT_ALIGNED_WINDOW, "not-aligned-window")                                                                        \
    X(REVISED, "revised")                                                                                              \
    X(REVISED_HIDDEN, "revised-hidden")                                                                                \
    X(REVISED_FIGURE, "revised-figure")                                                                                \
    X(UNCLASSIFIED, "unclassified")                                                                                    \
    X(UNCLASSIFIED_MORE, "unclassified-more")                                                                          \
    X(UNCLASSIFIED_HIDDEN, "unclassified-hidden")                                                                      \
    X(UNCLASSIFIED_MORE_HIDDEN, "unclassified-more-hidden")                                                            \
    X(UNCLASSIFIED_VALUE, "unclassified-value")                                                                        \
    X(REFUSED, "refused")                                                                                              \
    X(REFUSED_HIDDEN, "refused-hidden")                                                                                \
    X(CONFLICTS, "conflicts")                                                                                          \
    X(CONFLICTS_HIDDEN, "conflicts-hidden")                                                                            \
    X(PER_DAY, "per-day")                                                                                              \
    X(PER_DAY_MORE, "per-day-more")                                                                                    \
    X(PER_POINT_DAY, "per-point-day")                                                                                  \
    X(OWN_CITIZENS, "own-citizens")                                                                                    \
    X(POINT_DAYS, "point-days")                                                                                        \
    X(NO_CALENDAR, "no-calendar")                                                                                      \
    X(MISMATCH, "mismatch")                                                                                            \
    X(MISMATCH_HIDDEN, "mismatch-hidden")                                                                              \
    X(FALLS, "falls")                                                                                                  \
    X(FALLS_HIDDEN, "falls-hidden")                                                                                    \
    X(YEAR_TO_DATE, "year-to-date")                                                                                    \
    X(YEAR_TO_DATE_HIDDEN, "year-to-date-hidden")                                                                      \
    X(BALANCE, "balance")                                                                                              \
    X(BALANCE_HIDDEN, "balance-hidden")                                                                                \
    X(ACROSS_RELEASES, "across-releases")                                                                              \
    X(DERIVED, "derived")                                                                                              \
    X(DERIVED_PARTS, "derived-parts")                                                                                  \
    X(DERIVED_OUTSIDE, "derived-outside")                                                                              \
    X(DERIVED_DIFFERENCE, "derived-difference")                                                                        \
    X(BASE_DATED, "base-dated")                                                                                              \
    X(ESTIMATED, "estimated")                                                                                          \
    X(ESTIMATED_TEXT, "estimated-text")                                                                                \
    X(SOURCE_NOTE, "source-note")                                                                                      \
    X(SELECTION, "selection")                                                                                          \
    X(SELECTION_HIDDEN, "selection-hidden")                                                                            \
    X(SHARES_ROUNDED, "shares-rounded")                                                                                \
    X(SUPPRESSED, "suppressed")                                                                                        \
    X(ROUNDED, "rounded")                                                                                              \
    X(NOT_ROUNDED, "not-rounded")                                                                                      \
    X(NOT_SUPPRESSED, "not-suppressed")                                                                                \
    X(SCOPE_DOCUMENT, "scope-document")                                                                                \
    X(SCOPE_LEDGER, "scope-ledger")                                                                                    \
    X(LINEAGE_HIDDEN, "lineage-hidden")                                                                                \
    X(PLACE, "place")                                                                                                  \
    X(PLACE_FILE, "place-file")                                                                                        \
    X(ROWS, "rows")                                                                                                    \
    X(ROWS_ONE, "rows-one")                                                                                            \
    X(ROWS_FEW, "rows-few")                                                                                            \
    X(NUMBERS, "numbers")                                                                                              \
    X(NUMBERS_ONE, "numbers-one")                                                                                      \
    X(NUMBERS_FEW, "numbers-few")                                                                                      \
    X(SOURCE_UNNAMED, "source-unnamed")                                                                                \
    X(SOURCE_FILE, "source-file")                                                                                \
    X(PUBLISHED, "published")                                                                                          \
    X(ON_REQUEST, "on-request")                                                                                        \
    X(RELEASED, "released")                                                                                            \
    X(ACCESSED, "accessed")                                                                                            \
    X(LICENCE, "licence")                                                                                              \
    X(REVISED_REASON, "revised-reason")                                                                                \
    X(ABOUT_MTM, "about-mtm")                                                                                          \
    X(REPORT_TITLE_TRACKING_ANY, "report-title-tracking-any")                                                          \
    X(REPORT_TITLE_TRACKING, "report-title-tracking")                                                                  \
    X(ABOUT_TRACKING, "about-tracking")                                                                                \
    X(ABOUT_ROUNDS, "about-rounds")                                                                                    \
    X(ABOUT_NAMES, "about-names")                                                                                      \
    X(WHEN_ROUND, "when-round")                                                                                        \
    X(NOT_ASSESSED, "not-assessed")                                                                                    \
    X(NO_LONGER_ASSESSED, "no-longer-assessed")                                                                        \
    X(ABOUT_COVERS, "about-covers")                                                                                    \
    X(ABOUT_LACKS, "about-lacks")                                                                                      \
    X(ABOUT_PUBLISHED, "about-published")                                                                              \
    X(ABOUT_ON_REQUEST, "about-on-request")                                                                            \
    X(ABOUT_PERIODS, "about-periods")                                                                                  \
    X(ABOUT_ROUNDED, "about-rounded")                                                                                  \
    X(ABOUT_SOURCES, "about-sources")                                                                                  \
    X(CONTACT, "contact")                                                                                              \
    X(NEXT_RELEASE, "next-release")
/* clang-format on */

typedef enum mtmi_message {
#define MTMI_MESSAGE_ENTRY(name, key) MTMI_MESSAGE_##name,
    MTMI_MESSAGES(MTMI_MESSAGE_ENTRY)
#undef MTMI_MESSAGE_ENTRY
        MTMI_MESSAGE_COUNT
} mtmi_message;

/* Forms of a month's name. FROM and TO: after "from", before "to"; AND: followed by the word for "and" of a range. */
typedef enum mtmi_month_form {
    MTMI_MONTH_NAME = 0,
    MTMI_MONTH_OF,
    MTMI_MONTH_IN,
    MTMI_MONTH_AT,
    MTMI_MONTH_FROM,
    MTMI_MONTH_TO,
    MTMI_MONTH_AND,
    MTMI_MONTH_SHORT,
    MTMI_MONTH_FORMS
} mtmi_month_form;

/* Which form of a noun a number takes. */
typedef enum mtmi_number_form {
    MTMI_NUMBER_ONE = 0,
    MTMI_NUMBER_FEW,
    MTMI_NUMBER_MANY,
    MTMI_NUMBER_FRACTION,
    MTMI_NUMBER_FORMS
} mtmi_number_form;

typedef struct mtmi_unit_words {
    const char *id;                       /* NULL ends the table */
    const char *forms[MTMI_NUMBER_FORMS]; /* beside a number */
    const char *accusative;               /* beside a number, as the object of a sentence */
    const char *heading;                  /* alone, over a column */
} mtmi_unit_words;

#define MTMI_REASONS 25
#define MTMI_LABELS 6
#define MTMI_LIMITATION_TITLES 10

typedef struct mtmi_words {
    const char *code;
    const char *messages[MTMI_MESSAGE_COUNT];
    const char *reasons[MTMI_REASONS];               /* by mtm_reason; "" for none */
    const char *limitations[MTMI_LIMITATION_TITLES]; /* by mtmi_limitation_kind */
    const char *months[MTMI_MONTH_FORMS][12];
    const char *ordinals[4];    /* of quarters and halves, alone */
    const char *ordinals_in[4]; /* after "in", with the word for it where it changes */
    mtmi_unit_words units[20];
    const char *definite; /* codes of countries whose names take an article; "" for none */
    int bare_counts;      /* "Persons ... amounted to 618": a number may stand without the noun that the title has */
    const char *labels[MTMI_LABELS]; /* of labels that no list has, in the order of mtmi_label_codes */
    const char *group, *decimal;     /* marks within numbers */
} mtmi_words;

extern const mtmi_words mtmi_words_en, mtmi_words_ru, mtmi_words_kk;

/* "men", "incoming", ...: what columns of a flow monitoring registry are called. */
extern const char *const mtmi_label_codes[MTMI_LABELS];

const mtmi_words *mtmi_words_get(mtm_language language);
/* "finding-value"; NULL past the last. */
const char *mtmi_message_key(int message);

#endif
