/* The numbers of diagnostics, MTM-E012 and MTM-N012. Listed in docs/diagnostics.md; never renumbered, never reused.
 * One number has one meaning, whether an error or a note comes of it. Bands: 1 files and limits, 20 encoding,
 * 30 structure, 50 columns and description, 60 numbers, 80 periods, 90 labels, 100 the data among themselves. */
#ifndef MTMI_READ_DIAGNOSTIC_H
#define MTMI_READ_DIAGNOSTIC_H

enum {
    MTMI_CODE_CELLS = 30,               /* a row has more or fewer cells than the header */
    MTMI_CODE_QUOTE = 31,               /* a quote inside a cell that is not quoted, or text after a closing quote */
    MTMI_CODE_FIELD_LIMIT = 32,         /* a cell is longer than the limit */
    MTMI_CODE_CHARACTER = 20,           /* bytes that are no UTF-8, or NUL */
    MTMI_CODE_NUMBER = 60,              /* no number at all */
    MTMI_CODE_NUMBER_AMBIGUOUS = 61,    /* 6.640: the mark may group or be decimal */
    MTMI_CODE_NUMBER_MARK = 62,         /* another mark than the declared one */
    MTMI_CODE_NUMBER_GROUPS = 63,       /* digits in groups that are not threes */
    MTMI_CODE_NUMBER_RANGE = 64,        /* beyond 64 bits, or more than nine decimals */
    MTMI_CODE_NUMBER_EXPONENT = 65,
    MTMI_CODE_NUMBER_LETTER = 66,       /* a letter that looks like a digit */
    MTMI_CODE_NUMBER_CENSORED = 67,     /* <5 without a rule */
    MTMI_CODE_NUMBER_FOOTNOTE = 68,     /* 12*: error without a rule, note with one */
    MTMI_CODE_NUMBER_INTERVAL = 69,     /* 5-7 */
    MTMI_CODE_NUMBER_AROUND = 70,       /* per cent or currency without bareNumber false */
    MTMI_CODE_NUMBER_WORDS = 71,        /* thousand, million without a rule */
    MTMI_CODE_NUMBER_PARENTHESES = 72,
    MTMI_CODE_NUMBER_DASH = 73,         /* a lone dash: zero or nothing */
    MTMI_CODE_NUMBER_SIGN = 74,         /* a dash that may be a minus: error apart from the digits, note beside them */
    MTMI_CODE_NUMBER_ZEROS = 75,        /* leading zeros */
    MTMI_CODE_NUMBER_DIGITS = 76,       /* digits of another script */
    MTMI_CODE_NUMBER_ASSUMED = 77,      /* a mark that was taken for missing by its usual meaning */
    MTMI_CODE_PERIOD = 80,              /* no period */
    MTMI_CODE_PERIOD_AMBIGUOUS = 81,    /* a period with two readings */
    MTMI_CODE_EVENT_TOTAL = 97,         /* microdata: a total or a group where a single event is expected */
    MTMI_CODE_EVENT_BIRTH = 98,         /* microdata: no year or day of birth, or an age that cannot be */
    MTMI_CODE_EVENT_PERIOD = 99         /* microdata: a period longer than those that are counted */
};

#endif
