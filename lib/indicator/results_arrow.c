/* Results as one Arrow record batch: a row for each value and for each row of a breakdown. The columns stand in one table
 * below; a new one is a line there and a case where its cells are made. Invariant: every column has as many rows. */
#include "base/decimal.h"
#include "base/error.h"
#include "base/memory.h"
#include "data/arrow_internal.h"
#include "indicator/result.h"
#include "period/period.h"

#include <string.h>

/* What a column holds: how its cells are made, and its Arrow type. */
typedef enum cell_kind { CELL_DAY, CELL_TEXT, CELL_NUMBER, CELL_WHOLE } cell_kind;

enum {
    PERIOD,
    FIRST,
    LAST,
    INDICATOR,
    DIMENSION,
    CODE,
    LABEL,
    UNIT,
    MULTIPLIER,
    VALUE,
    SHARE,
    RANK,
    BASE,
    ABSOLUTE,
    PERCENT,
    WHY,
    YEAR_BASE,
    YEAR_ABSOLUTE,
    YEAR_PERCENT,
    YEAR_WHY,
    REASON,
    STATUS,
    FLAGS,
    EXTENT,
    N_COLUMNS
};

static const struct {
    const char *name;
    cell_kind kind;
} columns[N_COLUMNS] = {
    [PERIOD] = {"period", CELL_TEXT},
    [FIRST] = {"first", CELL_DAY},
    [LAST] = {"last", CELL_DAY},
    [INDICATOR] = {"indicator", CELL_TEXT},
    [DIMENSION] = {"dimension", CELL_TEXT},
    [CODE] = {"code", CELL_TEXT},
    [LABEL] = {"label", CELL_TEXT},
    [UNIT] = {"unit", CELL_TEXT},
    [MULTIPLIER] = {"multiplier", CELL_WHOLE},
    [VALUE] = {"value", CELL_NUMBER},
    [SHARE] = {"share", CELL_NUMBER},
    [RANK] = {"rank", CELL_WHOLE},
    [BASE] = {"previous_base", CELL_NUMBER},
    [ABSOLUTE] = {"previous_absolute", CELL_NUMBER},
    [PERCENT] = {"previous_percent", CELL_NUMBER},
    [WHY] = {"previous_reason", CELL_TEXT},
    [YEAR_BASE] = {"last_year_base", CELL_NUMBER},
    [YEAR_ABSOLUTE] = {"last_year_absolute", CELL_NUMBER},
    [YEAR_PERCENT] = {"last_year_percent", CELL_NUMBER},
    [YEAR_WHY] = {"last_year_reason", CELL_TEXT},
    [REASON] = {"reason", CELL_TEXT},
    [STATUS] = {"status", CELL_TEXT},
    [FLAGS] = {"flags", CELL_WHOLE},
    [EXTENT] = {"extent", CELL_TEXT},
};

/* A cell: null where `has` is 0. Text may lie in `own`. */
typedef struct cell {
    int has;
    int64_t whole;
    mtm_decimal number;
    const char *text;
    char own[MTMI_PERIOD_TEXT];
} cell;

/* Row i of the table: a result, and its breakdown's row or NULL for the value itself. */
typedef struct place {
    const mtm_result *result;
    const mtmi_result_row *row;
} place;

static void set_text(cell *out, const char *text) {
    out->has = text != NULL && text[0] != '\0';
    out->text = text;
}

static void set_number(cell *out, int has, mtm_decimal number) {
    out->has = has;
    out->number = number;
}

static void set_whole(cell *out, int has, int64_t whole) {
    out->has = has;
    out->whole = whole;
}

static void set_reason(cell *out, int32_t reason) {
    set_text(out, mtmi_token_reason(reason));
}

static void compare_cell(const place *at, int with, int what, cell *out) {
    const mtm_comparison *comparison = &at->result->comparisons[with];
    if (at->row != NULL || !at->result->has_comparison[with]) {
        return;
    }
    switch (what) {
    case BASE: set_number(out, comparison->has_base, comparison->base); break;
    case ABSOLUTE: set_number(out, comparison->has_base, comparison->absolute); break;
    case PERCENT: set_number(out, comparison->has_percent, comparison->percent); break;
    default: set_reason(out, comparison->reason); break;
    }
}

