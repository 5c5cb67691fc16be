/* Change is from round to round, whatever the dates. Rounds of different areas are compared over the areas of both. */
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "coverage/breaks.h"
#include "indicator/mobility/mobility.h"
#include "period/period.h"

#include <string.h>

enum { YEAR = 365, NEAR = 45, MONTHS_SEEN = 731, POINTS = 40 };

size_t mtmi_round_before(const mtmi_asking *query, const mtmi_round_answer *value, mtm_comparison_with with) {
    const mtmi_round *rounds = query->rounds->rounds;
    const int32_t at = rounds[value->round].dates.last;
    size_t best = SIZE_MAX;
    for (size_t i = value->track->first; i < value->round; i++) {
        const int32_t days = at - rounds[i].dates.last;
        const int32_t off = days > YEAR ? days - YEAR : YEAR - days;
        if (days <= 0) {
            continue; /* two rounds of one day are no before and after */
        }
        if (with == MTM_WITH_PREVIOUS_PERIOD) {
            best = i;
        } else if (off <= NEAR) {
            const int32_t last = best != SIZE_MAX ? at - rounds[best].dates.last - YEAR : INT32_MAX;
            best = best == SIZE_MAX || off < (last < 0 ? -last : last) ? i : best;
        }
    }
    return best;
}

static mtm_status percent_of(mtm_decimal value, mtm_decimal base, mtm_decimal *absolute, mtm_decimal *percent,
                             int *has_percent, mtm_error *err) {
    MTMI_CHECK_STATUS(mtmi_decimal_subtract(value, base, absolute, err));
    *has_percent = base.units > 0;
    return base.units > 0 ? mtmi_decimal_percent(*absolute, base, 1, percent, err) : MTM_OK;
}

/* Over the areas of both rounds, where they are at least half of either figure. */
static mtm_status compare_places(const mtmi_asking *query, const mtmi_round_tally *value, const mtmi_round_tally *base,
                                 mtmi_like *out, int lineage) {
    mtmi_wide of_value = 0, of_base = 0;
    int has_percent = 0;
    int64_t common = 0;
    for (size_t i = 0; i < value->n; i++) {
        const mtmi_tallied *other = value->areas[i].has_value ? mtmi_tally_find(base, &value->areas[i]) : NULL;
        if (other != NULL) {
            of_value += value->areas[i].units;
            of_base += other->units;
            common++;
        }
    }
    if (common == 0 || of_base <= 0 || 2 * of_value < value->areas_units || 2 * of_base < base->areas_units) {
        return MTM_OK;
    }
    mtm_decimal all;
    out->common = common;
    MTMI_CHECK_STATUS(mtmi_figure_of_units(query, of_value, &out->value));
    MTMI_CHECK_STATUS(mtmi_figure_of_units(query, of_base, &out->base));
    MTMI_CHECK_STATUS(percent_of(out->value, out->base, &out->absolute, &out->percent, &has_percent, query->err));
    MTMI_CHECK_STATUS(mtmi_figure_of_units(query, value->areas_units, &all));
    MTMI_CHECK_STATUS(mtmi_decimal_percent(out->value, all, 1, &out->value_share, query->err));
    MTMI_CHECK_STATUS(mtmi_figure_of_units(query, base->areas_units, &all));
    MTMI_CHECK_STATUS(mtmi_decimal_percent(out->base, all, 1, &out->base_share, query->err));
    out->has = 1;
    const mtmi_remark remark = mtmi_remark_of(MTMI_REMARK_LIKE_FOR_LIKE, lineage);
    return mtmi_write_remark(query->writing, &remark, query->err);
}

/* The places of either are those that its rows are of, districts as well as provinces. */
static mtm_status compare_common(const mtmi_asking *query, const mtmi_round_tally *value, const mtmi_round_tally *base,
                                 mtmi_like *out, int lineage) {
    mtmi_round_tally own, other;
    mtm_status status = MTM_OK;
    memset(&own, 0, sizeof own);
    memset(&other, 0, sizeof other);
    MTMI_TRY(mtmi_tally_places(value, base, &own, query->err));
    MTMI_TRY(mtmi_tally_places(base, value, &other, query->err));
    MTMI_TRY(compare_places(query, &own, &other, out, lineage));
out:
    mtmi_tally_clear(&own);
    mtmi_tally_clear(&other);
    return status;
}

