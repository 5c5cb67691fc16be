/* Searches the dialect of a file whose words nobody knows, by the data consistency of van den Burg, Nazabal and Sutton
 * (2019; dialect_search.h has the reference). A delimiter or quote that scores nearly like another is not chosen. */
#include "read/csv/dialect_search.h"

#include "base/text.h"

#include <string.h>

enum { ROWS = 200, WIDTHS = 64, SEARCHED = 64 << 10 };

/* One reading of the text. */
struct form {
    char delimiter, quote, escape;
    int has_escape, skip_space;
};

/* How the text falls apart under it. */
struct measure {
    size_t rows, broken, cells, typed, split, spaced,
        gaps; /* gaps: cells after a delimiter; spaced: with a space there */
    size_t widths[WIDTHS], counts[WIDTHS], n_widths;
};

static int is_mark(unsigned char c) {
    return c != 0 && strchr(",;\t|", c) != NULL;
}

static int is_letter(unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

static int has_other_marks(const char *cell, size_t n) {
    return memchr(cell, ';', n) != NULL || memchr(cell, '\t', n) != NULL || memchr(cell, '|', n) != NULL;
}

/* Whether a cell looks like one value: figures and their marks, or words without a delimiter among them. */
static int is_typed(const char *cell, size_t n) {
    size_t letters = 0, digits = 0, marks = 0, quotes = 0;

    cell = mtmi_text_trim(cell, &n);
    if (n >= 2 && (cell[0] == '\'' || cell[0] == '"') && cell[n - 1] == cell[0]) {
        return 0; /* a quote that this reading leaves in the cell */
    }
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)cell[i];
        digits += c >= '0' && c <= '9';
        letters += (size_t)is_letter(c);
        marks += (size_t)is_mark(c);
        quotes += c == '"';
    }
    if (letters > 0 || digits == 0) {
        return marks == 0 && quotes == 0;
    }
    return !has_other_marks(cell, n);
}

static void count_width(struct measure *out, size_t width) {
    size_t i = 0;

    while (i < out->n_widths && out->widths[i] != width) {
        i++;
    }
    if (i == WIDTHS) {
        return;
    }
    out->n_widths += i == out->n_widths;
    out->widths[i] = width;
    out->counts[i]++;
}

static int is_line_end(char c) {
    return c == '\n' || c == '\r';
}

/* Past a quoted cell that opens at `at`. *ok 0: it is never closed, or text stands after the quote that closes it. */
static size_t pass_quoted(const struct form *form, const char *text, size_t size, size_t at, int *ok) {
    for (at++; at < size; at++) {
        if (form->has_escape && text[at] == form->escape && at + 1 < size && text[at + 1] == form->quote) {
            at++;
        } else if (text[at] == form->quote && at + 1 < size && text[at + 1] == form->quote) {
            at++;
        } else if (text[at] == form->quote) {
            at++;
            *ok = at >= size || is_line_end(text[at]) || text[at] == form->delimiter;
            return at;
        }
    }
    *ok = 0;
    return at;
}

/* One cell, from `at` to the delimiter or line end after it. */
static size_t pass_cell(const struct form *form, const char *text, size_t size, size_t at, struct measure *out,
                        int *ok) {
    size_t start = at;

    if (form->skip_space && at < size && text[at] == ' ') {
        start = ++at;
    }
    if (at < size && text[at] == form->quote) {
        size_t end = pass_quoted(form, text, size, at, ok);
        if (*ok) {
            out->typed++;
            return end;
        }
        out->broken++;
        while (at < size && !is_line_end(text[at])) { /* what follows is not cut any further */
            at++;
        }
        return at;
    }
    while (at < size && !is_line_end(text[at]) && text[at] != form->delimiter) {
        at++;
    }
    out->typed += (size_t)is_typed(text + start, at - start);
    return at;
}

static size_t pass_row(const struct form *form, const char *text, size_t size, size_t at, struct measure *out) {
    size_t width = 0;
    int ok = 1;

    for (;;) {
        int spaced = at < size && text[at] == ' ';
        out->gaps += width > 0 && at < size && !is_line_end(text[at]) && text[at] != form->delimiter;
        out->spaced += width > 0 && spaced;
        at = pass_cell(form, text, size, at, out, &ok);
        width++;
        if (at >= size || text[at] != form->delimiter) {
            break;
        }
        at++;
    }
    out->cells += width;
    out->split += width > 1;
    out->rows++;
    count_width(out, width);
    return at;
}

static void measure_text(const struct form *form, const char *text, size_t size, struct measure *out) {
    size_t at = 0;

    memset(out, 0, sizeof *out);
    while (at < size && out->rows < ROWS) {
        if (is_line_end(text[at])) {
            at++;
            continue;
        }
        at = pass_row(form, text, size, at, out);
    }
}

/* Regular rows of cells that look like values: 0 to 1. */
static double score_of(const struct measure *measure) {
    double sum = 0;

    for (size_t i = 0; i < measure->n_widths; i++) {
        double width = (double)measure->widths[i];
        sum += (double)measure->counts[i] * (width > 1 ? (width - 1) / width : 0.001);
    }
    if (measure->rows == 0 || measure->cells == 0) {
        return 0;
    }
    double regular = sum / (double)measure->n_widths / (double)measure->rows;
    double sound = 1 - (double)measure->broken / (double)measure->rows;
    return regular * ((double)measure->typed + 0.001) / (double)measure->cells * (sound > 0 ? sound : 0);
}

static size_t common_width(const struct measure *measure) {
    size_t best = 0;

    for (size_t i = 1; i < measure->n_widths; i++) {
        best = measure->counts[i] > measure->counts[best] ? i : best;
    }
    return measure->n_widths == 0 ? 0 : measure->widths[best];
}

