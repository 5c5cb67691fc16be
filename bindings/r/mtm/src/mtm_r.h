/* Helpers of the generated R module: convert between R objects and C values.
 * Memory is R's own (R_alloc) so that an error leaks nothing; a failed call returns a condition, which R code raises, so
 * that the library is never jumped over. Classes and documentation are in R/. */
#ifndef MTM_R_H
#define MTM_R_H

#define R_NO_REMAP
#include <R.h>
#include <Rinternals.h>
#include <mtm.h>
#include <mtm/arrow.h>

#include "mtm_r_frame.h"

#include <stdlib.h>
#include <string.h>

/* Text */

static SEXP mtm_r_text(const char *text) {
    return text == NULL ? R_NilValue : Rf_ScalarString(Rf_mkCharCE(text, CE_UTF8));
}

static const char *mtm_r_get_text(SEXP object, const char *what) {
    const char *text;
    if (Rf_isNull(object))
        return NULL;
    if (TYPEOF(object) != STRSXP || Rf_length(object) != 1 || STRING_ELT(object, 0) == NA_STRING)
        Rf_error("%s: expected one string", what);
    text = Rf_translateCharUTF8(STRING_ELT(object, 0));
    return text;
}

static const char *const *mtm_r_texts(SEXP object, size_t *n) {
    const char **texts;
    R_xlen_t i;
    if (TYPEOF(object) != STRSXP)
        Rf_error("expected a character vector");
    *n = (size_t)Rf_xlength(object);
    texts = (const char **)R_alloc(*n + 1, sizeof *texts);
    for (i = 0; i < (R_xlen_t)*n; i++) {
        if (STRING_ELT(object, i) == NA_STRING)
            Rf_error("expected a character vector without NA");
        texts[i] = Rf_translateCharUTF8(STRING_ELT(object, i));
    }
    return texts;
}

/* Numbers */

static double mtm_r_get_whole(SEXP object, double least, double most, const char *what) {
    double number = R_NaN;
    if (Rf_length(object) == 1 && TYPEOF(object) == INTSXP && INTEGER(object)[0] != NA_INTEGER)
        number = INTEGER(object)[0];
    if (Rf_length(object) == 1 && TYPEOF(object) == LGLSXP && LOGICAL(object)[0] != NA_LOGICAL)
        number = LOGICAL(object)[0];
    if (Rf_length(object) == 1 && TYPEOF(object) == REALSXP)
        number = REAL(object)[0];
    if (!(number >= least && number <= most) || number != (double)(int64_t)number)
        Rf_error("%s: expected one whole number from %.0f to %.0f", what, least, most);
    return number;
}

static SEXP mtm_r_count(double number) {
    return number <= INT_MAX && number >= -INT_MAX ? Rf_ScalarInteger((int)number) : Rf_ScalarReal(number);
}

/* Whole numbers of 64 bits, as bit64 keeps them. */
static SEXP mtm_r_int64(const int64_t *numbers, size_t n) {
    SEXP out = PROTECT(Rf_allocVector(REALSXP, (R_xlen_t)n));
    if (n > 0)
        memcpy(REAL(out), numbers, n * sizeof *numbers);
    Rf_setAttrib(out, R_ClassSymbol, Rf_mkString("integer64"));
    UNPROTECT(1);
    return out;
}

static SEXP mtm_r_int32(const int32_t *numbers, size_t n) {
    SEXP out = Rf_allocVector(INTSXP, (R_xlen_t)n);
    if (n > 0)
        memcpy(INTEGER(out), numbers, n * sizeof *numbers);
    return out;
}

/* A column of a dataset: one element for each observation, two for a period. */
static SEXP mtm_r_column(const mtm_dataset *dataset, mtm_column column, const void *address) {
    mtm_dataset_info info = MTM_DATASET_INFO_INIT;
    size_t n;
    mtm_dataset_get(dataset, MTM_LANGUAGE_EN, &info);
    n = address == NULL ? 0 : info.n_observations;
    switch (column) {
    case MTM_COLUMN_VALUE:
    case MTM_COLUMN_LINE: return mtm_r_int64(address, n);
    case MTM_COLUMN_STATUS: return Rf_ScalarString(Rf_mkCharLenCE(n > 0 ? address : "", (int)n, CE_UTF8));
    case MTM_COLUMN_PERIOD: return mtm_r_int32(address, 2 * n);
    case MTM_COLUMN_UNCOVERED: return address == NULL ? R_NilValue : mtm_r_int32(address, 2 * n);
    case MTM_COLUMN_RELEASE:
    case MTM_COLUMN_CODE: break;
    }
    return mtm_r_int32(address, n);
}

/* Values */

static SEXP mtm_r_period(mtm_period period) {
    SEXP out;
    if (period.first == INT32_MIN && period.last == INT32_MIN)
        return R_NilValue;
    out = Rf_allocVector(INTSXP, 2);
    INTEGER(out)[0] = period.first;
    INTEGER(out)[1] = period.last;
    return out;
}

static mtm_period mtm_r_get_period(SEXP object) {
    mtm_period period;
    if (TYPEOF(object) != INTSXP || Rf_length(object) != 2 || INTEGER(object)[0] == NA_INTEGER ||
        INTEGER(object)[1] == NA_INTEGER)
        Rf_error("expected a period as two days");
    period.first = INTEGER(object)[0];
    period.last = INTEGER(object)[1];
    return period;
}

static SEXP mtm_r_decimal(mtm_decimal value) {
    char text[64];
    mtm_decimal_describe(value, text, sizeof text);
    return mtm_r_text(text);
}

static SEXP mtm_r_letter(char letter) {
    char text[2] = {letter, '\0'};
    return mtm_r_text(text);
}

/* A named list, filled one by one. */
typedef struct mtm_r_list {
    SEXP list, names;
    int n;
} mtm_r_list;

static mtm_r_list mtm_r_list_new(int size) {
    mtm_r_list list = {PROTECT(Rf_allocVector(VECSXP, size)), R_NilValue, 0};
    list.names = PROTECT(Rf_allocVector(STRSXP, size));
    Rf_setAttrib(list.list, R_NamesSymbol, list.names);
    UNPROTECT(1); /* the list holds its names */
    list.names = Rf_getAttrib(list.list, R_NamesSymbol);
    return list;
}

