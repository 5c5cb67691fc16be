/* Parses a part of a workbook with expat, whose memory is the library's. */
#include "read/xlsx/xlsx_xml.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"

#include <string.h>

#define SEPARATOR '\n' /* between namespace and name: neither holds one */

#if defined(MTMI_WITH_LIBZIP) && defined(MTMI_WITH_EXPAT)

#include <expat.h>

#if XML_MAJOR_VERSION > 2 || XML_MINOR_VERSION >= 9
#define LINE_NUMBER XML_GetCurrentLineNumber64
#else
#define LINE_NUMBER XML_GetCurrentLineNumber
#endif

#define BLOCK 65536
#define DEPTH 100

struct mtmi_xml {
    const mtmi_xml_handler *handler;
    void *data;
    mtmi_xlsx_part *part;
    XML_Parser parser;
    char *name; /* of the part */
    const char *file;
    int depth, paused, at_end;
    mtm_status status;
    mtm_error error;
};

/* expat hands no pointer of ours to its allocator, and reports some failures of it as errors of the document: whether a
 * request failed during the run at hand is kept here, a thread by itself. */
static _Thread_local int starved;

static void *noted(void *block) {
    starved |= block == NULL;
    return block;
}

static void *allocate(size_t size) {
    return noted(mtmi_memory_new(size, 1));
}
static void *resize(void *block, size_t size) {
    return noted(mtmi_memory_resize(block, size, 1));
}
static void release(void *block) {
    mtmi_memory_free(block);
}

/* The name after the namespace; NULL for a namespace of no interest. */
static const char *local_name(const char *name) {
    static const char *const known[] = {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/package/2006/relationships",
        "http://schemas.openxmlformats.org/package/2006/content-types",
        "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    };
    const char *local = strchr(name, SEPARATOR);
    for (size_t i = 0; local != NULL && i < sizeof known / sizeof *known; i++) {
        if (strncmp(name, known[i], (size_t)(local - name)) == 0 && known[i][local - name] == '\0') {
            return local + 1;
        }
    }
    return NULL;
}

static void XMLCALL on_start(void *data, const XML_Char *name, const XML_Char **attributes) {
    mtmi_xml *xml = data;
    if (++xml->depth > DEPTH) {
        mtmi_xml_refuse(xml, MTM_ERROR_LIMIT, "XML nested more than 100 deep",
                        "a workbook as spreadsheet programs save it");
    }
    const char *local = local_name(name);
    if (local != NULL && xml->status == MTM_OK && xml->handler->start != NULL) {
        xml->handler->start(xml->data, local, attributes);
    }
}

static void XMLCALL on_end(void *data, const XML_Char *name) {
    mtmi_xml *xml = data;
    const char *local = local_name(name);
    xml->depth--;
    if (local != NULL && xml->status == MTM_OK && xml->handler->end != NULL) {
        xml->handler->end(xml->data, local);
    }
}

static void XMLCALL on_text(void *data, const XML_Char *text, int size) {
    mtmi_xml *xml = data;
    if (xml->status == MTM_OK && xml->handler->text != NULL) {
        xml->handler->text(xml->data, text, (size_t)size);
    }
}

static void XMLCALL on_doctype(void *data, const XML_Char *name, const XML_Char *system, const XML_Char *public,
                               int has_subset) {
    (void)name, (void)system, (void)public, (void)has_subset;
    mtmi_xml_refuse(data, MTM_ERROR_STRUCTURE, "XML with a DOCTYPE, which could define entities without end",
                    "a workbook as spreadsheet programs save it");
}

static int make_parser(mtmi_xml *xml) {
    static const XML_Memory_Handling_Suite memory = {allocate, resize, release};
    const XML_Char separator[] = {SEPARATOR, '\0'};
    xml->parser = XML_ParserCreate_MM(NULL, &memory, separator);
    if (xml->parser == NULL) {
        return 0;
    }
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, on_start, on_end);
    XML_SetCharacterDataHandler(xml->parser, on_text);
    XML_SetStartDoctypeDeclHandler(xml->parser, on_doctype);
    return 1;
}

mtm_status mtmi_xml_open(mtmi_xlsx_archive *archive, const char *part, const mtmi_xml_handler *handler, void *data,
                         mtmi_xml **out, mtm_error *err) {
    mtmi_xml *xml = mtmi_memory_new(1, sizeof *xml);
    *out = NULL;
    if (xml == NULL) {
        return mtmi_error_memory(err);
    }
    xml->handler = handler;
    xml->data = data;
    xml->file = mtmi_xlsx_archive_name(archive);
    xml->name = mtmi_memory_copy_text(part);
    mtm_status status =
        xml->name != NULL && make_parser(xml) ? mtmi_part_open(archive, part, &xml->part, err) : mtmi_error_memory(err);
    if (status != MTM_OK) {
        mtmi_xml_free(xml);
        return status;
    }
    *out = xml;
    return MTM_OK;
}

