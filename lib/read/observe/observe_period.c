/* Finds the period and the release of a row. Columns that say parts of a period must agree. */
#include "base/error.h"
#include "base/text.h"
#include "read/observe/observe_internal.h"
#include "read/table/period_name.h"

#include <string.h>

/* A column mostly repeats the row above. */
static const mtmi_period_label *read_label(mtmi_observer *observer, const mtmi_bound *bound, mtmi_cell cell) {
    mtmi_column_state *memory = &observer->file.memory[bound - observer->file.columns->at];

    if (memory->has_last && memory->last.size == cell.length &&
        (cell.length == 0 || memcmp(memory->last.data, cell.text, cell.length) == 0)) {
        return &memory->last_label;
    }
    const mtmi_row *row = observer->current.row;
    const mtmi_period_label *known = bound->order == 0 ? mtmi_row_label(row, bound->cell) : NULL;
    if (known != NULL && cell.length == row->trimmed[bound->cell].length) {
        memory->last_label = *known;
    } else {
        mtmi_period_read(cell.text, cell.length, bound->order, &memory->last_label);
    }
    mtmi_buffer_clear(&memory->last);
    mtmi_buffer_add(&memory->last, cell.text, cell.length);
    memory->has_last = !memory->last.failed;
    memory->last.failed = 0;
    return &memory->last_label;
}

static mtmi_row_outcome refuse_label(mtmi_observer *observer, const mtmi_bound *bound, const mtmi_period_label *label) {
    int ambiguous = label->outcome == MTMI_PERIOD_AMBIGUOUS;
    return mtmi_observe_refuse(observer, bound, ambiguous ? MTMI_CODE_PERIOD_AMBIGUOUS : MTMI_CODE_PERIOD,
                               label->expected, ambiguous ? "declare the dateOrder of the column" : "");
}

/* Found once a file: see mtmi_observe_parts(). */
static const mtmi_bound *find_part(const mtmi_observer *observer, mtmi_role role, mtmi_header_part part) {
    return role == MTMI_ROLE_PERIOD ? observer->file.parts[0][part]
                                    : observer->file.parts[1][role == MTMI_ROLE_PERIOD_END];
}

void mtmi_observe_parts(mtmi_observer *observer) {
    memset(observer->file.parts, 0, sizeof observer->file.parts);
    for (size_t i = observer->file.columns->n; i-- > 0;) {
        const mtmi_bound *bound = &observer->file.columns->at[i];
        if (bound->role == MTMI_ROLE_PERIOD && bound->part <= MTMI_PART_MONTH) {
            observer->file.parts[0][bound->part] = bound;
        } else if (bound->role == MTMI_ROLE_PERIOD_START || bound->role == MTMI_ROLE_PERIOD_END) {
            observer->file.parts[1][bound->role == MTMI_ROLE_PERIOD_END] = bound;
        }
    }
}

static const mtmi_bound *find_finer(const mtmi_observer *observer) {
    static const mtmi_header_part parts[] = {MTMI_PART_MONTH, MTMI_PART_QUARTER, MTMI_PART_HALF};
    const mtmi_bound *found = NULL;

    for (size_t i = 0; i < 3 && found == NULL; i++) {
        found = find_part(observer, MTMI_ROLE_PERIOD, parts[i]);
    }
    return found;
}

static int is_digits(mtmi_cell cell) {
    for (size_t i = 0; i < cell.length; i++) {
        if (cell.text[i] < '0' || cell.text[i] > '9') {
            return 0;
        }
    }
    return cell.length > 0;
}