static void mtm_r_list_add(mtm_r_list *list, const char *name, SEXP value) {
    PROTECT(value);
    SET_VECTOR_ELT(list->list, list->n, value);
    SET_STRING_ELT(Rf_getAttrib(list->list, R_NamesSymbol), list->n, Rf_mkChar(name));
    list->n++;
    UNPROTECT(1);
}

static SEXP mtm_r_list_end(mtm_r_list *list) {
    UNPROTECT(1);
    return list->list;
}

static SEXP mtm_r_comparison(const mtm_comparison *c) {
    mtm_r_list list = mtm_r_list_new(13);
    mtm_r_list_add(&list, "period", mtm_r_period(c->period));
    mtm_r_list_add(&list, "base", c->has_base ? mtm_r_decimal(c->base) : R_NilValue);
    mtm_r_list_add(&list, "absolute", c->has_base ? mtm_r_decimal(c->absolute) : R_NilValue);
    mtm_r_list_add(&list, "percent", c->has_percent ? mtm_r_decimal(c->percent) : R_NilValue);
    mtm_r_list_add(&list, "reason", Rf_ScalarInteger(c->reason));
    mtm_r_list_add(&list, "base_status", mtm_r_letter(c->base_status));
    mtm_r_list_add(&list, "like_common", mtm_r_count((double)c->like_common));
    mtm_r_list_add(&list, "like_value", c->has_like ? mtm_r_decimal(c->like_value) : R_NilValue);
    mtm_r_list_add(&list, "like_base", c->has_like ? mtm_r_decimal(c->like_base) : R_NilValue);
    mtm_r_list_add(&list, "like_absolute", c->has_like ? mtm_r_decimal(c->like_absolute) : R_NilValue);
    mtm_r_list_add(&list, "like_percent", c->has_like ? mtm_r_decimal(c->like_percent) : R_NilValue);
    mtm_r_list_add(&list, "like_value_share", c->has_like ? mtm_r_decimal(c->like_value_share) : R_NilValue);
    mtm_r_list_add(&list, "like_base_share", c->has_like ? mtm_r_decimal(c->like_base_share) : R_NilValue);
    return mtm_r_list_end(&list);
}

static SEXP mtm_r_row(const mtm_row *row) {
    mtm_r_list list = mtm_r_list_new(7);
    mtm_r_list_add(&list, "code", mtm_r_text(row->code));
    mtm_r_list_add(&list, "label", mtm_r_text(row->label));
    mtm_r_list_add(&list, "value", row->has_value ? mtm_r_decimal(row->value) : R_NilValue);
    mtm_r_list_add(&list, "share", row->has_share ? mtm_r_decimal(row->share) : R_NilValue);
    mtm_r_list_add(&list, "rank", Rf_ScalarInteger(row->rank));
    mtm_r_list_add(&list, "kind", Rf_ScalarInteger(row->kind));
    mtm_r_list_add(&list, "status", mtm_r_letter(row->status));
    return mtm_r_list_end(&list);
}

static SEXP mtm_r_extent(const mtm_extent *extent) {
    mtm_r_list list = mtm_r_list_new(9);
    mtm_r_list_add(&list, "text", mtm_r_text(extent->text));
    mtm_r_list_add(&list, "number", mtm_r_count((double)extent->number));
    mtm_r_list_add(&list, "told", mtm_r_text(extent->told));
    mtm_r_list_add(&list, "expected", mtm_r_count((double)extent->expected));
    mtm_r_list_add(&list, "covered", mtm_r_count((double)extent->covered));
    mtm_r_list_add(&list, "absent", mtm_r_count((double)extent->absent));
    mtm_r_list_add(&list, "assumed", mtm_r_count((double)extent->assumed));
    mtm_r_list_add(&list, "fresh", mtm_r_count((double)extent->fresh));
    mtm_r_list_add(&list, "frame", Rf_ScalarInteger(extent->frame));
    return mtm_r_list_end(&list);
}

static SEXP mtm_r_row_table(const mtm_row_table *table) {
    mtm_r_list list = mtm_r_list_new(9);
    SEXP names = PROTECT(Rf_allocVector(STRSXP, (R_xlen_t)table->n_columns));
    size_t i;
    for (i = 0; i < table->n_columns; i++)
        SET_STRING_ELT(names, (R_xlen_t)i, Rf_mkCharCE(table->names[i], CE_UTF8));
    mtm_r_list_add(&list, "title", mtm_r_text(table->title));
    mtm_r_list_add(&list, "sheet", mtm_r_text(table->sheet));
    mtm_r_list_add(&list, "names", names);
    mtm_r_list_add(&list, "header_rows", mtm_r_count((double)table->header_rows));
    mtm_r_list_add(&list, "line", mtm_r_count((double)table->line));
    mtm_r_list_add(&list, "rows", mtm_r_count((double)table->rows));
    mtm_r_list_add(&list, "encoding", mtm_r_text(table->encoding));
    mtm_r_list_add(&list, "delimiter", mtm_r_letter(table->delimiter));
    mtm_r_list_add(&list, "quote", mtm_r_letter(table->quote));
    UNPROTECT(1);
    return mtm_r_list_end(&list);
}

/* A vector of a list of vectors, twice as long; new elements of text are NA. */
static SEXP mtm_r_longer(SEXP list, R_xlen_t at, R_xlen_t size) {
    SEXP old = VECTOR_ELT(list, at), out = PROTECT(Rf_allocVector(TYPEOF(old), size));
    R_xlen_t i, n = Rf_xlength(old);
    for (i = 0; i < size; i++) {
        if (TYPEOF(old) == STRSXP)
            SET_STRING_ELT(out, i, i < n ? STRING_ELT(old, i) : NA_STRING);
        else if (TYPEOF(old) == VECSXP)
            SET_VECTOR_ELT(out, i, i < n ? VECTOR_ELT(old, i) : R_NilValue);
        else
            REAL(out)[i] = i < n ? REAL(old)[i] : 0;
    }
    SET_VECTOR_ELT(list, at, out);
    UNPROTECT(1);
    return out;
}

