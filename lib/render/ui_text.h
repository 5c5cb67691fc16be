/* The few words that belong to the page and not to the report: headings of tables, names of parts. */
#ifndef MTMI_RENDER_UI_TEXT_H
#define MTMI_RENDER_UI_TEXT_H

#include <mtm/codelist.h>
#include <mtm/result.h>

typedef enum mtmi_word {
    MTMI_WORD_SERIES_TITLE = 0, /* what kind of document */
    MTMI_WORD_TRACKING_TITLE,
    MTMI_WORD_KEY_FIGURES,
    MTMI_WORD_LIKE_FOR_LIKE,
    MTMI_WORD_HIGHLIGHTS,
    MTMI_WORD_CONTENTS,
    MTMI_WORD_ABOUT,
    MTMI_WORD_REVISED,
    MTMI_WORD_SKIP,
    MTMI_WORD_LIMITATIONS,
    MTMI_WORD_BIBLIOGRAPHY,
    MTMI_WORD_NOTES,
    MTMI_WORD_SOURCES,
    MTMI_WORD_COMPARISON,
    MTMI_WORD_BREAKDOWN,
    MTMI_WORD_SERIES,
    MTMI_WORD_SERIES_DATA,
    MTMI_WORD_PERIOD,
    MTMI_WORD_VALUE,
    MTMI_WORD_CHANGE,
    MTMI_WORD_CHANGE_PERCENT,
    MTMI_WORD_SHARE,
    MTMI_WORD_RANK,
    MTMI_WORD_REPORT_PERIOD,
    MTMI_WORD_PREVIOUS,
    MTMI_WORD_LAST_YEAR,
    MTMI_WORD_INDICATOR,
    MTMI_WORD_UNIT,
    MTMI_WORD_FROM,
    MTMI_WORD_TO,
    MTMI_WORD_STATUS,
    MTMI_WORD_FINDING,
    MTMI_WORD_TEXT,
    MTMI_WORD_KIND,
    MTMI_WORD_FIGURES,
    MTMI_WORD_LINEAGE,
    MTMI_WORD_COVERS,
    MTMI_WORD_COVERS_ALL,
    MTMI_WORD_COVERS_REST,
    MTMI_WORD_BREAK,
    MTMI_WORD_SUPERSEDED,
    MTMI_WORD_FILE,
    MTMI_WORD_LINE,
    MTMI_WORD_COLUMN,
    MTMI_WORD_RELEASE,
    MTMI_WORD_EDITION,
    MTMI_WORD_OPERATION,
    MTMI_WORD_FIGURE_OF,
    MTMI_WORD_LARGEST,
    MTMI_WORD_LOWEST,
    MTMI_WORD_FIRST,
    MTMI_WORD_LAST,
    MTMI_WORD_FIGURE,
    MTMI_WORD_SOURCE,
    MTMI_WORD_COVERAGE,
    MTMI_WORD_COVER,
    MTMI_WORD_SHEET,
    MTMI_WORD_NUMBER,
    MTMI_WORD_ADDRESS,
    MTMI_WORD_CHANGE_PREVIOUS,
    MTMI_WORD_CHANGE_LAST_YEAR,
    MTMI_WORD_SHORTHAND,
    MTMI_WORD_SHEET_FINDINGS,
    MTMI_WORD_SHEET_FIGURES,
    MTMI_WORD_SHEET_NOTES,
    MTMI_WORD_SHEET_LIMITATIONS,
    MTMI_WORD_SHEET_SOURCES,
    MTMI_WORD_INDEX,
    MTMI_WORD_TO_DATE,
    MTMI_WORD_TWELVE_MONTHS,
    MTMI_WORD_GROWTH,
    MTMI_WORD_POINTS,
    MTMI_WORD_TOTAL,
    MTMI_WORD_MAP_PLAIN,
    MTMI_WORD_MAP_UNCOVERED,
    MTMI_WORD_MAP_WITHHELD,
    MTMI_WORD_MAP_HOME,
    MTMI_WORD_MAP_LINES,
    MTMI_WORD_MAP_CLASSES,
    MTMI_WORD_MAP_EQUAL_EARTH,
    MTMI_WORD_MAP_AZIMUTHAL,
    MTMI_WORD_MAP_BOUNDARIES,
    MTMI_WORD_MAP_DISCLAIMER,
    MTMI_WORD_MAPS,
    MTMI_WORD_MAP_CLASS,
    MTMI_WORD_CODE,
    MTMI_WORD_AREA,
    MTMI_WORD_SHEET_MAPS,
    MTMI_WORD_OTHER_PERIODS,
    MTMI_WORD_CHANGE_SINCE,
    MTMI_WORD_POINTS_SINCE,
    MTMI_WORD_OTHER_PERIODS_WHY,
    MTMI_WORD_COUNT
} mtmi_word;

const char *mtmi_word_get(mtmi_word word, mtm_language language);
/* "taken as published", "added", ... */
const char *mtmi_word_operation(int operation, mtm_language language);

/* The tokens of JSON and CSV: never translated, never changed (docs/report-json.md). */
const char *mtmi_token_with(int with);
const char *mtmi_token_of(int part);
const char *mtmi_token_operation(int operation);
const char *mtmi_token_kind(int kind);   /* of a dataset: "flow", ... */
const char *mtmi_token_frame(int frame); /* "seen", "declared", "closed", "all" */
const char *mtmi_token_row(int kind);    /* of a row: "code", ... */
const char *mtmi_token_flag(int bit);    /* of flag 1 << bit; NULL past the last */

#endif
