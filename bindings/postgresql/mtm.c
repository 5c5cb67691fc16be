/* Counts microdata inside PostgreSQL: the aggregate feeds rows to a tabulator as Arrow batches; a state is the bytes that
 * libmtm saves anywhere. Memory of libmtm is freed by a callback of the aggregate's memory context, so that an error at any
 * place leaks nothing. */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/tupdesc.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"
#include "utils/typcache.h"

#include <mtm.h>

PG_MODULE_MAGIC;

#define BATCH_ROWS 65536
#define BATCH_BYTES ((int)64 << 20)
#define EPOCH_DAYS (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE)
#define EPOCH_MICROSECONDS ((int64)EPOCH_DAYS * USECS_PER_DAY)

/* A column of the batch at hand, in the layout of Arrow. */
typedef struct column {
    Oid type;
    const char *format; /* of Arrow: "tdD" days, "tsu:" local microseconds, "l" int64, "g" double, "u" text */
    FmgrInfo output;    /* for text */
    StringInfoData data, offsets, valid;
    int64 nulls;
    struct ArrowSchema schema;
    struct ArrowArray array;
    const void *buffers[3];
} column;

typedef struct counting {
    MemoryContext context;
    MemoryContextCallback callback;
    mtm_tabulator *tabulator;
    TupleDesc rows; /* NULL before the first row */
    Oid row_type;
    int32 row_typmod;
    int n_columns;
    column *columns;
    int64 n_rows, n_batches;
    char job[40]; /* what this run of the aggregate is called: batches are job/0, job/1, ... */
    struct ArrowSchema **schemas;
    struct ArrowArray **arrays;
    const void *no_buffers[1];
    int given;
} counting;

/* ---- errors ---- */

static int sql_state(const mtm_error *err) {
    switch (err->status) {
    case MTM_ERROR_MEMORY: return ERRCODE_OUT_OF_MEMORY;
    case MTM_ERROR_LIMIT: return ERRCODE_PROGRAM_LIMIT_EXCEEDED;
    case MTM_ERROR_STATE: return ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE;
    case MTM_ERROR_RANGE: return ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE;
    case MTM_ERROR_CANCELLED: return ERRCODE_QUERY_CANCELED;
    case MTM_ERROR_NOT_FOUND: return ERRCODE_UNDEFINED_OBJECT;
    default: return ERRCODE_INVALID_PARAMETER_VALUE;
    }
}

static char *from_utf8(const char *text) {
    return pg_any_to_server(text, (int)strlen(text), PG_UTF8);
}

static void check(mtm_status status, const mtm_error *err) {
    if (status == MTM_OK) {
        return;
    }
    CHECK_FOR_INTERRUPTS(); /* what stopped it says so itself */
    if (err->subject[0] != '\0') {
        ereport(ERROR, (errcode(sql_state(err)), errmsg("%s: %s", from_utf8(err->subject), from_utf8(err->message))));
    }
    ereport(ERROR, (errcode(sql_state(err)), errmsg("%s", from_utf8(err->message))));
}

/* ---- counting ---- */

static void forget(void *data) {
    counting *of = data;
    mtm_tabulator_free(of->tabulator);
    of->tabulator = NULL;
}

static int32 must_stop(uint64_t done, uint64_t total, void *data) {
    (void)done;
    (void)total;
    (void)data;
    return QueryCancelPending || ProcDiePending;
}

static mtm_tabulate_options options(void) {
    mtm_tabulate_options chosen = MTM_TABULATE_OPTIONS_INIT;
    chosen.progress = must_stop;
    return chosen;
}

/* In a context of its own, which dies with the aggregate. */
static counting *counting_new(FunctionCallInfo fcinfo) {
    MemoryContext parent, context;
    counting *of;
    if (!AggCheckCallContext(fcinfo, &parent)) {
        elog(ERROR, "called outside of an aggregate");
    }
    context = AllocSetContextCreate(parent, "mtm_count", ALLOCSET_DEFAULT_SIZES);
    of = MemoryContextAllocZero(context, sizeof *of);
    of->context = context;
    of->callback.func = forget;
    of->callback.arg = of;
    MemoryContextRegisterResetCallback(context, &of->callback);
    return of;
}

