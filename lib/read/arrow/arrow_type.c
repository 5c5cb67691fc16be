/* Tells from the schema of an Arrow column what its elements are. Types without figures, labels or dates are let
 * through as OTHER: such a column may not matter. */
#include "read/arrow/arrow_column.h"

#include "base/text.h"

#include <string.h>

#define DIGITS 4

static mtm_status refuse_column(const char *stream, const mtmi_arrow_column *column, const char *what, mtm_error *err) {
    return mtmi_error_set(err, MTM_ERROR_STRUCTURE, 0, (mtmi_place){stream, 0, 0},
                          "found %s in column %q, expected an Arrow schema as the C data interface describes it", what,
                          column->name);
}

/* A small number with an optional sign; gives where it ends, NULL when there is none. */
static const char *read_number(const char *text, int *out) {
    int negative = *text == '-', n = 0;
    const char *at = text + (negative || *text == '+');
    for (*out = 0; at[n] >= '0' && at[n] <= '9' && n < DIGITS; n++) {
        *out = *out * 10 + (at[n] - '0');
    }
    *out = negative ? -*out : *out;
    return n > 0 ? at + n : NULL;
}

/* "d:19,2" or "d:19,2,128". */
static int read_decimal(const char *format, mtmi_arrow_column *out) {
    int precision = 0, bits = 128;
    const char *at = read_number(format + 2, &precision);
    at = at != NULL && *at == ',' ? read_number(at + 1, &out->scale) : NULL;
    if (at != NULL && *at == ',') {
        at = read_number(at + 1, &bits);
    }
    out->type = bits == 32 || bits == 64 || bits == 128 || bits == 256 ? MTMI_ARROW_DECIMAL : MTMI_ARROW_OTHER;
    out->width = bits / 8;
    return at != NULL && *at == '\0';
}

/* "+05:00", "-0300", "UTC". Names of places need tables of their own and are not resolved. */
static int read_zone(const char *zone, mtmi_arrow_column *out) {
    static const char *const utc[] = {"UTC", "Etc/UTC", "GMT", "Etc/GMT", "Z", "Zulu", "Etc/Zulu"};
    int digits[4], n = 0;
    out->zone = zone[0] != '\0';
    for (size_t i = 0; i < sizeof utc / sizeof *utc; i++) {
        if (strcmp(zone, utc[i]) == 0) {
            return 1;
        }
    }
    for (const char *at = zone + 1; out->zone && *at != '\0' && n < 4; at++) {
        if (*at >= '0' && *at <= '9') {
            digits[n++] = *at - '0';
        } else if (*at != ':') {
            break;
        }
    }
    if (!out->zone || n < 4 || (zone[0] != '+' && zone[0] != '-')) {
        return !out->zone;
    }
    out->zone_minutes = (digits[0] * 10 + digits[1]) * 60 + digits[2] * 10 + digits[3];
    out->zone_minutes = zone[0] == '-' ? -out->zone_minutes : out->zone_minutes;
    return 1;
}

static void read_timestamp(const char *format, mtmi_arrow_column *out) {
    static const struct {
        char unit;
        int64_t per_second;
    } units[] = {{'s', 1}, {'m', 1000}, {'u', 1000000}, {'n', 1000000000}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (format[2] == units[i].unit && format[3] == ':' && read_zone(format + 4, out)) {
            out->type = MTMI_ARROW_TIMESTAMP;
            out->per_second = units[i].per_second;
            out->width = 8;
        }
    }
}

static void read_simple(const char *format, mtmi_arrow_column *out) {
    static const struct {
        const char *format;
        mtmi_arrow_type type;
        int width;
    } simple[] = {
        {"n", MTMI_ARROW_NULL, 0},
        {"b", MTMI_ARROW_BOOL, 0},
        {"c", MTMI_ARROW_INT, 1},
        {"s", MTMI_ARROW_INT, 2},
        {"i", MTMI_ARROW_INT, 4},
        {"l", MTMI_ARROW_INT, 8},
        {"C", MTMI_ARROW_UNSIGNED, 1},
        {"S", MTMI_ARROW_UNSIGNED, 2},
        {"I", MTMI_ARROW_UNSIGNED, 4},
        {"L", MTMI_ARROW_UNSIGNED, 8},
        {"f", MTMI_ARROW_FLOAT, 4},
        {"g", MTMI_ARROW_FLOAT, 8},
        {"u", MTMI_ARROW_TEXT, 4},
        {"U", MTMI_ARROW_TEXT, 8},
        {"vu", MTMI_ARROW_TEXT_VIEW, 16},
        {"z", MTMI_ARROW_TEXT, 4}, /* bytes: Parquet files of some engines do not say that they are text */
        {"Z", MTMI_ARROW_TEXT, 8},
        {"vz", MTMI_ARROW_TEXT_VIEW, 16},
        {"tdD", MTMI_ARROW_DATE_DAYS, 4},
        {"tdm", MTMI_ARROW_DATE_MILLISECONDS, 8},
    };
    for (size_t i = 0; i < sizeof simple / sizeof *simple; i++) {
        if (strcmp(format, simple[i].format) == 0) {
            out->type = simple[i].type;
            out->width = simple[i].width;
        }
    }
}

static int read_format(const char *format, mtmi_arrow_column *out) {
    out->format = format;
    if (strncmp(format, "d:", 2) == 0) {
        return read_decimal(format, out);
    }
    if (strncmp(format, "ts", 2) == 0 && format[2] != '\0') {
        read_timestamp(format, out);
    } else {
        read_simple(format, out);
    }
    return format[0] != '\0';
}

mtm_status mtmi_arrow_column_type(const struct ArrowSchema *schema, size_t number, const char *stream,
                                  mtmi_arrow_column *out, mtm_error *err) {
    memset(out, 0, sizeof *out);
    out->name = "";
    if (schema == NULL || schema->release == NULL || schema->format == NULL) {
        return mtmi_error_set(err, MTM_ERROR_STRUCTURE, 0, (mtmi_place){stream, 0, (int64_t)number},
                              "found no schema for column %zu, expected one", number);
    }
    if (schema->name != NULL && mtmi_text_valid(schema->name, strlen(schema->name)) == strlen(schema->name)) {
        out->name = schema->name;
    } else if (schema->name != NULL) {
        return refuse_column(stream, out, "a name that is no UTF-8", err);
    }
    if (!read_format(schema->format, out)) {
        return refuse_column(stream, out, "a malformed format", err);
    }
    if (schema->dictionary == NULL) {
        return MTM_OK;
    }
    int index_width = out->width, is_signed = out->type == MTMI_ARROW_INT;
    if (!is_signed && out->type != MTMI_ARROW_UNSIGNED) {
        return refuse_column(stream, out, "dictionary indices that are no whole numbers", err);
    }
    const struct ArrowSchema *values = schema->dictionary;
    if (values->release == NULL || values->format == NULL || values->dictionary != NULL) {
        return refuse_column(stream, out, "a dictionary without a type of its own", err);
    }
    out->type = MTMI_ARROW_OTHER;
    out->index_width = index_width;
    out->index_signed = is_signed;
    return read_format(values->format, out) ? MTM_OK
                                            : refuse_column(stream, out, "a malformed format of the dictionary", err);
}
