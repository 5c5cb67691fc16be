/* Units of columns: a declaration, a title above the table, the name of a column, a row of units. What is said in several
 * places must agree; a word of magnitude is kept as the power of ten of the column, or refused, never dropped. */
#include "read/table/units.h"

#include "base/error.h"
#include "base/try.h"
#include "codelist/unit.h"
#include "read/table/columns_internal.h"

#include <string.h>

/* What one place says. text NULL: it says nothing. */
typedef struct statement {
    mtmi_unit unit;
    const char *place; /* "the header" */
    const char *text;
    size_t length;
    int64_t line, column;
} statement;

int mtmi_units_row(const mtmi_row *row) {
    size_t filled = 0;

    for (size_t i = 0; i < row->n_cells; i++) {
        mtmi_cell cell = row->trimmed[i];
        mtmi_unit unit;
        if (cell.length > 0 && !mtmi_unit_read(cell.text, cell.length, &unit)) {
            return 0;
        }
        filled += cell.length > 0;
    }
    return row->code == 0 && filled > 0;
}

/* "Thousand persons" here and "persons" there: one of them is wrong by a power of ten. */
static int hides_power(const statement *a, const statement *b) {
    const statement *with = a->unit.has_power ? a : b, *without = a->unit.has_power ? b : a;

    return with->unit.has_power && with->unit.power != 0 && !without->unit.has_power && without->unit.unit != NULL &&
           with->unit.unit != NULL;
}

/* "found A in the header, expected B as in the title of line 1". */
static mtm_status refuse_conflict(const mtmi_inference *inference, const statement *a, const statement *b,
                                  mtm_error *err) {
    char one[MTMI_QUOTE_SIZE], two[MTMI_QUOTE_SIZE];

    (void)mtmi_error_quote(a->text, a->length, one, sizeof one);
    (void)mtmi_error_quote(b->text, b->length, two, sizeof two);
    if (b->line == 0) {
        return mtmi_error_set(
            err, MTM_ERROR_SCHEMA, MTMI_CODE_UNIT, (mtmi_place){inference->rows->name, a->line, a->column},
            "found %s in %s, expected the unit of %s, %s; correct one of them", one, a->place, b->place, two);
    }
    return mtmi_error_set(
        err, MTM_ERROR_SCHEMA, MTMI_CODE_UNIT, (mtmi_place){inference->rows->name, a->line, a->column},
        "found %s in %s, expected the unit of %s in line %lld, column %lld, %s; correct one of them%s", one, a->place,
        b->place, (long long)b->line, (long long)b->column, two,
        hides_power(a, b) ? ", or say multiplier in the resource" : "");
}

static int agree(const statement *a, const statement *b) {
    return mtmi_unit_same(a->unit.unit, b->unit.unit) &&
           (!a->unit.has_power || !b->unit.has_power || a->unit.power == b->unit.power);
}

static void read_statement(const mtmi_inference *inference, const mtmi_row *row, size_t cell, const char *place,
                           statement *out) {
    mtmi_cell text = row->trimmed[cell];

    memset(out, 0, sizeof *out);
    if (text.length > 0 && mtmi_unit_find(text.text, text.length, &out->unit)) {
        out->place = place;
        out->text = text.text;
        out->length = text.length;
        mtmi_rows_place(inference->rows, row, cell, &out->line, &out->column);
    }
}

/* Rows above the header: "(thousand persons)". */
static mtm_status find_title(const mtmi_inference *inference, statement *out, mtm_error *err) {
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < inference->header->first && i < inference->head->n; i++) {
        const mtmi_row *row = &inference->head->rows[i];
        for (size_t k = 0; row->code == 0 && k < row->n_cells; k++) {
            statement found;
            read_statement(inference, row, k, "the title", &found);
            if (found.text != NULL && out->text != NULL && !agree(&found, out)) {
                return refuse_conflict(inference, &found, out, err);
            }
            *out = found.text != NULL && out->text == NULL ? found : *out;
        }
    }
    return MTM_OK;
}

