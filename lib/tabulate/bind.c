/* Binds the columns of a file to what a specification asks for, by the reader's own header, roles and dialect.
 * Invariant: a column that the reader of tables would bind otherwise is bound so here too. */
#include "tabulate/bind.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/source.h"
#include "base/try.h"
#include "read/csv/encoding.h"
#include "read/container.h"
#include "read/table_reader_internal.h"
#include "read/csv/dialect.h"

#include <string.h>

static mtm_status missing(const char *file, const char *what, mtm_error *err) {
    return mtmi_error_set(err, MTM_ERROR_SCHEMA, MTMI_CODE_COLUMN_MISSING, (mtmi_place){file, 1, 0},
                          "found no column for %s, expected one; give it a role in the resource's schema, or ask for "
                          "another dimension",
                          what);
}

/* The binding being made. */
struct binder {
    const mtmi_spec *spec;
    const char *file;
    mtmi_binding *out;
};

static const mtmi_bound *find_role(const struct binder *binder, mtmi_role role, mtmi_header_part part,
                                   const char *dimension) {
    size_t i;
    for (i = 0; i < binder->out->columns.n; i++) {
        const mtmi_bound *bound = &binder->out->columns.at[i];
        if (bound->role == role && bound->part == part &&
            (dimension == NULL || (bound->dimension != NULL && strcmp(bound->dimension, dimension) == 0))) {
            return bound;
        }
    }
    return NULL;
}

/* A column by its name, whatever its role. */
static const mtmi_bound *find_name(const struct binder *binder, const char *name) {
    size_t i;
    for (i = 0; i < binder->out->columns.n; i++) {
        const char *other = binder->out->columns.at[i].name;
        if (mtmi_name_same(name, strlen(name), other, strlen(other))) {
            return &binder->out->columns.at[i];
        }
    }
    return NULL;
}

static void set_rules(mtmi_column *about, const mtmi_resource *resource, const mtmi_bound *bound,
                      const char *dimension) {
    const mtmi_field *field = bound->field;
    about->rules.list =
        bound->role == MTMI_ROLE_DIMENSION ? bound->list : mtmi_resource_list(resource, field, dimension);
    about->rules.dimension = dimension;
    about->rules.codes_only = bound->codes_only;
    about->rules.empty_is_total = 0; /* an event has no total */
    about->rules.aliases[0] = field == NULL ? NULL : field->aliases;
    about->rules.n_aliases[0] = field == NULL ? 0 : field->n_aliases;
    about->rules.aliases[1] = resource->aliases;
    about->rules.n_aliases[1] = resource->n_aliases;
    about->rules.missing = &bound->number->missing;
}

static void add_used(struct binder *binder, mtmi_use use, const mtmi_bound *bound, unsigned axis, unsigned sum) {
    mtmi_used_column *used = &binder->out->table.used[binder->out->table.n_used];
    mtmi_column *about = &binder->out->used[binder->out->table.n_used];
    used->use = use;
    used->position = (uint32_t)bound->cell;
    used->axis = axis;
    used->sum = sum;
    used->column = about;
    about->bound = bound;
    about->may_be_empty = binder->spec->registry;
    if (use == MTMI_USE_LABEL) {
        set_rules(about, binder->spec->resource, bound, binder->spec->axes[axis].name);
        about->only = binder->spec->axes[axis].only.n > 0 ? &binder->spec->axes[axis].only : NULL;
    }
    binder->out->table.n_used++;
}

static int is_asked(const mtmi_spec *spec, unsigned axis) {
    for (unsigned g = 0; g < spec->n_groupings; g++) {
        for (unsigned k = 0; k < spec->groupings[g].n_axes; k++) {
            if (spec->groupings[g].axes[k] == axis) {
                return 1;
            }
        }
    }
    return 0;
}

/* Whose registration a row is, and from when to when. */
static mtm_status bind_registration(struct binder *binder, mtm_error *err) {
    static const struct {
        mtmi_role role;
        mtmi_use use;
        const char *what;
    } needs[] = {{MTMI_ROLE_ENTERED, MTMI_USE_ENTERED, "the day of registration: entered"},
                 {MTMI_ROLE_ID, MTMI_USE_ID, "the id of a person"},
                 {MTMI_ROLE_LEFT, MTMI_USE_LEFT, NULL},
                 {MTMI_ROLE_HOUSEHOLD, MTMI_USE_HOUSEHOLD, NULL}};
    for (size_t i = 0; i < sizeof needs / sizeof needs[0]; i++) {
        const mtmi_bound *bound = find_role(binder, needs[i].role, MTMI_PART_WHOLE, NULL);
        if (bound != NULL) {
            add_used(binder, needs[i].use, bound, 0, 0);
        } else if (needs[i].what != NULL) {
            return missing(binder->file, needs[i].what, err);
        }
        binder->out->has_households |= bound != NULL && needs[i].use == MTMI_USE_HOUSEHOLD;
    }
    return MTM_OK;
}