/* Line and column of the cells that a row has: a matrix of two columns. */
static SEXP mtm_r_places(const mtm_row_reader *reader, const mtm_table_row *row) {
    size_t n = 0, i;
    SEXP out;
    while (n < row->n_cells && row->cells[n].text != NULL)
        n++;
    out = PROTECT(Rf_allocMatrix(REALSXP, (int)n, 2));
    for (i = 0; i < n; i++) {
        int64_t line = 0, column = 0;
        mtm_row_reader_place(reader, i, &line, &column);
        REAL(out)[i] = (double)line;
        REAL(out)[n + i] = (double)column;
    }
    UNPROTECT(1);
    return out;
}

/* One row into the columns, which widen and lengthen as they must. */
static void mtm_r_add_row(SEXP cells, size_t *width, R_xlen_t at, R_xlen_t size, const mtm_table_row *row) {
    size_t i;
    for (i = *width; i < row->n_cells; i++) {
        SEXP column = PROTECT(Rf_allocVector(STRSXP, 0));
        SET_VECTOR_ELT(cells, (R_xlen_t)i, column);
        mtm_r_longer(cells, (R_xlen_t)i, size);
        UNPROTECT(1);
    }
    *width = row->n_cells > *width ? row->n_cells : *width;
    for (i = 0; i < row->n_cells; i++) {
        const mtm_row_cell *cell = &row->cells[i];
        if (cell->text != NULL)
            SET_STRING_ELT(VECTOR_ELT(cells, (R_xlen_t)i), at, Rf_mkCharLenCE(cell->text, (int)cell->length, CE_UTF8));
    }
}

/* All rows: a list of the columns' texts, the lines, and, where asked for, the places. An error of R leaves the reader to its
 * finalizer. */
static mtm_status mtm_r_row_columns(mtm_row_reader *reader, int places, SEXP *out, mtm_error *err) {
    enum { MOST = 16384 };
    mtm_row_table table = {.size = sizeof table};
    mtm_table_row row = {sizeof row, NULL, 0, 0};
    SEXP all = PROTECT(Rf_allocVector(VECSXP, 3)), cells = PROTECT(Rf_allocVector(VECSXP, MOST));
    R_xlen_t n = 0, size = 0, i;
    size_t width = 0;
    int got = 1;
    mtm_status status = MTM_OK;
    mtm_row_reader_table(reader, 0, &table);
    SET_VECTOR_ELT(all, 0, cells);
    SET_VECTOR_ELT(all, 1, Rf_allocVector(REALSXP, 0));
    SET_VECTOR_ELT(all, 2, Rf_allocVector(VECSXP, 0));
    row.n_cells = table.n_columns < MOST ? table.n_columns : MOST;
    for (i = 0; i < (R_xlen_t)row.n_cells; i++)
        SET_VECTOR_ELT(cells, i, Rf_allocVector(STRSXP, 0));
    width = row.n_cells;
    while ((status = mtm_row_reader_next(reader, &row, &got, err)) == MTM_OK && got) {
        if (row.n_cells > MOST)
            Rf_error("line %.0f has more than %d cells", (double)row.line, (int)MOST);
        if (n == size) {
            size = size == 0 ? 64 : 2 * size;
            for (i = 0; i < (R_xlen_t)width; i++)
                mtm_r_longer(cells, i, size);
            mtm_r_longer(all, 1, size);
            mtm_r_longer(all, 2, places ? size : 0);
        }
        mtm_r_add_row(cells, &width, n, size, &row);
        REAL(VECTOR_ELT(all, 1))[n] = (double)row.line;
        if (places)
            SET_VECTOR_ELT(VECTOR_ELT(all, 2), n, mtm_r_places(reader, &row));
        n++;
    }
    for (i = 0; status == MTM_OK && i < (R_xlen_t)width; i++)
        SET_VECTOR_ELT(cells, i, Rf_xlengthgets(VECTOR_ELT(cells, i), n));
    if (status == MTM_OK) {
        SET_VECTOR_ELT(all, 0, Rf_xlengthgets(cells, (R_xlen_t)width));
        SET_VECTOR_ELT(all, 1, Rf_xlengthgets(VECTOR_ELT(all, 1), n));
        SET_VECTOR_ELT(all, 2, Rf_xlengthgets(VECTOR_ELT(all, 2), places ? n : 0));
    }
    *out = all;
    UNPROTECT(2);
    return status;
}

static SEXP mtm_r_point(mtm_period period, mtm_decimal value) {
    mtm_r_list list = mtm_r_list_new(2);
    mtm_r_list_add(&list, "period", mtm_r_period(period));
    mtm_r_list_add(&list, "value", mtm_r_decimal(value));
    return mtm_r_list_end(&list);
}

static SEXP mtm_r_step(const mtm_step *step) {
    mtm_r_list list = mtm_r_list_new(12);
    mtm_r_list_add(&list, "dataset", mtm_r_text(step->dataset));
    mtm_r_list_add(&list, "file", mtm_r_text(step->file));
    mtm_r_list_add(&list, "edition", mtm_r_text(step->edition));
    mtm_r_list_add(&list, "row", mtm_r_text(step->row));
    mtm_r_list_add(&list, "period", mtm_r_period(step->period));
    mtm_r_list_add(&list, "release", mtm_r_period(step->release));
    mtm_r_list_add(&list, "value", mtm_r_decimal(step->value));
    mtm_r_list_add(&list, "line", mtm_r_count((double)step->line));
    mtm_r_list_add(&list, "column", Rf_ScalarInteger(step->column));
    mtm_r_list_add(&list, "of", Rf_ScalarInteger(step->of));
    mtm_r_list_add(&list, "operation", Rf_ScalarInteger(step->operation));
    mtm_r_list_add(&list, "status", mtm_r_letter(step->status));
    return mtm_r_list_end(&list);
}

static SEXP mtm_r_diagnostic(const mtm_diagnostic *d) {
    mtm_r_list list = mtm_r_list_new(9);
    mtm_r_list_add(&list, "file", mtm_r_text(d->file));
    mtm_r_list_add(&list, "found", mtm_r_text(d->found));
    mtm_r_list_add(&list, "expected", mtm_r_text(d->expected));
    mtm_r_list_add(&list, "hint", mtm_r_text(d->hint));
    mtm_r_list_add(&list, "record", mtm_r_text(d->record));
    mtm_r_list_add(&list, "line", mtm_r_count((double)d->line));
    mtm_r_list_add(&list, "column", mtm_r_count((double)d->column));
    mtm_r_list_add(&list, "error", Rf_ScalarInteger(d->error));
    mtm_r_list_add(&list, "code", Rf_ScalarInteger(d->code));
    return mtm_r_list_end(&list);
}

