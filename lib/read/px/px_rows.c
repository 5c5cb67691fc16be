/* Makes rows of the variables and the cube of figures of a PC-Axis file, in the order of the file. Invariant: there
 * are as many figures as the variables have combinations, or an error at the place where they end. */
#include "read/px/px_rows.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "read/px/px_head.h"
#include "read/table/row_text.h"

#include <string.h>

enum { HEAD = 8192, TIMES = 256 };

#define WRITTEN ((uint64_t)64 << 20) /* bytes of rows, whatever was read; beyond, TIMES what was read */

typedef struct px_rows {
    mtmi_rows rows;
    mtmi_px_text text;
    mtmi_px_file file;
    mtmi_px_head head;
    mtmi_limits limits;
    mtmi_row_text row;
    mtmi_buffer token;
    int64_t line, column; /* of the figure at hand */
    int step;             /* 0: the title; 1: the header; 2: figures; 3: the end */
    int started;          /* a figure was read */
    mtmi_check_log *log;  /* borrowed; NULL where nothing is noted */
    int dash_is_said;
    uint64_t written; /* bytes of rows so far */
} px_rows;

static int starts(const char *bytes, size_t size, const char *with) {
    size_t n = strlen(with);
    return size >= n && memcmp(bytes, with, n) == 0;
}

int mtmi_px_sniff(const char *bytes, size_t size) {
    static const char *const first[] = {"CHARSET=\"",       "AXIS-VERSION=\"", "CODEPAGE=\"",  "LANGUAGE=\"",
                                        "CREATION-DATE=\"", "MATRIX=\"",       "SUBJECT-AREA", "SUBJECT-CODE=\"",
                                        "TABLEID=\"",       "DECIMALS=",       "TITLE=\"",     "TITLE["};
    size_t skip = starts(bytes, size, "\xEF\xBB\xBF") ? 3 : 0;

    while (skip < size && memchr(" \t\r\n", bytes[skip], 4) != NULL) {
        skip++;
    }
    for (size_t i = 0; i < sizeof first / sizeof *first; i++) {
        if (starts(bytes + skip, size - skip, first[i]) && memchr(bytes + skip, ';', size - skip) != NULL) {
            return 1;
        }
    }
    return 0;
}

/* CODEPAGE="windows-1251"; among the first bytes. */
static int find_codepage(const char *bytes, size_t size, char *out, size_t room) {
    static const char key[] = "CODEPAGE=\"";

    for (size_t i = 0; i + sizeof key < size; i++) {
        if (memcmp(bytes + i, key, sizeof key - 1) == 0) {
            const char *from = bytes + i + sizeof key - 1, *end = memchr(from, '"', size - (i + sizeof key - 1));
            size_t n = end == NULL ? room : (size_t)(end - from);
            if (n > 0 && n < room && memchr(from, '\0', n) == NULL) {
                memcpy(out, from, n);
                out[n] = '\0';
                return 1;
            }
        }
    }
    return 0;
}

/* The cell at hand ends, and began at this place. */
static int end_cell(px_rows *in, int typed, int64_t line, int64_t column) {
    return mtmi_row_text_end(&in->row, typed) && mtmi_row_text_place(&in->row, line, column);
}

static mtm_status write_head(px_rows *in, mtmi_row *out, mtm_error *err) {
    const mtmi_px_head *head = &in->head;
    const mtmi_px_statement *from = in->step == 0 ? head->title : head->stub;
    int room = 1;

    mtmi_row_text_start(&in->row);
    if (in->step == 0) {
        mtmi_buffer_text(&in->row.text, from->n_values > 0 ? from->values[0].text : "");
        room = end_cell(in, 0, from->line, from->column);
    }
    for (size_t i = 0; in->step == 1 && room && i < head->n; i++) {
        mtmi_buffer_text(&in->row.text, head->variables[i].name->text);
        room = end_cell(in, 0, head->variables[i].name->line, head->variables[i].name->column);
    }
    if (in->step == 1 && head->contents != SIZE_MAX && room) {
        mtmi_buffer_text(&in->row.text, "unit");
        room = end_cell(in, 0, from->line, from->column);
    }
    if (in->step == 1 && room) {
        mtmi_buffer_text(&in->row.text, head->value_name);
        room = end_cell(in, 0, from->line, from->column);
    }
    return room && mtmi_row_text_finish(&in->row, from->line, 0, out) ? MTM_OK : mtmi_error_memory(err);
}

