/* Reads rows that are not certainly plain: libcsv cuts them, the reader's rules judge each cell, and the row is
 * counted, refused or set aside. Invariant: what is counted is what the reader of tables would count of the same
 * row. */
#include "tabulate/slow_path.h"

#include "base/buffer.h"
#include "base/decimal.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "period/period.h"
#include "read/csv/csv_parser.h"
#include "read/table_reader_internal.h"
#include "registration/plain_row.h"
#include "tabulate/parse_cell.h"
#include "tabulate/raw_place.h"

#include <string.h>

struct mtmi_slow {
    const mtmi_count_table *table;
    struct csv_parser parser;
    int has_parser;
    mtmi_buffer text; /* the cells, one after the other */
    size_t *ends;     /* of the cells in text */
    size_t n_cells, ends_capacity;
    mtmi_cell *cells; /* the same as the reader wants them */
    size_t cells_capacity;
    mtmi_row_cells taken; /* of the row at hand, as they are compared */
    int rows;             /* that libcsv finished */
    int unclosed;         /* the row ends inside a quoted cell */
    int broken;           /* a quote stands where none may; the row ends with its line */
    int failed;           /* no memory in a callback */
    size_t end;           /* bytes of the row's line end */
    mtmi_judged judged;
};

/* What the cells of a row say of its date and of a birth. */
struct moment {
    mtmi_date date, birth;
    int has_date, outside, no_data;
    uint32_t left_cell;  /* registrations */
    uint32_t birth_cell; /* UINT32_MAX: no column of birth */
};

static void on_cell(void *cell, size_t size, void *data) {
    mtmi_slow *slow = data;
    if (slow->rows > 0 || slow->n_cells > slow->table->max_columns) {
        return; /* too many already: the row is refused */
    }
    if (!mtmi_memory_reserve((void **)&slow->ends, &slow->ends_capacity, slow->n_cells + 1, sizeof slow->ends[0])) {
        slow->failed = 1;
        return;
    }
    if (size > 0) {
        mtmi_buffer_add(&slow->text, cell, size);
    }
    slow->ends[slow->n_cells++] = slow->text.size;
}

static void on_row(int c, void *data) {
    mtmi_slow *slow = data;
    (void)c;
    slow->rows++;
}

mtm_status mtmi_slow_new(const mtmi_count_table *table, mtmi_slow **out, mtm_error *err) {
    mtmi_slow *slow = mtmi_memory_new(1, sizeof *slow);
    mtm_status status;
    *out = slow;
    if (slow == NULL) {
        return mtmi_error_memory(err);
    }
    slow->table = table;
    status = mtmi_csv_parser_start(&slow->parser, table->delimiter, table->has_quote ? table->quote : MTMI_CSV_NO_QUOTE,
                                   err);
    slow->has_parser = status == MTM_OK;
    return status;
}

void mtmi_slow_free(mtmi_slow *slow) {
    if (slow == NULL) {
        return;
    }
    if (slow->has_parser) {
        csv_free(&slow->parser);
    }
    mtmi_buffer_free(&slow->text);
    mtmi_memory_free(slow->ends);
    mtmi_memory_free(slow->cells);
    mtmi_row_cells_free(&slow->taken);
    mtmi_memory_free(slow);
}

static void start_row(mtmi_slow *slow) {
    mtmi_buffer_clear(&slow->text);
    slow->n_cells = 0;
    slow->rows = slow->broken = slow->unclosed = 0;
    slow->end = 0;
}

static void feed(mtmi_slow *slow, const void *bytes, size_t n) {
    if (n == 0 || slow->broken || csv_parse(&slow->parser, bytes, n, on_cell, on_row, slow) == n) {
        return;
    }
    slow->broken = csv_error(&slow->parser) == CSV_EPARSE;
    slow->failed |= !slow->broken;
}

/* Whether libcsv is inside a quoted cell, where a line break is text. */
static int inside_quotes(const mtmi_slow *slow) {
    return slow->parser.quoted && slow->parser.pstate == 2;
}

