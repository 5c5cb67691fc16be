/* Gives the characters of a PC-Axis file with line and column, as an editor counts them, and its texts in quotes. */
#include "read/px/px_text.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"

#include <string.h>

enum { BLOCK = 1 << 16 };

static void fill_buffer(mtmi_px_text *text) {
    text->at = text->n = 0;
    if (text->status == MTM_OK) {
        text->status = mtmi_decoder_read(text->decoder, text->block, BLOCK, &text->n, &text->why);
    }
    if (text->status != MTM_OK) {
        text->n = 0;
    }
}

static void load(mtmi_px_text *text) {
    if (text->at == text->n) {
        fill_buffer(text);
    }
    text->c = text->at < text->n ? (unsigned char)text->block[text->at] : -1;
}

mtm_status mtmi_px_text_start(mtmi_px_text *text, mtmi_decoder *decoder, const char *name, mtm_error *err) {
    memset(text, 0, sizeof *text);
    text->decoder = decoder;
    text->name = name;
    text->line = text->column = 1;
    text->block = mtmi_memory_new(BLOCK, 1);
    if (text->block == NULL) {
        return mtmi_error_memory(err);
    }
    load(text);
    return MTM_OK;
}

void mtmi_px_text_free(mtmi_px_text *text) {
    mtmi_decoder_free(text->decoder);
    mtmi_memory_free(text->block);
    memset(text, 0, sizeof *text);
}

void mtmi_px_next(mtmi_px_text *text) {
    int last = text->c;

    if (last < 0) {
        return;
    }
    text->at++;
    load(text);
    if (last == '\n' || (last == '\r' && text->c != '\n')) {
        text->line++;
        text->column = 1;
    } else {
        text->column += text->c >= 0 && (text->c & 0xC0) != 0x80;
    }
}

void mtmi_px_blank(mtmi_px_text *text) {
    while (text->c == ' ' || text->c == '\t' || text->c == '\n' || text->c == '\r') {
        mtmi_px_next(text);
    }
}

mtm_status mtmi_px_refuse(const mtmi_px_text *text, const char *found, const char *expected, mtm_error *err) {
    if (text->status != MTM_OK) {
        if (err != NULL) {
            *err = text->why;
        }
        return text->status;
    }
    return mtmi_error_set(err, MTM_ERROR_STRUCTURE, MTMI_CODE_CONTAINER,
                          (mtmi_place){text->name, text->line, text->column},
                          "found %s, expected %s; save the file anew, or ask its publisher", found, expected);
}

/* Up to the closing quote. */
static mtm_status read_quoted(mtmi_px_text *text, size_t limit, mtmi_buffer *out, mtm_error *err) {
    mtmi_px_next(text);
    while (text->c != '"') {
        if (text->c < 0) {
            return mtmi_px_refuse(text, "a text that is never closed", "a closing quote", err);
        }
        if (text->c == 0xFF || text->c == 0) {
            return mtmi_px_refuse(text, "bytes that are no text", "text in the encoding that CODEPAGE names", err);
        }
        if (out->size >= limit) {
            return mtmi_error_set(err, MTM_ERROR_LIMIT, MTMI_CODE_FIELD_LIMIT,
                                  (mtmi_place){text->name, text->line, text->column},
                                  "found a longer text than the limit, expected at most %llu bytes; raise max_field",
                                  (unsigned long long)limit);
        }
        mtmi_buffer_char(out, (char)text->c);
        mtmi_px_next(text);
    }
    mtmi_px_next(text);
    return out->failed ? mtmi_error_memory(err) : MTM_OK;
}

mtm_status mtmi_px_quoted(mtmi_px_text *text, uint64_t limit, int goes_on, mtmi_buffer *out, int *found,
                          mtm_error *err) {
    size_t most = limit < SIZE_MAX - out->size ? out->size + (size_t)limit : SIZE_MAX;
    int more = 1;

    mtmi_px_blank(text);
    *found = text->c == '"';
    while (text->c == '"' && more) {
        MTMI_CHECK_STATUS(read_quoted(text, most, out, err));
        more = goes_on;
        if (more) {
            mtmi_px_blank(text);
        }
    }
    return MTM_OK;
}