/* Cells that tell two registrations apart: all but those that are declared to be of no matter. */
static mtm_status bind_content(struct binder *binder, mtm_error *err) {
    const mtmi_spec *spec = binder->spec;
    mtmi_binding *out = binder->out;
    mtmi_registry_columns *about = &out->table.registry_columns;
    if (!spec->registry) {
        return MTM_OK;
    }
    out->content = mtmi_memory_new(out->columns.n + 1, 1);
    if (out->content == NULL) {
        return mtmi_error_memory(err);
    }
    for (size_t i = 0; i < out->columns.n; i++) {
        const mtmi_bound *bound = &out->columns.at[i];
        const int of_no_matter = bound->field != NULL && bound->field->role == MTMI_ROLE_IGNORE;
        if (bound->cell < out->table.n_columns) {
            out->content[bound->cell] = !of_no_matter;
        }
    }
    about->n_labels = spec->n_axes - spec->n_periods;
    about->first_label = spec->n_periods;
    about->n_columns = out->table.n_columns;
    about->text = out->content;
    out->table.age_axis = -1; /* at a day, and not at the registration */
    return MTM_OK;
}

/* Labels first, then the period: the order in which the hot path takes them. */
static mtm_status bind_axes(struct binder *binder, mtm_error *err) {
    const mtmi_spec *spec = binder->spec;
    const mtmi_bound *bound;
    unsigned i;
    for (i = spec->n_periods; i < spec->n_axes; i++) {
        if (spec->axes[i].kind != MTMI_AXIS_LABEL) {
            continue;
        }
        const char *filled = mtmi_filled_column(spec->axes[i].name);
        bound = find_role(binder, MTMI_ROLE_DIMENSION, MTMI_PART_WHOLE, spec->axes[i].name);
        if (bound == NULL) {
            bound = find_name(binder, filled != NULL ? filled : spec->axes[i].name);
        }
        if (bound == NULL && (int)i == spec->sex_axis && !is_asked(spec, i)) {
            continue;
        }
        if (bound == NULL) {
            return missing(binder->file, spec->axes[i].name, err);
        }
        add_used(binder, MTMI_USE_LABEL, bound, i, 0);
        binder->out->used[binder->out->table.n_used - 1].is_filled = filled != NULL;
    }
    if (spec->registry) {
        return bind_registration(binder, err);
    }
    bound = find_role(binder, MTMI_ROLE_PERIOD, MTMI_PART_WHOLE, NULL);
    if (bound == NULL) {
        bound = find_role(binder, MTMI_ROLE_PERIOD, MTMI_PART_YEAR, NULL);
    }
    if (bound == NULL) {
        return missing(binder->file, "the date", err);
    }
    add_used(binder, MTMI_USE_PERIOD, bound, 0, 0);
    return MTM_OK;
}

static mtm_status bind_birth(struct binder *binder, mtm_error *err) {
    const mtmi_spec *spec = binder->spec;
    const mtmi_bound *date = find_role(binder, MTMI_ROLE_BIRTH_DATE, MTMI_PART_WHOLE, NULL);
    const mtmi_bound *year = find_role(binder, MTMI_ROLE_BIRTH_YEAR, MTMI_PART_WHOLE, NULL);
    mtmi_count_table *table = &binder->out->table;
    unsigned i;
    table->age_axis = -1;
    for (i = spec->n_periods; i < spec->n_axes; i++) {
        if (spec->axes[i].kind == MTMI_AXIS_AGE) {
            table->age_axis = (int)i;
        }
    }
    if (date != NULL) {
        add_used(binder, MTMI_USE_BIRTH_DATE, date, 0, 0);
    } else if (year != NULL) {
        add_used(binder, MTMI_USE_BIRTH_YEAR, year, 0, 0);
    } else if (table->age_axis >= 0) {
        return missing(binder->file, "the age: birth-year or birth-date", err);
    }
    return MTM_OK;
}

