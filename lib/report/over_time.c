/* Makes of the points that are shown what readers compute of them: an index, the sum since the year began, the sum of twelve
 * months. Each rests on shown points alone, and on an unbroken run of them. Nothing is adjusted for season. */
#include "report/over_time.h"

#include "base/decimal.h"
#include "codelist/match.h"
#include "period/period.h"

#include <string.h>

enum { INDEX_DECIMALS = 1, RATE_DECIMALS = 2, LEAST_INDICES = 3 };

static mtmi_figure_text figure(mtmi_text_builder *scribe, mtm_decimal value, int with_sign) {
    return (mtmi_figure_text){1, 0, value, mtmi_print_number(scribe, value, with_sign)};
}

/* ---- points ---- */

static int month_of(mtm_period period) {
    int year, month, day;
    mtmi_day_split(period.first, &year, &month, &day);
    return month;
}

/* Whether b is the next period after a, comparable, and both are shown. */
static int follows(const mtmi_report_point *a, const mtmi_report_point *b) {
    return a->value.has && b->value.has && !b->breaks && a->period.last + 1 == b->period.first &&
           mtmi_period_months(a->period) == mtmi_period_months(b->period);
}

/* Of 5 and 100 left over neither is the other's base. */
static int is_balance(const mtm_result *result) {
    return result->statistic == MTMI_STATISTIC_NET || mtmi_codelist_has_balance(result->concept);
}

static int falls_below_zero(const mtmi_report_indicator *entry) {
    for (size_t i = 0; i < entry->n_points; i++) {
        if (entry->points[i].value.has && entry->points[i].value.value.units < 0) {
            return 1;
        }
    }
    return 0;
}

static void build_indices(mtmi_text_builder *scribe, mtmi_report_indicator *entry) {
    size_t base = entry->n_points, n = 0;
    for (size_t i = 0; i < entry->n_points && !(i > base && entry->points[i].breaks); i++) {
        mtmi_report_point *point = &entry->points[i];
        mtm_decimal index;
        base = base == entry->n_points && point->value.has && point->value.value.units > 0 ? i : base;
        if (base <= i && point->value.has &&
            mtmi_decimal_percent(point->value.value, entry->points[base].value.value, INDEX_DECIMALS, &index, NULL) ==
                MTM_OK) {
            point->index = figure(scribe, index, 0);
            n++;
        }
    }
    entry->index_base = n >= LEAST_INDICES ? entry->points[base].period_text : "";
}

static void build_to_date(mtmi_text_builder *scribe, mtmi_report_indicator *entry) {
    for (size_t i = 0; i < entry->n_points; i++) {
        mtmi_report_point *point = &entry->points[i];
        mtm_decimal sum = point->value.value;
        if (!point->value.has) {
            continue;
        }
        if (month_of(point->period) == 1) {
            point->to_date = figure(scribe, sum, 0);
        } else if (i > 0 && follows(&point[-1], point) && point[-1].to_date.has &&
                   mtmi_decimal_add(point[-1].to_date.value, sum, &sum, NULL) == MTM_OK) {
            point->to_date = figure(scribe, sum, 0);
            entry->has_to_date = 1;
        }
    }
}

/* The sum of n points up to one; 0 where the run is broken. */
static int sum_of(const mtmi_report_indicator *entry, size_t last, size_t n, mtm_decimal *out) {
    *out = entry->points[last].value.value;
    for (size_t i = 1; i < n; i++) {
        if (last < i || !follows(&entry->points[last - i], &entry->points[last - i + 1]) ||
            mtmi_decimal_add(*out, entry->points[last - i].value.value, out, NULL) != MTM_OK) {
            return 0;
        }
    }
    return entry->points[last].value.has;
}

