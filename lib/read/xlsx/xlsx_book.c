/* Finds the sheets of a workbook and its parts by following relationships (ECMA-376 part 2) from the package to the
 * workbook. Relationships that lead outside are left alone. */
#include "read/xlsx/xlsx_book.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/try.h"
#include "read/xlsx/xlsx_xml.h"

#include <string.h>

#define SHEETS 1024
#define LABEL 256

typedef struct relation {
    char *id, *type, *target; /* type: the last word of its address; target: a part of the archive */
} relation;

typedef struct relations {
    relation *at;
    size_t n, capacity;
    const char *folder; /* of the part that they belong to: "xl/", lent */
    size_t folder_length;
    mtmi_xml *xml;
} relations;

static void free_relations(relations *own) {
    for (size_t i = 0; i < own->n; i++) {
        mtmi_memory_free(own->at[i].id);
        mtmi_memory_free(own->at[i].type);
        mtmi_memory_free(own->at[i].target);
    }
    mtmi_memory_free(own->at);
    memset(own, 0, sizeof *own);
}

/* "worksheets/sheet1.xml" of the folder "xl/", "../x" or "/xl/x", as a part's name. */
static char *resolve(const char *folder, size_t length, const char *target) {
    mtmi_buffer path = MTMI_BUFFER_INIT;
    if (target[0] == '/') {
        target++;
        length = 0;
    }
    while (strncmp(target, "./", 2) == 0 || strncmp(target, "../", 3) == 0) {
        if (target[1] == '.') {
            length -= length > 0;
            while (length > 0 && folder[length - 1] != '/') {
                length--;
            }
        }
        target = strchr(target, '/') + 1;
    }
    mtmi_buffer_add(&path, folder, length);
    mtmi_buffer_text(&path, target);
    if (path.failed) {
        mtmi_buffer_free(&path);
        return NULL;
    }
    return path.data != NULL ? path.data : mtmi_memory_copy_text("");
}

static void on_relation(void *data, const char *name, const char **attributes) {
    relations *into = data;
    void *at = into->at;
    const char *id = mtmi_xml_attribute(attributes, "Id"), *type = mtmi_xml_attribute(attributes, "Type");
    const char *target = mtmi_xml_attribute(attributes, "Target"), *mode = mtmi_xml_attribute(attributes, "TargetMode");
    if (strcmp(name, "Relationship") != 0 || id == NULL || type == NULL || target == NULL ||
        (mode != NULL && strcmp(mode, "External") == 0)) {
        return;
    }
    if (into->n == 4 * SHEETS) {
        mtmi_xml_refuse(into->xml, MTM_ERROR_LIMIT, "more than 4096 relationships",
                        "a workbook as spreadsheet programs save it");
        return;
    }
    if (!mtmi_memory_reserve(&at, &into->capacity, into->n + 1, sizeof *into->at)) {
        mtmi_xml_no_memory(into->xml);
        return;
    }
    into->at = at;
    relation *one = &into->at[into->n++];
    const char *word = strrchr(type, '/');
    one->id = mtmi_memory_copy_text(id);
    one->type = mtmi_memory_copy_text(word != NULL ? word + 1 : type);
    one->target = resolve(into->folder, into->folder_length, target);
    if (one->id == NULL || one->type == NULL || one->target == NULL) {
        mtmi_xml_no_memory(into->xml);
    }
}

/* The relationships of a part stand in "_rels/" beside it. */
static mtm_status read_relations(mtmi_xlsx_archive *archive, const char *part, relations *out, mtm_error *err) {
    static const mtmi_xml_handler handler = {on_relation, NULL, NULL};
    const char *slash = strrchr(part, '/');
    mtmi_buffer path = MTMI_BUFFER_INIT;
    memset(out, 0, sizeof *out);
    out->folder = part;
    out->folder_length = slash != NULL ? (size_t)(slash - part) + 1 : 0;
    mtmi_buffer_add(&path, part, out->folder_length);
    mtmi_buffer_text(&path, "_rels/");
    mtmi_buffer_text(&path, part + out->folder_length);
    mtmi_buffer_text(&path, ".rels");
    mtm_status status =
        path.failed ? mtmi_error_memory(err) : mtmi_xml_read(archive, path.data, &handler, out, &out->xml, err);
    mtmi_buffer_free(&path);
    return status;
}

