/* Infers columns that neither a declaration nor their name explains, from their content: periods or members as columns,
 * the only column of figures, labels. Nothing is chosen by likelihood: where several columns fit, they are named. */
#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/try.h"
#include "codelist/match.h"
#include "period/period.h"
#include "number/mistyped.h"
#include "read/table/columns_internal.h"
#include "read/table/names/column_parts.h"
#include "read/table/names/from_until.h"
#include "read/table/names/period_rest.h"
#include "read/table/names/short_years.h"
#include "read/table/names/tagged_columns.h"
#include "read/table/names/year_part.h"
#include "read/table/period_name.h"
#include "number/number.h"

#include <string.h>

static mtm_status note(const mtmi_inference *in, const mtmi_bound *bound, int code, const char *expected,
                       const char *hint, mtm_error *err) {
    mtmi_diagnostic_input said = {0};

    if (in->log == NULL) {
        return MTM_OK;
    }
    said.code = code;
    said.line = 1;
    if (in->header->n > 0) {
        mtmi_rows_place(in->rows, &in->head->rows[in->header->first], bound->cell, &said.line, &said.column);
    }
    said.found = bound->name;
    said.found_size = strlen(bound->name);
    said.expected = expected;
    said.hint = hint;
    return mtmi_check_add(in->log, &said, err);
}

static size_t count_role(const mtmi_inference *in, mtmi_role role) {
    size_t n = 0;

    for (size_t i = 0; i < in->columns->n; i++) {
        n += in->columns->at[i].role == role;
    }
    return n;
}

/* ---- the rest, by content ---- */

static mtm_status unsure(const mtmi_inference *in, mtmi_content content, const char *what, const char *expected,
                         mtm_error *err) {
    mtmi_buffer found = MTMI_BUFFER_INIT;
    mtm_status status;
    size_t n = 0;

    mtmi_buffer_text(&found, what);
    for (size_t i = 0; i < in->columns->n && n < 6; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        char quoted[MTMI_QUOTE_SIZE];
        if (mtmi_bound_open(bound) && mtmi_columns_content(in, bound) == content) {
            mtmi_columns_quote(in->resource, bound->name, quoted);
            mtmi_buffer_text(&found, n++ > 0 ? ", " : " ");
            mtmi_buffer_text(&found, quoted);
        }
    }
    status = found.failed ? mtmi_error_memory(err)
                          : mtmi_columns_refuse(in->rows, in->header, in->head, SIZE_MAX, MTMI_CODE_COLUMN_UNSURE,
                                                found.data, expected, err);
    mtmi_buffer_free(&found);
    return status;
}

static size_t count_content(const mtmi_inference *in, mtmi_content content, mtmi_bound **only) {
    size_t n = 0;

    for (size_t i = 0; i < in->columns->n; i++) {
        if (mtmi_bound_open(&in->columns->at[i]) && mtmi_columns_content(in, &in->columns->at[i]) == content) {
            *only = &in->columns->at[i];
            n++;
        }
    }
    return n;
}

/* Years stand in for periods where there are none, and for figures. */
static mtm_status take_only(const mtmi_inference *in, mtmi_content content, mtmi_role role, mtm_error *err) {
    mtmi_bound *only = NULL;
    size_t n = count_content(in, content, &only);

    if (n == 0) {
        content = MTMI_YEARS;
        n = count_content(in, content, &only);
    }
    if (n > 1) {
        return unsure(in, content,
                      role == MTMI_ROLE_VALUE ? "several columns of figures:"
                                              : "several columns that may be the period:",
                      "one; give the fields of the schema their roles", err);
    }
    if (n == 1) {
        only->role = role;
        only->how = MTMI_HOW_CONTENT;
    }
    return MTM_OK;
}

/* Text that nothing explains breaks figures down; without it rows would seem to be the same cell twice. */
static mtm_status take_text(const mtmi_inference *in, mtmi_bound *bound, mtm_error *err) {
    char name[MTMI_NAME_SIZE];
    const char *known = in != NULL ? mtmi_columns_list(in, bound) : NULL;

    if (known != NULL) {
        memcpy(name, known, strlen(known) + 1);
    } else if (mtmi_name_normalise(bound->name, strlen(bound->name), name) == 0) {
        memcpy(name, "column", 7);
    }
    bound->dimension = mtmi_memory_copy_text(name);
    if (bound->dimension == NULL) {
        return mtmi_error_memory(err);
    }
    bound->role = MTMI_ROLE_DIMENSION;
    bound->how = MTMI_HOW_CONTENT;
    return MTM_OK;
}

