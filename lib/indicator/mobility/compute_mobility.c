/* One indicator of mobility tracking: which round answers, its number, and what must be said of it. */
#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "indicator/mobility/mobility.h"
#include "period/period.h"

#include <string.h>

enum { SIZE_DECIMALS = 0 }; /* of a per cent: two of the size */

static const char *const displaced[] = {"IDP"};
static const char *const returned[] = {"RETURNEE", "RET_INTERNAL", "RET_ABROAD"};
enum { RETURNED = 3, RETURNED_WITHIN = 2 };

uint32_t mtmi_mobility_components(const mtm_package *package) {
    uint32_t bits = 0;
    for (size_t i = 0; i < package->n_datasets; i++) {
        bits |= (uint32_t)1 << package->datasets[i]->component.kind;
    }
    if (bits == 0 && package->n_surveys > 0) {
        bits = (uint32_t)1 << MTMI_COMPONENT_SURVEY;
    }
    return bits;
}

int mtmi_mobility_answers(const mtm_indicator *indicator) {
    const char *concept_id = indicator->measure.concept;
    return indicator->component == MTMI_COMPONENT_MOBILITY && concept_id != NULL &&
           strcmp(concept_id, "displacement-event") != 0; /* events are a flow, and have no rounds */
}

void mtmi_mobility_start(mtmi_mobility *mobility, const mtm_package *package, const mtm_period *as_of,
                         const mtm_catalogue *catalogue) {
    memset(mobility, 0, sizeof *mobility);
    mobility->datasets = package->datasets;
    mobility->n_datasets = package->n_datasets;
    mobility->as_of = as_of;
    mobility->catalogue = catalogue;
    mobility->country = package->country;
}

void mtmi_mobility_close(mtmi_mobility *mobility) {
    for (size_t i = 0; i < mobility->n; i++) {
        mtmi_rounds_close(&mobility->of[i].rounds);
    }
    mobility->n = 0;
}

static mtm_status find_rounds(mtmi_mobility *mobility, const char *concept_id, const mtmi_rounds **out,
                              mtm_error *err) {
    for (size_t i = 0; i < mobility->n; i++) {
        if (strcmp(mobility->of[i].concept_id, concept_id) == 0) {
            *out = &mobility->of[i].rounds;
            return MTM_OK;
        }
    }
    if (mobility->n == MTMI_ROUND_CONCEPTS) {
        mtmi_mobility_close(mobility);
    }
    mtmi_rounds *made = &mobility->of[mobility->n].rounds;
    mobility->of[mobility->n].concept_id = concept_id;
    mobility->n++;
    *out = made;
    return mtmi_rounds_open(mobility->datasets, mobility->n_datasets, concept_id, mobility->as_of, made, err);
}

/* ---- what is asked ---- */

/* Who returned from abroad is a part of those who returned, and is not printed as all of them where no other has a figure. */
static size_t count_returned(const mtmi_rounds *rounds) {
    for (size_t i = 0; i < RETURNED_WITHIN; i++) {
        if (mtmi_rounds_member(rounds, MTMI_SLOT_STATUS, returned[i]) != 0) {
            return RETURNED;
        }
    }
    return RETURNED_WITHIN;
}

static mtmi_tally_ask ask_of(const mtm_indicator *indicator) {
    mtmi_tally_ask ask = {NULL, 0, strcmp(indicator->measure.unit, "households") == 0, 0, {-1, -1}, 0};
    if (strcmp(indicator->measure.concept, "displacement") != 0) {
        ask.whole = strcmp(indicator->measure.concept, "location-needs") == 0;
        return ask;
    }
    ask.status = displaced;
    ask.n_status = 1;
    for (size_t i = 0; i < indicator->measure.n_filters; i++) {
        const mtmi_filter *filter = &indicator->measure.filters[i];
        if (strcmp(filter->dimension, "population-status") == 0) {
            const int returnees = strcmp(filter->code, "RETURNEE") == 0;
            ask.status = returnees ? returned : (const char *const *)&filter->code;
            ask.n_status = returnees ? (size_t)RETURNED : 1;
        }
    }
    return ask;
}

/* ---- the number ---- */

