/* Helpers of the generated Python module: convert between Python objects and C values, and raise. Classes and
 * documentation are in mtm/. */
#ifndef MTM_PYTHON_H
#define MTM_PYTHON_H

#include <Python.h>
#include <mtm.h>
#include <mtm/arrow.h>

#include <stdlib.h>
#include <string.h>

/* Makes exceptions: a callable of (status, code, subject, line, column, message), set by mtm/_errors.py. */
static PyObject *mtm_py_errors = NULL;

static void mtm_py_raise(const mtm_error *error) {
    PyObject *exception;
    if (PyErr_Occurred())
        return; /* a callback's own exception comes first */
    if (mtm_py_errors == NULL) {
        PyErr_SetString(PyExc_RuntimeError, error->message);
        return;
    }
    exception = PyObject_CallFunction(mtm_py_errors, "iisLLs", (int)error->status, (int)error->code, error->subject,
                                      (long long)error->line, (long long)error->column, error->message);
    if (exception == NULL)
        return;
    PyErr_SetObject((PyObject *)Py_TYPE(exception), exception);
    Py_DECREF(exception);
}

/* Adds a value to a result: alone where the result was None, else as a tuple. Both references are taken. */
static PyObject *mtm_py_append(PyObject *result, PyObject *value) {
    PyObject *pair;
    if (value == NULL || result == NULL) {
        Py_XDECREF(value);
        Py_XDECREF(result);
        return NULL;
    }
    if (result == Py_None) {
        Py_DECREF(result);
        return value;
    }
    pair = PyTuple_Pack(2, result, value);
    Py_DECREF(result);
    Py_DECREF(value);
    return pair;
}

/* Whether a function has filled what it was to fill: mtm_status 0, or an int that is not 0. */
#define MTM_PY_FILLED(result) _Generic((result), mtm_status : (int)(result) == MTM_OK, default : (int)(result) != 0)

static PyObject *mtm_py_text(const char *text) {
    if (text == NULL)
        Py_RETURN_NONE;
    return PyUnicode_DecodeUTF8(text, (Py_ssize_t)strlen(text), "replace");
}

/* Text without NUL inside; None gives NULL. */
static int mtm_py_get_text(PyObject *object, const char **out) {
    Py_ssize_t length;
    *out = NULL;
    if (object == Py_None)
        return 1;
    if (!PyUnicode_Check(object)) {
        PyErr_Format(PyExc_TypeError, "expected str, not %.100s", Py_TYPE(object)->tp_name);
        return 0;
    }
    *out = PyUnicode_AsUTF8AndSize(object, &length);
    if (*out == NULL)
        return 0;
    if (strlen(*out) != (size_t)length) {
        PyErr_SetString(PyExc_ValueError, "embedded null character");
        return 0;
    }
    return 1;
}

static int mtm_py_get_int(PyObject *object, long long least, long long most, long long *out) {
    PyObject *index = PyNumber_Index(object);
    if (index == NULL)
        return 0;
    *out = PyLong_AsLongLong(index);
    Py_DECREF(index);
    if (*out == -1 && PyErr_Occurred())
        return 0;
    if (*out >= least && *out <= most)
        return 1;
    PyErr_Format(PyExc_OverflowError, "expected a whole number from %lld to %lld", least, most);
    return 0;
}

static int mtm_py_get_unsigned(PyObject *object, unsigned long long *out) {
    PyObject *index = PyNumber_Index(object);
    if (index == NULL)
        return 0;
    *out = PyLong_AsUnsignedLongLong(index);
    Py_DECREF(index);
    return !(*out == (unsigned long long)-1 && PyErr_Occurred());
}

/* Values */

static PyObject *mtm_py_period(mtm_period period) {
    if (period.first == INT32_MIN && period.last == INT32_MIN)
        Py_RETURN_NONE;
    return Py_BuildValue("(ii)", (int)period.first, (int)period.last);
}

static int mtm_py_get_period(PyObject *object, mtm_period *out) {
    int first, last;
    if (!PyTuple_Check(object) || !PyArg_ParseTuple(object, "ii", &first, &last)) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_TypeError, "expected a period as a pair of days");
        return 0;
    }
    out->first = first;
    out->last = last;
    return 1;
}

static PyObject *mtm_py_decimal(mtm_decimal value) {
    char text[64];
    mtm_decimal_describe(value, text, sizeof text);
    return PyUnicode_FromString(text);
}

static int mtm_py_get_decimal(PyObject *object, mtm_decimal *out) {
    long long units;
    int decimals;
    memset(out, 0, sizeof *out);
    if (!PyTuple_Check(object) || !PyArg_ParseTuple(object, "Li", &units, &decimals)) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_TypeError, "expected a decimal as units and decimals");
        return 0;
    }
    if (decimals < 0 || decimals > 9) {
        PyErr_SetString(PyExc_ValueError, "decimals from 0 to 9 expected");
        return 0;
    }
    out->units = units;
    out->decimals = decimals;
    return 1;
}

