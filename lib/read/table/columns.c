/* Binds each column to a role. Declarations come first, then tags, then words of the header, then hints, then content;
 * columns that contradict one another are refused. */
#include "read/table/columns.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "codelist/match.h"
#include "read/descriptor/resource_internal.h"
#include "read/table/names/region_labels.h"
#include "read/table/period_name.h"

#include <string.h>

/* The text of a message with a name in quotes. */
static mtm_status refuse_named(const mtmi_resource *resource, const mtmi_rows *rows, const mtmi_header *header,
                               const mtmi_preview *head, size_t column, int code, const char *what, const char *name,
                               const char *expected, mtm_error *err) {
    mtmi_buffer found = MTMI_BUFFER_INIT;
    char quoted[MTMI_QUOTE_SIZE];
    mtm_status status;

    mtmi_columns_quote(resource, name, quoted);
    mtmi_buffer_text(&found, what);
    mtmi_buffer_char(&found, ' ');
    mtmi_buffer_text(&found, quoted);
    status = found.failed ? mtmi_error_memory(err)
                          : mtmi_columns_refuse(rows, header, head, column, code, found.data, expected, err);
    mtmi_buffer_free(&found);
    return status;
}

static const mtmi_field *find_field(const mtmi_resource *resource, const char *name) {
    for (size_t i = 0; i < resource->n_fields; i++) {
        if (mtmi_name_same(name, strlen(name), resource->fields[i].name, strlen(resource->fields[i].name))) {
            return &resource->fields[i];
        }
    }
    return NULL;
}

static int order_of(const mtmi_field *field, const mtmi_resource *resource) {
    int given = field != NULL ? field->date_order_given : resource->date_order_given;
    mtmi_date_order order = field != NULL ? field->date_order : resource->date_order;
    return !given ? 0 : order == MTMI_DATE_DMY ? 1 : order == MTMI_DATE_MDY ? 2 : 0;
}

static int set_dimension(mtmi_bound *bound, const char *dimension) {
    mtmi_memory_free(bound->dimension);
    bound->dimension = mtmi_memory_copy_text(dimension);
    return bound->dimension != NULL;
}

static int has_tag(const mtmi_header *header, const mtmi_preview *head, size_t column, mtmi_meaning *meaning,
                   int *malformed) {
    const mtmi_row *tags = header->tags < head->n ? &head->rows[header->tags] : NULL;
    *malformed = 0;
    return tags != NULL && column < tags->n_cells &&
           mtmi_hxl_tag(tags->cells[column].text, tags->cells[column].length, meaning, malformed);
}

/* What the name or the tag says; nothing leaves the role open. */
static int recognise(mtmi_bound *bound, const mtmi_header *header, const mtmi_preview *head) {
    mtmi_meaning meaning = {.role = MTMI_ROLE_INFER, .part = MTMI_PART_WHOLE, .how = MTMI_HOW_NONE};
    int malformed = 0;

    if (!has_tag(header, head, bound->cell, &meaning, &malformed) && header->tags == SIZE_MAX &&
        !mtmi_header_word(bound->name, strlen(bound->name), &meaning)) {
        return 1;
    }
    if (header->tags != SIZE_MAX && meaning.how == MTMI_HOW_NONE) {
        bound->role = MTMI_ROLE_IGNORE; /* a file with tags says what matters */
        return 1;
    }
    bound->role = meaning.role;
    bound->how = meaning.how;
    bound->part = meaning.part;
    bound->codes_only = meaning.codes;
    for (size_t i = 0; i < MTMI_MEANING_MEMBERS && meaning.members[i].dimension != NULL; i++) {
        if (!mtmi_bound_member(bound, meaning.members[i].dimension, meaning.members[i].code)) {
            return 0;
        }
    }
    return meaning.dimension == NULL || set_dimension(bound, meaning.dimension);
}

