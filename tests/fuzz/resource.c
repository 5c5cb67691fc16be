/* Any bytes as the description of a file and the file itself, a NUL between them. */
#include "reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    const uint8_t *nul = size > 0 ? memchr(data, '\0', size) : NULL;
    if (nul == NULL) {
        return 0;
    }
    options.resource = (const char *)data;
    check_reading(nul + 1, size - (size_t)(nul + 1 - data), "t.csv", &options);
    return 0;
}