static mtm_status say_round(const mtmi_asking *query, const mtmi_round_answer *answer) {
    mtmi_remark remark = mtmi_remark_of(MTMI_REMARK_ROUND, MTM_LINEAGE_VALUE);
    const mtmi_round *round = &query->rounds->rounds[answer->round];
    remark.period = round->dates;
    remark.text = (char *)(uintptr_t)mtmi_rounds_code(query->rounds, MTMI_SLOT_ROUND, round->code);
    for (int i = 0; i < 3 && answer->track->operation != 0; i++) {
        remark.titles.text[i] = (char *)(uintptr_t)mtmi_rounds_label(query->rounds, MTMI_SLOT_OPERATION,
                                                                     answer->track->operation, (mtm_language)i);
    }
    return mtmi_write_remark(query->writing, &remark, query->err);
}

static mtm_status say_mismatch(const mtmi_asking *query, const mtmi_round_tally *tally) {
    mtmi_remark remark = mtmi_remark_of(MTMI_REMARK_TOTAL_MISMATCH, MTM_LINEAGE_VALUE);
    const mtmi_tracked *row = tally->used[tally->printed_first];
    remark.has_a = remark.has_b = 1;
    remark.line = row->dataset->lines[row->row];
    query->writing->result->flags |= MTM_FLAG_TOTAL_MISMATCH;
    MTMI_CHECK_STATUS(mtmi_figure_of_units(query, tally->units, &remark.a));
    MTMI_CHECK_STATUS(mtmi_figure_of_units(query, tally->areas_units, &remark.b));
    return mtmi_write_remark(query->writing, &remark, query->err);
}

static mtm_status write_value(const mtmi_asking *query, const mtmi_round_answer *answer) {
    mtm_result *result = query->writing->result;
    const mtmi_round *round = &query->rounds->rounds[answer->round];
    result->observed = (mtm_period){round->dates.last, round->dates.last};
    result->has_value = 1;
    result->multiplier = query->rounds->multiplier;
    MTMI_CHECK_STATUS(mtmi_figure_of_units(query, answer->tally.units, &result->value));
    MTMI_CHECK_STATUS(mtmi_write_rows_used(query, &answer->tally, NULL, MTM_LINEAGE_VALUE, ""));
    MTMI_CHECK_STATUS(say_round(query, answer));
    return answer->tally.is_printed ? say_mismatch(query, &answer->tally) : MTM_OK;
}

static void refuse_value(const mtmi_asking *query, mtm_reason reason) {
    query->writing->result->has_value = 0;
    query->writing->result->value = (mtm_decimal){0, 0, 0};
    query->writing->result->reason = reason;
}

static mtm_status explain(const mtmi_asking *query, const mtmi_round_answer *answer) {
    mtmi_remark remark = mtmi_remark_of(MTMI_REMARK_PERIOD_UNAVAILABLE, MTM_LINEAGE_VALUE);
    refuse_value(query, answer->reason);
    remark.reason = answer->reason;
    if (answer->reason == MTM_REASON_NO_DATA) {
        return MTM_OK;
    }
    remark.period =
        answer->missing.last != INT32_MIN && answer->reason == MTM_REASON_TOO_OLD ? answer->missing : query->period;
    for (int with = 0; with < 2; with++) {
        query->writing->result->has_comparison[with] = query->indicator->comparisons[with];
        query->writing->result->comparisons[with].reason = answer->reason;
        query->writing->result->comparisons[with].base_status = 'A';
        query->writing->result->comparisons[with].period = with == MTM_WITH_PREVIOUS_PERIOD
                                                               ? mtmi_period_previous(query->period)
                                                               : mtm_period_year_before(query->period);
    }
    return mtmi_write_remark(query->writing, &remark, query->err);
}

/* Why a figure is not divided by another tally of its round; MTM_REASON_NONE where it may be. */
static mtm_reason why_no_ratio(const mtmi_round_tally *other, const mtmi_round_answer *answer, mtmi_wide base) {
    return !other->has_value || other->contested           ? MTM_REASON_BASE_MISSING
           : !mtmi_tally_same_areas(other, &answer->tally) ? MTM_REASON_EXTENT_DIFFERS
           : base <= 0                                     ? MTM_REASON_BASE_ZERO
                                                           : MTM_REASON_NONE;
}

/* The value is a ratio, made of the rows of another tally too. */
static mtm_status derive_from(const mtmi_asking *query, const mtmi_round_tally *other) {
    query->writing->result->flags |= MTM_FLAG_DERIVED;
    query->writing->result->multiplier = 0;
    return mtmi_write_rows_used(query, other, NULL, MTM_LINEAGE_VALUE, "");
}

