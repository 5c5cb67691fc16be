/* Recovers a row whose quotes are broken by trying every reading of them. A row is taken only where exactly one reading
 * has as many cells as the other rows. */
#include "read/csv/recover.h"

#include <string.h>

enum { MOST_QUOTES = 64 };

struct cut {
    mtmi_buffer *bytes; /* NULL: cells are only counted */
    size_t *ends;
    size_t n, columns;
    int strict; /* no quote stands inside a cell that is not quoted, but the literal one */
};

static void end_cell(struct cut *cut) {
    if (cut->bytes != NULL && cut->n < cut->columns) {
        cut->ends[cut->n] = cut->bytes->size;
    }
    cut->n++;
}

static void add_bytes(struct cut *cut, const char *bytes, size_t n) {
    if (cut->bytes != NULL) {
        mtmi_buffer_add(cut->bytes, bytes, n);
    }
}

/* A quoted cell from its quote on; returns where it ends, SIZE_MAX when it breaks the rules. */
static size_t cut_quoted(struct cut *cut, const char *line, size_t n, size_t at, char delimiter, char quote,
                         size_t literal) {
    for (at++; at < n; at++) {
        if (line[at] != quote || at == literal) {
            add_bytes(cut, line + at, 1);
        } else if (at + 1 < n && line[at + 1] == quote && at + 1 != literal) {
            add_bytes(cut, line + at++, 1);
        } else {
            return at + 1 == n || line[at + 1] == delimiter ? at + 1 : SIZE_MAX;
        }
    }
    return SIZE_MAX;
}

static int has_quote(const char *line, size_t at, size_t stop, char quote, size_t literal) {
    for (; at < stop; at++) {
        if (line[at] == quote && at != literal) {
            return 1;
        }
    }
    return 0;
}

/* The row with the quote at `literal` being a character; SIZE_MAX: none is. 0 when it breaks the rules. */
static int cut_line(struct cut *cut, const char *line, size_t n, char delimiter, char quote, size_t literal) {
    size_t at = 0;

    cut->n = 0;
    for (;;) {
        if (at < n && line[at] == quote && at != literal) {
            at = cut_quoted(cut, line, n, at, delimiter, quote, literal);
            if (at == SIZE_MAX) {
                return 0;
            }
        } else {
            const char *end = memchr(line + at, delimiter, n - at);
            size_t stop = end == NULL ? n : (size_t)(end - line);
            if (cut->strict && has_quote(line, at, stop, quote, literal)) {
                return 0;
            }
            add_bytes(cut, line + at, stop - at);
            at = stop;
        }
        end_cell(cut);
        if (at >= n) {
            return 1;
        }
        at++;
    }
}

/* The one quote that as a character gives as many cells as are wanted; SIZE_MAX: none or several do. */
static size_t find_literal(const char *line, size_t n, char delimiter, char quote, size_t columns, int strict) {
    size_t found = SIZE_MAX, tried = 0;
    struct cut cut = {NULL, NULL, 0, columns, strict};

    for (size_t at = 0; at < n && tried < MOST_QUOTES; at++) {
        if (line[at] != quote) {
            continue;
        }
        tried++;
        if (cut_line(&cut, line, n, delimiter, quote, at) && cut.n == columns) {
            if (found != SIZE_MAX) {
                return SIZE_MAX;
            }
            found = at;
        }
    }
    return found;
}

int mtmi_csv_recover(const char *line, size_t n, char delimiter, char quote, size_t columns, int any_width,
                     mtmi_buffer *bytes, size_t *ends, size_t *n_cells) {
    struct cut cut = {NULL, NULL, 0, columns, 0};
    int plain = cut_line(&cut, line, n, delimiter, quote, SIZE_MAX);
    size_t literal = find_literal(line, n, delimiter, quote, columns, 1);

    if (literal == SIZE_MAX && (!plain || cut.n != columns)) {
        literal = find_literal(line, n, delimiter, quote, columns, 0);
        if (literal == SIZE_MAX && !(any_width && plain && cut.n < columns)) {
            return 0;
        }
    }
    mtmi_buffer_clear(bytes);
    cut = (struct cut){bytes, ends, 0, columns, 0};
    int fits = cut_line(&cut, line, n, delimiter, quote, literal);
    *n_cells = cut.n;
    return fits;
}