/* "Remittance inflows (US$ million)" above the labels: the first name of a header often says what all of its figures are. */
static mtm_status find_corner(const mtmi_inference *inference, statement *title, mtm_error *err) {
    for (size_t i = 0; i < inference->columns->n && inference->header->n > 0; i++) {
        const mtmi_bound *bound = &inference->columns->at[i];
        const size_t length = strlen(bound->name);
        statement corner = {{NULL, NULL, 0, 0}, "the header", bound->name, length, 1, 0};
        mtmi_rows_place(inference->rows, &inference->head->rows[inference->header->first], bound->cell, &corner.line,
                        &corner.column);
        if (bound->role != MTMI_ROLE_DIMENSION || bound->field != NULL ||
            mtmi_unit_cut(bound->name, length) == length || !mtmi_unit_find(bound->name, length, &corner.unit) ||
            (!corner.unit.has_power && (corner.unit.quantity == NULL || strcmp(corner.unit.quantity, "money") != 0))) {
            continue;
        }
        if (title->text != NULL && !agree(&corner, title)) {
            return refuse_conflict(inference, &corner, title, err);
        }
        *title = title->text == NULL || (corner.unit.has_power && !title->unit.has_power) ? corner : *title;
    }
    return MTM_OK;
}

/* What the resource says. A unit that only the concept implies is no statement, but of its quantity. */
static void find_declared(const mtmi_inference *inference, statement *out) {
    const mtmi_resource *resource = inference->resource;

    memset(out, 0, sizeof *out);
    if (resource->unit != NULL && mtmi_unit_read(resource->unit, strlen(resource->unit), &out->unit)) {
        out->text = resource->unit;
        out->length = strlen(resource->unit);
    }
    if (resource->multiplier_given) {
        out->unit.has_power = 1;
        out->unit.power = resource->multiplier;
        out->text = out->text != NULL ? out->text : "multiplier";
        out->length = strlen(out->text);
    }
    out->place = "the declaration";
}

/* A field's own multiplier is a power by which the column is above the resource's unit. */
static int agree_with_declared(const mtmi_inference *inference, const mtmi_bound *bound, const statement *said,
                               const statement *declared) {
    statement own = *declared;

    if (own.text == NULL && bound->multiplier == 0) {
        return 1;
    }
    if (bound->multiplier != 0) {
        own.unit.has_power = 1;
        own.unit.power += bound->multiplier;
    }
    if (own.unit.unit != NULL && said->unit.unit != NULL && !inference->resource->unit_given &&
        strcmp(own.unit.quantity, said->unit.quantity) == 0) {
        own.unit.unit = NULL;
    }
    return agree(said, &own);
}

/* Takes a statement into what is known of a column. */
static mtm_status add_statement(const mtmi_inference *inference, statement *known, const statement *more,
                                mtm_error *err) {
    if (more->text == NULL) {
        return MTM_OK;
    }
    if (known->text == NULL) {
        *known = *more;
        return MTM_OK;
    }
    if (!agree(known, more) || (hides_power(known, more) && !inference->resource->multiplier_given)) {
        return refuse_conflict(inference, known, more, err);
    }
    if (hides_power(known, more) && inference->resource->multiplier == 0) {
        known->unit.has_power = 1; /* the resource says that the word of magnitude is the wrong one */
        known->unit.power = 0;
    }
    if (known->unit.unit == NULL) {
        known->unit.unit = more->unit.unit;
        known->unit.quantity = more->unit.quantity;
    }
    if (!known->unit.has_power) {
        known->unit.power = more->unit.power;
        known->unit.has_power = more->unit.has_power;
    }
    return MTM_OK;
}

/* A name that is a unit and nothing else may be what is counted, "persons"; not where something else is declared. */
static int is_other_quantity(const mtmi_inference *inference, const char *name, mtmi_unit *out) {
    const char *quantity = inference->resource->unit != NULL ? mtmi_unit_quantity(inference->resource->unit) : NULL;
    return quantity != NULL && mtmi_unit_read(name, strlen(name), out) && out->unit != NULL &&
           strcmp(out->quantity, quantity) != 0;
}

/* A name that is a count and nothing else, "persons": under a title of thousands it may be either. */
static int is_bare_count(const char *name, const statement *title, mtmi_unit *out) {
    return title->text != NULL && title->unit.has_power && mtmi_unit_read(name, strlen(name), out) &&
           out->unit != NULL && strcmp(out->quantity, "count") == 0;
}

