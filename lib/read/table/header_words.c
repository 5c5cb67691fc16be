/* Says what the name of a column means, by the tables made of roles.tsv and dimensions.tsv. A name means what one row says
 * or nothing: likeness proves nothing. */
#include "read/table/header_words.h"

#include "base/text.h"
#include "codelist/match.h"
#include "read/table/role_tables.h"

#include <string.h>

size_t mtmi_name_normalise(const char *name, size_t length, char out[MTMI_NAME_SIZE]) {
    size_t n = mtmi_text_normalise(name, length, out, MTMI_NAME_SIZE), at = 0;

    if (n >= MTMI_NAME_SIZE) {
        out[0] = '\0';
        return 0;
    }
    for (size_t i = 0; i < n; i++) {
        char c = out[i] == '_' ? ' ' : out[i];
        if (c != ' ' || (at > 0 && out[at - 1] != ' ')) {
            out[at++] = c;
        }
    }
    at -= at > 0 && out[at - 1] == ' ';
    out[at] = '\0';
    return at;
}

int mtmi_name_same(const char *a, size_t a_length, const char *b, size_t b_length) {
    char left[MTMI_NAME_SIZE], right[MTMI_NAME_SIZE];
    size_t n = mtmi_name_normalise(a, a_length, left), m = mtmi_name_normalise(b, b_length, right);

    if (n == 0 || m == 0) {
        return a_length == b_length && a_length > 0 && memcmp(a, b, a_length) == 0;
    }
    return n == m && memcmp(left, right, n) == 0;
}

/* The row of a name between two places of the table; NULL for none. */
static const mtmi_role_row *find_name(const char *name, size_t n, size_t low, size_t high) {
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *text = mtmi_header_names[middle].text;
        size_t length = strlen(text); /* a header may hold NUL characters, so its own length decides */
        int order = memcmp(text, name, length < n ? length : n);
        order = order == 0 ? (length > n) - (length < n) : order;
        if (order == 0) {
            return &mtmi_role_rows[mtmi_header_names[middle].row];
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return NULL;
}

static int take_row(const mtmi_role_row *row, mtmi_how how, mtmi_meaning *out) {
    if (row != NULL) {
        *out = (mtmi_meaning){
            .role = row->role, .dimension = row->dimension, .part = row->part, .how = how, .codes = row->codes};
        memcpy(out->members, row->members, sizeof out->members);
    }
    return row != NULL;
}

static int find_word(const char *word, size_t n, mtmi_meaning *out) {
    return n > 0 && take_row(find_name(word, n, 0, mtmi_n_header_words), MTMI_HOW_HEADER, out);
}

/* With labels, SDMX-CSV writes "REF_AREA: Reference area". */
static int find_sdmx(const char *name, size_t length, mtmi_meaning *out) {
    const char *colon = memchr(name, ':', length);
    size_t n = colon != NULL ? (size_t)(colon - name) : length;

    while (n > 2 && memcmp(name + n - 2, "[]", 2) == 0) {
        n -= 2; /* ATTR[] holds several values */
    }
    return n > 0 && take_row(find_name(name, n, mtmi_n_header_words, mtmi_n_header_names), MTMI_HOW_SDMX, out);
}

/* "Country of asylum (ISO)", "origin code": codes of what the name without its ending is. */
static int find_coded(const char *word, size_t n, mtmi_meaning *out) {
    static const char *const endings[] = {" (iso)", " (iso3)", " (iso2)", " (code)", " iso3",
                                          " iso2",  " iso",    " code",   " (код)"};

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t size = strlen(endings[i]);
        if (n > size && memcmp(word + n - size, endings[i], size) == 0 && find_word(word, n - size, out)) {
            out->codes = out->role == MTMI_ROLE_DIMENSION;
            return out->codes;
        }
    }
    return 0;
}

/* "Өлкөлөр / Страны / Countries": one name in several languages. All that are known must mean the same. */
static int find_languages(const char *word, size_t n, mtmi_meaning *out) {
    size_t from = 0, parts = 0;
    mtmi_meaning one;

    for (size_t at = 0; at <= n; at++) {
        size_t end = at;
        if (at < n && word[at] != '/') {
            continue;
        }
        parts++;
        while (from < end && word[from] == ' ') {
            from++;
        }
        while (end > from && word[end - 1] == ' ') {
            end--;
        }
        if (find_word(word + from, end - from, &one)) {
            if (out->how != MTMI_HOW_NONE && (one.role != out->role || one.dimension != out->dimension)) {
                memset(out, 0, sizeof *out);
                return 0;
            }
            *out = one;
        }
        from = at + 1;
    }
    return parts > 1 && out->how != MTMI_HOW_NONE;
}

int mtmi_header_word(const char *name, size_t length, mtmi_meaning *out) {
    char word[MTMI_NAME_SIZE];
    size_t n, cut;

    memset(out, 0, sizeof *out);
    name = mtmi_text_trim(name, &length);
    if (find_sdmx(name, length, out)) {
        return 1;
    }
    n = mtmi_name_normalise(name, length, word);
    if (n == 0 || find_word(word, n, out)) {
        return n > 0;
    }
    if (find_coded(word, n, out)) {
        return 1;
    }
    cut = strcspn(word, "(,;:*");
    while (cut > 0 && word[cut - 1] == ' ') {
        cut--;
    }
    return (cut > 0 && cut < n && find_word(word, cut, out)) || find_languages(word, n, out);
}

const mtm_codelist *mtmi_dimension_list(const char *dimension) {
    for (size_t i = 0; i < mtmi_n_dimension_rows; i++) {
        if (strcmp(mtmi_dimension_rows[i].dimension, dimension) == 0) {
            return mtmi_codelist_get(mtmi_dimension_rows[i].list);
        }
    }
    return mtmi_codelist_get(dimension);
}
