/* Binding columns. What comes in: a header. What goes out: which cell is which axis. It does not know rows. */
#include "tabulate/bind.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "codelist/match.h"

#include <stdlib.h>
#include <string.h>

#define MOST_COLUMNS 4096u
#define NAME_SIZE 256u

/* Header words that say what a column is where nothing is declared. */
static const struct { const char *word; mtmi_role role; const char *dimension; } words[] = {
    {"period", MTMI_ROLE_PERIOD, NULL}, {"date", MTMI_ROLE_PERIOD, NULL}, {"time", MTMI_ROLE_PERIOD, NULL},
    {"datetime", MTMI_ROLE_PERIOD, NULL}, {"timestamp", MTMI_ROLE_PERIOD, NULL}, {"quarter", MTMI_ROLE_PERIOD, NULL},
    {"дата", MTMI_ROLE_PERIOD, NULL}, {"период", MTMI_ROLE_PERIOD, NULL}, {"время", MTMI_ROLE_PERIOD, NULL},
    {"күні", MTMI_ROLE_PERIOD, NULL}, {"кезең", MTMI_ROLE_PERIOD, NULL},
    {"birth year", MTMI_ROLE_BIRTH_YEAR, NULL}, {"year of birth", MTMI_ROLE_BIRTH_YEAR, NULL},
    {"год рождения", MTMI_ROLE_BIRTH_YEAR, NULL}, {"туған жылы", MTMI_ROLE_BIRTH_YEAR, NULL},
    {"birth date", MTMI_ROLE_BIRTH_DATE, NULL}, {"date of birth", MTMI_ROLE_BIRTH_DATE, NULL},
    {"дата рождения", MTMI_ROLE_BIRTH_DATE, NULL}, {"туған күні", MTMI_ROLE_BIRTH_DATE, NULL},
    {"citizenship", MTMI_ROLE_DIMENSION, "citizenship"}, {"nationality", MTMI_ROLE_DIMENSION, "citizenship"},
    {"гражданство", MTMI_ROLE_DIMENSION, "citizenship"}, {"азаматтығы", MTMI_ROLE_DIMENSION, "citizenship"},
    {"sex", MTMI_ROLE_DIMENSION, "sex"}, {"gender", MTMI_ROLE_DIMENSION, "sex"}, {"пол", MTMI_ROLE_DIMENSION, "sex"},
    {"жынысы", MTMI_ROLE_DIMENSION, "sex"}, {"direction", MTMI_ROLE_DIMENSION, "direction"},
    {"направление", MTMI_ROLE_DIMENSION, "direction"}, {"бағыты", MTMI_ROLE_DIMENSION, "direction"},
    {"purpose", MTMI_ROLE_DIMENSION, "purpose"}, {"цель", MTMI_ROLE_DIMENSION, "purpose"},
    {"мақсаты", MTMI_ROLE_DIMENSION, "purpose"}};

/* A header as binding sees it. */
struct header {
    const mtmi_spec *spec;
    const char *file;
    char (*names)[NAME_SIZE];    /* normalised; "_" is a space there */
    size_t n;
};

static size_t normalise(const char *text, size_t length, char *out) {
    size_t n = mtmi_text_normalise(text, length, out, NAME_SIZE), i;
    if (n >= NAME_SIZE) {
        out[0] = '\0';
        return 0;
    }
    for (i = 0; i < n; i++)
        if (out[i] == '_') out[i] = ' ';
    return n;
}

static int same_name(const char *normalised, const char *name) {
    char other[NAME_SIZE];
    normalise(name, strlen(name), other);
    return strcmp(normalised, other) == 0 && other[0] != '\0';
}

static const mtmi_field *field_of(const mtmi_resource *resource, const char *normalised) {
    size_t i;
    for (i = 0; i < resource->n_fields; i++)
        if (same_name(normalised, resource->fields[i].name)) return &resource->fields[i];
    return NULL;
}

static mtmi_role role_of(const struct header *header, size_t column, const mtmi_field **field, const char **dimension) {
    size_t i;
    *field = field_of(header->spec->resource, header->names[column]);
    *dimension = *field != NULL ? (*field)->dimension : NULL;
    if (*field != NULL && (*field)->role != MTMI_ROLE_INFER) return (*field)->role;
    for (i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(words[i].word, header->names[column]) == 0) {
            if (*dimension == NULL) *dimension = words[i].dimension;
            return words[i].role;
        }
    return MTMI_ROLE_INFER;
}

const mtm_codelist *mtmi_tabulate_list(const mtmi_field *field, const char *dimension) {
    if (field != NULL && field->codelist != NULL)
        return strcmp(field->codelist, "none") == 0 ? NULL : mtmi_codelist_get(field->codelist);
    if (strcmp(dimension, "citizenship") == 0 || strcmp(dimension, "country") == 0)
        return mtmi_codelist_get("country");
    return mtmi_codelist_get(dimension);
}