static void name_job(counting *of) {
    uint8 random[16];
    if (!pg_strong_random(random, sizeof random)) {
        ereport(ERROR, (errcode(ERRCODE_INTERNAL_ERROR), errmsg("no random numbers to name the batches with")));
    }
    for (int i = 0; i < 16; i++) {
        snprintf(of->job + 2 * i, 3, "%02x", random[i]);
    }
}

static void load(counting *of, bytea *bytes) {
    mtm_source source = MTM_SOURCE_BYTES_INIT(VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes), "state");
    const mtm_tabulate_options chosen = options();
    mtm_error err = {0};
    check(mtm_tabulator_load(&source, &chosen, &of->tabulator, &err), &err);
}

static const char *format_of(Oid type, const char *name) {
    switch (type) {
    case DATEOID: return "tdD";
    case TIMESTAMPOID: return "tsu:";
    case INT2OID:
    case INT4OID:
    case INT8OID: return "l";
    case FLOAT4OID:
    case FLOAT8OID: return "g";
    case TIMESTAMPTZOID:
        ereport(ERROR,
                (errcode(ERRCODE_DATATYPE_MISMATCH),
                 errmsg("column \"%s\" holds moments (timestamp with time zone), expected a date or local time", name),
                 errhint("Say where the day is told: \"%s\" AT TIME ZONE 'Asia/Almaty'.", name)));
        pg_unreachable();
    default: return "u";
    }
}

static void nothing_to_release_schema(struct ArrowSchema *schema) {
    schema->release = NULL;
}

static void nothing_to_release(struct ArrowArray *array) {
    array->release = NULL;
}

static void start_column(counting *of, int i) {
    column *one = &of->columns[i];
    Form_pg_attribute attribute = TupleDescAttr(of->rows, i);
    Oid output;
    bool is_varlena;
    const char *name = NameStr(attribute->attname);
    one->type = getBaseType(attribute->atttypid);
    one->format = attribute->attisdropped ? "n" : format_of(one->type, name);
    getTypeOutputInfo(attribute->attisdropped ? TEXTOID : attribute->atttypid, &output, &is_varlena);
    fmgr_info_cxt(output, &one->output, of->context);
    initStringInfo(&one->data);
    initStringInfo(&one->offsets);
    initStringInfo(&one->valid);
    one->schema.format = one->format;
    one->schema.name = pg_server_to_any(name, (int)strlen(name), PG_UTF8);
    one->schema.flags = ARROW_FLAG_NULLABLE;
    of->schemas[i] = &one->schema;
    of->arrays[i] = &one->array;
}

/* The columns, from the first row. */
static void start_rows(counting *of, Oid type, int32 typmod) {
    MemoryContext before = MemoryContextSwitchTo(of->context);
    TupleDesc rows = lookup_rowtype_tupdesc(type, typmod);
    of->rows = CreateTupleDescCopy(rows);
    ReleaseTupleDesc(rows);
    of->row_type = type;
    of->row_typmod = typmod;
    of->n_columns = of->rows->natts;
    of->columns = palloc0(sizeof *of->columns * (Size)(of->n_columns + 1));
    of->schemas = palloc0(sizeof *of->schemas * (Size)(of->n_columns + 1));
    of->arrays = palloc0(sizeof *of->arrays * (Size)(of->n_columns + 1));
    for (int i = 0; i < of->n_columns; i++) {
        start_column(of, i);
    }
    MemoryContextSwitchTo(before);
}

static void put_number(StringInfo to, const void *bytes, int size) {
    appendBinaryStringInfo(to, bytes, size);
}

