/* Writes and reads a state as bytes: a line of JSON with the design, the columns and their words, then a line for
 * each row: the interviews, the sum of their weights, the line of the first, the numbers of the words, 1 for a
 * weight of 0. The last line says how many. Version 2 has before the rows the hashes of ids, where there is a key: a line
 * for each with the place of its file in "sources" and its line. Invariant: what is read holds together, though an enemy may have made
 * it, or is refused. */
#include "survey/state/survey_state.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/io.h"
#include "base/json.h"
#include "base/json_read.h"
#include "base/memory.h"
#include "base/source.h"
#include "base/try.h"
#include "read/open_file.h"

#include <string.h>

#define FORMAT "mtm-survey-state"
#define BYTES_MOST ((size_t)1 << 31)
#define COLUMNS_MOST 1024

/* ---- saving ---- */

static void write_words(mtmi_json *json, const mtmi_map *words) {
    mtmi_json_array(json);
    for (uint32_t w = 0; w < words->n; w++) {
        size_t length;
        const unsigned char *word = mtmi_map_key(words, w, &length);
        mtmi_json_bytes(json, (const char *)word, length);
    }
    mtmi_json_array_end(json);
}

static void write_names(mtmi_json *json, char *const *names, size_t n) {
    mtmi_json_array(json);
    for (size_t i = 0; i < n; i++) {
        mtmi_json_text(json, names[i]);
    }
    mtmi_json_array_end(json);
}

/* Ids are written as hashes, or not at all. */
static int has_ids(const mtmi_survey_state *state) {
    return state->seen.hashed && state->seen.ids.n > 0;
}

static void write_ids(const mtmi_survey_seen *seen, mtmi_buffer *out) {
    for (uint32_t i = 0; i < seen->ids.n; i++) {
        size_t length;
        char text[2 * MTMI_SEEN_HASH + 1];
        mtmi_hash_hex(mtmi_map_key(&seen->ids, i, &length), MTMI_SEEN_HASH, text);
        mtmi_buffer_format(out, "%s %llu %lld\n", text, (unsigned long long)seen->origins[i].source,
                           (long long)seen->origins[i].line);
    }
}

static void write_head(const mtmi_survey_state *state, mtmi_buffer *out) {
    mtmi_json json;
    mtmi_json_start(&json, out);
    mtmi_json_object(&json);
    mtmi_json_pair(&json, "format", FORMAT);
    mtmi_json_pair_int(&json, "version", has_ids(state) ? 2 : 1);
    mtmi_json_pair(&json, "name", state->name);
    mtmi_json_pair(&json, "plan", state->plan);
    mtmi_json_pair_int(&json, "in", state->rows_in);
    mtmi_json_pair_int(&json, "refused", state->rows_refused);
    mtmi_json_pair_int(&json, "zero", state->zero_weights);
    mtmi_json_pair_int(&json, "blank", state->blank);
    mtmi_json_pair(&json, "commas", state->commas_doubtful ? "doubtful" : "decimal");
    if (has_ids(state)) {
        char mark[2 * MTMI_SEEN_HASH + 1];
        mtmi_hash_hex((const unsigned char *)state->seen.mark, MTMI_SEEN_HASH, mark);
        mtmi_json_pair(&json, "key", mark);
        mtmi_json_pair_int(&json, "ids", (int64_t)state->seen.ids.n);
        mtmi_json_key(&json, "sources");
        write_names(&json, state->seen.sources, state->seen.n_sources);
    }
    mtmi_json_key(&json, "columns");
    write_names(&json, state->names, state->n_columns);
    mtmi_json_key(&json, "words");
    mtmi_json_array(&json);
    for (size_t i = 0; i < state->n_columns; i++) {
        write_words(&json, &state->words[i]);
    }
    mtmi_json_array_end(&json);
    mtmi_json_object_end(&json);
}

