/* Reads what each cell style of a workbook shows. Only numFmts and cellXfs matter: fonts, fills and named styles do not
 * change a value. */
#include "read/xlsx/xlsx_styles.h"

#include "base/error.h"
#include "base/memory.h"
#include "read/xlsx/xlsx_text.h"
#include "read/xlsx/xlsx_xml.h"

#include <string.h>

#define STYLES 65536 /* Excel itself allows 65490 */
#define CUSTOMS 4096

typedef struct custom {
    int64_t id;
    mtmi_shown shown;
} custom;

typedef struct styles_reader {
    mtmi_styles *out;
    size_t capacity;
    custom *customs;
    size_t n_customs, customs_capacity;
    int in_cells;
    mtmi_xml *xml;
} styles_reader;

static void add_custom(styles_reader *in, const char **attributes) {
    const char *id = mtmi_xml_attribute(attributes, "numFmtId"), *code = mtmi_xml_attribute(attributes, "formatCode");
    void *customs = in->customs;
    if (id == NULL || code == NULL) {
        return;
    }
    if (in->n_customs == CUSTOMS) {
        mtmi_xml_refuse(in->xml, MTM_ERROR_LIMIT, "more than 4096 number formats",
                        "a workbook as spreadsheet programs save it");
        return;
    }
    if (!mtmi_memory_reserve(&customs, &in->customs_capacity, in->n_customs + 1, sizeof *in->customs)) {
        mtmi_xml_no_memory(in->xml);
        return;
    }
    in->customs = customs;
    in->customs[in->n_customs++] = (custom){mtmi_xlsx_number(id, -1), mtmi_format_shown(code)};
}

static mtmi_shown shown_by(const styles_reader *in, int64_t id) {
    for (size_t i = in->n_customs; i-- > 0;) {
        if (in->customs[i].id == id) {
            return in->customs[i].shown;
        }
    }
    return mtmi_format_builtin(id);
}

static void add_style(styles_reader *in, const char **attributes) {
    mtmi_styles *styles = in->out;
    const char *id = mtmi_xml_attribute(attributes, "numFmtId");
    void *shown = styles->shown;
    if (styles->n == STYLES) {
        mtmi_xml_refuse(in->xml, MTM_ERROR_LIMIT, "more than 65536 styles",
                        "a workbook as spreadsheet programs save it");
        return;
    }
    if (!mtmi_memory_reserve(&shown, &in->capacity, styles->n + 1, 1)) {
        mtmi_xml_no_memory(in->xml);
        return;
    }
    styles->shown = shown;
    styles->shown[styles->n++] = (unsigned char)shown_by(in, id != NULL ? mtmi_xlsx_number(id, 0) : 0);
}

static void on_start(void *data, const char *name, const char **attributes) {
    styles_reader *in = data;
    if (strcmp(name, "cellXfs") == 0) {
        in->in_cells = 1;
    } else if (strcmp(name, "numFmt") == 0) {
        add_custom(in, attributes);
    } else if (strcmp(name, "xf") == 0 && in->in_cells) {
        add_style(in, attributes);
    }
}

static void on_end(void *data, const char *name) {
    if (strcmp(name, "cellXfs") == 0) {
        ((styles_reader *)data)->in_cells = 0;
    }
}

mtm_status mtmi_styles_read(mtmi_xlsx_archive *archive, const char *part, mtmi_styles *out, mtm_error *err) {
    static const mtmi_xml_handler handler = {on_start, on_end, NULL};
    styles_reader reader = {out, 0, NULL, 0, 0, 0, NULL};
    memset(out, 0, sizeof *out);
    mtm_status status = part == NULL ? MTM_OK : mtmi_xml_read(archive, part, &handler, &reader, &reader.xml, err);
    mtmi_memory_free(reader.customs);
    return status;
}

void mtmi_styles_free(mtmi_styles *styles) {
    mtmi_memory_free(styles->shown);
    memset(styles, 0, sizeof *styles);
}
