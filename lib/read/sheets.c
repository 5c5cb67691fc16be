/* Finds the sheets of a workbook that are parts of one table. A sheet that has other columns is left out, and that is noted:
 * a cover, a list of codes, a summary of the figures in other words. */
#include "read/sheets.h"

#include "base/error.h"
#include "base/memory.h"
#include "base/try.h"
#include "read/container.h"
#include "read/table/preview.h"
#include "read/table/columns.h"

#include <stdio.h>
#include <string.h>

/* The name of a column that the sheet's name fills is put into the last row of the header. */
typedef struct sheet_rows {
    mtmi_rows rows;
    const mtmi_resource *resource;
    mtmi_source *from;
    mtmi_limits limits;
    mtmi_check_log *log;
    mtmi_rows *inner; /* NULL before the first row and after the last */
    int ended;
    char number[24]; /* of the sheet, from 1 */
    char *name, *title;
    char *left_out;             /* names of sheets that are no parts, of the first part; NULL for none */
    size_t heading, tags, data; /* rows of the sheet, from 0: last of the header, of HXL tags, first that may be data */
    size_t at;
    mtmi_cell *cells;
    size_t capacity;
} sheet_rows;

/* ---- reading one ---- */

static mtm_status open_inner(sheet_rows *in, mtm_error *err) {
    mtmi_resource one = *in->resource;
    one.dialect.sheet = in->number;
    one.dialect.alike = 0;
    return mtmi_rows_open(&one, in->from, &in->limits, in->log, &in->inner, err);
}

/* A row with the cell of the sheet behind its own: rows that say nothing, and titles, have none. */
static mtm_status add_cell(sheet_rows *in, mtmi_row *row, mtm_error *err) {
    const char *text = "";
    void *cells = in->cells;
    if (row->n_cells == 0 || mtmi_row_blank(row)) {
        return MTM_OK;
    }
    if (in->at == in->heading) {
        text = in->resource->dialect.sheet_column;
    } else if (in->at >= in->data) {
        text = in->name;
    }
    if (!mtmi_memory_reserve(&cells, &in->capacity, row->n_cells + 1, sizeof *in->cells)) {
        return mtmi_error_memory(err);
    }
    in->cells = cells;
    memcpy(in->cells, row->cells, row->n_cells * sizeof *in->cells);
    in->cells[row->n_cells] = (mtmi_cell){text, strlen(text), 0};
    row->cells = in->cells;
    row->n_cells++;
    return MTM_OK;
}

static mtm_status next(mtmi_rows *rows, mtmi_row *out, int *got, mtm_error *err) {
    sheet_rows *in = (sheet_rows *)rows;
    *got = 0;
    if (in->ended) {
        return MTM_OK;
    }
    if (in->inner == NULL) {
        MTMI_CHECK_STATUS(open_inner(in, err));
    }
    MTMI_CHECK_STATUS(in->inner->next(in->inner, out, got, err));
    if (!*got) {
        mtmi_rows_free(in->inner);
        in->inner = NULL;
        in->ended = 1;
        return MTM_OK;
    }
    if (in->resource->dialect.sheet_column != NULL) {
        MTMI_CHECK_STATUS(add_cell(in, out, err));
    }
    in->at++;
    return MTM_OK;
}

static void free_rows(mtmi_rows *rows) {
    sheet_rows *in = (sheet_rows *)rows;
    mtmi_rows_free(in->inner);
    mtmi_memory_free(in->name);
    mtmi_memory_free(in->title);
    mtmi_memory_free(in->left_out);
    mtmi_memory_free(in->cells);
    mtmi_memory_free(in);
}

/* ---- which ones ---- */

typedef struct finding {
    const mtmi_resource *resource;
    mtmi_source *source;
    const mtmi_limits *limits;
    mtmi_check_log *log;
    mtmi_header like;   /* of the sheet that the others are held against */
    const char *sheets; /* as the rows have them; lent */
    mtmi_buffer left_out;
    mtmi_rows **rows;
    size_t n, capacity;
} finding;

