/* Reads the messages of Arrow IPC one after another: a schema, dictionaries, record batches. A file is such a stream between
 * two marks; its footer is not needed. Memory is taken as bytes come, never as a length promises. */
#include "read/arrow/ipc_stream.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "read/arrow/arrow_rows.h"
#include "read/arrow/ipc_batch.h"

#include <errno.h>
#include <string.h>

enum { SCHEMA = 1, DICTIONARY = 2, BATCH = 3, MOST_HEADER = 64 << 20, CHUNK = 1 << 20 };

typedef struct ipc_stream {
    mtmi_source *source;
    const char *file;
    uint64_t limit;
    uint64_t most_columns;
    mtmi_ipc_schema schema;
    mtmi_ipc_dictionary *dictionaries;
    unsigned char *header;
    size_t header_capacity;
    mtmi_ipc_table message;
    mtm_error why;
} ipc_stream;

typedef struct owned_batch {
    mtmi_ipc_blocks blocks;
} owned_batch;

int mtmi_ipc_sniff(const char *bytes, size_t n) {
    if (n >= 8 && memcmp(bytes, "ARROW1\0\0", 8) == 0) {
        return 1;
    }
    return n >= 12 && memcmp(bytes, "\xFF\xFF\xFF\xFF", 4) == 0 && bytes[7] == 0 && bytes[6] < 16 &&
           bytes[4] % 8 == 0 && memcmp(bytes + 4, "\0\0\0\0", 4) != 0;
}

static mtm_status refuse_stream(const ipc_stream *in, const char *what, mtm_error *err) {
    return mtmi_error_set(err, MTM_ERROR_STRUCTURE, MTMI_CODE_FILE, (mtmi_place){in->file, 0, 0}, "%s", what);
}

/* Exactly n bytes at `to`; *got is less only at the end. */
static mtm_status fill(ipc_stream *in, void *out, size_t n, size_t *got, mtm_error *err) {
    for (*got = 0; *got < n;) {
        size_t some = 0;
        MTMI_CHECK_STATUS(mtmi_source_read(in->source, (char *)out + *got, n - *got, &some, err));
        if (some == 0) {
            break;
        }
        *got += some;
    }
    return MTM_OK;
}

/* n bytes into a block that grows as they come. */
static mtm_status read_block(ipc_stream *in, uint64_t n, unsigned char **block, size_t *capacity, mtm_error *err) {
    size_t size = 0;
    while (size < n) {
        size_t step = n - size < CHUNK ? (size_t)(n - size) : CHUNK, got = 0;
        void *more = *block;
        if (!mtmi_memory_reserve(&more, capacity, size + step, 1)) {
            return mtmi_error_memory(err);
        }
        *block = more;
        MTMI_CHECK_STATUS(fill(in, *block + size, step, &got, err));
        size += got;
        if (got < step) {
            return refuse_stream(in, "found the end of the file within a message, expected all of an Arrow file", err);
        }
    }
    return MTM_OK;
}

/* The next message; *type 0 at the end. */
static mtm_status next_message(ipc_stream *in, int *type, int64_t *body, mtm_error *err) {
    unsigned char head[4] = {0};
    size_t got = 0;

    *type = 0;
    MTMI_CHECK_STATUS(fill(in, head, 4, &got, err));
    if (got == 4 && mtmi_ipc_integer(head, 4) == -1) { /* before version 0.15 the length came at once */
        MTMI_CHECK_STATUS(fill(in, head, 4, &got, err));
    }
    int64_t length = got == 4 ? mtmi_ipc_integer(head, 4) : 0;
    if (length == 0) {
        return MTM_OK;
    }
    if (length < 0 || length > MOST_HEADER) {
        return refuse_stream(in, "found no message of Arrow, expected one after another", err);
    }
    MTMI_CHECK_STATUS(read_block(in, (uint64_t)length, &in->header, &in->header_capacity, err));
    if (!mtmi_ipc_root(in->header, (size_t)length, &in->message)) {
        return refuse_stream(in, "found a broken message of Arrow, expected an Arrow file as it was written", err);
    }
    *type = (int)mtmi_ipc_number(&in->message, 1, 1, 0);
    *body = mtmi_ipc_number(&in->message, 3, 8, 0);
    if (*body < 0 || mtmi_ipc_number(&in->message, 0, 2, 0) < 3) {
        return refuse_stream(in, "found a message of Arrow before format version 4, expected version 4 or 5", err);
    }
    return MTM_OK;
}

