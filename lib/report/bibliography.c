/* Lists the sources of results, each once by publisher, title and address, and which of them each indicator used. */
#include "report/indicator_entry.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "period/period.h"

#include <stdlib.h>
#include <string.h>

static const char *lent(const char *text) {
    return text != NULL ? text : "";
}

const char *mtmi_publisher_name(const mtmi_text_builder *scribe, const mtmi_source_note *source) {
    const char *name = source->publisher_names.text[scribe->report->language];
    return name != NULL ? name : lent(source->publisher);
}

/* Neither publisher nor title: then only the file is known. */
static int is_unnamed(const mtmi_citation *citation) {
    return *lent(citation->source.publisher) == '\0' && *lent(citation->source.title) == '\0';
}

/* Two releases of one publication are one source: the latest counts. */
static int compare_sources(const mtmi_citation *a, const mtmi_citation *b) {
    const char *const pairs[][2] = {{a->source.publisher, b->source.publisher},
                                    {a->source.title, b->source.title},
                                    {a->source.path, b->source.path},
                                    {a->source.licence, b->source.licence},
                                    {a->source.accessed, b->source.accessed}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        int order = strcmp(lent(pairs[i][0]), lent(pairs[i][1]));
        if (order != 0) {
            return order;
        }
    }
    const int order = is_unnamed(a) ? strcmp(lent(a->file), lent(b->file)) : 0;
    return order != 0 ? order : (a->obtained > b->obtained) - (a->obtained < b->obtained);
}

/* Of one source the latest release first, so that it stays; a methodology that is not public wins over one not
 * stated. */
static int compare_citations(const void *left, const void *right) {
    const mtmi_citation *a = *(const mtmi_citation *const *)left, *b = *(const mtmi_citation *const *)right;
    int order = compare_sources(a, b);
    if (order == 0) {
        order = (a->release.last < b->release.last) - (a->release.last > b->release.last);
    }
    if (order == 0) {
        order = (a->methodology_public < b->methodology_public) - (a->methodology_public > b->methodology_public);
    }
    return order;
}

static const char *print_date(mtmi_text_builder *scribe, const char *text) {
    mtm_period date;
    if (text == NULL || mtm_period_read(text, &date, NULL) != MTM_OK) {
        return lent(text);
    }
    return mtmi_print_period(scribe, date, MTMI_WHEN_NAME);
}

static void add_part(mtmi_buffer *out, const char *text) {
    if (*text != '\0') {
        size_t size = out->size;
        int ended = size > 0 && strchr(".?!", out->data[size - 1]) != NULL;
        mtmi_buffer_text(out, size == 0 ? "" : ended ? " " : ". ");
        mtmi_buffer_text(out, text);
    }
}

static void add_detail(mtmi_buffer *out, const char *text) {
    mtmi_buffer_text(out, text);
    mtmi_buffer_text(out, "; ");
}

/* "Publisher. Title. released: ...; published; accessed: ...; licence: ..." */
static const char *entry_text(mtmi_text_builder *scribe, const mtmi_bibliography_entry *entry) {
    mtmi_buffer out = MTMI_BUFFER_INIT, details = MTMI_BUFFER_INIT;
    add_part(&out, entry->publisher);
    add_part(&out, entry->title);
    if (out.size == 0) {
        add_part(&out, entry->name);
    }
    if (*entry->release_text != '\0') {
        add_detail(&details, mtmi_say(scribe, MTMI_MESSAGE_RELEASED, "date", entry->release_text, MTMI_SAY_END));
    }
    add_detail(&details, entry->obtained_text);
    if (*entry->accessed_text != '\0') {
        add_detail(&details, mtmi_say(scribe, MTMI_MESSAGE_ACCESSED, "date", entry->accessed_text, MTMI_SAY_END));
    }
    if (*entry->licence != '\0') {
        add_detail(&details, mtmi_say(scribe, MTMI_MESSAGE_LICENCE, "licence", entry->licence, MTMI_SAY_END));
    }
    if (!details.failed) {
        details.data[details.size - 2] = '\0';
        mtmi_buffer_text(&out, out.size > 0 ? " (" : "(");
        mtmi_buffer_text(&out, details.data);
        mtmi_buffer_text(&out, ").");
    }
    scribe->failed |= out.failed || details.failed;
    const char *text = mtmi_text_builder_keep(scribe, scribe->failed ? "" : out.data);
    mtmi_buffer_free(&out);
    mtmi_buffer_free(&details);
    return text;
}

