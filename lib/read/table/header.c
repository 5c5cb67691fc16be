/* Finds the header among the first rows, and the names of the columns. A file in which that is not certain is
 * refused. */
#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/try.h"
#include "read/table/preview.h"
#include "read/table/units.h"
#include "read/table/header_join.h"
#include "read/table/header_periods.h"
#include "read/table/header_words.h"
#include "read/table/names/header_block.h"

#include <string.h>

enum { SEARCHED = 25 };

/* The declared names as they are compared, made once: each cell of the first rows is compared with each of them. */
typedef struct declared_names {
    const mtmi_resource *resource;
    char **normal; /* "" for one that is too long to be normalised */
} declared_names;

static void free_declared(declared_names *names) {
    for (size_t i = 0; names->normal != NULL && i < names->resource->n_fields; i++) {
        mtmi_memory_free(names->normal[i]);
    }
    mtmi_memory_free(names->normal);
}

static mtm_status normalise_declared(const mtmi_resource *resource, declared_names *out, mtm_error *err) {
    char normal[MTMI_NAME_SIZE];

    *out = (declared_names){resource, mtmi_memory_new(resource->n_fields + 1, sizeof *out->normal)};
    int fine = out->normal != NULL;
    for (size_t i = 0; fine && i < resource->n_fields; i++) {
        size_t n = mtmi_name_normalise(resource->fields[i].name, strlen(resource->fields[i].name), normal);
        out->normal[i] = mtmi_memory_copy_bytes(normal, n);
        fine = out->normal[i] != NULL;
    }
    return fine ? MTM_OK : mtmi_error_memory(err);
}

