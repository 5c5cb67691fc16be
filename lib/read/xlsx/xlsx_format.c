/* Tells whether a number format (ECMA-376 part 1, 18.8.31) shows a number, a number in thousands, a per cent, a date or a time. Quoted and
 * escaped text, colours, currencies and conditions are passed over. */
#include "read/xlsx/xlsx_styles.h"

#include <string.h>

/* What a code holds. */
typedef struct parts {
    int year, month, day, hour, second, percent, elapsed, meridiem;
    int has_digit, commas, scaling; /* commas behind the last digit so far; those that divide by 1000 */
} parts;

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* "[h]", "[mm]", "[ss]": time that goes on beyond a day; any other bracket is colour, currency or condition. */
static const char *skip_bracket(const char *at, parts *found) {
    const char *end = strchr(at, ']');
    char c = lower(at[1]);
    size_t same = 0;
    if (end == NULL) {
        return at + strlen(at);
    }
    while (at + 1 + same < end && lower(at[1 + same]) == c) {
        same++;
    }
    found->elapsed |= (c == 'h' || c == 'm' || c == 's') && at + 1 + same == end;
    return end + 1;
}

static const char *skip_quoted(const char *at) {
    const char *end = strchr(at + 1, '"');
    return end != NULL ? end + 1 : at + strlen(at);
}

static const char *skip_meridiem(const char *at, parts *found) {
    static const char *const words[] = {"am/pm", "a/p"};
    for (size_t i = 0; i < 2; i++) {
        size_t n = strlen(words[i]), k = 0;
        while (k < n && lower(at[k]) == words[i][k]) {
            k++;
        }
        if (k == n) {
            found->meridiem = 1;
            return at + n;
        }
    }
    return at + 1;
}

/* A comma between digits groups them; one behind the last digit, or behind the last before the point, divides by 1000. */
static void count_commas(char c, parts *found) {
    if (c == ',') {
        found->commas += found->has_digit;
    } else if (c == '.') {
        found->scaling += found->commas;
        found->commas = 0;
    } else if (c == '0' || c == '#' || c == '?') {
        found->has_digit = 1;
        found->commas = 0;
    }
}

static const char *step(const char *at, parts *found) {
    count_commas(*at, found);
    switch (lower(*at)) {
    case '"': return skip_quoted(at);
    case '\\':
    case '_':
    case '*': return at[1] != '\0' ? at + 2 : at + 1;
    case '[': return skip_bracket(at, found);
    case 'a': return skip_meridiem(at, found);
    case 'y': found->year = 1; break;
    case 'm': found->month = 1; break;
    case 'd': found->day = 1; break;
    case 'h': found->hour = 1; break;
    case 's': found->second = 1; break;
    case '%': found->percent = 1; break;
    default: break;
    }
    return at + 1;
}

static int is_general(const char *code) {
    static const char general[] = "general";
    size_t n = 0;
    while (general[n] != '\0' && lower(code[n]) == general[n]) {
        n++;
    }
    return general[n] == '\0';
}

static mtmi_shown number_shown(const parts *found) {
    const int scaling = found->scaling + found->commas;
    return found->percent ? MTMI_SHOWN_PERCENT
           : scaling == 1 ? MTMI_SHOWN_THOUSANDS
           : scaling == 2 ? MTMI_SHOWN_MILLIONS
           : scaling == 3 ? MTMI_SHOWN_BILLIONS
                          : MTMI_SHOWN_NUMBER;
}

mtmi_shown mtmi_format_shown(const char *code) {
    parts found = {0};
    if (is_general(code)) {
        return MTMI_SHOWN_NUMBER;
    }
    for (const char *at = code; *at != '\0' && *at != ';';) {
        at = step(at, &found);
    }
    int time = found.hour || found.second || found.elapsed || found.meridiem;
    if (found.day || (found.year && time)) {
        return MTMI_SHOWN_DATE;
    }
    if (found.year) {
        return found.month ? MTMI_SHOWN_MONTH : MTMI_SHOWN_YEAR;
    }
    if (time) {
        return MTMI_SHOWN_TIME;
    }
    return found.month ? MTMI_SHOWN_DATE : number_shown(&found);
}

/* Number formats that a workbook need not define (ECMA-376 part 1, 18.8.30; 27-36 and 50-58 are those of East Asia). */
static const struct {
    int64_t first, last;
    mtmi_shown shown;
    /* clang-format off */
} builtin[] = {
    {9, 10, MTMI_SHOWN_PERCENT}, {14, 16, MTMI_SHOWN_DATE}, {17, 17, MTMI_SHOWN_MONTH}, /* mmm-yy */
    {18, 21, MTMI_SHOWN_TIME},   {22, 22, MTMI_SHOWN_DATE}, {27, 31, MTMI_SHOWN_DATE},
    {32, 35, MTMI_SHOWN_TIME},   {36, 36, MTMI_SHOWN_DATE}, {45, 47, MTMI_SHOWN_TIME},
    {50, 54, MTMI_SHOWN_DATE},   {55, 56, MTMI_SHOWN_TIME}, {57, 58, MTMI_SHOWN_DATE},
};
/* clang-format on */

mtmi_shown mtmi_format_builtin(int64_t id) {
    for (size_t i = 0; i < sizeof builtin / sizeof *builtin; i++) {
        if (id >= builtin[i].first && id <= builtin[i].last) {
            return builtin[i].shown;
        }
    }
    return MTMI_SHOWN_NUMBER;
}