/* A lent address, as below. */
static SEXP mtm_r_lend(const void *address, const char *type);

static SEXP mtm_r_match(const mtm_match *match) {
    mtm_r_list list = mtm_r_list_new(3);
    int i, n = 0;
    SEXP codes;
    while (n < MTM_MATCH_CODES && match->codes[n] != NULL)
        n++;
    codes = PROTECT(Rf_allocVector(STRSXP, n));
    for (i = 0; i < n; i++)
        SET_STRING_ELT(codes, i, Rf_mkCharCE(match->codes[i], CE_UTF8));
    mtm_r_list_add(&list, "kind", Rf_ScalarInteger(match->kind));
    mtm_r_list_add(&list, "codes", codes);
    mtm_r_list_add(&list, "note", mtm_r_text(match->note));
    UNPROTECT(1);
    return mtm_r_list_end(&list);
}

static SEXP mtm_r_codelist_info(const mtm_codelist_info *info) {
    mtm_r_list list = mtm_r_list_new(3);
    mtm_r_list_add(&list, "id", mtm_r_text(info->id));
    mtm_r_list_add(&list, "title", mtm_r_text(info->title));
    mtm_r_list_add(&list, "source", mtm_r_text(info->source));
    return mtm_r_list_end(&list);
}

static SEXP mtm_r_dataset_info(const mtm_dataset_info *info) {
    mtm_r_list list = mtm_r_list_new(22);
    mtm_r_list_add(&list, "name", mtm_r_text(info->name));
    mtm_r_list_add(&list, "title", mtm_r_text(info->title));
    mtm_r_list_add(&list, "concept", mtm_r_text(info->concept_id));
    mtm_r_list_add(&list, "unit", mtm_r_text(info->unit));
    mtm_r_list_add(&list, "kind", Rf_ScalarInteger(info->kind));
    mtm_r_list_add(&list, "multiplier", Rf_ScalarInteger(info->multiplier));
    mtm_r_list_add(&list, "decimals", Rf_ScalarInteger(info->decimals));
    mtm_r_list_add(&list, "cumulative", Rf_ScalarLogical(info->cumulative));
    mtm_r_list_add(&list, "microdata", Rf_ScalarLogical(info->microdata));
    mtm_r_list_add(&list, "confidential", Rf_ScalarLogical(info->confidential));
    mtm_r_list_add(&list, "n_observations", mtm_r_count((double)info->n_observations));
    mtm_r_list_add(&list, "n_dimensions", mtm_r_count((double)info->n_dimensions));
    mtm_r_list_add(&list, "n_releases", mtm_r_count((double)info->n_releases));
    mtm_r_list_add(&list, "file", mtm_r_text(info->file));
    mtm_r_list_add(&list, "publisher", mtm_r_text(info->publisher));
    mtm_r_list_add(&list, "publication", mtm_r_text(info->publication));
    mtm_r_list_add(&list, "address", mtm_r_text(info->address));
    mtm_r_list_add(&list, "accessed", mtm_r_text(info->accessed));
    mtm_r_list_add(&list, "licence", mtm_r_text(info->licence));
    mtm_r_list_add(&list, "coverage", mtm_r_text(info->coverage));
    mtm_r_list_add(&list, "on_request", Rf_ScalarLogical(info->on_request));
    mtm_r_list_add(&list, "methodology_public",
                   Rf_ScalarLogical(info->methodology_public < 0 ? NA_LOGICAL : info->methodology_public));
    return mtm_r_list_end(&list);
}

static SEXP mtm_r_store_release(const mtm_store_release *release) {
    mtm_r_list list = mtm_r_list_new(10);
    SEXP names = PROTECT(Rf_allocVector(STRSXP, (R_xlen_t)release->n_supersedes));
    size_t i;
    for (i = 0; i < release->n_supersedes; i++)
        SET_STRING_ELT(names, (R_xlen_t)i, Rf_mkCharCE(release->supersedes[i], CE_UTF8));
    mtm_r_list_add(&list, "source", mtm_r_text(release->source));
    mtm_r_list_add(&list, "release", mtm_r_text(release->release));
    mtm_r_list_add(&list, "released", mtm_r_text(release->released));
    mtm_r_list_add(&list, "received", mtm_r_text(release->received));
    mtm_r_list_add(&list, "by", mtm_r_text(release->by));
    mtm_r_list_add(&list, "note", mtm_r_text(release->note));
    mtm_r_list_add(&list, "supersedes", names);
    UNPROTECT(1);
    mtm_r_list_add(&list, "superseded_by", mtm_r_text(release->superseded_by));
    mtm_r_list_add(&list, "n_files", mtm_r_count((double)release->n_files));
    mtm_r_list_add(&list, "n_bytes", mtm_r_count((double)release->n_bytes));
    return mtm_r_list_end(&list);
}

static SEXP mtm_r_release(const mtm_release *release) {
    mtm_r_list list = mtm_r_list_new(2);
    mtm_r_list_add(&list, "date", mtm_r_period(release->date));
    mtm_r_list_add(&list, "edition", mtm_r_text(release->edition));
    return mtm_r_list_end(&list);
}

static SEXP mtm_r_dimension(const mtm_dimension *dimension) {
    mtm_r_list list = mtm_r_list_new(3);
    mtm_r_list_add(&list, "name", mtm_r_text(dimension->name));
    mtm_r_list_add(&list, "list", mtm_r_lend(dimension->list, "mtm_codelist"));
    mtm_r_list_add(&list, "n_members", mtm_r_count((double)dimension->n_members));
    return mtm_r_list_end(&list);
}

static SEXP mtm_r_member(const mtm_member *member) {
    mtm_r_list list = mtm_r_list_new(3);
    mtm_r_list_add(&list, "code", mtm_r_text(member->code));
    mtm_r_list_add(&list, "label", mtm_r_text(member->label));
    mtm_r_list_add(&list, "kind", Rf_ScalarInteger(member->kind));
    return mtm_r_list_end(&list);
}

