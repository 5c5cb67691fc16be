/* What must hold whenever bytes are read as rows of any table: rows balance, cells have places, Arrow gives as many rows. */
#ifndef TESTS_FUZZ_ROW_READING_H
#define TESTS_FUZZ_ROW_READING_H

#include "../getters.h"
#include "fuzz.h"

#include <mtm.h>

static inline int64_t read_rows(mtm_row_reader *reader) {
    mtm_table_row row = {sizeof row, NULL, 0, 0};
    mtm_error err = {0};
    int64_t n = 0;
    int got = 1;

    for (;;) {
        mtm_status status = mtm_row_reader_next(reader, &row, &got, &err);
        CHECK(status == MTM_OK || (err.status == (int32_t)status && err.message[0] != '\0'));
        if (status != MTM_OK) {
            return -1;
        }
        if (!got) {
            return n;
        }
        n++;
        for (size_t i = 0; i < row.n_cells; i++) {
            int64_t line = 0, column = 0;
            mtm_row_reader_place(reader, i, &line, &column);
            CHECK(row.cells[i].text == NULL || (line > 0 && column > 0));
        }
    }
}

static inline int64_t stream_rows(mtm_row_reader *reader) {
    struct ArrowArrayStream stream;
    struct ArrowArray array;
    int64_t n = 0;

    if (mtm_row_reader_arrow(reader, &stream, NULL) != MTM_OK) {
        return -1;
    }
    for (int failed = 0;;) {
        failed = stream.get_next(&stream, &array);
        n = failed != 0 ? -1 : n + (array.release != NULL ? array.length : 0);
        if (failed != 0 || array.release == NULL) {
            break;
        }
        array.release(&array);
    }
    stream.release(&stream);
    return n;
}

static inline void check_rows(const void *bytes, size_t size, const char *name) {
    mtm_row_options options = MTM_ROW_OPTIONS_INIT;
    mtm_row_reader *reader = NULL;
    mtm_error err = {0};

    options.max_expansion = 1 << 20;
    options.places = 1;
    mtm_status status = mtm_row_reader_open(FROM_BYTES(bytes, size, name), &options, &reader, &err);
    if (status != MTM_OK) {
        CHECK(reader == NULL && err.status == (int32_t)status && err.message[0] != '\0');
        return;
    }
    int64_t n = read_rows(reader);
    const mtm_check *check = mtm_row_reader_check(reader);
    CHECK(n < 0 || n == mtm_check_rows(check, MTM_ROWS_ACCEPTED));
    CHECK(n < 0 || mtm_check_rows(check, MTM_ROWS_IN) == mtm_check_rows(check, MTM_ROWS_ACCEPTED) +
                                                             mtm_check_rows(check, MTM_ROWS_REJECTED) +
                                                             mtm_check_rows(check, MTM_ROWS_NOT_DATA));
    mtm_row_reader_free(reader);
    if (mtm_row_reader_open(FROM_BYTES(bytes, size, name), &options, &reader, NULL) == MTM_OK) {
        CHECK(stream_rows(reader) == n);
        mtm_row_reader_free(reader);
    }
}

#endif
