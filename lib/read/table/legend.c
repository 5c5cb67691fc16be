/* Finds legends in the first rows of a file: marks that remarks explain, such as "-" for no event and "..." for no
 * data, and whether there are footnotes. Invariant: a mark that nothing explains means nothing here. */
#include "read/table/legend.h"

#include "base/memory.h"
#include "base/text.h"
#include "codelist/match.h"

#include <string.h>

enum { LINE = 400, SHORT_MARK = 3 };

static int is_gap(char c) {
    return c == ' ' || c == '\'' || c == '"';
}

/* "Условные обозначения: - явление отсутствует": the length of what stands before the marks, in a normalised line. */
static size_t heading_of(const char *line) {
    static const char *const words[] = {
        "условные обозначения", "условные знаки",  "обозначения",      "legend",           "symbols",
        "symbols used",         "шартты белгілер", "шарттуу белгилер", "shartli belgilar", "шартли белгилар",
        "рамзҳои шартӣ"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const size_t n = strlen(words[i]);
        if (strncmp(line, words[i], n) == 0 && line[n] == ':') {
            return n + 1 + strspn(line + n + 1, " ");
        }
    }
    return 0;
}

/* The mark that a normalised line begins with: no letters but "x", no figures; 0 for none. *rest: where its meaning begins. */
static size_t mark_of(const char *line, const char **mark, const char **rest) {
    size_t n = 0;
    int quoted;

    line += strspn(line, "(");
    quoted = *line == '\'' || *line == '"';
    *mark = line += quoted;
    while (line[n] != '\0' && !is_gap(line[n]) && n < MTMI_LEGEND_MARK - 1 && strchr("-.*:~/", line[n]) != NULL) {
        n++;
    }
    if (n == 0 && (line[0] == 'x' || line[0] == 'c') && (is_gap(line[1]) || strchr("-=:", line[1]) != NULL) &&
        line[1] != '\0') {
        n = 1;
    }
    if (n == 0 && strncmp(line, "\xD1\x85", 2) == 0 && (is_gap(line[2]) || line[2] == '-')) {
        n = 2; /* the Cyrillic letter */
    }
    if (n == 0 || n > 2 * SHORT_MARK || line[n] == '\0') {
        return 0;
    }
    *rest = line + n + strspn(line + n, " '\":;=-),");
    return **rest != '\0' ? n : 0;
}

static int kind_of(const char *meaning, mtmi_legend_kind *kind) {
    *kind = mtmi_phrase_begins(MTMI_PHRASE_ZERO, meaning)     ? MTMI_LEGEND_ZERO
            : mtmi_phrase_within(MTMI_PHRASE_HIDDEN, meaning) ? MTMI_LEGEND_HIDDEN
                                                              : MTMI_LEGEND_MISSING;
    return *kind != MTMI_LEGEND_MISSING || mtmi_phrase_within(MTMI_PHRASE_MISSING, meaning);
}

static int begins_with_footnote(const char *line) {
    size_t digits = strspn(line, "123456789");
    size_t open = strspn(line, "(");

    digits = open > 0 ? strspn(line + open, "123456789") : digits;
    return line[0] == '*' || (digits > 0 && digits < 3 && (line[open + digits] == ')' || line[open + digits] == ' '));
}

/* The text of a remark: cells of a row without figures, joined. A row that broken quotes refuse may be one too. */
static int read_line(const mtmi_row *row, char out[LINE]) {
    char joined[LINE];
    size_t n = 0, length;

    if (row->code == MTMI_CODE_QUOTE) {
        length = row->record_size < LINE / 2 ? row->record_size : LINE / 2;
        while (length > 0 && strchr(";,\t ", row->record[length - 1]) != NULL) {
            length--;
        }
        length = mtmi_text_normalise(row->record, mtmi_text_valid(row->record, length), out, LINE);
        return length > 0 && length < LINE;
    }
    if (row->code != 0 || row->n_filled == 0 || row->n_filled > 2) {
        return 0;
    }
    for (size_t i = 0; i < row->n_cells; i++) {
        mtmi_cell cell = row->trimmed[i];
        if (cell.length == 0) {
            continue;
        }
        if (n + cell.length + 2 > sizeof joined || mtmi_row_is_number(row, i)) {
            return 0;
        }
        memcpy(joined + n, cell.text, cell.length);
        n += cell.length;
        joined[n++] = cell.length > 2 * SHORT_MARK ? ';' : ' '; /* a mark, and its meaning in the next cell */
    }
    length = mtmi_text_normalise(joined, n, out, LINE);
    return length > 0 && length < LINE;
}

/* Several explanations may stand in one line: "- явление отсутствует; ... нет данных". */
static void read_entries(const char *line, int64_t at, mtmi_legend *out) {
    const char *mark, *rest;
    mtmi_legend_kind kind;

    for (line += heading_of(line); line != NULL && *line != '\0' && out->n < MTMI_LEGEND_MARKS;
         line = strchr(line, ';')) {
        line += strspn(line, "; ,");
        size_t n = mark_of(line, &mark, &rest);
        if (n > 0 && kind_of(rest, &kind)) {
            struct mtmi_legend_entry *entry = &out->entries[out->n++];
            memcpy(entry->mark, mark, n);
            entry->mark[n] = '\0';
            entry->kind = kind;
            entry->line = at;
        }
    }
}

/* What most rows of data begin with no legend does: letters and digits. */
static int may_begin(const mtmi_row *row) {
    const char *text = row->record;
    size_t n = row->record_size;

    while (n > 0 && strchr(";,\t ", *text) != NULL) {
        text++;
        n--;
    }
    return n > 0 &&
           (strchr("-.*:~/xc('\"\xE2\xD1\xC2", *text) != NULL || memchr(text, ':', n < LINE ? n : LINE) != NULL);
}

