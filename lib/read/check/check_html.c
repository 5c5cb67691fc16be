/* Writes a check as a page: the verdict, what was read, the rows with each cell marked by what it was taken for, and every
 * diagnostic, linked to its row. Static: no script, nothing from elsewhere. The classes are told by a letter too, so that
 * nothing depends on colour. */
#include "read/check/check_page.h"

#include <string.h>

static const char *const classes[MTMI_CELL_CLASSES] = {"", "h", "p", "l", "f", "t", "n", "u", "o"};
static const char *const kinds[MTMI_SHOWN_KINDS] = {"blank", "head", "data", "sum", "part", "apart", "bad", "unread"};

/* clang-format off */
static const char style[] =
    ":root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--soft:#f4f6f8;--line:#d5dae0;--dim:#59636e;--bad:#b3261e;"
    "--h:#e3e7ec;--p:#d3ecf6;--l:#dcf0dc;--f:transparent;--t:#eadcf5;--n:#f6f1df;--u:#fde3c3;--o:transparent}"
    "@media(prefers-color-scheme:dark){:root{--ink:#e6e9ed;--paper:#14171b;--soft:#1c2026;--line:#3a414a;--dim:#9aa5b1;"
    "--bad:#ff8a80;--h:#2c333c;--p:#123f50;--l:#1d3f25;--t:#3f2a53;--n:#3a351f;--u:#523719}}"
    "body{font:15px/1.5 system-ui,sans-serif;margin:0 auto;padding:1.5rem;max-width:80rem;color:var(--ink);background:var(--paper)}"
    "h1{font-size:1.35rem;margin:0 0 .25rem;overflow-wrap:anywhere}h2{font-size:1.1rem;margin:2rem 0 .5rem;overflow-wrap:anywhere}"
    ".verdict{margin:0 0 1rem;font-weight:600}.error,.rejected-rows{color:var(--bad)}"
    "pre{background:var(--soft);padding:.75rem 1rem;overflow-x:auto;font:13px/1.5 ui-monospace,monospace;border-radius:6px}"
    ".legend{display:flex;flex-wrap:wrap;gap:.35rem;list-style:none;padding:0;margin:.5rem 0;font-size:13px}"
    ".legend li{padding:.1rem .6rem;border:1px solid var(--line);border-radius:4px}"
    ".sheet{overflow:auto;max-height:36rem;border:1px solid var(--line);border-radius:6px}"
    "table{border-collapse:collapse;font-size:13px}td,th{padding:.2rem .55rem;border:1px solid var(--line);text-align:left;"
    "vertical-align:top;max-width:22rem;overflow-wrap:anywhere}"
    "th[scope=row],thead th{background:var(--soft);color:var(--dim);font-weight:400;white-space:nowrap;position:sticky}"
    "th[scope=row]{left:0}thead th{top:0;z-index:1}"
    ".h{background:var(--h);font-weight:600}.p{background:var(--p)}.l{background:var(--l)}"
    ".f,.t{text-align:right;font-variant-numeric:tabular-nums}.t{background:var(--t)}.n{background:var(--n)}"
    ".u{background:var(--u)}.o{color:var(--dim);font-style:italic}"
    ".bad th{color:var(--bad);font-weight:600}.bad td{box-shadow:inset 0 2px var(--bad),inset 0 -2px var(--bad)}"
    ".bad td.wrong{outline:2px solid var(--bad);outline-offset:-2px;font-weight:600}tr:target th{outline:2px solid currentColor}"
    ".more{color:var(--dim);font-size:13px}ol{padding-left:1.5rem}ol li{margin:.35rem 0;overflow-wrap:anywhere}"
    "code{font:13px ui-monospace,monospace}a{color:inherit}";
/* clang-format on */

/* As a terminal shows it - what cannot be seen is written as \x1B - and then as markup. */
static void escape(mtmi_buffer *out, const char *text) {
    mtmi_buffer plain = MTMI_BUFFER_INIT;
    (void)mtmi_check_line(text, 0, (size_t)1 << 20, &plain);
    for (const char *c = plain.data; c != NULL && *c != '\0'; c++) {
        switch (*c) {
        case '&': mtmi_buffer_text(out, "&amp;"); break;
        case '<': mtmi_buffer_text(out, "&lt;"); break;
        case '>': mtmi_buffer_text(out, "&gt;"); break;
        case '"': mtmi_buffer_text(out, "&quot;"); break;
        default: mtmi_buffer_char(out, *c);
        }
    }
    out->failed |= plain.failed;
    mtmi_buffer_free(&plain);
}