static mtm_status bind_numbers(struct binder *binder, mtm_error *err) {
    const mtmi_spec *spec = binder->spec;
    const mtmi_bound *bound;
    unsigned i;
    for (i = 0; i < spec->n_sums; i++) {
        bound = find_name(binder, spec->sums[i]);
        if (bound == NULL) {
            return missing(binder->file, spec->sums[i], err);
        }
        add_used(binder, MTMI_USE_SUM, bound, 0, i);
    }
    bound = find_role(binder, MTMI_ROLE_COUNT, MTMI_PART_WHOLE, NULL);
    if (bound == NULL) {
        return MTM_OK;
    }
    binder->out->table.weighted = 1;
    add_used(binder, MTMI_USE_COUNT, bound, 0, spec->n_sums);
    return MTM_OK;
}

/* The sum that a column of a name goes into; SIZE_MAX where it is none of the figures that are asked for. */
static size_t sum_of(const struct binder *binder, const char *name) {
    const mtmi_bound *bound = find_name(binder, name);
    for (unsigned i = 0; bound != NULL && i < binder->out->table.n_used; i++) {
        const mtmi_used_column *used = &binder->out->table.used[i];
        if ((used->use == MTMI_USE_SUM || used->use == MTMI_USE_COUNT) && binder->out->used[i].bound == bound) {
            return used->sum;
        }
    }
    return SIZE_MAX;
}

/* Whether all columns of one subset are figures that are asked for; they are noted then. */
static int bind_subset(struct binder *binder, unsigned subset, const mtmi_marks *names) {
    mtmi_binding *out = binder->out;
    for (size_t k = 0; k < names->n; k++) {
        const size_t sum = sum_of(binder, names->marks[k]);
        if (sum == SIZE_MAX) {
            return 0;
        }
        out->wholes[out->table.n_wholes + k] = (mtmi_whole){subset, (unsigned)sum};
    }
    out->table.n_wholes += (unsigned)names->n;
    return 1;
}

static const mtmi_marks *subset_of(const mtmi_column *column) {
    static const mtmi_marks none = {NULL, 0};
    const mtmi_field *field = column->bound->field;
    return field != NULL && field->role == MTMI_ROLE_SUBSET ? &field->subset_of : &none;
}

static mtm_status bind_subsets(struct binder *binder, mtm_error *err) {
    mtmi_binding *out = binder->out;
    size_t n = 0;
    for (unsigned i = 0; i < out->table.n_used; i++) {
        n += subset_of(&out->used[i])->n;
    }
    out->wholes = mtmi_memory_new(n + 1, sizeof *out->wholes);
    if (out->wholes == NULL) {
        return mtmi_error_memory(err);
    }
    out->table.wholes = out->wholes;
    for (unsigned i = 0; i < out->table.n_used; i++) {
        if (out->table.used[i].use == MTMI_USE_SUM) {
            (void)bind_subset(binder, i, subset_of(&out->used[i]));
        }
    }
    return MTM_OK;
}

/* The resource's own filter of rows: by labels as they stand. A column that is not there filters nothing, as for tables. */
static void bind_filters(struct binder *binder) {
    const mtmi_resource *resource = binder->spec->resource;
    size_t i;
    for (i = 0; i < resource->n_rows; i++) {
        const mtmi_bound *bound = find_name(binder, resource->rows[i].column);
        if (bound == NULL) {
            continue;
        }
        add_used(binder, MTMI_USE_ROWS, bound, 0, 0);
        binder->out->used[binder->out->table.n_used - 1].only = &resource->rows[i].labels;
    }
}

static mtm_status bind_columns(struct binder *binder, mtm_error *err) {
    const mtmi_spec *spec = binder->spec;
    mtmi_binding *out = binder->out;
    size_t most = spec->n_axes + spec->n_sums + spec->resource->n_rows + 8;
    out->table.used = mtmi_memory_new(most, sizeof out->table.used[0]);
    out->used = mtmi_memory_new(most, sizeof out->used[0]);
    if (out->table.used == NULL || out->used == NULL) {
        return mtmi_error_memory(err);
    }
    out->table.n_columns = (uint32_t)out->header.n_names;
    bind_filters(binder);
    MTMI_CHECK_STATUS(bind_axes(binder, err));
    MTMI_CHECK_STATUS(bind_birth(binder, err));
    MTMI_CHECK_STATUS(bind_content(binder, err));
    MTMI_CHECK_STATUS(bind_numbers(binder, err));
    return bind_subsets(binder, err);
}

