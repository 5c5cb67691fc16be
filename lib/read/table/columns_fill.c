/* Finds columns whose empty cells repeat the label above, as merged cells do in a text file. Invariant: every other
 * reading contradicts itself: rows of one label differ in another column, and rows without a label would be one cell
 * with several figures. */
#include "base/digest.h"
#include "base/error.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/try.h"
#include "codelist/match.h"
#include "read/table/columns_internal.h"
#include "read/table/period_name.h"

#include <string.h>

enum { KEYS = 16 };

static int is_key(const mtmi_bound *bound) {
    return bound->role == MTMI_ROLE_PERIOD || bound->role == MTMI_ROLE_PERIOD_START ||
           bound->role == MTMI_ROLE_DIMENSION || bound->role == MTMI_ROLE_INDICATOR ||
           bound->role == MTMI_ROLE_RELEASE || bound->role == MTMI_ROLE_PERIOD_END;
}

static int has_figures(const mtmi_inference *in, const mtmi_row *row) {
    for (size_t i = 0; i < in->columns->n; i++) {
        if (in->columns->at[i].role == MTMI_ROLE_VALUE && row->trimmed[i].length > 0) {
            return 1;
        }
    }
    return 0;
}

/* A row that says nothing of itself may be the total of all others. */
static int has_label(const mtmi_inference *in, const mtmi_row *row) {
    for (size_t i = 0; i < in->columns->n; i++) {
        if (is_key(&in->columns->at[i]) && row->trimmed[i].length > 0) {
            return 1;
        }
    }
    return 0;
}

/* "Kazakhstan total": what it leaves empty is all, and no label above. */
static int is_sum(const mtmi_inference *in, const mtmi_row *row) {
    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        const mtmi_cell cell = row->trimmed[i];
        mtmi_label_match match;
        if (bound->role != MTMI_ROLE_DIMENSION || cell.length == 0) {
            continue;
        }
        const mtm_codelist *list = mtmi_dimension_list(bound->dimension);
        list = list != NULL ? list : mtmi_codelist_get("sex");
        if (mtmi_columns_is_total(cell) || mtmi_codelist_match_total(list, cell.text, cell.length, &match)) {
            return 1;
        }
    }
    return 0;
}

static int is_data(const mtmi_inference *in, const mtmi_row *row) {
    return row->code == 0 && row->n_cells == in->header->n_names && has_figures(in, row) && has_label(in, row) &&
           !is_sum(in, row);
}

/* What tells a row apart; in columns that are filled the label above, but for one where blank cells are a label. */
static size_t key_of(const mtmi_inference *in, const mtmi_row *row, const mtmi_cell *above, const mtmi_bound *blank,
                     uint64_t key[KEYS]) {
    size_t n = 0;

    for (size_t i = 0; i < in->columns->n && n < KEYS; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        if (is_key(bound)) {
            mtmi_cell cell = bound->fill && bound != blank ? above[i] : row->trimmed[i];
            key[n++] = mtmi_digest_key(cell.text, cell.length);
        }
    }
    return n * sizeof *key;
}

typedef struct fill_proof {
    size_t blanks, labels; /* rows of data */
    int begins;            /* the first row of data has a label */
    int filled_twice;      /* with the label above, two rows would be one cell */
    int blank_twice;       /* with a label of their own, blank rows would be */
    int repeats;           /* a label stands in two places that are apart */
} fill_proof;

typedef struct fill_scan {
    mtmi_map filled, blank, labels;
    mtmi_cell *above; /* one per column */
    int failed;
} fill_scan;

/* 1 when the key is there already. */
static int meet(fill_scan *scan, mtmi_map *map, const void *key, size_t size) {
    int met = mtmi_map_find(map, key, size) != MTMI_MAP_NONE;
    scan->failed |= mtmi_map_add(map, key, size) == MTMI_MAP_NONE;
    return met;
}

/* A label and those of the filled columns before it: the same country under another region is another place. */
static size_t label_key(const mtmi_inference *in, const mtmi_bound *column, const mtmi_cell *above,
                        uint64_t key[KEYS]) {
    size_t n = 0;

    for (size_t i = 0; i <= column->cell && n < KEYS; i++) {
        if (i == column->cell || in->columns->at[i].fill) {
            key[n++] = mtmi_digest_key(above[i].text, above[i].length);
        }
    }
    return n * sizeof *key;
}

static void scan_row(const mtmi_inference *in, const mtmi_bound *column, const mtmi_row *row, fill_scan *scan,
                     fill_proof *out) {
    mtmi_cell cell = row->trimmed[column->cell], before = scan->above[column->cell];
    uint64_t key[KEYS];
    size_t size;

    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_cell own = row->trimmed[i];
        scan->above[i] = own.length > 0 ? own : scan->above[i];
    }
    out->begins |= out->blanks + out->labels == 0 && cell.length > 0;
    if (cell.length > 0) {
        int same = before.length == cell.length && memcmp(before.text, cell.text, cell.length) == 0;
        size = label_key(in, column, scan->above, key);
        out->repeats |= meet(scan, &scan->labels, key, size) && !same;
        out->labels++;
    } else {
        size = key_of(in, row, scan->above, column, key);
        out->blank_twice |= meet(scan, &scan->blank, key, size);
        out->blanks++;
    }
    size = key_of(in, row, scan->above, NULL, key);
    out->filled_twice |= meet(scan, &scan->filled, key, size);
}

