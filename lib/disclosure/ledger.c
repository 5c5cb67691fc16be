/* Reads the ledger of publications and joins the evidence of a document with that of earlier ones. The file stays
 * locked until the ledger is freed, so that writers follow one another; a damaged ledger is refused, because one that
 * was read in part would protect in part. */
#include "disclosure/ledger.h"

#include "base/decimal.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/io.h"
#include "base/json_read.h"
#include "base/memory.h"
#include "base/source.h"
#include "base/try.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>

enum {
    LEDGER_LIMIT = 1 << 30,
    FLOW = 1,
    CONTROLLED = 2,
    PERSONS = 4,
    LOOSE = 8,
    AMOUNT = 16,
    SAID = 32,
    ROUNDED = 16 /* of a number */
};

void mtmi_ledger_free(mtmi_ledger *ledger) {
    if (ledger == NULL) {
        return;
    }
    for (size_t i = 0; i < ledger->n_publications; i++) {
        mtmi_memory_free(ledger->publications[i].title);
        mtmi_memory_free(ledger->publications[i].document);
    }
    for (size_t i = 0; i < ledger->n_observed; i++) {
        mtmi_memory_free(ledger->observed[i].family);
        mtmi_memory_free(ledger->observed[i].cell);
    }
    mtmi_map_free(&ledger->known);
    mtmi_memory_free(ledger->publications);
    mtmi_memory_free(ledger->observed);
    mtmi_memory_free(ledger->joined);
    mtmi_memory_free(ledger->numbers);
    mtmi_memory_free(ledger->terms);
    mtmi_memory_free(ledger->bytes);
    mtmi_memory_free(ledger->path);
    if (ledger->lock >= 0) {
        mtmi_io_close(ledger->lock);
    }
    mtmi_memory_free(ledger);
}

/* ---- observations ---- */

int mtmi_ledger_flags(const mtmi_observed *o) {
    return (o->is_flow ? FLOW : 0) | (o->controlled ? CONTROLLED : 0) | (o->persons ? PERSONS : 0) |
           (o->loose ? LOOSE : 0) | (o->amount ? AMOUNT : 0) | (o->by.contributors >= 0 ? SAID : 0);
}

int mtmi_ledger_name(const mtmi_observed *o, mtmi_buffer *out) {
    int flags = mtmi_ledger_flags(o);
    mtmi_buffer_clear(out);
    mtmi_buffer_format(out, "%zu:%s%zu:%s", strlen(o->family), o->family, strlen(o->cell), o->cell);
    mtmi_buffer_format(out, ",%d,%d,%d,%d,%lld,%d,%d", (int)o->period.first, (int)o->period.last, (int)o->release.first,
                       (int)o->release.last, (long long)o->units, o->decimals, flags);
    if ((flags & SAID) != 0) {
        mtmi_buffer_format(out, ",%lld,%lld,%lld", (long long)o->by.contributors, (long long)o->by.largest,
                           (long long)o->by.second);
    }
    return !out->failed;
}

static int copy_observed(const mtmi_observed *from, mtmi_observed *to) {
    *to = *from;
    to->family = mtmi_memory_copy_text(from->family);
    to->cell = mtmi_memory_copy_text(from->cell);
    return to->family != NULL && to->cell != NULL;
}

/* The number of an observation, which is added where it is new; MTMI_MAP_NONE when memory ran out. */
uint32_t mtmi_ledger_keep(mtmi_ledger *ledger, const mtmi_observed *observed) {
    mtmi_buffer name = MTMI_BUFFER_INIT;
    void *table = ledger->observed;
    uint32_t at =
        mtmi_ledger_name(observed, &name) ? mtmi_map_add(&ledger->known, name.data, name.size) : MTMI_MAP_NONE;
    mtmi_buffer_free(&name);
    if (at == MTMI_MAP_NONE || at < ledger->n_observed) {
        return at;
    }
    if (!mtmi_memory_reserve(&table, &ledger->observed_capacity, ledger->n_observed + 1, sizeof *ledger->observed)) {
        return MTMI_MAP_NONE;
    }
    ledger->observed = table;
    return copy_observed(observed, &ledger->observed[ledger->n_observed++]) ? at : MTMI_MAP_NONE;
}

