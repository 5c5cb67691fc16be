/* Writes a check for people: its outcome, what was read, every diagnostic with its line and a caret. Nothing of a file
 * reaches the terminal unescaped. */
#include "read/check/check_page.h"

#include "base/format.h"

#include <string.h>

#define ALIKE_SHOWN 10 /* diagnostics of one code in one file; then their number */
#define CODES 1000

void mtmi_page_verdict(const mtmi_page *page, const mtm_check *check) {
    mtm_outcome outcome = mtm_check_outcome(check);
    mtmi_page_paint(page, outcome == MTM_OUTCOME_OK      ? MTMI_PAGE_GREEN
                          : outcome == MTM_OUTCOME_NOTES ? MTMI_PAGE_YELLOW
                                                         : MTMI_PAGE_RED);
    if (outcome == MTM_OUTCOME_OK) {
        mtmi_page_text(page, "ok");
    } else if (outcome == MTM_OUTCOME_NOTES) {
        mtmi_page_text(page, "ok, with ");
        mtmi_page_count(page, check->notes, "note", "notes");
    } else if (outcome == MTM_OUTCOME_REJECTED_ROWS) {
        mtmi_page_count(page, mtm_check_rows(check, MTM_ROWS_REJECTED), "row of ", "rows of ");
        mtmi_buffer_int(page->out, mtm_check_rows(check, MTM_ROWS_IN));
        mtmi_page_text(page, " refused");
    } else {
        mtmi_page_text(page, "error: nothing can be built from it");
    }
    mtmi_page_paint(page, MTMI_PAGE_PLAIN);
}

/* "t.csv:3:13: error[MTM-E061]: found "6.640", expected ..." */
static void write_head(const mtmi_page *page, const mtmi_check_entry *entry) {
    mtmi_buffer reason = MTMI_BUFFER_INIT;
    char code[MTMI_CHECK_CODE];
    mtmi_check_code(entry, code);
    mtmi_page_paint(page, MTMI_PAGE_BOLD);
    mtmi_page_foreign(page, entry->subject, 1000);
    if (entry->line > 0) {
        mtmi_buffer_format(page->out, ":%lld", (long long)entry->line);
    }
    if (entry->line > 0 && entry->column > 0) {
        mtmi_buffer_format(page->out, ":%lld", (long long)entry->column);
    }
    mtmi_page_text(page, ": ");
    mtmi_page_paint(page, entry->error ? MTMI_PAGE_RED : MTMI_PAGE_YELLOW);
    mtmi_buffer_format(page->out, entry->code > 0 ? "%s[%s]" : "%s", entry->error ? "error" : "note", code);
    mtmi_page_paint(page, MTMI_PAGE_PLAIN);
    mtmi_page_text(page, ": ");
    mtmi_check_reason(entry, &reason);
    mtmi_page_foreign(page, reason.data != NULL ? reason.data : "", 4096);
    mtmi_page_text(page, "\n");
    page->out->failed |= reason.failed;
    mtmi_buffer_free(&reason);
}

/* The line of the file behind its number, and a caret under the column. */
static void write_line(const mtmi_page *page, const mtmi_check_entry *entry) {
    char digits[24];
    size_t gutter = mtmi_format_int(entry->line, digits) + 5, at;
    mtmi_page_paint(page, MTMI_PAGE_DIM);
    mtmi_buffer_format(page->out, "  %lld | ", (long long)entry->line);
    mtmi_page_paint(page, MTMI_PAGE_PLAIN);
    at = mtmi_check_line(entry->text, entry->column, page->width > gutter ? page->width - gutter : 0, page->out);
    mtmi_page_text(page, "\n");
    if (at == SIZE_MAX) {
        return;
    }
    mtmi_page_paint(page, MTMI_PAGE_DIM);
    mtmi_buffer_repeat(page->out, " ", gutter - 2);
    mtmi_page_text(page, "| ");
    mtmi_page_paint(page, entry->error ? MTMI_PAGE_RED : MTMI_PAGE_YELLOW);
    mtmi_buffer_repeat(page->out, " ", at);
    mtmi_page_text(page, "^");
    mtmi_page_paint(page, MTMI_PAGE_PLAIN);
    mtmi_page_text(page, "\n");
}

/* How many diagnostics of each code there were in the file at hand. */
typedef struct tally {
    int64_t n[2][CODES];
} tally;

static int64_t *place_in(tally *counts, const mtmi_check_entry *entry) {
    return &counts->n[entry->error != 0][entry->code < 0 || entry->code >= CODES ? 0 : entry->code];
}

static void write_left_out(const mtmi_page *page, tally *counts) {
    for (int error = 1; error >= 0; error--) {
        for (int code = 0; code < CODES; code++) {
            if (counts->n[error][code] > ALIKE_SHOWN) {
                mtmi_check_entry entry = {0};
                char name[MTMI_CHECK_CODE];
                entry.error = error;
                entry.code = code;
                mtmi_check_code(&entry, name);
                mtmi_buffer_format(page->out, "... and %lld more of %s\n",
                                   (long long)(counts->n[error][code] - ALIKE_SHOWN), name);
            }
        }
    }
    memset(counts, 0, sizeof *counts);
}

static void write_diagnostics(const mtmi_page *page, const mtm_check *check) {
    int64_t lost = check->errors + check->notes - (int64_t)check->n_entries;
    tally counts;
    memset(&counts, 0, sizeof counts);
    for (size_t i = 0; i < check->n_entries; i++) {
        const mtmi_check_entry *entry = &check->entries[i];
        if (i > 0 && entry->file != check->entries[i - 1].file) {
            write_left_out(page, &counts);
        }
        if (++*place_in(&counts, entry) > ALIKE_SHOWN) {
            continue;
        }
        mtmi_page_text(page, i == 0 ? "\n" : "");
        write_head(page, entry);
        if (entry->text[0] != '\0' && entry->line > 0) {
            write_line(page, entry);
        }
    }
    write_left_out(page, &counts);
    if (lost > 0) {
        mtmi_page_text(page, "... and ");
        mtmi_page_count(page, lost, "more that was", "more that were");
        mtmi_page_text(page, " counted and not kept\n");
    }
}

void mtmi_check_text(const mtm_check *check, int width, int colour, mtmi_buffer *out) {
    mtmi_page page = {out, width == 0 ? 80 : width < 40 ? 40 : (size_t)width, colour};
    mtmi_page_paint(&page, MTMI_PAGE_BOLD);
    mtmi_page_foreign(&page, check->title, 1000);
    mtmi_page_paint(&page, MTMI_PAGE_PLAIN);
    mtmi_page_text(&page, ": ");
    mtmi_page_verdict(&page, check);
    mtmi_page_text(&page, "\n");
    for (size_t i = 0; i < check->n_files; i++) {
        if (check->package) {
            mtmi_page_text(&page, "\n");
            mtmi_page_paint(&page, MTMI_PAGE_BOLD);
            mtmi_page_foreign(&page, check->files[i].name, page.width);
            mtmi_page_paint(&page, MTMI_PAGE_PLAIN);
            mtmi_page_text(&page, "\n");
        }
        mtmi_page_summary(&page, &check->files[i]);
        mtmi_page_picture(&page, &check->files[i]);
    }
    write_diagnostics(&page, check);
}
