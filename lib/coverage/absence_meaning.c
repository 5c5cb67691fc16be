/* What an absent cell means: zero by declaration, zero because it was always small, or unknown. Ordinary cells: the table
 * leaves zeros out and prints figures below four, and what is to be expected of the cell is at most six and a half.
 *
 * Expected is what a year's wave around the mean of the 24 months leaves for the season: the least-squares fit of a mean, a
 * cosine and a sine of the year, which is a weighted mean of the figures with weights 1 + 2 cos of the distance in the year
 * (here in quarters, so that all is exact). An interval without a row counts as zero. A Poisson count of that mean is zero
 * once in 670 cells and above ten once in 15; simulated tables (tests/properties) decided on the bound. What is not
 * like a wave is caught by the season's own figure and by the mean of the intervals near to it. */
#include "coverage/absence_internal.h"
#include "period/period.h"

enum { EXPECTED_TWICE = 13, SMALL = 10, NEAR_MEAN = 8 };

/* 4 (1 + 2 cos), by months of distance in the year. */
static const int weights[12] = {12, 11, 8, 4, 0, -3, -4, -3, 0, 4, 8, 11};

int64_t mtmi_absence_size(const mtm_dataset *dataset, uint32_t row) {
    int64_t value = dataset->values[row];
    return value < 0 && value != INT64_MIN ? -value : value == INT64_MIN ? INT64_MAX : value;
}

/* What the intervals before say of a cell. */
typedef struct past {
    int64_t largest, season;  /* in all intervals; in those of the same season */
    mtmi_wide weighted, near; /* sums */
    int64_t weight, gross, n_near;
    int has_figures;
} past;

static int month_of(int32_t day) {
    int year, month, of_month;
    mtmi_day_split(day, &year, &month, &of_month);
    return year * 12 + month;
}

/* An interval of the same length: how far it is in the year, and whether near. */
static void weigh(const mtmi_absence_search *search, uint32_t at, int64_t size, past *out) {
    const int months = mtmi_period_months(search->period), step = months > 0 ? months : 1;
    const int back = month_of(search->period.last) - month_of(search->history->view->periods[at].last);
    const int phase = (back % 12 + 12) % 12, apart = phase < 6 ? phase : 12 - phase;
    out->weighted += weights[phase] * (mtmi_wide)size;
    out->weight += weights[phase];
    out->gross += weights[phase] < 0 ? -weights[phase] : weights[phase];
    if (apart <= step || back <= 2 * step) {
        out->near += size;
        out->n_near++;
    }
    out->season = phase == 0 && size > out->season ? size : out->season;
}

/* Its figures in the intervals before, their sum, and where it was seen last. */
static past look_back(const mtmi_absence_search *search, mtmi_gap *gap) {
    const mtmi_history *history = search->history;
    past out = {0, 0, 0, 0, 0, 0, 0, 0};
    int32_t last = INT32_MIN;
    for (size_t i = 0; i < search->n_window + search->n_shorter; i++) {
        const int in_window = i < search->n_window;
        const uint32_t q = in_window ? search->window[i] : search->shorter[i - search->n_window];
        const mtmi_entry *entry = mtmi_history_entry(history, gap->combination, q);
        int64_t size = 0;
        if (entry != NULL) {
            if (history->view->periods[q].last > last) {
                last = history->view->periods[q].last;
                gap->last_seen = entry->row;
            }
            if (mtmi_dataset_has_value(search->dataset, entry->row)) {
                size = mtmi_absence_size(search->dataset, entry->row);
                out.has_figures = 1;
                gap->sum += in_window ? search->dataset->values[entry->row] : 0;
            } else {
                size = INT64_MAX; /* withheld or not given: it may be anything */
            }
        }
        out.largest = size > out.largest ? size : out.largest;
        if (in_window && size < INT64_MAX) {
            weigh(search, q, size, &out);
        }
    }
    return out;
}

/* Where the intervals lie so that the wave is not known, the largest figure decides. */
static int is_small_by(const past *history) {
    if (history->largest == INT64_MAX) {
        return 0;
    }
    if (2 * history->weight < history->gross || history->weight <= 0) {
        return history->largest <= SMALL;
    }
    return 2 * history->weighted <= (mtmi_wide)EXPECTED_TWICE * history->weight && history->season <= SMALL &&
           history->near <= (mtmi_wide)NEAR_MEAN * history->n_near;
}

static int is_small(const mtmi_absence_search *search, mtmi_gap *gap) {
    const past before = look_back(search, gap);
    if (search->out->longer != UINT32_MAX) { /* the longer figure holds it: it is between nothing and that */
        const mtmi_entry *longer = mtmi_history_entry(search->history, gap->combination, search->out->longer);
        if (longer != NULL && mtmi_dataset_has_value(search->dataset, longer->row)) {
            return mtmi_absence_size(search->dataset, longer->row) <= SMALL ||
                   (before.has_figures && is_small_by(&before));
        }
    }
    return is_small_by(&before);
}

void mtmi_absence_judge(const mtmi_absence_search *search, mtmi_gap *gap) {
    const mtmi_dataset_index *view = search->history->view;
    const int is_hard = (search->flags[gap->combination] & MTMI_CELL_HARD) != 0;
    const int small = is_small(search, gap);
    gap->kind = MTMI_GAP_OPEN;
    if (search->dataset->absent == MTMI_ABSENT_ZERO || search->dataset->microdata) {
        gap->kind = MTMI_GAP_ZERO;
    } else if (search->dataset->absent == MTMI_ABSENT_UNSAID && !view->prints_zero && !is_hard && view->holds_small &&
               search->has_season && small) {
        gap->kind = MTMI_GAP_ORDINARY;
    }
}