/* The body of the message at hand, in memory of the blocks. */
static mtm_status read_body(ipc_stream *in, int64_t length, mtmi_ipc_blocks *blocks, mtmi_ipc_body *out,
                            mtm_error *err) {
    unsigned char *bytes = NULL;
    size_t capacity = 0;
    mtm_status status = read_block(in, (uint64_t)length, &bytes, &capacity, err);
    if (status != MTM_OK) {
        mtmi_memory_free(bytes);
        return status;
    }
    if (bytes != NULL && !mtmi_ipc_blocks_take(blocks, bytes)) {
        return mtmi_error_memory(err);
    }
    *out = (mtmi_ipc_body){
        {NULL, 0, 0, 0, 0}, bytes != NULL ? bytes : (const unsigned char *)"", (size_t)length, in->limit};
    return mtmi_ipc_refer(&in->message, 2, &out->header)
               ? MTM_OK
               : refuse_stream(in, "found a message of Arrow without a header, expected one", err);
}

static mtm_status say(const ipc_stream *in, int number, const char *what, mtm_error *err) {
    return number == 0 ? MTM_OK : number == ENOMEM ? mtmi_error_memory(err) : refuse_stream(in, what, err);
}

static mtm_status read_dictionary(ipc_stream *in, int64_t length, mtm_error *err) {
    mtmi_ipc_dictionary *dictionary = mtmi_memory_new(1, sizeof *dictionary);
    const char *what = NULL;
    mtmi_ipc_body body;
    if (dictionary == NULL) {
        return mtmi_error_memory(err);
    }
    dictionary->before = in->dictionaries;
    in->dictionaries = dictionary;
    dictionary->id = -1;
    MTMI_CHECK_STATUS(read_body(in, length, &dictionary->blocks, &body, err));
    int64_t id = mtmi_ipc_number(&body.header, 0, 8, 0);
    const mtmi_ipc_field *field = mtmi_ipc_schema_dictionary(&in->schema, id);
    if (mtmi_ipc_number(&body.header, 2, 1, 0) != 0) {
        return refuse_stream(in, "found a dictionary that is added to, expected whole ones; write the file anew", err);
    }
    mtmi_ipc_table values;
    if (field == NULL) {
        return MTM_OK; /* of a column inside a column */
    }
    if (!mtmi_ipc_refer(&body.header, 1, &values)) {
        return refuse_stream(in, "found a dictionary without values, expected some", err);
    }
    body.header = values;
    int number = mtmi_ipc_values(field, &body, &dictionary->blocks, &dictionary->values, &what);
    dictionary->id = number == 0 ? id : -1;
    return say(in, number, what, err);
}

static void release_batch(struct ArrowArray *array) {
    owned_batch *owned = array->private_data;
    mtmi_ipc_blocks_free(&owned->blocks);
    mtmi_memory_free(owned);
    array->release = NULL;
}

static mtm_status read_batch(ipc_stream *in, int64_t length, struct ArrowArray *out, mtm_error *err) {
    owned_batch *owned = mtmi_memory_new(1, sizeof *owned);
    const char *what = NULL;
    mtmi_ipc_body body;
    mtm_status status = owned == NULL ? mtmi_error_memory(err) : MTM_OK;
    MTMI_TRY(status);
    MTMI_TRY(read_body(in, length, &owned->blocks, &body, err));
    int number = mtmi_ipc_batch(&in->schema, in->dictionaries, &body, &owned->blocks, out, &what);
    MTMI_TRY(say(in, number, what, err));
    out->private_data = owned;
    out->release = release_batch;
    return MTM_OK;
out:
    if (owned != NULL) {
        mtmi_ipc_blocks_free(&owned->blocks);
        mtmi_memory_free(owned);
    }
    memset(out, 0, sizeof *out);
    return status;
}

/* ---- the stream ---- */