static int use_field(mtmi_bound *bound, const mtmi_header *header, const mtmi_preview *head) {
    const mtmi_field *field = bound->field;

    if (field->role != MTMI_ROLE_INFER) {
        mtmi_meaning meaning;
        bound->role = field->role;
        bound->how = MTMI_HOW_DECLARED;
        if (field->role == MTMI_ROLE_PERIOD && mtmi_header_word(bound->name, strlen(bound->name), &meaning) &&
            meaning.role == MTMI_ROLE_PERIOD) {
            bound->part = meaning.part;
        }
        if (field->role == MTMI_ROLE_DIMENSION && field->dimension == NULL &&
            (!mtmi_header_word(bound->name, strlen(bound->name), &meaning) || meaning.dimension == NULL ||
             !set_dimension(bound, meaning.dimension)) &&
            !set_dimension(bound, bound->name)) {
            return 0;
        }
    } else if (!recognise(bound, header, head)) {
        return 0;
    }
    if (bound->role == MTMI_ROLE_INFER && field->hint != MTMI_ROLE_INFER) {
        bound->role = field->hint;
        bound->how = MTMI_HOW_TYPE;
        if (field->hint == MTMI_ROLE_DIMENSION && field->dimension == NULL && !set_dimension(bound, bound->name)) {
            return 0;
        }
    }
    bound->codes_only |= field->codes_only;
    bound->has_period = field->has_period;
    bound->period = field->period;
    bound->multiplier = field->multiplier;
    for (size_t i = 0; i < field->n_members; i++) {
        if (!mtmi_bound_member(bound, field->members[i].key, field->members[i].value)) {
            return 0;
        }
    }
    return field->dimension == NULL || set_dimension(bound, field->dimension);
}

static int has_labels(const char *name) {
    return strstr(name, ": ") != NULL;
}

static mtm_status bind_column(const mtmi_resource *resource, const mtmi_preview *head, const mtmi_header *header,
                              size_t column, mtmi_bound *bound, mtm_error *err) {
    int whole;

    bound->cell = column;
    bound->name = mtmi_memory_copy_text(header->names[column]);
    if (bound->name == NULL) {
        return mtmi_error_memory(err);
    }
    bound->field = find_field(resource, bound->name);
    whole = bound->field != NULL ? use_field(bound, header, head) : recognise(bound, header, head);
    if (!whole) {
        return mtmi_error_memory(err);
    }
    if (bound->role == MTMI_ROLE_INDICATOR && !set_dimension(bound, "indicator")) {
        return mtmi_error_memory(err);
    }
    bound->order = order_of(bound->field, resource);
    if (bound->order == 0 && header->how == MTMI_HOW_SDMX) {
        bound->order = MTMI_ORDER_SDMX;
    }
    bound->number = bound->field != NULL ? &bound->field->number : &resource->number;
    bound->labelled = header->how == MTMI_HOW_SDMX && has_labels(bound->name);
    return MTM_OK;
}

/* Columns of the file against the fields of the schema. */
static mtm_status check_fields(const mtmi_resource *resource, const mtmi_rows *rows, const mtmi_preview *head,
                               const mtmi_header *header, const mtmi_columns *columns, mtm_error *err) {
    for (size_t i = 0; i < columns->n && !resource->may_have_more; i++) {
        const mtmi_bound *bound = &columns->at[i];
        if (bound->field == NULL && (bound->name[0] != '\0' || resource->n_fields > 0)) {
            return refuse_named(resource, rows, header, head, i, MTMI_CODE_COLUMN_UNKNOWN, "the column", bound->name,
                                "only columns that the schema names; add a field, or say fieldsMatch subset", err);
        }
    }
    for (size_t i = 0; i < resource->n_fields && !resource->may_have_fewer; i++) {
        size_t k = 0;
        while (k < columns->n && columns->at[k].field != &resource->fields[i]) {
            k++;
        }
        if (k == columns->n) {
            return refuse_named(
                NULL, rows, header, head, SIZE_MAX, MTMI_CODE_COLUMN_MISSING, "no column", resource->fields[i].name,
                "every column that the schema names; correct its name, or say fieldsMatch superset", err);
        }
    }
    return MTM_OK;
}

static uint64_t name_key(const char *name) {
    char word[MTMI_NAME_SIZE];
    uint64_t key = UINT64_C(14695981039346656037);

    if (mtmi_name_normalise(name, strlen(name), word) > 0) {
        name = word;
    }
    for (const char *c = name; *c != '\0'; c++) {
        key = (key ^ (unsigned char)*c) * UINT64_C(1099511628211);
    }
    return key;
}