/* What stands below a picture. */
static const char *entry_name(mtmi_text_builder *scribe, const mtmi_citation *from,
                              const mtmi_bibliography_entry *entry) {
    if (is_unnamed(from) && *lent(from->file) != '\0') {
        return mtmi_say(scribe, MTMI_MESSAGE_SOURCE_FILE, "file", from->file, MTMI_SAY_END);
    }
    if (*entry->publisher != '\0' && *entry->title != '\0') {
        return mtmi_say(scribe, MTMI_MESSAGE_LIST_COMMA, "first", entry->title, "second", entry->publisher,
                        MTMI_SAY_END);
    }
    return *entry->title != '\0'       ? entry->title
           : *entry->publisher != '\0' ? entry->publisher
                                       : scribe->words->messages[MTMI_MESSAGE_SOURCE_UNNAMED];
}

static void build_entry(mtmi_text_builder *scribe, const mtmi_citation *from, mtmi_bibliography_entry *out) {
    out->publisher = mtmi_publisher_name(scribe, &from->source);
    out->title = lent(from->source.title);
    out->path = lent(from->source.path);
    out->licence = lent(from->source.licence);
    out->accessed = lent(from->source.accessed);
    out->accessed_text = print_date(scribe, from->source.accessed);
    out->release = from->release;
    out->release_text = mtmi_print_period(scribe, from->release, MTMI_WHEN_NAME);
    out->on_request = from->obtained == MTMI_ON_REQUEST;
    out->obtained_text = scribe->words->messages[out->on_request ? MTMI_MESSAGE_ON_REQUEST : MTMI_MESSAGE_PUBLISHED];
    out->methodology_public = from->methodology_public;
    out->name = entry_name(scribe, from, out);
    out->text = entry_text(scribe, out);
}

/* The sources of one indicator, as ascending numbers, each once. */
static void build_uses(mtmi_text_builder *scribe, const mtm_result *result, const mtmi_citation *const *unique,
                       size_t n, mtmi_report_indicator *entry) {
    entry->sources = mtmi_text_builder_table(scribe, result->n_citations, sizeof *entry->sources);
    if (entry->sources == NULL) {
        return;
    }
    for (size_t i = 0; i < n && entry->n_sources < result->n_citations; i++) {
        for (size_t c = 0; c < result->n_citations; c++) {
            if (compare_sources(&result->citations[c], unique[i]) == 0) {
                entry->sources[entry->n_sources++] = i;
                break;
            }
        }
    }
}

static void build_all_uses(mtmi_text_builder *scribe, const mtm_results *results, const mtmi_citation *const *unique,
                           size_t n) {
    size_t r = 0;
    for (size_t s = 0; s < scribe->report->n_sections; s++) {
        mtmi_report_section *section = &scribe->report->sections[s];
        for (size_t i = 0; i < section->n_indicators; i++, r++) {
            build_uses(scribe, &results->results[r], unique, n, &section->indicators[i]);
        }
    }
}

void mtmi_bibliography_build(mtmi_text_builder *scribe, const mtm_results *results) {
    size_t n = 0, n_unique = 0;
    for (size_t r = 0; r < results->n; r++) {
        n += results->results[r].n_citations;
    }
    const mtmi_citation **all = mtmi_text_builder_table(scribe, n, sizeof(const mtmi_citation *));
    if (all == NULL) {
        return;
    }
    n = 0;
    for (size_t r = 0; r < results->n; r++) {
        for (size_t i = 0; i < results->results[r].n_citations; i++) {
            all[n++] = &results->results[r].citations[i];
        }
    }
    qsort(all, n, sizeof *all, compare_citations);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || compare_sources(all[n_unique - 1], all[i]) != 0) {
            all[n_unique++] = all[i];
        }
    }
    scribe->report->bibliography = mtmi_text_builder_table(scribe, n_unique, sizeof(mtmi_bibliography_entry));
    if (scribe->report->bibliography != NULL) {
        scribe->report->n_bibliography = n_unique;
        for (size_t i = 0; i < n_unique; i++) {
            build_entry(scribe, all[i], &scribe->report->bibliography[i]);
        }
        build_all_uses(scribe, results, (const mtmi_citation *const *)all, n_unique);
    }
    mtmi_memory_free(all);
}