static void identity_cell(const place *at, int column, mtm_language language, cell *out) {
    const mtm_result *result = at->result;
    switch (column) {
    case PERIOD:
        mtm_period_describe(result->period, out->own, sizeof out->own);
        set_text(out, out->own);
        break;
    case FIRST: set_whole(out, 1, result->period.first); break;
    case LAST: set_whole(out, 1, result->period.last); break;
    case INDICATOR: set_text(out, result->id); break;
    case DIMENSION: set_text(out, at->row != NULL ? result->dimension : NULL); break;
    case CODE: set_text(out, at->row != NULL ? at->row->code : NULL); break;
    case LABEL: set_text(out, mtmi_titles_get(at->row != NULL ? &at->row->label : &result->title, language)); break;
    case UNIT: set_text(out, result->unit); break;
    default: set_whole(out, 1, result->multiplier); break;
    }
}

static void figure_cell(const place *at, int column, cell *out) {
    const mtm_result *result = at->result;
    const mtm_row *row = at->row != NULL ? &at->row->row : NULL;
    const char status = row != NULL ? row->status : result->status;
    switch (column) {
    case VALUE:
        set_number(out, row != NULL ? row->has_value : result->has_value, row != NULL ? row->value : result->value);
        break;
    case SHARE: set_number(out, row != NULL && row->has_share, row != NULL ? row->share : result->value); break;
    case RANK: set_whole(out, row != NULL && row->rank > 0, row != NULL ? row->rank : 0); break;
    case REASON: set_reason(out, row != NULL ? MTM_REASON_NONE : (int32_t)result->reason); break;
    case EXTENT:
        set_text(out, row == NULL
                          ? mtmi_result_extent(result, MTM_LINEAGE_VALUE, 0)
                          : mtmi_result_extent(result, MTM_LINEAGE_BREAKDOWN, (size_t)(at->row - result->rows)));
        break;
    case STATUS:
        out->own[0] = status;
        set_text(out, out->own);
        break;
    default: set_whole(out, 1, row != NULL ? 0 : (int64_t)result->flags); break;
    }
}

static void make_cell(const place *at, int column, mtm_language language, cell *out) {
    memset(out, 0, sizeof *out);
    if (column <= MULTIPLIER) {
        identity_cell(at, column, language, out);
    } else if (column >= BASE && column <= WHY) {
        compare_cell(at, 0, column, out);
    } else if (column >= YEAR_BASE && column <= YEAR_WHY) {
        compare_cell(at, 1, column - YEAR_BASE + BASE, out);
    } else {
        figure_cell(at, column, out);
    }
}

/* ---- the batch ---- */

typedef struct table {
    place *places;
    size_t n;
    mtm_language language;
} table;

static int list_places(const mtm_results *results, table *out) {
    for (size_t i = 0; i < results->n; i++) {
        out->n += 1 + results->results[i].n_rows;
    }
    out->places = mtmi_memory_new(out->n + 1, sizeof *out->places);
    if (out->places == NULL) {
        return 0;
    }
    size_t at = 0;
    for (size_t i = 0; i < results->n; i++) {
        const mtm_result *result = &results->results[i];
        out->places[at++] = (place){result, NULL};
        for (size_t r = 0; r < result->n_rows; r++) {
            out->places[at++] = (place){result, &result->rows[r]};
        }
    }
    return 1;
}

/* The most decimals of a column's numbers: its scale. */
static int scale_of(const table *from, int column) {
    int scale = 0;
    cell at;
    for (size_t i = 0; columns[column].kind == CELL_NUMBER && i < from->n; i++) {
        make_cell(&from->places[i], column, from->language, &at);
        scale = at.has && at.number.decimals > scale ? at.number.decimals : scale;
    }
    return scale;
}

static int add_schema(int column, int scale, struct ArrowSchema *out) {
    char decimal[] = "d:38,0";
    decimal[5] = (char)('0' + scale);
    switch (columns[column].kind) {
    case CELL_DAY: return mtmi_arrow_schema_start(out, "tdD", columns[column].name, 0);
    case CELL_TEXT: return mtmi_arrow_schema_start(out, "u", columns[column].name, 0);
    case CELL_NUMBER: return mtmi_arrow_schema_start(out, decimal, columns[column].name, 0);
    case CELL_WHOLE: return mtmi_arrow_schema_start(out, "l", columns[column].name, 0);
    }
    return 0;
}

