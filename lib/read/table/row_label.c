/* Finds the member that a cell of a dimension stands for. What is not known stays as it is: never guessed and never
 * dropped. */
#include "read/table/row_label.h"

#include "base/text.h"
#include "codelist/unit.h"
#include "data/totals.h"
#include "base/diagnostic.h"
#include "read/table/names/aside_label.h"
#include "read/table/names/direction_phrase.h"

#include <string.h>

enum { LETTERS_OF_WORD = 3 }; /* bytes: "M" and "ж" may be anything */

static int same_label(const char *a, size_t n_a, const char *b) {
    char x[256], y[256];
    size_t n_x = mtmi_text_normalise(a, n_a, x, sizeof x), n_y = mtmi_text_normalise(b, strlen(b), y, sizeof y);
    return n_x < sizeof x && n_y < sizeof y && n_x == n_y && memcmp(x, y, n_x) == 0;
}

const char *mtmi_label_alias(const mtmi_pair *aliases, size_t n, const char *text, size_t length) {
    for (size_t i = 0; i < n; i++) {
        if (same_label(text, length, aliases[i].key)) {
            return aliases[i].value;
        }
    }
    return NULL;
}

int mtmi_label_is_age(const char *text, size_t length) {
    size_t at = 0, first;

    while (at < length && text[at] >= '0' && text[at] <= '9') {
        at++;
    }
    first = at;
    if (first == 0 || first > 3 || at == length) {
        return 0;
    }
    if (text[at] == '+') {
        return at + 1 == length;
    }
    if (text[at++] != '-') {
        return 0;
    }
    for (first = at; at < length && text[at] >= '0' && text[at] <= '9';) {
        at++;
    }
    return at == length && at > first && at - first <= 3;
}

static void set(mtmi_label *out, mtm_member_kind kind, const char *code, int32_t index) {
    out->kind = kind;
    out->code = code;
    out->length = strlen(code);
    out->index = index;
}

/* What a list makes of a label; 0 when it knows nothing. */
static int take_match(const mtm_codelist *list, const mtmi_label_match *match, mtmi_label *out) {
    const mtm_codelist *groups = mtmi_codelist_get("country-group");

    out->note = match->homoglyph ? MTMI_CODE_LABEL_MIXED : 0;
    switch (match->kind) {
    case MTM_MATCH_CODE:
        set(out, MTM_MEMBER_CODE, mtm_codelist_code(list, (size_t)match->codes[0]), match->codes[0]);
        return 1;
    case MTM_MATCH_TOTAL: set(out, MTM_MEMBER_TOTAL, "_T", -1); return 1;
    case MTM_MATCH_GROUP:
        set(out, MTM_MEMBER_GROUP, mtm_codelist_code(groups, (size_t)match->codes[0]), match->codes[0]);
        return 1;
    case MTM_MATCH_OTHER: set(out, MTM_MEMBER_OTHER, "_O", -1); return 1;
    case MTM_MATCH_UNKNOWN: set(out, MTM_MEMBER_UNKNOWN, "_U", -1); return 1;
    case MTM_MATCH_AMBIGUOUS:
        out->ambiguous = 1;
        out->note = MTMI_CODE_LABEL_AMBIGUOUS;
        out->n_candidates = match->n_codes < MTMI_MATCH_CANDIDATES ? match->n_codes : MTMI_MATCH_CANDIDATES;
        memcpy(out->candidates, match->codes, sizeof out->candidates);
        return 0;
    case MTM_MATCH_NONE: break;
    }
    return 0;
}

void mtmi_label_declared(const mtm_codelist *list, const char *code, mtmi_label *out) {
    mtmi_label_match match;
    /* Words such as "_T" and "Total" mean the same in every list. */
    mtmi_codelist_match(list != NULL ? list : mtmi_codelist_get("sex"), code, strlen(code), 0, &match);

    memset(out, 0, sizeof *out);
    if (list != NULL && strcmp(code, "NA") == 0) {
        mtmi_codelist_match(list, code, 2, 1, &match);
    }
    if ((list == NULL && match.kind == MTM_MATCH_CODE) || !take_match(list, &match, out)) {
        set(out, MTM_MEMBER_CODE, code, -1);
    }
    out->ambiguous = out->note = 0;
}

/* Where a dimension has no list, only the words for totals, the rest and the unknown mean anything. */
static int read_plain(const char *text, size_t length, mtmi_label *out) {
    mtmi_label_match match;

    mtmi_codelist_match(mtmi_codelist_get("sex"), text, length, 0, &match);
    return match.kind != MTM_MATCH_CODE && match.kind != MTM_MATCH_AMBIGUOUS && match.kind != MTM_MATCH_GROUP &&
           take_match(NULL, &match, out);
}

static int is_marked_missing(const mtmi_marks *missing, const char *text, size_t length) {
    for (size_t i = 0; missing != NULL && i < missing->n; i++) {
        if (missing->marks[i][0] != '\0' && same_label(text, length, missing->marks[i])) {
            return 1;
        }
    }
    return 0;
}

