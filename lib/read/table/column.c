/* What several files ask of one column: its code list, its members, what its cells hold, how it is refused. The invariant:
 * nothing here binds a column or changes its role. */
#include "read/table/columns_internal.h"

#include "base/error.h"
#include "base/memory.h"
#include "codelist/match.h"
#include "number/mistyped.h"
#include "number/number.h"
#include "read/table/period_name.h"

#include <string.h>

const mtm_codelist *mtmi_resource_list(const mtmi_resource *resource, const mtmi_field *field, const char *dimension) {
    const char *id = field != NULL ? field->codelist : NULL;

    for (size_t i = 0; id == NULL && i < resource->n_fields; i++) {
        const mtmi_field *other = &resource->fields[i];
        if (other->dimension != NULL && strcmp(other->dimension, dimension) == 0) {
            id = other->codelist;
        }
    }
    if (id != NULL) {
        return strcmp(id, "none") == 0 ? NULL : mtmi_codelist_get(id);
    }
    return mtmi_dimension_list(dimension);
}

void mtmi_columns_quote(const mtmi_resource *resource, const char *name, char quoted[MTMI_QUOTE_SIZE]) {
    static const char untold[] = "(its name is not told)";
    if (resource != NULL && resource->withholds_text) { /* without a header row, a person's name stands there */
        memcpy(quoted, untold, sizeof untold);
    } else {
        (void)mtmi_error_quote(name, strlen(name), quoted, MTMI_QUOTE_SIZE);
    }
}

mtm_status mtmi_columns_refuse(const mtmi_rows *rows, const mtmi_header *header, const mtmi_preview *head,
                               size_t column, int code, const char *found, const char *expected, mtm_error *err) {
    int64_t line = 1, at = 0;

    if (header->n > 0 && header->first < head->n) {
        line = head->rows[header->first].line;
        if (column != SIZE_MAX) {
            mtmi_rows_place(rows, &head->rows[header->first], column, &line, &at);
        }
    }
    return mtmi_error_set(err, MTM_ERROR_SCHEMA, code, (mtmi_place){rows->name, line, at}, "found %s, expected %s",
                          found, expected);
}

int mtmi_bound_member(mtmi_bound *bound, const char *dimension, const char *code) {
    mtmi_pair *pairs = mtmi_memory_resize(bound->members, bound->n_members + 1, sizeof *pairs);
    mtmi_pair pair = {mtmi_memory_copy_text(dimension), mtmi_memory_copy_text(code)};

    if (pairs != NULL) {
        bound->members = pairs;
    }
    if (pairs == NULL || pair.key == NULL || pair.value == NULL) {
        mtmi_memory_free(pair.key);
        mtmi_memory_free(pair.value);
        return 0;
    }
    bound->members[bound->n_members++] = pair;
    return 1;
}

/* Figures may be a declared mark: -999 for "not known". */
static int has_marks(const mtmi_number_style *style) {
    return style->missing.n + style->zero.n + style->not_applicable.n + style->not_available.n + style->hidden.n > 0;
}

static int is_missing_mark(mtmi_cell cell, int is_number, const mtmi_number_style *style) {
    mtmi_number number;
    mtmi_number_read(cell.text, cell.length, style, &number);
    return number.outcome == MTMI_NUMBER_EMPTY || number.code == MTMI_CODE_NUMBER_DASH ||
           (number.outcome == MTMI_NUMBER_OK && !is_number); /* a mark that stands for zero */
}

int mtmi_columns_is_total(mtmi_cell cell) {
    mtmi_label_match match;

    if (cell.length < 3 || (cell.text[0] >= '0' && cell.text[0] <= '9')) {
        return 0;
    }
    mtmi_codelist_match(mtmi_codelist_get("sex"), cell.text, cell.length, 0, &match);
    return match.kind == MTM_MATCH_TOTAL;
}

/* Cells of a column, by what they may be. */
typedef struct cell_counts {
    size_t numbers, periods, both, others, mistyped, led;
} cell_counts;

/* A period, or the rest of one whose year stands above the table: "March" below "Arrivals in 2024". */
static int is_period(const mtmi_inference *in, const mtmi_row *row, size_t cell) {
    mtmi_period_label label;
    const mtmi_cell text = row->trimmed[cell];
    return mtmi_row_is_period(row, cell) || (in->columns->year > 0 && mtmi_cell_lacks_year(text) &&
                                             mtmi_period_of_year(text.text, text.length, in->columns->year, 0, &label));
}

/* A cell that says nothing of what the column holds: empty, a mark, a total over the periods. */
static int is_silent(const mtmi_inference *in, const mtmi_bound *bound, const mtmi_row *row,
                     const cell_counts *before) {
    const mtmi_cell cell = row->trimmed[bound->cell];
    const int number = mtmi_row_is_number(row, bound->cell);

    if (cell.length == 0) {
        return 1;
    }
    if ((!number || has_marks(bound->number)) && is_missing_mark(cell, number, bound->number)) {
        return 1;
    }
    return before->periods > 0 && !number && !is_period(in, row, bound->cell) && mtmi_columns_is_total(cell);
}

