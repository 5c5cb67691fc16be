/* The order of day and month, proved over the whole file: the first rows may be in doubt where a later one is not, and a later
 * one may contradict them. Files that can be read twice are; of others the first rows decide, as columns_dates.c has it. */
#include "read/table_reader_internal.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "period/period.h"
#include "read/container.h"

#include <string.h>

enum { DMY = 1, MDY = 2, LONGEST_PROOF = 64 };

/* What all cells of a column say. [0] of day first, [1] of month first. */
typedef struct date_proof {
    char text[2][LONGEST_PROOF];
    int64_t line[2], at[2];
    size_t dates;
} date_proof;

typedef struct second_reading {
    const mtmi_source *source;
    uint64_t position;
} second_reading;

static mtm_status read_on(void *data, void *bytes, size_t size, size_t *got, mtm_error *err) {
    second_reading *reading = data;
    const mtm_status status = mtmi_source_read_at(reading->source, reading->position, bytes, size, got, err);
    reading->position += *got;
    return status;
}

static int is_dated(const mtmi_bound *bound) {
    return bound->role == MTMI_ROLE_PERIOD || bound->role == MTMI_ROLE_PERIOD_START ||
           bound->role == MTMI_ROLE_PERIOD_END || bound->role == MTMI_ROLE_RELEASE;
}

/* A column of dates in doubt, of which nobody declared the order. */
static int is_in_doubt(const mtmi_reading *reading, const mtmi_bound *bound) {
    const int declared = bound->field != NULL ? bound->field->date_order_given : reading->resource->date_order_given;

    for (size_t i = reading->header.data; is_dated(bound) && !declared && i < reading->head.n; i++) {
        const mtmi_row *row = &reading->head.rows[i];
        if (row->code == 0 && row->n_cells == reading->header.n_names && mtmi_row_is_doubtful(row, bound->cell)) {
            return 1;
        }
    }
    return 0;
}

static void look_at_cell(const mtmi_rows *rows, const mtmi_row *row, size_t column, date_proof *proof) {
    const mtmi_cell cell = row->trimmed[column];
    mtmi_period_label dmy, mdy;

    if (!mtmi_row_is_doubtful(row, column)) {
        return;
    }
    proof->dates++;
    mtmi_period_read(cell.text, cell.length, DMY, &dmy);
    mtmi_period_read(cell.text, cell.length, MDY, &mdy);
    if ((dmy.outcome == MTMI_PERIOD_OK) == (mdy.outcome == MTMI_PERIOD_OK)) {
        return;
    }
    const size_t which = dmy.outcome == MTMI_PERIOD_OK ? 0 : 1;
    if (proof->line[which] == 0 && cell.length < LONGEST_PROOF) {
        memcpy(proof->text[which], cell.text, cell.length);
        proof->text[which][cell.length] = '\0';
        mtmi_rows_place(rows, row, column, &proof->line[which], &proof->at[which]);
    }
}

/* All rows below the header, once more. */
static mtm_status scan(const mtmi_reading *reading, mtmi_rows *rows, date_proof *proofs, mtm_error *err) {
    mtmi_row_cells cells = {0};
    mtm_status status = MTM_OK;
    int got = 1;

    for (size_t n = 0; got; n++) {
        mtmi_row row = {0};
        MTMI_TRY(rows->next(rows, &row, &got, err));
        if (!got || n < reading->header.data || row.code != 0 || row.n_cells != reading->header.n_names) {
            continue;
        }
        row.record = row.record != NULL ? row.record : "";
        MTMI_TRY(mtmi_row_take(&cells, &row) ? MTM_OK : mtmi_error_memory(err));
        for (size_t i = 0; i < reading->columns.n; i++) {
            if (proofs[i].dates > 0) {
                look_at_cell(rows, &row, reading->columns.at[i].cell, &proofs[i]);
            }
        }
    }
out:
    mtmi_row_cells_free(&cells);
    return status;
}

static mtm_status refuse_both(const mtmi_reading *reading, const date_proof *proof, mtm_error *err) {
    const size_t later = proof->line[0] > proof->line[1] ? 0 : 1, first = 1 - later;
    static const char *const readings[] = {"the day stands first", "the month stands first"};

    return mtmi_error_set(err, MTM_ERROR_VALUE, MTMI_CODE_PERIOD_AMBIGUOUS,
                          (mtmi_place){reading->rows->name, proof->line[later], proof->at[later]},
                          "found %q, where %s, expected the order of %q in line %lld, where %s; correct the dates, or "
                          "declare the dateOrder of the column",
                          proof->text[later], readings[later], proof->text[first], (long long)proof->line[first],
                          readings[first]);
}

static mtm_status note_later(const mtmi_reading *reading, const date_proof *proof, size_t which, mtm_error *err) {
    mtmi_diagnostic_input said = {0};

    if (reading->log == NULL) {
        return MTM_OK;
    }
    said.code = MTMI_CODE_DATE_ORDER;
    said.found = proof->text[which];
    said.found_size = strlen(proof->text[which]);
    said.line = proof->line[which];
    said.column = proof->at[which];
    said.expected = which == 0 ? "a declared order of dates; this one proves that the day stands first, and no other "
                                 "date of the file contradicts it"
                               : "a declared order of dates; this one proves that the month stands first, and no other "
                                 "date of the file contradicts it";
    said.hint = which == 0 ? "say dateOrder dmy" : "say dateOrder mdy";
    return mtmi_check_add(reading->log, &said, err);
}

static mtm_status settle(mtmi_reading *reading, const date_proof *proofs, mtm_error *err) {
    for (size_t i = 0; i < reading->columns.n; i++) {
        mtmi_bound *bound = &reading->columns.at[i];
        const date_proof *proof = &proofs[i];
        if (proof->line[0] > 0 && proof->line[1] > 0) {
            return refuse_both(reading, proof, err);
        }
        const int proved = proof->line[0] > 0 ? DMY : proof->line[1] > 0 ? MDY : 0;
        if (proved != 0 && bound->order != proved) {
            bound->order = proved;
            MTMI_CHECK_STATUS(note_later(reading, proof, proved == DMY ? 0 : 1, err));
        }
    }
    return MTM_OK;
}

mtm_status mtmi_reading_date_orders(mtmi_reading *reading, mtm_error *err) {
    second_reading again = {reading->rows->source, 0};
    date_proof *proofs = NULL;
    mtmi_source *source = NULL;
    mtmi_rows *rows = NULL;
    size_t columns = 0;
    mtm_status status = MTM_OK;

    if (reading->head.whole || again.source == NULL || reading->resource->microdata) {
        return MTM_OK;
    }
    proofs = mtmi_memory_new(reading->columns.n, sizeof *proofs);
    MTMI_TRY(proofs == NULL ? mtmi_error_memory(err) : MTM_OK);
    for (size_t i = 0; i < reading->columns.n; i++) {
        proofs[i].dates = (size_t)is_in_doubt(reading, &reading->columns.at[i]);
        columns += proofs[i].dates;
    }
    if (columns == 0) {
        goto out;
    }
    const mtmi_limits limits = mtmi_limits_of(reading->options);
    MTMI_TRY(mtmi_source_made(read_on, &again, mtmi_source_name(again.source), &source, err));
    MTMI_TRY(mtmi_rows_open(reading->resource, source, &limits, NULL, &rows, err));
    MTMI_TRY(scan(reading, rows, proofs, err));
    MTMI_TRY(settle(reading, proofs, err));
out:
    mtmi_rows_free(rows);
    mtmi_source_free(source);
    mtmi_memory_free(proofs);
    return status;
}