static int order_of(const mtmi_field *field, const mtmi_resource *resource) {
    mtmi_date_order order = field != NULL && field->date_order_given ? field->date_order : resource->date_order;
    return order == MTMI_DATE_DMY ? 1 : order == MTMI_DATE_MDY ? 2 : 0;
}

static mtm_status missing(const struct header *header, const char *what, mtm_error *err) {
    return mtmi_error_set(err, MTM_ERROR_SCHEMA, 0, (mtmi_place){header->file, 1, 0},
                          "no column for %s; give it a role in the resource's schema, or ask for another dimension",
                          what);
}

static mtm_status add_used(mtmi_binding *binding, const struct header *header, mtmi_use use, size_t column,
                           unsigned axis, unsigned sum, const mtmi_field *field, mtm_error *err) {
    mtmi_used_column *used = &binding->table.used[binding->table.n_used];
    mtmi_column *about = &binding->columns[binding->table.n_used];
    const mtmi_axis *to = &header->spec->axes[axis];
    used->use = use;
    used->position = (uint32_t)column;
    used->axis = axis;
    used->sum = sum;
    used->column = about;
    about->name = mtmi_memory_copy_text(header->names[column]);
    about->field = field;
    about->resource = header->spec->resource;
    about->order = order_of(field, header->spec->resource);
    about->codes_only = field != NULL && field->codes_only;
    about->list = use == MTMI_USE_LABEL ? mtmi_tabulate_list(field, to->name) : NULL;
    about->only = use == MTMI_USE_LABEL ? &to->only : NULL;
    binding->table.n_used++;
    return about->name == NULL ? mtmi_error_memory(err) : MTM_OK;
}

/* The column of a role, or of a dimension; SIZE_MAX for none. */
static size_t find_role(const struct header *header, mtmi_role role, const char *dimension, const mtmi_field **field) {
    const char *has;
    size_t i;
    for (i = 0; i < header->n; i++)
        if (role_of(header, i, field, &has) == role
            && (dimension == NULL || (has != NULL && strcmp(has, dimension) == 0)))
            return i;
    return SIZE_MAX;
}

/* A column by its name, whatever its role. */
static size_t find_name(const struct header *header, const char *name, const mtmi_field **field) {
    size_t i;
    for (i = 0; i < header->n; i++)
        if (same_name(header->names[i], name)) {
            *field = field_of(header->spec->resource, header->names[i]);
            return i;
        }
    return SIZE_MAX;
}

/* Labels first, then the period: the order in which the hot path takes them. */
static mtm_status bind_axes(mtmi_binding *binding, const struct header *header, mtm_error *err) {
    const mtmi_spec *spec = header->spec;
    const mtmi_field *field = NULL;
    mtm_status status = MTM_OK;
    unsigned i;
    size_t column;
    for (i = spec->n_periods; i < spec->n_axes && status == MTM_OK; i++) {
        if (spec->axes[i].kind != MTMI_AXIS_LABEL) continue;
        column = find_role(header, MTMI_ROLE_DIMENSION, spec->axes[i].name, &field);
        if (column == SIZE_MAX) column = find_name(header, spec->axes[i].name, &field);
        status = column == SIZE_MAX ? missing(header, spec->axes[i].name, err)
                                    : add_used(binding, header, MTMI_USE_LABEL, column, i, 0, field, err);
    }
    if (status != MTM_OK) return status;
    column = find_role(header, MTMI_ROLE_PERIOD, NULL, &field);
    if (column == SIZE_MAX) return missing(header, "the period", err);
    return add_used(binding, header, MTMI_USE_PERIOD, column, 0, 0, field, err);
}

static mtm_status bind_birth(mtmi_binding *binding, const struct header *header, mtm_error *err) {
    const mtmi_spec *spec = header->spec;
    const mtmi_field *field = NULL;
    size_t column = find_role(header, MTMI_ROLE_BIRTH_DATE, NULL, &field);
    mtmi_use use = MTMI_USE_BIRTH_DATE;
    unsigned i;
    binding->table.age_axis = -1;
    for (i = spec->n_periods; i < spec->n_axes; i++)
        if (spec->axes[i].kind == MTMI_AXIS_AGE) binding->table.age_axis = (int)i;
    if (column == SIZE_MAX) {
        column = find_role(header, MTMI_ROLE_BIRTH_YEAR, NULL, &field);
        use = MTMI_USE_BIRTH_YEAR;
    }
    if (column != SIZE_MAX) return add_used(binding, header, use, column, 0, 0, field, err);
    return binding->table.age_axis < 0 ? MTM_OK : missing(header, "the age: birth-year or birth-date", err);
}

static mtm_status bind_numbers(mtmi_binding *binding, const struct header *header, mtm_error *err) {
    const mtmi_field *field = NULL;
    mtm_status status = MTM_OK;
    size_t column;
    unsigned i;
    for (i = 0; i < header->spec->n_sums && status == MTM_OK; i++) {
        column = find_name(header, header->spec->sums[i], &field);
        status = column == SIZE_MAX ? missing(header, header->spec->sums[i], err)
                                    : add_used(binding, header, MTMI_USE_SUM, column, 0, i, field, err);
    }
    column = find_role(header, MTMI_ROLE_COUNT, NULL, &field);
    if (status != MTM_OK || column == SIZE_MAX) return status;
    binding->table.weighted = 1;
    return add_used(binding, header, MTMI_USE_COUNT, column, 0, header->spec->n_sums, field, err);
}