/* "Country of citizenship" behind "citizen", "Sex" behind "SEX": names of codes as SDMX-CSV with labels has them. */
static int is_label_name(const char *name) {
    size_t n = 0;
    while (name[n] >= 'A' && name[n] <= 'Z') {
        n++;
    }
    return n == 1 && name[1] >= 'a' && name[1] <= 'z';
}

static void leave_labels(const mtmi_header *header, mtmi_columns *columns) {
    for (size_t i = 1; i < columns->n && header->how == MTMI_HOW_SDMX; i++) {
        mtmi_bound *bound = &columns->at[i];
        if (is_label_name(bound->name) && !is_label_name(columns->at[i - 1].name) && bound->field == NULL) {
            bound->role = MTMI_ROLE_IGNORE;
            bound->how = MTMI_HOW_SDMX;
            bound->twin = i;
        }
    }
}

static mtm_status check_names(const mtmi_resource *resource, const mtmi_rows *rows, const mtmi_preview *head,
                              const mtmi_header *header, const mtmi_columns *columns, mtm_error *err) {
    uint64_t *keys = mtmi_memory_new(columns->n, sizeof *keys);
    mtm_status status = MTM_OK;
    if (keys == NULL) {
        status = mtmi_error_memory(err);
        goto out;
    }
    for (size_t i = 0; i < columns->n; i++) {
        const char *name = columns->at[i].name;
        keys[i] = name_key(name);
        for (size_t k = 0; k < i && name[0] != '\0'; k++) {
            if (keys[k] == keys[i] && !(columns->at[i].role == MTMI_ROLE_IGNORE && columns->at[i].twin > 0) &&
                strchr(name, '%') == NULL && /* two rates are left out, with a note */
                mtmi_name_same(name, strlen(name), columns->at[k].name, strlen(columns->at[k].name))) {
                MTMI_TRY(refuse_named(resource, rows, header, head, i, MTMI_CODE_COLUMN_TWICE, "a second column", name,
                                      "names that differ; rename one in the file", err));
            }
        }
    }
out:
    mtmi_memory_free(keys);
    return status;
}

/* A member that a declaration names must exist where its dimension has a list. */
static int is_code(const mtmi_resource *resource, const char *dimension, const char *code) {
    const mtm_codelist *list = mtmi_resource_list(resource, NULL, dimension);
    mtmi_label_match match;

    if (list == NULL || (code[0] >= '0' && code[0] <= '9') || strcmp(dimension, "age-group") == 0) {
        return 1;
    }
    mtmi_codelist_match(list, code, strlen(code), 0, &match);
    return match.kind != MTM_MATCH_NONE && match.kind != MTM_MATCH_AMBIGUOUS;
}

static mtm_status check_members(const mtmi_resource *resource, const mtmi_rows *rows, const mtmi_preview *head,
                                const mtmi_header *header, const mtmi_columns *columns, mtm_error *err) {
    for (size_t i = 0; i < columns->n; i++) {
        const mtmi_bound *bound = &columns->at[i];
        for (size_t k = 0; bound->field != NULL && k < bound->n_members; k++) {
            if (!is_code(resource, bound->members[k].key, bound->members[k].value)) {
                return refuse_named(resource, rows, header, head, i, MTMI_CODE_MEMBER, "the member",
                                    bound->members[k].value,
                                    "a code of the dimension's list; correct members in the schema", err);
            }
        }
    }
    for (size_t i = 0; i < resource->n_dimensions; i++) {
        if (!is_code(resource, resource->dimensions[i].key, resource->dimensions[i].value)) {
            return refuse_named(NULL, rows, header, head, SIZE_MAX, MTMI_CODE_MEMBER, "the member",
                                resource->dimensions[i].value, "a code of the dimension's list; correct mtm.dimensions",
                                err);
        }
    }
    return MTM_OK;
}

static int has_member(const mtmi_bound *bound, const mtmi_pair *member) {
    for (size_t i = 0; i < bound->n_members; i++) {
        if (strcmp(bound->members[i].key, member->key) == 0 && strcmp(bound->members[i].value, member->value) == 0) {
            return 1;
        }
    }
    return 0;
}