/* One sheet with its header; n_names 0 where it has none. rows is the caller's to free. */
static mtm_status look_at(const finding *search, const char *sheet, mtmi_rows **rows, mtmi_header *header,
                          mtm_error *err) {
    mtmi_resource one = *search->resource;
    mtmi_preview head;
    mtm_error ignored = {0};
    mtm_status status = MTM_OK;
    memset(&head, 0, sizeof head);
    memset(header, 0, sizeof *header);
    one.dialect.sheet = (char *)(uintptr_t)sheet;
    one.dialect.alike = 0;
    MTMI_TRY(mtmi_rows_open(&one, search->source, search->limits, NULL, rows, err));
    MTMI_TRY(mtmi_preview_read(*rows, &head, err));
    status = mtmi_header_find(&one, *rows, &head, header, &ignored);
    if (status != MTM_OK) {
        mtmi_header_free(header);
        memset(header, 0, sizeof *header);
        status = status == MTM_ERROR_MEMORY ? mtmi_error_memory(err) : MTM_OK;
    }
out:
    mtmi_preview_free(&head);
    return status;
}

/* Two of three columns of the one that has fewer are in both: a level more, or a question that one round asked, is no
 * other table. */
static int is_alike(const mtmi_header *a, const mtmi_header *b) {
    size_t named[2] = {0, 0}, shared = 0;
    for (size_t i = 0; i < b->n_names; i++) {
        named[1] += b->names[i][0] != '\0';
    }
    for (size_t i = 0; i < a->n_names; i++) {
        const char *name = a->names[i];
        named[0] += name[0] != '\0';
        for (size_t k = 0; name[0] != '\0' && k < b->n_names; k++) {
            if (mtmi_name_same(name, strlen(name), b->names[k], strlen(b->names[k]))) {
                shared++;
                break;
            }
        }
    }
    const size_t fewer = named[0] < named[1] ? named[0] : named[1];
    return shared >= 2 && 3 * shared >= 2 * fewer;
}

static mtm_status add_part(finding *search, size_t number, const mtmi_rows *sheet, const mtmi_header *header,
                           mtm_error *err) {
    void *rows = search->rows;
    mtmi_buffer title = MTMI_BUFFER_INIT;
    if (!mtmi_memory_reserve(&rows, &search->capacity, search->n + 1, sizeof(mtmi_rows *))) {
        return mtmi_error_memory(err);
    }
    search->rows = rows;
    sheet_rows *in = mtmi_memory_new(1, sizeof *in);
    if (in == NULL) {
        return mtmi_error_memory(err);
    }
    search->rows[search->n++] = &in->rows;
    in->rows.next = next;
    in->rows.free = free_rows;
    in->rows.dialect = sheet->dialect;
    in->rows.total = sheet->total;
    in->resource = search->resource;
    in->from = search->source;
    in->limits = *search->limits;
    in->log = search->log;
    in->heading = header->first + header->n - 1;
    in->data = header->data;
    snprintf(in->number, sizeof in->number, "%zu", number);
    in->name = mtmi_memory_copy_text(sheet->dialect.sheet);
    mtmi_buffer_format(&title, "%s: %s", mtmi_source_name(search->source), sheet->dialect.sheet);
    in->title = title.failed ? NULL : mtmi_memory_copy_text(title.data);
    mtmi_buffer_free(&title);
    in->rows.name = in->title;
    return in->name == NULL || in->title == NULL ? mtmi_error_memory(err) : MTM_OK;
}

static mtm_status take_sheet(finding *search, size_t number, mtm_error *err) {
    char sheet[24];
    mtmi_rows *rows = NULL;
    mtmi_header header;
    mtm_status status = MTM_OK;
    snprintf(sheet, sizeof sheet, "%zu", number);
    MTMI_TRY(look_at(search, sheet, &rows, &header, err));
    if (is_alike(&search->like, &header)) {
        MTMI_TRY(add_part(search, number, rows, &header, err));
    } else {
        mtmi_buffer_text(&search->left_out, search->left_out.size > 0 ? ", " : "");
        mtmi_buffer_text(&search->left_out, rows->dialect.sheet);
    }
out:
    mtmi_header_free(&header);
    mtmi_rows_free(rows);
    return status;
}

