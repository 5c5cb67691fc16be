/* Numbers of rows. A cell's number comes of its value alone: a text has the same one in a dictionary, a view or by itself,
 * a whole number in whatever width. As the digests of files, against mistakes and not against forgers. */
#include "tabulate/columns/row_hash.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/word.h"
#include "read/arrow/arrow_values.h"

#include <string.h>

#define SPREAD 0x9E3779B97F4A7C15u
#define OTHER 0xD6E8FEB86659FD93u
#define EMPTY 0xA0761D6478BD642Fu
#define BAD 0xE7037ED1A0B428DBu
#define HIGH_BITS 0x8080808080808080u

static inline uint64_t mix(uint64_t a, uint64_t b) {
    uint64_t product = (a ^ b) * SPREAD;
    return product ^ product >> 32;
}

/* The last bytes of a text, fewer than eight, as one number. */
static inline uint64_t rest_of(const unsigned char *at, size_t n, size_t readable) {
    unsigned char padded[8] = {0};
    if (n == 0) {
        return 0;
    }
    if (readable >= 8) {
        return mtmi_word_load(at) & (~(uint64_t)0 >> (64 - 8 * n));
    }
    memcpy(padded, at, n);
    return mtmi_word_load(padded);
}

/* Whether a word of n text bytes has one beyond ASCII, or a NUL. */
static inline uint64_t is_odd(uint64_t word, size_t n) {
    uint64_t filled = n < 8 ? word | ~(uint64_t)0 << 8 * n : word;
    return ((filled - 0x0101010101010101u) & ~filled & HIGH_BITS) | (word & HIGH_BITS);
}

/* A short text's number, where eight bytes can be read; of_text() says the same. *odd is not 0 when it must be asked. */
static inline uint64_t of_short(const mtmi_arrow_text *text, uint64_t *odd) {
    uint64_t number = mix(text->length, OTHER), word = mtmi_word_load((const unsigned char *)text->bytes);
    if (text->length == 8) {
        *odd = is_odd(word, 8);
        return mix(mix(number, word), 0);
    }
    word &= ((uint64_t)1 << 8 * text->length) - 1;
    *odd = is_odd(word, text->length);
    return mix(number, word);
}

/* A text's number; *valid 0 when a file could not hold it. */
static inline uint64_t of_text(const mtmi_arrow_text *text, int *valid) {
    const unsigned char *at = (const unsigned char *)text->bytes;
    size_t left = text->length, readable = text->readable;
    uint64_t number = mix(text->length, OTHER), odd = 0;
    for (; left >= 8; left -= 8, readable -= 8, at += 8) {
        uint64_t word = mtmi_word_load(at);
        odd |= is_odd(word, 8);
        number = mix(number, word);
    }
    uint64_t word = rest_of(at, left, readable);
    odd |= left > 0 ? is_odd(word, left) : 0;
    *valid = odd == 0 || (mtmi_text_valid(text->bytes, text->length) == text->length &&
                          memchr(text->bytes, '\0', text->length) == NULL);
    return mix(number, word);
}

static uint64_t of_decimal(const mtmi_arrow_column *column, const void *data, size_t at) {
    const unsigned char *from = (const unsigned char *)data + at * (size_t)column->width;
    uint64_t number = OTHER;
    if (column->width < 8) {
        return mix(OTHER, (uint64_t)mtmi_arrow_integer(data, column->width, at));
    }
    for (int i = 0; i < column->width / 8; i++) {
        number = mix(number, mtmi_word_load(from + 8 * i));
    }
    return number;
}

static uint64_t of_float(const mtmi_arrow_column *column, const void *data, size_t at) {
    double value;
    float small;
    uint64_t bits;
    if (column->width == 4) {
        memcpy(&small, (const char *)data + at * 4, 4);
        value = small;
    } else {
        memcpy(&value, (const char *)data + at * 8, 8);
    }
    memcpy(&bits, &value, sizeof bits);
    return mix(OTHER, bits);
}