static SEXP mtm_r_package_info(const mtm_package_info *info) {
    mtm_r_list list = mtm_r_list_new(6);
    mtm_r_list_add(&list, "title", mtm_r_text(info->title));
    mtm_r_list_add(&list, "country", mtm_r_text(info->country));
    mtm_r_list_add(&list, "period", info->has_period ? mtm_r_period(info->period) : R_NilValue);
    mtm_r_list_add(&list, "n_left_out", Rf_ScalarReal((double)info->n_left_out));
    mtm_r_list_add(&list, "n_microdata", Rf_ScalarReal((double)info->n_microdata));
    mtm_r_list_add(&list, "n_surveys", Rf_ScalarReal((double)info->n_surveys));
    return mtm_r_list_end(&list);
}

static SEXP mtm_r_indicator_info(const mtm_indicator_info *info) {
    mtm_r_list list = mtm_r_list_new(7);
    mtm_r_list_add(&list, "id", mtm_r_text(info->id));
    mtm_r_list_add(&list, "title", mtm_r_text(info->title));
    mtm_r_list_add(&list, "definition", mtm_r_text(info->definition));
    mtm_r_list_add(&list, "section", mtm_r_text(info->section));
    mtm_r_list_add(&list, "concept", mtm_r_text(info->concept_id));
    mtm_r_list_add(&list, "unit", mtm_r_text(info->unit));
    mtm_r_list_add(&list, "dimension", mtm_r_text(info->dimension));
    return mtm_r_list_end(&list);
}

static SEXP mtm_r_result_info(const mtm_result_info *info) {
    mtm_r_list list = mtm_r_list_new(25);
    mtm_r_list_add(&list, "id", mtm_r_text(info->id));
    mtm_r_list_add(&list, "title", mtm_r_text(info->title));
    mtm_r_list_add(&list, "section", mtm_r_text(info->section));
    mtm_r_list_add(&list, "concept", mtm_r_text(info->concept_id));
    mtm_r_list_add(&list, "unit", mtm_r_text(info->unit));
    mtm_r_list_add(&list, "dimension", mtm_r_text(info->dimension));
    mtm_r_list_add(&list, "period", mtm_r_period(info->period));
    mtm_r_list_add(&list, "observed", mtm_r_period(info->observed));
    mtm_r_list_add(&list, "value", info->has_value ? mtm_r_decimal(info->value) : R_NilValue);
    mtm_r_list_add(&list, "reason", Rf_ScalarInteger(info->reason));
    mtm_r_list_add(&list, "breakdown_reason", Rf_ScalarInteger(info->breakdown_reason));
    mtm_r_list_add(&list, "kind", Rf_ScalarInteger(info->kind));
    mtm_r_list_add(&list, "multiplier", Rf_ScalarInteger(info->multiplier));
    mtm_r_list_add(&list, "flags", mtm_r_count((double)info->flags));
    mtm_r_list_add(&list, "n_rows", mtm_r_count((double)info->n_rows));
    mtm_r_list_add(&list, "n_points", mtm_r_count((double)info->n_points));
    mtm_r_list_add(&list, "n_steps", mtm_r_count((double)info->n_steps));
    mtm_r_list_add(&list, "status", mtm_r_letter(info->status));
    mtm_r_list_add(&list, "told", mtm_r_text(info->told));
    mtm_r_list_add(&list, "expected", mtm_r_count((double)info->expected));
    mtm_r_list_add(&list, "covered", mtm_r_count((double)info->covered));
    mtm_r_list_add(&list, "absent", mtm_r_count((double)info->absent));
    mtm_r_list_add(&list, "assumed", mtm_r_count((double)info->assumed));
    mtm_r_list_add(&list, "fresh", mtm_r_count((double)info->fresh));
    mtm_r_list_add(&list, "frame", Rf_ScalarInteger(info->frame));
    return mtm_r_list_end(&list);
}

static SEXP mtm_r_limitation(const mtm_limitation *limitation) {
    mtm_r_list list = mtm_r_list_new(4);
    mtm_r_list_add(&list, "kind", mtm_r_text(limitation->kind));
    mtm_r_list_add(&list, "title", mtm_r_text(limitation->title));
    mtm_r_list_add(&list, "indicator", mtm_r_text(limitation->indicator));
    mtm_r_list_add(&list, "text", mtm_r_text(limitation->text));
    return mtm_r_list_end(&list);
}

static SEXP mtm_r_reference(const mtm_reference *reference) {
    mtm_r_list list = mtm_r_list_new(9);
    mtm_r_list_add(&list, "publisher", mtm_r_text(reference->publisher));
    mtm_r_list_add(&list, "title", mtm_r_text(reference->title));
    mtm_r_list_add(&list, "address", mtm_r_text(reference->address));
    mtm_r_list_add(&list, "licence", mtm_r_text(reference->licence));
    mtm_r_list_add(&list, "accessed", mtm_r_text(reference->accessed));
    mtm_r_list_add(&list, "text", mtm_r_text(reference->text));
    mtm_r_list_add(&list, "release", mtm_r_period(reference->release));
    mtm_r_list_add(&list, "on_request", Rf_ScalarLogical(reference->on_request));
    mtm_r_list_add(&list, "methodology_public",
                   Rf_ScalarLogical(reference->methodology_public < 0 ? NA_LOGICAL : reference->methodology_public));
    return mtm_r_list_end(&list);
}

/* What a callable said when it failed: it takes the place of the library's own words. R has one thread. */
static char mtm_r_last_words[512];

/* What a failed call returns; R/condition.R makes a condition of it and raises it. */
static SEXP mtm_r_failure(const mtm_error *error) {
    mtm_r_list list = mtm_r_list_new(6);
    mtm_r_list_add(&list, "status", mtm_r_text(mtm_status_name((mtm_status)error->status)));
    mtm_r_list_add(&list, "code", Rf_ScalarInteger(error->code));
    mtm_r_list_add(&list, "line", mtm_r_count((double)error->line));
    mtm_r_list_add(&list, "column", mtm_r_count((double)error->column));
    mtm_r_list_add(&list, "subject", mtm_r_text(error->subject));
    mtm_r_list_add(&list, "message",
                   mtm_r_text(error->status == MTM_ERROR_CANCELLED && mtm_r_last_words[0] != '\0' ? mtm_r_last_words
                                                                                                  : error->message));
    Rf_setAttrib(list.list, R_ClassSymbol, Rf_mkString("mtm_failure"));
    return mtm_r_list_end(&list);
}

