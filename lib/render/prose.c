/* Reads the subset of Markdown that free text of a package may have (after CommonMark 0.31, sections 4.8, 5.2, 6.2, 6.3),
 * and writes it as HTML or as plain text. Marks without a partner are text; nesting ends at DEPTH_MOST. */
#include "render/prose.h"

#include "render/escape.h"
#include "render/page.h"

#include <string.h>

#define DEPTH_MOST 4

/* ---- blocks ---- */

static size_t line_length(const char *at) {
    return strcspn(at, "\r\n");
}

static const char *next_line(const char *at) {
    at += line_length(at);
    return at[0] == '\r' && at[1] == '\n' ? at + 2 : at[0] != '\0' ? at + 1 : at;
}

static int is_empty(const char *at) {
    return strspn(at, " \t") >= line_length(at);
}

/* How long the mark is that begins an item or a heading; 0 where the line continues what is before it. */
static size_t mark_of(const char *at, mtmi_prose_kind *kind) {
    size_t blanks = strspn(at, " "), n = strspn(at + blanks, "#");
    *kind = MTMI_PROSE_PARAGRAPH;
    if (n > 0 && n <= 6 && at[blanks + n] == ' ') {
        *kind = MTMI_PROSE_HEADING;
        return blanks + n + 1;
    }
    if ((at[blanks] == '-' || at[blanks] == '*') && at[blanks + 1] == ' ') {
        *kind = MTMI_PROSE_ITEM;
        return blanks + 2;
    }
    return 0;
}

static void add_line(mtmi_buffer *text, const char *at) {
    size_t blanks = strspn(at, " \t"), length = line_length(at);
    mtmi_buffer_text(text, text->size > 0 ? " " : "");
    mtmi_buffer_add(text, at + blanks, length > blanks ? length - blanks : 0);
}

int mtmi_prose_next(const char **at, mtmi_prose_block *block) {
    mtmi_prose_kind kind;
    const char *line = *at;
    while (*line != '\0' && is_empty(line)) {
        line = next_line(line);
    }
    mtmi_buffer_clear(&block->text);
    if (*line == '\0') {
        *at = line;
        return 0;
    }
    add_line(&block->text, line + mark_of(line, &block->kind));
    for (line = next_line(line); *line != '\0' && !is_empty(line) && block->kind != MTMI_PROSE_HEADING;) {
        if (mark_of(line, &kind) > 0) {
            break;
        }
        add_line(&block->text, line);
        line = next_line(line);
    }
    *at = line;
    return !block->text.failed;
}

/* ---- within a block ---- */

typedef struct writer {
    mtmi_buffer *out;
    int html;
} writer;

static void put_text(const writer *w, const char *text, size_t size) {
    mtmi_buffer slice = MTMI_BUFFER_INIT;
    mtmi_buffer_add(&slice, text, size);
    if (w->html) {
        mtmi_escape_html(w->out, slice.data);
    } else {
        mtmi_buffer_add(w->out, text, size);
    }
    w->out->failed |= slice.failed;
    mtmi_buffer_free(&slice);
}

static void put_link(const writer *w, const char *text, size_t size, const char *url, size_t url_size) {
    mtmi_buffer label = MTMI_BUFFER_INIT, address = MTMI_BUFFER_INIT;
    mtmi_buffer_add(&label, text, size);
    mtmi_buffer_add(&address, url, url_size);
    w->out->failed |= label.failed || address.failed;
    if (w->out->failed) {
        mtmi_buffer_free(&label);
        mtmi_buffer_free(&address);
        return;
    }
    if (w->html) {
        mtmi_page_link(w->out, address.data, label.data);
    } else if (strcmp(label.data, address.data) == 0) {
        mtmi_buffer_text(w->out, label.data);
    } else {
        mtmi_buffer_format(w->out, "%s (%s)", label.data, address.data);
    }
    mtmi_buffer_free(&label);
    mtmi_buffer_free(&address);
}

/* A bare address as far as it goes, without the marks that end a sentence. */
static size_t address_length(const char *at, size_t n) {
    size_t length = 0;
    if (n < 9 || (strncmp(at, "http://", 7) != 0 && strncmp(at, "https://", 8) != 0)) {
        return 0;
    }
    while (length < n && (unsigned char)at[length] > ' ' && strchr("<>()[]\"'\\`", at[length]) == NULL) {
        length++;
    }
    while (length > 0 && strchr(".,;:!?*", at[length - 1]) != NULL) {
        length--;
    }
    return length > 8 ? length : 0;
}

