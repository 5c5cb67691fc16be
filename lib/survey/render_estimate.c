/* Writes estimates: a table for people, JSON, and CSV with one row for each estimate (RFC 4180).
 * Invariant: a number that is not defined is an empty cell, null, or a dash; never 0. */
#include "survey/estimates.h"
#include "survey/math/real.h"

#include "base/buffer.h"
#include "base/csv_cell.h"
#include "base/decimal.h"
#include "base/error.h"
#include "base/json.h"
#include "base/text.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#define DIGITS 15

typedef struct column {
    const char *name;
    size_t offset;
    char kind; /* t: text, r: real, i: 64-bit integer, b: 32-bit integer */
} column;

#define TEXT(name)                                                                                                     \
    { #name, offsetof(mtm_estimate, name), 't' }
#define REAL(name)                                                                                                     \
    { #name, offsetof(mtm_estimate, name), 'r' }
#define COUNT(name)                                                                                                    \
    { #name, offsetof(mtm_estimate, name), 'i' }
#define BITS(name)                                                                                                     \
    { #name, offsetof(mtm_estimate, name), 'b' }

static const column columns[] = {TEXT(statistic),
                                 TEXT(question),
                                 TEXT(answer),
                                 TEXT(domain),
                                 REAL(estimate),
                                 REAL(se),
                                 REAL(df),
                                 REAL(df_above),
                                 REAL(low),
                                 REAL(high),
                                 TEXT(method),
                                 COUNT(n),
                                 COUNT(contributors),
                                 TEXT(weight),
                                 REAL(deff),
                                 REAL(deff_replace),
                                 REAL(n_effective),
                                 REAL(cv),
                                 REAL(p_value),
                                 COUNT(rows),
                                 COUNT(missing),
                                 COUNT(unknown),
                                 COUNT(refused),
                                 COUNT(not_asked),
                                 COUNT(unexpected),
                                 COUNT(invalid),
                                 COUNT(out_of_domain),
                                 COUNT(zero_weight),
                                 BITS(unreliable),
                                 BITS(withheld),
                                 TEXT(reason),
                                 TEXT(question_label),
                                 TEXT(answer_label)};

#define N_COLUMNS (sizeof columns / sizeof *columns)

static const char *text_at(const mtm_estimate *estimate, const column *at) {
    const char *text;
    memcpy(&text, (const char *)estimate + at->offset, sizeof text);
    return text;
}

/* Text of a number; "" where there is none. */
static const char *number_at(const mtm_estimate *estimate, const column *at, char *out) {
    const char *from = (const char *)estimate + at->offset;
    double real;
    int64_t count = 0;
    int32_t bits;
    if (at->kind == 'r') {
        memcpy(&real, from, sizeof real);
        return mtmi_real_write(real, DIGITS, out);
    }
    if (at->kind == 'i') {
        memcpy(&count, from, sizeof count);
    } else {
        memcpy(&bits, from, sizeof bits);
        count = bits;
    }
    out[0] = '\0';
    if (count >= 0) {
        mtmi_decimal_write(count, 0, out, MTMI_REAL_TEXT);
    }
    return out;
}

static void write_csv(const mtm_estimates *estimates, mtmi_buffer *out) {
    char number[MTMI_REAL_TEXT];
    for (size_t c = 0; c < N_COLUMNS; c++) {
        mtmi_buffer_text(out, c == 0 ? "" : ",");
        mtmi_buffer_text(out, columns[c].name);
    }
    mtmi_buffer_text(out, "\r\n");
    for (size_t i = 0; i < estimates->n; i++) {
        for (size_t c = 0; c < N_COLUMNS; c++) {
            mtmi_buffer_text(out, c == 0 ? "" : ",");
            if (columns[c].kind == 't') {
                mtmi_csv_cell(out, text_at(&estimates->all[i], &columns[c]));
            } else {
                mtmi_buffer_text(out, number_at(&estimates->all[i], &columns[c], number));
            }
        }
        mtmi_buffer_text(out, "\r\n");
    }
}

static void write_reasons(mtmi_json *json, int32_t unreliable) {
    static const char *const names[] = {"few-answers", "wide-interval", "large-cv", "no-freedom"};
    mtmi_json_key(json, "unreliable");
    mtmi_json_array(json);
    for (int i = 0; i < 4; i++) {
        if ((unreliable >> i & 1) != 0) {
            mtmi_json_text(json, names[i]);
        }
    }
    mtmi_json_array_end(json);
}

static void write_member(mtmi_json *json, const mtm_estimate *estimate, const column *at) {
    char number[MTMI_REAL_TEXT];
    if (strcmp(at->name, "unreliable") == 0) {
        write_reasons(json, estimate->unreliable);
        return;
    }
    mtmi_json_key(json, at->name);
    if (at->kind == 't') {
        mtmi_json_text(json, text_at(estimate, at));
    } else if (strcmp(at->name, "withheld") == 0) {
        mtmi_json_bool(json, estimate->withheld);
    } else if (number_at(estimate, at, number)[0] == '\0') {
        mtmi_json_null(json);
    } else {
        mtmi_json_literal(json, number);
    }
}

static void write_json(const mtm_estimates *estimates, mtmi_buffer *out) {
    mtmi_json json;
    char number[MTMI_REAL_TEXT];
    mtmi_json_start(&json, out);
    mtmi_json_object(&json);
    mtmi_json_key(&json, "level");
    mtmi_json_literal(&json, mtmi_real_write(estimates->level, DIGITS, number));
    mtmi_json_pair(&json, "population", estimates->population);
    mtmi_json_pair(&json, "sampling", estimates->purposive ? "purposive" : "probability");
    mtmi_json_key(&json, "estimates");
    mtmi_json_array(&json);
    for (size_t i = 0; i < estimates->n; i++) {
        mtmi_json_object(&json);
        for (size_t c = 0; c < N_COLUMNS; c++) {
            write_member(&json, &estimates->all[i], &columns[c]);
        }
        mtmi_json_object_end(&json);
    }
    mtmi_json_array_end(&json);
    mtmi_json_object_end(&json);
}

/* The table for people. */
enum { DOMAIN_, ANSWER, ESTIMATE, INTERVAL, BASE, NOTE, PRINTED };

typedef struct printed {
    mtmi_buffer cells[PRINTED];
} printed;

static int in_per_cent(const mtm_estimates *estimates, const mtm_estimate *estimate) {
    return strcmp(estimate->statistic, "proportion") == 0 ||
           (strcmp(estimate->statistic, "difference") == 0 && estimate->answer[0] != '\0' && !estimates->of_totals);
}

static void print_number(mtmi_buffer *out, double value, int per_cent) {
    char text[MTMI_REAL_TEXT];
    double size = fabs(value);
    if (isnan(value)) {
        mtmi_buffer_text(out, "-");
    } else if (per_cent) {
        mtmi_buffer_text(out, mtmi_real_fixed(value * 100, 1, text));
    } else {
        mtmi_buffer_text(out, mtmi_real_fixed(value, size >= 1000 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 3 : 6, text));
    }
}

static void print_note(mtmi_buffer *out, const mtm_estimate *estimate) {
    static const char *const reasons[] = {"fewer than 30 answers", "interval wider than 20 points to a side",
                                          "standard error above 30 %", "no degree of freedom"};
    if (estimate->reason[0] != '\0') {
        mtmi_buffer_text(out, estimate->reason);
        return;
    }
    const char *mark = "unreliable: ";
    for (int i = 0; i < 4; i++) {
        if ((estimate->unreliable >> i & 1) != 0) {
            mtmi_buffer_text(out, mark);
            mtmi_buffer_text(out, reasons[i]);
            mark = ", ";
        }
    }
    if (out->size == 0 && strcmp(estimate->statistic, "difference") == 0 && estimate->low <= 0 && estimate->high >= 0) {
        mtmi_buffer_text(out, "no clear difference");
    }
}

static void print_row(const mtm_estimates *estimates, const mtm_estimate *estimate, printed *row) {
    int per_cent = in_per_cent(estimates, estimate), brackets = estimate->unreliable != 0;
    mtmi_buffer_text(&row->cells[DOMAIN_], estimate->domain[0] == '\0' ? "all" : estimate->domain);
    mtmi_buffer_text(&row->cells[ANSWER], estimate->answer[0] == '\0' ? estimate->statistic : estimate->answer_label);
    mtmi_buffer_text(&row->cells[ESTIMATE], brackets ? "(" : "");
    print_number(&row->cells[ESTIMATE], estimate->estimate, per_cent);
    mtmi_buffer_text(&row->cells[ESTIMATE], per_cent && !isnan(estimate->estimate) ? " %" : "");
    mtmi_buffer_text(&row->cells[ESTIMATE], brackets ? ")" : "");
    if (!isnan(estimate->p_value)) {
        char text[MTMI_REAL_TEXT];
        mtmi_buffer_text(&row->cells[INTERVAL], "p = ");
        mtmi_buffer_text(&row->cells[INTERVAL], mtmi_real_fixed(estimate->p_value, 4, text));
    } else if (isnan(estimate->low) && isnan(estimate->high)) {
        mtmi_buffer_text(&row->cells[INTERVAL], "-");
    } else {
        print_number(&row->cells[INTERVAL], estimate->low, per_cent);
        mtmi_buffer_text(&row->cells[INTERVAL], " to ");
        print_number(&row->cells[INTERVAL], estimate->high, per_cent);
    }
    mtmi_buffer_text(&row->cells[BASE], estimate->n < 0 ? "-" : "");
    if (estimate->n >= 0) {
        mtmi_buffer_int(&row->cells[BASE], estimate->n);
    }
    print_note(&row->cells[NOTE], estimate);
}

static const char *data_of(const mtmi_buffer *buffer) {
    return buffer->data == NULL ? "" : buffer->data;
}

static void write_padded(mtmi_buffer *out, const mtmi_buffer *cell, size_t width, int right) {
    size_t wide = mtmi_text_width(data_of(cell), cell->size), gap = width > wide ? width - wide : 0;
    mtmi_buffer_repeat(out, " ", right ? gap : 0);
    mtmi_buffer_add(out, data_of(cell), cell->size);
    mtmi_buffer_repeat(out, " ", right ? 0 : gap);
}

static void write_row(mtmi_buffer *out, printed *row, const size_t *widths) {
    size_t start = out->size;
    for (int c = 0; c < PRINTED; c++) {
        mtmi_buffer_text(out, c == 0 ? "" : "  ");
        write_padded(out, &row->cells[c], widths[c], c == ESTIMATE || c == INTERVAL || c == BASE);
        mtmi_buffer_clear(&row->cells[c]);
    }
    while (!out->failed && out->size > start && out->data[out->size - 1] == ' ') {
        out->data[--out->size] = '\0';
    }
    mtmi_buffer_text(out, "\n");
}

static void fill_head(printed *row, const mtm_estimates *estimates) {
    char level[MTMI_REAL_TEXT];
    mtmi_buffer_text(&row->cells[DOMAIN_], "group");
    mtmi_buffer_text(&row->cells[ANSWER], "answer");
    mtmi_buffer_text(&row->cells[ESTIMATE], "estimate");
    mtmi_buffer_text(&row->cells[INTERVAL], mtmi_real_write(estimates->level * 100, 4, level));
    mtmi_buffer_text(&row->cells[INTERVAL], " % interval");
    mtmi_buffer_text(&row->cells[BASE], "n");
}

static void write_text(const mtm_estimates *estimates, mtmi_buffer *out) {
    printed row = {0};
    size_t widths[PRINTED] = {0};
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i <= estimates->n; i++) {
            if (i == 0) {
                fill_head(&row, estimates);
            } else {
                print_row(estimates, &estimates->all[i - 1], &row);
            }
            for (int c = 0; pass == 0 && c < PRINTED; c++) {
                size_t wide = mtmi_text_width(data_of(&row.cells[c]), row.cells[c].size);
                widths[c] = wide > widths[c] ? wide : widths[c];
                mtmi_buffer_clear(&row.cells[c]);
            }
            if (pass == 1) {
                write_row(out, &row, widths);
            }
        }
    }
    for (int c = 0; c < PRINTED; c++) {
        out->failed |= row.cells[c].failed;
        mtmi_buffer_free(&row.cells[c]);
    }
    if (estimates->purposive) {
        mtmi_buffer_text(out, "\nNot a probability sample: shares are of those asked, and are not representative.\n");
    }
}

mtm_status mtm_estimates_render(const mtm_estimates *estimates, mtm_format format, mtm_buffer **out, mtm_error *err) {
    mtmi_buffer buffer = MTMI_BUFFER_INIT;
    if (estimates == NULL || out == NULL) {
        return mtmi_error_argument(err, estimates == NULL ? "estimates" : "out", "not NULL");
    }
    *out = NULL;
    if (format == MTM_FORMAT_TEXT) {
        write_text(estimates, &buffer);
    } else if (format == MTM_FORMAT_JSON) {
        write_json(estimates, &buffer);
    } else if (format == MTM_FORMAT_CSV) {
        write_csv(estimates, &buffer);
    } else {
        return mtmi_error_set(err, MTM_ERROR_UNSUPPORTED, 0, (mtmi_place){"format", 0, 0},
                              "estimates are written as text, json or csv");
    }
    return mtmi_buffer_finish(&buffer, out, err);
}
