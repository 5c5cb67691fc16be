/* Reports what counting found as a check: the balance of each file, its refused rows, and labels that no code matches,
 * each with its rows and its first line. */
#include "read/check/check.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "codelist/match.h"
#include "registration/register_report.h"
#include "tabulate/member.h"
#include "tabulate/tabulator.h"

#include <string.h>

/* Rows a member has; one entry a member of the axis. NULL without memory. */
static uint64_t *rows_of(const mtmi_state *state, unsigned axis) {
    uint64_t *rows = mtmi_memory_new(state->axes[axis].members.n + 1, sizeof *rows);
    unsigned set, at;
    size_t cell, length;
    for (set = 0; rows != NULL && set < state->spec->n_groupings; set++) {
        const mtmi_grouping *grouping = &state->spec->groupings[set];
        for (at = 0; at < grouping->n_axes && grouping->axes[at] != axis; at++) {}
        if (at == grouping->n_axes) {
            continue;
        }
        for (cell = 0; cell < state->sets[set].cells.n; cell++) {
            uint32_t member;
            memcpy(&member, mtmi_map_key(&state->sets[set].cells, (uint32_t)cell, &length) + at * sizeof member,
                   sizeof member);
            rows[member] += state->sets[set].counts[cell];
        }
        break; /* every grouping has all rows */
    }
    return rows;
}

static mtm_status say_label(mtm_check *check, const mtm_codelist *list, const char *label, size_t length, uint64_t line,
                            uint64_t rows, mtm_error *err) {
    mtmi_buffer expected = MTMI_BUFFER_INIT, hint = MTMI_BUFFER_INIT;
    mtmi_label_match match;
    mtmi_diagnostic_input said = {0};
    mtm_status status = MTM_OK;
    mtmi_codelist_match(list, label, length, 0, &match);
    mtmi_buffer_format(&expected, "a code or name of the list %s", mtmi_codelist_id(list));
    mtmi_buffer_format(&hint, "in %llu rows, counted as unclassified; give the label an alias",
                       (unsigned long long)rows);
    said.code = match.kind == MTM_MATCH_AMBIGUOUS ? MTMI_CODE_LABEL_AMBIGUOUS : MTMI_CODE_LABEL_UNKNOWN;
    said.line = (int64_t)line;
    said.found = label;
    said.found_size = length;
    said.expected = expected.data;
    said.hint = hint.data;
    status = expected.failed || hint.failed ? mtmi_error_memory(err) : mtmi_check_add(check, &said, err);
    mtmi_buffer_free(&expected);
    mtmi_buffer_free(&hint);
    return status;
}

/* The labels of one axis that were first met in the file. */
static mtm_status say_labels(mtm_check *check, const mtmi_state *state, unsigned axis, uint32_t file, mtm_error *err) {
    const mtmi_state_axis *about = &state->axes[axis];
    const mtm_codelist *list = about->list == NULL ? NULL : mtmi_codelist_get(about->list);
    uint64_t *rows;
    mtm_status status = MTM_OK;
    size_t i, key_length, length;
    if (list == NULL) {
        return MTM_OK;
    }
    rows = rows_of(state, axis);
    if (rows == NULL) {
        return mtmi_error_memory(err);
    }
    for (i = 0; i < about->members.n; i++) {
        const unsigned char *key = mtmi_map_key(&about->members, (uint32_t)i, &key_length);
        const char *label = "";
        if (about->met[i].file == file &&
            mtmi_member_code(key, key_length, &label, &length) == MTM_MEMBER_UNCLASSIFIED) {
            MTMI_TRY(say_label(check, list, label, length, about->met[i].line, rows[i], err));
        }
    }
out:
    mtmi_memory_free(rows);
    return status;
}

static mtm_status say_refusal(mtm_check *check, const mtmi_refusal *refusal, mtm_error *err) {
    mtmi_diagnostic_input said = {0};
    said.error = refusal->error;
    said.code = refusal->code;
    said.status = MTM_ERROR_VALUE;
    said.line = refusal->line;
    said.column = refusal->column;
    said.found = refusal->found;
    said.found_size = strlen(refusal->found);
    said.expected = refusal->expected;
    said.hint = refusal->hint;
    said.record = refusal->record;
    said.record_size = strlen(refusal->record);
    said.text = refusal->record;
    said.text_size = strcspn(refusal->record, "\r\n");
    return mtmi_check_add(check, &said, err);
}

static mtm_status say_file(mtm_check *check, const mtmi_state *state, uint32_t at, const mtmi_resolved *resolved,
                           mtm_error *err) {
    const mtmi_counted_file *file = &state->files[at];
    mtmi_check_file *about;
    int64_t kept = 0;
    unsigned axis;
    size_t i;
    MTMI_CHECK_STATUS(mtmi_check_start(check, file->name, state->spec->resource->name, err));
    about = mtmi_check_at_file(check);
    about->microdata = 1;
    about->confidential = state->spec->resource->withholds_text;
    memcpy(about->rows, file->rows, sizeof about->rows);
    for (i = 0; i < state->refusals.n; i++) {
        if (state->refusals.at[i].file == at) {
            MTMI_CHECK_STATUS(say_refusal(check, &state->refusals.at[i], err));
            kept++;
        }
    }
    for (axis = state->spec->n_periods; axis < state->spec->n_axes; axis++) {
        MTMI_CHECK_STATUS(say_labels(check, state, axis, at, err));
    }
    if (resolved != NULL) {
        MTMI_CHECK_STATUS(mtmi_registry_report(resolved, state, at, check, err));
    }
    about = mtmi_check_at_file(check);
    about->errors += file->rows[MTM_ROWS_REJECTED] - kept; /* refused, and too many to keep the place of */
    check->errors += file->rows[MTM_ROWS_REJECTED] - kept;
    return MTM_OK;
}

mtm_status mtmi_tabulator_report(const mtm_tabulator *tabulator, mtm_check *check, mtm_error *err) {
    mtmi_state *settled = NULL;
    mtmi_resolved resolved;
    mtm_status status = MTM_OK;
    memset(&resolved, 0, sizeof resolved);
    MTMI_TRY(mtmi_state_settle(tabulator->state, &settled, err));
    if (tabulator->registry != NULL) {
        MTMI_TRY(mtmi_resolve(tabulator->registry, tabulator->state, mtmi_tabulator_threads(&tabulator->options),
                              &resolved, err));
    }
    for (uint32_t i = 0; i < settled->n_files; i++) {
        MTMI_TRY(say_file(check, settled, i, tabulator->registry != NULL ? &resolved : NULL, err));
    }
out:
    mtmi_resolved_free(&resolved);
    mtmi_state_free(settled);
    return status;
}

mtm_status mtm_tabulator_check(const mtm_tabulator *tabulator, mtm_check **out, mtm_error *err) {
    mtm_check *check = NULL;
    mtm_status status = MTM_OK;
    if (out == NULL) {
        return mtmi_error_argument(err, "out", "where to put the check");
    }
    *out = NULL;
    if (tabulator == NULL) {
        return mtmi_error_argument(err, "tabulator", "a tabulator");
    }
    const char *name = tabulator->state->spec->resource->name; /* one that is given along may have none */
    MTMI_TRY(mtmi_check_new(name != NULL ? name : "microdata", &check, err));
    MTMI_TRY(mtmi_tabulator_report(tabulator, check, err));
    mtmi_check_finish(check);
    *out = check;
    check = NULL;
out:
    mtm_check_free(check);
    return status;
}