/* The line that begins here: its bytes, and those of its end (LF, CR LF or CR; 0 at the end of the text). 0 when more bytes
 * must come to tell. */
static int cut_line(const unsigned char *bytes, size_t n, int at_end, size_t *length, size_t *end) {
    const unsigned char *feed_at = memchr(bytes, '\n', n);
    size_t reach = feed_at == NULL ? n : (size_t)(feed_at - bytes);
    const unsigned char *cr = memchr(bytes, '\r', reach);
    *length = cr == NULL ? reach : (size_t)(cr - bytes);
    *end = *length < n;
    if (*end == 1 && bytes[*length] == '\r') {
        if (*length + 1 == n && !at_end) {
            return 0;
        }
        *end += *length + 1 < n && bytes[*length + 1] == '\n';
    }
    return *end > 0 || at_end;
}

/* Bytes of the row that begins here, its cells in slow; 0 when it does not end here. A row that breaks the rules of quotes
 * ends with its line. */
static size_t cut_row(mtmi_slow *slow, const unsigned char *bytes, size_t n, int at_end) {
    size_t at = 0, length, end;
    int finished;
    start_row(slow);
    while (slow->rows == 0 && !slow->broken && !slow->failed && at < n &&
           cut_line(bytes + at, n - at, at_end, &length, &end)) {
        slow->end = end;
        if (at == 0 && length == 0) {
            return end; /* a blank line */
        }
        feed(slow, bytes + at, length);
        if (inside_quotes(slow)) {
            feed(slow, bytes + at + length, end);
        } else {
            feed(slow, "\n", 1);
        }
        at += length + end;
    }
    finished = slow->rows > 0 || slow->broken;
    slow->unclosed = !finished && inside_quotes(slow);
    if (slow->rows == 0 && !slow->failed) {
        csv_fini(&slow->parser, on_cell, on_row, slow); /* and forgets the row */
    }
    return finished || at_end ? at : 0;
}

static void refuse_row(mtmi_counter *counter, const mtmi_row *row, size_t offset, int code, const char *expected,
                       const char *hint) {
    mtmi_refused refused = {row->record, row->record_size, offset, code, NULL, 0, expected, hint};
    counter->pending[MTM_ROWS_IN]++;
    counter->pending[MTM_ROWS_REJECTED]++;
    counter->status = mtmi_refuse(counter, &refused);
}

static void refuse_cell(const mtmi_slow *slow, mtmi_counter *counter, const mtmi_row *row, size_t cell, int code,
                        const char *expected, const char *hint) {
    mtmi_cell found = row->trimmed[cell];
    mtmi_refused refused = {row->record,
                            row->record_size,
                            mtmi_refuse_place(slow->table, row->record, row->record_size, cell),
                            code,
                            found.text,
                            found.length,
                            expected,
                            hint};
    counter->pending[MTM_ROWS_IN]++;
    counter->pending[MTM_ROWS_REJECTED]++;
    counter->status = mtmi_refuse(counter, &refused);
}

static void set_aside(mtmi_counter *counter) {
    counter->pending[MTM_ROWS_IN]++;
    counter->pending[MTM_ROWS_NOT_DATA]++;
}