/* Returned people in per cent of those returned and those still displaced, of one round and its areas. */
static mtm_status take_rate(const mtmi_asking *query, const mtmi_round_answer *answer) {
    mtm_result *result = query->writing->result;
    mtmi_asking other = *query;
    mtmi_round_tally rest;
    mtm_decimal whole;
    other.ask.status = displaced;
    other.ask.n_status = 1;
    MTMI_CHECK_STATUS(
        mtmi_tally_make(query->rounds, &query->rounds->rounds[answer->round], &other.ask, &rest, query->err));
    mtm_status status = MTM_OK;
    const mtmi_wide all = rest.units + answer->tally.units;
    const mtm_reason reason = why_no_ratio(&rest, answer, all);
    if (reason != MTM_REASON_NONE) {
        refuse_value(query, reason);
    } else {
        MTMI_TRY(mtmi_figure_of_units(query, all, &whole));
        MTMI_TRY(mtmi_decimal_percent(result->value, whole, query->indicator->decimals, &result->value, query->err));
        MTMI_TRY(derive_from(query, &rest));
    }
out:
    mtmi_tally_clear(&rest);
    return status;
}

/* Persons for a household: both as the source counts them, of one round and the same areas. */
static mtm_status take_size(const mtmi_asking *query, const mtmi_round_answer *answer) {
    mtm_result *result = query->writing->result;
    mtmi_asking other = *query;
    mtmi_round_tally households;
    other.ask.households = 1;
    MTMI_CHECK_STATUS(
        mtmi_tally_make(query->rounds, &query->rounds->rounds[answer->round], &other.ask, &households, query->err));
    mtm_status status = MTM_OK;
    const mtm_reason reason = why_no_ratio(&households, answer, households.units);
    if (reason != MTM_REASON_NONE) {
        refuse_value(query, reason);
    } else {
        mtm_decimal persons, whole;
        MTMI_TRY(mtmi_figure_of_units(query, answer->tally.units, &persons));
        MTMI_TRY(mtmi_figure_of_units(query, households.units, &whole));
        MTMI_TRY(mtmi_decimal_percent(persons, whole, SIZE_DECIMALS, &result->value, query->err));
        result->value.decimals += 2; /* a hundredth of the per cent, which is rounded once */
        MTMI_TRY(derive_from(query, &households));
    }
out:
    mtmi_tally_clear(&households);
    return status;
}

static void take_days(const mtmi_asking *query, const mtmi_round_answer *answer) {
    const size_t before = mtmi_round_before(query, answer, MTM_WITH_PREVIOUS_PERIOD);
    if (before == SIZE_MAX) {
        refuse_value(query, MTM_REASON_BASE_MISSING);
        return;
    }
    const mtmi_round *rounds = query->rounds->rounds;
    query->writing->result->value = (mtm_decimal){rounds[answer->round].dates.last - rounds[before].dates.last, 0, 0};
    query->writing->result->multiplier = 0;
}

static void take_areas(const mtmi_asking *query, const mtmi_round_answer *answer) {
    int64_t n = 0;
    for (size_t i = 0; i < answer->tally.n; i++) {
        n += answer->tally.areas[i].has_value;
    }
    query->writing->result->value = (mtm_decimal){n, 0, 0};
    query->writing->result->multiplier = 0;
    if (answer->tally.level == 0) {
        refuse_value(query, MTM_REASON_COVERAGE_UNKNOWN);
    }
}

