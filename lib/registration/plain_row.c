/* Takes rows of registrations in. Both ways hash the same text: cells without quotes and without spaces around them. */
#include "registration/plain_row.h"

#include "base/error.h"
#include "base/text.h"
#include "period/period.h"
#include "tabulate/cell_cache_fill.h"
#include "tabulate/parse_cell.h"

#include <string.h>

#define FIRST_DAY mtmi_day_from(MTMI_DATES_FIRST_YEAR, 1, 1)
#define BETWEEN '\x1F' /* two cells */

static int is_blank(char c) {
    return c == ' ' || c == '\t';
}

static const char *strip(const char *text, size_t *length) {
    while (*length > 0 && is_blank(text[*length - 1])) {
        --*length;
    }
    while (*length > 0 && is_blank(text[0])) {
        text++;
        --*length;
    }
    return text;
}

static char *put_text(char *out, const char *text, size_t length) {
    memcpy(out, text, length);
    out[length] = BETWEEN;
    return out + length + 1;
}

static void stop_without_memory(mtmi_counter *counter) {
    if (counter->status == MTM_OK) {
        counter->status = mtmi_error_memory(&counter->error);
    }
}

static int32_t birth_of(const mtmi_date *birth) {
    return birth->month == 0 ? birth->year
                             : MTMI_BIRTH_DAYS + mtmi_day_from(birth->year, birth->month, birth->day) - FIRST_DAY;
}

void mtmi_registry_start_row(mtmi_intake *intake) {
    memset(&intake->row, 0, sizeof intake->row);
    intake->row.left = MTMI_NEVER;
    intake->row.birth = MTMI_UNBORN;
}

void mtmi_registry_identity(mtmi_intake *intake, mtmi_use use, const char *text, size_t length) {
    uint64_t hash[2];
    text = mtmi_text_trim(text, &length);
    if (length == 0) {
        return;
    }
    mtmi_intake_hash(intake, text, length, hash);
    if (use == MTMI_USE_ID) {
        memcpy(intake->row.id, hash, sizeof hash);
    } else {
        intake->row.household = hash[0] | 1; /* none is 0 */
    }
}

int mtmi_registry_age_is_good(int32_t years) {
    return years >= -1 && years <= MTMI_SPEC_OLDEST;
}

static void add_registration(mtmi_counter *counter, size_t text_size) {
    if (!mtmi_intake_add(counter->intake, counter->numbers, text_size, counter->block << 32 | counter->line)) {
        stop_without_memory(counter);
    }
}

void mtmi_registry_slow_row(mtmi_counter *counter, const mtmi_row *row, const mtmi_date *birth) {
    mtmi_intake *intake = counter->intake;
    size_t size = row->n_cells;
    for (size_t i = 0; i < row->n_cells; i++) {
        size += row->cells[i].length;
    }
    char *start = mtmi_intake_text(intake, size), *out = start;
    if (start == NULL) {
        stop_without_memory(counter);
        return;
    }
    for (size_t i = 0; i < row->n_cells; i++) {
        size_t length = row->cells[i].length;
        const char *text = strip(row->cells[i].text, &length);
        if (intake->columns.text[i]) {
            out = put_text(out, text, length);
        }
    }
    if (birth != NULL) {
        intake->row.birth = birth_of(birth);
    }
    add_registration(counter, (size_t)(out - start));
}

/* ---- the fast way ---- */

/* A cell as the scanner found it: quotes around it and doubled quotes inside are there. */
typedef struct raw_cell {
    const unsigned char *bytes;
    uint32_t length;
} raw_cell;

static raw_cell cell_at(const unsigned char *bytes, const uint32_t *ends, uint32_t position) {
    const uint32_t begin = ends[(ptrdiff_t)position - 1] + 1;
    return (raw_cell){bytes + begin, ends[position] - begin};
}

static int is_quoted(const mtmi_count_table *table, raw_cell cell) {
    return table->has_quote && cell.length >= 2 && cell.bytes[0] == table->quote;
}

