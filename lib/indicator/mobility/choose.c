/* Which round answers: the latest of the period. Operations and assessment types are never added: where several answer,
 * each is a row, and there is no sum; types with equal figures are one. */
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "codelist/match.h"
#include "indicator/mobility/mobility.h"
#include "period/period.h"

#include <string.h>

mtm_status mtmi_figure_of_units(const mtmi_asking *query, mtmi_wide units, mtm_decimal *out) {
    MTMI_CHECK_STATUS(mtmi_decimal_narrow(units, query->rounds->decimals, out, query->err));
    *out = mtmi_decimal_trim(*out);
    return MTM_OK;
}

mtm_status mtmi_write_rows_used(const mtmi_asking *query, const mtmi_round_tally *tally, const mtmi_tallied *area,
                                int lineage, const char *row) {
    const int printed = area == NULL && tally->printed_n > 0;
    const size_t first = area != NULL ? area->first : printed ? tally->printed_first : 0;
    const size_t n = area != NULL ? area->n : printed ? tally->printed_n : tally->n_used;
    /* Areas, days and persons for a household are no sums of the rows that they are told from. */
    const mtm_operation operation = query->indicator->rounds != MTMI_ROUNDS_STOCK ? MTM_OPERATION_TAKE
                                    : n > 1                                       ? MTM_OPERATION_ADD
                                                                                  : MTM_OPERATION_LAST;
    mtmi_trace trace = MTMI_TRACE_INIT;
    mtm_status status = MTM_OK;
    for (size_t i = 0; i < n; i++) {
        const mtmi_tracked *used = tally->used[first + i];
        MTMI_TRY(mtmi_trace_add(&trace, used->dataset, used->row, operation, query->err));
    }
    MTMI_TRY(mtmi_write_steps(query->writing, &trace, lineage, row, query->err));
out:
    mtmi_trace_clear(&trace);
    return status;
}

mtm_status mtmi_title_member(const mtmi_asking *query, int slot, int32_t member, mtmi_titles *out) {
    const mtmi_slot_member *at = &query->rounds->slots[slot].members[member];
    return mtmi_member_titles(at->dimension, at->member, out, query->err);
}

/* ---- which tracks ---- */

static int is_preferred(const mtmi_rounds *rounds, const mtmi_track *track) {
    const char *operation = mtmi_rounds_label(rounds, MTMI_SLOT_OPERATION, track->operation, MTM_LANGUAGE_EN);
    const char *type = mtmi_rounds_code(rounds, MTMI_SLOT_ASSESSMENT, track->assessment);
    return (rounds->operation == NULL || strcmp(rounds->operation, operation) == 0) &&
           (rounds->assessment == NULL || strcmp(rounds->assessment, type) == 0);
}

static int is_of_country(const mtmi_asking *query, const mtmi_track *track) {
    const char *code = mtmi_rounds_code(query->rounds, MTMI_SLOT_ADM0, track->country);
    const char *asked = query->mobility->country;
    const int known = mtmi_rounds_member(query->rounds, MTMI_SLOT_ADM0, asked) != 0;
    if (asked[0] != '\0' && mtmi_codelist_index(mtmi_codelist_get("country"), code) >= 0) {
        return strcmp(code, asked) == 0; /* another country's rounds are none of this one */
    }
    return !known || strcmp(code, asked) == 0;
}

/* The latest round of the track in the period that has a figure; 0 without one. */
static mtm_status find_round(const mtmi_asking *query, const mtmi_track *track, mtmi_round_answer *out, int *found) {
    *found = 0;
    for (size_t i = track->n; i-- > 0;) {
        const mtmi_round *round = &query->rounds->rounds[track->first + i];
        const int older = round->dates.last < query->period.first;
        if (round->dates.last > query->period.last && out->any) {
            continue;
        }
        MTMI_CHECK_STATUS(mtmi_tally_make(query->rounds, round, &query->ask, &out->tally, query->err));
        out->any |= out->tally.has_value;
        *found = out->tally.has_value && !older && round->dates.last <= query->period.last;
        out->track = track;
        out->round = track->first + i;
        if (*found) {
            return MTM_OK;
        }
        const int known = older && out->tally.has_value;
        mtmi_tally_clear(&out->tally);
        if (known) { /* older ones say no more */
            out->missing = round->dates.last > out->missing.last ? (mtm_period){round->dates.last, round->dates.last}
                                                                 : out->missing;
            return MTM_OK;
        }
    }
    return MTM_OK;
}

static int same_figures(const mtmi_round_tally *a, const mtmi_round_tally *b) {
    int same = a->units == b->units && mtmi_tally_same_areas(a, b);
    for (size_t i = 0; same && i < a->n; i++) {
        const mtmi_tallied *other = a->areas[i].has_value ? mtmi_tally_find(b, &a->areas[i]) : NULL;
        same = other == NULL || other->units == a->areas[i].units;
    }
    return same;
}