static PyObject *mtm_py_decimal_if(int given, mtm_decimal value) {
    if (!given)
        Py_RETURN_NONE;
    return mtm_py_decimal(value);
}

static PyObject *mtm_py_letter(char letter) {
    return letter == '\0' ? PyUnicode_FromString("") : PyUnicode_FromStringAndSize(&letter, 1);
}

static PyObject *mtm_py_comparison(const mtm_comparison *c) {
    return Py_BuildValue(
        "{s:N,s:N,s:N,s:N,s:i,s:N,s:i,s:L,s:N,s:N,s:N,s:N,s:N,s:N}", "period", mtm_py_period(c->period), "base",
        mtm_py_decimal_if(c->has_base, c->base), "absolute", mtm_py_decimal_if(c->has_base, c->absolute), "percent",
        mtm_py_decimal_if(c->has_percent, c->percent), "reason", (int)c->reason, "base_status",
        mtm_py_letter(c->base_status), "has_like", (int)c->has_like, "like_common", (long long)c->like_common,
        "like_value", mtm_py_decimal_if(c->has_like, c->like_value), "like_base",
        mtm_py_decimal_if(c->has_like, c->like_base), "like_absolute", mtm_py_decimal_if(c->has_like, c->like_absolute),
        "like_percent", mtm_py_decimal_if(c->has_like, c->like_percent), "like_value_share",
        mtm_py_decimal_if(c->has_like, c->like_value_share), "like_base_share",
        mtm_py_decimal_if(c->has_like, c->like_base_share));
}

static PyObject *mtm_py_row(const mtm_row *row) {
    return Py_BuildValue("{s:N,s:N,s:N,s:N,s:i,s:i,s:N}", "code", mtm_py_text(row->code), "label",
                         mtm_py_text(row->label), "value", mtm_py_decimal_if(row->has_value, row->value), "share",
                         mtm_py_decimal_if(row->has_share, row->share), "rank", (int)row->rank, "kind", (int)row->kind,
                         "status", mtm_py_letter(row->status));
}

static PyObject *mtm_py_extent(const mtm_extent *extent) {
    return Py_BuildValue("{s:N,s:L,s:N,s:L,s:L,s:L,s:L,s:L,s:i}", "text", mtm_py_text(extent->text), "number",
                         (long long)extent->number, "told", mtm_py_text(extent->told), "expected",
                         (long long)extent->expected, "covered", (long long)extent->covered, "absent",
                         (long long)extent->absent, "assumed", (long long)extent->assumed, "fresh",
                         (long long)extent->fresh, "frame", (int)extent->frame);
}

static PyObject *mtm_py_table_row(const mtm_table_row *row) {
    PyObject *cells = PyTuple_New((Py_ssize_t)row->n_cells);
    size_t i;
    for (i = 0; cells != NULL && i < row->n_cells; i++) {
        PyObject *cell = Py_None;
        if (row->cells[i].text != NULL)
            cell = PyUnicode_DecodeUTF8(row->cells[i].text, (Py_ssize_t)row->cells[i].length, "replace");
        else
            Py_INCREF(cell);
        if (cell == NULL)
            Py_CLEAR(cells);
        else
            PyTuple_SET_ITEM(cells, (Py_ssize_t)i, cell);
    }
    return cells == NULL ? NULL : Py_BuildValue("(LN)", (long long)row->line, cells);
}

static PyObject *mtm_py_row_table(const mtm_row_table *table) {
    PyObject *names = PyList_New((Py_ssize_t)table->n_columns);
    size_t i;
    for (i = 0; names != NULL && i < table->n_columns; i++)
        PyList_SET_ITEM(names, (Py_ssize_t)i, mtm_py_text(table->names[i]));
    return Py_BuildValue("{s:N,s:N,s:N,s:n,s:L,s:L,s:N,s:N,s:N}", "title", mtm_py_text(table->title), "sheet",
                         mtm_py_text(table->sheet), "names", names, "header_rows", (Py_ssize_t)table->header_rows,
                         "line", (long long)table->line, "rows", (long long)table->rows, "encoding",
                         mtm_py_text(table->encoding), "delimiter", mtm_py_letter(table->delimiter), "quote",
                         mtm_py_letter(table->quote));
}