static int same_cell(const mtmi_bound *a, const mtmi_bound *b) {
    int same = a->n_members == b->n_members && a->has_period == b->has_period &&
               (!a->has_period || (a->period.first == b->period.first && a->period.last == b->period.last));
    for (size_t i = 0; same && i < a->n_members; i++) {
        same = has_member(b, &a->members[i]);
    }
    return same;
}

/* Two columns of figures must be about different things. */
static mtm_status check_values(const mtmi_resource *resource, const mtmi_rows *rows, const mtmi_preview *head,
                               const mtmi_header *header, const mtmi_columns *columns, mtm_error *err) {
    for (size_t i = 0; i < columns->n; i++) {
        for (size_t k = 0; k < i; k++) {
            const mtmi_bound *a = &columns->at[k], *b = &columns->at[i];
            if (a->role == MTMI_ROLE_VALUE && b->role == MTMI_ROLE_VALUE && same_cell(a, b)) {
                return refuse_named(resource, rows, header, head, i, MTMI_CODE_COLUMN_UNSURE,
                                    "a second column of figures,", b->name,
                                    "columns that differ in members or period; give them members, or ignore one", err);
            }
        }
    }
    return MTM_OK;
}

static size_t count_role(const mtmi_columns *columns, mtmi_role role) {
    size_t n = 0;

    for (size_t i = 0; i < columns->n; i++) {
        n += columns->at[i].role == role;
    }
    return n;
}

static mtm_status check_complete(const mtmi_resource *resource, const mtmi_rows *rows, const mtmi_preview *head,
                                 const mtmi_header *header, const mtmi_columns *columns, mtm_error *err) {
    size_t values = count_role(columns, MTMI_ROLE_VALUE), dated = 0;
    int has_period = count_role(columns, MTMI_ROLE_PERIOD) > 0 ||
                     (columns->section_cell != SIZE_MAX && columns->section == NULL) ||
                     (count_role(columns, MTMI_ROLE_PERIOD_START) > 0 && count_role(columns, MTMI_ROLE_PERIOD_END) > 0);

    for (size_t i = 0; i < columns->n; i++) {
        dated += columns->at[i].role == MTMI_ROLE_VALUE && columns->at[i].has_period;
    }
    if (resource->microdata) {
        return MTM_OK;
    }
    if (values == 0 && columns->n == 1) {
        return mtmi_columns_refuse(rows, header, head, SIZE_MAX, MTMI_CODE_DELIMITER, "a single column",
                                   "several; declare dialect.delimiter if another character parts the cells", err);
    }
    if (values == 0) {
        return mtmi_columns_refuse(rows, header, head, SIZE_MAX, MTMI_CODE_COLUMN_MISSING, "no column of figures",
                                   "one such as \"value\"; give a field the role value or, where each row is one event "
                                   "or person to be counted, say \"microdata\": true under mtm (mtm init --microdata)",
                                   err);
    }
    if (!has_period && dated < values) {
        return mtmi_columns_refuse(
            rows, header, head, SIZE_MAX, MTMI_CODE_COLUMN_MISSING, "no column of the period",
            "one such as \"period\"; give a field the role period, or the columns of figures a period", err);
    }
    return MTM_OK;
}

/* Rows that say one period and columns whose names say another: which of them the figures are of is not to be guessed. */
static mtm_status check_one_period(const mtmi_resource *resource, const mtmi_rows *rows, const mtmi_preview *head,
                                   const mtmi_header *header, const mtmi_columns *columns, mtm_error *err) {
    int by_row =
        count_role(columns, MTMI_ROLE_PERIOD) + count_role(columns, MTMI_ROLE_PERIOD_START) > 0 && !columns->parts_down;

    for (size_t i = 0; i < columns->n && by_row; i++) {
        const mtmi_bound *bound = &columns->at[i];
        if (bound->role == MTMI_ROLE_VALUE && bound->has_period &&
            (bound->field == NULL || !bound->field->has_period)) {
            return refuse_named(resource, rows, header, head, i, MTMI_CODE_COLUMN_UNSURE,
                                "a column of the period, and figures named", bound->name,
                                "one of them; ignore the column, or give the figures their period", err);
        }
    }
    return MTM_OK;
}

/* Levels of places: where the cell is empty, the row is about the level above. */
static int is_level(const char *dimension) {
    return strncmp(dimension, "adm", 3) == 0 || strncmp(dimension, "origin-adm", 10) == 0;
}

