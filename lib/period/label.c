/* Reads labels of periods: normalises a label, cuts it into tokens and asks which period their sequence means. A label
 * with two meanings is refused. */
#include "base/error.h"
#include "base/text.h"
#include "period/grammar.h"

#include <string.h>

static void refuse_label(mtmi_period_label *out, const char *expected, size_t offset) {
    memset(out, 0, sizeof *out);
    out->outcome = MTMI_PERIOD_BAD;
    out->period = MTMI_PERIOD_NONE;
    out->expected = expected;
    out->offset = offset;
}

/* n digits at text as a number; -1 when there are not so many. */
static int digits_at(const char *text, size_t length, size_t at, size_t n) {
    int value = 0;
    if (at + n > length) {
        return -1;
    }
    for (size_t i = at; i < at + n; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return -1;
        }
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

/* The forms of which files are full, without normalising: 2024, 2024-06, 2024-Q2, 2024-06-30. What is wrong with
 * any other is found out by the grammar. */
static int read_plain(const char *text, size_t length, mtm_period *out) {
    int year = digits_at(text, length, 0, 4);
    int month = digits_at(text, length, 5, 2);

    if (year < MTMI_YEAR_FIRST || year > MTMI_YEAR_LAST || (length > 4 && text[4] != '-')) {
        return 0;
    }
    if (length == 4) {
        *out = mtmi_period_of_months(year, 1, 12);
        return 1;
    }
    if (length == 7 && text[5] == 'Q' && text[6] >= '1' && text[6] <= '4') {
        *out = mtmi_period_of_months(year, (text[6] - '1') * 3 + 1, 3);
        return 1;
    }
    if (month < 1 || month > 12) {
        return 0;
    }
    if (length == 7) {
        *out = mtmi_period_of_months(year, month, 1);
        return 1;
    }
    return length == 10 && text[7] == '-' && mtmi_date_make(year, month, digits_at(text, length, 8, 2), out);
}

/* Raised, circled and fraction digits are footnote marks or worse; normalising would make plain digits of them. */
static int is_mark(uint32_t c) {
    return c == 0xB2 || c == 0xB3 || c == 0xB9 || (c >= 0xBC && c <= 0xBE) || (c >= 0x2070 && c <= 0x209C) ||
           (c >= 0x2150 && c <= 0x215F) || c == 0x2189 || (c >= 0x2460 && c <= 0x24FF) ||
           (c >= 0x2776 && c <= 0x2793) || (c >= 0x3200 && c <= 0x33FF) || (c >= 0x1D400 && c <= 0x1F2FF);
}

static int find_mark(const char *text, size_t length, size_t *offset) {
    size_t bytes = 1;
    for (size_t at = 0; at < length; at += bytes) {
        if (is_mark(mtmi_text_decode(text + at, length - at, &bytes))) {
            *offset = at;
            return 1;
        }
    }
    return 0;
}

/* Normalising keeps the number of characters of all but odd labels: the place is found by counting them. */
static size_t original_offset(const char *text, size_t length, const char *normal, size_t at) {
    size_t characters = mtmi_text_characters(normal, at);
    size_t own = length, offset = 0, bytes = 1;
    const char *trimmed = mtmi_text_trim(text, &own);

    while (characters-- > 0 && offset < own) {
        (void)mtmi_text_decode(trimmed + offset, own - offset, &bytes);
        offset += bytes;
    }
    return (size_t)(trimmed - text) + offset;
}

static int is_time_number(const mtmi_tokens *tokens, size_t at, int limit) {
    return at < tokens->n && tokens->at[at].class == MTMI_TOKEN_SMALL && tokens->at[at].digits == 2 &&
           tokens->at[at].value < limit;
}

/* "+05:00", "+0500", "Z" or nothing, to the end. */
static int is_zone(const mtmi_tokens *tokens, size_t at) {
    if (at == tokens->n) {
        return 1;
    }
    if (tokens->at[at].class == 'Z') {
        return at + 1 == tokens->n;
    }
    return (tokens->at[at].class == '+' || tokens->at[at].class == '-') && is_time_number(tokens, at + 1, 15) &&
           (at + 2 == tokens->n ||
            (tokens->at[at + 2].class == ':' && is_time_number(tokens, at + 3, 60) && at + 4 == tokens->n));
}

/* A time after a date says nothing about the day: it is checked and cut. 0 when there is one that is none. */
static int cut_time(mtmi_tokens *tokens, int *cut) {
    size_t at = 1, end;

    *cut = 0;
    while (at + 1 < tokens->n && !(tokens->at[at].class == MTMI_TOKEN_SMALL && tokens->at[at + 1].class == ':')) {
        at++;
    }
    if (at + 1 >= tokens->n) {
        return 1;
    }
    if (!is_time_number(tokens, at, 24) || !is_time_number(tokens, at + 2, 60)) {
        return 0;
    }
    end = at + 3;
    if (end < tokens->n && tokens->at[end].class == ':') {
        if (!is_time_number(tokens, end + 1, 61)) {
            return 0;
        }
        end += 2;
        if (end + 1 < tokens->n && tokens->at[end].class == '.' && tokens->at[end + 1].digits > 0) {
            end += 2;
        }
    }
    if (!is_zone(tokens, end) || (tokens->at[at - 1].class != 'T' && !tokens->at[at].spaced)) {
        return 0;
    }
    tokens->n = tokens->at[at - 1].class == 'T' ? at - 1 : at;
    *cut = 1;
    return 1;
}

static void read_normal(const char *normal, size_t length, int order, mtmi_period_label *out, size_t *offset) {
    mtmi_tokens tokens;
    int timed = 0;

    *offset = 0;
    if (!mtmi_tokens_read(normal, length, &tokens, offset)) {
        refuse_label(out, "a period; this sign is of none", 0);
        return;
    }
    *offset = 0;
    if (!cut_time(&tokens, &timed)) {
        refuse_label(out, "a time such as 10:11 or 10:11:12Z", 0);
        return;
    }
    mtmi_tokens_tidy(&tokens);
    for (size_t i = 0; i < tokens.n && *offset == 0; i++) {
        *offset = tokens.at[i].class == MTMI_WORD_UNKNOWN ? tokens.at[i].offset : 0;
    }
    mtmi_shape_read(&tokens, order, out);
    if (timed && out->outcome == MTMI_PERIOD_OK && out->period.first != out->period.last) {
        refuse_label(out, "a date before the time", 0);
    }
}

/* Numbers of a duration in years, months, weeks and days: "p1y6m". 0 when it is none, or none of whole days. */
static int read_duration(const char *text, size_t length, int *months, int *days) {
    static const char units[] = "ymwd";
    const char *next = units;
    size_t at = 1;

    *months = *days = 0;
    while (at < length) {
        size_t n = 0;
        const char *unit;
        int value;
        while (at + n < length && text[at + n] >= '0' && text[at + n] <= '9') {
            n++;
        }
        value = n > 0 && n <= 4 ? digits_at(text, length, at, n) : -1;
        unit = at + n < length ? strchr(next, text[at + n]) : NULL;
        if (value < 0 || unit == NULL || *unit == '\0') {
            return 0;
        }
        *months += *unit == 'y' ? value * 12 : *unit == 'm' ? value : 0;
        *days += *unit == 'w' ? value * 7 : *unit == 'd' ? value : 0;
        next = unit + 1;
        at += n + 1;
    }
    return *months > 0 || *days > 0;
}

/* date/duration: as many months, then days, from the date on. */
static void read_from(const char *normal, size_t left, size_t length, int order, mtmi_period_label *out,
                      size_t *offset) {
    int year, month, day, months, days;
    mtm_period end;

    read_normal(normal, left, order, out, offset);
    if (out->outcome != MTMI_PERIOD_OK) {
        return;
    }
    *offset = left + 1;
    if (!read_duration(normal + left + 1, length - left - 1, &months, &days)) {
        refuse_label(out, "a duration of years, months, weeks or days, such as P6M", 0);
        return;
    }
    mtmi_day_split(out->period.first, &year, &month, &day);
    if (out->period.first != out->period.last || out->stock_date || (months > 0 && day > 28)) {
        refuse_label(out, "a date before the duration, not the 29th to 31st when months are counted", 0);
        *offset = 0;
        return;
    }
    end = mtmi_period_of_months(year, month, months + 1);
    out->period.last = mtmi_period_around(end.last, 1).first + day - 1 + days - 1;
    mtmi_day_split(out->period.last, &year, &month, &day);
    if (year > MTMI_YEAR_LAST) {
        refuse_label(out, "a period that ends before the year 2200", 0);
    }
}

static void read_label(const char *normal, size_t length, int order, mtmi_period_label *out, size_t *offset) {
    const char *duration = NULL;
    for (size_t i = 0; i + 1 < length && duration == NULL; i++) {
        duration = normal[i] == '/' && normal[i + 1] == 'p' ? normal + i : NULL;
    }
    if (duration != NULL) {
        read_from(normal, (size_t)(duration - normal), length, order, out, offset);
    } else {
        read_normal(normal, length, order, out, offset);
    }
}

/* Digits of Arabic and Persian to those of all others, in a normalised label; it grows shorter. */
static size_t write_digits(char *text, size_t length) {
    size_t at = 0, to = 0, bytes = 1;

    while (at < length) {
        uint32_t c = mtmi_text_decode(text + at, length - at, &bytes);
        uint32_t zero = c >= 0x660 && c <= 0x669 ? 0x660 : c >= 0x6F0 && c <= 0x6F9 ? 0x6F0 : 0;
        if (zero != 0) {
            text[to++] = (char)('0' + (c - zero));
        } else {
            memmove(text + to, text + at, bytes);
            to += bytes;
        }
        at += bytes;
    }
    text[to] = '\0';
    return to;
}

/* "на 01.07.2024", "01.07.2024 г.": in Russian and Kazakh words, a date with full stops has its day first. */
static int has_cyrillic_date(const char *text, size_t length) {
    int points = 0, letters = 0;
    for (size_t i = 0; i < length; i++) {
        letters |= (unsigned char)text[i] == 0xD0 || (unsigned char)text[i] == 0xD1;
        points += text[i] == '.' && i > 0 && i + 1 < length && text[i - 1] >= '0' && text[i - 1] <= '9' &&
                  text[i + 1] >= '0' && text[i + 1] <= '9';
    }
    return letters && points >= 2;
}

void mtmi_period_read(const char *text, size_t length, int order, mtmi_period_label *out) {
    char normal[MTMI_PERIOD_LABEL];
    size_t size, offset = 0;
    mtm_period plain = MTMI_PERIOD_NONE;

    memset(out, 0, sizeof *out);
    if (read_plain(text, length, &plain)) {
        out->period = plain;
        return;
    }
    if (mtmi_text_valid(text, length) != length) {
        refuse_label(out, "text in UTF-8", mtmi_text_valid(text, length));
        return;
    }
    if (find_mark(text, length, &offset)) {
        refuse_label(out, "a period without raised or circled digits", offset);
        return;
    }
    size = length < 4 * sizeof normal ? mtmi_text_normalise(text, length, normal, sizeof normal) : sizeof normal;
    if (size >= sizeof normal || size == 0) {
        refuse_label(out, size == 0 ? "a period" : "a period in less than 160 bytes", 0);
        return;
    }
    size = write_digits(normal, size);
    order = order == 0 && has_cyrillic_date(normal, size) ? 1 : order;
    read_label(normal, size, order, out, &offset);
    if (out->outcome != MTMI_PERIOD_OK) {
        out->period = MTMI_PERIOD_NONE;
        out->cumulative = out->stock_date = 0;
        out->offset = original_offset(text, length, normal, offset);
    }
}

mtm_status mtm_period_read(const char *text, mtm_period *out, mtm_error *err) {
    mtmi_period_label label;

    if (out == NULL) {
        return mtmi_error_argument(err, "out", "a place for the period");
    }
    *out = MTMI_PERIOD_NONE;
    if (text == NULL) {
        return mtmi_error_argument(err, "text", "text in UTF-8");
    }
    mtmi_period_read(text, strlen(text), 0, &label);
    if (label.outcome != MTMI_PERIOD_OK) {
        mtmi_place place = {"period", 0, 0};
        return mtmi_error_set(err, MTM_ERROR_VALUE, 0, place,
                              "%q is no period that can be read without guessing; "
                              "expected %s",
                              text, label.expected);
    }
    *out = label.period;
    return MTM_OK;
}
