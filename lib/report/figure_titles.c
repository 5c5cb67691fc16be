/* Words the titles of an indicator's pictures: each says the message, with its figure, as the Analysis Function's
 * guidance on charts asks. Where nothing rose, fell or led, the title states the value. Titles are never declined. */
#include "report/indicator_entry.h"

#include <string.h>

static const char *stands_text(mtmi_text_builder *scribe, const mtmi_report_indicator *entry) {
    if (!entry->value.has) {
        return entry->title;
    }
    return mtmi_say(
        scribe, MTMI_MESSAGE_FIGURE_STANDS, "title", entry->title, "value", entry->value.text, "when",
        mtmi_print_period(scribe, entry->observed, entry->kind == MTM_KIND_FLOW ? MTMI_WHEN_IN : MTMI_WHEN_AT),
        MTMI_SAY_END);
}

static const char *series_title(mtmi_text_builder *scribe, const mtmi_report_indicator *entry) {
    for (size_t i = 0; i < entry->n_comparisons && entry->value.has; i++) {
        const mtmi_report_comparison *c = &entry->comparisons[i];
        int64_t change = c->absolute.value.units;
        if (!c->base.has || !c->absolute.has || c->reason != MTM_REASON_NONE) {
            continue;
        }
        mtmi_message message = change > 0   ? MTMI_MESSAGE_FIGURE_UP
                               : change < 0 ? MTMI_MESSAGE_FIGURE_DOWN
                                            : MTMI_MESSAGE_FIGURE_SAME;
        return mtmi_say(scribe, message, "title", entry->title, "base", c->base.text, "value", entry->value.text,
                        MTMI_SAY_END);
    }
    return stands_text(scribe, entry);
}

/* The row of rank 1, where one alone has it and none is withheld; else NULL. */
static const mtmi_report_row *leading_row(const mtmi_report_indicator *entry) {
    const mtmi_report_row *first = NULL;
    for (size_t i = 0; i < entry->n_rows; i++) {
        const mtmi_report_row *row = &entry->rows[i];
        if (row->value.hidden || (row->rank == 1 && first != NULL)) {
            return NULL;
        }
        first = row->rank == 1 && row->value.has ? row : first;
    }
    return first;
}

static const char *rows_title(mtmi_text_builder *scribe, const mtmi_report_indicator *entry) {
    const mtmi_report_row *first = leading_row(entry);
    if (first == NULL) {
        return stands_text(scribe, entry);
    }
    return mtmi_say(scribe, first->share.has ? MTMI_MESSAGE_FIGURE_LEADS_SHARE : MTMI_MESSAGE_FIGURE_LEADS, "label",
                    mtmi_row_name(scribe, entry, first, 1), "value", first->value.text, "share",
                    first->share.has ? mtmi_print_percent(scribe, first->share.value, 0) : "", MTMI_SAY_END);
}

/* Of the areas that a map would show. */
static const char *map_title(mtmi_text_builder *scribe, const mtmi_report_indicator *entry) {
    const mtmi_report_row *first = leading_row(entry);
    int64_t n = 0;
    for (size_t i = 0; i < entry->n_rows; i++) {
        n += entry->rows[i].kind == MTM_MEMBER_CODE && entry->rows[i].value.has;
    }
    if (first == NULL) {
        return stands_text(scribe, entry);
    }
    return mtmi_say(scribe, MTMI_MESSAGE_FIGURE_MAP, "label", mtmi_row_name(scribe, entry, first, 1), "value",
                    first->value.text, "count", mtmi_print_count(scribe, n), MTMI_SAY_END);
}

void mtmi_figure_titles_build(mtmi_text_builder *scribe, mtmi_report_indicator *entry) {
    entry->series_title = entry->n_points > 0 ? series_title(scribe, entry) : "";
    entry->rows_title = entry->n_rows > 0 ? rows_title(scribe, entry) : "";
    entry->map_title = entry->n_rows > 0 ? map_title(scribe, entry) : "";
}