static char *put_raw(const mtmi_count_table *table, raw_cell cell, char *out) {
    size_t length = cell.length;
    const char *text = (const char *)cell.bytes;
    char *from = out;
    if (!is_quoted(table, cell)) {
        text = strip(text, &length);
        return put_text(out, text, length);
    }
    for (uint32_t i = 1; i + 1 < cell.length; i++) {
        *from++ = (char)cell.bytes[i];
        i += cell.bytes[i] == table->quote;
    }
    length = (size_t)(from - out);
    text = strip(out, &length);
    memmove(out, text, length);
    out[length] = BETWEEN;
    return out + length + 1;
}

/* 0 where only the slow way is sure of the text: nothing, spaces of other kinds at its ends, quotes inside. */
static int plain_text(const mtmi_count_table *table, raw_cell cell, const char **text, size_t *length) {
    if (is_quoted(table, cell)) {
        cell.bytes++;
        cell.length -= 2;
        if (memchr(cell.bytes, table->quote, cell.length) != NULL) {
            return 0;
        }
    }
    *text = (const char *)cell.bytes;
    *length = cell.length;
    return cell.length > 0 && cell.bytes[0] > ' ' && cell.bytes[0] < 0x7F && cell.bytes[cell.length - 1] > ' ' &&
           cell.bytes[cell.length - 1] < 0x7F;
}

static int has_marks(const mtmi_count_table *table, unsigned used) {
    const mtmi_column *column = table->used[used].column;
    return column->bound->number->missing.n > 0;
}

static int take_identity(mtmi_counter *counter, unsigned used, raw_cell cell) {
    const mtmi_use use = counter->table->used[used].use;
    const char *text;
    size_t length;
    if (cell.length == 0 && use == MTMI_USE_HOUSEHOLD) {
        return 1;
    }
    if (has_marks(counter->table, used) || !plain_text(counter->table, cell, &text, &length)) {
        return 0;
    }
    mtmi_registry_identity(counter->intake, use, text, length);
    return 1;
}

/* What the cache of cells knows of a cell, or is taught now. */
static uint32_t value_of(mtmi_counter *counter, unsigned used, raw_cell cell) {
    const uint32_t value = mtmi_cell_cache_find(&counter->cells[used], cell.bytes, cell.length);
    return value != MTMI_CELLS_MISS ? value : mtmi_meaning_of(counter, used, cell.bytes, cell.length);
}

static int take_day(mtmi_counter *counter, unsigned used, raw_cell cell, mtmi_date *date, int32_t *day) {
    int year, month, on;
    if (cell.length == 10 && mtmi_dates_day(cell.bytes, date)) {
        *day = mtmi_day_from(date->year, date->month, date->day);
        return 1;
    }
    const uint32_t value = value_of(counter, used, cell);
    if (value & MTMI_VALUE_UNCLEAN) {
        return 0;
    }
    *day = MTMI_NEVER;
    if (value != MTMI_VALUE_NUMBER) {
        *day = (int32_t)value + FIRST_DAY;
        mtmi_day_split(*day, &year, &month, &on);
        *date = (mtmi_date){year, month, on};
    }
    return 1;
}

/* Days of the row and of the birth. */
typedef struct row_days {
    mtmi_date entered, left, birth;
    int has_birth;
} row_days;

static int take_birth(mtmi_counter *counter, unsigned used, raw_cell cell, row_days *days) {
    int year, month, day;
    const uint32_t value = value_of(counter, used, cell);
    if (value & MTMI_VALUE_UNCLEAN) {
        return 0;
    }
    days->has_birth = value != MTMI_VALUE_NUMBER;
    if (!days->has_birth) {
        return 1;
    }
    days->birth = (mtmi_date){(int32_t)value, 0, 0};
    if (counter->table->used[used].use == MTMI_USE_BIRTH_DATE) {
        mtmi_day_split((int32_t)value + FIRST_DAY, &year, &month, &day);
        days->birth = (mtmi_date){year, month, day};
    }
    return 1;
}