static void complete_dimensions(const mtmi_resource *resource, const mtmi_preview *head, const mtmi_header *header,
                                mtmi_columns *columns) {
    for (size_t i = 0; i < columns->n; i++) {
        mtmi_bound *bound = &columns->at[i];
        if (bound->role == MTMI_ROLE_DIMENSION && bound->dimension != NULL) {
            bound->list = mtmi_resource_list(resource, bound->field, bound->dimension);
            bound->empty_is_total = is_level(bound->dimension);
            bound->has_codes = bound->codes_only;
            bound->codes_only &= bound->list != NULL;
            bound->names_only = mtmi_labels_are_names(head, header, bound);
            bound->whole = bound->codes_only ? 0 : mtmi_labels_whole(head, header, columns, bound);
        }
    }
}

/* Marks that remarks explain, beside those that are declared. */
static mtm_status bind_legend(const mtmi_preview *head, const mtmi_header *header, mtmi_columns *out, mtm_error *err) {
    mtmi_legend found;

    mtmi_legend_find(head, header, &found);
    if (found.n == 0 && !found.footnotes) {
        return MTM_OK;
    }
    out->legend = mtmi_memory_new(1, sizeof *out->legend);
    out->styles = mtmi_memory_new(out->n, sizeof *out->styles);
    if (out->legend == NULL || out->styles == NULL) {
        return mtmi_error_memory(err);
    }
    *out->legend = found;
    for (size_t i = 0; i < out->n; i++) {
        if (!mtmi_legend_apply(out->legend, out->at[i].number, &out->styles[i])) {
            return mtmi_error_memory(err);
        }
        out->at[i].number = &out->styles[i].style;
    }
    return MTM_OK;
}

mtm_status mtmi_columns_bind(const mtmi_resource *resource, const mtmi_rows *rows, const mtmi_preview *head,
                             const mtmi_header *header, mtmi_check_log *log, mtmi_columns *out, mtm_error *err) {
    mtm_status status = MTM_OK;
    const mtmi_row *above = NULL;

    memset(out, 0, sizeof *out);
    out->section_cell = SIZE_MAX;
    out->year = mtmi_year_above(rows, head, header, &above);
    out->at = mtmi_memory_new(header->n_names, sizeof *out->at);
    if (out->at == NULL) {
        return mtmi_error_memory(err);
    }
    while (out->n < header->n_names) {
        out->n++;
        MTMI_TRY(bind_column(resource, head, header, out->n - 1, &out->at[out->n - 1], err));
    }
    leave_labels(header, out);
    MTMI_TRY(check_names(resource, rows, head, header, out, err));
    if (!resource->microdata) {
        MTMI_TRY(bind_legend(head, header, out, err));
    }
    MTMI_TRY(check_fields(resource, rows, head, header, out, err));
    MTMI_TRY(mtmi_columns_infer(resource, rows, head, header, log, out, err));
    MTMI_TRY(check_members(resource, rows, head, header, out, err));
    MTMI_TRY(check_complete(resource, rows, head, header, out, err));
    MTMI_TRY(check_one_period(resource, rows, head, header, out, err));
    MTMI_TRY(check_values(resource, rows, head, header, out, err));
    complete_dimensions(resource, head, header, out);
    return MTM_OK;
out:
    mtmi_columns_free(out);
    return status;
}

void mtmi_columns_free(mtmi_columns *columns) {
    for (size_t i = 0; i < columns->n; i++) {
        mtmi_memory_free(columns->at[i].name);
        mtmi_memory_free(columns->at[i].dimension);
        mtmi_pairs_free(columns->at[i].members, columns->at[i].n_members);
    }
    for (size_t i = 0; columns->styles != NULL && i < columns->n; i++) {
        mtmi_legend_style_free(&columns->styles[i]);
    }
    mtmi_memory_free(columns->styles);
    mtmi_memory_free(columns->legend);
    mtmi_memory_free(columns->sum_lines);
    columns->sum_lines = NULL;
    columns->styles = NULL;
    columns->legend = NULL;
    mtmi_memory_free(columns->at);
    columns->at = NULL;
    columns->n = 0;
}