/* Takes a good cell over into the row at hand. What only the row can refuse goes into `judged`. */
static void take_cell(mtmi_slow *slow, mtmi_counter *counter, const mtmi_used_column *used, const mtmi_cell *cell,
                      struct moment *moment) {
    mtmi_judged *judged = &slow->judged;
    int year, month, day;
    switch (used->use) {
    case MTMI_USE_LABEL:
        moment->outside |= judged->outside;
        counter->numbers[used->axis] = mtmi_counter_member(counter, used->axis, judged->key, judged->key_length);
        break;
    case MTMI_USE_PERIOD:
        mtmi_day_split(judged->period.first, &year, &month, &day);
        moment->date = (mtmi_date){year, month, day};
        moment->has_date = judged->period.first == judged->period.last;
        if (mtmi_counter_period(counter, judged->period)) {
            break;
        }
        judged->code = MTMI_CODE_EVENT_PERIOD;
        judged->expected = "a date, or a period within one of those that are counted";
        break;
    case MTMI_USE_BIRTH_YEAR:
        moment->birth = (mtmi_date){judged->period.first, 0, 0};
        moment->birth_cell = judged->empty ? UINT32_MAX : used->position;
        break;
    case MTMI_USE_BIRTH_DATE:
        mtmi_day_split(judged->period.first, &year, &month, &day);
        moment->birth = (mtmi_date){year, month, day};
        moment->birth_cell = judged->empty ? UINT32_MAX : used->position;
        break;
    case MTMI_USE_SUM:
    case MTMI_USE_COUNT:
        counter->sums[used->sum] = judged->number;
        if (judged->decimals > counter->pending_decimals[used->sum]) {
            counter->pending_decimals[used->sum] = judged->decimals;
        }
        break;
    case MTMI_USE_ROWS: moment->no_data |= judged->outside; break;
    case MTMI_USE_ENTERED:
        mtmi_day_split(judged->period.first, &year, &month, &day);
        moment->date = (mtmi_date){year, month, day};
        moment->has_date = 1;
        counter->intake->row.entered = judged->period.first;
        break;
    case MTMI_USE_LEFT:
        counter->intake->row.left = judged->empty ? MTMI_NEVER : judged->period.first;
        moment->left_cell = used->position;
        break;
    case MTMI_USE_ID:
    case MTMI_USE_HOUSEHOLD:
        if (!judged->empty) {
            mtmi_registry_identity(counter->intake, used->use, cell->text, cell->length);
        }
        break;
    }
}

/* The reader's order of judging. */
enum { STEPS = 5 };
static const unsigned char steps[] = {
    [MTMI_USE_ROWS] = 0,  [MTMI_USE_PERIOD] = 1,     [MTMI_USE_SUM] = 2,        [MTMI_USE_COUNT] = 2,
    [MTMI_USE_LABEL] = 3, [MTMI_USE_BIRTH_YEAR] = 4, [MTMI_USE_BIRTH_DATE] = 4, [MTMI_USE_ENTERED] = 1,
    [MTMI_USE_LEFT] = 1,  [MTMI_USE_ID] = 2,         [MTMI_USE_HOUSEHOLD] = 2};

static int age_is_good(mtmi_counter *counter, const struct moment *moment) {
    if (moment->birth_cell == UINT32_MAX) {
        return 1;
    }
    if (!moment->has_date && moment->birth.month != 0) {
        return 0;
    }
    const int32_t years = mtmi_counter_years(&moment->birth, &moment->date);
    return counter->intake != NULL ? mtmi_registry_age_is_good(years) : mtmi_counter_age(counter, years);
}

/* The cells of one step, until one is refused or counting stops. 0 then. */
static int judge_cells(mtmi_slow *slow, mtmi_counter *counter, const mtmi_row *row, unsigned step,
                       struct moment *moment) {
    const mtmi_count_table *table = slow->table;
    unsigned i;
    for (i = 0; i < table->n_used; i++) {
        const mtmi_used_column *used = &table->used[i];
        const mtmi_cell *cell = &row->cells[used->position];
        if (steps[used->use] != step) {
            continue;
        }
        mtmi_judge(used->column, used->use, cell->text, cell->length, &slow->judged);
        if (slow->judged.code == 0) {
            take_cell(slow, counter, used, cell, moment);
        }
        if (counter->status != MTM_OK) {
            return 0;
        }
        if (slow->judged.code == 0) {
            continue;
        }
        refuse_cell(slow, counter, row, used->position, slow->judged.code, slow->judged.expected, slow->judged.hint);
        return 0;
    }
    return 1;
}

