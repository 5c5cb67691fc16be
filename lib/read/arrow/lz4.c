/* Unpacks LZ4 frames: blocks of literals and of copies of what was written before. Check sums are passed over: the sizes
 * that the file states are held, and Arrow states them twice. */
#include "read/arrow/lz4.h"

#include <stdint.h>
#include <string.h>

enum { MAGIC_SIZE = 4, LEAST_COPY = 4 };

typedef struct cursor {
    const unsigned char *at, *end;
} cursor;

/* A length of 15 goes on in the bytes that follow. 0 where they end. */
static int take_length(cursor *in, size_t *length) {
    if (*length != 15) {
        return 1;
    }
    for (;;) {
        if (in->at == in->end) {
            return 0;
        }
        *length += *in->at;
        if (*in->at++ != 255) {
            return 1;
        }
    }
}

/* One block behind the bytes `written`; how many are written after it, SIZE_MAX where it is broken. */
static size_t unpack_block(cursor in, unsigned char *out, size_t written, size_t size) {
    while (in.at < in.end) {
        unsigned token = *in.at++;
        size_t literals = token >> 4, copy = token & 15, back;
        if (!take_length(&in, &literals) || literals > (size_t)(in.end - in.at) || literals > size - written) {
            return SIZE_MAX;
        }
        memcpy(out + written, in.at, literals);
        in.at += literals;
        written += literals;
        if (in.at == in.end) {
            return written; /* the last sequence has no copy */
        }
        if (in.end - in.at < 2) {
            return SIZE_MAX;
        }
        back = (size_t)in.at[0] | (size_t)in.at[1] << 8;
        in.at += 2;
        if (!take_length(&in, &copy) || back == 0 || back > written || copy + LEAST_COPY > size - written) {
            return SIZE_MAX;
        }
        copy += LEAST_COPY;
        if (back >= copy) {
            memcpy(out + written, out + written - back, copy);
            written += copy;
            continue;
        }
        for (; copy > 0; copy--, written++) {
            out[written] = out[written - back];
        }
    }
    return written;
}

static uint32_t number_at(const unsigned char *at) {
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

/* The head of a frame; 0 where it is none. */
static int open_frame(cursor *in, int *block_sums) {
    if (in->end - in->at < MAGIC_SIZE + 3 || number_at(in->at) != 0x184D2204u || in->at[4] >> 6 != 1) {
        return 0;
    }
    unsigned flags = in->at[4];
    size_t head = MAGIC_SIZE + 3 + ((flags & 8) != 0 ? 8u : 0u) + ((flags & 1) != 0 ? 4u : 0u);
    *block_sums = (flags & 16) != 0;
    if ((size_t)(in->end - in->at) < head) {
        return 0;
    }
    in->at += head;
    return 1;
}

int mtmi_lz4_unpack(const unsigned char *from, size_t n, unsigned char *to, size_t size) {
    cursor in = {from, from + n};
    size_t written = 0;
    int block_sums = 0;

    if (!open_frame(&in, &block_sums)) {
        return 0;
    }
    for (;;) {
        if (in.end - in.at < 4) {
            return 0;
        }
        uint32_t word = number_at(in.at), length = word & 0x7FFFFFFFu;
        in.at += 4;
        if (word == 0) {
            return written == size;
        }
        if (length > (size_t)(in.end - in.at)) {
            return 0;
        }
        if (word >> 31) { /* not packed */
            if (length > size - written) {
                return 0;
            }
            memcpy(to + written, in.at, length);
            written += length;
        } else {
            written = unpack_block((cursor){in.at, in.at + length}, to, written, size);
            if (written == SIZE_MAX) {
                return 0;
            }
        }
        in.at += length;
        if (block_sums) {
            if (in.end - in.at < 4) {
                return 0;
            }
            in.at += 4;
        }
    }
}
