/* Makes the limitations of a report from the remarks on its results and from what was withheld: by kind, then in the order
 * of the catalogue. The invariant: no two of a kind have one text. gather.c joins them for people. */
#include "report/indicator_entry.h"

#include "base/decimal.h"

#include <string.h>

static const char *const kind_ids[MTMI_LIMITATION_COUNT] = {"period-unavailable",
                                                            "breakdown-incompatible",
                                                            "methodology-not-public",
                                                            "periods-not-aligned",
                                                            "revised",
                                                            "unclassified",
                                                            "total-mismatch",
                                                            "suppressed",
                                                            "coverage",
                                                            "not-covered"};

/* MTMI_LIMITATION_COUNT for remarks that are notes of the indicator only. */
static mtmi_limitation_kind kind_of(mtmi_remark_kind remark) {
    static const struct {
        mtmi_remark_kind remark;
        mtmi_limitation_kind kind;
    } kinds[] = {{MTMI_REMARK_PERIOD_UNAVAILABLE, MTMI_LIMITATION_PERIOD_UNAVAILABLE},
                 {MTMI_REMARK_DAYS_ABSENT, MTMI_LIMITATION_PERIOD_UNAVAILABLE},
                 {MTMI_REMARK_BREAKDOWN_INCOMPATIBLE, MTMI_LIMITATION_BREAKDOWN_INCOMPATIBLE},
                 {MTMI_REMARK_SELECTION, MTMI_LIMITATION_BREAKDOWN_INCOMPATIBLE},
                 {MTMI_REMARK_METHODOLOGY_NOT_PUBLIC, MTMI_LIMITATION_METHODOLOGY_NOT_PUBLIC},
                 {MTMI_REMARK_PERIODS_NOT_ALIGNED, MTMI_LIMITATION_PERIODS_NOT_ALIGNED},
                 {MTMI_REMARK_SUPERSEDED_BASE, MTMI_LIMITATION_REVISED},
                 {MTMI_REMARK_REVISED, MTMI_LIMITATION_REVISED},
                 {MTMI_REMARK_UNCLASSIFIED, MTMI_LIMITATION_UNCLASSIFIED},
                 {MTMI_REMARK_TOTAL_MISMATCH, MTMI_LIMITATION_TOTAL_MISMATCH},
                 {MTMI_REMARK_CUMULATIVE_FALLS, MTMI_LIMITATION_TOTAL_MISMATCH},
                 {MTMI_REMARK_YEAR_TO_DATE, MTMI_LIMITATION_TOTAL_MISMATCH},
                 {MTMI_REMARK_BALANCE, MTMI_LIMITATION_TOTAL_MISMATCH},
                 {MTMI_REMARK_REFUSED, MTMI_LIMITATION_COVERAGE},
                 {MTMI_REMARK_CONFLICTS, MTMI_LIMITATION_COVERAGE},
                 {MTMI_REMARK_ABSENT, MTMI_LIMITATION_COVERAGE},
                 {MTMI_REMARK_ASSUMED_ZERO, MTMI_LIMITATION_COVERAGE},
                 {MTMI_REMARK_AS_COVERED, MTMI_LIMITATION_COVERAGE},
                 {MTMI_REMARK_DAYS_LEFT_OUT, MTMI_LIMITATION_COVERAGE},
                 {MTMI_REMARK_DAYS_ASSUMED, MTMI_LIMITATION_COVERAGE},
                 {MTMI_REMARK_BREAK, MTMI_LIMITATION_COVERAGE},
                 {MTMI_REMARK_TERRITORY, MTMI_LIMITATION_COVERAGE},
                 {MTMI_REMARK_DATES_DIFFER, MTMI_LIMITATION_COVERAGE},
                 {MTMI_REMARK_LAST_KNOWN, MTMI_LIMITATION_COVERAGE},
                 {MTMI_REMARK_LIKE_FOR_LIKE, MTMI_LIMITATION_COVERAGE}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i].remark == remark) {
            return kinds[i].kind;
        }
    }
    return MTMI_LIMITATION_COUNT;
}

typedef struct list {
    mtmi_text_builder *scribe;
    mtmi_limitation *items;
    size_t n;
} list;

