/* Any bytes as a file without a description. The first byte chooses limits and whether a guess is allowed. */
#include "reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    if (size < 1) {
        return 0;
    }
    options.allow_guess = data[0] & 1;
    if (data[0] & 2) {
        options.max_field = 16;
        options.max_record = 64;
        options.max_columns = 5;
    }
    check_reading(data + 1, size - 1, data[0] & 4 ? "t.csv.gz" : "t.csv", &options);
    return 0;
}
