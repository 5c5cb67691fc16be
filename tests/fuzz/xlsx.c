/* Any bytes as a workbook. */
#include "reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    options.max_expansion = 1 << 20;
    check_reading(data, size, "t.xlsx", &options);
    return 0;
}