static void put_valid(column *one, int64 row, bool is_null) {
    if (row % 8 == 0) {
        appendStringInfoCharMacro(&one->valid, '\0');
    }
    if (is_null) {
        one->nulls++;
    } else {
        one->valid.data[row / 8] = (char)(one->valid.data[row / 8] | (1 << (row % 8)));
    }
}

static void put_text(column *one, Datum value, bool is_null) {
    int32 end;
    if (one->offsets.len == 0) {
        end = 0;
        put_number(&one->offsets, &end, sizeof end);
    }
    if (!is_null) {
        char *text = OutputFunctionCall(&one->output, value);
        char *utf8 = pg_server_to_any(text, (int)strlen(text), PG_UTF8);
        appendStringInfoString(&one->data, utf8);
    }
    end = one->data.len;
    put_number(&one->offsets, &end, sizeof end);
}

static int64 days_of(DateADT date) {
    if (DATE_NOT_FINITE(date)) {
        ereport(ERROR, (errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE), errmsg("an infinite date, expected a day")));
    }
    return (int64)date + EPOCH_DAYS;
}

static void put_value(column *one, Datum value, bool is_null) {
    int64 number = 0;
    double real = 0;
    int32 day;
    switch (is_null ? InvalidOid : one->type) {
    case DATEOID: number = days_of(DatumGetDateADT(value)); break;
    case TIMESTAMPOID:
        number = DatumGetTimestamp(value);
        if (TIMESTAMP_NOT_FINITE(number)) {
            ereport(ERROR,
                    (errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE), errmsg("an infinite time, expected a moment")));
        }
        number += EPOCH_MICROSECONDS;
        break;
    case INT2OID: number = DatumGetInt16(value); break;
    case INT4OID: number = DatumGetInt32(value); break;
    case INT8OID: number = DatumGetInt64(value); break;
    case FLOAT4OID: real = DatumGetFloat4(value); break;
    case FLOAT8OID: real = DatumGetFloat8(value); break;
    default: break;
    }
    if (one->format[0] == 'g') {
        put_number(&one->data, &real, sizeof real);
    } else if (strcmp(one->format, "tdD") == 0) {
        day = (int32)number;
        put_number(&one->data, &day, sizeof day);
    } else {
        put_number(&one->data, &number, sizeof number);
    }
}

/* ---- a batch as a stream ---- */

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
    counting *of = stream->private_data;
    for (int i = 0; i < of->n_columns; i++) {
        of->schemas[i]->release = nothing_to_release_schema;
    }
    memset(out, 0, sizeof *out);
    out->format = "+s";
    out->name = "";
    out->n_children = of->n_columns;
    out->children = of->schemas;
    out->release = nothing_to_release_schema;
    return 0;
}

static void lend_column(column *one, int64 n) {
    const bool is_text = one->format[0] == 'u', is_null = one->format[0] == 'n';
    memset(&one->array, 0, sizeof one->array);
    one->buffers[0] = one->nulls > 0 ? one->valid.data : NULL;
    one->buffers[1] = is_text ? one->offsets.data : one->data.data;
    one->buffers[2] = one->data.data;
    one->array.length = n;
    one->array.null_count = is_null ? n : one->nulls;
    one->array.n_buffers = is_null ? 0 : is_text ? 3 : 2;
    one->array.buffers = one->buffers;
    one->array.release = nothing_to_release;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    counting *of = stream->private_data;
    memset(out, 0, sizeof *out);
    if (of->given) {
        return 0;
    }
    of->given = 1;
    for (int i = 0; i < of->n_columns; i++) {
        lend_column(&of->columns[i], of->n_rows);
    }
    out->length = of->n_rows;
    out->n_buffers = 1;
    out->buffers = of->no_buffers;
    out->n_children = of->n_columns;
    out->children = of->arrays;
    out->release = nothing_to_release;
    return 0;
}

static const char *no_last_error(struct ArrowArrayStream *stream) {
    (void)stream;
    return NULL;
}

static void release_stream(struct ArrowArrayStream *stream) {
    stream->release = NULL;
}

