/* What a row says about its figures: status, unit, source, note; and what must agree with the resource. What comes in:
 * cells. What goes out: entries of the dataset's tables, or why the row is refused. It does not know figures. */
#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "read/observe/observe_internal.h"

#include <string.h>

enum { LONGEST_TEXT = 2000 };

static int read_status(mtmi_observer *observer, const mtmi_bound *bound, mtmi_cell cell) {
    if (cell.length == 1 && strchr("ABDEFGHIJKLMNOPQSTUVWX", cell.text[0]) != NULL) {
        observer->moment.status = cell.text[0];
        return 1;
    }
    return cell.length == 0 ||
           mtmi_observe_refuse(observer, bound, MTMI_CODE_STATUS, "a letter of OBS_STATUS, such as A, P or E", "");
}

static int read_action(mtmi_observer *observer, const mtmi_bound *bound, mtmi_cell cell) {
    int adds = cell.length == 0 || (cell.length == 1 && strchr("IARMiarm", cell.text[0]) != NULL);
    return adds || mtmi_observe_refuse(observer, bound, MTMI_CODE_STATUS, "an action that adds: I, A, R or M",
                                       "a row that deletes has no figure");
}

/* A title or an address; "same" repeats the row above. */
static mtm_status read_source(mtmi_observer *observer, mtmi_cell cell, mtm_error *err) {
    mtmi_source_note note = observer->resource->source;
    char text[LONGEST_TEXT + 1];
    int is_same = cell.length == 4 && memcmp(cell.text, "same", 4) == 0;
    size_t n;

    if (!is_same) {
        mtmi_buffer_clear(&observer->last_source);
        mtmi_buffer_add(&observer->last_source, cell.text, cell.length);
    }
    if (observer->last_source.failed) {
        return mtmi_error_memory(err);
    }
    if (observer->last_source.size == 0 || observer->builder == NULL) {
        return MTM_OK;
    }
    n = observer->last_source.size < LONGEST_TEXT ? observer->last_source.size : LONGEST_TEXT;
    n = mtmi_text_valid(observer->last_source.data, n);
    memcpy(text, observer->last_source.data, n);
    text[n] = '\0';
    if (strncmp(text, "http", 4) == 0) {
        note.path = text;
    } else {
        note.title = text;
        note.path = NULL;
    }
    return mtmi_builder_add_source(observer->builder, &note, &observer->moment.source, err);
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
    return mtmi_builder_add_note(observer->builder, text, &observer->moment.note, err);
}

int mtmi_observe_about(mtmi_observer *observer, mtm_status *status, mtm_error *err) {
    int good = 1;

    observer->moment.status = 0;
    observer->moment.source = 0;
    observer->moment.note = -1;
    for (size_t i = 0; i < observer->columns->n && good && *status == MTM_OK; i++) {
        const mtmi_bound *bound = &observer->columns->at[i];
        if (bound->role == MTMI_ROLE_VALUE || bound->role == MTMI_ROLE_DIMENSION || bound->role == MTMI_ROLE_PERIOD) {
            continue;
        }
        mtmi_cell cell = mtmi_observe_cell(observer, bound);
        if (bound->role == MTMI_ROLE_STATUS) {
            good = read_status(observer, bound, cell);
        } else if (bound->role == MTMI_ROLE_UNIT) {
            good = mtmi_observe_unit(observer, bound, cell, status, err);
        } else if (bound->part == MTMI_PART_MULTIPLIER) {
            good = mtmi_observe_multiplier(observer, bound, cell);
        } else if (bound->part == MTMI_PART_ACTION) {
            good = read_action(observer, bound, cell);
        } else if (bound->role == MTMI_ROLE_SOURCE) {
            *status = read_source(observer, cell, err);
        } else if (bound->role == MTMI_ROLE_NOTE) {
            *status = read_note(observer, cell, err);
        }
    }
    return good && *status == MTM_OK;
}