static const char *target_of(const relations *own, const char *type, const char *id) {
    for (size_t i = 0; i < own->n; i++) {
        if ((type == NULL || strcmp(own->at[i].type, type) == 0) && (id == NULL || strcmp(own->at[i].id, id) == 0)) {
            return own->at[i].target;
        }
    }
    return NULL;
}

typedef struct workbook_reader {
    mtmi_book *book;
    const relations *relations;
    mtmi_xml *xml;
} workbook_reader;

static int is_true(const char *text) {
    return text != NULL && (strcmp(text, "1") == 0 || strcmp(text, "true") == 0);
}

static int add_sheet(workbook_reader *in, const char *name, const char *part, int hidden) {
    mtmi_book *book = in->book;
    void *sheets = book->sheets;
    if (!mtmi_memory_reserve(&sheets, &book->capacity, book->n_sheets + 1, sizeof *book->sheets)) {
        return 0;
    }
    book->sheets = sheets;
    mtmi_sheet *sheet = &book->sheets[book->n_sheets++];
    sheet->name = mtmi_memory_copy_text(name);
    sheet->part = mtmi_memory_copy_text(part);
    sheet->hidden = hidden;
    return sheet->name != NULL && (part == NULL || sheet->part != NULL);
}

static void on_workbook(void *data, const char *name, const char **attributes) {
    workbook_reader *in = data;
    if (strcmp(name, "workbookPr") == 0) {
        in->book->from_1904 = is_true(mtmi_xml_attribute(attributes, "date1904"));
    }
    if (strcmp(name, "sheet") != 0) {
        return;
    }
    const char *title = mtmi_xml_attribute(attributes, "name"), *id = mtmi_xml_attribute(attributes, "id");
    const char *state = mtmi_xml_attribute(attributes, "state");
    if (title == NULL || in->book->n_sheets == SHEETS) {
        mtmi_xml_refuse(in->xml, title == NULL ? MTM_ERROR_STRUCTURE : MTM_ERROR_LIMIT,
                        title == NULL ? "a sheet without a name" : "more than 1024 sheets",
                        "a workbook as spreadsheet programs save it");
    } else if (!add_sheet(in, title, id != NULL ? target_of(in->relations, "worksheet", id) : NULL,
                          state != NULL && strcmp(state, "visible") != 0)) {
        mtmi_xml_no_memory(in->xml);
    }
}

static int copy_target(const relations *own, const char *type, char **out) {
    const char *target = target_of(own, type, NULL);
    *out = mtmi_memory_copy_text(target);
    return target == NULL || *out != NULL;
}

static mtm_status read_workbook(mtmi_xlsx_archive *archive, const char *part, mtmi_book *out, mtm_error *err) {
    static const mtmi_xml_handler handler = {on_workbook, NULL, NULL};
    relations own;
    mtm_status status = MTM_OK;
    MTMI_TRY(read_relations(archive, part, &own, err));
    workbook_reader reader = {out, &own, NULL};
    MTMI_TRY(mtmi_xml_read(archive, part, &handler, &reader, &reader.xml, err));
    if (!copy_target(&own, "sharedStrings", &out->strings_part) || !copy_target(&own, "styles", &out->styles_part)) {
        status = mtmi_error_memory(err);
    }
out:
    free_relations(&own);
    return status;
}

