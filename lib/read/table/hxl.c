/* HXL tags, as humanitarian data exchanges put them under the header: #affected+f+idps. The grammar is that of the HXL
 * standard 1.1; what tags and attributes say of a column stands in hxl.tsv. */
#include "base/text.h"
#include "read/table/header_words.h"
#include "read/table/role_tables.h"

#include <string.h>

enum { ATTRIBUTES = 12, TAG_SIZE = 200 };

/* A tag taken apart: its name and attributes in lower case, each ended by NUL. */
struct tag {
    char text[TAG_SIZE];
    const char *attributes[ATTRIBUTES];
    size_t n;
    int malformed;
};

static int is_letter(char c) {
    return c >= 'a' && c <= 'z';
}

static int read_tag(const char *text, size_t length, struct tag *out) {
    size_t at = 0;

    memset(out, 0, sizeof *out);
    text = mtmi_text_trim(text, &length);
    if (length < 2 || length >= TAG_SIZE || text[0] != '#') {
        return 0;
    }
    for (size_t i = 1; i < length; i++) {
        char c = (char)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] + 32 : text[i]);
        if (c == ' ') {
            continue;
        }
        if (c == '+') {
            out->text[at++] = '\0';
            out->malformed |= out->n == ATTRIBUTES;
            out->n -= out->n == ATTRIBUTES;
            out->attributes[out->n++] = out->text + at;
            continue;
        }
        out->malformed |= !(is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-');
        out->text[at++] = c;
    }
    for (size_t i = 0; i < out->n; i++) {
        out->malformed |= !is_letter(out->attributes[i][0]); /* "+2013" */
    }
    return is_letter(out->text[0]);
}

static int has(const struct tag *tag, const char *attribute) {
    for (size_t i = 0; i < tag->n; i++) {
        if (strcmp(tag->attributes[i], attribute) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Whether one of the words, separated by spaces, is the tag's name (attributes 0) or one of its attributes. */
static int has_one(const struct tag *tag, const char *words, int attributes) {
    char word[TAG_SIZE];
    for (const char *at = words; *at != '\0'; at += *at == ' ') {
        size_t n = strcspn(at, " ");
        memcpy(word, at, n);
        word[n] = '\0';
        if (attributes ? has(tag, word) : strcmp(tag->text, word) == 0) {
            return 1;
        }
        at += n;
    }
    return 0;
}

/* One member a dimension, by the first row that has it. */
static void add_member(const mtmi_member_of *member, mtmi_meaning *out) {
    size_t i = 0;
    while (i < MTMI_MEANING_MEMBERS && out->members[i].dimension != NULL &&
           strcmp(out->members[i].dimension, member->dimension) != 0) {
        i++;
    }
    if (i < MTMI_MEANING_MEMBERS && out->members[i].dimension == NULL) {
        out->members[i] = *member;
    }
}

/* Each property by the first row that fits. */
static void take_row(const mtmi_hxl_row_of *row, int *role, int *part, mtmi_meaning *out) {
    *role = *role < 0 ? row->role : *role;
    *part = *part < 0 ? row->part : *part;
    out->codes |= row->codes;
    out->dimension = out->dimension == NULL ? row->dimension : out->dimension;
    for (size_t i = 0; i < MTMI_MEANING_MEMBERS && row->members[i].dimension != NULL; i++) {
        add_member(&row->members[i], out);
    }
}

int mtmi_hxl_tag(const char *text, size_t length, mtmi_meaning *out, int *malformed) {
    struct tag tag;
    int role = -1, part = -1;

    memset(out, 0, sizeof *out);
    *malformed = 0;
    if (!read_tag(text, length, &tag)) {
        return 0;
    }
    *malformed = tag.malformed;
    for (size_t i = 0; i < mtmi_n_hxl_rows; i++) {
        const mtmi_hxl_row_of *row = &mtmi_hxl_rows[i];
        if (has_one(&tag, row->tags, 0) && (row->attributes[0] == '\0' || has_one(&tag, row->attributes, 1))) {
            take_row(row, &role, &part, out);
        }
    }
    out->how = MTMI_HOW_HXL;
    out->role = role < 0 ? MTMI_ROLE_INFER : (mtmi_role)role;
    out->part = part < 0 ? MTMI_PART_WHOLE : (mtmi_header_part)part;
    return role >= 0;
}

int mtmi_hxl_row(const mtmi_cell *cells, size_t n) {
    size_t tags = 0, filled = 0;

    for (size_t i = 0; i < n; i++) {
        size_t length = cells[i].length;
        const char *text = mtmi_text_trim(cells[i].text, &length);
        filled += length > 0;
        tags +=
            length > 1 && text[0] == '#' && ((text[1] >= 'a' && text[1] <= 'z') || (text[1] >= 'A' && text[1] <= 'Z'));
    }
    return tags > 0 && tags * 2 > filled;
}
