/* The file is made when it is first needed and unlinked at once; stretches of it are handed out, never taken back. */
#include "registration/spill.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/io.h"
#include "base/memory.h"
#include "base/key.h"
#include "base/try.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAME "/mtm-registrations-"
#define RANDOM 8u
#define OWN "the temporary file of registrations"

struct mtmi_spill {
    char *folder;
    pthread_mutex_t lock; /* of the two below */
    int descriptor;       /* -1: not made yet */
    uint64_t size;
};

mtm_status mtmi_spill_new(const char *folder, mtmi_spill **out, mtm_error *err) {
    mtmi_spill *spill = mtmi_memory_new(1, sizeof *spill);
    const char *usual = getenv("TMPDIR");
    if (folder == NULL) {
        folder = usual != NULL && usual[0] != '\0' ? usual : "/tmp";
    }
    *out = NULL;
    if (spill == NULL || pthread_mutex_init(&spill->lock, NULL) != 0) {
        mtmi_memory_free(spill);
        return mtmi_error_memory(err);
    }
    spill->descriptor = -1;
    spill->folder = mtmi_memory_copy_text(folder);
    if (spill->folder == NULL) {
        mtmi_spill_free(spill);
        return mtmi_error_memory(err);
    }
    *out = spill;
    return MTM_OK;
}

void mtmi_spill_free(mtmi_spill *spill) {
    if (spill == NULL) {
        return;
    }
    if (spill->descriptor >= 0) {
        (void)mtmi_io_close(spill->descriptor);
    }
    (void)pthread_mutex_destroy(&spill->lock);
    mtmi_memory_free(spill->folder);
    mtmi_memory_free(spill);
}

static mtm_status make_file(mtmi_spill *spill, mtm_error *err) {
    const size_t length = strlen(spill->folder);
    unsigned char random[RANDOM];
    char *path = mtmi_memory_new(length + sizeof NAME + 2 * RANDOM + 1, 1);
    mtm_status status = MTM_OK;
    MTMI_TRY(path == NULL ? mtmi_error_memory(err) : mtmi_random_bytes(random, sizeof random, err));
    memcpy(path, spill->folder, length);
    memcpy(path + length, NAME, sizeof NAME - 1);
    mtmi_hash_hex(random, sizeof random, path + length + sizeof NAME - 1);
    spill->descriptor = mtmi_io_open(AT_FDCWD, path, O_RDWR | O_CREAT | O_EXCL, 0600);
    MTMI_TRY(spill->descriptor >= 0 && unlink(path) == 0
                 ? MTM_OK
                 : mtmi_io_error(err, spill->folder, "no temporary file can be made here", errno));
out:
    mtmi_memory_free(path);
    return status;
}

mtm_status mtmi_spill_reserve(mtmi_spill *spill, uint64_t size, uint64_t *offset, mtm_error *err) {
    mtm_status status = MTM_OK;
    (void)pthread_mutex_lock(&spill->lock);
    if (spill->descriptor < 0) {
        MTMI_TRY(make_file(spill, err));
    }
    *offset = spill->size;
    spill->size += size;
out:
    (void)pthread_mutex_unlock(&spill->lock);
    return status;
}

mtm_status mtmi_spill_write(mtmi_spill *spill, uint64_t offset, const void *bytes, size_t size, mtm_error *err) {
    const char *at = bytes;
    while (size > 0) {
        ssize_t n = mtmi_io_write_at(spill->descriptor, at, size, offset);
        if (n <= 0) {
            return mtmi_io_error(err, OWN, "cannot be written", n < 0 ? errno : EIO);
        }
        at += n;
        size -= (size_t)n;
        offset += (uint64_t)n;
    }
    return MTM_OK;
}

mtm_status mtmi_spill_read(const mtmi_spill *spill, uint64_t offset, void *bytes, size_t size, mtm_error *err) {
    char *at = bytes;
    while (size > 0) {
        ssize_t n = mtmi_io_read_at(spill->descriptor, at, size, offset);
        if (n <= 0) {
            return mtmi_io_error(err, OWN, "cannot be read back", n < 0 ? errno : EIO);
        }
        at += n;
        size -= (size_t)n;
        offset += (uint64_t)n;
    }
    return MTM_OK;
}