/* Handles */

static void *mtm_r_get_handle(SEXP object, const char *type) {
    if (TYPEOF(object) != EXTPTRSXP || R_ExternalPtrTag(object) != Rf_install(type))
        Rf_error("expected an %s", type);
    if (R_ExternalPtrAddr(object) == NULL)
        Rf_error("this %s is closed, or comes from a saved workspace: make it again from its data", type);
    return R_ExternalPtrAddr(object);
}

/* Lent: the R object made of it keeps its owner alive. */
static SEXP mtm_r_lend(const void *address, const char *type) {
    return address == NULL ? R_NilValue : R_MakeExternalPtr((void *)(uintptr_t)address, Rf_install(type), R_NilValue);
}

/* Options: a named list of the struct's own names. */

typedef struct mtm_r_call {
    SEXP callable;
    int failed, interrupted;
    mtm_period periods[2];
} mtm_r_call;

static void mtm_r_check_interrupt(void *unused) {
    (void)unused;
    R_CheckUserInterrupt();
}

static int mtm_r_progress(uint64_t done, uint64_t total, void *data) {
    mtm_r_call *call = data;
    SEXP expression, answer;
    int failed = 0, stop;
    if (!R_ToplevelExec(mtm_r_check_interrupt, NULL)) {
        call->interrupted = 1;
        return 1;
    }
    if (call->callable == NULL || Rf_isNull(call->callable))
        return 0;
    expression =
        PROTECT(Rf_lang3(call->callable, PROTECT(Rf_ScalarReal((double)done)), PROTECT(Rf_ScalarReal((double)total))));
    answer = R_tryEvalSilent(expression, R_GlobalEnv, &failed);
    call->failed = failed;
    if (failed) {
        SEXP words = PROTECT(R_tryEvalSilent(PROTECT(Rf_lang1(Rf_install("geterrmessage"))), R_BaseEnv, NULL));
        strncpy(mtm_r_last_words, words == NULL ? "" : CHAR(STRING_ELT(words, 0)), sizeof mtm_r_last_words - 1);
        UNPROTECT(2);
        mtm_r_last_words[strcspn(mtm_r_last_words, "\n")] = '\0';
    }
    stop = failed || (TYPEOF(answer) == LGLSXP && Rf_length(answer) == 1 && LOGICAL(answer)[0] == 0);
    UNPROTECT(3);
    return stop;
}

typedef enum mtm_r_kind {
    MTM_R_INT,
    MTM_R_SIGN,
    MTM_R_UNSIGNED,
    MTM_R_TEXT,
    MTM_R_PERIOD,
    MTM_R_PERIODS,
    MTM_R_SUPERSEDES, /* character, and behind it how many */
    MTM_R_REAL,
    MTM_R_SURVEY
} mtm_r_kind;

typedef struct mtm_r_option {
    const char *name;
    mtm_r_kind kind;
    size_t offset;
} mtm_r_option;

/* An integer vector of pairs of days. */
static void mtm_r_periods(SEXP value, mtm_compute_options *options) {
    R_xlen_t i, n = Rf_xlength(value);
    mtm_period *periods;
    if (TYPEOF(value) != INTSXP || n % 2 != 0)
        Rf_error("periods: expected pairs of days");
    periods = (mtm_period *)(void *)R_alloc((size_t)n / 2 + 1, sizeof *periods);
    for (i = 0; i < n / 2; i++) {
        periods[i].first = INTEGER(value)[2 * i];
        periods[i].last = INTEGER(value)[2 * i + 1];
    }
    options->periods = periods;
    options->n_periods = (size_t)n / 2;
}

static void mtm_r_supersedes(SEXP value, mtm_store_release *release) {
    R_xlen_t i, n = Rf_xlength(value);
    const char **names;
    if (TYPEOF(value) != STRSXP)
        Rf_error("supersedes: expected names of releases");
    names = (const char **)(void *)R_alloc((size_t)n + 1, sizeof *names);
    for (i = 0; i < n; i++)
        names[i] = Rf_translateCharUTF8(STRING_ELT(value, i));
    release->supersedes = names;
    release->n_supersedes = (size_t)n;
}

static void mtm_r_option_set(const mtm_r_option *option, SEXP value, char *options, mtm_r_call *call) {
    mtm_period *period;
    switch (option->kind) {
    case MTM_R_INT:
        *(int32_t *)(void *)(options + option->offset) =
            (int32_t)mtm_r_get_whole(value, INT32_MIN, INT32_MAX, option->name);
        break;
    case MTM_R_SIGN: options[option->offset] = (char)mtm_r_get_whole(value, 0, 127, option->name); break;
    case MTM_R_UNSIGNED:
        *(uint64_t *)(void *)(options + option->offset) =
            (uint64_t)mtm_r_get_whole(value, 0, 9007199254740992.0, option->name);
        break;
    case MTM_R_TEXT: *(const char **)(void *)(options + option->offset) = mtm_r_get_text(value, option->name); break;
    case MTM_R_PERIOD:
        period = call->periods[0].last < call->periods[0].first ? &call->periods[0] : &call->periods[1];
        *period = mtm_r_get_period(value);
        *(const mtm_period **)(void *)(options + option->offset) = period;
        break;
    case MTM_R_REAL: *(double *)(void *)(options + option->offset) = Rf_asReal(value); break;
    case MTM_R_SUPERSEDES: mtm_r_supersedes(value, (mtm_store_release *)(void *)options); break;
    case MTM_R_PERIODS: mtm_r_periods(value, (mtm_compute_options *)(void *)options); break;
    case MTM_R_SURVEY:
        *(const mtm_survey **)(void *)(options + option->offset) = mtm_r_get_handle(value, "mtm_survey");
        break;
    }
}