static const mtmi_break *find_break(const mtmi_round_tally *value, mtm_period earlier, mtm_period later) {
    return value->n_used > 0 ? mtmi_break_between(value->used[0]->dataset, earlier, later) : NULL;
}

static mtm_status compare_tallies(const mtmi_asking *query, const mtmi_round_answer *value, const mtmi_round *round,
                                  const mtmi_round_tally *base, int with, mtm_comparison *out) {
    const int lineage = with == MTM_WITH_PREVIOUS_PERIOD ? MTM_LINEAGE_PREVIOUS : MTM_LINEAGE_LAST_YEAR;
    int same = 0;
    const mtmi_break *one = find_break(&value->tally, round->dates, query->rounds->rounds[value->round].dates);
    if (!base->has_value || base->contested) {
        out->reason = base->contested ? MTM_REASON_AMBIGUOUS_SOURCE : MTM_REASON_BASE_MISSING;
        return MTM_OK;
    }
    if (one != NULL) {
        out->reason = (int32_t)mtmi_break_reason(one);
        return mtmi_write_break(query->writing, one, lineage, query->err);
    }
    MTMI_CHECK_STATUS(mtmi_tally_same_places(&value->tally, base, &same, query->err));
    if (!same) {
        out->reason = MTM_REASON_EXTENT_DIFFERS;
        return compare_common(query, &value->tally, base, &query->writing->result->likes[with], lineage);
    }
    MTMI_CHECK_STATUS(mtmi_figure_of_units(query, base->units, &out->base));
    out->has_base = 1;
    MTMI_CHECK_STATUS(percent_of(query->writing->result->value, out->base, &out->absolute, &out->percent,
                                 &out->has_percent, query->err));
    out->reason = out->has_percent       ? MTM_REASON_NONE
                  : out->base.units == 0 ? MTM_REASON_BASE_ZERO
                                         : MTM_REASON_BASE_NEGATIVE;
    return mtmi_write_rows_used(query, base, NULL, lineage, "");
}

static mtm_status compare_with(const mtmi_asking *query, const mtmi_round_answer *value, const mtmi_round *round,
                               int with, mtm_comparison *out) {
    mtmi_round_tally base;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_tally_make(query->rounds, round, &query->ask, &base, query->err));
    MTMI_TRY(compare_tallies(query, value, round, &base, with, out));
out:
    mtmi_tally_clear(&base);
    return status;
}

mtm_status mtmi_compare_rounds(const mtmi_asking *query, const mtmi_round_answer *value) {
    for (int with = 0; with < 2; with++) {
        mtm_comparison *out = &query->writing->result->comparisons[with];
        if (!query->indicator->comparisons[with]) {
            continue;
        }
        memset(out, 0, sizeof *out);
        query->writing->result->has_comparison[with] = 1;
        out->base_status = 'A';
        out->period = with == MTM_WITH_PREVIOUS_PERIOD ? mtmi_period_previous(query->period)
                                                       : mtm_period_year_before(query->period);
        if (!query->writing->result->has_value || query->writing->result->statistic == MTMI_STATISTIC_SHARE) {
            out->reason = (int32_t)(query->writing->result->has_value ? MTM_REASON_NOT_APPLICABLE
                                                                      : query->writing->result->reason);
            continue;
        }
        const size_t before = mtmi_round_before(query, value, (mtm_comparison_with)with);
        if (before == SIZE_MAX) {
            out->reason = MTM_REASON_BASE_MISSING;
            continue;
        }
        const mtmi_round *round = &query->rounds->rounds[before];
        out->period = (mtm_period){round->dates.last, round->dates.last};
        MTMI_CHECK_STATUS(compare_with(query, value, round, with, out));
    }
    return MTM_OK;
}