/* Refuses a row that counts more people of one kind than there are. */
static int is_above_whole(const mtmi_slow *slow, mtmi_counter *counter, const mtmi_row *row) {
    const unsigned subset = mtmi_counter_subset_above(counter);
    if (subset == slow->table->n_used) {
        return 0;
    }
    refuse_cell(slow, counter, row, slow->table->used[subset].position, MTMI_CODE_SUBSET, MTMI_SUBSET_EXPECTED,
                MTMI_SUBSET_HINT);
    return 1;
}

/* Every cell that matters, in the reader's order: which rows are data, period, figures, labels; then what only events
 * have. */
static void judge_row(mtmi_slow *slow, mtmi_counter *counter, const mtmi_row *row) {
    struct moment moment = {{0, 0, 0}, {0, 0, 0}, 0, 0, 0, UINT32_MAX, UINT32_MAX};
    unsigned step;
    if (counter->intake != NULL) {
        mtmi_registry_start_row(counter->intake);
    }
    for (step = 0; step < STEPS; step++) {
        if (!judge_cells(slow, counter, row, step, &moment)) {
            return;
        }
        if (!moment.no_data) {
            continue;
        }
        set_aside(counter);
        return;
    }
    if (is_above_whole(slow, counter, row)) {
        return;
    }
    if (!age_is_good(counter, &moment)) {
        if (counter->status == MTM_OK) {
            refuse_cell(slow, counter, row, moment.birth_cell, MTMI_CODE_EVENT_BIRTH,
                        "a birth from 0 to 150 years before", "");
        }
        return;
    }
    if (counter->intake != NULL && counter->intake->row.left < counter->intake->row.entered) {
        refuse_cell(slow, counter, row, moment.left_cell, MTMI_CODE_REGISTRATION_LEFT,
                    "a day of leaving that is not before the registration", "correct one of the two days");
        return;
    }
    counter->pending[MTM_ROWS_IN]++;
    counter->pending[MTM_ROWS_ACCEPTED]++;
    if (counter->intake != NULL) {
        mtmi_registry_slow_row(counter, row, moment.birth_cell == UINT32_MAX ? NULL : &moment.birth);
    } else if (moment.outside) {
        counter->pending_outside++;
    } else {
        (void)mtmi_counter_row(counter);
    }
}

static size_t longest_cell(const mtmi_row *row) {
    size_t longest = 0, i;
    for (i = 0; i < row->n_cells; i++) {
        if (row->cells[i].length > row->cells[longest].length) {
            longest = i;
        }
    }
    return longest;
}

/* Bytes that are no text. Where nothing says that the file is UTF-8, it is not: that ends the counting. */
static void refuse_text(mtmi_slow *slow, mtmi_counter *counter, const mtmi_row *row, size_t at, int is_nul) {
    mtmi_place place = {NULL, 0, 0};
    if (is_nul || !slow->table->assumed_text) {
        refuse_row(counter, row, at, MTMI_CODE_CHARACTER, is_nul ? "text without NUL" : "text in the file's encoding",
                   is_nul ? "the file may be damaged, or in UTF-16 without its mark"
                          : "the row may be in another encoding");
        return;
    }
    mtmi_row_place(row, at, &place.line, &place.column);
    place.line += (int64_t)counter->line;
    counter->status = mtmi_error_set(&counter->error, MTM_ERROR_ENCODING, MTMI_CODE_ENCODING, place,
                                     "found bytes that are not UTF-8, expected UTF-8; declare the file's encoding");
}

