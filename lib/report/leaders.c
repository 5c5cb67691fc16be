/* Chooses the rows that a highlight names: the first few, the fewest that make more than half, as many as make 80 per
 * cent, or the members of a group. Works on the rows as they print, so that nothing withheld can show through; where any
 * row is withheld the order is not known, and none is chosen. Ties are named together or not at all. */
#include "report/leaders.h"

#include "base/decimal.h"
#include "base/try.h"
#include "codelist/match.h"

#include <string.h>

/* The rows that may be named, largest first. */
typedef struct ranking {
    const mtmi_report_indicator *entry;
    size_t rows[MTMI_LEADERS_MOST];
    size_t n;
    int more; /* there are more of them */
} ranking;

static int is_ranked(const mtmi_report_row *row) {
    return row->kind == MTM_MEMBER_CODE && row->rank > 0 && row->value.has && row->value.value.units > 0;
}

static mtm_decimal value_of(const ranking *from, size_t i) {
    return from->entry->rows[from->rows[i]].value.value;
}

static ranking rank_rows(const mtmi_report_indicator *entry) {
    ranking out = {entry, {0}, 0, 0};
    for (size_t i = 0; i < entry->n_rows; i++) {
        if (entry->rows[i].value.hidden) {
            out.n = 0;
            return out;
        }
        if (is_ranked(&entry->rows[i]) && out.n < MTMI_LEADERS_MOST) {
            out.rows[out.n++] = i;
        } else {
            out.more |= is_ranked(&entry->rows[i]);
        }
    }
    return out;
}

static int is_tie(const ranking *order, size_t i) {
    return i < order->n && i > 0 && mtmi_decimal_compare(value_of(order, i), value_of(order, i - 1)) == 0;
}

/* How many rows n is with the ties of its last, or without them where they are more than most. */
static size_t with_ties(const ranking *order, size_t n, size_t most) {
    size_t end = n, start = n;
    while (is_tie(order, end)) {
        end++;
    }
    if (end <= most || end == n) {
        return end <= most ? end : most;
    }
    while (start > 0 && is_tie(order, start)) {
        start--;
    }
    return start;
}

/* Of 100 x sum against percent x total: below, equal, above. */
static int compare_share(mtm_decimal sum, mtm_decimal total, int percent) {
    int decimals = sum.decimals > total.decimals ? sum.decimals : total.decimals;
    mtmi_wide left = mtmi_decimal_rescale(sum.units, sum.decimals, decimals) * 100;
    mtmi_wide right = mtmi_decimal_rescale(total.units, total.decimals, decimals) * percent;
    return (left > right) - (left < right);
}

/* The fewest leading rows that make more than half, or at least the share. 0 where all of them make less. */
static size_t count_until(const ranking *order, mtm_decimal total, int percent, int more) {
    mtm_decimal sum = {0, 0, 0};
    for (size_t i = 0; i < order->n; i++) {
        if (mtmi_decimal_add(sum, value_of(order, i), &sum, NULL) != MTM_OK) {
            return 0;
        }
        int by = compare_share(sum, total, percent);
        if (by > 0 || (by == 0 && !more)) {
            return i + 1;
        }
    }
    return 0;
}

static size_t count_majority(const ranking *order, mtm_decimal total, size_t most) {
    size_t n = count_until(order, total, 50, 1), end = n;
    while (n > 0 && is_tie(order, end)) {
        end++;
    }
    return end <= most ? end : 0;
}

static size_t count_coverage(const ranking *order, mtm_decimal total, int percent, size_t most) {
    size_t n = count_until(order, total, percent, 0);
    n = n > 0 ? n : order->n;
    return with_ties(order, n < most ? n : most, most);
}

static size_t count_leaders(const ranking *order, size_t most) {
    size_t n = 0;
    while (n < order->n && order->entry->rows[order->rows[n]].rank <= (int)most) {
        n++;
    }
    return n;
}

/* ---- groups ---- */

static int is_member(const mtmi_highlight_rows *rule, const char *code, mtm_period period) {
    for (size_t i = 0; rule->codes != NULL && rule->codes[i] != NULL; i++) {
        if (strcmp(rule->codes[i], code) == 0) {
            return 1;
        }
    }
    for (size_t i = 0; rule->groups != NULL && rule->groups[i] != NULL; i++) {
        if (mtmi_codelist_may_contain(rule->groups[i], code, period)) {
            return 1;
        }
    }
    return 0;
}

/* Members of the group, the remainder aside: they may stand in it too, and then the share is the least they make. */
static void choose_group(const ranking *order, const mtmi_highlight_rows *rule, mtmi_leaders *out) {
    for (size_t i = 0; i < order->n; i++) {
        if (is_member(rule, order->entry->rows[order->rows[i]].code, order->entry->period)) {
            out->rows[out->n++] = order->rows[i];
        }
    }
    out->at_least = order->more;
    for (size_t i = 0; i < order->entry->n_rows; i++) {
        const mtmi_report_row *row = &order->entry->rows[i];
        out->at_least |= row->kind != MTM_MEMBER_CODE && row->value.has && row->value.value.units > 0;
    }
}