/* Counts the rows at hand. */
static void flush(counting *of) {
    struct ArrowArrayStream stream = {get_schema, get_next, no_last_error, release_stream, of};
    mtm_source source = MTM_SOURCE_ARROW_INIT(&stream, "rows");
    mtm_error err = {0};
    char identity[64];
    if (of->n_rows == 0) {
        return;
    }
    snprintf(identity, sizeof identity, "%s/" INT64_FORMAT, of->job, of->n_batches);
    source.identity = identity;
    of->given = 0;
    check(mtm_tabulator_add(of->tabulator, &source, &err), &err);
    for (int i = 0; i < of->n_columns; i++) {
        column *one = &of->columns[i];
        resetStringInfo(&one->data);
        resetStringInfo(&one->offsets);
        resetStringInfo(&one->valid);
        one->nulls = 0;
    }
    of->n_rows = 0;
    of->n_batches++;
    CHECK_FOR_INTERRUPTS();
}

static bool is_full(const counting *of) {
    int64 bytes = 0;
    for (int i = 0; i < of->n_columns; i++) {
        bytes += of->columns[i].data.len;
    }
    return of->n_rows >= BATCH_ROWS || bytes >= BATCH_BYTES;
}

static void put_row(counting *of, HeapTupleHeader row) {
    HeapTupleData tuple = {0};
    Datum *values = palloc(sizeof *values * (Size)(of->n_columns + 1));
    bool *nulls = palloc(sizeof *nulls * (Size)(of->n_columns + 1));
    tuple.t_len = HeapTupleHeaderGetDatumLength(row);
    ItemPointerSetInvalid(&tuple.t_self);
    tuple.t_data = row;
    heap_deform_tuple(&tuple, of->rows, values, nulls);
    for (int i = 0; i < of->n_columns; i++) {
        column *one = &of->columns[i];
        put_valid(one, of->n_rows, nulls[i]);
        if (one->format[0] == 'u') {
            put_text(one, values[i], nulls[i]);
        } else if (one->format[0] != 'n') {
            put_value(one, values[i], nulls[i]);
        }
    }
    of->n_rows++;
}

static void start_counting(counting *of, text *specification) {
    const mtm_tabulate_options chosen = options();
    char *given = text_to_cstring(specification);
    mtm_error err = {0};
    check(mtm_tabulator_new(pg_server_to_any(given, (int)strlen(given), PG_UTF8), &chosen, &of->tabulator, &err), &err);
    name_job(of);
}

PG_FUNCTION_INFO_V1(mtm_pg_count_row);
Datum mtm_pg_count_row(PG_FUNCTION_ARGS) {
    counting *of = PG_ARGISNULL(0) ? NULL : (counting *)PG_GETARG_POINTER(0);
    HeapTupleHeader row;
    MemoryContext scratch, before;
    if (of == NULL) {
        if (PG_ARGISNULL(1)) {
            ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("no specification, expected JSON text"),
                            errhint("For example '{\"groupings\": [{\"by\": [\"direction\"]}]}'.")));
        }
        of = counting_new(fcinfo);
        start_counting(of, PG_GETARG_TEXT_PP(1));
    }
    if (PG_ARGISNULL(2)) {
        PG_RETURN_POINTER(of);
    }
    row = PG_GETARG_HEAPTUPLEHEADER(2);
    if (of->rows == NULL) {
        start_rows(of, HeapTupleHeaderGetTypeId(row), HeapTupleHeaderGetTypMod(row));
    } else if (of->row_type != HeapTupleHeaderGetTypeId(row) || of->row_typmod != HeapTupleHeaderGetTypMod(row)) {
        ereport(ERROR, (errcode(ERRCODE_DATATYPE_MISMATCH), errmsg("rows of two types in one count")));
    }
    scratch = AllocSetContextCreate(CurrentMemoryContext, "mtm_count row", ALLOCSET_SMALL_SIZES);
    before = MemoryContextSwitchTo(scratch);
    put_row(of, row);
    MemoryContextSwitchTo(before);
    MemoryContextDelete(scratch);
    if (is_full(of)) {
        flush(of);
    }
    PG_RETURN_POINTER(of);
}