static void build_moving(mtmi_text_builder *scribe, mtmi_report_indicator *entry) {
    for (size_t i = 0; i < entry->n_points; i++) {
        int months = mtmi_period_months(entry->points[i].period);
        mtm_decimal sum;
        if (months > 0 && months < 12 && 12 % months == 0 && sum_of(entry, i, (size_t)(12 / months), &sum)) {
            entry->points[i].moving = figure(scribe, sum, 0);
            entry->has_moving = 1;
        }
    }
}

/* ---- rows ---- */

static void build_growth(mtmi_text_builder *scribe, const mtm_result *result, mtmi_report_indicator *entry) {
    for (size_t c = 0; c < entry->n_comparisons; c++) {
        const mtm_comparison_with with = entry->comparisons[c].with;
        int shown = result->has_growth[with] && entry->comparisons[c].percent.has;
        for (size_t i = 0; i < entry->n_rows; i++) {
            shown &= entry->rows[i].value.has;
        }
        entry->has_growth[c] = shown && entry->n_rows > 0;
        for (size_t i = 0; shown && i < entry->n_rows; i++) {
            const mtmi_result_growth *growth = &result->rows[i].growth[with];
            entry->rows[i].change[c] = figure(scribe, growth->change, 1);
            entry->rows[i].points[c] = figure(scribe, growth->points, 1);
        }
    }
}

void mtmi_over_time_build(mtmi_text_builder *scribe, const mtm_result *result, mtmi_report_indicator *entry) {
    entry->index_base = "";
    if (!entry->is_percent && !is_balance(result) && !falls_below_zero(entry)) {
        build_indices(scribe, entry);
    }
    if (entry->kind == MTM_KIND_FLOW && !entry->is_percent) {
        build_to_date(scribe, entry);
        build_moving(scribe, entry);
    }
    build_growth(scribe, result, entry);
}

/* ---- rates ---- */

static mtmi_report_indicator *find_entry(const mtm_report *report, const char *id) {
    for (size_t s = 0; s < report->n_sections; s++) {
        for (size_t i = 0; i < report->sections[s].n_indicators; i++) {
            if (strcmp(report->sections[s].indicators[i].id, id) == 0) {
                return &report->sections[s].indicators[i];
            }
        }
    }
    return NULL;
}

/* 1000 x the value / the population, rounded once. */
static int rate_of(const mtmi_report_indicator *entry, const mtmi_report_indicator *population, mtm_decimal *out) {
    mtm_decimal ten_times = entry->value.value;
    if (ten_times.units > INT64_MAX / 10 || ten_times.units < INT64_MIN / 10) {
        return 0;
    }
    ten_times.units *= 10; /* a per cent of it is a thousandth of the value */
    return mtmi_decimal_percent(ten_times, population->value.value, RATE_DECIMALS, out, NULL) == MTM_OK;
}

static void note_rate(mtmi_text_builder *scribe, const mtmi_report_indicator *population,
                      mtmi_report_indicator *entry) {
    mtm_decimal rate;
    if (entry == population || !entry->value.has || entry->is_percent || strcmp(entry->unit, population->unit) != 0 ||
        entry->multiplier != population->multiplier || entry->notes == NULL || !rate_of(entry, population, &rate)) {
        return;
    }
    entry->rate = figure(scribe, rate, 0);
    entry->notes[entry->n_notes++] = mtmi_say(scribe, MTMI_MESSAGE_RATE, "rate", entry->rate.text, "when",
                                              mtmi_print_period(scribe, population->observed, MTMI_WHEN_AT), "value",
                                              population->value.text, MTMI_SAY_END);
}

void mtmi_rates_build(mtmi_text_builder *scribe) {
    mtm_report *report = scribe->report;
    const mtmi_report_indicator *population = find_entry(report, "population");
    if (population == NULL || !population->value.has || population->value.value.units <= 0) {
        return;
    }
    for (size_t s = 0; s < report->n_sections; s++) {
        for (size_t i = 0; i < report->sections[s].n_indicators; i++) {
            note_rate(scribe, population, &report->sections[s].indicators[i]);
        }
    }
}
