/* Any bytes as an OpenDocument spreadsheet: its rows, and the figures in them. */
#include "reading.h"
#include "row_reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    options.max_expansion = 1 << 20;
    check_rows(data, size, "t.ods");
    check_reading(data, size, "t.ods", &options);
    return 0;
}