static void write_text(mtmi_buffer *out, const mtmi_picture *picture, const mtmi_shown_cell *cell) {
    char text[MTMI_PICTURE_TEXT * 3 + 8];
    size_t n = cell->length < sizeof text - 1 ? cell->length : sizeof text - 1;
    memcpy(text, picture->text.data + cell->text, n);
    text[n] = '\0';
    escape(out, text);
}

static void write_legend(mtmi_buffer *out) {
    mtmi_buffer_text(out, "<ul class=\"legend\" aria-label=\"What the colours mean\">");
    for (int kind = MTMI_CELL_HEADER; kind < MTMI_CELL_CLASSES; kind++) {
        mtmi_buffer_format(out, "<li class=\"%s\">%s</li>", classes[kind], mtmi_cell_class_name((mtmi_cell_class)kind));
    }
    mtmi_buffer_text(out, "</ul>\n");
}

static void write_row(mtmi_buffer *out, const mtmi_picture *picture, size_t file, const mtmi_shown_row *row,
                      size_t columns) {
    const char *name = mtmi_shown_kind_name(row->kind);
    mtmi_buffer_format(out, "<tr class=\"%s\" id=\"f%zu-%lld\"><th scope=\"row\">%lld</th><th scope=\"row\">%s</th>",
                       kinds[row->kind], file, (long long)row->line, (long long)row->line, name);
    for (size_t k = 0; k < columns; k++) {
        const mtmi_shown_cell *cell = k < row->n ? &picture->cells[row->first + k] : NULL;
        unsigned char kind = cell != NULL ? cell->kind : MTMI_CELL_BLANK;
        int wrong = row->wrong == (int)k;
        if (row->all == 1 && row->n == 1 && columns > 1) { /* a title, or a row that was not cut */
            mtmi_buffer_format(out, "<td class=\"%s\" title=\"%s\" colspan=\"%zu\">", classes[kind],
                               mtmi_cell_class_name((mtmi_cell_class)kind), columns);
            k = columns;
        } else if (kind == MTMI_CELL_BLANK && !wrong) {
            mtmi_buffer_text(out, "<td>");
        } else {
            mtmi_buffer_format(out, "<td class=\"%s%s\" title=\"%s\">", classes[kind], wrong ? " wrong" : "",
                               wrong ? "refused" : mtmi_cell_class_name((mtmi_cell_class)kind));
        }
        if (cell != NULL) {
            write_text(out, picture, cell);
        }
        mtmi_buffer_text(out, "</td>");
    }
    mtmi_buffer_text(out, "</tr>\n");
}

static void write_picture(mtmi_buffer *out, const mtmi_check_file *file, size_t number) {
    const mtmi_picture *picture = &file->picture;
    size_t columns = 1;
    for (size_t i = 0; i < picture->n_rows; i++) {
        columns = picture->rows[i].n > columns ? picture->rows[i].n : columns;
    }
    write_legend(out);
    mtmi_buffer_text(out,
                     "<div class=\"sheet\" tabindex=\"0\" role=\"region\" aria-label=\"Rows of the file\"><table>\n"
                     "<thead><tr><th scope=\"col\">line</th><th scope=\"col\">row</th>");
    for (size_t k = 1; k <= columns; k++) {
        mtmi_buffer_format(out, "<th scope=\"col\">%zu</th>", k);
    }
    mtmi_buffer_text(out, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < picture->n_rows; i++) {
        write_row(out, picture, number, &picture->rows[i], columns);
    }
    mtmi_buffer_text(out, "</tbody></table></div>\n");
    if (picture->seen > (int64_t)picture->n_rows) {
        mtmi_buffer_format(
            out,
            "<p class=\"more\">%zu of %lld rows are shown: the first ones, and those that are no plain data."
            "</p>\n",
            picture->n_rows, (long long)picture->seen);
    }
}

