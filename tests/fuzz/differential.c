/* Any bytes as microdata, counted by every scanner this processor has, with one thread and with three: rows and figures are
 * the same; and the check of the same bytes, which is other code, refuses no more rows. */
#include "../getters.h"
#include "../vector_sets.h"
#include "fuzz.h"

#include <mtm.h>

#include <string.h>

#define RESOURCE                                                                                                       \
    "{\"name\": \"t\", \"path\": \"t.csv\", \"encoding\": \"utf-8\", \"dialect\": {\"delimiter\": \",\"}, "            \
    "\"schema\": {\"fields\": ["                                                                                       \
    "{\"name\": \"time\", \"mtm\": {\"role\": \"period\"}}, {\"name\": \"direction\", \"mtm\": {\"role\": "            \
    "\"dimension\"}},"                                                                                                 \
    "{\"name\": \"amount\", \"mtm\": {\"role\": \"value\"}}]},"                                                        \
    "\"mtm\": {\"concept\": \"border-crossings\", \"unit\": \"movements\", \"microdata\": true}}"

static const char specification[] =
    "{\"resource\": " RESOURCE ", \"groupings\": [{\"by\": [\"direction\"], \"name\": \"n\"},"
    " {\"by\": [\"direction\"], \"sum\": \"amount\", \"unit\": \"USD\", \"name\": \"s\"}]}";

/* Everything that counting says, as one text of the saved state's rows and datasets. */
typedef struct answer {
    mtm_status status;
    int64_t rows[4];
    size_t n;
    int64_t sum;
} answer;

static answer count(const char *bytes, size_t size, int32_t threads, int32_t simd) {
    mtm_tabulate_options options = MTM_TABULATE_OPTIONS_INIT;
    mtm_tabulator *tabulator = NULL;
    mtm_package *package = NULL;
    mtm_error err = {0};
    answer answer;

    memset(&answer, 0, sizeof answer);
    options.threads = threads;
    options.simd = simd;
    CHECK(mtm_tabulator_new(specification, &options, &tabulator, &err) == MTM_OK);
    answer.status = mtm_tabulator_add(tabulator, FROM_BYTES(bytes, size, "t.csv"), &err);
    for (int which = 0; which < 4 && answer.status == MTM_OK; which++) {
        answer.rows[which] = mtm_tabulator_rows(tabulator, (mtm_rows)which);
    }
    if (answer.status == MTM_OK) {
        answer.status = mtm_tabulator_finish(tabulator, &package, &err);
    }
    for (size_t i = 0; package != NULL && i < mtm_package_count(package); i++) {
        const mtm_dataset *dataset = mtm_package_at(package, i);
        answer.n += dataset_count(dataset);
        for (size_t k = 0; k < dataset_count(dataset); k++) {
            answer.sum = (int64_t)((uint64_t)answer.sum * 31 + (uint64_t)dataset_values(dataset)[k]);
        }
    }
    mtm_package_free(package);
    mtm_tabulator_free(tabulator);
    return answer;
}

/* The reader looks at the same rows one by one. Counting refuses more: periods that are longer than those that it counts. */
static void compare_with_check(const char *bytes, size_t size, const answer *counted) {
    mtm_read_options options = MTM_READ_OPTIONS_INIT;
    mtm_check *check = NULL;
    mtm_error err = {0};

    options.resource = RESOURCE;
    CHECK(mtm_check_read(FROM_BYTES(bytes, size, "t.csv"), &options, &check, &err) == MTM_OK);
    if (mtm_check_outcome(check) != MTM_OUTCOME_ERROR && counted->status == MTM_OK) {
        CHECK(mtm_check_rows(check, MTM_ROWS_IN) == counted->rows[MTM_ROWS_IN]);
        CHECK(mtm_check_rows(check, MTM_ROWS_NOT_DATA) == counted->rows[MTM_ROWS_NOT_DATA]);
        CHECK(mtm_check_rows(check, MTM_ROWS_REJECTED) <= counted->rows[MTM_ROWS_REJECTED]);
    }
    mtm_check_free(check);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char header[] = "time,direction,amount\n";
    char *bytes = malloc(size + sizeof header);
    answer one, other;
    static int printed;

    if (!printed++) {
        print_vector_sets();
    }
    CHECK(bytes != NULL);
    memcpy(bytes, header, sizeof header - 1);
    memcpy(bytes + sizeof header - 1, data, size);
    size += sizeof header - 1;
    one = count(bytes, size, 1, 1);
    for (int simd = MTMI_SIMD_AUTO; mtmi_simd_name((mtmi_simd)simd) != NULL; simd++) {
        if (mtmi_scan_find((mtmi_simd)simd) != NULL) {
            other = count(bytes, size, simd == MTMI_SIMD_AUTO ? 3 : 1, simd);
            CHECK(memcmp(&one, &other, sizeof one) == 0);
        }
    }
    compare_with_check(bytes, size, &one);
    free(bytes);
    return 0;
}
