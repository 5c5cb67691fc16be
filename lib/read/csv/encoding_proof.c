/* Proves the encoding of bytes that are not UTF-8: cells are known words in one encoding, and in no other that reads them
 * otherwise and without oddities. Known are the names of columns, the labels of code lists and of totals, and periods. */
#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/try.h"
#include "codelist/match.h"
#include "period/period.h"
#include "read/csv/encoding.h"
#include "read/table/header_words.h"

#include <iconv.h>
#include <string.h>

/* A word by itself may be chance; three different ones are none. One word of five may look odd: names and abbreviations do. */
enum { SAMPLE = 1 << 15, ROOM = 4 * SAMPLE, ENOUGH = 3, LONGEST_CELL = 160, ODD = 5 };

/* The first of those that read a file alike is named. */
static const char *const candidates[] = {"windows-1251", "koi8-u",       "ibm866",       "iso-8859-5",  "mac-cyrillic",
                                         "windows-1252", "windows-1254", "windows-1250", "windows-1257"};
static const char *const lists[] = {"country", "region-kz", "sex", "residence", "direction", "sector", "purpose"};

typedef struct reading {
    char *text;
    size_t size;
    size_t known; /* cells that differ */
    size_t words, odd;
} reading;

static int decode(const char *name, const char *bytes, size_t size, reading *out) {
    iconv_t converter = iconv_open("UTF-8", name);
    if (converter == (iconv_t)-1) {
        return 0;
    }
    char *in = (char *)(uintptr_t)bytes, *to = out->text;
    size_t left = size, room = ROOM;
    const int whole = iconv(converter, &in, &left, &to, &room) != (size_t)-1;
    iconv_close(converter);
    out->size = (size_t)(to - out->text);
    return whole;
}

static int is_known(const char *text, size_t length) {
    mtmi_meaning meaning;
    mtmi_period_label period;
    mtmi_label_match match;
    if (mtmi_header_word(text, length, &meaning)) {
        return 1;
    }
    mtmi_period_read(text, length, 0, &period);
    if (period.outcome == MTMI_PERIOD_OK) {
        return 1;
    }
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        mtmi_codelist_match(mtmi_codelist_get(lists[i]), text, length, 0, &match);
        if (match.kind != MTM_MATCH_NONE && !match.homoglyph) {
            return 1;
        }
    }
    return 0;
}

/* What stands at a place of a word. */
typedef enum kind { OUTSIDE, SMALL, CAPITAL, SIGN } kind;

static kind kind_of(uint32_t character) {
    const uint32_t lower = mtmi_text_lower(character), upper = mtmi_text_upper(character);
    const int is_mark = character < 0x80 || mtmi_text_is_space(character) || character == 0xAB || character == 0xBB ||
                        (character >= 0x2010 && character <= 0x2039); /* quotes, dashes, ellipses */
    return lower != upper ? (character == lower ? SMALL : CAPITAL) : is_mark ? OUTSIDE : SIGN;
}

/* Words that look as in no language: capitals after small letters, signs beside letters. */
static void count_odd(reading *reader) {
    kind before = OUTSIDE;
    reader->words = reader->odd = 0;
    for (size_t i = 0, n = 0; i < reader->size; i += n) {
        const kind now = kind_of(mtmi_text_decode(reader->text + i, reader->size - i, &n));
        reader->words += before == OUTSIDE && now != OUTSIDE;
        reader->odd += (before == SMALL && now == CAPITAL) || (now == SIGN && before != OUTSIDE) ||
                       (before == SIGN && now != OUTSIDE);
        before = now;
    }
}

static int is_ascii(const char *text, size_t length) {
    size_t i = 0;
    while (i < length && (unsigned char)text[i] < 0x80) {
        i++;
    }
    return i == length;
}

static int is_edge(char c) {
    return c == ' ' || c == '"' || c == '\'';
}

/* Counts known cells that differ, and no more than make a proof. */
static void count_known(reading *reader) {
    const char *seen[ENOUGH] = {NULL};
    size_t lengths[ENOUGH] = {0}, start = 0;
    reader->known = 0;
    for (size_t i = 0; i <= reader->size && reader->known < ENOUGH; i++) {
        if (i < reader->size && strchr(";,\t|\r\n", reader->text[i]) == NULL) {
            continue;
        }
        size_t from = start, to = i, same = 0;
        start = i + 1;
        while (from < to && is_edge(reader->text[from])) {
            from++;
        }
        while (to > from && is_edge(reader->text[to - 1])) {
            to--;
        }
        while (same < reader->known &&
               (lengths[same] != to - from || memcmp(seen[same], reader->text + from, to - from) != 0)) {
            same++;
        }
        if (same == reader->known && to - from <= LONGEST_CELL && !is_ascii(reader->text + from, to - from) &&
            is_known(reader->text + from, to - from)) {
            seen[reader->known] = reader->text + from;
            lengths[reader->known++] = to - from;
        }
    }
}

static int reads_alike(const reading *a, const reading *b) {
    return a->size == b->size && memcmp(a->text, b->text, a->size) == 0;
}

mtm_status mtmi_encoding_prove(const char *bytes, size_t size, const char **out, mtm_error *err) {
    reading best = {NULL, 0, 0, 0, 0}, other = best;
    const char *name = NULL;
    mtm_status status = MTM_OK;
    int doubted = 0;
    *out = NULL;
    best.text = mtmi_memory_new(ROOM, 1);
    other.text = mtmi_memory_new(ROOM, 1);
    if (best.text == NULL || other.text == NULL) {
        MTMI_TRY(mtmi_error_memory(err));
    }
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
        if (!decode(candidates[i], bytes, size < SAMPLE ? size : SAMPLE, &other)) {
            continue;
        }
        count_known(&other);
        count_odd(&other);
        if (other.known < ENOUGH || (name != NULL && reads_alike(&best, &other))) {
            continue;
        }
        if (name != NULL && other.odd == best.odd) {
            doubted = 1;
        } else if (name == NULL || other.odd < best.odd) {
            doubted = 0;
            const reading swap = best;
            best = other;
            other = swap;
            name = candidates[i];
        }
    }
    if (name != NULL && !doubted && best.odd * ODD <= best.words) {
        *out = mtmi_encoding_is_kazakh(name, bytes, size) ? "kz-1048" : name;
    }
out:
    mtmi_memory_free(best.text);
    mtmi_memory_free(other.text);
    return status;
}