static PyObject *mtm_py_step(const mtm_step *step) {
    return Py_BuildValue("{s:N,s:N,s:N,s:N,s:N,s:N,s:N,s:L,s:i,s:i,s:i,s:N}", "dataset", mtm_py_text(step->dataset),
                         "file", mtm_py_text(step->file), "edition", mtm_py_text(step->edition), "row",
                         mtm_py_text(step->row), "period", mtm_py_period(step->period), "release",
                         mtm_py_period(step->release), "value", mtm_py_decimal(step->value), "line",
                         (long long)step->line, "column", (int)step->column, "of", (int)step->of, "operation",
                         (int)step->operation, "status", mtm_py_letter(step->status));
}

static PyObject *mtm_py_match(const mtm_match *match) {
    PyObject *codes = PyList_New(0);
    int i;
    for (i = 0; codes != NULL && i < MTM_MATCH_CODES && match->codes[i] != NULL; i++) {
        PyObject *code = mtm_py_text(match->codes[i]);
        if (code == NULL || PyList_Append(codes, code) != 0)
            Py_CLEAR(codes);
        Py_XDECREF(code);
    }
    return Py_BuildValue("{s:i,s:N,s:N}", "kind", (int)match->kind, "codes", codes, "note", mtm_py_text(match->note));
}

/* A lent address as a capsule, None for NULL. */
static PyObject *mtm_py_lend(const void *address, const char *type) {
    if (address == NULL)
        Py_RETURN_NONE;
    return PyCapsule_New((void *)(uintptr_t)address, type, NULL);
}

static PyObject *mtm_py_codelist_info(const mtm_codelist_info *info) {
    return Py_BuildValue("{s:N,s:N,s:N}", "id", mtm_py_text(info->id), "title", mtm_py_text(info->title), "source",
                         mtm_py_text(info->source));
}

static PyObject *mtm_py_dataset_info(const mtm_dataset_info *info) {
    return Py_BuildValue(
        "{s:N,s:N,s:N,s:N,s:i,s:i,s:i,s:i,s:i,s:i,s:n,s:n,s:n,s:N,s:N,s:N,s:N,s:N,s:N,s:N,s:i,s:i}", "name",
        mtm_py_text(info->name), "title", mtm_py_text(info->title), "concept", mtm_py_text(info->concept_id), "unit",
        mtm_py_text(info->unit), "kind", (int)info->kind, "multiplier", (int)info->multiplier, "decimals",
        (int)info->decimals, "cumulative", (int)info->cumulative, "microdata", (int)info->microdata, "confidential",
        (int)info->confidential, "n_observations", (Py_ssize_t)info->n_observations, "n_dimensions",
        (Py_ssize_t)info->n_dimensions, "n_releases", (Py_ssize_t)info->n_releases, "file", mtm_py_text(info->file),
        "publisher", mtm_py_text(info->publisher), "publication", mtm_py_text(info->publication), "address",
        mtm_py_text(info->address), "accessed", mtm_py_text(info->accessed), "licence", mtm_py_text(info->licence),
        "coverage", mtm_py_text(info->coverage), "on_request", (int)info->on_request, "methodology_public",
        (int)info->methodology_public);
}

static PyObject *mtm_py_release(const mtm_release *release) {
    return Py_BuildValue("{s:N,s:N}", "date", mtm_py_period(release->date), "edition", mtm_py_text(release->edition));
}

static PyObject *mtm_py_dimension(const mtm_dimension *dimension) {
    return Py_BuildValue("{s:N,s:N,s:n}", "name", mtm_py_text(dimension->name), "list",
                         mtm_py_lend(dimension->list, "mtm_codelist"), "n_members", (Py_ssize_t)dimension->n_members);
}

static PyObject *mtm_py_member(const mtm_member *member) {
    return Py_BuildValue("{s:N,s:N,s:i}", "code", mtm_py_text(member->code), "label", mtm_py_text(member->label),
                         "kind", (int)member->kind);
}

static PyObject *mtm_py_store_release(const mtm_store_release *release) {
    PyObject *names = PyList_New((Py_ssize_t)release->n_supersedes);
    size_t i;
    for (i = 0; names != NULL && i < release->n_supersedes; i++)
        PyList_SET_ITEM(names, (Py_ssize_t)i, mtm_py_text(release->supersedes[i]));
    return Py_BuildValue("{s:N,s:N,s:N,s:N,s:N,s:N,s:N,s:N,s:n,s:K}", "source", mtm_py_text(release->source), "release",
                         mtm_py_text(release->release), "released", mtm_py_text(release->released), "received",
                         mtm_py_text(release->received), "by", mtm_py_text(release->by), "note",
                         mtm_py_text(release->note), "supersedes", names, "superseded_by",
                         mtm_py_text(release->superseded_by), "n_files", (Py_ssize_t)release->n_files, "n_bytes",
                         (unsigned long long)release->n_bytes);
}