size_t mtmi_dialect_quoted_cells(const char *text, size_t size, char quote) {
    size_t found = 0, opened = SIZE_MAX;

    for (size_t i = 0; i < size; i++) {
        int starts = i == 0 || is_line_end(text[i - 1]) || is_mark((unsigned char)text[i - 1]) || text[i - 1] == ' ';
        int ends =
            i + 1 == size || is_line_end(text[i + 1]) || is_mark((unsigned char)text[i + 1]) || text[i + 1] == ' ';
        if (is_line_end(text[i])) {
            opened = SIZE_MAX;
        } else if (text[i] == quote && opened == SIZE_MAX && starts) {
            opened = i;
        } else if (text[i] == quote && opened != SIZE_MAX && ends) {
            found++;
            opened = SIZE_MAX;
        }
    }
    return found;
}

/* Where this character stands before a quote: "\"" in cells. NUL serves too. */
static int has_escape(const char *text, size_t size, char escape, char quote) {
    for (size_t i = 0; i + 1 < size; i++) {
        if (text[i] == escape && text[i + 1] == quote) {
            return 1;
        }
    }
    return 0;
}

struct search {
    const char *text;
    size_t size;
    struct form best;
    struct measure measure;
    double score, rival; /* rival: the best of another delimiter */
    char rival_delimiter;
};

static void try_form(struct search *search, const struct form *form) {
    struct measure measure;

    measure_text(form, search->text, search->size, &measure);
    double score = measure.split * 10 < measure.rows * 5 ? 0 : score_of(&measure);
    if (form->skip_space && measure.spaced * 10 < measure.gaps * 9) {
        score = 0;
    }
    if (score > search->score || (score == search->score && score > 0 && form->skip_space)) {
        if (search->score > search->rival && search->best.delimiter != form->delimiter) {
            search->rival = search->score;
            search->rival_delimiter = search->best.delimiter;
        }
        search->score = score;
        search->best = *form;
        search->measure = measure;
    } else if (form->delimiter != search->best.delimiter && score > search->rival) {
        search->rival = score;
        search->rival_delimiter = form->delimiter;
    }
}

static void try_quotes(struct search *search, const mtmi_dialect *declared, struct form form) {
    static const char escapes[] = {'\\', '\0'};
    const char quotes[] = {declared->quote != 0 ? declared->quote : '"', '\''};
    size_t n = declared->quote == 0 && mtmi_dialect_quoted_cells(search->text, search->size, '\'') > 1 ? 2 : 1;

    for (size_t i = 0; i < n; i++) {
        form.quote = quotes[i];
        form.has_escape = declared->escape != 0;
        form.escape = declared->escape;
        try_form(search, &form);
        for (size_t k = 0; k < sizeof escapes && declared->escape == 0; k++) {
            if (has_escape(search->text, search->size, escapes[k], form.quote)) {
                form.has_escape = 1;
                form.escape = escapes[k];
                try_form(search, &form);
            }
        }
    }
}

/* Spaces part cells only where quoted cells stand between spaces, or every row has as many words. */
static void try_delimiters(struct search *search, const mtmi_dialect *declared) {
    static const char delimiters[] = {',', ';', '\t', '|', ' '};
    struct form form = {0};

    for (size_t i = 0; i < sizeof delimiters; i++) {
        form.delimiter = declared->delimiter != 0 ? declared->delimiter : delimiters[i];
        if (memchr(search->text, form.delimiter, search->size) == NULL) {
            continue;
        }
        form.skip_space = 0;
        try_quotes(search, declared, form);
        if (form.delimiter != ' ' && form.delimiter != '\t') {
            form.skip_space = 1;
            try_quotes(search, declared, form);
        }
        if (declared->delimiter != 0) {
            break;
        }
    }
}

void mtmi_dialect_search(const mtmi_dialect *declared, const char *text, size_t size, int whole, mtmi_sniffed *out) {
    struct search search = {.text = text, .size = size < SEARCHED ? size : SEARCHED};

    memset(out, 0, sizeof *out);
    if (search.size < size || !whole) { /* no row that is cut apart */
        size_t end = search.size;
        while (end > 0 && !is_line_end(text[end - 1])) {
            end--;
        }
        search.size = end > 0 ? end : search.size;
    }
    try_delimiters(&search, declared);
    out->quote = declared->quote != 0 ? declared->quote : search.score > 0 ? search.best.quote : '"';
    out->quote_how = declared->quote != 0                                           ? MTMI_HOW_DECLARED
                     : mtmi_dialect_quoted_cells(text, search.size, out->quote) > 0 ? MTMI_HOW_CONTENT
                                                                                    : MTMI_HOW_NONE;
    if (search.score == 0) {
        out->delimiter = declared->delimiter != 0 ? declared->delimiter : ',';
        out->how = declared->delimiter != 0 ? MTMI_HOW_DECLARED : MTMI_HOW_NONE;
        out->single = declared->delimiter == 0;
        out->columns = 1;
        return;
    }
    out->delimiter = search.best.delimiter;
    out->how = declared->delimiter != 0 ? MTMI_HOW_DECLARED : MTMI_HOW_CONTENT;
    out->escape = search.best.escape;
    out->has_escape = search.best.has_escape;
    out->skip_space = search.best.skip_space;
    out->columns = common_width(&search.measure);
    int spaces_told = search.best.skip_space && search.rival_delimiter == ' '; /* they stand after each delimiter */
    if (search.rival > search.score * 0.97 && !spaces_told) {
        out->candidates[0] = search.best.delimiter;
        out->candidates[1] = search.rival_delimiter;
        out->delimiter = '\0';
    }
}
