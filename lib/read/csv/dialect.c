/* Infers delimiter and quote from the first text of a file. A delimiter is taken where the header is recognised under
 * it, or all rows have the same number of cells, and under no other; else the candidates are named. */
#include "read/csv/dialect.h"

#include "base/text.h"
#include "read/csv/dialect_search.h"
#include "read/table/header_words.h"

#include <string.h>

enum { ROWS = 200, HEADER_ROWS = 25 };

static const char delimiters[] = {',', ';', '\t', '|'};

/* How the text falls into rows and cells under one delimiter. */
struct cut {
    size_t rows, most_common, same; /* rows; the most common number of cells above 1; how many rows have it */
    size_t header;                  /* most recognised names in a row */
};

/* Whether a cell is a word of headers or a tag; no such word begins with a digit. One with a semicolon is two cells: "Year;
 * Arrivals" of "Year;Arrivals, persons" between commas. */
static int is_known(const char *cell, size_t n) {
    mtmi_meaning meaning;
    int malformed;

    if (n == 0 || n >= 200 || (cell[0] >= '0' && cell[0] <= '9') || memchr(cell, ';', n) != NULL ||
        mtmi_text_valid(cell, n) != n) {
        return 0;
    }
    return mtmi_header_word(cell, n, &meaning) || (cell[0] == '#' && mtmi_hxl_tag(cell, n, &meaning, &malformed));
}

static int is_year(const char *cell, size_t n) {
    int fits = n == 4 && (memcmp(cell, "19", 2) == 0 || memcmp(cell, "20", 2) == 0);
    return fits && cell[2] >= '0' && cell[2] <= '9' && cell[3] >= '0' && cell[3] <= '9';
}

/* Names of headers among the first cells of a row, and years, which may be names of columns too. */
typedef struct names {
    size_t known, years;
} names;

static void count_name(names *found, const char *cell, size_t n, char quote) {
    if (n >= 2 && cell[0] == quote && cell[n - 1] == quote) {
        cell++;
        n -= 2;
    }
    found->known += (size_t)is_known(cell, n);
    found->years += (size_t)is_year(cell, n);
}

/* Where the row's end lies to which a line end belongs: after it, and after both bytes of CR LF. */
static size_t after_line_end(const char *text, size_t size, size_t at) {
    if (at < size && text[at] == '\r' && at + 1 < size && text[at + 1] == '\n') {
        at++;
    }
    return at < size ? at + 1 : at;
}

/* One row. Gives where the next one begins; cells of this one, and its recognised names where known is not NULL. */
static size_t cut_row(const char *text, size_t size, char delimiter, char quote, size_t *cells, size_t *known) {
    size_t at = 0, start = 0;
    names found = {0, 0};
    int quoted = 0, end = 0;

    *cells = 0;
    for (; !end; at++) {
        end = at == size || (!quoted && (text[at] == '\n' || text[at] == '\r'));
        if (!end && text[at] == quote) {
            quoted = quoted ? 0 : at == start;
        }
        if (end || (!quoted && text[at] == delimiter)) {
            if (known != NULL && *cells < MTMI_NAMES_LOOKED) {
                count_name(&found, text + start, at - start, quote);
            }
            ++*cells;
            start = at + 1;
        }
    }
    at--; /* the end of the row */
    if (known != NULL) {
        *known = found.known + (found.known > 0 ? found.years : 0); /* years are names too, beside another one */
    }
    *cells = at == 0 ? 0 : *cells;
    return after_line_end(text, size, at);
}

static struct cut cut_text(const char *text, size_t size, int whole, char delimiter, char quote) {
    size_t counts[ROWS] = {0}, at = 0, cells = 0, known = 0;
    struct cut cut = {0, 0, 0, 0};