/* "2023 Вернулось" beside "2023 Выехало": figures of a period that others are read of. Half a table is no table. */
static int is_sibling(const mtmi_inference *in, const mtmi_bound *bound) {
    mtmi_period_label label;
    int dated = 0;

    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *other = &in->columns->at[i];
        dated |= other->role == MTMI_ROLE_VALUE && other->has_period && other->how != MTMI_HOW_DECLARED;
    }
    mtmi_period_read(bound->name, strlen(bound->name), bound->order, &label);
    if (dated && label.outcome == MTMI_PERIOD_AMBIGUOUS) {
        return 1;
    }
    return dated && strchr(bound->name, '%') == NULL &&
           mtmi_period_within(bound->name, strlen(bound->name), bound->order, &label);
}

/* Figures under a name that no list has, where the others are of countries or regions each. */
static int is_beside_places(const mtmi_inference *in, const mtmi_bound *bound) {
    char name[MTMI_NAME_SIZE];
    size_t places = 0, figures = 0;

    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *other = &in->columns->at[i];
        const mtm_codelist *list = other->n_members == 1 ? mtmi_dimension_list(other->members[0].key) : NULL;
        figures += other->role == MTMI_ROLE_VALUE;
        places += other->role == MTMI_ROLE_VALUE && list != NULL &&
                  (list == mtmi_codelist_get("country") || list == mtmi_codelist_get("region-kz"));
    }
    return places > 0 && places + 1 >= figures && strchr(bound->name, '%') == NULL &&
           mtmi_name_normalise(bound->name, strlen(bound->name), name) > 0 && !mtmi_codelist_has_balance(name) &&
           !mtmi_phrase_within(MTMI_PHRASE_MEASURE, name);
}

static mtm_status refuse_sibling(const mtmi_inference *in, const mtmi_bound *bound, const char *expected,
                                 mtm_error *err) {
    char quoted[MTMI_QUOTE_SIZE];

    mtmi_columns_quote(in->resource, bound->name, quoted);
    return mtmi_columns_refuse(in->rows, in->header, in->head, bound->cell, MTMI_CODE_COLUMN_UNSURE, quoted, expected,
                               err);
}

static mtm_status leave(const mtmi_inference *in, mtmi_bound *bound, mtm_error *err) {
    mtmi_content content = mtmi_columns_content(in, bound);

    bound->role = MTMI_ROLE_IGNORE;
    bound->how = MTMI_HOW_NONE;
    bound->figures = content == MTMI_NUMBERS && (bound->field == NULL || bound->field->role == MTMI_ROLE_INFER);
    if (bound->figures && !in->resource->microdata && is_sibling(in, bound)) {
        return refuse_sibling(in, bound,
                              "a name that says what the figures of the period are, as others do; give the field "
                              "members, or ignore it",
                              err);
    }
    if (bound->figures && !in->resource->microdata && in->resource->n_fields == 0 && is_beside_places(in, bound)) {
        return refuse_sibling(
            in, bound,
            "the name of a country or region, as other columns of figures have; give the field members, "
            "or ignore it",
            err);
    }
    if (mtmi_columns_may_count(in, bound)) {
        return refuse_sibling(
            in, bound,
            "a column that is known, since others are added up; give the field members where it counts "
            "people whom no other column has, or ignore it",
            err);
    }
    if (bound->name[0] == '\0' && content == MTMI_EMPTY) {
        return MTM_OK;
    }
    /* Perhaps the decimals of the column before. */
    if (bound->name[0] == '\0' && (content == MTMI_NUMBERS || content == MTMI_YEARS)) {
        return mtmi_columns_refuse(in->rows, in->header, in->head, bound->cell, MTMI_CODE_COLUMN_NAME,
                                   "figures in a column without a name",
                                   "a name; or quotes around figures with a comma", err);
    }
    return note(in, bound, bound->name[0] == '\0' ? MTMI_CODE_COLUMN_NAME : MTMI_CODE_COLUMN_UNKNOWN,
                "a column that is known; it is left alone", "give the field a role, or ignore", err);
}

static int has_dated(const mtmi_inference *in) {
    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        if (bound->role == MTMI_ROLE_VALUE && bound->has_period && bound->how == MTMI_HOW_HEADER) {
            return 1;
        }
    }
    return 0;
}

