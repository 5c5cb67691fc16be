/* The numbers of diagnostics, MTM-E012 and MTM-N012. Listed in docs/diagnostics.md; never renumbered, never reused.
 * One number has one meaning, whether an error or a note comes of it. Bands: 1 files and limits, 20 encoding,
 * 30 structure, 50 columns and description, 60 numbers, 80 periods, 90 labels, 100 the data among themselves. */
#ifndef MTMI_BASE_DIAGNOSTIC_H
#define MTMI_BASE_DIAGNOSTIC_H

enum {
    MTMI_CODE_FILE = 1,              /* a file is not what its name or place says: a workbook, a page, an archive */
    MTMI_CODE_RECORD_LIMIT = 2,      /* a row is longer than the limit */
    MTMI_CODE_COLUMN_LIMIT = 3,      /* a row has more columns than the limit */
    MTMI_CODE_PACKAGE = 4,           /* a file of the package cannot be opened, or is not the described one */
    MTMI_CODE_SHEET = 5,             /* note: the workbook has other sheets, or the one that is read is hidden */
    MTMI_CODE_HIDDEN = 6,            /* note: rows or columns that are hidden; they are read */
    MTMI_CODE_FORMULA = 7,           /* note: formulas that were saved without their value */
    MTMI_CODE_DESCRIPTION = 8,       /* datapackage.json, or the resource given along, contradicts itself */
    MTMI_CODE_LIMIT = 9,             /* another limit */
    MTMI_CODE_CHARACTER = 20,        /* bytes that are no text in the file's encoding, or NUL */
    MTMI_CODE_ENCODING = 21,         /* the file is not UTF-8 and no encoding is declared; note: one was guessed */
    MTMI_CODE_ENCODING_NAME = 22,    /* an encoding that nobody knows; note: another one than declared was used */
    MTMI_CODE_INVISIBLE = 23,        /* note: zero-width, bidirectional or control characters */
    MTMI_CODE_CELLS = 30,            /* a row has more or fewer cells than the header */
    MTMI_CODE_QUOTE = 31,            /* a quote inside a cell that is not quoted, or text after a closing quote */
    MTMI_CODE_FIELD_LIMIT = 32,      /* a cell is longer than the limit */
    MTMI_CODE_EMPTY = 33,            /* no rows at all, or only a header */
    MTMI_CODE_DELIMITER = 34,        /* no delimiter is certain */
    MTMI_CODE_HEADER = 35,           /* no header was found */
    MTMI_CODE_SECOND_TABLE = 36,     /* another header further down */
    MTMI_CODE_NOT_DATA = 37,         /* note: rows that are a preamble, footnotes, a repeated header */
    MTMI_CODE_COLUMN_MISSING = 50,   /* a declared column, the period or a value is not there */
    MTMI_CODE_COLUMN_TWICE = 51,     /* two columns of one name, or that would be the same cell */
    MTMI_CODE_COLUMN_UNKNOWN = 52,   /* a column that is not described; note: one that is left alone */
    MTMI_CODE_COLUMN_UNSURE = 53,    /* several columns could be the period or the value */
    MTMI_CODE_COLUMN_NAME = 54,      /* a column without a name that holds something */
    MTMI_CODE_UNIT = 55,             /* another unit than that of the resource */
    MTMI_CODE_STATUS = 56,           /* a status that does not exist, or contradicts the value */
    MTMI_CODE_EDITION = 57,          /* no edition */
    MTMI_CODE_TAG = 58,              /* note: a malformed HXL tag */
    MTMI_CODE_MEMBER = 59,           /* a declared member that the list of its dimension does not have */
    MTMI_CODE_NUMBER = 60,           /* no number at all */
    MTMI_CODE_NUMBER_AMBIGUOUS = 61, /* 6.640: the mark may group or be decimal */
    MTMI_CODE_NUMBER_MARK = 62,      /* another mark than the declared one */
    MTMI_CODE_NUMBER_GROUPS = 63,    /* digits in groups that are not threes */
    MTMI_CODE_NUMBER_RANGE = 64,     /* beyond 64 bits, or more than nine decimals */
    MTMI_CODE_NUMBER_EXPONENT = 65,
    MTMI_CODE_NUMBER_LETTER = 66,   /* a letter that looks like a digit */
    MTMI_CODE_NUMBER_CENSORED = 67, /* <5 without a rule */
    MTMI_CODE_NUMBER_FOOTNOTE = 68, /* 12*: error without a rule, note with one */
    MTMI_CODE_NUMBER_INTERVAL = 69, /* 5-7 */
    MTMI_CODE_NUMBER_AROUND = 70,   /* per cent or currency without bareNumber false */
    MTMI_CODE_NUMBER_WORDS = 71,    /* thousand, million without a rule */
    MTMI_CODE_NUMBER_PARENTHESES = 72,
    MTMI_CODE_NUMBER_DASH = 73,       /* a lone dash: zero or nothing */
    MTMI_CODE_NUMBER_SIGN = 74,       /* a dash that may be a minus: error apart from the digits, note beside them */
    MTMI_CODE_NUMBER_ZEROS = 75,      /* leading zeros */
    MTMI_CODE_NUMBER_DIGITS = 76,     /* digits of another script */
    MTMI_CODE_NUMBER_ASSUMED = 77,    /* a mark that was taken for missing by its usual meaning */
    MTMI_CODE_PERIOD = 80,            /* no period */
    MTMI_CODE_PERIOD_AMBIGUOUS = 81,  /* a period with two readings */
    MTMI_CODE_PERIOD_CUMULATIVE = 82, /* note: the words say that figures run from the start of the year */
    MTMI_CODE_PERIOD_PARTS = 83,      /* two columns of the period disagree */
    MTMI_CODE_LABEL_UNKNOWN = 90,     /* note: a label that no code matches */
    MTMI_CODE_LABEL_AMBIGUOUS = 91,   /* note: a label that several codes match */
    MTMI_CODE_LABEL_MIXED = 92,       /* note: letters of two alphabets in one word */
    MTMI_CODE_LABEL_EMPTY = 93,       /* note: no label */
    MTMI_CODE_LABEL_TWINS = 94,       /* code and name of one row stand for different things */
    MTMI_CODE_EVENT_TOTAL = 97,       /* microdata: a total or a group where a single event is expected */
    MTMI_CODE_EVENT_BIRTH = 98,       /* microdata: no year or day of birth, or an age that cannot be */
    MTMI_CODE_EVENT_PERIOD = 99,      /* microdata: a period longer than those that are counted */
    MTMI_CODE_CONTRADICTION = 100,    /* the same cell twice with different values */
    MTMI_CODE_DUPLICATE = 101,        /* note: the same cell twice with the same value, counted once */
    MTMI_CODE_TOTAL = 102,            /* note: parts do not add up to their total */
    MTMI_CODE_FALLS = 103,            /* note: a cumulative figure below an earlier one */
    MTMI_CODE_MARKS_DISAGREE = 104,   /* a mark groups in one cell of the column and begins decimals in another */
    MTMI_CODE_OVERFLOW = 105,         /* a value does not fit at the dataset's decimals */
    MTMI_CODE_NOT_COMPARED = 106,     /* note: too many cells to look for the same one twice */
    MTMI_CODE_TOTAL_PROVED = 130,     /* note: a label that nobody knows is the total, by its figures */
    MTMI_CODE_MAY_BE_TOTAL = 131,     /* note: a row that may be the total; sums over it are refused */
    MTMI_CODE_GROUP_EXCEEDS = 132,    /* note: a group's figure is above its listed members; sums are refused */
    MTMI_CODE_OVERLAP = 133,          /* note: members that overlap; they are not added */
    MTMI_CODE_EQUALS_REST = 134,      /* note: a known member equals the sum of all others, again and again */
    MTMI_CODE_SENTINEL = 135,         /* a figure that often stands for no value: -999; note: 99999 */
    MTMI_CODE_NEGATIVE = 136,         /* note: a count below zero */
    MTMI_CODE_FRACTION = 137,         /* note: a fraction of a person */
    MTMI_CODE_OTHER_TABLE = 150,      /* note: rows of another table of the file, which were not asked for */
    MTMI_CODE_ROW_SHORT = 151,        /* note: a row has fewer cells than the table has columns; it is filled up */
    MTMI_CODE_ROW_LONG = 152,         /* note: a row has more cells than the table has columns; they are kept */
    MTMI_CODE_ROW_RECOVERED = 153,    /* note: a row with a broken quote, of which one reading alone fits */
    MTMI_CODE_NO_HEADER = 154,        /* note: the table has no header */
    MTMI_CODE_PERIOD_MARK = 155,      /* note: a period with a footnote mark, read without it */
    MTMI_CODE_SURVEY_WEIGHT_MISSING = 200, /* survey: a row without a weight */
    MTMI_CODE_SURVEY_WEIGHT = 201,         /* survey: a weight that is negative or no number */
    MTMI_CODE_SURVEY_TWICE = 202,          /* survey: an interview that was read before */
    MTMI_CODE_SURVEY_NESTING = 203,        /* survey: a cluster in two strata */
    MTMI_CODE_SURVEY_POPULATION = 204,     /* survey: a population below the sample, or unlike within a stratum */
    MTMI_CODE_SURVEY_FRACTION = 205,       /* survey: no population, or fractions beside numbers of units */
    MTMI_CODE_SURVEY_LONELY = 206,         /* survey: a stratum with a single unit */
    MTMI_CODE_SURVEY_CALIBRATION = 207,    /* survey: totals that weights cannot be calibrated to */
    MTMI_CODE_SURVEY_REPLICATES = 208,     /* survey: replicate weights that are not there or not complete */
    MTMI_CODE_SURVEY_ROW = 209,            /* survey: a row that was refused as such: cells, encoding, length */
    MTMI_CODE_SURVEY_ANSWER = 210,         /* survey, note: answers that the form does not know, or no numbers */
    MTMI_CODE_SURVEY_NOT_EXPECTED = 211,   /* survey, note: answers of persons who should not have been asked */
    MTMI_CODE_SURVEY_WEIGHT_ZERO = 212,    /* survey, note: weights of 0 */
    MTMI_CODE_SURVEY_WEIGHT_UNIT = 213, /* survey, note: weights that look like chances, or were scaled to the sample */
    MTMI_CODE_SURVEY_FORM = 214         /* survey: a form that cannot be followed */
};

#endif
