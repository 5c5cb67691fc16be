/* Checks the birth in a row of microdata by the rule by which ages are counted: an age from 0 to 150 years must follow
 * from it. */
#include "read/observe/observe_internal.h"

#include <string.h>

enum { FIRST_YEAR = 1800, LAST_YEAR = 2199, OLDEST = 150 };

typedef struct birth {
    int year, month, day; /* month 0: only the year is known */
} birth;

/* The date where there is one, else the year. */
static const mtmi_bound *find_birth(const mtmi_observer *observer) {
    const mtmi_bound *year = NULL;
    for (size_t i = 0; i < observer->file.columns->n; i++) {
        const mtmi_bound *bound = &observer->file.columns->at[i];
        if (bound->role == MTMI_ROLE_BIRTH_DATE) {
            return bound;
        }
        year = year == NULL && bound->role == MTMI_ROLE_BIRTH_YEAR ? bound : year;
    }
    return year;
}

static mtmi_row_outcome read_year(mtmi_observer *observer, const mtmi_bound *bound, birth *out) {
    mtmi_cell cell = mtmi_observe_cell(observer, bound);
    size_t i = 0;
    for (; i < cell.length && i < 4 && cell.text[i] >= '0' && cell.text[i] <= '9'; i++) {
        out->year = out->year * 10 + (cell.text[i] - '0');
    }
    if (cell.length == 4 && i == 4 && out->year >= FIRST_YEAR && out->year <= LAST_YEAR) {
        return MTMI_ROW_DONE;
    }
    return mtmi_observe_refuse(observer, bound, MTMI_CODE_EVENT_BIRTH, "a year of four digits, such as 1987", "");
}

static mtmi_row_outcome read_date(mtmi_observer *observer, const mtmi_bound *bound, birth *out) {
    mtmi_cell cell = mtmi_observe_cell(observer, bound);
    mtmi_period_label label;
    mtmi_period_read(cell.text, cell.length, bound->order, &label);
    if (label.outcome == MTMI_PERIOD_AMBIGUOUS) {
        return mtmi_observe_refuse(observer, bound, MTMI_CODE_PERIOD_AMBIGUOUS, label.expected,
                                   "declare the dateOrder of the column");
    }
    if (label.outcome != MTMI_PERIOD_OK) {
        return mtmi_observe_refuse(observer, bound, MTMI_CODE_PERIOD, label.expected, "");
    }
    mtmi_day_split(label.period.first, &out->year, &out->month, &out->day);
    if (label.period.first == label.period.last && out->year >= FIRST_YEAR && out->year <= LAST_YEAR) {
        return MTMI_ROW_DONE;
    }
    return mtmi_observe_refuse(observer, bound, MTMI_CODE_EVENT_BIRTH, "a day, such as 1987-05-17", "");
}

/* Whole years at the first day of the period; -1 where a day of birth meets a period longer than a day. */
static int age_at(mtm_period period, const birth *born) {
    int year, month, day;
    mtmi_day_split(period.first, &year, &month, &day);
    if (born->month == 0) {
        return year - born->year;
    }
    if (period.first != period.last) {
        return -1;
    }
    return year - born->year - (month < born->month || (month == born->month && day < born->day));
}

/* Flags are 1, 0 or empty; written as the tabulator takes them, too. */
static mtmi_row_outcome check_flags(mtmi_observer *observer) {
    for (size_t i = 0; i < observer->file.columns->n; i++) {
        const mtmi_bound *bound = &observer->file.columns->at[i];
        const mtmi_cell cell =
            bound->role == MTMI_ROLE_FLAG ? mtmi_observe_cell(observer, bound) : (mtmi_cell){"", 0, 0};
        if (cell.length > 0 && mtmi_label_truth(cell.text, cell.length) < 0) {
            return mtmi_observe_refuse(observer, bound, MTMI_CODE_FLAG, "1 or 0",
                                       "correct the cell, or give the field another role");
        }
    }
    return MTMI_ROW_DONE;
}

/* The figure of a cell, at nine decimals; nothing is 0. */
static mtmi_row_outcome read_figure(mtmi_observer *observer, const mtmi_bound *bound, mtmi_wide *out) {
    const mtmi_cell cell = mtmi_observe_cell(observer, bound);
    mtmi_number number;
    mtmi_number_read(cell.text, cell.length, bound->number, &number);
    if (number.outcome == MTMI_NUMBER_BAD) {
        return mtmi_observe_refuse(observer, bound, number.code, number.expected, number.hint);
    }
    *out = number.outcome == MTMI_NUMBER_EMPTY
               ? 0
               : mtmi_decimal_rescale(number.value.units, number.value.decimals, MTMI_DECIMALS_MAX);
    return MTMI_ROW_DONE;
}

static int names_column(const mtmi_marks *names, const mtmi_bound *bound) {
    for (size_t i = 0; i < names->n; i++) {
        if (mtmi_name_same(names->marks[i], strlen(names->marks[i]), bound->name, strlen(bound->name))) {
            return 1;
        }
    }
    return 0;
}

/* A subset is not larger than the columns that it is of. */
static mtmi_row_outcome check_subsets(mtmi_observer *observer) {
    const mtmi_columns *columns = observer->file.columns;
    for (size_t i = 0; i < columns->n; i++) {
        const mtmi_bound *bound = &columns->at[i];
        mtmi_wide subset, one, whole = 0;
        if (bound->role != MTMI_ROLE_SUBSET || bound->field == NULL) {
            continue;
        }
        MTMI_ROW_TRY(read_figure(observer, bound, &subset));
        for (size_t k = 0; k < columns->n; k++) {
            if (names_column(&bound->field->subset_of, &columns->at[k])) {
                MTMI_ROW_TRY(read_figure(observer, &columns->at[k], &one));
                whole += one;
            }
        }
        if (subset > whole) {
            return mtmi_observe_refuse(observer, bound, MTMI_CODE_SUBSET, MTMI_SUBSET_EXPECTED, MTMI_SUBSET_HINT);
        }
    }
    return MTMI_ROW_DONE;
}

mtmi_row_outcome mtmi_observe_event(mtmi_observer *observer) {
    const mtmi_bound *bound = observer->settings.resource->microdata ? find_birth(observer) : NULL;
    birth born = {0, 0, 0};
    if (observer->settings.resource->microdata) {
        MTMI_ROW_TRY(check_flags(observer));
        MTMI_ROW_TRY(check_subsets(observer));
    }
    if (bound == NULL) {
        return MTMI_ROW_DONE;
    }
    MTMI_ROW_TRY((bound->role == MTMI_ROLE_BIRTH_DATE ? read_date : read_year)(observer, bound, &born));
    int age = age_at(observer->current.period, &born);
    if (age >= 0 && age <= OLDEST) {
        return MTMI_ROW_DONE;
    }
    return mtmi_observe_refuse(observer, bound, MTMI_CODE_EVENT_BIRTH, "a birth from 0 to 150 years before", "");
}