static void write_file(mtmi_buffer *out, const mtmi_check_file *file, size_t number, int package) {
    mtmi_buffer summary = MTMI_BUFFER_INIT;
    mtmi_page page = {&summary, 100, 0};
    mtmi_buffer_text(out, "<h2>");
    escape(out, package ? file->name : "What was read");
    mtmi_buffer_text(out, "</h2>\n<pre>");
    mtmi_page_summary(&page, file);
    for (char *line = summary.data, *end; line != NULL && *line != '\0'; line = end + 1) {
        end = strchr(line, '\n');
        *end = '\0';
        escape(out, line);
        mtmi_buffer_char(out, '\n');
    }
    mtmi_buffer_text(out, "</pre>\n");
    out->failed |= summary.failed;
    mtmi_buffer_free(&summary);
    if (file->confidential || file->events) {
        mtmi_buffer_text(
            out, "<p class=\"more\">The file is confidential, or of persons or events: its rows are not shown.</p>\n");
    } else if (file->picture.n_rows > 0) {
        write_picture(out, file, number);
    }
}

static int is_shown(const mtm_check *check, const mtmi_check_entry *entry) {
    const mtmi_picture *picture = entry->file < check->n_files ? &check->files[entry->file].picture : NULL;
    for (size_t i = 0; picture != NULL && i < picture->n_rows; i++) {
        if (picture->rows[i].line == entry->line) {
            return 1;
        }
    }
    return 0;
}

static void write_place(mtmi_buffer *out, const mtm_check *check, const mtmi_check_entry *entry) {
    int linked = entry->line > 0 && is_shown(check, entry);
    if (linked) {
        mtmi_buffer_format(out, "<a href=\"#f%zu-%lld\">", entry->file, (long long)entry->line);
    }
    escape(out, entry->subject);
    if (entry->line > 0) {
        mtmi_buffer_format(out, ":%lld", (long long)entry->line);
    }
    if (entry->line > 0 && entry->column > 0) {
        mtmi_buffer_format(out, ":%lld", (long long)entry->column);
    }
    mtmi_buffer_text(out, linked ? "</a>" : "");
}

static void write_diagnostics(mtmi_buffer *out, const mtm_check *check) {
    size_t listed = 0;
    if (check->n_entries == 0) {
        return;
    }
    mtmi_buffer_text(out, "<h2>What was refused or assumed</h2>\n<ol>\n");
    for (size_t i = 0; i < check->n_entries && listed < MTMI_CHECK_KEPT; i++, listed++) {
        const mtmi_check_entry *entry = &check->entries[i];
        mtmi_buffer reason = MTMI_BUFFER_INIT;
        char code[MTMI_CHECK_CODE];
        mtmi_check_code(entry, code);
        mtmi_check_reason(entry, &reason);
        mtmi_buffer_format(out, "<li><strong%s>%s</strong> <code>%s</code> ", entry->error ? " class=\"error\"" : "",
                           entry->error ? "error" : "note", code);
        write_place(out, check, entry);
        mtmi_buffer_text(out, ": ");
        escape(out, reason.data != NULL ? reason.data : "");
        mtmi_buffer_text(out, "</li>\n");
        out->failed |= reason.failed;
        mtmi_buffer_free(&reason);
    }
    mtmi_buffer_text(out, "</ol>\n");
    if (check->errors + check->notes > (int64_t)listed) {
        mtmi_buffer_format(out, "<p class=\"more\">... and %lld more that were counted and are not listed.</p>\n",
                           (long long)(check->errors + check->notes - (int64_t)listed));
    }
}

void mtmi_check_html(const mtm_check *check, mtmi_buffer *out) {
    mtmi_page verdict = {out, 80, 0};
    mtmi_buffer_text(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                          "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>Check of ");
    escape(out, check->title);
    mtmi_buffer_text(out, "</title>\n<style>");
    mtmi_buffer_text(out, style);
    mtmi_buffer_text(out, "</style>\n</head>\n<body>\n<main>\n<h1>");
    escape(out, check->title);
    mtmi_buffer_format(out, "</h1>\n<p class=\"verdict %s\">", mtmi_outcome_name(mtm_check_outcome(check)));
    mtmi_page_verdict(&verdict, check);
    mtmi_buffer_text(out, "</p>\n");
    for (size_t i = 0; i < check->n_files; i++) {
        write_file(out, &check->files[i], i, check->package);
    }
    write_diagnostics(out, check);
    mtmi_buffer_text(out, "</main>\n</body>\n</html>\n");
}