mtm_status mtmi_survey_state_save(const mtmi_survey_state *state, mtm_buffer **out, mtm_error *err) {
    mtmi_buffer buffer = MTMI_BUFFER_INIT;
    if (state == NULL || out == NULL) {
        return mtmi_error_argument(err, state == NULL ? "state" : "out", "not NULL");
    }
    *out = NULL;
    if (state->plan == NULL) {
        return mtmi_error_argument(err, "state", "a state to which something was added");
    }
    write_head(state, &buffer);
    mtmi_buffer_text(&buffer, "rows\n");
    if (has_ids(state)) {
        write_ids(&state->seen, &buffer);
    }
    for (uint32_t row = 0; row < state->keys.n; row++) {
        char weight[MTMI_AMOUNT_TEXT];
        const uint32_t *codes = mtmi_state_codes(state, row);
        mtmi_exact_write(&state->rows[row].weight, weight);
        mtmi_buffer_format(&buffer, "%llu %s %llu", (unsigned long long)state->rows[row].count, weight,
                           (unsigned long long)state->rows[row].line);
        for (size_t i = 0; i <= state->n_columns; i++) {
            mtmi_buffer_format(&buffer, " %llu", (unsigned long long)codes[i]);
        }
        mtmi_buffer_char(&buffer, '\n');
    }
    mtmi_buffer_format(&buffer, "end %llu\n", (unsigned long long)state->keys.n);
    return mtmi_buffer_finish(&buffer, out, err);
}

/* ---- loading ---- */

typedef struct loader {
    const char *at, *end, *name;
    mtmi_survey_state *state;
    uint64_t n_ids;
    mtm_error *err;
} loader;

static mtm_status refuse(const loader *at, const char *what) {
    return mtmi_error_set(at->err, MTM_ERROR_STRUCTURE, 0, (mtmi_place){at->name, 0, 0},
                          "no state of a survey, or a damaged one: %s", what);
}

/* A whole number up to most, and the mark after it. */
static int take_number(loader *at, uint64_t most, char mark, uint64_t *out) {
    uint64_t value = 0;
    const char *start = at->at;
    for (; at->at < at->end && *at->at >= '0' && *at->at <= '9'; at->at++) {
        if (value > (most - (uint64_t)(*at->at - '0')) / 10) {
            return 0;
        }
        value = value * 10 + (uint64_t)(*at->at - '0');
    }
    *out = value;
    return at->at > start && value <= most && at->at < at->end && *at->at++ == mark;
}

/* Digits with perhaps a point, exactly, and the space after them. */
static int take_weight(loader *at, mtmi_exact *out) {
    const mtmi_wide most = ((mtmi_wide)1 << 120);
    int decimals = -1, digits = 0;
    *out = (mtmi_exact){0};
    for (; at->at < at->end && *at->at != ' '; at->at++) {
        if (*at->at == '.' && decimals < 0) {
            decimals = 0;
            continue;
        }
        if (*at->at < '0' || *at->at > '9' || out->units > most / 10 - 1 || decimals == 36) {
            return 0;
        }
        out->units = out->units * 10 + (*at->at - '0');
        decimals += decimals >= 0;
        digits++;
    }
    out->decimals = decimals < 0 ? 0 : decimals;
    return digits > 0 && at->at < at->end && *at->at++ == ' ';
}

static mtm_status take_row(loader *at) {
    mtmi_survey_state *state = at->state;
    uint32_t codes[COLUMNS_MOST + 1];
    uint64_t count, line, code;
    mtmi_exact weight;
    if (!take_number(at, UINT32_MAX, ' ', &count) || count == 0 || !take_weight(at, &weight) ||
        !take_number(at, UINT32_MAX, ' ', &line)) {
        return refuse(at, "a row has no number of interviews, weight and line");
    }
    for (size_t i = 0; i <= state->n_columns; i++) {
        uint64_t most = i == state->n_columns ? 1 : state->words[i].n - 1;
        if ((i < state->n_columns && state->words[i].n == 0) ||
            !take_number(at, most, i == state->n_columns ? '\n' : ' ', &code)) {
            return refuse(at, "a row names a word that is not there");
        }
        codes[i] = (uint32_t)code;
    }
    size_t before = state->keys.n;
    MTMI_CHECK_STATUS(mtmi_state_add_row(state, codes, &weight, (uint32_t)count, (uint32_t)line, at->err));
    return state->keys.n == before ? refuse(at, "two rows are alike") : MTM_OK;
}

static int take_hash(const char *text, unsigned char *out) {
    for (size_t i = 0; i < 2 * MTMI_SEEN_HASH; i++) {
        int value = text[i] >= '0' && text[i] <= '9'   ? text[i] - '0'
                    : text[i] >= 'a' && text[i] <= 'f' ? text[i] - 'a' + 10
                                                       : -1;
        if (value < 0) {
            return 0;
        }
        out[i / 2] = (unsigned char)(i % 2 == 0 ? value * 16 : out[i / 2] + value);
    }
    return 1;
}