/* ---- what may be said ---- */

/* Whether a member has no figure, or members may lack: one that is not given may be larger than all that are. */
static int lacks_members(const mtm_result *result, const mtmi_report_indicator *entry) {
    if (result->reason == MTM_REASON_COVERAGE_INCOMPLETE || result->reason == MTM_REASON_COVERAGE_UNKNOWN) {
        return 1;
    }
    for (size_t i = 0; i < entry->n_rows; i++) {
        if (entry->rows[i].kind == MTM_MEMBER_CODE && !entry->rows[i].value.has) {
            return 1;
        }
    }
    return 0;
}

/* Whether parts and total differ so that a country may be missing that is larger than the last one named. */
static int is_only_given(const mtm_result *result, const mtmi_report_indicator *entry, mtm_decimal last, int *exceeds) {
    int given = lacks_members(result, entry);

    for (size_t i = 0; i < result->n_remarks; i++) {
        const mtmi_remark *remark = &result->remarks[i];
        mtm_decimal gap;
        if ((remark->kind != MTMI_REMARK_SELECTION && remark->kind != MTMI_REMARK_TOTAL_MISMATCH) ||
            (remark->of != MTM_LINEAGE_BREAKDOWN && remark->of != MTM_LINEAGE_VALUE)) {
            continue;
        }
        if (!remark->has_a || !remark->has_b || mtmi_decimal_subtract(remark->a, remark->b, &gap, NULL) != MTM_OK) {
            given = 1;
            continue;
        }
        *exceeds |= gap.units < 0;
        given |= gap.units < 0 || mtmi_decimal_compare(gap, last) > 0;
    }
    return given;
}

static mtm_status add_up(const mtmi_report_indicator *entry, mtmi_leaders *out) {
    mtm_decimal sum = {0, 0, 0};
    for (size_t i = 0; i < out->n; i++) {
        MTMI_CHECK_STATUS(mtmi_decimal_add(sum, entry->rows[out->rows[i]].value.value, &sum, NULL));
    }
    if (entry->value.has && entry->value.value.units > 0) {
        out->majority =
            compare_share(sum, entry->value.value, 50) > 0 && mtmi_decimal_compare(sum, entry->value.value) < 0;
        MTMI_CHECK_STATUS(mtmi_decimal_percent(sum, entry->value.value, 1, &out->share, NULL));
        out->has_share = 1;
        out->all = mtmi_decimal_compare(sum, entry->value.value) == 0;
    }
    return MTM_OK;
}

/* "Most" is said of all there are; a sum of what the source lists may lack a part. */
static int is_sum_of_listed(const mtmi_report_indicator *entry) {
    return entry->covering != NULL && entry->covering->dimension != NULL && entry->covering->expected > 0;
}

mtm_status mtmi_leaders_choose(const mtm_result *result, const mtmi_report_indicator *entry,
                               const mtmi_highlight_rows *rule, mtmi_leaders *out) {
    ranking ranked = rank_rows(entry);
    size_t n = 0, most = (size_t)rule->most;
    int has_total = entry->value.has && entry->value.value.units > 0, exceeds = 0;
    memset(out, 0, sizeof *out);
    switch (rule->choice) {
    case MTMI_CHOOSE_LEADERS: n = count_leaders(&ranked, most); break;
    case MTMI_CHOOSE_MAJORITY: n = has_total ? count_majority(&ranked, entry->value.value, most) : 0; break;
    case MTMI_CHOOSE_COVERAGE:
        n = has_total ? count_coverage(&ranked, entry->value.value, rule->share, most) : 0;
        break;
    case MTMI_CHOOSE_GROUP: choose_group(&ranked, rule, out); break;
    }
    if (n > 0) {
        memcpy(out->rows, ranked.rows, n * sizeof *out->rows);
        out->n = n;
    }
    if (out->n == 0) {
        return MTM_OK;
    }
    out->given = is_only_given(result, entry, entry->rows[out->rows[out->n - 1]].value.value, &exceeds);
    if (exceeds && rule->choice != MTMI_CHOOSE_LEADERS) { /* the parts are more than the total: no shares of it */
        out->n = 0;
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(add_up(entry, out));
    out->given |= is_sum_of_listed(entry) && (rule->choice != MTMI_CHOOSE_LEADERS || out->all);
    if (rule->choice == MTMI_CHOOSE_MAJORITY &&
        !out->majority) { /* all there is: "most" would say that there are others */
        out->n = 0;
    }
    return MTM_OK;
}
