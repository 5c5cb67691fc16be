/* Workbooks for tests, made part by part in memory with libzip. */
#ifndef TESTS_WORKBOOK_H
#define TESTS_WORKBOOK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"

typedef struct workbook {
    const char *sheet;              /* what stands inside of <worksheet> */
    const char *second;             /* the same for a second sheet; NULL for none */
    const char *strings;            /* what stands inside of <sst>; NULL for no part */
    const char *styles;             /* what stands inside of <styleSheet>; NULL for no part */
    const char *properties;         /* attributes of workbookPr */
    const char *states[2];          /* attributes of the sheets, such as state='hidden' */
    const char *extra_name, *extra; /* one more part */
    const char *prolog;             /* before the root of the first sheet; NULL for none */
} workbook;

static inline void workbook_part(zip_t *zip, const char *name, const char *text) {
    char *copy = malloc(strlen(text) + 1);
    strcpy(copy, text);
    zip_source_t *source = zip_source_buffer(zip, copy, strlen(text), 1);
    zip_int64_t index = zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8);
    if (index >= 0) {
        zip_file_set_mtime(zip, (zip_uint64_t)index, 0, 0);
    }
}

static inline void workbook_wrapped(zip_t *zip, const char *name, const char *root, const char *namespace_,
                                    const char *prolog, const char *inside) {
    size_t size = strlen(inside) + strlen(prolog) + 400;
    char *text = malloc(size);
    snprintf(text, size, "%s<%s xmlns='%s' xmlns:r='" OFFICE "'>%s</%s>", prolog, root, namespace_, inside, root);
    workbook_part(zip, name, text);
    free(text);
}

static inline void workbook_parts(zip_t *zip, const workbook *book) {
    char text[2000];
    workbook_part(zip, "[Content_Types].xml",
                  "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>");
    workbook_wrapped(zip, "_rels/.rels", "Relationships", PACKAGE, "",
                     "<Relationship Id='rId1' Type='" OFFICE "/officeDocument' Target='xl/workbook.xml'/>");
    workbook_wrapped(zip, "xl/_rels/workbook.xml.rels", "Relationships", PACKAGE, "",
                     "<Relationship Id='rId1' Type='" OFFICE "/worksheet' Target='worksheets/sheet1.xml'/>"
                     "<Relationship Id='rId2' Type='" OFFICE "/worksheet' Target='/xl/worksheets/sheet2.xml'/>"
                     "<Relationship Id='rId3' Type='" OFFICE "/sharedStrings' Target='sharedStrings.xml'/>"
                     "<Relationship Id='rId4' Type='" OFFICE "/styles' Target='styles.xml'/>"
                     "<Relationship Id='rId5' Type='" OFFICE
                     "/externalLink' Target='http://localhost/x' TargetMode='External'/>");
    snprintf(text, sizeof text,
             "<workbookPr %s/><sheets><sheet name='Лист1' sheetId='1' r:id='rId1' %s/>%s%s%s</sheets>",
             book->properties != NULL ? book->properties : "", book->states[0] != NULL ? book->states[0] : "",
             book->second != NULL ? "<sheet name='Второй лист' sheetId='2' r:id='rId2' " : "",
             book->second != NULL && book->states[1] != NULL ? book->states[1] : "", book->second != NULL ? "/>" : "");
    workbook_wrapped(zip, "xl/workbook.xml", "workbook", MAIN, "", text);
    workbook_wrapped(zip, "xl/worksheets/sheet1.xml", "worksheet", MAIN, book->prolog != NULL ? book->prolog : "",
                     book->sheet);
    workbook_wrapped(zip, "xl/worksheets/sheet2.xml", "worksheet", MAIN, "", book->second != NULL ? book->second : "");
    workbook_wrapped(zip, "xl/sharedStrings.xml", "sst", MAIN, "", book->strings != NULL ? book->strings : "");
    workbook_wrapped(zip, "xl/styles.xml", "styleSheet", MAIN, "", book->styles != NULL ? book->styles : "");
    if (book->extra_name != NULL) {
        workbook_part(zip, book->extra_name, book->extra);
    }
}

/* The bytes of the workbook; free() them. */
static inline char *workbook_make(const workbook *book, size_t *size) {
    zip_error_t error;
    zip_stat_t about;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_source_keep(source);
    zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, &error);
    workbook_parts(zip, book);
    zip_close(zip);
    zip_source_stat(source, &about);
    char *bytes = malloc(about.size);
    zip_source_open(source);
    *size = (size_t)zip_source_read(source, bytes, about.size);
    zip_source_close(source);
    zip_source_free(source);
    return bytes;
}

#endif