static mtm_status take_id(loader *at) {
    mtmi_survey_seen *seen = &at->state->seen;
    unsigned char hash[MTMI_SEEN_HASH];
    uint64_t source, line;
    const mtmi_survey_origin *first;
    if ((size_t)(at->end - at->at) <= 2 * MTMI_SEEN_HASH || !take_hash(at->at, hash) ||
        at->at[2 * MTMI_SEEN_HASH] != ' ') {
        return refuse(at, "an id is no hash");
    }
    at->at += 2 * MTMI_SEEN_HASH + 1;
    if (!take_number(at, seen->n_sources - 1, ' ', &source) || !take_number(at, INT64_MAX, '\n', &line)) {
        return refuse(at, "an id has no file and line");
    }
    MTMI_CHECK_STATUS(
        mtmi_seen_add_hash(seen, hash, (mtmi_survey_origin){(int64_t)line, (uint32_t)source}, &first, at->err));
    return first == NULL ? MTM_OK : refuse(at, "an id comes twice");
}

/* What the head says of ids: which key they are hashed under, how many there are, and the files. */
static mtm_status take_sources(loader *at, const json_t *head) {
    const json_t *sources = json_object_get(head, "sources"), *key = json_object_get(head, "key");
    json_int_t n = json_integer_value(json_object_get(head, "ids"));
    mtmi_survey_seen *seen = &at->state->seen;
    if (json_integer_value(json_object_get(head, "version")) == 1) {
        return MTM_OK;
    }
    if (json_array_size(sources) == 0 || json_array_size(sources) > UINT32_MAX || n < 1 || n > UINT32_MAX ||
        json_string_length(key) != 2 * MTMI_SEEN_HASH ||
        !take_hash(json_string_value(key), (unsigned char *)seen->mark)) {
        return refuse(at, "the head does not say of which files and key the ids are");
    }
    for (size_t i = 0; i < json_array_size(sources); i++) {
        const char *name = json_string_value(json_array_get(sources, i));
        MTMI_CHECK_STATUS(name == NULL ? refuse(at, "a file has no name") : mtmi_seen_begin(seen, name, at->err));
    }
    seen->hashed = 1;
    at->n_ids = (uint64_t)n;
    return MTM_OK;
}

static mtm_status take_words(loader *at, const json_t *list, mtmi_map *words) {
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *word = json_array_get(list, i);
        size_t before = words->n;
        if (!json_is_string(word)) {
            return refuse(at, "a word is no text");
        }
        if (mtmi_map_add(words, json_string_value(word), json_string_length(word)) == MTMI_MAP_NONE) {
            return mtmi_error_memory(at->err);
        }
        if (words->n == before) {
            return refuse(at, "a word comes twice");
        }
    }
    return MTM_OK;
}

static mtm_status copy_text(const loader *at, const json_t *head, const char *key, char **out) {
    const char *text = json_string_value(json_object_get(head, key));
    if (text == NULL) {
        return refuse(at, "the head lacks a text");
    }
    *out = mtmi_memory_copy_text(text);
    return *out == NULL ? mtmi_error_memory(at->err) : MTM_OK;
}

static mtm_status take_columns(loader *at, const json_t *head) {
    const json_t *columns = json_object_get(head, "columns"), *words = json_object_get(head, "words");
    const char *names[COLUMNS_MOST];
    size_t n = json_array_size(columns);
    if (n > COLUMNS_MOST || json_array_size(words) != n) {
        return refuse(at, "columns and words do not match");
    }
    for (size_t i = 0; i < n; i++) {
        names[i] = json_string_value(json_array_get(columns, i));
        if (names[i] == NULL) {
            return refuse(at, "a column has no name");
        }
    }
    MTMI_CHECK_STATUS(mtmi_state_name(at->state, names, n, at->err));
    for (size_t i = 0; i < n; i++) {
        MTMI_CHECK_STATUS(take_words(at, json_array_get(words, i), &at->state->words[i]));
    }
    return MTM_OK;
}

