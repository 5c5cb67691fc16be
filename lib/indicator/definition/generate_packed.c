/* Writes the built-in catalogue as a C table while the library is built; it is no part of it. It fails where the library
 * would refuse the definitions, with the library's own message. */
#include "base/error.h"
#include "base/memory.h"
#include "base/source.h"
#include "base/try.h"
#include "catalogue/packed.h"
#include "indicator/definition/packing.h"

#include <stdio.h>

#define FILE_LIMIT (16u << 20)
#define BYTES_A_LINE 24

/* The library's own table is what this program makes; here it is empty. */
const unsigned char mtmi_catalogue_packed[] = {0};
const size_t mtmi_catalogue_packed_size = 0;

static void print_table(const mtmi_buffer *packed) {
    printf("#include \"catalogue/packed.h\"\n\nconst unsigned char mtmi_catalogue_packed[] = {");
    for (size_t i = 0; i < packed->size; i++) {
        printf("%s%u,", i % BYTES_A_LINE == 0 ? "\n    " : "", (unsigned)(unsigned char)packed->data[i]);
    }
    printf("\n};\nconst size_t mtmi_catalogue_packed_size = sizeof mtmi_catalogue_packed;\n");
}

static mtm_status pack_file(const char *path, mtmi_buffer *packed, mtm_error *err) {
    mtmi_source *source = NULL;
    char *bytes = NULL;
    size_t size = 0;
    mtm_status status = MTM_OK;
    mtm_catalogue *catalogue = mtmi_memory_new(1, sizeof *catalogue);
    MTMI_TRY(catalogue != NULL ? MTM_OK : mtmi_error_memory(err));
    MTMI_TRY(mtmi_source_open(path, path, &source, err));
    MTMI_TRY(mtmi_source_read_all(source, FILE_LIMIT, &bytes, &size, err));
    MTMI_TRY(mtmi_catalogue_load(catalogue, bytes, size, path, err));
    MTMI_TRY(mtmi_catalogue_pack(catalogue, packed, err));
out:
    mtm_catalogue_free(catalogue);
    mtmi_memory_free(bytes);
    mtmi_source_free(source);
    return status;
}

int main(int argc, char **argv) {
    mtmi_buffer packed = MTMI_BUFFER_INIT;
    mtm_error err = {0};
    if (argc != 2) {
        fprintf(stderr, "usage: generate-packed-catalogue catalogue.json > table.c\n");
        return 2;
    }
    const mtm_status status = pack_file(argv[1], &packed, &err);
    if (status == MTM_OK) {
        print_table(&packed);
    } else {
        fprintf(stderr, "%s\n", err.message);
    }
    mtmi_buffer_free(&packed);
    return status != MTM_OK || ferror(stdout) || fflush(stdout) != 0;
}