/* ---- a publication as it is written ---- */

typedef struct reading {
    mtmi_ledger *ledger;
    int64_t line;
} reading;

static mtm_status damaged(const reading *r, const char *what, mtm_error *err) {
    return mtmi_error_set(err, MTM_ERROR_STATE, 0, (mtmi_place){r->ledger->path, r->line, 0},
                          "the ledger of publications is damaged: %s; nothing was made: restore it from a copy", what);
}

/* Whole numbers of an array, from a place on. */
static int read_integers(const json_t *array, size_t from, size_t n, int64_t *out) {
    for (size_t i = 0; i < n; i++) {
        const json_t *item = json_array_get(array, from + i);
        if (!json_is_integer(item)) {
            return 0;
        }
        out[i] = json_integer_value(item);
    }
    return 1;
}

static int fits(int64_t value, int64_t least, int64_t most) {
    return value >= least && value <= most;
}

enum { FIRST, LAST, RELEASE_FIRST, RELEASE_LAST, UNITS, DECIMALS, FLAGS, N_INTEGERS, N_SAID = 3 };

/* Who contributed follows where the flags say so. */
static int read_contribution(const json_t *item, int64_t flags, mtmi_contribution *out) {
    int64_t v[N_SAID];
    *out = (mtmi_contribution){-1, 0, 0};
    if ((flags & SAID) == 0) {
        return json_array_size(item) == 2 + N_INTEGERS;
    }
    if (json_array_size(item) != 2 + N_INTEGERS + N_SAID || !read_integers(item, 2 + N_INTEGERS, N_SAID, v)) {
        return 0;
    }
    *out = (mtmi_contribution){v[0], v[1], v[2]};
    return v[0] >= 0 && v[1] >= v[2] && v[2] >= 0;
}

static mtm_status read_observed(reading *r, const json_t *item, mtm_error *err) {
    int64_t v[N_INTEGERS];
    mtmi_contribution by = {-1, 0, 0};
    const char *family = json_string_value(json_array_get(item, 0)), *cell = json_string_value(json_array_get(item, 1));
    int well = json_array_size(item) >= 2 + N_INTEGERS && family != NULL && cell != NULL &&
               read_integers(item, 2, N_INTEGERS, v) && fits(v[DECIMALS], 0, MTMI_DECIMALS_MAX) &&
               fits(v[FLAGS], 0, 63) && read_contribution(item, v[FLAGS], &by);
    for (int i = FIRST; well && i <= RELEASE_LAST; i++) {
        well = fits(v[i], INT32_MIN, INT32_MAX);
    }
    if (!well || v[FIRST] > v[LAST]) {
        return damaged(r, "an observation is not what it should be", err);
    }
    const mtmi_observed observed = {(char *)family,
                                    (char *)cell,
                                    {(int32_t)v[FIRST], (int32_t)v[LAST]},
                                    {(int32_t)v[RELEASE_FIRST], (int32_t)v[RELEASE_LAST]},
                                    v[UNITS],
                                    (int)v[DECIMALS],
                                    (v[FLAGS] & FLOW) != 0,
                                    (v[FLAGS] & CONTROLLED) != 0,
                                    (v[FLAGS] & PERSONS) != 0,
                                    (v[FLAGS] & LOOSE) != 0,
                                    (v[FLAGS] & AMOUNT) != 0,
                                    by,
                                    .selected = 0};
    size_t before = r->ledger->n_observed;
    if (mtmi_ledger_keep(r->ledger, &observed) == MTMI_MAP_NONE) {
        return mtmi_error_memory(err);
    }
    return r->ledger->n_observed == before ? damaged(r, "an observation comes twice", err) : MTM_OK;
}

