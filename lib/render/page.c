/* Pieces of HTML pages without script that load nothing. */
#include "render/page.h"

#include "base/hash.h"
#include "render/escape.h"

#include <string.h>

extern const unsigned char mtmi_page_css[]; /* of page.css */
extern const size_t mtmi_page_css_size;

static void put_base64(mtmi_buffer *out, const unsigned char *bytes, size_t size) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < size; i += 3) {
        size_t n = size - i < 3 ? size - i : 3;
        uint32_t group =
            (uint32_t)bytes[i] << 16 | (n > 1 ? (uint32_t)bytes[i + 1] << 8 : 0) | (n > 2 ? bytes[i + 2] : 0);
        for (size_t k = 0; k < 4; k++) {
            mtmi_buffer_char(out, k <= n ? digits[group >> (18 - 6 * k) & 63] : '=');
        }
    }
}

static void put_policy(mtmi_buffer *out) {
    mtmi_sha256 hash;
    unsigned char digest[32];
    mtmi_sha256_start(&hash);
    mtmi_sha256_add(&hash, mtmi_page_css, mtmi_page_css_size);
    mtmi_sha256_finish(&hash, digest);
    mtmi_buffer_text(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                          "base-uri 'none'; form-action 'none'; style-src 'sha256-");
    put_base64(out, digest, sizeof digest);
    mtmi_buffer_text(out, "'\">\n");
}

void mtmi_page_begin(mtmi_buffer *out, const char *language, const char *title, const char *description) {
    mtmi_buffer_format(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", language);
    put_policy(out);
    mtmi_buffer_text(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                          "<meta name=\"color-scheme\" content=\"light dark\">\n"
                          "<meta name=\"referrer\" content=\"no-referrer\">\n");
    mtmi_page_element(out, "title", NULL, title);
    mtmi_buffer_text(out, "\n<meta name=\"description\" content=\"");
    mtmi_escape_html(out, description);
    mtmi_buffer_text(out, "\">\n<style>");
    mtmi_buffer_add(out, (const char *)mtmi_page_css, mtmi_page_css_size);
    mtmi_buffer_text(out, "</style>\n</head>\n<body>\n");
}

void mtmi_page_end(mtmi_buffer *out) {
    mtmi_buffer_text(out, "</body>\n</html>\n");
}

void mtmi_page_element(mtmi_buffer *out, const char *tag, const char *name, const char *text) {
    mtmi_buffer_format(out, name != NULL ? "<%s class=\"%s\">" : "<%s>", tag, name);
    mtmi_escape_html(out, text);
    mtmi_buffer_format(out, "</%s>", tag);
}

void mtmi_page_section(mtmi_buffer *out, const char *id, const char *title) {
    mtmi_buffer_format(out, "<section id=\"%s\" aria-labelledby=\"%s-title\">\n<h2 id=\"%s-title\">", id, id, id);
    mtmi_escape_html(out, title);
    mtmi_buffer_text(out, "</h2>\n");
}

void mtmi_page_change(mtmi_buffer *out, int sign, const char *percent, const char *against) {
    const char *arrow = sign > 0 ? "\xE2\x96\xB2 " : sign < 0 ? "\xE2\x96\xBC " : "";
    mtmi_buffer_format(out, "<span class=\"change\"><b><span aria-hidden=\"true\">%s</span>", arrow);
    mtmi_escape_html(out, percent);
    mtmi_buffer_text(out, "</b> (");
    mtmi_escape_html(out, against);
    mtmi_buffer_text(out, ")</span>\n");
}

void mtmi_page_link(mtmi_buffer *out, const char *url, const char *text) {
    int link = mtmi_escape_is_link(url);
    if (link) {
        mtmi_buffer_text(out, "<a href=\"");
        mtmi_escape_html(out, url);
        mtmi_buffer_text(out, "\">");
    }
    mtmi_escape_html(out, text);
    mtmi_buffer_text(out, link ? "</a>" : "");
}

static void put_cell(mtmi_buffer *out, const mtmi_table *table, size_t row, size_t column) {
    const char *tag = row == 0 || column == 0 ? "th" : "td";
    const char *scope = row == 0 ? " scope=\"col\"" : column == 0 ? " scope=\"row\"" : "";
    const char *text = mtmi_table_at(table, row, column);
    if (row == 0 && text[0] == '\0') { /* a heading of nothing is no heading */
        mtmi_buffer_text(out, "<td></td>");
        return;
    }
    mtmi_buffer_format(out, "<%s%s%s>", tag, scope, table->numeric[column] ? " class=\"n\"" : "");
    mtmi_escape_html(out, text);
    mtmi_buffer_format(out, "</%s>", tag);
}

static void put_row(mtmi_buffer *out, const mtmi_table *table, size_t row) {
    mtmi_table_row_kind kind = mtmi_table_kind(table, row);
    mtmi_buffer_text(out, kind == MTMI_ROW_REST     ? "<tr class=\"rest\">"
                          : kind == MTMI_ROW_MARKED ? "<tr class=\"now\">"
                                                    : "<tr>");
    for (size_t c = 0; c < table->n_columns; c++) {
        put_cell(out, table, row, c);
    }
    mtmi_buffer_text(out, "</tr>\n");
}

void mtmi_page_table(mtmi_buffer *out, const mtmi_table *table, const char *id, const char *caption,
                     const char *detail) {
    mtmi_buffer_format(out,
                       "<div class=\"wide\" role=\"group\" tabindex=\"0\" aria-labelledby=\"%s\">\n<table>\n"
                       "<caption id=\"%s\">",
                       id, id);
    mtmi_escape_html(out, caption);
    if (detail != NULL && detail[0] != '\0') {
        mtmi_buffer_text(out, " ");
        mtmi_page_element(out, "span", NULL, detail);
    }
    mtmi_buffer_text(out, "</caption>\n<thead>\n");
    for (size_t r = 0; r < table->n_rows; r++) {
        mtmi_buffer_text(out, r == 1 ? "</thead>\n<tbody>\n" : "");
        put_row(out, table, r);
    }
    mtmi_buffer_text(out, table->n_rows > 1 ? "</tbody>\n</table>\n</div>\n" : "</thead>\n</table>\n</div>\n");
    out->failed |= mtmi_table_failed(table);
}