static bytea *save(counting *of) {
    mtm_buffer *saved = NULL;
    mtm_error err = {0};
    bytea *bytes;
    size_t size;
    flush(of);
    check(mtm_tabulator_save(of->tabulator, &saved, &err), &err);
    size = mtm_buffer_size(saved);
    bytes = size > MaxAllocSize - VARHDRSZ ? NULL : palloc_extended(size + VARHDRSZ, MCXT_ALLOC_NO_OOM);
    if (bytes != NULL) {
        SET_VARSIZE(bytes, size + VARHDRSZ);
        memcpy(VARDATA(bytes), mtm_buffer_data(saved), size);
    }
    mtm_buffer_free(saved);
    if (bytes == NULL) {
        ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
                        errmsg("the state has %zu bytes, more than a bytea can hold", size),
                        errhint("Group by fewer dimensions, by longer periods or by coarser labels.")));
    }
    return bytes;
}

PG_FUNCTION_INFO_V1(mtm_pg_count_state);
Datum mtm_pg_count_state(PG_FUNCTION_ARGS) {
    if (PG_ARGISNULL(0)) {
        PG_RETURN_NULL();
    }
    PG_RETURN_BYTEA_P(save((counting *)PG_GETARG_POINTER(0)));
}

PG_FUNCTION_INFO_V1(mtm_pg_count_save);
Datum mtm_pg_count_save(PG_FUNCTION_ARGS) {
    PG_RETURN_BYTEA_P(save((counting *)PG_GETARG_POINTER(0)));
}

PG_FUNCTION_INFO_V1(mtm_pg_count_load);
Datum mtm_pg_count_load(PG_FUNCTION_ARGS) {
    counting *of = counting_new(fcinfo);
    load(of, PG_GETARG_BYTEA_PP(0));
    PG_RETURN_POINTER(of);
}

PG_FUNCTION_INFO_V1(mtm_pg_count_unite);
Datum mtm_pg_count_unite(PG_FUNCTION_ARGS) {
    counting *of = PG_ARGISNULL(0) ? NULL : (counting *)PG_GETARG_POINTER(0);
    counting *other = PG_ARGISNULL(1) ? NULL : (counting *)PG_GETARG_POINTER(1);
    mtm_error err = {0};
    if (other == NULL) {
        if (of == NULL) {
            PG_RETURN_NULL();
        }
        PG_RETURN_POINTER(of);
    }
    if (of == NULL) { /* the first state may live in a shorter context: a copy */
        of = counting_new(fcinfo);
        load(of, save(other));
        PG_RETURN_POINTER(of);
    }
    flush(of);
    flush(other);
    check(mtm_tabulator_merge(of->tabulator, other->tabulator, 0, &err), &err);
    PG_RETURN_POINTER(of);
}

PG_FUNCTION_INFO_V1(mtm_pg_merge_state);
Datum mtm_pg_merge_state(PG_FUNCTION_ARGS) {
    counting *of = PG_ARGISNULL(0) ? NULL : (counting *)PG_GETARG_POINTER(0), *other;
    mtm_error err = {0};
    if (PG_ARGISNULL(1)) {
        if (of == NULL) {
            PG_RETURN_NULL();
        }
        PG_RETURN_POINTER(of);
    }
    other = counting_new(fcinfo);
    load(other, PG_GETARG_BYTEA_PP(1));
    if (of == NULL) {
        PG_RETURN_POINTER(other);
    }
    check(mtm_tabulator_merge(of->tabulator, other->tabulator, 0, &err), &err);
    MemoryContextDelete(other->context);
    PG_RETURN_POINTER(of);
}

/* ---- what a state says ---- */

/* Frees what a function holds, also when it is left by an error. */
typedef struct opened {
    MemoryContextCallback callback;
    mtm_tabulator *tabulator;
    mtm_package *package;
    mtm_check *check;
} opened;