/* "-", "—", "...": a mark and no name. */
static int is_dash(const char *text, size_t length) {
    char mark[16];
    size_t n = mtmi_text_normalise(text, length, mark, sizeof mark);
    return n > 0 && n < sizeof mark && strspn(mark, "-.*") == n;
}

int mtmi_label_languages(const mtm_codelist *list, const char *text, size_t length, int all, mtmi_label_match *out) {
    mtmi_label_match one;
    size_t from = 0, parts = 0, known = 0;

    memset(out, 0, sizeof *out);
    for (size_t at = 0; at <= length; at++) {
        size_t n = at - from;
        if (at < length && text[at] != '/') {
            continue;
        }
        const char *part = mtmi_text_trim(text + from, &n);
        parts++;
        mtmi_codelist_match(list, part, n, 0, &one);
        from = at + 1;
        if (one.kind == MTM_MATCH_NONE) {
            continue;
        }
        if (one.kind == MTM_MATCH_AMBIGUOUS ||
            (known > 0 && (one.kind != out->kind || one.codes[0] != out->codes[0]))) {
            return 0;
        }
        *out = one;
        known++;
    }
    return parts > 1 && known > 0 && (!all || known == parts);
}

/* "Прибыло в страну - всего": it may be the sum of the others, where figures say so. */
static int ends_in_total(const char *text, size_t length) {
    size_t at = length;
    mtmi_label out;

    while (at > 0 && strchr(" :,-", text[at - 1]) == NULL) {
        at--;
    }
    if (at == 0 || at == length) {
        return 0;
    }
    memset(&out, 0, sizeof out);
    return read_plain(text + at, length - at, &out) && out.kind == MTM_MEMBER_TOTAL;
}

static void keep_label(const mtmi_label_rules *rules, const char *text, size_t length, mtmi_label *out) {
    int is_age = rules->list != NULL && strcmp(mtmi_codelist_id(rules->list), "age-group") == 0 &&
                 mtmi_label_is_age(text, length);

    out->kind = rules->list == NULL || is_age ? MTM_MEMBER_CODE : MTM_MEMBER_UNCLASSIFIED;
    out->note = out->kind == MTM_MEMBER_CODE ? 0 : out->note != 0 ? out->note : MTMI_CODE_LABEL_UNKNOWN;
    out->code = text;
    out->length = length;
    out->index = -1;
    out->nameless = is_dash(text, length)                                                          ? MTMI_BLANK
                    : rules->list != NULL && mtmi_codelist_is_aggregate(rules->list, text, length) ? MTMI_AGGREGATE
                    : rules->list == NULL && ends_in_total(text, length)                           ? MTMI_AGGREGATE
                                                                                                   : MTMI_NAMED;
}

/* What the list knows: the label, the same in several languages, or a total in more words. */
static int read_listed(const mtmi_label_rules *rules, const char *text, size_t length, mtmi_label_match *match,
                       mtmi_label *out) {
    mtmi_label_match other;

    mtmi_codelist_match(rules->list, text, length, rules->codes_only, match);
    if (take_match(rules->list, match, out)) {
        return 1;
    }
    if (match->kind != MTM_MATCH_NONE) {
        return 0;
    }
    if (memchr(text, '/', length) != NULL && mtmi_label_languages(rules->list, text, length, 0, &other) &&
        take_match(rules->list, &other, out)) {
        return 1;
    }
    if (rules->list == mtmi_codelist_get("direction") && mtmi_direction_phrase(text, length) != NULL) {
        const char *code = mtmi_direction_phrase(text, length);
        set(out, MTM_MEMBER_CODE, code, mtmi_codelist_index(rules->list, code));
        return 1;
    }
    if (mtmi_codelist_match_total(rules->list, text, length, &other)) {
        (void)take_match(rules->list, &other, out);
        out->subtotal = out->kind == MTM_MEMBER_CODE;
        return 1;
    }
    return 0;
}

/* "в том числе женщины" or "мужчины" among countries: who of the row above, not another country. */
static void find_part(const char *text, size_t length, int of_which, mtmi_label *out) {
    static const char *const lists[] = {"sex", "residence"};
    mtmi_label_match match;

    out->is_part = of_which;
    for (size_t i = 0; out->part_list == NULL && length >= LETTERS_OF_WORD && i < sizeof lists / sizeof *lists; i++) {
        const mtm_codelist *list = mtmi_codelist_get(lists[i]);
        mtmi_codelist_match(list, text, length, 0, &match);
        if (match.kind == MTM_MATCH_CODE) {
            out->is_part = 1;
            out->part_list = list;
            out->part_code = match.codes[0];
        }
    }
}