static void count_cell(const mtmi_inference *in, const mtmi_row *row, size_t cell, cell_counts *out) {
    const int number = mtmi_row_is_number(row, cell), period = is_period(in, row, cell);
    const mtmi_cell text = row->trimmed[cell];
    const int mistyped = !number && !period && mtmi_mistyped_figure(text.text, text.length);

    out->numbers += (size_t)number;
    out->periods += (size_t)period;
    out->both += (size_t)(number && period);
    out->mistyped += (size_t)mistyped;
    out->led += mistyped && (text.text[0] < '0' || text.text[0] > '9');
    out->others += !number && !period && !mistyped && row->n_filled > 1; /* words alone in their row head others */
}

/* "O12" beside "O13" may be codes; "1O5" beside "107" is no label. Among years it is one bad cell. */
static void settle_mistyped(cell_counts *counts) {
    const int are_years = counts->both > 0 && counts->both == counts->numbers;
    if (!are_years && (counts->numbers > 0 || counts->led < counts->mistyped)) {
        counts->numbers += counts->mistyped;
    } else {
        counts->others += counts->mistyped;
    }
}

/* The greater part decides between figures and text, so that one bad cell is refused and not the column renamed. */
static mtmi_content look(const mtmi_inference *in, const mtmi_bound *bound) {
    cell_counts counts = {0};

    for (size_t i = in->header->data; i < in->head->n; i++) {
        const mtmi_row *row = &in->head->rows[i];
        if (in->head->flags > 0 && row->line >= in->head->flags) {
            break;
        }
        if (row->code == 0 && row->n_cells == in->header->n_names && !is_silent(in, bound, row, &counts)) {
            count_cell(in, row, bound->cell, &counts);
        }
    }
    settle_mistyped(&counts);
    if (counts.numbers + counts.periods + counts.others == 0) {
        return MTMI_EMPTY;
    }
    if (counts.both > 0 && counts.both == counts.periods && counts.both == counts.numbers &&
        counts.others * 4 <= counts.both) {
        return MTMI_YEARS;
    }
    if (counts.periods > 0 && counts.periods >= counts.numbers && counts.others * 4 <= counts.periods) {
        return MTMI_PERIODS;
    }
    return counts.numbers > 0 && counts.others * 4 <= counts.numbers ? MTMI_NUMBERS : MTMI_TEXT;
}

mtmi_content mtmi_columns_content(const mtmi_inference *in, const mtmi_bound *bound) {
    mtmi_bound *own = &in->columns->at[bound->cell];

    if (own->content == MTMI_NOT_LOOKED) {
        own->content = (int)look(in, bound);
    }
    return (mtmi_content)own->content;
}

const struct mtmi_table_title *mtmi_columns_title(const mtmi_columns *columns, int64_t line) {
    for (size_t i = 0; i < columns->n_titles; i++) {
        if (columns->titles[i].line == line) {
            return &columns->titles[i];
        }
    }
    return NULL;
}

int mtmi_bound_open(const mtmi_bound *bound) {
    return bound->role == MTMI_ROLE_INFER;
}

int mtmi_columns_is_total_of_period(mtmi_cell cell) {
    static const char *const of[] = {"за ", "по ", "for ", "in ", "of "}, *const parts[] = {
                                                                              "год",    "месяц", "квартал", "полугодие",
                                                                              "период", "year",  "month",   "quarter",
                                                                              "period", "жыл"};
    const char *space = memchr(cell.text, ' ', cell.length);
    const size_t size = space != NULL ? (size_t)(space - cell.text) : 0;
    mtmi_cell rest = {cell.text + size, cell.length - size, 0};

    if (size == 0 || !mtmi_columns_is_total((mtmi_cell){cell.text, size, 0})) {
        return 0;
    }
    rest = mtmi_cell_trim(rest);
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        const size_t n = strlen(of[i]);
        const int begins = rest.length > n && memcmp(rest.text, of[i], n) == 0;
        rest.text += begins ? n : 0;
        rest.length -= begins ? n : 0;
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (mtmi_name_same(rest.text, rest.length, parts[i], strlen(parts[i]))) {
            return 1;
        }
    }
    mtmi_period_label label;
    mtmi_period_read(rest.text, rest.length, 0, &label);
    return label.outcome == MTMI_PERIOD_OK || label.lacks_year;
}

int mtmi_columns_are_flags(const mtmi_inference *in, const mtmi_bound *bound) {
    if (in->head->flags == 0 || bound->name[0] != '\0' || bound->cell == 0 ||
        in->columns->at[bound->cell - 1].role != MTMI_ROLE_VALUE) {
        return 0;
    }
    for (size_t i = in->header->data; i < in->head->n && in->head->rows[i].line < in->head->flags; i++) {
        if (in->head->rows[i].code == 0 && mtmi_row_cell(&in->head->rows[i], bound->cell).length > 2) {
            return 0;
        }
    }
    return 1;
}