static void close_opened(void *data) {
    opened *of = data;
    mtm_check_free(of->check);
    mtm_package_free(of->package);
    mtm_tabulator_free(of->tabulator);
}

static opened *open_state(bytea *bytes) {
    opened *of = palloc0(sizeof *of);
    mtm_source source = MTM_SOURCE_BYTES_INIT(VARDATA_ANY(bytes), VARSIZE_ANY_EXHDR(bytes), "state");
    mtm_error err = {0};
    of->callback.func = close_opened;
    of->callback.arg = of;
    MemoryContextRegisterResetCallback(CurrentMemoryContext, &of->callback);
    check(mtm_tabulator_load(&source, NULL, &of->tabulator, &err), &err);
    return of;
}

PG_FUNCTION_INFO_V1(mtm_pg_rows);
Datum mtm_pg_rows(PG_FUNCTION_ARGS) {
    opened *of = open_state(PG_GETARG_BYTEA_PP(0));
    TupleDesc about;
    Datum values[4];
    bool nulls[4] = {false, false, false, false};
    if (get_call_result_type(fcinfo, NULL, &about) != TYPEFUNC_COMPOSITE) {
        elog(ERROR, "expected a caller that takes a row");
    }
    for (int i = 0; i < 4; i++) {
        values[i] = Int64GetDatum(mtm_tabulator_rows(of->tabulator, (mtm_rows)i));
    }
    PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(about), values, nulls)));
}

/* The tuples of a function that gives a table. */
static ReturnSetInfo *start_table(FunctionCallInfo fcinfo) {
    InitMaterializedSRF(fcinfo, 0);
    return (ReturnSetInfo *)fcinfo->resultinfo;
}

static Datum text_of(const char *utf8) {
    return CStringGetTextDatum(from_utf8(utf8));
}

static Datum day_of(int32 day) {
    return DateADTGetDatum((DateADT)(day - EPOCH_DAYS));
}

static Datum names_of(const mtm_dataset *dataset, size_t n) {
    Datum *names = palloc(sizeof *names * (n + 1));
    mtm_dimension dimension = MTM_DIMENSION_INIT;
    for (size_t i = 0; i < n; i++) {
        mtm_dataset_dimension(dataset, i, &dimension);
        names[i] = text_of(dimension.name);
    }
    return PointerGetDatum(construct_array(names, (int)n, TEXTOID, -1, false, TYPALIGN_INT));
}

static Datum members_of(const mtm_dataset *dataset, size_t n, size_t observation) {
    Datum *codes = palloc(sizeof *codes * (n + 1));
    mtm_member member = MTM_MEMBER_INIT;
    for (size_t i = 0; i < n; i++) {
        const int32_t *column = mtm_dataset_column(dataset, MTM_COLUMN_CODE, i);
        mtm_dataset_member(dataset, i, (size_t)column[observation], MTM_LANGUAGE_EN, &member);
        codes[i] = text_of(member.code);
    }
    return PointerGetDatum(construct_array(codes, (int)n, TEXTOID, -1, false, TYPALIGN_INT));
}

static Datum numeric_of(int64 scaled, int decimals) {
    char text[64];
    const mtm_decimal value = {scaled, decimals, 0};
    mtm_decimal_describe(value, text, sizeof text);
    return DirectFunctionCall3(numeric_in, CStringGetDatum(text), ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1));
}

