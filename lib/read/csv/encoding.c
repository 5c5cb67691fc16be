/* Decodes a file into UTF-8, by its byte order mark, by proof, by declaration or by a guess that the caller allowed.
 * The decision is made on the first bytes; a byte 0xFF stands for what is no text, so that its row can be refused. */
#include "read/csv/encoding.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/try.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

enum { BLOCK = 1 << 16 };

struct mtmi_decoder {
    mtmi_source *source;
    char *head;       /* raw; then the block at hand */
    size_t size, at;  /* of head; what of it was used */
    size_t head_size; /* as mtmi_decoder_head() lends it */
    char *block;      /* raw bytes after the head */
    size_t block_size, block_at;
    int ended; /* the source is */
    iconv_t converter;
    int converts; /* converter is open; else bytes pass as they are */
    size_t unit;  /* bytes of the smallest unit: 1, 2, 4 */
    mtmi_check_property encoding;
    const char *overruled;
};

static void set_encoding(mtmi_decoder *decoder, const char *name, mtmi_how how) {
    size_t n = strlen(name) < sizeof decoder->encoding.text - 1 ? strlen(name) : sizeof decoder->encoding.text - 1;

    for (size_t i = 0; i < n; i++) {
        decoder->encoding.text[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] + 32 : name[i]);
    }
    decoder->encoding.text[n] = '\0';
    decoder->encoding.how = how;
}

/* A byte order mark, longest first: FF FE 00 00 is UTF-32. */
static const char *find_mark(const char *bytes, size_t size, size_t *length) {
    static const struct {
        const char *bytes;
        size_t n;
        const char *name;
    } marks[] = {
        {"\xFF\xFE\0\0", 4, "utf-32le"}, {"\0\0\xFE\xFF", 4, "utf-32be"}, {"\xEF\xBB\xBF", 3, "utf-8"},
        {"\xFF\xFE", 2, "utf-16le"},     {"\xFE\xFF", 2, "utf-16be"},
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (size >= marks[i].n && memcmp(bytes, marks[i].bytes, marks[i].n) == 0) {
            *length = marks[i].n;
            return marks[i].name;
        }
    }
    *length = 0;
    return NULL;
}