static mtm_status prove(const mtmi_inference *in, const mtmi_bound *column, fill_proof *out, mtm_error *err) {
    fill_scan scan = {MTMI_MAP_INIT, MTMI_MAP_INIT, MTMI_MAP_INIT, mtmi_memory_new(in->columns->n, sizeof *scan.above),
                      0};

    memset(out, 0, sizeof *out);
    scan.failed = scan.above == NULL;
    for (size_t i = 0; scan.above != NULL && i < in->columns->n; i++) {
        scan.above[i] = (mtmi_cell){"", 0, 0};
    }
    for (size_t i = in->header->data; i < in->head->n && !scan.failed; i++) {
        if (is_data(in, &in->head->rows[i])) {
            scan_row(in, column, &in->head->rows[i], &scan, out);
        }
    }
    mtmi_map_free(&scan.filled);
    mtmi_map_free(&scan.blank);
    mtmi_map_free(&scan.labels);
    mtmi_memory_free(scan.above);
    return scan.failed ? mtmi_error_memory(err) : MTM_OK;
}

static mtm_status note_fill(const mtmi_inference *in, const mtmi_bound *bound, mtm_error *err) {
    mtmi_diagnostic_input said = {0};

    for (size_t i = in->header->data; in->log != NULL && i < in->head->n; i++) {
        const mtmi_row *row = &in->head->rows[i];
        if (!is_data(in, row) || row->trimmed[bound->cell].length > 0) {
            continue;
        }
        said.code = MTMI_CODE_FILLED;
        said.found = bound->name;
        said.found_size = strlen(bound->name);
        said.expected = "a label in every row; empty cells of this column repeat the one above";
        said.hint = "fill the cells";
        said.text = row->record;
        said.text_size = row->record_size;
        mtmi_rows_place(in->rows, row, bound->cell, &said.line, &said.column);
        return mtmi_check_add(in->log, &said, err);
    }
    return MTM_OK;
}

/* An empty period is nothing else; an empty label may stand for a member of its own until that contradicts itself. */
static int is_proved(const mtmi_bound *bound, const fill_proof *proof) {
    if (proof->blanks == 0 || !proof->begins || proof->filled_twice) {
        return 0;
    }
    return bound->role == MTMI_ROLE_PERIOD || (proof->blank_twice && !proof->repeats);
}

/* Years alone in rows above months or quarters of the same column: the first row says one. */
static int heads_years(const mtmi_inference *in, const mtmi_bound *bound) {
    size_t years = 0, parts = 0;

    for (size_t i = in->header->data; i < in->head->n; i++) {
        const mtmi_row *row = &in->head->rows[i];
        if (row->code != 0 || row->n_cells != in->header->n_names) {
            continue;
        }
        if (mtmi_row_lacks_year(row, bound->cell) && years == 0) {
            return 0;
        }
        years += (size_t)mtmi_row_is_year(row, bound->cell);
        parts += (size_t)mtmi_row_lacks_year(row, bound->cell);
    }
    return years > 0 && parts > 0;
}

static int may_fill(const mtmi_bound *bound) {
    int level = bound->dimension != NULL &&
                (strncmp(bound->dimension, "adm", 3) == 0 || strncmp(bound->dimension, "origin-adm", 10) == 0);
    return (bound->role == MTMI_ROLE_PERIOD || bound->role == MTMI_ROLE_DIMENSION) && !level;
}

/* Columns with blanks under a label are filled together first: a region and its year may both stand once. */
static mtm_status find_candidates(const mtmi_inference *in, mtm_error *err) {
    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        fill_proof proof;
        if (bound->role == MTMI_ROLE_PERIOD) {
            bound->years_head = heads_years(in, bound);
        }
        if (may_fill(bound)) {
            MTMI_CHECK_STATUS(prove(in, bound, &proof, err));
            bound->fill = proof.begins && proof.blanks > 0;
        }
    }
    return MTM_OK;
}

mtm_status mtmi_columns_fill(const mtmi_inference *in, mtm_error *err) {
    MTMI_CHECK_STATUS(find_candidates(in, err));
    for (size_t i = in->columns->n; i-- > 0;) {
        mtmi_bound *bound = &in->columns->at[i];
        fill_proof proof;
        if (!bound->fill) {
            continue;
        }
        MTMI_CHECK_STATUS(prove(in, bound, &proof, err));
        bound->fill = is_proved(bound, &proof);
        if (bound->fill) {
            MTMI_CHECK_STATUS(note_fill(in, bound, err));
        }
    }
    return MTM_OK;
}