static PyObject *mtm_py_package_info(const mtm_package_info *info) {
    PyObject *period = Py_None;
    if (info->has_period)
        period = mtm_py_period(info->period);
    else
        Py_INCREF(period);
    return Py_BuildValue("{s:N,s:N,s:N,s:n,s:n,s:n}", "title", mtm_py_text(info->title), "country",
                         mtm_py_text(info->country), "period", period, "n_left_out", (Py_ssize_t)info->n_left_out,
                         "n_microdata", (Py_ssize_t)info->n_microdata, "n_surveys", (Py_ssize_t)info->n_surveys);
}

static PyObject *mtm_py_indicator_info(const mtm_indicator_info *info) {
    return Py_BuildValue("{s:N,s:N,s:N,s:N,s:N,s:N,s:N}", "id", mtm_py_text(info->id), "title",
                         mtm_py_text(info->title), "definition", mtm_py_text(info->definition), "section",
                         mtm_py_text(info->section), "concept", mtm_py_text(info->concept_id), "unit",
                         mtm_py_text(info->unit), "dimension", mtm_py_text(info->dimension));
}

static PyObject *mtm_py_result_info(const mtm_result_info *info) {
    return Py_BuildValue(
        "{s:N,s:N,s:N,s:N,s:N,s:N,s:N,s:N,s:N,s:i,s:i,s:i,s:i,s:I,s:n,s:n,s:n,s:N,s:N,s:L,s:L,s:L,s:L,s:L,s:i}", "id",
        mtm_py_text(info->id), "title", mtm_py_text(info->title), "section", mtm_py_text(info->section), "concept",
        mtm_py_text(info->concept_id), "unit", mtm_py_text(info->unit), "dimension", mtm_py_text(info->dimension),
        "period", mtm_py_period(info->period), "observed", mtm_py_period(info->observed), "value",
        mtm_py_decimal_if(info->has_value, info->value), "reason", (int)info->reason, "breakdown_reason",
        (int)info->breakdown_reason, "kind", (int)info->kind, "multiplier", (int)info->multiplier, "flags",
        (unsigned int)info->flags, "n_rows", (Py_ssize_t)info->n_rows, "n_points", (Py_ssize_t)info->n_points,
        "n_steps", (Py_ssize_t)info->n_steps, "status", mtm_py_letter(info->status), "told", mtm_py_text(info->told),
        "expected", (long long)info->expected, "covered", (long long)info->covered, "absent", (long long)info->absent,
        "assumed", (long long)info->assumed, "fresh", (long long)info->fresh, "frame", (int)info->frame);
}

static PyObject *mtm_py_limitation(const mtm_limitation *limitation) {
    return Py_BuildValue("{s:N,s:N,s:N,s:N}", "kind", mtm_py_text(limitation->kind), "title",
                         mtm_py_text(limitation->title), "indicator", mtm_py_text(limitation->indicator), "text",
                         mtm_py_text(limitation->text));
}

static PyObject *mtm_py_reference(const mtm_reference *r) {
    return Py_BuildValue("{s:N,s:N,s:N,s:N,s:N,s:N,s:N,s:i,s:i}", "publisher", mtm_py_text(r->publisher), "title",
                         mtm_py_text(r->title), "address", mtm_py_text(r->address), "licence", mtm_py_text(r->licence),
                         "accessed", mtm_py_text(r->accessed), "text", mtm_py_text(r->text), "release",
                         mtm_py_period(r->release), "on_request", (int)r->on_request, "methodology_public",
                         (int)r->methodology_public);
}

static PyObject *mtm_py_diagnostic(const mtm_diagnostic *d) {
    return Py_BuildValue("{s:N,s:N,s:N,s:N,s:N,s:L,s:L,s:i,s:i}", "path", mtm_py_text(d->file), "found",
                         mtm_py_text(d->found), "expected", mtm_py_text(d->expected), "hint", mtm_py_text(d->hint),
                         "record", mtm_py_text(d->record), "line", (long long)d->line, "column", (long long)d->column,
                         "error", (int)d->error, "code", (int)d->code);
}

/* Options: a dict of the struct's own names. */

typedef struct mtm_py_call {
    PyObject *callable; /* NULL for none */
    mtm_period periods[2];
    mtm_period *many;   /* ours */
    const char **texts; /* ours */
    mtm_tabulate_options counting;
} mtm_py_call;

/* What the callable raises stays set in this thread and wins over the library's own MTM_ERROR_CANCELLED. */
static int mtm_py_progress(uint64_t done, uint64_t total, void *data) {
    mtm_py_call *call = data;
    PyGILState_STATE state = PyGILState_Ensure();
    int stop = PyErr_Occurred() != NULL || PyErr_CheckSignals() != 0;
    if (!stop && call->callable != NULL) {
        PyObject *answer =
            PyObject_CallFunction(call->callable, "KK", (unsigned long long)done, (unsigned long long)total);
        stop = answer == NULL || answer == Py_False;
        Py_XDECREF(answer);
    }
    PyGILState_Release(state);
    return stop;
}