/* "2O23" beside "2022" and "2024" that are read: a letter was typed for a digit of a period. */
static int is_mistyped_period(const mtmi_inference *in, const mtmi_bound *bound) {
    char mended[MTMI_NAME_SIZE];
    mtmi_named_period named;
    const size_t n = mtmi_mistyped_mend(bound->name, strlen(bound->name), mended, sizeof mended);
    return n > 0 && has_dated(in) && mtmi_period_name(mended, n, in->columns->year, bound->order, &named);
}

/* "2022" beside "2023" and "2024" that are read: a column of that name is one of figures, whatever its cells hold. */
static int is_lost_period(const mtmi_inference *in, const mtmi_bound *bound) {
    mtmi_named_period named;
    return bound->name[0] != '\0' && has_dated(in) &&
           mtmi_period_name(bound->name, strlen(bound->name), in->columns->year, bound->order, &named);
}

static mtm_status take_open(const mtmi_inference *in, mtm_error *err) {
    int described = in->resource->n_fields > 0 || in->header->tags != SIZE_MAX;
    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        if (!mtmi_bound_open(bound)) {
            continue;
        }
        const int is_free = !described && bound->field == NULL && !in->resource->microdata;
        if (is_free && is_mistyped_period(in, bound)) {
            return refuse_sibling(in, bound,
                                  "a period of digits, as other columns have; a letter that looks like a digit was "
                                  "typed in its place",
                                  err);
        }
        if (mtmi_columns_are_flags(in, bound)) {
            bound->role = MTMI_ROLE_IGNORE;
            MTMI_CHECK_STATUS(note(in, bound, MTMI_CODE_COLUMN_NAME,
                                   "a column with a name; it holds flags of the figures before it, and is left alone",
                                   "look at the legend below the table", err));
        } else if (is_free && mtmi_columns_content(in, bound) == MTMI_TEXT) {
            if (is_lost_period(in, bound)) {
                return refuse_sibling(in, bound,
                                      "figures below a period, as other columns have; ignore the field, or "
                                      "remove the rows of other text",
                                      err);
            }
            MTMI_CHECK_STATUS(mtmi_columns_translation(in, bound) ? leave(in, bound, err) : take_text(in, bound, err));
            if (bound->role == MTMI_ROLE_DIMENSION && bound->name[0] == '\0') {
                MTMI_CHECK_STATUS(
                    note(in, bound, MTMI_CODE_COLUMN_NAME, "a name for the column; its labels are kept", "", err));
            }
        } else {
            MTMI_CHECK_STATUS(leave(in, bound, err));
        }
    }
    return MTM_OK;
}

/* ---- two columns for one thing ---- */

/* Codes and names of one dimension: the codes are taken. Of two periods the whole one; its parts are compared later. */
static mtm_status settle_twins(const mtmi_inference *in, mtm_error *err) {
    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        for (size_t k = 0; k < i && bound->role == MTMI_ROLE_DIMENSION; k++) {
            mtmi_bound *other = &in->columns->at[k], *less = bound;
            if (other->role != MTMI_ROLE_DIMENSION || strcmp(other->dimension, bound->dimension) != 0) {
                continue;
            }
            if (bound->how == MTMI_HOW_DECLARED && other->how == MTMI_HOW_DECLARED) {
                return mtmi_columns_refuse(in->rows, in->header, in->head, i, MTMI_CODE_COLUMN_TWICE,
                                           "a second column of the same dimension",
                                           "one column a dimension; give one of them another name", err);
            }
            if (other->how != MTMI_HOW_DECLARED &&
                (bound->how == MTMI_HOW_DECLARED || bound->codes_only > other->codes_only)) {
                less = other;
            }
            if (bound->codes_only != other->codes_only) {
                less->role = MTMI_ROLE_IGNORE;
                less->how = MTMI_HOW_HEADER;
                less->twin = 1 + (less == bound ? k : i);
                continue;
            }
            mtmi_memory_free(less->dimension);
            less->dimension = NULL;
            MTMI_CHECK_STATUS(take_text(NULL, less, err)); /* another breakdown: it keeps its own name and labels */
        }
    }
    return MTM_OK;
}

/* The exports of the Bureau of National Statistics have the period twice: in words, and as the month of its end. */
static void settle_export(const mtmi_inference *in) {
    mtmi_bound *words = NULL, *digits = NULL;

    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        if (bound->role == MTMI_ROLE_PERIOD && bound->how == MTMI_HOW_HEADER) {
            words = strcmp(bound->name, "DAT") == 0 ? bound : words;
            digits = strcmp(bound->name, "PERIOD") == 0 ? bound : digits;
        }
    }
    if (words != NULL && digits != NULL) {
        digits->role = MTMI_ROLE_IGNORE;
    }
}

