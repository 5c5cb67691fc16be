/* Units that rows say: in a column of units, in UNIT_MULT, beside the digits. Where a declaration or the header says one,
 * a row that contradicts it is refused. Where only rows say it, all must say the same, and the file is refused if they do
 * not: which row comes first decides nothing. */
#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/try.h"
#include "read/observe/observe_internal.h"

#include <string.h>

enum { UNIT_SIZE = 200 };

static mtm_status set_unit(mtmi_unit_state *units, const char *text, const char *place, mtm_error *err) {
    units->unit = mtmi_memory_copy_text(text);
    units->place = place;
    return text != NULL && units->unit == NULL ? mtmi_error_memory(err) : MTM_OK;
}

mtm_status mtmi_observe_declared_unit(mtmi_observer *observer, mtm_error *err) {
    const mtmi_resource *resource = observer->settings.resource;
    mtmi_unit_state *units = &observer->units;
    const char *text = resource->unit;
    mtmi_unit declared;

    units->has_power = resource->multiplier_given;
    units->power = resource->multiplier;
    units->weak = !resource->unit_given;
    if (text == NULL) {
        return MTM_OK;
    }
    if (mtmi_unit_read(text, strlen(text), &declared) && declared.unit != NULL) {
        text = declared.unit; /* "million USD" is USD at a multiplier of 6 */
        if (declared.has_power && !units->has_power) {
            units->has_power = 1;
            units->power = declared.power;
        }
    }
    return set_unit(units, text, "the declaration", err);
}

mtm_status mtmi_observe_column_units(mtmi_observer *observer, mtm_error *err) {
    mtmi_unit_state *units = &observer->units;
    for (size_t i = 0; i < observer->file.columns->n; i++) {
        const mtmi_bound *bound = &observer->file.columns->at[i];
        if (bound->unit != NULL && units->unit == NULL) {
            MTMI_CHECK_STATUS(set_unit(units, bound->unit, "the header", err));
            observer->whole.is_share |= strcmp(bound->unit, "percent") == 0;
        }
        if (bound->power != 0 && !units->has_power) {
            units->has_power = 1;
            units->power = bound->power;
        }
    }
    return MTM_OK;
}

static void append(char *out, size_t size, const char *text) {
    size_t n = strlen(out), length = strlen(text);
    if (n + length < size) {
        memcpy(out + n, text, length + 1);
    }
}

static mtmi_row_outcome refuse_unit(mtmi_observer *observer, const mtmi_bound *bound) {
    char *expected = observer->current.expected;

    expected[0] = '\0';
    append(expected, sizeof observer->current.expected,
           observer->units.unit != NULL ? observer->units.unit : "the power of ten");
    append(expected, sizeof observer->current.expected, ", as ");
    append(expected, sizeof observer->current.expected,
           observer->units.place != NULL ? observer->units.place : "the header");
    append(expected, sizeof observer->current.expected, " says; figures of several units do not add up");
    return mtmi_observe_refuse(observer, bound, MTMI_CODE_UNIT, expected,
                               "read each unit as a resource of its own, by a filter of rows");
}

static int same_text(const char *a, const char *b) {
    char left[UNIT_SIZE], right[UNIT_SIZE];
    size_t n = mtmi_text_normalise(a, strlen(a), left, sizeof left);
    size_t m = mtmi_text_normalise(b, strlen(b), right, sizeof right);
    return strcmp(a, b) == 0 || (n < sizeof left && m < sizeof right && strcmp(left, right) == 0);
}

/* Whether a unit is the one that was known before the rows. */
static int fits_known(const mtmi_unit_state *units, const mtmi_unit *said, const char *text) {
    const char *quantity = mtmi_unit_quantity(units->unit);

    if (said->unit == NULL) {
        return said->has_power || same_text(text, units->unit);
    }
    if (units->weak && quantity != NULL && strcmp(quantity, said->quantity) == 0) {
        return 1;
    }
    return mtmi_unit_same(said->unit, units->unit);
}

static int same_statement(const struct mtmi_row_unit *a, const mtmi_unit *said, const char *text) {
    if (a->unit.unit == NULL || said->unit == NULL) {
        return same_text(a->text, text);
    }
    return mtmi_unit_same(a->unit.unit, said->unit);
}

