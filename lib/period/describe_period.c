/* Writes an interval of days as the shortest SDMX TIME_PERIOD that is exactly it. */
#include "period/period.h"

#include <string.h>

/* A text that grows in place; what does not fit is counted only. */
typedef struct writer {
    char text[MTMI_PERIOD_TEXT];
    size_t length;
} writer;

static void put_char(writer *out, char c) {
    if (out->length < sizeof out->text) {
        out->text[out->length] = c;
    }
    out->length++;
}

static void put_text(writer *out, const char *text) {
    for (; *text != '\0'; text++) {
        put_char(out, *text);
    }
}

static void put_number(writer *out, int64_t number, int digits) {
    char reversed[20];
    int n = 0;

    if (number < 0) {
        put_char(out, '-');
        number = -number;
    }
    do {
        reversed[n++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    for (int i = n; i < digits; i++) {
        put_char(out, '0');
    }
    while (n > 0) {
        put_char(out, reversed[--n]);
    }
}

static void put_date(writer *out, int32_t day) {
    int year, month, day_of_month;
    mtmi_day_split(day, &year, &month, &day_of_month);
    put_number(out, year, 4);
    put_char(out, '-');
    put_number(out, month, 2);
    put_char(out, '-');
    put_number(out, day_of_month, 2);
}

/* The name of a calendar year, half, quarter or month; 0 when the months are none of them. */
static int put_calendar(writer *out, int year, int month, int months) {
    if (months > 12 || 12 % months != 0 || months == 2 || months == 4 || (month - 1) % months != 0) {
        return 0;
    }
    put_number(out, year, 4);
    if (months == 1) {
        put_char(out, '-');
        put_number(out, month, 2);
    } else if (months < 12) {
        put_text(out, months == 6 ? "-S" : "-Q");
        put_number(out, (month - 1) / months + 1, 1);
    }
    return 1;
}

static void put_duration(writer *out, mtm_period period, int months) {
    put_date(out, period.first);
    put_text(out, "/P");
    put_number(out, months % 12 == 0 ? months / 12 : months, 1);
    put_char(out, months % 12 == 0 ? 'Y' : 'M');
}

static void put_period(writer *out, mtm_period period) {
    int year, month, day;
    int months = mtmi_period_months(period);

    if (months > 0) {
        mtmi_day_split(period.first, &year, &month, &day);
        if (!put_calendar(out, year, month, months)) {
            put_duration(out, period, months);
        }
        return;
    }
    put_date(out, period.first);
    if (period.first != period.last) {
        put_char(out, '/');
        put_date(out, period.last);
    }
}

size_t mtm_period_describe(mtm_period period, char *buffer, size_t size) {
    writer out = {{0}, 0};

    if (period.first != MTMI_DAY_NONE) {
        put_period(&out, period);
    }
    if (buffer != NULL && size > 0) {
        size_t fits = out.length < size - 1 ? out.length : size - 1;
        memcpy(buffer, out.text, fits);
        buffer[fits] = '\0';
    }
    return out.length;
}