static mtm_status take_change(const mtmi_asking *query, const mtmi_round_answer *answer) {
    const size_t before = mtmi_round_before(query, answer, MTM_WITH_PREVIOUS_PERIOD);
    mtmi_round_tally base, now, then;
    memset(&now, 0, sizeof now);
    memset(&then, 0, sizeof then);
    if (before == SIZE_MAX) {
        refuse_value(query, MTM_REASON_BASE_MISSING);
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(mtmi_tally_make(query->rounds, &query->rounds->rounds[before], &query->ask, &base, query->err));
    mtm_status status = MTM_OK;
    if (!base.has_value || base.contested) {
        refuse_value(query, MTM_REASON_BASE_MISSING);
    } else {
        query->writing->result->flags |= MTM_FLAG_DERIVED;
        MTMI_TRY(mtmi_figure_of_units(query, answer->tally.units - base.units, &query->writing->result->value));
        MTMI_TRY(mtmi_write_rows_used(query, &base, NULL, MTM_LINEAGE_PREVIOUS, ""));
        if (answer->tally.level > 0 && answer->tally.level == base.level) {
            MTMI_TRY(mtmi_tally_places(&answer->tally, &base, &now, query->err));
            MTMI_TRY(mtmi_tally_places(&base, &answer->tally, &then, query->err));
            MTMI_TRY(mtmi_break_down_change(query, &now, &then));
        }
    }
out:
    mtmi_tally_clear(&now);
    mtmi_tally_clear(&then);
    mtmi_tally_clear(&base);
    return status;
}

static int is_stock(const mtmi_asking *query) {
    return query->indicator->rounds == MTMI_ROUNDS_STOCK && query->indicator->statistic != MTMI_STATISTIC_SHARE;
}

static mtm_status take_number(const mtmi_asking *query, const mtmi_round_answer *answer) {
    if (answer->tally.contested) {
        refuse_value(query, MTM_REASON_AMBIGUOUS_SOURCE);
        return MTM_OK;
    }
    if ((query->writing->result->flags & MTM_FLAG_MICRODATA) != 0 && !is_stock(query)) {
        refuse_value(
            query,
            MTM_REASON_SUPPRESSED); /* what is made of several numbers of people, disclosure control does not see */
        query->writing->result->status = 'Q';
        return MTM_OK;
    }
    if (query->indicator->statistic == MTMI_STATISTIC_SHARE) {
        return take_rate(query, answer);
    }
    if (query->indicator->rounds == MTMI_ROUNDS_AREAS) {
        take_areas(query, answer);
        return MTM_OK;
    }
    if (query->indicator->rounds == MTMI_ROUNDS_DAYS) {
        take_days(query, answer);
        return MTM_OK;
    }
    return query->indicator->rounds == MTMI_ROUNDS_HOUSEHOLD_SIZE ? take_size(query, answer)
           : query->indicator->rounds == MTMI_ROUNDS_CHANGE       ? take_change(query, answer)
                                                                  : MTM_OK;
}

static mtm_status answer_it(const mtmi_asking *query, const mtmi_round_answer *answer, int32_t top) {
    MTMI_CHECK_STATUS(write_value(query, answer));
    MTMI_CHECK_STATUS(take_number(query, answer));
    MTMI_CHECK_STATUS(mtmi_describe_areas(query, answer));
    if (!is_stock(query)) {
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(mtmi_compare_rounds(query, answer));
    MTMI_CHECK_STATUS(mtmi_break_down_round(query, answer, top));
    const int compares = query->indicator->comparisons[0] || query->indicator->comparisons[1];
    return query->ask.whole || !compares ? MTM_OK : mtmi_write_rounds(query, answer);
}

/* Whether figures of its rounds are looked at before they are printed. */
static int is_confidential(const mtmi_mobility *mobility, const mtm_indicator *indicator) {
    for (size_t i = 0; i < mobility->n_datasets; i++) {
        const mtm_dataset *dataset = mobility->datasets[i];
        if ((dataset->confidential || dataset->microdata) &&
            strcmp(mtmi_dataset_concept(dataset), indicator->measure.concept) == 0) {
            return 1;
        }
    }
    return 0;
}

mtm_status mtmi_mobility_compute(mtmi_mobility *mobility, const mtm_indicator *indicator, int32_t top,
                                 mtmi_writing *writing, mtm_error *err) {
    mtmi_asking query = {mobility, NULL, indicator, ask_of(indicator), writing->result->period, writing, err};
    mtmi_round_answer answer;
    writing->result->flags |= is_confidential(mobility, indicator) ? MTM_FLAG_MICRODATA : 0;
    MTMI_CHECK_STATUS(find_rounds(mobility, indicator->measure.concept, &query.rounds, err));
    if (query.ask.status == returned) {
        query.ask.n_status = count_returned(query.rounds);
    }
    MTMI_CHECK_STATUS(mtmi_choose_round(&query, &answer));
    const mtm_status status = answer.track != NULL ? answer_it(&query, &answer, top) : explain(&query, &answer);
    mtmi_tally_clear(&answer.tally);
    return status;
}
