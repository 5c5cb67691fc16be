/* Any bytes as a saved tabulator: it is refused, or saves again as the same bytes, merges and finishes. */
#include "../getters.h"
#include "fuzz.h"

#include <mtm.h>

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    mtm_tabulator *one = NULL, *two = NULL;
    mtm_buffer *text = NULL, *again = NULL;
    mtm_package *package = NULL;
    mtm_error err = {0};
    mtm_status status = mtm_tabulator_load(FROM_BYTES(data, size, "state"), NULL, &one, &err);

    CHECK((status == MTM_OK) == (one != NULL));
    if (status != MTM_OK) {
        CHECK(err.message[0] != '\0');
        return 0;
    }
    CHECK(mtm_tabulator_save(one, &text, &err) == MTM_OK);
    CHECK(mtm_tabulator_load(FROM_BYTES(mtm_buffer_data(text), mtm_buffer_size(text), "state"), NULL, &two, &err) ==
          MTM_OK);
    CHECK(mtm_tabulator_save(two, &again, &err) == MTM_OK);
    CHECK(mtm_buffer_size(text) == mtm_buffer_size(again) &&
          memcmp(mtm_buffer_data(text), mtm_buffer_data(again), mtm_buffer_size(text)) == 0);
    (void)mtm_tabulator_merge(one, two, 1, &err);
    (void)mtm_tabulator_finish(one, &package, &err);
    mtm_package_free(package);
    mtm_buffer_free(text);
    mtm_buffer_free(again);
    mtm_tabulator_free(one);
    mtm_tabulator_free(two);
    return 0;
}