/* ---- what it covers ---- */

static int slot_of_level(const mtmi_round_tally *tally) {
    return MTMI_SLOT_ADM0 + tally->level;
}

/* Areas below the deepest level that is published are counted, and not named. */
static mtm_status add_name(const mtmi_asking *query, int slot, int32_t member, mtmi_titles *names) {
    if (slot - MTMI_SLOT_ADM0 > query->rounds->level) {
        return MTM_OK;
    }
    for (int language = 0; language < 3; language++) {
        mtmi_buffer text = MTMI_BUFFER_INIT;
        mtmi_buffer_text(&text, names->text[language] != NULL ? names->text[language] : "");
        mtmi_buffer_text(&text, text.size > 0 ? "; " : "");
        mtmi_buffer_text(&text, mtmi_rounds_label(query->rounds, slot, member, (mtm_language)language));
        char *copy = text.failed ? NULL : mtmi_memory_copy_text(text.data);
        mtmi_buffer_free(&text);
        if (copy == NULL) {
            return mtmi_error_memory(query->err);
        }
        mtmi_memory_free(names->text[language]);
        names->text[language] = copy;
    }
    return MTM_OK;
}

/* An area that an earlier round had, or that the data package lists. */
static mtm_status expect(const mtmi_asking *query, const mtmi_round_tally *value, int slot, int32_t member,
                         unsigned char *seen, mtmi_covering *out) {
    if (seen[member]) {
        return MTM_OK;
    }
    seen[member] = 1;
    for (size_t i = 0; i < value->n; i++) {
        if (value->areas[i].has_value && value->areas[i].place[value->level] == member) {
            return MTM_OK;
        }
    }
    out->expected++;
    out->absent++;
    return add_name(query, slot, member, &out->absent_names);
}

static mtm_status expect_earlier(const mtmi_asking *query, const mtmi_round_answer *value, int slot,
                                 unsigned char *seen, unsigned char *before, mtmi_covering *out) {
    const int32_t end = query->rounds->rounds[value->round].dates.last;
    for (size_t i = value->track->first; i < value->round; i++) {
        const mtmi_round *round = &query->rounds->rounds[i];
        for (size_t r = 0; r < round->n && end - round->dates.last <= MONTHS_SEEN; r++) {
            const mtmi_tracked *row = &query->rounds->rows[round->first + r];
            if (row->code[slot] != 0 && row->has_value) {
                before[row->code[slot]] = 1;
                MTMI_CHECK_STATUS(expect(query, &value->tally, slot, row->code[slot], seen, out));
            }
        }
    }
    const mtmi_round *own = &query->rounds->rounds[value->round];
    for (size_t r = 0; r < own->n; r++) { /* listed in this round, without a figure */
        const mtmi_tracked *row = &query->rounds->rows[own->first + r];
        if (row->code[slot] != 0) {
            MTMI_CHECK_STATUS(expect(query, &value->tally, slot, row->code[slot], seen, out));
        }
    }
    return MTM_OK;
}

static int is_valid(const mtmi_framed *framed, int32_t day) {
    return framed->valid.first <= day && day <= framed->valid.last;
}

/* A list of the data package: all areas that there are. */
static mtm_status expect_declared(const mtmi_asking *query, const mtmi_round_answer *value, int slot,
                                  unsigned char *seen, mtmi_covering *out) {
    const mtm_dataset *dataset = value->tally.used[0]->dataset;
    const int d = mtmi_dataset_find_dimension(dataset, query->rounds->slots[slot].name);
    for (size_t i = 0; d >= 0 && i < dataset->dimensions[d].n_frame; i++) {
        const mtmi_framed *framed = &dataset->dimensions[d].frame[i];
        const int32_t member = mtmi_rounds_member(query->rounds, slot, framed->code);
        out->frame = MTMI_FRAME_DECLARED;
        if (member != 0 && is_valid(framed, query->rounds->rounds[value->round].dates.last)) {
            MTMI_CHECK_STATUS(expect(query, &value->tally, slot, member, seen, out));
        }
    }
    return MTM_OK;
}