/* "Flood response, round 2, SA" */
static mtm_status title_track(const mtmi_asking *query, const mtmi_round_answer *answer, mtmi_titles *out) {
    static const char *const words[] = {"round", "раунд", "раунд"};
    const mtmi_round *round = &query->rounds->rounds[answer->round];
    const int32_t members[] = {answer->track->country, answer->track->operation, answer->track->assessment};
    static const int slots[] = {MTMI_SLOT_ADM0, MTMI_SLOT_OPERATION, MTMI_SLOT_ASSESSMENT};
    for (int language = 0; language < 3; language++) {
        mtmi_buffer text = MTMI_BUFFER_INIT;
        for (int i = 0; i < 3; i++) {
            const int many = query->rounds->slots[slots[i]].codes.n > 2; /* the total is one */
            if (members[i] != 0 && (many || i == 1)) {
                mtmi_buffer_text(&text, text.size > 0 ? ", " : "");
                mtmi_buffer_text(&text, mtmi_rounds_label(query->rounds, slots[i], members[i], (mtm_language)language));
            }
        }
        if (round->code != 0) {
            mtmi_buffer_format(&text, "%s%s %s", text.size > 0 ? ", " : "", words[language],
                               mtmi_rounds_code(query->rounds, MTMI_SLOT_ROUND, round->code));
        }
        out->text[language] = text.failed ? NULL : mtmi_memory_copy_text(text.data != NULL ? text.data : "?");
        mtmi_buffer_free(&text);
        if (out->text[language] == NULL) {
            return mtmi_error_memory(query->err);
        }
    }
    return MTM_OK;
}

/* Side by side, since persons may be in both. */
static mtm_status write_track(const mtmi_asking *query, const mtmi_round_answer *answer) {
    mtmi_result_row *row = mtmi_write_row(query->writing);
    char code[64];
    if (row == NULL) {
        return mtmi_error_memory(query->err);
    }
    const size_t n = mtmi_decimal_write((mtmi_wide)(answer->track - query->rounds->tracks) + 1, 0, code, sizeof code);
    row->code = n > 0 ? mtmi_memory_copy_text(code) : NULL;
    row->covers = MTMI_NO_EXTENT;
    row->before = (uint32_t)query->writing->result->n_rows - 1;
    row->row.kind = MTM_MEMBER_CODE;
    row->row.status = 'A';
    row->row.has_value = 1;
    if (row->code == NULL) {
        return mtmi_error_memory(query->err);
    }
    MTMI_CHECK_STATUS(title_track(query, answer, &row->label));
    MTMI_CHECK_STATUS(mtmi_figure_of_units(query, answer->tally.units, &row->row.value));
    return mtmi_write_rows_used(query, &answer->tally, NULL, MTM_LINEAGE_BREAKDOWN, code);
}

static mtm_status write_side_by_side(const mtmi_asking *query, const mtmi_round_answer *answers, size_t n) {
    mtm_result *result = query->writing->result;
    mtmi_memory_free(result->dimension);
    result->dimension = mtmi_memory_copy_text("operation");
    result->rows_are_selection = 1;
    if (result->dimension == NULL) {
        return mtmi_error_memory(query->err);
    }
    for (size_t i = 0; i < n; i++) {
        MTMI_CHECK_STATUS(write_track(query, &answers[i]));
    }
    return MTM_OK;
}

/* Answers of one operation and equal figures are one. */
static int is_told_already(const mtmi_round_answer *answers, size_t n, const mtmi_round_answer *one) {
    for (size_t i = 0; i < n; i++) {
        if (answers[i].track->operation == one->track->operation && answers[i].track->country == one->track->country &&
            same_figures(&answers[i].tally, &one->tally)) {
            return 1;
        }
    }
    return 0;
}

mtm_status mtmi_choose_round(const mtmi_asking *query, mtmi_round_answer *out) {
    mtmi_round_answer *answers = mtmi_memory_new(query->rounds->n_tracks + 1, sizeof *answers);
    mtm_status status = answers != NULL ? MTM_OK : mtmi_error_memory(query->err);
    size_t n = 0;
    memset(out, 0, sizeof *out);
    out->missing = MTMI_PERIOD_NONE;
    for (size_t i = 0; i < query->rounds->n_tracks && status == MTM_OK; i++) {
        const mtmi_track *track = &query->rounds->tracks[i];
        int found = 0;
        if (!is_preferred(query->rounds, track) || !is_of_country(query, track)) {
            continue;
        }
        memset(&answers[n], 0, sizeof *answers);
        answers[n].missing = out->missing;
        answers[n].any = out->any;
        status = find_round(query, track, &answers[n], &found);
        out->missing = answers[n].missing;
        out->any = answers[n].any;
        if (found && is_told_already(answers, n, &answers[n])) {
            mtmi_tally_clear(&answers[n].tally);
        } else {
            n += (size_t)(found && status == MTM_OK);
        }
    }
    if (status == MTM_OK && n == 1) {
        *out = answers[0];
        n = 0;
    } else if (status == MTM_OK && n > 1) {
        out->reason = MTM_REASON_AMBIGUOUS_SOURCE;
        status = write_side_by_side(query, answers, n);
    } else if (status == MTM_OK) {
        out->reason = !out->any                        ? MTM_REASON_NO_DATA
                      : out->missing.last != INT32_MIN ? MTM_REASON_TOO_OLD
                                                       : MTM_REASON_PERIOD_UNAVAILABLE;
    }
    for (size_t i = 0; answers != NULL && i < n; i++) {
        mtmi_tally_clear(&answers[i].tally);
    }
    mtmi_memory_free(answers);
    return status;
}