static void mtm_r_options(SEXP list, const mtm_r_option *known, size_t n, void *options, mtm_r_call *call) {
    SEXP names = Rf_getAttrib(list, R_NamesSymbol);
    R_xlen_t at;
    size_t i;
    memset(call, 0, sizeof *call);
    memset(mtm_r_last_words, 0, sizeof mtm_r_last_words);
    call->callable = R_NilValue;
    call->periods[0] = call->periods[1] = (mtm_period){1, 0};
    if (Rf_isNull(list))
        return;
    if (TYPEOF(list) != VECSXP || (Rf_length(list) > 0 && Rf_isNull(names)))
        Rf_error("expected a named list of options");
    for (at = 0; at < Rf_xlength(list); at++) {
        const char *name = CHAR(STRING_ELT(names, at));
        SEXP value = VECTOR_ELT(list, at);
        if (Rf_isNull(value))
            continue;
        if (strcmp(name, "progress") == 0) {
            if (!Rf_isFunction(value))
                Rf_error("progress: expected a function");
            call->callable = value;
            continue;
        }
        for (i = 0; i < n && strcmp(known[i].name, name) != 0; i++) {}
        if (i == n)
            Rf_error("there is no option '%s'", name);
        mtm_r_option_set(&known[i], value, options, call);
    }
}

