/* Reads the elements of an Arrow array as text. What the C data interface lets a consumer check is checked when a batch
 * comes - numbers of buffers, lengths, NULL pointers - and offsets and indices when they are used; how large a buffer
 * really is it does not say. */
#include "read/arrow/arrow_column.h"

#include "base/text.h"
#include "period/period.h"
#include "read/arrow/arrow_number.h"
#include "read/arrow/arrow_values.h"

#include <string.h>

static mtm_status refuse_column(const char *stream, const mtmi_arrow_column *column, const char *what, mtm_error *err) {
    return mtmi_error_set(err, MTM_ERROR_STRUCTURE, 0, (mtmi_place){stream, 0, 0},
                          "found %s in column %q, expected an Arrow array as the C data interface describes it", what,
                          column->name);
}

/* What is wrong with an array of the type that must have elements up to end; NULL when nothing is. */
static const char *fault(const struct ArrowArray *array, mtmi_arrow_type type, size_t end) {
    int64_t n_buffers = type == MTMI_ARROW_NULL ? 0 : type == MTMI_ARROW_TEXT ? 3 : 2;
    if (array == NULL || array->release == NULL) {
        return "a released array";
    }
    if (array->length < 0 || array->offset < 0 || array->null_count < -1 || array->offset > INT64_MAX - array->length) {
        return "a negative or too large length or offset";
    }
    if ((uint64_t)array->length < end) {
        return "fewer elements than the batch has rows";
    }
    if (type == MTMI_ARROW_OTHER || type == MTMI_ARROW_NULL) {
        return NULL;
    }
    if (type == MTMI_ARROW_TEXT_VIEW ? array->n_buffers < 3 || array->n_buffers > INT32_MAX
                                     : array->n_buffers != n_buffers) {
        return "a wrong number of buffers";
    }
    if (array->buffers == NULL || (array->length > 0 && array->buffers[1] == NULL)) {
        return "a missing buffer";
    }
    if (array->length > 0 && (uint64_t)(array->offset + array->length) > SIZE_MAX / 32) {
        return "more elements than memory can hold";
    }
    return NULL;
}

mtm_status mtmi_arrow_column_batch(mtmi_arrow_column *column, const struct ArrowArray *array, size_t first, size_t n,
                                   const char *stream, mtm_error *err) {
    mtmi_arrow_type own = column->index_width == 0 ? column->type : MTMI_ARROW_INT;
    const char *what = fault(array, own, first + n);
    if (what == NULL && column->index_width != 0) {
        what = fault(array->dictionary, column->type, 0);
    }
    if (what != NULL) {
        return refuse_column(stream, column, what, err);
    }
    column->array = array;
    column->first = first;
    return MTM_OK;
}

static void write_wide(mtmi_wide number, mtmi_buffer *out) {
    char text[MTMI_WIDE_TEXT];
    mtmi_buffer_add(out, text, mtmi_decimal_write(number, 0, text, sizeof text));
}

static void write_float(const mtmi_arrow_column *column, const void *buffer, size_t at, mtmi_buffer *out) {
    double value;
    float small;
    if (column->width == 4) {
        memcpy(&small, (const char *)buffer + at * 4, 4);
        mtmi_arrow_float(small, out);
    } else {
        memcpy(&value, (const char *)buffer + at * 8, 8);
        mtmi_arrow_double(value, out);
    }
}

/* A whole number of 256 bits when it fits in 128. */
static int narrow(const char *from, mtmi_wide *out) {
    const uint16_t one = 1;
    mtmi_wide halves[2], sign;
    int low = *(const unsigned char *)&one == 0; /* machines that put the high byte first keep the high half first */
    memcpy(halves, from, sizeof halves);
    *out = halves[low];
    sign = halves[low] < 0 ? -1 : 0;
    return halves[!low] == sign;
}

static void write_decimal(const mtmi_arrow_column *column, const void *buffer, size_t at, mtmi_buffer *out) {
    mtmi_wide units = 0;
    int fits = 1;
    if (column->width == 32) {
        fits = narrow((const char *)buffer + at * 32, &units);
    } else if (column->width == 16) {
        memcpy(&units, (const char *)buffer + at * 16, 16);
    } else {
        units = mtmi_arrow_integer(buffer, column->width, at);
    }
    if (!fits || !mtmi_arrow_decimal(units, column->scale, out)) {
        mtmi_buffer_text(out, "a decimal beyond 38 digits");
    }
}

/* Days. */

static void write_two(int number, char before, mtmi_buffer *out) {
    const char text[] = {before, (char)('0' + number / 10), (char)('0' + number % 10)};
    mtmi_buffer_add(out, text, sizeof text);
}