static mtm_status take_head(loader *at, size_t size) {
    json_t *head = NULL, *plan = NULL;
    mtmi_survey_state *state = at->state;
    mtm_status status;
    MTMI_TRY(mtmi_json_load(at->at, size, at->name, &head, at->err));
    const char *format = json_string_value(json_object_get(head, "format"));
    json_int_t version = json_integer_value(json_object_get(head, "version"));
    MTMI_TRY(format == NULL || strcmp(format, FORMAT) != 0 || version < 1 || version > 2
                 ? refuse(at, "the format is not " FORMAT ", version 1 or 2")
                 : MTM_OK);
    MTMI_TRY(copy_text(at, head, "name", &state->name));
    MTMI_TRY(copy_text(at, head, "plan", &state->plan));
    MTMI_TRY(mtmi_json_load(state->plan, strlen(state->plan), at->name, &plan, at->err));
    state->weighted = json_is_string(json_object_get(plan, "weight"));
    state->rows_in = (int64_t)json_integer_value(json_object_get(head, "in"));
    state->rows_refused = (int64_t)json_integer_value(json_object_get(head, "refused"));
    state->zero_weights = (int64_t)json_integer_value(json_object_get(head, "zero"));
    state->blank = (int64_t)json_integer_value(json_object_get(head, "blank"));
    const char *commas = json_string_value(json_object_get(head, "commas"));
    state->commas_doubtful = commas == NULL || strcmp(commas, "decimal") != 0;
    MTMI_TRY(take_sources(at, head));
    MTMI_TRY(take_columns(at, head));
out:
    json_decref(head);
    json_decref(plan);
    return status;
}

static mtm_status load(loader *at) {
    static const char mark[] = "\n}\nrows\n";
    const char *stop = NULL;
    for (const char *c = at->at; c + sizeof mark - 1 <= at->end && stop == NULL;) {
        const char *line = memchr(c, '\n', (size_t)(at->end - c));
        stop = line != NULL && (size_t)(at->end - line) >= sizeof mark - 1 && memcmp(line, mark, sizeof mark - 1) == 0
                   ? line
                   : NULL;
        c = line == NULL ? at->end : line + 1;
    }
    if (stop == NULL) {
        return refuse(at, "there is no head");
    }
    MTMI_CHECK_STATUS(take_head(at, (size_t)(stop + 2 - at->at)));
    at->at = stop + sizeof mark - 1;
    for (uint64_t i = 0; i < at->n_ids; i++) {
        MTMI_CHECK_STATUS(take_id(at));
    }
    while (at->at < at->end && *at->at != 'e') {
        MTMI_CHECK_STATUS(take_row(at));
    }
    uint64_t n = 0;
    int ends = (size_t)(at->end - at->at) > 4 && memcmp(at->at, "end ", 4) == 0;
    at->at += ends ? 4 : 0;
    return ends && take_number(at, UINT32_MAX, '\n', &n) && n == at->state->keys.n && at->at == at->end
               ? MTM_OK
               : refuse(at, "the last line does not say how many rows there are");
}

mtm_status mtmi_survey_state_find(const mtm_source *source, int *saved, mtm_error *err) {
    static const char mark[] = "{\n  \"format\": \"" FORMAT "\"";
    const size_t size = sizeof mark - 1;
    mtm_source from;
    mtmi_source *opened = NULL;
    const char *head = NULL;
    size_t got = 0;
    *saved = 0;
    if (source == NULL || (source->kind != MTM_SOURCE_PATH && source->kind != MTM_SOURCE_BYTES)) {
        return MTM_OK;
    }
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_source_take(source, &from, NULL));
    MTMI_TRY(mtmi_source_from(&from, &opened, NULL));
    MTMI_TRY(mtmi_source_peek(opened, size, &head, &got, NULL));
    *saved = got >= size && memcmp(head, mark, size) == 0;
out:
    mtmi_source_free(opened);
    return status == MTM_ERROR_MEMORY ? mtmi_error_memory(err) : MTM_OK;
}

mtm_status mtmi_survey_state_load(const mtm_source *source, mtmi_survey_state **out, mtm_error *err) {
    mtm_source from;
    mtmi_source *opened = NULL;
    char *bytes = NULL;
    size_t size = 0;
    loader at = {.err = err};
    mtm_status status = mtmi_source_take(source, &from, err);
    if (out != NULL) {
        *out = NULL;
    }
    if (status == MTM_OK && out == NULL) {
        mtmi_source_drop(&from);
        return mtmi_error_argument(err, "out", "not NULL");
    }
    MTMI_TRY(status);
    MTMI_TRY(mtmi_source_from(&from, &opened, err));
    MTMI_TRY(mtmi_source_read_all(opened, BYTES_MOST, &bytes, &size, err));
    MTMI_TRY(mtmi_survey_state_new(NULL, &at.state, err));
    at.at = bytes;
    at.end = bytes + size;
    at.name = mtmi_source_name(opened);
    MTMI_TRY(load(&at));
    *out = at.state;
    at.state = NULL;
out:
    mtmi_survey_state_free(at.state);
    mtmi_memory_free(bytes);
    mtmi_source_free(opened);
    return status;
}