/* A figure, or a sign that stands for none. *found 0: the figures end. */
static mtm_status read_token(px_rows *in, int *quoted, int *found, mtm_error *err) {
    mtmi_px_text *text = &in->text;
    mtm_status status;

    mtmi_buffer_clear(&in->token);
    mtmi_px_blank(text);
    while (text->c == ',') {
        mtmi_px_next(text);
        mtmi_px_blank(text);
    }
    in->line = text->line;
    in->column = text->column;
    MTMI_TRY(mtmi_px_quoted(text, in->limits.max_field, 0, &in->token, quoted, err));
    while (!*quoted && text->c >= 0 && memchr(" \t\r\n,;\"", text->c, 7) == NULL) {
        if (in->token.size >= in->limits.max_field || text->c == 0 || text->c == 0xFF) {
            return mtmi_px_refuse(text, "what is no figure", "figures with spaces between", err);
        }
        mtmi_buffer_char(&in->token, (char)text->c);
        mtmi_px_next(text);
    }
out:
    *found = *quoted || in->token.size > 0;
    return in->token.failed ? mtmi_error_memory(err) : status;
}

/* The next combination; 0 behind the last one. Variables with keys are told by the rows. */
static int advance(px_rows *in) {
    for (size_t i = in->head.n; i > in->head.n_keys; i--) {
        mtmi_px_variable *variable = &in->head.variables[i - 1];
        if (++variable->at < variable->n) {
            return 1;
        }
        variable->at = 0;
    }
    return 0;
}

static mtm_status read_keys(px_rows *in, int *got, mtm_error *err) {
    mtm_status status = MTM_OK;
    int quoted = 0;

    for (size_t i = 0; i < in->head.n_keys; i++) {
        mtmi_px_variable *variable = &in->head.variables[i];
        MTMI_TRY(read_token(in, &quoted, got, err));
        if (!*got && i == 0) {
            return MTM_OK;
        }
        variable->at = *got ? mtmi_px_key(variable, in->token.data) : SIZE_MAX;
        if (variable->at == SIZE_MAX) {
            variable->at = 0;
            return mtmi_px_refuse(&in->text, "a key that no value has", "a value of the variable, as KEYS says", err);
        }
    }
out:
    return status;
}

/* PC-Axis has a sign for nil, the dash; who reads figures, not rows, gets 0, with a note at the first one. */
static mtm_status read_dash(px_rows *in, int *is_nil, mtm_error *err) {
    mtmi_diagnostic_input said = {0};

    *is_nil = !in->limits.any_table && in->token.size == 1 && in->token.data[0] == '-';
    if (!*is_nil || in->dash_is_said || in->log == NULL) {
        return MTM_OK;
    }
    in->dash_is_said = 1;
    said.code = MTMI_CODE_LEGEND;
    said.line = in->line;
    said.column = in->column;
    said.found = "-";
    said.found_size = 1;
    said.expected = "a figure; in PC-Axis files the dash stands for nil, and is read as 0";
    return mtmi_check_add(in->log, &said, err);
}

static mtm_status write_figure(px_rows *in, int quoted, mtmi_row *out, mtm_error *err) {
    const mtmi_px_head *head = &in->head;
    const char *token = in->token.data != NULL ? in->token.data : "";
    int typed = !quoted && ((token[0] >= '0' && token[0] <= '9') || (token[0] == '-' && token[1] != '\0')), room = 1;
    int is_nil = 0;
    mtm_status status = read_dash(in, &is_nil, err);

    if (status != MTM_OK) {
        return status;
    }

    if (in->written > WRITTEN + TIMES * mtmi_decoder_position(in->text.decoder)) { /* long texts, again and again */
        return mtmi_error_set(
            err, MTM_ERROR_LIMIT, MTMI_CODE_RECORD_LIMIT, (mtmi_place){in->rows.name, in->line, in->column},
            "found texts so long that the rows are %d times the file, expected a file that is not made "
            "to exhaust memory",
            TIMES);
    }
    mtmi_row_text_start(&in->row);
    for (size_t i = 0; i < head->n && room; i++) {
        const mtmi_px_value *value = &head->variables[i].values[head->variables[i].at];
        mtmi_buffer_text(&in->row.text, value->text);
        room = end_cell(in, 0, value->line, value->column);
    }
    if (head->contents != SIZE_MAX && room) {
        const mtmi_px_variable *contents = &head->variables[head->contents];
        mtmi_buffer_text(&in->row.text, contents->units[contents->at]);
        room = end_cell(in, 0, contents->values[contents->at].line, contents->values[contents->at].column);
    }
    mtmi_buffer_add(&in->row.text, is_nil ? "0" : token, in->token.size);
    room = room && end_cell(in, typed || is_nil, in->line, in->column);
    in->written += in->row.text.size;
    return room && mtmi_row_text_finish(&in->row, in->line, 0, out) ? MTM_OK : mtmi_error_memory(err);
}

