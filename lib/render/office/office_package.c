/* Writes the parts that every package of Office Open XML has: content types, relations, core properties. */
#include "render/office/office_package.h"

#include "render/escape.h"

void mtmi_office_relations(mtmi_buffer *out, const char *main_part) {
    mtmi_buffer_format(out,
                       MTMI_OFFICE_XML "<Relationships xmlns=\"" MTMI_OFFICE_PACKAGE "relationships\">"
                                       "<Relationship Id=\"rId1\" Type=\"" MTMI_OFFICE_RELATION "/officeDocument\" "
                                       "Target=\"%s\"/><Relationship Id=\"rId2\" Type=\"" MTMI_OFFICE_PACKAGE
                                       "relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>"
                                       "</Relationships>",
                       main_part);
}

void mtmi_office_core(mtmi_buffer *out, const char *title, const char *creator, const char *language) {
    mtmi_buffer_text(out, MTMI_OFFICE_XML "<cp:coreProperties xmlns:cp=\"" MTMI_OFFICE_PACKAGE
                                          "metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
                                          "xmlns:dcterms=\"http://purl.org/dc/terms/\" "
                                          "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>");
    mtmi_escape_html(out, title);
    mtmi_buffer_text(out, "</dc:title><dc:creator>");
    mtmi_escape_html(out, creator);
    mtmi_buffer_text(out, "</dc:creator>");
    if (language != NULL) {
        mtmi_buffer_format(out, "<dc:language>%s</dc:language>", language);
    }
    mtmi_buffer_text(out, "<dcterms:created xsi:type=\"dcterms:W3CDTF\">1980-01-01T00:00:00Z</dcterms:created>"
                          "</cp:coreProperties>");
}

void mtmi_office_types(mtmi_buffer *out) {
    mtmi_buffer_text(out, MTMI_OFFICE_XML
                     "<Types xmlns=\"" MTMI_OFFICE_PACKAGE "content-types\"><Default Extension=\"rels\" ContentType=\""
                     "application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" "
                     "ContentType=\"application/xml\"/>");
}

void mtmi_office_type(mtmi_buffer *out, const char *part, const char *type) {
    mtmi_buffer_format(out, "<Override PartName=\"%s\" ContentType=\"%s\"/>", part, type);
}

void mtmi_office_relation(mtmi_buffer *out, size_t number, const char *type, const char *target, int external) {
    mtmi_buffer_format(out, "<Relationship Id=\"rId%zu\" Type=\"" MTMI_OFFICE_RELATION "/%s\" Target=\"", number, type);
    mtmi_escape_html(out, target);
    mtmi_buffer_text(out, external ? "\" TargetMode=\"External\"/>" : "\"/>");
}
