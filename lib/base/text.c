/* UTF-8 text: whether it is valid, its length and width, and the normalised form in which labels are compared (NFKC and
 * case folding by utf8proc). Languages and codes are no matter of this file. */
#include "base/text.h"

#include "base/memory.h"

#include <string.h>
#include <utf8proc.h>

/* Bytes of the character at text, or 0 when it is no valid one. */
static size_t sequence(const unsigned char *text, size_t length) {
    unsigned char first = text[0];
    if (first < 0x80) {
        return 1;
    }
    size_t n = first >= 0xC2 && first <= 0xDF   ? 2
               : first >= 0xE0 && first <= 0xEF ? 3
               : first >= 0xF0 && first <= 0xF4 ? 4
                                                : 0;
    if (n == 0 || n > length) {
        return 0;
    }
    for (size_t i = 1; i < n; i++) {
        if ((text[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    int overlong = (first == 0xE0 && text[1] < 0xA0) || (first == 0xF0 && text[1] < 0x90);
    int surrogate = first == 0xED && text[1] >= 0xA0;
    int beyond = first == 0xF4 && text[1] >= 0x90;
    return overlong || surrogate || beyond ? 0 : n;
}

size_t mtmi_text_valid(const char *text, size_t length) {
    const unsigned char *bytes = (const unsigned char *)text;
    size_t at = 0;
    while (at < length) {
        uint64_t word;
        while (length - at >= sizeof word) { /* eight ASCII bytes at a time */
            memcpy(&word, bytes + at, sizeof word);
            if ((word & 0x8080808080808080u) != 0) {
                break;
            }
            at += sizeof word;
        }
        if (at >= length) {
            break;
        }
        size_t n = sequence(bytes + at, length - at);
        if (n == 0) {
            return at;
        }
        at += n;
    }
    return at;
}

size_t mtmi_text_characters(const char *text, size_t length) {
    size_t n = 0;
    for (size_t i = 0; i < length; i++) {
        n += ((unsigned char)text[i] & 0xC0) != 0x80;
    }
    return n;
}

uint32_t mtmi_text_decode(const char *text, size_t length, size_t *bytes) {
    const unsigned char *at = (const unsigned char *)text;
    size_t n = length > 0 ? sequence(at, length) : 0;
    *bytes = n > 0 ? n : 1;
    switch (n) {
    case 1: return at[0];
    case 2: return (at[0] & 0x1Fu) << 6 | (at[1] & 0x3Fu);
    case 3: return (at[0] & 0x0Fu) << 12 | (at[1] & 0x3Fu) << 6 | (at[2] & 0x3Fu);
    case 4: return (at[0] & 0x07u) << 18 | (at[1] & 0x3Fu) << 12 | (at[2] & 0x3Fu) << 6 | (at[3] & 0x3Fu);
    default: return 0xFFFD;
    }
}

size_t mtmi_text_encode(uint32_t character, char out[4]) {
    if (character < 0x80) {
        out[0] = (char)character;
        return 1;
    }
    size_t n = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = n - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (character & 0x3F));
        character >>= 6;
    }
    out[0] = (char)(lead[n] | character);
    return n;
}

int mtmi_text_is_space(uint32_t character) {
    return character == ' ' || (character >= 9 && character <= 13) || character == 0x85 || character == 0xA0 ||
           character == 0x1680 || (character >= 0x2000 && character <= 0x200A) || character == 0x2028 ||
           character == 0x2029 || character == 0x202F || character == 0x205F || character == 0x3000;
}

const char *mtmi_text_trim(const char *text, size_t *length) {
    size_t bytes = 0;
    while (*length > 0 && mtmi_text_is_space(mtmi_text_decode(text, *length, &bytes))) {
        text += bytes;
        *length -= bytes;
    }
    while (*length > 0) {
        size_t last = *length - 1;
        while (last > 0 && ((unsigned char)text[last] & 0xC0) == 0x80) {
            last--;
        }
        if (!mtmi_text_is_space(mtmi_text_decode(text + last, *length - last, &bytes))) {
            break;
        }
        *length = last;
    }
    return text;
}

size_t mtmi_text_width(const char *text, size_t length) {
    size_t width = 0, bytes = 0;
    for (size_t at = 0; at < length; at += bytes) {
        int columns = utf8proc_charwidth((utf8proc_int32_t)mtmi_text_decode(text + at, length - at, &bytes));
        width += columns > 0 ? (size_t)columns : 0;
    }
    return width;
}

/* ---- the comparing form ---- */

#define IGNORED 0u

static int is_quote(uint32_t c) {
    return c == '"' || c == '`' || c == 0xAB || c == 0xBB || c == 0xB4 || (c >= 0x2018 && c <= 0x201F) || c == 0x2039 ||
           c == 0x203A || c == 0x2BB || c == 0x2BC || c == 0x2032 || c == 0x2033;
}

static int is_dash(uint32_t c) {
    return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE58 || c == 0xFE63;
}

static int is_invisible(uint32_t c) {
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF || c == 0x61C;
}

/* What a folded character counts as. */
static uint32_t plain(uint32_t c) {
    if (c > 0xBB && c < 0x1680) { /* letters, but for these */
        return c == 0x451 ? 0x435 /* yo is ye */ : is_quote(c) ? '\'' : is_invisible(c) ? IGNORED : c;
    }
    if (mtmi_text_is_space(c)) {
        return ' ';
    }
    if (is_quote(c)) {
        return '\'';
    }
    if (is_dash(c)) {
        return '-';
    }
    if (is_invisible(c)) {
        return IGNORED;
    }
    return c;
}

/* Collects the result; runs of spaces become one, those at the start none. */
typedef struct form {
    char *out;
    size_t size, length;
    int space;
} form;

static void put_character(form *out, uint32_t c) {
    char bytes[4];
    c = plain(c);
    if (c == IGNORED) {
        return;
    }
    if (c == ' ') {
        out->space = out->length > 0;
        return;
    }
    if (out->space) {
        if (out->length < out->size) {
            out->out[out->length] = ' ';
        }
        out->length++;
        out->space = 0;
    }
    size_t n = mtmi_text_encode(c, bytes);
    for (size_t i = 0; i < n; i++, out->length++) {
        if (out->length < out->size) {
            out->out[out->length] = bytes[i];
        }
    }
}

/* ASCII, and of Cyrillic what is no mark (U+0483..0489): a character of these composes with no other of them, and its
 * folded form is its small letter. So are the space, quotes and dashes that stand between words. */
static int is_simple(uint32_t c) {
    return c < 0x80 || (c >= 0x400 && c <= 0x482) || (c >= 0x48A && c <= 0x4FF) || c == 0xA0 || c == 0xAB ||
           c == 0xBB || c == 0x2013 || c == 0x2014 || (c >= 0x2018 && c <= 0x201E);
}

/* What most labels are made of, without the tables of Unicode. 0, and nothing is put, when a character is not simple. */
static int fold_simple(const char *text, size_t length, form *out) {
    size_t bytes = 1;
    for (size_t at = 0; at < length; at += bytes) {
        uint32_t c = (unsigned char)text[at];
        if (c >= 0x80) {
            c = mtmi_text_decode(text + at, length - at, &bytes);
        } else {
            bytes = 1;
            c = c >= 'A' && c <= 'Z' ? c + 32u : c;
        }
        if (!is_simple(c)) {
            *out = (form){out->out, out->size, 0, 0};
            return 0;
        }
        put_character(out, c >= 0x400 && c <= 0x4FF ? mtmi_text_lower(c) : c);
    }
    return 1;
}

#define SMALL 512

/* What is ignored must not stand between a letter and its marks when they are composed: it goes first, as do the dots of yo,
 * and marks that come together so are put in order. Gives how many characters are left. */
static utf8proc_ssize_t drop_ignored(utf8proc_int32_t *characters, utf8proc_ssize_t n) {
    utf8proc_ssize_t left = 0;
    for (utf8proc_ssize_t i = 0; i < n; i++) {
        utf8proc_int32_t c = characters[i];
        int class = (int)utf8proc_get_property(c)->combining_class;
        utf8proc_ssize_t at = left;
        if (plain((uint32_t)c) == IGNORED || (c == 0x308 && left > 0 && characters[left - 1] == 0x435)) {
            continue;
        }
        while (class > 0 && at > 0 && (int)utf8proc_get_property(characters[at - 1])->combining_class > class) {
            characters[at] = characters[at - 1];
            at--;
        }
        characters[at] = c;
        left++;
    }
    return left;
}

/* NFKC and case folding of anything; the characters go to put(). 0 when there is no memory or the text is invalid. */
static int fold(const char *text, size_t length, form *out) {
    const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD;
    utf8proc_int32_t small[SMALL];
    utf8proc_int32_t *characters = small;
    utf8proc_ssize_t n =
        utf8proc_decompose((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)length, small, SMALL, options);
    if (n > SMALL) {
        characters = mtmi_memory_new((size_t)n, sizeof *characters);
        n = characters == NULL
                ? -1
                : utf8proc_decompose((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)length, characters, n, options);
    }
    if (n > 0) {
        n = utf8proc_normalize_utf32(characters, drop_ignored(characters, n), options);
    }
    for (utf8proc_ssize_t i = 0; i < n; i++) {
        put_character(out, (uint32_t)characters[i]);
    }
    if (characters != small) {
        mtmi_memory_free(characters);
    }
    return n >= 0;
}

size_t mtmi_text_normalise(const char *text, size_t length, char *out, size_t size) {
    form to = {out, size > 0 ? size - 1 : 0, 0, 0};
    if (!fold_simple(text, length, &to) && (mtmi_text_valid(text, length) != length || !fold(text, length, &to))) {
        return SIZE_MAX;
    }
    if (size > 0) {
        out[to.length < size ? to.length : 0] = '\0';
    }
    return to.length < size ? to.length : (to.length > 0 ? to.length : size);
}

uint32_t mtmi_text_lower(uint32_t character) {
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)character);
}

uint32_t mtmi_text_upper(uint32_t character) {
    return (uint32_t)utf8proc_toupper((utf8proc_int32_t)character);
}
