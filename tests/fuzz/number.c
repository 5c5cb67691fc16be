/* Any bytes as a cell under any style: what is read, written out plainly, is read as the same number. */
#include "fuzz.h"

#include "base/text.h"
#include "number/number.h"

#include <string.h>

static void read_again(mtm_decimal value) {
    mtmi_number_style plain = {.decimal = "."};
    mtmi_number again;
    char text[40];
    size_t length = mtm_decimal_describe(value, text, sizeof text);
    CHECK(length < sizeof text);
    mtmi_number_read(text, length, &plain, &again);
    CHECK(again.outcome == MTMI_NUMBER_OK && again.value.units == value.units &&
          again.value.decimals == value.decimals);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char marks[][8] = {"", ".", ",", " ", "'", "_", ";", "\xC2\xB7"};
    mtmi_number_style style = {0};
    mtmi_number number;
    char *cell;

    if (size < 2) {
        return 0;
    }
    memcpy(style.group, marks[data[0] & 7], 8);
    memcpy(style.decimal, marks[data[0] >> 3 & 7], 8);
    style.bare = data[1] & 1;
    style.words = data[1] >> 1 & 1;
    style.parentheses = data[1] >> 2 & 1;
    style.footnotes = data[1] >> 3 & 1;
    style.censored = data[1] >> 4 & 1;
    size -= 2;
    if (mtmi_text_valid((const char *)data + 2, size) != size || strcmp(style.group, style.decimal) == 0) {
        memset(style.group, 0, sizeof style.group);
        size = mtmi_text_valid((const char *)data + 2, size);
    }
    cell = malloc(size + 1); /* so that reading past the end is seen */
    CHECK(cell != NULL);
    memcpy(cell, data + 2, size);
    cell = realloc(cell, size > 0 ? size : 1);
    mtmi_number_read(cell, size, &style, &number);
    CHECK(number.offset <= size);
    if (number.outcome == MTMI_NUMBER_BAD) {
        CHECK(number.code != 0 && number.expected != NULL);
    } else if (number.outcome == MTMI_NUMBER_EMPTY) {
        CHECK(strchr("OLMQ", number.status) != NULL);
    } else {
        CHECK(number.status == 'A' && number.value.decimals >= 0 && number.value.decimals <= 9);
        CHECK((number.outcome == MTMI_NUMBER_NOTE) == (number.code != 0));
        read_again(number.value);
    }
    free(cell);
    return 0;
}
