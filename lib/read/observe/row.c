/* The row at hand: its cells, why it is refused, and its notes, which are kept until it is accepted. All steps of observing
 * stand on this file; it calls none of them. */
#include "read/observe/observe_internal.h"

mtmi_cell mtmi_observe_cell(const mtmi_observer *observer, const mtmi_bound *bound) {
    mtmi_cell cell = bound->cell < observer->row->n_cells ? mtmi_cell_trim(observer->row->cells[bound->cell])
                                                          : (mtmi_cell){"", 0, 0};
    for (size_t i = 0; bound->labelled && i + 1 < cell.length; i++) {
        if (cell.text[i] == ':' && cell.text[i + 1] == ' ') {
            cell.length = i;
        }
    }
    return cell;
}

int mtmi_observe_refuse(mtmi_observer *observer, const mtmi_bound *bound, int code, const char *expected,
                        const char *hint) {
    mtmi_verdict *verdict = observer->verdict;

    verdict->outcome = MTM_ROWS_REJECTED;
    verdict->code = code;
    verdict->status = MTM_ERROR_VALUE;
    verdict->cell = bound->cell;
    verdict->found = mtmi_observe_cell(observer, bound);
    verdict->expected = expected == NULL ? "" : expected;
    verdict->hint = hint == NULL ? "" : hint;
    return 0;
}

void mtmi_observe_note(mtmi_observer *observer, const mtmi_bound *bound, int code, const char *expected,
                       const char *hint) {
    mtmi_row_state *moment = &observer->moment;

    if (observer->log != NULL && moment->n_notes < MTMI_OBSERVER_NOTES) {
        mtmi_note *note = &moment->notes[moment->n_notes++];
        note->code = code;
        note->cell = bound->cell;
        note->expected = expected;
        note->hint = hint;
    }
}

mtm_status mtmi_observe_say_notes(mtmi_observer *observer, mtm_error *err) {
    mtm_status status = MTM_OK;

    for (size_t i = 0; i < observer->moment.n_notes && status == MTM_OK; i++) {
        const mtmi_note *note = &observer->moment.notes[i];
        const mtmi_row *row = observer->row;
        mtmi_cell cell = note->cell < row->n_cells ? mtmi_cell_trim(row->cells[note->cell]) : (mtmi_cell){"", 0, 0};
        mtmi_diagnostic_input said = {0};
        said.code = note->code;
        said.found = cell.text;
        said.found_size = cell.length;
        said.expected = note->expected;
        said.hint = note->hint;
        said.text = row->record;
        said.text_size = row->record_size;
        mtmi_rows_place(observer->rows, row, note->cell, &said.line, &said.column);
        status = mtmi_check_add(observer->log, &said, err);
    }
    return status;
}
