/* Reads the parts of a ZIP archive with libzip. libzip reads through our source, so that limits and tests see every
 * byte; nothing is written to disk. */
#include "read/xlsx/xlsx_archive.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"

#if defined(MTMI_WITH_LIBZIP) && defined(MTMI_WITH_EXPAT)

#include <stdio.h>
#include <string.h>
#include <zip.h>

#define ENTRIES 10000
#define RATIO 1000
#define SMALL ((uint64_t)1 << 20) /* this much may come out whatever went in */

struct mtmi_xlsx_archive {
    mtmi_source *source;
    char *bytes; /* of a source that does not seek; NULL else */
    size_t n_bytes;
    uint64_t position; /* of libzip in the source */
    uint64_t limit, out;
    zip_error_t error;
    zip_t *zip;
};

struct mtmi_xlsx_part {
    mtmi_xlsx_archive *archive;
    zip_file_t *file;
    uint64_t in, out; /* packed and unpacked bytes */
};

static mtm_status fail(const mtmi_xlsx_archive *archive, mtm_status status, const char *found, const char *expected,
                       mtm_error *err) {
    return mtmi_error_set(err, status, 0, (mtmi_place){mtmi_xlsx_archive_name(archive), 0, 0}, "found %s, expected %s",
                          found, expected);
}

static mtm_status zip_failed(const mtmi_xlsx_archive *archive, int code, mtm_error *err) {
    switch (code) {
    case ZIP_ER_MEMORY: return mtmi_error_memory(err);
    case ZIP_ER_READ:
    case ZIP_ER_SEEK:
    case ZIP_ER_TELL:
    case ZIP_ER_OPEN:
        return fail(archive, MTM_ERROR_IO, "a workbook that the system does not let be read", "a readable file", err);
    case ZIP_ER_COMPNOTSUPP:
    case ZIP_ER_ENCRNOTSUPP:
    case ZIP_ER_MULTIDISK:
        return fail(archive, MTM_ERROR_STRUCTURE, "an archive packed in a way that workbooks are not",
                    "a workbook as spreadsheet programs save it", err);
    default:
        return fail(archive, MTM_ERROR_STRUCTURE, "a damaged or incomplete workbook",
                    "a workbook as spreadsheet programs save it", err);
    }
}

/* What libzip asks of a source that seeks. */

static zip_int64_t read_source(mtmi_xlsx_archive *archive, void *data, zip_uint64_t size) {
    size_t got = 0;
    if (mtmi_source_read_at(archive->source, archive->position, data, (size_t)size, &got, NULL) != MTM_OK) {
        zip_error_set(&archive->error, ZIP_ER_READ, 0);
        return -1;
    }
    archive->position += got;
    return (zip_int64_t)got;
}

static zip_int64_t seek_source(mtmi_xlsx_archive *archive, void *data, zip_uint64_t size) {
    uint64_t whole = mtmi_source_size(archive->source);
    const zip_source_args_seek_t *out = ZIP_SOURCE_GET_ARGS(zip_source_args_seek_t, data, size, &archive->error);
    if (out == NULL) {
        return -1;
    }
    uint64_t base = out->whence == SEEK_SET ? 0 : out->whence == SEEK_CUR ? archive->position : whole;
    uint64_t target = out->offset < 0 ? base - (0 - (uint64_t)out->offset) : base + (uint64_t)out->offset;
    if (target > whole) {
        zip_error_set(&archive->error, ZIP_ER_SEEK, 0);
        return -1;
    }
    archive->position = target;
    return 0;
}

static zip_int64_t stat_source(mtmi_xlsx_archive *archive, void *data) {
    zip_stat_t *about = data;
    zip_stat_init(about);
    about->valid = ZIP_STAT_SIZE;
    about->size = mtmi_source_size(archive->source);
    return (zip_int64_t)sizeof *about;
}