static mtm_status read_number(reading *r, const json_t *item, mtm_error *err) {
    mtmi_ledger *ledger = r->ledger;
    int64_t state = 0, printed = 0, term[2];
    int well = read_integers(item, 0, 1, &state) && fits(state, 0, 31);
    size_t from = (state & ROUNDED) != 0 ? 2 : 1, size = json_array_size(item), n = size > from ? (size - from) / 2 : 0;
    void *numbers = ledger->numbers, *terms = ledger->terms;
    well = well && (from == 1 || read_integers(item, 1, 1, &printed));
    if (!well || n == 0 || (size - from) % 2 != 0) {
        return damaged(r, "a number is not what it should be", err);
    }
    int room = mtmi_memory_reserve(&numbers, &ledger->numbers_capacity, ledger->n_numbers + 1, sizeof *ledger->numbers);
    ledger->numbers = numbers;
    room = room && mtmi_memory_reserve(&terms, &ledger->terms_capacity, ledger->n_terms + n, sizeof *ledger->terms);
    ledger->terms = terms;
    if (!room) {
        return mtmi_error_memory(err);
    }
    ledger->numbers[ledger->n_numbers++] = (mtmi_earlier){ledger->n_terms,
                                                          n,
                                                          (uint32_t)ledger->n_publications - 1,
                                                          printed,
                                                          (state & 1) != 0,
                                                          (state & 2) != 0,
                                                          (state & 4) != 0,
                                                          (state & 8) != 0,
                                                          (state & ROUNDED) != 0};
    for (size_t i = 0; i < n; i++) {
        if (!read_integers(item, from + 2 * i, 2, term) || !fits(term[0], 0, (int64_t)ledger->n_observed - 1) ||
            !fits(term[1], -1000, 1000) || term[1] == 0) {
            return damaged(r, "a number counts what is not there", err);
        }
        ledger->terms[ledger->n_terms++] = (mtmi_evidence_term){(uint32_t)term[0], (int32_t)term[1]};
    }
    return MTM_OK;
}

static mtm_status start_publication(reading *r, const json_t *line, mtm_error *err) {
    mtmi_ledger *ledger = r->ledger;
    void *table = ledger->publications;
    const char *document = json_string_value(json_object_get(line, "document")),
               *title = json_string_value(json_object_get(line, "title"));
    const json_t *threshold = json_object_get(line, "threshold");
    if (document == NULL || title == NULL || !json_is_integer(threshold) ||
        !fits(json_integer_value(threshold), 3, 1000000)) {
        return damaged(r, "a publication lacks \"document\", \"title\" or \"threshold\"", err);
    }
    if (!mtmi_memory_reserve(&table, &ledger->publications_capacity, ledger->n_publications + 1,
                             sizeof *ledger->publications)) {
        return mtmi_error_memory(err);
    }
    ledger->publications = table;
    mtmi_publication *publication = &ledger->publications[ledger->n_publications++];
    *publication = (mtmi_publication){mtmi_memory_copy_text(title), mtmi_memory_copy_text(document),
                                      (int)json_integer_value(threshold)};
    return publication->title != NULL && publication->document != NULL ? MTM_OK : mtmi_error_memory(err);
}

static mtm_status read_publication(reading *r, const json_t *line, mtm_error *err) {
    const json_t *observed = json_object_get(line, "observed"), *numbers = json_object_get(line, "numbers");
    MTMI_CHECK_STATUS(start_publication(r, line, err));
    if (!json_is_array(observed) || !json_is_array(numbers)) {
        return damaged(r, "a publication lacks \"observed\" or \"numbers\"", err);
    }
    for (size_t i = 0; i < json_array_size(observed); i++) {
        MTMI_CHECK_STATUS(read_observed(r, json_array_get(observed, i), err));
    }
    for (size_t i = 0; i < json_array_size(numbers); i++) {
        MTMI_CHECK_STATUS(read_number(r, json_array_get(numbers, i), err));
    }
    return MTM_OK;
}

/* ---- the file ---- */

static mtm_status read_head(reading *r, const json_t *line, mtm_error *err) {
    const char *kind = json_string_value(json_object_get(line, "ledger"));
    int64_t version = json_integer_value(json_object_get(line, "version"));
    if (kind == NULL || strcmp(kind, "mtm") != 0) {
        return mtmi_error_set(
            err, MTM_ERROR_STATE, 0, (mtmi_place){r->ledger->path, 1, 0},
            "found a file that is no ledger of publications, expected one, or the name of a file that "
            "does not exist yet");
    }
    if (version != MTMI_LEDGER_VERSION) {
        return mtmi_error_set(err, MTM_ERROR_STATE, 0, (mtmi_place){r->ledger->path, 1, 0},
                              "found a ledger of version %lld, expected version %d: use the program that wrote it",
                              (long long)version, MTMI_LEDGER_VERSION);
    }
    return MTM_OK;
}

