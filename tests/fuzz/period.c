/* Any bytes as a label of a period: what is read, written as SDMX, is read as the same period. */
#include "../getters.h"
#include "fuzz.h"

#include "period/period.h"

#include <string.h>

static void read_again(mtm_period period) {
    mtmi_period_label again;
    char text[MTMI_PERIOD_TEXT];
    size_t length = mtm_period_describe(period, text, sizeof text);
    CHECK(length < sizeof text);
    mtmi_period_read(text, length, 0, &again);
    CHECK(again.outcome == MTMI_PERIOD_OK && mtmi_period_same(again.period, period));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    mtmi_period_label label, twice;
    char *text;

    if (size < 1) {
        return 0;
    }
    text = malloc(size);
    CHECK(text != NULL);
    memcpy(text, data + 1, size - 1);
    mtmi_period_read(text, size - 1, data[0] % 3, &label);
    mtmi_period_read(text, size - 1, data[0] % 3, &twice);
    CHECK(label.outcome == twice.outcome && label.offset <= size - 1);
    if (label.outcome == MTMI_PERIOD_OK) {
        CHECK(label.period.first <= label.period.last);
        CHECK(!label.stock_date || label.period.first == label.period.last);
        CHECK(mtmi_period_same(mtm_period_year_before(label.period), mtm_period_year_before(label.period)));
        CHECK(mtm_period_shift(label.period, -1).last < label.period.first);
        read_again(label.period);
    } else {
        CHECK(label.expected != NULL);
    }
    free(text);
    return 0;
}