    while (at < size && cut.rows < ROWS) {
        size_t next =
            at + cut_row(text + at, size - at, delimiter, quote, &cells, cut.rows < HEADER_ROWS ? &known : NULL);
        if (next >= size && !whole && cut.rows > 0) {
            break; /* cut apart by the end of the text */
        }
        at = next;
        if (cells == 0) {
            continue;
        }
        counts[cut.rows++] = cells;
        if (cut.rows <= HEADER_ROWS && cells > 1 && known > cut.header) {
            cut.header = known;
        }
    }
    for (size_t i = 0; i < cut.rows; i++) {
        size_t same = 0;
        for (size_t k = 0; k < cut.rows; k++) {
            same += counts[k] == counts[i];
        }
        if (counts[i] > 1 && same > cut.same) {
            cut.same = same;
            cut.most_common = counts[i];
        }
    }
    return cut;
}

/* Single quotes, where cells stand in them and no other quote is there. */
static char infer_quote(const char *text, size_t size) {
    return memchr(text, '"', size) == NULL && mtmi_dialect_quoted_cells(text, size, '\'') > 1 ? '\'' : '"';
}

/* "sep=;" in the first line. */
static char find_sep(const char *text, size_t size) {
    int fits =
        size >= 5 && (memcmp(text, "sep=", 4) == 0 || memcmp(text, "SEP=", 4) == 0 || memcmp(text, "Sep=", 4) == 0);
    return fits && (size == 5 || text[5] == '\n' || text[5] == '\r') && strchr(",;|\t:", text[4]) != NULL ? text[4]
                                                                                                          : '\0';
}

/* Better, worse or equal, by what makes a delimiter certain. */
static int compare(const struct cut *a, const struct cut *b) {
    int a_known = a->header > 1, b_known = b->header > 1;

    if (a_known != b_known) {
        return a_known - b_known;
    }
    if (a->header != b->header && a_known) {
        return a->header > b->header ? 1 : -1;
    }
    size_t left = a->same * (b->rows > 0 ? b->rows : 1), right = b->same * (a->rows > 0 ? a->rows : 1);
    if (left == right) {
        return (a->header > b->header) - (a->header < b->header);
    }
    return left > right ? 1 : -1;
}

static void infer_delimiter(const char *text, size_t size, int whole, mtmi_sniffed *out) {
    struct cut best = {0, 0, 0, 0};
    size_t n = 0, seen = 0;

    for (size_t i = 0; i < sizeof delimiters; i++) {
        struct cut cut = cut_text(text, size, whole, delimiters[i], out->quote);
        int order = cut.same == 0 ? -1 : seen == 0 ? 1 : compare(&cut, &best);
        seen += cut.same > 0;
        if (order > 0) {
            best = cut;
            n = 0;
        }
        if (order >= 0) {
            out->candidates[n++] = delimiters[i];
            out->candidates[n] = '\0';
        }
    }
    if (seen == 0) {
        out->delimiter = ',';
        out->how = MTMI_HOW_NONE;
        return;
    }
    int certain = n == 1 && (best.header > 0 || best.same * 4 >= best.rows * 3);
    out->delimiter = certain ? out->candidates[0] : '\0';
    out->how = MTMI_HOW_CONTENT;
}

/* Of delimiters that cut rows equally well, the one under which cells look like values: "2022;1,5" has a decimal comma. */
static void settle_tie(const mtmi_dialect *declared, const char *text, size_t size, int whole, mtmi_sniffed *out) {
    mtmi_sniffed searched;

    mtmi_dialect_search(declared, text, size, whole, &searched);
    if (searched.delimiter != '\0' && !searched.single && !searched.has_escape &&
        strchr(out->candidates, searched.delimiter) != NULL) {
        out->delimiter = searched.delimiter;
        out->candidates[0] = '\0';
    }
}

