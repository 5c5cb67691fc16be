/* The row at hand: its cells, why it is refused, and its notes, which are kept until it is accepted. All steps of observing
 * stand on this file; it calls none of them. */
#include "read/observe/observe_internal.h"

#include "base/try.h"

/* SDMX-CSV with labels has "KAZ: Kazakhstan"; only the code is compared. */
static mtmi_cell read_cell(const mtmi_row *row, const mtmi_bound *bound) {
    mtmi_cell cell = mtmi_row_cell(row, bound->cell);

    for (size_t i = 0; bound->labelled && i + 1 < cell.length; i++) {
        if (cell.text[i] == ':' && cell.text[i + 1] == ' ') {
            cell.length = i;
        }
    }
    return cell;
}

void mtmi_observe_take_row(mtmi_observer *observer, const mtmi_row *row, mtmi_verdict *verdict) {
    mtmi_row_state *state = &observer->current;

    state->row = row;
    state->verdict = verdict;
    state->n_notes = 0;
    state->failure = MTM_OK;
    state->part_dimension = state->part_member = state->part_own = -1;
    for (size_t d = 0; d < MTMI_DIMENSIONS_MAX; d++) {
        state->codes[d] = -1;
    }
    for (size_t i = 0; i < observer->file.columns->n; i++) {
        state->cells[i] = read_cell(row, &observer->file.columns->at[i]);
    }
}

mtmi_cell mtmi_observe_cell(const mtmi_observer *observer, const mtmi_bound *bound) {
    return observer->current.cells[bound - observer->file.columns->at];
}

mtmi_cell mtmi_observe_name_beside(const mtmi_observer *observer, const mtmi_bound *codes) {
    const size_t column = (size_t)(codes - observer->file.columns->at);
    mtmi_cell name = {"", 0, 0};
    for (size_t i = 0; observer->file.memory[column].has_names && i < observer->file.columns->n; i++) {
        const mtmi_bound *bound = &observer->file.columns->at[i];
        if (bound->twin == column + 1 &&
            !mtmi_label_is_blank_place(observer->current.cells[i].text, observer->current.cells[i].length)) {
            name = observer->current.cells[i];
        }
    }
    return name;
}

mtmi_row_outcome mtmi_observe_status(mtmi_observer *observer, mtm_status status) {
    observer->current.failure = status;
    return status == MTM_OK ? MTMI_ROW_DONE : MTMI_ROW_FAILED;
}

mtmi_row_outcome mtmi_observe_refuse(mtmi_observer *observer, const mtmi_bound *bound, int code, const char *expected,
                                     const char *hint) {
    mtmi_verdict *verdict = observer->current.verdict;

    verdict->outcome = MTM_ROWS_REJECTED;
    verdict->code = code;
    verdict->status = MTM_ERROR_VALUE;
    verdict->cell = bound->cell;
    verdict->found = mtmi_observe_cell(observer, bound);
    verdict->expected = expected == NULL ? "" : expected;
    verdict->hint = hint == NULL ? "" : hint;
    return MTMI_ROW_REFUSED;
}

void mtmi_observe_note(mtmi_observer *observer, const mtmi_bound *bound, int code, const char *expected,
                       const char *hint) {
    mtmi_row_state *state = &observer->current;

    if (observer->settings.log != NULL && state->n_notes < MTMI_OBSERVER_NOTES) {
        mtmi_note *note = &state->notes[state->n_notes++];
        note->code = code;
        note->cell = bound->cell;
        note->expected = expected;
        note->hint = hint;
    }
}

mtm_status mtmi_observe_say_notes(mtmi_observer *observer, mtm_error *err) {
    for (size_t i = 0; i < observer->current.n_notes; i++) {
        const mtmi_note *note = &observer->current.notes[i];
        const mtmi_row *row = observer->current.row;
        mtmi_cell cell = mtmi_row_cell(row, note->cell);
        mtmi_diagnostic_input said = {0};
        said.code = note->code;
        said.found = cell.text;
        said.found_size = cell.length;
        said.expected = note->expected;
        said.hint = note->hint;
        said.text = row->record;
        said.text_size = row->places == NULL ? row->record_size : 0; /* its columns are those of another text */
        mtmi_rows_place(observer->file.rows, row, note->cell, &said.line, &said.column);
        MTMI_CHECK_STATUS(mtmi_check_add(observer->settings.log, &said, err));
    }
    return MTM_OK;
}
