/* Unpacks gzip (RFC 1952), one or several members, through zlib. No more bytes come out than the limit allows, and never
 * more than 1000 times what went in: a file made to exhaust memory ends in an error. */
#include "base/gzip.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"

#ifdef MTMI_WITH_ZLIB

#include <string.h>
#include <zlib.h>

#define BLOCK 65536
#define RATIO 1000u

struct mtmi_gzip {
    mtmi_gzip_input input;
    z_stream stream;
    uint64_t limit, in, out;
    int ended;  /* a member is complete */
    int at_end; /* the file is */
    unsigned char block[BLOCK];
};

static void *allocate(void *unused, unsigned n, unsigned size) {
    (void)unused;
    return mtmi_memory_new(n, size);
}

static void release(void *unused, void *block) {
    (void)unused;
    mtmi_memory_free(block);
}

mtm_status mtmi_gzip_new(mtmi_gzip_input input, uint64_t limit, mtmi_gzip **out, mtm_error *err) {
    mtmi_gzip *gzip = mtmi_memory_new(1, sizeof *gzip);
    *out = NULL;
    if (gzip == NULL) {
        return mtmi_error_memory(err);
    }
    gzip->input = input;
    gzip->limit = limit;
    gzip->stream.zalloc = allocate;
    gzip->stream.zfree = release;
    if (inflateInit2(&gzip->stream, 16 + MAX_WBITS) != Z_OK) {
        mtmi_memory_free(gzip);
        return mtmi_error_memory(err);
    }
    *out = gzip;
    return MTM_OK;
}

static mtm_status fail(const mtmi_gzip *gzip, mtm_status status, const char *message, mtm_error *err) {
    return mtmi_error_set(err, status, 0, (mtmi_place){gzip->input.name, 0, 0}, "%s", message);
}

static mtm_status refill(mtmi_gzip *gzip, mtm_error *err) {
    size_t got = 0;
    mtm_status status = gzip->input.read(gzip->input.data, gzip->block, BLOCK, &got, err);
    gzip->stream.next_in = gzip->block;
    gzip->stream.avail_in = (uInt)got;
    gzip->in += got;
    gzip->at_end = status == MTM_OK && got == 0;
    return status;
}

/* One step of inflating into what is left of the caller's room. */
static mtm_status step(mtmi_gzip *gzip, mtm_error *err) {
    if (gzip->ended) {
        gzip->ended = 0;
        inflateReset(&gzip->stream);
    }
    int answer = inflate(&gzip->stream, Z_NO_FLUSH);
    gzip->ended = answer == Z_STREAM_END;
    if (answer == Z_MEM_ERROR) {
        return mtmi_error_memory(err);
    }
    if (answer != Z_OK && answer != Z_STREAM_END && answer != Z_BUF_ERROR) {
        return fail(gzip, MTM_ERROR_STRUCTURE, "damaged gzip data, expected a whole gzip file; fetch the file again",
                    err);
    }
    return MTM_OK;
}

/* Unpacks on, with more packed bytes where there are none; at the end nothing is left to unpack. */
static mtm_status unpack(mtmi_gzip *gzip, mtm_error *err) {
    if (gzip->stream.avail_in == 0) {
        MTMI_CHECK_STATUS(refill(gzip, err));
    }
    if (gzip->at_end && !gzip->ended) {
        return fail(gzip, MTM_ERROR_STRUCTURE, "truncated gzip data, expected a whole gzip file; fetch the file again",
                    err);
    }
    return gzip->at_end ? MTM_OK : step(gzip, err);
}

mtm_status mtmi_gzip_read(mtmi_gzip *gzip, void *bytes, size_t size, size_t *got, mtm_error *err) {
    uInt room = size < (1u << 30) ? (uInt)size : 1u << 30;
    *got = 0;
    gzip->stream.next_out = bytes;
    gzip->stream.avail_out = room;
    while (gzip->stream.avail_out == room && !gzip->at_end) {
        MTMI_CHECK_STATUS(unpack(gzip, err));
    }
    *got = room - gzip->stream.avail_out;
    gzip->out += *got;
    if (gzip->out > gzip->limit || (gzip->out > BLOCK && gzip->out / RATIO > gzip->in)) {
        *got = 0;
        return fail(
            gzip, MTM_ERROR_LIMIT,
            "found more unpacked bytes than the limit max_expansion allows, expected a file that is not made to "
            "exhaust memory",
            err);
    }
    return MTM_OK;
}

void mtmi_gzip_free(mtmi_gzip *gzip) {
    if (gzip != NULL) {
        inflateEnd(&gzip->stream);
        mtmi_memory_free(gzip);
    }
}

#else

mtm_status mtmi_gzip_new(mtmi_gzip_input input, uint64_t limit, mtmi_gzip **out, mtm_error *err) {
    (void)limit;
    *out = NULL;
    return mtmi_error_set(err, MTM_ERROR_UNSUPPORTED, 0, (mtmi_place){input.name, 0, 0},
                          "found gzip data, expected plain text: this build has no zlib");
}

mtm_status mtmi_gzip_read(mtmi_gzip *gzip, void *bytes, size_t size, size_t *got, mtm_error *err) {
    (void)gzip;
    (void)bytes;
    (void)size;
    *got = 0;
    return mtmi_error_memory(err);
}

void mtmi_gzip_free(mtmi_gzip *gzip) {
    (void)gzip;
}

#endif
