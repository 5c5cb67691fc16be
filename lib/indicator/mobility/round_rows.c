/* Breaks the figure of a round down: by places of a level, by members, by two dimensions. Parts that miss the total leave a
 * remainder; areas without a figure are rows too. */
#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/try.h"
#include "indicator/mobility/mobility.h"

#include <string.h>

/* ---- which dimensions ---- */

/* "adm2" is 2; 0 for all others. */
static int level_of(const char *name) {
    return strncmp(name, "adm", 3) == 0 && name[3] >= '1' && name[3] < '0' + MTMI_LEVELS && name[4] == '\0'
               ? name[3] - '0'
               : 0;
}

static int has_members(const mtmi_asking *query, int slot) {
    return slot >= 0 && query->rounds->slots[slot].codes.n > 1;
}

/* The first of the definition's dimensions that the rounds have. "sex-age" is both, else the one that there is. */
static int find_slots(const mtmi_asking *query, mtmi_tally_ask *ask, const char **name) {
    for (size_t i = 0; i < query->indicator->n_dimensions; i++) {
        *name = query->indicator->dimensions[i];
        ask->level = level_of(*name);
        ask->by[0] = ask->by[1] = -1;
        if (ask->level > 0) {
            return has_members(query, MTMI_SLOT_ADM0 + ask->level);
        }
        const int sexes = strcmp(*name, "sex-age") == 0;
        ask->by[0] = mtmi_rounds_slot(query->rounds, sexes ? "sex" : *name);
        ask->by[1] = sexes ? mtmi_rounds_slot(query->rounds, "age-group") : -1;
        if (sexes && !has_members(query, ask->by[1])) {
            ask->by[1] = -1;
        }
        if (has_members(query, ask->by[0])) {
            return 1;
        }
    }
    return 0;
}

/* ---- rows ---- */

typedef struct listing {
    const mtmi_asking *of;
    const mtmi_round_tally *tally;
    mtmi_wide total;
    int has_total, level, rank;
    int32_t by[2];
} listing;

static int compare_parts(const void *context, const void *left, const void *right) {
    const mtmi_round_tally *tally = context;
    const mtmi_tallied *a = &tally->areas[*(const uint32_t *)left], *b = &tally->areas[*(const uint32_t *)right];
    const int by = (b->has_value > a->has_value) - (b->has_value < a->has_value);
    return by != 0 ? by : (b->units > a->units) - (b->units < a->units);
}

/* Code and name of a part; of two dimensions both. */
static mtm_status name_part(const listing *in, const mtmi_tallied *part, mtmi_result_row *row) {
    const mtmi_asking *query = in->of;
    const int slot = in->level > 0 ? MTMI_SLOT_ADM0 + in->level : in->by[0];
    const int32_t member = in->level > 0 ? part->place[in->level] : part->by[0];
    mtmi_buffer code = MTMI_BUFFER_INIT;
    mtmi_buffer_text(&code, mtmi_rounds_code(query->rounds, slot, member));
    mtm_status status = mtmi_title_member(query, slot, member, &row->label);
    if (in->by[1] >= 0 && status == MTM_OK) {
        mtmi_titles second = {{NULL, NULL, NULL}};
        mtmi_buffer_format(&code, ",%s", mtmi_rounds_code(query->rounds, in->by[1], part->by[1]));
        status = mtmi_title_member(query, in->by[1], part->by[1], &second);
        for (int i = 0; i < 3 && status == MTM_OK; i++) {
            mtmi_buffer both = MTMI_BUFFER_INIT;
            mtmi_buffer_format(&both, "%s, %s", row->label.text[i], second.text[i]);
            mtmi_memory_free(row->label.text[i]);
            row->label.text[i] = both.failed ? NULL : mtmi_memory_copy_text(both.data);
            mtmi_buffer_free(&both);
            status = row->label.text[i] != NULL ? MTM_OK : mtmi_error_memory(query->err);
        }
        mtmi_titles_free(&second);
    }
    row->code = status == MTM_OK && !code.failed ? mtmi_memory_copy_text(code.data) : NULL;
    row->row.kind = (int32_t)query->rounds->slots[slot].members[member].member->kind;
    mtmi_buffer_free(&code);
    return status == MTM_OK && row->code == NULL ? mtmi_error_memory(query->err) : status;
}

static mtmi_result_row *start_row(const mtmi_asking *query) {
    mtmi_result_row *row = mtmi_write_row(query->writing);
    if (row != NULL) {
        row->covers = MTMI_NO_EXTENT;
        row->before = (uint32_t)query->writing->result->n_rows - 1;
        row->row.status = 'A';
    }
    return row;
}

static mtm_status set_value(const listing *in, mtmi_result_row *row, mtmi_wide units) {
    mtm_decimal total;
    MTMI_CHECK_STATUS(mtmi_figure_of_units(in->of, units, &row->row.value));
    row->row.has_value = 1;
    if (in->has_total && in->total > 0) {
        MTMI_CHECK_STATUS(mtmi_figure_of_units(in->of, in->total, &total));
        MTMI_CHECK_STATUS(mtmi_decimal_percent(row->row.value, total, 1, &row->row.share, in->of->err));
        row->row.has_share = 1;
    }
    return MTM_OK;
}