static void mtm_py_call_free(mtm_py_call *call) {
    if (call == NULL)
        return;
    Py_XDECREF(call->callable);
    PyMem_Free(call->many);
    PyMem_Free((void *)call->texts);
    PyMem_Free(call);
}

typedef enum mtm_py_kind {
    MTM_PY_INT,
    MTM_PY_SIGN, /* one byte, by its number */
    MTM_PY_UNSIGNED,
    MTM_PY_TEXT,
    MTM_PY_PERIOD,
    MTM_PY_PERIODS,
    MTM_PY_SUPERSEDES, /* a list of text, and behind it how many */
    MTM_PY_REAL,
    MTM_PY_SURVEY /* a capsule; the caller keeps it alive */
} mtm_py_kind;

typedef struct mtm_py_option {
    const char *name;
    mtm_py_kind kind;
    size_t offset;
} mtm_py_option;

/* A sequence of pairs of days: the options point into the call. */
static int mtm_py_periods(PyObject *value, mtm_compute_options *options, mtm_py_call *call) {
    PyObject *fast = PySequence_Fast(value, "periods: expected a sequence of pairs of days");
    Py_ssize_t i, n;
    int done = fast != NULL;
    if (!done)
        return 0;
    n = PySequence_Fast_GET_SIZE(fast);
    PyMem_Free(call->many);
    call->many = PyMem_Calloc((size_t)n + 1, sizeof *call->many);
    if (call->many == NULL) {
        PyErr_NoMemory();
        done = 0;
    }
    for (i = 0; done && i < n; i++)
        done = mtm_py_get_period(PySequence_Fast_GET_ITEM(fast, i), &call->many[i]);
    options->periods = call->many;
    options->n_periods = (size_t)n;
    Py_DECREF(fast);
    return done;
}

static const char **mtm_py_texts(PyObject *list, size_t *n);

static int mtm_py_supersedes(PyObject *value, mtm_store_release *release, mtm_py_call *call) {
    PyMem_Free((void *)call->texts);
    call->texts = mtm_py_texts(value, &release->n_supersedes);
    release->supersedes = call->texts;
    return call->texts != NULL;
}

static int mtm_py_option_set(const mtm_py_option *option, PyObject *value, char *options, mtm_py_call *call) {
    long long whole;
    unsigned long long natural;
    const char *text;
    mtm_period *period;
    switch (option->kind) {
    case MTM_PY_INT:
        if (!mtm_py_get_int(value, INT32_MIN, INT32_MAX, &whole))
            return 0;
        *(int32_t *)(void *)(options + option->offset) = (int32_t)whole;
        return 1;
    case MTM_PY_SIGN:
        if (!mtm_py_get_int(value, 0, 127, &whole))
            return 0;
        options[option->offset] = (char)whole;
        return 1;
    case MTM_PY_UNSIGNED:
        if (!mtm_py_get_unsigned(value, &natural))
            return 0;
        *(uint64_t *)(void *)(options + option->offset) = natural;
        return 1;
    case MTM_PY_TEXT:
        if (!mtm_py_get_text(value, &text))
            return 0;
        *(const char **)(void *)(options + option->offset) = text;
        return 1;
    case MTM_PY_PERIOD:
        period = call->periods[0].last < call->periods[0].first ? &call->periods[0] : &call->periods[1];
        if (!mtm_py_get_period(value, period))
            return 0;
        *(const mtm_period **)(void *)(options + option->offset) = period;
        return 1;
    case MTM_PY_REAL: *(double *)(void *)(options + option->offset) = PyFloat_AsDouble(value); return !PyErr_Occurred();
    case MTM_PY_SURVEY:
        *(const mtm_survey **)(void *)(options + option->offset) = PyCapsule_GetPointer(value, "mtm_survey");
        return !PyErr_Occurred();
    case MTM_PY_SUPERSEDES: return mtm_py_supersedes(value, (mtm_store_release *)(void *)options, call);
    case MTM_PY_PERIODS: return mtm_py_periods(value, (mtm_compute_options *)(void *)options, call);
    }
    return 0;
}