static zip_int64_t serve(void *user, void *data, zip_uint64_t size, zip_source_cmd_t command) {
    mtmi_xlsx_archive *archive = user;
    switch (command) {
    case ZIP_SOURCE_OPEN: archive->position = 0; return 0;
    case ZIP_SOURCE_READ: return read_source(archive, data, size);
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE: return 0;
    case ZIP_SOURCE_STAT: return stat_source(archive, data);
    case ZIP_SOURCE_ERROR: return zip_error_to_data(&archive->error, data, size);
    case ZIP_SOURCE_SEEK: return seek_source(archive, data, size);
    case ZIP_SOURCE_TELL: return (zip_int64_t)archive->position;
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
                                              ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL,
                                              ZIP_SOURCE_SUPPORTS, -1);
    default: zip_error_set(&archive->error, ZIP_ER_OPNOTSUPP, 0); return -1;
    }
}

static mtm_status open_zip(mtmi_xlsx_archive *archive, mtm_error *err) {
    zip_error_t error;
    mtm_status status = MTM_OK;
    zip_error_init(&error);
    zip_source_t *source = archive->bytes != NULL
                               ? zip_source_buffer_create(archive->bytes, archive->n_bytes, 0, &error)
                               : zip_source_function_create(serve, archive, &error);
    if (source != NULL) {
        archive->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    }
    if (archive->zip == NULL) {
        status = zip_failed(archive, zip_error_code_zip(&error), err);
        zip_source_free(source);
    } else if (zip_get_num_entries(archive->zip, 0) > ENTRIES) {
        status = fail(archive, MTM_ERROR_LIMIT, "an archive of more than 10000 parts",
                      "a workbook as spreadsheet programs save it", err);
    }
    zip_error_fini(&error);
    return status;
}

mtm_status mtmi_xlsx_archive_open(mtmi_source *source, uint64_t limit, mtmi_xlsx_archive **out, mtm_error *err) {
    mtmi_xlsx_archive *archive = mtmi_memory_new(1, sizeof *archive);
    mtm_status status = MTM_OK;
    *out = NULL;
    if (archive == NULL) {
        return mtmi_error_memory(err);
    }
    archive->source = source;
    archive->limit = limit;
    zip_error_init(&archive->error);
    if (!mtmi_source_can_seek(source)) {
        MTMI_TRY(mtmi_source_read_all(source, (size_t)(limit < SIZE_MAX / 2 ? limit : SIZE_MAX / 2), &archive->bytes,
                                      &archive->n_bytes, err));
    }
    MTMI_TRY(open_zip(archive, err));
out:
    if (status != MTM_OK) {
        mtmi_xlsx_archive_free(archive);
        return status;
    }
    *out = archive;
    return MTM_OK;
}

void mtmi_xlsx_archive_free(mtmi_xlsx_archive *archive) {
    if (archive != NULL) {
        if (archive->zip != NULL) {
            zip_discard(archive->zip);
        }
        zip_error_fini(&archive->error);
        mtmi_memory_free(archive->bytes);
        mtmi_memory_free(archive);
    }
}

const char *mtmi_xlsx_archive_name(const mtmi_xlsx_archive *archive) {
    return mtmi_source_name(archive->source);
}