/* Whatever is no label. 0: the row needs the slow way; 2: it is no data. */
static int take_other(mtmi_counter *counter, unsigned used, raw_cell cell, row_days *days) {
    mtmi_record *row = &counter->intake->row;
    uint32_t value;
    switch (counter->table->used[used].use) {
    case MTMI_USE_ROWS:
        value = value_of(counter, used, cell);
        return value & MTMI_VALUE_UNCLEAN ? 0 : value & MTMI_VALUE_OUTSIDE ? 2 : 1;
    case MTMI_USE_ENTERED: return take_day(counter, used, cell, &days->entered, &row->entered);
    case MTMI_USE_LEFT: return cell.length == 0 || take_day(counter, used, cell, &days->left, &row->left);
    case MTMI_USE_ID:
    case MTMI_USE_HOUSEHOLD: return take_identity(counter, used, cell);
    case MTMI_USE_BIRTH_YEAR:
    case MTMI_USE_BIRTH_DATE: return take_birth(counter, used, cell, days);
    default: return 0;
    }
}

static int take_labels(mtmi_counter *counter, const unsigned char *bytes, const uint32_t *ends) {
    for (unsigned i = 0; i < counter->table->n_used; i++) {
        const mtmi_used_column *used = &counter->table->used[i];
        if (used->use != MTMI_USE_LABEL) {
            continue;
        }
        const uint32_t value = value_of(counter, i, cell_at(bytes, ends, used->position));
        if (value & MTMI_VALUE_UNCLEAN) {
            return 0;
        }
        counter->numbers[used->axis] = value & MTMI_VALUE_NUMBER;
    }
    return 1;
}

static int take_text(mtmi_counter *counter, const unsigned char *bytes, const uint32_t *ends, size_t *size) {
    const mtmi_registry_columns *columns = &counter->intake->columns;
    char *start = mtmi_intake_text(counter->intake, ends[columns->n_columns - 1] - ends[-1] + columns->n_columns);
    char *out = start;
    if (start == NULL) {
        stop_without_memory(counter);
        return 0;
    }
    for (uint32_t i = 0; i < columns->n_columns; i++) {
        if (columns->text[i]) {
            out = put_raw(counter->table, cell_at(bytes, ends, i), out);
        }
    }
    *size = (size_t)(out - start);
    return 1;
}

/* What the cells say together. */
static int is_sound(mtmi_counter *counter, const row_days *days) {
    mtmi_record *row = &counter->intake->row;
    if (row->entered == MTMI_NEVER || row->left < row->entered) {
        return 0;
    }
    if (!days->has_birth) {
        return 1;
    }
    row->birth = birth_of(&days->birth);
    return mtmi_registry_age_is_good(mtmi_counter_years(&days->birth, &days->entered));
}

int mtmi_registry_plain_row(mtmi_counter *counter, const unsigned char *bytes, const uint32_t *ends) {
    row_days days = {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}, 0};
    size_t size;
    int good = 1;
    mtmi_registry_start_row(counter->intake);
    for (unsigned i = 0; i < counter->table->n_used && good == 1; i++) {
        const mtmi_used_column *used = &counter->table->used[i];
        if (used->use != MTMI_USE_LABEL) {
            good = take_other(counter, i, cell_at(bytes, ends, used->position), &days);
        }
    }
    if (good == 2) {
        counter->pending[MTM_ROWS_IN]++;
        counter->pending[MTM_ROWS_NOT_DATA]++;
        return 1;
    }
    good =
        good && is_sound(counter, &days) && take_labels(counter, bytes, ends) && take_text(counter, bytes, ends, &size);
    if (good) {
        add_registration(counter, size);
    }
    if (counter->status != MTM_OK) {
        return -1;
    }
    if (good) {
        counter->pending[MTM_ROWS_IN]++;
        counter->pending[MTM_ROWS_ACCEPTED]++;
    }
    return good;
}