/* Fills options from a dict; "progress" goes into call. 0 with an exception. */
static int mtm_py_options(PyObject *dict, const mtm_py_option *known, size_t n, void *options, mtm_py_call *call) {
    PyObject *key, *value;
    Py_ssize_t at = 0;
    size_t i;
    call->periods[0] = call->periods[1] = (mtm_period){1, 0};
    call->many = NULL;
    call->texts = NULL;
    if (dict == Py_None)
        return 1;
    if (!PyDict_Check(dict)) {
        PyErr_SetString(PyExc_TypeError, "expected a dict of options or None");
        return 0;
    }
    while (PyDict_Next(dict, &at, &key, &value)) {
        const char *name;
        if (!mtm_py_get_text(key, &name) || name == NULL)
            return 0;
        if (value == Py_None)
            continue;
        if (strcmp(name, "progress") == 0) {
            if (!PyCallable_Check(value)) {
                PyErr_SetString(PyExc_TypeError, "progress: expected a callable");
                return 0;
            }
            call->callable = value;
            continue;
        }
        for (i = 0; i < n && strcmp(known[i].name, name) != 0; i++) {}
        if (i == n) {
            PyErr_Format(PyExc_TypeError, "there is no option '%s'", name);
            return 0;
        }
        if (!mtm_py_option_set(&known[i], value, options, call))
            return 0;
    }
    return 1;
}

