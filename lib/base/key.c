/* Asks the operating system for a key, through the seam of files. */
#include "base/key.h"

#include "base/error.h"
#include "base/io.h"
#include "base/try.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#define SOURCE_OF_RANDOMNESS "/dev/urandom"
#define KEY_BYTES 16u

mtm_status mtmi_random_bytes(unsigned char *out, size_t size, mtm_error *err) {
    int descriptor = mtmi_io_open(AT_FDCWD, SOURCE_OF_RANDOMNESS, O_RDONLY, 0);
    size_t have = 0;
    mtm_status status = MTM_OK;
    if (descriptor < 0) {
        return mtmi_io_error(err, SOURCE_OF_RANDOMNESS, "cannot be opened for a key", errno);
    }
    while (have < size) {
        ssize_t n = mtmi_io_read(descriptor, out + have, size - have);
        if (n <= 0) {
            MTMI_TRY(mtmi_io_error(err, SOURCE_OF_RANDOMNESS, "gives no bytes for a key", n < 0 ? errno : EIO));
        } else {
            have += (size_t)n;
        }
    }
out:
    (void)mtmi_io_close(descriptor);
    return status;
}

static int digit_of(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

mtm_status mtmi_sip_key_read(const char *text, mtmi_sip_key *out, mtm_error *err) {
    unsigned char bytes[KEY_BYTES] = {0};
    if (text == NULL) {
        const mtm_status status = mtmi_random_bytes(bytes, sizeof bytes, err);
        *out = mtmi_sip_key_of(bytes);
        return status;
    }
    int good = strlen(text) == 2 * KEY_BYTES;
    for (size_t i = 0; good && i < KEY_BYTES; i++) {
        const int high = digit_of(text[2 * i]), low = digit_of(text[2 * i + 1]);
        good = high >= 0 && low >= 0;
        bytes[i] = (unsigned char)(good ? high * 16 + low : 0);
    }
    *out = mtmi_sip_key_of(bytes);
    return good ? MTM_OK : mtmi_error_argument(err, "key", "32 hexadecimal digits, or NULL for a key of this run");
}