/* Places and nationalities whose labels no list has: sexes may stand under them too. */
static int is_of_places(const mtmi_label_rules *rules) {
    static const char *const names[] = {"region", "province", "district", "area", "territory", "origin", "destination"};
    for (size_t i = 0; rules->dimension != NULL && i < sizeof names / sizeof *names; i++) {
        if (strcmp(rules->dimension, names[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

/* "Кыргызская Республика" among its regions. */
static int is_whole(const mtmi_label_rules *rules, const char *text, size_t length) {
    const mtm_codelist *countries = mtmi_codelist_get("country");
    mtmi_label_match match;

    if (rules->whole == 0) {
        return 0;
    }
    mtmi_codelist_match(countries, text, length, 0, &match);
    if (match.kind == MTM_MATCH_NONE && memchr(text, '/', length) != NULL) {
        (void)mtmi_label_languages(countries, text, length, 0, &match);
    }
    return match.kind == MTM_MATCH_CODE && match.codes[0] == rules->whole - 1;
}

/* Dimensions whose rows may stand beside figures for reference: countries, regions, and what nobody named. */
static int may_have_aside(const mtmi_label_rules *rules) {
    return rules->list == mtmi_codelist_get("country") || rules->list == mtmi_codelist_get("region-kz") ||
           is_of_places(rules) || (rules->dimension != NULL && strcmp(rules->dimension, "column") == 0);
}

static void keep_part(const char *text, size_t length, int of_which, mtmi_label *out) {
    find_part(text, length, of_which, out);
    if (out->is_part) {
        out->kind = MTM_MEMBER_GROUP; /* never added to the others */
        out->note = MTMI_CODE_PART_OF_ROW;
    }
}

static const char *find_alias(const mtmi_label_rules *rules, const char *text, size_t length) {
    const char *alias = mtmi_label_alias(rules->aliases[0], rules->n_aliases[0], text, length);
    return alias != NULL ? alias : mtmi_label_alias(rules->aliases[1], rules->n_aliases[1], text, length);
}

int mtmi_label_has_alias(const mtmi_label_rules *rules, const char *text, size_t length) {
    return find_alias(rules, text, length) != NULL;
}

static void read_unlisted(const mtmi_label_rules *rules, const char *text, size_t length, mtmi_label *out) {
    if (mtmi_label_canonical(rules->dimension, text, length, out)) {
        set(out, MTM_MEMBER_CODE, out->own, -1);
        return;
    }
    if (!read_plain(text, length, out)) {
        keep_label(rules, text, length, out);
        if (is_of_places(rules)) {
            keep_part(text, length, 0, out);
        }
    }
}

static int says_nothing(const mtmi_label_rules *rules, const char *text, size_t length) {
    return length == 0 || (rules->empty_is_total && mtmi_label_is_blank_place(text, length)) ||
           is_marked_missing(rules->missing, text, length);
}

/* "Число прибывших, человек" in a column of directions. A word of magnitude would be lost, and is no such unit. */
static int read_without_unit(const mtmi_label_rules *rules, const char *text, size_t length, mtmi_label_match *match,
                             mtmi_label *out) {
    mtmi_unit unit;

    if (match->kind != MTM_MATCH_NONE || rules->dimension == NULL || strcmp(rules->dimension, "direction") != 0) {
        return 0;
    }
    const size_t cut = mtmi_unit_cut(text, length);
    mtmi_label_match shorter;
    if (cut == 0 || cut >= length || (mtmi_unit_find(text, length, &unit) && unit.power != 0) ||
        !read_listed(rules, text, cut, &shorter, out)) {
        return 0;
    }
    *match = shorter;
    return 1;
}

void mtmi_label_read(const mtmi_label_rules *rules, const char *text, size_t length, mtmi_label *out) {
    const char *alias;
    mtmi_label_match match;

    memset(out, 0, sizeof *out);
    text = mtmi_text_trim(text, &length);
    alias = find_alias(rules, text, length);
    if (alias == NULL && says_nothing(rules, text, length)) {
        set(out, rules->empty_is_total ? MTM_MEMBER_TOTAL : MTM_MEMBER_UNKNOWN, rules->empty_is_total ? "_T" : "_U",
            -1);
        out->note = length == 0 && !rules->empty_is_total ? MTMI_CODE_LABEL_EMPTY : 0;
        out->nameless = length == 0 && !rules->empty_is_total ? MTMI_BLANK : MTMI_NAMED;
        return;
    }
    if (alias != NULL) {
        mtmi_label_declared(rules->list, alias, out);
        return;
    }
    if (is_whole(rules, text, length)) {
        set(out, MTM_MEMBER_TOTAL, "_T", -1);
        return;
    }
    if (may_have_aside(rules) && mtmi_label_is_aside(text, length)) {
        set(out, MTM_MEMBER_GROUP, text, -1); /* never added to the others */
        out->length = length;
        out->note = MTMI_CODE_PART_OF_ROW;
        return;
    }
    if (rules->list == NULL) {
        read_unlisted(rules, text, length, out);
        return;
    }
    if (read_listed(rules, text, length, &match, out) || read_without_unit(rules, text, length, &match, out)) {
        return;
    }
    keep_label(rules, text, length, out);
    if (out->kind == MTM_MEMBER_UNCLASSIFIED && match.kind == MTM_MATCH_NONE) {
        keep_part(text, length, match.of_which, out);
    }
}