#define MTM_PY_OPTION(type, kind, name)                                                                                \
    { #name, kind, offsetof(type, name) }

static const mtm_py_option mtm_py_read_options[] = {MTM_PY_OPTION(mtm_read_options, MTM_PY_TEXT, resource),
                                                    MTM_PY_OPTION(mtm_read_options, MTM_PY_UNSIGNED, max_field),
                                                    MTM_PY_OPTION(mtm_read_options, MTM_PY_UNSIGNED, max_record),
                                                    MTM_PY_OPTION(mtm_read_options, MTM_PY_UNSIGNED, max_columns),
                                                    MTM_PY_OPTION(mtm_read_options, MTM_PY_UNSIGNED, max_expansion),
                                                    MTM_PY_OPTION(mtm_read_options, MTM_PY_INT, allow_guess),
                                                    MTM_PY_OPTION(mtm_read_options, MTM_PY_INT, leave_out),
                                                    MTM_PY_OPTION(mtm_read_options, MTM_PY_TEXT, country),
                                                    {"concept", MTM_PY_TEXT, offsetof(mtm_read_options, concept_id)},
                                                    MTM_PY_OPTION(mtm_read_options, MTM_PY_TEXT, kind),
                                                    MTM_PY_OPTION(mtm_read_options, MTM_PY_TEXT, unit),
                                                    MTM_PY_OPTION(mtm_read_options, MTM_PY_TEXT, direction),
                                                    MTM_PY_OPTION(mtm_read_options, MTM_PY_TEXT, boundaries),
                                                    MTM_PY_OPTION(mtm_read_options, MTM_PY_PERIOD, as_of),
                                                    MTM_PY_OPTION(mtm_read_options, MTM_PY_INT, show_rows)};

static const mtm_py_option mtm_py_store_options[] = {MTM_PY_OPTION(mtm_store_release, MTM_PY_TEXT, source),
                                                     MTM_PY_OPTION(mtm_store_release, MTM_PY_TEXT, release),
                                                     MTM_PY_OPTION(mtm_store_release, MTM_PY_TEXT, released),
                                                     MTM_PY_OPTION(mtm_store_release, MTM_PY_TEXT, received),
                                                     MTM_PY_OPTION(mtm_store_release, MTM_PY_TEXT, by),
                                                     MTM_PY_OPTION(mtm_store_release, MTM_PY_TEXT, note),
                                                     MTM_PY_OPTION(mtm_store_release, MTM_PY_SUPERSEDES, supersedes)};

static const mtm_py_option mtm_py_tabulate_options[] = {
    MTM_PY_OPTION(mtm_tabulate_options, MTM_PY_INT, threads),
    MTM_PY_OPTION(mtm_tabulate_options, MTM_PY_INT, simd),
    MTM_PY_OPTION(mtm_tabulate_options, MTM_PY_UNSIGNED, max_field),
    MTM_PY_OPTION(mtm_tabulate_options, MTM_PY_UNSIGNED, max_record),
    MTM_PY_OPTION(mtm_tabulate_options, MTM_PY_UNSIGNED, max_columns),
    MTM_PY_OPTION(mtm_tabulate_options, MTM_PY_UNSIGNED, max_expansion),
    MTM_PY_OPTION(mtm_tabulate_options, MTM_PY_UNSIGNED, max_cells),
    MTM_PY_OPTION(mtm_tabulate_options, MTM_PY_UNSIGNED, max_labels),
    MTM_PY_OPTION(mtm_tabulate_options, MTM_PY_INT, allow_guess),
    MTM_PY_OPTION(mtm_tabulate_options, MTM_PY_INT, force),
    MTM_PY_OPTION(mtm_tabulate_options, MTM_PY_TEXT, key),
    MTM_PY_OPTION(mtm_tabulate_options, MTM_PY_TEXT, folder)};

static const mtm_py_option mtm_py_compute_options[] = {
    MTM_PY_OPTION(mtm_compute_options, MTM_PY_TEXT, indicator),
    MTM_PY_OPTION(mtm_compute_options, MTM_PY_PERIOD, period), MTM_PY_OPTION(mtm_compute_options, MTM_PY_PERIOD, as_of),
    MTM_PY_OPTION(mtm_compute_options, MTM_PY_PERIODS, periods), MTM_PY_OPTION(mtm_compute_options, MTM_PY_INT, top)};

static const mtm_py_option mtm_py_survey_options[] = {
    MTM_PY_OPTION(mtm_survey_options, MTM_PY_TEXT, resource), MTM_PY_OPTION(mtm_survey_options, MTM_PY_TEXT, survey),
    MTM_PY_OPTION(mtm_survey_options, MTM_PY_TEXT, columns),  MTM_PY_OPTION(mtm_survey_options, MTM_PY_TEXT, form),
    MTM_PY_OPTION(mtm_survey_options, MTM_PY_SURVEY, add_to), MTM_PY_OPTION(mtm_survey_options, MTM_PY_INT, compact),
    MTM_PY_OPTION(mtm_survey_options, MTM_PY_TEXT, key),      MTM_PY_OPTION(mtm_survey_options, MTM_PY_PERIOD, as_of)};

static const mtm_py_option mtm_py_survey_request[] = {MTM_PY_OPTION(mtm_survey_request, MTM_PY_TEXT, question),
                                                      MTM_PY_OPTION(mtm_survey_request, MTM_PY_TEXT, answer),
                                                      MTM_PY_OPTION(mtm_survey_request, MTM_PY_TEXT, denominator),
                                                      MTM_PY_OPTION(mtm_survey_request, MTM_PY_TEXT, by),
                                                      MTM_PY_OPTION(mtm_survey_request, MTM_PY_TEXT, where),
                                                      MTM_PY_OPTION(mtm_survey_request, MTM_PY_TEXT, between),
                                                      MTM_PY_OPTION(mtm_survey_request, MTM_PY_REAL, level),
                                                      MTM_PY_OPTION(mtm_survey_request, MTM_PY_REAL, probability),
                                                      MTM_PY_OPTION(mtm_survey_request, MTM_PY_INT, statistic),
                                                      MTM_PY_OPTION(mtm_survey_request, MTM_PY_INT, interval),
                                                      MTM_PY_OPTION(mtm_survey_request, MTM_PY_INT, threshold),
                                                      MTM_PY_OPTION(mtm_survey_request, MTM_PY_SURVEY, before)};

static const mtm_py_option mtm_py_row_options[] = {MTM_PY_OPTION(mtm_row_options, MTM_PY_TEXT, encoding),
                                                   MTM_PY_OPTION(mtm_row_options, MTM_PY_TEXT, sheet),
                                                   MTM_PY_OPTION(mtm_row_options, MTM_PY_INT, table),
                                                   MTM_PY_OPTION(mtm_row_options, MTM_PY_INT, header_rows),
                                                   MTM_PY_OPTION(mtm_row_options, MTM_PY_INT, skip_rows),
                                                   MTM_PY_OPTION(mtm_row_options, MTM_PY_SIGN, delimiter),
                                                   MTM_PY_OPTION(mtm_row_options, MTM_PY_SIGN, quote),
                                                   MTM_PY_OPTION(mtm_row_options, MTM_PY_SIGN, escape),
                                                   MTM_PY_OPTION(mtm_row_options, MTM_PY_INT, allow_guess),
                                                   MTM_PY_OPTION(mtm_row_options, MTM_PY_INT, places),
                                                   MTM_PY_OPTION(mtm_row_options, MTM_PY_UNSIGNED, max_field),
                                                   MTM_PY_OPTION(mtm_row_options, MTM_PY_UNSIGNED, max_record),
                                                   MTM_PY_OPTION(mtm_row_options, MTM_PY_UNSIGNED, max_columns),
                                                   MTM_PY_OPTION(mtm_row_options, MTM_PY_UNSIGNED, max_expansion)};

static const mtm_py_option mtm_py_report_options[] = {
    MTM_PY_OPTION(mtm_report_options, MTM_PY_INT, language),  MTM_PY_OPTION(mtm_report_options, MTM_PY_INT, threshold),
    MTM_PY_OPTION(mtm_report_options, MTM_PY_TEXT, ledger),   MTM_PY_OPTION(mtm_report_options, MTM_PY_INT, method),
    MTM_PY_OPTION(mtm_report_options, MTM_PY_INT, p_percent), MTM_PY_OPTION(mtm_report_options, MTM_PY_INT, dominance)};

static const mtm_py_option mtm_py_render_options[] = {
    MTM_PY_OPTION(mtm_render_options, MTM_PY_INT, view), MTM_PY_OPTION(mtm_render_options, MTM_PY_INT, width),
    MTM_PY_OPTION(mtm_render_options, MTM_PY_INT, colour), MTM_PY_OPTION(mtm_render_options, MTM_PY_TEXT, indicator),
    MTM_PY_OPTION(mtm_render_options, MTM_PY_TEXT, file)};

#define MTM_PY_OPTIONS(dict, known, options, call)                                                                     \
    mtm_py_options((dict), (known), sizeof(known) / sizeof((known)[0]), (options), (call))

/* Lists of text: str objects keep their bytes, so only the array is ours. */
static const char **mtm_py_texts(PyObject *list, size_t *n) {
    PyObject *fast = PySequence_Fast(list, "expected a list of str");
    const char **texts;
    Py_ssize_t i, size;
    if (fast == NULL)
        return NULL;
    size = PySequence_Fast_GET_SIZE(fast);
    texts = PyMem_Calloc((size_t)size + 1, sizeof *texts);
    if (texts == NULL)
        PyErr_NoMemory();
    for (i = 0; texts != NULL && i < size; i++)
        if (!mtm_py_get_text(PySequence_Fast_GET_ITEM(fast, i), &texts[i]) || texts[i] == NULL) {
            if (!PyErr_Occurred())
                PyErr_SetString(PyExc_TypeError, "expected a list of str");
            PyMem_Free((void *)texts);
            texts = NULL;
        }
    Py_DECREF(fast); /* the caller's list still holds the texts */
    *n = (size_t)size;
    return texts;
}

/* Sources: (kind, what, name, first, length, identity or None), made by mtm/_source.py. */

typedef struct mtm_py_source {
    mtm_source source;
    Py_buffer view;
} mtm_py_source;

/* Calls what gives bytes when it is asked for so many; its own exception wins over MTM_ERROR_IO. */
static int64_t mtm_py_read(void *data, void *buffer, size_t size) {
    PyGILState_STATE state = PyGILState_Ensure();
    PyObject *got = PyErr_Occurred() != NULL ? NULL : PyObject_CallFunction(data, "n", (Py_ssize_t)size);
    Py_buffer view;
    int64_t n = -1;
    if (got != NULL && PyObject_GetBuffer(got, &view, PyBUF_SIMPLE) == 0) {
        if ((size_t)view.len <= size) {
            memcpy(buffer, view.buf, (size_t)view.len);
            n = (int64_t)view.len;
        } else {
            PyErr_SetString(PyExc_ValueError, "read() gave more bytes than were asked for");
        }
        PyBuffer_Release(&view);
    }
    Py_XDECREF(got);
    PyGILState_Release(state);
    return n;
}

static int mtm_py_get_source(PyObject *object, mtm_py_source *out) {
    const char *kind, *name, *path, *identity;
    PyObject *what;
    unsigned long long first, length;
    memset(out, 0, sizeof *out);
    if (!PyTuple_Check(object) ||
        !PyArg_ParseTuple(object, "sOsKKz", &kind, &what, &name, &first, &length, &identity)) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_TypeError, "expected a source");
        return 0;
    }
    out->source.size = sizeof out->source;
    out->source.name = name;
    out->source.descriptor = -1;
    out->source.first = first;
    out->source.length = length;
    out->source.identity = identity;
    out->source.share = strcmp(kind, "share") == 0;
    if (strcmp(kind, "path") == 0 || out->source.share) {
        if (!mtm_py_get_text(what, &path))
            return 0;
        out->source.kind = MTM_SOURCE_PATH;
        out->source.path = path;
        out->source.name = NULL;
    } else if (strcmp(kind, "bytes") == 0) {
        if (PyObject_GetBuffer(what, &out->view, PyBUF_SIMPLE) != 0)
            return 0;
        out->source.kind = MTM_SOURCE_BYTES;
        out->source.bytes = out->view.buf;
        out->source.n_bytes = (size_t)out->view.len;
    } else if (strcmp(kind, "arrow") == 0) {
        out->source.kind = MTM_SOURCE_ARROW;
        out->source.stream = PyCapsule_GetPointer(what, "arrow_array_stream");
        if (out->source.stream == NULL)
            return 0;
    } else {
        out->source.kind = MTM_SOURCE_READ;
        out->source.read = mtm_py_read;
        out->source.read_data = what;
    }
    return 1;
}

/* Arrow */

static void mtm_py_stream_free(PyObject *capsule) {
    struct ArrowArrayStream *stream = PyCapsule_GetPointer(capsule, "arrow_array_stream");
    if (stream == NULL)
        return;
    if (stream->release != NULL)
        stream->release(stream);
    free(stream);
}

#endif