/* What was left out is kept with the first part, until there is somebody to tell. */
static mtm_status keep_left_out(finding *search, mtm_error *err) {
    if (search->left_out.failed) {
        return mtmi_error_memory(err);
    }
    if (search->n > 0 && search->left_out.size > 0) {
        sheet_rows *first = (sheet_rows *)search->rows[0];
        first->left_out = mtmi_memory_copy_text(search->left_out.data);
        return first->left_out != NULL ? MTM_OK : mtmi_error_memory(err);
    }
    return MTM_OK;
}

enum { KINDS = 16 }; /* of sheets that are told apart */

/* The columns that most sheets have, of as many the first: a cover is like no other sheet. */
static mtm_status find_commonest(finding *search, mtm_error *err) {
    mtmi_header kinds[KINDS];
    size_t members[KINDS] = {0}, n = 0, best = 0;
    mtm_status status = MTM_OK;
    for (size_t i = 0; search->sheets[i] != '\0'; i++) {
        char sheet[24];
        mtmi_rows *rows = NULL;
        mtmi_header header;
        size_t k = 0;
        if (search->sheets[i] != 'v') {
            continue;
        }
        snprintf(sheet, sizeof sheet, "%zu", i + 1);
        status = look_at(search, sheet, &rows, &header, err);
        mtmi_rows_free(rows);
        while (status == MTM_OK && k < n && !is_alike(&kinds[k], &header)) {
            k++;
        }
        if (status == MTM_OK && k == n && n < KINDS && header.n_names > 1) {
            kinds[n++] = header;
            memset(&header, 0, sizeof header);
        }
        members[k < KINDS ? k : 0] += k < n;
        mtmi_header_free(&header);
        MTMI_TRY(status);
    }
    for (size_t k = 1; k < n; k++) {
        best = members[k] > members[best] ? k : best;
    }
    if (n > 0) {
        mtmi_header_free(&search->like);
        search->like = kinds[best];
        memset(&kinds[best], 0, sizeof kinds[best]);
    }
out:
    for (size_t k = 0; k < n; k++) {
        mtmi_header_free(&kinds[k]);
    }
    return status;
}

mtm_status mtmi_sheets_open(const mtmi_resource *resource, mtmi_source *source, const mtmi_limits *limits,
                            mtmi_check_log *log, mtmi_rows ***rows, size_t *n, mtm_error *err) {
    finding search = {.resource = resource, .source = source, .limits = limits, .log = log};
    mtmi_rows *like = NULL;
    mtm_status status = MTM_OK;
    search.left_out = (mtmi_buffer)MTMI_BUFFER_INIT;
    MTMI_TRY(look_at(&search, resource->dialect.sheet, &like, &search.like, err));
    search.sheets = like->sheets;
    if (search.sheets != NULL && resource->dialect.sheet == NULL) {
        MTMI_TRY(find_commonest(&search, err));
    }
    if (search.sheets == NULL || search.like.n_names == 0) {
        MTMI_TRY(mtmi_error_set(err, MTM_ERROR_STRUCTURE, MTMI_CODE_FILE, (mtmi_place){mtmi_source_name(source), 0, 0},
                                "found %s, expected a workbook for dialect.sheets",
                                search.sheets == NULL ? "no workbook" : "a sheet without a header"));
    }
    for (size_t i = 0; search.sheets[i] != '\0'; i++) {
        if (search.sheets[i] == 'v') {
            MTMI_TRY(take_sheet(&search, i + 1, err));
        }
    }
    MTMI_TRY(keep_left_out(&search, err));
out:
    mtmi_header_free(&search.like);
    mtmi_rows_free(like);
    mtmi_buffer_free(&search.left_out);
    *rows = search.rows;
    *n = search.n;
    return status;
}

mtm_status mtmi_sheets_say(mtmi_rows *const *rows, size_t n, mtmi_check_log *log, mtm_error *err) {
    const sheet_rows *first = n > 0 ? (const sheet_rows *)rows[0] : NULL;
    mtmi_diagnostic_input said = {0};
    if (log == NULL || first == NULL || first->left_out == NULL) {
        return MTM_OK;
    }
    said.code = MTMI_CODE_SHEET;
    said.found = first->left_out;
    said.found_size = strlen(first->left_out);
    said.expected = "sheets with the columns of the first; it was left out";
    said.hint = "describe it as a resource of its own, with dialect.sheetName, where it has other figures";
    return mtmi_check_add(log, &said, err);
}