/* The last line tells how many publications there are, and a digest of all before it. */
static mtm_status read_end(reading *r, const json_t *line, const char *at, mtm_error *err) {
    mtmi_ledger *ledger = r->ledger;
    const char *told = json_string_value(json_object_get(line, "sha256"));
    mtmi_sha256 hash;
    unsigned char digest[32];
    char hex[65];
    ledger->kept = (size_t)(at - ledger->bytes);
    mtmi_sha256_start(&hash);
    mtmi_sha256_add(&hash, ledger->bytes, ledger->kept);
    mtmi_sha256_finish(&hash, digest);
    mtmi_hash_hex(digest, sizeof digest, hex);
    if (told == NULL || strcmp(told, hex) != 0 ||
        json_integer_value(json_object_get(line, "publications")) != (json_int_t)ledger->n_publications) {
        return damaged(r, "it does not have the digest that its last line tells", err);
    }
    return MTM_OK;
}

static mtm_status read_line(reading *r, const char *at, size_t length, int is_last, mtm_error *err) {
    json_t *line = NULL;
    mtm_status status = mtmi_json_load(at, length, r->ledger->path, &line, NULL);
    if (status == MTM_ERROR_MEMORY) {
        return mtmi_error_memory(err);
    }
    if (status != MTM_OK || !json_is_object(line)) {
        status = damaged(r, "a line is no JSON object", err);
    } else if (r->line == 1) {
        status = read_head(r, line, err);
    } else {
        status = is_last ? read_end(r, line, at, err) : read_publication(r, line, err);
    }
    json_decref(line);
    return status;
}

static mtm_status read_bytes(mtmi_ledger *ledger, mtm_error *err) {
    reading r = {ledger, 0};
    const char *at = ledger->bytes, *end = at + ledger->size;
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        r.line++;
        if (stop == NULL) {
            return damaged(&r, "its last line is not whole", err);
        }
        MTMI_CHECK_STATUS(read_line(&r, at, (size_t)(stop - at), stop + 1 == end, err));
        at = stop + 1;
    }
    return r.line < 2 ? damaged(&r, "it ends before its last line", err) : MTM_OK;
}

/* A file beside the ledger: the ledger itself is replaced by each writer, and a lock would stay with the old one. */
static mtm_status lock(mtmi_ledger *ledger, mtm_error *err) {
    mtmi_buffer path = MTMI_BUFFER_INIT;
    int locked = -1;
    mtmi_buffer_format(&path, "%s.lock", ledger->path);
    if (path.failed) {
        mtmi_buffer_free(&path);
        return mtmi_error_memory(err);
    }
    ledger->lock = mtmi_io_open(AT_FDCWD, path.data, O_RDWR | O_CREAT | O_NOFOLLOW, 0600);
    while (ledger->lock >= 0 && (locked = flock(ledger->lock, LOCK_EX)) != 0 && errno == EINTR) {}
    mtm_status status = locked == 0 ? MTM_OK : mtmi_io_error(err, path.data, "the ledger cannot be locked", errno);
    mtmi_buffer_free(&path);
    return status;
}

static mtm_status load(mtmi_ledger *ledger, mtm_error *err) {
    mtmi_source *source = NULL;
    mtm_error found;
    mtm_status status = mtmi_source_open(ledger->path, ledger->path, &source, &found);
    if (status == MTM_ERROR_NOT_FOUND) {
        return MTM_OK; /* the first publication makes it */
    }
    if (status == MTM_OK) {
        status = mtmi_source_read_all(source, LEDGER_LIMIT, &ledger->bytes, &ledger->size, &found);
        mtmi_source_free(source);
    }
    if (status != MTM_OK) {
        if (err != NULL) {
            *err = found;
        }
        return status;
    }
    return read_bytes(ledger, err);
}

