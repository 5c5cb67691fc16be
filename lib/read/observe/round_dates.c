/* Notes rounds of mobility tracking whose rows have dates too far apart to be one assessment: a number that was typed wrong,
 * or a date. */
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "data/totals.h"
#include "read/observe/observe_internal.h"

#include <string.h>

enum { SPAN = 45, TOLD = 4 };

/* What tells rounds of one number apart. */
static const char *const told[TOLD] = {"round", "operation", "assessment-type", "country"};

typedef struct dates {
    int32_t first, last;
    int64_t line; /* of the last */
} dates;

typedef struct looking {
    const mtm_dataset *dataset;
    int by[TOLD];
    mtmi_map rounds;
    dates *of;
    size_t capacity;
} looking;

static mtm_status add_row(looking *at, size_t i, mtm_error *err) {
    int32_t key[TOLD] = {0};
    const int32_t day = at->dataset->periods[i].last;
    void *state = at->of;
    for (size_t k = 0; k < TOLD; k++) {
        key[k] = at->by[k] >= 0 ? at->dataset->dimensions[at->by[k]].codes[i] : 0;
    }
    const mtmi_member *round = &at->dataset->dimensions[at->by[0]].members[key[0]];
    if (round->kind == MTM_MEMBER_TOTAL || round->kind == MTM_MEMBER_UNKNOWN) {
        return MTM_OK;
    }
    const size_t before = at->rounds.n;
    const uint32_t found = mtmi_map_add(&at->rounds, key, sizeof key);
    if (found == MTMI_MAP_NONE || !mtmi_memory_reserve(&state, &at->capacity, at->rounds.n, sizeof *at->of)) {
        return mtmi_error_memory(err);
    }
    at->of = state;
    dates *one = &at->of[found];
    if (found == before) {
        *one = (dates){day, day, at->dataset->lines[i]};
    }
    if (day > one->last) {
        one->last = day;
        one->line = at->dataset->lines[i];
    }
    one->first = day < one->first ? day : one->first;
    return MTM_OK;
}

static mtm_status say_round(const mtmi_observer *observer, const looking *at, uint32_t round, mtm_error *err) {
    const dates *one = &at->of[round];
    mtmi_buffer found = MTMI_BUFFER_INIT;
    mtmi_diagnostic_input said = {0};
    int32_t key[TOLD];
    char from[MTMI_PERIOD_TEXT], to[MTMI_PERIOD_TEXT];
    size_t size;
    memcpy(key, mtmi_map_key(&at->rounds, round, &size), sizeof key);
    mtm_period_describe((mtm_period){one->first, one->first}, from, sizeof from);
    mtm_period_describe((mtm_period){one->last, one->last}, to, sizeof to);
    mtmi_buffer_format(&found, "round %s on %s and on %s", at->dataset->dimensions[at->by[0]].members[key[0]].code,
                       from, to);
    said.code = MTMI_CODE_ROUND_DATES;
    said.line = one->line;
    said.prose = 1;
    said.found = found.data;
    said.found_size = found.size;
    said.expected =
        "dates within roundSpan of one another, 45 days where nothing is said; they are read as several rounds";
    said.hint = "correct the number of the round or its date, or say roundSpan";
    mtm_status status = found.failed ? mtmi_error_memory(err) : mtmi_check_add(observer->settings.log, &said, err);
    mtmi_buffer_free(&found);
    return status;
}

/* Whether the table is of rounds by area, whatever concept is declared. */
static int is_of_rounds(const mtm_dataset *dataset) {
    int places = 0;
    for (size_t d = 0; d < dataset->n_dimensions; d++) {
        places |= strncmp(dataset->dimensions[d].name, "adm", 3) == 0;
    }
    return places && mtmi_dataset_find_dimension(dataset, told[0]) >= 0;
}

mtm_status mtmi_observe_round_dates(mtmi_observer *observer, const mtm_dataset *dataset, mtm_error *err) {
    looking at = {.dataset = dataset};
    mtm_status status = MTM_OK;
    for (size_t k = 0; k < TOLD; k++) {
        at.by[k] = mtmi_dataset_find_dimension(dataset, told[k]);
    }
    if (!is_of_rounds(dataset)) {
        return MTM_OK;
    }
    const int32_t span = dataset->round_span > SPAN ? dataset->round_span : SPAN;
    for (size_t i = 0; i < dataset->n; i++) {
        MTMI_TRY(add_row(&at, i, err));
    }
    for (uint32_t round = 0; round < at.rounds.n; round++) {
        if (at.of[round].last - at.of[round].first > span) {
            MTMI_TRY(say_round(observer, &at, round, err));
        }
    }
out:
    mtmi_map_free(&at.rounds);
    mtmi_memory_free(at.of);
    return status;
}