/* "2" or "II" or "Q2" or "апрель" beside a year: written as one label, and read as such. */
static void join_parts(mtmi_header_part part, mtmi_cell year, mtmi_cell finer, char *out, size_t size, size_t *n) {
    char sign = part == MTMI_PART_QUARTER ? 'Q' : part == MTMI_PART_HALF ? 'S' : '\0';
    int roman = finer.length > 0 && finer.length <= 4;

    *n = 0;
    if (finer.length + year.length + 24 > size) {
        return;
    }
    for (size_t i = 0; i < finer.length && roman; i++) {
        roman = strchr("IVXiv", finer.text[i]) != NULL || (unsigned char)finer.text[i] >= 0x80;
    }
    if (is_digits(finer) && finer.length <= 2) {
        memcpy(out, year.text, year.length);
        *n = year.length;
        out[(*n)++] = '-';
        if (sign != '\0') {
            out[(*n)++] = sign;
        } else if (finer.length == 1) {
            out[(*n)++] = '0';
        }
        memcpy(out + *n, finer.text, finer.length);
        *n += finer.length;
        return;
    }
    memcpy(out, finer.text, finer.length);
    *n = finer.length;
    if (roman && sign != '\0') {
        const char *word = part == MTMI_PART_QUARTER ? " квартал" : " полугодие";
        memcpy(out + *n, word, strlen(word));
        *n += strlen(word);
    }
    out[(*n)++] = ' ';
    memcpy(out + *n, year.text, year.length);
    *n += year.length;
}

/* A year in one column, its part in another. */
static mtmi_row_outcome read_parts(mtmi_observer *observer, const mtmi_bound *year, const mtmi_bound *finer,
                                   mtmi_period_label *out) {
    mtmi_cell cell = mtmi_observe_cell(observer, finer);
    mtmi_period_label whole = *read_label(observer, year, mtmi_observe_cell(observer, year));
    char text[200];
    size_t n = 0;

    if (whole.outcome != MTMI_PERIOD_OK || mtmi_period_months(whole.period) != 12) {
        return whole.outcome != MTMI_PERIOD_OK
                   ? refuse_label(observer, year, &whole)
                   : mtmi_observe_refuse(observer, year, MTMI_CODE_PERIOD, "a year, such as 2024", "");
    }
    if (mtmi_columns_is_total(cell)) { /* of all its quarters or months */
        *out = whole;
        return MTMI_ROW_DONE;
    }
    join_parts(finer->part, mtmi_observe_cell(observer, year), cell, text, sizeof text, &n);
    mtmi_period_read(text, n, finer->order, out);
    if (out->outcome != MTMI_PERIOD_OK) {
        const mtmi_period_label *alone = read_label(observer, finer, cell); /* it may say the year itself */
        if (alone->outcome != MTMI_PERIOD_OK) {
            return refuse_label(observer, finer, out);
        }
        *out = *alone;
    }
    if (!mtmi_period_contains(whole.period, out->period)) {
        return mtmi_observe_refuse(observer, finer, MTMI_CODE_PERIOD_PARTS, "a part of the year in the other column",
                                   "");
    }
    return MTMI_ROW_DONE;
}

/* Two columns of days, the first and the last. */
static mtmi_row_outcome read_ends(mtmi_observer *observer, const mtmi_bound *start, const mtmi_bound *end,
                                  mtmi_period_label *out) {
    mtmi_period_label first = *read_label(observer, start, mtmi_observe_cell(observer, start));
    mtmi_period_label last = *read_label(observer, end, mtmi_observe_cell(observer, end));

    if (first.outcome != MTMI_PERIOD_OK || last.outcome != MTMI_PERIOD_OK) {
        return first.outcome != MTMI_PERIOD_OK ? refuse_label(observer, start, &first)
                                               : refuse_label(observer, end, &last);
    }
    if (last.period.last < first.period.first) {
        return mtmi_observe_refuse(observer, end, MTMI_CODE_PERIOD_PARTS, "an end that is not before the start", "");
    }
    *out = first;
    out->period.last = last.period.last;
    return MTMI_ROW_DONE;
}

/* A year beside a whole period must be its year. */
static mtmi_row_outcome check_year(mtmi_observer *observer, const mtmi_bound *whole, const mtmi_period_label *label) {
    const mtmi_bound *year = find_part(observer, MTMI_ROLE_PERIOD, MTMI_PART_YEAR);
    const mtmi_period_label *other;

    if (year == NULL || year == whole) {
        return MTMI_ROW_DONE;
    }
    other = read_label(observer, year, mtmi_observe_cell(observer, year));
    if (other->outcome == MTMI_PERIOD_OK && !mtmi_period_contains(other->period, label->period)) {
        return mtmi_observe_refuse(observer, year, MTMI_CODE_PERIOD_PARTS, "the year of the period in the other column",
                                   "");
    }
    return MTMI_ROW_DONE;
}