static unsigned char infer_delimiter(const unsigned char *line, size_t n) {
    static const unsigned char candidates[] = {',', ';', '\t', '|'};
    size_t best = 0, most = 0, i, k;
    for (i = 0; i < sizeof candidates; i++) {
        size_t found = 0;
        int quoted = 0;
        for (k = 0; k < n; k++) {
            if (line[k] == '"') quoted = !quoted;
            found += !quoted && line[k] == candidates[i];
        }
        if (found > most) {
            most = found;
            best = i;
        }
    }
    return candidates[best];
}

/* The names of the header's cells. */
static mtm_status read_names(const mtmi_table *table, const unsigned char *line, size_t n, struct header *header,
                             mtm_error *err) {
    size_t start = 0, i;
    int quoted = 0;
    for (i = 0; i <= n; i++) {
        const char *cell = (const char *)line + start;
        size_t length = i - start;
        if (i < n && table->has_quote && line[i] == table->quote) quoted = !quoted;
        if (i < n && (quoted || line[i] != table->delimiter)) continue;
        if (header->n == MOST_COLUMNS)
            return mtmi_error_set(err, MTM_ERROR_LIMIT, 0, (mtmi_place){header->file, 1, 0},
                                  "more than %d columns; raise max_columns", (int)MOST_COLUMNS);
        if (length >= 2 && table->has_quote && cell[0] == (char)table->quote) {
            cell++;
            length -= 2;
        }
        normalise(cell, length, header->names[header->n++]);
        start = i + 1;
    }
    return MTM_OK;
}

static mtm_status bind_columns(mtmi_binding *binding, const struct header *header, mtm_error *err) {
    mtm_status status;
    size_t most = header->spec->n_axes + header->spec->n_sums + 4;
    binding->table.used = mtmi_memory_new(most, sizeof binding->table.used[0]);
    binding->columns = mtmi_memory_new(most, sizeof binding->columns[0]);
    if (binding->table.used == NULL || binding->columns == NULL) return mtmi_error_memory(err);
    binding->table.n_columns = (uint32_t)header->n;
    status = bind_axes(binding, header, err);
    if (status == MTM_OK) status = bind_birth(binding, header, err);
    if (status == MTM_OK) status = bind_numbers(binding, header, err);
    return status;
}

mtm_status mtmi_bind(const mtmi_spec *spec, const unsigned char *head, size_t size, int whole, const char *name,
                     mtmi_binding *out, mtm_error *err) {
    const mtmi_dialect *dialect = &spec->resource->dialect;
    struct header header = {spec, name, NULL, 0};
    const unsigned char *line, *end;
    int64_t skip = dialect->skip_rows > 0 ? dialect->skip_rows : 0, i;
    mtm_status status;
    memset(out, 0, sizeof *out);
    if (size >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0) out->start = 3;
    for (i = 0;; i++) {
        line = head + out->start;
        end = memchr(line, '\n', size - out->start);
        if (end == NULL && (!whole || i < skip))
            return mtmi_error_set(err, MTM_ERROR_STRUCTURE, 0, (mtmi_place){name, 1, 0},
                                  size == 0 ? "an empty file; expected a header" : "no header in the first rows");
        out->start = end == NULL ? size : (size_t)(end - head) + 1;
        out->lines += end != NULL;
        out->not_data++;
        if (i == skip) break;
    }
    if (end == NULL) end = head + size;
    if (end > line && end[-1] == '\r') end--;
    out->table.spec = spec;
    out->table.delimiter = dialect->delimiter != 0 ? (unsigned char)dialect->delimiter
                                                   : infer_delimiter(line, (size_t)(end - line));
    out->table.has_quote = dialect->quote != '\1';
    out->table.quote = dialect->quote > '\1' ? (unsigned char)dialect->quote : '"';
    header.names = mtmi_memory_new(MOST_COLUMNS, sizeof header.names[0]);
    status = header.names == NULL ? mtmi_error_memory(err)
                                  : read_names(&out->table, line, (size_t)(end - line), &header, err);
    if (status == MTM_OK) status = bind_columns(out, &header, err);
    mtmi_memory_free(header.names);
    if (status != MTM_OK) mtmi_binding_free(out);
    return status;
}

void mtmi_binding_free(mtmi_binding *binding) {
    unsigned i;
    for (i = 0; binding->columns != NULL && i < binding->table.n_used; i++)
        mtmi_memory_free(binding->columns[i].name);
    mtmi_memory_free(binding->columns);
    mtmi_memory_free(binding->table.used);
    memset(binding, 0, sizeof *binding);
}
