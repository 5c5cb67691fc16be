/* Columns of a data frame as an Arrow stream of one batch. What comes in: for each column its name, its format, how many
 * of its values are null, its buffers and, for codes, its dictionary. What goes out: a capsule that keeps them alive.
 * Nothing is copied. */
#ifndef MTM_PY_COLUMNS_H
#define MTM_PY_COLUMNS_H

#include <Python.h>

#include <mtm/arrow.h>
#include <stdlib.h>
#include <string.h>

enum { MTM_PY_COLUMNS_BUFFERS = 3 };

typedef struct mtm_py_columns_column {
    struct ArrowSchema schema, values_schema;
    struct ArrowArray array, values;
    Py_buffer views[2 * MTM_PY_COLUMNS_BUFFERS];
    const void *buffers[2 * MTM_PY_COLUMNS_BUFFERS]; /* its own, then the dictionary's */
} mtm_py_columns_column;

/* Owned by the stream, the schema and the batch together. */
typedef struct mtm_py_columns {
    PyObject *columns; /* names and buffers */
    size_t n_columns, n_owners;
    long long n_rows;
    int given; /* the batch */
    mtm_py_columns_column *at;
    struct ArrowSchema **fields;
    struct ArrowArray **arrays;
    const void *none[1];
} mtm_py_columns;

static void mtm_py_columns_let_go(mtm_py_columns *frame) {
    PyGILState_STATE state = PyGILState_Ensure();
    if (--frame->n_owners == 0) {
        for (size_t i = 0; frame->at != NULL && i < frame->n_columns; i++) {
            for (size_t k = 0; k < 2 * MTM_PY_COLUMNS_BUFFERS; k++) {
                if (frame->at[i].views[k].obj != NULL) {
                    PyBuffer_Release(&frame->at[i].views[k]);
                }
            }
        }
        Py_XDECREF(frame->columns);
        free(frame->at);
        free((void *)frame->fields);
        free((void *)frame->arrays);
        free(frame);
    }
    PyGILState_Release(state);
}

static void mtm_py_columns_keep_schema(struct ArrowSchema *schema) {
    schema->release = NULL;
}

static void mtm_py_columns_keep_array(struct ArrowArray *array) {
    array->release = NULL;
}

static void mtm_py_columns_release_schema(struct ArrowSchema *schema) {
    schema->release = NULL;
    mtm_py_columns_let_go(schema->private_data);
}

static void mtm_py_columns_release_array(struct ArrowArray *array) {
    array->release = NULL;
    mtm_py_columns_let_go(array->private_data);
}

static int mtm_py_columns_get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
    mtm_py_columns *frame = stream->private_data;
    memset(out, 0, sizeof *out);
    out->format = "+s";
    out->name = "";
    out->n_children = (int64_t)frame->n_columns;
    out->children = frame->fields;
    out->release = mtm_py_columns_release_schema;
    out->private_data = frame;
    frame->n_owners++;
    return 0;
}

static int mtm_py_columns_get_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    mtm_py_columns *frame = stream->private_data;
    memset(out, 0, sizeof *out);
    if (frame->given) {
        return 0;
    }
    frame->given = 1;
    out->length = frame->n_rows;
    out->n_buffers = 1;
    out->buffers = frame->none;
    out->n_children = (int64_t)frame->n_columns;
    out->children = frame->arrays;
    out->release = mtm_py_columns_release_array;
    out->private_data = frame;
    frame->n_owners++;
    return 0;
}

static const char *mtm_py_columns_get_last_error(struct ArrowArrayStream *stream) {
    (void)stream;
    return NULL;
}

static void mtm_py_columns_release_stream(struct ArrowArrayStream *stream) {
    stream->release = NULL;
    mtm_py_columns_let_go(stream->private_data);
}

/* Takes the buffers of a tuple; n_buffers receives how many there are. */
static int mtm_py_columns_take(PyObject *buffers, Py_buffer *views, const void **out, int64_t *n_buffers) {
    if (!PyTuple_Check(buffers) || PyTuple_GET_SIZE(buffers) > MTM_PY_COLUMNS_BUFFERS) {
        PyErr_SetString(PyExc_TypeError, "expected a tuple of buffers");
        return 0;
    }
    *n_buffers = PyTuple_GET_SIZE(buffers);
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(buffers); i++) {
        PyObject *one = PyTuple_GET_ITEM(buffers, i);
        if (one != Py_None && PyObject_GetBuffer(one, &views[i], PyBUF_SIMPLE) != 0) {
            return 0;
        }
        out[i] = views[i].buf;
    }
    return 1;
}

