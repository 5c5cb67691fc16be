/* Reports conflicts and the balance of rows. */
#include "registration/register_report.h"

#include "base/error.h"
#include "base/try.h"

#include <string.h>

static int64_t line_of(uint64_t place) {
    return (int64_t)(place & (((uint64_t)1 << MTMI_PLACE_LINE) - 1));
}

static mtm_status say_conflict(const mtmi_conflict *conflict, const mtmi_state *settled, mtm_check *check,
                               mtm_error *err) {
    const size_t file = conflict->place >> MTMI_PLACE_LINE, other = conflict->other >> MTMI_PLACE_LINE;
    const char *what = conflict->of_birth ? "year of birth" : "sex";
    mtmi_buffer found = MTMI_BUFFER_INIT, expected = MTMI_BUFFER_INIT;
    mtmi_buffer_format(&found, "another %s than the same id has before", what);
    mtmi_buffer_format(&expected, "the %s of line %lld", what, (long long)line_of(conflict->other));
    if (other != file) {
        mtmi_buffer_text(&expected, " of ");
        mtmi_buffer_text(&expected, settled->files[other].name);
    }
    mtmi_diagnostic_input said = {.error = 1, .code = MTMI_CODE_REGISTRATION_CONFLICT, .status = MTM_ERROR_VALUE};
    said.line = line_of(conflict->place);
    said.found = found.data;
    said.found_size = found.size;
    said.prose = 1;
    said.expected = expected.data;
    said.hint = "correct one of the two rows, or give two persons two ids";
    said.record = "";
    const mtm_status status =
        found.failed || expected.failed ? mtmi_error_memory(err) : mtmi_check_add(check, &said, err);
    mtmi_buffer_free(&found);
    mtmi_buffer_free(&expected);
    return status;
}

static void put_count(mtmi_buffer *out, const char *before, uint64_t n, const char *one, const char *many) {
    mtmi_buffer_format(out, "%s%llu %s", before, (unsigned long long)n, n == 1 ? one : many);
}

static mtm_status say_balance(const mtmi_resolved *resolved, int has_households, mtm_check *check, mtm_error *err) {
    const mtmi_balance *balance = &resolved->balance;
    mtmi_buffer text = MTMI_BUFFER_INIT;
    mtmi_diagnostic_input said = {.code = MTMI_CODE_REGISTRATION_BALANCE, .prose = 2};
    put_count(&text, "", balance->rows, "row", "rows");
    put_count(&text, " = ", balance->persons, "person", "persons");
    put_count(&text, " + ", balance->repeats, "repeat", "repeats");
    put_count(&text, " + ", balance->superseded, "superseded", "superseded");
    put_count(&text, " + ", balance->conflicts, "conflict", "conflicts");
    if (has_households) {
        put_count(&text, "; ", balance->households, "household", "households");
    }
    said.found = text.data;
    said.found_size = text.size;
    const mtm_status status = text.failed ? mtmi_error_memory(err) : mtmi_check_add(check, &said, err);
    mtmi_buffer_free(&text);
    return status;
}

mtm_status mtmi_registry_report(const mtmi_resolved *resolved, const mtmi_state *settled, uint32_t at, mtm_check *check,
                                mtm_error *err) {
    mtmi_check_file *about = mtmi_check_at_file(check);
    const int64_t refused = (int64_t)resolved->conflicts_of[at];
    int64_t kept = 0;
    about->rows[MTM_ROWS_ACCEPTED] -= refused;
    about->rows[MTM_ROWS_REJECTED] += refused;
    for (size_t i = 0; i < resolved->n_conflicts; i++) {
        if (resolved->conflicts[i].place >> MTMI_PLACE_LINE == at) {
            MTMI_CHECK_STATUS(say_conflict(&resolved->conflicts[i], settled, check, err));
            kept++;
        }
    }
    about = mtmi_check_at_file(check);
    const mtmi_registry *registry = resolved->tally.registry;
    about->errors += refused - kept;
    if (registry->first <= registry->last) {
        about->has_periods = 1;
        about->periods = (mtm_period){registry->first, registry->last};
    }
    check->errors += refused - kept;
    return at + 1 == settled->n_files ? say_balance(resolved, resolved->tally.registry->has_households, check, err)
                                      : MTM_OK;
}
