/* HXL tags, as humanitarian data exchanges put them under the header. What comes in: a tag such as #affected+f+idps.
 * What goes out: what it says of its column. It does not know the other columns. */
#include "base/text.h"
#include "read/table/header_words.h"

#include <string.h>

enum { ATTRIBUTES = 12, TAG_SIZE = 200 };

/* A tag taken apart: its name and attributes in lower case, each ended by NUL. */
struct tag {
    char text[TAG_SIZE];
    const char *attributes[ATTRIBUTES];
    size_t n;
    int malformed;
};

static int is_letter(char c) { return c >= 'a' && c <= 'z'; }

static int read_tag(const char *text, size_t length, struct tag *out) {
    size_t at = 0;

    memset(out, 0, sizeof *out);
    text = mtmi_text_trim(text, &length);
    if (length < 2 || length >= TAG_SIZE || text[0] != '#') {
        return 0;
    }
    for (size_t i = 1; i < length; i++) {
        char c = (char)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] + 32 : text[i]);
        if (c == ' ') {
            continue;
        }
        if (c == '+') {
            out->text[at++] = '\0';
            out->malformed |= out->n == ATTRIBUTES;
            out->n -= out->n == ATTRIBUTES;
            out->attributes[out->n++] = out->text + at;
            continue;
        }
        out->malformed |= !(is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-');
        out->text[at++] = c;
    }
    for (size_t i = 0; i < out->n; i++) {
        out->malformed |= !is_letter(out->attributes[i][0]); /* "+2013" */
    }
    return is_letter(out->text[0]);
}

static int has(const struct tag *tag, const char *attribute) {
    for (size_t i = 0; i < tag->n; i++) {
        if (strcmp(tag->attributes[i], attribute) == 0) {
            return 1;
        }
    }
    return 0;
}

static int is(const struct tag *tag, const char *name) { return strcmp(tag->text, name) == 0; }

static void set_dimension(mtmi_meaning *out, const char *dimension, int codes) {
    out->role = MTMI_ROLE_DIMENSION;
    out->dimension = dimension;
    out->codes = codes;
}

static void read_date(const struct tag *tag, mtmi_meaning *out) {
    out->role = has(tag, "start") ? MTMI_ROLE_PERIOD_START
                : has(tag, "end") ? MTMI_ROLE_PERIOD_END
                : has(tag, "published") || has(tag, "updated") ? MTMI_ROLE_RELEASE
                                                               : MTMI_ROLE_PERIOD;
    out->part = has(tag, "year") ? MTMI_PART_YEAR : has(tag, "month") ? MTMI_PART_MONTH
                : has(tag, "quarter")                                 ? MTMI_PART_QUARTER
                                                                      : MTMI_PART_WHOLE;
}

static void read_country(const struct tag *tag, mtmi_meaning *out) {
    const char *dimension = has(tag, "origin")                        ? "origin"
                            : has(tag, "dest") || has(tag, "destination") ? "destination"
                            : has(tag, "citizenship") || has(tag, "nationality") ? "citizenship"
                                                                                 : "country";
    set_dimension(out, dimension, has(tag, "code") || has(tag, "iso2") || has(tag, "iso3"));
}

static void read_place(const struct tag *tag, mtmi_meaning *out) {
    static const char *const here[] = {"adm1", "adm2", "adm3", "adm4", "adm5"};
    static const char *const from[] = {"origin-adm1", "origin-adm2", "origin-adm3", "origin-adm4", "origin-adm5"};
    int level = tag->text[3] - '1';

    set_dimension(out, has(tag, "origin") ? from[level] : here[level], has(tag, "code") || has(tag, "pcode"));
}

/* Figures. Households are not persons: such a column is left alone beside one of persons. */
static void read_figure(const struct tag *tag, mtmi_meaning *out) {
    out->role = MTMI_ROLE_VALUE;
    if (has(tag, "hh") || has(tag, "households") || has(tag, "pct") || has(tag, "percent")) {
        out->role = MTMI_ROLE_IGNORE;
    }
    if (has(tag, "f") || has(tag, "female") || has(tag, "females")) {
        out->member_dimension = "sex";
        out->member_code = "F";
    } else if (has(tag, "m") || has(tag, "male") || has(tag, "males")) {
        out->member_dimension = "sex";
        out->member_code = "M";
    }
}

int mtmi_hxl_tag(const char *text, size_t length, mtmi_meaning *out, int *malformed) {
    struct tag tag;

    memset(out, 0, sizeof *out);
    *malformed = 0;
    if (!read_tag(text, length, &tag)) {
        return 0;
    }
    *malformed = tag.malformed;
    out->how = MTMI_HOW_HXL;
    if (is(&tag, "date")) {
        read_date(&tag, out);
    } else if (is(&tag, "country")) {
        read_country(&tag, out);
    } else if (strncmp(tag.text, "adm", 3) == 0 && tag.text[3] >= '1' && tag.text[3] <= '5' && tag.text[4] == '\0') {
        read_place(&tag, out);
    } else if (is(&tag, "affected") || is(&tag, "population") || is(&tag, "value") || is(&tag, "inneed") ||
               is(&tag, "reached") || is(&tag, "targeted")) {
        read_figure(&tag, out);
    } else if (is(&tag, "indicator")) {
        out->role = has(&tag, "value") || has(&tag, "num") ? MTMI_ROLE_VALUE
                    : has(&tag, "code")                    ? MTMI_ROLE_IGNORE
                                                           : MTMI_ROLE_INDICATOR;
    } else if (is(&tag, "sector")) {
        set_dimension(out, "sector", 0);
    } else if (is(&tag, "status")) {
        set_dimension(out, "status", 0);
    } else if (is(&tag, "currency")) {
        out->role = MTMI_ROLE_UNIT;
    } else if (is(&tag, "cause") || is(&tag, "crisis")) {
        set_dimension(out, is(&tag, "cause") ? "reason" : "operation", 0);
    } else if (is(&tag, "activity") || is(&tag, "operation")) {
        set_dimension(out, has(&tag, "assessment") ? "assessment" : "operation", 0);
    } else if (is(&tag, "round") || (is(&tag, "meta") && has(&tag, "round"))) {
        set_dimension(out, "round", 0);
    } else if (is(&tag, "meta") && (has(&tag, "assessment") || has(&tag, "type"))) {
        set_dimension(out, "assessment", 0);
    } else if (is(&tag, "meta") && has(&tag, "comment")) {
        out->role = MTMI_ROLE_NOTE;
    } else if (is(&tag, "meta") || is(&tag, "geo") || is(&tag, "org") || is(&tag, "contact")) {
        out->role = is(&tag, "meta") && has(&tag, "source") ? MTMI_ROLE_SOURCE : MTMI_ROLE_IGNORE;
    } else {
        return 0;
    }
    return 1;
}

int mtmi_hxl_row(const mtmi_cell *cells, size_t n) {
    size_t tags = 0, filled = 0;

    for (size_t i = 0; i < n; i++) {
        size_t length = cells[i].length;
        const char *text = mtmi_text_trim(cells[i].text, &length);
        filled += length > 0;
        tags += length > 1 && text[0] == '#' && ((text[1] >= 'a' && text[1] <= 'z') || (text[1] >= 'A' && text[1] <= 'Z'));
    }
    return tags > 0 && tags * 2 > filled;
}