static int number_of(const ipc_stream *in) {
    return in->why.status == MTM_ERROR_MEMORY ? ENOMEM : EIO;
}

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
    ipc_stream *in = stream->private_data;
    mtmi_ipc_schema_lend(&in->schema, out);
    return 0;
}

static mtm_status next_batch(ipc_stream *in, struct ArrowArray *out, mtm_error *err) {
    memset(out, 0, sizeof *out);
    for (;;) {
        int64_t body = 0;
        int type = 0;
        MTMI_CHECK_STATUS(next_message(in, &type, &body, err));
        if (type == BATCH) {
            return read_batch(in, body, out, err);
        }
        if (type != DICTIONARY) {
            return type == 0 ? MTM_OK
                             : refuse_stream(in, "found a message of Arrow that is no record batch, expected one", err);
        }
        MTMI_CHECK_STATUS(read_dictionary(in, body, err));
    }
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    ipc_stream *in = stream->private_data;
    return next_batch(in, out, &in->why) == MTM_OK ? 0 : number_of(in);
}

static const char *get_last_error(struct ArrowArrayStream *stream) {
    return ((ipc_stream *)stream->private_data)->why.message;
}

static void release_stream(struct ArrowArrayStream *stream) {
    ipc_stream *in = stream->private_data;
    while (in->dictionaries != NULL) {
        mtmi_ipc_dictionary *before = in->dictionaries->before;
        mtmi_ipc_blocks_free(&in->dictionaries->blocks);
        mtmi_memory_free(in->dictionaries);
        in->dictionaries = before;
    }
    mtmi_ipc_schema_free(&in->schema);
    mtmi_memory_free(in->header);
    mtmi_memory_free(in);
    stream->release = NULL;
}

static mtm_status begin(ipc_stream *in, mtm_error *err) {
    const uint16_t one = 1;
    const char *head = NULL;
    char mark[8];
    size_t got = 0;
    int64_t body = 0;
    int type = 0;
    mtmi_ipc_table header;

    if (*(const unsigned char *)&one == 0) {
        return mtmi_error_set(
            err, MTM_ERROR_UNSUPPORTED, 0, (mtmi_place){in->file, 0, 0},
            "Arrow files are not read where numbers begin with the high byte; give the stream instead");
    }
    MTMI_CHECK_STATUS(mtmi_source_peek(in->source, 8, &head, &got, err));
    if (got == 8 && memcmp(head, "ARROW1", 6) == 0) {
        MTMI_CHECK_STATUS(fill(in, mark, sizeof mark, &got, err));
    }
    MTMI_CHECK_STATUS(next_message(in, &type, &body, err));
    if (type != SCHEMA || !mtmi_ipc_refer(&in->message, 2, &header)) {
        return refuse_stream(in, "found an Arrow file that does not begin with its columns, expected a schema first",
                             err);
    }
    return mtmi_ipc_schema_read(&header, in->file, in->most_columns, &in->schema, err);
}

mtm_status mtmi_ipc_stream(mtmi_source *source, const mtmi_limits *limits, struct ArrowArrayStream *out,
                           mtm_error *err) {
    ipc_stream *in = mtmi_memory_new(1, sizeof *in);
    memset(out, 0, sizeof *out);
    if (in == NULL) {
        return mtmi_error_memory(err);
    }
    in->source = source;
    in->file = mtmi_source_name(source);
    in->limit = limits->max_expansion;
    in->most_columns = limits->max_columns;
    *out = (struct ArrowArrayStream){get_schema, get_next, get_last_error, release_stream, in};
    mtm_status status = begin(in, err);
    if (status != MTM_OK) {
        out->release(out);
    }
    return status;
}

mtm_status mtmi_ipc_rows_open(mtmi_source *source, const mtmi_limits *limits, mtmi_rows **out, mtm_error *err) {
    struct ArrowArrayStream stream;
    MTMI_CHECK_STATUS(mtmi_ipc_stream(source, limits, &stream, err));
    MTMI_CHECK_STATUS(mtmi_arrow_rows_new(&stream, mtmi_source_name(source), limits, out, err));
    (*out)->named = 1;
    return MTM_OK;
}
