/* Says what a tabulator counts and which sources it has counted, as JSON. Sources stand in their published order. */
#include "base/buffer.h"
#include "base/error.h"
#include "base/json.h"
#include "base/try.h"
#include "tabulate/tabulator.h"

#include <string.h>

static void add_hex(mtmi_json *json, const unsigned char *bytes, size_t size) {
    static const char digits[] = "0123456789abcdef";
    char text[2 * MTMI_DIGEST_SIZE + 1];
    size_t i;
    for (i = 0; i < size && i < MTMI_DIGEST_SIZE; i++) {
        text[2 * i] = digits[bytes[i] >> 4];
        text[2 * i + 1] = digits[bytes[i] & 15];
    }
    text[2 * i] = '\0';
    mtmi_json_pair(json, "digest", text);
}

static void add_source(mtmi_json *json, const mtmi_counted_file *file) {
    static const char *const names[4] = {"in", "accepted", "rejected", "not_data"};
    mtmi_json_object(json);
    mtmi_json_pair(json, "name", file->name);
    mtmi_json_pair(json, "identity", file->identity[0] == '\0' ? NULL : file->identity);
    add_hex(json, file->digest, sizeof file->digest);
    mtmi_json_pair_int(json, "size", (int64_t)file->size);
    mtmi_json_key(json, "rows");
    mtmi_json_object(json);
    for (int i = 0; i < 4; i++) {
        mtmi_json_pair_int(json, names[i], file->rows[i]);
    }
    mtmi_json_pair_int(json, "outside_filter", file->outside);
    mtmi_json_object_end(json);
    mtmi_json_object_end(json);
}

mtm_status mtm_tabulator_describe(const mtm_tabulator *tabulator, mtm_buffer **out, mtm_error *err) {
    mtmi_buffer buffer = MTMI_BUFFER_INIT;
    mtmi_state *settled = NULL;
    mtmi_json json;
    mtm_status status = MTM_OK;
    if (out == NULL) {
        return mtmi_error_argument(err, "out", "where to put the text");
    }
    *out = NULL;
    if (tabulator == NULL) {
        return mtmi_error_argument(err, "tabulator", "a tabulator");
    }
    MTMI_TRY(mtmi_state_settle(tabulator->state, &settled, err));
    mtmi_json_start(&json, &buffer);
    mtmi_json_object(&json);
    mtmi_json_key(&json, "specification");
    mtmi_json_literal(&json, settled->spec->text);
    mtmi_json_key(&json, "sources");
    mtmi_json_array(&json);
    for (size_t i = 0; i < settled->n_files; i++) {
        add_source(&json, &settled->files[i]);
    }
    mtmi_json_array_end(&json);
    mtmi_json_object_end(&json);
    MTMI_TRY(mtmi_buffer_finish(&buffer, out, err));
out:
    mtmi_buffer_free(&buffer);
    mtmi_state_free(settled);
    return status;
}