static mtmi_row_outcome read_row_label(mtmi_observer *observer, const mtmi_bound **from, mtmi_period_label *out) {
    const mtmi_bound *whole = find_part(observer, MTMI_ROLE_PERIOD, MTMI_PART_WHOLE);
    const mtmi_bound *year = find_part(observer, MTMI_ROLE_PERIOD, MTMI_PART_YEAR), *finer = find_finer(observer);
    const mtmi_bound *start = find_part(observer, MTMI_ROLE_PERIOD_START, MTMI_PART_WHOLE);
    const mtmi_bound *end = find_part(observer, MTMI_ROLE_PERIOD_END, MTMI_PART_WHOLE);

    *from = whole != NULL ? whole : year == NULL || finer == NULL ? (year != NULL ? year : finer) : finer;
    if (whole == NULL && start != NULL && end != NULL && *from == NULL) {
        *from = start;
        return read_ends(observer, start, end, out);
    }
    if (whole == NULL && year != NULL && finer != NULL) {
        return read_parts(observer, year, finer, out);
    }
    if (*from == NULL) {
        return MTMI_ROW_DONE; /* columns of figures have their own */
    }
    *out = *read_label(observer, *from, mtmi_observe_cell(observer, *from));
    if (out->outcome == MTMI_PERIOD_BAD) {
        mtmi_observe_year(observer, *from, mtmi_observe_cell(observer, *from), out);
    }
    if (out->outcome != MTMI_PERIOD_OK && whole != NULL && year != NULL &&
        !is_digits(mtmi_observe_cell(observer, whole))) {
        return read_parts(observer, year, whole, out); /* "I квартал": the year is in its own column */
    }
    return out->outcome != MTMI_PERIOD_OK ? refuse_label(observer, *from, out) : check_year(observer, *from, out);
}

static mtm_period from_january(mtm_period period) {
    int year, month, day;

    mtmi_day_split(period.last, &year, &month, &day);
    period.first = mtmi_day_from(year, 1, 1);
    return period;
}

/* Quarters or months down, years across: one period a column. */
static mtmi_row_outcome read_across(mtmi_observer *observer) {
    const mtmi_columns *columns = observer->file.columns;
    const mtmi_bound *part = NULL;

    for (size_t i = 0; i < columns->n; i++) {
        part = columns->at[i].role == MTMI_ROLE_PERIOD ? &columns->at[i] : part;
    }
    mtmi_cell cell = mtmi_observe_cell(observer, part);
    for (size_t i = 0; i < columns->n; i++) {
        mtmi_period_label label;
        int year, month, day;
        if (columns->at[i].role != MTMI_ROLE_VALUE) {
            continue;
        }
        mtmi_day_split(columns->at[i].period.first, &year, &month, &day);
        if (!mtmi_period_of_year(cell.text, cell.length, year, part->order, &label)) {
            return refuse_label(observer, part, &label);
        }
        observer->file.periods[i] = label.period;
        observer->current.period = label.period;
        observer->current.cumulative |= label.cumulative;
    }
    return MTMI_ROW_DONE;
}

/* "2024-04-01" stands for April where the field says so; another day of the month then stands for nothing. */
static mtmi_row_outcome read_meaning(mtmi_observer *observer, const mtmi_bound *from, mtmi_period_label *label) {
    const int own = from->field != NULL ? from->field->date_means : 0;
    const int months = own != 0 ? own : observer->settings.resource->date_means;
    if (months == 0 || label->period.first != label->period.last) {
        return MTMI_ROW_DONE;
    }
    const mtm_period whole = mtmi_period_around(label->period.first, months);
    if (whole.first != label->period.first) {
        return mtmi_observe_refuse(observer, from, MTMI_CODE_PERIOD,
                                   "the first day of the period for which, by dateMeans, a date stands",
                                   "correct the date, or leave dateMeans out");
    }
    label->period = whole;
    label->stock_date = 0;
    return MTMI_ROW_DONE;
}