/* What the container of a row refuses, before its cells are looked at. 1 when it does. */
static int refuse_container(mtmi_slow *slow, mtmi_counter *counter, const mtmi_row *row) {
    const mtmi_count_table *table = slow->table;
    size_t valid = mtmi_text_valid(row->record, row->record_size), cell;
    const char *nul = row->record_size == 0 ? NULL : memchr(row->record, '\0', valid);
    if (slow->broken || slow->unclosed) {
        refuse_row(counter, row, mtmi_refuse_place(table, row->record, row->record_size, MTMI_REFUSED_QUOTE),
                   MTMI_CODE_QUOTE, slow->unclosed ? "a closing quote" : "quotes around a whole cell, doubled inside",
                   slow->unclosed
                       ? "the quote that opens here is never closed"
                       : "quote the whole cell and double the quotes inside it, or declare another quoteChar");
    } else if (nul != NULL || valid < row->record_size) {
        refuse_text(slow, counter, row, nul != NULL ? (size_t)(nul - row->record) : valid, nul != NULL);
    } else if (row->n_cells > table->max_columns) {
        refuse_row(counter, row, 0, MTMI_CODE_COLUMN_LIMIT, "fewer columns", "raise max_columns");
    } else if (row->n_cells > 0 && row->cells[cell = longest_cell(row)].length > table->max_field) {
        refuse_row(counter, row, mtmi_refuse_place(table, row->record, row->record_size, cell), MTMI_CODE_FIELD_LIMIT,
                   "a shorter cell", "raise max_field");
    } else {
        return 0;
    }
    return 1;
}

/* Rows that are recognised as no data, by the reader's rules. */
static int is_no_data(const mtmi_slow *slow, const mtmi_row *row) {
    mtmi_reading reading;
    memset(&reading, 0, sizeof reading);
    reading.resource = slow->table->spec->resource;
    reading.header = *slow->table->header;
    reading.rows_of_data = 1; /* the numbers of the columns were passed with the header */
    return mtmi_reading_kind(&reading, row) != MTMI_ROW_DATA;
}

static void judge_line(mtmi_slow *slow, mtmi_counter *counter, mtmi_row *row) {
    char expected[96];
    mtmi_buffer text = MTMI_BUFFER_INIT;
    if (refuse_container(slow, counter, row)) {
        return;
    }
    if (!mtmi_row_take(&slow->taken, row)) {
        counter->status = mtmi_error_memory(&counter->error);
    } else if (is_no_data(slow, row)) {
        set_aside(counter);
    } else if (row->n_cells != slow->table->n_columns) {
        mtmi_buffer_format(&text, "%zu cells, as the header has; the row has %zu", (size_t)slow->table->n_columns,
                           row->n_cells);
        strncpy(expected, text.data == NULL ? "" : text.data, sizeof expected - 1);
        expected[sizeof expected - 1] = '\0';
        refuse_row(counter, row, 0, MTMI_CODE_CELLS, expected, "");
        mtmi_buffer_free(&text);
    } else {
        judge_row(slow, counter, row);
    }
}

/* The cells of the row as the reader wants them. 0 without memory. */
static int lend(mtmi_slow *slow, const unsigned char *bytes, size_t length, mtmi_row *out) {
    size_t start = 0, i;
    memset(out, 0, sizeof *out);
    if (!mtmi_memory_reserve((void **)&slow->cells, &slow->cells_capacity, slow->n_cells + 1, sizeof slow->cells[0])) {
        return 0;
    }
    for (i = 0; i < slow->n_cells; i++) {
        memset(&slow->cells[i], 0, sizeof slow->cells[i]);
        slow->cells[i].text = slow->text.data == NULL ? "" : slow->text.data + start;
        slow->cells[i].length = slow->ends[i] - start;
        start = slow->ends[i];
    }
    out->cells = slow->cells;
    out->n_cells = slow->n_cells;
    out->record = (const char *)bytes;
    out->record_size = length - (slow->unclosed ? 0 : slow->end); /* a line end in quotes is text */
    out->line = 1;
    return 1;
}

size_t mtmi_slow_row(mtmi_slow *slow, mtmi_counter *counter, const unsigned char *bytes, size_t n, int at_end) {
    size_t length = cut_row(slow, bytes, n, at_end);
    mtmi_row row;
    if (length == 0 && !slow->failed && !slow->text.failed) {
        return 0;
    }
    if (slow->failed || slow->text.failed || !lend(slow, bytes, length, &row)) {
        counter->status = mtmi_error_memory(&counter->error);
        return 0;
    }
    judge_line(slow, counter, &row);
    return counter->status == MTM_OK ? length : 0;
}
