/* Keeps the index of a store. It is written anew when a share of the releases is not in it, so that what each addition writes
 * does not grow with the store. */
#include "store/store.h"

#include "base/io.h"
#include "base/memory.h"
#include "store/files.h"
#include "store/releases/release_index.h"

#include <fcntl.h>
#include <unistd.h>

enum { FEW = 16, SHARE = 64 };

/* Descriptions that a reader must open, and records of files that are gone. */
static int is_old(const mtmi_stored *stored) {
    const size_t served = stored->n - stored->n_opened;
    const size_t wrong = stored->n_opened + (stored->n_indexed - served);
    return stored->index_is_damaged || wrong > FEW + stored->n / SHARE;
}

/* Whole or not at all, but not at once on the disk: what a power cut leaves does not have its digest. */
static int write_file(const char *path, const mtmi_buffer *bytes) {
    const int descriptor = mtmi_io_open(AT_FDCWD, path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0666);
    if (descriptor < 0) {
        return 0;
    }
    const mtm_status status = mtmi_io_write_all(descriptor, path, bytes->data, bytes->size, NULL);
    return mtmi_io_close(descriptor) == 0 && status == MTM_OK;
}

void mtmi_store_keep_index(const char *path, const mtmi_stored *stored) {
    mtmi_buffer bytes = MTMI_BUFFER_INIT;
    char *aside = NULL, *place = NULL;
    if (is_old(stored) && mtmi_release_index_write(stored, &bytes, NULL) == MTM_OK) {
        aside = mtmi_path_join(path, MTMI_STORE_INCOMING "/" MTMI_STORE_INDEX);
        place = mtmi_path_join(path, MTMI_STORE_INDEX);
    }
    if (aside != NULL && place != NULL &&
        !(mtmi_store_make_folders(path, MTMI_STORE_INCOMING "/", NULL) == MTM_OK && write_file(aside, &bytes) &&
          mtmi_io_rename(aside, place) == 0)) {
        (void)unlink(aside);
    }
    mtmi_memory_free(aside);
    mtmi_memory_free(place);
    mtmi_buffer_free(&bytes);
}