static mtm_status remember(mtmi_observer *observer, struct mtmi_row_unit *out, const mtmi_unit *said, const char *text,
                           mtm_error *err) {
    out->unit = *said;
    out->line = observer->current.row->line;
    out->text = mtmi_memory_copy_text(text);
    return out->text == NULL ? mtmi_error_memory(err) : MTM_OK;
}

mtmi_row_outcome mtmi_observe_unit(mtmi_observer *observer, const mtmi_bound *bound, mtmi_cell cell, mtm_error *err) {
    mtmi_unit_state *units = &observer->units;
    char text[UNIT_SIZE];
    mtmi_unit said;

    if (cell.length == 0) {
        return MTMI_ROW_DONE;
    }
    if (cell.length >= sizeof text) {
        return mtmi_observe_refuse(observer, bound, MTMI_CODE_UNIT, "a shorter unit", "");
    }
    memcpy(text, cell.text, cell.length);
    text[cell.length] = '\0';
    (void)mtmi_unit_read(text, cell.length, &said);
    if ((units->place != NULL && !fits_known(units, &said, text)) ||
        (units->has_power && said.has_power && said.power != units->power)) {
        return refuse_unit(observer, bound);
    }
    if (units->first.text == NULL) {
        return mtmi_observe_status(observer, remember(observer, &units->first, &said, text, err));
    }
    if (units->other.text == NULL && ((units->place == NULL && !same_statement(&units->first, &said, text)) ||
                                      (!units->has_power && said.power != units->first.unit.power))) {
        return mtmi_observe_status(observer, remember(observer, &units->other, &said, text, err));
    }
    return MTMI_ROW_DONE;
}

/* A currency or per cent sign beside the digits. */
mtmi_row_outcome mtmi_observe_number_unit(mtmi_observer *observer, const mtmi_bound *bound, const char *unit) {
    mtmi_unit_state *units = &observer->units;
    const mtmi_unit said = {unit, mtmi_unit_quantity(unit), 0, 0};

    if (units->place == NULL) {
        int other = units->cell[0] != NULL && !mtmi_unit_same(units->cell[0], unit);
        if (units->cell[other] == NULL) {
            units->cell[other] = unit;
            units->cell_line[other] = observer->current.row->line;
        }
        return MTMI_ROW_DONE;
    }
    return fits_known(units, &said, unit) ? MTMI_ROW_DONE : refuse_unit(observer, bound);
}

/* UNIT_MULT of SDMX. */
mtmi_row_outcome mtmi_observe_multiplier(mtmi_observer *observer, const mtmi_bound *bound, mtmi_cell cell) {
    mtmi_unit_state *units = &observer->units;
    int negative = cell.length > 0 && cell.text[0] == '-', power = 0;
    size_t at = (size_t)negative;

    if (cell.length == 0) {
        return MTMI_ROW_DONE;
    }
    for (; at < cell.length && at < 3 && cell.text[at] >= '0' && cell.text[at] <= '9'; at++) {
        power = power * 10 + (cell.text[at] - '0');
    }
    power = negative ? -power : power;
    if (at < cell.length || power < -9 || power > 18) {
        return mtmi_observe_refuse(observer, bound, MTMI_CODE_UNIT, "a power of ten, -9 to 18", "");
    }
    if (units->has_power && power != units->power) {
        return mtmi_observe_refuse(observer, bound, MTMI_CODE_UNIT,
                                   "the power of ten that the resource or the header says",
                                   "read each as a resource of its own, by a filter of rows");
    }
    if (!units->has_first_power) {
        units->has_first_power = 1;
        units->first_power = power;
        units->power_line = observer->current.row->line;
    } else if (power != units->first_power && units->other_power_line == 0) {
        units->other_power_line = observer->current.row->line;
    }
    return MTMI_ROW_DONE;
}

/* Names of places are no powers of ten, whatever they sound like: Lac is a province of Chad, and no lakh. */
static int is_of_places(const char *dimension) {
    static const char *const names[] = {"country", "citizenship", "region",     "province",    "district",
                                        "area",    "territory",   "origin",     "destination", "site",
                                        "camp",    "fmp",         "checkpoint", "settlement",  "location"};
    if (dimension == NULL) {
        return 0;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strncmp(dimension, names[i], strlen(names[i])) == 0) {
            return 1;
        }
    }
    return strncmp(dimension, "adm", 3) == 0 || strncmp(dimension, "origin-adm", 10) == 0;
}