mtm_status mtmi_describe_areas(const mtmi_asking *query, const mtmi_round_answer *value) {
    mtm_result *result = query->writing->result;
    mtmi_covering *out = &result->coverings[MTM_LINEAGE_VALUE];
    const mtmi_round_tally *tally = &value->tally;
    const int slot = slot_of_level(tally);
    if (tally->level == 0 || tally->n_used == 0) {
        return MTM_OK;
    }
    const size_t n = query->rounds->slots[slot].codes.n;
    unsigned char *seen = mtmi_memory_new(n + 1, 1), *before = mtmi_memory_new(n + 1, 1);
    const mtmi_titles *title =
        mtmi_titled_find(query->mobility->catalogue->dimensions, query->mobility->catalogue->n_dimensions,
                         query->rounds->slots[slot].name);
    mtm_status status = MTM_OK;
    if (seen == NULL || before == NULL) {
        status = mtmi_error_memory(query->err);
        goto out;
    }
    out->has = 1;
    out->frame = MTMI_FRAME_SEEN;
    out->dimension = mtmi_memory_copy_text(query->rounds->slots[slot].name);
    if (out->dimension == NULL || (title != NULL && !mtmi_titles_copy(title, &out->dimension_title))) {
        status = mtmi_error_memory(query->err);
        goto out;
    }
    for (size_t i = 0; i < tally->n; i++) {
        out->covered += tally->areas[i].has_value;
    }
    out->expected = out->covered;
    MTMI_TRY(expect_declared(query, value, slot, seen, out));
    MTMI_TRY(expect_earlier(query, value, slot, seen, before, out));
    for (size_t i = 0; i < tally->n && value->round > value->track->first; i++) {
        const int32_t member = tally->areas[i].place[tally->level];
        if (tally->areas[i].has_value && !before[member]) {
            out->fresh++;
            MTMI_TRY(add_name(query, slot, member, &out->fresh_names));
        }
    }
    if (out->absent > 0) {
        const mtmi_remark remark = mtmi_remark_of(MTMI_REMARK_AS_COVERED, MTM_LINEAGE_VALUE);
        result->flags |= MTM_FLAG_AS_COVERED;
        out->missing = query->rounds->rounds[value->round].dates;
        MTMI_TRY(mtmi_write_remark(query->writing, &remark, query->err));
    }
out:
    mtmi_memory_free(seen);
    mtmi_memory_free(before);
    return status;
}

/* ---- the series ---- */

mtm_status mtmi_write_rounds(const mtmi_asking *query, const mtmi_round_answer *value) {
    const size_t from = value->round - value->track->first >= POINTS ? value->round + 1 - POINTS : value->track->first;
    mtmi_round_tally before, tally;
    mtm_status status = MTM_OK;
    int known = 0;
    memset(&before, 0, sizeof before);
    memset(&tally, 0, sizeof tally);
    for (size_t i = from; i <= value->round && query->writing->evidence == NULL; i++) {
        MTMI_TRY(mtmi_tally_make(query->rounds, &query->rounds->rounds[i], &query->ask, &tally, query->err));
        if (tally.has_value && !tally.contested) {
            mtmi_point *point = mtmi_write_point(query->writing);
            const int32_t day = query->rounds->rounds[i].dates.last;
            if (point == NULL) {
                status = mtmi_error_memory(query->err);
                goto out;
            }
            point->period = point->observed = (mtm_period){day, day};
            point->covers = MTMI_NO_EXTENT;
            if (known) {
                int same = 0;
                MTMI_TRY(mtmi_tally_same_places(&before, &tally, &same, query->err));
                point->breaks = !same;
            }
            MTMI_TRY(mtmi_figure_of_units(query, tally.units, &point->value));
            mtmi_tally_clear(&before);
            before = tally;
            known = 1;
            memset(&tally, 0, sizeof tally);
        }
        mtmi_tally_clear(&tally);
    }
out:
    mtmi_tally_clear(&before);
    mtmi_tally_clear(&tally);
    return status;
}