static int is_utf8_name(const char *name) {
    static const char *const names[] = {"utf-8", "utf8", "utf-8-sig", "ascii", "us-ascii"};
    char lower[16] = "";

    for (size_t i = 0; i < sizeof lower - 1 && name[i] != '\0'; i++) {
        lower[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] + 32 : name[i]);
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(lower, names[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

/* The C library's name of the Kazakh code page is another one. */
static const char *converter_name(const char *name) {
    static const char *const kazakh[] = {"kz-1048", "KZ-1048", "kz1048", "KZ1048", "strk1048-2002", "STRK1048-2002"};

    for (size_t i = 0; i < sizeof kazakh / sizeof *kazakh; i++) {
        if (strcmp(name, kazakh[i]) == 0) {
            return "RK1048";
        }
    }
    return name;
}

static int is_plain_name(const char *name) {
    size_t n = strlen(name);
    return n > 0 && n < 40 && strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:") == n;
}

static mtm_status convert_from(mtmi_decoder *decoder, const char *name, mtmi_how how, mtm_error *err) {
    set_encoding(decoder, name, how);
    decoder->unit = strstr(decoder->encoding.text, "utf-16") != NULL   ? 2
                    : strstr(decoder->encoding.text, "utf-32") != NULL ? 4
                                                                       : 1;
    if (is_utf8_name(name)) {
        set_encoding(decoder, "utf-8", how);
        return MTM_OK;
    }
    errno = EINVAL;
    decoder->converter = is_plain_name(name) ? iconv_open("UTF-8", converter_name(name)) : (iconv_t)-1;
    if (decoder->converter != (iconv_t)-1) {
        decoder->converts = 1;
        return MTM_OK;
    }
    if (errno == ENOMEM) {
        return mtmi_error_memory(err);
    }
    return mtmi_error_set(err, MTM_ERROR_SCHEMA, MTMI_CODE_ENCODING_NAME,
                          (mtmi_place){mtmi_source_name(decoder->source), 0, 0},
                          "found the encoding %q, expected one that iconv knows, such as utf-8 or windows-1251", name);
}

/* Whether all of the head is valid UTF-8, a character that the end of the head cuts apart; other says whether it
 * has any but ASCII. */
static int is_valid_head(const mtmi_decoder *decoder, int *other) {
    size_t valid = mtmi_text_valid(decoder->head, decoder->size);

    *other = 0;
    for (size_t i = 0; i < valid && !*other; i++) {
        *other = (unsigned char)decoder->head[i] >= 0x80;
    }
    return valid == decoder->size || (decoder->size == MTMI_HEAD && decoder->size - valid < 4);
}

/* A guess is worth making on the place where the file stops being UTF-8, wherever that is. */
static mtm_status look_further(mtmi_decoder *decoder, mtm_error *err) {
    uint64_t offset = decoder->size;
    size_t got = 0;
    while (mtmi_source_can_seek(decoder->source)) {
        MTMI_CHECK_STATUS(mtmi_source_read_at(decoder->source, offset, decoder->block, BLOCK, &got, err));
        if (got == 0) {
            return MTM_OK;
        }
        size_t valid = mtmi_text_valid(decoder->block, got);
        if (got - valid >= 4 || (valid < got && got < BLOCK)) {
            char name[40];
            const char *guess = mtmi_encoding_guess(decoder->block, got, name);
            return guess == NULL ? MTM_OK : convert_from(decoder, guess, MTMI_HOW_GUESS, err);
        }
        if (valid == 0) {
            return MTM_OK;
        }
        offset += valid;
    }
    return MTM_OK;
}

static mtm_status refuse_encoding(const mtmi_decoder *decoder, const char *guess, mtm_error *err) {
    mtmi_place place = {mtmi_source_name(decoder->source), 1, 1};

    if (guess == NULL) {
        return mtmi_error_set(err, MTM_ERROR_ENCODING, MTMI_CODE_ENCODING, place,
                              "found bytes that are not UTF-8, expected UTF-8; declare the file's encoding");
    }
    return mtmi_error_set(
        err, MTM_ERROR_ENCODING, MTMI_CODE_ENCODING, place,
        "found bytes that are not UTF-8, expected UTF-8; they are likely %s: declare that encoding, or "
        "allow guessing",
        guess);
}

/* No mark and nothing declared: UTF-8 until the contrary is met. */
static mtm_status decide_undeclared(mtmi_decoder *decoder, int valid, const mtmi_limits *limits, mtm_error *err) {
    char name[40];
    size_t sample = decoder->size < 4096 ? decoder->size : 4096, zeros = 0;
    const char *guess = NULL;

    for (size_t i = 0; i < sample; i++) {
        zeros += decoder->head[i] == '\0';
    }
    if (valid && zeros * 4 < sample + 4) {
        set_encoding(decoder, "utf-8", MTMI_HOW_CONTENT);
        return limits->allow_guess ? look_further(decoder, err) : MTM_OK;
    }
    if (zeros * 4 < sample + 4) {
        MTMI_CHECK_STATUS(mtmi_encoding_prove(decoder->head, decoder->size, &guess, err));
    }
    if (guess != NULL) {
        return convert_from(decoder, guess, MTMI_HOW_CONTENT, err);
    }
    guess = mtmi_encoding_guess(decoder->head, decoder->size, name);
    if (guess != NULL && limits->allow_guess) {
        return convert_from(decoder, guess, MTMI_HOW_GUESS, err);
    }
    if (zeros * 4 >= sample + 4) {
        return refuse_encoding(decoder, guess, err);
    }
    set_encoding(decoder, "utf-8", MTMI_HOW_CONTENT); /* the row with the first bad byte will say where */
    return MTM_OK;
}

/* "UTF-16" and the mark "utf-16le" agree. */
static int agrees(const char *declared, const char *mark) {
    char plain[2][16] = {"", ""};
    const char *const names[2] = {declared, mark};

    for (int k = 0; k < 2; k++) {
        size_t n = 0;
        for (const char *c = names[k]; *c != '\0' && n < 15; c++) {
            if (*c != '-') {
                plain[k][n++] = (char)(*c >= 'A' && *c <= 'Z' ? *c + 32 : *c);
            }
        }
    }
    return (is_utf8_name(declared) && is_utf8_name(mark)) || strncmp(plain[1], plain[0], strlen(plain[0])) == 0;
}

static mtm_status decide(mtmi_decoder *decoder, const char *declared, const mtmi_limits *limits, mtm_error *err) {
    const char *mark = find_mark(decoder->head, decoder->size, &decoder->at);
    int other = 0, valid = is_valid_head(decoder, &other);

    decoder->unit = 1;
    if (mark != NULL) {
        decoder->overruled = declared == NULL || agrees(declared, mark) ? NULL : declared;
        return convert_from(decoder, mark, MTMI_HOW_MARK, err);
    }
    if (declared == NULL) {
        return decide_undeclared(decoder, valid, limits, err);
    }
    if (valid && other && !is_utf8_name(declared)) { /* other encodings hardly ever come out as valid UTF-8 */
        decoder->overruled = declared;
        set_encoding(decoder, "utf-8", MTMI_HOW_CONTENT);
        return MTM_OK;
    }
    return convert_from(decoder, declared, MTMI_HOW_DECLARED, err);
}

static mtm_status read_head(mtmi_decoder *decoder, mtm_error *err) {
    size_t got = 1;

    while (got > 0 && decoder->size < MTMI_HEAD) {
        MTMI_CHECK_STATUS(
            mtmi_source_read(decoder->source, decoder->head + decoder->size, MTMI_HEAD - decoder->size, &got, err));
        decoder->size += got;
    }
    decoder->ended = got == 0;
    decoder->head_size = decoder->size;
    return MTM_OK;
}

mtm_status mtmi_decoder_new(mtmi_source *source, const char *declared, const mtmi_limits *limits, mtmi_decoder **out,
                            mtm_error *err) {
    mtmi_decoder *decoder = mtmi_memory_new(1, sizeof *decoder);
    mtm_status status = MTM_OK;

    *out = NULL;
    if (decoder == NULL) {
        return mtmi_error_memory(err);
    }
    decoder->source = source;
    decoder->head = mtmi_memory_new(MTMI_HEAD, 1);
    decoder->block = mtmi_memory_new(BLOCK, 1);
    if (decoder->head == NULL || decoder->block == NULL) {
        MTMI_TRY(mtmi_error_memory(err));
    }
    MTMI_TRY(read_head(decoder, err));
    MTMI_TRY(decide(decoder, declared, limits, err));
out:
    if (status != MTM_OK) {
        mtmi_decoder_free(decoder);
        return status;
    }
    *out = decoder;
    return MTM_OK;
}

void mtmi_decoder_free(mtmi_decoder *decoder) {
    if (decoder == NULL) {
        return;
    }
    if (decoder->converts) {
        iconv_close(decoder->converter);
    }
    mtmi_memory_free(decoder->head);
    mtmi_memory_free(decoder->block);
    mtmi_memory_free(decoder);
}

const char *mtmi_decoder_head(const mtmi_decoder *decoder, size_t *size) {
    *size = decoder->head_size;
    return decoder->head;
}

mtmi_check_property mtmi_decoder_encoding(const mtmi_decoder *decoder) {
    return decoder->encoding;
}

int mtmi_encoding_is_assumed(const mtmi_check_property *encoding) {
    return encoding->how == MTMI_HOW_CONTENT && strcmp(encoding->text, "utf-8") == 0;
}

const char *mtmi_decoder_overruled(const mtmi_decoder *decoder) {
    return decoder->overruled;
}

uint64_t mtmi_decoder_position(const mtmi_decoder *decoder) {
    return mtmi_source_position(decoder->source);
}

/* Raw bytes at hand: of the head, then block by block; keeps what a converter left over. */
static mtm_status more_bytes(mtmi_decoder *decoder, const char **bytes, size_t *size, mtm_error *err) {
    size_t rest = decoder->block_size - decoder->block_at, got = 0;
    mtm_status status = MTM_OK;
    if (decoder->at < decoder->size) {
        *bytes = decoder->head + decoder->at;
        *size = decoder->size - decoder->at;
        if (decoder->ended || *size >= 8) {
            return MTM_OK;
        }
        memcpy(decoder->block, *bytes, *size); /* a character that the end of the head cuts apart */
        decoder->at = decoder->size;
        decoder->block_at = 0;
        decoder->block_size = rest = *size;
    }
    if (rest < 8 && !decoder->ended) {
        memmove(decoder->block, decoder->block + decoder->block_at, rest);
        decoder->block_at = 0;
        MTMI_TRY(mtmi_source_read(decoder->source, decoder->block + rest, BLOCK - rest, &got, err));
        decoder->ended = got == 0;
        decoder->block_size = rest + got;
    }
out:
    *bytes = decoder->block + decoder->block_at;
    *size = decoder->block_size - decoder->block_at;
    return status;
}

static void use(mtmi_decoder *decoder, size_t n) {
    if (decoder->at < decoder->size) {
        decoder->at += n;
    } else {
        decoder->block_at += n;
    }
}

/* Converts what fits. What cannot be converted becomes one byte 0xFF. */
static void convert(mtmi_decoder *decoder, const char *bytes, size_t size, char *out, size_t room, size_t *got) {
    char *in = (char *)(uintptr_t)bytes, *to = out;
    size_t left = size;

    while (left > 0 && room >= 8) {
        size_t result;
        errno = 0;
        result = iconv(decoder->converter, &in, &left, &to, &room);
        if (result != (size_t)-1 || errno == E2BIG) {
            break;
        }
        if (errno == EINVAL && !decoder->ended) {
            break; /* the rest of the character comes with the next block */
        }
        size_t skip = left < decoder->unit ? left : decoder->unit;
        in += skip;
        left -= skip;
        *to++ = '\xFF';
        room--;
    }
    use(decoder, size - left);
    *got = (size_t)(to - out);
}

mtm_status mtmi_decoder_read(mtmi_decoder *decoder, char *bytes, size_t size, size_t *got, mtm_error *err) {
    *got = 0;
    while (*got == 0) {
        const char *raw = NULL;
        size_t n = 0;
        MTMI_CHECK_STATUS(more_bytes(decoder, &raw, &n, err));
        if (n == 0) {
            break;
        }
        if (decoder->converts) {
            convert(decoder, raw, n, bytes, size, got);
            continue;
        }
        *got = n < size ? n : size;
        memcpy(bytes, raw, *got);
        use(decoder, *got);
    }
    return MTM_OK;
}