static int add_numbers(const table *from, int column, int scale, struct ArrowArray *out) {
    const cell_kind kind = columns[column].kind;
    const size_t width = kind == CELL_DAY ? sizeof(int32_t) : kind == CELL_WHOLE ? sizeof(int64_t) : sizeof(mtmi_wide);
    cell at;
    char *to = mtmi_arrow_array_start(out, from->n, 2, 0) ? mtmi_arrow_array_buffer(out, 1, from->n, width) : NULL;
    for (size_t i = 0; to != NULL && i < from->n; i++) {
        make_cell(&from->places[i], column, from->language, &at);
        const mtmi_wide number =
            kind == CELL_NUMBER ? mtmi_decimal_rescale(at.number.units, at.number.decimals, scale) : at.whole;
        const int64_t whole = at.whole;
        const int32_t day = (int32_t)at.whole;
        if (!at.has) {
            if (!mtmi_arrow_array_null(out, i)) {
                return 0;
            }
            continue;
        }
        memcpy(to + i * width,
               kind == CELL_DAY     ? (const void *)&day
               : kind == CELL_WHOLE ? (const void *)&whole
                                    : &number,
               width);
    }
    return to != NULL;
}

/* Two passes: how many bytes, then the bytes. */
static int add_texts(const table *from, int column, struct ArrowArray *out) {
    size_t size = 0;
    cell at;
    for (size_t i = 0; i < from->n; i++) {
        make_cell(&from->places[i], column, from->language, &at);
        size += at.has ? strlen(at.text) : 0;
    }
    int32_t *offsets = size <= INT32_MAX && mtmi_arrow_array_start(out, from->n, 3, 0)
                           ? mtmi_arrow_array_buffer(out, 1, from->n + 1, sizeof *offsets)
                           : NULL;
    char *bytes = offsets != NULL ? mtmi_arrow_array_buffer(out, 2, size, 1) : NULL;
    for (size_t i = 0; bytes != NULL && i < from->n; i++) {
        make_cell(&from->places[i], column, from->language, &at);
        const size_t length = at.has ? strlen(at.text) : 0;
        memcpy(bytes + offsets[i], at.has ? at.text : "", length);
        offsets[i + 1] = offsets[i] + (int32_t)length;
        if (!at.has && !mtmi_arrow_array_null(out, i)) {
            return 0;
        }
    }
    return bytes != NULL;
}

static int fill_batch(const table *from, struct ArrowSchema *schema, struct ArrowArray *batch) {
    int done =
        mtmi_arrow_schema_start(schema, "+s", "", N_COLUMNS) && mtmi_arrow_array_start(batch, from->n, 1, N_COLUMNS);
    for (int i = 0; i < N_COLUMNS && done; i++) {
        const int scale = scale_of(from, i);
        done = add_schema(i, scale, schema->children[i]) &&
               (columns[i].kind == CELL_TEXT ? add_texts(from, i, batch->children[i])
                                             : add_numbers(from, i, scale, batch->children[i]));
    }
    return done;
}

mtm_status mtm_results_arrow(const mtm_results *results, mtm_language language, struct ArrowArrayStream *out,
                             mtm_error *err) {
    struct ArrowSchema schema = {0};
    struct ArrowArray batch = {0};
    table from = {NULL, 0, language};
    if (out == NULL) {
        return mtmi_error_argument(err, "out", "a stream structure");
    }
    memset(out, 0, sizeof *out);
    if (results == NULL) {
        return mtmi_error_argument(err, "results", "not NULL");
    }
    const int done = list_places(results, &from) && fill_batch(&from, &schema, &batch);
    mtmi_memory_free(from.places);
    if (done) {
        schema.flags = 0;
        return mtmi_arrow_stream(&schema, &batch, out, err);
    }
    if (schema.release != NULL) {
        schema.release(&schema);
    }
    if (batch.release != NULL) {
        batch.release(&batch);
    }
    return mtmi_error_memory(err);
}