static void put_dataset(ReturnSetInfo *table, const mtm_dataset *dataset, const mtm_dataset_info *info) {
    const mtm_period *periods = mtm_dataset_column(dataset, MTM_COLUMN_PERIOD, 0);
    const int64_t *values = mtm_dataset_column(dataset, MTM_COLUMN_VALUE, 0);
    const char *statuses = mtm_dataset_column(dataset, MTM_COLUMN_STATUS, 0);
    MemoryContext scratch = AllocSetContextCreate(CurrentMemoryContext, "mtm_finish row", ALLOCSET_SMALL_SIZES), before;
    const Datum name = text_of(info->name), names = names_of(dataset, info->n_dimensions);
    for (size_t i = 0; i < info->n_observations; i++) {
        char period[64], status[2] = {statuses[i], '\0'};
        const bool has_value = strchr("LMOQ", statuses[i]) == NULL;
        bool nulls[8] = {false, false, false, false, false, false, !has_value, false};
        Datum row[8];
        before = MemoryContextSwitchTo(scratch);
        mtm_period_describe(periods[i], period, sizeof period);
        row[0] = name;
        row[1] = text_of(period);
        row[2] = day_of(periods[i].first);
        row[3] = day_of(periods[i].last);
        row[4] = names;
        row[5] = members_of(dataset, info->n_dimensions, i);
        row[6] = has_value ? numeric_of(values[i], info->decimals) : (Datum)0;
        row[7] = text_of(status);
        tuplestore_putvalues(table->setResult, table->setDesc, row, nulls);
        MemoryContextSwitchTo(before);
        MemoryContextReset(scratch);
        CHECK_FOR_INTERRUPTS();
    }
    MemoryContextDelete(scratch);
}

PG_FUNCTION_INFO_V1(mtm_pg_finish);
Datum mtm_pg_finish(PG_FUNCTION_ARGS) {
    ReturnSetInfo *table = start_table(fcinfo);
    mtm_error err = {0};
    bool found = PG_ARGISNULL(1);
    char *only = NULL;
    opened *of;
    if (PG_ARGISNULL(0)) {
        return (Datum)0;
    }
    of = open_state(PG_GETARG_BYTEA_PP(0));
    check(mtm_tabulator_finish(of->tabulator, &of->package, &err), &err);
    if (!PG_ARGISNULL(1)) {
        only = text_to_cstring(PG_GETARG_TEXT_PP(1));
        only = pg_server_to_any(only, (int)strlen(only), PG_UTF8);
    }
    for (size_t i = 0; i < mtm_package_count(of->package); i++) {
        const mtm_dataset *dataset = mtm_package_at(of->package, i);
        mtm_dataset_info info = MTM_DATASET_INFO_INIT;
        mtm_dataset_get(dataset, MTM_LANGUAGE_EN, &info);
        if (only != NULL && strcmp(only, info.name) != 0) {
            continue;
        }
        found = true;
        put_dataset(table, dataset, &info);
    }
    if (!found) {
        ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT), errmsg("no grouping \"%s\" in this state", from_utf8(only)),
                        errhint("SELECT DISTINCT grouping_name FROM mtm_finish(state) lists them.")));
    }
    return (Datum)0;
}

PG_FUNCTION_INFO_V1(mtm_pg_refused);
Datum mtm_pg_refused(PG_FUNCTION_ARGS) {
    ReturnSetInfo *table = start_table(fcinfo);
    opened *of = open_state(PG_GETARG_BYTEA_PP(0));
    mtm_diagnostic found;
    mtm_error err = {0};
    check(mtm_tabulator_check(of->tabulator, &of->check, &err), &err);
    for (size_t i = 0; mtm_check_at(of->check, i, &found); i++) {
        bool nulls[4] = {false, false, false, false};
        char code[16];
        Datum row[4];
        snprintf(code, sizeof code, "MTM-%c%03d", found.error ? 'E' : 'N', (int)found.code);
        row[0] = CStringGetTextDatum(code);
        row[1] = Int64GetDatum(found.column);
        row[2] = text_of(found.found);
        row[3] = text_of(found.expected);
        nulls[1] = found.column == 0;
        tuplestore_putvalues(table->setResult, table->setDesc, row, nulls);
    }
    return (Datum)0;
}

PG_FUNCTION_INFO_V1(mtm_pg_version);
Datum mtm_pg_version(PG_FUNCTION_ARGS) {
    (void)fcinfo;
    PG_RETURN_TEXT_P(cstring_to_text(mtm_version()));
}