static mtm_status end_figures(px_rows *in, mtm_error *err) {
    in->step = 3;
    mtmi_px_blank(&in->text);
    if (in->text.c != ';' && in->text.c >= 0) {
        return mtmi_px_refuse(&in->text, "more figures than the variables have combinations", "a semicolon", err);
    }
    return in->text.c < 0 && in->text.status != MTM_OK ? mtmi_px_refuse(&in->text, "", "", err) : MTM_OK;
}

static mtm_status next_figure(px_rows *in, mtmi_row *out, int *got, mtm_error *err) {
    int begins = in->started ? !advance(in) : 1, quoted = 0, found = 1;
    mtm_status status = MTM_OK;

    if (begins && (in->head.n_keys > 0 || !in->started)) {
        MTMI_TRY(read_keys(in, &found, err));
    } else if (begins) {
        return end_figures(in, err);
    }
    if (!found) {
        return end_figures(in, err);
    }
    in->started = 1;
    MTMI_TRY(read_token(in, &quoted, got, err));
    if (!*got) {
        in->step = 3;
        return mtmi_px_refuse(&in->text, "fewer figures than the variables have combinations",
                              "a figure for each of them", err);
    }
    status = write_figure(in, quoted, out, err);
out:
    *got = *got && status == MTM_OK;
    return status;
}

static mtm_status next(mtmi_rows *rows, mtmi_row *out, int *got, mtm_error *err) {
    px_rows *in = (px_rows *)(void *)rows;
    mtm_status status;

    *got = 0;
    if (in->step >= 2) {
        return in->step == 2 ? next_figure(in, out, got, err) : MTM_OK;
    }
    status = write_head(in, out, err);
    *got = status == MTM_OK;
    in->step++;
    return status;
}

static uint64_t position(const mtmi_rows *rows) {
    return mtmi_decoder_position(((const px_rows *)(const void *)rows)->text.decoder);
}

static void free_rows(mtmi_rows *rows) {
    px_rows *in = (px_rows *)(void *)rows;

    mtmi_px_head_free(&in->head);
    mtmi_px_file_free(&in->file);
    mtmi_px_text_free(&in->text);
    mtmi_row_text_free(&in->row);
    mtmi_buffer_free(&in->token);
    mtmi_memory_free(in);
}

static mtm_status open_text(px_rows *in, const char *encoding, mtmi_source *source, mtm_error *err) {
    mtmi_decoder *decoder = NULL;
    const char *head = NULL;
    char codepage[40];
    size_t size = 0;
    MTMI_CHECK_STATUS(mtmi_source_peek(source, HEAD, &head, &size, err));
    if (encoding == NULL && find_codepage(head, size, codepage, sizeof codepage)) {
        encoding = codepage;
    }
    MTMI_CHECK_STATUS(mtmi_decoder_new(source, encoding, &in->limits, &decoder, err));
    in->rows.dialect.encoding = mtmi_decoder_encoding(decoder);
    return mtmi_px_text_start(&in->text, decoder, in->rows.name, err);
}

mtm_status mtmi_px_rows_open(const char *encoding, mtmi_source *source, const mtmi_limits *limits, mtmi_check_log *log,
                             mtmi_rows **out, mtm_error *err) {
    px_rows *in = mtmi_memory_new(1, sizeof *in);
    mtm_status status = MTM_OK;

    *out = NULL;
    if (in == NULL) {
        return mtmi_error_memory(err);
    }
    in->rows.name = mtmi_source_name(source);
    in->rows.next = next;
    in->rows.free = free_rows;
    in->rows.position = position;
    in->rows.total = mtmi_source_size(source);
    in->limits = *limits;
    in->log = log;
    MTMI_TRY(open_text(in, encoding, source, err));
    MTMI_TRY(mtmi_px_file_read(&in->text, limits, &in->file, err));
    MTMI_TRY(mtmi_px_head_make(&in->text, &in->file, &in->head, err));
    in->step = in->head.title == NULL;
    status = log != NULL ? mtmi_px_say_unused(&in->file, log, err) : MTM_OK;
out:
    if (status != MTM_OK) {
        free_rows(&in->rows);
        return status;
    }
    *out = &in->rows;
    return MTM_OK;
}