static mtm_status settle_periods(const mtmi_inference *in, mtm_error *err) {
    mtmi_bound *whole = NULL;

    settle_export(in);
    mtmi_columns_interviews(in);
    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        if (bound->role != MTMI_ROLE_PERIOD || bound->part != MTMI_PART_WHOLE) {
            continue;
        }
        if (whole == NULL) {
            whole = bound;
        } else if (whole->how == MTMI_HOW_DECLARED && bound->how != MTMI_HOW_DECLARED) {
            bound->role = MTMI_ROLE_IGNORE;
        } else if (bound->how == MTMI_HOW_DECLARED && whole->how != MTMI_HOW_DECLARED) {
            whole->role = MTMI_ROLE_IGNORE;
            whole = bound;
        } else {
            return mtmi_columns_refuse(in->rows, in->header, in->head, i, MTMI_CODE_COLUMN_UNSURE,
                                       "a second column of periods", "one; give the fields of the schema their roles",
                                       err);
        }
    }
    return MTM_OK;
}

/* A status is a letter; a column of that name that holds words is a dimension. */
static mtm_status settle_status(const mtmi_inference *in, mtm_error *err) {
    for (size_t i = 0; i < in->columns->n; i++) {
        mtmi_bound *bound = &in->columns->at[i];
        size_t long_ones = 0;
        if (bound->role != MTMI_ROLE_STATUS || bound->how != MTMI_HOW_HEADER) {
            continue;
        }
        for (size_t r = in->header->data; r < in->head->n; r++) {
            const mtmi_row *row = &in->head->rows[r];
            long_ones += row->code == 0 && bound->cell < row->n_cells && row->trimmed[bound->cell].length > 1;
        }
        if (long_ones > 0) {
            MTMI_CHECK_STATUS(take_text(NULL, bound, err));
        }
    }
    return MTM_OK;
}

/* "#date+2013": the row is known all the same, and the tag is named. */
static mtm_status note_tags(const mtmi_inference *in, mtm_error *err) {
    const mtmi_row *tags = in->header->tags < in->head->n ? &in->head->rows[in->header->tags] : NULL;
    for (size_t i = 0; in->log != NULL && tags != NULL && i < tags->n_cells; i++) {
        mtmi_cell cell = tags->trimmed[i];
        mtmi_diagnostic_input said = {0};
        mtmi_meaning meaning;
        int malformed = 0;
        (void)mtmi_hxl_tag(cell.text, cell.length, &meaning, &malformed);
        if (!malformed) {
            continue;
        }
        said.code = MTMI_CODE_TAG;
        said.found = cell.text;
        said.found_size = cell.length;
        said.expected = "a tag whose attributes begin with a letter, such as #date+start";
        said.hint = "the attributes that are well formed were followed";
        said.text = tags->record;
        said.text_size = tags->record_size;
        mtmi_rows_place(in->rows, tags, i, &said.line, &said.column);
        MTMI_CHECK_STATUS(mtmi_check_add(in->log, &said, err));
    }
    return MTM_OK;
}

static mtm_status note_cumulative(const mtmi_inference *in, mtm_error *err) {
    for (size_t i = 0; i < in->columns->n && !in->resource->cumulative; i++) {
        if (in->columns->at[i].cumulative) {
            return note(in, &in->columns->at[i], MTMI_CODE_PERIOD_CUMULATIVE,
                        "a period that does not run from the start of the year; the figures are taken as cumulative",
                        "say cumulative in the resource", err);
        }
    }
    return MTM_OK;
}

static mtm_status note_marked(const mtmi_inference *in, mtm_error *err) {
    for (size_t i = 0; i < in->columns->n; i++) {
        const mtmi_bound *bound = &in->columns->at[i];
        const int is_named = bound->role == MTMI_ROLE_VALUE && bound->how == MTMI_HOW_HEADER && bound->n_members > 0 &&
                             bound->name[mtmi_legend_cut(bound->name, strlen(bound->name))] != '\0';
        if (bound->marked || is_named) {
            MTMI_CHECK_STATUS(note(in, bound, MTMI_CODE_PERIOD_MARK,
                                   bound->marked ? "a period without a footnote mark; it is read without it"
                                                 : "a name without a footnote mark; it is read without it",
                                   "look what the footnote says of these figures", err));
        }
    }
    return MTM_OK;
}

