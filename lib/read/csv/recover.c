#include "read/csv/recover.h"

#include <string.h>

enum { MOST_QUOTES = 64 };

struct cut {
    mtmi_buffer *bytes; /* NULL: cells are only counted */
    size_t *ends;
    size_t n, columns;
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
static size_t cut_quoted(struct cut *cut, const char *line, size_t n, size_t at, char delimiter, char quote, size_t literal) {
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

int mtmi_csv_recover(const char *line, size_t n, char delimiter, char quote, size_t columns, mtmi_buffer *bytes,
                     size_t *ends) {
    size_t found = 0, literal = SIZE_MAX, tried = 0;
    struct cut cut = {NULL, NULL, 0, columns};

    if (cut_line(&cut, line, n, delimiter, quote, SIZE_MAX) && cut.n == columns) {
        found++;
    }
    for (size_t at = 0; found == 0 && at < n && tried < MOST_QUOTES; at++) {
        if (line[at] != quote) {
            continue;
        }
        tried++;
        if (cut_line(&cut, line, n, delimiter, quote, at) && cut.n == columns) {
            literal = at;
            for (size_t k = at + 1; k < n && tried < MOST_QUOTES; k++) {
                tried += line[k] == quote;
                if (line[k] == quote && cut_line(&cut, line, n, delimiter, quote, k) && cut.n == columns) {
                    return 0;
                }
            }
            found++;
        }
    }
    if (found == 0 || columns == 0) {
        return 0;
    }
    mtmi_buffer_clear(bytes);
    cut = (struct cut){bytes, ends, 0, columns};
    return cut_line(&cut, line, n, delimiter, quote, literal);
}
