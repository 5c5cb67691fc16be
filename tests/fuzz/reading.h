/* What must hold whenever bytes are read, whatever they are. */
#ifndef TESTS_FUZZ_READING_H
#define TESTS_FUZZ_READING_H

#include "../getters.h"
#include "fuzz.h"

#include <mtm.h>

#include <jansson.h>
#include <string.h>

static inline void check_forms(const mtm_check *check) {
    static const mtm_format formats[] = {MTM_FORMAT_JSON, MTM_FORMAT_TEXT, MTM_FORMAT_CSV};
    for (size_t i = 0; i < 3; i++) {
        mtm_buffer *text = NULL;
        CHECK(mtm_check_render(check, formats[i], NULL, &text, NULL) == MTM_OK);
        if (i == 0) {
            json_t *json = json_loadb(mtm_buffer_data(text), mtm_buffer_size(text), JSON_REJECT_DUPLICATES, NULL);
            CHECK(json != NULL);
            json_decref(json);
        }
        for (size_t k = 0; i == 1 && k < mtm_buffer_size(text); k++) {
            unsigned char c = (unsigned char)mtm_buffer_data(text)[k];
            CHECK((c >= 0x20 || c == '\n') && c != 0x7F);
        }
        mtm_buffer_free(text);
    }
}

/* Rows balance; the outcome is what rows and diagnostics say; a strict reading agrees with it. */
static inline void check_reading(const void *bytes, size_t size, const char *name, const mtm_read_options *options) {
    mtm_check *check = NULL;
    mtm_dataset *dataset = NULL;
    mtm_error err = {0};
    mtm_status status = mtm_check_read(FROM_BYTES(bytes, size, name), options, &check, &err);
    mtm_outcome outcome;

    if (status != MTM_OK) {
        CHECK(check == NULL && err.status == (int32_t)status && err.message[0] != '\0');
        return;
    }
    outcome = mtm_check_outcome(check);
    CHECK(mtm_check_rows(check, MTM_ROWS_IN) == mtm_check_rows(check, MTM_ROWS_ACCEPTED) +
                                                    mtm_check_rows(check, MTM_ROWS_REJECTED) +
                                                    mtm_check_rows(check, MTM_ROWS_NOT_DATA));
    CHECK((outcome == MTM_OUTCOME_OK) == (mtm_check_count(check) == 0));
    check_forms(check);
    status = mtm_dataset_read(FROM_BYTES(bytes, size, name), options, &dataset, &err);
    CHECK((status == MTM_OK) == (outcome == MTM_OUTCOME_OK || outcome == MTM_OUTCOME_NOTES));
    CHECK((status == MTM_OK) == (dataset != NULL));
    CHECK(status == MTM_OK || err.message[0] != '\0');
    mtm_dataset_free(dataset);
    mtm_check_free(check);
}

#endif