mtm_status mtmi_book_read(mtmi_xlsx_archive *archive, mtmi_book *out, mtm_error *err) {
    relations package;
    const char *part = NULL;
    mtm_status status = MTM_OK;
    memset(out, 0, sizeof *out);
    MTMI_TRY(read_relations(archive, "", &package, err));
    part = target_of(&package, "officeDocument", NULL);
    if (part == NULL) {
        MTMI_TRY(mtmi_error_set(err, MTM_ERROR_STRUCTURE, 0, (mtmi_place){mtmi_xlsx_archive_name(archive), 0, 0},
                                "found a package without a main document, expected a workbook"));
    }
    MTMI_TRY(read_workbook(archive, part, out, err));
out:
    free_relations(&package);
    return status;
}

void mtmi_book_free(mtmi_book *book) {
    for (size_t i = 0; i < book->n_sheets; i++) {
        mtmi_memory_free(book->sheets[i].name);
        mtmi_memory_free(book->sheets[i].part);
    }
    mtmi_memory_free(book->sheets);
    mtmi_memory_free(book->strings_part);
    mtmi_memory_free(book->styles_part);
    memset(book, 0, sizeof *book);
}

/* ---- choosing ---- */

static size_t number_of(const char *text) {
    size_t number = 0, n = strspn(text, "0123456789");
    if (n == 0 || n > 4 || text[n] != '\0') {
        return 0;
    }
    for (size_t i = 0; i < n; i++) {
        number = number * 10 + (size_t)(text[i] - '0');
    }
    return number;
}

static int same_label(const char *a, const char *b) {
    char one[LABEL], two[LABEL];
    size_t n = mtmi_text_normalise(a, strlen(a), one, sizeof one);
    size_t m = mtmi_text_normalise(b, strlen(b), two, sizeof two);
    return strcmp(a, b) == 0 || (n < sizeof one && m == n && memcmp(one, two, n) == 0);
}

static size_t find_sheet(const mtmi_book *book, const char *wanted) {
    size_t number = wanted != NULL ? number_of(wanted) : 0;
    for (size_t i = 0; wanted != NULL && i < book->n_sheets; i++) {
        if (strcmp(book->sheets[i].name, wanted) == 0) {
            return i;
        }
    }
    for (size_t i = 0; i < book->n_sheets; i++) {
        int fits = wanted == NULL ? !book->sheets[i].hidden && book->sheets[i].part != NULL
                                  : same_label(book->sheets[i].name, wanted) || number == i + 1;
        if (fits) {
            return i;
        }
    }
    return book->n_sheets;
}

static mtm_status refuse_sheet(const mtmi_book *book, const char *wanted, const char *file, mtm_error *err) {
    mtmi_buffer names = MTMI_BUFFER_INIT;
    for (size_t i = 0; i < book->n_sheets; i++) {
        mtmi_buffer_text(&names, i > 0 ? ", " : "");
        mtmi_buffer_text(&names, book->sheets[i].name);
    }
    mtmi_buffer_text(&names, book->n_sheets == 0 ? "none" : "");
    mtm_status status =
        names.failed ? mtmi_error_memory(err)
        : wanted == NULL
            ? mtmi_error_set(err, MTM_ERROR_STRUCTURE, 0, (mtmi_place){file, 0, 0},
                             "found no sheet of cells that is not hidden, expected one; sheets: %s", names.data)
            : mtmi_error_set(err, MTM_ERROR_SCHEMA, 0, (mtmi_place){file, 0, 0},
                             "found no sheet of cells %q, expected one of: %s", wanted, names.data);
    mtmi_buffer_free(&names);
    return status;
}

mtm_status mtmi_book_choose(const mtmi_book *book, const char *wanted, const char *file, size_t *out, mtm_error *err) {
    *out = find_sheet(book, wanted);
    if (*out == book->n_sheets || book->sheets[*out].part == NULL) {
        return refuse_sheet(book, wanted, file, err);
    }
    return MTM_OK;
}

char *mtmi_book_sheets(const mtmi_book *book) {
    char *marks = mtmi_memory_new(book->n_sheets + 1, 1);
    for (size_t i = 0; marks != NULL && i < book->n_sheets; i++) {
        marks[i] = book->sheets[i].hidden || book->sheets[i].part == NULL ? '-' : 'v';
    }
    return marks;
}
