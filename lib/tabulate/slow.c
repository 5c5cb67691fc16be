/* Rows that are not certainly plain. What comes in: bytes. What goes out: the row as libcsv reads it, judged cell by cell
 * and counted, refused or set aside. It does not know blocks or threads. */
#include "tabulate/slow.h"

#include "base/buffer.h"
#include "base/decimal.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"
#include "period/period.h"
#include "read/diagnostic.h"
#include "tabulate/judge.h"
#include "tabulate/refuse.h"

#include <csv.h>
#include <string.h>

struct mtmi_slow {
    const mtmi_table *table;
    struct csv_parser parser;
    int has_parser;
    mtmi_buffer text;            /* the cells, one after the other */
    size_t *ends;                /* of the cells in text */
    size_t n_cells, ends_capacity;
    int rows;                    /* that libcsv finished */
    int unclosed;                /* the row ends inside a quoted cell */
    int broken;                  /* a quote stands where none may; the row ends with its line */
    int failed;                  /* no memory in a callback */
    mtmi_judged judged;
};

/* What the cells of a row say of its date and of a birth. */
struct moment {
    mtmi_date date, birth;
    int has_date, outside;
    uint32_t birth_cell;         /* UINT32_MAX: no column of birth */
};

static void *resize(void *block, size_t size) { return mtmi_memory_resize(block, size, 1); }

static int no_space(unsigned char c) {
    (void)c;
    return 0;
}

static int is_line_feed(unsigned char c) { return c == '\n'; }

static void on_cell(void *cell, size_t size, void *data) {
    mtmi_slow *slow = data;
    if (slow->rows > 0 || slow->n_cells > slow->table->max_columns) return; /* too many already: the row is refused */
    if (!mtmi_memory_reserve((void **)&slow->ends, &slow->ends_capacity, slow->n_cells + 1, sizeof slow->ends[0])) {
        slow->failed = 1;
        return;
    }
    if (size > 0) mtmi_buffer_add(&slow->text, cell, size);
    slow->ends[slow->n_cells++] = slow->text.size;
}

static void on_row(int c, void *data) {
    mtmi_slow *slow = data;
    (void)c;
    slow->rows++;
}

mtm_status mtmi_slow_new(const mtmi_table *table, mtmi_slow **out, mtm_error *err) {
    mtmi_slow *slow = mtmi_memory_new(1, sizeof *slow);
    *out = slow;
    if (slow == NULL) return mtmi_error_memory(err);
    slow->table = table;
    slow->has_parser = csv_init(&slow->parser, CSV_STRICT) == 0;
    if (!slow->has_parser) return mtmi_error_memory(err);
    csv_set_realloc_func(&slow->parser, resize);
    csv_set_free_func(&slow->parser, mtmi_memory_free);
    csv_set_space_func(&slow->parser, no_space);
    csv_set_term_func(&slow->parser, is_line_feed);
    csv_set_delim(&slow->parser, table->delimiter);
    csv_set_quote(&slow->parser, table->has_quote ? table->quote : 0xFF);
    return MTM_OK;
}

void mtmi_slow_free(mtmi_slow *slow) {
    if (slow == NULL) return;
    if (slow->has_parser) csv_free(&slow->parser);
    mtmi_buffer_free(&slow->text);
    mtmi_memory_free(slow->ends);
    mtmi_memory_free(slow);
}

static void start_row(mtmi_slow *slow) {
    mtmi_buffer_clear(&slow->text);
    slow->n_cells = 0;
    slow->rows = slow->broken = 0;
}

static void feed(mtmi_slow *slow, const void *bytes, size_t n) {
    if (n == 0 || slow->broken || csv_parse(&slow->parser, bytes, n, on_cell, on_row, slow) == n) return;
    slow->broken = csv_error(&slow->parser) == CSV_EPARSE;
    slow->failed |= !slow->broken;
}

/* Whether libcsv is inside a quoted cell, where a line break is text. */
static int inside_quotes(const mtmi_slow *slow) { return slow->parser.quoted && slow->parser.pstate == 2; }

/* The line that begins here: its bytes, and those of its end (LF, CR LF or CR; 0 at the end of the text). 0 when more bytes
 * must come to tell. */