/* Households beside persons: two measures of one table, told apart by a member and not by the unit. */
static int is_counted(const mtmi_bound *bound) {
    for (size_t i = 0; i < bound->n_members; i++) {
        if (strcmp(bound->members[i].key, "counted") == 0) {
            return 1;
        }
    }
    return 0;
}

static mtm_status find_column(const mtmi_inference *inference, const mtmi_bound *bound, const statement *title,
                              statement *out, mtm_error *err) {
    statement name = {{NULL, NULL, 0, 0}, "the header", bound->name, strlen(bound->name), 1, 0}, units = {0};
    memset(out, 0, sizeof *out);
    if (inference->header->n > 0) {
        mtmi_rows_place(inference->rows, &inference->head->rows[inference->header->first], bound->cell, &name.line,
                        &name.column);
    }
    if (!mtmi_unit_find(bound->name, name.length, &name.unit) &&
        !is_other_quantity(inference, bound->name, &name.unit) && !is_bare_count(bound->name, title, &name.unit)) {
        name.text = NULL;
    }
    if (inference->header->units < inference->head->n &&
        bound->cell < inference->head->rows[inference->header->units].n_cells) {
        read_statement(inference, &inference->head->rows[inference->header->units], bound->cell, "the row of units",
                       &units);
        mtmi_cell cell = inference->head->rows[inference->header->units].trimmed[bound->cell];
        if (cell.length > 0 && mtmi_unit_read(cell.text, cell.length, &units.unit)) {
            units.place = "the row of units";
            units.text = cell.text;
            units.length = cell.length;
            mtmi_rows_place(inference->rows, &inference->head->rows[inference->header->units], bound->cell, &units.line,
                            &units.column);
        }
    }
    MTMI_CHECK_STATUS(add_statement(inference, out, &units, err));
    MTMI_CHECK_STATUS(add_statement(inference, out, &name, err));
    return add_statement(inference, out, title, err);
}

/* Thousands and millions that only a word tells are easily overlooked. */
static mtm_status note_power(const mtmi_inference *inference, const statement *said, mtm_error *err) {
    mtmi_diagnostic_input note = {0};

    if (inference->log == NULL) {
        return MTM_OK;
    }
    note.code = MTMI_CODE_UNIT;
    note.line = said->line;
    note.column = said->column;
    note.found = said->text;
    note.found_size = said->length;
    note.expected = "a unit without a power of ten; figures stay as they are, and the power is kept as the multiplier";
    note.hint = "say multiplier in the resource";
    return mtmi_check_add(inference->log, &note, err);
}

mtm_status mtmi_units_bind(const mtmi_resource *resource, const mtmi_rows *rows, const mtmi_preview *head,
                           const mtmi_header *header, mtmi_check_log *log, mtmi_columns *columns, mtm_error *err) {
    const mtmi_inference inference = {resource, rows, head, header, log, columns};
    statement declared, title, first = {0};
    int noted = resource->multiplier_given;
    MTMI_CHECK_STATUS(find_title(&inference, &title, err));
    MTMI_CHECK_STATUS(find_corner(&inference, &title, err));
    find_declared(&inference, &declared);
    for (size_t i = 0; i < columns->n; i++) {
        mtmi_bound *bound = &columns->at[i];
        statement said;
        if (bound->role != MTMI_ROLE_VALUE) {
            continue;
        }
        MTMI_CHECK_STATUS(find_column(&inference, bound, &title, &said, err));
        if (said.text == NULL || (is_counted(bound) && !resource->unit_given && !said.unit.has_power)) {
            continue;
        }
        if (!agree_with_declared(&inference, bound, &said, &declared)) {
            return refuse_conflict(&inference, &said, &declared, err);
        }
        if (first.text != NULL && (!agree(&said, &first) || said.unit.power != first.unit.power)) {
            return refuse_conflict(&inference, &said, &first, err);
        }
        first = first.text == NULL ? said : first;
        bound->unit = said.unit.unit;
        bound->power = said.unit.has_power ? said.unit.power - bound->multiplier : 0;
        if (said.unit.has_power && said.unit.power != 0 && bound->multiplier == 0 && !noted) {
            noted = 1;
            MTMI_CHECK_STATUS(note_power(&inference, &said, err));
        }
    }
    return MTM_OK;
}