/* An element's number. */
static inline uint64_t of_element(const mtmi_hashing *hashing, const struct ArrowArray *array, size_t at,
                                  uint64_t max_field, int *valid) {
    const mtmi_arrow_column *column = hashing->column;
    mtmi_arrow_text text;
    int found;
    *valid = 1;
    if (column->type == MTMI_ARROW_NULL || mtmi_arrow_is_null(array, at)) {
        return EMPTY;
    }
    switch (column->type) {
    case MTMI_ARROW_NULL:
    case MTMI_ARROW_OTHER: return OTHER;
    case MTMI_ARROW_BOOL: return mix(EMPTY, ((const unsigned char *)array->buffers[1])[at / 8] >> at % 8 & 1);
    case MTMI_ARROW_UNSIGNED: return mix(SPREAD, mtmi_arrow_unsigned(array->buffers[1], column->width, at));
    case MTMI_ARROW_FLOAT: return of_float(column, array->buffers[1], at);
    case MTMI_ARROW_DECIMAL: return of_decimal(column, array->buffers[1], at);
    case MTMI_ARROW_TEXT:
    case MTMI_ARROW_TEXT_VIEW:
        found = column->type == MTMI_ARROW_TEXT ? mtmi_arrow_text_at(array, column->width, hashing->last, at, &text)
                                                : mtmi_arrow_view_at(array, at, &text);
        if (!found || text.length > max_field) {
            *valid = 0;
            return BAD;
        }
        return of_text(&text, valid);
    case MTMI_ARROW_INT:
    case MTMI_ARROW_DATE_DAYS:
    case MTMI_ARROW_DATE_MILLISECONDS:
    case MTMI_ARROW_TIMESTAMP: break;
    }
    return mix(SPREAD, (uint64_t)mtmi_arrow_integer(array->buffers[1], column->width, at));
}

mtm_status mtmi_hashing_batch(mtmi_hashing *hashing, const mtmi_arrow_column *column, mtm_error *err) {
    size_t n = mtmi_arrow_codes(column);
    hashing->column = column;
    hashing->n_codes = n;
    hashing->last = mtmi_arrow_text_end(column);
    if (!mtmi_memory_reserve((void **)&hashing->codes, &hashing->codes_capacity, n, sizeof *hashing->codes)) {
        return mtmi_error_memory(err);
    }
    if (n > 0) {
        memset(hashing->codes, 0, n * sizeof *hashing->codes);
    }
    return MTM_OK;
}

void mtmi_hashing_free(mtmi_hashing *hashing) {
    mtmi_memory_free(hashing->codes);
}

/* A cell by its code. */
static uint64_t of_code(mtmi_hashing *hashing, size_t at, uint64_t max_field, int *valid) {
    const struct ArrowArray *array = hashing->column->array, *values = array->dictionary;
    *valid = 1;
    if (mtmi_arrow_is_null(array, at)) {
        return EMPTY;
    }
    uint64_t code = mtmi_arrow_index(hashing->column, at);
    if (code >= (uint64_t)values->length) {
        *valid = 0;
        return BAD;
    }
    if (code < hashing->n_codes && hashing->codes[code] != 0) {
        return hashing->codes[code];
    }
    uint64_t number = of_element(hashing, values, (size_t)values->offset + (size_t)code, max_field, valid);
    if (code < hashing->n_codes && *valid) {
        hashing->codes[code] = number;
    }
    return number;
}

static void run_codes(mtmi_hashing *hashing, size_t at, size_t n, uint64_t max_field, uint64_t *rows, uint32_t *marks) {
    uint32_t places[MTMI_CHUNK_ROWS];
    int valid = 1;
    mtmi_arrow_places(hashing->column, at, n, hashing->n_codes, places);
    for (size_t r = 0; r < n; r++) {
        uint64_t number = places[r] == UINT32_MAX ? 0 : hashing->codes[places[r]];
        if (number == 0) {
            number = of_code(hashing, at + r, max_field, &valid);
            marks[r] |= valid ? 0 : MTMI_VALUE_UNCLEAN;
        }
        rows[r] = mix(rows[r], number);
    }
}

