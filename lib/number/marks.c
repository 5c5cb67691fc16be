/* Reads marks in place of a number, such as "-", "..." or "x", as zero or as no value with its reason. Only declared
 * marks have a meaning. */
#include "base/text.h"
#include "base/diagnostic.h"
#include "number/number_internal.h"

#include <string.h>

enum { LONGEST_MARK = 96 };

static int is_declared(const mtmi_marks *marks, const char *normal, size_t length) {
    for (size_t i = 0; i < marks->n; i++) {
        if (strlen(marks->marks[i]) == length && memcmp(marks->marks[i], normal, length) == 0) {
            return 1;
        }
    }
    return 0;
}

static void no_value(mtmi_number *out, char status, int code) {
    out->outcome = MTMI_NUMBER_EMPTY;
    out->status = status;
    out->code = code;
}

static int read_declared(const char *normal, size_t length, const mtmi_number_style *style, mtmi_number *out) {
    if (is_declared(&style->zero, normal, length)) {
        out->outcome = MTMI_NUMBER_OK;
        out->status = 'A';
    } else if (is_declared(&style->not_applicable, normal, length)) {
        no_value(out, 'M', 0);
    } else if (is_declared(&style->not_available, normal, length)) {
        no_value(out, 'L', 0);
    } else if (is_declared(&style->hidden, normal, length)) {
        no_value(out, 'Q', 0);
    } else if (is_declared(&style->missing, normal, length)) {
        no_value(out, 'O', 0);
    } else {
        return 0;
    }
    return 1;
}

/* Marks whose meaning is the same everywhere, or which say it themselves. A note tells where a habit was followed.
 * A lone dash is not among them: it is zero to some and nothing to others. */
static int read_usual(const char *normal, size_t length, mtmi_number *out) {
    /* clang-format off */
    static const struct { const char *text; char status; char note; } usual[] = {
        {"...", 'L', 0}, {"..", 'L', 0}, {"not available", 'L', 0}, {"no data", 'L', 0}, {"нет данных", 'L', 0},
        {"данные отсутствуют", 'L', 0}, {"н/д", 'L', 0}, {"н.д.", 'L', 0}, {"н. д.", 'L', 0}, {"нд", 'L', 1},
        {"дерек жоқ", 'L', 0}, {"деректер жоқ", 'L', 0}, {"мәлімет жоқ", 'L', 0}, {"мәліметтер жоқ", 'L', 0},
        {"not applicable", 'M', 0}, {"неприменимо", 'M', 0}, {"не применимо", 'M', 0}, {"қолданылмайды", 'M', 0},
        {"x", 'M', 1}, {"х", 'M', 1},
        {"confidential", 'Q', 0}, {"suppressed", 'Q', 0}, {"конфиденциально", 'Q', 0}, {"құпия", 'Q', 0},
        {"n/a", 'L', 1}, {"n.a.", 'L', 1}, {"missing", 'L', 0},
        {"na", 'O', 1}, {"nan", 'O', 1}, {"null", 'O', 1}, {"none", 'O', 1},
    };
    /* clang-format on */
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        if (strlen(usual[i].text) == length && memcmp(usual[i].text, normal, length) == 0) {
            no_value(out, usual[i].status, usual[i].note ? MTMI_CODE_NUMBER_ASSUMED : 0);
            return 1;
        }
    }
    return 0;
}

static int is_dash(const char *normal, size_t length) {
    return length > 0 && strspn(normal, "-") >= length;
}

int mtmi_number_mark(mtmi_slice cell, const mtmi_number_style *style, mtmi_number *out) {
    char normal[LONGEST_MARK];
    size_t length;

    if (cell.length == 0) {
        no_value(out, 'O', 0);
        return 1;
    }
    if (cell.length >= sizeof normal) {
        return 0;
    }
    length = mtmi_text_normalise(cell.text, cell.length, normal, sizeof normal);
    if (length >= sizeof normal) {
        return 0;
    }
    if (read_declared(normal, length, style, out) || read_usual(normal, length, out)) {
        return 1;
    }
    if (is_dash(normal, length)) {
        mtmi_number_refuse(out, MTMI_CODE_NUMBER_DASH, "a number; a dash may mean zero, nothing, or not known",
                           "say what it means here: zero, notApplicable, notAvailable or missingValues");
        return 1;
    }
    return 0;
}
