/* A part of a workbook as a run of elements. Documents with a DOCTYPE are refused, so that no entity is expanded and
 * nothing outside is opened. */
#ifndef MTMI_READ_XLSX_XLSX_XML_H
#define MTMI_READ_XLSX_XLSX_XML_H

#include "read/xlsx/xlsx_archive.h"

typedef struct mtmi_xml mtmi_xml;

typedef struct mtmi_xml_handler {
    /* name is without its prefix; elements of namespaces that a workbook's data does not use are not told, but what is
     * inside of them is. Attributes are for mtmi_xml_attribute(). A handler may be NULL. */
    void (*start)(void *data, const char *name, const char **attributes);
    void (*end)(void *data, const char *name);
    void (*text)(void *data, const char *text, size_t size);
} mtmi_xml_handler;

mtm_status mtmi_xml_open(mtmi_xlsx_archive *archive, const char *part, const mtmi_xml_handler *handler, void *data,
                         mtmi_xml **out, mtm_error *err);
void mtmi_xml_free(mtmi_xml *xml); /* NULL is fine */

/* Goes on until a handler pauses or the part ends; *at_end says which. */
mtm_status mtmi_xml_run(mtmi_xml *xml, int *at_end, mtm_error *err);

/* For handlers: return from mtmi_xml_run() when the handler is done; the first makes the run end well, the others with
 * an error. */
void mtmi_xml_pause(mtmi_xml *xml);
void mtmi_xml_no_memory(mtmi_xml *xml);
void mtmi_xml_refuse(mtmi_xml *xml, mtm_status status, const char *found, const char *expected);

/* Bytes of the part that have been read. */
uint64_t mtmi_xml_position(const mtmi_xml *xml);

/* The value of an attribute, whatever its prefix; NULL when it is not there. */
const char *mtmi_xml_attribute(const char **attributes, const char *name);

/* A whole part in one run. */
mtm_status mtmi_xml_read(mtmi_xlsx_archive *archive, const char *part, const mtmi_xml_handler *handler, void *data,
                         mtmi_xml **running, mtm_error *err);

#endif