static int lower(char c) {
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

static int same_name(const char *a, const char *b) {
    while (*a != '\0' && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return lower(*a) == lower(*b);
}

/* How many entries have the name; *index is the first. Two of one name are read differently by different programs. */
static int find_entry(const mtmi_xlsx_archive *archive, const char *name, zip_uint64_t *index) {
    zip_int64_t n = zip_get_num_entries(archive->zip, 0);
    int found = 0;
    for (zip_int64_t i = n - 1; i >= 0; i--) {
        const char *entry = zip_get_name(archive->zip, (zip_uint64_t)i, ZIP_FL_ENC_RAW);
        if (entry != NULL && same_name(entry, name)) {
            *index = (zip_uint64_t)i;
            found++;
        }
    }
    return found;
}

int mtmi_xlsx_archive_has(const mtmi_xlsx_archive *archive, const char *name) {
    zip_uint64_t index;
    return find_entry(archive, name, &index) > 0;
}

static mtm_status locate(const mtmi_xlsx_archive *archive, const char *name, zip_stat_t *about, mtm_error *err) {
    zip_uint64_t index = 0;
    int found = find_entry(archive, name, &index);
    if (found != 1) {
        return mtmi_error_set(err, MTM_ERROR_STRUCTURE, 0, (mtmi_place){mtmi_xlsx_archive_name(archive), 0, 0},
                              "found %s %q in the workbook, expected one", found == 0 ? "no part" : "several parts",
                              name);
    }
    if (zip_stat_index(archive->zip, index, 0, about) != 0) {
        return zip_failed(archive, zip_error_code_zip(zip_get_error(archive->zip)), err);
    }
    if ((about->valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && about->encryption_method != ZIP_EM_NONE) {
        return fail(archive, MTM_ERROR_STRUCTURE, "a workbook locked with a password", "one saved without a password",
                    err);
    }
    return MTM_OK;
}

mtm_status mtmi_part_open(mtmi_xlsx_archive *archive, const char *name, mtmi_xlsx_part **out, mtm_error *err) {
    zip_stat_t about;
    *out = NULL;
    zip_stat_init(&about);
    mtm_status status = locate(archive, name, &about, err);
    if (status != MTM_OK) {
        return status;
    }
    mtmi_xlsx_part *part = mtmi_memory_new(1, sizeof *part);
    if (part == NULL) {
        return mtmi_error_memory(err);
    }
    part->archive = archive;
    part->in = about.comp_size;
    part->file = zip_fopen_index(archive->zip, about.index, 0);
    if (part->file == NULL) {
        mtmi_part_free(part);
        return zip_failed(archive, zip_error_code_zip(zip_get_error(archive->zip)), err);
    }
    *out = part;
    return MTM_OK;
}

mtm_status mtmi_part_read(mtmi_xlsx_part *part, void *bytes, size_t size, size_t *got, mtm_error *err) {
    mtmi_xlsx_archive *archive = part->archive;
    zip_int64_t n = zip_fread(part->file, bytes, size);
    *got = 0;
    if (n < 0) {
        return zip_failed(archive, zip_error_code_zip(zip_file_get_error(part->file)), err);
    }
    part->out += (uint64_t)n;
    archive->out += (uint64_t)n;
    if (archive->out > archive->limit || (part->out > SMALL && part->out / RATIO > part->in)) {
        return fail(archive, MTM_ERROR_LIMIT, "more unpacked bytes than the limit max_expansion allows",
                    "a workbook that is not made to exhaust memory", err);
    }
    *got = (size_t)n;
    return MTM_OK;
}

uint64_t mtmi_part_position(const mtmi_xlsx_part *part) {
    return part->out;
}

void mtmi_part_free(mtmi_xlsx_part *part) {
    if (part != NULL) {
        if (part->file != NULL) {
            zip_fclose(part->file);
        }
        mtmi_memory_free(part);
    }
}

#else

mtm_status mtmi_xlsx_archive_open(mtmi_source *source, uint64_t limit, mtmi_xlsx_archive **out, mtm_error *err) {
    (void)limit;
    *out = NULL;
    return mtmi_error_set(err, MTM_ERROR_UNSUPPORTED, 0, (mtmi_place){mtmi_source_name(source), 0, 0},
                          "found a workbook, expected CSV: this build lacks libzip or expat, which reading workbooks "
                          "needs");
}

void mtmi_xlsx_archive_free(mtmi_xlsx_archive *archive) {
    (void)archive;
}

const char *mtmi_xlsx_archive_name(const mtmi_xlsx_archive *archive) {
    (void)archive;
    return "";
}

int mtmi_xlsx_archive_has(const mtmi_xlsx_archive *archive, const char *name) {
    (void)archive, (void)name;
    return 0;
}

mtm_status mtmi_part_open(mtmi_xlsx_archive *archive, const char *name, mtmi_xlsx_part **out, mtm_error *err) {
    (void)archive, (void)name;
    *out = NULL;
    return mtmi_error_memory(err);
}

mtm_status mtmi_part_read(mtmi_xlsx_part *part, void *bytes, size_t size, size_t *got, mtm_error *err) {
    (void)part, (void)bytes, (void)size;
    *got = 0;
    return mtmi_error_memory(err);
}

uint64_t mtmi_part_position(const mtmi_xlsx_part *part) {
    (void)part;
    return 0;
}

void mtmi_part_free(mtmi_xlsx_part *part) {
    (void)part;
}

#endif