void mtmi_xml_free(mtmi_xml *xml) {
    if (xml != NULL) {
        if (xml->parser != NULL) {
            XML_ParserFree(xml->parser);
        }
        mtmi_part_free(xml->part);
        mtmi_memory_free(xml->name);
        mtmi_memory_free(xml);
    }
}

static mtm_status malformed(mtmi_xml *xml, mtm_error *err) {
    if (starved || XML_GetErrorCode(xml->parser) == XML_ERROR_NO_MEMORY) {
        return mtmi_error_memory(err);
    }
    return mtmi_error_set(err, MTM_ERROR_STRUCTURE, 0, (mtmi_place){xml->file, 0, 0},
                          "found XML that is not well formed in part %q, line %llu, expected a workbook as spreadsheet "
                          "programs save it",
                          xml->name, (unsigned long long)LINE_NUMBER(xml->parser));
}

/* What the parser said after a block or after going on. */
static mtm_status judge_answer(mtmi_xml *xml, enum XML_Status answer, mtm_error *err) {
    if (xml->status != MTM_OK) {
        if (err != NULL) {
            *err = xml->error;
        }
        return xml->status;
    }
    return answer == XML_STATUS_ERROR ? malformed(xml, err) : MTM_OK;
}

static mtm_status feed(mtmi_xml *xml, mtm_error *err) {
    size_t got = 0;
    void *block = XML_GetBuffer(xml->parser, BLOCK);
    if (block == NULL) {
        return malformed(xml, err);
    }
    mtm_status status = mtmi_part_read(xml->part, block, BLOCK, &got, err);
    if (status != MTM_OK) {
        return status;
    }
    xml->at_end = got == 0;
    return judge_answer(xml, XML_ParseBuffer(xml->parser, (int)got, got == 0), err);
}

mtm_status mtmi_xml_run(mtmi_xml *xml, int *at_end, mtm_error *err) {
    mtm_status status = xml->status;
    starved = 0;
    if (xml->paused) {
        xml->paused = 0;
        status = judge_answer(xml, XML_ResumeParser(xml->parser), err);
    }
    while (status == MTM_OK && !xml->paused && !xml->at_end) {
        status = feed(xml, err);
    }
    *at_end = status == MTM_OK && !xml->paused;
    return status;
}

void mtmi_xml_pause(mtmi_xml *xml) {
    xml->paused = 1;
    XML_StopParser(xml->parser, XML_TRUE);
}

static void stop(mtmi_xml *xml) {
    XML_StopParser(xml->parser, XML_FALSE);
}

void mtmi_xml_no_memory(mtmi_xml *xml) {
    if (xml->status == MTM_OK) {
        xml->status = mtmi_error_memory(&xml->error);
        stop(xml);
    }
}

void mtmi_xml_refuse(mtmi_xml *xml, mtm_status status, const char *found, const char *expected) {
    if (xml->status == MTM_OK) {
        xml->status = mtmi_error_set(&xml->error, status, 0, (mtmi_place){xml->file, 0, 0},
                                     "found %s in part %q, expected %s", found, xml->name, expected);
        stop(xml);
    }
}

uint64_t mtmi_xml_position(const mtmi_xml *xml) {
    return mtmi_part_position(xml->part);
}

#else

mtm_status mtmi_xml_open(mtmi_xlsx_archive *archive, const char *part, const mtmi_xml_handler *handler, void *data,
                         mtmi_xml **out, mtm_error *err) {
    (void)archive, (void)part, (void)handler, (void)data;
    *out = NULL;
    return mtmi_error_memory(err);
}

void mtmi_xml_free(mtmi_xml *xml) {
    (void)xml;
}

mtm_status mtmi_xml_run(mtmi_xml *xml, int *at_end, mtm_error *err) {
    (void)xml;
    *at_end = 1;
    return mtmi_error_memory(err);
}

void mtmi_xml_pause(mtmi_xml *xml) {
    (void)xml;
}
void mtmi_xml_no_memory(mtmi_xml *xml) {
    (void)xml;
}

void mtmi_xml_refuse(mtmi_xml *xml, mtm_status status, const char *found, const char *expected) {
    (void)xml, (void)status, (void)found, (void)expected;
}

uint64_t mtmi_xml_position(const mtmi_xml *xml) {
    (void)xml;
    return 0;
}

#endif

const char *mtmi_xml_attribute(const char **attributes, const char *name) {
    for (size_t i = 0; attributes[i] != NULL; i += 2) {
        const char *plain = strchr(attributes[i], SEPARATOR);
        if (strcmp(plain != NULL ? plain + 1 : attributes[i], name) == 0) {
            return attributes[i + 1];
        }
    }
    return NULL;
}

mtm_status mtmi_xml_read(mtmi_xlsx_archive *archive, const char *part, const mtmi_xml_handler *handler, void *data,
                         mtmi_xml **running, mtm_error *err) {
    int at_end = 0;
    mtm_status status = MTM_OK;
    MTMI_TRY(mtmi_xml_open(archive, part, handler, data, running, err));
    while (!at_end) {
        MTMI_TRY(mtmi_xml_run(*running, &at_end, err));
    }
out:
    mtmi_xml_free(*running);
    *running = NULL;
    return status;
}