#define MTM_R_OPTION(type, kind, name)                                                                                 \
    { #name, kind, offsetof(type, name) }

static const mtm_r_option mtm_r_read_options[] = {MTM_R_OPTION(mtm_read_options, MTM_R_TEXT, resource),
                                                  MTM_R_OPTION(mtm_read_options, MTM_R_UNSIGNED, max_field),
                                                  MTM_R_OPTION(mtm_read_options, MTM_R_UNSIGNED, max_record),
                                                  MTM_R_OPTION(mtm_read_options, MTM_R_UNSIGNED, max_columns),
                                                  MTM_R_OPTION(mtm_read_options, MTM_R_UNSIGNED, max_expansion),
                                                  MTM_R_OPTION(mtm_read_options, MTM_R_INT, allow_guess),
                                                  MTM_R_OPTION(mtm_read_options, MTM_R_INT, leave_out),
                                                  MTM_R_OPTION(mtm_read_options, MTM_R_TEXT, country),
                                                  {"concept", MTM_R_TEXT, offsetof(mtm_read_options, concept_id)},
                                                  MTM_R_OPTION(mtm_read_options, MTM_R_TEXT, kind),
                                                  MTM_R_OPTION(mtm_read_options, MTM_R_TEXT, unit),
                                                  MTM_R_OPTION(mtm_read_options, MTM_R_TEXT, direction),
                                                  MTM_R_OPTION(mtm_read_options, MTM_R_TEXT, boundaries),
                                                  MTM_R_OPTION(mtm_read_options, MTM_R_PERIOD, as_of),
                                                  MTM_R_OPTION(mtm_read_options, MTM_R_INT, show_rows)};

static const mtm_r_option mtm_r_store_options[] = {MTM_R_OPTION(mtm_store_release, MTM_R_TEXT, source),
                                                   MTM_R_OPTION(mtm_store_release, MTM_R_TEXT, release),
                                                   MTM_R_OPTION(mtm_store_release, MTM_R_TEXT, released),
                                                   MTM_R_OPTION(mtm_store_release, MTM_R_TEXT, received),
                                                   MTM_R_OPTION(mtm_store_release, MTM_R_TEXT, by),
                                                   MTM_R_OPTION(mtm_store_release, MTM_R_TEXT, note),
                                                   MTM_R_OPTION(mtm_store_release, MTM_R_SUPERSEDES, supersedes)};

static const mtm_r_option mtm_r_tabulate_options[] = {MTM_R_OPTION(mtm_tabulate_options, MTM_R_INT, threads),
                                                      MTM_R_OPTION(mtm_tabulate_options, MTM_R_INT, simd),
                                                      MTM_R_OPTION(mtm_tabulate_options, MTM_R_UNSIGNED, max_field),
                                                      MTM_R_OPTION(mtm_tabulate_options, MTM_R_UNSIGNED, max_record),
                                                      MTM_R_OPTION(mtm_tabulate_options, MTM_R_UNSIGNED, max_columns),
                                                      MTM_R_OPTION(mtm_tabulate_options, MTM_R_UNSIGNED, max_expansion),
                                                      MTM_R_OPTION(mtm_tabulate_options, MTM_R_UNSIGNED, max_cells),
                                                      MTM_R_OPTION(mtm_tabulate_options, MTM_R_UNSIGNED, max_labels),
                                                      MTM_R_OPTION(mtm_tabulate_options, MTM_R_INT, allow_guess),
                                                      MTM_R_OPTION(mtm_tabulate_options, MTM_R_INT, force),
                                                      MTM_R_OPTION(mtm_tabulate_options, MTM_R_TEXT, key),
                                                      MTM_R_OPTION(mtm_tabulate_options, MTM_R_TEXT, folder)};

static const mtm_r_option mtm_r_compute_options[] = {
    MTM_R_OPTION(mtm_compute_options, MTM_R_TEXT, indicator), MTM_R_OPTION(mtm_compute_options, MTM_R_PERIOD, period),
    MTM_R_OPTION(mtm_compute_options, MTM_R_PERIOD, as_of), MTM_R_OPTION(mtm_compute_options, MTM_R_PERIODS, periods),
    MTM_R_OPTION(mtm_compute_options, MTM_R_INT, top)};

static const mtm_r_option mtm_r_survey_options[] = {
    MTM_R_OPTION(mtm_survey_options, MTM_R_TEXT, resource), MTM_R_OPTION(mtm_survey_options, MTM_R_TEXT, survey),
    MTM_R_OPTION(mtm_survey_options, MTM_R_TEXT, columns),  MTM_R_OPTION(mtm_survey_options, MTM_R_TEXT, form),
    MTM_R_OPTION(mtm_survey_options, MTM_R_SURVEY, add_to), MTM_R_OPTION(mtm_survey_options, MTM_R_INT, compact),
    MTM_R_OPTION(mtm_survey_options, MTM_R_TEXT, key),      MTM_R_OPTION(mtm_survey_options, MTM_R_PERIOD, as_of)};

static const mtm_r_option mtm_r_survey_request[] = {MTM_R_OPTION(mtm_survey_request, MTM_R_TEXT, question),
                                                    MTM_R_OPTION(mtm_survey_request, MTM_R_TEXT, answer),
                                                    MTM_R_OPTION(mtm_survey_request, MTM_R_TEXT, denominator),
                                                    MTM_R_OPTION(mtm_survey_request, MTM_R_TEXT, by),
                                                    MTM_R_OPTION(mtm_survey_request, MTM_R_TEXT, where),
                                                    MTM_R_OPTION(mtm_survey_request, MTM_R_TEXT, between),
                                                    MTM_R_OPTION(mtm_survey_request, MTM_R_REAL, level),
                                                    MTM_R_OPTION(mtm_survey_request, MTM_R_REAL, probability),
                                                    MTM_R_OPTION(mtm_survey_request, MTM_R_INT, statistic),
                                                    MTM_R_OPTION(mtm_survey_request, MTM_R_INT, interval),
                                                    MTM_R_OPTION(mtm_survey_request, MTM_R_INT, threshold),
                                                    MTM_R_OPTION(mtm_survey_request, MTM_R_SURVEY, before)};

static const mtm_r_option mtm_r_row_options[] = {MTM_R_OPTION(mtm_row_options, MTM_R_TEXT, encoding),
                                                 MTM_R_OPTION(mtm_row_options, MTM_R_TEXT, sheet),
                                                 MTM_R_OPTION(mtm_row_options, MTM_R_INT, table),
                                                 MTM_R_OPTION(mtm_row_options, MTM_R_INT, header_rows),
                                                 MTM_R_OPTION(mtm_row_options, MTM_R_INT, skip_rows),
                                                 MTM_R_OPTION(mtm_row_options, MTM_R_SIGN, delimiter),
                                                 MTM_R_OPTION(mtm_row_options, MTM_R_SIGN, quote),
                                                 MTM_R_OPTION(mtm_row_options, MTM_R_SIGN, escape),
                                                 MTM_R_OPTION(mtm_row_options, MTM_R_INT, allow_guess),
                                                 MTM_R_OPTION(mtm_row_options, MTM_R_INT, places),
                                                 MTM_R_OPTION(mtm_row_options, MTM_R_UNSIGNED, max_field),
                                                 MTM_R_OPTION(mtm_row_options, MTM_R_UNSIGNED, max_record),
                                                 MTM_R_OPTION(mtm_row_options, MTM_R_UNSIGNED, max_columns),
                                                 MTM_R_OPTION(mtm_row_options, MTM_R_UNSIGNED, max_expansion)};

static const mtm_r_option mtm_r_report_options[] = {
    MTM_R_OPTION(mtm_report_options, MTM_R_INT, language),  MTM_R_OPTION(mtm_report_options, MTM_R_INT, threshold),
    MTM_R_OPTION(mtm_report_options, MTM_R_TEXT, ledger),   MTM_R_OPTION(mtm_report_options, MTM_R_INT, method),
    MTM_R_OPTION(mtm_report_options, MTM_R_INT, p_percent), MTM_R_OPTION(mtm_report_options, MTM_R_INT, dominance)};

static const mtm_r_option mtm_r_render_options[] = {
    MTM_R_OPTION(mtm_render_options, MTM_R_INT, view), MTM_R_OPTION(mtm_render_options, MTM_R_INT, width),
    MTM_R_OPTION(mtm_render_options, MTM_R_INT, colour), MTM_R_OPTION(mtm_render_options, MTM_R_TEXT, indicator),
    MTM_R_OPTION(mtm_render_options, MTM_R_TEXT, file)};

/* Sources: list(kind, what, name, identity), made by R/source.R; those of data frames have their number of rows too, shares of a
 * file the first byte and how many. */
static mtm_source mtm_r_get_source(SEXP object) {
    mtm_source source = {0};
    const char *kind, *identity;
    SEXP what;
    if (TYPEOF(object) != VECSXP || Rf_length(object) < 4)
        Rf_error("expected a source");
    kind = mtm_r_get_text(VECTOR_ELT(object, 0), "kind");
    what = VECTOR_ELT(object, 1);
    source.size = sizeof source;
    source.descriptor = -1;
    source.name = mtm_r_get_text(VECTOR_ELT(object, 2), "name");
    identity = mtm_r_get_text(VECTOR_ELT(object, 3), "identity");
    source.identity = *identity == '\0' ? NULL : identity;
    source.share = strcmp(kind, "share") == 0;
    if (strcmp(kind, "path") == 0 || source.share) {
        if (source.share && Rf_length(object) != 6)
            Rf_error("expected bytes of a share");
        source.kind = MTM_SOURCE_PATH;
        source.path = mtm_r_get_text(what, "path");
        source.name = NULL;
        source.first = source.share ? (uint64_t)Rf_asReal(VECTOR_ELT(object, 4)) : 0;
        source.length = source.share ? (uint64_t)Rf_asReal(VECTOR_ELT(object, 5)) : 0;
    } else if (strcmp(kind, "bytes") == 0) {
        if (TYPEOF(what) != RAWSXP)
            Rf_error("expected a raw vector");
        source.kind = MTM_SOURCE_BYTES;
        source.bytes = RAW(what);
        source.n_bytes = (size_t)Rf_xlength(what);
    } else if (strcmp(kind, "frame") == 0) {
        if (TYPEOF(what) != VECSXP || Rf_length(object) != 5)
            Rf_error("expected columns");
        source.kind = MTM_SOURCE_ARROW;
        source.stream = mtm_r_frame_stream(what, (R_xlen_t)Rf_asReal(VECTOR_ELT(object, 4)));
    } else {
        if (TYPEOF(what) != EXTPTRSXP || !Rf_inherits(what, "nanoarrow_array_stream") ||
            R_ExternalPtrAddr(what) == NULL)
            Rf_error("expected a nanoarrow_array_stream");
        source.kind = MTM_SOURCE_ARROW;
        source.stream = R_ExternalPtrAddr(what);
    }
    return source;
}

#define MTM_R_OPTIONS(list, known, options, call)                                                                      \
    mtm_r_options((list), (known), sizeof(known) / sizeof((known)[0]), (options), (call))

#endif