static int cut_line(const unsigned char *bytes, size_t n, int at_end, size_t *length, size_t *end) {
    const unsigned char *feed_at = memchr(bytes, '\n', n);
    size_t reach = feed_at == NULL ? n : (size_t)(feed_at - bytes);
    const unsigned char *cr = memchr(bytes, '\r', reach);
    *length = cr == NULL ? reach : (size_t)(cr - bytes);
    *end = *length < n;
    if (*end == 1 && bytes[*length] == '\r') {
        if (*length + 1 == n && !at_end) return 0;
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
    while (slow->rows == 0 && !slow->broken && !slow->failed && at < n
           && cut_line(bytes + at, n - at, at_end, &length, &end)) {
        if (at == 0 && length == 0) return end; /* a blank line */
        feed(slow, bytes + at, length);
        if (inside_quotes(slow)) feed(slow, bytes + at + length, end);
        else feed(slow, "\n", 1);
        at += length + end;
    }
    finished = slow->rows > 0 || slow->broken;
    slow->unclosed = !finished && inside_quotes(slow);
    if (slow->rows == 0 && !slow->failed) csv_fini(&slow->parser, on_cell, on_row, slow); /* and forgets the row */
    return finished || at_end ? at : 0;
}

/* A row to refuse, and where. */
struct row { const unsigned char *bytes; size_t size; };

static void refuse(mtmi_slow *slow, mtmi_counter *counter, struct row row, size_t cell, int code, const char *expected,
                   const char *hint) {
    mtmi_refused refused = {row.bytes, row.size, cell, code, NULL, 0, expected, hint};
    if (cell < slow->n_cells) {
        size_t start = cell == 0 ? 0 : slow->ends[cell - 1];
        refused.found = slow->text.data + start;
        refused.found_size = slow->ends[cell] - start;
    }
    counter->pending[MTM_ROWS_IN]++;
    counter->pending[MTM_ROWS_REJECTED]++;
    counter->status = mtmi_refuse(counter, &refused);
}

/* Takes a good cell over into the row at hand. 0 when only the row can say why not: `code` and `expected` then. */
static int take_cell(mtmi_slow *slow, mtmi_counter *counter, const mtmi_used_column *used, struct moment *moment) {
    mtmi_judged *judged = &slow->judged;
    int year, month, day;
    switch (used->use) {
    case MTMI_USE_LABEL:
        moment->outside |= judged->outside;
        counter->numbers[used->axis] = mtmi_counter_member(counter, used->axis, judged->key, judged->key_length);
        return 1;
    case MTMI_USE_PERIOD:
        mtmi_day_split(judged->period.first, &year, &month, &day);
        moment->date = (mtmi_date){year, month, day};
        moment->has_date = judged->period.first == judged->period.last;
        if (mtmi_counter_period(counter, judged->period)) return 1;
        judged->code = MTMI_CODE_EVENT_PERIOD;
        judged->expected = "a date, or a period within one of those that are counted";
        return 0;
    case MTMI_USE_BIRTH_YEAR:
        moment->birth = (mtmi_date){judged->period.first, 0, 0};
        moment->birth_cell = used->position;
        return 1;
    case MTMI_USE_BIRTH_DATE:
        mtmi_day_split(judged->period.first, &year, &month, &day);
        moment->birth = (mtmi_date){year, month, day};
        moment->birth_cell = used->position;
        return 1;
    case MTMI_USE_SUM:
    case MTMI_USE_COUNT:
        counter->sums[used->sum] = judged->number;
        if (judged->decimals > counter->pending_decimals[used->sum])
            counter->pending_decimals[used->sum] = judged->decimals;
        return 1;
    }
    return 1;
}

static int age_is_good(mtmi_counter *counter, const struct moment *moment) {
    if (moment->birth_cell == UINT32_MAX) return 1;
    if (!moment->has_date && moment->birth.month != 0) return 0;
    return mtmi_counter_age(counter, mtmi_counter_years(&moment->birth, &moment->date));
}

/* Every cell that matters, in the order of the table, until one is refused. */
static void judge_row(mtmi_slow *slow, mtmi_counter *counter, struct row row) {
    const mtmi_table *table = slow->table;
    struct moment moment = {{0, 0, 0}, {0, 0, 0}, 0, 0, UINT32_MAX};
    unsigned i;
    for (i = 0; i < table->n_used; i++) {
        const mtmi_used_column *used = &table->used[i];
        size_t start = used->position == 0 ? 0 : slow->ends[used->position - 1];
        mtmi_judge(used->column, used->use, slow->text.data + start, slow->ends[used->position] - start,
                   &slow->judged);
        if (slow->judged.code == 0) (void)take_cell(slow, counter, used, &moment);
        if (counter->status != MTM_OK) return;
        if (slow->judged.code != 0) {
            refuse(slow, counter, row, used->position, slow->judged.code, slow->judged.expected, slow->judged.hint);
            return;
        }
    }
    if (!age_is_good(counter, &moment)) {
        if (counter->status == MTM_OK)
            refuse(slow, counter, row, moment.birth_cell, MTMI_CODE_EVENT_BIRTH, "a birth from 0 to 150 years before",
                   "");
        return;
    }
    counter->pending[MTM_ROWS_IN]++;
    counter->pending[MTM_ROWS_ACCEPTED]++;
    if (moment.outside) counter->pending_outside++;
    else (void)mtmi_counter_row(counter);
}

static size_t longest_cell(const mtmi_slow *slow, uint64_t limit) {
    size_t i, start = 0;
    for (i = 0; i < slow->n_cells; i++) {
        if (slow->ends[i] - start > limit) return i;
        start = slow->ends[i];
    }
    return SIZE_MAX;
}

/* What can be wrong before a cell is looked at. 1 when the row is refused. */
static int refuse_structure(mtmi_slow *slow, mtmi_counter *counter, struct row row) {
    const mtmi_table *table = slow->table;
    char expected[64];
    size_t length = slow->text.size, cell;
    if (slow->broken || slow->unclosed) {
        refuse(slow, counter, row, MTMI_REFUSED_QUOTE, MTMI_CODE_QUOTE,
               slow->unclosed ? "a closing quote" : "quotes around a whole cell, doubled inside",
               "quote the whole cell and double the quotes inside it, or declare another quoteChar");
    } else if (slow->n_cells > table->max_columns) {
        refuse(slow, counter, row, MTMI_REFUSED_ROW, MTMI_CODE_COLUMN_LIMIT, "fewer columns", "raise max_columns");
    } else if (slow->n_cells != table->n_columns) {
        mtmi_decimal_write(table->n_columns, 0, expected, sizeof expected);
        strcat(expected, " cells, as the header has");
        refuse(slow, counter, row, MTMI_REFUSED_ROW, MTMI_CODE_CELLS, expected, "");
    } else if ((cell = longest_cell(slow, table->max_field)) != SIZE_MAX) {
        refuse(slow, counter, row, cell, MTMI_CODE_FIELD_LIMIT, "a shorter cell", "raise max_field");
    } else if (length > 0 && (memchr(slow->text.data, 0, length) != NULL
                              || (!table->single_byte && mtmi_text_valid(slow->text.data, length) != length))) {
        refuse(slow, counter, row, MTMI_REFUSED_ROW, MTMI_CODE_CHARACTER, "text in UTF-8, without NUL",
               "declare the file's encoding");
    } else {
        return 0;
    }
    return 1;
}

size_t mtmi_slow_row(mtmi_slow *slow, mtmi_counter *counter, const unsigned char *bytes, size_t n, int at_end) {
    size_t length = cut_row(slow, bytes, n, at_end);
    struct row row = {bytes, length};
    if (slow->failed || slow->text.failed) {
        counter->status = mtmi_error_memory(&counter->error);
        return 0;
    }
    if (length == 0) return 0;
    if (slow->n_cells == 0) { /* a blank line */
        counter->pending[MTM_ROWS_IN]++;
        counter->pending[MTM_ROWS_NOT_DATA]++;
    } else if (!refuse_structure(slow, counter, row) && counter->status == MTM_OK) {
        judge_row(slow, counter, row);
    }
    return counter->status == MTM_OK ? length : 0;
}
