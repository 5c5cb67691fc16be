/* Any bytes as a label in every list: the match holds what it promises, and normalising twice changes nothing. */
#include "../getters.h"
#include "fuzz.h"

#include "base/text.h"
#include "codelist/match.h"

#include <string.h>

static void match(const mtm_codelist *list, const char *text, size_t size, int as_code) {
    mtmi_label_match found;
    mtmi_codelist_match(list, text, size, as_code, &found);
    CHECK(found.n_codes >= 0 && found.n_codes <= MTMI_MATCH_CANDIDATES);
    CHECK(found.kind != MTM_MATCH_CODE || found.n_codes == 1);
    CHECK(found.kind != MTM_MATCH_AMBIGUOUS || found.n_codes > 1);
    for (int32_t i = 0; i < found.n_codes && found.kind != MTM_MATCH_GROUP; i++) {
        CHECK(found.codes[i] >= 0 && (size_t)found.codes[i] < mtm_codelist_count(list));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char once[512], twice[512], *text;
    size_t length, again;

    size = mtmi_text_valid((const char *)data, size);
    text = malloc(size > 0 ? size : 1);
    CHECK(text != NULL);
    memcpy(text, data, size);
    length = mtmi_text_normalise(text, size, once, sizeof once);
    if (length < sizeof once) {
        CHECK(mtmi_text_valid(once, length) == length);
        again = mtmi_text_normalise(once, length, twice, sizeof twice);
        CHECK(again == length && memcmp(once, twice, length) == 0);
    }
    for (size_t i = 0; i < codelist_count(); i++) {
        match(mtm_codelist_at(i), text, size, 0);
        match(mtm_codelist_at(i), text, size, 1);
    }
    free(text);
    return 0;
}