/* The power of ten that a label says beside other words: "Employed, thousands". */
static int power_of(const mtmi_column_state *memory, mtmi_cell cell) {
    mtmi_unit said;
    return !is_of_places(memory->rules.dimension) && mtmi_magnitude_read(cell.text, cell.length) == 0 &&
                   mtmi_unit_find(cell.text, cell.length, &said) && said.has_power
               ? said.power
               : 0;
}

mtm_status mtmi_observe_label_power(mtmi_observer *observer, mtmi_column_state *memory, mtmi_cell cell,
                                    mtm_error *err) {
    struct mtmi_label_power *label = &observer->units.label;
    const size_t column = (size_t)(memory - observer->file.memory);
    const int64_t line = observer->current.row->line;
    const int power = power_of(memory, cell), says = power != 0;

    if (!says && memory->bare_line == 0) {
        memory->bare_line = line;
    }
    if (label->text != NULL) {
        const int differs = says ? power != label->power : label->column == column;
        label->other_line = label->other_line == 0 && differs ? line : label->other_line;
        return MTM_OK;
    }
    if (!says) {
        return MTM_OK;
    }
    label->text = mtmi_memory_copy_bytes(cell.text, cell.length);
    label->power = power;
    label->column = column;
    label->line = line;
    label->other_line = memory->bare_line;
    return label->text == NULL ? mtmi_error_memory(err) : MTM_OK;
}

/* Two rows, or a row and the cells of another, that say different units. */
static mtm_status refuse_pair(const mtmi_observer *observer, const char *a, int64_t a_line, const char *b,
                              int64_t b_line, mtm_error *err) {
    const char *file = observer->file.rows != NULL ? observer->file.rows->name : "";

    return mtmi_error_set(
        err, MTM_ERROR_VALUE, MTMI_CODE_UNIT, (mtmi_place){file, a_line, 0},
        "found the unit %q, expected %q as in line %lld: figures of several units do not add up; read "
        "each unit as a resource of its own, by a filter of rows",
        a, b, (long long)b_line);
}

/* Rows of one unit column, or of UNIT_MULT, against one another. */
static mtm_status compare_rows(const mtmi_observer *observer, mtm_error *err) {
    const mtmi_unit_state *units = &observer->units;
    const mtmi_unit *first = &units->first.unit;
    const char *file = observer->file.rows != NULL ? observer->file.rows->name : "";
    int differ = units->has_first_power && first->has_power && first->power != units->first_power;
    int64_t line = units->other_power_line != 0 ? units->other_power_line : differ ? units->first.line : 0;

    if (units->other.text != NULL) {
        return refuse_pair(observer, units->other.text, units->other.line, units->first.text, units->first.line, err);
    }
    if (line == 0) {
        return MTM_OK;
    }
    if (units->power_line == 0) {
        return mtmi_error_set(
            err, MTM_ERROR_VALUE, MTMI_CODE_UNIT, (mtmi_place){file, line, 0},
            "found another power of ten than the declaration, the header or the rows say, expected one; "
            "correct one of them");
    }
    return mtmi_error_set(
        err, MTM_ERROR_VALUE, MTMI_CODE_UNIT, (mtmi_place){file, line, 0},
        "found another power of ten than in line %lld, expected the same on every row; read each as a "
        "resource of its own, by a filter of rows",
        (long long)units->power_line);
}

/* Units beside the digits against one another, and against the column of units. */
static mtm_status compare_cells(const mtmi_observer *observer, const char *said, mtm_error *err) {
    const mtmi_unit_state *units = &observer->units;

    if (units->cell[1] != NULL) {
        return refuse_pair(observer, units->cell[1], units->cell_line[1], units->cell[0], units->cell_line[0], err);
    }
    if (units->cell[0] != NULL && said != NULL && !mtmi_unit_same(units->cell[0], said)) {
        return refuse_pair(observer, units->first.text, units->first.line, units->cell[0], units->cell_line[0], err);
    }
    return MTM_OK;
}

static mtm_status note_label_power(const mtmi_observer *observer, mtm_error *err) {
    const struct mtmi_label_power *label = &observer->units.label;
    mtmi_diagnostic_input note = {.code = MTMI_CODE_UNIT,
                                  .line = label->line,
                                  .found = label->text,
                                  .found_size = strlen(label->text),
                                  .expected =
                                      "a label without a power of ten; figures stay as they are, and the power is "
                                      "kept as the multiplier",
                                  .hint = "say multiplier in the resource"};
    return observer->settings.log == NULL ? MTM_OK : mtmi_check_add(observer->settings.log, &note, err);
}