static void write_day(int64_t day, mtmi_buffer *out) {
    int year, month, day_of_month;
    if (day < -719162 || day > 2932896) { /* 0001-01-01 to 9999-12-31 */
        mtmi_buffer_format(out, "day %lld from 1970", (long long)day);
        return;
    }
    mtmi_day_split((int32_t)day, &year, &month, &day_of_month);
    mtmi_buffer_format(out, "%04d", year);
    write_two(month, '-', out);
    write_two(day_of_month, '-', out);
}

static void write_timestamp(const mtmi_arrow_column *column, int64_t units, mtmi_buffer *out) {
    int64_t seconds = mtmi_arrow_floor_divide(units, column->per_second), limit = (int64_t)1 << 48;
    seconds = seconds < -limit ? -limit : seconds > limit ? limit : seconds; /* no calendar goes there */
    seconds += (int64_t)column->zone_minutes * 60;
    int64_t day = mtmi_arrow_floor_divide(seconds, 86400), rest = seconds - day * 86400;
    write_day(day, out);
    if (rest != 0) {
        write_two((int)(rest / 3600), 'T', out);
        write_two((int)(rest / 60 % 60), ':', out);
        write_two((int)(rest % 60), ':', out);
    }
}

/* Texts. */

static mtmi_arrow_cell write_bytes(const char *bytes, size_t size, mtmi_buffer *out) {
    if (mtmi_text_valid(bytes, size) != size || memchr(bytes, '\0', size) != NULL) {
        return MTMI_ARROW_CELL_BAD_TEXT;
    }
    mtmi_buffer_add(out, bytes, size);
    return MTMI_ARROW_CELL_TEXT;
}

static mtmi_arrow_cell write_text(int found, const mtmi_arrow_text *text, mtmi_buffer *out) {
    return found ? write_bytes(text->bytes, text->length, out) : MTMI_ARROW_CELL_BROKEN;
}

static mtmi_arrow_cell write_element(const mtmi_arrow_column *column, const struct ArrowArray *array, size_t at,
                                     mtmi_buffer *out) {
    const void *data = column->type == MTMI_ARROW_NULL || column->type == MTMI_ARROW_OTHER ? NULL : array->buffers[1];
    mtmi_arrow_text text = {"", 0, 0};
    if (mtmi_arrow_is_null(array, at)) {
        return MTMI_ARROW_CELL_PLAIN;
    }
    switch (column->type) {
    case MTMI_ARROW_NULL: break;
    case MTMI_ARROW_BOOL:
        mtmi_buffer_text(out, ((const unsigned char *)data)[at / 8] >> at % 8 & 1 ? "true" : "false");
        break;
    case MTMI_ARROW_INT: write_wide(mtmi_arrow_integer(data, column->width, at), out); break;
    case MTMI_ARROW_UNSIGNED: write_wide(mtmi_arrow_unsigned(data, column->width, at), out); break;
    case MTMI_ARROW_FLOAT: write_float(column, data, at, out); break;
    case MTMI_ARROW_DECIMAL: write_decimal(column, data, at, out); break;
    case MTMI_ARROW_TEXT: return write_text(mtmi_arrow_text_at(array, column->width, 0, at, &text), &text, out);
    case MTMI_ARROW_TEXT_VIEW: return write_text(mtmi_arrow_view_at(array, at, &text), &text, out);
    case MTMI_ARROW_DATE_DAYS: write_day(mtmi_arrow_integer(data, 4, at), out); break;
    case MTMI_ARROW_DATE_MILLISECONDS:
        write_day(mtmi_arrow_floor_divide(mtmi_arrow_integer(data, 8, at), 86400000), out);
        break;
    case MTMI_ARROW_TIMESTAMP: write_timestamp(column, mtmi_arrow_integer(data, 8, at), out); break;
    case MTMI_ARROW_OTHER: mtmi_buffer_format(out, "an Arrow value of format %s", column->format); break;
    }
    return MTMI_ARROW_CELL_PLAIN;
}

mtmi_arrow_cell mtmi_arrow_column_cell(const mtmi_arrow_column *column, size_t row, mtmi_buffer *out) {
    const struct ArrowArray *array = column->array;
    size_t at = (size_t)array->offset + column->first + row;
    if (column->index_width == 0) {
        return write_element(column, array, at, out);
    }
    if (mtmi_arrow_is_null(array, at)) {
        return MTMI_ARROW_CELL_PLAIN;
    }
    uint64_t index = mtmi_arrow_index(column, at);
    const struct ArrowArray *values = array->dictionary;
    if (index >= (uint64_t)values->length) {
        return MTMI_ARROW_CELL_BROKEN;
    }
    return write_element(column, values, (size_t)values->offset + (size_t)index, out);
}