/* (name, format, null count, buffers, None or (format, length, buffers)). */
static int mtm_py_columns_column_from(PyObject *given, long long n_rows, mtm_py_columns_column *out) {
    const char *name, *format, *values_format;
    long long nulls, n_values;
    PyObject *buffers, *dictionary, *values;
    if (!PyTuple_Check(given) || !PyArg_ParseTuple(given, "ssLOO", &name, &format, &nulls, &buffers, &dictionary)) {
        return 0;
    }
    out->schema.format = format;
    out->schema.name = name;
    out->schema.flags = ARROW_FLAG_NULLABLE;
    out->schema.release = mtm_py_columns_keep_schema;
    out->array.length = n_rows;
    out->array.null_count = nulls;
    out->array.buffers = out->buffers;
    out->array.release = mtm_py_columns_keep_array;
    if (!mtm_py_columns_take(buffers, out->views, out->buffers, &out->array.n_buffers)) {
        return 0;
    }
    if (dictionary == Py_None) {
        return 1;
    }
    if (!PyTuple_Check(dictionary) || !PyArg_ParseTuple(dictionary, "sLO", &values_format, &n_values, &values)) {
        return 0;
    }
    out->values_schema.format = values_format;
    out->values_schema.name = "";
    out->values_schema.release = mtm_py_columns_keep_schema;
    out->values.length = n_values;
    out->values.buffers = out->buffers + MTM_PY_COLUMNS_BUFFERS;
    out->values.release = mtm_py_columns_keep_array;
    out->schema.dictionary = &out->values_schema;
    out->array.dictionary = &out->values;
    return mtm_py_columns_take(values, out->views + MTM_PY_COLUMNS_BUFFERS, out->buffers + MTM_PY_COLUMNS_BUFFERS,
                               &out->values.n_buffers);
}

static mtm_py_columns *mtm_py_columns_new(PyObject *columns, long long n_rows) {
    mtm_py_columns *frame = calloc(1, sizeof *frame);
    if (frame == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    frame->n_owners = 1;
    frame->n_rows = n_rows;
    frame->n_columns = (size_t)PyTuple_GET_SIZE(columns);
    frame->at = calloc(frame->n_columns + 1, sizeof *frame->at);
    frame->fields = calloc(frame->n_columns + 1, sizeof(struct ArrowSchema *));
    frame->arrays = calloc(frame->n_columns + 1, sizeof(struct ArrowArray *));
    if (frame->at == NULL || frame->fields == NULL || frame->arrays == NULL) {
        mtm_py_columns_let_go(frame);
        PyErr_NoMemory();
        return NULL;
    }
    Py_INCREF(columns);
    frame->columns = columns;
    for (size_t i = 0; i < frame->n_columns; i++) {
        frame->fields[i] = &frame->at[i].schema;
        frame->arrays[i] = &frame->at[i].array;
        if (!mtm_py_columns_column_from(PyTuple_GET_ITEM(columns, (Py_ssize_t)i), n_rows, &frame->at[i])) {
            mtm_py_columns_let_go(frame);
            return NULL;
        }
    }
    return frame;
}

/* A capsule of the stream. */
static PyObject *mtm_py_columns_stream(PyObject *columns, long long n_rows, void (*destructor)(PyObject *)) {
    if (!PyTuple_Check(columns)) {
        PyErr_SetString(PyExc_TypeError, "expected a tuple of columns");
        return NULL;
    }
    struct ArrowArrayStream *stream = calloc(1, sizeof *stream);
    mtm_py_columns *frame = stream == NULL ? NULL : mtm_py_columns_new(columns, n_rows);
    if (frame == NULL) {
        free(stream);
        return PyErr_Occurred() ? NULL : PyErr_NoMemory();
    }
    *stream = (struct ArrowArrayStream){mtm_py_columns_get_schema, mtm_py_columns_get_next,
                                        mtm_py_columns_get_last_error, mtm_py_columns_release_stream, frame};
    PyObject *capsule = PyCapsule_New(stream, "arrow_array_stream", destructor);
    if (capsule == NULL) {
        stream->release(stream);
        free(stream);
    }
    return capsule;
}

#endif