/* What two indicators say of the same label, place or publisher is said once, under the first of them. */
static void add_limitation(list *out, mtmi_limitation_kind kind, const char *indicator, const char *title,
                           const char *text) {
    if (out->items == NULL || *text == '\0') {
        return;
    }
    const char *whole =
        *title == '\0' ? text
                       : mtmi_say(out->scribe, MTMI_MESSAGE_LIMITATION, "title", title, "text", text, MTMI_SAY_END);
    for (size_t i = 0; i < out->n; i++) {
        if (out->items[i].kind == kind && strcmp(out->items[i].text, whole) == 0) {
            return;
        }
    }
    out->items[out->n++] =
        (mtmi_limitation){kind, kind_ids[kind], out->scribe->words->limitations[kind], indicator, whole, title, text};
}

/* The methodology, a label and a table's totals belong to the source: all indicators of a section share the words. */
static int is_of_source(mtmi_limitation_kind kind) {
    return kind == MTMI_LIMITATION_METHODOLOGY_NOT_PUBLIC || kind == MTMI_LIMITATION_UNCLASSIFIED ||
           kind == MTMI_LIMITATION_TOTAL_MISMATCH;
}

static const char *title_of(const mtmi_text_builder *scribe, const mtm_result *result, mtmi_limitation_kind kind) {
    const char *section = mtmi_titles_get(&result->section_title, scribe->report->language);
    const char *title = mtmi_titles_get(&result->title, scribe->report->language);
    if (is_of_source(kind) && *section != '\0') {
        return section;
    }
    return *title != '\0' ? title : result->id;
}

static int covers(const mtm_result *result, mtmi_limitation_kind first, mtmi_limitation_kind second) {
    for (size_t i = 0; i < result->n_remarks; i++) {
        mtmi_limitation_kind kind = kind_of(result->remarks[i].kind);
        int of_value = result->remarks[i].of == MTM_LINEAGE_VALUE || kind == MTMI_LIMITATION_BREAKDOWN_INCOMPATIBLE;
        if (of_value && (kind == first || kind == second)) {
            return 1;
        }
    }
    return 0;
}

/* Of what the package has no figures at all: its indicators stand in one line, and not as gaps in what it is about. */
static int is_not_covered(const list *out, const mtm_result *result) {
    return out->scribe->report->results->n > 1 && !result->has_value && result->n_rows == 0 &&
           result->reason == MTM_REASON_NO_DATA;
}

/* The title of its section where no indicator of that is covered: one name in place of many. */
static const char *title_of_lack(const list *out, const mtm_result *result) {
    const mtm_results *results = out->scribe->report->results;
    const char *section = mtmi_titles_get(&result->section_title, out->scribe->report->language);
    int whole = *section != '\0';
    for (size_t i = 0; i < results->n && whole; i++) {
        const mtm_result *other = &results->results[i];
        whole = strcmp(mtmi_titles_get(&other->section_title, out->scribe->report->language), section) != 0 ||
                is_not_covered(out, other);
    }
    return whole ? section : title_of(out->scribe, result, MTMI_LIMITATION_NOT_COVERED);
}

/* A report of surveys alone: that it holds no statistics of agencies is no lack. */
static int is_of_surveys(const mtm_report *report) {
    int any = 0;
    for (size_t s = 0; s < report->n_sections; s++) {
        any |= !report->sections[s].unavailable;
    }
    return report->n_surveys > 0 && !any;
}