/* The power of ten that labels say: all of a column, and none that is known already says otherwise. */
static mtm_status settle_labels(mtmi_observer *observer, mtm_error *err) {
    mtmi_unit_state *units = &observer->units;
    const struct mtmi_label_power *label = &units->label;
    const char *file = observer->file.rows != NULL ? observer->file.rows->name : "";
    const int is_known = units->has_power || units->has_first_power || units->first.unit.has_power;
    int known = 0;

    if (label->text == NULL || observer->settings.resource->multiplier_given) {
        return MTM_OK;
    }
    (void)mtmi_observer_unit(observer, &known);
    if (label->other_line != 0) {
        return mtmi_error_set(
            err, MTM_ERROR_VALUE, MTMI_CODE_UNIT, (mtmi_place){file, label->other_line, 0},
            "found another power of ten than in line %lld, %q, or none, expected one for all figures; say "
            "multiplier in the resource, or read each as a resource of its own, by a filter of rows",
            (long long)label->line, label->text);
    }
    /* "Persons" in the title or the header is as good a word as "thousand persons". */
    if (is_known ? known != label->power : units->place != NULL && strcmp(units->place, "the header") == 0) {
        return mtmi_error_set(
            err, MTM_ERROR_VALUE, MTMI_CODE_UNIT, (mtmi_place){file, label->line, 0},
            "found the label %q, expected the power of ten that the title, the header or a column of units "
            "says, %d; correct one of them, or say multiplier in the resource",
            label->text, known);
    }
    if (is_known) {
        return MTM_OK;
    }
    units->has_power = 1;
    units->power = label->power;
    return note_label_power(observer, err);
}

mtm_status mtmi_observe_settle_units(mtmi_observer *observer, mtm_error *err) {
    mtmi_unit_state *units = &observer->units;
    const mtmi_unit *first = &units->first.unit;
    const char *said = first->unit != NULL ? first->unit : first->has_power ? NULL : units->first.text;
    MTMI_CHECK_STATUS(compare_rows(observer, err));
    MTMI_CHECK_STATUS(compare_cells(observer, said, err));
    MTMI_CHECK_STATUS(settle_labels(observer, err));
    if (!units->has_power && (units->has_first_power || first->has_power)) {
        units->power = units->has_first_power ? units->first_power : first->power;
    }
    if (units->place != NULL) {
        return MTM_OK;
    }
    said = said != NULL ? said : units->cell[0];
    observer->whole.is_share |= said != NULL && strcmp(said, "percent") == 0;
    mtmi_memory_free(units->unit);
    return set_unit(units, said, NULL, err);
}

void mtmi_observer_remark(mtmi_observer *observer, const char *text, size_t length, int64_t line) {
    mtmi_unit_state *units = &observer->units;
    size_t at = length;
    mtmi_unit said;

    while (at > 0 && text[at - 1] != ':') {
        at--;
    }
    if (!mtmi_unit_read(text + at, length - at, &said) || !said.has_power) {
        return;
    }
    if (!units->has_power && !units->first.unit.has_power) {
        units->has_power = 1;
        units->power = said.power;
    } else if (said.power != (units->has_power ? units->power : units->first.unit.power) &&
               units->other_power_line == 0) {
        units->other_power_line = line;
    }
}

const char *mtmi_observer_unit(const mtmi_observer *observer, int *power) {
    const mtmi_unit_state *units = &observer->units;

    *power = units->has_power ? units->power : units->has_first_power ? units->first_power : units->first.unit.power;
    if (units->unit != NULL || units->place != NULL) {
        return units->unit;
    }
    return units->first.unit.unit != NULL                              ? units->first.unit.unit
           : units->first.text != NULL && !units->first.unit.has_power ? units->first.text
                                                                       : units->cell[0];
}

void mtmi_observe_forget_units(mtmi_observer *observer) {
    mtmi_memory_free(observer->units.unit);
    mtmi_memory_free(observer->units.label.text);
    mtmi_memory_free(observer->units.first.text);
    mtmi_memory_free(observer->units.other.text);
    memset(&observer->units, 0, sizeof observer->units);
}