void mtmi_sniff(const mtmi_dialect *declared, const char *text, size_t size, int whole, mtmi_sniffed *out) {
    char sep = find_sep(text, size);

    memset(out, 0, sizeof *out);
    out->quote = declared->quote != 0 ? declared->quote : infer_quote(text, size);
    out->quote_how = declared->quote != 0                                    ? MTMI_HOW_DECLARED
                     : out->quote == '\'' || memchr(text, '"', size) != NULL ? MTMI_HOW_CONTENT
                                                                             : MTMI_HOW_NONE;
    if (declared->delimiter != 0 || sep != '\0') {
        out->delimiter = declared->delimiter != 0 ? declared->delimiter : sep;
        out->how = declared->delimiter != 0 ? MTMI_HOW_DECLARED : MTMI_HOW_MARK;
        return;
    }
    infer_delimiter(text, size, whole, out);
    if (out->delimiter == '\0' && out->candidates[0] != '\0') {
        settle_tie(declared, text, size, whole, out);
    }
}

static int starts(const char *bytes, size_t size, const char *with, size_t n) {
    return size >= n && memcmp(bytes, with, n) == 0;
}

static int starts_word(const char *bytes, size_t size, const char *word) {
    size_t n = strlen(word);

    for (size_t i = 0; i < n; i++) {
        if (i >= size || (bytes[i] >= 'A' && bytes[i] <= 'Z' ? bytes[i] + 32 : bytes[i]) != word[i]) {
            return 0;
        }
    }
    return 1;
}

static size_t skip_space(const char *bytes, size_t size, size_t at) {
    while (at < size && strchr(" \t\r\n", bytes[at]) != NULL && bytes[at] != '\0') {
        at++;
    }
    return at;
}

static const char *text_container(const char *bytes, size_t size) {
    static const char *const pages[] = {"<!doctype html", "<html", "<head", "<body", "<table", "<meta", "<div"};
    size_t at = skip_space(bytes, size, starts(bytes, size, "\xEF\xBB\xBF", 3) ? 3 : 0), inner;

    bytes += at;
    size -= at;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        if (starts_word(bytes, size, pages[i])) {
            return "an HTML page";
        }
    }
    if (starts_word(bytes, size, "<?xml")) {
        return "an XML document";
    }
    inner = size > 0 ? skip_space(bytes, size, 1) : 0;
    if (size > 0 && inner < size &&
        ((bytes[0] == '{' && strchr("\"}", bytes[inner]) != NULL && bytes[inner] != '\0') ||
         (bytes[0] == '[' && strchr("{[\"]", bytes[inner]) != NULL && bytes[inner] != '\0'))) {
        return "a JSON document";
    }
    return starts(bytes, size, "{\\rtf", 5) ? "an RTF document" : NULL;
}

const char *mtmi_sniff_container(const char *bytes, size_t size, int *workbook) {
    /* clang-format off */
    static const struct { const char *bytes; size_t n; const char *what; } marks[] = {
        {"PK\3\4", 4, "a ZIP archive, perhaps a workbook"}, {"PK\5\6", 4, "an empty ZIP archive"},
        {"\xD0\xCF\x11\xE0", 4, "a workbook or document of the old binary format (.xls, .doc)"},
        {"\x1F\x8B", 2, "a gzip archive"}, {"%PDF", 4, "a PDF document"}, {"BZh", 3, "a bzip2 archive"},
        {"\xFD" "7zXZ", 5, "an xz archive"}, {"7z\xBC\xAF", 4, "a 7z archive"}, {"Rar!", 4, "a RAR archive"},
        {"\x28\xB5\x2F\xFD", 4, "a zstd archive"}, {"PAR1", 4, "a Parquet file"}, {"ARROW1", 6, "an Arrow file"},
        {"SQLite format 3", 15, "an SQLite database"}, {"\x89PNG", 4, "a PNG picture"},
        {"\xFF\xD8\xFF", 3, "a JPEG picture"}, {"\x7F" "ELF", 4, "a program"}, {"GIF8", 4, "a GIF picture"},
    };
    /* clang-format on */
    *workbook = starts(bytes, size, "PK\3\4", 4);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (starts(bytes, size, marks[i].bytes, marks[i].n)) {
            return marks[i].what;
        }
    }
    return text_container(bytes, size);
}
