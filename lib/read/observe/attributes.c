/* Reads what a row says about its figures: status, unit, source, note. A row that contradicts the resource is
 * refused. */
#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "read/observe/observe_internal.h"

#include <string.h>

enum { LONGEST_TEXT = 2000 };

static mtmi_row_outcome read_status(mtmi_observer *observer, const mtmi_bound *bound, mtmi_cell cell) {
    if (cell.length == 1 && strchr("ABDEFGHIJKLMNOPQSTUVWX", cell.text[0]) != NULL) {
        observer->current.status = cell.text[0];
        return MTMI_ROW_DONE;
    }
    if (cell.length == 0) {
        return MTMI_ROW_DONE;
    }
    return mtmi_observe_refuse(observer, bound, MTMI_CODE_STATUS, "a letter of OBS_STATUS, such as A, P or E", "");
}

static mtmi_row_outcome read_action(mtmi_observer *observer, const mtmi_bound *bound, mtmi_cell cell) {
    if (cell.length == 0 || (cell.length == 1 && strchr("IARMiarm", cell.text[0]) != NULL)) {
        return MTMI_ROW_DONE;
    }
    return mtmi_observe_refuse(observer, bound, MTMI_CODE_STATUS, "an action that adds: I, A, R or M",
                               "a row that deletes has no figure");
}

/* A title or an address; "same" repeats the row above. */
static mtm_status read_source(mtmi_observer *observer, mtmi_cell cell, mtm_error *err) {
    mtmi_source_note note = observer->settings.resource->source;
    char text[LONGEST_TEXT + 1];
    int is_same = cell.length == 4 && memcmp(cell.text, "same", 4) == 0;
    size_t n;

    if (!is_same) {
        mtmi_buffer_clear(&observer->whole.last_source);
        mtmi_buffer_add(&observer->whole.last_source, cell.text, cell.length);
    }
    if (observer->whole.last_source.failed) {
        return mtmi_error_memory(err);
    }
    if (observer->whole.last_source.size == 0 || observer->builder == NULL) {
        return MTM_OK;
    }
    n = observer->whole.last_source.size < LONGEST_TEXT ? observer->whole.last_source.size : LONGEST_TEXT;
    n = mtmi_text_valid(observer->whole.last_source.data, n);
    memcpy(text, observer->whole.last_source.data, n);
    text[n] = '\0';
    if (strncmp(text, "http", 4) == 0) {
        note.path = text;
    } else {
        note.title = text;
        note.path = NULL;
    }
    return mtmi_builder_add_source(observer->builder, &note, &observer->current.source, err);
}

static mtm_status read_note(mtmi_observer *observer, mtmi_cell cell, mtm_error *err) {
    char text[LONGEST_TEXT + 1];
    size_t n = cell.length < LONGEST_TEXT ? cell.length : LONGEST_TEXT;

    if (cell.length == 0 || observer->builder == NULL) {
        return MTM_OK;
    }
    n = mtmi_text_valid(cell.text, n);
    memcpy(text, cell.text, n);
    text[n] = '\0';
    return mtmi_builder_add_note(observer->builder, text, &observer->current.note, err);
}

static mtmi_row_outcome read_attribute(mtmi_observer *observer, const mtmi_bound *bound, mtm_error *err) {
    mtmi_cell cell = mtmi_observe_cell(observer, bound);

    switch (bound->role) {
    case MTMI_ROLE_VALUE:
    case MTMI_ROLE_DIMENSION:
    case MTMI_ROLE_PERIOD: return MTMI_ROW_DONE;
    case MTMI_ROLE_STATUS: return read_status(observer, bound, cell);
    case MTMI_ROLE_UNIT: return mtmi_observe_unit(observer, bound, cell, err);
    case MTMI_ROLE_SOURCE: return mtmi_observe_status(observer, read_source(observer, cell, err));
    case MTMI_ROLE_NOTE: return mtmi_observe_status(observer, read_note(observer, cell, err));
    default: break;
    }
    if (bound->part == MTMI_PART_MULTIPLIER) {
        return mtmi_observe_multiplier(observer, bound, cell);
    }
    return bound->part == MTMI_PART_ACTION ? read_action(observer, bound, cell) : MTMI_ROW_DONE;
}

mtmi_row_outcome mtmi_observe_attributes(mtmi_observer *observer, mtm_error *err) {
    observer->current.status = 0;
    observer->current.source = 0;
    observer->current.note = -1;
    MTMI_ROW_TRY(mtmi_observe_contribution(observer));
    for (size_t i = 0; i < observer->file.columns->n; i++) {
        MTMI_ROW_TRY(read_attribute(observer, &observer->file.columns->at[i], err));
    }
    return MTMI_ROW_DONE;
}