/* A missing value or breakdown that no remark speaks of. */
static void add_reasons(list *out, const mtm_result *result, const mtmi_mask *mask, mtmi_limitation_kind kind) {
    if (is_not_covered(out, result)) {
        if (kind == MTMI_LIMITATION_NOT_COVERED && !is_of_surveys(out->scribe->report) &&
            !mtmi_results_is_of_others(out->scribe->report->results, result)) {
            add_limitation(out, kind, result->id, title_of_lack(out, result),
                           out->scribe->words->messages[MTMI_MESSAGE_NOT_COVERED]);
        }
        return;
    }
    mtmi_remark remark = {
        .kind = MTMI_REMARK_PERIOD_UNAVAILABLE, .reason = result->reason, .period = {INT32_MIN, INT32_MIN}};
    int missing = !result->has_value && !mask->value && result->n_rows == 0 &&
                  !covers(result, MTMI_LIMITATION_PERIOD_UNAVAILABLE, MTMI_LIMITATION_PERIODS_NOT_ALIGNED) &&
                  !(result->reason == MTM_REASON_BREAKDOWN_UNAVAILABLE &&
                    covers(result, MTMI_LIMITATION_BREAKDOWN_INCOMPATIBLE, MTMI_LIMITATION_COUNT));
    int unbroken = result->breakdown_reason != MTM_REASON_NONE && result->has_value &&
                   !covers(result, MTMI_LIMITATION_BREAKDOWN_INCOMPATIBLE, MTMI_LIMITATION_COUNT);
    if (kind == MTMI_LIMITATION_BREAKDOWN_INCOMPATIBLE) {
        remark.kind = MTMI_REMARK_BREAKDOWN_INCOMPATIBLE;
        remark.reason = result->breakdown_reason;
    }
    if ((kind == MTMI_LIMITATION_PERIOD_UNAVAILABLE && missing) ||
        (kind == MTMI_LIMITATION_BREAKDOWN_INCOMPATIBLE && unbroken)) {
        add_limitation(out, kind, result->id, title_of(out->scribe, result, kind),
                       mtmi_remark_text(out->scribe, result, mask, &remark));
    }
}

static void add_suppressed(list *out, const mtm_result *result, const mtmi_mask *mask, int threshold) {
    if (mask->n_hidden > 0) {
        const char *text = mtmi_say(out->scribe, MTMI_MESSAGE_SUPPRESSED, "numbers",
                                    mtmi_say_count(out->scribe, MTMI_MESSAGE_NUMBERS, (int64_t)mask->n_hidden), "mark",
                                    MTMI_MARK_HIDDEN, "threshold", mtmi_print_count(out->scribe, threshold), "scope",
                                    out->scribe->report->protection, MTMI_SAY_END);
        add_limitation(out, MTMI_LIMITATION_SUPPRESSED, result->id,
                       title_of(out->scribe, result, MTMI_LIMITATION_SUPPRESSED), text);
    }
}

static void add_kind(list *out, const mtm_results *results, const mtmi_masks *masks, mtmi_limitation_kind kind) {
    for (size_t r = 0; r < results->n; r++) {
        const mtm_result *result = &results->results[r];
        add_reasons(out, result, &masks->of[r], kind);
        for (size_t i = 0; i < result->n_remarks && !is_not_covered(out, result); i++) {
            if (kind_of(result->remarks[i].kind) == kind) {
                add_limitation(out, kind, result->id, title_of(out->scribe, result, kind),
                               mtmi_remark_text(out->scribe, result, &masks->of[r], &result->remarks[i]));
            }
        }
        if (kind == MTMI_LIMITATION_SUPPRESSED) {
            add_suppressed(out, result, &masks->of[r], masks->threshold);
        }
    }
}

void mtmi_limitations_build(mtmi_text_builder *scribe, const mtm_results *results, const mtmi_masks *masks) {
    size_t most = 1;
    for (size_t r = 0; r < results->n; r++) {
        most += results->results[r].n_remarks + 3;
    }
    list to = {scribe, mtmi_text_builder_table(scribe, most, sizeof *to.items), 0};
    for (int kind = 0; kind < MTMI_LIMITATION_COUNT; kind++) {
        add_kind(&to, results, masks, (mtmi_limitation_kind)kind);
        if (kind == MTMI_LIMITATION_SUPPRESSED && masks->threshold > 0 && masks->n_hidden == 0) {
            add_limitation(&to, MTMI_LIMITATION_SUPPRESSED, "", "",
                           masks->reach > 0 ? scribe->report->protection
                                            : mtmi_say(scribe, MTMI_MESSAGE_NOT_SUPPRESSED, "scope",
                                                       scribe->report->protection, MTMI_SAY_END));
        }
    }
    scribe->report->limitations = to.items;
    scribe->report->n_limitations = to.n;
}