/* Two columns for one thing, and what runs across instead of down. */
static mtm_status settle_named(const mtmi_inference *in, mtm_error *err) {
    MTMI_CHECK_STATUS(settle_status(in, err));
    if (!in->resource->microdata) {
        mtmi_columns_axis(in);
    }
    MTMI_CHECK_STATUS(mtmi_columns_countries(in, err));
    MTMI_CHECK_STATUS(mtmi_columns_directions(in, err));
    mtmi_columns_names(in);
    MTMI_CHECK_STATUS(mtmi_columns_pcodes(in, err));
    MTMI_CHECK_STATUS(settle_twins(in, err));
    MTMI_CHECK_STATUS(settle_periods(in, err));
    MTMI_CHECK_STATUS(mtmi_columns_counted(in, err));
    MTMI_CHECK_STATUS(mtmi_columns_tagged(in, err));
    return note_tags(in, err);
}

/* Columns of figures by their names: periods, members, indicators. */
static mtm_status find_figures(const mtmi_inference *in, mtm_error *err) {
    if (count_role(in, MTMI_ROLE_VALUE) == 0) {
        MTMI_CHECK_STATUS(mtmi_columns_parts(in, err));
        MTMI_CHECK_STATUS(mtmi_columns_short_years(in, err));
        MTMI_CHECK_STATUS(mtmi_columns_periods(in, err));
        MTMI_CHECK_STATUS(mtmi_columns_members(in, err));
        MTMI_CHECK_STATUS(mtmi_columns_places(in, err));
        MTMI_CHECK_STATUS(note_cumulative(in, err));
        MTMI_CHECK_STATUS(note_marked(in, err));
    }
    mtmi_columns_from_until(in);
    if (count_role(in, MTMI_ROLE_PERIOD) + count_role(in, MTMI_ROLE_PERIOD_START) == 0) {
        MTMI_CHECK_STATUS(take_only(in, MTMI_PERIODS, MTMI_ROLE_PERIOD, err));
    }
    if (count_role(in, MTMI_ROLE_VALUE) == 0) {
        MTMI_CHECK_STATUS(mtmi_columns_measures(in, err));
    }
    return count_role(in, MTMI_ROLE_VALUE) == 0 ? take_only(in, MTMI_NUMBERS, MTMI_ROLE_VALUE, err) : MTM_OK;
}

/* Where neither rows nor columns nor sections have a period, the title or the names of the figures may say one. */
static mtm_status date_all(const mtmi_inference *in, mtm_error *err) {
    size_t dated = count_role(in, MTMI_ROLE_PERIOD) + count_role(in, MTMI_ROLE_PERIOD_START);

    for (size_t i = 0; i < in->columns->n; i++) {
        dated += (size_t)in->columns->at[i].has_period;
    }
    if (dated > 0 || count_role(in, MTMI_ROLE_VALUE) == 0 ||
        (in->columns->section_cell != SIZE_MAX && in->columns->section == NULL)) {
        return MTM_OK;
    }
    return mtmi_columns_title_period(in, err);
}

mtm_status mtmi_columns_infer(const mtmi_resource *resource, const mtmi_rows *rows, const mtmi_preview *head,
                              const mtmi_header *header, mtmi_check_log *log, mtmi_columns *columns, mtm_error *err) {
    const mtmi_inference in = {resource, rows, head, header, log, columns};

    MTMI_CHECK_STATUS(settle_named(&in, err));
    if (!resource->microdata) {
        mtmi_columns_period_rest(&in);
        MTMI_CHECK_STATUS(mtmi_columns_moment(&in, err));
        MTMI_CHECK_STATUS(mtmi_columns_year_part(&in, err));
        MTMI_CHECK_STATUS(find_figures(&in, err));
    }
    MTMI_CHECK_STATUS(take_open(&in, err));
    MTMI_CHECK_STATUS(mtmi_columns_dates(&in, err));
    if (!resource->microdata) {
        MTMI_CHECK_STATUS(mtmi_columns_titles_agree(&in, err));
        MTMI_CHECK_STATUS(mtmi_columns_flows_apart(&in, err));
        MTMI_CHECK_STATUS(mtmi_columns_sections(&in, err));
        MTMI_CHECK_STATUS(date_all(&in, err));
    }
    return resource->microdata ? MTM_OK : mtmi_columns_fill(&in, err);
}