mtm_status mtmi_ledger_open(const char *path, mtmi_ledger **out, mtm_error *err) {
    mtm_status status = MTM_OK;
    mtmi_ledger *ledger = mtmi_memory_new(1, sizeof *ledger);
    *out = NULL;
    if (ledger == NULL) {
        return mtmi_error_memory(err);
    }
    ledger->lock = -1;
    if (path[0] == '\0') {
        status = mtmi_error_argument(err, "ledger", "the name of a file");
        goto out;
    }
    ledger->path = mtmi_memory_copy_text(path);
    if (ledger->path == NULL) {
        status = mtmi_error_memory(err);
        goto out;
    }
    MTMI_TRY(lock(ledger, err));
    MTMI_TRY(load(ledger, err));
    *out = ledger;
    return MTM_OK;
out:
    mtmi_ledger_free(ledger);
    return status;
}

/* ---- with a document ---- */

static int join_own(const mtmi_evidence *from, mtmi_evidence *to, mtmi_map *known, uint32_t *number_of) {
    mtmi_buffer name = MTMI_BUFFER_INIT;
    int whole = 1;
    for (size_t i = 0; i < from->n_observed && whole; i++) {
        whole = copy_observed(&from->observed[i], &to->observed[to->n_observed++]) &&
                mtmi_ledger_name(&from->observed[i], &name);
        size_t before = known->n;
        uint32_t at = whole ? mtmi_map_add(known, name.data, name.size) : MTMI_MAP_NONE;
        whole = at != MTMI_MAP_NONE;
        if (whole && at == before) {
            number_of[at] = (uint32_t)i;
        }
    }
    mtmi_buffer_free(&name);
    return whole;
}

static int join_ledger(mtmi_ledger *ledger, mtmi_evidence *out, mtmi_map *known, uint32_t *number_of) {
    mtmi_buffer name = MTMI_BUFFER_INIT;
    int whole = 1;
    for (size_t i = 0; i < ledger->n_observed && whole; i++) {
        size_t before = known->n;
        uint32_t at =
            mtmi_ledger_name(&ledger->observed[i], &name) ? mtmi_map_add(known, name.data, name.size) : MTMI_MAP_NONE;
        whole = at != MTMI_MAP_NONE;
        if (whole && at == before) {
            number_of[at] = (uint32_t)out->n_observed;
            whole = copy_observed(&ledger->observed[i], &out->observed[out->n_observed++]);
        }
        ledger->joined[i] = whole ? number_of[at] : 0;
    }
    mtmi_buffer_free(&name);
    return whole;
}

static int copy_numbers(const mtmi_evidence *from, mtmi_evidence *to) {
    to->numbers = mtmi_memory_new(from->n_numbers + 1, sizeof *to->numbers);
    to->terms = mtmi_memory_new(from->n_terms + 1, sizeof *to->terms);
    if (to->numbers == NULL || to->terms == NULL) {
        return 0;
    }
    if (from->n_numbers > 0) {
        memcpy(to->numbers, from->numbers, from->n_numbers * sizeof *to->numbers);
    }
    if (from->n_terms > 0) {
        memcpy(to->terms, from->terms, from->n_terms * sizeof *to->terms);
    }
    to->n_numbers = from->n_numbers;
    to->n_terms = from->n_terms;
    return 1;
}

mtm_status mtmi_ledger_join(mtmi_ledger *ledger, const mtmi_evidence *evidence, mtmi_evidence **out, mtm_error *err) {
    static const mtmi_evidence nothing;
    const mtmi_evidence *from = evidence != NULL ? evidence : &nothing;
    size_t most = from->n_observed + ledger->n_observed + 1;
    mtmi_evidence *to = mtmi_memory_new(1, sizeof *to);
    uint32_t *number_of = mtmi_memory_new(most, sizeof *number_of);
    mtmi_map known = MTMI_MAP_INIT;
    mtmi_memory_free(ledger->joined);
    ledger->joined = mtmi_memory_new(ledger->n_observed + 1, sizeof *ledger->joined);
    int whole = to != NULL && number_of != NULL && ledger->joined != NULL &&
                (to->observed = mtmi_memory_new(most, sizeof *to->observed)) != NULL && copy_numbers(from, to) &&
                join_own(from, to, &known, number_of) && join_ledger(ledger, to, &known, number_of);
    mtmi_map_free(&known);
    mtmi_memory_free(number_of);
    if (!whole) {
        mtmi_evidence_free(to);
        return mtmi_error_memory(err);
    }
    *out = to;
    return MTM_OK;
}
