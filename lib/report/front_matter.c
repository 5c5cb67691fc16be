/* Words what a report is, from the package alone: what it covers and does not, which agencies the data come from, published
 * or on request, that periods need not align, where the sources stand, whom to ask, when the next one comes. */
#include "report/front_matter.h"

#include "period/period.h"

#include <string.h>

static void add_line(mtmi_text_builder *scribe, const char *text) {
    mtm_report *report = scribe->report;
    if (*text != '\0' && report->n_about < MTMI_REPORT_ABOUT) {
        report->about[report->n_about++] = text;
    }
}

static const char *join(mtmi_text_builder *scribe, const char *list, const char *text) {
    return *list == '\0' ? text
                         : mtmi_say(scribe, MTMI_MESSAGE_LIST_SEMICOLON, "first", list, "second", text, MTMI_SAY_END);
}

/* The titles of the sections that have something, or have nothing. */
static const char *section_titles(mtmi_text_builder *scribe, int unavailable) {
    const mtm_report *report = scribe->report;
    const char *list = "";
    for (size_t i = 0; i < report->n_sections; i++) {
        if (report->sections[i].unavailable == unavailable && !report->sections[i].of_others &&
            *report->sections[i].title != '\0') {
            list = join(scribe, list,
                        mtmi_say(scribe, MTMI_MESSAGE_QUOTED, "text", report->sections[i].title, MTMI_SAY_END));
        }
    }
    return list;
}

static const char *name_of(const mtmi_bibliography_entry *entry) {
    return *entry->publisher != '\0' ? entry->publisher : entry->title;
}

static int is_named_before(const mtm_report *report, size_t at) {
    const mtmi_bibliography_entry *entry = &report->bibliography[at];
    for (size_t i = 0; i < at; i++) {
        if (report->bibliography[i].on_request == entry->on_request &&
            strcmp(name_of(&report->bibliography[i]), name_of(entry)) == 0) {
            return 1;
        }
    }
    return 0;
}

static const char *agencies(mtmi_text_builder *scribe, int on_request) {
    const mtm_report *report = scribe->report;
    const char *list = "";
    for (size_t i = 0; i < report->n_bibliography; i++) {
        const mtmi_bibliography_entry *entry = &report->bibliography[i];
        if (entry->on_request == on_request && *name_of(entry) != '\0' && !is_named_before(report, i)) {
            list = join(scribe, list, name_of(entry));
        }
    }
    return list;
}

static void add_list(mtmi_text_builder *scribe, mtmi_message message, const char *place, const char *list) {
    if (*list != '\0') {
        add_line(scribe, mtmi_say(scribe, message, place, list, "period", scribe->report->period_long, MTMI_SAY_END));
    }
}

void mtmi_front_matter_build(mtmi_text_builder *scribe, const mtm_results *results) {
    mtm_report *report = scribe->report;
    const char *const *messages = scribe->words->messages;
    const mtmi_front_matter *front = &results->front;
    report->introduction = mtmi_titles_get(&front->introduction, report->language);
    report->contact = mtmi_titles_get(&front->contact, report->language);
    report->contact_text = *report->contact == '\0'
                               ? ""
                               : mtmi_say(scribe, MTMI_MESSAGE_CONTACT, "contact", report->contact, MTMI_SAY_END);
    report->next_release = front->has_next_release ? front->next_release : MTMI_PERIOD_NONE;
    report->next_text = front->has_next_release
                            ? mtmi_say(scribe, MTMI_MESSAGE_NEXT_RELEASE, "date",
                                       mtmi_print_period(scribe, front->next_release, MTMI_WHEN_NAME), MTMI_SAY_END)
                            : "";
    add_line(scribe, messages[report->is_tracking ? MTMI_MESSAGE_ABOUT_TRACKING : MTMI_MESSAGE_ABOUT_MTM]);
    add_list(scribe, MTMI_MESSAGE_ABOUT_COVERS, "sections", section_titles(scribe, 0));
    add_list(scribe, MTMI_MESSAGE_ABOUT_LACKS, "sections", section_titles(scribe, 1));
    add_list(scribe, MTMI_MESSAGE_ABOUT_PUBLISHED, "names", agencies(scribe, 0));
    add_list(scribe, MTMI_MESSAGE_ABOUT_ON_REQUEST, "names", agencies(scribe, 1));
    if (report->is_tracking) {
        add_line(scribe, (results->components & ((uint32_t)1 << MTMI_COMPONENT_MOBILITY)) != 0
                             ? messages[MTMI_MESSAGE_ABOUT_ROUNDS]
                             : "");
        add_line(scribe, messages[MTMI_MESSAGE_ABOUT_NAMES]);
    } else {
        add_line(scribe, messages[MTMI_MESSAGE_ABOUT_PERIODS]);
    }
    if (report->n_highlights > 0) {
        add_line(scribe, messages[MTMI_MESSAGE_ABOUT_ROUNDED]);
    }
    if (report->n_bibliography > 0) {
        add_line(scribe, messages[MTMI_MESSAGE_ABOUT_SOURCES]);
    }
}
