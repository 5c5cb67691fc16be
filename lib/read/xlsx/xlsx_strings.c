/* Reads the shared strings of a workbook (ECMA-376 part 1, 18.4) into one run of bytes. They must be held, because
 * cells name them in any order; their size is limited. */
#include "read/xlsx/xlsx_strings.h"

#include "base/memory.h"
#include "read/xlsx/xlsx_text.h"
#include "read/xlsx/xlsx_xml.h"

#include <string.h>

#define BYTES ((size_t)256 << 20)
#define TEXTS ((size_t)16 << 20)

typedef struct strings_reader {
    mtmi_strings *out;
    uint64_t max_field;
    int in_text, in_phonetic;
    mtmi_xml *xml;
} strings_reader;

static void on_start(void *data, const char *name, const char **attributes) {
    strings_reader *in = data;
    (void)attributes;
    in->in_phonetic += strcmp(name, "rPh") == 0;
    in->in_text = strcmp(name, "t") == 0;
}

static void end_text(strings_reader *in) {
    mtmi_strings *out = in->out;
    void *ends = out->ends;
    size_t start = out->n > 0 ? out->ends[out->n - 1] : 0;
    if (out->bytes.size - start > in->max_field) {
        mtmi_xml_refuse(in->xml, MTM_ERROR_LIMIT, "a text of more bytes than the limit max_field allows",
                        "shorter cells, or a higher limit");
        return;
    }
    if (out->n == TEXTS || out->bytes.size > BYTES) {
        mtmi_xml_refuse(in->xml, MTM_ERROR_LIMIT, "more than 16 million shared texts, or 256 MiB of them",
                        "a workbook that is not made to exhaust memory");
        return;
    }
    if (out->bytes.failed || !mtmi_memory_reserve(&ends, &out->capacity, out->n + 1, sizeof *out->ends)) {
        mtmi_xml_no_memory(in->xml);
        return;
    }
    out->ends = ends;
    if (out->bytes.size > start) {
        out->bytes.size = start + mtmi_xlsx_unescape(out->bytes.data + start, out->bytes.size - start);
    }
    out->ends[out->n++] = out->bytes.size;
}

static void on_end(void *data, const char *name) {
    strings_reader *in = data;
    in->in_text = 0;
    in->in_phonetic -= strcmp(name, "rPh") == 0;
    if (strcmp(name, "si") == 0) {
        end_text(in);
    }
}

static void on_text(void *data, const char *text, size_t size) {
    strings_reader *in = data;
    if (in->in_text && in->in_phonetic == 0 && in->out->bytes.size <= BYTES) {
        mtmi_buffer_add(&in->out->bytes, text, size);
    }
}

mtm_status mtmi_strings_read(mtmi_xlsx_archive *archive, const char *part, uint64_t max_field, mtmi_strings *out,
                             mtm_error *err) {
    static const mtmi_xml_handler handler = {on_start, on_end, on_text};
    strings_reader reader = {out, max_field, 0, 0, NULL};
    memset(out, 0, sizeof *out);
    return part == NULL ? MTM_OK : mtmi_xml_read(archive, part, &handler, &reader, &reader.xml, err);
}

const char *mtmi_strings_get(const mtmi_strings *strings, uint64_t index, size_t *size) {
    if (index >= strings->n) {
        return NULL;
    }
    size_t start = index > 0 ? strings->ends[index - 1] : 0;
    *size = strings->ends[index] - start;
    return strings->bytes.data != NULL ? strings->bytes.data + start : "";
}

void mtmi_strings_free(mtmi_strings *strings) {
    mtmi_buffer_free(&strings->bytes);
    mtmi_memory_free(strings->ends);
    memset(strings, 0, sizeof *strings);
}