mtmi_row_outcome mtmi_observe_period(mtmi_observer *observer) {
    mtmi_row_state *state = &observer->current;
    const mtmi_bound *from = NULL;
    mtmi_period_label label;

    memset(&label, 0, sizeof label);
    state->has_period = 0;
    if (observer->file.periods != NULL) {
        state->cumulative = 0;
        return read_across(observer);
    }
    MTMI_ROW_TRY(read_row_label(observer, &from, &label));
    if (from == NULL) {
        state->has_period = observer->file.has_section_period;
        state->period = observer->file.section_period.period;
        state->cumulative = observer->file.section_period.cumulative;
        return MTMI_ROW_DONE;
    }
    if (label.stock_date) {
        mtmi_observe_moment(observer);
    }
    MTMI_ROW_TRY(read_meaning(observer, from, &label));
    state->has_period = 1;
    state->period = mtmi_moment_of(&observer->file.columns->moment, label.period);
    state->cumulative = label.cumulative;
    if (label.cumulative && !observer->settings.resource->cumulative && !observer->whole.cumulative_said) {
        mtmi_observe_note(observer, from, MTMI_CODE_PERIOD_CUMULATIVE,
                          "a period that does not run from the start of the year; the figures are taken as cumulative",
                          "say cumulative in the resource");
    }
    if (observer->settings.resource->cumulative && mtmi_period_months(label.period) > 0 &&
        mtmi_period_months(label.period) < 12) {
        state->period = from_january(label.period);
    }
    return MTMI_ROW_DONE;
}

static mtmi_row_outcome read_edition(mtmi_observer *observer, const mtmi_bound *bound, char out[16]) {
    static const struct {
        const char *word, *edition;
    } words[] = {{"first", "first"},         {"preliminary", "first"},     {"provisional", "first"},
                 {"revised", "revised"},     {"final", "final"},           {"первая", "first"},
                 {"первый", "first"},        {"предварительные", "first"}, {"предварительно", "first"},
                 {"уточненные", "revised"},  {"уточнено", "revised"},      {"пересмотренные", "revised"},
                 {"окончательные", "final"}, {"окончательно", "final"},    {"алдын ала", "first"},
                 {"нақтыланған", "revised"}, {"түпкілікті", "final"}};
    mtmi_cell cell = mtmi_observe_cell(observer, bound);
    char word[64];
    size_t n = mtmi_text_normalise(cell.text, cell.length, word, sizeof word);

    for (size_t i = 0; n < sizeof word && i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i].word, word) == 0) {
            memset(out, 0, 16);
            memcpy(out, words[i].edition, strlen(words[i].edition));
            return MTMI_ROW_DONE;
        }
    }
    return mtmi_observe_refuse(observer, bound, MTMI_CODE_EDITION, "first, revised or final", "");
}

mtmi_row_outcome mtmi_observe_release(mtmi_observer *observer, mtm_error *err) {
    mtmi_row_state *state = &observer->current;
    const mtmi_release *own = &observer->settings.resource->release;
    mtm_period date = own->date;
    char edition[16];
    int stated = 0;

    memcpy(edition, own->edition, sizeof edition);
    state->release = 0;
    for (size_t i = 0; i < observer->file.columns->n; i++) {
        const mtmi_bound *bound = &observer->file.columns->at[i];
        if (bound->role != MTMI_ROLE_RELEASE && bound->role != MTMI_ROLE_EDITION) {
            continue;
        }
        mtmi_cell cell = mtmi_observe_cell(observer, bound);
        if (cell.length == 0) {
            continue;
        }
        stated = 1;
        if (bound->role == MTMI_ROLE_EDITION) {
            MTMI_ROW_TRY(read_edition(observer, bound, edition));
            continue;
        }
        const mtmi_period_label *label = read_label(observer, bound, cell);
        if (label->outcome != MTMI_PERIOD_OK) {
            return refuse_label(observer, bound, label);
        }
        date = label->period;
    }
    if (!stated || observer->builder == NULL) {
        return MTMI_ROW_DONE;
    }
    return mtmi_observe_status(observer,
                               mtmi_builder_add_release(observer->builder, date, edition, &state->release, err));
}
