/* Finds what a file as a whole proves beyond what each of its rows says: that dates stand for months, that labels which come
 * twice are parts, that rows are counted. Each is tried by reading the file so; what reads otherwise is not taken. */
#include "base/error.h"
#include "base/try.h"
#include "period/period.h"
#include "read/describe.h"
#include "read/table/period_name.h"
#include "read/table/row_label.h"

#include <string.h>

/* Concepts of what happens in a period. */
static int is_flow(const char *concept) {
    static const char *const flows[] = {"arrivals", "border-crossings",   "migration",      "internal-migration",
                                        "kandas",   "displacement-event", "flow-monitoring"};
    for (size_t i = 0; concept != NULL && i < sizeof flows / sizeof *flows; i++) {
        if (strcmp(concept, flows[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

enum {
    ENOUGH = 20,     /* rows that prove something */
    SWAPS_ENOUGH = 5 /* rows whose figures changed their places: no list in an order of its own has one */
};

/* The file with a resource declared, which is freed. */
static mtm_status read_declared(const mtmi_proposal *proposal, const mtm_read_options *options, mtmi_buffer *resource,
                                mtm_check **out, mtm_error *err) {
    mtm_read_options own = *options;
    *out = NULL;
    own.resource = resource->data;
    mtm_status status = resource->failed
                            ? mtmi_error_memory(err)
                            : mtm_check_read(&(mtm_source)MTM_SOURCE_PATH_INIT(proposal->given), &own, out, err);
    mtmi_buffer_free(resource);
    return status;
}

/* The file with no more declared than `proved`: a text of JSON. */
static mtm_status read_proved(const mtmi_proposal *proposal, const mtm_read_options *options, const char *proved,
                              mtm_check **out, mtm_error *err) {
    mtmi_buffer resource = MTMI_BUFFER_INIT;
    mtmi_buffer_format(&resource, "{\"mtm\": {%s}}", proved);
    return read_declared(proposal, options, &resource, out, err);
}

static void take_first(mtmi_proposal *proposal, mtm_check *check) {
    mtm_check_free(proposal->first);
    proposal->first = proposal->check = check;
}

static int only_contradicts(const mtm_check *check) {
    int errors = 0;
    for (size_t i = 0; i < check->n_entries; i++) {
        const mtmi_check_entry *entry = &check->entries[i];
        if (entry->error && entry->code != MTMI_CODE_CONTRADICTION) {
            return 0;
        }
        errors += entry->error;
    }
    return errors > 0;
}

/* Lists of a flow in which no figure is above the one before, whatever put them in order. */
static int is_falling(const mtmi_proposal *proposal) {
    const mtmi_check_file *file = &proposal->first->files[0];
    return is_flow(proposal->likely) && file->rising == 0 && file->falling >= ENOUGH;
}

/* Falling lists that go down to 1, often, and never have 0. */
static int goes_down(const mtmi_proposal *proposal) {
    const mtmi_check_file *file = &proposal->first->files[0];
    return is_falling(proposal) && file->zeros == 0 && file->ones >= ENOUGH && !file->has_rest;
}

/* Members change places as their figures do, and lists are of no fixed length: they were put in order, and not cut. */
static int is_ranked(const mtmi_proposal *proposal) {
    const mtmi_check_file *file = &proposal->first->files[0];
    return file->swapped >= SWAPS_ENOUGH && file->uneven;
}

/* A list that is in order of its figures, period by period, with a label twice at both its places, and others between them:
 * the source had two, and its labels were turned into codes afterwards. A correction would stand beside, or out of order. */
static mtm_status find_repeats(mtmi_proposal *proposal, const mtm_read_options *options, mtm_error *err) {
    mtm_check *again = NULL;
    const mtmi_check_file *file = &proposal->first->files[0];
    if (!is_falling(proposal) || file->apart <= file->beside || !only_contradicts(proposal->first)) {
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(read_proved(proposal, options, "\"concept\": \"arrivals\", \"repeats\": \"add\"", &again, err));
    if (mtm_check_outcome(again) > MTM_OUTCOME_NOTES) {
        mtm_check_free(again);
        return MTM_OK;
    }
    proposal->repeats = 1;
    take_first(proposal, again);
    return MTM_OK;
}

/* Whether the dates of a file are all first days: none other is refused by reading them so. */
static mtm_status try_span(const mtmi_proposal *proposal, const mtm_read_options *options, const char *span,
                           mtm_check **out, mtm_error *err) {
    mtmi_buffer proved = MTMI_BUFFER_INIT;
    mtm_check *again = NULL;
    *out = NULL;
    mtmi_buffer_format(&proved, "\"concept\": \"arrivals\", \"repeats\": \"%s\", \"dateMeans\": \"%s\"",
                       proposal->repeats ? "add" : "refuse", span);
    mtm_status status =
        proved.failed ? mtmi_error_memory(err) : read_proved(proposal, options, proved.data, &again, err);
    mtmi_buffer_free(&proved);
    if (status == MTM_OK && again->n_files == 1 && again->files[0].has_periods &&
        again->files[0].rows[MTM_ROWS_REJECTED] == proposal->first->files[0].rows[MTM_ROWS_REJECTED] &&
        again->files[0].rows[MTM_ROWS_ACCEPTED] == proposal->first->files[0].rows[MTM_ROWS_ACCEPTED] &&
        again->files[0].periods.last > proposal->first->files[0].periods.last) {
        *out = again;
        return MTM_OK;
    }
    mtm_check_free(again);
    return status;
}

/* The fewest months between two dates of a file; 0 where there is one. */
static int nearest_months(const mtmi_check_file *file) {
    int before = -1, nearest = 0;
    for (int i = 0; i < MTMI_CHECK_MONTHS; i++) {
        if ((file->first_months[i / 8] >> i % 8 & 1) == 0) {
            continue;
        }
        nearest = before >= 0 && (nearest == 0 || i - before < nearest) ? i - before : nearest;
        before = i;
    }
    return nearest;
}

/* Flows of which every date is the first of a month: they are of months, as are quarters and years of their first days. Dates
 * farther apart than that leave it open, and words such as "as of" say that days are meant. */
static mtm_status find_spans(mtmi_proposal *proposal, const mtm_read_options *options, mtm_error *err) {
    static const struct {
        const char *name;
        int days;   /* between the first and the last date, at least */
        int months; /* between two that follow one another */
    } spans[] = {{"year", 700, 12}, {"quarter", 170, 3}, {"month", 55, 1}};
    const mtmi_check_file *file = &proposal->first->files[0];
    int year, month, day;
    if (!(is_flow(proposal->likely) || is_flow(options->concept_id)) || !file->has_periods || file->moments) {
        return MTM_OK;
    }
    const int nearest = nearest_months(file);
    mtmi_day_split(file->periods.last, &year, &month, &day);
    for (size_t i = 0; day == 1 && i < sizeof spans / sizeof *spans && proposal->date_means == NULL; i++) {
        mtm_check *again = NULL;
        if (file->periods.last - file->periods.first >= spans[i].days && nearest == spans[i].months) {
            MTMI_CHECK_STATUS(try_span(proposal, options, spans[i].name, &again, err));
        }
        if (again != NULL) {
            proposal->date_means = spans[i].name;
            take_first(proposal, again);
        }
    }
    return MTM_OK;
}

/* Whether the names of all sheets say what a column of this name holds. */
static int sheets_say(const mtm_check *check, const char *column) {
    int all = check->n_files > 1;
    for (size_t i = 0; all && i < check->n_files; i++) {
        const char *sheet = check->files[i].dialect.sheet;
        mtmi_label label;
        mtmi_period_label period;
        if (strcmp(column, "period") == 0) {
            mtmi_period_read(sheet, strlen(sheet), MTMI_DATE_YMD, &period);
            all = period.outcome == MTMI_PERIOD_OK;
        } else {
            all = mtmi_label_canonical(column, sheet, strlen(sheet), &label);
        }
    }
    return all;
}

static int has_column_of(const mtm_check *check, const char *dimension) {
    for (size_t i = 0; check->n_files > 0 && i < check->files[0].n_columns; i++) {
        const char *own = check->files[0].columns[i].dimension;
        if (own != NULL && strcmp(own, dimension) == 0) {
            return 1;
        }
    }
    return 0;
}

/* The file with its sheets as parts of one table, their names in a column; "" for none. */
static mtm_status read_sheets(const mtmi_proposal *proposal, const mtm_read_options *options, const char *column,
                              mtm_check **out, mtm_error *err) {
    mtmi_buffer resource = MTMI_BUFFER_INIT;
    mtmi_buffer_text(&resource, "{\"dialect\": {\"sheets\": \"alike\"");
    if (column[0] != '\0') {
        mtmi_buffer_format(&resource, ", \"sheetColumn\": \"%s\"", column);
    }
    mtmi_buffer_text(&resource, "}, \"mtm\": {\"concept\": \"displacement\"}}");
    return read_declared(proposal, options, &resource, out, err);
}

/* What the sheets' names may tell that no column does. */
static const char *find_sheet_column(const mtm_check *check) {
    return mtm_check_outcome(check) > MTM_OUTCOME_NOTES                   ? "period"
           : !has_column_of(check, "round") && sheets_say(check, "round") ? "round"
                                                                          : "";
}

/* Sheets of a workbook that have the same columns are read as one table where they are rounds, and every row of all of them
 * is taken so. */
static mtm_status find_sheets(mtmi_proposal *proposal, const mtm_read_options *options, mtm_error *err) {
    mtm_check *alone = proposal->first, *again = NULL, *named = NULL;
    const char *column = "";
    if (alone->files[0].dialect.sheet[0] == '\0') {
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(read_sheets(proposal, options, "", &again, err));
    column = find_sheet_column(again);
    if (column[0] != '\0') {
        mtm_status status = read_sheets(proposal, options, column, &named, err);
        mtm_check_free(again);
        MTMI_CHECK_STATUS(status);
        again = named;
    }
    proposal->first = proposal->check = again;
    const mtm_status status = mtmi_proposal_concept(proposal, err);
    if (status == MTM_OK && again->n_files > 1 && (strcmp(column, "period") != 0 || sheets_say(again, column)) &&
        proposal->concept != NULL && strcmp(proposal->concept, "displacement") == 0) {
        proposal->sheets = column;
        mtm_check_free(alone);
        return MTM_OK;
    }
    proposal->first = proposal->check = alone;
    mtm_check_free(again);
    return status == MTM_OK ? mtmi_proposal_concept(proposal, err) : status;
}

static mtm_status find_proved(mtmi_proposal *proposal, const mtm_read_options *options, mtm_error *err) {
    if (proposal->first->n_files != 1 || options->resource != NULL || proposal->plain || proposal->answers.cells != 0) {
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(find_sheets(proposal, options, err));
    if (proposal->sheets != NULL) {
        return MTM_OK;
    }
    MTMI_CHECK_STATUS(find_repeats(proposal, options, err));
    if (proposal->repeats) {
        MTMI_CHECK_STATUS(mtmi_proposal_concept(proposal, err)); /* now it can be counted */
    }
    /* Ranked lists that go down to 1: who is not listed was not counted. */
    proposal->absent_is_zero = goes_down(proposal) && is_ranked(proposal);
    proposal->absent_may_be_zero = goes_down(proposal) && !is_ranked(proposal);
    return find_spans(proposal, options, err);
}

/* Whether a resource says more than that rows are events: then the caller has described the file. */
static int says_columns(const char *resource) {
    return resource != NULL && strstr(resource, "\"schema\"") != NULL;
}

/* A file whose columns make a shape is read as one, also where it is said to be microdata: groups with men and women are counted
 * by their figures. Its names are known even where it is no table. */
static mtm_status find_shape(mtmi_proposal *proposal, const mtm_read_options *options, mtm_error *err) {
    static const char events[] = "{\"mtm\": {\"microdata\": true}}";
    mtm_read_options own = *options;
    mtm_check *named = NULL;
    if (says_columns(options->resource) || (options->resource != NULL && !proposal->microdata) || proposal->plain ||
        proposal->first->n_files != 1) {
        return MTM_OK;
    }
    if (proposal->first->files[0].n_columns == 0) {
        own.resource = events;
        MTMI_CHECK_STATUS(mtm_check_read(&(mtm_source)MTM_SOURCE_PATH_INIT(proposal->given), &own, &named, err));
    }
    const mtm_check *by = named != NULL ? named : proposal->first;
    proposal->shape = by->n_files == 1 ? mtmi_counted_of(&by->files[0]) : NULL;
    if (proposal->shape != NULL && options->concept_id != NULL &&
        strcmp(options->concept_id, proposal->shape->concept) != 0) {
        proposal->shape = NULL; /* the person knows better */
    }
    if (mtmi_proposal_is_places(proposal) && mtm_check_outcome(proposal->first) < MTM_OUTCOME_ERROR) {
        proposal->shape = NULL; /* it has figures besides */
    }
    if (proposal->shape == NULL) {
        mtm_check_free(named);
        return MTM_OK;
    }
    if (named != NULL) {
        mtm_check_free(proposal->first);
        proposal->first = proposal->check = named;
    }
    proposal->microdata = proposal->encoding = 1;
    return MTM_OK;
}

/* The last quarter that rows cover, but for a few days; the one at hand where they cover none. */
static mtm_period last_quarter(mtm_period days) {
    enum { FEW = 10 };
    const mtm_period quarter = mtmi_period_around(days.last, 3);
    return days.last < quarter.last - FEW && days.first < quarter.first ? mtmi_period_around(quarter.first - 1, 3)
                                                                        : quarter;
}

static int refuses_flags(const mtm_check *check) {
    for (size_t i = 0; i < check->n_entries; i++) {
        if (check->entries[i].code == MTMI_CODE_FLAG) {
            return 1;
        }
    }
    return 0;
}

/* What the rows of a shape are, and the last day that they tell of. */
static mtm_status settle_shape(mtmi_proposal *proposal, const mtm_read_options *options, mtm_error *err) {
    mtm_check *again = NULL;
    MTMI_CHECK_STATUS(mtmi_proposal_check(proposal, options, &again, err));
    if (refuses_flags(again)) { /* reasons that are counted, and not marked */
        mtm_check_free(again);
        proposal->no_flags = 1;
        MTMI_CHECK_STATUS(mtmi_proposal_check(proposal, options, &again, err));
    }
    proposal->check = again;
    if (again->n_files == 1 && again->files[0].has_periods && mtm_check_outcome(again) < MTM_OUTCOME_ERROR) {
        proposal->last = last_quarter(again->files[0].periods);
        proposal->has_last = 1;
    }
    return MTM_OK;
}

mtm_status mtmi_proposal_read(mtmi_proposal *proposal, const mtm_read_options *options, const mtmi_asker *asker,
                              mtm_error *err) {
    MTMI_CHECK_STATUS(
        mtm_check_read(&(mtm_source)MTM_SOURCE_PATH_INIT(proposal->given), options, &proposal->first, err));
    const mtmi_check_file *file = NULL;
    proposal->check = proposal->first;
    file = proposal->first->n_files > 0 ? &proposal->first->files[0] : NULL;
    proposal->microdata = file != NULL && file->microdata; /* only a person can say so */
    proposal->plain = file != NULL && strncmp(file->dialect.convention, "SDMX", 4) == 0;
    MTMI_CHECK_STATUS(find_shape(proposal, options, err));
    if (asker->ask != NULL) {
        MTMI_CHECK_STATUS(mtmi_ask_cells(proposal, options, asker, err));
    }
    MTMI_CHECK_STATUS(mtmi_proposal_concept(proposal, err));
    if (proposal->shape == NULL) {
        MTMI_CHECK_STATUS(find_proved(proposal, options, err));
    }
    if (asker->ask != NULL) {
        MTMI_CHECK_STATUS(mtmi_ask_subject(proposal, options, asker, err));
    }
    if (mtmi_proposal_is_places(proposal)) {
        return MTM_OK;
    }
    if (proposal->shape != NULL) {
        return settle_shape(proposal, options, err);
    }
    return mtmi_proposal_settle(proposal, options, err);
}