/* The rows under the header that are no data yet: blank ones, remarks, the numbers of the columns. */
static void pass_rows(const mtmi_spec *spec, const mtmi_preview *head, mtmi_binding *out) {
    mtmi_reading reading;
    size_t i;
    memset(&reading, 0, sizeof reading);
    reading.resource = spec->resource;
    reading.header = out->header;
    reading.columns = out->columns;
    for (i = out->header.data; i < head->n; i++) {
        const mtmi_row *row = &head->rows[i];
        if (mtmi_reading_kind(&reading, row) == MTMI_ROW_DATA) {
            break;
        }
    }
    if (i == head->n && !head->whole) {
        i = out->header.data; /* they are judged one by one */
    }
    out->not_data = (int64_t)i;
    out->line = i < head->n ? head->rows[i].line : INT64_MAX;
}

static void set_dialect(const mtmi_spec *spec, const mtmi_rows *rows, mtmi_count_table *table) {
    const char *delimiter = rows->dialect.delimiter.text, *quote = rows->dialect.quote.text;
    table->delimiter = delimiter[0] != '\0' ? (unsigned char)delimiter[0] : ',';
    table->has_quote = spec->resource->dialect.quote != '\1';
    table->quote = quote[0] != '\0' ? (unsigned char)quote[0] : '"';
    table->assumed_text = mtmi_encoding_is_assumed(&rows->dialect.encoding);
}

static mtm_status bind(const mtmi_spec *spec, mtmi_rows *rows, mtmi_binding *out, mtm_error *err) {
    struct binder binder = {spec, rows->name, out};
    mtmi_preview head;
    mtm_status status = MTM_OK;
    MTMI_CHECK_STATUS(mtmi_preview_read(rows, &head, err));
    if (head.failed != MTM_OK && err != NULL) {
        *err = head.why;
    }
    MTMI_TRY(head.failed); /* what failed ends the file, in these rows or after them */
    MTMI_TRY(mtmi_header_find(spec->resource, rows, &head, &out->header, err));
    MTMI_TRY(mtmi_columns_bind(spec->resource, rows, &head, &out->header, NULL, &out->columns, err));
    out->table.spec = spec;
    out->table.header = &out->header;
    set_dialect(spec, rows, &out->table);
    pass_rows(spec, &head, out);
    MTMI_TRY(bind_columns(&binder, err));
out:
    mtmi_preview_free(&head);
    return status;
}

mtm_status mtmi_bind(const mtmi_spec *spec, const unsigned char *head, size_t size, int whole, const char *name,
                     const mtmi_limits *limits, mtmi_binding *out, mtm_error *err) {
    mtmi_source *source = NULL;
    mtmi_rows *rows = NULL;
    int workbook = 0;
    mtm_status status;
    (void)whole;
    memset(out, 0, sizeof *out);
    if (mtmi_sniff_container((const char *)head, size, &workbook) != NULL && workbook) {
        return mtmi_error_set(err, MTM_ERROR_UNSUPPORTED, MTMI_CODE_FILE, (mtmi_place){name, 0, 0},
                              "found a workbook, expected CSV: a sheet has too few rows for microdata; save it as CSV");
    }
    MTMI_TRY(mtmi_source_memory(head, size, name, &source, err));
    MTMI_TRY(mtmi_rows_open(spec->resource, source, limits, NULL, &rows, err));
    MTMI_TRY(bind(spec, rows, out, err));
out:
    mtmi_rows_free(rows);
    mtmi_source_free(source);
    if (status != MTM_OK) {
        mtmi_binding_free(out);
    }
    return status;
}

size_t mtmi_bind_start(const mtmi_binding *binding, const unsigned char *text, size_t size) {
    int64_t line = 1;
    size_t at = 0;
    while (line < binding->line && at < size) {
        unsigned char c = text[at++];
        if (c == '\r' && at < size && text[at] == '\n') {
            at++;
        }
        line += c == '\n' || c == '\r';
    }
    return at;
}

void mtmi_binding_free(mtmi_binding *binding) {
    mtmi_columns_free(&binding->columns);
    mtmi_header_free(&binding->header);
    mtmi_memory_free(binding->used);
    mtmi_memory_free(binding->wholes);
    mtmi_memory_free(binding->content);
    mtmi_memory_free(binding->table.used);
    memset(binding, 0, sizeof *binding);
}