int mtmi_legend_row(const mtmi_row *row) {
    char line[LINE];
    mtmi_legend found = {0};

    if (!may_begin(row) || !read_line(row, line)) {
        return 0;
    }
    read_entries(line, row->line, &found);
    return found.n > 0;
}

static void add_convention(mtmi_legend *out, const char *mark, mtmi_legend_kind kind) {
    if (out->n < MTMI_LEGEND_MARKS) {
        memcpy(out->entries[out->n].mark, mark, strlen(mark) + 1);
        out->entries[out->n].kind = kind;
        out->entries[out->n++].line = 0;
    }
}

/* Publishers whose marks are documented and who are known by the names of their columns. */
static void find_conventions(const mtmi_header *header, mtmi_legend *out) {
    int asylum = 0, refugees = 0, eurostat = 0;

    for (size_t i = 0; i < header->n_names; i++) {
        char name[LINE];
        size_t n = mtmi_text_normalise(header->names[i], strlen(header->names[i]), name, sizeof name);
        if (n == 0 || n >= sizeof name) {
            continue;
        }
        asylum += strstr(name, "asylum") != NULL || strcmp(name, "origin") == 0;
        refugees += strncmp(name, "refugees", 8) == 0 || strncmp(name, "asylum-seekers", 14) == 0;
        eurostat += strcmp(name, "geo") == 0 || strncmp(name, "geo (", 5) == 0 || strstr(name, " geo (") != NULL ||
                    strcmp(name, "geo/time") == 0 || strcmp(name, "time/geo") == 0 || strcmp(name, "geo time") == 0;
    }
    if (asylum > 0 && refugees > 0) {
        add_convention(out, "*", MTMI_LEGEND_HIDDEN);  /* UNHCR: one to four persons */
        add_convention(out, "-", MTMI_LEGEND_MISSING); /* UNHCR's Population Data Finder: not collected */
    }
    if (eurostat > 0) {
        add_convention(out, ":", MTMI_LEGEND_MISSING);
    }
}

void mtmi_legend_find(const mtmi_preview *head, const mtmi_header *header, mtmi_legend *out) {
    char line[LINE];

    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < head->n; i++) {
        const mtmi_row *row = &head->rows[i];
        if ((i >= header->first && i < header->data) || !read_line(row, line)) {
            continue;
        }
        read_entries(line, row->line, out);
        out->footnotes |= begins_with_footnote(line) && strlen(line) > 4;
    }
    find_conventions(header, out);
}

static int is_declared(const mtmi_number_style *style, const char *mark) {
    const mtmi_marks *lists[] = {&style->missing, &style->zero, &style->not_applicable, &style->not_available};

    for (size_t k = 0; k < 4; k++) {
        for (size_t i = 0; i < lists[k]->n; i++) {
            if (strcmp(lists[k]->marks[i], mark) == 0) {
                return 1;
            }
        }
    }
    return 0;
}

static char **extend(const mtmi_marks *marks) {
    char **out = mtmi_memory_new(marks->n + MTMI_LEGEND_MARKS, sizeof *out);

    if (out != NULL && marks->n > 0) {
        memcpy(out, marks->marks, marks->n * sizeof *out);
    }
    return out;
}

int mtmi_legend_apply(const mtmi_legend *legend, const mtmi_number_style *base, mtmi_legend_style *out) {
    out->style = *base;
    out->style.footnotes |= legend->footnotes;
    out->zero = extend(&base->zero);
    out->missing = extend(&base->not_available);
    out->hidden = extend(&base->hidden);
    if (out->zero == NULL || out->missing == NULL || out->hidden == NULL) {
        return 0;
    }
    out->style.zero.marks = out->zero;
    out->style.not_available.marks = out->missing;
    out->style.hidden.marks = out->hidden;
    for (size_t i = 0; i < legend->n; i++) {
        mtmi_marks *list = legend->entries[i].kind == MTMI_LEGEND_ZERO     ? &out->style.zero
                           : legend->entries[i].kind == MTMI_LEGEND_HIDDEN ? &out->style.hidden
                                                                           : &out->style.not_available;
        if (!is_declared(base, legend->entries[i].mark)) {
            list->marks[list->n++] = (char *)(uintptr_t)legend->entries[i].mark;
        }
    }
    return 1;
}

void mtmi_legend_style_free(mtmi_legend_style *style) {
    mtmi_memory_free(style->zero);
    mtmi_memory_free(style->missing);
    mtmi_memory_free(style->hidden);
    style->zero = style->missing = style->hidden = NULL;
}

static int is_digit(char c) {
    return c >= '1' && c <= '9';
}

/* The length of the footnote mark at the end of a text; 0 for none, and where it is all that there is. */
static size_t mark_at_end(const char *text, size_t n) {
    static const char *const marks[] = {"*", "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "⁽", "⁾", "†"};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const size_t size = strlen(marks[i]);
        if (n > size && memcmp(text + n - size, marks[i], size) == 0) {
            return size;
        }
    }
    return 0;
}

size_t mtmi_legend_cut(const char *text, size_t length) {
    size_t n = length;

    for (size_t mark = mark_at_end(text, n); mark > 0; mark = mark_at_end(text, n)) {
        n -= mark;
    }
    if (n > 2 && text[n - 1] == ')' && is_digit(text[n - 2])) {
        n -= 2;
        n -= n > 1 && text[n - 1] == '(';
    }
    while (n > 0 && text[n - 1] == ' ') {
        n--;
    }
    return n > 0 ? n : length;
}