static const char *find_mark(const char *at, const char *end, const char *mark) {
    size_t n = strlen(mark);
    for (; at + n <= end; at++) {
        if (*at == '\\') {
            at++;
        } else if (memcmp(at, mark, n) == 0) {
            return at;
        }
    }
    return NULL;
}

static void put_spans(const writer *w, const char *at, const char *end, int depth);

/* "[text](https://...)": what it takes, 0 for none. */
static size_t link_at(const writer *w, const char *at, const char *end) {
    const char *close = *at == '[' ? find_mark(at + 1, end, "](") : NULL;
    const char *last = close != NULL ? find_mark(close + 2, end, ")") : NULL;
    if (last == NULL || close == at + 1 ||
        address_length(close + 2, (size_t)(last - close) - 2) != (size_t)(last - close) - 2) {
        return 0;
    }
    put_link(w, at + 1, (size_t)(close - at) - 1, close + 2, (size_t)(last - close) - 2);
    return (size_t)(last - at) + 1;
}

/* "**strong**", "*emphasis*": what it takes, 0 for none. */
static size_t emphasis_at(const writer *w, const char *at, const char *end, int depth) {
    const char *mark = end - at > 2 && at[0] == '*' && at[1] == '*' ? "**" : "*";
    size_t n = strlen(mark);
    const char *close = *at == '*' && at + n < end && at[n] != ' ' ? find_mark(at + n, end, mark) : NULL;
    if (close == NULL || close == at + n || close[-1] == ' ' || depth >= DEPTH_MOST) {
        return 0;
    }
    mtmi_buffer_text(w->out, !w->html ? "" : n == 2 ? "<strong>" : "<em>");
    put_spans(w, at + n, close, depth + 1);
    mtmi_buffer_text(w->out, !w->html ? "" : n == 2 ? "</strong>" : "</em>");
    return (size_t)(close - at) + n;
}

static void put_spans(const writer *w, const char *at, const char *end, int depth) {
    for (size_t taken; at < end; at += taken) {
        size_t plain = strcspn(at, "\\*[h");
        plain = at + plain < end ? plain : (size_t)(end - at);
        put_text(w, at, plain);
        at += plain;
        taken = 0;
        if (at == end) {
            break;
        }
        if (*at == '\\' && at + 1 < end && strchr("\\*[]()#-_", at[1]) != NULL) {
            put_text(w, at + 1, 1);
            taken = 2;
        } else if ((taken = link_at(w, at, end)) == 0 && (taken = emphasis_at(w, at, end, depth)) == 0) {
            taken = address_length(at, (size_t)(end - at));
            if (taken > 0) {
                put_link(w, at, taken, at, taken);
            } else {
                put_text(w, at, taken = 1);
            }
        }
    }
}

void mtmi_prose_html(mtmi_buffer *out, const char *text) {
    const writer w = {out, 1};
    if (text != NULL) {
        put_spans(&w, text, text + strlen(text), 0);
    }
}

void mtmi_prose_plain(mtmi_buffer *out, const char *text) {
    const writer w = {out, 0};
    if (text != NULL) {
        put_spans(&w, text, text + strlen(text), 0);
    }
}

void mtmi_prose_page(mtmi_buffer *out, const char *prose, const char *heading) {
    mtmi_prose_block block = {MTMI_PROSE_PARAGRAPH, MTMI_BUFFER_INIT};
    int in_list = 0;
    while (mtmi_prose_next(&prose, &block)) {
        int item = block.kind == MTMI_PROSE_ITEM;
        const char *tag = item ? "li" : block.kind == MTMI_PROSE_HEADING ? heading : "p";
        mtmi_buffer_text(out, item == in_list ? "" : item ? "<ul>\n" : "</ul>\n");
        in_list = item;
        mtmi_buffer_format(out, "<%s>", tag);
        mtmi_prose_html(out, block.text.data);
        mtmi_buffer_format(out, "</%s>\n", tag);
    }
    mtmi_buffer_text(out, in_list ? "</ul>\n" : "");
    out->failed |= block.text.failed;
    mtmi_buffer_free(&block.text);
}