static void run_wholes(const mtmi_hashing *hashing, size_t at, size_t n, uint64_t *rows) {
    const struct ArrowArray *array = hashing->column->array;
    int64_t wholes[MTMI_CHUNK_ROWS];
    mtmi_arrow_wholes(hashing->column, at, n, wholes);
    for (size_t r = 0; r < n; r++) {
        rows[r] = mix(rows[r], mtmi_arrow_is_null(array, at + r) ? EMPTY : mix(SPREAD, (uint64_t)wholes[r]));
    }
}

static void run_texts(const mtmi_hashing *hashing, size_t at, size_t n, uint64_t max_field, uint64_t *rows,
                      uint32_t *marks) {
    const struct ArrowArray *array = hashing->column->array;
    mtmi_arrow_text text;
    for (size_t r = 0; r < n; r++) {
        uint64_t odd = 1, number = 0;
        int valid = 1;
        if (!mtmi_arrow_is_null(array, at + r) &&
            mtmi_arrow_text_at(array, hashing->column->width, hashing->last, at + r, &text) && text.length <= 8 &&
            text.length <= max_field && text.readable >= 8) {
            number = of_short(&text, &odd);
        }
        if (odd != 0) {
            number = of_element(hashing, array, at + r, max_field, &valid);
            marks[r] |= valid ? 0 : MTMI_VALUE_UNCLEAN;
        }
        rows[r] = mix(rows[r], number);
    }
}

static int is_whole(mtmi_arrow_type type) {
    return type == MTMI_ARROW_INT || type == MTMI_ARROW_UNSIGNED || type == MTMI_ARROW_DATE_DAYS ||
           type == MTMI_ARROW_DATE_MILLISECONDS || type == MTMI_ARROW_TIMESTAMP;
}

void mtmi_hashing_run(mtmi_hashing *hashing, size_t first, size_t n, uint64_t max_field, uint64_t *rows,
                      uint32_t *marks) {
    const struct ArrowArray *array = hashing->column->array;
    size_t at = (size_t)array->offset + hashing->column->first + first;
    int valid;
    if (hashing->column->index_width != 0) {
        run_codes(hashing, at, n, max_field, rows, marks);
        return;
    }
    if (is_whole(hashing->column->type)) {
        run_wholes(hashing, at, n, rows);
        return;
    }
    if (hashing->column->type == MTMI_ARROW_TEXT) {
        run_texts(hashing, at, n, max_field, rows, marks);
        return;
    }
    for (size_t r = 0; r < n; r++) {
        rows[r] = mix(rows[r], of_element(hashing, array, at + r, max_field, &valid));
        marks[r] |= valid ? 0 : MTMI_VALUE_UNCLEAN;
    }
}

void mtmi_row_digest_start(mtmi_row_digest *digest) {
    mtmi_digest_file_start(&digest->file);
    digest->n = 0;
}

static void end_piece(mtmi_row_digest *digest) {
    size_t size = digest->n * sizeof digest->rows[0];
    mtmi_digest_file_add(&digest->file, mtmi_digest_piece((const unsigned char *)digest->rows, size), size);
    digest->n = 0;
}

void mtmi_row_digest_add(mtmi_row_digest *digest, const uint64_t *rows, size_t n) {
    const size_t most = sizeof digest->rows / sizeof digest->rows[0];
    while (n > 0) {
        size_t take = most - digest->n < n ? most - digest->n : n;
        memcpy(digest->rows + digest->n, rows, take * sizeof rows[0]);
        digest->n += take;
        rows += take;
        n -= take;
        if (digest->n == most) {
            end_piece(digest);
        }
    }
}

void mtmi_row_digest_finish(mtmi_row_digest *digest, unsigned char out[MTMI_DIGEST_SIZE]) {
    if (digest->n > 0) {
        end_piece(digest);
    }
    mtmi_digest_file_finish(&digest->file, out);
}