static mtm_status write_part(listing *in, const mtmi_tallied *part, size_t at, mtmi_wide before) {
    mtmi_result_row *row = start_row(in->of);
    if (row == NULL) {
        return mtmi_error_memory(in->of->err);
    }
    MTMI_CHECK_STATUS(name_part(in, part, row));
    if (!part->has_value) {
        row->reason = MTM_REASON_COVERAGE_INCOMPLETE; /* listed, and not assessed */
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(set_value(in, row, part->units));
    in->rank = at == 0 || part->units != before ? (int)at + 1 : in->rank;
    row->row.rank = in->rank;
    const mtm_result *result = in->of->writing->result;
    return mtmi_write_rows_used(in->of, in->tally, part, MTM_LINEAGE_BREAKDOWN, result->rows[result->n_rows - 1].code);
}

/* What no row counts: parts below the top, and what the source does not tell. */
static mtm_status write_rest(listing *in, mtmi_wide rest) {
    static const char *const words[] = {"Other or not stated", "Прочие или не указано", "Басқа немесе көрсетілмеген"};
    mtmi_result_row *row = rest > 0 ? start_row(in->of) : NULL;
    if (rest <= 0) {
        return MTM_OK;
    }
    if (row == NULL) {
        return mtmi_error_memory(in->of->err);
    }
    row->row.kind = MTM_MEMBER_OTHER;
    row->code = mtmi_memory_copy_text("_O");
    for (int i = 0; i < 3; i++) {
        row->label.text[i] = mtmi_memory_copy_text(words[i]);
    }
    if (row->code == NULL || row->label.text[0] == NULL || row->label.text[1] == NULL || row->label.text[2] == NULL) {
        return mtmi_error_memory(in->of->err);
    }
    return set_value(in, row, rest);
}

static mtm_status write_parts(listing *in, int32_t top) {
    const mtmi_round_tally *tally = in->tally;
    uint32_t *order = mtmi_memory_new(tally->n + 1, sizeof *order);
    mtmi_wide shown = 0, before = 0;
    mtm_status status = MTM_OK;
    MTMI_TRY(order != NULL ? MTM_OK : mtmi_error_memory(in->of->err));
    for (size_t i = 0; i < tally->n; i++) {
        order[i] = (uint32_t)i;
    }
    if (!mtmi_sort(order, tally->n, sizeof *order, compare_parts, tally)) {
        MTMI_TRY(mtmi_error_memory(in->of->err));
    }
    for (size_t i = 0; i < tally->n; i++) {
        const mtmi_tallied *part = &tally->areas[order[i]];
        if (part->has_value && (int64_t)i >= top) {
            in->of->writing->result->rows_are_cut = 1;
            continue;
        }
        MTMI_TRY(write_part(in, part, i, before));
        before = part->units;
        shown += part->has_value ? part->units : 0;
    }
    if (in->has_total && !in->of->writing->result->rows_are_selection) {
        MTMI_TRY(write_rest(in, in->total - shown));
    }
out:
    mtmi_memory_free(order);
    return status;
}

/* ---- areas that earlier rounds had ---- */

static mtm_status write_gone(listing *in, int32_t member) {
    mtmi_tallied part;
    mtmi_result_row *row = start_row(in->of);
    memset(&part, 0, sizeof part);
    part.place[in->level] = member;
    if (row == NULL) {
        return mtmi_error_memory(in->of->err);
    }
    row->reason = MTM_REASON_PERIOD_UNAVAILABLE; /* no longer assessed */
    return name_part(in, &part, row);
}

static mtm_status write_all_gone(listing *in, const mtmi_round_answer *value) {
    const mtmi_rounds *rounds = in->of->rounds;
    const int slot = MTMI_SLOT_ADM0 + in->level;
    unsigned char *known = mtmi_memory_new(rounds->slots[slot].codes.n + 1, 1);
    mtm_status status = MTM_OK;
    MTMI_TRY(known != NULL ? MTM_OK : mtmi_error_memory(in->of->err));
    for (size_t i = 0; i < in->tally->n; i++) {
        known[in->tally->areas[i].place[in->level]] = 1;
    }
    for (size_t i = value->track->first; i < value->round; i++) {
        const mtmi_round *round = &rounds->rounds[i];
        for (size_t r = 0; r < round->n; r++) {
            const mtmi_tracked *row = &rounds->rows[round->first + r];
            if (row->code[slot] != 0 && row->has_value && !known[row->code[slot]]) {
                known[row->code[slot]] = 1;
                MTMI_TRY(write_gone(in, row->code[slot]));
            }
        }
    }
out:
    mtmi_memory_free(known);
    return status;
}

static mtm_status say_mismatch(listing *in, const mtmi_round_tally *parts) {
    mtmi_remark remark = mtmi_remark_of(MTMI_REMARK_TOTAL_MISMATCH, MTM_LINEAGE_BREAKDOWN);
    if (!in->has_total || parts->areas_units <= in->total) {
        return MTM_OK;
    }
    remark.has_a = remark.has_b = 1;
    remark.line = parts->n_used > 0 ? parts->used[0]->dataset->lines[parts->used[0]->row] : 0;
    in->of->writing->result->flags |= MTM_FLAG_TOTAL_MISMATCH;
    MTMI_CHECK_STATUS(mtmi_figure_of_units(in->of, in->total, &remark.a));
    MTMI_CHECK_STATUS(mtmi_figure_of_units(in->of, parts->areas_units, &remark.b));
    return mtmi_write_remark(in->of->writing, &remark, in->of->err);
}

static mtm_status refuse_rows(const mtmi_asking *query, mtm_reason reason) {
    query->writing->result->breakdown_reason = reason;
    return MTM_OK;
}

mtm_status mtmi_break_down_round(const mtmi_asking *query, const mtmi_round_answer *value, int32_t top) {
    mtmi_asking parts = *query;
    const char *name = "";
    mtmi_round_tally tally;
    if (query->indicator->n_dimensions == 0) {
        return MTM_OK;
    }
    if (!find_slots(query, &parts.ask, &name)) {
        return refuse_rows(query, MTM_REASON_BREAKDOWN_UNAVAILABLE);
    }
    if (parts.ask.level > query->rounds->level) {
        return refuse_rows(query, MTM_REASON_SUPPRESSED);
    }
    parts.ask.whole = 0;
    mtmi_memory_free(query->writing->result->dimension);
    query->writing->result->dimension = mtmi_memory_copy_text(name);
    query->writing->result->rows_are_selection = query->ask.whole;
    mtm_status status =
        query->writing->result->dimension != NULL
            ? mtmi_tally_make(query->rounds, &query->rounds->rounds[value->round], &parts.ask, &tally, query->err)
            : mtmi_error_memory(query->err);
    if (status != MTM_OK) {
        return status;
    }
    listing in = {query,
                  &tally,
                  value->tally.units,
                  value->tally.has_value,
                  parts.ask.level,
                  0,
                  {parts.ask.by[0], parts.ask.by[1]}};
    if (tally.n == 0 || tally.contested) {
        MTMI_TRY(refuse_rows(query, tally.contested ? MTM_REASON_AMBIGUOUS_SOURCE : MTM_REASON_BREAKDOWN_UNAVAILABLE));
        goto out;
    }
    MTMI_TRY(write_parts(&in, top));
    if (in.level > 0) {
        MTMI_TRY(write_all_gone(&in, value));
    }
    if (!query->ask.whole) {
        MTMI_TRY(say_mismatch(&in, &tally));
    }
out:
    mtmi_tally_clear(&tally);
    return status;
}

/* ---- what a change is made of ---- */

static mtm_status write_change(const mtmi_asking *query, const char *code, const char *const words[3],
                               mtmi_wide units) {
    mtmi_result_row *row = start_row(query);
    if (row == NULL) {
        return mtmi_error_memory(query->err);
    }
    row->code = mtmi_memory_copy_text(code);
    row->row.kind = MTM_MEMBER_CODE;
    row->row.has_value = 1;
    for (int i = 0; i < 3; i++) {
        row->label.text[i] = mtmi_memory_copy_text(words[i]);
        if (row->label.text[i] == NULL || row->code == NULL) {
            return mtmi_error_memory(query->err);
        }
    }
    return mtmi_figure_of_units(query, units, &row->row.value);
}

mtm_status mtmi_break_down_change(const mtmi_asking *query, const mtmi_round_tally *now, const mtmi_round_tally *then) {
    static const char *const words[3][3] = {
        {"Areas of both rounds", "Территории обоих раундов", "Екі кезеңдегі аумақтар"},
        {"Areas that the round before did not assess", "Территории, не обследованные в предыдущем раунде",
         "Алдыңғы раундта бағаланбаған аумақтар"},
        {"Areas no longer assessed", "Территории, которые больше не обследуются", "Енді бағаланбайтын аумақтар"}};
    mtmi_wide common = 0, fresh = 0, gone = 0;
    for (size_t i = 0; i < now->n; i++) {
        const mtmi_tallied *before = now->areas[i].has_value ? mtmi_tally_find(then, &now->areas[i]) : NULL;
        common += before != NULL ? now->areas[i].units - before->units : 0;
        fresh += now->areas[i].has_value && before == NULL ? now->areas[i].units : 0;
    }
    for (size_t i = 0; i < then->n; i++) {
        gone -= then->areas[i].has_value && mtmi_tally_find(now, &then->areas[i]) == NULL ? then->areas[i].units : 0;
    }
    mtmi_memory_free(query->writing->result->dimension);
    query->writing->result->dimension = mtmi_memory_copy_text("change");
    if (query->writing->result->dimension == NULL) {
        return mtmi_error_memory(query->err);
    }
    MTMI_CHECK_STATUS(write_change(query, "COMMON", words[0], common));
    MTMI_CHECK_STATUS(write_change(query, "FRESH", words[1], fresh));
    return write_change(query, "GONE", words[2], gone);
}