static int is_declared(const declared_names *names, mtmi_cell cell) {
    char normal[MTMI_NAME_SIZE];
    const size_t n = names->resource->n_fields > 0 ? mtmi_name_normalise(cell.text, cell.length, normal) : 0;

    for (size_t i = 0; i < names->resource->n_fields; i++) {
        const int short_enough = n > 0 && names->normal[i][0] != '\0';
        const char *name = short_enough ? names->normal[i] : names->resource->fields[i].name;
        const size_t length = short_enough ? n : cell.length;
        if (strlen(name) == length && memcmp(name, short_enough ? normal : cell.text, length) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Names of the row that are declared or known. */
static size_t known_names(const declared_names *names, const mtmi_row *row) {
    size_t n = 0;

    for (size_t i = 0; i < row->n_cells && i < MTMI_NAMES_LOOKED; i++) {
        mtmi_cell cell = row->trimmed[i];
        mtmi_meaning meaning;
        if (cell.length > 0) {
            n += is_declared(names, cell) ||
                 (names->resource->n_fields == 0 && mtmi_header_word(cell.text, cell.length, &meaning));
        }
    }
    return n;
}

static int is_comment(const mtmi_resource *resource, const mtmi_row *row) {
    const char *mark = resource->dialect.comment;
    size_t n = mark == NULL ? 0 : strlen(mark);
    return n > 0 && row->record_size >= n && memcmp(row->record, mark, n) == 0;
}

static mtm_status refuse_header(const mtmi_rows *rows, const mtmi_row *row, const char *found, const char *hint,
                                mtm_error *err) {
    return mtmi_error_set(err, MTM_ERROR_STRUCTURE, MTMI_CODE_HEADER,
                          (mtmi_place){rows->name, row == NULL ? 1 : row->line, 1},
                          "found %s, expected a row with the names of the columns; %s", found, hint);
}

/* The container refused the row that should be the header. */
static mtm_status refuse_broken(const mtmi_rows *rows, const mtmi_row *row, mtm_error *err) {
    int limit = row->code == MTMI_CODE_COLUMN_LIMIT || row->code == MTMI_CODE_FIELD_LIMIT;
    int64_t line = 0, column = 0;

    mtmi_row_place(row, row->offset, &line, &column);
    return mtmi_error_set(err, limit ? MTM_ERROR_LIMIT : MTM_ERROR_STRUCTURE, row->code,
                          (mtmi_place){rows->name, line, column}, "found no header that can be read, expected %s; %s",
                          row->expected,
                          row->hint != NULL && row->hint[0] != '\0' ? row->hint : "correct the first row");
}

static int is_wanted(const mtmi_resource *resource, const mtmi_row *row) {
    return row->code == 0 && row->n_filled > 0 && !is_comment(resource, row) &&
           !(row->record_size >= 5 && row->record_size <= 6 && memcmp(row->record, "sep=", 4) == 0);
}

/* A narrower table above: a row of names that are known, and figures under it. */
static int is_table_above(const declared_names *names, const mtmi_preview *head, size_t header) {
    int named = 0;

    for (size_t i = 0; i < header; i++) {
        const mtmi_row *row = &head->rows[i];
        if (!is_wanted(names->resource, row)) {
            continue;
        }
        if (named && row->n_cells > 1 && mtmi_header_figures(row) > 0) {
            return 1;
        }
        named =
            named || mtmi_header_like(row) || (row->n_cells > 1 && row->n_filled > 1 && known_names(names, row) > 0);
    }
    return 0;
}

/* A preamble has fewer filled cells than the header: a title, a date, a unit. */
static mtm_status check_preamble(const declared_names *names, const mtmi_rows *rows, const mtmi_preview *head,
                                 size_t header, size_t last, mtm_error *err) {
    size_t filled = head->rows[header].n_filled;

    for (size_t i = header; i <= last; i++) {
        filled = head->rows[i].n_filled > filled ? head->rows[i].n_filled : filled;
    }

    for (size_t i = 0; i < header; i++) {
        const mtmi_row *row = &head->rows[i];
        int is_cut = row->n_cells > head->rows[header].n_cells && mtmi_header_figures(row) == 0;
        if (is_wanted(names->resource, row) && row->n_filled >= filled && filled > 1 && !is_cut &&
            !(row->n_filled > 2 && mtmi_row_is_one_text(row))) { /* commas part a title; a merged one is over all */
            return refuse_header(rows, row, "a row as wide as the header above it",
                                 "declare dialect.headerRows, or remove the rows above the header", err);
        }
    }
    if (is_table_above(names, head, header)) {
        return mtmi_error_set(err, MTM_ERROR_STRUCTURE, MTMI_CODE_SECOND_TABLE,
                              (mtmi_place){rows->name, head->rows[header].line, 1},
                              "found the header of a second table, expected one table per file; split the file");
    }
    return MTM_OK;
}

/* One cell alone in a row of several: a title, or the unit above the table. */
static int is_title(const mtmi_row *row) {
    return row->n_cells > 1 && row->n_filled == 1;
}

/* Names above a row of units: several cells are filled, and none is a figure. */
static int row_is_named(const mtmi_row *row) {
    return row->code == 0 && mtmi_row_filled(row) > 1 && mtmi_header_figures(row) == 0;
}

/* One word alone above wider rows: the unit, or a title. */
static int is_narrow(const mtmi_preview *head, size_t row) {
    size_t wider = 0;

    for (size_t i = row + 1; head->rows[row].n_cells == 1 && i < head->n && i < row + SEARCHED; i++) {
        wider += head->rows[i].code == 0 && head->rows[i].n_cells > 1;
    }
    return wider > 1;
}

/* The row with most names that are known, the first of them. */
static size_t best_row(const declared_names *names, const mtmi_preview *head) {
    size_t best = SIZE_MAX, most = 0;

    for (size_t i = 0; i < head->n && i < SEARCHED; i++) {
        const mtmi_row *row = &head->rows[i];
        int units = i > 0 && mtmi_units_row(row) && !is_title(&head->rows[i - 1]) && row_is_named(&head->rows[i - 1]);
        size_t known = !units && is_wanted(names->resource, row) && !is_title(row) && !is_narrow(head, i)
                           ? known_names(names, row)
                           : 0;
        if (known > most && mtmi_header_figures(row) * 2 <= known) {
            most = known;
            best = i;
        }
    }
    return best;
}

/* One name beside an empty corner: "" and "Прибыло" above a label and its figure. */
static int is_corner(const mtmi_preview *head, size_t row) {
    const mtmi_row *above = &head->rows[row], *below = row + 1 < head->n ? &head->rows[row + 1] : NULL;
    return above->n_cells == 2 && above->n_filled == 1 && above->trimmed[0].length == 0 && below != NULL &&
           below->code == 0 && below->n_cells == 2 && below->n_filled == 2 && !mtmi_row_is_number(below, 0) &&
           mtmi_row_is_number(below, 1);
}

/* Without known names: the first row is the header when it has neither figures nor periods and the next one does. */
static size_t plain_row(const mtmi_resource *resource, const mtmi_preview *head) {
    size_t first = SIZE_MAX;

    for (size_t i = 0; i < head->n && i < SEARCHED; i++) {
        const mtmi_row *row = &head->rows[i];
        size_t numbers = 0;
        if (!is_wanted(resource, row) || (row->n_filled < 2 && (first != SIZE_MAX || !is_corner(head, i)))) {
            continue;
        }
        for (size_t k = 0; k < row->n_cells; k++) {
            numbers += mtmi_row_is_number(row, k) || mtmi_row_is_period(row, k);
        }
        if (numbers == 0 && (first == SIZE_MAX || (row->n_cells == head->rows[first].n_cells &&
                                                   row->n_filled > head->rows[first].n_filled))) {
            first = i; /* "Row Labels,IN,OUT" below "Count of visits,Column Labels" */
        } else {
            return first != SIZE_MAX && numbers > 0 && head->rows[first].n_cells == row->n_cells ? first : SIZE_MAX;
        }
    }
    return SIZE_MAX;
}

/* A row of data may have two cells that could be years, a year and the figure 2105, below a row of names as wide. */
static int is_below_names(const mtmi_preview *head, size_t row, size_t names) {
    return names < row && head->rows[names].n_cells == head->rows[row].n_cells &&
           head->rows[names].n_filled >= head->rows[row].n_filled;
}

static int has_names_above(const mtmi_resource *resource, const mtmi_preview *head, size_t row) {
    return row > 0 && is_below_names(head, row, plain_row(resource, head));
}

/* Periods across, or plain names above figures. */
static size_t row_by_content(const mtmi_resource *resource, const mtmi_preview *head) {
    const size_t periods = mtmi_header_periods(head), plain = plain_row(resource, head);
    return periods == SIZE_MAX || is_below_names(head, periods, plain) ? plain : periods;
}

static size_t tag_row(const mtmi_preview *head) {
    for (size_t i = 0; i < head->n && i < SEARCHED; i++) {
        if (head->rows[i].code == 0 && mtmi_hxl_row(head->rows[i].cells, head->rows[i].n_cells)) {
            return i;
        }
    }
    return SIZE_MAX;
}

static size_t row_above(const mtmi_preview *head, size_t row) {
    while (row > 0 && head->rows[row - 1].n_filled == 0) {
        row--;
    }
    return row > 0 ? row - 1 : SIZE_MAX;
}

static const char *sdmx_convention(const mtmi_row *row) {
    mtmi_cell cell = mtmi_row_cell(row, 0);
    size_t n = 0;

    while (n < cell.length && cell.text[n] != ':' && cell.text[n] != '[') {
        n++;
    }
    if (n == 8 && memcmp(cell.text, "DATAFLOW", n) == 0) {
        return "SDMX-CSV 1.0";
    }
    return n == 9 && memcmp(cell.text, "STRUCTURE", n) == 0 ? "SDMX-CSV 2.0" : "";
}

/* The first row of the header, by tags, by names that are known, or by what stands below it; SIZE_MAX for none. */
static size_t first_row(const declared_names *names, const mtmi_preview *head, mtmi_header *out) {
    out->tags = tag_row(head);
    out->how = out->tags != SIZE_MAX ? MTMI_HOW_HXL : MTMI_HOW_HEADER;
    out->n = 1;
    size_t best = out->tags != SIZE_MAX ? row_above(head, out->tags) : best_row(names, head);
    if (out->tags != SIZE_MAX && best == SIZE_MAX) {
        best = out->tags; /* tags alone: they are the names */
    }
    if (best == SIZE_MAX || (out->tags == SIZE_MAX && has_names_above(names->resource, head, best))) {
        best = row_by_content(names->resource, head);
        out->how = MTMI_HOW_CONTENT;
    }
    return best != SIZE_MAX ? best : mtmi_header_block(head, &out->n);
}

static mtm_status infer_among(const declared_names *names, const mtmi_rows *rows, const mtmi_preview *head,
                              mtmi_header *out, mtm_error *err) {
    size_t best;

    if (rows->named && head->n > 0) {
        out->how = MTMI_HOW_HEADER;
        out->n = out->data = 1;
        out->convention = sdmx_convention(&head->rows[0]);
        return MTM_OK;
    }
    best = first_row(names, head, out);
    if (best == SIZE_MAX && head->n > 0 && head->rows[0].code != 0) {
        return refuse_broken(rows, &head->rows[0], err);
    }
    if (best == SIZE_MAX) {
        return refuse_header(rows, head->n > 0 ? &head->rows[0] : NULL, "no row with names that are known",
                             "name the columns in the schema; with dialect.header false where the file has no header",
                             err);
    }
    out->first = best;
    out->convention = out->tags != SIZE_MAX ? "HXL" : sdmx_convention(&head->rows[best]);
    if (out->convention[0] != '\0' && out->tags == SIZE_MAX) {
        out->how = MTMI_HOW_SDMX;
    } else if (out->tags == SIZE_MAX && out->n == 1) {
        mtmi_header_join(head, out);
    }
    out->data = out->tags != SIZE_MAX ? out->tags + 1 : out->first + out->n;
    return check_preamble(names, rows, head, out->first, out->first + out->n - 1, err);
}

static mtm_status infer(const mtmi_resource *resource, const mtmi_rows *rows, const mtmi_preview *head,
                        mtmi_header *out, mtm_error *err) {
    declared_names names;
    mtm_status status = MTM_OK;
    MTMI_TRY(normalise_declared(resource, &names, err));
    MTMI_TRY(infer_among(&names, rows, head, out, err));
out:
    free_declared(&names);
    return status;
}

static mtm_status take_declared(const mtmi_resource *resource, const mtmi_rows *rows, const mtmi_preview *head,
                                mtmi_header *out, mtm_error *err) {
    const mtmi_dialect *dialect = &resource->dialect;
    size_t skip = dialect->skip_rows > 0 ? (size_t)dialect->skip_rows : 0;

    out->how = MTMI_HOW_DECLARED;
    out->first = skip;
    out->n = dialect->header_rows >= 0 ? (size_t)dialect->header_rows : 1;
    out->tags = SIZE_MAX;
    out->data = out->first + out->n;
    if (out->data > head->n || (out->n > 0 && head->rows[skip].n_filled == 0)) {
        return refuse_header(rows, NULL, "fewer rows than the declared header needs", "correct dialect.headerRows",
                             err);
    }
    if (out->n > 0 && out->data < head->n && mtmi_hxl_row(head->rows[out->data].cells, head->rows[out->data].n_cells)) {
        out->tags = out->data++;
        out->convention = "HXL";
    }
    return MTM_OK;
}

/* Without a header the fields name the columns, in order. */
static char *name_column(const mtmi_resource *resource, const mtmi_preview *head, const mtmi_header *header,
                         size_t column) {
    if (header->n > 0) {
        return mtmi_header_name(head, header, column);
    }
    return mtmi_memory_copy_text(column < resource->n_fields ? resource->fields[column].name : "");
}

static mtm_status read_names(const mtmi_resource *resource, const mtmi_preview *head, mtmi_header *out,
                             mtm_error *err) {
    size_t n = out->n == 0 ? resource->n_fields : 0;

    for (size_t i = 0; i < out->n; i++) {
        const mtmi_row *row = &head->rows[out->first + i];
        n = row->n_cells > n ? row->n_cells : n;
    }
    out->names = mtmi_memory_new(n, sizeof *out->names);
    if (out->names == NULL) {
        return mtmi_error_memory(err);
    }
    for (; out->n_names < n; out->n_names++) {
        out->names[out->n_names] = name_column(resource, head, out, out->n_names);
        if (out->names[out->n_names] == NULL) {
            return mtmi_error_memory(err);
        }
    }
    return MTM_OK;
}

mtm_status mtmi_header_find(const mtmi_resource *resource, const mtmi_rows *rows, const mtmi_preview *head,
                            mtmi_header *out, mtm_error *err) {
    const mtmi_dialect *dialect = &resource->dialect;
    mtm_status status = MTM_OK;
    size_t filled = 0;

    memset(out, 0, sizeof *out);
    out->tags = out->units = SIZE_MAX;
    out->convention = "";
    for (size_t i = 0; i < head->n; i++) {
        filled += head->rows[i].code != 0 || head->rows[i].n_filled > 0;
    }
    if (filled == 0) {
        return mtmi_error_set(err, MTM_ERROR_STRUCTURE, MTMI_CODE_EMPTY, (mtmi_place){rows->name, 1, 1},
                              "file is empty, expected a header and rows");
    }
    if (dialect->has_header == 0 && resource->n_fields == 0) {
        return refuse_header(rows, NULL, "no header, as declared", "name the columns in the schema", err);
    }
    MTMI_TRY(dialect->has_header == 0 || dialect->header_rows > 0 || dialect->skip_rows > 0
                 ? take_declared(resource, rows, head, out, err)
                 : infer(resource, rows, head, out, err));
    if (out->n > 0 && out->data < head->n && mtmi_units_row(&head->rows[out->data])) {
        out->units = out->data++;
    }
    MTMI_TRY(read_names(resource, head, out, err));
out:
    if (status != MTM_OK) {
        mtmi_header_free(out);
    }
    return status;
}

void mtmi_header_free(mtmi_header *header) {
    for (size_t i = 0; i < header->n_names; i++) {
        mtmi_memory_free(header->names[i]);
    }
    mtmi_memory_free(header->names);
    header->names = NULL;
    header->n_names = 0;
}

int mtmi_header_repeats(const mtmi_header *header, const mtmi_row *row) {
    if (row->n_cells != header->n_names) {
        return 0;
    }
    for (size_t i = 0; i < row->n_cells; i++) {
        mtmi_cell cell = row->trimmed[i];
        if (strlen(header->names[i]) != cell.length || memcmp(header->names[i], cell.text, cell.length) != 0) {
            return 0;
        }
    }
    return 1;
}

int mtmi_header_like(const mtmi_row *row) {
    size_t known = 0;

    for (size_t i = 0; i < row->n_cells && i < MTMI_NAMES_LOOKED; i++) {
        mtmi_cell cell = row->trimmed[i];
        mtmi_meaning meaning;
        known += cell.length > 0 && mtmi_header_word(cell.text, cell.length, &meaning);
    }
    return known > 1 && mtmi_header_figures(row) == 0;
}
